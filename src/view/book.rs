//! The handbook: the whole list as one book, in the order of its pages.
//!
//! Lives here: what is in the book and in what order: imprint, chapters, the policy, indices. The page `catalogue.html`,
//! the PDF and the EPUB are three forms of this one value. Never here: paper sizes and page numbers (`handbook`), and the
//! files that the chapters of a long book have on the site (`chapter`).

use super::document::DocumentView;
use super::indicators::IndicatorGroup;
use super::policy::{Question, domain_anchor, item_anchor};
use super::{Answer, BlockView, Here, NoteView, PageView, Phrase, RowView, Views};
use crate::lang::LangId;
use crate::model::{Domain, DomainId, Group, ItemId, PolicyText, Text, TextKind};
use crate::url::{self, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The handbook in one language.
#[derive(Debug, Serialize)]
pub struct BookView {
    /// What every page has.
    pub page: PageView,
    /// The list's own title.
    pub name: Phrase,
    /// Whose list it is.
    pub place: Option<Phrase>,
    /// How many items there are.
    pub count: usize,
    /// The document behind the list.
    pub document: Option<DocumentView>,
    /// That document's title.
    pub document_title: Option<Phrase>,
    /// Who publishes the list officially; none for an unofficial edition.
    pub sponsor: Option<Phrase>,
    /// The site's own words for being unofficial.
    pub unofficial: Option<Phrase>,
    /// The date of this edition.
    pub updated: Option<String>,
    /// The address of the site in this language; none without a base URL.
    pub address: Option<String>,
    /// How many editorial notes the items carry.
    pub notes: usize,
    /// The domains, each with its items in full; those within another follow it. Of a book in parts they have no entries.
    pub chapters: Vec<Chapter>,
    /// The interpretations.
    pub texts: Vec<BookText>,
    /// The indicators by domain.
    pub indicators: Vec<IndicatorGroup>,
    /// The division of tasks.
    pub division: Vec<RowView>,
    /// The items by department.
    pub by_department: Vec<IndexGroup>,
    /// The items by audience.
    pub by_audience: Vec<IndexGroup>,
    /// Whether the chapters stand in files of their own, and there are no indices of items.
    pub split: bool,
    /// Whether this is the edition in large print.
    pub large: bool,
    /// Whether the page has search in it: the site as one file.
    pub searchable: bool,
    /// Whether an empty page follows the front matter, so that page 1 is a right one.
    pub blank: bool,
    /// The longest item, in characters, that is kept together on a page.
    pub longest: usize,
    /// The page number of each anchor, as printed; empty where the form of the book counts its own pages, or has none.
    pub pages: BTreeMap<String, String>,
}

impl BookView {
    /// The same book with the QR codes drawn: for those of its forms that show them as drawings.
    pub fn with_codes(mut self) -> Self {
        draw_codes(&mut self.chapters);
        self
    }

    /// The anchors that the book itself refers to: those of which a printed one needs the page.
    pub fn anchors(&self) -> Vec<&str> {
        let chapters = self.chapters.iter();
        let of_chapters = chapters
            .flat_map(|chapter| std::iter::once(&chapter.anchor).chain(chapter.entries.iter().map(|e| &e.anchor)));
        let texts = self.texts.iter().map(|text| &text.anchor);
        of_chapters.chain(texts).map(String::as_str).chain(PARTS).collect()
    }
}

/// Draws the QR codes of the entries.
pub(super) fn draw_codes(chapters: &mut [Chapter]) {
    for entry in chapters.iter_mut().flat_map(|chapter| &mut chapter.entries) {
        entry.qr_html = entry.address.as_deref().and_then(super::item::qr);
    }
}

/// The anchors of the parts that every book has the same names for.
const PARTS: [&str; 4] = ["indicators", "division", "by-department", "by-audience"];

/// What the running heads of a book say.
#[derive(Debug, Serialize)]
pub struct BookHeads {
    /// The list's name.
    pub title: String,
    /// The document's validity, where it is not in force.
    pub validity: Option<&'static str>,
    /// The parts, in order.
    pub parts: Vec<BookPart>,
}

/// A part of the book with a running head of its own.
#[derive(Debug, Serialize)]
pub struct BookPart {
    /// Its class on the page, and the name of its kind of page.
    pub class: String,
    /// The running head; none where it is a string of the theme.
    pub name: Option<String>,
    /// The key of that string.
    pub key: Option<&'static str>,
}

/// A domain of the handbook.
#[derive(Debug, Serialize)]
pub struct Chapter {
    /// Its anchor.
    pub anchor: String,
    /// Where it begins: its anchor, or its file.
    pub href: String,
    /// The number of its part, from 1: that of the outermost domain around it, whose name heads its pages.
    pub part: usize,
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
    /// Its items, as far as they stand here.
    pub entries: Vec<Entry>,
}

/// An item of the handbook.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its anchor.
    pub anchor: String,
    /// Its page.
    pub href: String,
    /// The address of that page; none without a base URL.
    pub address: Option<String>,
    /// That address as a QR code; none until [`BookView::with_codes`] draws it.
    pub qr_html: Option<String>,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
    /// The name in the source language, where this one is a translation that was not reviewed.
    pub source_name: Option<Phrase>,
    /// The answers.
    pub answers: Vec<Answer>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
    /// How long it is, in characters.
    pub weight: usize,
    /// Items near it (参见).
    pub related: Vec<EntryRef>,
}

