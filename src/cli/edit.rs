//! Writing files at the user's word: those that commands change or add beside each other.
//!
//! Lives here: replacing and adding files. All are written beside their places first, then renamed into them, so that a
//! full disk changes nothing and a killed run leaves each file old or new. Never here: what they say.
#![allow(clippy::disallowed_methods, reason = "edits the content when the user asks for it")]

use crate::amend::Planned;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file to be written.
pub(super) struct Edit<'e> {
    /// Its place.
    pub(super) disk: &'e Path,
    /// Its whole text.
    pub(super) text: &'e str,
    /// Whether nothing stands there yet.
    pub(super) new: bool,
}

/// A file that could not be written.
#[derive(Debug)]
pub(super) struct Failed {
    /// Its place.
    pub(super) disk: PathBuf,
    /// Why.
    pub(super) error: io::Error,
}

/// Writes all files. A link stays a link; permissions stay.
///
/// # Errors
/// The first file that cannot be written; unless that is at the renaming, nothing has changed.
pub(super) fn write_all(edits: &[Edit<'_>]) -> Result<(), Failed> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::with_capacity(edits.len());
    let done = (|| {
        for edit in edits {
            let failed = |error| Failed { disk: edit.disk.to_owned(), error };
            let real = place(edit).map_err(failed)?;
            let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // A leading dot: no reader of content takes it for a file of its own.
            let temporary = real.with_file_name(format!(".{name}.qingdan-{}", std::process::id()));
            staged.push((temporary.clone(), real.clone()));
            stage(edit, &temporary, &real).map_err(failed)?;
        }
        for (temporary, real) in &staged {
            fs::rename(temporary, real).map_err(|error| Failed { disk: real.clone(), error })?;
        }
        Ok(())
    })();
    if done.is_err() {
        // The fault is what is to be told; that a remnant could not be removed adds nothing.
        staged.iter().for_each(|(temporary, _)| drop(fs::remove_file(temporary)));
    }
    done
}

/// Writes planned files below a folder, as [`write_all`] does.
///
/// # Errors
/// As [`write_all`].
pub(super) fn write_planned(folder: &Path, files: &[Planned]) -> Result<(), Failed> {
    let places: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let edits: Vec<Edit<'_>> =
        files.iter().zip(&places).map(|(file, disk)| Edit { disk, text: &file.text, new: file.new }).collect();
    write_all(&edits)
}

/// The true place of a file. A new one gets its folders, and never the place of another.
fn place(edit: &Edit<'_>) -> io::Result<PathBuf> {
    if !edit.new {
        return edit.disk.canonicalize();
    }
    if let Some(folder) = edit.disk.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::symlink_metadata(edit.disk) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(edit.disk.to_owned()),
        Err(error) => Err(error),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

fn stage(edit: &Edit<'_>, temporary: &Path, real: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    file.write_all(edit.text.as_bytes())?;
    if !edit.new {
        file.set_permissions(real.metadata()?.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("old"), "1").unwrap();
        let (old, new, taken) = (at("old"), at("a/b/new"), at("old"));
        let edit = |disk, new| Edit { disk, text: "2", new };
        let failed = write_all(&[edit(&old, false), edit(&new, true), edit(&taken, true)]).unwrap_err();
        assert_eq!((failed.disk, failed.error.kind()), (at("old"), io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read_to_string(at("old")).unwrap(), "1");
        assert!(!new.exists());
        write_all(&[edit(&old, false), edit(&new, true)]).unwrap();
        assert_eq!((fs::read_to_string(old).unwrap(), fs::read_to_string(new).unwrap()), ("2".into(), "2".into()));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing else is left");
    }
}
