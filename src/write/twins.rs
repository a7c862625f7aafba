//! Twins: files that stand beside a file and are made of its bytes, such as compressed ones.
//!
//! Lives here: which places a plan has once its twins have theirs. Never here: how a twin is made.

use std::collections::BTreeMap;

/// What makes twins.
pub trait Twins: Sync {
    /// The endings that the twins of a path may have, such as `.gz`.
    fn endings(&self, path: &str) -> &'static [&'static str];

    /// The bytes of a twin; none where it is not worth its place.
    fn make(&self, ending: &str, bytes: &[u8]) -> Option<Vec<u8>>;
}

/// The places of a plan: of the files, and of the twins that they may have.
pub(super) struct Places {
    /// Every path, sorted. Those of twins may stay empty.
    pub(super) paths: Vec<String>,
    /// By file of the plan: its place among the paths, and its twins' endings with their places.
    pub(super) of: Vec<(usize, Vec<(&'static str, usize)>)>,
}

impl Places {
    /// `files` are sorted. A twin's path that is a file of its own makes a path that stands twice, which
    /// `path::check_plan` refuses.
    pub(super) fn new(files: &[String], twins: Option<&dyn Twins>) -> Self {
        let endings = |path: &str| twins.map_or(&[][..], |twins| twins.endings(path));
        let mut paths: Vec<String> = files.to_vec();
        paths.extend(files.iter().flat_map(|path| endings(path).iter().map(move |ending| format!("{path}{ending}"))));
        paths.sort_unstable();
        let at: BTreeMap<&str, usize> = paths.iter().enumerate().map(|(at, path)| (path.as_str(), at)).collect();
        let place = |path: &str| at.get(path).copied().unwrap_or_default();
        let twins_of = |path: &str| endings(path).iter().map(|e| (*e, place(&format!("{path}{e}")))).collect();
        let of = files.iter().map(|path| (place(path), twins_of(path))).collect();
        Self { paths, of }
    }
}
