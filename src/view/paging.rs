//! Long lists in pages: how much stands on one page, which items those are, and the links between them.
//!
//! Lives here: the one rule of sizes, and the arithmetic of it. A page costs what stands on it, however long its list is.
//! Never here: the files of the pages (`url`), what is said of an item (`item`, `book`).

use super::{Here, Views};
use crate::model::{Catalogue, DomainId, Group, ItemId, OptionalPart};
use crate::url::{self, Listing};
use serde::Serialize;
use std::ops::Range;

/// How much stands on one page at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Items on a page of a list.
    pub list: usize,
    /// Items of a catalogue that still stands whole: in the full index, in the annex of the document, as the printable
    /// catalogue. Longer ones are grouped, and their printable catalogue comes in parts.
    pub whole: usize,
    /// Entries on a part of a printable catalogue.
    pub entries: usize,
}

impl Paging {
    /// The sizes of a site, chosen by weight: a row in Mongolian has up to 750 bytes and a full entry some 5,000, without its
    /// QR code. So a page of a list stays below 130 KB, and a part of the catalogue has the size of the shipped one.
    pub const SITE: Self = Self { list: 150, whole: 500, entries: 100 };
}

impl Default for Paging {
    fn default() -> Self {
        Self::SITE
    }
}

/// On which of its pages a list is, and the way to the others.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// This one; the first is 1.
    pub number: usize,
    /// How many there are: at least two.
    pub count: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The first page, those around this one, and the last; few, however many there are.
    pub links: Vec<PartLink>,
}

/// A page of a list, or a gap between two.
#[derive(Debug, Serialize)]
pub struct PartLink {
    /// Its number; none for a gap.
    pub number: Option<usize>,
    /// Where to; empty for a gap.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

/// Where the items of each domain stand in the catalogue. They follow each other: domains stand in the order of a tree that
/// is read aloud, and items in the order of their domains.
#[derive(Debug)]
pub(super) struct Places {
    domains: Vec<Place>,
}

/// The place of a domain.
#[derive(Debug, Clone)]
struct Place {
    /// Its own items.
    own: Range<usize>,
    /// Its items and those within it.
    within: Range<usize>,
    /// It and the domains within it.
    tree: Range<usize>,
    /// The outermost domain around it.
    top: DomainId,
    /// The first and the last number, where its items are numbered without a gap.
    numbers: Option<(u32, u32)>,
}

impl Places {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut domains: Vec<Place> = Vec::with_capacity(catalogue.domains.len());
        let mut start = 0;
        for (at, domain) in catalogue.domains.iter().enumerate() {
            let own = start..start + domain.items.len();
            start = own.end;
            let top = domain.parent.map_or(DomainId(at), |parent| domains[parent.0].top);
            domains.push(Place { within: own.clone(), own, tree: at..at + 1, top, numbers: None });
        }
        // Backwards, so that a domain is whole before it is added to the one around it.
        for at in (0..domains.len()).rev() {
            let Place { within, tree, .. } = domains[at].clone();
            domains[at].numbers = numbers(catalogue, within.clone());
            if let Some(parent) = catalogue.domains[at].parent {
                let around = &mut domains[parent.0];
                around.within.end = around.within.end.max(within.end);
                around.tree.end = around.tree.end.max(tree.end);
            }
        }
        Self { domains }
    }
}

/// The first and the last number of these items, where they are numbered without a gap.
fn numbers(catalogue: &Catalogue, items: Range<usize>) -> Option<(u32, u32)> {
    let (mut first, mut last) = (u32::MAX, 0);
    for at in items.clone() {
        let number = catalogue.item(ItemId(at)).number.as_ref()?.value;
        (first, last) = (first.min(number), last.max(number));
    }
    let count = u32::try_from(items.len()).ok().filter(|count| *count > 0)?;
    (last - first + 1 == count).then_some((first, last))
}

/// Items of one domain that stand together on a page.
pub(super) struct Run {
    pub(super) domain: DomainId,
    /// Places in [`Catalogue::items`].
    pub(super) items: Range<usize>,
}

/// How many pages of `size` a list has; one that is empty has one.
fn pages(length: usize, size: usize) -> usize {
    length.div_ceil(size.max(1)).max(1)
}

/// The places of a list that stand on a page.
fn cut(length: usize, size: usize, part: usize) -> Range<usize> {
    let start = (part.saturating_sub(1) * size).min(length);
    start..(start + size).min(length)
}

