//! Workflow commands of GitHub Actions: annotations beside the changed lines.

use super::places::Places;
use super::{severity, visible};
use crate::cli::locale::MessageLang;
use crate::diag::{Diagnostic, Report};

/// One command a fault, `::error file=…,line=…,col=…,title=code::message`, the hint on a line of its own in the message.
pub(super) fn render(report: &Report, lang: MessageLang) -> String {
    let mut places = Places::default();
    let mut out = String::new();
    for Diagnostic { code, severity: level, span, message, hint, related: _ } in report.iter() {
        let place = places.of(span);
        let hint = hint.as_ref().map(|hint| format!("\n{}", lang.pick(hint))).unwrap_or_default();
        let text = format!("{}{hint}", lang.pick(message));
        let (file, title) = (property(&span.file.shown()), property(code));
        let (line, column, level) = (place.line, place.column, severity(*level));
        out.push_str(&format!("::{level} file={file},line={line},col={column},title={title}::{}\n", data(&text)));
    }
    out
}

/// The message of a command: everything up to the line end.
fn data(text: &str) -> String {
    // Escaped before other control characters are made visible, since these two have an escape of their own.
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    visible::line(&text)
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
