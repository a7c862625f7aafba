//! Tests of stamps: every way that fingerprints are written, and that nothing else changes.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::model::Catalogue;
use crate::source::Sources;
use proptest::prelude::*;

const FILES: [(&str, &str); 7] = [
    (
        "site.yaml",
        "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\ntitle: 清单\n",
    ),
    (
        "catalogue.yaml",
        "name: 清单\nfields:\n  - {id: name, label: 名称, role: title, kind: line}\n  - {id: standard, label: 标准, kind: text}\ndepartments: {label: 部门}\n",
    ),
    ("domains.yaml", "- {id: education, name: 教育, summary: 教育}\n- {id: health, name: 卫生}\n"),
    ("departments.yaml", "- {id: finance, name: 财政局}\n"),
    (
        "items/education/grant.yaml",
        "number: 1\ndepartments: [finance]\ntext:\n  name: 补助\n  standard: 每年1000元。\neditorial:\n  - {kind: note, note: 甲}\n  - {kind: note, note: 乙}\n",
    ),
    ("policy/notice.md", "---\ntitle: 通知\nkind: notice\neditorial:\n  - {kind: note, note: 丙}\n---\n正文。\n"),
    (
        "policy/tasks.yaml",
        "- id: education\n  name: 教育\n  tasks:\n    - {number: 1, title: 义务教育}\n    - {number: 2, title: 高中}\n",
    ),
];

const ITEM: &str = "items/education/grant.yaml";

fn catalogue(path: &str, text: &str) -> Catalogue {
    let written = (format!("i18n/mn-Mong/{path}"), Normal::of(text).text);
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let outcome = crate::load(&Sources::from_memory(files.chain([written])));
    assert!(!outcome.report.has_errors(), "{:?}\n{text}", outcome.report);
    outcome.value
}

/// Stamps a file, and shows it with `<name>` for the fingerprints of texts.
fn stamped(path: &str, text: &str) -> String {
    let catalogue = catalogue(path, text);
    let mut shown = stamp(text, path, &catalogue.units()).unwrap().text;
    for unit in catalogue.units() {
        for (field, text) in unit.texts {
            shown = shown.replace(&fingerprint(&text.source.value), &format!("<{field}>"));
        }
    }
    shown
}

#[test]
fn a_missing_mapping_is_put_before_the_texts() {
    assert_eq!(
        stamped(ITEM, "status: draft # x\ntext: {name: a}\n"),
        "status: draft # x\nsource: {name: <name>}\ntext: {name: a}\n"
    );
    assert_eq!(
        stamped(ITEM, "{status: draft, text: {name: a}}\n"),
        "{status: draft, source: {name: <name>}, text: {name: a}}\n"
    );
    assert_eq!(
        stamped("domains.yaml", "health:\n  text:\n    name: a\n  status: draft\n"),
        "health:\n  source: {name: <name>}\n  text:\n    name: a\n  status: draft\n"
    );
}

#[test]
fn fingerprints_are_replaced_where_they_stand() {
    let text = "status: draft\r\nsource: {name: 'abc', standard: abd} # y\r\ntext:\r\n  name: a\r\n  standard: b";
    let wanted =
        "status: draft\r\nsource: {name: '<name>', standard: <standard>} # y\r\ntext:\r\n  name: a\r\n  standard: b";
    assert_eq!(stamped(ITEM, text), wanted);
    let text =
        "\u{feff}status: draft\nsource:\n  name: \"000000000000\"  # old\n\n# between\ntext: {name: a, standard: b}\n";
    let wanted = "\u{feff}status: draft\nsource:\n  name: \"<name>\"  # old\n  standard: <standard>\n\n# between\ntext: {name: a, standard: b}\n";
    assert_eq!(stamped(ITEM, text), wanted);
}

#[test]
fn empty_and_partial_mappings_are_filled() {
    for (source, wanted) in [
        ("source:", "source: {name: <name>, standard: <standard>}"),
        ("source: # c", "source: {name: <name>, standard: <standard>} # c"),
        ("source: ~", "source: {name: <name>, standard: <standard>}"),
        ("source: {}", "source: {name: <name>, standard: <standard>}"),
        ("source: {name: a}", "source: {name: <name>, standard: <standard>}"),
        ("source: {standard: a,}", "source: {standard: <standard>, name: <name>,}"),
    ] {
        let text = |source: &str| format!("status: draft\n{source}\ntext: {{name: a, standard: b}}\n");
        assert_eq!(stamped(ITEM, &text(source)), text(wanted));
    }
}

#[test]
fn documents_are_stamped_in_their_front_matter() {
    let text = "---\nstatus: draft\ntitle: t\nsource: aaa\n---\nbody\n";
    let wanted = "---\nstatus: draft\nsource_title: <title>\ntitle: t\nsource: <body>\n---\nbody\n";
    assert_eq!(stamped("policy/notice.md", text), wanted);
    let text = "---\nstatus: draft\ntitle: t\n---\n";
    assert_eq!(stamped("policy/notice.md", text), "---\nstatus: draft\nsource_title: <title>\ntitle: t\n---\n");
}

