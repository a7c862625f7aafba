//! What is fuzzed: each reader of what others write, through the library, with what must hold besides that it ends.

use crate::messages::BASE;
use qingdan::cli::locale::MessageLang;
use qingdan::cli::output::{self, Format};
use qingdan::diag::Report;
use qingdan::lang::Lang;
use qingdan::markdown;
use qingdan::model::Catalogue;
use qingdan::render::Renderer;
use qingdan::search::{self, Index, Searcher};
use qingdan::sink::Sink;
use qingdan::site::{Options, Site, search_files};
use qingdan::source::{self, Sources};
use qingdan::theme::Theme;
use qingdan::translate::exchange;
use qingdan::{archive, import, po, slug, url, write};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Makes an input of about so many bytes.
pub(super) type Shape = fn(usize) -> Vec<u8>;

/// A reader that is fuzzed.
pub(super) struct Target {
    pub(super) name: &'static str,
    /// The folder of its inputs in `tests/fuzz/`.
    pub(super) corpus: &'static str,
    /// Reads an input; panics where something is wrong.
    pub(super) run: fn(&[u8]),
    /// Inputs that stand elsewhere in the project.
    pub(super) seeds: fn() -> Vec<Vec<u8>>,
    /// Words that mean something in its format.
    pub(super) words: &'static [&'static str],
    /// Inputs of about so many bytes that ask for much work.
    pub(super) shapes: &'static [(&'static str, Shape)],
}

fn none() -> Vec<Vec<u8>> {
    Vec::new()
}

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `text` again and again, between a beginning and an end, to about `n` bytes.
fn many(start: &str, text: &str, end: &str, n: usize) -> Vec<u8> {
    [start, &text.repeat(n / text.len().max(1)), end].concat().into_bytes()
}

/// As [`many`], with a number in the place of `#`, so that no two are alike.
fn numbered(start: &str, text: &str, n: usize) -> Vec<u8> {
    let mut out = start.to_owned();
    let mut at = 0;
    while out.len() < n {
        out.push_str(&text.replace('#', &at.to_string()));
        at += 1;
    }
    out.into_bytes()
}

fn base() -> BTreeMap<String, String> {
    BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Everything from files in memory to pages: what `check` and `build` do, without a disk.
fn whole(files: BTreeMap<String, String>) -> Report {
    static THEME: OnceLock<(Vec<Lang>, Theme)> = OnceLock::new();
    let sources = Sources::from_memory(files);
    let mut report = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    let indices = if report.has_errors() { Vec::new() } else { search::indices(&catalogue) };
    report.merge(search::expected(&catalogue, &indices));
    report.sort();
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let text = output::render(&report, format, MessageLang::Zh);
        assert!(!text.contains('\0'), "a NUL is printed");
    }
    if report.has_errors() {
        return report;
    }
    let (languages, theme) = THEME.get_or_init(|| {
        let languages = catalogue.languages().to_vec();
        let theme = Theme::load(None, &languages).unwrap_or_else(|none| panic!("{:?}", none.message)).value;
        (languages, theme)
    });
    if languages != catalogue.languages() {
        return report;
    }
    let options = Options::new(Some("https://example.org/list/".into()), false);
    let files = search_files(&catalogue, &indices, theme);
    let site = Site::plan(&catalogue, files, theme, &options).unwrap_or_else(|faults| panic!("{faults:?}"));
    let others = (0..site.paths().len()).filter(|at| !site.paths()[*at].ends_with(".html"));
    let places: Vec<usize> = site.samples().into_iter().chain(others).collect();
    for at in places {
        site.make(at).unwrap_or_else(|faults| panic!("{}: {faults:?}", site.paths()[at]));
    }
    report
}

