//! Pages that list items: home, the full index, domains, groups, the printable catalogue.

use super::page::{Head, own_status};
use super::{Answer, Here, IndicatorView, ItemCard, Link, NoteView, PageView, Phrase, Views};
use crate::model::{DepartmentId, DomainId, Group, ItemId, TextKind};
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
    /// The outermost domains.
    pub domains: Vec<DomainCard>,
    /// The audiences that have items.
    pub audiences: Vec<Link>,
    /// The life events that have items.
    pub life_events: Vec<Link>,
    /// The departments that lead items.
    pub departments: Vec<Link>,
    /// The key indicators.
    pub indicators: Vec<IndicatorView>,
    /// All indicators; none where there are none.
    pub indicators_href: Option<String>,
    /// The documents of the policy.
    pub policy: Vec<PolicyLink>,
    /// The pages of the policy that are no documents, by the strings' keys.
    pub policy_pages: Vec<(&'static str, String)>,
    /// The full index.
    pub items_href: String,
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
    /// The first few items, to say what is in it.
    pub examples: Vec<Phrase>,
}

/// The full index.
#[derive(Debug, Serialize)]
pub struct ItemsView {
    /// What every page has.
    pub page: PageView,
    /// How many items there are.
    pub count: usize,
    /// The domains, each with its items.
    pub sections: Vec<Section>,
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
    /// The items directly in it.
    pub cards: Vec<ItemCard>,
}

/// The page of a domain, a department, an audience or a life event.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// What every page has.
    pub page: PageView,
    /// The icon's name.
    pub icon: Option<String>,
    /// A sentence about it.
    pub summary: Option<Phrase>,
    /// How many items it has.
    pub count: usize,
    /// Its items: one section, or one for each inner domain.
    pub sections: Vec<Section>,
    /// The tasks it answers for (departments), or that are about it (domains).
    pub tasks: Vec<TaskLink>,
    /// Its indicators (domains).
    pub indicators: Vec<IndicatorView>,
    /// Its neighbours: the other groups of its kind.
    pub others: Vec<Link>,
}

/// A task in a list.
#[derive(Debug, Serialize)]
pub struct TaskLink {
    /// Its number.
    pub number: u32,
    /// Its place.
    pub href: String,
    /// What is to be done.
    pub name: Phrase,
}

/// The printable catalogue.
#[derive(Debug, Serialize)]
pub struct CatalogueView {
    /// What every page has.
    pub page: PageView,
    /// The list's own title.
    pub name: Phrase,
    /// How many items there are.
    pub count: usize,
    /// The domains, each with its items in full.
    pub chapters: Vec<Chapter>,
}

/// A domain of the printable catalogue.
#[derive(Debug, Serialize)]
pub struct Chapter {
    /// Its id: the anchor.
    pub id: String,
    /// Its name.
    pub name: Phrase,
    /// How deep it is.
    pub depth: usize,
    /// How many items are in it and within it.
    pub count: usize,
    /// Its items.
    pub entries: Vec<Entry>,
}

/// An item of the printable catalogue.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its slug: the anchor.
    pub slug: String,
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
    /// The answers.
    pub answers: Vec<Answer>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

/// A page that has no text of its own: its heading is a string of the theme, which the template knows.
pub(super) fn untitled() -> Phrase {
    Phrase::default()
}

