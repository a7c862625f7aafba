//! What all pages of one language and folder depth share: it is rendered once, not per page.

use super::{Here, Phrase, Views};
use crate::diag::{Spanned, Written};
use crate::model::{OptionalPart, TextKind, Validity};
use crate::url::Page;
use serde::Serialize;

/// The view of masthead, notices and footer.
#[derive(Debug, Serialize)]
pub struct SharedView {
    /// The site's title.
    pub title: Phrase,
    /// A shorter one.
    pub short_title: Phrase,
    /// The language's tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// `horizontal` or `vertical`.
    pub writing: &'static str,
    /// The home page.
    pub home: String,
    /// Where the search form leads.
    pub search: String,
    /// The page of search, for where there is no room for the form.
    pub search_page: String,
    /// The script that search begins with; none where the site has it switched off.
    pub search_index: Option<String>,
    /// Whether the browser remembers the last searches.
    pub search_recent: bool,
    /// The way to the root of a site that works offline, for its service worker; none of others.
    pub offline: Option<String>,
    /// The Atom feed of the language; none without a base URL, and where nothing was adjusted.
    pub feed: Option<String>,
    /// The editorial page.
    pub about: String,
    /// The main navigation, by the strings' keys.
    pub nav: Vec<NavLink>,
    /// The footer's links.
    pub footer_nav: Vec<NavLink>,
    /// What is to be said about the document's validity; none where it is in force or unknown.
    pub validity: Option<&'static str>,
    /// Whether no sponsor is named: every page says so.
    pub is_unofficial: bool,
    /// The site's own words for that.
    pub unofficial: Option<Phrase>,
    /// The date of this edition.
    pub updated: Option<String>,
    /// The labels of government pages.
    pub government: GovernmentView,
    /// How many languages there are.
    pub languages: usize,
    /// Whether this is the page where the language is chosen.
    pub is_root: bool,
    /// Whether the page speaks every language: the choice of language, and the page for addresses that do not exist.
    pub speaks_all: bool,
}

/// An entry of the navigation: the text is a string of the theme.
#[derive(Debug, Serialize)]
pub struct NavLink {
    /// The string's key.
    pub key: &'static str,
    /// Where to.
    pub href: String,
}

