//! Where links lead: other hosts, by an allow-list of schemes, or files of the content, by name.
//!
//! Lives here: what an address is, and which page a content file and anchor stand for. Never here: relative links between
//! pages (`url`), and no decision whether a broken one is an error (`check`).

use super::headings::Heading;
use super::parse::Document;
use crate::lang::LangId;
use crate::model::{Catalogue, Group, OptionalPart, PolicyText};
use crate::url::{Page, change_anchor};
use std::collections::{BTreeMap, BTreeSet};

/// The schemes that links to elsewhere may have.
pub const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What a link's destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// Elsewhere, with an allowed scheme.
    External(&'a str),
    /// A file of the content, an anchor in it, or both: `notice.md#tasks`, `#tasks`.
    Content(&'a str),
    /// Anything else: other schemes, absolute paths, control characters.
    Refused,
}

/// Tells what a destination is. Browsers skip white space and control characters when they look for the scheme, so an
/// address with any of them is refused before it is looked at.
pub fn classify(destination: &str) -> Address<'_> {
    let hidden =
        |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '\u{FEFF}' | '\u{200B}'..='\u{200F}');
    if destination.is_empty() || destination.contains(hidden) || destination.starts_with('/') {
        return Address::Refused;
    }
    let path_end = destination.find(['/', '?', '#']).unwrap_or(destination.len());
    let Some(colon) = destination[..path_end].find(':') else { return Address::Content(destination) };
    let (scheme, rest) = (destination[..colon].to_ascii_lowercase(), &destination[colon + 1..]);
    let complete = match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        _ => !rest.is_empty(),
    };
    if complete && SCHEMES.contains(&scheme.as_str()) { Address::External(destination) } else { Address::Refused }
}

/// The page that a link to the content leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target<'c> {
    /// The page.
    pub page: Page<'c>,
    /// The anchor on it.
    pub anchor: Option<String>,
}

/// Why a link to the content leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// No such file, or a file that has no page.
    File,
    /// No such heading, task, area, row, indicator or entry.
    Anchor,
}

/// Every file of the content that has a page, and the anchors of those pages. Made once, asked for every link.
pub struct Targets<'c> {
    pages: BTreeMap<String, Place<'c>>,
}

/// What a content file stands for.
#[derive(Clone)]
enum Place<'c> {
    /// A page whose anchors are not addressed.
    Page(Page<'c>),
    /// A Markdown document, and the ids of its headings by language.
    Text(&'c PolicyText, Vec<BTreeSet<String>>),
    /// A page of entries, which are anchors on it.
    Entries(Page<'c>, BTreeSet<String>),
    /// A list whose entries have pages of their own.
    List(BTreeMap<&'c str, Page<'c>>),
}

impl<'c> Targets<'c> {
    /// Collects the files of a catalogue.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let mut pages = BTreeMap::new();
        for item in &catalogue.items {
            pages.insert(item.file.path.clone(), Place::Page(Page::Item(&item.slug)));
        }
        for text in &catalogue.policy.texts {
            pages.insert(format!("policy/{}.md", text.name), Place::Text(text, anchors(catalogue, text)));
        }
        pages.extend(lists(catalogue));
        pages.extend(entries(catalogue));
        Self { pages }
    }

    /// The page and anchor that `destination` leads to from the content file `here`, on pages in `lang`.
    ///
    /// Paths are relative to the folder of `here`, or to the content folder. An anchor alone stands in `here` itself;
    /// `own` has its headings where it is not a document of the policy.
    pub fn resolve(
        &self,
        here: &str,
        own: &[Heading],
        lang: LangId,
        destination: &str,
    ) -> Result<Target<'c>, Unresolved> {
        let (path, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor).filter(|a| !a.is_empty())),
            None => (destination, None),
        };
        let folder = here.rfind('/').map_or("", |at| &here[..at]);
        let place = if path.is_empty() {
            self.pages.get(here)
        } else {
            [join(folder, path), join("", path)].into_iter().flatten().find_map(|path| self.pages.get(&path))
        };
        let place = place.ok_or(Unresolved::File)?;
        let exists = |known: bool| if known { Ok(anchor.map(str::to_owned)) } else { Err(Unresolved::Anchor) };
        let (page, anchor) = match (place, anchor) {
            (Place::List(entries), Some(entry)) => (*entries.get(entry).ok_or(Unresolved::Anchor)?, None),
            (Place::List(_), None) => return Err(Unresolved::File),
            (Place::Page(page) | Place::Entries(page, _), None) => (*page, None),
            (Place::Page(page), Some(anchor)) => {
                (*page, exists(path.is_empty() && own.iter().any(|heading| heading.id == anchor))?)
            }
            (Place::Entries(page, entries), Some(anchor)) => (*page, exists(entries.contains(anchor))?),
            (Place::Text(text, _), None) => (Page::Policy(&text.name), None),
            (Place::Text(text, anchors), Some(anchor)) => {
                (Page::Policy(&text.name), exists(anchors.get(lang.0).is_some_and(|ids| ids.contains(anchor)))?)
            }
        };
        Ok(Target { page, anchor })
    }

    /// The paths of files that have pages, for suggestions.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }
}

