//! What the content says about search: weights, how people say things, and the queries that must find something.
//!
//! Never here: how an index is built or asked (that is the room `search`).

use super::ItemId;
use crate::diag::{Spanned, Written};
use crate::lang::LangId;

/// The weights of what is found beside the columns, 0 to 10; each column has its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchWeights {
    /// Other names of an item.
    pub aliases: f32,
    /// The departments of an item, with their other names.
    pub departments: f32,
    /// The domain of an item and those around it.
    pub domains: f32,
    /// The audiences and life events of an item.
    pub groups: f32,
}

impl Default for SearchWeights {
    fn default() -> Self {
        Self { aliases: 5.0, departments: 4.0, domains: 1.0, groups: 1.0 }
    }
}

/// What `synonyms.yaml` says about one language.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// A word of the list's texts, and how people say it.
    pub words: Vec<(Spanned<Written>, Vec<Spanned<Written>>)>,
    /// Words that ask and find nothing: "how do I".
    pub ignore: Vec<Spanned<Written>>,
}

impl Synonyms {
    /// Every word and phrase.
    pub fn texts(&self) -> impl Iterator<Item = &Spanned<Written>> {
        self.words.iter().flat_map(|(word, said)| [word].into_iter().chain(said)).chain(&self.ignore)
    }
}

/// A query with the items that it must bring.
#[derive(Debug, Clone)]
pub struct SearchTest {
    /// What is typed.
    pub query: Spanned<Written>,
    /// The language whose index is asked.
    pub lang: LangId,
    /// The items: one of them must be among the first.
    pub items: Vec<ItemId>,
    /// Among how many.
    pub within: usize,
}

/// What the content says about search.
#[derive(Debug, Clone, Default)]
pub struct SearchContent {
    /// The weights.
    pub weights: SearchWeights,
    /// By language.
    pub synonyms: Vec<Synonyms>,
    /// The queries of `search-tests.yaml`.
    pub tests: Vec<SearchTest>,
}

impl SearchContent {
    /// What is known of a language.
    pub fn synonyms(&self, lang: LangId) -> Option<&Synonyms> {
        self.synonyms.get(lang.0)
    }
}
