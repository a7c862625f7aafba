//! The site as a plan: every path of the output, and how its bytes are made.
//!
//! Lives here: how each of them is made (`pages` says which there are). Bytes are made on request, by any thread, and kept
//! by nobody: memory stays flat, however many pages there are. Never here: writing them anywhere (`write`), what is on them (`view`, `data`).

mod books;
mod fragments;
mod pages;

use crate::data;
use crate::diag::Report;
use crate::handbook::Edition;
use crate::lang::LangId;
use crate::model::{Catalogue, DepartmentId, DomainId, ItemId, OptionalPart};
use crate::offline;
use crate::render::{Renderer, Shared};
use crate::search::{self, Index};
use crate::sink::Sink;
use crate::theme::Theme;
use crate::url;
use crate::view::{Here, Limit, Paging, Views};
use fragments::Fragments;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::mem::discriminant;

/// What the caller decides about a build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the site will be published; overrides `site.yaml`. In the form of [`url::normal_base`].
    pub base_url: Option<String>,
    /// Whether to minify what pages share.
    pub minify: bool,
    /// How much stands on one page.
    pub paging: Paging,
}

impl Options {
    /// With the sizes of pages that every site has.
    pub fn new(base_url: Option<String>, minify: bool) -> Self {
        Self { base_url, minify, paging: Paging::SITE }
    }
}

/// How the bytes of a file are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipe {
    Root,
    NotFound,
    Home(LangId),
    Items(LangId),
    Item(LangId, ItemId),
    Former(LangId, ItemId),
    // Of a list, and of the printable catalogue in parts: which of its pages, from 1.
    Domain(LangId, DomainId, usize),
    Department(LangId, DepartmentId, usize),
    Audience(LangId, usize, usize),
    LifeEvent(LangId, usize, usize),
    Chapter(LangId, DomainId, usize),
    Policy(LangId, usize),
    Tasks(LangId),
    Division(LangId),
    Indicators(LangId),
    Changes(LangId),
    Catalogue(LangId),
    /// The style sheet of the printable catalogue.
    CatalogueStyle(LangId),
    Search(LangId),
    About(LangId),
    Data(LangId),
    /// A file of open data.
    DataFile(usize),
    /// The sitemap, or the index of so many files.
    Sitemap(usize),
    /// One of these files.
    SitemapPart(usize),
    /// The Atom feed of a language.
    Feed(LangId),
    Robots,
    Worker,
    Manifest,
    Asset(usize),
    /// A file of search.
    Found(usize),
}

/// The plan of a site.
pub struct Site<'a> {
    views: Views<'a>,
    theme: &'a Theme,
    renderer: Renderer<'a>,
    /// By language: the shared parts for pages in its folder and one folder deeper.
    shared: BTreeMap<LangId, [Shared; 2]>,
    root: Shared,
    not_found: Shared,
    /// By language and domain: what the pages of its items say of the domain. None where it has no items of its own.
    facts: Vec<Vec<Option<Shared>>>,
    fragments: Fragments,
    paths: Vec<String>,
    recipes: Vec<Recipe>,
    data: data::Data<'a>,
    search: Vec<search::File>,
}

