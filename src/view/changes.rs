//! The adjustments of the list: their page, the note on an item's page, and the feed.

use super::lists::untitled;
use super::page::{Head, Own, UNKNOWN, own_of};
use super::shared::NavLink;
use super::{Here, Link, PageView, Phrase, Views, state_word};
use crate::diag::{Spanned, Written};
use crate::lang::{LangId, State, Status};
use crate::markdown::{self, Address, Options, classify};
use crate::model::{Change, ItemId, Text};
use crate::url::{self, Page};
use serde::Serialize;

/// The page of adjustments.
#[derive(Debug, Serialize)]
pub struct ChangesView {
    /// What every page has.
    pub page: PageView,
    /// How many there are.
    pub count: usize,
    /// The adjustments by year, the newest first.
    pub years: Vec<ChangeYear>,
    /// The feed; none without a base URL.
    pub feed: Option<String>,
}

/// The adjustments of a year.
#[derive(Debug, Serialize)]
pub struct ChangeYear {
    /// The year, in digits.
    pub year: String,
    /// Its adjustments, the newest first.
    pub changes: Vec<ChangeView>,
}

/// An adjustment.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// Its anchor.
    pub anchor: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// What was done: the word in files.
    pub kind: &'static str,
    /// What it is called.
    pub title: Phrase,
    /// The title in the source language beside a translation that was not reviewed.
    pub source_title: Option<Phrase>,
    /// More about it.
    pub html: Option<String>,
    /// The state of that text where it is another than the title's: `missing`, `stale` …
    pub state: Option<&'static str>,
    /// The source of that text beside a translation that was not reviewed.
    pub source_html: Option<String>,
    /// The items that it concerns.
    pub items: Vec<Link>,
    /// What ordered it.
    pub basis: Option<Phrase>,
    /// Where that can be read.
    pub basis_url: Option<String>,
}

/// An adjustment named on the page of an item that it concerns.
#[derive(Debug, Serialize)]
pub struct ChangeRef {
    /// Its entry on the page of adjustments.
    pub href: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// What was done: the word in files.
    pub kind: &'static str,
    /// What it is called.
    pub title: Phrase,
}

/// The feed of a language (Atom, RFC 4287). Every address in it is absolute.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// The language's tag.
    pub lang: String,
    /// The site's title.
    pub title: Phrase,
    /// The tag of the title's language, where that is not the feed's.
    pub title_lang: Option<String>,
    /// Its own address, which is its id.
    pub address: String,
    /// The page of adjustments.
    pub alternate: String,
    /// The day of the newest adjustment, `YYYY-MM-DD`.
    pub updated: String,
    /// Who runs the site, or else its title.
    pub author: Phrase,
    /// The tag of the author's language, where that is not the feed's.
    pub author_lang: Option<String>,
    /// The adjustments, the newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed. One that is not translated is in the source language as a whole.
#[derive(Debug, Serialize)]
pub struct FeedEntry {
    /// The tag of its language, where that is not the feed's.
    pub lang: Option<String>,
    /// Its place on the page of adjustments. Made of the base URL and its id alone, it is the entry's id as well.
    pub address: String,
    /// The adjustment.
    pub change: ChangeView,
}

/// How many adjustments an item's page names.
const NAMED: usize = 3;

