//! The pages of the policy: documents, tasks, division of tasks, indicators.

use super::document::DocumentView;
use super::groups::TaskLink;
use super::indicators::IndicatorTable;
use super::page::{Head, own_status};
use super::{Here, ItemRef, Link, NoteView, PageView, Phrase, Views, state_word};
use crate::lang::LangId;
use crate::markdown::{self, Block, EMBEDS, Rendered, RenderedHeading};
use crate::model::{DomainId, Item, ItemId, Note, PolicyText, TextKind};
use crate::url::{self, Page};
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
    /// Its headings of the first two levels, for a list of contents.
    pub contents: Vec<ContentsEntry>,
    /// Its parts; an interpretation has only those before its first question.
    pub blocks: Vec<BlockView>,
    /// The questions of an interpretation.
    pub questions: Vec<Question>,
    /// `missing`, `stale` or `draft`, of the body.
    pub state: Option<&'static str>,
    /// The items by domain, where the text has room for them.
    pub items: Vec<ItemsOf>,
    /// The indicators, likewise.
    pub indicators: Option<IndicatorTable>,
    /// The division, likewise.
    pub division: Vec<RowView>,
    /// The editorial notes, each with the heading it is about.
    pub notes: Vec<PlacedNote>,
}

/// A heading in the list of contents, and those within it.
#[derive(Debug, Serialize)]
pub struct ContentsEntry {
    /// The heading.
    pub heading: Heading,
    /// The headings one level deeper.
    pub children: Vec<Heading>,
}

/// A question of an interpretation, and its answer.
#[derive(Debug, Serialize)]
pub struct Question {
    /// Its anchor.
    pub id: String,
    /// The question.
    pub name: Phrase,
    /// The answer.
    pub html: String,
}

