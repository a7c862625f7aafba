//! Long lists in pages: the catalogues here with limits so small that they are long. Nothing is lost, nothing stands twice,
//! no page holds more than its limit, and every link leads somewhere.

use crate::site::{REAL, VALLEY, attribute, build, build_paged, build_sources, json, page, words};
use qingdan::source::Sources;
use qingdan::view::Paging;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

type Files = BTreeMap<String, Vec<u8>>;

const SMALL: Paging = Paging { list: 10, whole: 50, entries: 7 };
const BASE: &str = "https://example.org/list/";

/// The pages of a list, in order: `zh/domains/x.html`, `zh/domains/x.2.html` …
fn pages_of(site: &Files, first: &str) -> Vec<String> {
    let stem = first.trim_end_matches(".html");
    let further = (2..).map(|part| format!("{stem}.{part}.html")).take_while(|path| site.contains_key(path));
    std::iter::once(first.to_owned()).chain(further).collect()
}

/// The slugs of the items that a page lists.
fn rows(site: &Files, path: &str) -> Vec<String> {
    let slug = |href: String| href.rsplit('/').next().unwrap_or_default().trim_end_matches(".html").to_owned();
    attribute(&page(site, path), ".row-name > a", "href").into_iter().map(slug).collect()
}

/// The first pages of the lists in a folder.
fn firsts(site: &Files, folder: &str) -> Vec<String> {
    let inside = site.keys().filter(|path| path.starts_with(folder));
    inside.filter(|path| path.matches('.').count() == 1).cloned().collect()
}

/// The path that a link on `from` leads to, and its anchor.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." { parts.pop().map_or((), |_| ()) } else { parts.push(part) }
    }
    (parts.join("/"), anchor)
}

/// Every link of every page leads to a file, and to an anchor that is there; every title stands once in its language.
fn links_lead_somewhere(site: &Files) {
    let pages: Vec<&String> = site.keys().filter(|path| path.ends_with(".html") && *path != "404.html").collect();
    let parsed: BTreeMap<&str, scraper::Html> = pages.iter().map(|path| (path.as_str(), page(site, path))).collect();
    let ids: HashMap<&str, HashSet<String>> =
        parsed.iter().map(|(path, page)| (*path, attribute(page, "[id]", "id").into_iter().collect())).collect();
    let mut titles = HashSet::new();
    for (path, page) in &parsed {
        for href in attribute(page, "a[href], link[rel=stylesheet]", "href") {
            if href.contains("://") || href.starts_with("tel:") || href.starts_with("mailto:") {
                continue;
            }
            let (to, anchor) = target(path, &href);
            assert!(site.contains_key(&to), "{path}: {href} leads to {to}");
            let known = anchor.as_ref().is_none_or(|anchor| ids[to.as_str()].contains(anchor));
            assert!(known, "{path}: {href}: no such anchor");
        }
        let title = words(page, "title").concat();
        let moved = !attribute(page, "meta[http-equiv=refresh]", "content").is_empty();
        let language = path.split('/').next().unwrap_or_default();
        assert!(moved || titles.insert((language, title.clone())), "{path}: the title {title:?} stands twice");
    }
}

#[test]
fn every_link_of_a_paged_site_leads_somewhere() {
    links_lead_somewhere(&build_paged(REAL, Some(BASE), SMALL));
    links_lead_somewhere(&build_paged(VALLEY, None, Paging { list: 1, whole: 0, entries: 1 }));
}

