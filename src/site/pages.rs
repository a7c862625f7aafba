//! Which files a site has: every path and its recipe.
//!
//! Lives here: the list of pages, in every language. Never here: how long lists are cut (`view`), how a file is made.

use super::Recipe;
use crate::lang::LangId;
use crate::model::{Catalogue, DepartmentId, DomainId, ItemId, OptionalPart};
use crate::theme::Theme;
use crate::url::{self, Listing, Page};
use crate::view::Views;
use std::collections::BTreeMap;

/// The paths of a sitemap of so many files: one is itself the sitemap, more are named by it.
pub(super) fn sitemap_files(files: usize) -> Vec<(String, Recipe)> {
    let parts = (0..files).filter(|_| files > 1);
    let mut paths: Vec<_> = parts.map(|at| (url::sitemap_part(at + 1), Recipe::SitemapPart(at))).collect();
    paths.push((url::SITEMAP.to_owned(), Recipe::Sitemap(files)));
    paths
}

/// Every path and its recipe, sorted by path; each path stands once.
pub(super) fn plan(views: &Views<'_>, theme: &Theme) -> BTreeMap<String, Recipe> {
    let catalogue = views.catalogue;
    let mut plan = BTreeMap::new();
    plan.insert(url::ROOT.to_owned(), Recipe::Root);
    plan.insert(url::NOT_FOUND.to_owned(), Recipe::NotFound);
    plan.insert(url::ROBOTS.to_owned(), Recipe::Robots);
    if catalogue.site.offline {
        plan.insert(url::WORKER.to_owned(), Recipe::Worker);
        plan.insert(url::MANIFEST.to_owned(), Recipe::Manifest);
    }
    for (at, asset) in theme.assets.iter().enumerate() {
        plan.insert(asset.path.clone(), Recipe::Asset(at));
    }
    for (lang, language) in catalogue.lang_ids() {
        if catalogue.site.has(OptionalPart::Catalogue) {
            plan.insert(url::catalogue_style(language), Recipe::CatalogueStyle(lang));
        }
        for (page, recipe) in pages(catalogue, lang).into_iter().chain(lists(views, lang)) {
            plan.insert(page.path(language), recipe);
        }
    }
    plan
}

/// The pages of one language but for lists. Redirects come first, so that a page that exists always wins over a former
/// address.
fn pages(catalogue: &Catalogue, lang: LangId) -> Vec<(Page<'_>, Recipe)> {
    let policy = &catalogue.policy;
    let mut pages = Vec::new();
    for (at, item) in catalogue.items.iter().enumerate() {
        let former = item.former_slugs.iter().map(|slug| (Page::Item(&slug.value), Recipe::Former(lang, ItemId(at))));
        pages.extend(former);
    }
    pages.extend([
        (Page::Home, Recipe::Home(lang)),
        (Page::Items, Recipe::Items(lang)),
        (Page::About, Recipe::About(lang)),
    ]);
    let optional = [
        (OptionalPart::Catalogue, Page::Catalogue, Recipe::Catalogue(lang)),
        (OptionalPart::Data, Page::Data, Recipe::Data(lang)),
    ];
    let here = optional.into_iter().filter(|(part, ..)| catalogue.site.has(*part));
    pages.extend(here.map(|(_, page, recipe)| (page, recipe)));
    if catalogue.site.search.enabled {
        pages.push((Page::Search, Recipe::Search(lang)));
    }
    let items = catalogue.items.iter().enumerate();
    pages.extend(items.map(|(at, item)| (Page::Item(&item.slug), Recipe::Item(lang, ItemId(at)))));
    let texts = policy.texts.iter().enumerate();
    pages.extend(texts.map(|(at, text)| (Page::Policy(&text.name), Recipe::Policy(lang, at))));
    if !policy.areas.is_empty() {
        pages.push((Page::Tasks, Recipe::Tasks(lang)));
    }
    if !policy.division.is_empty() {
        pages.push((Page::Division, Recipe::Division(lang)));
    }
    if !policy.indicators.is_empty() {
        pages.push((Page::Indicators, Recipe::Indicators(lang)));
    }
    if !catalogue.changes.is_empty() {
        pages.push((Page::Changes, Recipe::Changes(lang)));
    }
    pages
}

/// The lists of one language, page by page: domains, groups, and the printable catalogue where it comes in parts.
fn lists<'v>(views: &'v Views<'_>, lang: LangId) -> Vec<(Page<'v>, Recipe)> {
    let catalogue = views.catalogue;
    let mut pages = Vec::new();
    let mut add = |listing: Listing, id: &'v str, parts: usize, recipe: &dyn Fn(usize) -> Recipe| {
        pages.extend((1..=parts).map(|part| (listing.page(id, part), recipe(part))));
    };
    for (at, domain) in catalogue.domains.iter().enumerate() {
        let id = DomainId(at);
        add(Listing::Domain, &domain.id.value, views.domain_pages(id), &|part| Recipe::Domain(lang, id, part));
    }
    for (id, parts) in views.chapter_pages() {
        add(Listing::Chapter, &catalogue.domain(id).id.value, parts, &|part| Recipe::Chapter(lang, id, part));
    }
    for (listing, at, group) in views.groups() {
        let recipe = |part| match listing {
            Listing::Department => Recipe::Department(lang, DepartmentId(at), part),
            Listing::Audience => Recipe::Audience(lang, at, part),
            _ => Recipe::LifeEvent(lang, at, part),
        };
        add(listing, &group.id.value, views.group_pages(group), &recipe);
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sitemap_is_itself_and_more_are_named_by_an_index() {
        assert_eq!(sitemap_files(1), [("sitemap.xml".to_owned(), Recipe::Sitemap(1))]);
        let paths: Vec<String> = sitemap_files(2).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        assert!(sitemap_files(2).contains(&("sitemap.xml".to_owned(), Recipe::Sitemap(2))));
    }
}
