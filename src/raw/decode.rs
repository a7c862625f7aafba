//! Reading a tree by hand: small combinators that report each fault and go on.
//!
//! Lives here: what is common to all files — required and optional keys, unknown keys, types, dates, ids, choices.
//! Never here: the keys of a particular file. Derived deserialisers are not used: they stop at the first fault.

use super::tree::{Entry, Node, Value};
use super::values::{bad_id, is_date, is_id};
use crate::diag::{Diagnostic, Message, Report, Span, Spanned, Written, closest, suggest};
use crate::msg;
use std::sync::LazyLock;

/// A text that is written once, or by language.
#[derive(Debug, Clone)]
pub enum RawText {
    /// In the source language.
    Plain(Spanned<Written>),
    /// By language tag.
    ByTag(Vec<(Spanned<Written>, Spanned<Written>)>, Span),
}

/// The keys of one mapping: hands them out by name, and names those nobody asked for.
pub struct Keys<'n, 'r> {
    entries: &'n [Entry],
    span: Span,
    asked: Vec<&'static str>,
    /// Keys that must be there and are not; named at the end, when it is known which of them were only misspelt.
    missing: Vec<&'static str>,
    /// Whether there is no mapping at all: that is one fault, not one for each key.
    broken: bool,
    /// Where faults go.
    pub report: &'r mut Report,
}

static NOTHING: LazyLock<Vec<Entry>> = LazyLock::new(Vec::new);

impl<'n, 'r> Keys<'n, 'r> {
    /// The keys of `node`; a node that is no mapping is reported and read as an empty one.
    pub fn of(node: &'n Node, report: &'r mut Report) -> Self {
        let (entries, broken) = match &node.value {
            Value::Map(entries) => (entries, false),
            _ => {
                report.push(wrong_type(
                    node,
                    msg!("这里应是“键: 值”的映射", "a mapping of `key: value` is expected here"),
                ));
                (&*NOTHING, true)
            }
        };
        Self { entries, span: node.span.clone(), asked: Vec::new(), missing: Vec::new(), broken, report }
    }

    /// The place of the first key, for faults about the whole mapping.
    pub fn place(&self) -> Span {
        self.entries.first().map_or_else(|| self.span.clone(), |e| e.key.span.clone())
    }

