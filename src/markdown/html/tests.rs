//! Tests of rendering: the elements one by one, and what no input may ever bring out.

use super::*;
use proptest::prelude::*;
use scraper::{Html, Node as Dom};

const MARK: char = '\u{FDD0}';

fn html(source: &str) -> String {
    let links = |path: &str| path.strip_suffix(".yaml").map(|path| format!("{path}.html"));
    render(source, &Options { links: &links, ..Options::default() }).html()
}

#[test]
fn headings_without_ids() {
    let options = Options { ids: false, ..Options::default() };
    assert_eq!(render("# 甲 {#a}\n\n## 乙\n", &options).html(), "<h2>甲</h2>\n<h3>乙</h3>\n");
}

#[test]
fn chinese_punctuation_does_not_break_emphasis() {
    assert_eq!(html("**服务。**后"), "<p><strong>服务。</strong>后</p>\n");
    assert_eq!(html("前**《服务》**后"), "<p>前<strong>《服务》</strong>后</p>\n");
    assert_eq!(html("按**50%**以上"), "<p>按<strong>50%</strong>以上</p>\n");
    assert_eq!(html("ᠮᠣᠩᠭᠣᠯ**\u{202F}ᠤᠨ**"), "<p>ᠮᠣᠩᠭᠣᠯ<strong>\u{202F}ᠤᠨ</strong></p>\n");
    assert_eq!(html("\\*。服务\\*。"), "<p>*。服务*。</p>\n");
    assert_eq!(html("* 服务\n* 。"), "<ul>\n<li>服务</li>\n<li>。</li>\n</ul>\n");
}

#[test]
fn lines_of_one_paragraph_join_as_the_script_has_it() {
    assert_eq!(html("第一行，\n第二行“\n引”\n中"), "<p>第一行，第二行“\n引”中</p>\n".replace("“\n", "“"));
    assert_eq!(html("first\nsecond"), "<p>first\nsecond</p>\n");
}

#[test]
fn headings_have_ids_and_levels_without_gaps() {
    let rendered =
        render("# 甲\n\n### 乙 {#b}\n\n# *Who* can\n\n##\n", &Options { top_level: 2, ..Options::default() });
    let html = "<h2 id=\"section-1\">甲</h2>\n<h3 id=\"b\">乙</h3>\n<h2 id=\"who-can\"><em>Who</em> can</h2>\n";
    assert_eq!(rendered.html(), html);
    let headings: Vec<_> = rendered.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(headings, [(2, "section-1", "甲"), (3, "b", "乙"), (2, "who-can", "Who can")]);
}

#[test]
fn links_are_resolved_or_allowed_or_dropped() {
    assert_eq!(html("[a](items/x.yaml)"), "<p><a href=\"items/x.html\">a</a></p>\n");
    assert_eq!(html("[a](gone.md)"), "<p>a</p>\n");
    assert_eq!(html("[a](https://a.cn/?b&c)"), "<p><a href=\"https://a.cn/?b&amp;c\">a</a></p>\n");
    assert_eq!(html("[a](JaVaScript:x) [b](java&#10;script:x) [c](&#106;avascript:x)"), "<p>a b c</p>\n");
    assert_eq!(html("<x@y.cn>"), "<p><a href=\"mailto:x@y.cn\">x@y.cn</a></p>\n");
    let evil = |_: &str| Some("javascript:alert(1)".to_owned());
    assert_eq!(render("[a](x.md)", &Options { links: &evil, ..Options::default() }).html(), "<p>a</p>\n");
}

#[test]
fn few_tags_pass_and_always_in_pairs() {
    assert_eq!(html("H<sub>2</sub>O<br/>x"), "<p>H<sub>2</sub>O<br>x</p>\n");
    assert_eq!(html("a <b>b *c</b> d* e"), "<p>a <b>b <em>c d</em> e</b></p>\n");
    assert_eq!(html("a <b class=x>b"), "<p>a &lt;b class=x&gt;b</p>\n");
    assert_eq!(html("<script>\nalert(1)\n</script>"), "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n");
}

#[test]
fn images_leave_their_text() {
    assert_eq!(html("![*图* `x` <b>](a.png)后"), "<p>图 x 后</p>\n");
}

#[test]
fn tables_align_by_class() {
    let source = "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n";
    let wanted = "<div class=\"table-wrap\"><table>\n<thead><tr><th scope=\"col\">a</th>\
        <th scope=\"col\" class=\"align-center\">b</th><th scope=\"col\" class=\"align-end\">c</th></tr></thead>\n\
        <tbody>\n<tr><td>1</td><td class=\"align-center\">2</td><td class=\"align-end\">3</td></tr>\n</tbody></table></div>\n";
    assert_eq!(html(source), wanted);
}

