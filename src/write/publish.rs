//! Moving a finished stage into place, or putting the former site back.
//!
//! Lives here: carrying out a journal. Never here: making one. The order of the steps is explained in the parent.

use super::error::{Action, OutputError};
use super::guard;
use super::list::List;
use super::path::parents;
use super::stage::{Journal, Move, Stage};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Carries out a journal that is committed; answers how many files were removed.
///
/// On a fault the former site is put back and the stage dropped. Where even that fails the journal is kept.
pub(super) fn publish(out: &Path, stage: &mut Stage, journal: &Journal, old: &List) -> Result<usize, OutputError> {
    let before = match fs::read(List::place(out)) {
        Ok(bytes) => Some(bytes),
        Err(error) if guard::absent(&error) => None,
        Err(error) => return Err(OutputError::io(&List::place(out), Action::Read)(error)),
    };
    let mut run = Run::new(out, stage, journal, Some(Vec::new()));
    let result = run.all(old);
    let Err(source) = result else { return result };
    match run.roll_back(before.as_deref()) {
        Ok(()) => Err(source),
        Err(_) => {
            stage.keep();
            Err(OutputError::HalfMoved { source: Box::new(source) })
        }
    }
}

/// Carries out the journal of a run that was killed. There is no way back, and on a fault the journal stays.
pub(super) fn finish(out: &Path, stage: &mut Stage, journal: &Journal) -> Result<(), OutputError> {
    let old = guard::open(out)?;
    let result = Run::new(out, stage, journal, None).all(&old);
    if result.is_err() {
        stage.keep();
    }
    result.map(drop).map_err(|source| OutputError::HalfMoved { source: Box::new(source) })
}

/// Carries out the first `steps` changes of a journal and then stops dead, like a killed run.
#[cfg(test)]
pub(super) fn stop_after(out: &Path, stage: &Stage, journal: &Journal, old: &List, steps: usize) {
    let mut run = Run { budget: steps, ..Run::new(out, stage, journal, Some(Vec::new())) };
    let _ = run.all(old);
}

/// A change that was made, to be undone.
enum Undo {
    Moved { place: PathBuf, backup: Option<PathBuf> },
    Removed { place: PathBuf, backup: PathBuf },
    MadeFolder(PathBuf),
    RemovedFolder(PathBuf),
}

struct Run<'a> {
    out: &'a Path,
    stage: &'a Stage,
    journal: &'a Journal,
    /// What was done, in order; none where a killed run is finished, which cannot be undone.
    undo: Option<Vec<Undo>>,
    /// Folders of the output that are known to be folders.
    folders: BTreeSet<&'a str>,
    /// Those of them that this run made: nothing stands in them but what it moved there.
    made: BTreeSet<&'a str>,
    removed: usize,
    /// How many changes may still be made before the run is "killed".
    #[cfg(test)]
    budget: usize,
}

impl<'a> Run<'a> {
    fn new(out: &'a Path, stage: &'a Stage, journal: &'a Journal, undo: Option<Vec<Undo>>) -> Self {
        Self {
            out,
            stage,
            journal,
            undo,
            folders: BTreeSet::new(),
            made: BTreeSet::new(),
            removed: 0,
            #[cfg(test)]
            budget: usize::MAX,
        }
    }

    /// Called before each change of the site or the list; the seam where tests kill a run.
    #[cfg_attr(not(test), allow(clippy::unused_self, clippy::unnecessary_wraps))]
    fn step(&mut self) -> Result<(), OutputError> {
        #[cfg(test)]
        {
            let killed = || OutputError::io(self.out, Action::Move)(io::ErrorKind::Interrupted.into());
            self.budget = self.budget.checked_sub(1).ok_or_else(killed)?;
        }
        Ok(())
    }

    fn all(&mut self, old: &List) -> Result<usize, OutputError> {
        let journal = self.journal;
        self.step()?;
        self.stage.replace(&List::place(self.out), &old.union_bytes(&journal.list))?;
        let (in_the_way, others) = self.sort_removals();
        self.remove_all(&in_the_way)?;
        for step in &journal.moves {
            self.move_in(step)?;
        }
        self.remove_all(&others)?;
        self.step()?;
        self.stage.replace(&List::place(self.out), &journal.list.bytes())?;
        Ok(self.removed)
    }

    /// The removals that a move needs done first (a file becomes a folder, or the reverse), and the others.
    ///
    /// The others wait until the new pages are in, so that a reader of the half-moved site finds more, not less.
    fn sort_removals(&self) -> (Vec<&'a str>, Vec<&'a str>) {
        let files: BTreeSet<&str> = self.journal.moves.iter().map(|step| step.path.as_str()).collect();
        let folders: BTreeSet<&str> = files.iter().flat_map(|path| parents(path)).collect();
        self.journal
            .removals
            .iter()
            .map(String::as_str)
            .partition(|path| folders.contains(path) || parents(path).any(|folder| files.contains(folder)))
    }

