//! The keys of `site.yaml` and `catalogue.yaml`.

use super::decode::{Keys, RawText, choice, entries, integer, localized};
use super::search::{self, RawSearch, RawWeights};
use super::tree::{Node, Value};
use crate::diag::{Report, Span, Spanned, Written};
use crate::lang::{Direction, Writing};
use crate::model::{FieldKind, OptionalPart, Role};

/// `site.yaml` as written.
#[derive(Debug, Clone)]
pub struct RawSite {
    /// Its first key.
    pub place: Span,
    /// `languages`.
    pub languages: Vec<RawLang>,
    /// Whether `languages` is an empty list.
    pub no_languages: bool,
    /// `title`.
    pub title: Option<RawText>,
    /// `short_title`.
    pub short_title: Option<RawText>,
    /// `description`.
    pub description: Option<RawText>,
    /// `place`: the area served.
    pub area: Option<RawText>,
    /// `updated`.
    pub updated: Option<Spanned<Written>>,
    /// `base_url`.
    pub base_url: Option<Spanned<Written>>,
    /// `unofficial`.
    pub unofficial: Option<RawText>,
    /// `forbidden`.
    pub forbidden: Vec<Spanned<Written>>,
    /// `licence`.
    pub licence: Option<(RawText, Option<Spanned<Written>>)>,
    /// `noindex_drafts`.
    pub noindex_drafts: bool,
    /// `search`.
    pub search: RawSearch,
    /// `offline`.
    pub offline: bool,
    /// `leave_out`.
    pub leave_out: Vec<OptionalPart>,
    /// `government`.
    pub government: RawGovernment,
}

/// A language as written.
#[derive(Debug, Clone)]
pub struct RawLang {
    /// `tag`.
    pub tag: Spanned<Written>,
    /// `path`.
    pub path: Spanned<Written>,
    /// `name`.
    pub name: Spanned<Written>,
    /// `direction`.
    pub direction: Option<Direction>,
    /// `writing`.
    pub writing: Option<Writing>,
}

