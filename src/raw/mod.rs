//! The content as it is written: each file decoded by hand, every fault with its place.
//!
//! Lives here: which file holds what, and its keys. References are still words here; `lower` resolves them.
//! Never here: rules that need more than one file.

mod cache;
mod changes;
pub mod decode;
mod glossary;
mod item;
mod lists;
mod policy;
mod search;
mod site;
mod syntax;
mod translation;
pub mod tree;
pub mod values;

pub use cache::{Cache, Delta};
pub use changes::RawChange;
pub use glossary::{RawAllow, RawExcused, RawTerm};
pub use item::{KEYS as ITEM_KEYS, RawAmount, RawItem, RawNote};
pub use lists::{RawDomain, RawGroup, RawListEntry};
pub use policy::front_matter;
pub use policy::{RawArea, RawDivisionRow, RawDocument, RawIndicator, RawPoint, RawPolicyText, RawTask};
pub use search::{RawSearch, RawSearchTest, RawSynonyms, RawWeights};
pub use site::{RawCatalogue, RawField, RawGovernment, RawLang, RawSite};
pub(crate) use translation::note_field;
pub use translation::{RawEntry, RawMarkdown, RawTranslation, Target};

use crate::diag::{Diagnostic, Outcome, Report, Severity, SourceFile, Span, Spanned, Written, closest};
use crate::msg;
use crate::source::Sources;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use tree::Node;

/// All files, decoded. A missing or broken file leaves its default.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    /// `site.yaml`.
    pub site: Option<RawSite>,
    /// `catalogue.yaml`.
    pub catalogue: Option<RawCatalogue>,
    /// `domains.yaml`.
    pub domains: Vec<RawDomain>,
    /// `departments.yaml`.
    pub departments: Vec<RawGroup>,
    /// `audiences.yaml`.
    pub audiences: Vec<RawGroup>,
    /// `life-events.yaml`.
    pub life_events: Vec<RawGroup>,
    /// `items/`.
    pub items: Vec<RawItem>,
    /// `policy/document.yaml`.
    pub document: Option<RawDocument>,
    /// `policy/*.md`.
    pub texts: Vec<RawPolicyText>,
    /// `policy/tasks.yaml`.
    pub areas: Vec<RawArea>,
    /// `policy/division.yaml`.
    pub division: Vec<RawDivisionRow>,
    /// `policy/indicators.yaml`.
    pub indicators: Vec<RawIndicator>,
    /// `glossary.yaml`.
    pub glossary: Vec<RawTerm>,
    /// `changes.yaml`.
    pub changes: Vec<RawChange>,
    /// `synonyms.yaml`.
    pub synonyms: Vec<RawSynonyms>,
    /// `search-tests.yaml`.
    pub search_tests: Vec<RawSearchTest>,
    /// `i18n/`.
    pub translations: Vec<RawTranslation>,
    /// Whether a file could not be read to its end.
    pub incomplete: bool,
    /// The paths of files that are missing or could not be read to their end: what they would have named is unknown.
    pub broken: BTreeSet<String>,
}

/// The files that a catalogue cannot do without. The lists that items name groups of are needed only if items do.
const REQUIRED: [&str; 3] = ["site.yaml", "catalogue.yaml", "domains.yaml"];

/// Names of files outside of folders, for suggestions.
const TOP: [&str; 10] = [
    "site.yaml",
    "catalogue.yaml",
    "domains.yaml",
    "departments.yaml",
    "audiences.yaml",
    "life-events.yaml",
    "synonyms.yaml",
    "search-tests.yaml",
    "glossary.yaml",
    "changes.yaml",
];

/// Decodes all files, in parallel; the result does not depend on the number of threads.
pub fn parse(sources: &Sources) -> Outcome<Raw> {
    join(sources, sources.files.par_iter().map(parse_file).collect())
}

