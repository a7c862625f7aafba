//! The units of translation: whatever has an entry of its own in a translation file.
//!
//! Lives here: which entry of which file translates which texts, and the counts of how far that has come; the editorial
//! page, `check --coverage` and `translate stamp` agree by asking here. Never here: files as written.

use super::{Catalogue, Note, Text};
use crate::lang::{LangId, State, Status};
use serde::Serialize;
use std::borrow::Cow;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// An item.
    Item,
    /// A domain.
    Domain,
    /// A department.
    Department,
    /// An audience.
    Audience,
    /// A life event.
    LifeEvent,
    /// An area of tasks.
    Area,
    /// A task.
    Task,
    /// A row of the division of tasks.
    Division,
    /// An indicator.
    Indicator,
    /// An adjustment of the list.
    Change,
    /// The metadata of the document behind the list, or a Markdown document.
    Document,
    /// The editorial notes of any of these.
    Notes,
}

impl UnitKind {
    /// Those that are counted as a whole, in order; items are counted by field.
    pub const OTHERS: [Self; 11] = [
        Self::Domain,
        Self::Department,
        Self::Audience,
        Self::LifeEvent,
        Self::Area,
        Self::Task,
        Self::Division,
        Self::Indicator,
        Self::Change,
        Self::Document,
        Self::Notes,
    ];

    /// The word in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Item => "items",
            Self::Domain => "domains",
            Self::Department => "departments",
            Self::Audience => "audiences",
            Self::LifeEvent => "life_events",
            Self::Area => "areas",
            Self::Task => "tasks",
            Self::Division => "division",
            Self::Indicator => "indicators",
            Self::Change => "changes",
            Self::Document => "documents",
            Self::Notes => "notes",
        }
    }
}

/// Texts that one entry of a translation file translates.
#[derive(Debug, Clone)]
pub struct Unit<'c> {
    /// What it is.
    pub kind: UnitKind,
    /// The file, as a path below `content/` and below `i18n/<tag>/` alike.
    pub path: String,
    /// The entry's key; none where the file is the entry.
    pub key: Option<String>,
    /// The texts by field; notes by their number, from 1.
    pub texts: Vec<(Cow<'c, str>, &'c Text)>,
}

/// Texts counted by the state of their translation into one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// How many there are in the source language.
    pub total: usize,
    /// Not translated.
    pub missing: usize,
    /// Made from a text that has changed since.
    pub stale: usize,
    /// Drafts.
    pub draft: usize,
    /// Checked by a translator.
    pub checked: usize,
    /// Reviewed by a named person.
    pub reviewed: usize,
}

impl Counts {
    /// Counts texts.
    pub fn of<'c>(texts: impl IntoIterator<Item = &'c Text>, lang: LangId) -> Self {
        let mut counts = Self::default();
        for text in texts {
            counts.total += 1;
            let place = match text.resolve(lang).state {
                State::Translated { stale: true, .. } => &mut counts.stale,
                State::Translated { status: Some(Status::Draft), .. } => &mut counts.draft,
                State::Translated { status: Some(Status::Checked), .. } => &mut counts.checked,
                State::Translated { .. } => &mut counts.reviewed,
                State::Source | State::Missing => &mut counts.missing,
            };
            *place += 1;
        }
        counts
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            missing: self.missing + other.missing,
            stale: self.stale + other.stale,
            draft: self.draft + other.draft,
            checked: self.checked + other.checked,
            reviewed: self.reviewed + other.reviewed,
        }
    }
}

/// Builds the units of a list: name of the kind, path, elements, the key, texts always there, texts that may be absent.
macro_rules! list {
    ($units:ident, $kind:ident, $path:expr, $elements:expr, $key:ident, [$($text:ident),*], [$($optional:ident),*]) => {
        $units.extend($elements.iter().map(|element| {
            let always: Vec<(&str, &Text)> = vec![$((stringify!($text), &element.$text)),*];
            let optional: Vec<(&str, Option<&Text>)> = vec![$((stringify!($optional), element.$optional.as_ref())),*];
            let there = optional.into_iter().filter_map(|(field, text)| Some((field, text?)));
            let key = Some(element.$key.value.to_string());
            Unit { kind: UnitKind::$kind, path: $path.to_owned(), key, texts: named(always.into_iter().chain(there)) }
        }));
    };
}

