//! Pages that list items: home and the full index.

use super::document::DocumentView;
use super::indicators::IndicatorTable;
use super::page::Head;
use super::{Here, Link, PageView, Phrase, Views};
use crate::model::{Domain, DomainId, Group, ItemId, OptionalPart, TextKind};
use crate::url::Page;
use serde::Serialize;

/// The home page of a language.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// What every page has.
    pub page: PageView,
    /// The site's description.
    pub lead: Option<Phrase>,
    /// How many items there are.
    pub count: usize,
    /// The list's own title.
    pub name: Phrase,
    /// The document behind the list.
    pub document: Option<DocumentView>,
    /// The outermost domains.
    pub domains: Vec<DomainCard>,
    /// The audiences that have items.
    pub audiences: Vec<Link>,
    /// The life events that have items.
    pub life_events: Vec<Link>,
    /// The departments that lead items.
    pub departments: Vec<Link>,
    /// The key indicators.
    pub indicators: Option<IndicatorTable>,
    /// How many indicators there are.
    pub indicators_count: usize,
    /// All indicators; none where there are none.
    pub indicators_href: Option<String>,
    /// The documents of the policy.
    pub policy: Vec<PolicyLink>,
    /// The pages of the policy that are no documents, by the strings' keys.
    pub policy_pages: Vec<(&'static str, String)>,
    /// The full index.
    pub items_href: String,
    /// The printable catalogue; none where the site goes without.
    pub catalogue_href: Option<String>,
    /// Open data; none where the site goes without.
    pub data_href: Option<String>,
}

/// A document of the policy.
#[derive(Debug, Serialize)]
pub struct PolicyLink {
    /// `notice`, `interpretation` or `other`.
    pub kind: &'static str,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Phrase,
}

/// A domain on the home page.
#[derive(Debug, Serialize)]
pub struct DomainCard {
    /// Its id: the anchor.
    pub id: String,
    /// Its page.
    pub link: Link,
    /// A sentence about it.
    pub summary: Option<Phrase>,
    /// The domains within it.
    pub children: Vec<Link>,
    /// The first and the last number, where its items are numbered without a gap.
    pub numbers: Option<(u32, u32)>,
}

/// The full index.
#[derive(Debug, Serialize)]
pub struct ItemsView {
    /// What every page has.
    pub page: PageView,
    /// How many items there are.
    pub count: usize,
    /// The domains, each with its items, where they are listed.
    pub sections: Vec<Section>,
    /// Whether they are: a long list is left to the pages of the domains.
    pub listed: bool,
    /// Where its search form leads if they are not; none where the site has no search.
    pub search_href: Option<String>,
}

/// A domain and its items in a longer list.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its id: the anchor.
    pub id: String,
    /// Its page.
    pub link: Link,
    /// How deep it is: 0 for an outermost domain.
    pub depth: usize,
    /// How many items are directly in it; on the page of another group, how many of that group.
    pub count: usize,
    /// Those of them that stand on this page.
    #[serde(skip)]
    pub items: Vec<ItemId>,
    /// The level of their headings.
    #[serde(skip)]
    pub level: u8,
    /// Those items, as whoever renders the page puts them in ([`super::ListedView`]).
    pub rows_html: String,
}

/// A page that has no text of its own: its heading is a string of the theme, which the template knows.
pub(super) fn untitled() -> Phrase {
    Phrase::default()
}

