//! The handbook in its forms: as a page to be printed, as EPUB, as one file with search. What is in the book is `view`'s, how
//! it is set `handbook`'s; here the site's templates, assets and index are brought to it.

use super::Site;
use crate::diag::Report;
use crate::handbook::{self, Edition, Layout, StyleView, links};
use crate::lang::{LangId, Writing};
use crate::search;
use crate::single::{self, Script, data_url};
use crate::url::{self, Page};
use crate::view::{BookView, Here};
use std::collections::BTreeMap;

impl Site<'_> {
    /// The anchors that the handbook refers to by page.
    pub fn book_anchors(&self, lang: LangId) -> Vec<String> {
        self.book(lang, 0).anchors().into_iter().map(str::to_owned).collect()
    }

    /// The book, as seen from its page; an item of up to `longest` characters is kept together.
    fn book(&self, lang: LangId, longest: usize) -> BookView {
        let path = Page::Catalogue.path(self.views.catalogue.lang(lang));
        self.views.book(Here { lang, path: &path }, longest)
    }

    /// The files that a browser needs to print an edition of the handbook: paths of the output and bytes, the page first.
    /// `pages` are the page numbers of the anchors; `blank` asks for an empty page after the front matter.
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn printable(
        &self,
        lang: LangId,
        edition: Edition,
        pages: BTreeMap<String, String>,
        blank: bool,
    ) -> Result<Vec<(String, Vec<u8>)>, Report> {
        let language = &self.views.catalogue.languages()[lang.0];
        let (page, sheet) = (Page::Catalogue.path(language), url::catalogue_style(language));
        let mut book = self.book(lang, self.layout(lang, edition).longest).with_codes();
        book.large = edition == Edition::Large;
        book.pages = pages;
        book.blank = blank;
        let mut html = Vec::new();
        self.renderer.page("catalogue", lang, &book, &[("shared", &self.shared[&lang][0])], &mut html)?;
        let html = links::rewrite(&String::from_utf8_lossy(&html), &|link| self.beyond(&page, link));
        let style = self.catalogue_style(lang, edition)?;
        let mut files = vec![(page, html.into_bytes()), (sheet, style.into_bytes())];
        // Scripts are for readers of the site: nothing of the book depends on them.
        let assets = self.theme.assets.iter().filter(|asset| !asset.name.ends_with(".js"));
        files.extend(assets.map(|asset| (asset.path.clone(), asset.bytes.clone())));
        Ok(files)
    }

    /// The handbook of a language as EPUB. A screen can be touched: links take the place of QR codes.
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn epub(&self, lang: LangId) -> Result<Vec<u8>, Report> {
        let mut book = self.book(lang, usize::MAX);
        for entry in book.chapters.iter_mut().flat_map(|chapter| &mut chapter.entries) {
            entry.href = entry.address.clone().unwrap_or_default();
        }
        handbook::epub(&book, lang, &self.renderer, self.theme)
    }

    /// The site of a language as one file: the handbook with search, and everything that they need inside.
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn single(&self, lang: LangId) -> Result<String, Report> {
        let path = Page::Catalogue.path(self.views.catalogue.lang(lang));
        let mut book = self.book(lang, usize::MAX).with_codes();
        book.searchable = !self.search.is_empty();
        let html = self.renderer.plain("pages/single.html", lang, &book)?;
        let html = links::rewrite(&html, &|link| self.beyond(&path, link));
        let scripts = self.scripts(lang, &book);
        Ok(single::filled(&html, &self.style(lang)?, &scripts))
    }

    /// The text of an asset.
    fn text(&self, name: &str) -> String {
        let asset = self.theme.assets.iter().find(|asset| asset.name == name);
        asset.map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned()).unwrap_or_default()
    }

    /// Every sheet that a page of the language needs, the printed book's among them, with the fonts inside.
    fn style(&self, lang: LangId) -> Result<String, Report> {
        let own = format!("lang-{}.css", self.views.catalogue.lang(lang).tag);
        let mut style: String = ["style.css", "pages.css", &own].into_iter().map(|name| self.text(name)).collect();
        style.push_str(&self.catalogue_style(lang, Edition::A4)?);
        for asset in self.theme.assets.iter().filter(|asset| asset.name.ends_with(".woff2")) {
            let file = asset.path.trim_start_matches("assets/");
            let inside = data_url("font/woff2", &asset.bytes);
            style = style.replace(&format!("url(\"{file}\")"), &format!("url(\"{inside}\")"));
        }
        Ok(style)
    }

    /// The scripts of the page, in the order in which they need each other.
    fn scripts(&self, lang: LangId, book: &BookView) -> Vec<Script> {
        let plain = |name: &str| Script { text: self.text(name), attributes: String::new() };
        let index = url::search_index(self.views.catalogue.lang(lang));
        let attributes = if book.searchable { format!(" data-search=\"{index}\"") } else { String::new() };
        let mut scripts = vec![plain("display.js"), Script { attributes, ..plain("page.js") }];
        if book.page.writing == Writing::Vertical.as_str() {
            scripts.push(plain("vertical.js"));
        }
        if book.searchable {
            scripts.push(plain("single.js"));
            // Of other languages only the source's index is ever asked.
            let source = url::search_index(self.views.catalogue.lang(LangId::SOURCE));
            let folders = [&index, &source].map(|path| path.trim_end_matches("index.js").to_owned());
            let wanted = |file: &&search::File| {
                let shared = file.path.matches('/').count() == 1;
                shared || folders.iter().any(|folder| file.path.starts_with(folder))
            };
            let data = self.search.iter().filter(wanted).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
            scripts.extend(data.map(|text| Script { text, attributes: String::new() }));
            scripts.extend(["search.js", "sounds.js", "finder.js"].map(plain));
        }
        scripts
    }

    /// A link of the page at `path` as it is in a book: within the book as it is, to the site by its full address.
    fn beyond(&self, path: &str, link: &str) -> Option<String> {
        if link.starts_with('#') || links::is_absolute(link) {
            return Some(link.to_owned());
        }
        self.views.base_url.map(|base| links::resolve(base, path, link))
    }

    /// Paper and type of an edition in a language.
    pub(super) fn layout(&self, lang: LangId, edition: Edition) -> Layout {
        edition.layout(self.views.catalogue.languages()[lang.0].writing)
    }

    /// The sheet of an edition of the handbook.
    pub(super) fn catalogue_style(&self, lang: LangId, edition: Edition) -> Result<String, Report> {
        let language = &self.views.catalogue.languages()[lang.0];
        let heads = self.views.book_heads(Here { lang, path: &url::catalogue_style(language) });
        self.renderer.plain("handbook/print.css", lang, &StyleView::new(heads, edition, language.writing))
    }
}
