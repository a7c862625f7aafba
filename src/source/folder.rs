//! A content folder that is read again and again: only what changed is read anew.
//!
//! Lives here: which files are looked at after a change. What comes out is what [`Sources::read`] gives, and a file whose
//! text is as it was stays the same [`SourceFile`], so that later stages know what they need not do again.
//! Never here: watching (`serve`).
#![allow(clippy::disallowed_methods, reason = "this is the room that reads content")]

use super::{
    NoContent, Read, Sources, Within, bad_name, crlf_fault, is_wanted, no_file, read_file, relative_path, true_folder,
};
use super::{walk_fault, wanted};
use crate::diag::{Outcome, Report, Severity};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use walkdir::WalkDir;

/// A content folder as it was last read.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The folder as the caller named it, with `/`.
    shown: Arc<str>,
    real: PathBuf,
    /// What was wrong on the way to the files.
    faults: Report,
    files: BTreeMap<String, Kept>,
}

#[derive(Debug)]
struct Kept {
    disk: PathBuf,
    /// Size and time of the file when it was read; none where it must be read in any case.
    stamp: Option<Stamp>,
    read: Option<Read>,
    faults: Report,
}

/// By which a file is known to be as it was, without opening it: watching a folder reports each opening.
type Stamp = (u64, SystemTime);

fn stamp(disk: &Path) -> Option<Stamp> {
    let metadata = disk.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// What may have changed in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These paths, relative to the folder, with `/`.
    Paths(BTreeSet<String>),
    /// Anything.
    Anything,
}

impl Folder {
    /// Reads a folder.
    ///
    /// # Errors
    /// [`NoContent`] where `root` is no readable folder.
    pub fn read(root: &Path) -> Result<Self, NoContent> {
        let shown = root.to_string_lossy().replace('\\', "/");
        let mut folder = Self {
            root: root.to_owned(),
            shown: shown.into(),
            real: PathBuf::new(),
            faults: Report::default(),
            files: BTreeMap::new(),
        };
        folder.read_all()?;
        Ok(folder)
    }

    /// Reads again what may have changed.
    ///
    /// # Errors
    /// As [`Folder::read`]; what was read before stays.
    pub fn refresh(&mut self, changed: &Changed) -> Result<(), NoContent> {
        let Changed::Paths(paths) = changed else { return self.read_all() };
        let wanted = paths.iter().filter(|path| path.split('/').all(is_wanted));
        let mut again = Vec::new();
        for path in wanted {
            let disk = self.root.join(path);
            match self.files.get(path) {
                Some(kept) if kept.disk.is_file() => again.push((path.clone(), kept.disk.clone())),
                // Gone before it was looked at, as the files are that editors write on the way.
                None if !self.holds(path) && disk.symlink_metadata().is_err() => {}
                // A file or folder came or went.
                _ => {
                    paths.iter().for_each(|path| self.forget(path));
                    return self.read_all();
                }
            }
        }
        self.put(again);
        Ok(())
    }

    /// What was read, as [`Sources::read`] gives it.
    pub fn sources(&self) -> Outcome<Sources> {
        let mut report = self.faults.clone();
        let mut files = Vec::with_capacity(self.files.len());
        let mut crlf = Vec::new();
        for kept in self.files.values() {
            report.merge(kept.faults.clone());
            if let Some(Read { file, had_crlf }) = &kept.read {
                if *had_crlf {
                    crlf.push(Arc::clone(file));
                }
                files.push(Arc::clone(file));
            }
        }
        report.merge(crlf_fault(&crlf));
        let errors = report.iter().filter(|d| d.severity == Severity::Error);
        let unread = errors.map(|d| d.span.file.path.clone()).collect();
        Outcome::new(Sources { root: self.shown.to_string(), files, unread }, report)
    }

    /// Whether any file is read below this path.
    fn holds(&self, path: &str) -> bool {
        let below = format!("{path}/");
        self.files.range(below.clone()..).next().is_some_and(|(first, _)| first.starts_with(&below))
    }

    /// Sees to it that a file is read in any case.
    fn forget(&mut self, path: &str) {
        if let Some(kept) = self.files.get_mut(path) {
            kept.stamp = None;
        }
    }