#[test]
fn a_site_can_go_without_the_printable_catalogue_and_open_data() {
    let read = |content: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(content);
        Sources::read(&folder).map(|read| read.value).unwrap_or_else(|none| panic!("{none:?}"))
    };
    let without = |content: &str, parts: &str| {
        let read = read(content);
        let files = read.files.iter().map(|file| {
            let more = match file.path.as_str() {
                "site.yaml" => format!("\nleave_out: [{parts}]\n"),
                "policy/interpretation.md" => "\n\n[全表](../catalogue.yaml)\n".to_owned(),
                _ => String::new(),
            };
            (file.path.clone(), format!("{}{more}", file.text))
        });
        build_sources(&Sources::from_memory(files), Some(BASE), SMALL)
    };
    let of = |path: &&String| {
        let is_catalogue = path.contains("/catalogue/") || path.contains("/catalogue.");
        (is_catalogue && !path.starts_with("data/"), path.starts_with("data/") || path.ends_with("/data.html"))
    };
    let all = without(REAL, "");
    assert!(all.keys().any(|path| of(&path).0) && all.keys().any(|path| of(&path).1));
    for (parts, gone) in [("catalogue", [true, false]), ("data", [false, true]), ("catalogue, data", [true, true])] {
        let site = without(REAL, parts);
        links_lead_somewhere(&site);
        let missing: Vec<&String> = all.keys().filter(|path| !site.contains_key(*path)).collect();
        let expected = |path: &&String| (of(path).0 && gone[0]) || (of(path).1 && gone[1]);
        assert_eq!(missing, all.keys().filter(expected).collect::<Vec<_>>(), "{parts}");
        let sitemap = String::from_utf8_lossy(&site["sitemap.xml"]).into_owned();
        assert!(missing.iter().all(|path| !sitemap.contains(&format!("{BASE}{path}<"))), "{parts}");
    }
    // Without a policy nothing is left to be listed there.
    let more = |parts: &str| words(&page(&without(VALLEY, parts), "en/index.html"), "#policy").len();
    assert_eq!([more("data"), more("catalogue, data")], [1, 0]);
}

#[test]
fn every_item_stands_on_one_page_of_its_domain_and_no_page_is_too_long() {
    let (site, whole) = (build_paged(REAL, None, SMALL), build(REAL, None));
    let mut several = 0;
    for folder in ["zh/domains/", "zh/departments/", "zh/audiences/", "mn/life-events/"] {
        assert!(!firsts(&site, folder).is_empty());
        for first in firsts(&site, folder) {
            let pages = pages_of(&site, &first);
            several += usize::from(pages.len() > 1);
            let listed: Vec<Vec<String>> = pages.iter().map(|path| rows(&site, path)).collect();
            assert!(listed.iter().all(|rows| rows.len() <= SMALL.list), "{first}");
            assert!(listed[..listed.len() - 1].iter().all(|rows| rows.len() == SMALL.list), "{first}");
            assert_eq!(listed.concat(), rows(&whole, &first), "{first}: in the order of the whole list");
        }
    }
    assert!(several > 10, "{several}");
    let most = site.keys().filter(|path| path.ends_with(".html")).map(|path| rows(&site, path).len()).max();
    assert_eq!(most, Some(SMALL.list));
}

#[test]
fn a_further_page_says_which_it_is_and_where_the_others_are() {
    let site = build_paged(REAL, Some(BASE), SMALL);
    let pages = pages_of(&site, "zh/departments/finance.html");
    assert!(pages.len() > 2, "{pages:?}");
    for (at, path) in pages.iter().enumerate() {
        let page = page(&site, path);
        let address = |path: &str| format!("{BASE}{path}");
        assert_eq!(attribute(&page, "link[rel=canonical]", "href"), [address(path)]);
        let other = path.replacen("zh/", "mn/", 1);
        assert!(site.contains_key(&other), "{other}");
        assert!(attribute(&page, ".langs a", "href").contains(&format!("../../{other}")));
        let file = |at: usize| pages[at].rsplit('/').next().unwrap_or_default().to_owned();
        let before: Vec<String> = at.checked_sub(1).map(file).into_iter().collect();
        assert_eq!(attribute(&page, ".part-links [rel=prev]", "href"), before);
        assert_eq!(
            attribute(&page, ".part-links [rel=next]", "href").first(),
            pages.get(at + 1).map(|_| file(at + 1)).as_ref()
        );
        assert_eq!(words(&page, ".part-links [aria-current=page]"), [(at + 1).to_string()]);
        assert!(words(&page, ".page-head .parts").concat().contains(&format!("第{}页，共{}页", at + 1, pages.len())));
        assert_eq!(words(&page, "title").concat().contains(&format!("（第{}页）", at + 1)), at > 0);
        // What is said once stands on the first page.
        assert_eq!(words(&page, ".tasks").is_empty(), at > 0);
    }
    let sitemap = std::str::from_utf8(&site["sitemap.xml"]).unwrap();
    for path in pages.iter().map(String::as_str).chain(["zh/catalogue/health.html", "zh/catalogue/health.2.html"]) {
        assert!(sitemap.contains(&format!("<loc>{BASE}{path}</loc>")), "{path}");
    }
}

