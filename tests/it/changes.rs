//! Adjustments of the list from changes.yaml to their page, the notes on items, the sitemap and the feeds.

use super::site::{REAL, VALLEY, attribute, build, page, words};
use std::collections::{BTreeMap, BTreeSet};

const BASE: &str = "https://example.org/valley/";
const ATOM: &str = "http://www.w3.org/2005/Atom";

type Files = BTreeMap<String, Vec<u8>>;

fn text<'f>(site: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

/// The texts of the children of an element with this name, in the namespace of Atom.
fn children<'x>(node: roxmltree::Node<'x, 'x>, name: &str) -> Vec<&'x str> {
    node.children().filter(|child| child.has_tag_name((ATOM, name))).filter_map(|child| child.text()).collect()
}

fn entries<'x>(feed: &'x roxmltree::Document<'x>) -> Vec<roxmltree::Node<'x, 'x>> {
    feed.root_element().children().filter(|child| child.has_tag_name((ATOM, "entry"))).collect()
}

/// Where a link of a page leads within the site.
fn target(from: &str, href: &str) -> String {
    let address = url_join(from, href.split('#').next().unwrap_or_default());
    address.strip_prefix(BASE).unwrap_or(&address).to_owned()
}

fn url_join(from: &str, href: &str) -> String {
    if href.contains("://") {
        return href.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_page_has_every_adjustment_the_newest_first() {
    let site = build(VALLEY, Some(BASE));
    let english = page(&site, "en/changes.html");
    assert_eq!(words(&english, ".section > h2"), ["2025", "2024", "2023"]);
    let ids = ["2025-child-benefit", "2024-child-benefit", "2024-meals", "2023-job-board", "2023-stove-grant"]
        .map(|id| format!("change-{id}"));
    assert_eq!(attribute(&english, "article[id]", "id"), ids, "those of one day as in the file");
    assert_eq!(attribute(&english, "article time", "datetime")[..2], ["2025-03-31", "2024-01-01"]);
    insta::assert_snapshot!("valley-changes", words(&english, "main").concat());
    let links = attribute(&english, "article a[href]", "href");
    assert!(links.contains(&"#change-2024-meals".to_owned()) && links.contains(&"items/child-benefit.html".to_owned()));
    assert!(!text(&site, "en/changes.html").contains("<first>"));
    for path in ["en/index.html", "en/about.html", "en/items/meals.html"] {
        let links = attribute(&page(&site, path), "a[href]", "href");
        assert!(links.iter().any(|href| target(path, href) == "en/changes.html"), "{path}");
    }
}

#[test]
fn an_untranslated_adjustment_says_which_language_it_is_in() {
    let site = build(VALLEY, Some(BASE));
    let arabic = page(&site, "ar/changes.html");
    let titles = |css: &str| words(&arabic, css);
    assert_eq!(titles("article h3 [lang=en]"), ["Meals on wheels", "The stove grant has ended"]);
    assert_eq!(titles("#change-2024-meals div[lang=en] h4"), ["For whom"]);
    assert!(titles("#change-2024-child-benefit details").concat().contains("Nobody has to apply again."));
    assert!(words(&arabic, ".notice-translation").concat().contains("draft"), "the lowest state is said of the page");
    assert_eq!(attribute(&arabic, "meta[name=robots]", "content"), ["noindex"]);
    assert!(attribute(&arabic, "link[hreflang]", "href").is_empty());
    assert_eq!(attribute(&arabic, "link[rel=canonical]", "href"), ["https://example.org/valley/ar/changes.html"]);
}

#[test]
fn an_item_names_its_adjustments() {
    let site = build(VALLEY, Some(BASE));
    let benefit = page(&site, "en/items/child-benefit.html");
    assert_eq!(
        attribute(&benefit, ".fact-changes a", "href"),
        ["../changes.html#change-2025-child-benefit", "../changes.html#change-2024-child-benefit"]
    );
    assert_eq!(words(&page(&site, "ar/items/meals.html"), ".fact-changes a [lang=en]"), ["Meals on wheels"]);
    assert!(words(&page(&site, "en/items/job-board.html"), ".fact-changes").concat().contains("Merged"));
}

#[test]
fn feeds_are_atom_with_stable_absolute_ids() {
    let site = build(VALLEY, Some(BASE));
    let mut all = BTreeSet::new();
    for (lang, translated) in [("en", 5), ("ar", 3)] {
        let xml = text(&site, &format!("{lang}/feed.xml"));
        let feed = roxmltree::Document::parse(xml).unwrap();
        let root = feed.root_element();
        assert!(root.has_tag_name((ATOM, "feed")));
        assert_eq!(root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some(lang));
        assert_eq!(children(root, "id"), [format!("{BASE}{lang}/feed.xml")]);
        assert_eq!(children(root, "updated"), ["2025-03-31T00:00:00Z"]);
        let entries = entries(&feed);
        assert_eq!(entries.len(), 5);
        let own =
            |entry: &&roxmltree::Node<'_, '_>| !entry.has_attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        assert_eq!(entries.iter().filter(own).count(), translated, "{lang}");
        for entry in &entries {
            let id = children(*entry, "id").concat();
            let (page_path, anchor) = id.strip_prefix(BASE).unwrap().split_once('#').unwrap();
            assert!(attribute(&page(&site, page_path), "article[id]", "id").contains(&anchor.to_owned()), "{id}");
            assert!(all.insert(id));
            let content = scraper::Html::parse_fragment(&children(*entry, "content").concat());
            for href in attribute(&content, "a[href]", "href") {
                let path = target("", &href);
                assert!(href.starts_with(BASE) && site.contains_key(&path) || href.contains("/council?"), "{href}");
            }
        }
    }
    insta::assert_snapshot!("valley-feed", text(&site, "ar/feed.xml"));
    assert!(
        all.contains("https://example.org/valley/ar/changes.html#change-2024-meals"),
        "no text goes into an id: {all:?}"
    );
}

#[test]
fn without_a_base_url_there_is_no_feed_and_nobody_names_one() {
    let site = build(VALLEY, None);
    assert!(site.contains_key("en/changes.html") && !site.keys().any(|path| path.ends_with("feed.xml")));
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        assert!(!text(&site, path).contains("feed.xml"), "{path}");
    }
}

#[test]
fn every_page_names_the_feed_of_its_language() {
    let site = build(VALLEY, Some(BASE));
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        let named = attribute(&page(&site, path), "link[type='application/atom+xml']", "href");
        let lang = path.split('/').next().filter(|folder| ["en", "ar"].contains(folder)).unwrap_or("en");
        let named: Vec<String> = named.iter().map(|href| target(path, href)).collect();
        let wanted = format!("{lang}/feed.xml");
        // 404.html is shown at any depth.
        let wanted = if path == "404.html" { format!("/valley/{wanted}") } else { wanted };
        assert_eq!(named.len(), 1, "{path}");
        assert!(named[0].trim_start_matches('/') == wanted.trim_start_matches('/'), "{path}: {named:?}");
    }
}