/// Labels of government pages; each none where nothing is known.
#[derive(Debug, Serialize)]
pub struct GovernmentView {
    /// Page meta in the order of the convention: name and content.
    pub meta: Vec<(&'static str, String)>,
    /// 主办单位.
    pub sponsor: Option<Phrase>,
    /// 承办单位.
    pub operator: Option<Phrase>,
    /// 地址.
    pub address: Option<Phrase>,
    /// Links that show no value: the string's key, and where to.
    pub links: Vec<(&'static str, String)>,
    /// Labels with plain values: the string's key, the value, a link.
    pub plain: Vec<(&'static str, String, Option<String>)>,
}

impl Views<'_> {
    /// The shared parts of the pages at `here`'s depth.
    pub fn shared(&self, here: Here<'_>) -> SharedView {
        let site = &self.catalogue.site;
        let lang = self.lang(here.lang);
        let title = self.phrase(here, &site.title);
        SharedView {
            short_title: self.optional_phrase(here, site.short_title.as_ref()).unwrap_or_else(|| title.clone()),
            title,
            lang: lang.tag.clone(),
            dir: lang.direction.as_str(),
            writing: lang.writing.as_str(),
            home: self.href(here, Page::Home),
            search: self.href(here, Page::Items),
            search_page: self.href(here, Page::Search),
            search_index: (site.search.enabled)
                .then(|| crate::url::relative(here.path, &crate::url::search_index(lang))),
            search_recent: site.search.recent,
            offline: site.offline.then(|| crate::url::relative(here.path, crate::url::WORKER)),
            feed: self.feed_href(here),
            about: self.href(here, Page::About),
            nav: self.nav(here),
            footer_nav: self.footer_nav(here),
            validity: self.not_in_force(),
            is_unofficial: site.government.sponsor.is_none(),
            unofficial: self.optional_phrase(here, site.unofficial.as_ref()),
            updated: site.updated.as_ref().map(|date| date.value.to_string()),
            government: self.government(here),
            languages: site.languages.len(),
            is_root: here.path == crate::url::ROOT,
            speaks_all: [crate::url::ROOT, crate::url::NOT_FOUND].contains(&here.path),
        }
    }

    fn nav(&self, here: Here<'_>) -> Vec<NavLink> {
        let mut nav = vec![
            NavLink { key: "nav_items", href: self.href(here, Page::Items) },
            NavLink { key: "nav_domains", href: self.href_at(here, Page::Home, "domains") },
        ];
        if !self.catalogue.audiences.is_empty() {
            nav.push(NavLink { key: "nav_audiences", href: self.href_at(here, Page::Home, "audiences") });
        }
        if !self.catalogue.policy.texts.is_empty() {
            nav.push(NavLink { key: "nav_policy", href: self.href_at(here, Page::Home, "policy") });
        }
        if !self.catalogue.policy.indicators.is_empty() {
            nav.push(NavLink { key: "nav_indicators", href: self.href(here, Page::Indicators) });
        }
        nav.push(NavLink { key: "nav_about", href: self.href(here, Page::About) });
        nav
    }

    fn footer_nav(&self, here: Here<'_>) -> Vec<NavLink> {
        let policy = &self.catalogue.policy;
        let text = |kind: TextKind| {
            policy.texts.iter().find(|text| text.kind == kind).map(|text| Page::Policy(text.name.as_str()))
        };
        let some = |page: Page<'static>, exists: bool| exists.then_some(page);
        let links = [
            ("items_title", Some(Page::Items)),
            ("catalogue_title", some(Page::Catalogue, self.catalogue.site.has(OptionalPart::Catalogue))),
            ("notice_title", text(TextKind::Notice)),
            ("interpretation_title", text(TextKind::Interpretation)),
            ("tasks_title", some(Page::Tasks, !policy.areas.is_empty())),
            ("division_title", some(Page::Division, !policy.division.is_empty())),
            ("indicators_title", some(Page::Indicators, !policy.indicators.is_empty())),
            ("changes_title", some(Page::Changes, !self.catalogue.changes.is_empty())),
            ("data_title", some(Page::Data, self.catalogue.site.has(OptionalPart::Data))),
            ("about_title", Some(Page::About)),
        ];
        links.into_iter().filter_map(|(key, page)| Some(NavLink { key, href: self.href(here, page?) })).collect()
    }

    /// The word for the document's validity, where it is not in force.
    pub(super) fn not_in_force(&self) -> Option<&'static str> {
        self.catalogue.validity().filter(|validity| *validity != Validity::InForce).map(Validity::as_str)
    }

    /// The labels of 国办 page conventions: `SiteName` …, and the footer's 主办单位, 网站标识码, ICP and 公网安备.
    fn government(&self, here: Here<'_>) -> GovernmentView {
        let g = &self.catalogue.site.government;
        let text = |t: &Option<crate::model::Text>| t.as_ref().map(|t| t.resolve(here.lang).value.value.to_string());
        let plain = |t: &Option<Spanned<Written>>| t.as_ref().map(|t| t.value.to_string());
        let meta = [
            ("SiteName", text(&g.site_name)),
            ("SiteDomain", plain(&g.site_domain)),
            ("SiteIDCode", plain(&g.site_id)),
            ("ColumnName", text(&g.column_name)),
            ("ColumnDescription", text(&g.column_description)),
            ("ColumnKeywords", text(&g.column_keywords)),
            ("ColumnType", text(&g.column_type)),
        ];
        let code = |t: &Option<Spanned<Written>>| {
            t.as_ref().map(|t| t.value.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        };
        let police = code(&g.police_code)
            .map(|code| format!("https://www.beian.gov.cn/portal/registerSystemInfo?recordcode={code}"));
        let badge = code(&g.badge).map(|id| format!("https://bszs.conac.cn/sitename?method=show&id={id}"));
        let report = code(&g.error_report).map(|code| {
            let site = self.base_url.map(|base| format!("&url={}", percent_encoded(base))).unwrap_or_default();
            format!("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}{site}")
        });
        let phone = plain(&g.phone).map(|phone| {
            format!("tel:{}", phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
        });
        let mail = plain(&g.email).filter(|m| m.contains('@')).map(|mail| format!("mailto:{mail}"));
        let plain = [
            ("footer_postcode", plain(&g.postcode), None),
            ("footer_phone", plain(&g.phone), phone),
            ("footer_email", plain(&g.email), mail),
            ("footer_site_id", plain(&g.site_id), None),
            ("footer_icp", plain(&g.icp), Some("https://beian.miit.gov.cn/".to_owned())),
            ("footer_police", plain(&g.police), police),
        ];
        let links = [("footer_badge", badge), ("footer_error_report", report)];
        GovernmentView {
            meta: meta.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
            sponsor: self.optional_phrase(here, g.sponsor.as_ref()),
            operator: self.optional_phrase(here, g.operator.as_ref()),
            address: self.optional_phrase(here, g.address.as_ref()),
            links: links.into_iter().filter_map(|(key, href)| Some((key, href?))).collect(),
            plain: plain.into_iter().filter_map(|(key, value, href)| Some((key, value?, href))).collect(),
        }
    }
}

/// An address as the value of a query (RFC 3986, unreserved characters stay).
fn percent_encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
