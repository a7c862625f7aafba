//! What `build --for` and `--precompress` add to a site: the policy of the pages, and files that come and go with it.

use qingdan::host::policy_header;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the small site of the tests into a folder; its files, without the tool's own.
fn build(out: &Path, options: &[&str]) -> BTreeSet<String> {
    let content = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites/valley/content");
    let output = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["build", "--quiet", "--content"])
        .arg(content)
        .arg("--out")
        .arg(out)
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let paths = files.map(|e| e.path().strip_prefix(out).unwrap().to_string_lossy().into_owned());
    paths.filter(|path| !path.starts_with(".qingdan")).collect()
}

#[test]
fn the_header_has_the_policy_of_every_page() {
    let dir = tempfile::tempdir().unwrap();
    let policy = scraper::Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let mut pages = 0;
    for path in build(dir.path(), &[]).iter().filter(|path| path.ends_with(".html")) {
        let page = scraper::Html::parse_document(&std::fs::read_to_string(dir.path().join(path)).unwrap());
        let stated: Vec<&str> = page.select(&policy).filter_map(|meta| meta.attr("content")).collect();
        assert_eq!(stated.len(), 1, "{path}");
        assert_eq!(format!("{}; frame-ancestors 'none'", stated[0]), policy_header(), "{path}");
        pages += 1;
    }
    assert!(pages > 10, "only {pages} pages");
    assert!(!policy_header().contains("unsafe-"));
}

#[test]
fn what_is_added_goes_again_with_the_option() {
    let dir = tempfile::tempdir().unwrap();
    let plain = build(dir.path(), &[]);
    let nginx = build(dir.path(), &["--for", "nginx", "--precompress"]);
    let added: BTreeSet<&String> = nginx.difference(&plain).collect();
    let twins = added.iter().filter(|path| path.ends_with(".gz") || path.ends_with(".br")).count();
    assert!(twins > 20 && added.len() == twins + 1, "{added:?}");
    assert!(added.contains(&"_server/nginx.conf".to_owned()));
    for twin in added.iter().filter_map(|path| path.strip_suffix(".gz")) {
        assert!(plain.contains(twin), "{twin} has a twin and is not there");
    }
    let apache = build(dir.path(), &["--for", "apache"]);
    assert_eq!(apache.difference(&plain).collect::<Vec<_>>(), [".htaccess"]);
    assert_eq!(build(dir.path(), &[]), plain);
}

#[test]
fn twins_do_not_depend_on_threads_or_on_what_was_there() {
    let (one, four) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let paths = build(one.path(), &["--precompress", "--jobs", "1"]);
    build(four.path(), &[]);
    assert_eq!(build(four.path(), &["--precompress", "--jobs", "4"]), paths);
    for path in paths.iter().map(String::as_str).chain([".qingdan.json"]) {
        let read = |dir: &Path| std::fs::read(dir.join(path)).unwrap();
        assert!(read(one.path()) == read(four.path()), "{path}");
    }
}

#[test]
fn a_twin_that_others_put_there_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &[]);
    let foreign = dir.path().join("en/items.html.gz");
    std::fs::write(&foreign, "theirs").unwrap();
    let content = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites/valley/content");
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingdan"));
    command.args(["build", "--precompress", "--content"]).arg(content).arg("--out").arg(dir.path());
    assert_eq!(command.output().unwrap().status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(foreign).unwrap(), "theirs");
}
