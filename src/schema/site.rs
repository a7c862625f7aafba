//! The keys of `site.yaml` and `catalogue.yaml`.
#![allow(dead_code, reason = "schemars reads these types; none is ever made")]

use super::words::{
    Blank, Date, Direction, FieldKind, Flag, Id, Localized, Number, Numbering, OptionalPart, Role, Tag, Text, Url,
    Weight, Writing,
};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// 网站：语言、标题、说明 / the site: its languages, title and description
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Site {
    /// 网站的语言，第一种是原文的语言 / the languages; the first is the one that the facts are written in
    #[schemars(extend("minItems" = 1))]
    languages: Vec<Language>,
    /// 网站的标题 / the title of the site
    title: Localized,
    /// 短标题，用于页头 / a short title, for the head of pages
    short_title: Option<Localized>,
    /// 一句话的说明，用于首页和搜索引擎 / one sentence, for the home page and search engines
    description: Option<Localized>,
    /// 服务的地区 / the area served
    place: Option<Localized>,
    /// 内容的更新日期；不写就不印日期 / the date of this edition of the content; without it no date is printed
    #[schemars(extend("examples" = ["2026-11-24"]))]
    updated: Option<Date>,
    /// 网站的地址；没有它就没有站点地图、订阅和二维码 / the address of the site; without it no sitemap, feeds or QR codes
    #[schemars(extend("examples" = ["https://example.org/list/"]))]
    base_url: Option<Url>,
    /// 非官方声明：不代表谁，正式文本向谁查询；没有主办单位时显示 / who is not behind this site, and where the official text is; shown while there is no `government.sponsor`
    unofficial: Option<Localized>,
    /// 内容中不许出现的字串 / strings that must stand nowhere in the content
    forbidden: Option<Vec<Text>>,
    /// 开放数据的许可 / the licence of the open data
    licence: Option<Blank<Licence>>,
    /// 译文未经审定的页面，请搜索引擎不要收录 / ask search engines to leave out pages whose translation is not reviewed
    #[schemars(extend("default" = true))]
    noindex_drafts: Option<Flag>,
    /// 访问过的网站断网也能用 / a visited site works without a network
    #[schemars(extend("default" = false))]
    offline: Option<Flag>,
    /// 网站不要的部分 / what the site goes without
    leave_out: Option<Vec<OptionalPart>>,
    /// 浏览器里的搜索 / search in the browser
    search: Option<Blank<SearchSettings>>,
    /// 政府网站的标识信息，知道的才填 / what a government's site says of itself; only what is known
    government: Option<Blank<Government>>,
}

/// 一种语言 / a language
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Language {
    /// 语言标签（BCP 47） / its tag (BCP 47)
    #[schemars(extend("examples" = ["zh-Hans", "mn-Mong", "en"]))]
    tag: Tag,
    /// 这种语言的页面所在的文件夹 / the folder of its pages
    #[schemars(extend("examples" = ["zh", "mn", "en"]))]
    path: Id,
    /// 这种语言里它自己的名称 / its own name for itself
    #[schemars(extend("examples" = ["中文", "English"]))]
    name: Text,
    /// 行文方向；按标签推定 / the direction of lines; derived from the tag
    direction: Option<Direction>,
    /// 横排或竖排；按标签推定 / horizontal or vertical; derived from the tag
    writing: Option<Writing>,
}

/// 许可 / a licence
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Licence {
    /// 许可的名称 / its name
    name: Localized,
    /// 许可的网址 / its address
    url: Option<Url>,
}

/// 搜索的开关 / switches of search
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SearchSettings {
    /// 是否提供搜索 / whether there is search
    #[schemars(extend("default" = true))]
    enabled: Option<Flag>,
    /// 浏览器是否记住最近的搜索 / whether browsers remember the last searches
    #[schemars(extend("default" = false))]
    recent: Option<Flag>,
}

