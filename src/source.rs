//! Reading the content folder: every YAML and Markdown file under it, as text.
//!
//! Lives here: walking, decoding UTF-8, line ends, links, sizes. It is the only reader of content.
//! Never here: what a file means. Files come out sorted by path, so nothing later depends on the order of the disk.
#![allow(clippy::disallowed_methods, reason = "this is the room that reads content")]

use crate::diag::{Diagnostic, Message, Outcome, Report, SourceFile, Span};
use crate::msg;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::DirEntry;

mod folder;

pub use folder::{Changed, Folder};

/// The largest file that is read, in bytes. The longest real document has 0.1 MB.
pub const MAX_FILE: u64 = 8 << 20;

/// The content as read.
#[derive(Debug)]
pub struct Sources {
    /// The folder, as the caller named it, with `/`.
    pub root: String,
    /// The files that could be read, sorted by path.
    pub files: Vec<Arc<SourceFile>>,
    /// The paths of files that are there but could not be read; the report says why.
    pub unread: BTreeSet<String>,
}

/// The content folder cannot be read at all.
#[derive(Debug)]
pub struct NoContent {
    /// What was asked for, and why not.
    pub message: Message,
}

impl Sources {
    /// Reads all content under `root`. Files that are neither YAML nor Markdown are passed over here.
    ///
    /// # Errors
    /// [`NoContent`] where `root` is no readable folder; every other fault is in the report.
    pub fn read(root: &Path) -> Result<Outcome<Self>, NoContent> {
        Folder::read(root).map(|folder| folder.sources())
    }

    /// Content that is not on a disk, for tests and for the dev server.
    pub fn from_memory(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<_> = files.into_iter().map(|(path, text)| SourceFile::new("content", path, text)).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: "content".into(), files, unread: BTreeSet::new() }
    }

    /// The file at this path.
    pub fn get(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().map(|i| &self.files[i])
    }

    /// A stand-in for a file that is not there, so that its absence has a place.
    pub fn absent(&self, path: &str) -> Arc<SourceFile> {
        SourceFile::new(self.root.clone(), path, "")
    }
}

/// The true path of a content folder, which can be read.
///
/// # Errors
/// [`NoContent`] where it cannot.
pub fn true_folder(root: &Path) -> Result<PathBuf, NoContent> {
    let read = root.canonicalize().and_then(|real| std::fs::read_dir(&real).map(|_| real));
    read.map_err(|error| {
        let shown = root.to_string_lossy().replace('\\', "/");
        let message = match error.kind() {
            io::ErrorKind::NotFound => msg!(
                "没有内容文件夹“{shown}”；先用 qingdan init 新建一份清单，或用 --content 指定内容文件夹",
                "there is no content folder `{shown}`; start a catalogue by `qingdan init`, or name its folder by --content"
            ),
            _ => msg!("无法读取内容文件夹“{shown}”：{error}", "cannot read the content folder `{shown}`: {error}"),
        };
        NoContent { message }
    })
}

#[derive(Debug, Clone)]
struct Read {
    file: Arc<SourceFile>,
    had_crlf: bool,
}

fn wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || is_wanted(&entry.file_name().to_string_lossy())
}

/// Passes over what editors and systems leave behind: dot files, backups, thumbnails.
fn is_wanted(name: &str) -> bool {
    let residue = name.starts_with('.') || name.ends_with('~') || name.starts_with('#') || name.starts_with("~$");
    !residue && !matches!(name, "Thumbs.db" | "desktop.ini" | "README.md")
}

fn relative_path(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn bad_name(root: &str, path: &Path) -> Diagnostic {
    let name = path.to_string_lossy().into_owned();
    let file = SourceFile::new(root, name, "");
    let message = msg!("文件名不是有效的 UTF-8", "the file name is not valid UTF-8");
    Diagnostic::error("bad-file-name", Span::whole(&file), message)
        .hint(msg!("请改用小写英文字母、数字和连字符命名", "rename it with lower-case letters, digits and hyphens"))
}

fn no_file(root: &Path, shown: &str, path: &Path) -> Diagnostic {
    let file = SourceFile::new(shown, relative_path(root, path).unwrap_or_default(), "");
    let message = msg!("这不是普通文件（可能是管道或设备）", "this is no regular file (a pipe or a device, perhaps)");
    Diagnostic::error("not-a-file", Span::whole(&file), message).hint(msg!("请删除它", "remove it"))
}

fn walk_fault(root: &Path, shown: &str, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|p| relative_path(root, p)).unwrap_or_default();
    let file = SourceFile::new(shown, path, "");
    if error.loop_ancestor().is_some() {
        let message = msg!("符号链接形成循环", "the symbolic link leads back to a folder around it");
        return Diagnostic::error("link-loop", Span::whole(&file), message)
            .hint(msg!("请删除这个链接", "remove this link"));
    }
    unreadable(&file, error.io_error())
}

