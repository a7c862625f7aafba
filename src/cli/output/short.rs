//! One line a fault: `path:line:column: error[code]: message`, as editors and `grep` read it.

use super::places::Places;
use super::{severity, visible};
use crate::cli::locale::MessageLang;
use crate::diag::{Diagnostic, Report};

/// All faults; nothing at all where there is none. The severity is a word for machines and not translated.
pub(super) fn render(report: &Report, lang: MessageLang) -> String {
    let mut places = Places::default();
    let mut out = String::new();
    for Diagnostic { code, severity: level, span, message, hint: _, related: _ } in report.iter() {
        let place = places.of(span);
        let (path, message) = (visible::line(&span.file.shown()), visible::line(lang.pick(message)));
        let (line, column, level) = (place.line, place.column, severity(*level));
        out.push_str(&format!("{path}:{line}:{column}: {level}[{code}]: {message}\n"));
    }
    out
}
