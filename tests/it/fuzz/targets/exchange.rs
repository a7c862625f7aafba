//! What is fuzzed: PO files, and the files of a theme.

use super::{Target, asked, base, many, numbered, root};
use qingdan::cli::locale::MessageLang;
use qingdan::cli::output::{self, Format};
use qingdan::diag::Report;
use qingdan::po;
use qingdan::render::Renderer;
use qingdan::source::{self, Sources};
use qingdan::theme::Theme;
use qingdan::translate::exchange;

pub(in crate::fuzz) fn po() -> Target {
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

pub(in crate::fuzz) fn locale() -> Target {
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

pub(in crate::fuzz) fn template() -> Target {
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