#[test]
fn notes_have_fingerprints_of_their_own() {
    let text = "status: draft\ntext: {name: a}\neditorial:\n  2: b\n";
    let wanted =
        "status: draft\nsource: {name: <name>}\ntext: {name: a}\nsource_editorial: {2: <2>}\neditorial:\n  2: b\n";
    assert_eq!(stamped(ITEM, text), wanted);
    let text = "---\nstatus: draft\neditorial: {1: a}\nsource_editorial:\n  1: aaa\n---\n";
    let wanted = "---\nstatus: draft\neditorial: {1: a}\nsource_editorial:\n  1: <1>\n---\n";
    assert_eq!(stamped("policy/notice.md", text), wanted);
    let text = "status: draft\neditorial: {2: b}\n";
    let changes = stamp(text, ITEM, &catalogue(ITEM, text).units()).unwrap().changes;
    assert_eq!(changes.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["editorial.2"]);
}

#[test]
fn what_is_not_translated_is_left_alone() {
    let text = "status: draft\nsource: {standard: aaa}\ntext: {name: a}\n";
    let wanted = "status: draft\nsource: {standard: aaa, name: <name>}\ntext: {name: a}\n";
    assert_eq!(stamped(ITEM, text), wanted);
    let text = "education: {status: draft, text: {name: a}}\n9: {status: draft, text: {title: a}}\n1: {status: draft, text: {title: a}}\n";
    let wanted = "education: {status: draft, source: {name: <name>}, text: {name: a}}\n9: {status: draft, text: {title: a}}\n1: {status: draft, source: {title: <title>}, text: {title: a}}\n";
    assert_eq!(stamped("policy/tasks.yaml", text), wanted);
}

#[test]
fn changes_are_told() {
    let text = "status: draft\nsource: {name: aaa}\ntext: {name: a, standard: b}\n";
    let changes = stamp(text, ITEM, &catalogue(ITEM, text).units()).unwrap().changes;
    let told: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.line, c.from.as_deref())).collect();
    assert_eq!(told, [("name", 2, Some("aaa")), ("standard", 2, None)]);
}

#[test]
fn what_cannot_be_edited_is_refused() {
    let text = "? status\n: draft\n? text\n: {name: a}\n";
    assert!(stamp(text, ITEM, &catalogue(ITEM, text).units()).is_err());
}

/// A line of white space and comments, to stand anywhere between keys.
fn noise() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("\n".to_owned()), Just("# 说明 \"x: {y}\"\n".to_owned())]
}

fn hash() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9a-f]{12}", "\"[0-9a-f]{12}\"", "'[0-9a-f]{12}'"]
}

/// The `source` of an entry, in some of the ways that people write it.
fn source() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("source:\n".to_owned()),
        Just("source: {} # none\n".to_owned()),
        hash().prop_map(|h| format!("source: {{name: {h}}}\n")),
        (hash(), hash()).prop_map(|(a, b)| format!("source: {{standard: {a} , name: {b}}} # both\n")),
        (hash(), noise()).prop_map(|(h, noise)| format!("source:\n{noise}  standard: {h} # one\n")),
        (hash(), hash()).prop_map(|(a, b)| format!("source:\n    name:   {a}\n    standard: {b}\n")),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("text: {name: ᠨᠡᠷᠡ}\n".to_owned()),
        Just("text:\n  standard: |-\n    ᠨᠡᠷᠡ\n    # no comment\n  name: \"a\\u202Fb\"\n".to_owned()),
        Just("text:\n  name: 'it''s'\n  standard: >-\n    a\n    b\n".to_owned()),
    ]
}

proptest! {
    /// After stamping nothing is stale, nothing but fingerprints has changed, and a second time changes nothing.
    #[test]
    fn stamping_makes_all_current_and_changes_nothing_else(
        parts in (noise(), source(), noise(), texts(), noise()), last in any::<bool>(), crlf in any::<bool>(), mark in any::<bool>(),
    ) {
        let (a, source, b, texts, c) = parts;
        let middle = if last { format!("{texts}{b}{source}") } else { format!("{source}{b}{texts}") };
        let text = format!("{a}status: checked\n{middle}{c}translator: \"machine\" # z\n");
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let text = if mark { format!("\u{feff}{text}") } else { text };
        let before = catalogue(ITEM, &text);
        let stamped = stamp(&text, ITEM, &before.units()).unwrap();
        let after = catalogue(ITEM, &stamped.text);
        let lang = crate::lang::LangId(1);
        for (old, new) in before.items[0].texts.iter().zip(&after.items[0].texts) {
            let (old, new) = (old.as_ref().unwrap().translation(lang), new.as_ref().unwrap().translation(lang));
            prop_assert_eq!(old.map(|t| (&t.value.value, t.status)), new.map(|t| (&t.value.value, t.status)));
            prop_assert!(new.is_none_or(|t| t.current && !t.stale));
        }
        let rest = |text: &str| -> String {
            let stamps = text.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() == 12);
            let bare = stamps.fold(text.to_owned(), |bare, stamp| bare.replacen(stamp, "", 1));
            let kept = |c: &char| !"{},: \r\n'\"".contains(*c);
            bare.replace("source", "").replace("name", "").replace("standard", "").chars().filter(kept).collect()
        };
        prop_assert_eq!(rest(&text), rest(&stamped.text));
        prop_assert_eq!(text.matches("\r\n").count() > 0, stamped.text.matches("\r\n").count() > 0);
        let again = stamp(&stamped.text, ITEM, &after.units()).unwrap();
        prop_assert!(again.changes.is_empty() && again.text == stamped.text);
    }
}
