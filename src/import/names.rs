//! Names of departments and the like, as people write them in a cell, and the ids that they stand for.
//!
//! Lives here: cutting a cell into names, looking each up by id, name and alias, domains by the words of a section row.
//! Nothing is invented: a name that nobody has is handed back with the nearest one. Never here: rows and columns.

use super::Record;
use crate::data::{Part, parts};
use crate::diag::closest;
use crate::model::{Catalogue, Group};
use crate::raw::values::is_id;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization as _;

/// Everything that has a name and an id.
#[derive(Debug)]
pub(super) struct Names {
    by_part: BTreeMap<&'static str, Known>,
    /// The area of the site: its name may stand before that of a department.
    place: String,
}

/// The names of a part in their order, and where each stands: a table may ask for as many as it brings.
#[derive(Debug, Default)]
struct Known {
    names: Vec<Name>,
    by_id: HashMap<String, usize>,
    /// By squeezed name; domains may share one.
    by_name: HashMap<String, Vec<usize>>,
    /// By squeezed alias: the first that has it.
    by_alias: HashMap<String, usize>,
}

#[derive(Debug)]
struct Name {
    id: String,
    name: String,
    /// Domains: the id of the one around.
    parent: Option<String>,
}

impl Known {
    /// Adds a name, or further aliases of one that is there: what is there is what counts, until the table was written.
    fn add(&mut self, new: Name, mut aliases: Vec<String>) {
        let at = match self.by_id.get(&new.id) {
            Some(at) => {
                aliases.insert(0, new.name);
                *at
            }
            None => {
                let at = self.names.len();
                self.by_id.insert(new.id.clone(), at);
                self.by_name.entry(squeezed(&new.name)).or_default().push(at);
                self.names.push(new);
                at
            }
        };
        for alias in aliases {
            let first = self.by_alias.entry(squeezed(&alias)).or_insert(at);
            *first = at.min(*first);
        }
    }

    /// Those with this id or squeezed name, in their order.
    fn called(&self, given: &str) -> Vec<usize> {
        let mut found = self.by_name.get(given).cloned().unwrap_or_default();
        found.extend(self.by_id.get(given));
        found.sort_unstable();
        found
    }

    fn id(&self, at: usize) -> Option<&str> {
        self.names.get(at).map(|name| name.id.as_str())
    }
}

/// What a cell says about departments, audiences or life events.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Their ids, each once, in the order written.
    Ids(Vec<String>),
    /// A name that nobody has, and the nearest.
    Unknown(String, Option<String>),
}

impl Names {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let groups = |groups: &[Group]| {
            let mut known = Known::default();
            for group in groups {
                let name = group.name.source.value.to_string();
                let aliases = group.aliases.iter().map(|alias| alias.value.to_string()).collect();
                known.add(Name { id: group.id.value.to_string(), name, parent: None }, aliases);
            }
            known
        };
        let mut domains = Known::default();
        for domain in &catalogue.domains {
            let parent = domain.parent.map(|parent| catalogue.domain(parent).id.value.to_string());
            let name = domain.name.source.value.to_string();
            domains.add(Name { id: domain.id.value.to_string(), name, parent }, Vec::new());
        }
        let by_part = BTreeMap::from([
            (Part::Domains.name(), domains),
            (Part::Departments.name(), groups(&catalogue.departments)),
            (Part::Audiences.name(), groups(&catalogue.audiences)),
            (Part::LifeEvents.name(), groups(&catalogue.life_events)),
        ]);
        let place = catalogue.site.place.as_ref().map(|place| place.source.value.to_string()).unwrap_or_default();
        Self { by_part, place }
    }

    /// Adds what a table brings.
    pub(super) fn learn(&mut self, part: Part, records: &[Record<'_>]) {
        let Some(known) = self.by_part.get_mut(part.name()) else { return };
        // Ids become paths: what is none is known to nobody.
        for record in records.iter().filter(|record| is_id(record.text("id"))) {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let (id, name) = (record.text("id").to_owned(), record.text("name").to_owned());
            known.add(Name { id, name, parent: some(record.text("parent")) }, parts(record.text("aliases")));
        }
    }

    fn of(&self, part: Part) -> Option<&Known> {
        self.by_part.get(part.name())
    }

    /// The ids of a domain and those around it, outermost first; none for an unknown one.
    pub(super) fn domain_path(&self, id: &str) -> Option<Vec<String>> {
        let domains = self.of(Part::Domains)?;
        let find = |id: &str| domains.by_id.get(id).and_then(|at| domains.names.get(*at));
        let mut path = vec![find(id)?];
        while let Some(parent) = path.last().and_then(|last| last.parent.as_ref()) {
            // A table may say that two domains lie within each other.
            let next = find(parent)?;
            if path.len() > domains.names.len() {
                return None;
            }
            path.push(next);
        }
        Some(path.iter().rev().map(|domain| domain.id.clone()).collect())
    }

    /// The domain that items without one belong to: the only one.
    pub(super) fn only_domain(&self) -> Option<&str> {
        match self.of(Part::Domains)?.names.as_slice() {
            [domain] => Some(&domain.id),
            _ => None,
        }
    }

    /// The domain with this name, which may be numbered (`一、…`, `（一）…`) and say how many items it has (`（8项）`).
    /// Those within `around` come first. The error is the nearest name.
    pub(super) fn domain(&self, written: &str, around: Option<&str>) -> Result<String, Option<String>> {
        let Some(domains) = self.of(Part::Domains) else { return Err(None) };
        let given = squeezed(unnumbered(written));
        let found = domains.called(&given);
        let parent = |at: &usize| domains.names.get(*at).and_then(|domain| domain.parent.as_deref());
        let within = found.iter().find(|at| around.is_some() && parent(at) == around);
        let nearest = || closest(&given, domains.names.iter().map(|domain| domain.name.as_str())).map(str::to_owned);
        let id = within.or(found.first()).and_then(|at| domains.id(*at));
        id.map(str::to_owned).ok_or_else(nearest)
    }

    /// What a cell says.
    pub(super) fn groups(&self, part: Part, cell: &str) -> Found {
        let mut ids: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for written in cut(cell) {
            match self.group(part, &written) {
                Some(id) if !seen.insert(id.clone()) => {}
                Some(id) => ids.push(id),
                None => {
                    let known = self.of(part).map_or(&[][..], |known| known.names.as_slice());
                    let near = closest(&written, known.iter().map(|name| name.name.as_str())).map(str::to_owned);
                    return Found::Unknown(written, near);
                }
            }
        }
        Found::Ids(ids)
    }

    /// The names in a cell that nobody has, without what says that they lead.
    pub(super) fn unknown(&self, part: Part, cell: &str) -> Vec<String> {
        let unknown = cut(cell).into_iter().filter(|written| self.group(part, written).is_none());
        unknown.map(|written| leading(&written).to_owned()).collect()
    }

    fn group(&self, part: Part, written: &str) -> Option<String> {
        let known = self.of(part)?;
        let find = |given: &str| {
            let given = squeezed(given);
            let at = known.called(&given).first().copied().or_else(|| known.by_alias.get(&given).copied())?;
            known.id(at).map(str::to_owned)
        };
        let mut forms = vec![written];
        // 教育局牵头 is the 教育局; 呼伦贝尔市教育局 and 市教育局 are, in this city's list.
        forms.push(leading(written));
        for form in forms.clone() {
            forms
                .extend(Some(self.place.as_str()).filter(|p| !p.is_empty()).and_then(|place| form.strip_prefix(place)));
            forms.extend(form.strip_prefix('市'));
        }
        forms.into_iter().find_map(find)
    }
}

