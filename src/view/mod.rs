//! What templates see: plain, serializable values, one type per kind of page.
//!
//! Lives here: choosing the text for a language, saying truly which language it is in, links between pages, order on a
//! page. Never here: HTML of pages (that is `templates/`) but for the escaped text of single phrases, no files, no YAML.
//! A field called `html` is safe to print as it is; every other string is escaped by the template engine.

mod about;
mod answers;
mod book;
mod changes;
mod chapter;
mod charts;
mod data;
mod document;
mod groups;
mod indicators;
mod item;
mod jsonld;
mod lists;
mod page;
mod paging;
mod policy;
mod root;
mod shared;
mod sitemap;

pub use about::{AboutView, GlossaryView, SearchView, TermView};
pub use answers::{AmountView, Answer};
pub use book::{BookHeads, BookPart, BookText, BookView, Chapter, Entry, EntryRef, IndexGroup};
pub use changes::{ChangeRef, ChangeView, ChangeYear, ChangesView, FeedEntry, FeedView};
pub use chapter::ChapterView;
pub use data::{DataFact, DataFile, DataGroup, DataView};
pub use document::DocumentView;
pub use groups::GroupView;
pub use indicators::{IndicatorGroup, IndicatorTable, IndicatorView, IndicatorsView};
pub use item::{
    ChipView, DomainFacts, ItemCard, ItemRef, ItemView, ListedView, NeighbourView, NoteView, QrModules, qr_modules,
};
pub use lists::{DomainCard, HomeView, ItemsView, Section};
pub use page::{PageView, Switch};
pub use paging::{Paging, PartLink, Parts};
pub use policy::{AreaView, BlockView, DivisionView, PolicyTextView, RowView, TasksView};
pub use root::{MovedView, NotFoundView, RootLang, RootView};
pub use shared::SharedView;
pub use sitemap::{Limit, SitemapIndexView, SitemapUrl, SitemapView};

use crate::diag::{Spanned, Written};
use crate::lang::{Lang, LangId, Localized, State};
use crate::markdown::{self, Address, Options, Targets, classify};
use crate::model::{Catalogue, DomainId, Group, ItemId, Quotes, Text};
use crate::url::{self, Page};
use serde::Serialize;

/// Makes the views of one catalogue.
pub struct Views<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// Where the site is published, with a slash at the end; without it there are no canonical links and QR codes.
    pub base_url: Option<&'a str>,
    /// How much stands on one page.
    pub paging: Paging,
    /// Where the items of each domain stand.
    places: paging::Places,
    /// By language without the source: the lowest state among the translated items.
    editions: Vec<page::Own>,
    targets: Targets<'a>,
    /// The headings of each policy text in the source language: tasks and notes are looked up in them, text by text.
    headings: Vec<Vec<markdown::Heading>>,
}

/// A page being made: its language and the path of its file, from which its links start.
#[derive(Debug, Clone, Copy)]
pub struct Here<'p> {
    /// The language.
    pub lang: LangId,
    /// The path in the output.
    pub path: &'p str,
}

/// A text on a page.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub struct Phrase {
    /// The text alone, for attributes.
    pub text: String,
    /// Escaped, and wrapped in an element with `lang` where it is not in the page's language.
    pub html: String,
    /// `missing`, `stale`, `draft` or `checked`; none where it is the source or was reviewed.
    pub state: Option<&'static str>,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Where to, relative to the page.
    pub href: String,
    /// Its text.
    pub name: Phrase,
    /// The icon's name.
    pub icon: Option<String>,
    /// How many items stand behind it.
    pub count: Option<usize>,
}

impl<'a> Views<'a> {
    /// Views of `catalogue`.
    pub fn new(catalogue: &'a Catalogue, base_url: Option<&'a str>) -> Self {
        let texts = catalogue.policy.texts.iter();
        let headings = texts.map(|text| markdown::scan(&text.body.source.value).headings).collect();
        Self {
            catalogue,
            base_url,
            paging: Paging::SITE,
            places: paging::Places::new(catalogue),
            editions: page::editions(catalogue),
            targets: Targets::new(catalogue),
            headings,
        }
    }

    /// The same with other sizes of pages.
    pub fn paged(self, paging: Paging) -> Self {
        Self { paging, ..self }
    }