impl Views<'_> {
    /// Whether there are feeds: what they say needs absolute addresses.
    pub fn has_feeds(&self) -> bool {
        self.base_url.is_some() && !self.catalogue.changes.is_empty()
    }

    /// The page of adjustments.
    pub fn changes(&self, here: Here<'_>) -> ChangesView {
        let mut years: Vec<ChangeYear> = Vec::new();
        for change in &self.catalogue.changes {
            let year = change.date.value.split('-').next().unwrap_or_default();
            if years.last().is_none_or(|last| last.year != year) {
                years.push(ChangeYear { year: year.to_owned(), changes: Vec::new() });
            }
            if let Some(last) = years.last_mut() {
                last.changes.push(self.change(here, change, None));
            }
        }
        let head = self.plain_head(here, "changes", Page::Changes, untitled());
        ChangesView {
            page: self.page(here, Head { own_status: self.changes_status(), ..head }),
            count: self.catalogue.changes.len(),
            years,
            feed: self.feed_href(here),
        }
    }

    /// The link to the language's feed.
    pub(super) fn feed_href(&self, here: Here<'_>) -> Option<String> {
        self.has_feeds().then(|| url::relative(here.path, &url::feed(self.lang(here.lang))))
    }

    /// The link to the page of adjustments, where there are any.
    pub(super) fn changes_link(&self, here: Here<'_>) -> Option<NavLink> {
        let exists = !self.catalogue.changes.is_empty();
        exists.then(|| NavLink { key: "changes_title", href: self.href(here, Page::Changes) })
    }

    /// The newest adjustments of an item.
    pub(super) fn item_changes(&self, here: Here<'_>, id: ItemId) -> Vec<ChangeRef> {
        let view = |change: &Change| ChangeRef {
            href: self.href_at(here, Page::Changes, &url::change_anchor(&change.id.value)),
            date: change.date.value.to_string(),
            kind: change.kind.as_str(),
            title: self.phrase(here, &change.title),
        };
        self.catalogue.changes.iter().filter(|change| change.items.contains(&id)).take(NAMED).map(view).collect()
    }

    /// How far the adjustments have come, by language without the source: the lowest state among them, and no translation
    /// where none of them has one.
    pub(super) fn changes_status(&self) -> Vec<Option<Own>> {
        let state = |at: usize| {
            let states = self.catalogue.changes.iter().map(|change| own_of(&change.meta, at));
            let whole = states.clone().all(|state| state.is_some());
            let lowest = states.flatten().min()?;
            Some(if whole { lowest } else { lowest.min(UNKNOWN) })
        };
        (0..self.catalogue.languages().len().saturating_sub(1)).map(state).collect()
    }

    /// The feed of a language; none without a base URL or without adjustments.
    pub fn feed(&self, lang: LangId) -> Option<FeedView> {
        let (base, newest) = (self.base_url?, self.catalogue.changes.first()?);
        let (language, path) = (self.lang(lang), url::feed(self.lang(lang)));
        let here = Here { lang, path: &path };
        let alternate = url::absolute(base, &Page::Changes.path(language));
        let site = &self.catalogue.site;
        let author = site.government.sponsor.as_ref().unwrap_or(&site.title);
        let foreign = |text: &Text| {
            let own = text.resolve(lang).lang;
            (own != lang).then(|| self.lang(own).tag.clone())
        };
        let entry = |change: &Change| {
            let own = change.title.resolve(lang).lang;
            FeedEntry {
                lang: foreign(&change.title),
                address: format!("{alternate}#{}", url::change_anchor(&change.id.value)),
                change: self.change(Here { lang: own, ..here }, change, Some(base)),
            }
        };
        Some(FeedView {
            lang: language.tag.clone(),
            title: self.phrase(here, &site.title),
            title_lang: foreign(&site.title),
            address: url::absolute(base, &path),
            updated: newest.date.value.to_string(),
            author: self.phrase(here, author),
            author_lang: foreign(author),
            entries: self.catalogue.changes.iter().map(entry).collect(),
            alternate,
        })
    }

    /// An adjustment; with a base its links are absolute.
    fn change(&self, here: Here<'_>, change: &Change, base: Option<&str>) -> ChangeView {
        let item = |id: &ItemId| Link {
            href: self.address(here, Page::Item(&self.catalogue.item(*id).slug), None, base),
            name: self.item_name(here, *id),
            icon: None,
            count: None,
        };
        let title = self.phrase(here, &change.title);
        let text = change.text.as_ref();
        let state = text.and_then(|text| state_word(text.resolve(here.lang).state));
        ChangeView {
            anchor: url::change_anchor(&change.id.value),
            date: change.date.value.to_string(),
            kind: change.kind.as_str(),
            source_title: self.draft_source(here, &change.title),
            html: text.map(|text| self.change_html(here, text, here.lang, base)),
            state: state.filter(|_| state != title.state),
            source_html: text
                .filter(|text| is_draft(text, here.lang))
                .map(|text| self.change_html(here, text, LangId::SOURCE, base)),
            title,
            items: change.items.iter().map(item).collect(),
            basis: self.optional_phrase(here, change.basis.as_ref()),
            basis_url: change.basis_url.as_ref().map(|url: &Spanned<Written>| url.value.to_string()),
        }
    }

    /// The text of an adjustment in its version for `lang`. Its headings have no ids: many texts stand on one page.
    fn change_html(&self, here: Here<'_>, text: &Text, lang: LangId, base: Option<&str>) -> String {
        let resolved = text.resolve(lang);
        let file = &text.source.span.file.path;
        let links = |destination: &str| {
            let Address::Content(destination) = classify(destination) else { return None };
            let target = self.targets.resolve(file, &[], resolved.lang, destination).ok()?;
            Some(self.address(here, target.page, target.anchor.as_deref(), base))
        };
        let options = Options { top_level: 4, ids: false, embeds: &[], links: &links };
        let html = markdown::render(&resolved.value.value, &options).html();
        self.in_language(here, resolved.lang, "div", html)
    }

    /// A page of `here`'s language: relative, or absolute below a base.
    fn address(&self, here: Here<'_>, page: Page<'_>, anchor: Option<&str>, base: Option<&str>) -> String {
        let absolute = |base| url::absolute(base, &page.path(self.lang(here.lang)));
        match (base, anchor) {
            (None, None) => self.href(here, page),
            (None, Some(anchor)) => self.href_at(here, page, anchor),
            (Some(base), None) => absolute(base),
            (Some(base), Some(anchor)) => format!("{}#{anchor}", absolute(base)),
        }
    }
}

