//! What many pages say in the same words: made when the first of them needs it, and kept.
//!
//! Lives here: the row that lists show of an item, its entry beside its neighbours' pages, the groups on its own. All are of pages one
//! folder below that of the language. Never here: how they look (`templates/`).

use super::Site;
use crate::diag::Report;
use crate::lang::LangId;
use crate::model::{Catalogue, ItemId};
use crate::view::{Here, ItemView, Section};
use serde::Serialize;
use std::sync::OnceLock;

/// The fragments of all languages.
pub(super) struct Fragments(Vec<Language>);

/// What is made once.
type Fragment = OnceLock<Box<str>>;

struct Language {
    items: Vec<Item>,
    /// On pages of items.
    audiences: Vec<Fragment>,
    life_events: Vec<Fragment>,
}

/// Those of an item.
#[derive(Default)]
struct Item {
    /// In lists with headings of the third level, as it stands in several.
    row: Fragment,
    neighbour: Fragment,
}

impl Fragments {
    /// Nothing is made yet.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let language = |_| Language {
            items: catalogue.items.iter().map(|_| Item::default()).collect(),
            audiences: catalogue.audiences.iter().map(|_| Fragment::new()).collect(),
            life_events: catalogue.life_events.iter().map(|_| Fragment::new()).collect(),
        };
        Self(catalogue.languages().iter().map(language).collect())
    }

    fn of(&self, lang: LangId) -> &Language {
        &self.0[lang.0]
    }
}

impl Site<'_> {
    /// Puts the items of sections in; a full index has room for more of each.
    pub(super) fn rows(&self, here: Here<'_>, sections: &mut [Section], wide: bool) -> Result<(), Report> {
        for section in sections {
            for id in &section.items {
                section.rows_html.push('\n');
                let kept = &self.fragments.of(here.lang).items[id.0].row;
                let make = || self.part("row", here, &self.views.row(here, *id, section.level, wide));
                match section.level == 3 && !wide {
                    true => section.rows_html.push_str(once(kept, make)?),
                    false => section.rows_html.push_str(make()?.trim_end()),
                }
            }
        }
        Ok(())
    }

    /// Puts what its page shares with others into the view of an item.
    pub(super) fn fill_item(&self, here: Here<'_>, own: ItemId, view: &mut ItemView) -> Result<(), Report> {
        let (kept, item) = (self.fragments.of(here.lang), self.views.catalogue.item(own));
        for id in &view.neighbours {
            let make = || self.part("neighbour", here, &self.views.neighbour(here, *id, *id == own));
            match *id == own {
                true => view.neighbours_html.push_str(make()?.trim_end()),
                false => view.neighbours_html.push_str(once(&kept.items[id.0].neighbour, make)?),
            }
        }
        for id in &item.audiences {
            let make = || self.part("chip", here, &self.views.audience_chip(here, *id));
            view.audiences_html.push_str(once(&kept.audiences[id.0], make)?);
        }
        for id in &item.life_events {
            let make = || self.part("chip", here, &self.views.life_event_chip(here, *id));
            view.life_events_html.push_str(once(&kept.life_events[id.0], make)?);
        }
        Ok(())
    }

    fn part(&self, name: &str, here: Here<'_>, view: &impl Serialize) -> Result<String, Report> {
        self.renderer.plain(&format!("partials/{name}.html"), here.lang, view)
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
