//! What stands outside of the languages: the choice of language, redirects, 404, robots.

use super::document::DocumentView;
use super::lists::untitled;
use super::page::{Head, own_status};
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

impl SharedView {
    /// The same with links that do not depend on where the page is shown.
    pub fn rooted(mut self, root: &str) -> Self {
        let absolute = |href: &mut String| *href = format!("{root}{href}");
        absolute(&mut self.home);
        absolute(&mut self.search);
        absolute(&mut self.search_page);
        absolute(&mut self.about);
        self.search_index.iter_mut().chain(&mut self.offline).chain(&mut self.feed).for_each(&absolute);
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
            parts: None,
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
            parts: None,
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

    /// `robots.txt`: all may be read; the sitemap, where there is one.
    pub fn robots(&self) -> String {
        let sitemap = self.base_url.map(|base| format!("\nSitemap: {}\n", url::absolute(base, url::SITEMAP)));
        format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
    }
}
