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
    let mut key = Key { hasher: blake3::Hasher::new(), waiting: Vec::with_capacity(2 * AT_A_TIME) };
    key.part(PROGRAM.as_bytes());
    key.part(format!("{options:?}").as_bytes());
    for file in &read.content.value.files {
        key.part(file.path.as_bytes());
        key.part(file.text.as_bytes());
    }
    for (name, bytes) in read.theme.files() {
        key.part(name.as_bytes());
        key.part(bytes);
    }
    key.hasher.update(&key.waiting);
    key.hasher.finalize().to_hex().to_string()
}

/// How many bytes are hashed together: of many, a processor takes several parts at once.
const AT_A_TIME: usize = 1 << 18;

/// A key being made.
struct Key {
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
}

impl Key {
    /// Adds some bytes with their length, so that no two lists of parts are the same bytes.
    fn part(&mut self, bytes: &[u8]) {
        self.waiting.extend((bytes.len() as u64).to_le_bytes());
        self.waiting.extend(bytes);
        if self.waiting.len() >= AT_A_TIME {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
    }
}