impl Views<'_> {
    /// Whether the catalogue is too long to stand anywhere as a whole.
    pub fn is_split(&self) -> bool {
        self.catalogue.items.len() > self.paging.whole
    }

    /// How many pages a domain has.
    pub fn domain_pages(&self, id: DomainId) -> usize {
        pages(self.places.domains[id.0].within.len(), self.paging.list)
    }

    /// The departments, audiences and life events, each with its place among its like.
    pub fn groups(&self) -> impl Iterator<Item = (Listing, usize, &Group)> {
        let c = self.catalogue;
        let lists = [
            (Listing::Department, &c.departments),
            (Listing::Audience, &c.audiences),
            (Listing::LifeEvent, &c.life_events),
        ];
        let places = |(listing, groups)| {
            let groups: &Vec<Group> = groups;
            groups.iter().enumerate().map(move |(at, group)| (listing, at, group))
        };
        lists.into_iter().flat_map(places)
    }

    /// How many pages a department, an audience or a life event has.
    pub fn group_pages(&self, group: &Group) -> usize {
        pages(group.items.len(), self.paging.list)
    }

    /// The outermost domains, each with the number of its files in a printable catalogue that comes in parts; none of one
    /// that does not.
    pub fn chapter_pages(&self) -> Vec<(DomainId, usize)> {
        let is_there = self.is_split() && self.catalogue.site.has(OptionalPart::Catalogue);
        let tops = self.catalogue.top_domains().filter(|_| is_there);
        tops.map(|id| (id, pages(self.places.domains[id.0].within.len(), self.paging.entries))).collect()
    }

    /// The first and the last number of the items within a domain, where they are numbered without a gap.
    pub(super) fn number_range(&self, id: DomainId) -> Option<(u32, u32)> {
        self.places.domains[id.0].numbers
    }

    /// How many items are in a domain and within it.
    pub(super) fn count_within(&self, id: DomainId) -> usize {
        self.places.domains[id.0].within.len()
    }

    /// The outermost domain around one.
    fn top(&self, id: DomainId) -> DomainId {
        self.places.domains[id.0].top
    }

    /// What stands on a page of a domain, by domain: itself first, even where its own items stand on another page; then
    /// those within it, an empty one on the page where its items would be.
    pub(super) fn runs(&self, id: DomainId, size: usize, part: usize) -> Vec<Run> {
        let Place { within, tree, .. } = &self.places.domains[id.0];
        let here = cut(within.len(), size, part);
        let (start, end) = (within.start + here.start, within.start + here.end);
        let is_last = end == within.end;
        let run = |at: usize| {
            let own = &self.places.domains[at].own;
            let items = own.start.clamp(start, end)..own.end.clamp(start, end);
            let would_stand = (start..end).contains(&own.start) || is_last && own.start == end;
            let stands = at == id.0 || !items.is_empty() || own.is_empty() && would_stand;
            stands.then_some(Run { domain: DomainId(at), items })
        };
        tree.clone().filter_map(run).collect()
    }

    /// The items of a group that stand on a page, cut into runs of one domain: the domain, how many items of the whole
    /// group are in it, and those on the page.
    pub(super) fn group_runs<'g>(&self, items: &'g [ItemId], part: usize) -> Vec<(DomainId, usize, &'g [ItemId])> {
        let here = &items[cut(items.len(), self.paging.list, part)];
        let runs = here.chunk_by(|a, b| self.catalogue.item(*a).domain == self.catalogue.item(*b).domain);
        let run = |run: &'g [ItemId]| {
            let domain = self.catalogue.item(*run.first()?).domain;
            let own = &self.places.domains[domain.0].own;
            let before = |place: usize| items.partition_point(|item| item.0 < place);
            Some((domain, before(own.end) - before(own.start), run))
        };
        runs.filter_map(run).collect()
    }

    /// The part of a printable catalogue in which a place of the catalogue stands: the outermost domain and the number.
    pub(super) fn chapter_of(&self, domain: DomainId, item: usize) -> (DomainId, usize) {
        let top = self.top(domain);
        let within = &self.places.domains[top.0].within;
        // An empty domain at the end stands on the last part.
        let last = pages(within.len(), self.paging.entries);
        (top, ((item - within.start) / self.paging.entries.max(1) + 1).min(last))
    }

    /// The first of a domain's own items, as a place in the catalogue; where they would be, if it has none.
    pub(super) fn first_place(&self, id: DomainId) -> usize {
        self.places.domains[id.0].own.start
    }

    /// The way between the pages of a list; none where there is but one.
    pub(super) fn parts(
        &self,
        here: Here<'_>,
        listing: Listing,
        id: &str,
        (number, count): (usize, usize),
    ) -> Option<Parts> {
        let href = |part: usize| url::relative(here.path, &listing.page(id, part).path(self.lang(here.lang)));
        let link = |part: Option<usize>| PartLink {
            number: part,
            href: part.map(href).unwrap_or_default(),
            current: part == Some(number),
        };
        (count > 1).then(|| Parts {
            number,
            count,
            previous: (number > 1).then(|| href(number - 1)),
            next: (number < count).then(|| href(number + 1)),
            links: window(number, count).into_iter().map(link).collect(),
        })
    }
}

