//! What is to be said about changes: cells that are not read, since they follow from elsewhere or would move a file, and
//! translations that somebody approved.

use super::entries::{Desk, Set, same};
use super::headings::Sheet;
use super::known::Known;
use super::{Given, Record};
use crate::data::Part;
use crate::diag::Diagnostic;
use crate::msg;

impl Desk<'_, '_> {
    /// Names cells that were changed though they only repeat what stands elsewhere.
    pub(super) fn unread(&mut self, record: &Record<'_>, own: Option<&Vec<String>>, known: &Known) {
        let sheet = record.sheet;
        if !sheet.exact || own.is_none() {
            return;
        }
        let unchanged =
            |column: &str| record.cells.get(column).is_none_or(|cell| same(&cell.text, known.cell(own, column)));
        let repeated: &[&str] = match sheet.part {
            Part::Items if unchanged("departments") => &["validity", "departments_text"],
            Part::Domains | Part::Departments | Part::Audiences | Part::LifeEvents => &["items"],
            _ => &["validity"],
        };
        for column in repeated.iter().filter(|column| !unchanged(column)) {
            let Some(cell) = record.cells.get(*column) else { continue };
            let reason = msg!(
                "这一列由别处得出，改动没有读取",
                "the column follows from what stands elsewhere; its change is not read"
            );
            let message = sheet.about(cell, reason);
            self.report.push(Diagnostic::warning("import-derived", sheet.span(cell), message).hint(msg!(
                "部门请改 departments 一列，服务项目的归属请改 items 表",
                "change the column `departments`, or the table of items"
            )));
        }
        let moved: &[&str] = match sheet.part {
            Part::Items => &["domain"],
            Part::Domains => &["parent"],
            Part::Tasks => &["area"],
            _ => &[],
        };
        for column in moved.iter().filter(|column| !unchanged(column)) {
            let Some(cell) = record.cells.get(*column) else { continue };
            self.moved(sheet, cell, known.cell(own, column));
        }
    }

    /// Names translations that change under the name of somebody who approved what stood there.
    pub(super) fn approved(&mut self, own: Option<&Vec<String>>, known: &Known, sets: &[Set<'_>]) {
        for set in sets {
            let Some((column, tag)) =
                set.column.rsplit_once('@').filter(|(column, _)| !column.contains("translation."))
            else {
                continue;
            };
            let of = if column.starts_with("area_") { "area_" } else { "" };
            let status = format!("{of}translation.status@{tag}");
            let told = sets.iter().any(|other| other.column == status);
            let was = known.cell(own, &status);
            if told || !matches!(was, "checked" | "reviewed") {
                continue;
            }
            let reason = msg!("译文改了，状态仍是 {was}", "the translation changes, and its status is still `{was}`");
            let message = set.sheet.about(&set.given, reason);
            self.report.push(Diagnostic::warning("import-approved", set.sheet.span(&set.given), message).hint(msg!(
                "请核对；没有人审过新译文时，把 {status} 改为 draft",
                "compare it; unless somebody approved the new text, write `draft` in `{status}`"
            )));
        }
    }

    /// Reports that a thing would have to be moved.
    pub(super) fn moved(&mut self, sheet: &Sheet<'_>, cell: &Given, from: &str) {
        let reason = msg!(
            "它在“{from}”里；导入不移动文件，这一格不采用",
            "it stands in `{from}`; import moves nothing, the cell is not used"
        );
        let message = sheet.about(cell, reason);
        self.report.push(
            Diagnostic::warning("import-moved", sheet.span(cell), message).hint(msg!(
                "请在内容文件夹里移动它，译文也一样",
                "move it in the content folder, its translations too"
            )),
        );
    }
}
