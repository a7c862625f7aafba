//! The shapes that many files share: texts, ids, dates, numbers, choices.
//!
//! Lives here: one type a shape. References to ids have types of their own, so that a site's own ids can take their place
//! (`own`). Never here: keys.
//!
//! YAML's scalars are text to the decoders (`raw::decode`). An editor sees numbers among them: those are let pass. An
//! unquoted `true` where a text belongs is the one thing that editors name and `check` reads.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// What an id looks like; Windows' device names are none (`raw::values::is_id`).
const ID: &str = "^(?!(con|prn|aux|nul|(com|lpt)[0-9])$)[a-z0-9][a-z0-9-]{0,99}$";
/// Something that can be seen.
const FILLED: &str = "[^ \\n\\t]";

/// Defines shapes: name, description, schema.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident, $words:literal, $schema:tt;)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert("description".into(), $words.into());
                schema
            }
        }
    )*};
}

/// Defines shapes that are ids, by what they are ids of.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $words:literal;)*) => {
        shapes! { $($(#[$doc])* $name, $words, { "type": ["string", "integer"], "minimum": 0, "pattern": ID };)* }
    };
}

ids! {
    /// An id.
    Id, "标识：小写英文字母、数字和连字符，至多 100 个 / an id: lower-case letters, digits and hyphens, at most 100";
    /// An id of `domains.yaml`.
    DomainId, "domains.yaml 中的领域标识 / the id of a domain, from domains.yaml";
    /// An id of `departments.yaml`.
    DepartmentId, "departments.yaml 中的部门标识 / the id of a department, from departments.yaml";
    /// An id of `audiences.yaml`.
    AudienceId, "audiences.yaml 中的服务对象标识 / the id of an audience, from audiences.yaml";
    /// An id of `life-events.yaml`.
    LifeEventId, "life-events.yaml 中的人生事件标识 / the id of a life event, from life-events.yaml";
    /// The slug of an item.
    Slug, "服务项目的标识，即文件名 / the slug of an item: the name of its file";
    /// A word of `amounts: who`.
    WhoId, "catalogue.yaml 的 amounts.who 中的标识 / a word of `amounts: who` in catalogue.yaml";
    /// A word of `amounts: per`.
    PerId, "catalogue.yaml 的 amounts.per 中的标识 / a word of `amounts: per` in catalogue.yaml";
}

shapes! {
    /// A text.
    Text, "文字 / text",
        { "type": ["string", "number"], "pattern": FILLED };
    /// A word of `amounts: unit`.
    UnitId, "catalogue.yaml 的 amounts.unit 中的标识 / a word of `amounts: unit` in catalogue.yaml",
        { "type": ["string", "number"], "pattern": FILLED };
    /// A language tag.
    Tag, "语言标签（BCP 47），如 zh-Hans / a language tag (BCP 47), such as zh-Hans",
        { "type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" };
    /// A day.
    Date, "日期，年-月-日 / a date, year-month-day",
        { "type": "string", "format": "date", "pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" };
    /// A whole number.
    Number, "整数，从 0 起 / a whole number from 0",
        { "type": ["integer", "string"], "minimum": 0, "maximum": u32::MAX, "pattern": "^(0|[1-9][0-9]{0,9})$" };
    /// `true` or `false`.
    Flag, "true 或 false / `true` or `false`",
        { "type": "boolean" };
    /// A search weight.
    Weight, "搜索权重，0 到 10 / a search weight, 0 to 10",
        { "type": ["number", "string"], "minimum": 0, "maximum": 10, "pattern": "^0*([0-9](\\.[0-9]+)?|10(\\.0+)?)$" };
    /// An address of the web.
    Url, "网址，以 https:// 或 http:// 开头 / an address that starts with https:// or http://",
        { "type": "string", "pattern": "^https?://" };
    /// The cells of an item.
    Cells, "各列的内容，键是 catalogue.yaml 中列的标识 / the cells by column; the keys are the ids of catalogue.yaml",
        { "type": "object", "additionalProperties": { "type": ["string", "number"], "pattern": FILLED } };
    /// A text in all languages.
    Localized, "文字；或按语言标签分列的文字 / text in the source language, or text by language tag",
        {
            "anyOf": [
                { "type": ["string", "number"], "pattern": FILLED },
                { "type": "object", "additionalProperties": { "type": ["string", "number"], "pattern": FILLED } }
            ]
        };
    /// A string of the interface.
    UiString, "界面文字；数目为一时不同的，分 one 和 other / a string of the interface; `one` and `other` where it depends on a number",
        {
            "anyOf": [
                { "type": ["string", "number"] },
                {
                    "type": "object",
                    "properties": {
                        "one": { "type": ["string", "number"], "pattern": FILLED },
                        "other": { "type": ["string", "number"], "pattern": FILLED }
                    },
                    "required": ["other"]
                }
            ]
        };
}

/// What may be left empty: `key:` is as good as no key.
pub(super) struct Blank<T>(std::marker::PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Blank<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Blank_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let filled = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [filled, { "enum": [null, ""] }] })
    }
}

