//! What the content says about search: languages and items resolved, weights read.

use super::{Context, Index, site::weight_of};
use crate::diag::{Spanned, Written, suggest};
use crate::lang::LangId;
use crate::model::{Catalogue, SearchContent, SearchTest, SearchWeights, Synonyms};
use crate::raw::{RawSearchTest, RawSynonyms, RawWeights};

/// Among how many results an item must be, where a test does not say.
const WITHIN: usize = 3;

/// The weights; what is not written keeps its default.
pub(super) fn weights(raw: RawWeights, cx: &mut Context<'_>) -> SearchWeights {
    let mut weights = SearchWeights::default();
    for (key, written) in raw {
        let weight = weight_of(written, cx);
        match key {
            "aliases" => weights.aliases = weight,
            "departments" => weights.departments = weight,
            "domains" => weights.domains = weight,
            _ => weights.groups = weight,
        }
    }
    weights
}

/// Needs the items.
pub(super) fn search(
    weights: SearchWeights,
    synonyms: Vec<RawSynonyms>,
    tests: Vec<RawSearchTest>,
    catalogue: &Catalogue,
    cx: &mut Context<'_>,
) -> SearchContent {
    let mut content = SearchContent { weights, ..SearchContent::default() };
    for RawSynonyms { tag, words, ignore } in synonyms {
        let Some(lang) = language(&tag, cx) else { continue };
        if content.synonyms.len() <= lang.0 {
            content.synonyms.resize_with(lang.0 + 1, Synonyms::default);
        }
        content.synonyms[lang.0] = Synonyms { words, ignore };
    }
    let slugs = catalogue.items.iter().enumerate().map(|(at, item)| (item.slug.clone(), crate::model::ItemId(at)));
    let slugs = Index::new("unknown-item", ("服务项目", "item"), slugs).partial_if(cx.incomplete);
    for RawSearchTest { query, lang, items, within } in tests {
        let lang = match &lang {
            Some(tag) => language(tag, cx),
            None => Some(LangId::SOURCE),
        };
        let items = cx.resolve(&items, &slugs);
        let within = within.map_or(WITHIN, |n| (n.value as usize).max(1));
        if let (Some(lang), false) = (lang, items.is_empty()) {
            content.tests.push(SearchTest { query, lang, items, within });
        }
    }
    content
}

fn language(tag: &Spanned<Written>, cx: &mut Context<'_>) -> Option<LangId> {
    let found = cx.find_lang(&tag.value);
    if found.is_none() {
        let hint = suggest(&tag.value, cx.languages.iter().map(|lang| lang.tag.as_str()));
        cx.unknown("unknown-language", tag, ("语言", "language"), hint);
    }
    found
}
