//! Marks and numbers: what a translation must have in common with its source.
//!
//! Lives here: the comparison of an entry's two sides. Never here: the other rules about texts (`check`).

use super::Form;
use super::sort::Sorter;
use crate::check::{correct_them, figures_differ};
use crate::diag::{Diagnostic, Message};
use crate::markdown::{plain, shape};
use crate::msg;
use crate::po::Entry;
use std::collections::BTreeMap;

impl Sorter<'_, '_> {
    /// Whether the marks of Markdown are those of the source; otherwise the entry is refused.
    pub(super) fn has_marks(&mut self, at: usize, entry: &Entry, told: &str) -> bool {
        let (from, to) = (shape(&entry.source.value), shape(told));
        let span = entry.translation.span.clone();
        let (message, place) = match (from.blocks == to.blocks, from.inline == to.inline) {
            (true, true) => return true,
            (false, _) => (differing(&from.blocks, &to.blocks), span),
            (true, false) => {
                let extra = extra(&from.inline, &to.inline).into_iter().next();
                let place = extra.map_or_else(|| span.clone(), |mark| span.find(mark.trim_start_matches("[…]")));
                (differing(&from.inline, &to.inline), place)
            }
        };
        let hint = msg!(
            "链接、标题的 {{#标识}}、列表和表格的记号照抄原文，只译文字",
            "copy links, the {{#id}} of headings, and the marks of lists and tables; translate the words only"
        );
        self.leave_out(at, Diagnostic::error("po-markup", place, message).hint(hint));
        false
    }

    pub(super) fn has_figures(&mut self, at: usize, entry: &Entry, told: &str, form: Form) -> bool {
        let differ = match form {
            Form::Plain => figures_differ(&entry.source.value, told),
            Form::Markdown | Form::Document => figures_differ(&plain(&entry.source.value), &plain(told)),
        };
        let Some(differing) = differ else { return true };
        let span = entry.translation.span.clone();
        self.leave_out(at, Diagnostic::error("figures-differ", span, differing.message).hint(correct_them()));
        false
    }
}

/// What a list has besides another.
fn extra<'l>(from: &[String], to: &'l [String]) -> Vec<&'l str> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in from {
        *left.entry(mark).or_default() += 1;
    }
    let mut extra = Vec::new();
    for mark in to {
        match left.get_mut(mark.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => extra.push(mark.as_str()),
        }
    }
    extra
}

fn differing(from: &[String], to: &[String]) -> Message {
    const MOST: usize = 5;
    const LONGEST: usize = 60;
    let shortened = |mark: &str| match mark.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &mark[..end]),
        None => mark.to_owned(),
    };
    let list = |marks: Vec<&str>| marks.into_iter().take(MOST).map(shortened).collect::<Vec<_>>().join("  ");
    let (missing, more) = (list(extra(to, from)), list(extra(from, to)));
    match (missing.is_empty(), more.is_empty()) {
        (true, true) => {
            msg!("Markdown 记号的次序与原文不同", "the marks of Markdown are not in the order of the source")
        }
        (false, true) => msg!(
            "Markdown 记号与原文不同：缺 {missing}",
            "the marks of Markdown are not those of the source: {missing} is missing"
        ),
        (true, false) => msg!(
            "Markdown 记号与原文不同：多 {more}",
            "the marks of Markdown are not those of the source: {more} is too much"
        ),
        (false, false) => msg!(
            "Markdown 记号与原文不同：缺 {missing}，多 {more}",
            "the marks of Markdown are not those of the source: {missing} is missing, {more} is too much"
        ),
    }
}