/// A heading, as links to it show it.
#[derive(Debug, Serialize)]
pub struct Heading {
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
    /// The domain's anchor, where its items are not listed.
    pub anchor: Option<String>,
    /// Its items: the anchor, and the item; none where the list is too long for the page.
    pub items: Vec<(String, ItemRef)>,
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

/// The anchor of a domain in the handbook, and in an annex that does not list its items.
pub(super) fn domain_anchor(id: &str) -> String {
    format!("domain-{id}")
}

/// The anchor of an item in the document behind the list, and in the handbook.
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
        let lang = resolved.lang;
        let embeds = |word: &str| rendered.blocks.contains(&Block::Embed(word.to_owned()));
        let placed = |note: &Note| PlacedNote {
            place: (rendered.headings.iter().find(|h| note.about.as_ref().is_some_and(|a| a.value == h.id)))
                .map(|h| self.heading(here, lang, h)),
            note: self.note(here, note),
        };
        let (blocks, questions) = match text.kind {
            TextKind::Interpretation => self.questions(here, lang, &rendered),
            _ => (rendered.blocks.clone(), Vec::new()),
        };
        PolicyTextView {
            page: self.page(here, self.text_head(here, text)),
            text_kind: text.kind.as_str(),
            date: text.date.as_ref().map(|date| date.value.to_string()),
            interprets: text.interprets.map(|at| {
                let other = &policy.texts[at];
                self.link(here, Page::Policy(&other.name), &other.title)
            }),
            document: policy.document.as_ref().filter(|d| d.source == Some(at)).map(|d| self.document(here, d)),
            notes: text.editorial.iter().map(placed).collect(),
            items: if embeds("items") { self.items_by_domain(here) } else { Vec::new() },
            indicators: if embeds("indicators") { self.indicator_table(here, &policy.indicators) } else { None },
            division: if embeds("division") { self.rows(here) } else { Vec::new() },
            contents: self.contents(here, lang, &rendered.headings),
            blocks: blocks.into_iter().map(|block| self.block(here, lang, block)).collect(),
            questions,
            state: state_word(resolved.state),
        }
    }

    fn text_head<'p>(&self, here: Here<'_>, text: &'p PolicyText) -> Head<'p> {
        let body = text.body.resolve(here.lang);
        let description = (body.lang == here.lang).then(|| markdown::shorten(&markdown::plain(&body.value.value), 110));
        Head {
            kind: "policy",
            page: Page::Policy(&text.name),
            title: self.phrase(here, &text.title),
            description: description.filter(|text| !text.is_empty()),
            breadcrumbs: vec![self.home_link(here)],
            parts: None,
            jsonld: self.text_jsonld(here, text),
            own_status: own_status(&text.meta, self.catalogue.languages().len()),
        }
    }

    fn heading(&self, here: Here<'_>, lang: LangId, heading: &RenderedHeading) -> Heading {
        let html = self.in_language(here, lang, "span", super::escape(&heading.text));
        Heading { href: format!("#{}", heading.id), name: Phrase { text: heading.text.clone(), html, state: None } }
    }

    /// The list of contents: the headings of the outermost level, each with those one level deeper.
    fn contents(&self, here: Here<'_>, lang: LangId, headings: &[RenderedHeading]) -> Vec<ContentsEntry> {
        let mut entries: Vec<ContentsEntry> = Vec::new();
        for heading in headings.iter().filter(|h| h.level <= 3) {
            let link = self.heading(here, lang, heading);
            match entries.last_mut() {
                Some(entry) if heading.level == 3 => entry.children.push(link),
                _ => entries.push(ContentsEntry { heading: link, children: Vec::new() }),
            }
        }
        entries
    }

    /// Cuts an interpretation at its headings of the outermost level, each a question. One with embeds stays whole.
    fn questions(&self, here: Here<'_>, lang: LangId, rendered: &Rendered) -> (Vec<Block>, Vec<Question>) {
        let [Block::Html(html)] = rendered.blocks.as_slice() else { return (rendered.blocks.clone(), Vec::new()) };
        let mut parts = html.split("<h2 id=\"");
        let before = parts.next().unwrap_or_default();
        let headings = rendered.headings.iter().filter(|h| h.level == 2);
        let question = |(heading, part): (&RenderedHeading, &str)| {
            let answer = part.split_once("</h2>").map_or(part, |(_, answer)| answer);
            Question {
                id: heading.id.clone(),
                name: self.heading(here, lang, heading).name,
                html: self.in_language(here, lang, "div", answer.to_owned()),
            }
        };
        let questions = headings.zip(parts).map(question).collect();
        let blocks = if before.trim().is_empty() { Vec::new() } else { vec![Block::Html(before.to_owned())] };
        (blocks, questions)
    }

    fn block(&self, here: Here<'_>, lang: LangId, block: Block) -> BlockView {
        match block {
            Block::Html(html) => BlockView { html: self.in_language(here, lang, "div", html), embed: None },
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

    fn items_by_domain(&self, here: Here<'_>) -> Vec<ItemsOf> {
        let split = self.is_split();
        let item = |id: &ItemId| (item_anchor(&self.catalogue.item(*id).slug), self.item_ref(here, *id));
        let of = |id: DomainId| {
            let domain = self.catalogue.domain(id);
            let listed = domain.items.iter().filter(|_| !split);
            ItemsOf {
                // Domains stand by themselves here, without those within them.
                domain: Link { count: Some(domain.items.len()), ..self.domain_link(here, id) },
                anchor: split.then(|| domain_anchor(&domain.id.value)),
                items: listed.map(item).collect(),
            }
        };
        let domains = (0..self.catalogue.domains.len()).map(DomainId);
        domains.filter(|id| !self.catalogue.domain(*id).items.is_empty()).map(of).collect()
    }

    /// The anchor of an item in the annex; of its domain, where the annex does not list items.
    pub(super) fn annex_anchor(&self, item: &Item) -> String {
        let domain = self.catalogue.domain(item.domain);
        if self.is_split() { domain_anchor(&domain.id.value) } else { item_anchor(&item.slug) }
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
            id: area.id.value.to_string(),
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
        let anchor = url::task_anchor(number);
        // The document's own text of the task, where its headings carry the task's number.
        let text = policy.document.as_ref().and_then(|d| d.source);
        let text_href = text
            .filter(|at| self.headings[*at].iter().any(|h| h.id == anchor))
            .map(|at| self.href_at(here, Page::Policy(&policy.texts[at].name), &anchor));
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
            anchor: url::row_anchor(row.number.value),
            task: self.phrase(here, &row.task),
            responsible: self.phrase(here, &row.responsible),
            departments: row.departments.iter().map(|id| self.department_link(here, *id)).collect(),
            tasks: row.tasks.iter().map(|at| self.task_link(here, &policy.tasks[*at])).collect(),
            domain: row.domain.map(|id| self.domain_link(here, id)),
            notes: row.editorial.iter().map(|note| self.note(here, note)).collect(),
        };
        policy.division.iter().map(row).collect()
    }
}
