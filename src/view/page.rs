//! What every page has: title, language, addresses, breadcrumbs, structured data.

use super::{Here, Link, Parts, Phrase, Views};
use crate::lang::{LangId, Status};
use crate::model::{Catalogue, Meta};
use crate::url::{self, Page};
use serde::Serialize;

/// The part of a page's view that all kinds share.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// The kind: the template's name, and a class of the body.
    pub kind: &'static str,
    /// The heading, and the first part of the title; empty where it is a string of the theme.
    pub title: Phrase,
    /// The site's title, the second part of the title.
    pub site: String,
    /// The entry of the main navigation that it belongs to, by the string's key.
    pub section: Option<&'static str>,
    /// For search engines, in the page's language.
    pub description: Option<String>,
    /// The language's tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// `horizontal` or `vertical`.
    pub writing: &'static str,
    /// Links to the same page in each language.
    pub switch: Vec<Switch>,
    /// The absolute address that search engines should show.
    pub canonical: Option<String>,
    /// Absolute addresses by language tag, for `hreflang`; empty without a base URL.
    pub alternates: Vec<(String, String)>,
    /// Whether to ask search engines not to list it.
    pub noindex: bool,
    /// How far the page's language has come: `missing`, `machine` (a draft by a machine), `draft`, `checked`,
    /// `reviewed`; none for the source language.
    pub translation: Option<&'static str>,
    /// The validity of the document behind the list, where it is not in force: `lapsed`, `repealed` …
    pub validity: Option<&'static str>,
    /// The labels of an article (政府网站 page meta): name and content; empty on other pages.
    pub article: Vec<(&'static str, String)>,
    /// The pages above it.
    pub breadcrumbs: Vec<Link>,
    /// Which page of a long list it is; none of one that is whole.
    pub parts: Option<Parts>,
    /// JSON-LD, ready to stand in data blocks.
    pub jsonld_html: Vec<String>,
    /// Its own QR code as SVG, where a base URL is known.
    pub qr_html: Option<String>,
}

/// A link of the language switch.
#[derive(Debug, Serialize)]
pub struct Switch {
    /// The language's tag.
    pub lang: String,
    /// Its own name.
    pub name: String,
    /// `horizontal` or `vertical`.
    pub writing: &'static str,
    /// The page there.
    pub href: String,
    /// Whether it is this page.
    pub current: bool,
}

/// What a page is called and where it stands, from which the rest of [`PageView`] follows.
pub(super) struct Head<'p> {
    pub(super) kind: &'static str,
    pub(super) page: Page<'p>,
    pub(super) title: Phrase,
    pub(super) description: Option<String>,
    pub(super) breadcrumbs: Vec<Link>,
    pub(super) parts: Option<Parts>,
    pub(super) jsonld: Vec<String>,
    /// By language: how far the page's own text has come there; none where it has no text of its own.
    pub(super) own_status: Vec<Option<Own>>,
}

/// How far a page's own text has come in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Own {
    /// As its file says.
    pub(super) status: Status,
    /// Whether a person had a part in it: `translator` is anything but `machine`.
    pub(super) by_person: bool,
}

