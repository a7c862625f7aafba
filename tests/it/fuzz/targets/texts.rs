//! What is fuzzed: Markdown, queries, and the rules about words in the Mongolian script.

use super::{Target, asked, base, many, numbered, root, whole};
use qingdan::markdown;
use qingdan::search::{self, Searcher};
use std::path::PathBuf;

/// Elements and attributes that Markdown may become.
fn closed_set(html: &str) {
    let page = scraper::Html::parse_fragment(html);
    for node in page.tree.values() {
        let scraper::Node::Element(element) = node else { continue };
        let name = element.name();
        let known = "html head body p h1 h2 h3 h4 h5 h6 em strong code pre a ul ol li blockquote hr br wbr sub sup ruby rt rp kbd b i \
                     small u s div table thead tbody tr th td";
        assert!(known.split(' ').filter(|word| !word.is_empty()).any(|word| word == name), "<{name}> comes out");
        for (attribute, value) in element.attrs() {
            let fine = match attribute {
                "id" => matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
                "href" => {
                    let lower = value.trim().to_ascii_lowercase();
                    name == "a" && !["javascript:", "data:", "vbscript:", "file:"].iter().any(|s| lower.starts_with(s))
                }
                "start" => name == "ol",
                "scope" => name == "th",
                "class" => ["table-wrap", "align-center", "align-end"].contains(&value),
                _ => false,
            };
            assert!(fine, "<{name} {attribute}={value:?}> comes out");
        }
    }
}

pub(in crate::fuzz) fn markdown() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let links = |path: &str| Some(path.to_owned());
        let options = markdown::Options { links: &links, embeds: &["items"], ..markdown::Options::default() };
        let html = markdown::render(&text, &options).html();
        // The judge is not ours, and slow where much lies within each other.
        if html.len() < 200_000 {
            closed_set(&html);
        }
        markdown::plain(&text);
        markdown::sections(&text);
        markdown::shape(&text);
        let scan = markdown::scan(&text);
        for range in scan.links.iter().map(|link| &link.range).chain(scan.refused.iter().map(|r| &r.range)) {
            assert!(text.get(range.clone()).is_some(), "{range:?} cuts a character");
        }
    }
    fn seeds() -> Vec<Vec<u8>> {
        ["content/policy/notice.md", "content/policy/interpretation.md", "docs/content.md"]
            .map(|path| {
                std::fs::read_to_string(root(path)).unwrap().chars().take(8000).collect::<String>().into_bytes()
            })
            .to_vec()
    }
    Target {
        name: "markdown",
        corpus: "markdown",
        run,
        seeds,
        words: &[
            "*",
            "**",
            "***",
            "_",
            "`",
            "```\n",
            "~~~\n",
            "#",
            "## ",
            "{#a}",
            "> ",
            "- ",
            "1. ",
            "[",
            "]",
            "](",
            ")",
            "![",
            "<",
            ">",
            "<b>",
            "</b>",
            "<script>",
            "<!--",
            "-->",
            "<br>",
            "<a href=\"javascript:x\">",
            "javascript:",
            "data:text/html,",
            "&#x6a;",
            "&lt;",
            "&Tab;",
            "&#0;",
            "| a | b |\n|---|---|\n",
            "|",
            ":-:",
            "\\",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "{items}",
            "---\n",
            "[a]: javascript:x\n",
            "[a]",
            "<javascript:x>",
            "<a@b.c>",
            "。",
            "《",
            "\u{202F}",
            "\u{fdd0}",
            "\u{0}",
            "\u{200b}",
        ],
        shapes: &[
            ("asterisks", |n| many("", "*", "", n)),
            ("asterisks and letters", |n| many("", "*a_ ", "", n)),
            ("strong beside punctuation", |n| many("", "**服务。**后", "", n)),
            ("open brackets", |n| many("", "[", "", n)),
            ("links not closed", |n| many("", "[a](", "", n)),
            ("nested links", |n| many("", "[a", "](b)", n)),
            ("images", |n| many("", "![", "", n)),
            ("images in images", |n| [many("", "![a", "", n / 2), many("", "](b)", "", n / 2)].concat()),
            ("angle brackets", |n| many("", "<", "", n)),
            ("angle brackets in a block", |n| many("<div>\n", "<", "\n", n)),
            ("tags not closed", |n| many("", "<b>", "", n)),
            ("tags closed only", |n| many("", "</b>", "", n)),
            ("tags opened then closed by another", |n| {
                [many("", "<b>", "", n / 2), many("", "</i>", "", n / 2)].concat()
            }),
            ("comments", |n| many("", "<!-- ", "", n)),
            ("backticks", |n| many("", "`a``", "", n)),
            ("growing backticks", |n| {
                let mut out = String::new();
                let mut k = 1;
                while out.len() < n {
                    out.push_str(&"`".repeat(k));
                    out.push('a');
                    k += 1;
                }
                out.into_bytes()
            }),
            ("quotations", |n| many("", "> ", "a", n.min(20_000))),
            ("lists in lists", |n| many("", "- ", "a", n.min(20_000))),
            ("quotation lines", |n| many("", "> a\n", "", n)),
            ("headings alike", |n| many("", "# a\n", "", n)),
            ("headings deeper and deeper", |n| many("", "# a\n## b\n### c\n#### d\n##### e\n###### f\n", "", n)),
            ("headings of one level under one", |n| many("# a\n", "## 一\n", "", n)),
            ("headings with ids", |n| numbered("", "## a {#x#}\n", n)),
            ("embeds", |n| many("", "{items}\n\n", "", n)),
            ("soft breaks", |n| many("", "字\n", "", n)),
            ("soft breaks in emphasis", |n| many("", "*字*\n", "", n)),
            ("tables", |n| many("| a | b |\n|---|---|\n", "| 1 | 2 |\n", "", n)),
            ("columns", |n| [many("", "|a", "\n", n / 2), many("", "|-", "\n", n / 2)].concat()),
            ("wide tables with short rows", |n| {
                // A row is filled up to the number of columns: the output may not grow as the square of the input.
                let columns = n / 40;
                [
                    many("", "|a", "\n", 2 * columns),
                    many("", "|-", "\n", 2 * columns),
                    many("", "|\n", "", n - 4 * columns),
                ]
                .concat()
            }),
            ("reference definitions", |n| numbered("", "[a#]: b\n", n)),
            ("references to a long address", |n| {
                [many("[a]: ", "b", "\n\n", n / 2), many("", "[a]", "", n / 2)].concat()
            }),
            ("entities", |n| many("", "&amp;", "", n)),
            ("ampersands", |n| many("", "&", "", n)),
            ("backslashes", |n| many("", "\\", "", n)),
            ("rules", |n| many("", "---\n", "", n)),
            ("setext", |n| many("", "a\n===\n", "", n)),
            ("autolinks", |n| many("", "<a:b>", "", n)),
            ("one line", |n| many("", "长", "", n)),
            ("one line of words", |n| many("", "word ", "", n)),
            ("combining marks", |n| many("e", "\u{301}\u{323}", "", n)),
            ("indented code", |n| many("", "    a\n", "", n)),
            ("a fence of lines", |n| many("```\n", "a\n", "", n)),
        ],
    }
}

