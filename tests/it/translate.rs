//! Translations as their translators look after them: stamps, and how far they have come.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const ITEM: &str = "content/i18n/mn-Mong/items/education/grant.yaml";
const DOMAINS: &str = "content/i18n/mn-Mong/domains.yaml";
const NOTICE: &str = "content/i18n/mn-Mong/policy/notice.md";

const FILES: [(&str, &str); 8] = [
    (
        "content/site.yaml",
        "languages:\n  - {tag: zh-Hans, path: zh, name: 中文}\n  - {tag: mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ}\ntitle: {zh-Hans: 清单, mn-Mong: ᠵᠢᠭᠰᠠᠭᠠᠯᠲᠠ}\n",
    ),
    (
        "content/catalogue.yaml",
        "name: 清单\nfields:\n  - {id: name, label: 服务项目, role: title, kind: line}\n  - {id: standard, label: 标准, kind: text}\ndepartments: {label: 部门}\n",
    ),
    ("content/domains.yaml", "- {id: education, name: 教育}\n"),
    ("content/departments.yaml", "- {id: finance, name: 财政局}\n"),
    (
        "content/items/education/grant.yaml",
        "number: 1\ndepartments: [finance]\ntext:\n  name: 补助\n  standard: 每年1000元。\n",
    ),
    ("content/policy/notice.md", "---\ntitle: 通知\nkind: notice\n---\n正文。\n"),
    (
        ITEM,
        "# 初稿\r\nstatus: checked\r\nsource: {name: \"000000000000\"} # 旧\r\ntext:\r\n  name: ᠨᠥᠬᠥᠪᠦᠷᠢ   \r\n  standard: ᠵᠢᠯ ᠪᠦᠷᠢ 1000 ᠶᠤᠸᠠᠨ᠃\r\n",
    ),
    (DOMAINS, "education: {status: draft, text: {name: ᠰᠤᠷᠭᠠᠨ ᠬᠥᠮᠦᠵᠢᠯ}}\n"),
];

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (path, text) in FILES {
            desk.write(path, text);
        }
        desk.write(NOTICE, "---\nstatus: draft\ntitle: ᠮᠡᠳᠡᠭᠳᠡᠯ\n---\n");
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qingdan"));
        command.args(args).current_dir(self.0.path()).env("LC_ALL", "C").output().unwrap()
    }

    fn stamp(&self, args: &[&str]) -> Output {
        self.run(&[&["translate", "stamp", "--lang", "mn-Mong"], args].concat())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn said(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

fn fingerprint(text: &str) -> String {
    qingdan::model::fingerprint(text)
}

#[test]
fn stamps_replace_fingerprints_and_nothing_else() {
    let desk = Desk::new();
    let before = desk.read(ITEM);
    let output = desk.stamp(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let (name, standard) = (fingerprint("补助"), fingerprint("每年1000元。"));
    let old = "source: {name: \"000000000000\"} # 旧";
    assert_eq!(
        desk.read(ITEM),
        before.replace(old, &format!("source: {{name: \"{name}\", standard: {standard}}} # 旧"))
    );
    let domain = fingerprint("教育");
    assert_eq!(
        desk.read(DOMAINS),
        format!("education: {{status: draft, source: {{name: {domain}}}, text: {{name: ᠰᠤᠷᠭᠠᠨ ᠬᠥᠮᠦᠵᠢᠯ}}}}\n")
    );
    assert!(desk.read(NOTICE).contains(&format!("source_title: {}\ntitle:", fingerprint("通知"))));
    let check = text(&desk.run(&["check", "--format", "short"]).stdout);
    assert!(!check.contains("stale-translation"), "{check}");
    let again = desk.stamp(&[]);
    assert!(said(&again).contains("0 fingerprints in 0 files"), "{}", said(&again));
    let left: Vec<_> =
        walkdir::WalkDir::new(desk.path("content")).into_iter().map(|e| e.unwrap().into_path()).collect();
    assert!(!left.iter().any(|path| path.to_string_lossy().contains("qingdan-")), "{left:?}");
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let desk = Desk::new();
    let output = desk.stamp(&["--dry-run", ITEM]);
    let name = fingerprint("补助");
    assert!(said(&output).contains(&format!("{ITEM}:3: name: 000000000000 → {name}\n")), "{}", said(&output));
    assert!(said(&output).contains("2 fingerprints in 1 files would be written"), "{}", said(&output));
    assert_eq!(desk.read(ITEM), FILES[6].1);
    let json: serde_json::Value =
        serde_json::from_slice(&desk.stamp(&["--dry-run", "--format", "json"]).stdout).unwrap();
    assert_eq!((json["written"].as_bool(), json["changes"].as_array().unwrap().len()), (Some(false), 4));
}

#[test]
fn only_the_files_asked_for_are_stamped() {
    let desk = Desk::new();
    assert_eq!(desk.stamp(&["content/i18n/mn-Mong/items"]).status.code(), Some(0));
    assert_eq!(desk.read(DOMAINS), FILES[7].1);
    assert_ne!(desk.read(ITEM), FILES[6].1);
}

#[test]
fn a_field_without_a_translation_is_refused() {
    let desk = Desk::new();
    desk.write(ITEM, "status: draft\nsource: {standard: aaaaaaaaaaaa}\ntext: {name: ᠨᠥᠬᠥᠪᠦᠷᠢ}\n");
    let output = desk.stamp(&[ITEM]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("not stamped: `standard`"), "{}", said(&output));
    assert!(desk.read(ITEM).contains("standard: aaaaaaaaaaaa"));
}

#[test]
fn wrong_calls_and_broken_content_change_nothing() {
    let desk = Desk::new();
    for args in [
        &["translate", "stamp"][..],
        &["translate", "stamp", "--lang", "zh-Hans"],
        &["translate", "stamp", "--lang", "mn-Mon"],
        &["translate", "stamp", "--lang", "mn-Mong", "content/domains.yaml"],
        &["translate", "stamp", "--lang", "mn-Mong", "nowhere.yaml"],
        &["translate", "stamp", "--lang", "mn-Mong", "--format", "sarif"],
        &["check", "--coverage", "--format", "github"],
    ] {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
    }
    desk.write("content/items/education/grant.yaml", "text: {name: 补助}\n");
    assert_eq!(desk.stamp(&[]).status.code(), Some(1));
    assert_eq!(desk.read(ITEM), FILES[6].1);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    std::fs::set_permissions(desk.path(DOMAINS), std::fs::Permissions::from_mode(0o640)).unwrap();
    let linked = desk.path("content/i18n/mn-Mong/departments.yaml");
    desk.write("content/i18n/mn-Mong/.kept.yaml", "finance: {status: draft, text: {name: ᠲᠣᠪᠴᠢᠶᠠ}}\n");
    std::os::unix::fs::symlink(".kept.yaml", &linked).unwrap();
    assert_eq!(desk.stamp(&[]).status.code(), Some(0));
    assert_eq!(desk.path(DOMAINS).metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert!(linked.symlink_metadata().unwrap().is_symlink());
    assert!(desk.read("content/i18n/mn-Mong/.kept.yaml").contains("source:"));
}

#[test]
fn coverage_is_a_table_or_json() {
    let desk = Desk::new();
    insta::assert_snapshot!("coverage", text(&desk.run(&["check", "--coverage", "--messages", "zh"]).stdout));
    let json: serde_json::Value =
        serde_json::from_slice(&desk.run(&["check", "--coverage", "--format", "json"]).stdout).unwrap();
    let language = &json["languages"][0];
    assert_eq!(language["lang"], "mn-Mong");
    assert_eq!(language["rows"][0]["stale"], 1);
    assert_eq!(language["all"]["total"], 6);
    assert!(Path::new(env!("CARGO_BIN_EXE_qingdan")).exists());
}

/// What the check of terms and the search rely on: spellings that look the same are told by shape, not by code points.
#[test]
fn known_pairs_have_the_same_shape() {
    let shaper = mongol_norm::Shaper::new(mongol_norm::Locale::Mng);
    let same = |a: &str, b: &str| shaper.same_shape(a, b).unwrap();
    for (a, b) in [
        ("ᠰᠠᠢᠨ", "ᠰᠡᠢᠨ"),
        // o and u, ö and ü: the traps of typing by ear.
        ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠤᠩᠭᠤᠯ"),
        ("ᠥᠪᠥᠷ", "ᠥᠪᠦᠷ"),
    ] {
        assert!(same(a, b), "{a} {b}");
    }
    assert!(!same("ᠬᠣᠲᠠ", "ᠭᠠᠵᠠᠷ"));
    assert!(!same("ᠨᠡᠷ\u{180E}ᠡ", "ᠨᠡᠷᠡ"), "a separated vowel has a shape of its own");
}