    /// The node of a key that has a value. A key without a value is reported.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        let entry = self.entry(key)?;
        if entry.node.is_empty() {
            self.report.push(empty(&entry.key));
            return None;
        }
        Some(&entry.node)
    }

    /// As [`Keys::node`], but a key without a value is as good as none.
    pub fn node_or_empty(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|e| &e.node).filter(|node| !node.is_empty())
    }

    fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.asked.push(key);
        self.entries.iter().find(|e| e.key.value == key)
    }

    /// Whether the key is there, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|e| e.key.value == key)
    }

    /// Whether the key is there, if only misspelt: then the misspelling is the fault, not a missing key.
    /// `among` are the keys that may stand here. True where there is no mapping at all.
    pub fn is_meant(&self, key: &str, among: &[&str]) -> bool {
        let slip = |e: &Entry| {
            !among.contains(&e.key.value.as_str()) && closest(&e.key.value, among.iter().copied()) == Some(key)
        };
        self.broken || self.has(key) || self.entries.iter().any(slip)
    }

    /// The node of a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<&'n Node> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing.push(key);
            return None;
        }
        self.node(key)
    }

    /// An optional text.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let node = self.node(key)?;
        text(node, self.report)
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let node = self.required(key)?;
        text(node, self.report)
    }

    /// An optional id: lower-case ASCII letters, digits and hyphens.
    pub fn id(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let node = self.node(key)?;
        id(node, self.report)
    }

    /// An id that must be there.
    pub fn required_id(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let node = self.required(key)?;
        id(node, self.report)
    }

    /// A list of ids.
    pub fn ids(&mut self, key: &'static str) -> Vec<Spanned<Written>> {
        self.list(key, id)
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<Written>> {
        self.list(key, text)
    }

    /// A list of whatever `read` reads. Elements with faults are left out.
    pub fn list<T>(&mut self, key: &'static str, read: impl FnMut(&'n Node, &mut Report) -> Option<T>) -> Vec<T> {
        match self.node(key) {
            Some(node) => list(node, self.report, read),
            None => Vec::new(),
        }
    }

    /// An optional whole number from 0.
    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<u32>> {
        let node = self.node(key)?;
        integer(node, self.report)
    }

    /// An optional date.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let value = self.text(key)?;
        self.day(value)
    }

    /// A date that must be there.
    pub fn required_date(&mut self, key: &'static str) -> Option<Spanned<Written>> {
        let value = self.required_text(key)?;
        self.day(value)
    }

    fn day(&mut self, value: Spanned<Written>) -> Option<Spanned<Written>> {
        if is_date(&value.value) {
            return Some(value);
        }
        let written = &value.value;
        self.report.push(
            Diagnostic::error(
                "bad-date",
                value.span.clone(),
                msg!("“{written}”不是有效的日期", "`{written}` is no date"),
            )
            .hint(msg!("日期写成“年-月-日”，如 2018-08-22", "dates are written year-month-day, such as 2018-08-22")),
        );
        None
    }

    /// An optional `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        self.choice(key, &[("true", true), ("false", false)])
    }

    /// An optional choice among words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let node = self.node(key)?;
        choice(node, self.report, words)
    }

    /// An optional text that may be written by language.
    pub fn localized(&mut self, key: &'static str) -> Option<RawText> {
        let node = self.node(key)?;
        localized(node, self.report)
    }

    /// As [`Keys::localized`], but must be there.
    pub fn required_localized(&mut self, key: &'static str) -> Option<RawText> {
        let node = self.required(key)?;
        localized(node, self.report)
    }

    /// Names every key that nobody asked for, and every key that is missing. Must be called last.
    pub fn finish(self) {
        let missing: Vec<&str> = self.missing.iter().copied().filter(|key| !self.is_meant(key, &self.asked)).collect();
        for key in missing {
            let message = msg!("缺少必填的键“{key}”", "the key `{key}` is missing");
            self.report.push(
                Diagnostic::error("missing-key", self.place(), message)
                    .hint(msg!("请加上“{key}: …”", "add `{key}: …`")),
            );
        }
        for entry in self.entries {
            let key = &entry.key.value;
            if !self.asked.contains(&key.as_str()) {
                let message = msg!("不认识的键“{key}”", "unknown key `{key}`");
                self.report.push(
                    Diagnostic::error("unknown-key", entry.key.span.clone(), message)
                        .maybe_hint(suggest(key, self.asked.iter().copied())),
                );
            }
        }
    }
}

/// The entries of a mapping with free keys.
pub fn entries<'n>(node: &'n Node, report: &mut Report) -> &'n [Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => {
            report.push(wrong_type(node, msg!("这里应是“键: 值”的映射", "a mapping of `key: value` is expected here")));
            &[]
        }
    }
}

/// The elements of a list.
pub fn list<'n, T>(
    node: &'n Node,
    report: &mut Report,
    mut read: impl FnMut(&'n Node, &mut Report) -> Option<T>,
) -> Vec<T> {
    match &node.value {
        Value::List(nodes) => exactly(nodes.iter().filter_map(|node| read(node, report))),
        _ => {
            report.push(wrong_type(node, msg!("这里应是列表", "a list is expected here")).hint(msg!(
                "写成“[甲, 乙]”，或每项一行、以“- ”开头",
                "write `[a, b]`, or one line each starting with `- `"
            )));
            Vec::new()
        }
    }
}

/// A text. Line ends at its end are not part of it.
pub fn text(node: &Node, report: &mut Report) -> Option<Spanned<Written>> {
    match &node.value {
        Value::Scalar { text, .. } if !text.trim_matches([' ', '\n', '\t']).is_empty() && !node.is_empty() => {
            Some(Spanned::new(text.without_line_ends(), node.span.clone()))
        }
        Value::Scalar { .. } => {
            report.push(
                Diagnostic::error("empty-value", node.span.clone(), msg!("这里没有内容", "there is nothing here"))
                    .hint(msg!("请填写内容", "fill it in")),
            );
            None
        }
        Value::List(_) => {
            report.push(
                wrong_type(node, msg!("这里应是文字，却是列表", "text is expected here, not a list"))
                    .hint(msg!("以“[”或“- ”开头的文字要加引号", "quote text that starts with `[` or `- `")),
            );
            None
        }
        Value::Map(_) => {
            report.push(wrong_type(node, msg!("这里应是文字，却是映射", "text is expected here, not a mapping")).hint(
                msg!("文字里有“: ”时，请给整个值加双引号", "put the value in double quotes if it contains `: `"),
            ));
            None
        }
    }
}

