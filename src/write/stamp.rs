//! The stamp: `<out>/.qingdan.stamp`, which says what the site that stands there was made from.
//!
//! Lives here: telling that a build would change nothing, without making the site. The key comes from the caller, who knows
//! what a site depends on; here every published file is compared with the list by its bytes, so that nothing is taken on
//! trust but that equal things make equal sites. The stamp can be deleted at any time. Never here: what the key is made of.

use super::Summary;
use super::error::{Action, OutputError};
use super::guard;
use super::list::{Entry, List};
use super::lock::Lock;
use super::path::parents;
use super::stage::{STAGE, Stage};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// The name of the stamp in the output folder.
pub(super) const STAMP: &str = ".qingdan.stamp";

/// A site that stands as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What a build would do: nothing.
    pub summary: Summary,
    /// The paths of its files, sorted.
    pub paths: Vec<String>,
}

/// The site in `out`, if it was made from what `key` stands for and every file of it is as it was written.
///
/// Anything that is not as it should be, or cannot be read, is left to a build: then there is none.
pub fn standing(out: &Path, key: &str) -> Option<Standing> {
    // A folder without a stamp is not touched at all.
    guard::kind(&out.join(STAMP)).ok()??;
    // Nobody is asked to wait: a build does that, and says so.
    let _lock = Lock::take(out, Duration::ZERO).ok()?;
    if guard::kind(&out.join(STAGE)).ok()?.is_some() {
        return None;
    }
    guard::refuse_link(&out.join(STAMP)).ok()?;
    let stamp = fs::read_to_string(out.join(STAMP)).ok()?;
    let list = guard::open(out).ok()?;
    if stamp != text(key, &list) || !own_folders(out, &list) {
        return None;
    }
    let as_listed =
        |buffer: &mut Vec<u8>, (path, entry): (&String, &Entry)| is_as_listed(&out.join(path), entry, buffer);
    if !list.files.par_iter().map_init(Vec::new, as_listed).all(|is| is) {
        return None;
    }
    let bytes = list.files.values().map(|entry| entry.size).sum();
    let summary = Summary { written: 0, unchanged: list.files.len(), removed: 0, bytes };
    Some(Standing { summary, paths: list.files.into_keys().collect() })
}

/// Notes that the site of this list was made from what `key` stands for; without a key, removes what a former run noted. A
/// stamp that says so already is not touched.
pub(super) fn put(out: &Path, stage: &Stage, list: &List, key: Option<&str>) -> Result<(), OutputError> {
    let place = out.join(STAMP);
    guard::refuse_link(&place)?;
    let Some(key) = key else {
        return match fs::remove_file(&place) {
            Err(error) if !guard::absent(&error) => Err(OutputError::io(&place, Action::Remove)(error)),
            _ => Ok(()),
        };
    };
    let text = text(key, list);
    if fs::read_to_string(&place).is_ok_and(|stamp| stamp == text) {
        return Ok(());
    }
    stage.replace(&place, text.as_bytes())
}

/// The key, and the list that it belongs to.
fn text(key: &str, list: &List) -> String {
    format!("{key}\n{}\n", blake3::hash(&list.bytes()).to_hex())
}

/// Whether no folder of the site became a link.
fn own_folders(out: &Path, list: &List) -> bool {
    let folders: BTreeSet<&str> = list.files.keys().flat_map(|path| parents(path)).collect();
    folders.into_iter().all(|folder| matches!(guard::kind(&out.join(folder)), Ok(Some(kind)) if kind.is_dir()))
}

/// Whether a file has the bytes of the list; they are read into `buffer`, which serves the next file too.
fn is_as_listed(place: &Path, entry: &Entry, buffer: &mut Vec<u8>) -> bool {
    /// A larger file is read in pieces.
    const WHOLE: u64 = 1 << 20;
    let as_long = fs::symlink_metadata(place).is_ok_and(|meta| meta.is_file() && meta.len() == entry.size);
    let mut hash = || {
        let file = File::open(place).ok()?;
        if entry.size > WHOLE {
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(file).ok()?;
            return Some(hasher.finalize());
        }
        buffer.clear();
        file.take(WHOLE + 1).read_to_end(buffer).ok()?;
        Some(blake3::hash(buffer))
    };
    as_long && hash().is_some_and(|hash| Entry::new(&hash, entry.size) == *entry)
}