impl Views<'_> {
    pub(super) fn home_link(&self, here: Here<'_>) -> Link {
        self.link(here, Page::Home, &self.catalogue.site.title)
    }

    fn plain_head<'p>(&self, here: Here<'_>, kind: &'static str, page: Page<'p>, title: Phrase) -> Head<'p> {
        let description = self.catalogue.site.description.as_ref().map(|d| d.resolve(here.lang).value.value.clone());
        let breadcrumbs = if page == Page::Home { Vec::new() } else { vec![self.home_link(here)] };
        Head { kind, page, title, description, breadcrumbs, jsonld: Vec::new(), own_status: Vec::new() }
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
            indicators: policy.indicators.iter().filter(|i| i.key).map(|i| self.indicator(here, i)).collect(),
            indicators_href: (!policy.indicators.is_empty()).then(|| self.href(here, Page::Indicators)),
            policy: self.policy_links(here),
            policy_pages: policy_pages
                .into_iter()
                .filter(|(_, _, empty)| !empty)
                .map(|(key, page, _)| (key, self.href(here, page)))
                .collect(),
            items_href: self.href(here, Page::Items),
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
            id: domain.id.value.clone(),
            link: self.domain_link(here, id),
            summary: self.optional_phrase(here, domain.summary.as_ref()),
            children: domain.children.iter().map(|id| self.domain_link(here, *id)).collect(),
            examples: domain.items.iter().take(3).map(|id| self.item_name(here, *id)).collect(),
        }
    }

    /// The full index.
    pub fn items(&self, here: Here<'_>) -> ItemsView {
        ItemsView {
            page: self.string_page(here, "items", Page::Items),
            count: self.catalogue.items.len(),
            sections: (0..self.catalogue.domains.len()).map(|at| self.section(here, DomainId(at))).collect(),
        }
    }

    fn section(&self, here: Here<'_>, id: DomainId) -> Section {
        let domain = self.catalogue.domain(id);
        Section {
            id: domain.id.value.clone(),
            link: self.domain_link(here, id),
            depth: self.catalogue.domain_path(id).len() - 1,
            cards: domain.items.iter().map(|id| self.card(here, *id)).collect(),
        }
    }

    /// The page of a domain.
    pub fn domain(&self, here: Here<'_>, id: DomainId) -> GroupView {
        let catalogue = self.catalogue;
        let domain = catalogue.domain(id);
        let path = catalogue.domain_path(id);
        let mut breadcrumbs = vec![self.home_link(here)];
        breadcrumbs.extend(path[..path.len() - 1].iter().map(|id| self.domain_link(here, *id)));
        let summary = self.optional_phrase(here, domain.summary.as_ref());
        let page = Page::Domain(&domain.id.value);
        let title = self.phrase(here, &domain.name);
        let own = own_status(&domain.meta, catalogue.languages().len());
        let head = Head {
            kind: "domain",
            breadcrumbs,
            description: self.group_description(here, &catalogue.items_within(id)),
            own_status: own,
            ..self.plain_head(here, "domain", page, title)
        };
        let within = (0..catalogue.domains.len()).map(DomainId).filter(|at| catalogue.domain_path(*at).contains(&id));
        let siblings = (0..catalogue.domains.len())
            .map(DomainId)
            .filter(|at| catalogue.domain(*at).parent == domain.parent && *at != id);
        GroupView {
            page: self.page(here, head),
            icon: self.domain_icon(id),
            summary,
            count: catalogue.count_within(id),
            sections: within.map(|at| self.section(here, at)).collect(),
            tasks: self.domain_tasks(here, id),
            indicators: (catalogue.policy.indicators.iter())
                .filter(|indicator| indicator.domain == Some(id))
                .map(|indicator| self.indicator(here, indicator))
                .collect(),
            others: siblings.map(|at| self.domain_link(here, at)).collect(),
        }
    }

    fn domain_tasks(&self, here: Here<'_>, id: DomainId) -> Vec<TaskLink> {
        let policy = &self.catalogue.policy;
        let areas = policy.areas.iter().filter(|area| area.domain == Some(id));
        areas.flat_map(|area| &area.tasks).map(|at| self.task_link(here, &policy.tasks[*at])).collect()
    }

    pub(super) fn task_link(&self, here: Here<'_>, task: &crate::model::Task) -> TaskLink {
        let number = task.number.value;
        TaskLink {
            number,
            href: self.href_at(here, Page::Tasks, &super::policy::task_anchor(number)),
            name: self.phrase(here, &task.title),
        }
    }

    /// The page of a department.
    pub fn department(&self, here: Here<'_>, id: DepartmentId) -> GroupView {
        let group = self.catalogue.department(id);
        let page = Page::Department(&group.id.value);
        let title = self.phrase(here, &group.name);
        let jsonld = self.organisation_jsonld(here, &title, page);
        let rows = self.catalogue.policy.division.iter().filter(|row| row.departments.contains(&id));
        let tasks = rows
            .map(|row| TaskLink {
                number: row.number.value,
                href: self.href_at(here, Page::Division, &super::policy::row_anchor(row.number.value)),
                name: self.phrase(here, &row.task),
            })
            .collect();
        let mut view = self.group(here, "department", page, group, &self.catalogue.departments, Page::Department);
        view.page.jsonld.insert(0, jsonld);
        view.tasks = tasks;
        view
    }

    /// The page of an audience.
    pub fn audience(&self, here: Here<'_>, at: usize) -> GroupView {
        let group = &self.catalogue.audiences[at];
        let page = Page::Audience(&group.id.value);
        self.group(here, "audience", page, group, &self.catalogue.audiences, Page::Audience)
    }

    /// The page of a life event.
    pub fn life_event(&self, here: Here<'_>, at: usize) -> GroupView {
        let group = &self.catalogue.life_events[at];
        let page = Page::LifeEvent(&group.id.value);
        self.group(here, "life-event", page, group, &self.catalogue.life_events, Page::LifeEvent)
    }

    fn group<'g>(
        &self,
        here: Here<'_>,
        kind: &'static str,
        page: Page<'_>,
        group: &Group,
        all: &'g [Group],
        page_of: fn(&'g str) -> Page<'g>,
    ) -> GroupView {
        let title = self.phrase(here, &group.name);
        let head = Head {
            description: self.group_description(here, &group.items),
            own_status: own_status(&group.meta, self.catalogue.languages().len()),
            ..self.plain_head(here, kind, page, title)
        };
        let others = all.iter().filter(|other| other.id != group.id && !other.items.is_empty());
        GroupView {
            page: self.page(here, head),
            icon: group.icon.as_ref().map(|icon| icon.value.clone()),
            summary: self.optional_phrase(here, group.summary.as_ref()),
            count: group.items.len(),
            sections: self.by_domain(here, &group.items),
            tasks: Vec::new(),
            indicators: Vec::new(),
            others: others.map(|other| self.group_link(here, page_of(&other.id.value), other)).collect(),
        }
    }

    /// Items in catalogue order, cut into runs of one domain.
    fn by_domain(&self, here: Here<'_>, items: &[ItemId]) -> Vec<Section> {
        let mut sections: Vec<(DomainId, Section)> = Vec::new();
        for id in items {
            let domain = self.catalogue.item(*id).domain;
            if sections.last().is_none_or(|(last, _)| *last != domain) {
                let section = Section {
                    id: self.catalogue.domain(domain).id.value.clone(),
                    link: Link { count: None, ..self.domain_link(here, domain) },
                    depth: 0,
                    cards: Vec::new(),
                };
                sections.push((domain, section));
            }
            if let Some((_, section)) = sections.last_mut() {
                section.cards.push(self.card(here, *id));
            }
        }
        sections.into_iter().map(|(_, section)| section).collect()
    }

    /// For search engines: the names of the first items.
    fn group_description(&self, here: Here<'_>, items: &[ItemId]) -> Option<String> {
        let names: Vec<String> = items.iter().take(6).map(|id| self.item_name(here, *id).text).collect();
        (!names.is_empty()).then(|| super::shorten(&names.join(" · "), 110))
    }

    /// The printable catalogue.
    pub fn catalogue(&self, here: Here<'_>) -> CatalogueView {
        let catalogue = self.catalogue;
        let chapter = |id: DomainId| {
            let domain = catalogue.domain(id);
            Chapter {
                id: domain.id.value.clone(),
                name: self.phrase(here, &domain.name),
                depth: catalogue.domain_path(id).len() - 1,
                count: catalogue.count_within(id),
                entries: domain.items.iter().map(|id| self.entry(here, *id)).collect(),
            }
        };
        let name = self.phrase(here, &catalogue.name);
        CatalogueView {
            page: self.page(here, self.plain_head(here, "catalogue", Page::Catalogue, name.clone())),
            name,
            count: catalogue.items.len(),
            chapters: (0..catalogue.domains.len()).map(|at| chapter(DomainId(at))).collect(),
        }
    }

    fn entry(&self, here: Here<'_>, id: ItemId) -> Entry {
        let item = self.catalogue.item(id);
        Entry {
            slug: item.slug.clone(),
            href: self.href(here, Page::Item(&item.slug)),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
            answers: self.answers(here, item),
            notes: item.editorial.iter().map(|note| self.note(here, note)).collect(),
        }
    }
}
