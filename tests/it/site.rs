//! The sites that are built from the catalogues here: contracts of paths and data, and goldens of the small one.

use qingdan::diag::Report;
use qingdan::lang::LangId;
use qingdan::render::Renderer;
use qingdan::site::{Options, Site, search_files};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use qingdan::view::{Paging, Views};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Builds a catalogue in memory: every path with its bytes.
pub(crate) fn build(content: &str, base_url: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    build_paged(content, base_url, Paging::SITE)
}

/// The same with other sizes of pages.
pub(crate) fn build_paged(content: &str, base_url: Option<&str>, paging: Paging) -> BTreeMap<String, Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let outcome = Sources::read(&root.join(content)).unwrap();
    assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
    build_sources(&outcome.value, base_url, paging)
}

/// The same of sources that were read.
pub(crate) fn build_sources(sources: &Sources, base_url: Option<&str>, paging: Paging) -> BTreeMap<String, Vec<u8>> {
    let mut report = Report::default();
    let catalogue = qingdan::load(sources).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    assert!(!report.has_errors(), "{report:?}");
    let theme = Theme::load(None, catalogue.languages()).unwrap().value;
    let options = Options { paging, ..Options::new(base_url.map(str::to_owned), true) };
    let indices = qingdan::search::indices(&catalogue);
    let site = Site::plan(&catalogue, search_files(&catalogue, &indices, &theme), &theme, &options)
        .unwrap_or_else(|faults| panic!("{faults:?}"));
    let make = |at: usize| site.make(at).unwrap_or_else(|faults| panic!("{faults:?}"));
    site.paths().iter().enumerate().map(|(at, path)| (path.clone(), make(at))).collect()
}

pub(crate) fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> scraper::Html {
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path}"));
    scraper::Html::parse_document(std::str::from_utf8(bytes).unwrap())
}

/// The words of the elements that a selector finds, white space made single.
pub(crate) fn words(page: &scraper::Html, css: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(css).unwrap();
    let tidy =
        |e: scraper::ElementRef<'_>| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&selector).map(tidy).collect()
}

pub(crate) fn attribute(page: &scraper::Html, css: &str, name: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(css).unwrap();
    page.select(&selector).filter_map(|e| e.attr(name).map(str::to_owned)).collect()
}

pub(crate) fn json(site: &BTreeMap<String, Vec<u8>>, path: &str) -> Value {
    serde_json::from_slice(&site[path]).unwrap()
}

pub(crate) const REAL: &str = "content";
pub(crate) const VALLEY: &str = "tests/sites/valley/content";

#[test]
fn the_paths_are_those_of_the_contract() {
    let site = build(REAL, Some("https://example.org/list/"));
    for path in [
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "data/items.json",
        "data/items.csv",
        "data/catalogue.json",
        "zh/index.html",
        "zh/items.html",
        "zh/items/boarding-allowance.html",
        "zh/domains/education.html",
        "zh/departments/finance.html",
        "zh/audiences/students.html",
        "zh/policy/notice.html",
        "zh/policy/interpretation.html",
        "zh/policy/tasks.html",
        "zh/policy/division.html",
        "zh/policy/indicators.html",
        "zh/catalogue.html",
        "zh/search.html",
        "zh/about.html",
        "zh/data.html",
    ] {
        assert!(site.contains_key(path), "{path}");
    }
    let count = |prefix: &str| site.keys().filter(|path| path.starts_with(prefix)).count();
    assert_eq!((count("zh/items/"), count("zh/domains/")), (82, 8));
    let hashed = |path: &&String| path.starts_with("assets/");
    for path in site.keys().filter(hashed) {
        let stem = path.rsplit_once('.').unwrap().0;
        assert!(stem.len() > 12 && stem.as_bytes()[stem.len() - 13] == b'-', "{path} has no hash");
    }
}

