//! Rules about translations in the Mongolian script (the script subtag `Mong`): one rule, one file.
//!
//! Lives here: which texts they are about. The rules follow the Inner Mongolian orthography; what a text may do against them
//! is data, in `i18n/<tag>/allow.yaml`. Never here: rules for all languages.

pub(super) mod departments;
pub(super) mod han;
pub(super) mod length;
pub(super) mod letters;
pub(super) mod marks;
pub(super) mod punctuation;
pub(super) mod spelling;
pub(super) mod suffix_forms;
pub(super) mod suffixes;
mod table;
pub(super) mod vowels;
pub(super) mod words;

use super::Context;
use super::pairs::Pair;
use crate::diag::{Spanned, Written};
use crate::lang::Lang;
use crate::model::Allowances;
use std::collections::BTreeSet;
use std::ops::Range;

/// Whether a language is written in the Mongolian script.
pub(super) fn is_mongolian(lang: &Lang) -> bool {
    Lang::script(&lang.tag).as_deref() == Some("mong")
}

/// A list of the allowances of a translation's language.
fn allowed<'c>(
    cx: &Context<'c>,
    pair: &Pair<'_>,
    list: fn(&Allowances) -> &Vec<Spanned<Written>>,
) -> impl Iterator<Item = &'c str> {
    let words = cx.catalogue.allowances(pair.lang).map(|all| list(all).as_slice()).unwrap_or_default();
    words.iter().map(|word| word.value.as_str())
}

/// The path of the file that a language's allowances stand in.
fn allow_file(cx: &Context<'_>, pair: &Pair<'_>) -> String {
    format!("i18n/{}/allow.yaml", cx.catalogue.lang(pair.lang).tag)
}

/// The runs of characters that `wanted` takes, each different one at its first place.
fn runs(text: &str, wanted: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        match (start, wanted(c) && at < text.len()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if seen.insert(&text[from..at]) {
                    runs.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;

    /// What the rules say of this name of an item.
    pub(super) fn name(name: &str) -> String {
        let file = "i18n/mn-Mong/items/education/meals.yaml";
        Site::default().with(file, &format!("status: draft\ntext: {{name: {name}}}\n")).faults()
    }
}
