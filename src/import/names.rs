//! Names of departments and the like, as people write them in a cell, and the ids that they stand for.
//!
//! Lives here: cutting a cell into names, looking each up by id, name and alias, domains by the words of a section row.
//! Nothing is invented: a name that nobody has is handed back with the nearest one. Never here: rows and columns.

use super::Record;
use crate::data::{Part, parts};
use crate::diag::closest;
use crate::model::{Catalogue, Group};
use crate::raw::values::is_id;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// Everything that has a name and an id.
#[derive(Debug)]
pub(super) struct Names {
    by_part: BTreeMap<&'static str, Vec<Name>>,
    /// The area of the site: its name may stand before that of a department.
    place: String,
}

#[derive(Debug)]
struct Name {
    id: String,
    name: String,
    aliases: Vec<String>,
    /// Domains: the id of the one around.
    parent: Option<String>,
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
            let name = |group: &Group| Name {
                id: group.id.value.clone(),
                name: group.name.source.value.clone(),
                aliases: group.aliases.iter().map(|alias| alias.value.clone()).collect(),
                parent: None,
            };
            groups.iter().map(name).collect()
        };
        let domain = |domain: &crate::model::Domain| Name {
            id: domain.id.value.clone(),
            name: domain.name.source.value.clone(),
            aliases: Vec::new(),
            parent: domain.parent.map(|parent| catalogue.domain(parent).id.value.clone()),
        };
        let by_part = BTreeMap::from([
            (Part::Domains.name(), catalogue.domains.iter().map(domain).collect()),
            (Part::Departments.name(), groups(&catalogue.departments)),
            (Part::Audiences.name(), groups(&catalogue.audiences)),
            (Part::LifeEvents.name(), groups(&catalogue.life_events)),
        ]);
        let place = catalogue.site.place.as_ref().map(|place| place.source.value.clone()).unwrap_or_default();
        Self { by_part, place }
    }

    /// Adds what a table brings.
    pub(super) fn learn(&mut self, part: Part, records: &[Record<'_>]) {
        let Some(names) = self.by_part.get_mut(part.name()) else { return };
        // Ids become paths: what is none is known to nobody.
        for record in records.iter().filter(|record| is_id(record.text("id"))) {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let new = Name {
                id: record.text("id").to_owned(),
                name: record.text("name").to_owned(),
                aliases: parts(record.text("aliases")),
                parent: some(record.text("parent")),
            };
            match names.iter_mut().find(|name| name.id == new.id) {
                // What is there is what counts, until the table was written.
                Some(old) => old.aliases.extend(std::iter::once(new.name).chain(new.aliases)),
                None => names.push(new),
            }
        }
    }

    fn of(&self, part: Part) -> &[Name] {
        self.by_part.get(part.name()).map_or(&[], Vec::as_slice)
    }

    /// The ids of a domain and those around it, outermost first; none for an unknown one.
    pub(super) fn domain_path(&self, id: &str) -> Option<Vec<String>> {
        let domains = self.of(Part::Domains);
        let mut path = vec![domains.iter().find(|domain| domain.id == id)?];
        while let Some(parent) = path.last().and_then(|last| last.parent.as_ref()) {
            // A table may say that two domains lie within each other.
            let next = domains.iter().find(|domain| domain.id == *parent)?;
            if path.len() > domains.len() {
                return None;
            }
            path.push(next);
        }
        Some(path.iter().rev().map(|domain| domain.id.clone()).collect())
    }

    /// The domain that items without one belong to: the only one.
    pub(super) fn only_domain(&self) -> Option<&str> {
        match self.of(Part::Domains) {
            [domain] => Some(&domain.id),
            _ => None,
        }
    }

    /// The domain with this name, which may be numbered (`一、…`, `（一）…`) and say how many items it has (`（8项）`).
    /// Those within `around` come first. The error is the nearest name.
    pub(super) fn domain(&self, written: &str, around: Option<&str>) -> Result<String, Option<String>> {
        let domains = self.of(Part::Domains);
        let given = squeezed(unnumbered(written));
        let within = |domain: &&Name| around.is_some() && domain.parent.as_deref() == around;
        let fits = |domain: &&Name| domain.id == given || squeezed(&domain.name) == given;
        let found = domains.iter().filter(within).find(fits).or_else(|| domains.iter().find(fits));
        let nearest = || closest(&given, domains.iter().map(|domain| domain.name.as_str())).map(str::to_owned);
        found.map(|domain| domain.id.clone()).ok_or_else(nearest)
    }

    /// What a cell says.
    pub(super) fn groups(&self, part: Part, cell: &str) -> Found {
        let known = self.of(part);
        let mut ids: Vec<String> = Vec::new();
        for written in cut(cell) {
            match self.group(known, &written) {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => {
                    let near = closest(&written, known.iter().map(|name| name.name.as_str())).map(str::to_owned);
                    return Found::Unknown(written, near);
                }
            }
        }
        Found::Ids(ids)
    }

    /// The names in a cell that nobody has, without what says that they lead.
    pub(super) fn unknown(&self, part: Part, cell: &str) -> Vec<String> {
        let known = self.of(part);
        let unknown = cut(cell).into_iter().filter(|written| self.group(known, written).is_none());
        unknown.map(|written| leading(&written).to_owned()).collect()
    }

    fn group(&self, known: &[Name], written: &str) -> Option<String> {
        let find = |given: &str| {
            let given = squeezed(given);
            let exact = known.iter().find(|name| name.id == given || squeezed(&name.name) == given);
            let alias = || known.iter().find(|name| name.aliases.iter().any(|alias| squeezed(alias) == given));
            exact.or_else(alias).map(|name| name.id.clone())
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
