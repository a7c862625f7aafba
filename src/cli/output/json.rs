//! For programs: the whole report as one JSON object on one line, in both languages.

use super::places::Places;
use super::{severity, visible};
use crate::diag::{self, Report};
use serde::Serialize;

/// The form of the object; it grows by keys, and a change that breaks readers raises it.
const VERSION: u32 = 1;

/// The object and a line end.
pub(super) fn render(report: &Report) -> String {
    let mut places = Places::default();
    let object = Object {
        version: VERSION,
        diagnostics: report.iter().map(|d| Diagnostic::of(d, &mut places)).collect(),
        errors: report.errors(),
        warnings: report.warnings(),
    };
    // Serialising plain data to memory cannot fail.
    visible::json(serde_json::to_string(&object).unwrap_or_default()) + "\n"
}

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    diagnostics: Vec<Diagnostic<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a str,
    severity: &'a str,
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: Message<'a>,
    hint: Option<Message<'a>>,
    related: Option<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    file: String,
    line: usize,
    column: usize,
    message: Message<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    zh: &'a str,
    en: &'a str,
}

impl<'a> Message<'a> {
    fn of(diag::Message { zh, en }: &'a diag::Message) -> Self {
        Self { zh, en }
    }
}

impl<'a> Diagnostic<'a> {
    fn of(diagnostic: &'a diag::Diagnostic, places: &mut Places) -> Self {
        let diag::Diagnostic { code, severity: level, span, message, hint, related } = diagnostic;
        let place = places.of(span);
        let related = related.as_ref().map(|(span, message)| {
            let place = places.of(span);
            Related { file: span.file.shown(), line: place.line, column: place.column, message: Message::of(message) }
        });
        Self {
            code,
            severity: severity(*level),
            file: span.file.shown(),
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            message: Message::of(message),
            hint: hint.as_ref().map(Message::of),
            related,
        }
    }
}
