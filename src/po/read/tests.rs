//! Tests of the reader: what translators' programs write, what hands break, any bytes, and the second opinion of `polib`.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::po::{Draft, Writer};
use proptest::prelude::*;

fn parse(text: &str) -> Outcome<Po> {
    read(&SourceFile::new("", "t.po", text))
}

fn faults(text: &str) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let (line, column) = d.span.line_column();
        format!("{line}:{column} {:?} {}", d.span.text(), d.message.en)
    };
    parse(text).report.iter().map(line).collect()
}

/// Context, source, translation, and a mark where it is fuzzy.
fn entries(text: &str) -> Vec<(Option<String>, String, String, bool)> {
    let Outcome { value, report } = parse(text);
    assert!(report.is_empty(), "{report:?}");
    let plain =
        |e: Entry| (e.context.map(|c| c.value.into()), e.source.value.into(), e.translation.value.into(), e.fuzzy);
    value.entries.into_iter().map(plain).collect()
}

fn entry(
    context: Option<&str>,
    source: &str,
    translation: &str,
    fuzzy: bool,
) -> (Option<String>, String, String, bool) {
    (context.map(str::to_owned), source.to_owned(), translation.to_owned(), fuzzy)
}

#[test]
fn what_programs_write() {
    let text = "# top\nmsgid \"\"\nmsgstr \"\"\n\"Language: mn\\n\"\n\"Last-Translator:  A <a@b>\\n\"\n\n\
        #. hint\n#: a.yaml:3\n#,fuzzy, c-format\n#| msgid \"old\"\n#| \"er\"\nmsgctxt \"a\"\nmsgid \"\"\n\"x\\n\"\n\"y\" \"z\"\nmsgstr \"1\\t\\\"\\\\\\x41\\101\"\n\
        msgid\t\"b\"\nmsgstr\"2\"  \n#~ msgid \"gone\"\n#~ msgstr \"\n#\nmsgid \"c\"\nmsgid_plural \"cs\"\nmsgstr[0] \"3\"\nmsgstr[1] \"4\"\n\"5\"";
    assert_eq!(
        entries(text),
        [entry(Some("a"), "x\nyz", "1\t\"\\AA", true), entry(None, "b", "2", false), entry(None, "c", "3", false)]
    );
    let po = parse(text).value;
    assert_eq!(po.field("language").unwrap().value, "mn");
    assert_eq!(po.field("Last-Translator").unwrap().span.line_column(), (5, 20));
    assert!(po.field("X").is_none() && po.entries[2].plural && !po.entries[1].plural);
    assert_eq!(po.entries[0].translation.span.line_column(), (16, 8));
    assert_eq!(po.entries[0].source.span.text(), "\"\"\n\"x\\n\"\n\"y\" \"z\"");
}

#[test]
fn every_fault_has_its_place() {
    assert_eq!(
        faults(
            "\"lost\"\nmsgstr \"no id\"\nmsgid \"a\nmsgstr \"passed over\"\nmsgid \"b\\q\"\nmsgctxt \"c\"\nmsgid \"d\"\n\
             mgsid \"e\"\nmsgid \"f\" g\nmsgid \"h\"\nmsgstr \"1\"\nmsgstr \"2\"\nmsgid\nmsgid \"i\"\n\nmsgctxt \"j\"\nmsgstr \"k\"\nmsgid \"l\\777\"\nmsgctxt \"m\""
        ),
        [
            "1:1 \"\\\"lost\\\"\" this text belongs to no entry",
            "3:7 \"\\\"a\" the closing quotation mark is missing",
            "5:9 \"\\\\q\" `\\q` is no escape sequence of PO files",
            "8:1 \"mgsid\" `mgsid` is not understood: a line begins with msgctxt, msgid, msgstr, a quotation mark or #",
            "9:11 \"g\" there is something outside of the quotation marks",
            "12:1 \"msgstr\" this entry has two msgstr",
            "13:1 \"msgid\" msgid wants a text in quotation marks",
            "14:1 \"msgid \\\"i\\\"\" this entry has no msgstr",
            "17:1 \"msgstr\" there is no msgid before this msgstr",
            "18:9 \"\\\\7\" `\\7` is no escape sequence of PO files",
            "19:1 \"msgctxt \\\"m\\\"\" this entry has no msgid",
        ]
    );
}

#[test]
fn the_rest_of_what_is_no_such_file_is_not_read() {
    assert_eq!(faults(&"x\nmsgid \"\n".repeat(100_000)).len(), FAULTS + 1);
}

#[test]
fn a_long_file_takes_no_longer_by_its_length() {
    let begun = std::time::Instant::now();
    let one = format!("msgid \"{}\"\n", "\\n清\" \"".repeat(40_000)) + "msgstr \"\"\n" + &"\"单\"\n".repeat(400_000);
    let many = "#, fuzzy\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n".repeat(100_000);
    assert_eq!((entries(&one).len(), entries(&many).len()), (1, 100_000));
    assert!(begun.elapsed().as_secs() < 20);
}

fn written(context: &str, source: &str, translation: &str, fuzzy: bool) -> String {
    let mut writer = Writer::new(&["top"], &[("Content-Type", "text/plain; charset=UTF-8".to_owned())]);
    let comments = vec!["one\ntwo".to_owned(), String::new()];
    let context = context.to_owned();
    writer.entry(&Draft { comments, places: vec![("a.yaml", 1)], fuzzy, context, source, translation });
    writer.finish()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,30}", "[a\"\\\\\n\r\t\u{0}\u{7f}清ᠮ\u{202f}\u{feff}\u{2028}# ]{0,20}"]
}

proptest! {
    #[test]
    fn any_text_comes_back(context in any_text(), source in any_text(), translation in any_text(), fuzzy: bool) {
        let text = written(&context, &source, &translation, fuzzy);
        prop_assert_eq!(entries(&text), vec![entry(Some(&context), &source, &translation, fuzzy)]);
    }

    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![".{0,60}", "(msg(ctxt|id|str|id_plural|str\\[0\\]|x)? ?|\"|\\\\|n|x|7|#|,|~|fuzzy|\n|清){0,60}"]) {
        let Outcome { value, report } = parse(&text);
        for entry in &value.entries {
            prop_assert!(entry.translation.span.text().starts_with('"'));
        }
        prop_assert!(report.iter().all(|d| d.code == "po-syntax"));
    }

    /// Both readers understand what is written alike, as far as polib knows the escapes.
    #[test]
    fn polib_agrees(source in "[a清\"\\\\\n\r\tᠮ ]{1,20}", translation in "[a清\"\\\\\n\tᠮ ]{0,20}", fuzzy: bool) {
        let text = written("c", &source, &translation, fuzzy);
        let read = polib::po_file::parse_from_reader(text.as_bytes()).unwrap();
        let message = read.find_message(Some("c"), &source, None).unwrap();
        prop_assert_eq!(message.msgstr().unwrap(), translation);
        prop_assert_eq!(message.is_fuzzy(), fuzzy);
    }
}
