//! Which paths may be written inside the output folder.
//!
//! Lives here: the rules for a single path and for a plan of them. Pure: the disk is looked at by `guard`.
//! Paths come from slugs and file names that were checked before; this is the last door, and it trusts nobody.

use super::error::OutputError;
use super::list::LIST;
use super::lock::LOCK;
use super::stage::STAGE;
use super::stamp::STAMP;
use crate::diag::Message;
use crate::msg;
use std::collections::BTreeSet;

/// Names at the top of the output folder that belong to this room.
pub(super) const RESERVED: [&str; 4] = [LIST, LOCK, STAGE, STAMP];

/// The longest path in bytes: no system opens a longer one (Linux, `PATH_MAX`).
const LONGEST: usize = 4096;

/// Whether a path may stand inside the output folder: relative, `/` between names, nothing that climbs or hides.
pub(super) fn check(path: &str) -> Result<(), Message> {
    if path.is_empty() {
        return Err(msg!("路径为空", "it is empty"));
    }
    if path.len() > LONGEST {
        return Err(msg!("长于 {LONGEST} 字节", "it is longer than {LONGEST} bytes"));
    }
    // A colon is a drive or a stream on Windows, and reads as a scheme in a link.
    if let Some(bad) = path.chars().find(|c| c.is_control() || matches!(c, '\\' | ':')) {
        let bad = bad.escape_default();
        return Err(msg!("不允许的字符“{bad}”", "the character `{bad}` is not allowed"));
    }
    for name in path.split('/') {
        match name {
            "" => return Err(msg!("其中有空的一段", "a name in it is empty")),
            "." | ".." => return Err(msg!("不允许“{name}”", "`{name}` is not allowed")),
            _ => {}
        }
    }
    let first = path.split('/').next().unwrap_or_default();
    // Case is ignored, since some file systems ignore it.
    if RESERVED.iter().any(|name| name.eq_ignore_ascii_case(first)) {
        return Err(msg!("“{first}”留作工具自用", "`{first}` is kept for the tool itself"));
    }
    Ok(())
}

/// Whether a plan can be written: good paths, sorted, each once, and none both a file and a folder.
pub(super) fn check_plan(paths: &[String]) -> Result<(), OutputError> {
    let bad = |path: &str, reason| OutputError::BadPath { path: path.to_owned(), reason };
    for path in paths {
        check(path).map_err(|reason| bad(path, reason))?;
    }
    for pair in paths.windows(2) {
        if let [before, after] = pair
            && before >= after
        {
            return Err(bad(after, msg!("它在计划中重复或乱序", "it stands twice or out of order in the plan")));
        }
    }
    let folders: BTreeSet<&str> = paths.iter().flat_map(|path| parents(path)).collect();
    match paths.iter().find(|path| folders.contains(path.as_str())) {
        Some(path) => Err(bad(path, msg!("它既是文件又是文件夹", "it is both a file and a folder"))),
        None => Ok(()),
    }
}

/// The folders a path stands in, the nearest first; not the output folder itself.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn paths_that_climb_hide_or_clash_are_refused() {
        for bad in [
            "",
            &"a/".repeat(2048),
            &format!("{}b", "a/".repeat(2048)),
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "a/..",
            "../a",
            "a/./b",
            "a\\b",
            "C:/a",
            "c:a",
            "a\0b",
            "a\nb",
            ".qingdan.json",
            ".qingdan-stage/0",
            ".Qingdan.LOCK",
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
        for good in ["a", "a/b.html", "...", "a/.b", "清单/蒙古.html", "a/.qingdan.json"] {
            assert!(check(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn a_plan_is_sorted_unique_and_a_tree() {
        let plan = |paths: &[&str]| check_plan(&paths.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        assert!(plan(&["a", "a-b", "b/c"]).is_ok());
        assert!(plan(&["a", "a"]).is_err());
        assert!(plan(&["b", "a"]).is_err());
        assert!(plan(&["a", "a-b", "a/b"]).is_err());
    }

    #[test]
    fn parents_come_nearest_first() {
        assert_eq!(parents("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(parents("a").count(), 0);
    }
}
