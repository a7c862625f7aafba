//! The pages of the policy: documents, tasks, division of tasks, indicators.

use super::charts::{Chart, chart};
use super::lists::TaskLink;
use super::page::{Head, own_status};
use super::{Here, ItemRef, Link, NoteView, PageView, Phrase, Views, state_word};
use crate::markdown::{self, Block, EMBEDS};
use crate::model::{Document, DomainId, Indicator, Note, PolicyText, TextKind};
use crate::url::Page;
use serde::Serialize;

/// The page of a Markdown document.
#[derive(Debug, Serialize)]
pub struct PolicyTextView {
    /// What every page has.
    pub page: PageView,
    /// `notice`, `interpretation` or `other`.
    pub text_kind: &'static str,
    /// Its date.
    pub date: Option<String>,
    /// The document it explains.
    pub interprets: Option<Link>,
    /// The metadata of the document behind the list, if this is its text.
    pub document: Option<DocumentView>,
    /// Its headings, for a list of contents.
    pub contents: Vec<Heading>,
    /// Its parts.
    pub blocks: Vec<BlockView>,
    /// `missing`, `stale` or `draft`, of the body.
    pub state: Option<&'static str>,
    /// The items by domain, where the text has room for them.
    pub items: Vec<ItemsOf>,
    /// The indicators, likewise.
    pub indicators: Vec<IndicatorView>,
    /// The division, likewise.
    pub division: Vec<RowView>,
    /// The editorial notes, each with the heading it is about.
    pub notes: Vec<PlacedNote>,
}

/// A heading in the list of contents.
#[derive(Debug, Serialize)]
pub struct Heading {
    /// 2 for the outermost.
    pub level: u8,
    /// Its anchor.
    pub href: String,
    /// Its text.
    pub name: Phrase,
}

/// A part of a document: HTML, or the place of a table.
#[derive(Debug, Serialize)]
pub struct BlockView {
    /// The HTML; empty for an embed.
    pub html: String,
    /// `indicators`, `items` or `division`.
    pub embed: Option<String>,
}

/// A note and the heading it is about.
#[derive(Debug, Serialize)]
pub struct PlacedNote {
    /// The heading.
    pub place: Option<Heading>,
    /// The note.
    pub note: NoteView,
}

/// The items of a domain, as the annex lists them.
#[derive(Debug, Serialize)]
pub struct ItemsOf {
    /// The domain.
    pub domain: Link,
    /// Its items: the anchor, and the item.
    pub items: Vec<(String, ItemRef)>,
}

/// The header of a published document (政府信息公开).
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Rows of the header: the string's key, and the value.
    pub rows: Vec<(&'static str, Phrase)>,
    /// Rows whose value is a date: the string's key, and the date.
    pub dates: Vec<(&'static str, String)>,
    /// The validity's word.
    pub validity: &'static str,
    /// What is known of it.
    pub validity_note: Option<Phrase>,
}

/// The tasks.
#[derive(Debug, Serialize)]
pub struct TasksView {
    /// What every page has.
    pub page: PageView,
    /// The areas.
    pub areas: Vec<AreaView>,
    /// How many tasks there are.
    pub count: usize,
}

/// An area of tasks.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Its id: the anchor.
    pub id: String,
    /// Its number as printed.
    pub label: Option<Phrase>,
    /// Its name.
    pub name: Phrase,
    /// The domain it is about.
    pub domain: Option<Link>,
    /// Its tasks.
    pub tasks: Vec<TaskView>,
}