/// Defines choices: a word and what it means, one by one.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident, $words:literal, [$($word:literal: $meaning:literal),* $(,)?];)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "description": $words, "enum": [$($word),*], "enumDescriptions": [$($meaning),*] })
            }
        }
    )*};
}

choices! {
    /// A part that a site may go without.
    OptionalPart, "网站可以不要的部分 / a part that a site may go without", [
        "catalogue": "可打印的清单 / the printable catalogue",
        "data": "开放数据 / open data",
    ];
    /// The direction of a language.
    Direction, "行文方向 / the direction of lines", [
        "ltr": "从左到右 / left to right",
        "rtl": "从右到左 / right to left",
    ];
    /// Horizontal or vertical.
    Writing, "横排或竖排 / horizontal or vertical", [
        "horizontal": "横排 / lines across the page",
        "vertical": "竖排，从左列到右列 / columns, the first at the left",
    ];
    /// Whether items have numbers.
    Numbering, "项目是否有序号 / whether items have numbers", [
        "required": "每项都有序号 / every item has one",
        "none": "没有序号 / no item has one",
    ];
    /// What a column is about.
    Role, "这一列说的是什么 / what a column is about", [
        "title": "名称，只用于 name 一列 / the name; for the column `name` alone",
        "eligibility": "谁能享受 / who can apply",
        "benefit": "能得到什么 / what they get",
        "funding": "谁出钱 / who pays",
        "procedure": "怎么办 / how it is done",
        "contact": "找谁、电话 / whom to ask",
        "place": "在哪里办 / where",
        "time": "时间、期限 / when, how long",
        "other": "其他 / anything else",
    ];
    /// How a column is written.
    FieldKind, "这一列怎么写 / how a column is written", [
        "line": "一行 / one line",
        "text": "一行一段 / a paragraph a line",
        "markdown": "Markdown / Markdown",
        "phone": "电话号码 / telephone numbers",
    ];
    /// The kind of an editorial note.
    NoteKind, "校勘的种类 / the kind of an editorial note", [
        "restored": "补回原文丢失的字词 / a lost word was put back",
        "suspected-error": "疑为原文有误，照录 / a suspected fault of the original, left as it is",
        "note": "说明 / a remark",
    ];
    /// Whether a document is in force.
    Validity, "公文时效 / whether the document is in force", [
        "in_force": "有效 / in force",
        "not_yet": "尚未施行 / not yet in force",
        "revised": "已修订 / revised",
        "lapsed": "失效 / lapsed",
        "repealed": "废止 / repealed",
    ];
    /// The kind of a Markdown document.
    TextKind, "文件的种类 / the kind of a document", [
        "notice": "通知等正文 / the document itself",
        "interpretation": "解读，每个二级标题是一个问题 / an interpretation: every heading of level 2 is a question",
        "other": "其他 / anything else",
    ];
    /// The kind of a figure.
    PointKind, "数值的口径 / what a figure counts", [
        "level": "某年的水平 / the level of a year",
        "annual": "当年的量 / the amount of a year",
        "cumulative": "自 since 起的累计 / the sum since `since`",
        "missing": "没有数值 / there is none",
    ];
    /// The kind of an adjustment.
    ChangeKind, "调整的种类 / the kind of an adjustment", [
        "added": "新增 / added",
        "changed": "调整 / changed",
        "removed": "取消 / removed",
        "merged": "合并 / merged",
        "renumbered": "改序号 / renumbered",
        "corrected": "更正 / corrected",
    ];
    /// The state of a translation.
    Status, "译文的状态 / the state of a translation", [
        "draft": "草稿：机器译文，或还没有人看过 / made by a machine, or not looked at yet",
        "checked": "译者看过 / looked at by a translator",
        "reviewed": "有具名的人审定 / approved by a named person",
    ];
}