/// Whether a translation was not reviewed, or is out of date.
fn is_draft(text: &Text, lang: LangId) -> bool {
    matches!(text.resolve(lang).state, State::Translated { status, stale } if stale || status != Some(Status::Reviewed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Catalogue;
    use crate::source::Sources;
    use std::collections::BTreeMap;

    const BASE: &str = "https://example.org/";

    /// A list of one item in two languages, to which one thing happened.
    fn catalogue(title: &str, translation: Option<&str>) -> Catalogue {
        let changes =
            format!("- {{id: first, date: 2019-05-01, kind: changed, title: {title}, text: x, items: [grant]}}\n");
        let mut files = BTreeMap::from([
            (
                "site.yaml",
                "languages: [{tag: zh-Hans, path: zh, name: 中文}, {tag: en, path: en, name: English}]\ntitle: {zh-Hans: 清单, en: List}\n",
            ),
            (
                "catalogue.yaml",
                "name: 清单\nnumbers: none\nfields: [{id: name, label: 名称, role: title, kind: line}]\n",
            ),
            ("domains.yaml", "- {id: education, name: 教育}\n"),
            ("items/education/grant.yaml", "text: {name: 补助}\n"),
            ("changes.yaml", &changes),
        ]);
        files.extend(translation.map(|text| ("i18n/en/changes.yaml", text)));
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
        let outcome = crate::load(&Sources::from_memory(files));
        assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
        outcome.value
    }

    const REVIEWED: &str = "first: {status: reviewed, reviewer: A, text: {title: Raised}}\n";

    #[test]
    fn a_page_without_any_translation_points_to_the_source_and_is_not_listed() {
        let path = "en/changes.html";
        for (translation, listed) in [(None, false), (Some(REVIEWED), true)] {
            let catalogue = catalogue("提高", translation);
            let views = Views::new(&catalogue, Some(BASE));
            let page = views.changes(Here { lang: LangId(1), path }).page;
            let canonical =
                if listed { "https://example.org/en/changes.html" } else { "https://example.org/zh/changes.html" };
            assert_eq!((page.canonical.as_deref(), page.noindex), (Some(canonical), !listed));
            let sitemap = views.sitemaps(crate::view::Limit::PROTOCOL);
            assert_eq!(sitemap[0].urls.iter().any(|url| url.loc.ends_with(path)), listed);
        }
    }

    #[test]
    fn an_entry_keeps_its_id_whatever_it_says() {
        let of = |title: &str, translation| {
            let catalogue = catalogue(title, translation);
            let entry = Views::new(&catalogue, Some(BASE)).feed(LangId(1)).and_then(|mut feed| feed.entries.pop());
            entry.map(|entry| (entry.address, entry.lang, entry.change.title.text, entry.change.items[0].href.clone()))
        };
        let at = || "https://example.org/en/changes.html#change-first".to_owned();
        let item = |lang: &str| format!("https://example.org/{lang}/items/grant.html");
        assert_eq!(of("提高", None), Some((at(), Some("zh-Hans".into()), "提高".into(), item("zh"))));
        assert_eq!(of("降低", None), Some((at(), Some("zh-Hans".into()), "降低".into(), item("zh"))));
        assert_eq!(of("提高", Some(REVIEWED)), Some((at(), None, "Raised".into(), item("en"))));
    }
}