/// The pages that links lead to, with gaps: the first, two on either side of this one, and the last. A gap of one is that
/// page.
fn window(number: usize, count: usize) -> Vec<Option<usize>> {
    const AROUND: usize = 2;
    let mut shown: Vec<Option<usize>> = Vec::new();
    let mut last = 0;
    let middle = number.saturating_sub(AROUND).max(2)..(number + AROUND + 1).min(count);
    for part in std::iter::once(1).chain(middle).chain((count > 1).then_some(count)) {
        match part - last {
            0 | 1 => {}
            2 => shown.push(Some(part - 1)),
            _ => shown.push(None),
        }
        shown.push(Some(part));
        last = part;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_into_pages_and_nothing_is_lost() {
        for length in [0, 1, 9, 10, 11, 20, 21] {
            let count = pages(length, 10);
            let all: Vec<usize> = (1..=count).flat_map(|part| cut(length, 10, part)).collect();
            assert_eq!(all, (0..length).collect::<Vec<_>>(), "{length}");
            assert!((1..=count).all(|part| cut(length, 10, part).len() <= 10));
        }
        assert_eq!((pages(0, 10), pages(10, 10), pages(11, 10)), (1, 1, 2));
    }

    #[test]
    fn a_domain_goes_on_with_those_within_it_and_an_empty_one_stands_once() {
        let mut files = vec![
            ("site.yaml".to_owned(), "languages: [{tag: en, path: en, name: English}]\ntitle: List\n".to_owned()),
            (
                "catalogue.yaml".to_owned(),
                "name: List\nnumbers: none\nfields: [{id: name, label: Name, role: title, kind: line}]\n".to_owned(),
            ),
            (
                "domains.yaml".to_owned(),
                "- {id: a, name: A, domains: [{id: b, name: B}, {id: c, name: C}, {id: d, name: D}, {id: e, name: E}]}\n- {id: f, name: F}\n".to_owned(),
            ),
        ];
        let items = ["a/b/one", "a/b/two", "a/d/three", "f/four"];
        files.extend(items.map(|item| (format!("items/{item}.yaml"), "text: {name: x}\n".to_owned())));
        let outcome = crate::load(&crate::source::Sources::from_memory(files));
        assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
        let catalogue = outcome.value;
        let views = Views::new(&catalogue, None).paged(Paging { list: 2, whole: 0, entries: 2 });
        let page = |domain: usize, part| {
            let run = |run: Run| format!("{}{}", catalogue.domain(run.domain).id.value, run.items.len());
            views.runs(DomainId(domain), 2, part).into_iter().map(run).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((page(0, 1), page(0, 2)), ("a0 b2".into(), "a0 c0 d1 e0".into()));
        assert_eq!((page(2, 1), page(5, 1)), ("c0".into(), "f1".into()));
        assert_eq!((views.domain_pages(DomainId(0)), views.domain_pages(DomainId(2))), (2, 1));
        // Where the empty ones begin, and the item of the domain that comes next.
        let part = |domain: usize| views.chapter_of(DomainId(domain), views.first_place(DomainId(domain)));
        assert_eq!([part(2), part(4), part(5)], [(DomainId(0), 2), (DomainId(0), 2), (DomainId(5), 1)]);
        assert_eq!(views.chapter_pages(), [(DomainId(0), 2), (DomainId(5), 1)]);
        assert_eq!((views.number_range(DomainId(0)), views.count_within(DomainId(0))), (None, 3));
    }

    #[test]
    fn a_pager_does_not_grow_with_its_list() {
        let shown = |number, count| {
            let word = |part: Option<usize>| part.map_or("…".to_owned(), |part| part.to_string());
            window(number, count).into_iter().map(word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(2, 2), "1 2");
        assert_eq!(shown(1, 5), "1 2 3 4 5");
        assert_eq!(shown(1, 9), "1 2 3 … 9");
        assert_eq!(shown(5, 9), "1 2 3 4 5 6 7 8 9");
        assert_eq!(shown(6, 20), "1 … 4 5 6 7 8 … 20");
        assert_eq!(shown(20, 20), "1 … 18 19 20");
        assert!((1..=1000).all(|number| window(number, 1000).len() <= 9));
    }
}