/// `government` as written; empty values are as good as none.
#[derive(Debug, Clone, Default)]
pub struct RawGovernment {
    /// The keys whose text depends on the language, by name.
    pub localized: Vec<(&'static str, RawText)>,
    /// The others, by name.
    pub plain: Vec<(&'static str, Spanned<Written>)>,
}

/// `catalogue.yaml` as written.
#[derive(Debug, Clone)]
pub struct RawCatalogue {
    /// Its first key.
    pub place: Span,
    /// `name`.
    pub name: Option<RawText>,
    /// `numbers`.
    pub numbered: bool,
    /// `fields`.
    pub fields: Vec<RawField>,
    /// Where `fields` stands.
    pub fields_place: Span,
    /// `departments.label`.
    pub departments_label: Option<RawText>,
    /// `departments.question`.
    pub departments_question: Option<RawText>,
    /// `departments.required`.
    pub departments_required: bool,
    /// `amounts.who`, `amounts.unit`, `amounts.per`.
    pub vocabulary: [Vec<(Spanned<Written>, RawText)>; 3],
    /// `search`.
    pub weights: RawWeights,
    /// `expected.items`.
    pub expected_items: Option<Spanned<u32>>,
    /// `expected.domains`.
    pub expected_domains: Vec<(Spanned<Written>, Spanned<u32>)>,
}

/// A field as written.
#[derive(Debug, Clone)]
pub struct RawField {
    /// `id`.
    pub id: Spanned<Written>,
    /// `label`.
    pub label: Option<RawText>,
    /// `question`.
    pub question: Option<RawText>,
    /// `role`.
    pub role: Role,
    /// `kind`.
    pub kind: FieldKind,
    /// `required`.
    pub required: bool,
    /// `weight`, as written.
    pub weight: Option<Spanned<Written>>,
}

const GOVERNMENT_LOCALIZED: [&str; 8] = [
    "site_name",
    "column_name",
    "column_description",
    "column_keywords",
    "column_type",
    "sponsor",
    "operator",
    "address",
];
const GOVERNMENT_PLAIN: [&str; 10] =
    ["site_domain", "site_id", "icp", "police", "police_code", "badge", "error_report", "postcode", "phone", "email"];

/// Reads `site.yaml`.
pub(super) fn site(node: &Node, report: &mut Report) -> RawSite {
    let mut keys = Keys::of(node, report);
    let languages = keys.required("languages");
    let site = RawSite {
        place: keys.place(),
        no_languages: languages.is_some_and(|node| matches!(&node.value, Value::List(list) if list.is_empty())),
        languages: languages.map(|node| super::decode::list(node, keys.report, lang)).unwrap_or_default(),
        title: keys.required_localized("title"),
        short_title: keys.localized("short_title"),
        description: keys.localized("description"),
        area: keys.localized("place"),
        updated: keys.date("updated"),
        base_url: keys.text("base_url"),
        unofficial: keys.localized("unofficial"),
        forbidden: keys.texts("forbidden"),
        licence: keys.node_or_empty("licence").and_then(|node| {
            let mut keys = Keys::of(node, keys.report);
            let name = keys.required_localized("name");
            let url = keys.text("url");
            keys.finish();
            Some((name?, url))
        }),
        noindex_drafts: keys.boolean("noindex_drafts").unwrap_or(true),
        offline: keys.boolean("offline").unwrap_or(false),
        leave_out: keys.list("leave_out", |node, report| {
            choice(node, report, &OptionalPart::ALL.map(|part| (part.as_str(), part)))
        }),
        search: keys.node_or_empty("search").map(|node| search::settings(node, keys.report)).unwrap_or_default(),
        government: keys.node_or_empty("government").map(|node| government(node, keys.report)).unwrap_or_default(),
    };
    keys.finish();
    site
}

fn lang(node: &Node, report: &mut Report) -> Option<RawLang> {
    let mut keys = Keys::of(node, report);
    let tag = keys.required_text("tag");
    let path = keys.required_id("path");
    let name = keys.required_text("name");
    let direction = keys.choice("direction", &[("ltr", Direction::Ltr), ("rtl", Direction::Rtl)]);
    let writing = keys.choice("writing", &[("horizontal", Writing::Horizontal), ("vertical", Writing::Vertical)]);
    keys.finish();
    Some(RawLang { tag: tag?, path: path?, name: name?, direction, writing })
}

fn government(node: &Node, report: &mut Report) -> RawGovernment {
    let mut keys = Keys::of(node, report);
    let mut government = RawGovernment::default();
    for key in GOVERNMENT_LOCALIZED {
        if let Some(text) = keys.node_or_empty(key).and_then(|node| localized(node, keys.report)) {
            government.localized.push((key, text));
        }
    }
    for key in GOVERNMENT_PLAIN {
        if let Some(text) = keys.node_or_empty(key).and_then(|node| super::decode::text(node, keys.report)) {
            government.plain.push((key, text));
        }
    }
    keys.finish();
    government
}

/// Reads `catalogue.yaml`.
pub(super) fn catalogue(node: &Node, report: &mut Report) -> RawCatalogue {
    let mut keys = Keys::of(node, report);
    let place = keys.place();
    let name = keys.required_localized("name");
    let numbered = keys.choice("numbers", &[("required", true), ("none", false)]).unwrap_or(true);
    let fields_node = keys.required("fields");
    let fields_place = fields_node.map_or_else(|| place.clone(), |node| node.span.clone());
    let fields = fields_node.map(|node| super::decode::list(node, keys.report, field)).unwrap_or_default();
    let (departments_label, departments_question, departments_required) = match keys.node("departments") {
        Some(node) => departments(node, keys.report),
        None => (None, None, false),
    };
    let vocabulary = match keys.node_or_empty("amounts") {
        Some(node) => vocabularies(node, keys.report),
        None => Default::default(),
    };
    let weights = keys.node_or_empty("search").map(|node| search::weights(node, keys.report)).unwrap_or_default();
    let (expected_items, expected_domains) = match keys.node_or_empty("expected") {
        Some(node) => expected(node, keys.report),
        None => (None, Vec::new()),
    };
    keys.finish();
    RawCatalogue {
        place,
        name,
        numbered,
        fields,
        fields_place,
        departments_label,
        departments_question,
        departments_required,
        vocabulary,
        weights,
        expected_items,
        expected_domains,
    }
}

const ROLES: [Role; 9] = [
    Role::Title,
    Role::Eligibility,
    Role::Benefit,
    Role::Funding,
    Role::Procedure,
    Role::Contact,
    Role::Place,
    Role::Time,
    Role::Other,
];

const KINDS: [(&str, FieldKind); 4] = [
    ("line", FieldKind::Line),
    ("text", FieldKind::Text),
    ("markdown", FieldKind::Markdown),
    ("phone", FieldKind::Phone),
];

fn field(node: &Node, report: &mut Report) -> Option<RawField> {
    let mut keys = Keys::of(node, report);
    let id = keys.required_id("id");
    let label = keys.required_localized("label");
    let question = keys.localized("question");
    let role = keys.choice("role", &ROLES.map(|role| (role.as_str(), role))).unwrap_or(Role::Other);
    let kind = keys.choice("kind", &KINDS).unwrap_or(FieldKind::Text);
    let required = keys.boolean("required").unwrap_or(false);
    let weight = keys.text("weight");
    keys.finish();
    Some(RawField { id: id?, label, question, role, kind, required, weight })
}

fn departments(node: &Node, report: &mut Report) -> (Option<RawText>, Option<RawText>, bool) {
    let mut keys = Keys::of(node, report);
    let label = keys.required_localized("label");
    let question = keys.localized("question");
    let required = keys.boolean("required").unwrap_or(false);
    keys.finish();
    (label, question, required)
}

fn vocabularies(node: &Node, report: &mut Report) -> [Vec<(Spanned<Written>, RawText)>; 3] {
    let mut keys = Keys::of(node, report);
    let words = ["who", "unit", "per"].map(|key| {
        let Some(node) = keys.node_or_empty(key) else { return Vec::new() };
        let read = entries(node, keys.report);
        read.iter().filter_map(|e| Some((e.key.clone(), localized(&e.node, keys.report)?))).collect()
    });
    keys.finish();
    words
}

type Expected = (Option<Spanned<u32>>, Vec<(Spanned<Written>, Spanned<u32>)>);

fn expected(node: &Node, report: &mut Report) -> Expected {
    let mut keys = Keys::of(node, report);
    let items = keys.integer("items");
    let domains = match keys.node_or_empty("domains") {
        Some(node) => {
            let read = entries(node, keys.report);
            read.iter().filter_map(|e| Some((e.key.clone(), integer(&e.node, keys.report)?))).collect()
        }
        None => Vec::new(),
    };
    keys.finish();
    (items, domains)
}