    fn move_in(&mut self, step: &'a Move) -> Result<(), OutputError> {
        let staged = self.stage.staged(step.at);
        if self.undo.is_none() && guard::kind(&staged)?.is_none() {
            // The killed run came as far as this.
            return Ok(());
        }
        self.make_folders(&step.path)?;
        let place = self.out.join(&step.path);
        let is_new = parents(&step.path).next().is_some_and(|folder| self.made.contains(folder));
        let there = if is_new { None } else { guard::kind(&place)? };
        let backup = match there {
            None => None,
            Some(kind) if kind.is_symlink() => return Err(OutputError::Link { path: place }),
            Some(kind) if step.fresh || !kind.is_file() => return Err(OutputError::Foreign { path: place }),
            Some(_) => self.back_up(&place)?,
        };
        self.step()?;
        fs::rename(&staged, &place).map_err(OutputError::io(&place, Action::Move))?;
        self.note(Undo::Moved { place, backup });
        Ok(())
    }

    /// A second name for the file that is about to be replaced, which itself stays where it is until then.
    fn back_up(&self, place: &Path) -> Result<Option<PathBuf>, OutputError> {
        let Some(backup) = self.next_backup() else { return Ok(None) };
        // Some file systems have no second names.
        fs::hard_link(place, &backup)
            .or_else(|_| fs::copy(place, &backup).map(drop))
            .map_err(OutputError::io(place, Action::Read))?;
        Ok(Some(backup))
    }

    fn next_backup(&self) -> Option<PathBuf> {
        let undo = self.undo.as_ref()?;
        Some(self.stage.dir.join(format!("old-{}", undo.len())))
    }

    fn make_folders(&mut self, path: &'a str) -> Result<(), OutputError> {
        let mut missing: Vec<&str> = parents(path).take_while(|folder| !self.folders.contains(folder)).collect();
        while let Some(folder) = missing.pop() {
            let place = self.out.join(folder);
            match guard::kind(&place)? {
                Some(kind) if kind.is_symlink() => return Err(OutputError::Link { path: place }),
                Some(kind) if kind.is_dir() => {}
                Some(_) => return Err(OutputError::Foreign { path: place }),
                None => {
                    self.step()?;
                    fs::create_dir(&place).map_err(OutputError::io(&place, Action::MakeFolder))?;
                    self.note(Undo::MadeFolder(place));
                    self.made.insert(folder);
                }
            }
            self.folders.insert(folder);
        }
        Ok(())
    }

    /// Removes files, then the folders that this leaves empty.
    fn remove_all(&mut self, paths: &[&'a str]) -> Result<(), OutputError> {
        let mut folders = BTreeSet::new();
        for path in paths {
            if !self.through_link(path)? {
                self.remove(path)?;
                // Also where the file was gone already: its folder is still ours, and may be in the way.
                folders.extend(parents(path));
            }
        }
        // Backwards, what is inside a folder comes before it. A folder with anything left in it is not removed.
        for folder in folders.into_iter().rev() {
            let place = self.out.join(folder);
            self.step()?;
            if fs::remove_dir(&place).is_ok() {
                self.folders.remove(folder);
                self.made.remove(folder);
                self.note(Undo::RemovedFolder(place));
            }
        }
        Ok(())
    }

    /// Whether a path leads through a link by now: then what lies there is not ours.
    fn through_link(&self, path: &str) -> Result<bool, OutputError> {
        for folder in parents(path) {
            if guard::kind(&self.out.join(folder))?.is_some_and(|kind| kind.is_symlink()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes a file of the old list. What stands there in its stead by now, a link or a folder, is left alone.
    fn remove(&mut self, path: &str) -> Result<(), OutputError> {
        let place = self.out.join(path);
        if !guard::kind(&place)?.is_some_and(|kind| kind.is_file()) {
            return Ok(());
        }
        self.step()?;
        match self.next_backup() {
            Some(backup) => {
                fs::rename(&place, &backup).map_err(OutputError::io(&place, Action::Remove))?;
                self.note(Undo::Removed { place, backup });
            }
            None => fs::remove_file(&place).map_err(OutputError::io(&place, Action::Remove))?,
        }
        self.removed += 1;
        Ok(())
    }

    fn note(&mut self, step: Undo) {
        if let Some(undo) = &mut self.undo {
            undo.push(step);
        }
    }

    /// Undoes everything, the last step first, and puts the former list back.
    fn roll_back(&mut self, list: Option<&[u8]>) -> Result<(), OutputError> {
        for step in self.undo.take().unwrap_or_default().into_iter().rev() {
            let (place, result) = match step {
                Undo::Moved { place, backup: Some(backup) } | Undo::Removed { place, backup } => {
                    (place.clone(), fs::rename(backup, place))
                }
                Undo::Moved { place, backup: None } => (place.clone(), fs::remove_file(place)),
                Undo::RemovedFolder(place) => (place.clone(), fs::create_dir(place)),
                // Somebody else's file may be in it by now.
                Undo::MadeFolder(place) => (place.clone(), fs::remove_dir(place).or_else(not_empty)),
            };
            result.map_err(OutputError::io(&place, Action::Move))?;
        }
        let place = List::place(self.out);
        match list {
            Some(bytes) => self.stage.replace(&place, bytes),
            None => match fs::remove_file(&place) {
                Err(error) if !guard::absent(&error) => Err(OutputError::io(&place, Action::Remove)(error)),
                _ => Ok(()),
            },
        }
    }
}

fn not_empty(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::DirectoryNotEmpty { Ok(()) } else { Err(error) }
}
