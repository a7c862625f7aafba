//! Search: the vectors that both halves share, what is emitted, and that no query harms.

use proptest::prelude::*;
use qingdan::lang::LangId;
use qingdan::model::Catalogue;
use qingdan::search::{self, Kind, Searcher};
use qingdan::site::{Options, Site, search_files};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use std::path::Path;
use std::sync::LazyLock;

fn load(extra: &[(&str, &str)]) -> Catalogue {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files: Vec<(String, String)> =
        Sources::read(&root).unwrap().value.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
    for (path, text) in extra {
        files.retain(|(known, _)| known != path);
        files.push(((*path).to_owned(), (*text).to_owned()));
    }
    let outcome = qingdan::load(&Sources::from_memory(files));
    assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
    outcome.value
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| load(&[]));
static INDICES: LazyLock<Vec<search::Index>> = LazyLock::new(|| search::indices(&CATALOGUE));
static SEARCHERS: LazyLock<Vec<Searcher<'static>>> = LazyLock::new(|| search::searchers(&INDICES));

const SCRIPTS: [&str; 4] = ["assets/search.js", "assets/sounds.js", "assets/finder.js", "assets/results.js"];

fn files(catalogue: &Catalogue) -> Vec<search::File> {
    let scripts = search::Scripts {
        engine: SCRIPTS[0].to_owned(),
        sounds: SCRIPTS[1].to_owned(),
        finder: SCRIPTS[2].to_owned(),
        results: SCRIPTS[3].to_owned(),
    };
    let sounds = search::sounds();
    search::indices(catalogue)
        .iter()
        .flat_map(|index| search::files(index, catalogue, &scripts, &sounds.path))
        .collect()
}

/// The browser's half passes the same file: tests/browser/search.test.mjs.
#[test]
fn normal_forms_and_terms_are_the_vectors() {
    let vectors = include_str!("../search/normal.json");
    let vectors: Vec<(String, String, Vec<String>)> = serde_json::from_str(vectors).unwrap();
    for (text, normal, terms) in vectors {
        assert_eq!(search::normal(&text), normal);
        assert_eq!(search::terms(&normal), terms, "{text}");
    }
}

#[test]
fn every_item_comes_first_for_its_own_name() {
    for (index, searcher) in INDICES.iter().zip(SEARCHERS.iter()) {
        for (at, document) in index.documents.iter().enumerate().filter(|(_, d)| d.kind == Kind::Item) {
            let answer = searcher.search(&document.title);
            assert_eq!(answer.hits.first().map(|hit| hit.document), Some(at), "{}", document.title);
        }
    }
}

#[test]
fn other_kinds_are_found_after_the_items() {
    let index = &INDICES[0];
    for document in index.documents.iter().filter(|d| d.kind != Kind::Item) {
        let hits = SEARCHERS[0].search(&document.title).hits;
        let found: Vec<_> = hits.iter().map(|hit| &index.documents[hit.document]).collect();
        assert!(found.iter().any(|found| found.url == document.url), "{}", document.title);
        assert!(found.is_sorted_by_key(|found| found.kind != Kind::Item), "{}", document.title);
    }
}

#[test]
fn the_files_are_those_of_the_contract() {
    let files = files(&CATALOGUE);
    let again = self::files(&load(&[]));
    assert_eq!(files, again, "equal content, equal bytes");
    for path in ["zh", "mn"] {
        let folder = format!("search/{path}/");
        let manifest = files.iter().find(|file| file.path == format!("{folder}index.js")).unwrap();
        let text = std::str::from_utf8(&manifest.bytes).unwrap();
        assert!(text.starts_with("qingdan.search.add(\"") && text.ends_with("});\n"), "{text}");
        for file in files.iter().filter(|file| file.path.starts_with(&folder) && file.path != manifest.path) {
            assert!(text.contains(&file.path), "{} is named by the manifest", file.path);
            let hash = &blake3::hash(&file.bytes).to_hex()[..12];
            assert!(file.path.ends_with(&format!("-{hash}.js")), "{}", file.path);
        }
    }
}

#[test]
fn an_edit_of_one_item_leaves_the_other_language_alone() {
    let path = "items/education/boarding-allowance.yaml";
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    let edited = load(&[(path, &text.replacen("aliases: [", "aliases: [住宿费补贴, ", 1))]);
    let (before, after) = (files(&CATALOGUE), files(&edited));
    let changed: Vec<&str> =
        after.iter().filter(|file| !before.contains(file)).map(|file| file.path.as_str()).collect();
    assert!(!changed.is_empty() && changed.iter().all(|path| path.starts_with("search/zh/")), "{changed:?}");
}

#[test]
fn a_site_can_do_without() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let site = std::fs::read_to_string(root.join("site.yaml")).unwrap();
    let catalogue = load(&[("site.yaml", &format!("{site}\nsearch: {{enabled: false}}\n"))]);
    let indices = search::indices(&catalogue);
    assert!(indices.is_empty());
    let theme = Theme::load(None, catalogue.languages()).unwrap().value;
    let options = Options::new(None, true);
    let files = search_files(&catalogue, &indices, &theme);
    let site = Site::plan(&catalogue, files, &theme, &options).unwrap_or_else(|faults| panic!("{faults:?}"));
    let pages = site.paths().iter().enumerate().filter(|(_, path)| path.ends_with(".html"));
    for (at, path) in pages {
        let html = String::from_utf8(site.make(at).unwrap_or_else(|faults| panic!("{faults:?}"))).unwrap();
        assert!(!path.ends_with("search.html"));
        assert!(!html.contains("data-search") && !html.contains("search.html"), "{path} speaks of search");
    }
    assert!(!site.paths().iter().any(|path| path.starts_with("search/")));
}

#[test]
fn weights_are_the_catalogues() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let text = std::fs::read_to_string(root.join("catalogue.yaml")).unwrap();
    let plain = load(&[("catalogue.yaml", &format!("{text}search: {{aliases: 0, departments: 0}}\n"))]);
    let index = search::Index::build(&plain, LangId::SOURCE);
    let hits = Searcher::new(&index, None).search("低保户").hits;
    let usual = SEARCHERS[0].search("低保户").hits;
    assert_ne!(hits, usual);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_query_harms(query in "\\PC{0,60}|[a-z]{1,60}|[低保养老险残疾人补贴的]{0,30}|[ᠠ-ᡂ\u{180E}\u{202F} ]{0,20}") {
        for searcher in SEARCHERS.iter() {
            let answer = searcher.search(&query);
            prop_assert!(answer.hits.iter().all(|hit| hit.score > 0));
        }
    }
}

#[test]
fn long_queries_are_cut() {
    for query in ["低保".repeat(5_000), "a".repeat(10_000), "\u{300}".repeat(10_000), "ᠠ".repeat(10_000)] {
        for searcher in SEARCHERS.iter() {
            searcher.search(&query);
        }
    }
}