/// A task.
#[derive(Debug, Serialize)]
pub struct TaskView {
    /// Its number.
    pub number: u32,
    /// Its anchor.
    pub anchor: String,
    /// Its title.
    pub title: Phrase,
    /// Its place in the document.
    pub text_href: Option<String>,
    /// The items it concerns.
    pub items: Vec<ItemRef>,
    /// Who leads it, by the division.
    pub departments: Vec<Link>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

/// The division of tasks.
#[derive(Debug, Serialize)]
pub struct DivisionView {
    /// What every page has.
    pub page: PageView,
    /// Its rows.
    pub rows: Vec<RowView>,
}

/// A row of the division.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// Its number.
    pub number: u32,
    /// Its anchor.
    pub anchor: String,
    /// What is to be done.
    pub task: Phrase,
    /// Who is responsible, as printed.
    pub responsible: Phrase,
    /// Who leads.
    pub departments: Vec<Link>,
    /// The tasks it covers.
    pub tasks: Vec<TaskLink>,
    /// The domain it is about.
    pub domain: Option<Link>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

/// The indicators.
#[derive(Debug, Serialize)]
pub struct IndicatorsView {
    /// What every page has.
    pub page: PageView,
    /// The indicators by domain, in order.
    pub groups: Vec<IndicatorGroup>,
    /// Every year that has a figure, in order.
    pub years: Vec<u32>,
}

/// The indicators of a domain.
#[derive(Debug, Serialize)]
pub struct IndicatorGroup {
    /// The domain; none for those of no domain.
    pub domain: Option<Link>,
    /// Its indicators.
    pub indicators: Vec<IndicatorView>,
}

/// An indicator.
#[derive(Debug, Serialize)]
pub struct IndicatorView {
    /// Its id: the anchor.
    pub id: String,
    /// Its place on the page of indicators.
    pub href: String,
    /// Its name.
    pub name: Phrase,
    /// Its unit.
    pub unit: Option<Phrase>,
    /// Its figures.
    pub points: Vec<PointView>,
    /// Its chart.
    pub chart: Option<Chart>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

/// A figure of an indicator.
#[derive(Debug, Serialize)]
pub struct PointView {
    /// `level`, `annual`, `cumulative` or `missing`.
    pub kind: &'static str,
    /// The year, or the last of several.
    pub year: u32,
    /// The first year of several.
    pub since: Option<u32>,
    /// The figure as printed.
    pub value: Option<String>,
}

/// The anchor of a task.
pub(super) fn task_anchor(number: u32) -> String {
    format!("task-{number}")
}

/// The anchor of a row of the division.
pub(super) fn row_anchor(number: u32) -> String {
    format!("row-{number}")
}

/// The anchor of an item in the document behind the list.
pub(super) fn item_anchor(slug: &str) -> String {
    format!("item-{slug}")
}

impl Views<'_> {
    /// The page of a Markdown document.
    pub fn policy_text(&self, here: Here<'_>, at: usize) -> PolicyTextView {
        let policy = &self.catalogue.policy;
        let text = &policy.texts[at];
        let resolved = text.body.resolve(here.lang);
        let rendered = self.markdown(here, &text.body, 2, &EMBEDS);
        let heading = |h: &markdown::RenderedHeading| {
            let html = self.in_language(here, resolved.lang, "span", &super::escape(&h.text));
            let name = Phrase { text: h.text.clone(), html, state: None };
            Heading { level: h.level, href: format!("#{}", h.id), name }
        };
        let embeds = |word: &str| rendered.blocks.contains(&Block::Embed(word.to_owned()));
        let document = policy.document.as_ref().filter(|d| d.source == Some(at));
        let title = self.phrase(here, &text.title);
        let head = Head {
            kind: "policy",
            page: Page::Policy(&text.name),
            title,
            description: None,
            breadcrumbs: vec![self.home_link(here)],
            jsonld: self.text_jsonld(here, text),
            own_status: own_status(&text.meta, self.catalogue.languages().len()),
        };
        let contents: Vec<Heading> = rendered.headings.iter().map(heading).collect();
        let placed = |note: &Note| PlacedNote {
            place: rendered.headings.iter().find(|h| note.about.as_ref().is_some_and(|a| a.value == h.id)).map(heading),
            note: self.note(here, note),
        };
        PolicyTextView {
            page: self.page(here, head),
            text_kind: text.kind.as_str(),
            date: text.date.as_ref().map(|date| date.value.clone()),
            interprets: text.interprets.map(|at| {
                let other = &policy.texts[at];
                self.link(here, Page::Policy(&other.name), &other.title)
            }),
            document: document.map(|document| self.document(here, document)),
            notes: text.editorial.iter().map(placed).collect(),
            items: if embeds("items") { self.items_by_domain(here) } else { Vec::new() },
            indicators: if embeds("indicators") { self.all_indicators(here) } else { Vec::new() },
            division: if embeds("division") { self.rows(here) } else { Vec::new() },
            blocks: rendered.blocks.into_iter().map(|block| self.block(here, resolved.lang, block)).collect(),
            state: state_word(resolved.state),
            contents,
        }
    }