    fn lang(&self, id: LangId) -> &'a Lang {
        &self.catalogue.site.languages[id.0]
    }

    /// The link from `here` to a page of the same language.
    fn href(&self, here: Here<'_>, page: Page<'_>) -> String {
        url::relative(here.path, &page.path(self.lang(here.lang)))
    }

    /// The link to an anchor on a page of the same language.
    fn href_at(&self, here: Here<'_>, page: Page<'_>, anchor: &str) -> String {
        url::relative(here.path, &format!("{}#{anchor}", page.path(self.lang(here.lang))))
    }

    /// A text in the page's language, or the source text marked as such.
    fn phrase(&self, here: Here<'_>, text: &Text) -> Phrase {
        let resolved = text.resolve(here.lang);
        let value = resolved.value.value.as_str();
        let html = self.in_language(here, resolved.lang, "span", escape(value));
        Phrase { html, text: value.to_owned(), state: state_word(resolved.state) }
    }

    fn optional_phrase(&self, here: Here<'_>, text: Option<&Text>) -> Option<Phrase> {
        text.map(|text| self.phrase(here, text))
    }

    /// A text that exists in the source language alone, such as a note or a document number.
    fn source_phrase(&self, here: Here<'_>, text: &str) -> Phrase {
        let html = self.in_language(here, LangId::SOURCE, "span", escape(text));
        Phrase { text: text.to_owned(), html, state: None }
    }

    /// The source text beside a translation that is only a draft or checked, or is out of date.
    fn draft_source(&self, here: Here<'_>, text: &Text) -> Option<Phrase> {
        let state = state_word(text.resolve(here.lang).state)?;
        (state != "missing").then(|| self.source_phrase(here, &text.source.value))
    }

    /// A text whose translation quotes words of the source: those are marked with their language.
    fn quoting_phrase(&self, here: Here<'_>, text: &Text) -> Phrase {
        let phrase = self.phrase(here, text);
        if here.lang == LangId::SOURCE || text.resolve(here.lang).lang != here.lang {
            return phrase;
        }
        let (mut html, mut at) = (String::new(), 0);
        for quote in Quotes::of(&text.source.value, &phrase.text).translation {
            html.push_str(&escape(&phrase.text[at..quote.start]));
            html.push_str(&self.in_language(here, LangId::SOURCE, "span", escape(&phrase.text[quote.clone()])));
            at = quote.end;
        }
        html.push_str(&escape(&phrase.text[at..]));
        Phrase { html, ..phrase }
    }

    /// Wraps HTML in an element that names its language, where that is not the page's.
    fn in_language(&self, here: Here<'_>, lang: LangId, element: &str, html: String) -> String {
        if lang == here.lang {
            return html;
        }
        let (lang, page) = (self.lang(lang), self.lang(here.lang));
        let tag = escape(&lang.tag);
        let dir = if lang.direction == page.direction {
            String::new()
        } else {
            format!(" dir=\"{}\"", lang.direction.as_str())
        };
        format!("<{element} lang=\"{tag}\"{dir}>{html}</{element}>")
    }

    fn link(&self, here: Here<'_>, page: Page<'_>, text: &Text) -> Link {
        Link { href: self.href(here, page), name: self.phrase(here, text), icon: None, count: None }
    }

    fn group_link(&self, here: Here<'_>, page: Page<'_>, group: &Group) -> Link {
        Link {
            icon: group.icon.as_ref().map(|icon| icon.value.to_string()),
            count: Some(group.items.len()),
            ..self.link(here, page, &group.name)
        }
    }

    fn domain_link(&self, here: Here<'_>, id: DomainId) -> Link {
        let domain = self.catalogue.domain(id);
        Link {
            icon: domain.icon.as_ref().map(|icon| icon.value.to_string()),
            count: Some(self.count_within(id)),
            ..self.link(here, Page::Domain(&domain.id.value), &domain.name)
        }
    }

    fn item_name(&self, here: Here<'_>, id: ItemId) -> Phrase {
        let item = self.catalogue.item(id);
        match item.name(self.catalogue) {
            Some(name) => self.phrase(here, name),
            None => self.source_phrase(here, &item.slug),
        }
    }

    /// A Markdown text as HTML, its links resolved from the content file it stands in.
    fn markdown(&self, here: Here<'_>, text: &Text, top_level: u8, embeds: &[&str]) -> markdown::Rendered {
        let resolved = text.resolve(here.lang);
        let file = &text.source.span.file.path;
        let links = |destination: &str| self.content_href(here, resolved.lang, file, destination);
        markdown::render(&resolved.value.value, &Options { top_level, ids: true, embeds, links: &links })
    }

    fn content_href(&self, here: Here<'_>, lang: LangId, file: &str, destination: &str) -> Option<String> {
        let Address::Content(destination) = classify(destination) else { return None };
        // An anchor alone stays on the page; `check` knows whether it exists.
        if destination.starts_with('#') {
            return Some(destination.to_owned());
        }
        let target = self.targets.resolve(file, &[], lang, destination).ok()?;
        Some(match &target.anchor {
            Some(anchor) => self.href_at(here, target.page, anchor),
            None => self.href(here, target.page),
        })
    }

    /// The icon name of a domain, or of the nearest one around it that has an icon.
    fn domain_icon(&self, id: DomainId) -> Option<String> {
        let path = self.catalogue.domain_path(id);
        path.iter().rev().find_map(|id| Some(self.catalogue.domain(*id).icon.as_ref()?.value.to_string()))
    }
}

/// The word for a state, as used in class names; none where there is nothing to say.
fn state_word(state: State) -> Option<&'static str> {
    match state {
        State::Missing => Some("missing"),
        State::Translated { stale: true, .. } => Some("stale"),
        State::Translated { status: Some(status), .. } if status != crate::lang::Status::Reviewed => {
            Some(status.as_str())
        }
        State::Source | State::Translated { .. } => None,
    }
}

/// Escapes text for HTML content and attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // These are single bytes, and no byte of any other character.
    while let Some(at) = first_special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// The place of the first byte that is escaped. A block of bytes is looked at as a whole, which a processor does at once.
fn first_special(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let is_special = |b: &u8| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'');
    let has_some = |block: &[u8]| block.iter().fold(false, |some, b| some | is_special(b));
    let block = bytes.chunks(BLOCK).position(has_some)?;
    bytes[block * BLOCK..].iter().position(is_special).map(|at| block * BLOCK + at)
}

/// The paragraphs of a cell: its lines that are not empty.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.trim_matches([' ', '\t']).is_empty())
}

/// The text of a cell in `lang` without markup: what data files and descriptions hold.
pub(crate) fn plain_cell(kind: crate::model::FieldKind, text: &Localized<Spanned<Written>>, lang: LangId) -> String {
    let value = &text.resolve(lang).value.value;
    if kind == crate::model::FieldKind::Markdown {
        return markdown::plain(value);
    }
    paragraphs(value).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_html_knows_is_escaped() {
        assert_eq!(escape("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
        for before in 0..70 {
            let plain = "补a".repeat(before);
            assert_eq!(escape(&format!("{plain}<{plain}")), format!("{plain}&lt;{plain}"));
        }
    }
}
