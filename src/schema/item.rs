//! The keys of items, and of editorial notes.
#![allow(dead_code, reason = "schemars reads these types; none is ever made")]

use super::words::{
    AudienceId, Cells, DepartmentId, Id, LifeEventId, NoteKind, Number, PerId, Slug, Text, UnitId, WhoId,
};
use schemars::JsonSchema;

/// 一个服务项目；文件夹是它的领域，文件名是它的标识 / a service; its folder is its domain, the name of the file its slug
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Item {
    /// 序号，整个清单内不重复；除非 catalogue.yaml 写了 numbers: none，必填 / its number, unique in the list; required unless catalogue.yaml says `numbers: none`
    number: Option<Number>,
    /// 负责的部门，按印出的顺序 / who leads it, in the order printed
    departments: Option<Vec<DepartmentId>>,
    /// 给谁的 / whom it is for
    audiences: Option<Vec<AudienceId>>,
    /// 人生中什么时候用得上 / when in life it matters
    life_events: Option<Vec<LifeEventId>>,
    /// 金额，数字须见于正文 / what is promised; each figure must stand in the text
    amounts: Option<Vec<Amount>>,
    /// 人们平常怎么叫它，只用于搜索 / how people say it; search only
    aliases: Option<Vec<Text>>,
    /// 相关的项目 / items that belong near it
    related: Option<Vec<Slug>>,
    /// 用过的标识，旧地址会转到新地址 / slugs it had: their addresses lead to the new one
    former_slugs: Option<Vec<Id>>,
    /// 各列的内容 / the cells, by column
    text: Cells,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// 一笔金额 / an amount
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Amount {
    /// 给谁 / for whom
    who: Option<WhoId>,
    /// 数字，照正文写，加引号 / the figure as in the text, quoted
    #[schemars(extend("examples" = ["1000"]))]
    value: Text,
    /// 单位 / its unit
    unit: Option<UnitId>,
    /// 按什么计算 / per what
    per: Option<Vec<PerId>>,
}

/// 一条校勘 / an editorial note
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Note {
    /// 说的是哪一列 / the key that it is about
    field: Option<Text>,
    /// 说的是哪个标题（Markdown 文件） / the heading that it is about, in Markdown documents
    anchor: Option<Text>,
    /// 种类 / its kind
    kind: NoteKind,
    /// restored：补回的字词 / restored: the word put back
    text: Option<Text>,
    /// 也可能是什么 / what else may have stood there
    alternatives: Option<Vec<Text>>,
    /// 把握，0 到 1 / how sure, from 0 to 1
    #[schemars(extend("examples" = ["0.93"]))]
    confidence: Option<Text>,
    /// 理由 / why
    note: Text,
}
