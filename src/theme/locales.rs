//! The strings of the interface: read from `locales/<tag>.yaml`, overlaid string by string, borrowed where missing.
//!
//! Lives here: which text stands for a key in a language. Never here: what a string is used for.

use super::{LAST_RESORT, Part, Strings, UiString, locale_tag, text_file};
use crate::diag::{Diagnostic, Report, SourceFile, Span, Spanned, Written, closest};
use crate::lang::{Lang, UNDETERMINED};
use crate::msg;
use crate::raw::decode::text;
use crate::raw::tree::{self, Node, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All locales read so far, by tag.
#[derive(Default)]
pub(super) struct Locales {
    strings: BTreeMap<String, BTreeMap<String, UiString>>,
    files: BTreeMap<String, Arc<SourceFile>>,
}

impl Locales {
    /// Adds a file of the theme, if it is a locale; its strings take the place of those read before.
    pub(super) fn add(&mut self, name: &str, part: &Part, report: &mut Report) {
        let Some(tag) = locale_tag(name) else { return };
        let Some(file) = text_file(name, part, report) else { return };
        let known = self.strings.get(LAST_RESORT).cloned();
        let own = self.strings.entry(tag.to_owned()).or_default();
        for (key, string) in locale(&file, report) {
            if let Some(known) = &known {
                compare(&key, &string, known, report);
            }
            own.insert(key.value.into(), string);
        }
        self.files.insert(tag.to_owned(), file);
    }

    /// The strings of each language. A missing one comes from the source language, then from the last resort; missing
    /// strings are one warning for each language.
    pub(super) fn strings(&self, languages: &[Lang], report: &mut Report) -> Vec<Strings> {
        let Some(complete) = self.strings.get(LAST_RESORT) else {
            return languages.iter().map(|_| Strings::default()).collect();
        };
        let source = languages.first().map(|lang| lang.tag.as_str()).unwrap_or_default();
        languages.iter().map(|lang| self.of(lang, source, complete, report)).collect()
    }

    fn of(&self, lang: &Lang, source: &str, complete: &BTreeMap<String, UiString>, report: &mut Report) -> Strings {
        let own = self.find(&lang.tag);
        let mut by_key = BTreeMap::new();
        let mut missing = Vec::new();
        for (key, last) in complete {
            let string = own.and_then(|own| own.get(key).cloned()).unwrap_or_else(|| {
                missing.push(key.as_str());
                let (tag, string) = match self.find(source).and_then(|strings| strings.get(key)) {
                    Some(string) => (source, string),
                    None => (LAST_RESORT, last),
                };
                UiString { fallback: Some(tag.to_owned()), ..string.clone() }
            });
            by_key.insert(key.clone(), string);
        }
        // The stand-in for languages that could not be read is nobody's language.
        if !missing.is_empty() && lang.tag != UNDETERMINED {
            report.push(missing_strings(&lang.tag, &missing, self.files.get(&lang.tag)));
        }
        // Strings that only the site's own templates know.
        for (key, string) in own.into_iter().flatten() {
            by_key.entry(key.clone()).or_insert_with(|| string.clone());
        }
        Strings { by_key }
    }

    /// The locale of a tag: its own, or that of the longest prefix (`zh-Hans-CN`, `zh-Hans`, `zh`).
    fn find(&self, tag: &str) -> Option<&BTreeMap<String, UiString>> {
        let mut tag = tag;
        loop {
            if let Some(found) = self.strings.get(tag) {
                return Some(found);
            }
            tag = tag.rsplit_once('-')?.0;
        }
    }
}

/// Compares a string with the one everybody has: a key that is nearly one of the theme's, places that are not the same.
fn compare(key: &Spanned<Written>, string: &UiString, known: &BTreeMap<String, UiString>, report: &mut Report) {
    let name = &key.value;
    let Some(model) = known.get(name.as_str()) else {
        // A key of the site's own templates is fine; one that is nearly a key of the theme is a slip.
        if let Some(near) = closest(name, known.keys().map(String::as_str)) {
            let message = msg!("主题没有用到界面文字“{name}”", "the theme has no string `{name}`");
            report.push(
                Diagnostic::warning("unknown-string", key.span.clone(), message)
                    .hint(msg!("是不是想写“{near}”？", "did you mean `{near}`?")),
            );
        }
        return;
    };
    let (ours, theirs) = (places(&string.text), places(&model.text));
    // A format names the parts that a language needs, in its own order.
    if ours != theirs && !name.ends_with("_format") {
        let listed = |places: &BTreeSet<&str>| places.iter().map(|p| format!("{{{p}}}")).collect::<Vec<_>>().join(" ");
        let (ours, theirs) = (listed(&ours), listed(&theirs));
        let message = msg!(
            "“{name}”中的空位应是 {theirs}，这里是 {ours}",
            "the places of `{name}` are {theirs}, but here {ours}"
        );
        report.push(Diagnostic::warning("string-places", key.span.clone(), message));
    }
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

fn missing_strings(tag: &str, missing: &[&str], file: Option<&Arc<SourceFile>>) -> Diagnostic {
    let absent = SourceFile::new("templates", format!("locales/{tag}.yaml"), "");
    let span = Span::whole(file.unwrap_or(&absent));
    let count = missing.len();
    let some = missing.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let message = msg!(
        "{tag} 缺少 {count} 条界面文字（{some} …），以其他语言代替",
        "{tag} lacks {count} string(s) of the interface ({some} …); another language stands in"
    );
    Diagnostic::warning("missing-string", span, message).hint(msg!(
        "请在站点的主题文件夹中添加“locales/{tag}.yaml”",
        "add them to `locales/{tag}.yaml` in the site's own theme folder"
    ))
}

fn locale(file: &Arc<SourceFile>, report: &mut Report) -> Vec<(Spanned<Written>, UiString)> {
    let Some(node) = tree::parse(file).merge_into(report) else { return Vec::new() };
    let Value::Map(entries) = node.value else { return Vec::new() };
    entries.into_iter().filter_map(|entry| Some((entry.key, ui_string(&entry.node, report)?))).collect()
}

/// A string: a text, or `one` and `other`.
fn ui_string(node: &Node, report: &mut Report) -> Option<UiString> {
    // A quoted space is a string too: what stands between two words.
    if let Value::Scalar { text, plain: false } = &node.value {
        return Some(UiString { text: text.to_string(), one: None, fallback: None });
    }
    let Value::Map(entries) = &node.value else {
        return text(node, report).map(|text| UiString { text: text.value.into(), one: None, fallback: None });
    };
    let mut part = |key: &str| {
        let entry = entries.iter().find(|e| e.key.value == key)?;
        text(&entry.node, report).map(|text| text.value.into())
    };
    Some(UiString { one: part("one"), text: part("other")?, fallback: None })
}
