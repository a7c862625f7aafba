//! The proof of a plan: the content as it would be goes through the whole pipeline before anything is written.
//!
//! Lives here: faults that were not there before, and the cells that cause them. Never here: mending them.

use super::entries::{Entry, Set};
use super::headings::PARTS;
use super::known::Known;
use super::{Plan, Planned, yaml};
use crate::diag::{Diagnostic, Outcome, Report, Severity, SourceFile, Span};
use crate::lower::lower;
use crate::model::Catalogue;
use crate::raw::tree;
use crate::source::Sources;
use crate::translate::Normal;
use crate::{check, msg, raw};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization as _;

/// Reports every error that the content would have and does not have now.
pub(super) fn prove(plan: &Plan, entries: &[Entry<'_>], (sources, before): (&Sources, &Report), report: &mut Report) {
    if plan.files.is_empty() {
        return;
    }
    let Outcome { value: catalogue, report: faults } = prove_files(&plan.files, (sources, before));
    for fault in faults.iter().cloned() {
        report.push(told_by_cell(fault, entries));
    }
    if !report.has_errors() {
        otherwise(&catalogue, plan, entries, report);
    }
}

/// The content with the planned files in their places, and every error that it would have and does not have now.
/// `before` is what is wrong with it now.
pub fn prove_files(files: &[Planned], (sources, before): (&Sources, &Report)) -> Outcome<Catalogue> {
    let mut after = Report::default();
    let Outcome { value: raw, report: faults } = raw::parse(&would_be(files, sources));
    after.merge(faults);
    let catalogue = lower(raw).merge_into(&mut after);
    after.merge(check::check(&catalogue));
    let name = |d: &Diagnostic| (d.code, d.span.file.path.clone(), d.message.en.clone());
    let errors = |report: &Report| -> Vec<Diagnostic> {
        report.iter().filter(|d| d.severity == Severity::Error).cloned().collect()
    };
    let known: BTreeSet<_> = errors(before).iter().map(name).collect();
    let mut new = Report::default();
    errors(&after).into_iter().filter(|fault| !known.contains(&name(fault))).for_each(|fault| new.push(fault));
    Outcome::new(catalogue, new)
}

/// Names cells that `export` would write otherwise than they were read: what was written does not say the same.
fn otherwise(catalogue: &Catalogue, plan: &Plan, entries: &[Entry<'_>], report: &mut Report) {
    let written = |set: &&Set<'_>| {
        // A value that comes from no cell of its own, or from several.
        let own = set.sheet.column(&set.column).is_some_and(|column| column.at == set.given.column);
        own && set.column != "year" && plan.files.iter().any(|file| file.path == set.file)
    };
    for (part, _) in PARTS {
        let mut sets = entries.iter().filter(|entry| entry.part == part).peekable();
        if sets.peek().is_none() {
            continue;
        }
        let known = Known::new(catalogue, part);
        for entry in sets {
            let row = known.rows.get(&entry.key).and_then(|rows| rows.first());
            for set in entry.sets.iter().filter(written) {
                let (there, told) = (known.cell(row, &set.column), &set.given.text);
                if bones(there) != bones(told) {
                    let reason = msg!("写入后读作“{there}”", "once written it reads `{there}`");
                    let message = set.sheet.about(&set.given, reason);
                    report.push(
                        Diagnostic::warning("import-otherwise", set.sheet.span(&set.given), message)
                            .hint(msg!("请在写入的文件里核对", "compare it in the file that is written")),
                    );
                }
            }
        }
    }
}

/// A cell without what may differ: white space, the width of signs, the marks and brackets around numbers.
fn bones(cell: &str) -> String {
    cell.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '(' | ')' | '、' | ';'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The content with the planned files in their places.
fn would_be(planned: &[Planned], sources: &Sources) -> Sources {
    let mut files: Vec<Arc<SourceFile>> = sources.files.clone();
    let mut unread = sources.unread.clone();
    for planned in planned {
        let file = SourceFile::new(sources.root.clone(), planned.path.clone(), Normal::of(&planned.text).text);
        unread.remove(&planned.path);
        match files.binary_search_by(|file| file.path.cmp(&planned.path)) {
            Ok(at) => files[at] = file,
            Err(at) => files.insert(at, file),
        }
    }
    Sources { root: sources.root.clone(), files, unread }
}

/// The same fault at the cell that causes it, if one does.
fn told_by_cell(fault: Diagnostic, entries: &[Entry<'_>]) -> Diagnostic {
    let Some((set, is_cell)) = culprit(&fault.span, entries) else { return fault };
    let Diagnostic { code, span, message, hint, .. } = fault;
    let (place, message) = match is_cell {
        true => (set.sheet.span(&set.given), set.sheet.about(&set.given, message)),
        false => (set.sheet.table.row_span(set.given.row), set.sheet.about_row(set.given.row, message)),
    };
    Diagnostic::error(code, place, message)
        .maybe_hint(hint)
        .related(span, msg!("这里会写成这样", "this is what would be written"))
}

/// The value that stands at a place of a file; where none does, one of the row that the file is about, and false.
fn culprit<'e, 's>(place: &Span, entries: &'e [Entry<'s>]) -> Option<(&'e Set<'s>, bool)> {
    let root = tree::parse(&place.file).value?;
    let mut sets = entries.iter().flat_map(|entry| &entry.sets).filter(|set| set.file == place.file.path).peekable();
    let mut best: Option<(usize, &Set<'s>)> = None;
    let first = sets.peek().copied();
    for set in sets {
        let Some(node) = yaml::find(&root, &set.path) else { continue };
        let span = &node.span;
        let size = span.end - span.start;
        let around = span.start <= place.start && place.end <= span.end;
        if around && best.is_none_or(|(least, _)| size < least) {
            best = Some((size, set));
        }
    }
    // The file of an item has but one row; that of a list is everybody's.
    let alone = place.file.path.contains("items/").then_some(first).flatten();
    best.map(|(_, set)| (set, true)).or(alone.map(|set| (set, false)))
}