/// A name without what says that it leads.
fn leading(written: &str) -> &str {
    let tail = ["牵头负责", "牵头", "负责"].into_iter().find_map(|tail| written.strip_suffix(tail));
    tail.filter(|name| !name.is_empty()).unwrap_or(written)
}

/// Cuts a cell into names.
fn cut(cell: &str) -> Vec<String> {
    let marks = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '\n');
    let mut names = Vec::new();
    for piece in cell.split(marks) {
        // “…、民政局各旗市区政府”: what begins with 各 is another name.
        let at = piece.char_indices().skip(1).find(|(_, c)| *c == '各').map_or(piece.len(), |(at, _)| at);
        names.extend([&piece[..at], &piece[at..]].map(str::trim).into_iter().filter(|name| !name.is_empty()));
    }
    names.into_iter().map(str::to_owned).collect()
}

/// A name as it is compared: without white space, full-width letters and brackets as ASCII.
pub(super) fn squeezed(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text begins as headings of sections do: 一、 （一） 1. 第一部分.
pub(super) fn is_numbered(text: &str) -> bool {
    unnumbered(text).len() < text.trim().len() && !unnumbered(text).is_empty()
}

/// A heading without the number before it and the count after it.
pub(super) fn unnumbered(text: &str) -> &str {
    const DIGITS: &str = "一二三四五六七八九十百0123456789０１２３４５６７８９IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ";
    let text = text.trim();
    let inner = text.trim_start_matches(['第', '（', '(']);
    let rest = inner.trim_start_matches(|c| DIGITS.contains(c));
    let ends = rest
        .trim_start_matches("部分")
        .trim_start_matches("类")
        .trim_start_matches(['、', '.', '．', '）', ')', ' ', '　', '：', ':']);
    // Without a digit, or without anything after it that parts it from the name, it is part of the name.
    let text = if rest.len() < inner.len() && ends.len() < rest.len() { ends } else { text };
    let counted = ["项）", "项)"].iter().find_map(|tail| text.strip_suffix(tail));
    match counted.and_then(|before| before.rfind(['（', '(']).map(|at| (before, at))) {
        Some((before, at)) => before[..at].trim(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_into_names() {
        assert_eq!(cut("财政局、教育局\n民政局，各旗市区政府"), ["财政局", "教育局", "民政局", "各旗市区政府"]);
        assert_eq!(cut("民政局各旗市区；"), ["民政局", "各旗市区"]);
        assert_eq!(cut(" 、\n"), [""; 0]);
    }

    #[test]
    fn headings_of_sections_lose_their_numbers() {
        for written in [
            "一、基本公共教育",
            "（一）基本公共教育",
            "1.基本公共教育",
            "第一部分 基本公共教育",
            "基本公共教育（8项）",
            "１、基本公共教育(8项)",
        ] {
            assert_eq!(unnumbered(written), "基本公共教育", "{written}");
        }
        assert_eq!(unnumbered("一般公共服务"), "一般公共服务");
        assert!(is_numbered("一、教育") && !is_numbered("一般公共服务") && !is_numbered("12"));
    }
}
