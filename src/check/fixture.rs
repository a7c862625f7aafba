//! A small sound catalogue for the tests of rules, to be spoiled file by file.

use super::check;
use crate::diag::{Diagnostic, Report};
use crate::model::Catalogue;
use crate::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The files of a catalogue.
pub(super) struct Site(BTreeMap<String, String>);

const FILES: [(&str, &str); 10] = [
    (
        "site.yaml",
        "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\n\
         title: 清单\nforbidden: [博彩]\n",
    ),
    (
        "catalogue.yaml",
        "name: 清单\nfields:\n  - {id: name, label: 名称, role: title, kind: line, required: true}\n\
         \x20 - {id: standard, label: 标准, role: benefit, kind: text}\n\
         \x20 - {id: guide, label: 指南, role: procedure, kind: markdown}\n\
         departments: {label: 部门}\namounts: {who: {pupil: 学生}, unit: {CNY: 元}, per: {year: 每年}}\n\
         expected: {items: 2, domains: {education: 2}}\n",
    ),
    ("domains.yaml", "- {id: education, name: 教育}\n"),
    ("departments.yaml", "- {id: finance, name: 财政局, aliases: [市财政局]}\n"),
    (
        "items/education/grant.yaml",
        "number: 1\ndepartments: [finance]\naliases: [补助]\ntext:\n  name: 生活补助\n  standard: 每人每年1000元。\n\
         amounts:\n  - {who: pupil, value: \"1000\", unit: CNY, per: [year]}\n",
    ),
    ("items/education/meals.yaml", "number: 2\ndepartments: [finance]\ntext: {name: 营养膳食}\n"),
    ("policy/document.yaml", "title: 通知\nvalidity: lapsed\nsource: notice\n"),
    (
        "policy/notice.md",
        "---\ntitle: 通知\nkind: notice\n---\n## 任务 {#tasks}\n\n见[补助](items/education/grant.yaml)和[上文](#tasks)。\n\n{indicators}\n",
    ),
    (
        "policy/indicators.yaml",
        "- id: retention\n  name: 巩固率\n  domain: education\n  points:\n\
         \x20   - {year: 2015, value: \"93\", kind: level}\n    - {year: 2020, value: \"95.5\", kind: level}\n",
    ),
    (
        "policy/tasks.yaml",
        "- id: education\n  name: 教育\n  domain: education\n  tasks:\n    - {number: 1, title: 义务教育, items: [grant]}\n",
    ),
];

impl Default for Site {
    fn default() -> Self {
        Self(FILES.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
            .with(
                "i18n/mn-Mong/items/education/grant.yaml",
                "status: draft\ntext: {name: ᠠᠮᠢᠳᠤᠷᠠᠯ\u{202F}ᠤᠨ ᠨᠥᠬᠥᠪᠦᠷᠢ}\n",
            )
            .with(
                "i18n/mn-Mong/items/education/meals.yaml",
                "status: draft\ntext: {name: ᠠᠮᠢᠳᠤᠷᠠᠯ\u{202F}ᠤᠨ ᠨᠥᠬᠥᠪᠦᠷᠢ}\n",
            )
    }
}

impl Site {
    /// With another text in place of a file, or a further file.
    pub(super) fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// With other words in a file.
    pub(super) fn replace(mut self, path: &str, old: &str, new: &str) -> Self {
        let text = self.0.get(path).map(String::as_str).unwrap_or_default();
        assert!(text.contains(old), "{path} has no {old:?}");
        let text = text.replace(old, new);
        self.0.insert(path.to_owned(), text);
        self
    }

    /// Without a file.
    pub(super) fn without(mut self, path: &str) -> Self {
        self.0.remove(path);
        self
    }

    /// The catalogue; what `raw` and `lower` find must be nothing.
    pub(super) fn load(self) -> Catalogue {
        let outcome = crate::load(&Sources::from_memory(self.0));
        assert!(!outcome.report.has_errors(), "the fixture is broken:\n{}", show(&outcome.report));
        outcome.value
    }

    /// What the rules say.
    pub(super) fn check(self) -> Report {
        let mut report = check(&self.load());
        report.sort();
        report
    }

    /// What the rules say, as text for snapshots.
    pub(super) fn faults(self) -> String {
        show(&self.check())
    }
}

/// A report in both languages, with the words the caret stands under.
pub(super) fn show(report: &Report) -> String {
    let mut out = String::new();
    for Diagnostic { code, severity, span, message, hint, related } in report.iter() {
        let (line, column) = span.line_column();
        let words = span.text().escape_debug().to_string();
        let _ = writeln!(out, "{severity:?} {code} {}:{line}:{column} [{words}]", span.file.path);
        let _ = writeln!(out, "  {}\n  {}", message.zh, message.en);
        if let Some(hint) = hint {
            let _ = writeln!(out, "  > {}\n  > {}", hint.zh, hint.en);
        }
        if let Some((span, message)) = related {
            let (line, column) = span.line_column();
            let _ = writeln!(out, "  & {}:{line}:{column} {} / {}", span.file.path, message.zh, message.en);
        }
    }
    out
}