fn unreadable(file: &Arc<SourceFile>, error: Option<&io::Error>) -> Diagnostic {
    let (zh, en) = match error.map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => ("链接指向的文件不存在".into(), "the link leads nowhere".into()),
        Some(io::ErrorKind::PermissionDenied) => ("没有读取权限".into(), "permission denied".into()),
        _ => {
            let reason = error.map(ToString::to_string).unwrap_or_default();
            (reason.clone(), reason)
        }
    };
    let message = msg!("无法读取这个文件：{zh}", "cannot read this file: {en}");
    Diagnostic::error("unreadable-file", Span::whole(file), message)
        .hint(msg!("请检查文件的权限，或删除它", "check the permissions of the file, or remove it"))
}

/// Reads one file; anything but YAML and Markdown comes back empty, for `raw` to name it.
fn read_file(root: &Arc<str>, within: &Within<'_>, path: &str, disk: &Path) -> Outcome<Option<Read>> {
    let mut report = Report::default();
    let nothing = SourceFile::new(Arc::clone(root), path, "");
    if !path.ends_with(".yaml") && !path.ends_with(".md") {
        return Outcome::new(Some(Read { file: nothing, had_crlf: false }), report);
    }
    let bytes = match within.read(disk) {
        Ok(bytes) => bytes,
        Err(Refused::Outside(target)) => {
            let target = target.display();
            let message =
                msg!("链接指向内容文件夹之外：{target}", "the link leads out of the content folder: {target}");
            report.push(
                Diagnostic::error("link-outside", Span::whole(&nothing), message)
                    .hint(msg!("请把文件复制进来", "copy the file into the content folder")),
            );
            return Outcome::new(None, report);
        }
        Err(Refused::TooLarge(size)) => {
            let message = msg!(
                "文件过大：{size} 字节，上限为 {MAX_FILE}",
                "the file is too large: {size} bytes, at most {MAX_FILE}"
            );
            report.push(Diagnostic::error("file-too-large", Span::whole(&nothing), message));
            return Outcome::new(None, report);
        }
        Err(Refused::Io(error)) => {
            report.push(unreadable(&nothing, Some(&error)));
            return Outcome::new(None, report);
        }
    };
    let file = decode(root, path, bytes, &mut report);
    Outcome::new(file, report)
}

enum Refused {
    Outside(PathBuf),
    TooLarge(u64),
    Io(io::Error),
}

/// Where files may be read.
struct Within<'r> {
    /// The true path of the content folder.
    root: &'r Path,
    /// The folders, as files name them, that are known to lie in it: they are looked at once, not once for each file.
    folders: &'r BTreeSet<PathBuf>,
}

impl Within<'_> {
    fn read(&self, disk: &Path) -> Result<Vec<u8>, Refused> {
        let own = disk.symlink_metadata().map_err(Refused::Io)?;
        let lies_there = disk.parent().is_some_and(|folder| self.folders.contains(folder)) && !own.is_symlink();
        let (real, size) = if lies_there {
            (disk.to_owned(), own.len())
        } else {
            let real = disk.canonicalize().map_err(Refused::Io)?;
            let size = real.metadata().map_err(Refused::Io)?.len();
            (real, size)
        };
        if !lies_there && !real.starts_with(self.root) {
            return Err(Refused::Outside(real));
        }
        if size > MAX_FILE {
            return Err(Refused::TooLarge(size));
        }
        std::fs::read(&real).map_err(Refused::Io)
    }
}

/// The text of a file that is read elsewhere; none where it is no UTF-8, which the report says. `path` is as shown.
pub fn text(root: &str, path: &str, bytes: Vec<u8>) -> Outcome<Option<Arc<SourceFile>>> {
    let mut report = Report::default();
    let file = decode(&Arc::from(root), path, bytes, &mut report).map(|read| read.file);
    Outcome::new(file, report)
}