impl<'a> Site<'a> {
    /// Plans the site, and renders what its pages share; `search` are its [`search_files`].
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn plan(
        catalogue: &'a Catalogue,
        search: Vec<search::File>,
        theme: &'a Theme,
        options: &'a Options,
    ) -> Result<Self, Report> {
        let base_url = options.base_url.as_deref().or(catalogue.site.base_url.as_deref());
        let views = Views::new(catalogue, base_url).paged(options.paging);
        let renderer = Renderer::new(theme, options.minify)?;
        let mut shared = BTreeMap::new();
        for (lang, language) in catalogue.lang_ids() {
            let at = |path: &str, root: &str| {
                let here = Here { lang, path };
                renderer.shared(lang, &views.shared(here), root)
            };
            let folder = &language.path;
            shared
                .insert(lang, [at(&format!("{folder}/x.html"), "../")?, at(&format!("{folder}/x/x.html"), "../../")?]);
        }
        let here = Here { lang: LangId::SOURCE, path: url::ROOT };
        let at_root = renderer.shared(LangId::SOURCE, &views.shared(here), "")?;
        // 404.html is shown at any depth: its links are absolute, from the base URL's path or `/`.
        let base = base_url.map_or_else(|| "/".to_owned(), url::base_path);
        let here = Here { lang: LangId::SOURCE, path: url::NOT_FOUND };
        let not_found = renderer.shared(LangId::SOURCE, &views.shared(here).rooted(&base), &base)?;
        let facts = catalogue.lang_ids().map(|(lang, _)| domain_facts(&views, &renderer, lang));
        let facts = facts.collect::<Result<_, Report>>()?;
        let mut plan = pages::plan(&views, theme);
        if base_url.is_some() {
            plan.extend(pages::sitemap_files(views.sitemaps(Limit::PROTOCOL).len()));
        }
        if views.has_feeds() {
            plan.extend(catalogue.lang_ids().map(|(lang, language)| (url::feed(language), Recipe::Feed(lang))));
        }
        let data = data::Data::new(catalogue, base_url, &|lang, key| theme.own_string(lang, key));
        let files = data.files().iter().enumerate().filter(|_| catalogue.site.has(OptionalPart::Data));
        plan.extend(files.map(|(at, file)| (file.path.clone(), Recipe::DataFile(at))));
        plan.extend(search.iter().enumerate().map(|(at, file)| (file.path.clone(), Recipe::Found(at))));
        let (paths, recipes) = plan.into_iter().unzip();
        let fragments = Fragments::new(catalogue);
        Ok(Self {
            views,
            theme,
            renderer,
            shared,
            root: at_root,
            not_found,
            facts,
            fragments,
            paths,
            recipes,
            data,
            search,
        })
    }

