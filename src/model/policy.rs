//! The policy behind the catalogue: the document, its texts, tasks, division of tasks and indicators.
//!
//! Lives here: what the files of `policy/` say. Never here: Markdown as HTML, charts.

use super::{DepartmentId, DomainId, ItemId, Meta, Note, Text};
use crate::diag::{SourceFile, Spanned, Written};
use std::sync::Arc;

/// All of `policy/`; every part may be absent.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The metadata of the document behind the list.
    pub document: Option<Document>,
    /// The Markdown documents, by name.
    pub texts: Vec<PolicyText>,
    /// The areas of tasks.
    pub areas: Vec<Area>,
    /// All tasks, in order; areas name ranges of it.
    pub tasks: Vec<Task>,
    /// The division of tasks.
    pub division: Vec<DivisionRow>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

/// 公文时效: whether a document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// 有效.
    InForce,
    /// 尚未施行.
    NotYet,
    /// 已修改.
    Revised,
    /// 失效.
    Lapsed,
    /// 废止.
    Repealed,
}

impl Validity {
    /// The word in files and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::NotYet => "not_yet",
            Self::Revised => "revised",
            Self::Lapsed => "lapsed",
            Self::Repealed => "repealed",
        }
    }
}

/// The metadata of the document behind the list (政府信息公开 header).
#[derive(Debug, Clone)]
pub struct Document {
    /// 名称.
    pub title: Text,
    /// 发布机构.
    pub issuer: Option<Text>,
    /// 索引号.
    pub index_number: Option<Spanned<Written>>,
    /// 文号.
    pub document_number: Option<Spanned<Written>>,
    /// 主题分类.
    pub subject: Option<Text>,
    /// 成文日期.
    pub written: Option<Spanned<Written>>,
    /// 发布日期.
    pub published: Option<Spanned<Written>>,
    /// 施行日期.
    pub effective: Option<Spanned<Written>>,
    /// The last day it was in force.
    pub ended: Option<Spanned<Written>>,
    /// 公文时效.
    pub validity: Validity,
    /// What is known of the validity.
    pub validity_note: Option<Text>,
    /// The place in [`Policy::texts`] of its text.
    pub source: Option<usize>,
    /// Where the list stands in it, as printed: 附件1.
    pub annex: Option<Text>,
    /// Editorial notes.
    pub editorial: Vec<Note>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// What a Markdown document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// The document itself.
    Notice,
    /// Questions and answers about it.
    Interpretation,
    /// Anything else.
    Other,
}

impl TextKind {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Interpretation => "interpretation",
            Self::Other => "other",
        }
    }
}

