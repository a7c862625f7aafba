//! The program as its user runs it: exit codes, what is printed where, and that nothing is lost.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// A folder with a copy of a content folder, to be spoilt.
pub(crate) struct Desk {
    pub(crate) dir: TempDir,
}

impl Desk {
    pub(crate) fn with(content: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(&root().join(content), &dir.path().join("content"));
        Self { dir }
    }

    pub(crate) fn valley() -> Self {
        Self::with("tests/sites/valley/content")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_qingdan"))
            .args(args)
            .current_dir(self.dir.path())
            .env("LC_ALL", "C")
            .output()
            .unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Every file below a folder with its bytes.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path(folder);
        let files = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
        let named = |e: walkdir::DirEntry| {
            let name = e.path().strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(e.path()).unwrap())
        };
        files.map(named).collect()
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn without_a_command_it_prints_help() {
    let output = Desk::valley().run(&[]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("Usage: qingdan"));
    assert!(output.stderr.is_empty());
}

#[test]
fn wrong_calls_end_with_two() {
    let desk = Desk::valley();
    for args in [
        &["bild"][..],
        &["build", "--jobs", "0"],
        &["build", "--base-url", "example.org"],
        &["build", "--content", "nowhere"],
        &["check", "--content", "nowhere"],
        &["check", "--templates", "nowhere"],
        &["build", "--out", "content/public"],
        &["build", "--out", "."],
        &["check", "--format", "xml"],
    ] {
        let output = desk.run(args);
        assert_eq!(code(&output), 2, "{args:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty(), "{args:?} says nothing");
    }
    assert!(!desk.path("public").exists());
}

#[test]
fn the_index_can_be_asked() {
    let desk = Desk::with("content");
    let found = desk.run(&["search", "孩子上不起学怎么办", "养老宝险", "--limit", "1", "--messages", "en"]);
    assert_eq!(code(&found), 0);
    let shown = text(&found.stdout);
    assert!(shown.contains("item        免费义务教育  zh/items/free-compulsory-education.html"), "{shown}");
    assert!(shown.contains("did you mean `养老保险`?"), "{shown}");
    let json = desk.run(&["search", "--lang", "mn-Mong", "--format", "json", "сурагч"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["answers"][0]["hits"][0]["kind"], "item");
    for (args, why) in [
        (&["search", "--lang", "fr", "a"][..], "no language `fr`"),
        (&["search", "--format", "sarif", "a"], "human, short and json"),
        (&["search"], "<QUERY>"),
    ] {
        let refused = desk.run(&[args, &["--messages", "en"]].concat());
        assert_eq!(code(&refused), 2);
        assert!(text(&refused.stderr).contains(why), "{}", text(&refused.stderr));
    }
    let site = std::fs::read_to_string(desk.path("content/site.yaml")).unwrap();
    std::fs::write(desk.path("content/site.yaml"), site + "search: {enabled: false}\n").unwrap();
    let off = desk.run(&["search", "a", "--messages", "en"]);
    assert_eq!(code(&off), 2);
    assert!(text(&off.stderr).contains("switched off"), "{}", text(&off.stderr));
}

#[test]
fn the_tables_can_be_exported() {
    let desk = Desk::with("content");
    assert_eq!(code(&desk.run(&["build", "--quiet"])), 0);
    desk.write("tables/mine.txt", "mine");
    // A folder with files of others only is refused, so that nothing is mixed up.
    assert_eq!(code(&desk.run(&["export"])), 2);
    let done = desk.run(&["export", "--out", "list", "--messages", "en"]);
    assert_eq!(code(&done), 0, "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("exported 8 file(s) to `list`"), "{}", text(&done.stderr));
    let (built, exported) = (desk.tree("public/data"), desk.tree("list"));
    let tables = exported.iter().filter(|(path, _)| path.ends_with(".csv"));
    assert_eq!(tables.clone().count(), 8);
    tables.for_each(|(path, bytes)| assert_eq!(built[path], *bytes, "{path}"));
    assert_eq!(code(&desk.run(&["export", "--format", "ods"])), 2);
    assert_eq!(code(&desk.run(&["export", "--content", "nowhere"])), 2);
    assert_eq!(code(&desk.run(&["export", "--out", "content/tables"])), 2);
    desk.write("content/domains.yaml", "- {id: a, nmae: 甲}\n");
    assert_eq!(code(&desk.run(&["export", "--out", "list"])), 1);
    assert_eq!(desk.tree("list"), exported, "with errors nothing changes");
}

#[cfg(feature = "xlsx")]
#[test]
fn the_workbook_takes_the_place_of_exported_tables() {
    let desk = Desk::valley();
    assert_eq!(code(&desk.run(&["build", "--quiet"])), 0);
    assert_eq!(code(&desk.run(&["export"])), 0);
    assert_eq!(code(&desk.run(&["export", "--format", "xlsx"])), 0);
    let exported = desk.tree("tables");
    assert!(!exported.keys().any(|path| path.ends_with(".csv")), "{:?}", exported.keys());
    assert_eq!(exported["catalogue.xlsx"], desk.tree("public/data")["catalogue.xlsx"]);
}

#[test]
fn with_errors_nothing_of_the_output_changes() {
    let desk = Desk::valley();
    assert_eq!(code(&desk.run(&["build"])), 0);
    let before = desk.tree("public");
    desk.write("content/items/work/job-board.yaml", "departments: [nobody]\ntext:\n  name: Job board\n");
    let output = desk.run(&["build", "--format", "short"]);
    assert_eq!(code(&output), 1);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(said.contains("content/items/work/job-board.yaml:1:15: error[unknown-department]"), "{said}");
    assert!(said.contains("[missing-text]"), "both faults: {said}");
    assert_eq!(desk.tree("public"), before);
}

#[test]
fn a_second_build_writes_nothing_and_an_edit_only_its_pages() {
    let desk = Desk::valley();
    desk.run(&["build"]);
    let output = desk.run(&["build", "--messages", "en"]);
    assert!(text(&output.stderr).contains(" 0 written"), "{}", text(&output.stderr));
    let path = "content/items/work/job-board.yaml";
    let item = std::fs::read_to_string(desk.path(path)).unwrap();
    desk.write(path, &item.replace("in print and online", "in print"));
    let before = desk.tree("public");
    desk.run(&["build"]);
    let after = desk.tree("public");
    let changed: Vec<&String> =
        after.iter().filter(|(name, bytes)| before.get(*name) != Some(*bytes)).map(|(n, _)| n).collect();
    for page in ["en/items/job-board.html", "data/items.json"] {
        assert!(changed.iter().any(|name| *name == page), "{changed:?}");
    }
    assert!(!changed.iter().any(|name| name.contains("meals")), "{changed:?}");
}

#[test]
fn files_of_others_are_left_alone_and_a_foreign_folder_is_refused() {
    let desk = Desk::valley();
    desk.run(&["build"]);
    desk.write("public/CNAME", "example.org");
    assert_eq!(code(&desk.run(&["build"])), 0);
    assert!(desk.path("public/CNAME").exists());
    desk.write("photos/a.jpg", "x");
    let output = desk.run(&["build", "--out", "photos"]);
    assert_eq!(code(&output), 2);
    assert_eq!(desk.tree("photos").len(), 1);
}

#[test]
fn a_removed_item_takes_its_pages_with_it() {
    let desk = Desk::valley();
    desk.run(&["build"]);
    assert!(desk.path("public/en/items/meals.html").exists());
    std::fs::remove_file(desk.path("content/items/life/ageing/meals.yaml")).unwrap();
    let catalogue = std::fs::read_to_string(desk.path("content/catalogue.yaml")).unwrap();
    desk.write(
        "content/catalogue.yaml",
        &catalogue.replace("items: 4, domains: {life: 3", "items: 3, domains: {life: 2"),
    );
    let changes = std::fs::read_to_string(desk.path("content/changes.yaml")).unwrap();
    desk.write("content/changes.yaml", &changes.replace("  items: [meals]\n", ""));
    let output = desk.run(&["build"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(!desk.path("public/en/items/meals.html").exists());
}

#[test]
fn the_bytes_depend_on_neither_threads_nor_place_nor_locale() {
    let (one, other) = (Desk::valley(), Desk::valley());
    one.run(&["build", "--jobs", "1", "--messages", "zh"]);
    let output = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["build", "--jobs", "7", "--out", "elsewhere/deep"])
        .current_dir(other.dir.path())
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("TZ", "Pacific/Apia")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(one.tree("public"), other.tree("elsewhere/deep"));
}

#[test]
fn machine_formats_are_whole_and_alone_on_standard_output() {
    let desk = Desk::valley();
    desk.write("content/items/work/job-board.yaml", "text: {}\nnumber: \"<&>\"\n");
    for (format, key) in [("json", "diagnostics"), ("sarif", "runs")] {
        let output = desk.run(&["check", "--format", format]);
        assert_eq!(code(&output), 1);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(value.get(key).is_some(), "{format}");
    }
    let github = desk.run(&["check", "--format", "github"]);
    let said = text(&github.stdout);
    assert!(
        said.lines().any(|line| line.starts_with("::error file=content/items/work/job-board.yaml,line=")),
        "{said}"
    );
}

#[test]
fn messages_come_in_the_language_asked_for() {
    let desk = Desk::valley();
    desk.write("content/items/work/job-board.yaml", "departments: [nobody]\ntext: {name: a, offer: b}\n");
    let english = text(&desk.run(&["check", "--messages", "en"]).stdout);
    let chinese = text(&desk.run(&["check", "--messages", "zh"]).stdout);
    assert!(english.contains("error") && english.contains("unknown department `nobody`"), "{english}");
    assert!(chinese.contains("错误") && chinese.contains("不认识的部门“nobody”"), "{chinese}");
    assert!(!english.contains('\u{1b}'), "no colour where nobody sees it");
}

#[test]
fn faults_in_a_sites_own_template_have_a_place() {
    let desk = Desk::valley();
    desk.write("templates/pages/search.html", "<p>{{ nothing.here }}</p>\n");
    let output = desk.run(&["check", "--format", "short"]);
    assert_eq!(code(&output), 1);
    let said = text(&output.stdout);
    assert!(said.contains("templates/pages/search.html:1:"), "{said}");
    assert!(said.contains("[template]"), "{said}");
    desk.write("templates/pages/search.html", "<p>{% if %}</p>\n");
    let output = desk.run(&["build", "--format", "short"]);
    assert_eq!(code(&output), 1);
    assert!(!desk.path("public").join("index.html").exists());
}

#[test]
fn a_missing_string_is_a_warning_and_an_unknown_icon_too() {
    let desk = Desk::valley();
    desk.write(
        "content/departments.yaml",
        "- {id: registry, name: Registry, icon: nosuch}\n- {id: welfare, name: Welfare office}\n",
    );
    let output = desk.run(&["check", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stdout));
    let said = text(&output.stdout);
    assert!(said.contains("missing-string"), "{said}");
}

#[test]
fn hostile_content_stays_text() {
    let desk = Desk::valley();
    let evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    desk.write(
        "content/items/work/job-board.yaml",
        &format!(
            "text:\n  name: '{name}'\n  offer: '{name}'\n  guide: |-\n    {evil}\n\n    [x](<jAvAsCrIpT:alert(1)>) ![y](https://evil.example/x.png)\n  phone: '{name}'\n",
            name = evil.replace('\'', "''")
        ),
    );
    let check = desk.run(&["check"]);
    assert_eq!(code(&check), 1, "the address is refused: {}", text(&check.stdout));
    let item = std::fs::read_to_string(desk.path("content/items/work/job-board.yaml")).unwrap();
    desk.write("content/items/work/job-board.yaml", &item.replace("[x](<jAvAsCrIpT:alert(1)>) ", ""));
    let build = desk.run(&["build", "--base-url", "https://example.org/"]);
    assert_eq!(code(&build), 0, "{}", text(&build.stderr));
    for (name, bytes) in desk.tree("public") {
        if !name.ends_with(".html") {
            continue;
        }
        let page = scraper::Html::parse_document(&text(&bytes));
        let select = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).count();
        assert_eq!(select("img, iframe, object, embed, base, [onerror], [onclick], [style]"), 0, "{name}");
        assert_eq!(select("script:not([src]):not([type='application/ld+json'])"), 0, "{name}");
    }
}