/// A file of the content: its path is the first line.
pub(super) fn content() -> Target {
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

pub(super) fn markdown() -> Target {
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

/// The catalogue here and its indices, which queries are put to.
fn asked() -> &'static (Catalogue, Vec<Index>) {
    static ASKED: OnceLock<(Catalogue, Vec<Index>)> = OnceLock::new();
    ASKED.get_or_init(|| {
        let sources = Sources::read(&root("content")).unwrap_or_else(|none| panic!("{:?}", none.message)).value;
        let catalogue = qingdan::load(&sources).value;
        let indices = search::indices(&catalogue);
        (catalogue, indices)
    })
}

pub(super) fn search() -> Target {
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

pub(super) fn mongolian() -> Target {
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

/// Puts tables to an import into the small catalogue, both ways.
fn import_all(tables: &[import::Table]) {
    let files = base();
    let sources = Sources::from_memory(files.clone());
    let mut before = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut before);
    let written = |path: &str| files.get(path).cloned();
    for (update, add_groups) in [(false, false), (true, true)] {
        let options = import::Options { update, add_groups, ..import::Options::default() };
        let Ok(outcome) = import::plan(tables, (&sources, &catalogue, &before), &options, &written) else { continue };
        let text = output::render(&outcome.report, Format::Human, MessageLang::En);
        assert!(!text.is_empty());
        for file in &outcome.value.files {
            let safe = !file.path.starts_with('/') && !file.path.split('/').any(|name| name == ".." || name.is_empty());
            assert!(safe && !file.path.contains(['\\', ':', '\0']), "an import would write {:?}", file.path);
        }
    }
}

pub(super) fn csv() -> Target {
    fn run(input: &[u8]) {
        if let Ok(read) = import::read("list.csv", "list", input) {
            import_all(&read.tables);
        }
    }
    Target {
        name: "csv",
        corpus: "csv",
        run,
        seeds: none,
        words: &[
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "sep=;\n",
            "序号",
            "服务项目",
            "标准",
            "部门",
            "教育局",
            "财政局、教育局",
            "领域",
            "id",
            "name",
            "domain",
            "departments",
            "一、教育",
            "（一）基本",
            "小计",
            "合计",
            "1",
            "１",
            "1.0",
            "-1",
            "=1+1",
            "'=1",
            "../x",
            "a/b",
            "\u{feff}",
            "、",
            "各旗市区",
            "牵头负责",
            "education",
            "每人每年1000元",
            "\0",
        ],
        shapes: &[
            ("rows", |n| numbered("序号,服务项目,标准,部门,领域\n", "#,项目#,每年1元,教育局,教育\n", n)),
            ("rows with unknown departments", |n| {
                numbered("序号,服务项目,标准,部门,领域\n", "#,项目#,每年1元,部门#,教育\n", n)
            }),
            ("rows of one name", |n| many("服务项目,标准,部门,领域\n", "项目,每年1元,教育局,教育\n", "", n)),
            ("one row of many departments", |n| {
                many("服务项目,标准,部门,领域\n项目,每年1元,\"", "教育局、", "\",教育\n", n)
            }),
            ("one row of many unlike departments", |n| {
                [
                    numbered("服务项目,标准,部门,领域\n项目,每年1元,\"", "部门#、", n),
                    b"\",\xe6\x95\x99\xe8\x82\xb2\n".to_vec(),
                ]
                .concat()
            }),
            ("departments and what names them", |n| {
                // A table of departments, as `export` writes it, each named by an alias of its own.
                numbered("id,name,aliases\n", "d#,局#,别名#\n", n)
            }),
            ("domains in domains", |n| numbered("id,name,parent\n", "d#,域#,d0\n", n)),
            ("columns", |n| many("", "a,", "\n", n.min(900 * 2))),
            ("columns of unlike names", |n| numbered("服务项目,", "列#,", n.min(6000))),
            ("sections", |n| numbered("序号,服务项目,标准,部门\n", "一、域#,,,\n", n)),
            ("quotes", |n| many("服务项目,标准\n\"", "\"\"", "\",a\n", n)),
            ("quotes not closed", |n| many("服务项目,标准\n", "\"a\",\"", "", n)),
            ("empty rows", |n| many("服务项目,标准\n", "\n", "a,b\n", n)),
            ("commas", |n| many("服务项目,标准\n", ",,,,,,,,,,,,,,,,\n", "a,b\n", n)),
            ("lines in a cell", |n| many("服务项目,标准\na,\"", "行\n", "\"\n", n)),
            ("one long cell", |n| many("服务项目,标准\na,", "长", "\n", n)),
            ("one long heading", |n| many("服务项目,", "长", "\na,b\n", n)),
            ("numbers out of order", |n| many("序号,服务项目,标准,部门,领域\n", "7,项目,1,教育局,教育\n", "", n)),
        ],
    }
}

#[cfg(feature = "xlsx")]
pub(super) fn xlsx() -> Target {
    /// A workbook around the XML of its only sheet.
    fn workbook(sheet: &[u8]) -> Vec<u8> {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let mut zip = archive::Archive::default();
        let mut add = |path: &str, xml: String| zip.add(path, format!("{head}{xml}").as_bytes());
        add(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        );
        add(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        add(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        );
        add(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        );
        zip.add("xl/worksheets/sheet1.xml", sheet);
        zip.finish()
    }
    fn run(input: &[u8]) {
        let bytes = if input.starts_with(b"PK") { input.to_vec() } else { workbook(input) };
        if let Ok(read) = import::read("list.xlsx", "list", &bytes) {
            import_all(&read.tables);
        }
    }
    fn seeds() -> Vec<Vec<u8>> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in
            [["序号", "服务项目", "标准", "部门"], ["1", "住宿补助", "每年1000元", "教育局"]].iter().enumerate()
        {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, *cell).unwrap();
            }
        }
        vec![book.save_to_buffer().unwrap()]
    }
    Target {
        name: "xlsx",
        corpus: "xlsx",
        run,
        seeds,
        words: &[
            "<row r=\"1\">",
            "</row>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>",
            "</t></is></c>",
            "<c r=\"XFD1048576\"><v>1</v></c>",
            "<f>1+1</f>",
            "<f t=\"shared\" ref=\"A1:A9\" si=\"0\">A1</f>",
            "<v>",
            "</v>",
            "t=\"s\"",
            "t=\"b\"",
            "t=\"e\"",
            "s=\"99\"",
            "r=\"A0\"",
            "r=\"ZZZZZZ9\"",
            "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
            "<mergeCell ref=\"B9:A1\"/>",
            "&amp;",
            "&x;",
            "<!DOCTYPE a [<!ENTITY a \"b\">]>",
            "<![CDATA[",
            "]]>",
            "1e308",
            "-1",
            "99999999999999999999",
            "NaN",
            "服务项目",
            "\0",
            "<dimension ref=\"A1:XFD1048576\"/>",
        ],
        shapes: &[
            ("rows", |n| {
                let start = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>服务项目</t></is></c></row>";
                let mut out = start.to_owned();
                let mut row = 2;
                while out.len() < n {
                    out.push_str(&format!(
                        "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>项目{row}</t></is></c></row>"
                    ));
                    row += 1;
                }
                format!("{out}</sheetData></worksheet>").into_bytes()
            }),
            ("merged regions", |n| {
                let mut out = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>服务项目</t></is></c></row></sheetData><mergeCells>".to_owned();
                while out.len() < n {
                    out.push_str("<mergeCell ref=\"A1:C1\"/>");
                }
                format!("{out}</mergeCells></worksheet>").into_bytes()
            }),
            ("nested elements", |n| {
                many(
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
                    "<row>",
                    "",
                    n,
                )
            }),
        ],
    }
}

