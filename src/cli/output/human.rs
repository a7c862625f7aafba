//! For people: title, place, excerpt with a caret, the related place, what to do, and a summary.
//!
//! Lives here: the words around a diagnostic and their layout. The drawing is `annotate-snippets`'. Styles are ANSI
//! sequences; the printer strips them where nobody sees colours.

use super::excerpt::Excerpt;
use super::places::Places;
use super::visible;
use crate::cli::locale::MessageLang;
use crate::diag::{Diagnostic, Message, Report, Severity, Span};
use crate::msg;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Stands for `path:line:column` until the drawing is done. Excerpts are cut and rewritten, so the renderer cannot find
/// the true column by itself. This noncharacter is in no text to be drawn: `visible` shows it as `<U+FDD0>`.
const ORIGIN: char = '\u{fdd0}';

/// Lines are cut by `Excerpt`; the renderer must not cut them again.
const NO_LIMIT: usize = 10_000;

/// A whole report, styled, with a summary as its last line.
pub(super) fn render(report: &Report, lang: MessageLang) -> String {
    // ASCII marks: the width of drawn lines is ambiguous in Chinese terminals.
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(NO_LIMIT).hyperlink(false);
    let mut places = Places::default();
    let mut out = String::new();
    for diagnostic in report.iter() {
        let mut origins = Vec::new();
        let group = group(diagnostic, lang, &mut places, &mut origins);
        out.push_str(&put_origins(&renderer.render(&[group]), &origins));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report, lang));
    out.push('\n');
    out
}

/// How many faults there are, in one line.
pub(super) fn summary(report: &Report, lang: MessageLang) -> String {
    let (errors, warnings) = (report.errors(), report.warnings());
    let ending = |n: usize| if n == 1 { "" } else { "s" };
    let (one, other) = (ending(errors), ending(warnings));
    let error_words = msg!("{errors} 个错误", "{errors} error{one}");
    let warning_words = msg!("{warnings} 个警告", "{warnings} warning{other}");
    let Message { zh, en } = match (errors, warnings) {
        (0, 0) => Message::new("没有发现问题", "no problems found"),
        (_, 0) => error_words,
        (0, _) => warning_words,
        _ => Message::new(
            format!("{}，{}", error_words.zh, warning_words.zh),
            format!("{}, {}", error_words.en, warning_words.en),
        ),
    };
    match lang {
        MessageLang::Zh => zh,
        MessageLang::En => en,
    }
}

fn group<'a>(diagnostic: &Diagnostic, lang: MessageLang, places: &mut Places, origins: &mut Vec<String>) -> Group<'a> {
    let Diagnostic { code, severity, span, message, hint, related } = diagnostic;
    let level = match (severity, lang) {
        (Severity::Error, MessageLang::Zh) => Level::ERROR.with_name("错误"),
        (Severity::Error, MessageLang::En) => Level::ERROR.with_name("error"),
        (Severity::Warning, MessageLang::Zh) => Level::WARNING.with_name("警告"),
        (Severity::Warning, MessageLang::En) => Level::WARNING.with_name("warning"),
    };
    let title = level.primary_title(visible::text(lang.pick(message)).into_owned()).id(*code);
    let mut group = with_place(Group::with_title(title), span, None, places, origins);
    if let Some((span, message)) = related {
        group = with_place(group, span, Some(visible::line(lang.pick(message))), places, origins);
    }
    if let Some(hint) = hint {
        let name = match lang {
            MessageLang::Zh => "提示",
            MessageLang::En => "hint",
        };
        group = group.element(Level::HELP.with_name(name).message(visible::text(lang.pick(hint)).into_owned()));
    }
    group
}

/// Adds a place and its excerpt. A label marks it as the related one.
fn with_place<'a>(
    group: Group<'a>,
    span: &Span,
    label: Option<String>,
    places: &mut Places,
    origins: &mut Vec<String>,
) -> Group<'a> {
    let place = places.of(span);
    origins.push(format!("{}:{}:{}", visible::line(&span.file.shown()), place.line, place.column));
    match (Excerpt::of(span, &place, places.lines(span)), label) {
        (Some(Excerpt { text, line, mark }), label) => {
            let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
            let snippet = Snippet::source(text).path(String::from(ORIGIN)).line_start(line);
            group.element(snippet.annotation(kind.span(mark).label(label)))
        }
        (None, Some(label)) => {
            group.element(Origin::path(String::from(ORIGIN))).element(Level::NOTE.no_name().message(label))
        }
        (None, None) => group.element(Origin::path(String::from(ORIGIN))),
    }
}

/// Puts the true places where the renderer wrote its own.
fn put_origins(drawn: &str, origins: &[String]) -> String {
    let mut parts = drawn.split(ORIGIN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, origin) in parts.zip(origins) {
        out.push_str(origin);
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}
