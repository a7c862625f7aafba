//! What many pages say of an item in the same words: made when the first of them needs it, and kept.
//!
//! Lives here: the row that lists show of an item, and its entry beside its neighbours' pages. Both are of pages one folder below
//! that of the language. Never here: how they look (`templates/`).

use super::Site;
use crate::diag::Report;
use crate::lang::LangId;
use crate::model::ItemId;
use crate::view::{Here, Section};
use std::sync::OnceLock;

/// The fragments of all items, by language.
pub(super) struct Fragments(Vec<Vec<Item>>);

/// Those of an item.
#[derive(Default)]
struct Item {
    /// In lists with headings of the third level, as it stands in several.
    row: OnceLock<Box<str>>,
    neighbour: OnceLock<Box<str>>,
}

impl Fragments {
    /// Of so many items and languages; nothing is made yet.
    pub(super) fn new(languages: usize, items: usize) -> Self {
        let all = || (0..items).map(|_| Item::default()).collect();
        Self((0..languages).map(|_| all()).collect())
    }

    fn of(&self, lang: LangId, id: ItemId) -> &Item {
        &self.0[lang.0][id.0]
    }
}

impl Site<'_> {
    /// Puts the items of sections in; a full index has room for more of each.
    pub(super) fn rows(&self, here: Here<'_>, sections: &mut [Section], wide: bool) -> Result<(), Report> {
        for section in sections {
            for id in &section.items {
                section.rows_html.push('\n');
                let kept = &self.fragments.of(here.lang, *id).row;
                let make = || {
                    let row = self.views.row(here, *id, section.level, wide);
                    self.renderer.plain("partials/row.html", here.lang, &row)
                };
                match section.level == 3 && !wide {
                    true => section.rows_html.push_str(once(kept, make)?),
                    false => section.rows_html.push_str(make()?.trim_end()),
                }
            }
        }
        Ok(())
    }

    /// The items beside the page of `own`, itself among them.
    pub(super) fn neighbours(&self, here: Here<'_>, own: ItemId, items: &[ItemId]) -> Result<String, Report> {
        let mut html = String::new();
        for id in items {
            let make = || {
                let view = self.views.neighbour(here, *id, *id == own);
                self.renderer.plain("partials/neighbour.html", here.lang, &view)
            };
            match *id == own {
                true => html.push_str(make()?.trim_end()),
                false => html.push_str(once(&self.fragments.of(here.lang, *id).neighbour, make)?),
            }
        }
        Ok(html)
    }
}

/// What is kept, made where it is missing. Two threads may make it at once: both make the same.
fn once(kept: &OnceLock<Box<str>>, make: impl FnOnce() -> Result<String, Report>) -> Result<&str, Report> {
    match kept.get() {
        Some(html) => Ok(html),
        None => {
            let html = make()?;
            Ok(kept.get_or_init(|| html.trim_end().into()))
        }
    }
}