impl Views<'_> {
    /// The page in one language.
    pub(super) fn page(&self, here: Here<'_>, head: Head<'_>) -> PageView {
        let Head { kind, page, title, description, breadcrumbs, parts, mut jsonld, own_status } = head;
        let lang = self.lang(here.lang);
        let indexed: Vec<LangId> =
            self.catalogue.lang_ids().map(|(id, _)| id).filter(|id| self.is_indexed(*id, &own_status)).collect();
        let absolute = |id: LangId| Some(url::absolute(self.base_url?, &page.path(self.lang(id))));
        let noindex = !indexed.contains(&here.lang);
        // A page that shows the source text in place of a translation points to the page it repeats.
        let canonical_lang = if self.is_fallback(here.lang, &own_status) { LangId::SOURCE } else { here.lang };
        let mut alternates = Vec::new();
        if !noindex {
            alternates.extend(indexed.iter().filter_map(|id| Some((self.lang(*id).tag.clone(), absolute(*id)?))));
            alternates.extend(absolute(LangId::SOURCE).map(|href| ("x-default".to_owned(), href)));
        }
        if !breadcrumbs.is_empty() && !title.text.is_empty() {
            jsonld.extend(self.breadcrumbs_jsonld(here, &breadcrumbs, &title, page));
        }
        let canonical = absolute(canonical_lang);
        PageView {
            article: self.article(here, kind, &title),
            validity: self.not_in_force(),
            kind,
            title,
            site: self.catalogue.site.title.resolve(here.lang).value.value.to_string(),
            section: section(kind),
            description,
            lang: lang.tag.clone(),
            dir: lang.direction.as_str(),
            writing: lang.writing.as_str(),
            switch: self.switch(here, page),
            qr_html: absolute(here.lang).filter(|_| kind == "item").and_then(|address| super::item::qr(&address)),
            canonical,
            alternates,
            noindex,
            translation: self.translation(here.lang, &own_status),
            breadcrumbs,
            parts,
            jsonld_html: jsonld,
        }
    }

    /// `ArticleTitle`, `PubDate` and `ContentSource` of pages that show a part of the document, as the conventions of
    /// government sites ask; the date is that of its publication.
    fn article(&self, here: Here<'_>, kind: &str, title: &Phrase) -> Vec<(&'static str, String)> {
        let Some(document) = self.catalogue.policy.document.as_ref().filter(|_| matches!(kind, "item" | "policy"))
        else {
            return Vec::new();
        };
        let issuer = document.issuer.as_ref().map(|issuer| issuer.resolve(here.lang).value.value.to_string());
        let labels = [
            ("ArticleTitle", Some(title.text.clone())),
            ("PubDate", document.published.as_ref().map(|date| date.value.to_string())),
            ("ContentSource", issuer),
        ];
        labels.into_iter().filter_map(|(name, content)| Some((name, content?))).collect()
    }

    fn switch(&self, here: Here<'_>, page: Page<'_>) -> Vec<Switch> {
        let link = |(id, lang): (LangId, &crate::lang::Lang)| Switch {
            lang: lang.tag.clone(),
            name: lang.name.clone(),
            writing: lang.writing.as_str(),
            href: url::relative(here.path, &page.path(lang)),
            current: id == here.lang,
        };
        self.catalogue.lang_ids().map(link).collect()
    }

    /// What the page says of its translation.
    fn translation(&self, lang: LangId, own: &[Option<Own>]) -> Option<&'static str> {
        match lang {
            LangId::SOURCE => None,
            _ if self.is_fallback(lang, own) => Some("missing"),
            _ => match self.own(lang, own) {
                Own { status: Status::Draft, by_person: false } => Some("machine"),
                Own { status, .. } => Some(status.as_str()),
            },
        }
    }

    /// The state of a page's own text, or of the whole edition where it has none.
    fn own(&self, lang: LangId, own: &[Option<Own>]) -> Own {
        match own.get(lang.0.saturating_sub(1)) {
            Some(own) => own.unwrap_or(UNKNOWN),
            None => self.editions.get(lang.0.saturating_sub(1)).copied().unwrap_or(UNKNOWN),
        }
    }

    /// Whether search engines may list the page in this language.
    pub(super) fn is_indexed(&self, lang: LangId, own: &[Option<Own>]) -> bool {
        lang == LangId::SOURCE
            || !self.catalogue.site.noindex_drafts && !self.is_fallback(lang, own)
            || self.own(lang, own).status == Status::Reviewed
    }

    fn is_fallback(&self, lang: LangId, own: &[Option<Own>]) -> bool {
        lang != LangId::SOURCE && own.get(lang.0 - 1).is_some_and(Option::is_none)
    }
}

/// The lowest state among the translated items of each language but the source: what can be said of the edition as a whole.
pub(super) fn editions(catalogue: &Catalogue) -> Vec<Own> {
    let edition = |at: usize| {
        let items = catalogue.items.iter();
        let whole = items.clone().all(|item| own_of(&item.meta, at).is_some());
        let lowest = items.filter_map(|item| own_of(&item.meta, at)).min().unwrap_or(UNKNOWN);
        // With items missing the edition cannot be called reviewed, however good the rest is.
        if whole { lowest } else { lowest.min(UNKNOWN) }
    };
    (0..catalogue.languages().len().saturating_sub(1)).map(edition).collect()
}

/// The entry of the main navigation that a kind of page belongs to.
fn section(kind: &str) -> Option<&'static str> {
    match kind {
        "item" | "items" => Some("nav_items"),
        "domain" => Some("nav_domains"),
        "audience" => Some("nav_audiences"),
        "policy" | "tasks" | "division" => Some("nav_policy"),
        "indicators" => Some("nav_indicators"),
        "about" | "changes" => Some("nav_about"),
        _ => None,
    }
}

/// The states of an entry's translations as [`Head::own_status`] wants them: one for each language but the source.
pub(super) fn own_status(meta: &[Option<Meta>], languages: usize) -> Vec<Option<Own>> {
    (0..languages.saturating_sub(1)).map(|at| own_of(meta, at)).collect()
}

/// What is said of a text of which nothing is known: a draft, but not that a machine made it.
pub(super) const UNKNOWN: Own = Own { status: Status::Draft, by_person: true };

pub(super) fn own_of(meta: &[Option<Meta>], at: usize) -> Option<Own> {
    let meta = meta.get(at)?.as_ref()?;
    Some(Own { status: meta.status, by_person: meta.translator.as_deref() != Some("machine") })
}
