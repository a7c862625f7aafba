//! Diagnostics as data: places in files, messages in both languages, hints, reports.
//!
//! Lives here: what a fault *is*. Never here: reading files, printing, or deciding what is a fault.
//! A stage that can find faults returns an [`Outcome`]: its value as far as it got, and a [`Report`].
//! Printing (human, JSON, SARIF …) is `cli`'s alone.

mod written;

pub use written::Written;

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// A file as it was read: its path as shown to people (with `/`), and its text.
///
/// The text is what the parsers saw: valid UTF-8, without a byte order mark, with `\n` line ends.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path relative to the folder that was read, with `/` between names.
    pub path: String,
    /// The folder the path is relative to, as given by the caller; printed before `path`. The same for many files.
    pub root: Arc<str>,
    /// The whole text; empty where the file could not be read.
    pub text: String,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(root: impl Into<Arc<str>>, path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), root: root.into(), text: text.into() })
    }

    /// The path to print: root and path joined by `/`.
    pub fn shown(&self) -> String {
        match self.root.trim_end_matches('/') {
            "" | "." => self.path.clone(),
            root if self.path.is_empty() => root.to_owned(),
            root => format!("{root}/{}", self.path),
        }
    }
}

/// A range of bytes in a file. Cheap to clone; it carries its file, so a diagnostic needs no registry to be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceFile>,
    // Every text of a catalogue has one of these: half the width serves any file that is read (`source::MAX_FILE`).
    start: u32,
    end: u32,
}

impl Span {
    /// The span of `start..end`, clamped to the text and moved outwards to character boundaries.
    pub fn new(file: &Arc<SourceFile>, start: usize, end: usize) -> Self {
        let text = &file.text;
        let mut start = start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        // Beyond 4 GiB the place is told as the last that can be.
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file: Arc::clone(file), start: narrow(start), end: narrow(end) }
    }

    /// First byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// One past the last byte; equal to the first for a mere point.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// The file as a whole, for faults that have no narrower place.
    pub fn whole(file: &Arc<SourceFile>) -> Self {
        Self::new(file, 0, 0)
    }

    /// The text inside the span.
    pub fn text(&self) -> &str {
        self.file.text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// The place of the first occurrence of `needle` inside this span, or the span itself.
    ///
    /// Serves faults inside a scalar: the decoded text has other offsets than the file (escapes, indentation).
    pub fn find(&self, needle: &str) -> Self {
        match self.text().find(needle) {
            Some(at) if !needle.is_empty() => {
                Self::new(&self.file, self.start() + at, self.start() + at + needle.len())
            }
            _ => self.clone(),
        }
    }

    /// Line and column of the start, both from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        line_column(&self.file.text, self.start())
    }

    /// Line and column just after the end, both from 1.
    pub fn end_line_column(&self) -> (usize, usize) {
        line_column(&self.file.text, self.end())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// One sentence in Chinese and in English. Both are always there; `cli` chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Joins the two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// Builds a [`Message`] from a Chinese and an English format string that share inline arguments.
#[macro_export]
macro_rules! msg {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::diag::Message::new(format!($zh), format!($en))
    };
}

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// The site is built all the same.
    Warning,
}

/// One fault: code, place, reason, hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name such as `unknown-department`, for scripts and for looking it up.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
    /// Another place that belongs to the fault, such as the first of two equal slugs.
    pub related: Option<(Span, Message)>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, span: Span, message: Message) -> Self {
        Self { code, severity: Severity::Error, span, message, hint: None, related: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: Message) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Adds a hint where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<Message>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Adds the other place.
    #[must_use]
    pub fn related(mut self, span: Span, message: Message) -> Self {
        self.related = Some((span, message));
        self
    }

    fn order(&self, other: &Self) -> Ordering {
        /// What decides, in this order.
        fn key(d: &Diagnostic) -> (&str, &str, usize, Severity, &str, &str) {
            let SourceFile { root, path, .. } = d.span.file.as_ref();
            (root, path, d.span.start(), d.severity, d.code, &d.message.en)
        }
        key(self).cmp(&key(other))
    }
}

/// All faults of a run, in the order they were found until [`Report::sort`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all faults of another report.
    pub fn merge(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Keeps the faults of which this holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// Whether something forbids building.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Number of errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// Number of warnings.
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }

    /// Whether a fault with this code is among them.
    pub fn has(&self, code: &str) -> bool {
        self.diagnostics.iter().any(|d| d.code == code)
    }

    /// Sorts by file, place, severity and code, and drops exact repetitions, so that a report is the same on every run.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(Diagnostic::order);
        self.diagnostics.dedup();
    }

    /// Keeps one fault for each place and code: a template's fault comes up once for every page.
    pub fn once_a_place(&mut self) {
        self.sort();
        self.diagnostics.dedup_by(|a, b| a.code == b.code && a.span == b.span);
    }

    /// The faults.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// What a stage made, and the faults it found on the way.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// The value, as complete as the input allowed.
    pub value: T,
    /// The faults.
    pub report: Report,
}

impl<T> Outcome<T> {
    /// Joins a value and a report.
    pub fn new(value: T, report: Report) -> Self {
        Self { value, report }
    }

    /// Moves the faults to `report` and hands out the value.
    pub fn merge_into(self, report: &mut Report) -> T {
        report.merge(self.report);
        self.value
    }
}

/// The longest word that is compared with others, in bytes.
const LONGEST_WORD: usize = 200;
/// How many words one is compared with.
const MOST_CANDIDATES: usize = 1000;

/// The candidate most like `word`, near enough to be a slip of the finger.
///
/// Similarity is Jaro-Winkler of at least 0.8, or a Damerau-Levenshtein distance of one. Comparing takes time in proportion
/// to both words: neither long ones nor endless lists are compared.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    let short = |word: &str| word.len() <= LONGEST_WORD;
    for candidate in candidates.into_iter().take(MOST_CANDIDATES).filter(|candidate| short(word) && short(candidate)) {
        let score = strsim::jaro_winkler(word, candidate);
        let near = score >= 0.8 || strsim::damerau_levenshtein(word, candidate) <= 1;
        // On a tie the first candidate wins, so that the answer does not depend on more than the order given.
        if near && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "Did you mean …?" for `word`, or the list of what is allowed where it is short, or nothing.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    let all: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = closest(word, all.iter().copied()) {
        return Some(msg!("是不是想写“{near}”？", "did you mean `{near}`?"));
    }
    if all.is_empty() || all.len() > 24 {
        return None;
    }
    let (zh, en) = (all.join("、"), all.join(", "));
    Some(msg!("可用的有：{zh}", "it may be one of: {en}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let file = SourceFile::new("content", "a.yaml", "名: 值\n键: 错\n");
        let span = Span::new(&file, 14, 17);
        assert_eq!(span.text(), "错");
        assert_eq!(span.line_column(), (2, 4));
    }

    #[test]
    fn spans_never_split_a_character() {
        let file = SourceFile::new("", "a", "错错");
        let span = Span::new(&file, 1, 4);
        assert_eq!(span.text(), "错错");
        assert_eq!(Span::new(&file, 90, 99).text(), "");
    }

    #[test]
    fn suggestions_prefer_the_nearest() {
        assert_eq!(closest("educaton", ["health", "education"]), Some("education"));
        assert_eq!(closest("xyz", ["health", "education"]), None);
    }
}