/// A Mongolian page has the note in both languages, and marks the words that it quotes from the document.
#[test]
fn editorial_notes_are_translated() {
    let site = build(REAL, None);
    let notes = page(&site, "mn/policy/division.html");
    let quotes = words(&notes, ".note > p > span[lang=zh-Hans]");
    assert!(quotes.contains(&"清单制".to_owned()), "{quotes:?}");
    assert!(words(&notes, ".note > p").iter().all(|note| note.contains('ᠨ')));
    let sources = words(&notes, ".note > details p");
    assert!(sources.iter().any(|source| source.starts_with("“清单制”疑缺“度”字")), "{sources:?}");
    assert_eq!(words(&page(&site, "zh/policy/division.html"), ".note details"), [""; 0]);
}

#[test]
fn the_data_are_those_of_the_contract() {
    let site = build(REAL, None);
    let items = json(&site, "data/items.json");
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 82);
    let numbers: Vec<u64> = items.iter().map(|item| item["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=82).collect::<Vec<u64>>());
    let boarding = &items[2];
    assert_eq!(boarding["slug"], "boarding-allowance");
    assert_eq!(boarding["validity"], "lapsed");
    assert_eq!(boarding["departments_text"], serde_json::json!(["财政局", "教育局"]));
    assert_eq!(
        boarding["amounts"][0],
        serde_json::json!({"who": "primary", "value": "1000", "unit": "CNY", "per": ["student", "year"]})
    );
    assert_eq!(boarding["text"]["zh-Hans"]["standard"], "小学生每生每年1000元，初中生每生每年1250元。");
    assert_eq!(items[47]["text"]["zh-Hans"]["audience"].as_str().unwrap().matches('\n').count(), 3);
    let catalogue = json(&site, "data/catalogue.json");
    assert_eq!(catalogue["counts"]["items"], 82);
    assert_eq!(catalogue["document"]["document_number"], "呼政办发〔2018〕41号");
    let csv = std::str::from_utf8(&site["data/items.csv"]).unwrap();
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(rows.records().count(), 82);
}

#[test]
fn every_page_says_that_the_document_has_lapsed() {
    let site = build(REAL, None);
    for path in site.keys().filter(|path| path.starts_with("zh/") && path.ends_with(".html")) {
        let validity = words(&page(&site, path), ".validity");
        assert!(validity.iter().any(|words| words.contains("失效")), "{path}: {validity:?}");
    }
}

#[test]
fn the_injected_string_is_nowhere_in_the_output() {
    let site_yaml =
        std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content/site.yaml")).unwrap();
    let value: serde_yaml::Value = serde_yaml::from_str(&site_yaml).unwrap();
    let injected = value["forbidden"][0].as_str().unwrap().to_owned();
    for (path, bytes) in build(REAL, Some("https://example.org/")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&injected), "{path}");
    }
}

#[test]
fn every_cell_of_every_item_stands_on_its_page() {
    let site = build(REAL, None);
    let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for item in json(&site, "data/items.json").as_array().unwrap() {
        let slug = item["slug"].as_str().unwrap();
        let main = tight(&words(&page(&site, &format!("zh/items/{slug}.html")), "main").concat());
        for (field, cell) in item["text"]["zh-Hans"].as_object().unwrap() {
            assert!(main.contains(&tight(cell.as_str().unwrap())), "{slug}, {field}");
        }
        for department in item["departments_text"].as_array().unwrap() {
            assert!(main.contains(department.as_str().unwrap()), "{slug}");
        }
    }
}

#[test]
fn without_a_base_url_nothing_needs_one() {
    let site = build(REAL, None);
    assert!(!site.contains_key("sitemap.xml"));
    let item = page(&site, "zh/items/boarding-allowance.html");
    assert!(attribute(&item, "link[rel=canonical]", "href").is_empty());
    let based = build(REAL, Some("https://example.org/list/"));
    let item = page(&based, "zh/items/boarding-allowance.html");
    assert_eq!(
        attribute(&item, "link[rel=canonical]", "href"),
        ["https://example.org/list/zh/items/boarding-allowance.html"]
    );
    let sitemap = std::str::from_utf8(&based["sitemap.xml"]).unwrap();
    assert!(sitemap.contains("<loc>https://example.org/list/zh/items/boarding-allowance.html</loc>"));
    for href in attribute(&page(&based, "404.html"), "a[href]", "href") {
        assert!(href.starts_with("/list/") || href.starts_with('#') || href.contains("://"), "{href}");
    }
}

