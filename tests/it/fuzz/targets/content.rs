//! What is fuzzed: the files of a content folder, put through everything up to pages.

use super::{Target, base, many, numbered, root, whole};
use crate::messages::BASE;
use qingdan::source;

/// A file of the content: its path is the first line.
pub(in crate::fuzz) fn content() -> Target {
    fn run(input: &[u8]) {
        let at = input.iter().position(|b| *b == b'\n').unwrap_or(input.len());
        let path = String::from_utf8_lossy(&input[..at]).into_owned();
        let bytes = input.get(at + 1..).unwrap_or_default().to_vec();
        let mut files = base();
        let Some(file) = source::text("content", &path, bytes).value else { return };
        files.insert(path, file.text.clone());
        whole(files);
    }
    fn seeds() -> Vec<Vec<u8>> {
        let named = |path: &str, text: &str| format!("{path}\n{text}").into_bytes();
        let mut seeds: Vec<Vec<u8>> = BASE.iter().map(|(path, text)| named(path, text)).collect();
        let folder = root("content");
        for path in ["glossary.yaml", "synonyms.yaml", "policy/document.yaml", "policy/division.yaml"]
            .into_iter()
            .chain(["policy/indicators.yaml", "policy/notice.md", "items/education/boarding-allowance.yaml"])
        {
            let text = std::fs::read_to_string(folder.join(path)).unwrap();
            seeds.push(named(path, &text.chars().take(6000).collect::<String>()));
        }
        seeds
    }
    Target {
        name: "content",
        corpus: "content",
        run,
        seeds,
        words: &[
            "- ",
            ": ",
            "? ",
            "| ",
            "|-\n",
            ">\n",
            "[",
            "]",
            "{",
            "}",
            "[[",
            "{{",
            ", ",
            "#",
            " #",
            "&a ",
            "*a",
            "!!str ",
            "!<x> ",
            "\"",
            "'",
            "\\u202E",
            "\\x00",
            "\\",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "<<: ",
            "~",
            "null",
            "true",
            "\t",
            "  ",
            "\n",
            "\r\n",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "0x1F",
            "1e999",
            "-0",
            "99999999999999999999",
            "２",
            "2024-02-30",
            "text:\n",
            "number: 1\n",
            "departments: [finance]\n",
            "items/",
            "../",
            "#a",
            "{#a}",
            "[x](javascript:y)",
            "<b>",
            "amounts:\n  - {who: pupil, value: \"1\", unit: CNY}\n",
            "aliases: [a, b]\n",
            "related: [tuition]\n",
            "former_slugs: [x]\n",
            "editorial:\n  - {note: 注}\n",
            "https://",
            "{items}",
            "zh-Hans",
            "e\u{301}",
            "\u{202e}",
            "\u{e000}",
            "\u{fdd0}",
        ],
        shapes: &[
            ("one long scalar", |n| many("items/education/board.yaml\ntext: {name: ", "长", "}\n", n)),
            ("deep lists", |n| many("domains.yaml\n", "[", "", n)),
            ("deep maps", |n| many("domains.yaml\n", "{a: ", "", n)),
            ("deep block lists", |n| many("domains.yaml\n", "- ", "a\n", n)),
            ("deep question marks", |n| many("domains.yaml\n", "? ", "a\n", n)),
            ("anchors", |n| numbered("domains.yaml\n", "- &a# x\n", n)),
            ("aliases", |n| many("domains.yaml\n- &a x\n", "- *a\n", "", n)),
            ("tags", |n| many("domains.yaml\n", "- !!str x\n", "", n)),
            ("unknown keys", |n| numbered("items/education/board.yaml\n", "k#: 1\n", n)),
            ("repeated keys", |n| many("items/education/board.yaml\n", "number: 1\n", "", n)),
            ("unknown names", |n| numbered("items/education/board.yaml\ndepartments:\n", "  - d#\n", n)),
            ("one unknown name", |n| many("items/education/board.yaml\ndepartments: [", "x", "]\n", n)),
            ("departments", |n| numbered("departments.yaml\n", "- {id: d#, name: 局#}\n", n)),
            ("the same department", |n| many("departments.yaml\n", "- {id: d, name: 局}\n", "", n)),
            ("domains in domains", |n| {
                let mut out = "domains.yaml\n- {id: education, name: 教育}\n- {id: d0, name: 域}\n".to_owned();
                let mut at = 1;
                while out.len() < n {
                    out.push_str(&format!("- {{id: d{at}, name: 域{at}, parent: d{}}}\n", at - 1));
                    at += 1;
                }
                out.into_bytes()
            }),
            ("aliases of an item", |n| numbered("items/education/board.yaml\naliases:\n", "  - 补助#\n", n)),
            ("former slugs", |n| numbered("items/education/board.yaml\nformer_slugs:\n", "  - s#\n", n)),
            ("related", |n| many("items/education/board.yaml\nrelated: [", "tuition, ", "tuition]\n", n)),
            ("amounts", |n| {
                many("items/education/board.yaml\namounts:\n", "  - {who: pupil, value: \"1\", unit: CNY}\n", "", n)
            }),
            ("quotes", |n| many("items/education/board.yaml\ntext:\n  name: '", "''", "'\n", n)),
            ("escapes", |n| many("items/education/board.yaml\ntext:\n  name: \"", "\\u202e", "\"\n", n)),
            ("bad characters in escapes", |n| {
                let mut out = "items/education/board.yaml\ntext:\n  name: \"".to_owned();
                let mut c = 0xE000_u32;
                while out.len() < n {
                    out.push_str(&format!("\\u{c:04x}"));
                    c = if c >= 0xF8FE { 0xE000 } else { c + 1 };
                }
                out.push_str("\"\n");
                out.into_bytes()
            }),
            ("combining marks", |n| many("items/education/board.yaml\ntext:\n  name: e", "\u{301}\u{323}", "\n", n)),
            ("forbidden words", |n| many("items/education/board.yaml\ntext:\n  standard: ", "博彩", "\n", n)),
            ("forbidden words hidden", |n| {
                many("items/education/board.yaml\ntext:\n  standard: \"", "博\\u5f69", "\"\n", n)
            }),
            ("comments", |n| many("domains.yaml\n", "# x\n", "", n)),
            ("documents", |n| many("domains.yaml\n", "---\n- a\n", "", n)),
            ("empty lines", |n| many("domains.yaml\n", "\n", "- a\n", n)),
            ("spaces", |n| many("domains.yaml\n-", " ", "a\n", n)),
            ("tabs", |n| many("domains.yaml\n- a\n", "\t", "a\n", n)),
            ("lines of a block", |n| many("items/education/board.yaml\ntext:\n  standard: |\n", "    行\n", "", n)),
            ("links that lead nowhere", |n| {
                numbered("policy/notice.md\n---\ntitle: 通知\nkind: notice\n---\n", "[a](b#.md)\n", n)
            }),
            ("anchors that are not there", |n| {
                numbered("policy/notice.md\n---\ntitle: 通知\nkind: notice\n---\n", "[a](#x#)\n", n)
            }),
            ("refused HTML", |n| many("policy/notice.md\n---\ntitle: 通知\nkind: notice\n---\n", "a <x> b\n\n", "", n)),
            ("headings with ids", |n| {
                numbered("policy/notice.md\n---\ntitle: 通知\nkind: notice\n---\n", "## a {#a#}\n", n)
            }),
            ("headings with one id", |n| {
                many("policy/notice.md\n---\ntitle: 通知\nkind: notice\n---\n", "## a {#a}\n", "", n)
            }),
            ("front matter", |n| numbered("policy/notice.md\n---\ntitle: 通知\nkind: notice\n", "k#: v\n", n)),
            ("refused addresses in a block", |n| {
                many("items/education/board.yaml\ntext:\n  guide: |\n", "    [a](javascript:b)\n", "", n)
            }),
            ("tasks", |n| {
                numbered(
                    "policy/tasks.yaml\n- id: schools\n  name: 教育\n  domain: education\n  tasks:\n",
                    "    - {number: #, title: 任务}\n",
                    n,
                )
            }),
            ("changes", |n| numbered("changes.yaml\n", "- {id: c#, date: 2024-01-01, title: 改}\n", n)),
            ("synonyms", |n| numbered("synonyms.yaml\n- lang: zh-Hans\n  synonyms:\n", "    补助#: [津贴#]\n", n)),
            ("search tests", |n| numbered("search-tests.yaml\n", "- {query: 补助#, expect: [board]}\n", n)),
            ("glossary", |n| numbered("glossary.yaml\n", "- {zh-Hans: 词#, en: word#}\n", n)),
            ("forbidden list", |n| {
                numbered(
                    "site.yaml\nlanguages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: en, path: en, name: English}\ntitle: {zh-Hans: 清单, en: List}\nforbidden:\n",
                    "  - 禁#\n",
                    n,
                )
            }),
        ],
    }
}
