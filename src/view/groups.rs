//! The pages of domains, departments, audiences and life events.

use super::indicators::IndicatorTable;
use super::lists::Section;
use super::page::{Head, own_status};
use super::{Here, Link, PageView, Phrase, Views};
use crate::markdown;
use crate::model::{DepartmentId, DomainId, Group, ItemId};
use crate::url::{self, Page};
use serde::Serialize;

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
    /// The first and the last number, where a domain's items are numbered without a gap.
    pub numbers: Option<(u32, u32)>,
    /// Its items: one section, or one for each inner domain.
    pub sections: Vec<Section>,
    /// The tasks it answers for (departments), or that are about it (domains).
    pub tasks: Vec<TaskLink>,
    /// Its indicators (domains).
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
            numbers: self.number_range(id),
            sections: within.map(|at| self.section(here, at)).collect(),
            tasks: self.domain_tasks(here, id),
            indicators: self.indicator_table(
                here,
                catalogue.policy.indicators.iter().filter(|indicator| indicator.domain == Some(id)),
            ),
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
            href: self.href_at(here, Page::Tasks, &url::task_anchor(number)),
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
                href: self.href_at(here, Page::Division, &url::row_anchor(row.number.value)),
                name: self.phrase(here, &row.task),
            })
            .collect();
        let mut view = self.group(here, "department", page, group, &self.catalogue.departments, Page::Department);
        view.page.jsonld_html.insert(0, jsonld);
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
            numbers: None,
            sections: self.by_domain(here, &group.items),
            tasks: Vec::new(),
            indicators: None,
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
        (!names.is_empty()).then(|| markdown::shorten(&names.join(" · "), 110))
    }
}
