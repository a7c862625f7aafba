//! A second opinion on YAML: our reader and `serde_yaml` must read every content file to the same values, and what
//! `serde_yaml` writes must come back through our reader unchanged.

use proptest::prelude::*;
use qingdan::diag::SourceFile;
use qingdan::raw::tree::{self, Node, Value};
use serde_yaml::Value as Oracle;
use std::path::{Path, PathBuf};

fn yaml_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            yaml_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            out.push(path);
        }
    }
}

/// Ours keeps the written text; the oracle has types. A plain scalar is compared by what the oracle made of it.
fn same(ours: &Node, oracle: &Oracle, at: &str) {
    match (&ours.value, oracle) {
        (Value::Map(entries), Oracle::Mapping(map)) => {
            assert_eq!(entries.len(), map.len(), "{at}");
            for (entry, (key, value)) in entries.iter().zip(map) {
                assert_eq!(Oracle::String(entry.key.value.to_string()), as_text(key), "{at}");
                same(&entry.node, value, &format!("{at}.{}", entry.key.value));
            }
        }
        (Value::List(nodes), Oracle::Sequence(values)) => {
            assert_eq!(nodes.len(), values.len(), "{at}");
            for (n, (node, value)) in nodes.iter().zip(values).enumerate() {
                same(node, value, &format!("{at}[{n}]"));
            }
        }
        (Value::Scalar { text, plain: true }, value) if !matches!(value, Oracle::String(_)) => {
            let reread: Oracle = serde_yaml::from_str(text).expect("a scalar");
            assert_eq!(&reread, value, "{at}");
        }
        (Value::Scalar { text, .. }, Oracle::String(value)) => assert_eq!(text, value, "{at}"),
        (ours, oracle) => panic!("{at}: {ours:?} is not {oracle:?}"),
    }
}

fn as_text(key: &Oracle) -> Oracle {
    match key {
        Oracle::Number(n) => Oracle::String(n.to_string()),
        Oracle::Bool(b) => Oracle::String(b.to_string()),
        other => other.clone(),
    }
}

#[test]
fn both_readers_agree_on_every_content_file() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    yaml_files(&root.join("content"), &mut files);
    yaml_files(&root.join("templates"), &mut files);
    if root.join("tests/sites").is_dir() {
        yaml_files(&root.join("tests/sites"), &mut files);
    }
    assert!(files.len() > 90, "{}", files.len());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file");
        let shown = path.display().to_string();
        let file = SourceFile::new("", shown.clone(), text.clone());
        let outcome = tree::parse(&file);
        let oracle: Result<Oracle, _> = serde_yaml::from_str(&text);
        match (outcome.value, oracle) {
            (Some(ours), Ok(oracle)) => {
                assert!(outcome.report.is_empty(), "{shown}: {:?}", outcome.report);
                same(&ours, &oracle, &shown);
            }
            (None, Err(_)) => {}
            (None, Ok(Oracle::Null)) => {}
            (ours, oracle) => panic!("{shown}: {ours:?} against {oracle:?}"),
        }
    }
}

/// Values such as content has them: text, lists and mappings; no numbers, since our reader keeps what is written.
fn values() -> impl Strategy<Value = Oracle> {
    // U+2028 and U+2029 are line ends in YAML 1.1, which the writer follows, and letters like others in YAML 1.2.
    let leaf = "[\\PC\\n]{0,12}".prop_map(|text| Oracle::String(text.replace(['\u{2028}', '\u{2029}', '\u{85}'], " ")));
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Oracle::Sequence),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..5).prop_map(|map| {
                Oracle::Mapping(map.into_iter().map(|(key, value)| (Oracle::String(key), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_the_other_writes_we_read(value in values()) {
        let text = serde_yaml::to_string(&value).expect("a text");
        let outcome = tree::parse(&SourceFile::new("", "a.yaml", text.clone()));
        prop_assert!(outcome.report.is_empty(), "{text}: {:?}", outcome.report);
        if let Some(ours) = outcome.value {
            same(&ours, &value, &text);
        }
    }
}
