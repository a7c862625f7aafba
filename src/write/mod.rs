//! The difference between a planned site and the folder on disk, applied safely. The only writer of the output.
//!
//! Lives here: comparing, staging, publishing, and every refusal that protects files of others. Never here: what is in
//! a file, or which files a site has. Bytes are made by worker threads, compared with the disk, and dropped: several
//! files are in memory at a time, never all, and of a large one a piece at a time (`pieces`).
//!
//! # The order of things
//! 1. The folder is looked at (`guard`): a folder that is not ours, or not fit for a site, is refused untouched.
//! 2. The folder is locked (`lock`); a second run waits, then gives up.
//! 3. What a killed run left is dealt with: with a journal the run is finished, without one its stage is removed.
//! 4. The way of every planned path is looked at: files of others and links stop the run here.
//! 5. Every file is made, and at once its twins (`twins`) from the same bytes. Unchanged ones stay as they are; new bytes go to `<out>/.qingdan-stage/`. A fault here
//!    removes the stage and nothing else has happened.
//! 6. The journal (all moves, all removals, the list to come) is written by rename. This is the point of no return
//!    for a kill: before it the former site stands, after it the next run finishes the work.
//! 7. A list that names old and new files together is written by rename. Should the journal ever be lost, every file
//!    of the half-moved site is still known to be ours, and the next build puts it right.
//! 8. Old files that block a new path (a file becomes a folder) are removed; new files are renamed into place; the
//!    other old files are removed, then folders of ours left empty.
//! 9. The list of the new site is written by rename, and the stage is removed, the journal first.
//!
//! A site that stands as it was built is known by its stamp (`stamp`), and none of this is begun.
//!
//! Every single step is a rename or a removal of a whole file, so no file is ever half-written at its place, and each
//! step can be repeated. A *fault* in 7 to 9 (a read-only folder, say) is undone step by step: replaced and removed
//! files are kept in the stage until the end.
//!
//! This holds against kills and faults. A power failure may still lose what the system had not written out; the next
//! build compares bytes, not dates, and mends that.
#![allow(clippy::disallowed_methods, reason = "this is the room that writes the output")]

mod error;
mod guard;
mod list;
mod lock;
mod path;
mod pieces;
mod publish;
mod single;
mod stage;
mod stamp;
mod swap;
#[cfg(test)]
mod tests;
mod twins;

pub use error::{Action, OutputError, WriteError};
pub use list::LIST;
pub use single::{file, refuse_file};
pub use stamp::{Standing, standing};
pub use swap::{Swapped, refuse_swap, swap};
pub use twins::Twins;

use crate::sink::Sink;
use guard::Surroundings;
use list::{Entry, List};
use lock::Lock;
use pieces::Pieces;
use rayon::prelude::*;
use stage::{Journal, Move, Stage};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use twins::Places;

/// A site to be written: where, which files, and how each is made.
pub struct Job<'a, E> {
    /// The output folder; it is made where it is missing.
    pub out: &'a Path,
    /// The folders that are read (content, templates): the output must be neither inside nor around them.
    pub inputs: &'a [&'a Path],
    /// The paths of the output: `/` between names, sorted by bytes, each once.
    pub paths: &'a [String],
    /// Makes the bytes of one path, by its place in `paths`. Called once for each, from several threads.
    pub make: &'a (dyn Fn(usize, &mut Sink<'_>) -> Result<(), E> + Sync),
    /// The paths, by their places and sorted, that tell of others, such as of their sizes: they are made when all others are.
    pub last: &'a [usize],
    /// Asked once the site is published: a key of what it was made from, for [`standing`]; none where the next run is to look
    /// at everything.
    pub made_from: &'a (dyn Fn() -> Option<String> + Sync),
    /// Told after each file how many are done; from several threads.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were left as they are.
    pub unchanged: usize,
    /// Files of the former site that are gone.
    pub removed: usize,
    /// The size of the whole site in bytes, without the tool's own list.
    pub bytes: u64,
}

