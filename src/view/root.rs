//! What stands outside of the languages: the choice of language, redirects, 404, sitemap, robots.

use super::document::DocumentView;
use super::lists::untitled;
use super::page::{Head, Own, own_status};
use super::{Here, Link, PageView, SharedView, Views};
use crate::lang::LangId;
use crate::model::ItemId;
use crate::url::{self, Page};
use serde::Serialize;

/// The choice of language.
#[derive(Debug, Serialize)]
pub struct RootView {
    /// What every page has.
    pub page: PageView,
    /// The document behind the list.
    pub document: Option<DocumentView>,
    /// The languages.
    pub languages: Vec<RootLang>,
    /// The only language's home, to go to at once; none where there is a choice.
    pub only: Option<String>,
}

/// A language to choose.
#[derive(Debug, Serialize)]
pub struct RootLang {
    /// Its tag.
    pub tag: String,
    /// Its direction.
    pub dir: &'static str,
    /// Its own name.
    pub name: String,
    /// Its home.
    pub href: String,
}

/// A page at a former address.
#[derive(Debug, Serialize)]
pub struct MovedView {
    /// What every page has.
    pub page: PageView,
    /// The page's present address.
    pub link: Link,
}

/// The page for addresses that do not exist.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// What every page has.
    pub page: PageView,
    /// The homes of all languages.
    pub homes: Vec<super::Switch>,
    /// The full index.
    pub items_href: String,
}

/// The sitemap.
#[derive(Debug, Serialize)]
pub struct SitemapView {
    /// The addresses.
    pub urls: Vec<SitemapUrl>,
}

/// An address of the sitemap.
#[derive(Debug, Serialize)]
pub struct SitemapUrl {
    /// The address.
    pub loc: String,
    /// The date of this edition.
    pub lastmod: Option<String>,
    /// The same page in each language, by tag.
    pub alternates: Vec<(String, String)>,
}

impl SharedView {
    /// The same with links that do not depend on where the page is shown.
    pub fn rooted(mut self, root: &str) -> Self {
        let absolute = |href: &mut String| *href = format!("{root}{href}");
        absolute(&mut self.home);
        absolute(&mut self.search);
        absolute(&mut self.search_page);
        absolute(&mut self.about);
        self.search_index.iter_mut().chain(&mut self.offline).for_each(&absolute);
        self.nav.iter_mut().chain(&mut self.footer_nav).for_each(|link| absolute(&mut link.href));
        self
    }
}

