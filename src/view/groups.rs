//! The pages of domains, departments, audiences and life events.

use super::indicators::IndicatorTable;
use super::lists::Section;
use super::page::{Head, own_status};
use super::paging::Run;
use super::{Here, Link, PageView, Phrase, Views};
use crate::markdown;
use crate::model::{DepartmentId, DivisionRow, DomainId, Group, ItemId};
use crate::url::{self, Listing, Page};
use serde::Serialize;

/// The page of a domain, a department, an audience or a life event.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// What every page has.
    pub page: PageView,
    /// The icon's name.
    pub icon: Option<String>,
    /// A sentence about it; on the first page alone.
    pub summary: Option<Phrase>,
    /// How many items it has, on all its pages.
    pub count: usize,
    /// The first and the last number, where a domain's items are numbered without a gap.
    pub numbers: Option<(u32, u32)>,
    /// The items of this page: one section, or one for each inner domain. A domain's own section stands first on each of
    /// its pages, even where its items are on others.
    pub sections: Vec<Section>,
    /// The tasks it answers for (departments), or that are about it (domains); on the first page alone.
    pub tasks: Vec<TaskLink>,
    /// Its indicators (domains); on the first page alone.
    pub indicators: Option<IndicatorTable>,
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

impl Views<'_> {
    /// A page of a domain; the first is 1.
    pub fn domain(&self, here: Here<'_>, id: DomainId, part: usize) -> GroupView {
        let catalogue = self.catalogue;
        let domain = catalogue.domain(id);
        let path = catalogue.domain_path(id);
        let mut breadcrumbs = vec![self.home_link(here)];
        breadcrumbs.extend(path[..path.len() - 1].iter().map(|id| self.domain_link(here, *id)));
        let title = self.phrase(here, &domain.name);
        let runs = self.runs(id, self.paging.list, part);
        let items = runs.iter().flat_map(|run| run.items.clone()).map(ItemId);
        let page = Listing::Domain.page(&domain.id.value, part);
        let head = Head {
            kind: "domain",
            breadcrumbs,
            description: self.group_description(here, items),
            own_status: own_status(&domain.meta, catalogue.languages().len()),
            parts: self.parts(here, Listing::Domain, &domain.id.value, (part, self.domain_pages(id))),
            ..self.plain_head(here, "domain", page, title)
        };
        let siblings = (0..catalogue.domains.len())
            .map(DomainId)
            .filter(|at| catalogue.domain(*at).parent == domain.parent && *at != id);
        // Its own section has no heading: its items stand right below that of the page.
        let section = |run: Run| Section {
            level: if run.domain == id { 2 } else { 3 },
            ..self.section(here, run.domain, run.items.map(ItemId))
        };
        let mut view = GroupView {
            page: self.page(here, head),
            icon: self.domain_icon(id),
            summary: None,
            count: self.count_within(id),
            numbers: self.number_range(id),
            sections: runs.into_iter().map(section).collect(),
            tasks: Vec::new(),
            indicators: None,
            others: siblings.map(|at| self.domain_link(here, at)).collect(),
        };
        if part == 1 {
            view.summary = self.optional_phrase(here, domain.summary.as_ref());
            view.tasks = self.domain_tasks(here, id);
            let own = catalogue.policy.indicators.iter().filter(|indicator| indicator.domain == Some(id));
            view.indicators = self.indicator_table(here, own);
        }
        view
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
            href: self.href_at(here, Page::Tasks, &url::task_anchor(number)),
            name: self.phrase(here, &task.title),
        }
    }

    /// A page of a department; the first is 1.
    pub fn department(&self, here: Here<'_>, id: DepartmentId, part: usize) -> GroupView {
        let group = self.catalogue.department(id);
        let mut view = self.group(here, Listing::Department, &self.catalogue.departments, id.0, part);
        if part == 1 {
            let title = self.phrase(here, &group.name);
            let jsonld = self.organisation_jsonld(here, &title, Page::Department(&group.id.value));
            view.page.jsonld_html.insert(0, jsonld);
            let rows = self.catalogue.policy.division.iter().filter(|row| row.departments.contains(&id));
            let task = |row: &DivisionRow| TaskLink {
                number: row.number.value,
                href: self.href_at(here, Page::Division, &url::row_anchor(row.number.value)),
                name: self.phrase(here, &row.task),
            };
            view.tasks = rows.map(task).collect();
        }
        view
    }

    /// A page of an audience; the first is 1.
    pub fn audience(&self, here: Here<'_>, at: usize, part: usize) -> GroupView {
        self.group(here, Listing::Audience, &self.catalogue.audiences, at, part)
    }

    /// A page of a life event; the first is 1.
    pub fn life_event(&self, here: Here<'_>, at: usize, part: usize) -> GroupView {
        self.group(here, Listing::LifeEvent, &self.catalogue.life_events, at, part)
    }

    fn group(&self, here: Here<'_>, listing: Listing, all: &[Group], at: usize, part: usize) -> GroupView {
        let group = &all[at];
        let id = group.id.value.as_str();
        let kind = match listing {
            Listing::Department => "department",
            Listing::Audience => "audience",
            _ => "life-event",
        };
        let runs = self.group_runs(&group.items, part);
        let items = runs.iter().flat_map(|(_, _, items)| items.iter().copied());
        let head = Head {
            description: self.group_description(here, items),
            own_status: own_status(&group.meta, self.catalogue.languages().len()),
            parts: self.parts(here, listing, id, (part, self.group_pages(group))),
            ..self.plain_head(here, kind, listing.page(id, part), self.phrase(here, &group.name))
        };
        let others = all.iter().filter(|other| other.id != group.id && !other.items.is_empty());
        let section = |(domain, count, items): (DomainId, usize, &[ItemId])| Section {
            link: Link { count: None, ..self.domain_link(here, domain) },
            depth: 0,
            count,
            ..self.section(here, domain, items.iter().copied())
        };
        GroupView {
            page: self.page(here, head),
            icon: group.icon.as_ref().map(|icon| icon.value.to_string()),
            summary: self.optional_phrase(here, group.summary.as_ref()).filter(|_| part == 1),
            count: group.items.len(),
            numbers: None,
            sections: runs.into_iter().map(section).collect(),
            tasks: Vec::new(),
            indicators: None,
            others: others.map(|other| self.group_link(here, listing.page(&other.id.value, 1), other)).collect(),
        }
    }

    /// For search engines: the names of the first items of the page.
    fn group_description(&self, here: Here<'_>, items: impl Iterator<Item = ItemId>) -> Option<String> {
        let names: Vec<String> = items.take(6).map(|id| self.item_name(here, id).text).collect();
        (!names.is_empty()).then(|| markdown::shorten(&names.join(" · "), 110))
    }
}