/// Joins what the files gave, in their order.
fn join(sources: &Sources, parts: Vec<Outcome<Part>>) -> Outcome<Raw> {
    let mut report = Report::default();
    let broken = sources.unread.clone();
    let mut raw = Raw { incomplete: !broken.is_empty(), broken, ..Raw::default() };
    for (outcome, file) in parts.into_iter().zip(&sources.files) {
        let part = outcome.merge_into(&mut report);
        if matches!(part, Part::Broken) {
            raw.broken.insert(file.path.clone());
        }
        part.add_to(&mut raw);
    }
    let used = |ids: fn(&RawItem) -> &Vec<Spanned<Written>>| raw.items.iter().any(|item| !ids(item).is_empty());
    let needed = [
        ("departments.yaml", used(|item| &item.departments)),
        ("audiences.yaml", used(|item| &item.audiences)),
        ("life-events.yaml", used(|item| &item.life_events)),
    ];
    let needed = needed.into_iter().filter(|(_, used)| *used).map(|(path, _)| path);
    for path in REQUIRED.into_iter().chain(needed) {
        if sources.get(path).is_none() {
            raw.broken.insert(path.to_owned());
            if !sources.unread.contains(path) {
                report.push(missing_file(sources, path));
            }
        }
    }
    Outcome::new(raw, report)
}

fn missing_file(sources: &Sources, path: &str) -> Diagnostic {
    let file = sources.absent(path);
    let message = msg!("缺少文件“{path}”", "the file `{path}` is missing");
    Diagnostic::error("missing-file", Span::whole(&file), message)
        .hint(msg!("请添加它，格式见 docs/content.md", "add it; docs/content.md has its format"))
}

/// What one file gave.
#[derive(Debug, Clone)]
enum Part {
    Site(Box<RawSite>),
    Catalogue(Box<RawCatalogue>),
    Domains(Vec<RawDomain>),
    Departments(Vec<RawGroup>),
    Audiences(Vec<RawGroup>),
    LifeEvents(Vec<RawGroup>),
    Item(Box<RawItem>),
    Document(Box<RawDocument>),
    Text(Box<RawPolicyText>),
    Areas(Vec<RawArea>),
    Division(Vec<RawDivisionRow>),
    Indicators(Vec<RawIndicator>),
    Glossary(Vec<RawTerm>),
    Changes(Vec<RawChange>),
    Synonyms(Vec<RawSynonyms>),
    SearchTests(Vec<RawSearchTest>),
    Translation(Box<RawTranslation>),
    Broken,
    Nothing,
}

impl Part {
    fn add_to(self, raw: &mut Raw) {
        match self {
            Self::Site(site) => raw.site = Some(*site),
            Self::Catalogue(catalogue) => raw.catalogue = Some(*catalogue),
            Self::Domains(domains) => raw.domains = domains,
            Self::Departments(groups) => raw.departments = groups,
            Self::Audiences(groups) => raw.audiences = groups,
            Self::LifeEvents(groups) => raw.life_events = groups,
            Self::Item(item) => raw.items.push(*item),
            Self::Document(document) => raw.document = Some(*document),
            Self::Text(text) => raw.texts.push(*text),
            Self::Areas(areas) => raw.areas = areas,
            Self::Division(rows) => raw.division = rows,
            Self::Indicators(indicators) => raw.indicators = indicators,
            Self::Glossary(terms) => raw.glossary = terms,
            Self::Changes(changes) => raw.changes = changes,
            Self::Synonyms(synonyms) => raw.synonyms = synonyms,
            Self::SearchTests(tests) => raw.search_tests = tests,
            Self::Translation(translation) => raw.translations.push(*translation),
            Self::Broken => raw.incomplete = true,
            Self::Nothing => {}
        }
    }
}

