//! One build at a time: the lock of an output folder.
//!
//! Lives here: `<out>/.qingdan.lock`, an empty file that is locked while a run writes. It stays when the run ends:
//! removing it would let two waiting runs lock two different files of the same name. The system drops the lock of a
//! killed run by itself.

use super::error::{Action, OutputError};
use super::guard;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// The name of the lock in the output folder.
pub(super) const LOCK: &str = ".qingdan.lock";

/// How long a second build waits for the first.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

const PAUSE: Duration = Duration::from_millis(50);

/// A held lock; dropping it lets the next run in.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of `out`, which must exist, at most for `patience`.
    pub(super) fn take(out: &Path, patience: Duration) -> Result<Self, OutputError> {
        Self::at(&out.join(LOCK), out, patience)
    }

    /// As [`Lock::take`], by the file `place`.
    pub(super) fn at(place: &Path, out: &Path, patience: Duration) -> Result<Self, OutputError> {
        guard::refuse_link(place)?;
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(false).open(place);
        let file = file.map_err(OutputError::io(place, Action::Lock))?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                // A file system without locks must not keep anybody from building.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::Error(error)) => return Err(OutputError::io(place, Action::Lock)(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(OutputError::Busy { out: out.to_owned() });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_second_waits_and_then_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path(), Duration::ZERO).unwrap();
        assert!(matches!(Lock::take(dir.path(), Duration::ZERO), Err(OutputError::Busy { .. })));
        let out = dir.path().to_owned();
        let second = std::thread::spawn(move || Lock::take(&out, Duration::from_secs(20)));
        std::thread::sleep(Duration::from_millis(100));
        drop(first);
        assert!(second.join().unwrap().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_is_a_link_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), dir.path().join(LOCK)).unwrap();
        assert!(matches!(Lock::take(dir.path(), Duration::ZERO), Err(OutputError::Link { .. })));
        assert!(!dir.path().join("elsewhere").exists());
    }
}
