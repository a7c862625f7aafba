//! The keys of `glossary.yaml`, and of `i18n/<tag>/allow.yaml`.

use super::decode::{Keys, RawText, entries, list, text};
use super::tree::{Entry, Node, Value};
use crate::diag::{Report, Spanned, Written};

/// A term as written.
#[derive(Debug, Clone)]
pub struct RawTerm {
    /// The words by language tag: every key that is not one of the others.
    pub text: RawText,
    /// `grade`.
    pub grade: Option<Spanned<Written>>,
    /// `source`.
    pub source: Option<Spanned<Written>>,
    /// `note`.
    pub note: Option<Spanned<Written>>,
}

/// What a language's rules let pass, as written.
#[derive(Debug, Clone)]
pub struct RawAllow {
    /// `mixed_vowels`.
    pub mixed_vowels: Vec<Spanned<Written>>,
    /// `words`.
    pub words: Vec<Spanned<Written>>,
    /// `han`.
    pub han: Vec<Spanned<Written>>,
    /// `punctuation`.
    pub punctuation: Vec<Spanned<Written>>,
    /// `glossary`.
    pub glossary: Vec<RawExcused>,
}

/// A term that one place need not follow, as written.
#[derive(Debug, Clone)]
pub struct RawExcused {
    /// `term`.
    pub term: Spanned<Written>,
    /// `in`.
    pub place: Spanned<Written>,
}

/// The keys of a term that are no language tags.
const TERM_KEYS: [&str; 3] = ["grade", "source", "note"];

/// Reads `glossary.yaml`.
pub(super) fn terms(node: &Node, report: &mut Report) -> Vec<RawTerm> {
    list(node, report, |node, report| {
        let all = entries(node, report);
        let optional = |key: &str, report: &mut Report| {
            let entry = all.iter().find(|entry| entry.key.value == key && !entry.node.is_empty())?;
            text(&entry.node, report)
        };
        let (grade, source, note) = (optional("grade", report), optional("source", report), optional("note", report));
        let word = |entry: &Entry| Some((entry.key.clone(), text(&entry.node, report)?));
        let words =
            all.iter().filter(|entry| !TERM_KEYS.contains(&entry.key.value.as_str())).filter_map(word).collect();
        let place = all.first().map_or_else(|| node.span.clone(), |entry| entry.key.span.clone());
        matches!(node.value, Value::Map(_)).then_some(RawTerm {
            text: RawText::ByTag(words, place),
            grade,
            source,
            note,
        })
    })
}

/// Reads `allow.yaml`.
pub(super) fn allow(node: &Node, report: &mut Report) -> RawAllow {
    let mut keys = Keys::of(node, report);
    let allow = RawAllow {
        mixed_vowels: keys.texts("mixed_vowels"),
        words: keys.texts("words"),
        han: keys.texts("han"),
        punctuation: keys.texts("punctuation"),
        glossary: keys.list("glossary", excused),
    };
    keys.finish();
    allow
}

fn excused(node: &Node, report: &mut Report) -> Option<RawExcused> {
    let mut keys = Keys::of(node, report);
    let (term, place) = (keys.required_text("term"), keys.required_text("in"));
    keys.finish();
    Some(RawExcused { term: term?, place: place? })
}