/// Whether a site may be written to `out` at all, without touching it: to be asked before long work begins.
///
/// # Errors
/// [`OutputError`] for a folder that is not ours or is never to be written to.
pub fn refuse(out: &Path, inputs: &[&Path]) -> Result<(), OutputError> {
    let real = guard::fit(out, inputs, &Surroundings::of_this_process())?;
    guard::open(&real).map(drop)
}

/// Brings the output folder to exactly the planned files, beside those that others put there.
///
/// Files are made on the current rayon pool; whoever wants fewer threads installs a smaller one.
///
/// # Errors
/// [`WriteError::Make`] where a file cannot be made, [`WriteError::Output`] where the folder cannot be written. Either
/// way the former site stands, except after [`OutputError::HalfMoved`].
pub fn apply<E: Send>(job: &Job<'_, E>) -> Result<Summary, WriteError<E>> {
    apply_with(job, None)
}

/// As [`apply`], with twins beside the files. They are listed, and removed when they are no longer made.
///
/// # Errors
/// As [`apply`].
pub fn apply_with<E: Send>(job: &Job<'_, E>, twins: Option<&dyn Twins>) -> Result<Summary, WriteError<E>> {
    apply_in(job, twins, &Surroundings::of_this_process(), lock::PATIENCE)
}

fn apply_in<E: Send>(
    job: &Job<'_, E>,
    twins: Option<&dyn Twins>,
    around: &Surroundings,
    patience: Duration,
) -> Result<Summary, WriteError<E>> {
    let places = Places::new(job.paths, twins);
    path::check_plan(&places.paths)?;
    let out = &guard::fit(job.out, job.inputs, around)?;
    guard::open(out)?;
    std::fs::create_dir_all(out).map_err(OutputError::io(out, Action::MakeFolder))?;
    let _lock = Lock::take(out, patience)?;
    heal(out)?;
    // Read again: until the lock was ours, another run may have changed it.
    let old = guard::open(out)?;
    guard::way_is_free(out, &places.paths, &old)?;
    let mut stage = Stage::new(out);
    let made = make_all(&Work { job, twins, places: &places, out, stage: &stage, old: &old })?;
    let (journal, mut summary) = plan(&places.paths, made, &old);
    if !journal.is_empty() || !is_listed(out, &journal.list) {
        stage.commit(&journal)?;
        summary.removed = publish::publish(out, &mut stage, &journal, &old)?;
    }
    // Still under the lock, so that the key and the list are those of one run. Without a stamp the next one takes as long.
    let _ = stamp::put(out, &stage, &journal.list, (job.made_from)().as_deref());
    Ok(summary)
}

/// Finishes or clears what a killed run left.
fn heal(out: &Path) -> Result<(), OutputError> {
    let mut stage = Stage::new(out);
    guard::refuse_link(&stage.dir)?;
    if let Some(journal) = stage.journal()? {
        publish::finish(out, &mut stage, &journal)?;
    }
    stage.clear()
}

/// What the making of files needs to know.
struct Work<'a, E> {
    job: &'a Job<'a, E>,
    twins: Option<&'a dyn Twins>,
    places: &'a Places,
    out: &'a Path,
    stage: &'a Stage,
    /// The list of the site that stands there: what it does not name is new.
    old: &'a List,
}

/// A file that was made: its place among the paths, what the list says of it, and whether it is staged.
struct Made {
    at: usize,
    entry: Entry,
    changed: bool,
}

