//! Texts as files say them, without a copy of each.
//!
//! Lives here: a text that is a part of its file, as nearly all texts of a catalogue are, or one that was decoded (escapes, lines
//! joined by YAML) and stands in memory of its own. Never here: where a text was written (`Span`), or what it means.

use super::SourceFile;
use serde::{Serialize, Serializer};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

/// A text. It shares the memory of its file, so that a large catalogue stands in memory once and copies cost nothing.
#[derive(Clone)]
pub struct Written {
    file: Arc<SourceFile>,
    start: u32,
    end: u32,
}

/// What empty texts are a part of.
static NOTHING: LazyLock<Arc<SourceFile>> = LazyLock::new(|| SourceFile::new("", "", ""));

impl Written {
    /// The part `range` of a file, in bytes; a copy where a file is so large (4 GiB) that its places do not fit.
    pub fn part(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        match (u32::try_from(range.start), u32::try_from(range.end), file.text.get(range.clone())) {
            (Ok(start), Ok(end), Some(_)) => Self { file: Arc::clone(file), start, end },
            (.., text) => Self::from(text.unwrap_or_default()),
        }
    }

    /// The text `text`, which was read from the part `range` of a file: where it stands there as it is, it is shared.
    pub fn read(file: &Arc<SourceFile>, range: Range<usize>, text: &str) -> Self {
        let written = file.text.get(range.clone()).unwrap_or_default();
        // It stands there from the first byte, after a quote, or further on after a block's mark and indentation.
        let near = (0..2).find(|at| written.get(*at..).is_some_and(|rest| rest.starts_with(text)));
        match near.or_else(|| written.find(text)).map(|at| range.start + at) {
            Some(at) => Self::part(file, at..at + text.len()),
            None => Self::from(text),
        }
    }

    /// Where the text stands in this file, in bytes, if it is a part of it.
    pub fn place_in(&self, file: &Arc<SourceFile>) -> Option<usize> {
        Arc::ptr_eq(&self.file, file).then_some(self.start as usize)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // Both ends were looked at when this was made.
        self.file.text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Without the line ends at its end.
    #[must_use]
    pub fn without_line_ends(&self) -> Self {
        let kept = self.as_str().trim_end_matches('\n').len() as u32;
        Self { end: self.start + kept, ..self.clone() }
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        match u32::try_from(text.len()) {
            Ok(0) => Self::default(),
            Ok(end) => Self { file: SourceFile::new("", "", text), start: 0, end },
            // No file and no field is as long as that: sources are limited to a few megabytes.
            Err(_) => Self::default(),
        }
    }
}

impl From<Written> for String {
    fn from(text: Written) -> Self {
        text.as_str().to_owned()
    }
}

impl Default for Written {
    fn default() -> Self {
        Self { file: Arc::clone(&NOTHING), start: 0, end: 0 }
    }
}

impl Deref for Written {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Written {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Written {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Written {}

impl PartialEq<str> for Written {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Written {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Written {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Written> for str {
    fn eq(&self, other: &Written) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Written> for &str {
    fn eq(&self, other: &Written) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Written> for String {
    fn eq(&self, other: &Written) -> bool {
        self == other.as_str()
    }
}

impl PartialOrd for Written {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Written {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Written {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn what_stands_in_the_file_is_shared_and_what_does_not_is_kept() {
        let file = SourceFile::new("", "a.yaml", "名: \"补助\"\n键: a\\tb\n");
        let shared = Written::read(&file, 5..13, "补助");
        assert_eq!((shared.as_str(), shared.place_in(&file)), ("补助", Some(6)));
        let decoded = Written::read(&file, 5..13, "a\tb");
        assert_eq!((decoded.as_str(), decoded.place_in(&file)), ("a\tb", None));
    }

    #[test]
    fn parts_that_are_none_are_empty() {
        let file = SourceFile::new("", "a.yaml", "补助");
        assert_eq!(Written::part(&file, 1..3), "");
        assert_eq!(Written::part(&file, 90..99), "");
        assert_eq!(Written::part(&file, 0..6).without_line_ends(), "补助");
        assert_eq!(Written::from("a\n\n").without_line_ends(), "a");
    }

    #[test]
    fn equal_texts_are_one_key_wherever_they_stand() {
        let file = SourceFile::new("", "a.yaml", "补助");
        let keys: HashSet<Written> = [Written::part(&file, 0..6), Written::from("补助")].into();
        assert!(keys.len() == 1 && keys.contains("补助"));
    }
}