impl Views<'_> {
    pub(super) fn home_link(&self, here: Here<'_>) -> Link {
        self.link(here, Page::Home, &self.catalogue.site.title)
    }

    pub(super) fn plain_head<'p>(&self, here: Here<'_>, kind: &'static str, page: Page<'p>, title: Phrase) -> Head<'p> {
        let description =
            self.catalogue.site.description.as_ref().map(|d| d.resolve(here.lang).value.value.to_string());
        let breadcrumbs = if page == Page::Home { Vec::new() } else { vec![self.home_link(here)] };
        Head { kind, page, title, description, breadcrumbs, parts: None, jsonld: Vec::new(), own_status: Vec::new() }
    }

    /// A page whose heading is a string of the theme.
    pub(super) fn string_page(&self, here: Here<'_>, kind: &'static str, page: Page<'_>) -> PageView {
        self.page(here, self.plain_head(here, kind, page, untitled()))
    }

    /// The home page.
    pub fn home(&self, here: Here<'_>) -> HomeView {
        let catalogue = self.catalogue;
        let title = self.phrase(here, &catalogue.site.title);
        let policy = &catalogue.policy;
        let policy_pages = [
            ("tasks_title", Page::Tasks, policy.areas.is_empty()),
            ("division_title", Page::Division, policy.division.is_empty()),
            ("indicators_title", Page::Indicators, policy.indicators.is_empty()),
        ];
        let has_items = |group: &&Group| !group.items.is_empty();
        HomeView {
            page: self.page(here, self.plain_head(here, "home", Page::Home, title)),
            lead: self.optional_phrase(here, catalogue.site.description.as_ref()),
            count: catalogue.items.len(),
            name: self.phrase(here, &catalogue.name),
            document: policy.document.as_ref().map(|document| self.document(here, document)),
            domains: catalogue.top_domains().map(|id| self.domain_card(here, id)).collect(),
            audiences: (catalogue.audiences.iter().filter(has_items))
                .map(|g| self.group_link(here, Page::Audience(&g.id.value), g))
                .collect(),
            life_events: (catalogue.life_events.iter().filter(has_items))
                .map(|g| self.group_link(here, Page::LifeEvent(&g.id.value), g))
                .collect(),
            departments: (catalogue.departments.iter().filter(has_items))
                .map(|g| self.group_link(here, Page::Department(&g.id.value), g))
                .collect(),
            indicators: self.indicator_table(here, policy.indicators.iter().filter(|i| i.key)),
            indicators_count: policy.indicators.len(),
            indicators_href: (!policy.indicators.is_empty()).then(|| self.href(here, Page::Indicators)),
            policy: self.policy_links(here),
            policy_pages: policy_pages
                .into_iter()
                .filter(|(_, _, empty)| !empty)
                .map(|(key, page, _)| (key, self.href(here, page)))
                .collect(),
            items_href: self.href(here, Page::Items),
            catalogue_href: catalogue.site.has(OptionalPart::Catalogue).then(|| self.href(here, Page::Catalogue)),
            data_href: catalogue.site.has(OptionalPart::Data).then(|| self.href(here, Page::Data)),
        }
    }

    /// The documents of the policy: the notice first, then what explains it.
    fn policy_links(&self, here: Here<'_>) -> Vec<PolicyLink> {
        let mut texts: Vec<_> = self.catalogue.policy.texts.iter().collect();
        texts.sort_by_key(|text| match text.kind {
            TextKind::Notice => 0,
            TextKind::Interpretation => 1,
            TextKind::Other => 2,
        });
        let link = |text: &crate::model::PolicyText| PolicyLink {
            kind: text.kind.as_str(),
            href: self.href(here, Page::Policy(&text.name)),
            title: self.phrase(here, &text.title),
        };
        texts.into_iter().map(link).collect()
    }

    fn domain_card(&self, here: Here<'_>, id: DomainId) -> DomainCard {
        let domain = self.catalogue.domain(id);
        DomainCard {
            id: domain.id.value.to_string(),
            link: self.domain_link(here, id),
            summary: self.optional_phrase(here, domain.summary.as_ref()),
            children: domain.children.iter().map(|id| self.domain_link(here, *id)).collect(),
            numbers: self.number_range(id),
        }
    }

    /// The full index.
    pub fn items(&self, here: Here<'_>) -> ItemsView {
        let listed = !self.is_split();
        let domains = self.catalogue.domains.iter().enumerate();
        let section = |(at, domain): (usize, &Domain)| {
            let items = domain.items.iter().copied().filter(|_| listed);
            self.section(here, DomainId(at), items)
        };
        let has_search = !listed && self.catalogue.site.search.enabled;
        ItemsView {
            page: self.string_page(here, "items", Page::Items),
            count: self.catalogue.items.len(),
            sections: domains.map(section).collect(),
            listed,
            search_href: has_search.then(|| self.href(here, Page::Search)),
        }
    }

    /// A domain with those of its items that stand on the page.
    pub(super) fn section(&self, here: Here<'_>, id: DomainId, items: impl Iterator<Item = ItemId>) -> Section {
        let domain = self.catalogue.domain(id);
        Section {
            id: domain.id.value.to_string(),
            link: self.domain_link(here, id),
            depth: self.catalogue.domain_path(id).len() - 1,
            count: domain.items.len(),
            items: items.collect(),
            level: 3,
            rows_html: String::new(),
        }
    }
}
