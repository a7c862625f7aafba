//! Reports as text, in five formats, one a file. Pure: whoever calls prints.
//!
//! Lives here: how diagnostics look. Never here: which there are, and in what order; sort a report before.

mod brought;
mod coverage;
mod excerpt;
mod found;
mod github;
mod human;
mod imported;
mod json;
#[cfg(feature = "serve")]
mod overlay;
mod places;
mod sarif;
mod short;
mod stamps;
#[cfg(test)]
mod tests;
mod visible;

pub use found::Found;

use super::locale::MessageLang;
use crate::amend::Planned;
use crate::diag::{Message, Report, Severity};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::msg;
use crate::translate::Change;
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::Path;

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    #[default]
    Human,
    /// One line a fault.
    Short,
    /// One JSON object, in both languages.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// The report in a format. The human one has ANSI styles, which [`print()`] strips where they do not belong.
pub fn render(report: &Report, format: Format, lang: MessageLang) -> String {
    match format {
        Format::Human => human::render(report, lang),
        Format::Short => short::render(report, lang),
        Format::Json => json::render(report),
        Format::Sarif => sarif::render(report, lang),
        Format::Github => github::render(report, lang),
    }
}

/// What an import brought, or would bring in a dry run. `doubtful` is how many cells and rows need a look.
pub fn imported(
    plan: &crate::import::Plan,
    content: &std::path::Path,
    doubtful: usize,
    dry_run: bool,
    lang: MessageLang,
) -> String {
    imported::render(plan, content, doubtful, dry_run, lang)
}

/// The errors of a report for pages of the development server.
#[cfg(feature = "serve")]
pub fn explain(report: &Report) -> crate::serve::Explained {
    overlay::explain(report)
}

/// Planned files below a folder, a line each: `+` for a new one, `~` for one that changes.
pub fn planned(files: &[Planned], folder: &Path, indent: &str) -> String {
    let line = |Planned { path, new, .. }: &Planned| {
        let path = folder.join(path).to_string_lossy().replace('\\', "/");
        format!("{indent}{} {}\n", if *new { '+' } else { '~' }, visible::line(&path))
    };
    files.iter().map(line).collect()
}

/// How many faults there are, in one line without an end: "2 errors, 1 warning".
pub fn summary(report: &Report, lang: MessageLang) -> String {
    human::summary(report, lang)
}

/// A fingerprint written into a file.
pub struct Stamp {
    /// The file, as shown to people.
    pub file: String,
    /// What was written.
    pub change: Change,
}

/// What was stamped: JSON, or lines for people. Nothing where nothing was.
pub fn stamps(stamps: &[Stamp], written: bool, format: Format) -> String {
    match format {
        Format::Json => stamps::json(stamps, written),
        _ => stamps::human(stamps),
    }
}

/// What a translator's file brought, or would bring in a dry run.
pub fn brought(
    brought: &crate::translate::exchange::Brought,
    content: &std::path::Path,
    dry_run: bool,
    lang: MessageLang,
) -> String {
    brought::render(brought, content, dry_run, lang)
}

/// How far the translations into these languages have come: JSON, or tables for people.
pub fn coverage(catalogue: &Catalogue, langs: &[LangId], format: Format, lang: MessageLang) -> String {
    match format {
        Format::Json => coverage::json(catalogue, langs),
        _ => coverage::human(catalogue, langs, lang),
    }
}

/// What search finds: JSON, or lines for people.
pub fn found(found: &[Found<'_>], format: Format, lang: MessageLang) -> String {
    match format {
        Format::Json => found::json(found),
        _ => found::human(found, lang),
    }
}

/// What to say to a format that is for faults alone.
pub fn no_such_format() -> Message {
    msg!("这里的输出格式只有 human、short 和 json", "the formats here are human, short and json")
}

/// What is wrong with the call or the environment, where there is no place in a file to show.
pub fn complaint(message: &Message, hint: Option<&Message>, lang: MessageLang) -> String {
    let (error, help) = match lang {
        MessageLang::Zh => ("错误：", "提示："),
        MessageLang::En => ("error: ", "hint: "),
    };
    let mut text = format!("{error}{}\n", visible::text(lang.pick(message)));
    if let Some(hint) = hint {
        text.push_str(&format!("{help}{}\n", visible::text(lang.pick(hint))));
    }
    text
}

/// Writes to standard output; colours only where they are seen. A reader that has gone away (`| head`) is no fault.
///
/// # Errors
/// The system's, such as a full disk behind a redirection.
pub fn print(text: &str) -> io::Result<()> {
    write_all(anstream::stdout().lock(), text)
}

/// Writes a file's text to standard output, byte for byte.
///
/// # Errors
/// As [`print()`].
pub fn print_plain(text: &str) -> io::Result<()> {
    write_all(io::stdout().lock(), text)
}

/// Writes to standard error, as [`print()`] does to standard output.
///
/// # Errors
/// The system's.
pub fn print_error(text: &str) -> io::Result<()> {
    write_all(anstream::stderr().lock(), text)
}

fn write_all(mut out: impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
