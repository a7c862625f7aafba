//! The printable catalogue.

use super::document::DocumentView;
use super::{Answer, Here, NoteView, PageView, Phrase, Views};
use crate::model::{DomainId, ItemId};
use crate::url::Page;
use serde::Serialize;

/// The printable catalogue.
#[derive(Debug, Serialize)]
pub struct CatalogueView {
    /// What every page has.
    pub page: PageView,
    /// The list's own title.
    pub name: Phrase,
    /// How many items there are.
    pub count: usize,
    /// The document behind the list.
    pub document: Option<DocumentView>,
    /// The domains, each with its items in full.
    pub chapters: Vec<Chapter>,
}

/// A domain of the printable catalogue.
#[derive(Debug, Serialize)]
pub struct Chapter {
    /// Its id: the anchor.
    pub id: String,
    /// Its name.
    pub name: Phrase,
    /// The icon's name.
    pub icon: Option<String>,
    /// The first and the last number, where its items are numbered without a gap.
    pub numbers: Option<(u32, u32)>,
    /// How deep it is.
    pub depth: usize,
    /// How many items are in it and within it.
    pub count: usize,
    /// Its items.
    pub entries: Vec<Entry>,
}

/// An item of the printable catalogue.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its slug: the anchor.
    pub slug: String,
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
    /// The answers.
    pub answers: Vec<Answer>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

impl Views<'_> {
    /// The printable catalogue.
    pub fn catalogue(&self, here: Here<'_>) -> CatalogueView {
        let catalogue = self.catalogue;
        let chapter = |id: DomainId| {
            let domain = catalogue.domain(id);
            Chapter {
                id: domain.id.value.clone(),
                name: self.phrase(here, &domain.name),
                icon: domain.icon.as_ref().map(|icon| icon.value.clone()),
                numbers: self.number_range(id),
                depth: catalogue.domain_path(id).len() - 1,
                count: catalogue.count_within(id),
                entries: domain.items.iter().map(|id| self.entry(here, *id)).collect(),
            }
        };
        let name = self.phrase(here, &catalogue.name);
        CatalogueView {
            page: self.page(here, self.plain_head(here, "catalogue", Page::Catalogue, name.clone())),
            name,
            count: catalogue.items.len(),
            document: catalogue.policy.document.as_ref().map(|document| self.document(here, document)),
            chapters: (0..catalogue.domains.len()).map(|at| chapter(DomainId(at))).collect(),
        }
    }

    fn entry(&self, here: Here<'_>, id: ItemId) -> Entry {
        let item = self.catalogue.item(id);
        Entry {
            slug: item.slug.clone(),
            href: self.href(here, Page::Item(&item.slug)),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
            answers: self.answers(here, item),
            notes: item.editorial.iter().map(|note| self.item_note(here, note)).collect(),
        }
    }
}