pub(super) fn po() -> Target {
    fn run(input: &[u8]) {
        let mut report = Report::default();
        let Some(file) = source::text("", "en.po", input.to_vec()).merge_into(&mut report) else { return };
        let files = base();
        let sources = Sources::from_memory(files.clone());
        let mut before = Report::default();
        let catalogue = qingdan::load(&sources).merge_into(&mut before);
        let written = |path: &str| files.get(path).cloned();
        let options = exchange::ImportOptions::default();
        let outcome = exchange::import(po::read(&file), (&sources, &catalogue, &before), &options, &written);
        output::render(&outcome.report, Format::Human, MessageLang::En);
        for file in &outcome.value.files {
            assert!(file.path.starts_with("i18n/en/") && !file.path.contains(".."), "it would write {:?}", file.path);
        }
    }
    fn seeds() -> Vec<Vec<u8>> {
        let catalogue = qingdan::load(&Sources::from_memory(base())).value;
        vec![exchange::export(&catalogue, qingdan::lang::LangId(1), &[]).text.into_bytes()]
    }
    Target {
        name: "po",
        corpus: "po",
        run,
        seeds,
        words: &[
            "msgid ",
            "msgstr ",
            "msgctxt ",
            "msgid_plural ",
            "msgstr[0] ",
            "msgstr[99999999999] ",
            "\"\"\n",
            "\"a\"\n",
            "\"",
            "\\n",
            "\\\"",
            "\\x41",
            "\\777",
            "\\x",
            "#, fuzzy\n",
            "#~ ",
            "#| ",
            "#. ",
            "#: ",
            "\n",
            "\n\n",
            "\t",
            "items/education/board.yaml#name",
            "policy/notice.md#body",
            "../../x#y",
            "X-Qingdan-Language: en\\n",
            "Content-Type: text/plain; charset=GBK\\n",
            "\u{feff}",
            "\u{202e}",
            "1000",
        ],
        shapes: &[
            ("entries", |n| numbered("", "msgctxt \"a#\"\nmsgid \"b#\"\nmsgstr \"c\"\n\n", n)),
            ("one entry again", |n| {
                many(
                    "msgid \"\"\nmsgstr \"X-Qingdan-Language: en\\n\"\n\n",
                    "msgctxt \"items/education/board.yaml#name\"\nmsgid \"住宿补助\"\nmsgstr \"Board\"\n\n",
                    "",
                    n,
                )
            }),
            ("unknown places", |n| {
                numbered(
                    "msgid \"\"\nmsgstr \"X-Qingdan-Language: en\\n\"\n\n",
                    "msgctxt \"items/education/b#.yaml#name\"\nmsgid \"名\"\nmsgstr \"Name\"\n\n",
                    n,
                )
            }),
            ("strings of an entry", |n| many("msgid \"a\"\nmsgstr \"b\"\n", "\"c\"\n", "", n)),
            ("strings on a line", |n| many("msgid \"a\"\nmsgstr ", "\"c\"", "\n", n)),
            ("one long string", |n| many("msgid \"a\"\nmsgstr \"", "长", "\"\n", n)),
            ("a long translation", |n| {
                many(
                    "msgid \"\"\nmsgstr \"X-Qingdan-Language: en\\n\"\n\nmsgctxt \"items/education/board.yaml#name\"\nmsgid \"住宿补助\"\nmsgstr \"",
                    "a ",
                    "b\"\n",
                    n,
                )
            }),
            ("escapes", |n| many("msgid \"a\"\nmsgstr \"", "\\\\", "\"\n", n)),
            ("comments", |n| many("", "# a\n", "", n)),
            ("header fields", |n| {
                [numbered("msgid \"\"\nmsgstr \"\"\n", "\"X-Field: #\\n\"\n", n), b"\n".to_vec()].concat()
            }),
            ("faults", |n| many("", "x\n", "", n)),
            ("empty lines", |n| many("", "\n", "", n)),
        ],
    }
}

