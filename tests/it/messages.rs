//! A golden for every message: each case spoils a small sound catalogue and shows what `check` says, in both languages.
//!
//! A new code needs a case: `every_code_has_a_case` reads the codes from the source.

use qingdan::diag::{Report, Severity};
use qingdan::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// A sound catalogue, small enough to be seen whole.
pub(crate) const BASE: [(&str, &str); 12] = [
    (
        "site.yaml",
        "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: en, path: en, name: English}\ntitle: {zh-Hans: 清单, en: List}\nforbidden: [博彩]\n",
    ),
    (
        "catalogue.yaml",
        "name: 清单\nfields:\n  - {id: name, label: 服务项目, role: title, kind: line}\n  - {id: standard, label: 标准, role: benefit, kind: text, required: true}\n  - {id: guide, label: 指南, kind: markdown}\ndepartments: {label: 部门, required: true}\namounts:\n  who: {pupil: 学生}\n  unit: {CNY: 元}\n  per: {year: 每年}\nexpected: {items: 2, domains: {education: 2}}\n",
    ),
    ("domains.yaml", "- {id: education, name: 教育}\n"),
    ("departments.yaml", "- {id: finance, name: 财政局}\n- {id: schools, name: 教育局}\n"),
    ("audiences.yaml", "- {id: students, name: 学生}\n"),
    ("life-events.yaml", "- {id: schooling, name: 上学}\n"),
    (
        "items/education/board.yaml",
        "number: 1\ndepartments: [finance]\naudiences: [students]\nlife_events: [schooling]\namounts:\n  - {who: pupil, value: \"1000\", unit: CNY, per: [year]}\nrelated: [tuition]\ntext:\n  name: 住宿补助\n  standard: 每年1000元。\n",
    ),
    (
        "items/education/tuition.yaml",
        "number: 2\ndepartments: [schools]\ntext:\n  name: 免学费\n  standard: 免除学费。\n",
    ),
    (
        "policy/notice.md",
        "---\ntitle: 通知\nkind: notice\n---\n## 一、总则 {#general}\n\n见[住宿补助](items/education/board.yaml)。\n",
    ),
    (
        "policy/tasks.yaml",
        "- {id: schools, name: 教育, domain: education, tasks: [{number: 1, title: 任务, items: [board]}]}\n",
    ),
    (
        "i18n/en/items/education/board.yaml",
        "status: reviewed\nreviewer: A. Person\ntext: {name: Board, standard: 1000 a year.}\n",
    ),
    (
        "i18n/en/items/education/tuition.yaml",
        "status: reviewed\nreviewer: A. Person\ntext: {name: Tuition, standard: Free of charge.}\n",
    ),
];

