//! Domains, departments, audiences and life events, each with its items.

use super::shape::{Texts, Translations, by_language, translations};
use crate::model::{Catalogue, DomainId, Group, ItemId};
use schemars::JsonSchema;
use serde::Serialize;

/// A domain, or a domain within one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct DomainRow<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// Its name.
    pub(super) name: Texts,
    /// A sentence about it.
    pub(super) summary: Option<Texts>,
    /// The id of the domain around it.
    pub(super) parent: Option<&'a str>,
    /// The ids of the domains directly within it.
    pub(super) children: Vec<&'a str>,
    /// The slugs of the items that stand directly in it, in catalogue order.
    pub(super) items: Vec<&'a str>,
    /// The states of its translations.
    pub(super) translations: Translations,
}

/// A department, an audience or a life event.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct GroupRow<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// Its name.
    pub(super) name: Texts,
    /// A sentence about it.
    pub(super) summary: Option<Texts>,
    /// Other names of it, in the source language.
    pub(super) aliases: Vec<&'a str>,
    /// The slugs of its items, in catalogue order.
    pub(super) items: Vec<&'a str>,
    /// The states of its translations.
    pub(super) translations: Translations,
}

/// The domains, each followed by those within it.
pub(super) fn domains(catalogue: &Catalogue) -> impl Iterator<Item = DomainRow<'_>> {
    let id_of = |id: &DomainId| catalogue.domain(*id).id.value.as_str();
    catalogue.domains.iter().map(move |domain| DomainRow {
        id: &domain.id.value,
        name: by_language(catalogue, &domain.name),
        summary: domain.summary.as_ref().map(|text| by_language(catalogue, text)),
        parent: domain.parent.as_ref().map(id_of),
        children: domain.children.iter().map(id_of).collect(),
        items: slugs(catalogue, &domain.items),
        translations: translations(
            catalogue,
            &domain.meta,
            &[("name", Some(&domain.name)), ("summary", domain.summary.as_ref())],
        ),
    })
}

/// Departments, audiences or life events, in the order of their file.
pub(super) fn groups<'a>(catalogue: &'a Catalogue, groups: &'a [Group]) -> impl Iterator<Item = GroupRow<'a>> {
    groups.iter().map(|group| GroupRow {
        id: &group.id.value,
        name: by_language(catalogue, &group.name),
        summary: group.summary.as_ref().map(|text| by_language(catalogue, text)),
        aliases: group.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        items: slugs(catalogue, &group.items),
        translations: translations(
            catalogue,
            &group.meta,
            &[("name", Some(&group.name)), ("summary", group.summary.as_ref())],
        ),
    })
}

/// The slugs of items.
pub(super) fn slugs<'a>(catalogue: &'a Catalogue, items: &[ItemId]) -> Vec<&'a str> {
    items.iter().map(|id| catalogue.item(*id).slug.as_str()).collect()
}