/// A theme folder with one file.
fn theme(path: &str, input: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(&place, input).unwrap();
    let (catalogue, _) = asked();
    let Ok(outcome) = Theme::load(Some(dir.path()), catalogue.languages()) else { return };
    output::render(&outcome.report, Format::Human, MessageLang::En);
    if path.starts_with("pages/")
        && let Err(report) = Renderer::new(&outcome.value, true)
    {
        output::render(&report, Format::Human, MessageLang::En);
    }
}

pub(super) fn locale() -> Target {
    Target {
        name: "locale",
        corpus: "locale",
        run: |input| theme("locales/mn-Mong.yaml", input),
        seeds: || vec![std::fs::read(root("templates/locales/en.yaml")).unwrap().into_iter().take(4000).collect()],
        words: &[
            "home: ",
            "{n}",
            "{",
            "}",
            "one: ",
            "other: ",
            "\n",
            "  ",
            "- ",
            "[",
            "\"",
            "&a",
            "*a",
            "n_items: {one: a, other: b}\n",
            "\u{202e}",
        ],
        shapes: &[
            ("strings", |n| numbered("", "k#: v\n", n)),
            ("nearly known strings", |n| numbered("", "home#: v\n", n)),
            ("places", |n| many("home: \"", "{a}", "\"\n", n)),
            ("open braces", |n| many("home: \"", "{", "\"\n", n)),
            ("one long key", |n| many("", "k", ": v\n", n)),
            ("deep maps", |n| many("home: ", "{a: ", "", n)),
        ],
    }
}

