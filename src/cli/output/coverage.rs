//! How far translations have come, as a table for people or as JSON.
//!
//! Lives here: its look. The counts are the model's.

use super::visible;
use crate::cli::locale::MessageLang;
use crate::lang::LangId;
use crate::model::{Catalogue, Counts, UnitKind};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// The form of the object; it grows by keys, and a change that breaks readers raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    languages: Vec<Language<'a>>,
}

/// The coverage of one language.
#[derive(Serialize)]
struct Language<'a> {
    lang: &'a str,
    name: &'a str,
    rows: Vec<Row<'a>>,
    all: Counts,
}

#[derive(Serialize)]
struct Row<'a> {
    /// `field` for a column of the items, else the kind.
    kind: &'a str,
    /// The field's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip)]
    label: &'a str,
    #[serde(flatten)]
    counts: Counts,
}

/// One table for each of the languages.
pub(super) fn human(catalogue: &Catalogue, langs: &[LangId], lang: MessageLang) -> String {
    let head = match lang {
        MessageLang::Zh => ["", "总数", "缺译", "过时", "草稿", "已核对", "已审定"],
        MessageLang::En => ["", "total", "missing", "stale", "draft", "checked", "reviewed"],
    };
    let mut out = String::new();
    for Language { lang: tag, name, rows, all } in languages(catalogue, langs, lang) {
        let sum = match lang {
            MessageLang::Zh => "合计",
            MessageLang::En => "all",
        };
        let mut cells = vec![head.map(str::to_owned)];
        cells.extend(rows.iter().map(|row| line(row.label, row.counts)));
        cells.push(line(sum, all));
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{} {}\n{}", visible::line(tag), visible::line(name), aligned(&cells)));
    }
    out
}

/// The languages in one object, and a line end.
pub(super) fn json(catalogue: &Catalogue, langs: &[LangId]) -> String {
    let object = Object { version: VERSION, languages: languages(catalogue, langs, MessageLang::En) };
    // Serialising plain data to memory cannot fail.
    visible::json(serde_json::to_string(&object).unwrap_or_default()) + "\n"
}

fn languages<'c>(catalogue: &'c Catalogue, langs: &[LangId], messages: MessageLang) -> Vec<Language<'c>> {
    let languages = langs.iter().map(|id| {
        let (id, lang) = (*id, catalogue.lang(*id));
        let rows = rows(catalogue, id, messages);
        let all = rows.iter().fold(Counts::default(), |sum, row| sum.plus(row.counts));
        Language { lang: lang.tag.as_str(), name: lang.name.as_str(), rows, all }
    });
    languages.collect()
}

fn rows(catalogue: &Catalogue, lang: LangId, messages: MessageLang) -> Vec<Row<'_>> {
    let fields = catalogue.field_ids().map(|(id, field)| Row {
        kind: "field",
        id: Some(field.id.value.as_str()),
        label: match messages {
            MessageLang::Zh => &field.label.source.value,
            MessageLang::En => &field.id.value,
        },
        counts: catalogue.field_coverage(id, lang),
    });
    let others = catalogue.other_coverage(lang).into_iter().map(|(kind, counts)| Row {
        kind: kind.as_str(),
        id: None,
        label: label(kind, messages),
        counts,
    });
    fields.chain(others).collect()
}

fn label(kind: UnitKind, messages: MessageLang) -> &'static str {
    let (zh, en) = match kind {
        UnitKind::Item => ("服务项目", "items"),
        UnitKind::Domain => ("领域", "domains"),
        UnitKind::Department => ("部门", "departments"),
        UnitKind::Audience => ("服务对象分类", "audiences"),
        UnitKind::LifeEvent => ("人生事件", "life events"),
        UnitKind::Area => ("任务领域", "areas"),
        UnitKind::Task => ("重点任务", "tasks"),
        UnitKind::Division => ("分工", "division"),
        UnitKind::Indicator => ("指标", "indicators"),
        UnitKind::Change => ("清单调整", "changes"),
        UnitKind::Document => ("文件", "documents"),
        UnitKind::Notes => ("编校说明", "notes"),
    };
    match messages {
        MessageLang::Zh => zh,
        MessageLang::En => en,
    }
}

