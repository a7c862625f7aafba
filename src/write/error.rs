//! Why a site could not be written, in words for people.
//!
//! Lives here: every refusal of `write` and its wording. Never here: deciding to refuse.

use crate::diag::Message;
use crate::msg;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was published: a recipe failed, or the output folder cannot be used.
#[derive(Debug)]
pub enum WriteError<E> {
    /// The bytes of a file could not be made. Of several, the first in the order of the plan.
    Make {
        /// The path of the output.
        path: String,
        /// What the recipe said.
        error: E,
    },
    /// The output folder, not the site, is at fault.
    Output(OutputError),
}

impl<E> From<OutputError> for WriteError<E> {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// What is wrong with the output folder or a path in it.
#[derive(Debug)]
pub enum OutputError {
    /// The folder is not empty and has no list of this tool.
    NotOurs {
        /// The folder.
        out: PathBuf,
    },
    /// The list, or the journal of an interrupted run, cannot be understood.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Message,
    },
    /// The folder is one that no site may be written to.
    Unfit {
        /// The folder.
        out: PathBuf,
        /// Why.
        reason: Message,
    },
    /// A single file cannot be written where it was asked for.
    UnfitFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: Message,
    },
    /// A file that this tool did not write stands where the site wants to write.
    Foreign {
        /// The file or folder.
        path: PathBuf,
    },
    /// A link stands inside the output folder where the site wants to write; links are not followed.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The plan has a path that must not be written.
    BadPath {
        /// The path as planned.
        path: String,
        /// Why.
        reason: Message,
    },
    /// Another run is writing to the same folder.
    Busy {
        /// The folder.
        out: PathBuf,
    },
    /// The output cannot be published by replacing a link.
    Unswappable {
        /// The output, which is to be a link.
        out: PathBuf,
        /// Why.
        reason: Message,
        /// What to do about it.
        hint: Message,
    },
    /// The system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: Action,
        /// The system's answer.
        source: io::Error,
    },
    /// Moving the new site in failed midway, and so did moving the old one back. The next build finishes the work.
    HalfMoved {
        /// What stopped the move.
        source: Box<OutputError>,
    },
}

/// What was being done when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Reading a file or a folder.
    Read,
    /// Making a folder.
    MakeFolder,
    /// Writing a file.
    Write,
    /// Moving a finished file to its place.
    Move,
    /// Removing.
    Remove,
    /// Locking the output folder.
    Lock,
}

impl Action {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("读取", "read"),
            Self::MakeFolder => ("创建文件夹", "make the folder"),
            Self::Write => ("写入", "write"),
            Self::Move => ("移入", "move a file to"),
            Self::Remove => ("删除", "remove"),
            Self::Lock => ("锁定", "lock"),
        }
    }
}

impl OutputError {
    /// Joins an answer of the system with what was tried; the argument of `map_err`.
    pub(super) fn io(path: &Path, action: Action) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, action, source }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::NotOurs { out } => {
                let out = out.display();
                msg!(
                    "输出文件夹“{out}”里已有不是清单写入的文件",
                    "the output folder `{out}` holds files that qingdan did not write"
                )
            }
            Self::Damaged { path, reason: Message { zh, en } } => {
                let path = path.display();
                msg!("无法理解“{path}”：{zh}", "cannot make sense of `{path}`: {en}")
            }
            Self::Unfit { out, reason: Message { zh, en } } => {
                let out = out.display();
                msg!("不能把网站写入“{out}”：{zh}", "cannot write a site to `{out}`: {en}")
            }
            Self::UnfitFile { path, reason: Message { zh, en } } => {
                let path = path.display();
                msg!("不能写入文件“{path}”：{zh}", "cannot write the file `{path}`: {en}")
            }
            Self::Foreign { path } => {
                let path = path.display();
                msg!(
                    "“{path}”不是清单写入的，网站却要写在这里",
                    "`{path}` was not written by qingdan, and the site wants to write there"
                )
            }
            Self::Link { path } => {
                let path = path.display();
                msg!(
                    "“{path}”是链接；输出文件夹里的链接不予跟随",
                    "`{path}` is a link; links inside the output folder are not followed"
                )
            }
            Self::BadPath { path, reason: Message { zh, en } } => {
                msg!("不能写入路径“{path}”：{zh}", "cannot write the path `{path}`: {en}")
            }
            Self::Busy { out } => {
                let out = out.display();
                msg!("另一个构建正在写入“{out}”", "another build is writing to `{out}`")
            }
            Self::Unswappable { out, reason: Message { zh, en }, .. } => {
                let out = out.display();
                msg!("不能整体切换“{out}”：{zh}", "cannot publish `{out}` by a link: {en}")
            }
            Self::Io { path, action, source } => {
                let ((zh, en), path) = (action.words(), path.display());
                msg!("无法{zh}“{path}”：{source}", "cannot {en} `{path}`: {source}")
            }
            Self::HalfMoved { source } => {
                let Message { zh, en } = source.message();
                msg!(
                    "{zh}。网站只更新了一部分，也无法恢复原样",
                    "{en}. The site is updated in part and could not be put back"
                )
            }
        }
    }

    /// What to do about it, where there is something to say.
    pub fn hint(&self) -> Option<Message> {
        Some(match self {
            Self::NotOurs { .. } => msg!(
                "用 --out 指定一个空文件夹或新文件夹，或先把其中的文件移走",
                "name an empty or new folder with --out, or move its files away first"
            ),
            Self::Damaged { .. } => msg!(
                "核对文件夹里没有您自己的文件后，把它整个删除，再重新构建",
                "make sure that the folder holds nothing of your own, delete it, and build again"
            ),
            Self::Unfit { .. } => {
                msg!("用 --out 指定另一个文件夹，例如 public", "name another folder with --out, such as public")
            }
            Self::UnfitFile { .. } => msg!("用 --out 指定另一个文件名", "name another file with --out"),
            Self::Foreign { .. } => msg!("把它移走或改名，再重新构建", "move or rename it, then build again"),
            Self::Link { .. } => {
                msg!("把链接移走，再重新构建", "move the link away, then build again")
            }
            Self::Busy { .. } => msg!("等它结束后再试", "try again when it has finished"),
            Self::Unswappable { hint, .. } => hint.clone(),
            Self::Io { source, .. } => return io_hint(source.kind()),
            Self::HalfMoved { .. } => {
                msg!("排除上述原因后重新构建，就会完成更新", "mend the cause and build again: that finishes the update")
            }
            Self::BadPath { .. } => return None,
        })
    }
}

fn io_hint(kind: io::ErrorKind) -> Option<Message> {
    Some(match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            msg!(
                "磁盘已满；原来的网站没有改动，腾出空间后再试",
                "the disk is full; the former site stands: make room and try again"
            )
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            msg!("检查该文件夹的写入权限；原来的网站没有改动", "check that you may write there; the former site stands")
        }
        _ => return None,
    })
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::HalfMoved { source } => Some(source.as_ref()),
            _ => None,
        }
    }
}
