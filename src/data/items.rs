//! The items as JSON, in catalogue order.

use super::shape::validity;
use crate::lang::{LangId, State};
use crate::model::{Amount, Catalogue, Item};
use crate::view::plain_cell;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// A service item.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ItemRow<'a> {
    /// Its permanent id, used in addresses.
    slug: &'a str,
    /// Its number as printed.
    number: Option<u32>,
    /// The id of its domain.
    domain: &'a str,
    /// Whether the document behind the list is in force; what an item promises can be claimed only then.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    validity: Option<&'static str>,
    /// The ids of the departments that lead it, in the order printed.
    departments: Vec<&'a str>,
    /// Their names in the source language.
    departments_text: Vec<&'a str>,
    /// The ids of the groups of people that it is for.
    audiences: Vec<&'a str>,
    /// The ids of the life events in which it matters.
    life_events: Vec<&'a str>,
    /// The amounts that its text promises.
    amounts: Vec<AmountRow<'a>>,
    /// Its cells by language tag: plain text, the paragraphs of one cell parted by line ends. A translation has only
    /// what is translated.
    text: IndexMap<&'a str, Cells<'a>>,
}

/// An amount, in the words of the catalogue's vocabulary.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AmountRow<'a> {
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    who: Option<&'a str>,
    /// The figure, as written in the text.
    value: &'a str,
    /// In what.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    unit: Option<&'a str>,
    /// Per what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    per: Vec<&'a str>,
}

/// The cells of an item in one language, by the id of their column.
#[derive(Debug, Serialize, JsonSchema)]
struct Cells<'a> {
    #[serde(flatten)]
    cells: IndexMap<&'a str, String>,
    /// How far the translation has come; not in the source language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str", extend("enum" = ["draft", "checked", "reviewed"]))]
    status: Option<&'static str>,
    /// The columns whose source text changed since they were translated; not in the source language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<&str>")]
    stale: Option<Vec<&'a str>>,
}

/// An item as `data/items.json` has it.
pub(super) fn item<'a>(catalogue: &'a Catalogue, item: &'a Item) -> ItemRow<'a> {
    let departments = item.departments.iter().map(|id| catalogue.department(*id));
    let (departments, departments_text) =
        departments.map(|d| (d.id.value.as_str(), d.name.source.value.as_str())).unzip();
    let languages = catalogue.lang_ids();
    ItemRow {
        slug: &item.slug,
        number: item.number.as_ref().map(|number| number.value),
        domain: &catalogue.domain(item.domain).id.value,
        validity: validity(catalogue),
        departments,
        departments_text,
        audiences: item.audiences.iter().map(|id| catalogue.audiences[id.0].id.value.as_str()).collect(),
        life_events: item.life_events.iter().map(|id| catalogue.life_events[id.0].id.value.as_str()).collect(),
        amounts: item.amounts.iter().map(amount).collect(),
        text: languages.filter_map(|(id, lang)| Some((lang.tag.as_str(), cells(catalogue, item, id)?))).collect(),
    }
}

/// An amount as content writes it: ids and the figure as text.
fn amount(amount: &Amount) -> AmountRow<'_> {
    AmountRow {
        who: amount.who.as_ref().map(|who| who.value.as_str()),
        value: &amount.value.value,
        unit: amount.unit.as_ref().map(|unit| unit.value.as_str()),
        per: amount.per.iter().map(|per| per.value.as_str()).collect(),
    }
}

/// The cells of an item in a language; none where nothing is translated.
fn cells<'a>(catalogue: &'a Catalogue, item: &'a Item, lang: LangId) -> Option<Cells<'a>> {
    let mut cells = IndexMap::new();
    let mut stale = Vec::new();
    for (id, field) in catalogue.field_ids() {
        let Some(text) = item.text(id) else { continue };
        match text.resolve(lang).state {
            State::Missing => continue,
            State::Translated { stale: true, .. } => stale.push(field.id.value.as_str()),
            State::Source | State::Translated { .. } => {}
        }
        cells.insert(field.id.value.as_str(), plain_cell(field.kind, text, lang));
    }
    if lang == LangId::SOURCE {
        return Some(Cells { cells, status: None, stale: None });
    }
    let meta = item.meta.get(lang.0 - 1)?.as_ref()?;
    Some(Cells { cells, status: Some(meta.status.as_str()), stale: Some(stale) })
}