pub(super) fn template() -> Target {
    Target {
        name: "template",
        corpus: "template",
        run: |input| theme("pages/about.html", input),
        seeds: || vec![std::fs::read(root("templates/pages/about.html")).unwrap()],
        words: &[
            "{{ ",
            " }}",
            "{% if x %}",
            "{% endif %}",
            "{% for a in b %}",
            "{% endfor %}",
            "{% include \"partials/footer.html\" %}",
            "{% extends \"x\" %}",
            "{# ",
            " #}",
            "| upper",
            "(",
            ")",
            "[",
            "]",
            "{",
            "not ",
            "-",
            "{%- raw %}",
            "{% endraw %}",
            "{% macro a(b) %}",
            "\"",
            "'",
            "..",
            "<script>",
        ],
        shapes: &[
            ("text", |n| many("", "a", "", n)),
            ("expressions", |n| many("", "{{ site.title }}", "", n)),
            ("brackets", |n| many("{{ ", "(", "", n)),
            ("brackets closed", |n| [many("{{ ", "(", "1", n / 2), many("", ")", " }}", n / 2)].concat()),
            ("lists", |n| [many("{{ ", "[", "", n / 2), many("", "]", " }}", n / 2)].concat()),
            ("negations", |n| many("{{ ", "not ", "a }}", n)),
            ("minuses", |n| many("{{ ", "-", "1 }}", n)),
            ("sums", |n| many("{{ 1", " + 1", " }}", n)),
            ("indices", |n| many("{{ a", "[0]", " }}", n)),
            ("indices of indices", |n| many("{{ a", "[a", " }}", n)),
            ("filters", |n| many("{{ a", " | upper", " }}", n)),
            ("ifs", |n| many("", "{% if a %}", "", n)),
            ("ifs closed", |n| [many("", "{% if a %}", "", n / 2), many("", "{% endif %}", "", n / 2)].concat()),
            ("comments not closed", |n| many("", "{# ", "", n)),
            ("conditions", |n| many("{{ a", " if b else a", " }}", n)),
        ],
    }
}

pub(super) fn slug() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let mut taken = std::collections::BTreeSet::new();
        for line in text.split('\n') {
            let (name, number) = line.split_once('\t').unwrap_or((line, ""));
            let slug = slug::of_item(name, number, &mut taken);
            let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(
                slug.bytes().all(good) && !slug.starts_with('-') && !slug.is_empty() && slug.len() <= 64,
                "{slug:?}"
            );
        }
    }
    Target {
        name: "slug",
        corpus: "slug",
        run,
        seeds: || vec!["寄宿生生活补助\t3\n女女\nᠨᠡᠷᠡ\t7\n12333 热线（Hot Line）".into()],
        words: &[
            "长",
            "女",
            "Hot",
            " ",
            "\t",
            "\n",
            "7",
            "-",
            "/",
            "..",
            "4294967296",
            "ᠨ",
            "İ",
            "ß",
            "é",
            "\0",
            "con",
            "〇",
        ],
        shapes: &[
            ("one long name", |n| many("", "长", "", n)),
            ("one long word", |n| many("", "a", "", n)),
            ("names alike", |n| many("", "名称\n", "", n)),
            ("names without sounds", |n| many("", "ᠨ\n", "", n)),
            ("names alike with numbers", |n| many("", "ᠨ\t7\n", "", n)),
        ],
    }
}

pub(super) fn address() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let (from, to) = text.split_once('\n').unwrap_or((&text, ""));
        let link = url::relative(from, to);
        assert!(link.len() <= 3 * from.len() + to.len() + 3, "a link is longer than its parts");
        url::is_hashed(from);
        url::is_sitemap_part(from);
        url::absolute(from, to);
        assert!(url::base_path(from).ends_with('/'));
        markdown::classify(from);
        if let Some(base) = url::normal_base(from) {
            assert!(base.ends_with('/') && !base.contains(['"', '\'', '<', '>', '&', ' ', '?', '#', '\\']), "{base}");
            assert_eq!(url::normal_base(&base).as_deref(), Some(base.as_str()), "a normal form is its own");
            assert!(url::base_path(&base).starts_with('/'));
        }
    }
    Target {
        name: "address",
        corpus: "address",
        run,
        seeds: || {
            vec![
                "https://example.org/list/\nzh/items/a.html#b".into(),
                "zh/items/a.html\nassets/style-0123456789ab.css".into(),
            ]
        },
        words: &[
            "/",
            "//",
            "../",
            ".",
            "#",
            "?",
            ":",
            "@",
            "https://",
            "http://",
            "index.html",
            "a/",
            "%2e",
            "\\",
            "[::1]",
            "\u{200b}",
            "é",
            "\0",
            "javascript:",
        ],
        shapes: &[
            ("slashes", |n| many("", "/", "", n)),
            ("folders against folders", |n| [many("", "a/", "x\n", n / 2), many("", "b/", "y", n / 2)].concat()),
            ("climbing", |n| many("https://a/", "../", "", n)),
            ("a long base", |n| many("https://example.org/", "a", "", n)),
        ],
    }
}

