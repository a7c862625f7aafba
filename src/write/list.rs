//! The list of what the tool wrote: `<out>/.qingdan.json`.
//!
//! Lives here: its form, reading it with suspicion, and its bytes, which depend on nothing but the site.
//! Never here: what is done with it. A list is written by rename alone, so it is never half there.

use super::error::{Action, OutputError};
use super::path;
use crate::diag::Message;
use crate::msg;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io;
use std::path::{Path, PathBuf};

/// The name of the list in the output folder.
pub const LIST: &str = ".qingdan.json";

/// The form of the list that this version reads and writes.
const VERSION: u32 = 1;

/// What the list says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The beginning of the BLAKE3 hash of its bytes.
    blake3: Digest,
    /// Its length in bytes.
    pub(super) size: u64,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::new(&blake3::hash(bytes), bytes.len() as u64)
    }

    pub(super) fn new(hash: &blake3::Hash, size: u64) -> Self {
        let mut digest = Digest::default();
        digest.0.copy_from_slice(&hash.as_bytes()[..16]);
        Self { blake3: digest, size }
    }
}

/// Half of a hash; in the list as 32 hexadecimal digits. What is written there and is none fits no file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
struct Digest([u8; 16]);

impl From<String> for Digest {
    fn from(digits: String) -> Self {
        let number = (digits.len() == 32).then(|| u128::from_str_radix(&digits, 16).ok()).flatten();
        Self(number.unwrap_or_default().to_be_bytes())
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// The files the tool wrote, by path. Every path in it has passed [`path::check`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    version: u32,
    pub(super) files: BTreeMap<String, Entry>,
}

impl List {
    pub(super) fn new(files: BTreeMap<String, Entry>) -> Self {
        Self { version: VERSION, files }
    }

    pub(super) fn place(out: &Path) -> PathBuf {
        out.join(LIST)
    }

    /// The list of the folder; none where there is no such file.
    pub(super) fn read(out: &Path) -> Result<Option<Self>, OutputError> {
        let place = Self::place(out);
        match std::fs::read(&place) {
            Ok(bytes) => Self::parse(&bytes).map(Some).map_err(|reason| OutputError::Damaged { path: place, reason }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(OutputError::io(&place, Action::Read)(error)),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, Message> {
        let list: Self = serde_json::from_slice(bytes).map_err(|error| msg!("{error}", "{error}"))?;
        list.check()?;
        Ok(list)
    }

    /// Whether its version and every path in it can be of this tool's making.
    ///
    /// A list is only a file: whoever can change it must not be able to point the tool outside the folder.
    pub(super) fn check(&self) -> Result<(), Message> {
        let version = self.version;
        if version != VERSION {
            return Err(msg!(
                "它的版本是 {version}，本程序只认识版本 {VERSION}",
                "it has version {version}, and this program knows version {VERSION}"
            ));
        }
        match self.files.keys().find_map(|path| Some((path, path::check(path).err()?))) {
            Some((path, Message { zh, en })) => Err(msg!("路径“{path}”：{zh}", "path `{path}`: {en}")),
            None => Ok(()),
        }
    }

    /// The bytes of the file: one line a path, sorted.
    pub(super) fn bytes(&self) -> Vec<u8> {
        bytes(self.version, &self.files.iter().collect())
    }

    /// The bytes of a list of what either names; where both do, as the other says.
    pub(super) fn union_bytes(&self, other: &Self) -> Vec<u8> {
        bytes(self.version, &self.files.iter().chain(&other.files).collect())
    }
}

fn bytes(version: u32, files: &BTreeMap<&String, &Entry>) -> Vec<u8> {
    /// A line without its path.
    const LINE: usize = 70;
    let mut text = String::with_capacity(LINE + files.keys().map(|path| path.len() + LINE).sum::<usize>());
    // A text takes whatever is written.
    let _ = write!(text, "{{\n\"version\": {version},\n\"files\": {{");
    for (at, (path, Entry { blake3, size })) in files.iter().enumerate() {
        let comma = if at == 0 { "\n" } else { ",\n" };
        let path = serde_json::Value::from(path.as_str());
        let _ = write!(text, "{comma}{path}: {{\"blake3\": \"{blake3}\", \"size\": {size}}}");
    }
    text.push_str("\n}\n}\n");
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn list(paths: &[&str]) -> List {
        List::new(paths.iter().map(|p| ((*p).to_owned(), Entry::of(p.as_bytes()))).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        for list in [list(&[]), list(&["a", "b/\"c\".html", "清单/a"])] {
            assert_eq!(List::parse(&list.bytes()).unwrap(), list);
        }
        assert_eq!(
            String::from_utf8(list(&["b", "a"]).bytes()).unwrap(),
            concat!(
                "{\n\"version\": 1,\n\"files\": {\n",
                "\"a\": {\"blake3\": \"17762fddd969a453925d65717ac3eea2\", \"size\": 1},\n",
                "\"b\": {\"blake3\": \"10e5cf3d3c8a4f9f3468c8cc58eea848\", \"size\": 1}\n}\n}\n",
            )
        );
    }

    #[test]
    fn a_hash_that_is_none_fits_no_file() {
        let read = |digits: &str| Digest::from(digits.to_owned());
        assert_eq!(read("00ff00ff00ff00ff00ff00ff00ff0001").to_string(), "00ff00ff00ff00ff00ff00ff00ff0001");
        for none in ["", "17762fddd969a453", "xx762fddd969a453925d65717ac3eea2", "清"] {
            assert_eq!(read(none), Digest::default());
        }
    }

    #[test]
    fn either_list_counts_and_the_other_first() {
        let (mut old, new) = (list(&["a", "b"]), list(&["b", "c"]));
        old.files.insert("b".into(), Entry::of(b"other"));
        assert_eq!(List::parse(&old.union_bytes(&new)).unwrap(), list(&["a", "b", "c"]));
    }

    #[test]
    fn a_list_never_leads_outside_the_folder() {
        for bad in ["../a", "/etc/passwd", "a/../../b", ".qingdan.json", ""] {
            assert!(List::parse(&list(&[bad]).bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn other_versions_and_broken_lists_are_refused() {
        assert!(List::parse(b"{\"version\": 2, \"files\": {}}").unwrap_err().en.contains("version 2"));
        assert!(List::parse(b"").is_err());
        assert!(List::parse(b"[]").is_err());
    }
}
