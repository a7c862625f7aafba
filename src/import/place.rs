//! Where a thing stands in the content: its files, and its entry in each.

use super::Record;
use super::entries::Desk;
use super::known::Known;
use super::layout::{self, Owner, Slot};
use crate::amend::Step;
use crate::data::Part;
use crate::msg;
use crate::raw::values::is_id;

/// Where the entries of a thing are.
pub(super) struct Place {
    file: String,
    pub(super) base: Vec<Step>,
    translated: Vec<Step>,
    area: Vec<Step>,
    area_translated: Vec<Step>,
}

impl Place {
    /// The file, or that of a translation.
    pub(super) fn file(&self, tag: Option<&str>) -> String {
        tag.map_or_else(|| self.file.clone(), |tag| format!("i18n/{tag}/{}", self.file))
    }

    /// The path of a column.
    pub(super) fn path(&self, slot: &Slot) -> Vec<Step> {
        let base = match (slot.owner, &slot.tag) {
            (Owner::Row, None) => &self.base,
            (Owner::Row, Some(_)) => &self.translated,
            (Owner::Area, None) => &self.area,
            (Owner::Area, Some(_)) => &self.area_translated,
        };
        base.iter().cloned().chain(slot.keys.iter().map(Step::key)).collect()
    }
}

impl Desk<'_, '_> {
    /// Where the files and entries of a thing are. None where it has no place, which is then in the report.
    pub(super) fn place(
        &mut self,
        record: &Record<'_>,
        key: &str,
        own: Option<&Vec<String>>,
        known: &Known,
    ) -> Option<Place> {
        let part = record.sheet.part;
        let element = |name: &'static str, value: &str| Step::Element(name, value.to_owned());
        let mut area = Vec::new();
        let mut folders = Vec::new();
        let base = match part {
            Part::Items => {
                let there = known.cell(own, "domain");
                let given = record.cells.get("domain").filter(|cell| !cell.text.is_empty());
                if let Some(cell) = given.filter(|cell| !record.sheet.exact && own.is_some() && cell.text != there) {
                    self.moved(record.sheet, cell, there);
                }
                let domain = if own.is_some() { there } else { record.text("domain") };
                let Some(path) = self.names.domain_path(domain) else {
                    let reason = msg!(
                        "新的一项没有领域，不知道放在哪里",
                        "it is new and has no domain: it is unknown where it belongs"
                    );
                    self.fault(
                        "import-no-domain",
                        record,
                        "domain",
                        reason,
                        msg!(
                            "请在这一行之上加一行领域名称，或加一列“领域”",
                            "add a row with the name of the domain above, or a column with it"
                        ),
                    );
                    return None;
                };
                folders = path;
                Vec::new()
            }
            Part::Domains => {
                let mut around = self.names.domain_path(key).unwrap_or_else(|| vec![key.to_owned()]);
                if let Some(domain) = self.catalogue.find_domain(key) {
                    let path = self.catalogue.domain_path(domain);
                    around = path.into_iter().map(|id| self.catalogue.domain(id).id.value.to_string()).collect();
                }
                let steps = around.iter().map(|id| element("id", id));
                let mut base: Vec<Step> = steps.flat_map(|step| [step, Step::key("domains")]).collect();
                base.pop();
                base
            }
            Part::Tasks => {
                let id = if own.is_some() { known.cell(own, "area") } else { record.text("area") };
                if !is_id(id) {
                    let reason = msg!("“{id}”不是任务所属部分的标识", "`{id}` is no id of an area");
                    self.fault(
                        "import-key",
                        record,
                        "area",
                        reason,
                        msg!("请填写 area 一列", "fill in the column `area`"),
                    );
                    return None;
                }
                area = vec![element("id", id)];
                vec![element("id", id), Step::key("tasks"), element("number", key)]
            }
            Part::Division => vec![element("number", key)],
            _ => vec![element("id", key)],
        };
        let file = layout::file(part, &folders, key);
        let translated = if part == Part::Items { Vec::new() } else { vec![Step::key(key)] };
        let area_translated = area.iter().map(|step| match step {
            Step::Element(_, id) | Step::Key(id) => Step::key(id),
        });
        let area_translated = area_translated.collect();
        Some(Place { file, base, translated, area, area_translated })
    }
}