/// The ids of a document's headings, by language; where a translation is missing, its page shows the source.
fn anchors(catalogue: &Catalogue, text: &PolicyText) -> Vec<BTreeSet<String>> {
    let ids = |lang| Document::parse(&text.body.resolve(lang).value.value).headings.into_iter().map(|h| h.id).collect();
    catalogue.lang_ids().map(|(lang, _)| ids(lang)).collect()
}

/// Makes the page of an entry from its id.
type PageOf<'c> = fn(&'c str) -> Page<'c>;

/// The lists whose entries are pages: `departments.yaml#finance`.
fn lists<'c>(catalogue: &'c Catalogue) -> Vec<(String, Place<'c>)> {
    let domains = catalogue.domains.iter().map(|d| (d.id.value.as_str(), Page::Domain(&d.id.value))).collect();
    let mut lists = vec![("domains.yaml".to_owned(), Place::List(domains))];
    let groups: [(&str, &[Group], PageOf<'c>); 3] = [
        ("departments.yaml", &catalogue.departments, Page::Department),
        ("audiences.yaml", &catalogue.audiences, Page::Audience),
        ("life-events.yaml", &catalogue.life_events, Page::LifeEvent),
    ];
    for (path, groups, page) in groups {
        let entries = groups.iter().map(|g| (g.id.value.as_str(), page(&g.id.value))).collect();
        lists.push((path.to_owned(), Place::List(entries)));
    }
    lists
}

/// The pages made of one file, with the ids of their entries.
fn entries(catalogue: &Catalogue) -> Vec<(String, Place<'_>)> {
    let policy = &catalogue.policy;
    let whole = if catalogue.site.has(OptionalPart::Catalogue) { Page::Catalogue } else { Page::Items };
    let mut entries = vec![("catalogue.yaml".to_owned(), Place::Page(whole))];
    if !catalogue.changes.is_empty() {
        let ids = catalogue.changes.iter().map(|change| change_anchor(&change.id.value)).collect();
        entries.push(("changes.yaml".to_owned(), Place::Entries(Page::Changes, ids)));
    }
    if !policy.areas.is_empty() {
        let mut ids: BTreeSet<String> = policy.areas.iter().map(|area| area.id.value.to_string()).collect();
        ids.extend(policy.tasks.iter().map(|task| format!("task-{}", task.number.value)));
        entries.push(("policy/tasks.yaml".to_owned(), Place::Entries(Page::Tasks, ids)));
    }
    if !policy.division.is_empty() {
        let ids = policy.division.iter().map(|row| format!("row-{}", row.number.value)).collect();
        entries.push(("policy/division.yaml".to_owned(), Place::Entries(Page::Division, ids)));
    }
    if !policy.indicators.is_empty() {
        let ids = policy.indicators.iter().map(|indicator| indicator.id.value.to_string()).collect();
        entries.push(("policy/indicators.yaml".to_owned(), Place::Entries(Page::Indicators, ids)));
    }
    entries
}

/// Joins a folder and a relative path; none where it climbs out of the content.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        for external in ["https://example.org/a?b#c", "HTTP://example.org", "mailto:a@b.cn", "tel:+86-470-12345"] {
            assert_eq!(classify(external), Address::External(external));
        }
        for content in ["notice.md#tasks", "#tasks", "items/a/b.yaml", "a/b:c", "../x.md", "x?y:z"] {
            assert_eq!(classify(content), Address::Content(content));
        }
        let refused = [
            "",
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            "java\tscript:alert(1)",
            " javascript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/root",
            "\\\\evil",
            "https:evil",
            "https:///x",
            "http:",
            "mailto:",
            ":x",
            "file:///etc/passwd",
        ];
        for refused in refused {
            assert_eq!(classify(refused), Address::Refused, "{refused:?}");
        }
    }

    #[test]
    fn paths_join_and_stay_inside() {
        assert_eq!(join("policy", "notice.md").as_deref(), Some("policy/notice.md"));
        assert_eq!(join("policy", "../items/a/./b.yaml").as_deref(), Some("items/a/b.yaml"));
        assert_eq!(join("", "../x"), None);
    }
}
