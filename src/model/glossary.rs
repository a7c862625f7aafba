//! The glossary: the words that the languages of the site agree on, and what a language's rules let pass.
//!
//! Lives here: terms and allowances as data. Never here: where a text departs from them; that is for `check`.

use super::Text;
use crate::diag::{Spanned, Written};

/// A word or phrase in the source language, and its counterparts.
#[derive(Debug, Clone)]
pub struct Term {
    /// The words; those that are agreed on stand in their languages.
    pub text: Text,
    /// How well the counterparts are attested, in the site's own terms; `proposed`: not at all.
    pub grade: Option<Spanned<Written>>,
    /// Where they were seen.
    pub source: Option<Spanned<Written>>,
    /// A remark.
    pub note: Option<Spanned<Written>>,
}

impl Term {
    /// Whether the counterparts were proposed for this site, without having been seen anywhere.
    pub fn is_proposed(&self) -> bool {
        self.grade.as_ref().is_some_and(|grade| grade.value == "proposed")
    }
}

/// What the rules about a language let pass: `i18n/<tag>/allow.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowances {
    /// Words that may have front and back vowels.
    pub mixed_vowels: Vec<Spanned<Written>>,
    /// Words of their own that look like a suffix.
    pub words: Vec<Spanned<Written>>,
    /// Names and phrases that stay in Han characters.
    pub han: Vec<Spanned<Written>>,
    /// Punctuation marks of other scripts.
    pub punctuation: Vec<Spanned<Written>>,
    /// Terms that have another counterpart in one place.
    pub glossary: Vec<Excused>,
}

/// A term of the glossary that a text need not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excused {
    /// The term, in the source language.
    pub term: Spanned<Written>,
    /// The text: the path of its content file, or that file's name without its ending (an item's slug).
    pub place: Spanned<Written>,
}

impl Excused {
    /// Whether it is about this content file.
    pub fn covers(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        self.place.value == path || self.place.value == stem
    }
}