pub(in crate::fuzz) fn search() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let normal = search::normal(&text);
        assert_eq!(search::normal(&normal), normal, "a normal form is its own");
        assert!(search::terms(&normal).iter().all(|term| !term.is_empty()));
        let (_, indices) = asked();
        for searcher in search::searchers(indices) {
            let answer = Searcher::search(&searcher, &text);
            assert!(answer.hits.iter().all(|hit| hit.score > 0));
        }
    }
    fn seeds() -> Vec<Vec<u8>> {
        ["低保", "養老保險", "di bao", "yanglao jin", "ᠪᠠᠭᠠ ᠶᠢᠨ", "800元以上", "怎么办理残急人补贴？", "ji"]
            .map(|s| s.into())
            .to_vec()
    }
    Target {
        name: "search",
        corpus: "search",
        run,
        seeds,
        words: &[
            "养老",
            "保险",
            "低保",
            "怎么",
            "zhang",
            "lü",
            "xian",
            "x",
            "ᠪᠠᠭᠠ",
            "\u{202f}",
            "\u{180e}",
            "\u{180b}",
            "\u{e000}",
            "1",
            "1.5",
            ".",
            "Ⅱ",
            "ﷺ",
            "ß",
            "İ",
            "ς",
            "Σ",
            "\u{301}",
            "㌀",
            "가",
            "각",
            "\u{1100}",
            "𝔞",
            "😀",
            "^",
            " ",
            "\n",
            "\u{200d}",
            "々",
            "〇",
        ],
        shapes: &[
            ("Han characters", |n| many("", "养老保险", "", n)),
            ("Latin letters", |n| many("", "zhongguo", "", n)),
            ("words", |n| many("", "zhong guo ", "", n)),
            ("digits", |n| many("", "1", "", n)),
            ("points", |n| many("", "1.", "", n)),
            ("Mongolian", |n| many("", "ᠪᠠᠭᠠ", "", n)),
            ("connectors", |n| many("ᠪ", "\u{202f}ᠶᠢᠨ", "", n)),
            ("separators", |n| many("ᠪ", "\u{180e}ᠠ", "", n)),
            ("selectors", |n| many("ᠪ\u{180e}", "\u{180b}", "", n)),
            ("combining marks", |n| many("e", "\u{301}\u{323}", "", n)),
            ("Hangul", |n| many("", "각", "", n)),
            ("ligatures", |n| many("", "ﷺ", "", n)),
            ("spaces", |n| many("a", " ", "b", n)),
        ],
    }
}