    fn block(&self, here: Here<'_>, lang: crate::lang::LangId, block: Block) -> BlockView {
        match block {
            Block::Html(html) => BlockView { html: self.in_language(here, lang, "div", &html), embed: None },
            Block::Embed(word) => BlockView { html: String::new(), embed: Some(word) },
        }
    }

    /// An interpretation is a FAQPage: each heading of the second level is a question.
    fn text_jsonld(&self, here: Here<'_>, text: &PolicyText) -> Vec<String> {
        if text.kind != TextKind::Interpretation {
            return Vec::new();
        }
        let sections = markdown::sections(&text.body.resolve(here.lang).value.value);
        let questions: Vec<(String, String)> =
            sections.into_iter().filter(|s| s.level == 2).map(|s| (s.title, s.text)).collect();
        if questions.is_empty() { Vec::new() } else { vec![self.faq_jsonld(here, &questions)] }
    }

    fn document(&self, here: Here<'_>, document: &Document) -> DocumentView {
        let own = |text: &Option<crate::diag::Spanned<String>>| {
            text.as_ref().map(|text| self.source_phrase(here, &text.value))
        };
        let rows = [
            ("document_index_number", own(&document.index_number)),
            ("document_subject", self.optional_phrase(here, document.subject.as_ref())),
            ("document_issuer", self.optional_phrase(here, document.issuer.as_ref())),
            ("document_number", own(&document.document_number)),
        ];
        let date = |date: &Option<crate::diag::Spanned<String>>| date.as_ref().map(|date| date.value.clone());
        let dates = [
            ("document_written", date(&document.written)),
            ("document_published", date(&document.published)),
            ("document_effective", date(&document.effective)),
            ("document_ended", date(&document.ended)),
        ];
        DocumentView {
            rows: rows.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            dates: dates.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            validity: document.validity.as_str(),
            validity_note: self.optional_phrase(here, document.validity_note.as_ref()),
        }
    }

    fn items_by_domain(&self, here: Here<'_>) -> Vec<ItemsOf> {
        let of = |at: usize| {
            let id = DomainId(at);
            let items = self.catalogue.domain(id).items.iter();
            ItemsOf {
                domain: self.domain_link(here, id),
                items: items
                    .map(|id| (item_anchor(&self.catalogue.item(*id).slug), self.item_ref(here, *id)))
                    .collect(),
            }
        };
        (0..self.catalogue.domains.len()).map(of).filter(|of| !of.items.is_empty()).collect()
    }

    /// The tasks.
    pub fn tasks(&self, here: Here<'_>) -> TasksView {
        let policy = &self.catalogue.policy;
        TasksView {
            page: self.string_page(here, "tasks", Page::Tasks),
            areas: policy.areas.iter().map(|area| self.area(here, area)).collect(),
            count: policy.tasks.len(),
        }
    }

    fn area(&self, here: Here<'_>, area: &crate::model::Area) -> AreaView {
        AreaView {
            id: area.id.value.clone(),
            label: self.optional_phrase(here, area.label.as_ref()),
            name: self.phrase(here, &area.name),
            domain: area.domain.map(|id| self.domain_link(here, id)),
            tasks: area.tasks.iter().map(|at| self.task(here, *at)).collect(),
        }
    }

