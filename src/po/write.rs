//! Writing: entries into lines as gettext's own programs write them, but for long lines, which stay whole.
//!
//! Never here: which entries.

use std::fmt::Write as _;

/// An entry to be written.
#[derive(Debug, Clone, Default)]
pub struct Draft<'d> {
    /// What is said to translators, line by line (`#.`).
    pub comments: Vec<String>,
    /// Where the text stands: a path and a line (`#:`).
    pub places: Vec<(&'d str, usize)>,
    /// Whether the translation needs work.
    pub fuzzy: bool,
    /// `msgctxt`.
    pub context: String,
    /// `msgid`.
    pub source: &'d str,
    /// `msgstr`.
    pub translation: &'d str,
}

/// Writes a file.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// Begins with a header: comments, and fields in order.
    pub fn new(comments: &[&str], fields: &[(&str, String)]) -> Self {
        let mut writer = Self::default();
        for comment in comments {
            writer.comment("#", comment);
        }
        let header: String = fields.iter().map(|(name, value)| format!("{name}: {}\n", line(value))).collect();
        writer.text("msgid", "");
        writer.text("msgstr", &header);
        writer
    }

    /// Adds an entry.
    pub fn entry(&mut self, draft: &Draft<'_>) {
        self.out.push('\n');
        for comment in &draft.comments {
            self.comment("#.", comment);
        }
        for (path, line) in &draft.places {
            let _ = writeln!(self.out, "#: {path}:{line}");
        }
        if draft.fuzzy {
            self.out.push_str("#, fuzzy\n");
        }
        self.text("msgctxt", &draft.context);
        self.text("msgid", draft.source);
        self.text("msgstr", draft.translation);
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.out
    }

    fn comment(&mut self, mark: &str, text: &str) {
        let text = line(text);
        self.out.push_str(mark);
        if !text.is_empty() {
            self.out.push(' ');
            self.out.push_str(&text);
        }
        self.out.push('\n');
    }

    /// A keyword and a text; a text of several lines begins below.
    fn text(&mut self, keyword: &str, text: &str) {
        let _ = write!(self.out, "{keyword} ");
        if text.trim_end_matches('\n').contains('\n') {
            self.out.push_str("\"\"\n");
        }
        if text.is_empty() {
            self.out.push_str("\"\"\n");
        }
        for line in text.split_inclusive('\n') {
            self.out.push('"');
            escaped(line, &mut self.out);
            self.out.push_str("\"\n");
        }
    }
}

/// A text on one line: a comment that broke would be read as something else.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:03o}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}
