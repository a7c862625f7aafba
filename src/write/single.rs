//! One file that stands by itself, such as the handbook: whole at its place, or as it was before.

use super::error::{Action, OutputError};
use super::guard;
use crate::msg;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes a file by renaming a finished one into its place; folders on the way are made.
///
/// A file that is there is replaced, whoever wrote it: its name was given for that. A file inside a folder that is read
/// (content, templates) is refused, since the next command would read it.
///
/// # Errors
/// [`OutputError`]; then nothing has changed.
pub fn file(path: &Path, inputs: &[&Path], bytes: &[u8]) -> Result<(), OutputError> {
    refuse_file(path, inputs)?;
    let folder = parent(path);
    std::fs::create_dir_all(folder).map_err(OutputError::io(folder, Action::MakeFolder))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::File::create(&unfinished)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(OutputError::io(&unfinished, Action::Write))
        .and_then(|()| std::fs::rename(&unfinished, path).map_err(OutputError::io(path, Action::Move)));
    if written.is_err() {
        // The fault is what is to be told; that a remnant could not be removed adds nothing.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

/// Whether a file may be written to `path`, to be asked before long work begins.
///
/// # Errors
/// [`OutputError::UnfitFile`].
pub fn refuse_file(path: &Path, inputs: &[&Path]) -> Result<(), OutputError> {
    let unfit = |reason| Err(OutputError::UnfitFile { path: path.to_path_buf(), reason });
    if path.is_dir() || path.file_name().is_none() {
        return unfit(msg!("它是文件夹，不是文件名", "it is a folder, not the name of a file"));
    }
    let real = nearest(parent(path));
    let read = |input: &&&Path| std::fs::canonicalize(input).is_ok_and(|input| real.starts_with(input));
    match inputs.iter().find(read) {
        Some(input) => {
            let input = input.display();
            unfit(msg!("它在所读的文件夹“{input}”里", "it lies in `{input}`, which is read"))
        }
        None => guard::refuse_link(path),
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The real path of the nearest folder on the way that exists.
fn nearest(folder: &Path) -> PathBuf {
    let exists = folder.ancestors().find_map(|at| std::fs::canonicalize(at).ok());
    exists.or_else(|| std::fs::canonicalize(".").ok()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/book.pdf");
        file(&path, &[], b"one").unwrap();
        file(&path, &[], b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path().join("new")).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn folders_and_what_is_read_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let content = dir.path().join("content");
        std::fs::create_dir(&content).unwrap();
        for path in [content.clone(), content.join("book.pdf"), content.join("new/book.pdf")] {
            let refused = file(&path, &[&content], b"x");
            assert!(matches!(refused, Err(OutputError::UnfitFile { .. })), "{path:?}: {refused:?}");
        }
        assert_eq!(std::fs::read_dir(&content).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_fault_leaves_the_former_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("link.pdf");
        let target = dir.path().join("target.pdf");
        std::fs::write(&target, b"kept").unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(matches!(file(&path, &[], b"new"), Err(OutputError::Link { .. })));
        assert_eq!(std::fs::read(&target).unwrap(), b"kept");
    }
}