#[test]
fn embeds_part_the_document() {
    let source = "前\n\n{items}\n\n{unknown}\n\n- a\n\n  {items}\n";
    let rendered = render(source, &Options { embeds: &["items"], ..Options::default() });
    let wanted = [
        Block::Html("<p>前</p>\n".into()),
        Block::Embed("items".into()),
        Block::Html("<p>{unknown}</p>\n<ul>\n<li><p>a</p>\n<p>{items}</p>\n</li>\n</ul>\n".into()),
    ];
    assert_eq!(rendered.blocks, wanted);
}

const ELEMENTS: [&str; 43] = [
    "html",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "code",
    "ul",
    "ol",
    "li",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "em",
    "strong",
    "a",
    "hr",
    "br",
    "wbr",
    "sub",
    "sup",
    "ruby",
    "rt",
    "rp",
    "kbd",
    "b",
    "i",
    "small",
    "u",
    "s",
    "head",
    "body",
    "rb",
    "rtc",
    "caption",
];

/// What must hold for the HTML of any input.
fn assert_safe(html: &str) -> Result<(), TestCaseError> {
    let fragment = Html::parse_fragment(html);
    for node in fragment.tree.nodes() {
        match node.value() {
            Dom::Element(element) => {
                prop_assert!(ELEMENTS.contains(&element.name()), "element {} in {html:?}", element.name());
                for (name, value) in element.attrs() {
                    assert_attribute(element.name(), name, value)?;
                }
            }
            Dom::Comment(_) | Dom::Doctype(_) | Dom::ProcessingInstruction(_) => {
                return Err(TestCaseError::fail(format!("neither element nor text in {html:?}")));
            }
            Dom::Document | Dom::Fragment | Dom::Text(_) => {}
        }
    }
    prop_assert!(!html.contains(MARK));
    Ok(())
}

fn assert_attribute(element: &str, name: &str, value: &str) -> Result<(), TestCaseError> {
    match (element, name) {
        ("a", "href") => prop_assert_ne!(classify(value), Address::Refused, "{:?}", value),
        ("th", "scope") => prop_assert_eq!(value, "col"),
        ("td" | "th", "class") => prop_assert!(["align-center", "align-end"].contains(&value)),
        ("div", "class") => prop_assert_eq!(value, "table-wrap"),
        ("ol", "start") => prop_assert!(value.bytes().all(|b| b.is_ascii_digit())),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", "id") => {
            prop_assert!(value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
        _ => return Err(TestCaseError::fail(format!("attribute {name} of {element}"))),
    }
    Ok(())
}

/// Pieces that together come near to every corner of Markdown and of HTML injection.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~~",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "# ",
        "## ",
        "|",
        "|--|:-:|\n",
        "---\n",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "</",
        "<b>",
        "</b>",
        "<rt>",
        "<ruby>",
        "</ruby>",
        "<br>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "<a href=\"",
        "\"",
        "'",
        "javascript:",
        "JaVaScript:",
        "java\tscript:",
        "data:text/html,",
        "&#106;avascript:",
        "&Tab;",
        "&colon;",
        "&lt;",
        "&amp;",
        "&#1;",
        "&#x202E;",
        "&#xFDD0;",
        "\u{0}",
        "\u{1}",
        "\u{FDD0}",
        "\u{202E}",
        "\u{202F}",
        "\u{FEFF}",
        "//evil.cn",
        "https://a.cn/",
        "x.yaml",
        "#a",
        "{#id}",
        "{#\"><img>}",
        "{.c onclick=x}",
        "{items}",
        "服务",
        "。",
        "《",
        "》",
        "，",
        "ᠮᠣᠩ",
        "a",
        " ",
        "\\",
        "onerror=alert(1)",
        "<img src=x>",
        "<svg/onload=x>",
        "<style>",
        "[a]: javascript:x\n",
        "[a]",
        "<javascript:x>",
        "<x@y.cn>",
        "</p>",
        "</table>",
        "<plaintext>",
        "<math>",
        "<template>",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_input_comes_out_safe(source in hostile(), top in 0_u8..9) {
        let links = |path: &str| Some(path.to_owned());
        let rendered = render(&source, &Options { top_level: top, embeds: &["items"], links: &links, ..Options::default() });
        assert_safe(&rendered.html())?;
        for block in &rendered.blocks {
            if let Block::Html(html) = block {
                assert_safe(html)?;
            }
        }
        prop_assert!(!super::super::plain(&source).contains(MARK));
        let _ = super::super::sections(&source);
        let scan = super::super::scan(&source);
        let ranges = scan.links.iter().map(|l| &l.range).chain(scan.refused.iter().map(|r| &r.range));
        for range in ranges.chain(scan.embeds.iter().map(|e| &e.range)).chain(scan.headings.iter().map(|h| &h.range)) {
            prop_assert!(source.get(range.clone()).is_some(), "{:?} in {:?}", range, source);
        }
    }

    #[test]
    fn any_input_comes_out_safe(source in any::<String>()) {
        assert_safe(&html(&source))?;
        prop_assert!(!super::super::plain(&source).contains(MARK));
        let _ = super::super::scan(&source);
    }
}