pub(in crate::fuzz) fn mongolian() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let quoted = serde_json::to_string(&text).unwrap();
        let mut files = base();
        let site = files["site.yaml"]
            .replace("name: English}\n", "name: English}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\n");
        files.insert("site.yaml".into(), site);
        files.insert(
            "i18n/mn-Mong/items/education/board.yaml".into(),
            format!("status: draft\ntext:\n  name: ᠨᠡᠷᠡ\n  standard: {quoted}\n"),
        );
        files.insert(
            "i18n/mn-Mong/items/education/tuition.yaml".into(),
            format!("status: draft\ntext: {{name: {quoted}}}\n"),
        );
        whole(files);
        search::terms(&search::normal(&text));
    }
    fn seeds() -> Vec<Vec<u8>> {
        let folder = root("content/i18n/mn-Mong");
        let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
            .collect();
        files.sort();
        let short = |path: &PathBuf| std::fs::read_to_string(path).unwrap().chars().take(1500).collect::<String>();
        files.iter().step_by(20).map(|path| short(path).into_bytes()).collect()
    }
    Target {
        name: "mongolian",
        corpus: "mongolian",
        run,
        seeds,
        words: &[
            "ᠮᠣᠩᠭᠣᠯ",
            "\u{202f}ᠶᠢᠨ",
            "\u{202f}ᠤᠨ",
            " ᠤᠨ",
            "\u{180e}ᠠ",
            "\u{180e}",
            "\u{180b}",
            "\u{180c}",
            "\u{180d}",
            "\u{180f}",
            "\u{180a}",
            "\u{200d}",
            "\u{200c}",
            "ᠠ",
            "ᠡ",
            "ᠢ",
            "ᠣ",
            "ᠥ",
            "ᡥ",
            "ᢀ",
            "᠂",
            "᠃",
            "᠁",
            ",",
            "。",
            "“",
            "中文",
            "2018",
            "１２",
            "1,234.5",
            "《",
            "\u{1878}",
            "\u{18aa}",
            "\u{301}",
            "\n",
            " ",
            "- ",
            "**",
        ],
        shapes: &[
            ("one word", |n| many("", "ᠮᠣᠩᠭᠣᠯ", "", n)),
            ("words", |n| many("", "ᠮᠣᠩᠭᠣᠯ ", "", n)),
            ("words, all unlike", |n| {
                let mut out = String::new();
                let mut at = 0_u32;
                while out.len() < n {
                    out.extend((0..5).filter_map(|k| char::from_u32(0x1820 + (at >> (4 * k)) % 16)));
                    out.push(' ');
                    at += 1;
                }
                out.into_bytes()
            }),
            ("suffixes", |n| many("ᠮ", "\u{202f}ᠶᠢᠨ", "", n)),
            ("suffixes, unknown", |n| many("ᠮ", "\u{202f}ᠮᠣᠩ", "", n)),
            ("suffixes after spaces", |n| many("ᠮ", " ᠤᠨ", "", n)),
            ("separators", |n| many("ᠮ", "\u{180e}ᠠ", "", n)),
            ("separators and selectors", |n| many("ᠮ\u{180e}ᠠ", "\u{180b}", "", n)),
            ("separators alone", |n| many("ᠮ", "\u{180e}", "", n)),
            ("joiners", |n| many("ᠮ", "\u{200d}", "", n)),
            ("marks", |n| many("", "ᠮ,", "", n)),
            ("Chinese between", |n| many("", "ᠮ 中 ", "", n)),
            ("figures", |n| many("", "1,234 ", "", n)),
            ("figures, all unlike", |n| numbered("", "# ", n)),
            ("lines", |n| many("", "ᠮᠣᠩ\n", "", n)),
        ],
    }
}