#[test]
fn the_sitemap_has_the_page_and_its_alternates_answer() {
    let site = build(VALLEY, Some(BASE));
    let sitemap = roxmltree::Document::parse(text(&site, "sitemap.xml")).unwrap();
    let urls = sitemap.root_element().children().filter(roxmltree::Node::is_element);
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for url in urls {
        let loc =
            url.children().find(|child| child.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
        let loc = loc.and_then(|loc| loc.text()).unwrap().to_owned();
        let hrefs = url.children().filter_map(|child| child.attribute("href")).map(str::to_owned);
        named.insert(loc, hrefs.collect());
    }
    assert!(named.contains_key("https://example.org/valley/en/changes.html"));
    assert!(
        !named.keys().any(|loc| loc.contains("/ar/changes.html") || loc.contains("feed.xml")),
        "a draft is not listed"
    );
    for (loc, hrefs) in &named {
        for href in hrefs {
            assert!(named.get(href).is_some_and(|back| back.contains(loc)), "{href} does not name {loc}");
        }
        let path = target("", loc);
        let path = if path.ends_with('/') || path.is_empty() { format!("{path}index.html") } else { path };
        let stated: BTreeSet<String> = attribute(&page(&site, &path), "link[hreflang]", "href").into_iter().collect();
        assert_eq!(&stated, hrefs, "{path} and the sitemap");
    }
}

#[test]
fn a_list_without_adjustments_has_nothing_of_them() {
    let site = build(REAL, Some("https://example.org/list/"));
    assert!(!site.keys().any(|path| path.ends_with("feed.xml") || path.ends_with("/changes.html")));
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        assert!(!text(&site, path).contains("changes.html") && !text(&site, path).contains("feed.xml"), "{path}");
    }
}