fn decode(root: &Arc<str>, path: &str, bytes: Vec<u8>, report: &mut Report) -> Option<Read> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            report.push(not_utf8(root, path, &error));
            return None;
        }
    };
    let without_bom = text.strip_prefix('\u{feff}').map(str::to_owned);
    let had_bom = without_bom.is_some();
    let text = without_bom.unwrap_or(text);
    let had_crlf = text.contains('\r');
    let text = if had_crlf { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let file = SourceFile::new(Arc::clone(root), path, text);
    if had_bom {
        let message = msg!(
            "文件开头有字节顺序标记（BOM），已忽略",
            "the file starts with a byte order mark (BOM); it was ignored"
        );
        report.push(
            Diagnostic::warning("byte-order-mark", Span::whole(&file), message)
                .hint(msg!("请另存为“UTF-8”（不带 BOM）", "save it as UTF-8 without BOM")),
        );
    }
    Some(Read { file, had_crlf })
}

fn not_utf8(root: &str, path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let valid = error.utf8_error().valid_up_to();
    let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let file = SourceFile::new(root, path, lossy);
    let span = Span::new(&file, valid, valid + 1);
    let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
    let message = msg!("文件不是 UTF-8 编码（字节 0x{byte:02X}）", "the file is not UTF-8 (byte 0x{byte:02X})");
    Diagnostic::error("not-utf8", span, message)
        .hint(msg!("文件可能是 GBK 编码，请用编辑器另存为“UTF-8”", "it may be GBK; save it as UTF-8 in your editor"))
}

/// One warning for all files with foreign line ends: on Windows it may be every file.
fn crlf_fault(files: &[Arc<SourceFile>]) -> Report {
    let mut report = Report::default();
    if let Some(first) = files.first() {
        let count = files.len();
        let message = msg!(
            "{count} 个文件使用 Windows 换行符（CRLF），已按 LF 读取",
            "{count} file(s) with Windows line ends (CRLF); they were read as LF"
        );
        report.push(
            Diagnostic::warning("line-ends", Span::whole(first), message)
                .hint(msg!("请在编辑器中选择“LF”换行", "choose LF line ends in your editor")),
        );
    }
    report
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(make: impl Fn(&Path)) -> Outcome<Sources> {
        let dir = tempfile::tempdir().unwrap();
        make(dir.path());
        Sources::read(dir.path()).unwrap()
    }

    #[test]
    fn a_byte_order_mark_and_foreign_line_ends_are_read_and_named() {
        let outcome = read(|d| std::fs::write(d.join("a.yaml"), "\u{feff}a: 1\r\nb: 2\r\n").unwrap());
        assert_eq!(outcome.value.files[0].text, "a: 1\nb: 2\n");
        assert!(outcome.report.has("byte-order-mark") && outcome.report.has("line-ends"));
        assert!(!outcome.report.has_errors());
    }

    #[test]
    fn a_gbk_file_is_named_with_its_place() {
        let outcome = read(|d| std::fs::write(d.join("a.yaml"), b"a: 1\nb: \xb9\xab\n").unwrap());
        let fault = outcome.report.iter().next().unwrap();
        assert_eq!((fault.code, fault.span.line_column()), ("not-utf8", (2, 4)));
        assert!(outcome.value.unread.contains("a.yaml"));
    }

    #[cfg(unix)]
    #[test]
    fn links_may_not_loop_nor_lead_outside() {
        let outside = tempfile::NamedTempFile::new().unwrap();
        let outcome = read(|d| {
            std::os::unix::fs::symlink(d, d.join("loop")).unwrap();
            std::os::unix::fs::symlink(outside.path(), d.join("out.yaml")).unwrap();
            std::os::unix::fs::symlink(d.join("nowhere"), d.join("dead.yaml")).unwrap();
        });
        for code in ["link-loop", "link-outside", "unreadable-file"] {
            assert!(outcome.report.has(code), "{code}");
        }
    }

    #[test]
    fn a_missing_folder_is_not_a_fault_of_the_content() {
        assert!(Sources::read(Path::new("/no/such/folder")).is_err());
    }
}
