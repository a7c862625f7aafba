//! The proof of a plan (`amend`), told by cells.
//!
//! Lives here: which cells cause the faults that the content would have. Never here: mending them.

use super::Plan;
use super::entries::{Entry, Set};
use super::headings::PARTS;
use super::known::Known;
use crate::amend::{self, yaml};
use crate::diag::{Diagnostic, Report, Span};
use crate::model::Catalogue;
use crate::msg;
use crate::raw::tree;
use crate::source::Sources;
use unicode_normalization::UnicodeNormalization as _;

/// Reports every error that the content would have and does not have now.
pub(super) fn prove(plan: &Plan, entries: &[Entry<'_>], (sources, before): (&Sources, &Report), report: &mut Report) {
    if plan.files.is_empty() {
        return;
    }
    let (catalogue, errors) = amend::prove(&plan.files, sources, before);
    for fault in errors {
        report.push(told_by_cell(fault, entries));
    }
    if !report.has_errors() {
        otherwise(&catalogue, plan, entries, report);
    }
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
        let size = span.end() - span.start();
        let around = span.start() <= place.start() && place.end() <= span.end();
        if around && best.is_none_or(|(least, _)| size < least) {
            best = Some((size, set));
        }
    }
    // The file of an item has but one row; that of a list is everybody's.
    let alone = place.file.path.contains("items/").then_some(first).flatten();
    best.map(|(_, set)| (set, true)).or(alone.map(|set| (set, false)))
}
