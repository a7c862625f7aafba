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
use std::io;
use std::path::{Path, PathBuf};

/// The name of the list in the output folder.
pub const LIST: &str = ".qingdan.json";

/// The form of the list that this version reads and writes.
const VERSION: u32 = 1;

/// What the list says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The first 32 hexadecimal digits of the BLAKE3 hash of its bytes.
    pub(super) blake3: String,
    /// Its length in bytes.
    pub(super) size: u64,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::new(&blake3::hash(bytes), bytes.len() as u64)
    }

    pub(super) fn new(hash: &blake3::Hash, size: u64) -> Self {
        Self { blake3: hash.to_hex()[..32].to_owned(), size }
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
        let mut text = format!("{{\n\"version\": {},\n\"files\": {{", self.version);
        for (at, (path, Entry { blake3, size })) in self.files.iter().enumerate() {
            let comma = if at == 0 { "\n" } else { ",\n" };
            let path = serde_json::Value::from(path.as_str());
            text.push_str(&format!("{comma}{path}: {{\"blake3\": \"{blake3}\", \"size\": {size}}}"));
        }
        text.push_str("\n}\n}\n");
        text.into_bytes()
    }

    /// What either list names; where both do, as the other says.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut files = self.files.clone();
        files.extend(other.files.iter().map(|(path, entry)| (path.clone(), entry.clone())));
        Self::new(files)
    }
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