pub(super) fn archive() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let mut zip = archive::Archive::default();
        for line in text.split('\n') {
            let (path, bytes) = line.split_once('\t').unwrap_or((line, ""));
            zip.add(path, bytes.as_bytes());
        }
        let bytes = zip.finish();
        if let Ok(mut read) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
            for at in 0..read.len() {
                let mut out = Vec::new();
                if let Ok(mut file) = read.by_index(at) {
                    std::io::Read::read_to_end(&mut file, &mut out).unwrap();
                }
            }
        }
    }
    Target {
        name: "archive",
        corpus: "archive",
        run,
        seeds: || vec!["mimetype\tx\n清单/index.html\t<p>1</p>".into()],
        words: &["\n", "\t", "/", "../", "\\", "C:", "\0", "a", "清", ".png"],
        shapes: &[
            ("files", |n| numbered("", "f#\tx\n", n)),
            ("one long name", |n| many("", "a", "\tx", n.min(60_000))),
            ("one large file", |n| many("a\t", "x", "", n)),
        ],
    }
}

/// The list of what was written, or the journal of a killed run, as a stranger might leave it.
pub(super) fn list() -> Target {
    fn run(input: &[u8]) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let (kind, bytes) = input.split_first().unwrap_or((&0, &[]));
        std::fs::create_dir_all(out.join(".qingdan-stage")).unwrap();
        for (path, text) in [("victim", "kept"), ("out/mine.txt", "mine"), ("out/.qingdan-stage/0", "staged")] {
            std::fs::write(dir.path().join(path), text).unwrap();
        }
        let place = if kind % 2 == 0 { ".qingdan.json" } else { ".qingdan-stage/journal.json" };
        std::fs::write(out.join(".qingdan.json"), "{\"version\": 1, \"files\": {}}").unwrap();
        std::fs::write(out.join(place), bytes).unwrap();
        let paths = ["index.html".to_owned()];
        let make = |_: usize, out: &mut Sink<'_>| -> Result<(), String> {
            out.bytes().extend_from_slice(b"page");
            Ok(())
        };
        let job = write::Job { out: &out, inputs: &[], paths: &paths, make: &make, last: &[], progress: &|_| {} };
        let _ = write::apply(&job);
        let named = String::from_utf8_lossy(bytes).contains("mine.txt");
        let read = |path: &str| std::fs::read_to_string(dir.path().join(path)).ok();
        assert_eq!(read("victim").as_deref(), Some("kept"));
        // A list that names a file makes it ours: that is what the list is.
        assert!(named || read("out/mine.txt").as_deref() == Some("mine"), "a file of others is gone");
        let beside: Vec<String> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(beside.len(), 2, "{beside:?}");
    }
    fn seeds() -> Vec<Vec<u8>> {
        let list = "{\"version\": 1, \"files\": {\"index.html\": {\"blake3\": \"00\", \"size\": 1}}}";
        let journal = format!(
            "{{\"moves\": [{{\"at\": 0, \"path\": \"a.html\", \"fresh\": true}}], \"removals\": [\"b.html\"], \"list\": {list}}}"
        );
        vec![format!("0{list}").into_bytes(), format!("1{journal}").into_bytes()]
    }
    Target {
        name: "list",
        corpus: "list",
        run,
        seeds,
        words: &[
            "\"../victim\"",
            "\"/etc/passwd\"",
            "\"a/../../victim\"",
            "\"\\u0000\"",
            "\"C:\\\\x\"",
            "\"index.html\"",
            "\"removals\"",
            "\"moves\"",
            "\"files\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "1",
            "18446744073709551616",
            "-1",
            "true",
            "null",
            "\".qingdan.lock\"",
            "\"\"",
        ],
        shapes: &[
            ("files", |n| {
                let list = numbered(
                    "0{\"version\": 1, \"files\": {\"a\": {\"blake3\": \"\", \"size\": 0}",
                    ", \"f#\": {\"blake3\": \"\", \"size\": 0}",
                    n,
                );
                [list, b"}}".to_vec()].concat()
            }),
            ("deep", |n| many("0{\"version\": ", "[", "", n)),
            ("one long path", |n| {
                many("0{\"version\": 1, \"files\": {\"", "a/", "b\": {\"blake3\": \"\", \"size\": 0}}}", n)
            }),
        ],
    }
}