    fn task(&self, here: Here<'_>, at: usize) -> TaskView {
        let policy = &self.catalogue.policy;
        let task = &policy.tasks[at];
        let number = task.number.value;
        let anchor = task_anchor(number);
        // The document's own text of the task, where its headings carry the task's number.
        let text = policy.document.as_ref().and_then(|d| d.source).map(|at| &policy.texts[at]);
        let text_href = text
            .filter(|text| markdown::scan(&text.body.source.value).headings.iter().any(|h| h.id == anchor))
            .map(|text| self.href_at(here, Page::Policy(&text.name), &anchor));
        let rows = policy.division.iter().filter(|row| row.tasks.contains(&at));
        let mut departments: Vec<_> = rows.flat_map(|row| row.departments.iter().copied()).collect();
        departments.dedup();
        TaskView {
            number,
            anchor,
            title: self.phrase(here, &task.title),
            text_href,
            items: task.items.iter().map(|id| self.item_ref(here, *id)).collect(),
            departments: departments.into_iter().map(|id| self.department_link(here, id)).collect(),
            notes: task.editorial.iter().map(|note| self.note(here, note)).collect(),
        }
    }

    fn department_link(&self, here: Here<'_>, id: crate::model::DepartmentId) -> Link {
        let group = self.catalogue.department(id);
        self.link(here, Page::Department(&group.id.value), &group.name)
    }

    /// The division of tasks.
    pub fn division(&self, here: Here<'_>) -> DivisionView {
        DivisionView { page: self.string_page(here, "division", Page::Division), rows: self.rows(here) }
    }

    fn rows(&self, here: Here<'_>) -> Vec<RowView> {
        let policy = &self.catalogue.policy;
        let row = |row: &crate::model::DivisionRow| RowView {
            number: row.number.value,
            anchor: row_anchor(row.number.value),
            task: self.phrase(here, &row.task),
            responsible: self.phrase(here, &row.responsible),
            departments: row.departments.iter().map(|id| self.department_link(here, *id)).collect(),
            tasks: row.tasks.iter().map(|at| self.task_link(here, &policy.tasks[*at])).collect(),
            domain: row.domain.map(|id| self.domain_link(here, id)),
            notes: row.editorial.iter().map(|note| self.note(here, note)).collect(),
        };
        policy.division.iter().map(row).collect()
    }

    /// The indicators.
    pub fn indicators(&self, here: Here<'_>) -> IndicatorsView {
        let policy = &self.catalogue.policy;
        let mut groups: Vec<(Option<DomainId>, IndicatorGroup)> = Vec::new();
        for indicator in &policy.indicators {
            if groups.last().is_none_or(|(domain, _)| *domain != indicator.domain) {
                let domain = indicator.domain.map(|id| self.domain_link(here, id));
                groups.push((indicator.domain, IndicatorGroup { domain, indicators: Vec::new() }));
            }
            if let Some((_, group)) = groups.last_mut() {
                group.indicators.push(self.indicator(here, indicator));
            }
        }
        let mut years: Vec<u32> =
            policy.indicators.iter().flat_map(|i| i.points.iter().map(|p| p.year.value)).collect();
        years.sort_unstable();
        years.dedup();
        IndicatorsView {
            page: self.string_page(here, "indicators", Page::Indicators),
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            years,
        }
    }

    fn all_indicators(&self, here: Here<'_>) -> Vec<IndicatorView> {
        self.catalogue.policy.indicators.iter().map(|indicator| self.indicator(here, indicator)).collect()
    }

    pub(super) fn indicator(&self, here: Here<'_>, indicator: &Indicator) -> IndicatorView {
        let point = |p: &crate::model::Point| PointView {
            kind: p.kind.as_str(),
            year: p.year.value,
            since: p.since.as_ref().map(|year| year.value),
            value: p.value.as_ref().map(|value| value.value.clone()),
        };
        IndicatorView {
            id: indicator.id.value.clone(),
            href: self.href_at(here, Page::Indicators, &indicator.id.value),
            name: self.phrase(here, &indicator.name),
            unit: self.optional_phrase(here, indicator.unit.as_ref()),
            points: indicator.points.iter().map(point).collect(),
            chart: chart(indicator),
            notes: indicator.editorial.iter().map(|note| self.note(here, note)).collect(),
        }
    }
}
