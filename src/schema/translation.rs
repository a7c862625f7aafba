//! The keys of translations (`i18n/<tag>/`), of their exceptions, and of the theme's strings.
#![allow(dead_code, reason = "schemars reads these types; none is ever made")]

use super::words::{Blank, Cells, Date, Status, Text, UiString};
use schemars::JsonSchema;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A reviewed translation names its reviewer.
fn is_reviewed() -> Value {
    json!({ "type": "object", "properties": { "status": { "const": "reviewed" } }, "required": ["status"] })
}

/// 译文 / a translation
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("if" = is_reviewed(), "then" = { "required": ["reviewer"] }),
    rename = "{T}Translation"
)]
pub(super) struct Translation<T> {
    /// 状态 / its state
    status: Status,
    /// 译者 / who made it
    translator: Option<Text>,
    /// 审定人的姓名；状态为 reviewed 时必填 / a named person; required by `reviewed`
    reviewer: Option<Text>,
    /// 日期 / when
    date: Option<Date>,
    /// 各键原文的指纹，由 qingdan translate stamp 写 / the fingerprints of the source texts by key; `qingdan translate stamp` writes them
    source: Option<Blank<Texts>>,
    /// 译文，按键 / the translated texts by key
    text: Option<Blank<T>>,
    /// 校勘的译文，按它在原文件中的次序（从 1 起） / translated editorial notes, by their place in the source's list, from 1
    editorial: Option<Blank<Texts>>,
    /// 校勘原文的指纹 / their fingerprints
    source_editorial: Option<Blank<Texts>>,
}

/// Texts by key.
pub(super) type Texts = BTreeMap<String, Text>;

/// 一个项目的译文 / a translation of an item
#[derive(JsonSchema)]
pub(super) struct TranslatedItem(Translation<Cells>);

/// policy/document.yaml 的译文 / a translation of policy/document.yaml
#[derive(JsonSchema)]
pub(super) struct TranslatedDocument(Translation<Texts>);

/// 一个列表的译文，键是标识；任务和分工是序号 / translations of a list by id; of tasks and rows of the division by number
#[derive(JsonSchema)]
pub(super) struct TranslatedList(BTreeMap<String, Translation<Texts>>);

/// 译成的 Markdown 文件的文件头 / the front matter of a translated Markdown document
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("if" = is_reviewed(), "then" = { "required": ["reviewer"] })
)]
pub(super) struct TranslatedText {
    /// 状态 / its state
    status: Status,
    /// 译者 / who made it
    translator: Option<Text>,
    /// 审定人的姓名；状态为 reviewed 时必填 / a named person; required by `reviewed`
    reviewer: Option<Text>,
    /// 日期 / when
    date: Option<Date>,
    /// 标题的译文 / the translated title
    title: Option<Text>,
    /// 正文原文的指纹 / the fingerprint of the source's body
    source: Option<Text>,
    /// 标题原文的指纹 / the fingerprint of the source's title
    source_title: Option<Text>,
    /// 校勘的译文，按次序（从 1 起） / translated editorial notes, by their place, from 1
    editorial: Option<Blank<Texts>>,
    /// 校勘原文的指纹 / their fingerprints
    source_editorial: Option<Blank<Texts>>,
}

/// 译文规则的例外 / what the rules about translations into a language let pass
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Allow {
    /// 阴阳元音混用的外来词和复合词 / loanwords and compounds with front and back vowels
    mixed_vowels: Option<Vec<Text>>,
    /// 空格后形似附加成分的独立词 / words of their own that look like a suffix after a space
    words: Option<Vec<Text>>,
    /// 保留汉字的名称和词句 / names and phrases that stay in Han characters
    han: Option<Vec<Text>>,
    /// 别的文字的标点 / marks of other scripts
    punctuation: Option<Vec<Text>>,
    /// 某处不按术语表的词 / terms with another counterpart in one text
    glossary: Option<Vec<Excused>>,
}

/// 某处不按术语表的词 / a term with another counterpart in one text
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Excused {
    /// 术语表里的词 / the term
    term: Text,
    /// 在哪里：项目的标识，或 policy/tasks.yaml 这样的路径 / where: a slug, or a path such as policy/tasks.yaml
    r#in: Text,
}

/// 界面文字，按键；站点只写要改的 / strings of the interface by key; a site writes those that it changes
#[derive(JsonSchema)]
pub(super) struct Locale(BTreeMap<String, UiString>);