    /// The paths of the output, sorted.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The place of a path among them.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.paths.binary_search_by(|known| known.as_str().cmp(path)).ok()
    }

    /// The first page of each kind in each language, by its place: together they use every template.
    pub fn samples(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let pages = (0..self.paths.len()).filter(|at| self.paths[*at].ends_with(".html"));
        let folder = |at: usize| self.paths[at].split('/').next();
        pages.filter(|at| seen.insert((discriminant(&self.recipes[*at]), folder(*at)))).collect()
    }

    /// Makes the files at these places and throws them away.
    ///
    /// # Errors
    /// The faults of all of them, each once.
    pub fn try_out(&self, places: impl IntoParallelIterator<Item = usize>) -> Result<(), Report> {
        let make = |bytes: &mut Vec<u8>, at| self.write(at, &mut Sink::new(bytes, &mut |_| {})).err();
        let faults: Vec<Report> = places.into_par_iter().map_init(Vec::new, make).flatten_iter().collect();
        let mut all = Report::default();
        faults.into_iter().for_each(|report| all.merge(report));
        all.once_a_place();
        if all.is_empty() { Ok(()) } else { Err(all) }
    }

    /// Where the site is published, if that is known.
    pub fn base_url(&self) -> Option<&str> {
        self.views.base_url
    }

    /// Whether there is a sitemap: it needs a base URL.
    pub fn has_sitemap(&self) -> bool {
        self.recipes.iter().any(|recipe| matches!(recipe, Recipe::Sitemap(_)))
    }

    /// Makes the bytes of the file at this place of [`Site::paths`].
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn make(&self, at: usize) -> Result<Vec<u8>, Report> {
        Sink::whole(|out| self.write(at, out))
    }

    /// Makes the bytes of the file at this place, piece by piece where they are many.
    ///
    /// # Errors
    /// A report of faults in templates.
    pub fn write(&self, at: usize, out: &mut Sink<'_>) -> Result<(), Report> {
        let path = self.paths[at].as_str();
        let made = match self.recipes[at] {
            Recipe::DataFile(at) => {
                self.data.make(at, out);
                return Ok(());
            }
            Recipe::Root => {
                return self.renderer.page(
                    "root",
                    LangId::SOURCE,
                    &self.views.root(),
                    &[("shared", &self.root)],
                    out.bytes(),
                );
            }
            Recipe::NotFound => return self.not_found(path, out.bytes()),
            Recipe::Sitemap(1) => self.sitemap_part(0)?,
            Recipe::Sitemap(files) => self.plain("pages/sitemap-index.xml", &self.views.sitemap_index(files))?,
            Recipe::SitemapPart(at) => self.sitemap_part(at)?,
            Recipe::Feed(lang) => self.renderer.plain("pages/feed.xml", lang, &self.views.feed(lang))?.into_bytes(),
            Recipe::Robots => self.views.robots().into_bytes(),
            Recipe::Worker => self.worker()?,
            Recipe::Manifest => offline::manifest(self.views.catalogue, self.theme.asset("icon.svg")),
            Recipe::CatalogueStyle(lang) => self.catalogue_style(lang, Edition::A4)?.into_bytes(),
            Recipe::Asset(at) => self.theme.assets[at].bytes.clone(),
            Recipe::Found(at) => self.search[at].bytes.clone(),
            recipe => return self.page(recipe, path, out.bytes()),
        };
        out.bytes().extend(made);
        Ok(())
    }

    /// The places of the files that tell of others, such as of their sizes: they are cheap once the others are made.
    pub fn last(&self) -> Vec<usize> {
        let tells = |at: &usize| match self.recipes[*at] {
            Recipe::Data(_) => true,
            Recipe::DataFile(at) => self.data.tells_of_others(at),
            _ => false,
        };
        (0..self.paths.len()).filter(tells).collect()
    }

    /// The warnings that came up while making files.
    pub fn warnings(&self) -> Report {
        self.renderer.warnings()
    }

    fn plain(&self, template: &str, view: &impl serde::Serialize) -> Result<Vec<u8>, Report> {
        self.renderer.plain(template, LangId::SOURCE, view).map(String::into_bytes)
    }

    fn sitemap_part(&self, at: usize) -> Result<Vec<u8>, Report> {
        let files = self.views.sitemaps(Limit::PROTOCOL);
        files.get(at).map_or_else(|| Ok(Vec::new()), |file| self.plain("pages/sitemap.xml", file))
    }

    /// The service worker: every other file is made once more, for its fingerprint; sites that are to work offline pay for it.
    fn worker(&self) -> Result<Vec<u8>, Report> {
        let kept: Vec<usize> = (0..self.paths.len()).filter(|at| offline::keeps(&self.paths[*at])).collect();
        let print = |at: &usize| Ok((self.paths[*at].as_str(), offline::fingerprint(&self.make(*at)?)));
        let files = kept.par_iter().map(print).collect::<Result<Vec<_>, Report>>()?;
        Ok(offline::worker(&files, &self.theme.worker))
    }

    fn not_found(&self, path: &str, out: &mut Vec<u8>) -> Result<(), Report> {
        let here = Here { lang: LangId::SOURCE, path };
        let root = self.views.base_url.map_or_else(|| "/".to_owned(), url::base_path);
        let view = self.views.not_found(here, &root);
        self.renderer.page("404", LangId::SOURCE, &view, &[("shared", &self.not_found)], out)
    }

    fn item(&self, here: Here<'_>, id: ItemId, out: &mut Vec<u8>) -> Result<(), Report> {
        let mut shared = vec![("shared", &self.shared[&here.lang][1])];
        let facts = &self.facts[here.lang.0][self.views.catalogue.item(id).domain.0];
        shared.extend(facts.as_ref().map(|facts| ("of_domain", facts)));
        let mut view = self.views.item(here, id);
        self.fill_item(here, id, &mut view)?;
        self.renderer.page("item", here.lang, &view, &shared, out)
    }

    fn page(&self, recipe: Recipe, path: &str, out: &mut Vec<u8>) -> Result<(), Report> {
        let views = &self.views;
        let depth = usize::from(path.matches('/').count() > 1);
        /// Renders a view in its language, with the parts shared at this depth.
        macro_rules! page {
            ($template:literal, $lang:ident, |$here:ident| $view:expr) => {{
                let $here = Here { lang: $lang, path };
                self.renderer.page($template, $lang, &$view, &[("shared", &self.shared[&$lang][depth])], out)
            }};
        }
        /// Renders a group's page with its items.
        macro_rules! group {
            ($lang:ident, |$here:ident| $view:expr) => {
                page!("group", $lang, |$here| {
                    let mut view = $view;
                    self.rows($here, &mut view.sections, false)?;
                    view
                })
            };
        }
        match recipe {
            Recipe::Home(lang) => page!("home", lang, |here| views.home(here)),
            Recipe::Items(lang) => page!("items", lang, |here| {
                let mut view = views.items(here);
                self.rows(here, &mut view.sections, true)?;
                view
            }),
            Recipe::Item(lang, id) => self.item(Here { lang, path }, id, out),
            Recipe::Former(lang, id) => page!("moved", lang, |here| views.moved(here, id)),
            Recipe::Domain(lang, id, part) => group!(lang, |here| views.domain(here, id, part)),
            Recipe::Department(lang, id, part) => group!(lang, |here| views.department(here, id, part)),
            Recipe::Audience(lang, at, part) => group!(lang, |here| views.audience(here, at, part)),
            Recipe::LifeEvent(lang, at, part) => group!(lang, |here| views.life_event(here, at, part)),
            Recipe::Policy(lang, at) => page!("policy", lang, |here| views.policy_text(here, at)),
            Recipe::Tasks(lang) => page!("tasks", lang, |here| views.tasks(here)),
            Recipe::Division(lang) => page!("division", lang, |here| views.division(here)),
            Recipe::Indicators(lang) => page!("indicators", lang, |here| views.indicators(here)),
            Recipe::Changes(lang) => page!("changes", lang, |here| views.changes(here)),
            Recipe::Catalogue(lang) => {
                let longest = self.layout(lang, Edition::A4).longest;
                let book = if views.is_split() { Views::front } else { Views::book };
                page!("catalogue", lang, |here| book(views, here, longest).with_codes())
            }
            Recipe::Chapter(lang, id, part) => {
                let longest = self.layout(lang, Edition::A4).longest;
                page!("chapter", lang, |here| views.chapter(here, id, part, longest).with_codes())
            }
            Recipe::Search(lang) => page!("search", lang, |here| views.search(here)),
            Recipe::About(lang) => page!("about", lang, |here| views.about(here)),
            Recipe::Data(lang) => page!("data", lang, |here| views.data(here, &self.data.facts())),
            // The files that are no page of a language are made by `make`.
            _ => Ok(()),
        }
    }
}

