//! A part of a printable catalogue that is too long for one page: an outermost domain, or so many of its entries as a page
//! may have.
//!
//! Lives here: what stands on such a page, and where its links lead. Never here: which entries those are (`paging`), and what
//! is said of each (`book`).

use super::book::{Chapter, draw_codes};
use super::page::Head;
use super::policy::{domain_anchor, item_anchor};
use super::{Here, Link, PageView, Phrase, Views};
use crate::model::{DomainId, ItemId};
use crate::url::{Listing, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// A part of a printable catalogue.
#[derive(Debug, Serialize)]
pub struct ChapterView {
    /// What every page has.
    pub page: PageView,
    /// The list's own title.
    pub name: Phrase,
    /// Cover, imprint and contents.
    pub catalogue_href: String,
    /// The icon's name.
    pub icon: Option<String>,
    /// How many items the domain has, on all its parts.
    pub count: usize,
    /// The first and the last number, where they are numbered without a gap.
    pub numbers: Option<(u32, u32)>,
    /// The domain and those within it, with the entries that stand here. Itself is first, even where its own stand on
    /// another part.
    pub chapters: Vec<Chapter>,
    /// The domain before it; on its first part alone.
    pub previous: Option<Link>,
    /// The domain after it; on its last part alone.
    pub next: Option<Link>,
    /// Whether no sponsor is named.
    pub is_unofficial: bool,
    /// The longest item, in characters, that is kept together on a page.
    pub longest: usize,
    /// As in the book; always empty.
    pub pages: BTreeMap<String, String>,
}

impl ChapterView {
    /// The same with the QR codes drawn.
    pub fn with_codes(mut self) -> Self {
        draw_codes(&mut self.chapters);
        self
    }
}

impl Views<'_> {
    /// A part of the printable catalogue: an outermost domain, and the number of the part from 1. An item of up to `longest`
    /// characters is kept together on a page.
    pub fn chapter(&self, here: Here<'_>, id: DomainId, part: usize, longest: usize) -> ChapterView {
        let domain = self.catalogue.domain(id);
        let chapters = self.chapter_pages();
        let at = chapters.iter().position(|(top, _)| *top == id).unwrap_or_default();
        let count = chapters.get(at).map_or(1, |(_, count)| *count);
        let page = self.part_page(id, part);
        let head = Head {
            breadcrumbs: vec![self.home_link(here), self.link(here, Page::Catalogue, &self.catalogue.name)],
            parts: self.parts(here, Listing::Chapter, &domain.id.value, (part, count)),
            ..self.plain_head(here, "chapter", page, self.phrase(here, &domain.name))
        };
        let aim = |id: ItemId| self.entry_href(here, id);
        let chapter = |run: super::paging::Run| Chapter {
            entries: run.items.map(|item| self.entry(here, ItemId(item), &aim)).collect(),
            ..self.chapter_head(here, run.domain, at + 1)
        };
        let beside = |(id, part): &(DomainId, usize)| {
            self.link(here, self.part_page(*id, *part), &self.catalogue.domain(*id).name)
        };
        ChapterView {
            page: self.page(here, head),
            name: self.phrase(here, &self.catalogue.name),
            catalogue_href: self.href(here, Page::Catalogue),
            icon: self.domain_icon(id),
            count: self.count_within(id),
            numbers: self.number_range(id),
            chapters: self.runs(id, self.paging.entries, part).into_iter().map(chapter).collect(),
            previous: at.checked_sub(1).filter(|_| part == 1).and_then(|at| chapters.get(at)).map(beside),
            next: chapters.get(at + 1).filter(|_| part == count).map(|(id, _)| beside(&(*id, 1))),
            is_unofficial: self.catalogue.site.government.sponsor.is_none(),
            longest,
            pages: BTreeMap::new(),
        }
    }

    /// Where a domain begins in a printable catalogue that comes in parts.
    pub(super) fn chapter_href(&self, here: Here<'_>, id: DomainId) -> String {
        let (top, part) = self.chapter_of(id, self.first_place(id));
        let page = self.part_page(top, part);
        if top == id {
            self.href(here, page)
        } else {
            self.href_at(here, page, &domain_anchor(&self.catalogue.domain(id).id.value))
        }
    }

    /// Where an item's entry stands in one.
    fn entry_href(&self, here: Here<'_>, id: ItemId) -> String {
        let item = self.catalogue.item(id);
        let (top, part) = self.chapter_of(item.domain, id.0);
        self.href_at(here, self.part_page(top, part), &item_anchor(&item.slug))
    }

    fn part_page(&self, top: DomainId, part: usize) -> Page<'_> {
        Listing::Chapter.page(&self.catalogue.domain(top).id.value, part)
    }
}