/// How a case spoils a file.
enum Spoil {
    /// Puts a text in the place of another.
    Swap(&'static str, &'static str, &'static str),
    /// Writes a whole file.
    File(&'static str, &'static str),
    /// Writes bytes that are no text.
    Bytes(&'static str, &'static [u8]),
    /// Removes a file.
    Remove(&'static str),
    /// Makes a symbolic link: name, target.
    Link(&'static str, &'static str),
    /// Writes this many bytes.
    Large(&'static str, usize),
    /// Repeats a text so many times.
    Long(&'static str, &'static str, usize),
}
use Spoil::{Bytes, File, Large, Link, Long, Remove, Swap};

fn run(case: &[Spoil]) -> Report {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("content");
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    for (path, text) in BASE {
        put(path, text.as_bytes());
    }
    for spoil in case {
        match spoil {
            Swap(path, from, to) => {
                let text = std::fs::read_to_string(root.join(path)).unwrap();
                assert!(text.contains(from), "{path} has no {from:?}");
                put(path, text.replacen(from, to, 1).as_bytes());
            }
            Long(path, text, times) => {
                let whole = std::fs::read_to_string(root.join(path)).unwrap();
                put(path, whole.replacen(text, &text.repeat(*times), 1).as_bytes());
            }
            File(path, text) => put(path, text.as_bytes()),
            Bytes(path, bytes) => put(path, bytes),
            Remove(path) => std::fs::remove_file(root.join(path)).unwrap(),
            Link(path, target) => std::os::unix::fs::symlink(target, root.join(path)).unwrap(),
            Large(path, size) => put(path, &vec![b'#'; *size]),
        }
    }
    check(&root)
}

fn check(root: &Path) -> Report {
    let outcome = Sources::read(root).unwrap();
    let mut report = outcome.report;
    let catalogue = qingdan::load(&outcome.value).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    let indices = if report.has_errors() { Vec::new() } else { qingdan::search::indices(&catalogue) };
    report.merge(qingdan::search::expected(&catalogue, &indices));
    report.sort();
    report
}

/// The report as the golden shows it.
pub(crate) fn shown(report: &Report) -> String {
    let mut out = String::new();
    for d in report.iter() {
        let (line, column) = d.span.line_column();
        let severity = if d.severity == Severity::Error { "error" } else { "warning" };
        let _ = writeln!(out, "{}:{line}:{column}: {severity} [{}]", d.span.file.path, d.code);
        let excerpt: String = d.span.text().chars().take(40).collect();
        let _ = writeln!(out, "  at: {excerpt:?}");
        let _ = writeln!(out, "  zh: {}\n  en: {}", d.message.zh, d.message.en);
        if let Some(hint) = &d.hint {
            let _ = writeln!(out, "  提示: {}\n  hint: {}", hint.zh, hint.en);
        }
        if let Some((span, message)) = &d.related {
            let (line, column) = span.line_column();
            let _ = writeln!(out, "  {}:{line}:{column}: {} / {}", span.file.path, message.zh, message.en);
        }
    }
    out
}

const BOARD: &str = "items/education/board.yaml";
const TUITION: &str = "items/education/tuition.yaml";

const MONGOLIAN: &str = "i18n/mn-Mong/items/education/tuition.yaml";

/// A second language, in the Mongolian script, and one text in it.
fn mongolian(text: &'static str) -> Vec<Spoil> {
    vec![
        Swap("site.yaml", "name: English}\n", "name: English}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\n"),
        File("i18n/mn-Mong/items/education/board.yaml", "status: draft\ntext: {name: ᠨᠥᠬᠥᠪᠦᠷᠢ ᠮᠥᠩᠭᠦ}\n"),
        File(MONGOLIAN, text),
    ]
}

/// A case in the second language, with further files.
fn mongolian_with(text: &'static str, more: Vec<Spoil>) -> Vec<Spoil> {
    mongolian(text).into_iter().chain(more).collect()
}

/// The cases about translations.
fn translation_cases() -> Vec<(&'static str, Vec<Spoil>)> {
    vec![
        (
            "glossary",
            vec![
                File(
                    "glossary.yaml",
                    "- {zh-Hans: 学费, en: fee, grade: A, source: 标准, note: 说明}\n- {zh-Hans: 学费, en: fees}\n- {en: grant}\n- {zh-Hans: 补助, grad: A}\n- {}\n- 补助\n",
                ),
                File("i18n/en/allow.yaml", "mixed_vowels: x\nglossary: [{term: 学费}]\nhans: [x]\n"),
            ],
        ),
        (
            "check-figures",
            vec![File(
                "i18n/en/items/education/board.yaml",
                "status: draft\nsource: {standard: 7945ab354262}\ntext: {name: Board 5, standard: 100 a year.}\n",
            )],
        ),
        (
            "check-terms",
            vec![File("glossary.yaml", "- {zh-Hans: 学费, en: fee}\n- {zh-Hans: 免学费, en: exemption}\n")],
        ),
        (
            "fingerprint-without-text",
            vec![File(
                "i18n/en/items/education/board.yaml",
                "status: draft\nsource: {guide: aaaaaaaaaaaa}\ntext: {name: Board}\n",
            )],
        ),
        ("mongolian-letters", mongolian("status: draft\ntext: {name: нэр ᠰᠢᡏᠡ ︽ᠨᠣᠮ}\n")),
        ("mongolian-marks", mongolian("status: draft\ntext: {name: \"ᠡᠳ\\u180B\\u180Cᠦᠨ\\u180E \\u180Bᠳᠠᠩᠰᠠ\"}\n")),
        (
            "mongolian-departments",
            mongolian_with(
                "status: draft\ntext: {name: ᠨᠡᠷᠡ}\n",
                vec![
                    File("glossary.yaml", "- {zh-Hans: 财政局, mn-Mong: ᠲᠣᠪᠴᠢᠶᠠ}\n"),
                    File(
                        "i18n/mn-Mong/departments.yaml",
                        "finance: {status: draft, text: {name: ᠭᠠᠵᠠᠷ}}\nschools: {status: draft, text: {name: ᠭᠠᠵᠠᠷ}}\n",
                    ),
                ],
            ),
        ),
        ("mongolian-han", mongolian("status: draft\ntext: {name: 学费 ᠨᠣᠮ 国办发〔2016〕36号}\n")),
        ("mongolian-words", mongolian("status: draft\ntext: {name: ᠠᠨᠭᠬᠠ ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ}\n")),
        ("mongolian-suffixes", mongolian("status: draft\ntext: {name: ᠡᠳ ᠦᠨ ᠬᠣᠲᠠ\u{202F}ᠤᠨ ᠨᠣᠮ\u{202F}ᠨᠣᠮ}\n")),
        ("mongolian-punctuation", mongolian("status: draft\ntext: {name: \"ᠨᠣᠮ, ᠨᠣᠮ。\"}\n")),
        ("mongolian-length", mongolian("status: draft\ntext: {standard: ᠨᠣᠮ}\n")),
    ]
}

/// Every case, by the name of its golden.
fn cases() -> Vec<(&'static str, Vec<Spoil>)> {
    let mut all = other_cases();
    all.extend(translation_cases());
    all
}

/// The cases about everything else.
fn other_cases() -> Vec<(&'static str, Vec<Spoil>)> {
    vec![
        (
            "search-tests",
            vec![
                File(
                    "search-tests.yaml",
                    "- {query: 住宿补助, items: [board]}\n- {query: 学费, items: [board]}\n- {query: 火箭, items: [tuition], within: 1}\n- {query: board, items: [board], lang: en}\n",
                ),
                File("synonyms.yaml", "zh-Hans:\n  words:\n    住宿: [住校]\n    住校费: [食宿费]\n  ignore: [怎么]\n"),
            ],
        ),
        (
            "search-files",
            vec![
                File(
                    "search-tests.yaml",
                    "- {query: 学费, items: [boards]}\n- {query: 学费, items: [tuition], lang: fr}\n- {query: 学费}\n- {items: [board]}\n",
                ),
                File("synonyms.yaml", "fr:\n  words: {a: [b]}\nzh-Hans:\n  word: {a: [b]}\n"),
                Swap("site.yaml", "title:", "search: {enabled: maybe}\ntitle:"),
                Swap("catalogue.yaml", "name:", "search: {aliases: 11, title: 3}\nname:"),
            ],
        ),
        (
            "changes",
            vec![
                Swap("site.yaml", "title:", "updated: 2019-05-01\ntitle:"),
                File(
                    "changes.yaml",
                    "- {id: a, date: 2019-05-02, kind: changed, title: 调整, items: [board, boards, board]}\n- {id: a, date: 2019-05-01, kind: added, title: 新增}\n- {id: b, date: 2019-02-29, kind: add, text: x}\n- {id: B, date: 2019-01-01, kind: removed, title: 取消, basis: {name: 通知, url: www.example.org}}\n- {id: c, date: 2019-01-01, kind: merged, title: 合并, basis: 通知, item: [board]}\n- {id: d, date: 2019-01-01, kind: merged, title: 合并, text: \"见[丙](changes.yaml#change-c)、[甲](#change-a)和[无](x.md)\"}\n",
                ),
                File("i18n/en/changes.yaml", "a:\n  status: draft\n  text: {name: A, text: B}\nz: {status: draft}\n"),
            ],
        ),
        (
            "changes-text",
            vec![
                Swap("site.yaml", "title:", "updated: 2019-05-01\ntitle:"),
                File(
                    "changes.yaml",
                    "- {id: a, date: 2019-05-02, kind: changed, title: 每年2000元的博彩, text: \"见[丙](changes.yaml#change-c)、[甲](#change-a)、[无](x.md)和<b>\"}\n- {id: b, date: 2019-01-01, kind: removed, title: \"取消\\n一项\"}\n",
                ),
                File(
                    "i18n/en/changes.yaml",
                    "a:\n  status: draft\n  source: {title: 000000000000, text: 000000000000}\n  text: {title: \"1000 a year\"}\n",
                ),
            ],
        ),
        ("changes-empty", vec![File("changes.yaml", "# 暂无\n")]),
        ("changes-broken", vec![File("changes.yaml", "- id: a\n\tdate: 2019\n"), File("change.yaml", "[]\n")]),
        ("read-byte-order-mark", vec![Bytes("audiences.yaml", b"\xef\xbb\xbf- {id: students, name: s}\n")]),
        ("read-line-ends", vec![File("audiences.yaml", "- {id: students, name: 学生}\r\n")]),
        ("read-not-utf8", vec![Bytes("audiences.yaml", b"- {id: students, name: \xd1\xa7\xc9\xfa}\n")]),
        ("read-link-loop", vec![Link("items/loop", "..")]),
        ("read-link-outside", vec![Link("items/education/out.yaml", "/etc/hostname")]),
        ("read-unreadable", vec![Link("items/education/dead.yaml", "nowhere")]),
        ("read-too-large", vec![Large("items/education/large.yaml", (8 << 20) + 1)]),
        ("yaml-syntax-tab", vec![Swap(BOARD, "  name", "\tname")]),
        ("yaml-syntax-colon", vec![Swap(BOARD, "number: 1", "number：1")]),
        ("yaml-syntax-value", vec![Swap(BOARD, "住宿补助", "住宿: 补助: 一")]),
        ("yaml-several-documents", vec![Swap(TUITION, "text:", "---\ntext:")]),
        ("yaml-duplicate-key", vec![Swap(BOARD, "number: 1", "number: 1\nnumber: 3")]),
        ("yaml-bad-key", vec![Swap(BOARD, "number: 1", "number: 1\n? [a]\n: b")]),
        (
            "yaml-too-deep",
            vec![Swap(
                BOARD,
                "[finance]",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[finance]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
            )],
        ),
        (
            "yaml-anchor-alias-tag",
            vec![
                Swap(BOARD, "每年1000元。", "&a 每年1000元。\n  guide: *a"),
                Swap(TUITION, "number: 2", "number: !!int 2"),
            ],
        ),
        ("keys-unknown", vec![Swap(BOARD, "audiences", "audience"), Swap(TUITION, "departments", "depts")]),
        (
            "keys-missing",
            vec![
                Swap(BOARD, "text:\n  name: 住宿补助\n  standard: 每年1000元。\n", ""),
                Swap(TUITION, "  standard: 免除学费。\n", ""),
            ],
        ),
        ("keys-empty", vec![Swap(BOARD, "每年1000元。", ""), Swap(TUITION, "number: 2", "number:")]),
        (
            "types-wrong",
            vec![
                Swap(BOARD, "[finance]", "finance"),
                Swap(TUITION, "免学费", "[免学费]"),
                Swap("domains.yaml", "教育", "{a: b}"),
            ],
        ),
        (
            "values-bad",
            vec![
                Swap(BOARD, "number: 1", "number: 01"),
                Swap(TUITION, "[schools]", "[Schools_]"),
                Swap("site.yaml", "forbidden", "updated: 2018-02-30\nnoindex_drafts: ja\nforbidden"),
            ],
        ),
        (
            "five-faults-in-one-file",
            vec![File(
                TUITION,
                "number: zwei\ndepartments: [finanse]\naudiences: [students, students]\nnonsense: 1\ntext:\n  name: 免学费\n  standrd: 免除学费。\n",
            )],
        ),
        (
            "references-unknown",
            vec![
                Swap(BOARD, "[students]", "[student]"),
                Swap(BOARD, "[schooling]", "[school]"),
                Swap(BOARD, "who: pupil", "who: pupils"),
                Swap(BOARD, "unit: CNY", "unit: CNX"),
                Swap(BOARD, "per: [year]", "per: [years]"),
                Swap(BOARD, "related: [tuition]", "related: [tution]"),
                Swap(TUITION, "[schools]", "[schols]"),
                Swap("catalogue.yaml", "{education: 2}", "{educaton: 2}"),
                File(
                    "policy/division.yaml",
                    "- {number: 1, task: 任务, responsible: 财政局牵头, departments: [finance], tasks: [2]}\n",
                ),
                Swap("policy/notice.md", "kind: notice", "kind: notice\ninterprets: notise"),
            ],
        ),
        (
            "domain-unknown",
            vec![
                File("items/educaton/new.yaml", "number: 3\ndepartments: [finance]\ntext: {name: 新, standard: 新}\n"),
                Swap("catalogue.yaml", "expected: {items: 2", "expected: {items: 3"),
            ],
        ),
        (
            "slug-duplicate",
            vec![
                File("domains.yaml", "- {id: education, name: 教育}\n- {id: health, name: 卫生}\n"),
                File("items/health/board.yaml", "number: 3\ndepartments: [finance]\ntext: {name: 新, standard: 新}\n"),
            ],
        ),
        (
            "id-duplicate",
            vec![File(
                "departments.yaml",
                "- {id: finance, name: 财政局}\n- {id: schools, name: 教育局}\n- {id: finance, name: 财政}\n",
            )],
        ),
        ("item-incomplete", vec![Swap(TUITION, "number: 2\ndepartments: [schools]\n", "")]),
        ("files-missing", vec![Remove("domains.yaml"), Remove("departments.yaml")]),
        (
            "files-unknown",
            vec![
                File("items/education/new.yml", "a: b\n"),
                File("departmnts.yaml", "a: b\n"),
                File("items/new.yaml", "a: b\n"),
                File("notes.txt", "x"),
            ],
        ),
        ("file-empty", vec![File("audiences.yaml", "# nothing\n")]),
        (
            "site-languages",
            vec![Swap(
                "site.yaml",
                "  - {tag: en, path: en, name: English}\n",
                "  - {tag: en, path: zh, name: English}\n  - {tag: en_US, path: us, name: US}\n  - {tag: de, path: data, name: Deutsch}\n",
            )],
        ),
        (
            "site-no-language",
            vec![Swap(
                "site.yaml",
                "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: en, path: en, name: English}\n",
                "languages: []\n",
            )],
        ),
        (
            "site-addresses",
            vec![Swap(
                "site.yaml",
                "forbidden",
                "base_url: example.org\nlicence: {name: 许可, url: \"javascript:x\"}\nforbidden",
            )],
        ),
        ("site-texts", vec![Swap("site.yaml", "{zh-Hans: 清单, en: List}", "{en: List, fr: Liste}")]),
        (
            "catalogue-fields",
            vec![Swap(
                "catalogue.yaml",
                "  - {id: name, label: 服务项目, role: title, kind: line}\n",
                "  - {id: names, label: 服务项目, role: title, kind: line, weight: 11}\n  - {id: names, label: 服务项目}\n",
            )],
        ),
        (
            "policy-front-matter",
            vec![File("policy/other.md", "## 没有文件头\n"), File("policy/tasks.md", "---\ntitle: 任务\n---\n")],
        ),
        (
            "translation",
            vec![
                File(
                    "i18n/en/items/education/board.yaml",
                    "status: reviewed\nsource: {name: 000000000000}\ntext: {name: Board, standrd: x}\n",
                ),
                File("i18n/en/items/education/gone.yaml", "status: draft\ntext: {name: Gone}\n"),
                File("i18n/fr/domains.yaml", "education: {status: draft, text: {name: x}}\n"),
                File("i18n/zh-Hans/domains.yaml", "education: {status: draft, text: {name: x}}\n"),
            ],
        ),
        ("check-numbers", vec![Swap(TUITION, "number: 2", "number: 1")]),
        ("check-number-gap", vec![Swap(TUITION, "number: 2", "number: 4")]),
        (
            "check-counts",
            vec![Swap("catalogue.yaml", "{items: 2, domains: {education: 2}}", "{items: 3, domains: {education: 4}}")],
        ),
        (
            "check-forbidden",
            vec![
                Swap(BOARD, "每年1000元。", "每年1000元。博彩网"),
                Swap(TUITION, "number: 2", "number: 2\naliases: [博彩]"),
            ],
        ),
        (
            "check-characters",
            vec![
                Swap(BOARD, "每年1000元。", "\"每年1000元\\u202E\\uE000\\u0007。\""),
                Swap(TUITION, "免学费", "免学\u{200b}费"),
                Swap("departments.yaml", "财政局", "e\u{301}"),
            ],
        ),
        ("check-amounts", vec![Swap(BOARD, "value: \"1000\"", "value: \"100\"")]),
        (
            "check-links",
            vec![Swap(
                BOARD,
                "每年1000元。",
                "每年1000元。\n  guide: 见[没有](items/education/none.yaml)、[坏](javascript:x)、<b onclick=x>粗</b>、[节](../../policy/notice.md#none)。",
            )],
        ),
        (
            "check-editorial",
            vec![Swap(
                BOARD,
                "text:",
                "editorial:\n  - {field: standrd, kind: restored, note: 说明}\n  - {field: name, kind: restored, text: 没有, confidence: \"1.5\", note: 说明}\ntext:",
            )],
        ),
        (
            "check-former-slugs",
            vec![
                Swap(BOARD, "text:", "former_slugs: [tuition, old, old]\ntext:"),
                Swap(TUITION, "text:", "former_slugs: [old]\ntext:"),
            ],
        ),
        (
            "check-indicators",
            vec![File(
                "policy/indicators.yaml",
                "- {id: a, name: 甲, points: [{year: 2020, kind: level}, {year: 2015, value: x, kind: level}]}\n- {id: b, name: 乙, points: [{year: 2015, value: \"1\", kind: missing}, {year: 2020, since: 2021, value: \"2\", kind: cumulative}]}\n",
            )],
        ),
        ("check-lines", vec![Swap(BOARD, "name: 住宿补助", "name: |-\n    住宿\n    补助")]),
        (
            "check-mixed-points",
            vec![File(
                "policy/indicators.yaml",
                "- {id: a, name: 甲, points: [{year: 2015, value: \"1\", kind: level}, {year: 2020, since: 2016, value: \"2\", kind: cumulative}]}\n",
            )],
        ),
        (
            "check-document",
            vec![
                Swap(
                    "policy/notice.md",
                    "kind: notice",
                    "kind: notice\neditorial:\n  - {anchor: none, kind: note, note: 说明}",
                ),
                Swap(
                    "policy/notice.md",
                    "见[",
                    "## 二 {#general}\n\n{itmes}\n\n![图](x.png) 见[住](tasks.yaml#task-9)[",
                ),
            ],
        ),
        ("check-long-text", vec![Long(BOARD, "每年1000元。", 70_000)]),
        ("check-outer-space", vec![Swap(BOARD, "住宿补助", "\" 住宿补助\"")]),
        ("check-bad-anchor", vec![Swap("policy/notice.md", "{#general}", "{#General_Part}")]),
        ("yaml-broken-list", vec![Swap("departments.yaml", "}", ""), Swap("audiences.yaml", "}", "")]),
        (
            "check-translations",
            vec![
                Remove("i18n/en/items/education/tuition.yaml"),
                File(
                    "i18n/en/items/education/board.yaml",
                    "status: draft\ntext: {name: Board, standard: \"1000 a year.\"}\n",
                ),
            ],
        ),
        ("domains-none", vec![File("domains.yaml", "[]\n")]),
        ("related-to-itself", vec![Swap(BOARD, "related: [tuition]", "related: [board]")]),
        ("files-lists-missing", vec![Remove("audiences.yaml"), Remove("life-events.yaml")]),
        (
            "item-several-faults-in-a-wrong-folder",
            vec![
                Remove(TUITION),
                File(
                    "items/eductn/tuition.yaml",
                    "number: 2\ndepartments: [schols]\namounts: [{who: pupl, value: \"9\"}]\naliases: [博彩]\ntext:\n  name: 免学费\n  standard: 免除学费。\n",
                ),
            ],
        ),
        ("keys-empty-lists", vec![Swap(BOARD, "[finance]", "[]"), Swap(TUITION, "number: 2", "number: 2\naudiences:")]),
        (
            "notes-with-two-faults",
            vec![Swap(BOARD, "text:", "editorial:\n  - {field: nope, kind: foo, note: 说明}\ntext:")],
        ),
        (
            "types-no-mapping",
            vec![
                File(TUITION, "- a\n"),
                Swap(BOARD, "text:\n  name: 住宿补助\n  standard: 每年1000元。\n", "text: [a, b]\n"),
            ],
        ),
        ("check-aliases", vec![Swap(BOARD, "text:", "aliases: [住校, 住校]\ntext:")]),
        (
            "check-empty-domain",
            vec![File("domains.yaml", "- {id: education, name: 教育}\n- {id: health, name: 卫生}\n")],
        ),
    ]
}

#[test]
fn the_base_is_sound() {
    let report = run(&[]);
    assert!(!report.has_errors(), "{}", shown(&report));
}

#[test]
fn every_message_is_as_agreed() {
    for (name, case) in cases() {
        insta::assert_snapshot!(name, shown(&run(&case)));
    }
}

/// Codes that need another stage than `check`; their tests stand beside them.
const ELSEWHERE: [&str; 10] = [
    "handbook-layout",
    "bad-file-name",
    "not-a-file",
    "missing-string",
    "string-places",
    "template",
    "unknown-icon",
    "unknown-string",
    "unknown-template",
    "unreadable-folder",
];

#[test]
fn every_code_has_a_case() {
    let mut seen: BTreeSet<String> = ELSEWHERE.iter().map(|code| (*code).to_owned()).collect();
    // What `import` says of tables has its goldens in import.rs, what `translate import` says of PO files in exchange.rs.
    seen.extend(codes().into_iter().filter(|code| code.starts_with("import-") || code.starts_with("po-")));
    for (_, case) in cases() {
        seen.extend(run(&case).iter().map(|d| d.code.to_owned()));
    }
    let unseen: Vec<String> = codes().difference(&seen).cloned().collect();
    assert!(unseen.is_empty(), "no case brings up {unseen:?}");
}

/// The codes that the source speaks of: the first string of a call that makes a diagnostic.
pub(crate) fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let makers = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "self.refuse(",
        "cx.unknown(",
        "self.unknown(",
        "Index::new(",
        "self.fault(",
    ];
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let entry = entry.unwrap();
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "rs") || path.ends_with("tests.rs") || path.ends_with("fixture.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for maker in makers {
            for (at, _) in text.match_indices(maker) {
                let rest = text[at + maker.len()..].trim_start();
                if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    assert!(codes.len() > 40, "{codes:?}");
    codes
}