/// An item named elsewhere in the handbook.
#[derive(Debug, Serialize)]
pub struct EntryRef {
    /// Its anchor.
    pub anchor: String,
    /// Where it stands: its anchor, or that in another file of the book.
    pub href: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
}

/// A heading of an index, and the items under it.
#[derive(Debug, Serialize)]
pub struct IndexGroup {
    /// The department or audience.
    pub name: Phrase,
    /// The items in the list's order.
    pub entries: Vec<EntryRef>,
}

/// A text of the policy, such as the interpretation.
#[derive(Debug, Serialize)]
pub struct BookText {
    /// Its anchor.
    pub anchor: String,
    /// Its title.
    pub title: Phrase,
    /// Its parts before the first question, without embeds.
    pub blocks: Vec<BlockView>,
    /// Its questions, with anchors of their own.
    pub questions: Vec<Question>,
    /// `missing`, `stale`, `draft` or `checked`.
    pub state: Option<&'static str>,
}

impl Views<'_> {
    /// The handbook, whole; an item of up to `longest` characters is kept together on a page.
    pub fn book(&self, here: Here<'_>, longest: usize) -> BookView {
        BookView {
            chapters: self.chapters(here),
            by_department: self.index_of(here, self.catalogue.departments.iter()),
            by_audience: self.index_of(here, self.catalogue.audiences.iter()),
            split: false,
            ..self.front(here, longest)
        }
    }

    /// The handbook without its entries and without indices of them: what is left where chapters stand in files of their
    /// own. [`Views::chapter`] makes those.
    pub fn front(&self, here: Here<'_>, longest: usize) -> BookView {
        let catalogue = self.catalogue;
        let site = &catalogue.site;
        let name = self.phrase(here, &catalogue.name);
        let document = catalogue.policy.document.as_ref();
        let texts = catalogue.policy.texts.iter().enumerate();
        let interpretations = texts.filter(|(_, text)| text.kind == TextKind::Interpretation);
        BookView {
            page: self.page(here, self.plain_head(here, "catalogue", Page::Catalogue, name.clone())),
            name,
            place: self.optional_phrase(here, site.place.as_ref()),
            count: catalogue.items.len(),
            document: document.map(|document| self.document(here, document)),
            document_title: document.map(|document| self.phrase(here, &document.title)),
            sponsor: self.optional_phrase(here, site.government.sponsor.as_ref()),
            unofficial: self.optional_phrase(here, site.unofficial.as_ref()),
            updated: site.updated.as_ref().map(|date| date.value.to_string()),
            address: self.absolute(here.lang, Page::Home),
            notes: catalogue.items.iter().map(|item| item.editorial.len()).sum(),
            chapters: self.chapter_links(here),
            texts: interpretations.map(|(at, text)| self.book_text(here, at, text)).collect(),
            indicators: self.indicators(here).groups,
            division: self.division(here).rows,
            by_department: Vec::new(),
            by_audience: Vec::new(),
            split: true,
            large: false,
            searchable: false,
            blank: false,
            longest,
            pages: BTreeMap::new(),
        }
    }

    /// The running heads of the handbook.
    pub fn book_heads(&self, here: Here<'_>) -> BookHeads {
        let domains = &self.catalogue.domains;
        let named = |class: String, name: &Text| {
            let name = name.resolve(here.lang).value.value.to_string();
            BookPart { class, name: Some(name), key: None }
        };
        let outermost = domains.iter().filter(|domain| domain.parent.is_none()).enumerate();
        let mut parts: Vec<_> = outermost.map(|(at, domain)| named(format!("part-{}", at + 1), &domain.name)).collect();
        let others = [
            ("policy", "interpretation_title"),
            ("indicators", "indicators_title"),
            ("division", "division_title"),
            ("index", "index"),
        ];
        let other = |(part, key)| BookPart { class: format!("part-{part}"), name: None, key: Some(key) };
        parts.extend(others.into_iter().map(other));
        let title = self.catalogue.name.resolve(here.lang).value.value.to_string();
        BookHeads { title, validity: self.not_in_force(), parts }
    }

    fn absolute(&self, lang: LangId, page: Page<'_>) -> Option<String> {
        Some(url::absolute(self.base_url?, &page.path(self.lang(lang))))
    }

    /// All chapters with all their entries.
    fn chapters(&self, here: Here<'_>) -> Vec<Chapter> {
        let aim = |id: ItemId| self.own_anchor(id);
        let chapter = |(domain, chapter): (&Domain, Chapter)| Chapter {
            href: format!("#{}", chapter.anchor),
            entries: domain.items.iter().map(|id| self.entry(here, *id, &aim)).collect(),
            ..chapter
        };
        self.catalogue.domains.iter().zip(self.chapter_links(here)).map(chapter).collect()
    }

    /// All chapters without entries, each in its file.
    fn chapter_links(&self, here: Here<'_>) -> Vec<Chapter> {
        let mut part = 0;
        let chapter = |id: DomainId| {
            part += usize::from(self.catalogue.domain(id).parent.is_none());
            Chapter { href: self.chapter_href(here, id), ..self.chapter_head(here, id, part) }
        };
        (0..self.catalogue.domains.len()).map(DomainId).map(chapter).collect()
    }

    /// A chapter without entries; `part` is its number among the outermost ones.
    pub(super) fn chapter_head(&self, here: Here<'_>, id: DomainId, part: usize) -> Chapter {
        let domain = self.catalogue.domain(id);
        Chapter {
            anchor: domain_anchor(&domain.id.value),
            href: String::new(),
            part,
            name: self.phrase(here, &domain.name),
            icon: domain.icon.as_ref().map(|icon| icon.value.to_string()),
            numbers: self.number_range(id),
            depth: self.catalogue.domain_path(id).len() - 1,
            count: self.count_within(id),
            entries: Vec::new(),
        }
    }

    /// An item in full; `aim` says where another item of the book stands.
    pub(super) fn entry(&self, here: Here<'_>, id: ItemId, aim: &dyn Fn(ItemId) -> String) -> Entry {
        let item = self.catalogue.item(id);
        let address = self.absolute(here.lang, Page::Item(&item.slug));
        let texts = item.texts.iter().flatten().chain(item.editorial.iter().map(|note| &note.note));
        let weight = texts.map(|text| text.resolve(here.lang).value.value.chars().count()).sum();
        Entry {
            weight,
            anchor: item_anchor(&item.slug),
            href: self.href(here, Page::Item(&item.slug)),
            qr_html: None,
            address,
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
            source_name: item.name(self.catalogue).and_then(|name| self.draft_source(here, name)),
            answers: self.answers(here, item),
            notes: item.editorial.iter().map(|note| self.item_note(here, note)).collect(),
            related: item.related.iter().map(|id| self.entry_ref(here, *id, aim)).collect(),
        }
    }

    /// Where an item stands in a book that is one file.
    fn own_anchor(&self, id: ItemId) -> String {
        format!("#{}", item_anchor(&self.catalogue.item(id).slug))
    }

    fn entry_ref(&self, here: Here<'_>, id: ItemId, aim: &dyn Fn(ItemId) -> String) -> EntryRef {
        let item = self.catalogue.item(id);
        EntryRef {
            anchor: item_anchor(&item.slug),
            href: aim(id),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
        }
    }

    /// The items of each group that has some.
    fn index_of<'g>(&self, here: Here<'_>, groups: impl Iterator<Item = &'g Group>) -> Vec<IndexGroup> {
        let aim = |id: ItemId| self.own_anchor(id);
        let group = |group: &Group| IndexGroup {
            name: self.phrase(here, &group.name),
            entries: group.items.iter().map(|id| self.entry_ref(here, *id, &aim)).collect(),
        };
        groups.filter(|group| !group.items.is_empty()).map(group).collect()
    }

    fn book_text(&self, here: Here<'_>, at: usize, text: &PolicyText) -> BookText {
        let view = self.policy_text(here, at);
        let own = |id: &str| format!("{}-{id}", text.name);
        BookText {
            anchor: format!("text-{}", text.name),
            title: view.page.title,
            blocks: view.blocks.into_iter().filter(|block| block.embed.is_none()).collect(),
            questions: view.questions.into_iter().map(|q| Question { id: own(&q.id), ..q }).collect(),
            state: view.state,
        }
    }
}