impl Views<'_> {
    /// The choice of language.
    pub fn root(&self) -> RootView {
        let here = Here { lang: LangId::SOURCE, path: url::ROOT };
        let title = &self.catalogue.site.title;
        let language = |(_, lang): (LangId, &crate::lang::Lang)| RootLang {
            tag: lang.tag.clone(),
            dir: lang.direction.as_str(),
            name: lang.name.clone(),
            href: Page::Home.path(lang),
        };
        let languages: Vec<RootLang> = self.catalogue.lang_ids().map(language).collect();
        let mut page = self.page(here, self.plain_head(here, "root", Page::Home, self.phrase(here, title)));
        page.switch.clear();
        // The homes name each other; this page is none of them.
        page.alternates.clear();
        page.canonical = self.base_url.map(|base| url::absolute(base, url::ROOT));
        RootView {
            page,
            document: self.catalogue.policy.document.as_ref().map(|document| self.document(here, document)),
            only: match languages.as_slice() {
                [only] => Some(only.href.clone()),
                _ => None,
            },
            languages,
        }
    }

    /// The page at a former address of an item: it leads on, and keeps out of search engines.
    pub fn moved(&self, here: Here<'_>, id: ItemId) -> MovedView {
        let item = self.catalogue.item(id);
        let title = self.item_name(here, id);
        let head = Head {
            kind: "moved",
            page: Page::Item(&item.slug),
            title: title.clone(),
            description: None,
            breadcrumbs: Vec::new(),
            jsonld: Vec::new(),
            own_status: own_status(&item.meta, self.catalogue.languages().len()),
        };
        let mut page = self.page(here, head);
        page.noindex = true;
        page.alternates.clear();
        let href = self.href(here, Page::Item(&item.slug));
        MovedView { page, link: Link { href, name: title, icon: None, count: None } }
    }

    /// The page for addresses that do not exist; `root` is the path of the site on its host.
    pub fn not_found(&self, here: Here<'_>, root: &str) -> NotFoundView {
        let head = Head {
            kind: "not_found",
            page: Page::Home,
            title: untitled(),
            description: None,
            breadcrumbs: Vec::new(),
            jsonld: Vec::new(),
            own_status: Vec::new(),
        };
        let mut page = self.page(here, head);
        page.canonical = None;
        page.alternates.clear();
        page.noindex = true;
        page.switch.iter_mut().for_each(|link| {
            link.href = format!("{root}{}", link.href);
            link.current = false;
        });
        let homes = self.page_switch(root);
        NotFoundView { page, homes, items_href: format!("{root}{}", Page::Items.path(self.lang(here.lang))) }
    }

    fn page_switch(&self, root: &str) -> Vec<super::Switch> {
        let home = |(_, lang): (LangId, &crate::lang::Lang)| super::Switch {
            lang: lang.tag.clone(),
            name: lang.name.clone(),
            writing: lang.writing.as_str(),
            href: format!("{root}{}", Page::Home.path(lang)),
            current: false,
        };
        self.catalogue.lang_ids().map(home).collect()
    }

    /// The sitemap: pages that search engines may list, each with its alternates (sitemaps.org, hreflang by Google).
    pub fn sitemap(&self) -> SitemapView {
        let Some(base) = self.base_url else { return SitemapView { urls: Vec::new() } };
        let lastmod = self.catalogue.site.updated.as_ref().map(|date| date.value.clone());
        let mut urls = Vec::new();
        for (page, own) in self.listed_pages() {
            let indexed: Vec<_> = self.catalogue.lang_ids().filter(|(id, _)| self.is_indexed(*id, &own)).collect();
            let absolute = |lang: &crate::lang::Lang| url::absolute(base, &page.path(lang));
            let mut alternates: Vec<(String, String)> = Vec::new();
            if !indexed.is_empty() {
                alternates.extend(indexed.iter().map(|(_, lang)| (lang.tag.clone(), absolute(lang))));
                alternates.push(("x-default".into(), absolute(self.lang(LangId::SOURCE))));
            }
            for (_, lang) in &indexed {
                urls.push(SitemapUrl { loc: absolute(lang), lastmod: lastmod.clone(), alternates: alternates.clone() });
            }
        }
        SitemapView { urls }
    }

    /// Every page worth listing, with the states of its own translations.
    fn listed_pages(&self) -> Vec<(Page<'_>, Vec<Option<Own>>)> {
        let c = self.catalogue;
        let count = c.languages().len();
        let policy = &c.policy;
        let mut pages = vec![(Page::Home, vec![]), (Page::Items, vec![])];
        pages.extend(c.domains.iter().map(|d| (Page::Domain(&d.id.value), own_status(&d.meta, count))));
        pages.extend(c.items.iter().map(|item| (Page::Item(&item.slug), own_status(&item.meta, count))));
        pages.extend(c.departments.iter().map(|g| (Page::Department(&g.id.value), own_status(&g.meta, count))));
        pages.extend(c.audiences.iter().map(|g| (Page::Audience(&g.id.value), own_status(&g.meta, count))));
        pages.extend(c.life_events.iter().map(|g| (Page::LifeEvent(&g.id.value), own_status(&g.meta, count))));
        pages.extend(policy.texts.iter().map(|t| (Page::Policy(&t.name), own_status(&t.meta, count))));
        let parts = [
            (Page::Tasks, policy.areas.is_empty()),
            (Page::Division, policy.division.is_empty()),
            (Page::Indicators, policy.indicators.is_empty()),
        ];
        pages.extend(parts.into_iter().filter(|(_, empty)| !empty).map(|(page, _)| (page, vec![])));
        pages.extend([Page::Catalogue, Page::About, Page::Data].map(|page| (page, vec![])));
        pages
    }

    /// `robots.txt`: all may be read; the sitemap, where there is one.
    pub fn robots(&self) -> String {
        let sitemap = self.base_url.map(|base| format!("\nSitemap: {}\n", url::absolute(base, url::SITEMAP)));
        format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
    }
}
