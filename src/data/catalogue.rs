//! `data/catalogue.json`: the document, its validity, the groups and the counts.

use super::shape::{Texts, by_language, validity};
use crate::diag::{Spanned, Written};
use crate::model::{Catalogue, DomainId, Group, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// The catalogue without its items: the document behind it, its validity, languages, columns, groups and counts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Overview<'a> {
    /// The list's own title.
    name: Texts,
    /// The site's title.
    title: Texts,
    /// The date of this edition of the content, `YYYY-MM-DD`.
    updated: Option<&'a str>,
    /// Whether the document is in force; what the catalogue promises can be claimed only then.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    validity: Option<&'static str>,
    /// The document behind the list.
    document: Option<Document<'a>>,
    /// The languages; the first is the source.
    languages: Vec<Language<'a>>,
    /// The columns of the items.
    fields: Vec<Field<'a>>,
    /// The domains, each followed by those within it.
    domains: Vec<Domain<'a>>,
    /// The departments.
    departments: Vec<Counted<'a>>,
    /// The groups of people.
    audiences: Vec<Counted<'a>>,
    /// The life events.
    life_events: Vec<Counted<'a>>,
    /// How many there are of each.
    counts: Counts,
}

/// A language.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Language<'a> {
    /// Its tag (BCP 47).
    tag: &'a str,
    /// Its folder in the site.
    path: &'a str,
    /// Its own name for itself.
    name: &'a str,
}

/// A column of the items.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Field<'a> {
    /// Its key in an item's `text`.
    id: &'a str,
    /// Its heading.
    label: Texts,
    /// What it is about.
    #[schemars(extend("enum" = [
        "title", "eligibility", "benefit", "funding", "procedure", "contact", "place", "time", "other"
    ]))]
    role: &'static str,
    /// Whether each item must fill it.
    required: bool,
}

/// A domain.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Domain<'a> {
    /// Its id.
    id: &'a str,
    /// Its name.
    name: Texts,
    /// The id of the domain around it.
    parent: Option<&'a str>,
    /// How many items it has, with those of the domains within it.
    items: usize,
}

/// A department, an audience or a life event.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Counted<'a> {
    /// Its id.
    id: &'a str,
    /// Its name.
    name: Texts,
    /// How many items it has.
    items: usize,
}

/// How many there are of each.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(clippy::missing_docs_in_private_items, reason = "the keys say it")]
struct Counts {
    items: usize,
    domains: usize,
    departments: usize,
    audiences: usize,
    life_events: usize,
    tasks: usize,
    division: usize,
    indicators: usize,
}

/// The document behind the list; what is not known is null.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Document<'a> {
    /// Its title.
    title: Texts,
    /// Who issued it.
    issuer: Option<Texts>,
    /// Its index number (索引号).
    index_number: Option<&'a str>,
    /// Its document number (文号).
    document_number: Option<&'a str>,
    /// Its subject (主题分类).
    subject: Option<Texts>,
    /// When it was written, `YYYY-MM-DD`.
    written: Option<&'a str>,
    /// When it was published, `YYYY-MM-DD`.
    published: Option<&'a str>,
    /// The first day it was in force.
    effective: Option<&'a str>,
    /// The last day it was in force.
    ended: Option<&'a str>,
    /// Whether it is in force.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed"]))]
    validity: &'static str,
    /// What is known of its validity.
    validity_note: Option<Texts>,
}

/// What `data/catalogue.json` says.
pub(super) fn overview(catalogue: &Catalogue) -> Overview<'_> {
    let text = |text: &Text| by_language(catalogue, text);
    let domain = |at: usize| {
        let id = DomainId(at);
        let domain = catalogue.domain(id);
        Domain {
            id: &domain.id.value,
            name: text(&domain.name),
            parent: domain.parent.map(|parent| catalogue.domain(parent).id.value.as_str()),
            items: catalogue.count_within(id),
        }
    };
    let policy = &catalogue.policy;
    Overview {
        name: text(&catalogue.name),
        title: text(&catalogue.site.title),
        updated: plain(&catalogue.site.updated),
        validity: validity(catalogue),
        document: document(catalogue),
        languages: (catalogue.languages().iter())
            .map(|lang| Language { tag: &lang.tag, path: &lang.path, name: &lang.name })
            .collect(),
        fields: (catalogue.fields.iter())
            .map(|f| Field { id: &f.id.value, label: text(&f.label), role: f.role.as_str(), required: f.required })
            .collect(),
        domains: (0..catalogue.domains.len()).map(domain).collect(),
        departments: counted(catalogue, &catalogue.departments),
        audiences: counted(catalogue, &catalogue.audiences),
        life_events: counted(catalogue, &catalogue.life_events),
        counts: Counts {
            items: catalogue.items.len(),
            domains: catalogue.domains.len(),
            departments: catalogue.departments.len(),
            audiences: catalogue.audiences.len(),
            life_events: catalogue.life_events.len(),
            tasks: policy.tasks.len(),
            division: policy.division.len(),
            indicators: policy.indicators.len(),
        },
    }
}

fn counted<'a>(catalogue: &Catalogue, groups: &'a [Group]) -> Vec<Counted<'a>> {
    let group = |group: &'a Group| Counted {
        id: &group.id.value,
        name: by_language(catalogue, &group.name),
        items: group.items.len(),
    };
    groups.iter().map(group).collect()
}

fn document(catalogue: &Catalogue) -> Option<Document<'_>> {
    let d = catalogue.policy.document.as_ref()?;
    let text = |text: &Option<Text>| text.as_ref().map(|text| by_language(catalogue, text));
    Some(Document {
        title: by_language(catalogue, &d.title),
        issuer: text(&d.issuer),
        index_number: plain(&d.index_number),
        document_number: plain(&d.document_number),
        subject: text(&d.subject),
        written: plain(&d.written),
        published: plain(&d.published),
        effective: plain(&d.effective),
        ended: plain(&d.ended),
        validity: d.validity.as_str(),
        validity_note: text(&d.validity_note),
    })
}

fn plain(text: &Option<Spanned<Written>>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}