/// A Markdown document.
#[derive(Debug, Clone)]
pub struct PolicyText {
    /// Its name: file and address.
    pub name: String,
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its title.
    pub title: Text,
    /// What it is.
    pub kind: TextKind,
    /// Its date.
    pub date: Option<Spanned<Written>>,
    /// The document it explains: a place in [`Policy::texts`].
    pub interprets: Option<usize>,
    /// The Markdown.
    pub body: Text,
    /// Editorial notes; `about` is a heading's id.
    pub editorial: Vec<Note>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// An area of tasks.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its id: the anchor.
    pub id: Spanned<Written>,
    /// Its number as printed.
    pub label: Option<Text>,
    /// Its name.
    pub name: Text,
    /// The domain it is about.
    pub domain: Option<DomainId>,
    /// Places in [`Policy::tasks`].
    pub tasks: Vec<usize>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// A task.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its number.
    pub number: Spanned<u32>,
    /// Its title.
    pub title: Text,
    /// The area: a place in [`Policy::areas`].
    pub area: usize,
    /// The items it concerns.
    pub items: Vec<ItemId>,
    /// Editorial notes.
    pub editorial: Vec<Note>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// A row of the division of tasks.
#[derive(Debug, Clone)]
pub struct DivisionRow {
    /// Its number.
    pub number: Spanned<u32>,
    /// What is to be done.
    pub task: Text,
    /// Who is responsible, as printed.
    pub responsible: Text,
    /// The departments that lead.
    pub departments: Vec<DepartmentId>,
    /// The tasks it covers: places in [`Policy::tasks`].
    pub tasks: Vec<usize>,
    /// The domain it is about.
    pub domain: Option<DomainId>,
    /// Editorial notes.
    pub editorial: Vec<Note>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// An indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id: the anchor.
    pub id: Spanned<Written>,
    /// The domain it is about.
    pub domain: Option<DomainId>,
    /// Its name.
    pub name: Text,
    /// Its unit, as printed.
    pub unit: Option<Text>,
    /// Its values, by year.
    pub points: Vec<Point>,
    /// Whether the home page shows it.
    pub key: bool,
    /// Editorial notes.
    pub editorial: Vec<Note>,
    /// The states of its translations.
    pub meta: Vec<Option<Meta>>,
}

/// A value of an indicator.
#[derive(Debug, Clone)]
pub struct Point {
    /// The year, or the last of several.
    pub year: Spanned<u32>,
    /// The first year of a cumulative value.
    pub since: Option<Spanned<u32>>,
    /// The figure as printed; none where it is missing.
    pub value: Option<Spanned<Written>>,
    /// What the figure counts.
    pub kind: PointKind,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointKind {
    /// The state at the year's end: can be compared with other levels.
    Level,
    /// What came about in that one year.
    Annual,
    /// What came about in several years together: never to be compared with an annual figure.
    Cumulative,
    /// Not given.
    Missing,
}

impl PointKind {
    /// The word in files, data and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Annual => "annual",
            Self::Cumulative => "cumulative",
            Self::Missing => "missing",
        }
    }
}

impl Policy {
    /// Every localized text.
    pub(super) fn texts_all(&self) -> Vec<&Text> {
        let mut texts = Vec::new();
        if let Some(d) = &self.document {
            texts.push(&d.title);
            texts.extend([&d.issuer, &d.subject, &d.validity_note, &d.annex].into_iter().flatten());
        }
        for text in &self.texts {
            texts.extend([&text.title, &text.body]);
        }
        for area in &self.areas {
            texts.extend(&area.label);
            texts.push(&area.name);
        }
        texts.extend(self.tasks.iter().map(|task| &task.title));
        for row in &self.division {
            texts.extend([&row.task, &row.responsible]);
        }
        for indicator in &self.indicators {
            texts.push(&indicator.name);
            texts.extend(&indicator.unit);
        }
        texts
    }

    /// Every editorial note of the policy, with the part it belongs to.
    pub fn notes(&self) -> Vec<(NoteOwner, &Note)> {
        let mut notes = Vec::new();
        if let Some(d) = &self.document {
            notes.extend(d.editorial.iter().map(|n| (NoteOwner::Document, n)));
        }
        for (i, text) in self.texts.iter().enumerate() {
            notes.extend(text.editorial.iter().map(|n| (NoteOwner::Text(i), n)));
        }
        for (i, task) in self.tasks.iter().enumerate() {
            notes.extend(task.editorial.iter().map(|n| (NoteOwner::Task(i), n)));
        }
        for (i, row) in self.division.iter().enumerate() {
            notes.extend(row.editorial.iter().map(|n| (NoteOwner::Division(i), n)));
        }
        for (i, indicator) in self.indicators.iter().enumerate() {
            notes.extend(indicator.editorial.iter().map(|n| (NoteOwner::Indicator(i), n)));
        }
        notes
    }

    /// The place of the document with this name.
    pub fn find_text(&self, name: &str) -> Option<usize> {
        self.texts.iter().position(|t| t.name == name)
    }
}

/// The part of the policy that a note belongs to; numbers are places in the policy's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteOwner {
    /// The document's metadata.
    Document,
    /// A Markdown document.
    Text(usize),
    /// A task.
    Task(usize),
    /// A row of the division.
    Division(usize),
    /// An indicator.
    Indicator(usize),
}
