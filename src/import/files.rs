//! The files that entries change or bring.
//!
//! Lives here: which values go into which file, what may not be changed without being asked to, the texts that come out.
//! Never here: whether the content is sound with them.

use super::entries::{Entry, Set};
use super::layout;
use super::{Options, Plan, Summary, Thing};
use crate::amend::yaml::{self, Change};
use crate::amend::{Planned, Step};
use crate::data::Part;
use crate::diag::{Diagnostic, Report};
use crate::model::Catalogue;
use crate::source::Sources;
use crate::{msg, schema};
use std::collections::BTreeMap;

/// Plans the files of entries.
pub(super) fn plan(
    entries: &[Entry<'_>],
    (sources, catalogue): (&Sources, &Catalogue),
    options: &Options<'_>,
    written: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Plan {
    let mut summary = Summary::default();
    let mut by_file: BTreeMap<&str, Vec<&Set<'_>>> = BTreeMap::new();
    for entry in entries {
        let Entry { part, key, name, exists, sets } = entry;
        let columns = if *exists { sets.iter().map(|set| set.column.clone()).collect() } else { Vec::new() };
        let thing = || Thing { part: *part, key: key.clone(), name: name.clone(), columns };
        // New groups come into lists that exist: that was asked for.
        let is_added = options.add_groups && !exists && matches!(part, Part::Domains | Part::Departments);
        let is_free = options.update || is_added || sets.iter().all(|set| sources.get(&set.file).is_none());
        match (sets.is_empty(), is_free) {
            (true, _) => summary.unchanged += 1,
            (false, false) => summary.withheld.push(thing()),
            (false, true) => {
                let list = if *exists { &mut summary.changed } else { &mut summary.new };
                list.push(thing());
                for set in sets {
                    by_file.entry(set.file.as_str()).or_default().push(set);
                }
            }
        }
    }
    let mut files = Vec::new();
    for (path, sets) in by_file {
        let changes: Vec<Change<'_>> = sets.iter().map(|set| (set.path.as_slice(), set.value.as_ref())).collect();
        if sources.get(path).is_none() && !sources.unread.contains(path) {
            let modeline = schema::modeline(path).map(|line| format!("{line}\n")).unwrap_or_default();
            files.push(Planned { path: path.to_owned(), text: modeline + &yaml::fresh(&changes), new: true });
            continue;
        }
        let order = |within: Option<&Step>| layout::order(catalogue, path, within);
        match written(path).and_then(|text| yaml::edited(&text, &changes, &order)) {
            Some(text) => files.push(Planned { path: path.to_owned(), text, new: false }),
            None => report.merge(unfit(path, &sets)),
        }
    }
    Plan { files, summary }
}

/// One message for a file, at the first cell that would change it.
fn unfit(path: &str, sets: &[&Set<'_>]) -> Report {
    let mut report = Report::default();
    let columns = sets.iter().map(|set| set.column.as_str()).collect::<Vec<_>>().join(", ");
    if let Some(Set { sheet, given, .. }) = sets.first() {
        let message = msg!(
            "“{path}”的写法特殊，无法安全地改动（{columns}）",
            "`{path}` is written in a way that cannot be changed safely ({columns})"
        );
        report.push(Diagnostic::error("import-unfit-file", sheet.span(given), sheet.about(given, message)).hint(msg!(
            "请按 docs/content.md 的写法整理这个文件，或直接在里面修改",
            "write the file the way docs/content.md does, or make the change in it by hand"
        )));
    }
    report
}