#[test]
fn inner_domains_go_on_across_pages() {
    let site = build_paged(VALLEY, None, Paging { list: 2, whole: 0, entries: 2 });
    let pages = pages_of(&site, "en/domains/life.html");
    let heads = |path: &String| words(&page(&site, path), ".section > h2 > a");
    assert_eq!(pages.iter().map(heads).collect::<Vec<_>>(), [vec!["Births"], vec!["Growing old"]]);
    // The count of a section is that of the whole section.
    let site = build_paged(VALLEY, None, Paging { list: 1, whole: 0, entries: 1 });
    let pages = pages_of(&site, "en/domains/life.html");
    let counts = |path: &String| words(&page(&site, path), ".section > h2 > small");
    assert_eq!(pages.iter().map(counts).collect::<Vec<_>>(), [["2 services"], ["2 services"], ["1 service"]]);
    assert!(site.contains_key("en/catalogue/life.3.html") && !site.contains_key("en/catalogue/births.html"));
    let contents = attribute(&page(&site, "en/catalogue.html"), ".book-toc a", "href");
    assert!(contents.contains(&"catalogue/life.3.html#domain-ageing".to_owned()), "{contents:?}");
}

#[test]
fn a_long_catalogue_comes_in_parts_that_hold_every_entry_once() {
    let site = build_paged(REAL, Some(BASE), SMALL);
    let front = page(&site, "zh/catalogue.html");
    assert_eq!(words(&front, ".entry, .book-index"), [""; 0]);
    assert!(!words(&front, ".imprint").is_empty() && !words(&front, ".book-table").is_empty());
    let whole = attribute(&page(&build(REAL, Some(BASE)), "zh/catalogue.html"), ".entry", "id");
    let mut entries = Vec::new();
    for first in attribute(&front, ".book-toc > li > a", "href").iter().filter(|href| href.starts_with("catalogue/")) {
        for path in pages_of(&site, &format!("zh/{first}")) {
            let part = page(&site, &path);
            let ids = attribute(&part, ".entry", "id");
            assert!((1..=SMALL.entries).contains(&ids.len()), "{path}");
            assert_eq!(words(&part, ".entry-qr").len(), ids.len(), "{path}");
            assert!(words(&part, ".on-paper").concat().contains("失效"), "{path}: paper must say it too");
            entries.extend(ids);
        }
    }
    assert_eq!(entries, whole);
    let pages: BTreeSet<&str> =
        site.keys().filter(|path| path.starts_with("zh/catalogue/")).map(String::as_str).collect();
    assert!(pages.len() > 8 && pages.contains("zh/catalogue/health.2.html"), "{pages:?}");
}

#[test]
fn what_would_list_everything_is_grouped() {
    let site = build_paged(REAL, None, SMALL);
    let count = json(&site, "data/items.json").as_array().map_or(0, Vec::len);
    let items = page(&site, "zh/items.html");
    assert_eq!(attribute(&items, ".tree a", "href").len(), 8);
    assert_eq!(attribute(&items, "main form.search", "action"), ["search.html"]);
    let annex = page(&site, "zh/policy/notice.html");
    assert_eq!((words(&annex, ".annex h3").len(), words(&annex, ".annex li").len()), (8, 0));
    let item = page(&site, "zh/items/boarding-allowance.html");
    assert_eq!(attribute(&item, ".fact-source a", "href"), ["../policy/notice.html#domain-education"]);
    // No page leads to all items but where an editor named them: the tasks do, and the notes.
    let to_items = |path: &String| {
        let hrefs = attribute(&page(&site, path), "a[href]", "href");
        hrefs
            .iter()
            .map(|href| target(path, href).0)
            .filter(|to| to.starts_with("zh/items/"))
            .collect::<BTreeSet<_>>()
            .len()
    };
    let named = ["zh/policy/tasks.html", "zh/about.html"];
    let pages = site.keys().filter(|path| path.starts_with("zh/") && path.ends_with(".html"));
    let most = pages.filter(|path| !named.contains(&path.as_str())).map(to_items).max();
    assert!(most < Some(count / 2), "{most:?} of {count}");
}
