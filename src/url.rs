//! Every path of the output, and the relative links between them.
//!
//! Lives here: which file each page, data file and asset is, and how one refers to another. Never here: what is in them.
//! All links are relative and name the file (`items/x.html`, never `items/x/`), so that one tree works on any host,
//! under any sub-path and from `file://`.

use crate::lang::Lang;

/// A page of one language, by its address within the language's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page<'a> {
    /// The language's home.
    Home,
    /// The full index of items.
    Items,
    /// An item, by slug.
    Item(&'a str),
    /// A domain, by id.
    Domain(&'a str),
    /// A department, by id.
    Department(&'a str),
    /// An audience, by id.
    Audience(&'a str),
    /// A life event, by id.
    LifeEvent(&'a str),
    /// A Markdown document of the policy, by name.
    Policy(&'a str),
    /// The tasks.
    Tasks,
    /// The division of tasks.
    Division,
    /// The indicators.
    Indicators,
    /// The adjustments of the list.
    Changes,
    /// The printable catalogue.
    Catalogue,
    /// A part of a printable catalogue that is too long for one page: an outermost domain, by id.
    Chapter(&'a str),
    /// The second or a further page of a list, by the id of what it lists; the first is 1. [`Listing::page`] makes it.
    Part(Listing, &'a str, usize),
    /// Search.
    Search,
    /// Editorial notes and coverage of translations.
    About,
    /// Open data.
    Data,
}

/// The kinds of list that go on, on further pages, where they are long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Listing {
    /// The items of a domain.
    Domain,
    /// The items of a department.
    Department,
    /// The items of an audience.
    Audience,
    /// The items of a life event.
    LifeEvent,
    /// The entries of an outermost domain in the printable catalogue.
    Chapter,
}

impl Listing {
    /// A page of a list, by the id of what it lists; the first is 1.
    pub fn page(self, id: &str, part: usize) -> Page<'_> {
        match self {
            _ if part > 1 => Page::Part(self, id, part),
            Self::Domain => Page::Domain(id),
            Self::Department => Page::Department(id),
            Self::Audience => Page::Audience(id),
            Self::LifeEvent => Page::LifeEvent(id),
            Self::Chapter => Page::Chapter(id),
        }
    }
}

impl Page<'_> {
    /// The path of its file within the language's folder.
    pub fn file(self) -> String {
        let mut file = String::new();
        self.write(&mut file);
        file
    }

    /// The path of its file in the output, with `/`: `zh/items/x.html`.
    pub fn path(self, lang: &Lang) -> String {
        let mut path = String::with_capacity(64);
        path.push_str(&lang.path);
        path.push('/');
        self.write(&mut path);
        path
    }

    fn write(self, out: &mut String) {
        let mut put = |parts: &[&str]| parts.iter().for_each(|part| out.push_str(part));
        match self {
            Self::Home => put(&["index.html"]),
            Self::Items => put(&["items.html"]),
            Self::Item(slug) => put(&["items/", slug, ".html"]),
            Self::Domain(id) => put(&["domains/", id, ".html"]),
            Self::Department(id) => put(&["departments/", id, ".html"]),
            Self::Audience(id) => put(&["audiences/", id, ".html"]),
            Self::LifeEvent(id) => put(&["life-events/", id, ".html"]),
            Self::Policy(name) => put(&["policy/", name, ".html"]),
            Self::Tasks => put(&["policy/tasks.html"]),
            Self::Division => put(&["policy/division.html"]),
            Self::Indicators => put(&["policy/indicators.html"]),
            Self::Changes => put(&["changes.html"]),
            Self::Catalogue => put(&["catalogue.html"]),
            Self::Chapter(id) => put(&["catalogue/", id, ".html"]),
            // No id has a dot, so that no other page can have this name.
            Self::Part(listing, id, part) => {
                let first = listing.page(id, 1).file();
                put(&[first.trim_end_matches(".html"), ".", &part.to_string(), ".html"]);
            }
            Self::Search => put(&["search.html"]),
            Self::About => put(&["about.html"]),
            Self::Data => put(&["data.html"]),
        }
    }
}

/// Names that documents of `policy/` cannot have, since the tool writes pages of these names there.
pub const RESERVED_POLICY_NAMES: [&str; 3] = ["tasks", "division", "indicators"];

/// Folders of the output that a language's `path` cannot be.
pub const RESERVED_LANG_PATHS: [&str; 4] = ["assets", "data", "search", SERVER_FOLDER];

/// The folder of configurations for servers, which no visitor reads.
pub const SERVER_FOLDER: &str = "_server";

/// The choice of language.
pub const ROOT: &str = "index.html";
/// The page for addresses that do not exist. Alone among pages it is shown at any depth, so its links are absolute.
pub const NOT_FOUND: &str = "404.html";
/// The sitemap; needs a base URL.
pub const SITEMAP: &str = "sitemap.xml";
/// The service worker of a site that works offline; at the root, since a worker looks after what is below it.
pub const WORKER: &str = "sw.js";
/// The web manifest of such a site.
pub const MANIFEST: &str = "manifest.webmanifest";
/// For robots.
pub const ROBOTS: &str = "robots.txt";
/// The folder of open data.
pub const DATA: &str = "data/";
/// The linked data of the whole catalogue, within [`DATA`].
pub const DATA_LINKED: &str = "catalogue.jsonld";
/// The description of the data files, within [`DATA`].
pub const DATA_DCAT: &str = "dcat.jsonld";

/// A file of a sitemap that is too long for one; the first is 1.
pub fn sitemap_part(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// Whether a path is that of such a file.
pub fn is_sitemap_part(path: &str) -> bool {
    let number = path.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The anchor of a task.
pub fn task_anchor(number: u32) -> String {
    format!("task-{number}")
}

/// The anchor of a row of the division.
pub fn row_anchor(number: u32) -> String {
    format!("row-{number}")
}

/// The anchor of an adjustment; with a prefix, so that it is no other id of the page and begins with a letter.
pub fn change_anchor(id: &str) -> String {
    format!("change-{id}")
}

/// The style sheet of a language's printable catalogue, beside the page: it names the chapters in running heads.
pub fn catalogue_style(lang: &Lang) -> String {
    format!("{}/catalogue.css", lang.path)
}

/// The name of a feed, in the folder of its language.
pub const FEED: &str = "feed.xml";

/// A language's Atom feed of the adjustments; needs a base URL.
pub fn feed(lang: &Lang) -> String {
    format!("{}/{FEED}", lang.path)
}

/// The script that search in a language begins with.
pub fn search_index(lang: &Lang) -> String {
    format!("search/{}/index.js", lang.path)
}

/// The link from the file `from` to the file `to`, both paths of the output. `to` may end in `#anchor`.
pub fn relative(from: &str, to: &str) -> String {
    let (to, anchor) = to.find('#').map_or((to, ""), |at| to.split_at(at));
    if from == to && !anchor.is_empty() {
        return anchor.to_owned();
    }
    // What both have in common, up to and with a slash.
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = to.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
    let up = from[shared..].matches('/').count();
    let mut link = String::with_capacity(3 * up + to.len() - shared + anchor.len());
    (0..up).for_each(|_| link.push_str("../"));
    link.push_str(&to[shared..]);
    link.push_str(anchor);
    link
}

/// The absolute address of a path of the output. `index.html` is left out, as hosts serve a folder by it.
pub fn absolute(base: &str, path: &str) -> String {
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    format!("{}/{path}", base.trim_end_matches('/'))
}

/// A base URL in its normal form, with a slash at the end; none unless it is `http(s)://host/path` without query,
/// fragment, user name, white space or anything that would need escaping in a page.
pub fn normal_base(base: &str) -> Option<String> {
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let host_ok = host.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'[')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let path_ok = rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_~:[]%+,;=@".contains(&b))
        && rest.split('/').all(|part| part != "..");
    (host_ok && path_ok).then(|| format!("{}/", base.trim_end_matches('/')))
}

/// The path part of a base URL, with a slash at both ends: `/` for `https://example.org`.
pub fn base_path(base: &str) -> String {
    let after_scheme = base.find("://").map_or(base, |at| &base[at + 3..]);
    let path = after_scheme.find('/').map_or("", |at| &after_scheme[at..]);
    format!("{}/", path.trim_end_matches('/'))
}

/// A number, 2 or more, of which a name is free though the one before is taken: the first, where none was freed between.
/// Found in few questions: thousands of things may be called the same.
pub fn free_number(is_taken: impl Fn(u64) -> bool) -> u64 {
    let (mut taken, mut free) = (1, 2);
    while is_taken(free) && free < 1 << 40 {
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_taken(middle) { taken = middle } else { free = middle }
    }
    free
}

/// Whether the name of a file changes with its bytes: `assets/style-0123456789ab.css`.
pub fn is_hashed(path: &str) -> bool {
    let hash = path.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).map_or("", |(_, hash)| hash);
    let is_hash = hash.len() == 12 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_hash && (path.starts_with("assets/") || path.starts_with("search/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_number_is_the_first() {
        for most in 1..70 {
            assert_eq!(free_number(|n| n <= most), most + 1);
        }
    }

    #[test]
    fn names_with_a_hash_are_told_from_words() {
        assert!(is_hashed("assets/style-0123456789ab.css") && is_hashed("search/zh/terms-0-0123456789ab.js"));
        for other in ["search/zh/index.js", "zh/items/a-0123456789ab.html", "assets/a-0123456789AB.css", "assets/x"] {
            assert!(!is_hashed(other), "{other}");
        }
    }

    #[test]
    fn further_pages_of_a_list_lie_beside_the_first() {
        let file = |part| Listing::Department.page("finance", part).file();
        assert_eq!((file(1), file(2)), ("departments/finance.html".into(), "departments/finance.2.html".into()));
        assert_eq!(Listing::Chapter.page("health", 12).file(), "catalogue/health.12.html");
    }

    #[test]
    fn parts_of_a_sitemap_are_told_from_pages() {
        assert!(is_sitemap_part(&sitemap_part(12)));
        assert!(
            ["sitemap.xml", "sitemap-.xml", "sitemap-a.xml", "zh/sitemap-1.xml"]
                .iter()
                .all(|path| !is_sitemap_part(path))
        );
    }

    #[test]
    fn links_are_relative_and_explicit() {
        assert_eq!(relative("zh/items/a.html", "zh/items/b.html"), "b.html");
        assert_eq!(relative("zh/items/a.html", "zh/index.html"), "../index.html");
        assert_eq!(relative("zh/items/a.html", "mn/items/a.html"), "../../mn/items/a.html");
        assert_eq!(relative("index.html", "zh/index.html"), "zh/index.html");
        assert_eq!(relative("zh/index.html", "zh/policy/notice.html#task-1"), "policy/notice.html#task-1");
        assert_eq!(relative("zh/policy/notice.html", "zh/policy/notice.html#task-1"), "#task-1");
        assert_eq!(relative("zh/policy/notice.html", "zh/policy/notice.html"), "notice.html");
    }

    #[test]
    fn absolute_addresses_join_without_doubled_slashes() {
        assert_eq!(absolute("https://example.org/list/", "zh/index.html"), "https://example.org/list/zh/");
        assert_eq!(absolute("https://example.org", "index.html"), "https://example.org/");
        assert_eq!(absolute("https://example.org", "zh/items/a.html"), "https://example.org/zh/items/a.html");
        assert_eq!(base_path("https://example.org/a/b"), "/a/b/");
        assert_eq!(base_path("https://example.org"), "/");
    }

    #[test]
    fn a_base_url_is_http_with_a_host_and_nothing_else() {
        assert_eq!(normal_base("https://example.org/a").as_deref(), Some("https://example.org/a/"));
        assert_eq!(normal_base("http://localhost:8080").as_deref(), Some("http://localhost:8080/"));
        for bad in [
            "example.org",
            "ftp://a",
            "https://",
            "https:///a",
            "https://a/?q",
            "https://a/#x",
            "https://u@a/",
            "https://a b",
            "https://a/\"",
            "https://a/b/..",
            "https://a/../b",
        ] {
            assert_eq!(normal_base(bad), None, "{bad}");
        }
    }
}
