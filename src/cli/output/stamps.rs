//! What `translate stamp` changed, line by line or as JSON.

use super::{Stamp, visible};
use serde_json::json;

/// One line a fingerprint: file, line, entry and field, old and new.
pub(super) fn human(stamps: &[Stamp]) -> String {
    let line = |Stamp { file, change }: &Stamp| {
        let entry = change.key.as_deref().map(|key| format!("{key}.")).unwrap_or_default();
        let from = change.from.as_deref().unwrap_or("—");
        let text = format!("{file}:{}: {entry}{}: {from} → {}", change.line, change.field, change.to);
        visible::line(&text) + "\n"
    };
    stamps.iter().map(line).collect()
}

/// All in one object, and a line end.
pub(super) fn json(stamps: &[Stamp], written: bool) -> String {
    let one = |Stamp { file, change }: &Stamp| {
        let (key, field, line) = (&change.key, &change.field, change.line);
        json!({"file": file, "line": line, "key": key, "field": field, "from": change.from, "to": change.to})
    };
    let changes: Vec<_> = stamps.iter().map(one).collect();
    visible::json(json!({"version": 1, "written": written, "changes": changes}).to_string()) + "\n"
}
