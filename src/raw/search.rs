//! The keys of `synonyms.yaml` and `search-tests.yaml`, and of `search` in `site.yaml` and `catalogue.yaml`.

use super::decode::{Keys, entries, list, text};
use super::tree::Node;
use crate::diag::{Report, Spanned, Written};

/// What `synonyms.yaml` says about one language, as written.
#[derive(Debug, Clone)]
pub struct RawSynonyms {
    /// The language's tag.
    pub tag: Spanned<Written>,
    /// `words`.
    pub words: Vec<(Spanned<Written>, Vec<Spanned<Written>>)>,
    /// `ignore`.
    pub ignore: Vec<Spanned<Written>>,
}

/// A query of `search-tests.yaml` as written.
#[derive(Debug, Clone)]
pub struct RawSearchTest {
    /// `query`.
    pub query: Spanned<Written>,
    /// `lang`.
    pub lang: Option<Spanned<Written>>,
    /// `items`: slugs.
    pub items: Vec<Spanned<Written>>,
    /// `within`.
    pub within: Option<Spanned<u32>>,
}

/// `search` of `site.yaml` as written.
#[derive(Debug, Clone, Default)]
pub struct RawSearch {
    /// `enabled`.
    pub enabled: Option<bool>,
    /// `recent`.
    pub recent: Option<bool>,
}

/// The weights of `search` in `catalogue.yaml`, by key.
pub type RawWeights = Vec<(&'static str, Spanned<Written>)>;

/// What can be weighed beside the columns.
const WEIGHTS: [&str; 4] = ["aliases", "departments", "domains", "groups"];

/// Reads `synonyms.yaml`.
pub(super) fn synonyms(node: &Node, report: &mut Report) -> Vec<RawSynonyms> {
    let mut all = Vec::new();
    for entry in entries(node, report) {
        let mut keys = Keys::of(&entry.node, report);
        let words = match keys.node_or_empty("words") {
            Some(node) => {
                let words = entries(node, keys.report);
                words.iter().map(|word| (word.key.clone(), list(&word.node, keys.report, text))).collect()
            }
            None => Vec::new(),
        };
        let ignore = keys.texts("ignore");
        keys.finish();
        all.push(RawSynonyms { tag: entry.key.clone(), words, ignore });
    }
    all
}

/// Reads `search-tests.yaml`.
pub(super) fn tests(node: &Node, report: &mut Report) -> Vec<RawSearchTest> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let query = keys.required_text("query");
        let lang = keys.text("lang");
        let items = if keys.required("items").is_some() { keys.ids("items") } else { Vec::new() };
        let within = keys.integer("within");
        keys.finish();
        Some(RawSearchTest { query: query?, lang, items, within })
    })
}

/// Reads `search` of `site.yaml`.
pub(super) fn settings(node: &Node, report: &mut Report) -> RawSearch {
    let mut keys = Keys::of(node, report);
    let search = RawSearch { enabled: keys.boolean("enabled"), recent: keys.boolean("recent") };
    keys.finish();
    search
}

/// Reads `search` of `catalogue.yaml`.
pub(super) fn weights(node: &Node, report: &mut Report) -> RawWeights {
    let mut keys = Keys::of(node, report);
    let weights = WEIGHTS.into_iter().filter_map(|key| Some((key, keys.text(key)?))).collect();
    keys.finish();
    weights
}
