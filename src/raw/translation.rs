//! The keys of translations: files under `i18n/<tag>/` that mirror the source's.

use super::decode::{Keys, entries, text_map};
use super::glossary::{RawAllow, allow};
use super::policy::front_matter;
use super::tree::{Entry, Node};
use crate::diag::{Diagnostic, Report, SourceFile, Span, Spanned, Written};
use crate::lang::Status;
use crate::msg;
use std::sync::Arc;

/// A translation file as written.
#[derive(Debug, Clone)]
pub struct RawTranslation {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The language: the folder's name.
    pub tag: String,
    /// What it translates.
    pub target: Target,
}

/// What a translation file translates; entries of lists go by id or number.
#[derive(Debug, Clone)]
pub enum Target {
    /// `items/<domain>/<slug>.yaml`: the path of the source file, and its entry.
    Item(String, RawEntry),
    /// `domains.yaml`.
    Domains(Vec<(Spanned<Written>, RawEntry)>),
    /// `departments.yaml`.
    Departments(Vec<(Spanned<Written>, RawEntry)>),
    /// `audiences.yaml`.
    Audiences(Vec<(Spanned<Written>, RawEntry)>),
    /// `life-events.yaml`.
    LifeEvents(Vec<(Spanned<Written>, RawEntry)>),
    /// `changes.yaml`.
    Changes(Vec<(Spanned<Written>, RawEntry)>),
    /// `policy/document.yaml`.
    Document(RawEntry),
    /// `policy/tasks.yaml`: areas by id, tasks by number.
    Tasks(Vec<(Spanned<Written>, RawEntry)>),
    /// `policy/division.yaml`.
    Division(Vec<(Spanned<Written>, RawEntry)>),
    /// `policy/indicators.yaml`.
    Indicators(Vec<(Spanned<Written>, RawEntry)>),
    /// `policy/<name>.md`: the name, and its text.
    Text(String, RawMarkdown),
    /// `allow.yaml`: no translation, but what the rules about this language let pass.
    Allow(RawAllow),
}

impl Target {
    /// The entries of a list; none where the file is one entry, or no translation.
    pub fn entries(&self) -> &[(Spanned<Written>, RawEntry)] {
        match self {
            Self::Domains(entries)
            | Self::Departments(entries)
            | Self::Audiences(entries)
            | Self::LifeEvents(entries)
            | Self::Changes(entries)
            | Self::Tasks(entries)
            | Self::Division(entries)
            | Self::Indicators(entries) => entries,
            Self::Item(..) | Self::Document(_) | Self::Text(..) | Self::Allow(_) => &[],
        }
    }
}

/// One translated entry.
#[derive(Debug, Clone)]
pub struct RawEntry {
    /// Its first key.
    pub place: Span,
    /// `status`.
    pub status: Status,
    /// `translator`.
    pub translator: Option<Spanned<Written>>,
    /// `reviewer`.
    pub reviewer: Option<Spanned<Written>>,
    /// `date`.
    pub date: Option<Spanned<Written>>,
    /// `source`: the fingerprints by field; those of `source_editorial` under `editorial.<number>`.
    pub source: Vec<(Spanned<Written>, Spanned<Written>)>,
    /// `text`: the texts by field; those of `editorial` under `editorial.<number>`.
    pub text: Vec<(Spanned<Written>, Spanned<Written>)>,
}

/// A translated Markdown document.
#[derive(Debug, Clone)]
pub struct RawMarkdown {
    /// Status, names and the title as `text`, with the body's fingerprint under `body`.
    pub entry: RawEntry,
    /// The translated body.
    pub body: Spanned<Written>,
}

/// Reads a translation; none where it translates nothing known, or is broken (then it is in the report).
pub(super) fn read(file: &Arc<SourceFile>, report: &mut Report) -> Option<RawTranslation> {
    let Some((tag, path)) = file.path.strip_prefix("i18n/").and_then(|rest| rest.split_once('/')) else {
        super::unknown_file(file, report);
        return None;
    };
    let target = if let Some(name) = path.strip_prefix("policy/").and_then(|name| name.strip_suffix(".md")) {
        Target::Text(name.to_owned(), markdown(file, report)?)
    } else if path.ends_with(".yaml") && is_known(path) {
        let node = super::root(file, report)?;
        target(path, &node, report)
    } else {
        super::unknown_file(file, report);
        return None;
    };
    Some(RawTranslation { file: Arc::clone(file), tag: tag.to_owned(), target })
}

