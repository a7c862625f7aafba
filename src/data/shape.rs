//! What the data files share: texts by language, and the states of their translations.
//!
//! Lives here: the small types that every JSON file uses; their comments are the descriptions in the JSON Schemas.
//! Never here: what a particular file consists of.

use crate::diag::{Spanned, Written};
use crate::lang::{LangId, State};
use crate::model::{Catalogue, Meta, Note, Text};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// A text by language tag (BCP 47), the source language first; languages without a translation are left out.
pub(super) type Texts = IndexMap<String, String>;

/// The states of translations, by language tag; the source language is never among them.
pub(super) type Translations = IndexMap<String, Translation>;

/// How far a translation has come.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Translation {
    /// `draft` (nobody has approved it), `checked` or `reviewed`.
    #[schemars(extend("enum" = ["draft", "checked", "reviewed"]))]
    status: &'static str,
    /// The keys whose source text changed since they were translated.
    stale: Vec<&'static str>,
}

/// An editorial note: it is not part of the document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EditorialNote {
    /// `restored` (a lost word was put back), `suspected-error` (left as it is) or `note`.
    #[schemars(extend("enum" = ["restored", "suspected-error", "note"]))]
    kind: &'static str,
    /// The key or heading that it is about.
    about: Option<String>,
    /// The words that were put back.
    text: Option<String>,
    /// What else may have stood there.
    alternatives: Vec<String>,
    /// How sure, from 0 to 1, as written.
    confidence: Option<String>,
    /// Why.
    note: Texts,
}

/// A text by language tag.
pub(super) fn by_language(catalogue: &Catalogue, text: &Text) -> Texts {
    by_language_as(catalogue, text, &|_, text| text.to_owned())
}

/// A text by language tag, each made into something else.
pub(super) fn by_language_as(catalogue: &Catalogue, text: &Text, made: &dyn Fn(LangId, &str) -> String) -> Texts {
    let existing = catalogue.lang_ids().filter_map(|(id, lang)| {
        let resolved = text.resolve(id);
        (resolved.state != State::Missing).then(|| (lang.tag.clone(), made(id, &resolved.value.value)))
    });
    existing.collect()
}

/// The states of the translations of something with these texts, by key.
pub(super) fn translations(
    catalogue: &Catalogue,
    meta: &[Option<Meta>],
    texts: &[(&'static str, Option<&Text>)],
) -> Translations {
    let state = |(id, lang): (LangId, &crate::lang::Lang)| {
        let meta = meta.get(id.0.checked_sub(1)?)?.as_ref()?;
        let is_stale = |text: &Text| matches!(text.resolve(id).state, State::Translated { stale: true, .. });
        let stale = texts.iter().filter(|(_, text)| text.is_some_and(is_stale)).map(|(key, _)| *key);
        Some((lang.tag.clone(), Translation { status: meta.status.as_str(), stale: stale.collect() }))
    };
    catalogue.lang_ids().filter_map(state).collect()
}

/// Editorial notes.
pub(super) fn notes(catalogue: &Catalogue, notes: &[Note]) -> Vec<EditorialNote> {
    let plain = |text: &Option<Spanned<Written>>| text.as_ref().map(|text| text.value.to_string());
    let note = |note: &Note| EditorialNote {
        kind: note.kind.as_str(),
        about: plain(&note.about),
        text: plain(&note.text),
        alternatives: note.alternatives.iter().map(|text| text.value.to_string()).collect(),
        confidence: plain(&note.confidence),
        note: by_language(catalogue, &note.note),
    };
    notes.iter().map(note).collect()
}

/// The word for the validity of the document behind the list.
pub(super) fn validity(catalogue: &Catalogue) -> Option<&'static str> {
    catalogue.validity().map(crate::model::Validity::as_str)
}
