//! Looking at the folders from time to time: for network mounts and containers, where changes are not reported.

use super::{Bell, Roots};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// A thread that looks; it ends with this value.
pub(super) struct Poll {
    _end: Sender<()>,
}

/// By file: its size and its time.
type Seen = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl Poll {
    /// Looks so often.
    pub(super) fn new(roots: Roots, bell: Bell, every: Duration) -> Self {
        let (end, ended) = mpsc::channel::<()>();
        let mut before = look(&roots);
        std::thread::spawn(move || {
            while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                let now = look(&roots);
                bell.ring(roots.noticed(differing(&before, &now)));
                before = now;
            }
        });
        Self { _end: end }
    }
}

fn look(roots: &Roots) -> Seen {
    let mut seen = Seen::new();
    for root in [&roots.content.absolute, &roots.templates.absolute] {
        // What cannot be looked at is read in any case, and reported there.
        for entry in WalkDir::new(root).follow_links(true).into_iter().flatten() {
            let stamp = match entry.metadata() {
                // A folder's time says no more than its files do.
                Ok(metadata) if metadata.is_dir() => (0, None),
                Ok(metadata) => (metadata.len(), metadata.modified().ok()),
                Err(_) => (0, None),
            };
            seen.insert(entry.into_path(), stamp);
        }
    }
    seen
}

/// The paths that came, went, or are not as they were.
fn differing<'s>(before: &'s Seen, now: &'s Seen) -> impl Iterator<Item = &'s Path> {
    let changed = now.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp)).map(|(path, _)| path.as_path());
    let gone = before.keys().filter(|path| !now.contains_key(*path)).map(PathBuf::as_path);
    changed.chain(gone)
}