/// Makes every file, in the order of their paths but for the last ones. The first fault in the plan's order wins.
fn make_all<E: Send>(work: &Work<'_, E>) -> Result<Vec<Made>, WriteError<E>> {
    let done = AtomicUsize::new(0);
    // After a fault only what stands before it is still made: that may fail too, and would have to be named instead.
    let first_fault = AtomicUsize::new(usize::MAX);
    let make = |buffer: &mut Vec<u8>, at: usize| {
        if first_fault.load(Ordering::Relaxed) < at {
            return None;
        }
        let result = make_one(work, at, buffer);
        match result {
            Ok(_) => (work.job.progress)(done.fetch_add(1, Ordering::Relaxed) + 1),
            Err(_) => {
                first_fault.fetch_min(at, Ordering::Relaxed);
            }
        }
        Some((at, result))
    };
    let last = work.job.last;
    let others = (0..work.job.paths.len()).into_par_iter().filter(|at| last.binary_search(at).is_err());
    let mut results: Vec<_> = others.map_init(Vec::new, make).flatten_iter().collect();
    results.par_extend(last.par_iter().copied().map_init(Vec::new, make).flatten_iter());
    results.sort_unstable_by_key(|(at, _)| *at);
    let mut made = Vec::with_capacity(results.len());
    for (_, result) in results {
        made.extend(result?);
    }
    made.sort_unstable_by_key(|made: &Made| made.at);
    Ok(made)
}

/// Makes one file and its twins, so that no page is rendered twice.
fn make_one<E>(work: &Work<'_, E>, at: usize, buffer: &mut Vec<u8>) -> Result<Vec<Made>, WriteError<E>> {
    let (own, twin_places) = &work.places.of[at];
    let place = work.out.join(&work.places.paths[*own]);
    let mut pieces: Option<Pieces<'_>> = None;
    let mut hand_on =
        |bytes: &[u8]| pieces.get_or_insert_with(|| Pieces::new(work.stage, *own, place.clone())).take(bytes);
    let result = (work.job.make)(at, &mut Sink::new(buffer, &mut hand_on));
    result.map_err(|error| WriteError::Make { path: work.job.paths[at].clone(), error })?;
    let mut made = Vec::with_capacity(1 + twin_places.len());
    match pieces {
        None => made.push(put(work, *own, buffer)?),
        Some(mut pieces) => {
            pieces.take(buffer);
            let (entry, changed) = pieces.finish()?;
            made.push(Made { at: *own, entry, changed });
            if !twin_places.is_empty() {
                let place = if changed { work.stage.staged(*own) } else { place };
                *buffer = std::fs::read(&place).map_err(OutputError::io(&place, Action::Read))?;
            }
        }
    }
    for (ending, place) in twin_places {
        if let Some(twin) = work.twins.and_then(|twins| twins.make(ending, buffer)) {
            made.push(put(work, *place, &twin)?);
        }
    }
    Ok(made)
}

/// Stages the bytes of a place, unless the disk has them already.
fn put<E>(work: &Work<'_, E>, at: usize, bytes: &[u8]) -> Result<Made, OutputError> {
    let entry = Entry::of(bytes);
    let path = &work.places.paths[at];
    let same = || stage::same_bytes(&work.out.join(path), &entry, bytes);
    let changed = !(work.old.files.contains_key(path) && same());
    if changed {
        work.stage.put(at, bytes)?;
    }
    Ok(Made { at, entry, changed })
}

/// What is left to do, and what to tell of it.
fn plan(paths: &[String], made: Vec<Made>, old: &List) -> (Journal, Summary) {
    let mut summary = Summary::default();
    let mut moves = Vec::new();
    let mut files = BTreeMap::new();
    for Made { at, entry, changed } in made {
        let path = &paths[at];
        summary.bytes += entry.size;
        if changed {
            summary.written += 1;
            moves.push(Move { at, path: path.clone(), fresh: !old.files.contains_key(path) });
        } else {
            summary.unchanged += 1;
        }
        files.insert(path.clone(), entry);
    }
    let removals = old.files.keys().filter(|path| !files.contains_key(*path)).cloned().collect();
    (Journal { moves, removals, list: List::new(files) }, summary)
}

/// Whether the list on disk is this one, byte for byte.
fn is_listed(out: &Path, list: &List) -> bool {
    let bytes = list.bytes();
    stage::same_bytes(&List::place(out), &Entry::of(&bytes), &bytes)
}
