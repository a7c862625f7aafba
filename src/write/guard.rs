//! Looks at the disk before anything is written: is this folder ours, and is the way free?
//!
//! Lives here: the refusals that need the disk. Never here: a change to it.
//! The output folder itself may be reached through a link (operators do so); inside it links are never followed.

use super::error::{Action, OutputError};
use super::list::{LIST, List};
use super::path::{RESERVED, parents};
use crate::diag::Message;
use crate::msg;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folders of this machine that a site must not be written over.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    pub(super) home: Option<PathBuf>,
    pub(super) current: Option<PathBuf>,
}

impl Surroundings {
    pub(super) fn of_this_process() -> Self {
        Self { home: std::env::home_dir(), current: std::env::current_dir().ok() }
    }
}

/// The real path of the output folder, if a site may be written there at all. `inputs` are folders that are read.
pub(super) fn fit(out: &Path, inputs: &[&Path], around: &Surroundings) -> Result<PathBuf, OutputError> {
    let real = resolve(out)?;
    let unfit = |reason: Message| Err(OutputError::Unfit { out: out.to_owned(), reason });
    if real.parent().is_none() {
        return unfit(msg!("它是文件系统的根", "it is the root of the file system"));
    }
    if let Some(home) = around.home.as_deref().filter(|home| !home.as_os_str().is_empty())
        && resolve(home)?.starts_with(&real)
    {
        return unfit(msg!("它是或包含主目录", "it is or contains the home folder"));
    }
    for input in inputs {
        let (input_real, input) = (resolve(input)?, input.display());
        if input_real.starts_with(&real) {
            return unfit(msg!(
                "它是或包含要读取的文件夹“{input}”",
                "it is or contains the folder `{input}`, which is read"
            ));
        }
        if real.starts_with(&input_real) {
            return unfit(msg!("它在要读取的文件夹“{input}”之内", "it is inside the folder `{input}`, which is read"));
        }
    }
    if around.current.as_deref().map(resolve).transpose()?.as_ref() == Some(&real)
        && let Some(sign) = ["Cargo.toml", ".git", "content"].into_iter().find(|name| real.join(name).exists())
    {
        return unfit(msg!("它是当前文件夹，其中有“{sign}”", "it is the current folder, and that holds `{sign}`"));
    }
    match fs::metadata(&real) {
        Ok(meta) if !meta.is_dir() => unfit(msg!("它不是文件夹", "it is no folder")),
        _ => Ok(real),
    }
}

/// The path without links and `..`, whether or not its last parts exist yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, OutputError> {
    let full = std::path::absolute(path).map_err(OutputError::io(path, Action::Read))?;
    let Some((real, rest)) = full.ancestors().find_map(|ancestor| {
        let real = ancestor.canonicalize().ok()?;
        Some((real, full.strip_prefix(ancestor).ok()?))
    }) else {
        return Ok(full);
    };
    // What does not exist has no links, so `..` may be resolved by the letter.
    Ok(rest.components().fold(real, |mut real, part| {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => real.push(name),
            _ => {}
        }
        real
    }))
}

/// The list of the folder; an empty one for a folder that is absent, empty, or holds a `.gitignore` alone.
pub(super) fn open(out: &Path) -> Result<List, OutputError> {
    refuse_link(&out.join(LIST))?;
    if let Some(list) = List::read(out)? {
        return Ok(list);
    }
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if absent(&error) => return Ok(List::new(Default::default())),
        Err(error) => return Err(OutputError::io(out, Action::Read)(error)),
    };
    for entry in entries {
        let name = entry.map_err(OutputError::io(out, Action::Read))?.file_name();
        let known = name.to_str().is_some_and(|name| name == ".gitignore" || RESERVED.contains(&name));
        if !known {
            return Err(OutputError::NotOurs { out: out.to_owned() });
        }
    }
    Ok(List::new(Default::default()))
}

/// Refuses a link; anything else, or nothing, is fine.
pub(super) fn refuse_link(path: &Path) -> Result<(), OutputError> {
    match kind(path)? {
        Some(kind) if kind.is_symlink() => Err(OutputError::Link { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// What stands at a path, without following a link at its end; none where nothing does.
pub(super) fn kind(path: &Path) -> Result<Option<FileType>, OutputError> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta.file_type())),
        Err(error) if absent(&error) => Ok(None),
        Err(error) => Err(OutputError::io(path, Action::Read)(error)),
    }
}

pub(super) fn absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Refuses a plan that would have to overwrite or pass through what this tool did not write.
pub(super) fn way_is_free(out: &Path, paths: &[String], old: &List) -> Result<(), OutputError> {
    // In sorted order a folder comes before what is in it, so a link is named rather than what lies behind it.
    let folders: BTreeSet<&str> = paths.iter().flat_map(|path| parents(path)).collect();
    let mut missing = BTreeSet::new();
    for folder in folders {
        let place = out.join(folder);
        match kind(&place)? {
            None => {
                missing.insert(folder);
            }
            Some(kind) if kind.is_symlink() => return Err(OutputError::Link { path: place }),
            Some(kind) if !kind.is_dir() && !old.files.contains_key(folder) => {
                return Err(OutputError::Foreign { path: place });
            }
            _ => {}
        }
    }
    let old_folders: BTreeSet<&str> = old.files.keys().flat_map(|path| parents(path)).collect();
    // Nothing lies in a folder that is not there.
    let looked_at = paths.par_iter().filter(|path| parents(path).all(|folder| !missing.contains(folder)));
    let blocked = looked_at.find_map_first(|path| {
        let place = out.join(path);
        match kind(&place) {
            Err(error) => Some(error),
            Ok(None) => None,
            Ok(Some(kind)) if kind.is_symlink() => Some(OutputError::Link { path: place }),
            Ok(Some(kind)) if kind.is_dir() => only_ours(out, path, old, &old_folders).err(),
            Ok(Some(_)) if old.files.contains_key(path) => None,
            Ok(Some(_)) => Some(OutputError::Foreign { path: place }),
        }
    });
    blocked.map_or(Ok(()), Err)
}

/// Whether a folder that must give way to a file holds nothing but what the old list names.
fn only_ours(out: &Path, folder: &str, old: &List, old_folders: &BTreeSet<&str>) -> Result<(), OutputError> {
    let place = out.join(folder);
    if !old_folders.contains(folder) {
        return Err(OutputError::Foreign { path: place });
    }
    for entry in fs::read_dir(&place).map_err(OutputError::io(&place, Action::Read))? {
        let entry = entry.map_err(OutputError::io(&place, Action::Read))?;
        let kind = entry.file_type().map_err(OutputError::io(&entry.path(), Action::Read))?;
        let inner = entry.file_name().to_str().map(|name| format!("{folder}/{name}"));
        match inner {
            Some(inner) if kind.is_dir() => only_ours(out, &inner, old, old_folders)?,
            Some(inner) if kind.is_file() && old.files.contains_key(&inner) => {}
            _ => return Err(OutputError::Foreign { path: entry.path() }),
        }
    }
    Ok(())
}