/// An id: lower-case ASCII letters, digits and hyphens, not starting with a hyphen.
pub fn id(node: &Node, report: &mut Report) -> Option<Spanned<Written>> {
    let value = text(node, report)?;
    if is_id(&value.value) {
        return Some(value);
    }
    report.push(bad_id(&value.value, value.span));
    None
}

/// A whole number from 0, without sign or leading zero.
pub fn integer(node: &Node, report: &mut Report) -> Option<Spanned<u32>> {
    let value = text(node, report)?;
    let written = &value.value;
    let proper = written.bytes().all(|b| b.is_ascii_digit()) && (written == "0" || !written.starts_with('0'));
    match written.parse::<u32>() {
        Ok(number) if proper => Some(Spanned::new(number, value.span)),
        _ => {
            let shown: String = written.chars().take(40).collect();
            report.push(
                Diagnostic::error(
                    "bad-number",
                    value.span.clone(),
                    msg!("“{shown}”不是整数", "`{shown}` is no whole number"),
                )
                .hint(msg!("请只写数字，如 12", "write digits only, such as 12")),
            );
            None
        }
    }
}

/// One word among several.
pub fn choice<T: Copy>(node: &Node, report: &mut Report, words: &[(&'static str, T)]) -> Option<T> {
    let value = text(node, report)?;
    let written = &value.value;
    let found = words.iter().find(|(word, _)| word == written).map(|(_, value)| *value);
    if found.is_none() {
        let shown: String = written.chars().take(60).collect();
        report.push(
            Diagnostic::error(
                "bad-choice",
                value.span.clone(),
                msg!("不能写“{shown}”", "`{shown}` is not possible here"),
            )
            .maybe_hint(suggest(written, words.iter().map(|(word, _)| *word))),
        );
    }
    found
}

/// A text that may be written by language.
pub fn localized(node: &Node, report: &mut Report) -> Option<RawText> {
    match &node.value {
        Value::Map(entries) => {
            let by_tag = entries.iter().filter_map(|e| Some((e.key.clone(), text(&e.node, report)?))).collect();
            Some(RawText::ByTag(by_tag, node.span.clone()))
        }
        Value::Scalar { .. } => text(node, report).map(RawText::Plain),
        Value::List(_) => {
            report.push(wrong_type(
                node,
                msg!("这里应是文字，或按语言分列的文字", "text is expected here, or text by language"),
            ));
            None
        }
    }
}

/// A mapping from free keys to texts.
pub fn text_map(node: &Node, report: &mut Report) -> Vec<(Spanned<Written>, Spanned<Written>)> {
    let read = |entry: &Entry, report: &mut Report| {
        if entry.node.is_empty() {
            report.push(empty(&entry.key));
            return None;
        }
        Some((entry.key.clone(), text(&entry.node, report)?))
    };
    exactly(entries(node, report).iter().filter_map(|entry| read(entry, report)))
}

/// A list without room for more: these stay in memory as long as the catalogue.
fn exactly<T>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.shrink_to_fit();
    values
}

fn wrong_type(node: &Node, message: Message) -> Diagnostic {
    // A block's first line is enough to point at.
    let line = node.span.text().split('\n').next().map_or(0, str::len);
    let span = Span::new(&node.span.file, node.span.start(), node.span.start() + line);
    Diagnostic::error("wrong-type", span, message)
}

fn empty(key: &Spanned<Written>) -> Diagnostic {
    let name = &key.value;
    Diagnostic::error("empty-value", key.span.clone(), msg!("键“{name}”没有值", "the key `{name}` has no value"))
        .hint(msg!("请填写，或删除这一行", "fill it in, or remove the line"))
}