const DOCUMENT: &str = "policy/document.yaml";
const TASKS: &str = "policy/tasks.yaml";
const DIVISION: &str = "policy/division.yaml";
const INDICATORS: &str = "policy/indicators.yaml";

fn named<'c>(texts: impl IntoIterator<Item = (&'c str, &'c Text)>) -> Vec<(Cow<'c, str>, &'c Text)> {
    texts.into_iter().map(|(field, text)| (Cow::Borrowed(field), text)).collect()
}

impl Catalogue {
    /// Every unit of translation, in a fixed order.
    pub fn units(&self) -> Vec<Unit<'_>> {
        let mut units = Vec::new();
        for item in &self.items {
            let fields = self.fields.iter().map(|field| field.id.value.as_str());
            let texts = named(fields.zip(&item.texts).filter_map(|(field, text)| Some((field, text.as_ref()?))));
            units.push(Unit { kind: UnitKind::Item, path: item.file.path.clone(), key: None, texts });
        }
        let policy = &self.policy;
        list!(units, Domain, "domains.yaml", self.domains, id, [name], [summary]);
        list!(units, Department, "departments.yaml", self.departments, id, [name], [summary]);
        list!(units, Audience, "audiences.yaml", self.audiences, id, [name], [summary]);
        list!(units, LifeEvent, "life-events.yaml", self.life_events, id, [name], [summary]);
        list!(units, Area, TASKS, policy.areas, id, [name], [label]);
        list!(units, Task, TASKS, policy.tasks, number, [title], []);
        list!(units, Division, DIVISION, policy.division, number, [task, responsible], []);
        list!(units, Indicator, INDICATORS, policy.indicators, id, [name], [unit]);
        list!(units, Change, "changes.yaml", self.changes, id, [title], [text, basis]);
        if let Some(document) = &policy.document {
            let optional = [
                ("issuer", &document.issuer),
                ("subject", &document.subject),
                ("validity_note", &document.validity_note),
                ("annex", &document.annex),
            ];
            let mut texts = vec![("title", &document.title)];
            texts.extend(optional.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?))));
            units.push(Unit { kind: UnitKind::Document, path: DOCUMENT.to_owned(), key: None, texts: named(texts) });
        }
        for text in &policy.texts {
            let texts = named([("title", &text.title), ("body", &text.body)]);
            units.push(Unit { kind: UnitKind::Document, path: text.file.path.clone(), key: None, texts });
        }
        self.notes(&mut units);
        units
    }

    /// The editorial notes: each part's are a unit of their own, in the entry of that part.
    fn notes<'c>(&'c self, units: &mut Vec<Unit<'c>>) {
        let mut put = |path: &str, key: Option<String>, notes: &'c [Note]| {
            let texts: Vec<_> = (1..).zip(notes).map(|(n, note)| (Cow::Owned(n.to_string()), &note.note)).collect();
            if !texts.is_empty() {
                units.push(Unit { kind: UnitKind::Notes, path: path.to_owned(), key, texts });
            }
        };
        for item in &self.items {
            put(&item.file.path, None, &item.editorial);
        }
        let policy = &self.policy;
        if let Some(document) = &policy.document {
            put(DOCUMENT, None, &document.editorial);
        }
        for text in &policy.texts {
            put(&text.file.path, None, &text.editorial);
        }
        for task in &policy.tasks {
            put(TASKS, Some(task.number.value.to_string()), &task.editorial);
        }
        for row in &policy.division {
            put(DIVISION, Some(row.number.value.to_string()), &row.editorial);
        }
        for indicator in &policy.indicators {
            put(INDICATORS, Some(indicator.id.value.to_string()), &indicator.editorial);
        }
    }

    /// How far the translation of a column of the items has come.
    pub fn field_coverage(&self, field: super::FieldId, lang: LangId) -> Counts {
        Counts::of(self.items.iter().filter_map(|item| item.text(field)), lang)
    }

    /// How far the translation of everything but the items has come, by kind; kinds without texts are left out.
    pub fn other_coverage(&self, lang: LangId) -> Vec<(UnitKind, Counts)> {
        let units = self.units();
        let count = |kind| {
            let texts = units.iter().filter(|unit| unit.kind == kind).flat_map(|unit| &unit.texts);
            (kind, Counts::of(texts.map(|(_, text)| *text), lang))
        };
        UnitKind::OTHERS.into_iter().map(count).filter(|(_, counts)| counts.total > 0).collect()
    }
}