    /// Looks at every file, and reads those that are not as they were.
    fn read_all(&mut self) -> Result<(), NoContent> {
        let (root, shown) = (&self.root, &self.shown);
        let real = true_folder(root)?;
        let mut faults = Report::default();
        let mut paths = Vec::new();
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match relative_path(root, entry.path()) {
                    Some(path) => paths.push((path, entry.into_path())),
                    None => faults.push(bad_name(shown, entry.path())),
                },
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => faults.push(no_file(root, shown, entry.path())),
                Err(error) => faults.push(walk_fault(root, shown, &error)),
            }
        }
        self.real = real;
        self.faults = faults;
        let there: BTreeSet<&String> = paths.iter().map(|(path, _)| path).collect();
        self.files.retain(|path, _| there.contains(path));
        let is_known = |(path, disk): &(String, PathBuf)| {
            let kept = self.files.get(path).filter(|kept| kept.disk == *disk && kept.read.is_some());
            kept.and_then(|kept| kept.stamp).is_some_and(|then| stamp(disk) == Some(then))
        };
        let known: Vec<bool> = paths.par_iter().map(is_known).collect();
        self.put(paths.into_iter().zip(known).filter_map(|(path, known)| (!known).then_some(path)).collect());
        Ok(())
    }

    /// Reads these files, in parallel.
    fn put(&mut self, paths: Vec<(String, PathBuf)>) {
        let folders: BTreeSet<&Path> = paths.iter().filter_map(|(_, disk)| disk.parent()).collect();
        let is_inside = |folder: &&Path| folder.canonicalize().is_ok_and(|real| real.starts_with(&self.real));
        let inside: BTreeSet<PathBuf> = folders.into_iter().filter(is_inside).map(Path::to_owned).collect();
        let read = |(path, disk): (String, PathBuf)| {
            // Taken before, so that what is written meanwhile is seen the next time.
            let stamp = stamp(&disk);
            let Outcome { value, report } =
                read_file(&self.shown, &Within { root: &self.real, folders: &inside }, &path, &disk);
            let before = self.files.get(&path).and_then(|kept| kept.read.as_ref());
            let read = match (value, before) {
                (Some(now), Some(before)) if now.file == before.file => {
                    Some(Read { file: Arc::clone(&before.file), ..now })
                }
                (now, _) => now,
            };
            (path, Kept { disk, stamp, read, faults: report })
        };
        let read: Vec<_> = paths.into_par_iter().map(read).collect();
        self.files.extend(read);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::fs;

    fn paths(paths: &[&str]) -> Changed {
        Changed::Paths(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn only_what_changed_is_read_anew_and_the_rest_stays_the_same_file() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for name in ["a.yaml", "b.yaml", "c.yaml"] {
            fs::write(at(name), name).unwrap();
        }
        let mut folder = Folder::read(dir.path()).unwrap();
        let before = folder.sources().value;
        fs::write(at("a.yaml"), "new").unwrap();
        fs::write(at("b.yaml"), "not named, not seen").unwrap();
        // An editor's temporary files are gone by now, or are no content.
        fs::write(at(".a.yaml.swp"), "").unwrap();
        folder.refresh(&paths(&["a.yaml", "c.yaml", "4913", ".a.yaml.swp", "a.yaml~"])).unwrap();
        let after = folder.sources().value;
        assert_eq!(after.get("a.yaml").unwrap().text, "new");
        for same in ["b.yaml", "c.yaml"] {
            assert!(Arc::ptr_eq(before.get(same).unwrap(), after.get(same).unwrap()), "{same}");
        }
    }

    #[test]
    fn what_comes_and_goes_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("items")).unwrap();
        fs::write(at("items/a.yaml"), "a").unwrap();
        let mut folder = Folder::read(dir.path()).unwrap();
        let names = |folder: &Folder| -> Vec<String> {
            folder.sources().value.files.iter().map(|file| file.path.clone()).collect()
        };
        fs::write(at("items/b.yaml"), "b").unwrap();
        folder.refresh(&paths(&["items/b.yaml"])).unwrap();
        assert_eq!(names(&folder), ["items/a.yaml", "items/b.yaml"]);
        fs::remove_file(at("items/b.yaml")).unwrap();
        folder.refresh(&paths(&["items/b.yaml"])).unwrap();
        assert_eq!(names(&folder), ["items/a.yaml"]);
        fs::remove_dir_all(at("items")).unwrap();
        folder.refresh(&paths(&["items"])).unwrap();
        assert!(names(&folder).is_empty());
        fs::remove_dir(dir.path()).unwrap();
        assert!(folder.refresh(&Changed::Anything).is_err());
    }
}