fn is_known(path: &str) -> bool {
    super::is_item(path)
        || matches!(
            path,
            "allow.yaml"
                | "domains.yaml"
                | "departments.yaml"
                | "audiences.yaml"
                | "life-events.yaml"
                | "changes.yaml"
                | "policy/document.yaml"
                | "policy/tasks.yaml"
                | "policy/division.yaml"
                | "policy/indicators.yaml"
        )
}

fn target(path: &str, node: &Node, report: &mut Report) -> Target {
    match path {
        "allow.yaml" => Target::Allow(allow(node, report)),
        "domains.yaml" => Target::Domains(by_id(node, report)),
        "departments.yaml" => Target::Departments(by_id(node, report)),
        "audiences.yaml" => Target::Audiences(by_id(node, report)),
        "life-events.yaml" => Target::LifeEvents(by_id(node, report)),
        "changes.yaml" => Target::Changes(by_id(node, report)),
        "policy/document.yaml" => Target::Document(entry(node, report)),
        "policy/tasks.yaml" => Target::Tasks(by_id(node, report)),
        "policy/division.yaml" => Target::Division(by_id(node, report)),
        "policy/indicators.yaml" => Target::Indicators(by_id(node, report)),
        _ => Target::Item(path.to_owned(), entry(node, report)),
    }
}

fn by_id(node: &Node, report: &mut Report) -> Vec<(Spanned<Written>, RawEntry)> {
    let read = |e: &Entry, report: &mut Report| (e.key.clone(), entry(&e.node, report));
    entries(node, report).iter().map(|e| read(e, report)).collect()
}

const STATUSES: [(&str, Status); 3] =
    [("draft", Status::Draft), ("checked", Status::Checked), ("reviewed", Status::Reviewed)];

fn entry(node: &Node, report: &mut Report) -> RawEntry {
    let mut keys = Keys::of(node, report);
    let mut entry = head(&mut keys);
    entry.source = match keys.node_or_empty("source") {
        Some(node) => text_map(node, keys.report),
        None => Vec::new(),
    };
    entry.text = match keys.node_or_empty("text") {
        Some(node) => text_map(node, keys.report),
        None => Vec::new(),
    };
    notes(&mut keys, &mut entry);
    keys.finish();
    entry
}

/// Translated editorial notes, by their number in the source file: one more mapping of texts and one of fingerprints.
fn notes(keys: &mut Keys<'_, '_>, entry: &mut RawEntry) {
    let mut read = |key: &'static str, into: &mut Vec<(Spanned<Written>, Spanned<Written>)>| {
        let Some(node) = keys.node_or_empty(key) else { return };
        let named = |(number, value): (Spanned<Written>, Spanned<Written>)| {
            (Spanned::new(note_field(&number.value).into(), number.span), value)
        };
        into.extend(text_map(node, keys.report).into_iter().map(named));
    };
    read("editorial", &mut entry.text);
    read("source_editorial", &mut entry.source);
}

/// The field that a translated note is joined by; no id of a column has a dot.
pub(crate) fn note_field(number: &str) -> String {
    format!("editorial.{number}")
}

fn head(keys: &mut Keys<'_, '_>) -> RawEntry {
    let place = keys.place();
    let status = keys
        .required("status")
        .and_then(|node| super::decode::choice(node, keys.report, &STATUSES))
        .unwrap_or(Status::Draft);
    let entry = RawEntry {
        place: place.clone(),
        status,
        translator: keys.text("translator"),
        reviewer: keys.text("reviewer"),
        date: keys.date("date"),
        source: Vec::new(),
        text: Vec::new(),
    };
    if entry.status == Status::Reviewed && entry.reviewer.is_none() {
        let message = msg!("状态为 reviewed，却没有审定人", "the status is `reviewed`, but there is no reviewer");
        keys.report.push(
            Diagnostic::error("missing-reviewer", place, message)
                .hint(msg!("请加上“reviewer: 姓名”，或改为 checked", "add `reviewer: <name>`, or write `checked`")),
        );
    }
    entry
}

fn markdown(file: &Arc<SourceFile>, report: &mut Report) -> Option<RawMarkdown> {
    let (node, body) = front_matter(file, report)?;
    let mut keys = Keys::of(&node, report);
    let mut entry = head(&mut keys);
    let named = |name: &str, value: Spanned<Written>| (Spanned::new(name.into(), value.span.clone()), value);
    entry.text.extend(keys.text("title").map(|title| named("title", title)));
    entry.source.extend(keys.text("source").map(|hash| named("body", hash)));
    entry.source.extend(keys.text("source_title").map(|hash| named("title", hash)));
    notes(&mut keys, &mut entry);
    keys.finish();
    Some(RawMarkdown { entry, body })
}
