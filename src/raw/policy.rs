//! The keys of the files of `policy/`, and the front matter of its Markdown documents.

use super::decode::{Keys, list};
use super::item::{RawNote, note};
use super::tree::{Node, parse_part};
use crate::diag::{Diagnostic, Report, SourceFile, Span, Spanned, Written};
use crate::model::{PointKind, TextKind, Validity};
use crate::msg;
use std::sync::Arc;

/// `document.yaml` as written.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// `title`.
    pub title: Option<Spanned<Written>>,
    /// `issuer`.
    pub issuer: Option<Spanned<Written>>,
    /// `index_number`.
    pub index_number: Option<Spanned<Written>>,
    /// `document_number`.
    pub document_number: Option<Spanned<Written>>,
    /// `subject`.
    pub subject: Option<Spanned<Written>>,
    /// `written`.
    pub written: Option<Spanned<Written>>,
    /// `published`.
    pub published: Option<Spanned<Written>>,
    /// `effective`.
    pub effective: Option<Spanned<Written>>,
    /// `ended`.
    pub ended: Option<Spanned<Written>>,
    /// `validity`.
    pub validity: Option<Validity>,
    /// `validity_note`.
    pub validity_note: Option<Spanned<Written>>,
    /// `source`.
    pub source: Option<Spanned<Written>>,
    /// `annex`.
    pub annex: Option<Spanned<Written>>,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
}

/// A Markdown document as written.
#[derive(Debug, Clone)]
pub struct RawPolicyText {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its name without `.md`.
    pub name: String,
    /// `title`.
    pub title: Option<Spanned<Written>>,
    /// `kind`.
    pub kind: TextKind,
    /// `date`.
    pub date: Option<Spanned<Written>>,
    /// `interprets`.
    pub interprets: Option<Spanned<Written>>,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
    /// What follows the front matter.
    pub body: Spanned<Written>,
}

/// An area as written.
#[derive(Debug, Clone)]
pub struct RawArea {
    /// `id`.
    pub id: Spanned<Written>,
    /// `label`.
    pub label: Option<Spanned<Written>>,
    /// `name`.
    pub name: Spanned<Written>,
    /// `domain`.
    pub domain: Option<Spanned<Written>>,
    /// `tasks`.
    pub tasks: Vec<RawTask>,
}

/// A task as written.
#[derive(Debug, Clone)]
pub struct RawTask {
    /// `number`.
    pub number: Spanned<u32>,
    /// `title`.
    pub title: Spanned<Written>,
    /// `items`.
    pub items: Vec<Spanned<Written>>,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
}

/// A row of the division as written.
#[derive(Debug, Clone)]
pub struct RawDivisionRow {
    /// `number`.
    pub number: Spanned<u32>,
    /// `task`.
    pub task: Spanned<Written>,
    /// `responsible`.
    pub responsible: Spanned<Written>,
    /// `departments`.
    pub departments: Vec<Spanned<Written>>,
    /// `tasks`.
    pub tasks: Vec<Spanned<u32>>,
    /// `domain`.
    pub domain: Option<Spanned<Written>>,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
}

/// An indicator as written.
#[derive(Debug, Clone)]
pub struct RawIndicator {
    /// `id`.
    pub id: Spanned<Written>,
    /// `domain`.
    pub domain: Option<Spanned<Written>>,
    /// `name`.
    pub name: Spanned<Written>,
    /// `unit`.
    pub unit: Option<Spanned<Written>>,
    /// `points`.
    pub points: Vec<RawPoint>,
    /// `key`.
    pub key: bool,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
}

/// A point of an indicator as written.
#[derive(Debug, Clone)]
pub struct RawPoint {
    /// `year`.
    pub year: Spanned<u32>,
    /// `since`.
    pub since: Option<Spanned<u32>>,
    /// `value`.
    pub value: Option<Spanned<Written>>,
    /// `kind`.
    pub kind: PointKind,
}

/// Reads `document.yaml`.
pub(super) fn document(node: &Node, report: &mut Report) -> RawDocument {
    let mut keys = Keys::of(node, report);
    let validities = [Validity::InForce, Validity::NotYet, Validity::Revised, Validity::Lapsed, Validity::Repealed]
        .map(|validity| (validity.as_str(), validity));
    let document = RawDocument {
        title: keys.required_text("title"),
        issuer: keys.text("issuer"),
        index_number: keys.text("index_number"),
        document_number: keys.text("document_number"),
        subject: keys.text("subject"),
        written: keys.date("written"),
        published: keys.date("published"),
        effective: keys.date("effective"),
        ended: keys.date("ended"),
        validity: keys.required("validity").and_then(|node| super::decode::choice(node, keys.report, &validities)),
        validity_note: keys.text("validity_note"),
        source: keys.id("source"),
        annex: keys.text("annex"),
        editorial: keys.list("editorial", note),
    };
    keys.finish();
    document
}

