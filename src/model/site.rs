//! The site around the catalogue: languages, names, and the labels that government pages carry.
//!
//! Lives here: what `site.yaml` says. Never here: whether a base URL was given on the command line (that is the caller's).

use super::Text;
use crate::diag::{Spanned, Written};
use crate::lang::Lang;

/// What `site.yaml` says.
#[derive(Debug, Clone)]
pub struct Site {
    /// The languages; the first is the source. Never empty.
    pub languages: Vec<Lang>,
    /// The site's title.
    pub title: Text,
    /// A shorter title for narrow places.
    pub short_title: Option<Text>,
    /// One sentence about it.
    pub description: Option<Text>,
    /// The area served.
    pub place: Option<Text>,
    /// The date of this edition, `YYYY-MM-DD`.
    pub updated: Option<Spanned<Written>>,
    /// Where it is published, with a slash at the end.
    pub base_url: Option<String>,
    /// What to say while no sponsor stands behind it.
    pub unofficial: Option<Text>,
    /// Strings that must stand nowhere.
    pub forbidden: Vec<Spanned<Written>>,
    /// The licence of the open data.
    pub licence: Option<Licence>,
    /// Whether pages in a language that is not reviewed ask not to be indexed.
    pub noindex_drafts: bool,
    /// Search in the browser.
    pub search: SearchSettings,
    /// Whether a site that was visited works without a network.
    pub offline: bool,
    /// What the site goes without.
    pub leave_out: Vec<OptionalPart>,
    /// The labels of government pages.
    pub government: Government,
}

impl Site {
    /// Whether the site has this part.
    pub fn has(&self, part: OptionalPart) -> bool {
        !self.leave_out.contains(&part)
    }
}

/// A part that a site may go without: nobody is led to it, and nothing of it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionalPart {
    /// The printable catalogue.
    Catalogue,
    /// Open data.
    Data,
}

impl OptionalPart {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Catalogue, Self::Data];

    /// The word in `site.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Data => "data",
        }
    }
}

/// How search in the browser is set up.
#[derive(Debug, Clone, Copy)]
pub struct SearchSettings {
    /// Whether there is any.
    pub enabled: bool,
    /// Whether the browser remembers the last searches and offers them again.
    pub recent: bool,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { enabled: true, recent: false }
    }
}

/// The licence of the open data.
#[derive(Debug, Clone)]
pub struct Licence {
    /// Its name.
    pub name: Text,
    /// Where it can be read.
    pub url: Option<Spanned<Written>>,
}

/// The labels of Chinese government pages (国办函〔2019〕… page meta and footer conventions); an absent one prints nothing.
#[derive(Debug, Clone, Default)]
pub struct Government {
    /// Meta `SiteName`.
    pub site_name: Option<Text>,
    /// Meta `SiteDomain`, a bare host.
    pub site_domain: Option<Spanned<Written>>,
    /// Meta `SiteIDCode`, 政府网站标识码.
    pub site_id: Option<Spanned<Written>>,
    /// Meta `ColumnName`.
    pub column_name: Option<Text>,
    /// Meta `ColumnDescription`.
    pub column_description: Option<Text>,
    /// Meta `ColumnKeywords`.
    pub column_keywords: Option<Text>,
    /// Meta `ColumnType`.
    pub column_type: Option<Text>,
    /// 主办单位; its presence makes the site official.
    pub sponsor: Option<Text>,
    /// 承办单位.
    pub operator: Option<Text>,
    /// ICP 备案号.
    pub icp: Option<Spanned<Written>>,
    /// 公网安备, the printed number.
    pub police: Option<Spanned<Written>>,
    /// 公网安备, the record code in its link.
    pub police_code: Option<Spanned<Written>>,
    /// 党政机关 badge id.
    pub badge: Option<Spanned<Written>>,
    /// 网站找错 site code.
    pub error_report: Option<Spanned<Written>>,
    /// Address.
    pub address: Option<Text>,
    /// Postcode.
    pub postcode: Option<Spanned<Written>>,
    /// Telephone.
    pub phone: Option<Spanned<Written>>,
    /// Mail address.
    pub email: Option<Spanned<Written>>,
}

impl Site {
    /// Every localized text.
    pub fn texts(&self) -> Vec<&Text> {
        let g = &self.government;
        let mut texts = vec![&self.title];
        let optional = [
            &self.short_title,
            &self.description,
            &self.place,
            &self.unofficial,
            &g.site_name,
            &g.column_name,
            &g.column_description,
            &g.column_keywords,
            &g.column_type,
            &g.sponsor,
            &g.operator,
            &g.address,
        ];
        texts.extend(optional.into_iter().flatten());
        texts.extend(self.licence.as_ref().map(|l| &l.name));
        texts
    }
}
