//! What a site is made from, as one key: equal keys make equal sites.
//!
//! Lives here: everything that a build looks at: the program itself, the options, the content, the site's own theme.
//! Never here: what is done where the key is that of the last build (`build`).
#![allow(clippy::disallowed_methods, reason = "the program's own file is read")]

use super::run::Read;
use std::fmt::Debug;
use std::fs::File;

/// The key; none where the program's own file cannot be read. `options` are those that the site depends on.
///
/// The program is known by its bytes: a version's number would be the same after a change of code.
pub(super) fn key(read: &Read, options: &impl Debug) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    part(&mut hasher, format!("{options:?}").as_bytes());
    for file in &read.content.value.files {
        part(&mut hasher, file.path.as_bytes());
        part(&mut hasher, file.text.as_bytes());
    }
    for (name, bytes) in read.theme.files() {
        part(&mut hasher, name.as_bytes());
        part(&mut hasher, bytes);
    }
    Some(hasher.finalize().to_hex().to_string())
}

/// Adds some bytes with their length, so that no two lists of parts are the same bytes.
fn part(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