/// What the pages of items say of their domains, rendered once for each.
fn domain_facts(views: &Views<'_>, renderer: &Renderer<'_>, lang: LangId) -> Result<Vec<Option<Shared>>, Report> {
    let parts = [("tasks_html", "partials/domain-tasks.html"), ("indicators_html", "partials/domain-indicators.html")];
    let path = url::Page::Item("x").path(views.catalogue.lang(lang));
    let facts = |at: usize| {
        let has_items = !views.catalogue.domains[at].items.is_empty();
        let view = || views.domain_facts(Here { lang, path: &path }, DomainId(at));
        has_items.then(|| renderer.common(lang, &view(), &parts)).transpose()
    };
    (0..views.catalogue.domains.len()).map(facts).collect()
}

/// The files of search in every language; none without indices.
pub fn search_files(catalogue: &Catalogue, indices: &[Index], theme: &Theme) -> Vec<search::File> {
    if indices.is_empty() {
        return Vec::new();
    }
    let script = |name: &str| theme.asset(name).map(str::to_owned).unwrap_or_default();
    let scripts = search::Scripts {
        engine: script("search.js"),
        sounds: script("sounds.js"),
        finder: script("finder.js"),
        results: script("results.js"),
    };
    let sounds = search::sounds();
    let files = indices.par_iter().map(|index| search::files(index, catalogue, &scripts, &sounds.path));
    let mut files: Vec<search::File> = files.flatten_iter().collect();
    files.push(sounds);
    files
}
