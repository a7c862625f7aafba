//! The adjustments of the list: unique ids, items resolved, the newest first.

use super::lists::is_new;
use super::{Context, items, site::web_url, source_text};
use crate::model::{Catalogue, Change};
use crate::raw::RawChange;
use std::collections::HashMap;

/// Lowers the adjustments; the items are there already. Those of one day keep the order of the file.
pub(super) fn changes(raw: Vec<RawChange>, catalogue: &Catalogue, cx: &mut Context<'_>) -> Vec<Change> {
    let slugs = items::slugs(catalogue, cx);
    let mut seen = HashMap::new();
    let mut changes = Vec::with_capacity(raw.len());
    for RawChange { id, date, kind, title, text, items, basis } in raw {
        if is_new(&id, &mut seen, cx) {
            let (basis, url) = basis.unzip();
            changes.push(Change {
                id,
                date,
                kind,
                title: source_text(title),
                text: text.map(source_text),
                items: cx.resolve(&items, &slugs),
                basis: basis.map(source_text),
                basis_url: web_url(url.flatten(), cx),
                meta: Vec::new(),
            });
        }
    }
    changes.sort_by(|a, b| b.date.value.cmp(&a.date.value));
    changes
}
