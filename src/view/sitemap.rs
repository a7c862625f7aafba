//! The sitemap: which pages search engines are told of, in as many files as the protocol asks for.
//!
//! Lives here: the addresses, their alternates, and where one file ends and the next begins. Never here: the paths (`url`).

use super::Views;
use super::page::{Own, own_status};
use crate::lang::LangId;
use crate::model::{DomainId, OptionalPart};
use crate::url::{self, Listing, Page};
use serde::Serialize;

/// How much one file of a sitemap may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Addresses.
    pub addresses: usize,
    /// Bytes, not compressed.
    pub bytes: usize,
}

impl Limit {
    /// The limits of sitemaps.org: 50,000 addresses, 50 MB (a little less, for the first and last lines of the file).
    pub const PROTOCOL: Self = Self { addresses: 50_000, bytes: 50_000_000 };
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

/// The list of the files of a sitemap that is too long for one.
#[derive(Debug, Serialize)]
pub struct SitemapIndexView {
    /// The addresses of the files.
    pub sitemaps: Vec<String>,
    /// The date of this edition.
    pub lastmod: Option<String>,
}

impl SitemapUrl {
    /// At most as many bytes as it takes in the file; the numbers are the markup around each part, rounded up.
    fn weight(&self) -> usize {
        let alternates = self.alternates.iter().map(|(tag, href)| 80 + tag.len() + href.len());
        80 + self.loc.len() + self.lastmod.as_ref().map_or(0, String::len) + alternates.sum::<usize>()
    }
}

/// Cuts the addresses into files, each within the limit; always at least one file, and none without an address but that.
fn cut(urls: Vec<SitemapUrl>, limit: Limit) -> Vec<SitemapView> {
    let mut files = Vec::new();
    let (mut file, mut bytes) = (Vec::new(), 0);
    for url in urls {
        let weight = url.weight();
        let full = file.len() >= limit.addresses || bytes + weight > limit.bytes;
        if full && !file.is_empty() {
            files.push(SitemapView { urls: std::mem::take(&mut file) });
            bytes = 0;
        }
        bytes += weight;
        file.push(url);
    }
    files.push(SitemapView { urls: file });
    files
}

impl Views<'_> {
    /// The files of the sitemap. More than one are named by an index.
    pub fn sitemaps(&self, limit: Limit) -> Vec<SitemapView> {
        cut(self.sitemap_urls(), limit)
    }

    /// The index of this many files.
    pub fn sitemap_index(&self, files: usize) -> SitemapIndexView {
        let lastmod = self.catalogue.site.updated.as_ref().map(|date| date.value.to_string());
        let address = |base: &str| (1..=files).map(|n| url::absolute(base, &url::sitemap_part(n))).collect();
        SitemapIndexView { sitemaps: self.base_url.map(address).unwrap_or_default(), lastmod }
    }

    /// Pages that search engines may list, each with its alternates (sitemaps.org, hreflang by Google).
    fn sitemap_urls(&self) -> Vec<SitemapUrl> {
        let Some(base) = self.base_url else { return Vec::new() };
        let lastmod = self.catalogue.site.updated.as_ref().map(|date| date.value.to_string());
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
        urls
    }

    /// Every page worth listing, with the states of its own translations.
    fn listed_pages(&self) -> Vec<(Page<'_>, Vec<Option<Own>>)> {
        let c = self.catalogue;
        let count = c.languages().len();
        let policy = &c.policy;
        let mut pages = vec![(Page::Home, vec![]), (Page::Items, vec![])];
        for (at, domain) in c.domains.iter().enumerate() {
            let own = own_status(&domain.meta, count);
            let parts = 1..=self.domain_pages(DomainId(at));
            pages.extend(parts.map(|part| (Listing::Domain.page(&domain.id.value, part), own.clone())));
        }
        pages.extend(c.items.iter().map(|item| (Page::Item(&item.slug), own_status(&item.meta, count))));
        for (listing, _, group) in self.groups() {
            let own = own_status(&group.meta, count);
            let parts = 1..=self.group_pages(group);
            pages.extend(parts.map(|part| (listing.page(&group.id.value, part), own.clone())));
        }
        pages.extend(policy.texts.iter().map(|t| (Page::Policy(&t.name), own_status(&t.meta, count))));
        let parts = [
            (Page::Tasks, policy.areas.is_empty()),
            (Page::Division, policy.division.is_empty()),
            (Page::Indicators, policy.indicators.is_empty()),
        ];
        pages.extend(parts.into_iter().filter(|(_, empty)| !empty).map(|(page, _)| (page, vec![])));
        if !c.changes.is_empty() {
            pages.push((Page::Changes, self.changes_status()));
        }
        let optional = [(Page::Catalogue, OptionalPart::Catalogue), (Page::Data, OptionalPart::Data)];
        let optional = optional.into_iter().filter(|(_, part)| c.site.has(*part)).map(|(page, _)| page);
        pages.extend(optional.chain([Page::About]).map(|page| (page, vec![])));
        for (id, parts) in self.chapter_pages() {
            pages.extend((1..=parts).map(|part| (Listing::Chapter.page(&c.domain(id).id.value, part), vec![])));
        }
        pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(count: usize) -> Vec<SitemapUrl> {
        let url = |n: usize| SitemapUrl { loc: format!("https://a/{n}"), lastmod: None, alternates: Vec::new() };
        (0..count).map(url).collect()
    }

    fn sizes(count: usize, addresses: usize, bytes: usize) -> Vec<usize> {
        cut(urls(count), Limit { addresses, bytes }).iter().map(|file| file.urls.len()).collect()
    }

    #[test]
    fn a_file_holds_as_many_addresses_as_the_limit_and_no_more() {
        assert_eq!(sizes(0, 3, 9999), [0]);
        assert_eq!(sizes(3, 3, 9999), [3]);
        assert_eq!(sizes(4, 3, 9999), [3, 1]);
        assert_eq!(sizes(7, 3, 9999), [3, 3, 1]);
        assert_eq!(sizes(50_001, Limit::PROTOCOL.addresses, Limit::PROTOCOL.bytes), [50_000, 1]);
    }

    #[test]
    fn a_file_holds_no_more_bytes_than_the_limit_and_no_address_is_lost() {
        let one = urls(1)[0].weight();
        assert_eq!(sizes(5, 100, one * 2), [2, 2, 1]);
        assert_eq!(sizes(2, 100, 1), [1, 1]);
    }
}
