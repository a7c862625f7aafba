//! The keys of the lists: domains, departments, audiences, life events, changes, glossary, and the words of search.
#![allow(dead_code, reason = "schemars reads these types; none is ever made")]

use super::words::{Blank, ChangeKind, Date, Id, Number, Slug, Tag, Text, Url};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// 领域，按清单的顺序 / the domains, in the order of the list
#[derive(JsonSchema)]
#[schemars(extend("minItems" = 1))]
pub(super) struct Domains(Vec<Domain>);

/// 一个领域 / a domain
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Domain {
    /// 标识，也是 items/ 下的文件夹名 / its id, and the name of its folder below `items/`
    #[schemars(extend("examples" = ["education"]))]
    id: Id,
    /// 名称 / its name
    name: Text,
    /// 一句话的说明 / one sentence about it
    summary: Option<Text>,
    /// 图标：templates/partials/icons/ 下的文件名 / an icon: a name under `templates/partials/icons/`
    icon: Option<Id>,
    /// 下级领域，可以有多层 / the domains within it, to any depth
    domains: Option<Blank<Vec<Domain>>>,
}

/// 部门、服务对象或人生事件 / departments, audiences or life events
#[derive(JsonSchema)]
pub(super) struct Groups(Vec<Group>);

/// 一个部门、服务对象或人生事件 / a department, an audience or a life event
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Group {
    /// 标识，项目用它来引用 / its id, by which items name it
    #[schemars(extend("examples" = ["finance"]))]
    id: Id,
    /// 名称 / its name
    name: Text,
    /// 一句话的说明 / one sentence about it
    summary: Option<Text>,
    /// 图标：templates/partials/icons/ 下的文件名 / an icon: a name under `templates/partials/icons/`
    icon: Option<Id>,
    /// 人们平常的叫法，只用于搜索 / what people call it; search only
    aliases: Option<Vec<Text>>,
}

/// 清单的调整，顺序随意 / the adjustments of the list, in any order
#[derive(JsonSchema)]
pub(super) struct Changes(Blank<Vec<Change>>);

/// 一次调整 / an adjustment
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Change {
    /// 标识，定了就不再改：它是这条调整的地址 / its id, never changed: it is the entry's address
    #[schemars(extend("examples" = ["2024-child-benefit"]))]
    id: Id,
    /// 调整或公布的日期 / the day of the adjustment or of its announcement
    date: Date,
    /// 种类 / its kind
    kind: ChangeKind,
    /// 一行标题 / one line
    title: Text,
    /// 正文，Markdown / the text, in Markdown
    text: Option<Text>,
    /// 涉及的项目 / the items it concerns, by their present slugs
    items: Option<Vec<Slug>>,
    /// 依据 / what ordered it
    basis: Option<Blank<Basis>>,
}

/// 依据 / what ordered an adjustment
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Basis {
    /// 文件的名称 / its name
    name: Text,
    /// 网址 / where it can be read
    url: Option<Url>,
}

/// 各语言约定的用词 / the words that the languages agree on
#[derive(JsonSchema)]
pub(super) struct Glossary(Vec<Term>);

/// 一个词：键是语言标签，原文语言必有 / a word by language tag; the source language's is required
#[derive(JsonSchema)]
#[schemars(extend("additionalProperties" = { "$ref": "#/$defs/Text" }))]
struct Term {
    /// 译法的可靠程度，自定；proposed 表示没有出处 / how well the counterpart is attested, in your own terms; `proposed`: not at all
    grade: Option<Blank<Text>>,
    /// 出处 / where it was seen
    source: Option<Blank<Text>>,
    /// 说明 / a remark
    note: Option<Blank<Text>>,
}

/// 人们怎么说，按语言标签 / how people say it, by language tag
#[derive(JsonSchema)]
pub(super) struct Synonyms(BTreeMap<String, SynonymsOf>);

/// 一种语言里人们怎么说 / how people say it in one language
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SynonymsOf {
    /// 清单里的词，和人们换用的说法 / words of the texts, and what people type in their place
    words: Option<Blank<BTreeMap<String, Vec<Text>>>>,
    /// 只表示提问的词，搜索时略去 / words that only ask; queries are searched without them
    ignore: Option<Vec<Text>>,
}

/// 搜索必须找到什么 / what search must find
#[derive(JsonSchema)]
pub(super) struct SearchTests(Vec<SearchTest>);

/// 一次搜索 / a query
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SearchTest {
    /// 人们输入什么 / what people type
    query: Text,
    /// 应找到的项目，找到其一即可 / the items, one of which must be found
    items: Vec<Slug>,
    /// 语言；默认是原文的语言 / the language; by default the source language
    lang: Option<Tag>,
    /// 须在前几名之内 / among the first so many
    #[schemars(extend("default" = 3))]
    within: Option<Number>,
}
