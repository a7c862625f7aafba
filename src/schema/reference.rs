//! The reference of every key, as Markdown: docs/reference.md.
//!
//! Lives here: how a schema looks as a table. Never here: what the keys are.

use super::{Kind, general};
use serde_json::{Map, Value};
use std::fmt::Write as _;

const HEAD: &str = "\
# 内容参考 / Reference of the content

每种文件、每个键。此页由 `qingdan schema --format markdown` 生成，请勿手改；写法的说明见 [content.md](content.md)。
Every file and key. This page is made by `qingdan schema --format markdown`; do not edit it. [content.md](content.md) tells how they are used.

- **必填 / required** 一栏有“●”的键必须写 / a key with ● must be there.
- 键名里的 `[]` 表示列表中的每一项，`*` 表示任意的键 / `[]` in a key stands for each element of a list, `*` for any key.
- 除非注明“可空”，写了的键必须有值 / a key that is there has a value, unless “may be empty” is said.
";

/// The reference.
pub fn reference() -> String {
    let mut out = HEAD.to_owned();
    for kind in Kind::ALL {
        let schema = general(kind);
        let (zh, en) = halves(&schema);
        let (files, name) = (kind.files(), kind.name());
        let _ = write!(out, "\n## `{files}`\n\n{zh}。`{name}.json`\n{}.\n\n", capital(en));
        out.push_str("| 键 key | 值 value | 必填 required | 说明 meaning |\n|---|---|---|---|\n");
        let mut table = Table { schema: &schema, out: &mut out, around: Vec::new() };
        table.node("", &schema);
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A description's Chinese and English halves.
fn halves(node: &Value) -> (&str, &str) {
    let text = node.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_once(" / ").unwrap_or((text, text))
}

struct Table<'a> {
    schema: &'a Value,
    out: &'a mut String,
    /// The types around a node: one within itself is not opened again.
    around: Vec<String>,
}

impl<'a> Table<'a> {
    /// Follows a reference; its name stands for the type.
    fn target(&self, node: &'a Value) -> (&'a Value, Option<&'a str>) {
        let name = node.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        let found = name.and_then(|name| self.schema.get("$defs")?.get(name));
        (found.unwrap_or(node), name)
    }

    /// A value without what says that it may be empty, and whether something did.
    fn filled(node: &'a Value) -> (&'a Value, bool) {
        match node.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([filled, blank]) if blank.get("enum").is_some() => (filled, true),
            _ => (node, false),
        }
    }

    /// The rows of what lies within a node.
    fn node(&mut self, prefix: &str, node: &'a Value) {
        let (target, name) = self.target(Self::filled(node).0);
        let name = name.unwrap_or_default().to_owned();
        if target.get("enum").is_some() || self.around.contains(&name) && !name.is_empty() {
            return;
        }
        self.around.push(name);
        if let Some(items) = target.get("items") {
            self.node(&format!("{prefix}[]"), items);
        }
        if let Some(Value::Object(properties)) = target.get("properties") {
            self.keys(prefix, properties, target);
        }
        if let Some(inner @ Value::Object(_)) = target.get("additionalProperties") {
            let key = joined(prefix, "*");
            self.row(&key, inner, false);
            self.node(&key, inner);
        }
        self.around.pop();
    }

    fn keys(&mut self, prefix: &str, properties: &'a Map<String, Value>, around: &'a Value) {
        let required = around.get("required").and_then(Value::as_array);
        for (key, node) in properties {
            let must = required.is_some_and(|keys| keys.iter().any(|name| name == key));
            let key = joined(prefix, key);
            self.row(&key, node, must);
            self.node(&key, node);
        }
    }

    fn row(&mut self, key: &str, node: &'a Value, required: bool) {
        let (inner, blank) = Self::filled(node);
        let (zh, en) = halves(if node.get("description").is_some() { node } else { self.target(inner).0 });
        let mut meaning = format!("{zh}<br>{en}");
        if let Some(default) = node.get("default") {
            let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
            let _ = write!(meaning, "<br>默认 default: `{default}`");
        }
        if let Some(Value::Array(examples)) = node.get("examples") {
            let examples: Vec<String> =
                examples.iter().filter_map(Value::as_str).map(|example| format!("`{example}`")).collect();
            let _ = write!(meaning, "<br>例 e.g. {}", examples.join(", "));
        }
        let mut value = self.value(inner);
        if blank {
            value.push_str("<br>可空 may be empty");
        }
        let required = if required { "●" } else { "" };
        let _ = writeln!(self.out, "| `{key}` | {} | {required} | {} |", cell(&value), cell(&meaning));
    }

    /// What kind of value it is, in words.
    fn value(&self, node: &'a Value) -> String {
        let (target, name) = self.target(node);
        if let (Some(words), Some(meanings)) = (target.get("enum"), target.get("enumDescriptions")) {
            let words = words.as_array().into_iter().flatten().filter_map(Value::as_str);
            let meanings = meanings.as_array().into_iter().flatten().filter_map(Value::as_str);
            return words.zip(meanings).map(|(word, says)| format!("`{word}` {says}")).collect::<Vec<_>>().join("<br>");
        }
        if let Some(items) = target.get("items") {
            return match self.target(items).0.get("properties") {
                Some(_) => "列表 list".to_owned(),
                None => format!("列表 list: {}", self.value(items)),
            };
        }
        let word = match name.unwrap_or_default() {
            "Text" => "文字 text",
            "Localized" => "文字，可按语言 text, maybe by language",
            "Id" | "DomainId" | "DepartmentId" | "AudienceId" | "LifeEventId" | "Slug" | "WhoId" | "UnitId"
            | "PerId" => "标识 id",
            "Tag" => "语言标签 language tag",
            "Date" => "日期 date",
            "Number" => "整数 whole number",
            "Flag" => "`true`, `false`",
            "Weight" => "0–10",
            "Url" => "网址 address",
            "UiString" => "文字，或 one 和 other text, or `one` and `other`",
            _ => "映射 mapping",
        };
        word.to_owned()
    }
}

fn joined(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

/// A cell of a table: a bar would end it, an angle bracket may begin a tag.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace("<tag>", "&lt;tag&gt;")
}