fn line(label: &str, counts: Counts) -> [String; 7] {
    let Counts { total, missing, stale, draft, checked, reviewed } = counts;
    let [a, b, c, d, e, f] = [total, missing, stale, draft, checked, reviewed].map(|count| count.to_string());
    [visible::line(label), a, b, c, d, e, f]
}

/// Rows with the first column at the left and numbers at the right, by the width that terminals give to characters.
fn aligned(rows: &[[String; 7]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: [usize; 7] = std::array::from_fn(width);
    let mut out = String::new();
    for row in rows {
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width - cell.width());
            let cell = if column == 0 { format!("  {cell}{gap}") } else { format!("  {gap}{cell}") };
            out.push_str(&cell);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn catalogue() -> Catalogue {
        let files = [
            (
                "site.yaml",
                "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\ntitle: 清单\n",
            ),
            (
                "catalogue.yaml",
                "name: 清单\nfields:\n  - {id: name, label: 服务项目, role: title}\n  - {id: standard, label: 标准}\ndepartments: {label: 部门}\n",
            ),
            ("domains.yaml", "- {id: education, name: 教育}\n"),
            ("departments.yaml", "- {id: finance, name: 财政局}\n"),
            ("items/education/a.yaml", "number: 1\ndepartments: [finance]\ntext: {name: 甲, standard: 甲}\n"),
            ("items/education/b.yaml", "number: 2\ndepartments: [finance]\ntext: {name: 乙}\n"),
            (
                "i18n/mn-Mong/items/education/a.yaml",
                "status: draft\nsource: {name: x}\ntext: {name: ᠨᠡᠷ, standard: ᠨᠡᠷ}\n",
            ),
            ("i18n/mn-Mong/departments.yaml", "finance: {status: checked, text: {name: ᠨᠡᠷ}}\n"),
        ];
        crate::load(&Sources::from_memory(files.map(|(path, text)| (path.to_owned(), text.to_owned())))).value
    }

    #[test]
    fn tables_are_aligned() {
        insta::assert_snapshot!(human(&catalogue(), &[LangId(1)], MessageLang::Zh), @r"
        mn-Mong ᠮᠣᠩᠭᠣᠯ
                    总数  缺译  过时  草稿  已核对  已审定
          服务项目     2     1     1     0       0       0
          标准         1     0     0     1       0       0
          领域         1     1     0     0       0       0
          部门         1     0     0     0       1       0
          合计         5     2     1     1       1       0
        ");
        insta::assert_snapshot!(human(&catalogue(), &[LangId(1)], MessageLang::En), @r"
        mn-Mong ᠮᠣᠩᠭᠣᠯ
                       total  missing  stale  draft  checked  reviewed
          name             2        1      1      0        0         0
          standard         1        0      0      1        0         0
          domains          1        1      0      0        0         0
          departments      1        0      0      0        1         0
          all              5        2      1      1        1         0
        ");
    }

    #[test]
    fn the_object() {
        insta::assert_snapshot!(json(&catalogue(), &[LangId(1)]), @r#"{"version":1,"languages":[{"lang":"mn-Mong","name":"ᠮᠣᠩᠭᠣᠯ","rows":[{"kind":"field","id":"name","total":2,"missing":1,"stale":1,"draft":0,"checked":0,"reviewed":0},{"kind":"field","id":"standard","total":1,"missing":0,"stale":0,"draft":1,"checked":0,"reviewed":0},{"kind":"domains","total":1,"missing":1,"stale":0,"draft":0,"checked":0,"reviewed":0},{"kind":"departments","total":1,"missing":0,"stale":0,"draft":0,"checked":1,"reviewed":0}],"all":{"total":5,"missing":2,"stale":1,"draft":1,"checked":1,"reviewed":0}}]}"#);
    }
}
