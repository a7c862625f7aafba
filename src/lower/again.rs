//! Items lowered anew after an edit, where nothing else of the content changed: ten thousand others stay as they are.
//!
//! Lives here: when that is enough. Never here: how an item is lowered (`items`, `translate`).

use super::{Context, items, translate};
use crate::diag::{Outcome, Report};
use crate::model::Catalogue;
use crate::raw::{RawItem, RawTranslation};
use std::collections::BTreeSet;

/// The catalogue with these items, of which all translations must be given, and the faults of their files. None where the
/// edit reaches further, or is wrong: then the whole is to be lowered.
///
/// `catalogue` must have come from content without errors.
pub fn again(
    catalogue: &Catalogue,
    items: Vec<RawItem>,
    translations: Vec<RawTranslation>,
) -> Option<Outcome<Catalogue>> {
    let mut report = Report::default();
    let mut cx = Context {
        languages: catalogue.languages().to_vec(),
        broken: BTreeSet::new(),
        incomplete: false,
        partial_fields: false,
        unknown_folders: BTreeSet::new(),
        report: &mut report,
    };
    let mut value = catalogue.clone();
    if !items::again(items, &mut value, &mut cx) {
        return None;
    }
    translate::apply(translations, &mut value, &mut cx);
    let whole = !cx.incomplete;
    (whole && !report.has_errors()).then(|| Outcome::new(value, report))
}
