//! For pages of the development server: the errors with their excerpts, in both languages, as JSON that its client reads.

use super::excerpt::Excerpt;
use super::places::Places;
use super::visible;
use crate::diag::{self, Report, Severity, Span};
use crate::serve::Explained;
use serde::Serialize;

/// As many are shown; who mends these finds the others.
const MOST: usize = 50;

/// The errors, the first of them in words.
pub(super) fn explain(report: &Report) -> Explained {
    let mut places = Places::default();
    let errors = report.iter().filter(|fault| fault.severity == Severity::Error);
    let faults: Vec<Fault<'_>> = errors.take(MOST).map(|fault| Fault::of(fault, &mut places)).collect();
    let text = faults.iter().map(|Fault { place: Place { file, line, column }, message, .. }| {
        format!("{file}:{line}:{column}\n    {}\n    {}\n", message.zh, message.en)
    });
    let text = text.collect();
    // Serialising plain data to memory cannot fail.
    let json = serde_json::to_string(&faults).unwrap_or_default();
    Explained { json, text, count: report.errors() }
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'a str,
    #[serde(flatten)]
    place: Place,
    message: Message,
    hint: Option<Message>,
    related: Option<Related>,
    excerpt: Option<Shown>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Message {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Related {
    #[serde(flatten)]
    place: Place,
    message: Message,
}

/// Lines of a file, in three parts of which the second is marked.
#[derive(Serialize)]
struct Shown {
    line: usize,
    before: String,
    mark: String,
    after: String,
}

impl Message {
    fn of(diag::Message { zh, en }: &diag::Message) -> Self {
        Self { zh: visible::text(zh).into_owned(), en: visible::text(en).into_owned() }
    }
}

impl Place {
    fn of(span: &Span, places: &mut Places) -> Self {
        let place = places.of(span);
        Self { file: visible::line(&span.file.shown()), line: place.line, column: place.column }
    }
}

impl Shown {
    fn of(span: &Span, places: &mut Places) -> Option<Self> {
        let place = places.of(span);
        let Excerpt { text, line, mark } = Excerpt::of(span, &place, places.lines(span))?;
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        Some(Self { line, before: part(0..mark.start), mark: part(mark.clone()), after: part(mark.end..text.len()) })
    }
}

impl<'a> Fault<'a> {
    fn of(fault: &'a diag::Diagnostic, places: &mut Places) -> Self {
        let related = fault.related.as_ref();
        Self {
            code: fault.code,
            place: Place::of(&fault.span, places),
            message: Message::of(&fault.message),
            hint: fault.hint.as_ref().map(Message::of),
            related: related
                .map(|(at, message)| Related { place: Place::of(at, places), message: Message::of(message) }),
            excerpt: Shown::of(&fault.span, places),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, SourceFile};
    use crate::msg;

    #[test]
    fn errors_are_shown_with_their_lines_and_warnings_are_not() {
        let file = SourceFile::new("content", "a.yaml", "名: 值\n键: \u{202e}错\n");
        let message = msg!("坏\u{202e}", "bad");
        let mut report = Report::default();
        report.push(Diagnostic::error("x", Span::new(&file, 14, 20), message.clone()).hint(message.clone()));
        report.push(Diagnostic::warning("y", Span::whole(&file), message));
        let explained = explain(&report);
        let shown: serde_json::Value = serde_json::from_str(&explained.json).unwrap_or_default();
        assert_eq!(shown.as_array().map(Vec::len), Some(1));
        assert_eq!(shown[0]["line"], 2);
        assert_eq!(shown[0]["excerpt"]["mark"], "<U+202E>错");
        assert_eq!(shown[0]["message"]["zh"], "坏<U+202E>");
        assert_eq!((explained.count, explained.text.lines().next()), (1, Some("content/a.yaml:2:4")));
    }
}