/// 政府网站的标识信息 / what a government's site says of itself
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Government {
    /// 网站名称（meta SiteName） / the name of the site
    site_name: Option<Blank<Localized>>,
    /// 网站域名（meta SiteDomain） / its bare host
    site_domain: Option<Blank<Text>>,
    /// 政府网站标识码（meta SiteIDCode） / its registered code
    site_id: Option<Blank<Text>>,
    /// 栏目名称（meta ColumnName） / the name of the column
    column_name: Option<Blank<Localized>>,
    /// 栏目说明 / the description of the column
    column_description: Option<Blank<Localized>>,
    /// 栏目关键词 / the keywords of the column
    column_keywords: Option<Blank<Localized>>,
    /// 栏目类别 / the kind of the column
    column_type: Option<Blank<Localized>>,
    /// 主办单位；写了它，网站就是官方的 / the authority behind the site: its presence makes the site official
    sponsor: Option<Blank<Localized>>,
    /// 承办单位 / who runs the site
    operator: Option<Blank<Localized>>,
    /// ICP 备案号 / the ICP record
    icp: Option<Blank<Text>>,
    /// 公网安备文字 / the public security record, as printed
    police: Option<Blank<Text>>,
    /// 公网安备号 / its number
    police_code: Option<Blank<Text>>,
    /// 党政机关标识的编号 / the id of the badge of authorities
    badge: Option<Blank<Text>>,
    /// “政府网站找错”的编号 / the site code for reports of errors
    error_report: Option<Blank<Text>>,
    /// 地址 / the address
    address: Option<Blank<Localized>>,
    /// 邮政编码 / the postcode
    postcode: Option<Blank<Text>>,
    /// 电话 / the telephone number
    phone: Option<Blank<Text>>,
    /// 电子邮箱 / the e-mail address
    email: Option<Blank<Text>>,
}

/// 清单：名称、各列、词汇 / the list: its name, columns and words
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Catalogue {
    /// 清单的名称 / the list's own title
    name: Localized,
    /// 项目是否有序号 / whether items have numbers
    #[schemars(extend("default" = "required"))]
    numbers: Option<Numbering>,
    /// 各列，按顺序；必须有 name 一列 / the columns, in order; `name` must be among them
    #[schemars(extend("contains" = { "type": "object", "properties": { "id": { "const": "name" } }, "required": ["id"] }))]
    fields: Vec<Column>,
    /// 部门一列；没有部门就不写 / the column of departments; left out where there are none
    departments: Option<DepartmentsColumn>,
    /// 项目的 amounts 所用的词 / the words that `amounts` of items use
    amounts: Option<Blank<Vocabulary>>,
    /// 列以外内容的搜索权重 / search weights of what stands in no column
    search: Option<Blank<SearchWeights>>,
    /// 应有的数目，不符就报错 / how many there must be; a mismatch is an error
    expected: Option<Blank<Expected>>,
}

/// 一列 / a column
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Column {
    /// 列的标识，项目的 text 用它作键 / its id, the key in `text` of items
    id: Id,
    /// 列的名称 / its heading
    label: Localized,
    /// 项目页上的标题，写成问题 / the heading on an item's page, as a question
    #[schemars(extend("examples" = ["谁能享受"]))]
    question: Option<Localized>,
    /// 这一列说的是什么 / what it is about
    #[schemars(extend("default" = "other"))]
    role: Option<Role>,
    /// 怎么写 / how it is written
    #[schemars(extend("default" = "text"))]
    kind: Option<FieldKind>,
    /// 每项是否必填 / whether every item must have it
    #[schemars(extend("default" = false))]
    required: Option<Flag>,
    /// 搜索权重；按 role 有默认值（title 6，eligibility 2，funding 0.3，其余 1） / the search weight; by default after its role: title 6, eligibility 2, funding 0.3, others 1
    weight: Option<Weight>,
}

/// 部门一列 / the column of departments
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DepartmentsColumn {
    /// 列的名称 / its heading
    label: Localized,
    /// 项目页上的标题，写成问题 / the heading on an item's page, as a question
    question: Option<Localized>,
    /// 每项是否必填 / whether every item must name one
    #[schemars(extend("default" = false))]
    required: Option<Flag>,
}

/// 词汇：标识对应文字 / words by id
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Vocabulary {
    /// 给谁 / for whom
    who: Option<Blank<BTreeMap<String, Localized>>>,
    /// 单位 / units
    unit: Option<Blank<BTreeMap<String, Localized>>>,
    /// 按什么计算 / per what
    per: Option<Blank<BTreeMap<String, Localized>>>,
}

/// 搜索权重 / search weights
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SearchWeights {
    /// 别名 / other names
    #[schemars(extend("default" = 5))]
    aliases: Option<Weight>,
    /// 部门 / departments
    #[schemars(extend("default" = 4))]
    departments: Option<Weight>,
    /// 领域 / domains
    #[schemars(extend("default" = 1))]
    domains: Option<Weight>,
    /// 服务对象和人生事件 / audiences and life events
    #[schemars(extend("default" = 1))]
    groups: Option<Weight>,
}

/// 应有的数目 / expected counts
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Expected {
    /// 项目总数 / the number of items
    items: Option<Number>,
    /// 各领域的项目数，按领域标识 / the number of items by domain
    domains: Option<Blank<BTreeMap<String, Number>>>,
}
