//! What a table says about translations, besides their texts: how far they have come, by whom, from which source.
//!
//! Lives here: five columns for each language but the source's. No id of a column of the catalogue has a point in it, so
//! that they are never taken for one another.

use super::table::joined;
use crate::diag::Written;
use crate::lang::{LangId, Translated};
use crate::model::{Catalogue, Meta, Text};

/// The columns, without the tag of their language: the words are those of the files under `i18n/`.
pub const TRANSLATION: [&str; 5] = ["status", "translator", "reviewer", "date", "source"];

/// The keys of the columns: `translation.status@mn-Mong`. `of` says whose, where a row has two things.
pub(super) fn head(catalogue: &Catalogue, of: &str) -> Vec<String> {
    let others = catalogue.lang_ids().filter(|(id, _)| *id != LangId::SOURCE);
    others.flat_map(|(_, lang)| TRANSLATION.map(|word| format!("{of}translation.{word}@{}", lang.tag))).collect()
}

/// The cells of something with these texts. Fingerprints are written `name c15ccbe2b397;audience eb2913860b2d`.
pub(super) fn cells(catalogue: &Catalogue, meta: &[Option<Meta>], texts: &[(&str, &Text)]) -> Vec<String> {
    let others = catalogue.lang_ids().filter(|(id, _)| *id != LangId::SOURCE);
    let of = |(id, _)| {
        let Some(meta) = language(meta, id) else { return [const { String::new() }; 5] };
        let text = |text: &Option<Written>| text.clone().unwrap_or_default().into();
        let made_from = |(key, text): &(&str, &Text)| {
            let Translated { made_from, .. } = text.translation(id)?;
            made_from.as_ref().map(|hash| format!("{key} {hash}"))
        };
        let sources = joined(texts.iter().filter_map(made_from));
        [meta.status.as_str().to_owned(), text(&meta.translator), text(&meta.reviewer), text(&meta.date), sources]
    };
    others.flat_map(of).collect()
}

/// As [`cells`], for what has a name and perhaps a summary.
pub(super) fn named(catalogue: &Catalogue, meta: &[Option<Meta>], name: &Text, summary: Option<&Text>) -> Vec<String> {
    let texts: Vec<_> = std::iter::once(("name", name)).chain(summary.map(|text| ("summary", text))).collect();
    cells(catalogue, meta, &texts)
}

fn language(meta: &[Option<Meta>], id: LangId) -> Option<&Meta> {
    meta.get(id.0.checked_sub(1)?)?.as_ref()
}
