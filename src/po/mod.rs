//! Gettext's PO files: their form, and nothing of what ours say.
//!
//! Lives here: reading entries with their places, writing entries. Never here: content, contexts, the disk.
//!
//! The crate that would read them (`polib` 0.3) panics on a lone quotation mark or a comment in the first line, joins entries
//! that no empty line parts, keeps the last of two equal ones and knows no places: of a translator's file every fault is to
//! be named where it stands. What is written here is compared with its reading in tests, and with `msgfmt`'s.

mod read;
mod write;

pub use read::{FAULTS, MAX_BYTES, read};
pub use write::{Draft, Writer};

use crate::diag::{SourceFile, Span, Spanned, Written};
use std::sync::Arc;

/// A file as read: its entries in order, without obsolete ones (`#~`).
#[derive(Debug)]
pub struct Po {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The fields of the header, in order; empty without one.
    pub header: Vec<(String, Spanned<Written>)>,
    /// All other entries.
    pub entries: Vec<Entry>,
}

impl Po {
    /// A field of the header, without white space around it; none where it is empty.
    pub fn field(&self, name: &str) -> Option<&Spanned<Written>> {
        let found = self.header.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value).filter(|value| !value.value.is_empty())
    }
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From its first word to its last quotation mark.
    pub span: Span,
    /// `msgctxt`.
    pub context: Option<Spanned<Written>>,
    /// `msgid`.
    pub source: Spanned<Written>,
    /// `msgstr`, or the first of them.
    pub translation: Spanned<Written>,
    /// Whether it is marked `fuzzy`: needs work.
    pub fuzzy: bool,
    /// Whether it has `msgid_plural`.
    pub plural: bool,
}
