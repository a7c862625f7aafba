//! Files of many entries, edited entry by entry: each is a small file of its own, so that a long list takes no longer than
//! its length.
//!
//! Lives here: cutting a file at the keys of its entries. Never here: which keys change.

use crate::amend::{Edit, Normal, Step, yaml};
use crate::diag::SourceFile;
use crate::raw::tree::{self, Entry, Value};
use std::collections::HashMap;

/// The text of a file with changes below the keys of its entries, in the order of entries. None where that cannot be
/// done safely, entry by entry.
pub(super) fn edited(
    written: &str,
    changes: &[yaml::Change<'_>],
    order: &dyn Fn(Option<&Step>) -> Vec<String>,
) -> Option<String> {
    let normal = Normal::of(written);
    let parsed = tree::parse(&SourceFile::new("", "", normal.text.as_str()));
    let root = parsed.value.filter(|_| !parsed.report.has_errors())?;
    let Value::Map(entries) = &root.value else { return None };
    let starts_line = |entry: &Entry| {
        let before = normal.text.get(..entry.key.span.start()).unwrap_or_default();
        before.is_empty() || before.ends_with('\n')
    };
    if entries.is_empty() || !entries.iter().all(starts_line) {
        return None;
    }
    let ends = entries.iter().skip(1).map(|entry| entry.key.span.start()).chain([normal.text.len()]);
    let places: HashMap<&str, (usize, usize)> = (entries.iter().zip(ends))
        .map(|(entry, end)| (entry.key.value.as_str(), (entry.key.span.start(), end)))
        .collect();
    let (mut edits, mut new) = (Vec::new(), Vec::new());
    for group in changes.chunk_by(|(a, _), (b, _)| a.first() == b.first()) {
        let Some(Step::Key(key)) = group.first().and_then(|(path, _)| path.first()) else { return None };
        match places.get(key.as_str()) {
            Some((start, end)) => {
                let text = yaml::edited(normal.text.get(*start..*end)?, group, order)?;
                edits.push(Edit { start: *start, end: *end, text });
            }
            None => new.extend_from_slice(group),
        }
    }
    if !new.is_empty() {
        let end = normal.text.len();
        let gap = if normal.text.ends_with('\n') { "" } else { "\n" };
        edits.push(Edit { start: end, end, text: format!("{gap}{}", yaml::fresh(&new)) });
    }
    Some(normal.edited(written, edits))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::amend::Value as Written;

    fn edit(written: &str, changes: &[(&str, &str)]) -> Option<String> {
        let changes: Vec<(Vec<Step>, Option<Written>)> = (changes.iter())
            .map(|(path, text)| (path.split('/').map(Step::key).collect(), Some(Written::Text((*text).to_owned()))))
            .collect();
        let changes: Vec<yaml::Change<'_>> =
            changes.iter().map(|(path, value)| (path.as_slice(), value.as_ref())).collect();
        edited(written, &changes, &|_| ["status", "text"].map(str::to_owned).to_vec())
    }

    #[test]
    fn every_entry_is_a_file_of_its_own() {
        let written = "\u{feff}# top\r\na:\r\n  status: draft # why\r\n  text: {name: \"x\"}\r\n\r\n# between\r\n1: {status: draft, text: {name: y}}\r\n";
        let changes = [("a/status", "checked"), ("1/text/name", "z"), ("b/status", "draft"), ("b/text/name", "new")];
        assert_eq!(
            edit(written, &changes).unwrap(),
            "\u{feff}# top\r\na:\r\n  status: checked # why\r\n  text: {name: \"x\"}\r\n\r\n# between\r\n1: {status: draft, text: {name: z}}\r\nb:\r\n  status: draft\r\n  text:\r\n    name: new\r\n"
        );
        assert_eq!(edit("{a: {status: draft}}\n", &[("a/status", "checked")]), None);
        assert_eq!(edit("# nothing\n", &[("a/status", "checked")]), None);
    }

    #[test]
    fn a_long_list_takes_no_longer_than_its_length() {
        let list = |status| (0..3000).map(|n| format!("n{n}:\n  status: {status}\n")).collect::<String>();
        let paths: Vec<String> = (0..3000).map(|n| format!("n{n}/status")).collect();
        let changes: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "checked")).collect();
        // Entry by entry this takes half a second, the whole file anew for each of them several minutes.
        assert_eq!(edit(&list("draft"), &changes).unwrap(), list("checked"));
    }
}