fn parse_file(file: &Arc<SourceFile>) -> Outcome<Part> {
    let mut report = Report::default();
    let path = file.path.as_str();
    let r = &mut report;
    let part = match path {
        "site.yaml" => yaml(file, r, |n, r| Part::Site(Box::new(site::site(n, r)))),
        "catalogue.yaml" => yaml(file, r, |n, r| Part::Catalogue(Box::new(site::catalogue(n, r)))),
        "domains.yaml" => yaml(file, r, |n, r| match lists::domains(n, r) {
            domains if domains.is_empty() => no_domains(n, r),
            domains => Part::Domains(domains),
        }),
        "departments.yaml" => yaml(file, r, |n, r| Part::Departments(lists::groups(n, r))),
        "audiences.yaml" => yaml(file, r, |n, r| Part::Audiences(lists::groups(n, r))),
        "life-events.yaml" => yaml(file, r, |n, r| Part::LifeEvents(lists::groups(n, r))),
        "glossary.yaml" => yaml(file, r, |n, r| Part::Glossary(glossary::terms(n, r))),
        "changes.yaml" if is_blank(file) => Part::Nothing,
        "changes.yaml" => yaml(file, r, |n, r| Part::Changes(changes::changes(n, r))),
        "synonyms.yaml" => yaml(file, r, |n, r| Part::Synonyms(search::synonyms(n, r))),
        "search-tests.yaml" => yaml(file, r, |n, r| Part::SearchTests(search::tests(n, r))),
        "policy/document.yaml" => yaml(file, r, |n, r| Part::Document(Box::new(policy::document(n, r)))),
        "policy/tasks.yaml" => yaml(file, r, |n, r| Part::Areas(policy::areas(n, r))),
        "policy/division.yaml" => yaml(file, r, |n, r| Part::Division(policy::division(n, r))),
        "policy/indicators.yaml" => yaml(file, r, |n, r| Part::Indicators(policy::indicators(n, r))),
        _ if is_item(path) => yaml(file, r, |n, r| Part::Item(Box::new(item::item(file, n, r)))),
        _ if is_policy_text(path) => policy::text(file, r).map_or(Part::Broken, |text| Part::Text(Box::new(text))),
        _ if path.starts_with("i18n/") => match translation::read(file, r) {
            Some(translation) => Part::Translation(Box::new(translation)),
            None => Part::Nothing,
        },
        _ => {
            unknown_file(file, r);
            Part::Nothing
        }
    };
    Outcome::new(part, report)
}

fn yaml(file: &Arc<SourceFile>, report: &mut Report, read: impl FnOnce(&Node, &mut Report) -> Part) -> Part {
    match root(file, report) {
        Some(node) => read(&node, report),
        None => Part::Broken,
    }
}

/// Without any domain no item has a place; that is one fault, not one for each item.
fn no_domains(node: &Node, report: &mut Report) -> Part {
    if !report.has_errors() {
        let message = msg!("至少需要一个领域", "there must be at least one domain");
        report.push(Diagnostic::error("no-domain", node.span.clone(), message));
    }
    Part::Broken
}

/// The tree of a YAML file; none where it is broken or empty, which is then in the report.
fn root(file: &Arc<SourceFile>, report: &mut Report) -> Option<Node> {
    let outcome = tree::parse(file);
    let failed = outcome.report.has_errors();
    let node = outcome.merge_into(report).filter(|node| !node.is_empty());
    if node.is_none() && !failed {
        let message = msg!("文件是空的", "the file is empty");
        report.push(
            Diagnostic::error("empty-file", Span::whole(file), message)
                .hint(msg!("请填写内容，或删除这个文件", "fill it in, or remove the file")),
        );
    }
    node
}

/// Whether a file says nothing, or has comments alone: a list to which nothing happened yet may be there all the same.
fn is_blank(file: &Arc<SourceFile>) -> bool {
    let parsed = tree::parse(file);
    !parsed.report.has_errors() && parsed.value.is_none_or(|node| node.is_empty())
}

fn is_item(path: &str) -> bool {
    path.starts_with("items/") && path.ends_with(".yaml") && path.matches('/').count() >= 2
}

fn is_policy_text(path: &str) -> bool {
    path.strip_prefix("policy/").is_some_and(|name| name.ends_with(".md") && !name.contains('/'))
}

/// A file that no page will show is a surprise worth naming: most often it is a slip in its name.
fn unknown_file(file: &Arc<SourceFile>, report: &mut Report) {
    let path = file.path.as_str();
    let hint = if let Some(stem) = path.strip_suffix(".yml") {
        msg!("请改名为“{stem}.yaml”", "rename it to `{stem}.yaml`")
    } else if let Some(near) = closest(path, TOP) {
        msg!("是不是应叫“{near}”？", "should it be called `{near}`?")
    } else if path.starts_with("items/") {
        msg!("服务项目应放在“items/领域/标识.yaml”", "items live in `items/<domain>/<slug>.yaml`")
    } else {
        msg!("请移走，或按 docs/content.md 改名", "move it away, or rename it after docs/content.md")
    };
    let message = msg!("这个文件不会被使用", "this file is not used");
    // Below `items/` it is a service that would vanish from the site.
    let severity = if path.starts_with("items/") { Severity::Error } else { Severity::Warning };
    report.push(Diagnostic { severity, ..Diagnostic::error("unknown-file", Span::whole(file), message).hint(hint) });
}
