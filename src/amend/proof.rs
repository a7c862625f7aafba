//! The proof of planned files: the content as it would be goes through the whole pipeline before anything is written.
//!
//! Lives here: faults that were not there before. Never here: who caused them, and mending them.

use super::{Normal, Planned};
use crate::diag::{Diagnostic, Outcome, Report, Severity, SourceFile};
use crate::lower::lower;
use crate::model::Catalogue;
use crate::source::Sources;
use crate::{check, raw};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the content would mean with these files in their places, and every error that it would have and does not have
/// now. `before` is what is wrong with it now.
pub(crate) fn prove(files: &[Planned], sources: &Sources, before: &Report) -> (Catalogue, Vec<Diagnostic>) {
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
    let new = errors(&after).into_iter().filter(|fault| !known.contains(&name(fault))).collect();
    (catalogue, new)
}

/// The content with the planned files in their places.
fn would_be(planned: &[Planned], sources: &Sources) -> Sources {
    let mut files: Vec<Arc<SourceFile>> = Vec::with_capacity(sources.files.len() + planned.len());
    let mut unread = sources.unread.clone();
    let mut changed: Vec<Arc<SourceFile>> = Vec::with_capacity(planned.len());
    for file in planned {
        unread.remove(&file.path);
        changed.push(SourceFile::new(sources.root.clone(), file.path.clone(), Normal::of(&file.text).text));
    }
    let paths: BTreeSet<&str> = planned.iter().map(|file| file.path.as_str()).collect();
    files.extend(sources.files.iter().filter(|file| !paths.contains(file.path.as_str())).cloned());
    files.extend(changed);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Sources { root: sources.root.clone(), files, unread }
}
