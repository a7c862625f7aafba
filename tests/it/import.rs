//! `qingdan import`: what `export` wrote comes back, and spreadsheets as city offices have them are read.

use crate::cli::{Desk, code, text};
use crate::site::{REAL, VALLEY, build};
use std::path::Path;

const CONTENTS: [&str; 2] = [REAL, VALLEY];

/// What tables hold. What stays is what they do not: site.yaml, catalogue.yaml, the document and its Markdown, the words
/// of search, the glossary.
const HELD: [&str; 8] = [
    "items",
    "domains.yaml",
    "departments.yaml",
    "audiences.yaml",
    "life-events.yaml",
    "policy/tasks.yaml",
    "policy/division.yaml",
    "policy/indicators.yaml",
];

fn formats() -> Vec<&'static str> {
    if cfg!(feature = "xlsx") { vec!["csv", "xlsx"] } else { vec!["csv"] }
}

fn done(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(&[args, &["--messages", "en"]].concat());
    assert_eq!(code(&output), 0, "{args:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
}

#[test]
fn a_table_that_comes_back_untouched_changes_nothing() {
    for content in CONTENTS {
        let desk = Desk::with(content);
        let before = desk.tree("content");
        for format in formats() {
            done(&desk, &["export", "--out", format, "--format", format]);
            let said = done(&desk, &["import", format, "--update"]);
            assert!(said.starts_with("0 new, 0 changed, 0 different and left, "), "{said}");
            assert!(said.contains(" 0 doubtful; 0 in the content that no row is about"), "{said}");
            assert_eq!(desk.tree("content"), before, "{content} as {format}");
        }
    }
}

/// Editorial notes are in no table: what the shipped catalogue says in them is all that is lost.
#[test]
fn what_export_writes_is_read_back_to_the_same_model() {
    for content in CONTENTS {
        let desk = Desk::with(content);
        let tags: Vec<String> = std::fs::read_dir(desk.path("content/i18n"))
            .unwrap()
            .map(|entry| format!("i18n/{}", entry.unwrap().file_name().to_string_lossy()))
            .collect();
        for format in formats() {
            done(&desk, &["export", "--out", "first", "--format", format]);
            let exported = desk.tree("first");
            let bare = Desk::with(content);
            for path in HELD {
                remove(&bare.path(&format!("content/{path}")));
                tags.iter().for_each(|tag| remove(&bare.path(&format!("content/{tag}/{path}"))));
            }
            let first = desk.path("first");
            done(&bare, &["import", first.to_str().unwrap()]);
            done(&bare, &["export", "--out", "second", "--format", format]);
            assert!(exported == bare.tree("second"), "{content} as {format}: the tables differ");
            let (old, new) = (build(content, None), build(bare.path("content").to_str().unwrap(), None));
            for part in ["items", "domains", "departments", "audiences", "life-events"] {
                let path = format!("data/{part}.json");
                assert!(old.get(&path) == new.get(&path), "{content} as {format}: {path} differs");
            }
        }
    }
}