/// Reads a Markdown document; none where its front matter is missing or broken.
pub(super) fn text(file: &Arc<SourceFile>, report: &mut Report) -> Option<RawPolicyText> {
    let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    if !super::values::is_id(&name) {
        report.push(super::values::bad_id(&name, Span::whole(file)));
        return None;
    }
    let (node, body) = front_matter(file, report)?;
    let mut keys = Keys::of(&node, report);
    let kinds = [TextKind::Notice, TextKind::Interpretation, TextKind::Other].map(|kind| (kind.as_str(), kind));
    let title = keys.required_text("title");
    let kind = keys.choice("kind", &kinds).unwrap_or(TextKind::Other);
    let date = keys.date("date");
    let interprets = keys.id("interprets");
    let editorial = keys.list("editorial", note);
    keys.finish();
    Some(RawPolicyText { file: Arc::clone(file), name, title, kind, date, interprets, editorial, body })
}

/// Splits a Markdown file into its front matter, parsed, and its body.
pub fn front_matter(file: &Arc<SourceFile>, report: &mut Report) -> Option<(Node, Spanned<Written>)> {
    let text = &file.text;
    let inner = 4;
    let end = text.strip_prefix("---\n").and_then(|rest| match rest.starts_with("---\n") {
        true => Some(inner),
        false => rest.find("\n---\n").or_else(|| rest.strip_suffix("\n---").map(str::len)).map(|at| at + inner + 1),
    });
    let errors = report.errors();
    let node = end.and_then(|end| parse_part(file, inner, end).merge_into(report));
    let (Some(node), Some(end)) = (node, end) else {
        if report.errors() == errors {
            report.push(no_front_matter(file));
        }
        return None;
    };
    let start = (end + 4).min(text.len());
    let body = Spanned::new(Written::part(file, start..text.len()), Span::new(file, start, text.len()));
    Some((node, body))
}

fn no_front_matter(file: &Arc<SourceFile>) -> Diagnostic {
    let message = msg!("缺少文件头", "the front matter is missing");
    Diagnostic::error("missing-front-matter", Span::whole(file), message).hint(msg!(
        "文件开头应有一行“---”，接着“title: …”，再一行“---”",
        "the file starts with a line `---`, then `title: …`, then another line `---`"
    ))
}

/// Reads `tasks.yaml`.
pub(super) fn areas(node: &Node, report: &mut Report) -> Vec<RawArea> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let id = keys.required_id("id");
        let label = keys.text("label");
        let name = keys.required_text("name");
        let domain = keys.id("domain");
        let tasks = keys.list("tasks", task);
        keys.finish();
        Some(RawArea { id: id?, label, name: name?, domain, tasks })
    })
}

fn task(node: &Node, report: &mut Report) -> Option<RawTask> {
    let mut keys = Keys::of(node, report);
    let number = keys.required("number").and_then(|node| super::decode::integer(node, keys.report));
    let title = keys.required_text("title");
    let items = keys.ids("items");
    let editorial = keys.list("editorial", note);
    keys.finish();
    Some(RawTask { number: number?, title: title?, items, editorial })
}

/// Reads `division.yaml`.
pub(super) fn division(node: &Node, report: &mut Report) -> Vec<RawDivisionRow> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let number = keys.required("number").and_then(|node| super::decode::integer(node, keys.report));
        let task = keys.required_text("task");
        let responsible = keys.required_text("responsible");
        let departments = keys.ids("departments");
        let tasks = keys.list("tasks", super::decode::integer);
        let domain = keys.id("domain");
        let editorial = keys.list("editorial", note);
        keys.finish();
        Some(RawDivisionRow {
            number: number?,
            task: task?,
            responsible: responsible?,
            departments,
            tasks,
            domain,
            editorial,
        })
    })
}

/// Reads `indicators.yaml`.
pub(super) fn indicators(node: &Node, report: &mut Report) -> Vec<RawIndicator> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let id = keys.required_id("id");
        let domain = keys.id("domain");
        let name = keys.required_text("name");
        let unit = keys.text("unit");
        let points = keys.list("points", point);
        let key = keys.boolean("key").unwrap_or(false);
        let editorial = keys.list("editorial", note);
        keys.finish();
        Some(RawIndicator { id: id?, domain, name: name?, unit, points, key, editorial })
    })
}

fn point(node: &Node, report: &mut Report) -> Option<RawPoint> {
    let mut keys = Keys::of(node, report);
    let kinds = [PointKind::Level, PointKind::Annual, PointKind::Cumulative, PointKind::Missing]
        .map(|kind| (kind.as_str(), kind));
    let year = keys.required("year").and_then(|node| super::decode::integer(node, keys.report));
    let since = keys.integer("since");
    let value = keys.text("value");
    let kind = keys.required("kind").and_then(|node| super::decode::choice(node, keys.report, &kinds));
    keys.finish();
    // A level is what most figures are; the fault of the kind is in the report.
    Some(RawPoint { year: year?, since, value, kind: kind.unwrap_or(PointKind::Level) })
}
