//! The keys of the files of `policy/`.
#![allow(dead_code, reason = "schemars reads these types; none is ever made")]

use super::item::Note;
use super::words::{Date, DepartmentId, DomainId, Flag, Id, Number, PointKind, Slug, Text, TextKind, Validity};
use schemars::JsonSchema;

/// 清单所依据的文件 / the document behind the list
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Document {
    /// 标题 / its title
    title: Text,
    /// 发文机关 / who issued it
    issuer: Option<Text>,
    /// 索引号 / its index number
    index_number: Option<Text>,
    /// 文号 / its number
    document_number: Option<Text>,
    /// 主题 / its subject
    subject: Option<Text>,
    /// 成文日期 / when it was written
    written: Option<Date>,
    /// 发布日期 / when it was published
    published: Option<Date>,
    /// 施行日期 / when it came into force
    effective: Option<Date>,
    /// 失效日期 / when it ended
    ended: Option<Date>,
    /// 公文时效 / whether it is in force
    validity: Validity,
    /// 时效的说明 / a remark on that
    validity_note: Option<Text>,
    /// 正文所在的 Markdown 文件，不带 .md / the Markdown document with its text, without `.md`
    #[schemars(extend("examples" = ["notice"]))]
    source: Option<Id>,
    /// 清单在其中的位置 / where the list stands in it
    annex: Option<Text>,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// Markdown 文件的文件头 / the front matter of a Markdown document
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PolicyText {
    /// 标题 / its title
    title: Text,
    /// 种类 / its kind
    #[schemars(extend("default" = "other"))]
    kind: Option<TextKind>,
    /// 日期 / its date
    date: Option<Date>,
    /// 解读哪个文件 / the document that it explains
    interprets: Option<Id>,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// 任务，按部分 / tasks, by area
#[derive(JsonSchema)]
pub(super) struct Tasks(Vec<Area>);

/// 任务的一个部分 / an area
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Area {
    /// 标识 / its id
    id: Id,
    /// 印出的编号 / its label, as printed
    #[schemars(extend("examples" = ["（一）"]))]
    label: Option<Text>,
    /// 名称 / its name
    name: Text,
    /// 对应的领域 / the domain it is about
    domain: Option<DomainId>,
    /// 任务 / its tasks
    tasks: Option<Vec<Task>>,
}

/// 一项任务 / a task
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Task {
    /// 序号 / its number
    number: Number,
    /// 标题 / its title
    title: Text,
    /// 对应的项目 / the items that carry it out
    items: Option<Vec<Slug>>,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// 任务分工 / the division of tasks
#[derive(JsonSchema)]
pub(super) struct Division(Vec<DivisionRow>);

/// 分工的一行 / a row of the division
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DivisionRow {
    /// 序号 / its number
    number: Number,
    /// 任务 / the task
    task: Text,
    /// 谁负责，照原文 / who is responsible, as written
    responsible: Text,
    /// 牵头的部门 / the departments that lead
    departments: Option<Vec<DepartmentId>>,
    /// tasks.yaml 中的序号 / the numbers of tasks.yaml that it covers
    tasks: Option<Vec<Number>>,
    /// 对应的领域 / the domain it is about
    domain: Option<DomainId>,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// 指标 / indicators
#[derive(JsonSchema)]
pub(super) struct Indicators(Vec<Indicator>);

/// 一个指标 / an indicator
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Indicator {
    /// 标识 / its id
    id: Id,
    /// 对应的领域 / the domain it is about
    domain: Option<DomainId>,
    /// 名称 / its name
    name: Text,
    /// 单位，照印 / its unit, as printed
    #[schemars(extend("examples" = ["%"]))]
    unit: Option<Text>,
    /// 数值 / its figures
    points: Option<Vec<Point>>,
    /// 是否在首页显示 / whether the home page shows it
    #[schemars(extend("default" = false))]
    key: Option<Flag>,
    /// 校勘 / editorial notes
    editorial: Option<Vec<Note>>,
}

/// 一个数值 / a figure
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Point {
    /// 年份 / its year
    year: Number,
    /// cumulative：从哪一年起累计 / cumulative: the first year of the sum
    since: Option<Number>,
    /// 数字，加引号；missing 没有 / the figure, quoted; none where it is missing
    #[schemars(extend("examples" = ["93"]))]
    value: Option<Text>,
    /// 口径 / what it counts
    kind: PointKind,
}