#[test]
fn a_sitemap_in_several_files_is_an_index_of_them() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::read(&root.join(REAL)).unwrap().value;
    let catalogue = qingdan::load(&sources).value;
    let theme = Theme::load(None, catalogue.languages()).unwrap().value;
    let views = Views::new(&catalogue, Some("https://example.org/list/"));
    let renderer = Renderer::new(&theme, false).unwrap();
    let xml = renderer.plain("pages/sitemap-index.xml", LangId::SOURCE, &views.sitemap_index(2)).unwrap();
    insta::assert_snapshot!("sitemap-index", xml);
}

#[test]
fn another_list_needs_no_change_of_code() {
    let site = build(VALLEY, Some("https://example.org/"));
    // The workbook depends on the program's features.
    let paths: Vec<&String> =
        site.keys().filter(|path| !path.starts_with("assets/") && !path.ends_with(".xlsx")).collect();
    insta::assert_snapshot!("valley-paths", paths.iter().map(|p| p.as_str()).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!("valley-items", std::str::from_utf8(&site["data/items.json"]).unwrap());
    insta::assert_snapshot!("valley-csv", std::str::from_utf8(&site["data/items.csv"]).unwrap().replace("\r\n", "\n"));
    let main = |path: &str| words(&page(&site, path), "main").concat();
    insta::assert_snapshot!("valley-item", main("en/items/birth-certificate.html"));
    insta::assert_snapshot!("valley-home", main("en/index.html"));
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(&site[path]).into_owned();
        let han = text.chars().find(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        assert_eq!(han, None, "{path} has Chinese");
    }
}

#[test]
fn a_fallback_says_which_language_it_is_in() {
    let site = build(VALLEY, Some("https://example.org/"));
    let missing = page(&site, "ar/items/birth-certificate.html");
    assert_eq!(attribute(&missing, "html", "lang"), ["ar"]);
    assert_eq!(attribute(&missing, "html", "dir"), ["rtl"]);
    assert_eq!(attribute(&missing, "h1 [lang]", "lang"), ["en"]);
    assert_eq!(attribute(&missing, "h1 [lang]", "dir"), ["ltr"]);
    assert_eq!(
        attribute(&missing, "link[rel=canonical]", "href"),
        ["https://example.org/en/items/birth-certificate.html"]
    );
    assert!(attribute(&missing, "meta[name=robots]", "content").concat().contains("noindex"));
    let draft = page(&site, "ar/items/child-benefit.html");
    assert!(attribute(&draft, "h1 [lang]", "lang").is_empty());
    assert!(
        words(&draft, "main").concat().contains("Each household gets 120 crowns a month."),
        "the source beside a draft"
    );
    let reviewed = page(&site, "ar/items/job-board.html");
    assert!(attribute(&reviewed, "meta[name=robots]", "content").is_empty());
    assert_eq!(attribute(&reviewed, "link[rel=alternate][hreflang]", "hreflang"), ["en", "ar", "x-default"]);
    let sitemap = std::str::from_utf8(&site["sitemap.xml"]).unwrap();
    assert!(sitemap.contains("/ar/items/job-board.html") && !sitemap.contains("/ar/items/meals.html"));
}

#[test]
fn a_former_address_leads_on() {
    let site = build(VALLEY, None);
    let moved = page(&site, "en/items/birth-paper.html");
    let refresh = attribute(&moved, "meta[http-equiv=refresh]", "content");
    assert!(refresh.concat().contains("url=birth-certificate.html"), "{refresh:?}");
    assert!(attribute(&moved, "a[href]", "href").contains(&"birth-certificate.html".to_owned()));
}
