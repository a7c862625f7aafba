//! What a site is made from, as one key: equal keys make equal sites.
//!
//! Lives here: everything that a build looks at: the program itself, the options, the content, the site's own theme.
//! Never here: what is done where the key is that of the last build (`build`).

use super::run::Read;
use std::fmt::Debug;

/// The program, by what it was made of (`build.rs`): a version's number would be the same after a change of code.
const PROGRAM: &str = env!("QINGDAN_BUILD");

/// The key. `options` are those that the site depends on.
pub(super) fn key(read: &Read, options: &impl Debug) -> String {
    let mut hasher = blake3::Hasher::new();
    part(&mut hasher, PROGRAM.as_bytes());
    part(&mut hasher, format!("{options:?}").as_bytes());
    for file in &read.content.value.files {
        part(&mut hasher, file.path.as_bytes());
        part(&mut hasher, file.text.as_bytes());
    }
    for (name, bytes) in read.theme.files() {
        part(&mut hasher, name.as_bytes());
        part(&mut hasher, bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// Adds some bytes with their length, so that no two lists of parts are the same bytes.
fn part(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
