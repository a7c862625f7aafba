//! The stage: `<out>/.qingdan-stage/`, where new files wait until all of them are made.
//!
//! Lives here: its files (`0`, `1` … by place in the plan), the journal, and its removal. Never here: what is published.
//! It stands inside the output folder so that every move is a rename on one file system.

use super::error::{Action, OutputError};
use super::guard;
use super::list::{Entry, List};
use super::path;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// The name of the stage in the output folder.
pub(super) const STAGE: &str = ".qingdan-stage";

const JOURNAL: &str = "journal.json";

/// The stage of one run. Dropping it removes it, unless it is to be kept for the next run.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) dir: PathBuf,
    keep: bool,
}

impl Stage {
    /// A stage for `out`. The folder is made with the first file, so that a run without changes leaves no trace.
    ///
    /// Whatever a killed run left must have been dealt with before.
    pub(super) fn new(out: &Path) -> Self {
        Self { dir: out.join(STAGE), keep: false }
    }

    /// Writes the bytes that will move to the place `at` of the plan.
    pub(super) fn put(&self, at: usize, bytes: &[u8]) -> Result<(), OutputError> {
        self.write(&self.staged(at), bytes)
    }

    /// Begins the file that will move to the place `at` of the plan.
    pub(super) fn create(&self, at: usize) -> Result<File, OutputError> {
        let place = self.staged(at);
        self.open(&place).map_err(OutputError::io(&place, Action::Write))
    }

    /// Where the bytes for the place `at` of the plan wait.
    pub(super) fn staged(&self, at: usize) -> PathBuf {
        self.dir.join(at.to_string())
    }

    /// Writes a file of the stage.
    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), OutputError> {
        self.open(place).and_then(|mut file| file.write_all(bytes)).map_err(OutputError::io(place, Action::Write))
    }

    /// Begins a file of the stage, which is made where it is missing.
    fn open(&self, place: &Path) -> io::Result<File> {
        match File::create(place) {
            Err(error) if guard::absent(&error) => {
                fs::create_dir_all(&self.dir)?;
                File::create(place)
            }
            result => result,
        }
    }

    /// Replaces a file by rename: whoever reads it sees the old bytes or the new, never a part.
    pub(super) fn replace(&self, target: &Path, bytes: &[u8]) -> Result<(), OutputError> {
        self.replace_by(target, |file| file.write_all(bytes))
    }

    /// As [`Stage::replace`], with bytes that are written one after another.
    fn replace_by(
        &self,
        target: &Path,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), OutputError> {
        let waiting = self.dir.join("replacement");
        let written = self.open(&waiting).map(BufWriter::new).and_then(|mut file| {
            write(&mut file)?;
            file.flush()
        });
        written.map_err(OutputError::io(&waiting, Action::Write))?;
        fs::rename(&waiting, target).map_err(OutputError::io(target, Action::Move))
    }

    /// Writes the journal: from here on the run is finished by whoever comes next.
    pub(super) fn commit(&self, journal: &Journal) -> Result<(), OutputError> {
        let place = self.dir.join(JOURNAL);
        // A long one is not put into memory once more: with a hundred thousand pages it has tens of megabytes.
        self.replace_by(&place, |file| serde_json::to_writer(file, journal).map_err(io::Error::from))
    }

    /// The journal a killed run left; none where it was killed before, or where the journal makes no sense.
    ///
    /// A senseless journal (after a power failure) can be dropped: the list already names every file that may have
    /// been moved, so the next build puts all of them right.
    pub(super) fn journal(&self) -> Result<Option<Journal>, OutputError> {
        let place = self.dir.join(JOURNAL);
        guard::refuse_link(&place)?;
        match fs::read(&place) {
            Ok(bytes) => Ok(Journal::parse(&bytes)),
            Err(error) if guard::absent(&error) => Ok(None),
            Err(error) => Err(OutputError::io(&place, Action::Read)(error)),
        }
    }

    /// Leaves the stage to the next run.
    pub(super) fn keep(&mut self) {
        self.keep = true;
    }

    /// Removes the stage, the journal first: without it the rest means nothing.
    pub(super) fn clear(&self) -> Result<(), OutputError> {
        guard::refuse_link(&self.dir)?;
        let journal = self.dir.join(JOURNAL);
        let removed = gone(fs::remove_file(&journal)).map_err(OutputError::io(&journal, Action::Remove));
        removed.and_then(|()| gone(fs::remove_dir_all(&self.dir)).map_err(OutputError::io(&self.dir, Action::Remove)))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.keep {
            // The run has its own result to report, and the next one clears again.
            let _ = self.clear();
        }
    }
}

fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if guard::absent(&error) => Ok(()),
        other => other,
    }
}

/// All that is left to do once every file is staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The staged files and where they go.
    pub(super) moves: Vec<Move>,
    /// Files of the old list that the site no longer has.
    pub(super) removals: Vec<String>,
    /// The list as it will be.
    pub(super) list: List,
}

/// A staged file and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Move {
    /// Its place in the plan, which is its name in the stage.
    pub(super) at: usize,
    /// The path of the output.
    pub(super) path: String,
    /// Whether the old list did not name it: then nothing may stand there.
    pub(super) fresh: bool,
}

impl Journal {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        let mut paths = journal.moves.iter().map(|m| &m.path).chain(&journal.removals);
        let good = paths.all(|path| path::check(path).is_ok()) && journal.list.check().is_ok();
        good.then_some(journal)
    }

    /// Whether nothing but the list could change.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.removals.is_empty()
    }
}

/// Whether a file has exactly these bytes. A file that cannot be read has not: it is written anew.
pub(super) fn same_bytes(place: &Path, entry: &Entry, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(place) else { return false };
    // The length is on hand without reading; equal lengths prove nothing.
    if !file.metadata().is_ok_and(|meta| meta.is_file() && meta.len() == entry.size) {
        return false;
    }
    goes_on(&mut file, bytes) && at_end(&mut file)
}

/// Whether a file goes on with these bytes; one that cannot be read does not.
pub(super) fn goes_on(file: &mut File, mut bytes: &[u8]) -> bool {
    let mut buffer = [0; 1 << 14];
    while !bytes.is_empty() {
        let most = buffer.len().min(bytes.len());
        match file.read(&mut buffer[..most]) {
            Ok(0) => return false,
            Ok(n) => match bytes.strip_prefix(&buffer[..n]) {
                Some(rest) => bytes = rest,
                None => return false,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// Whether a file has no more bytes.
pub(super) fn at_end(file: &mut File) -> bool {
    loop {
        match file.read(&mut [0]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return matches!(result, Ok(0)),
        }
    }
}
