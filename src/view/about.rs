//! The editorial page — notes and coverage of translations — and the page of open data.

use super::document::DocumentView;
use super::shared::NavLink;
use super::{Here, Link, NoteView, PageView, Phrase, Views};
use crate::lang::LangId;
use crate::model::{Counts, Note, NoteOwner, TextKind};
use crate::url::{self, Page};
use serde::Serialize;
use std::sync::Arc;

/// The editorial page.
#[derive(Debug, Serialize)]
pub struct AboutView {
    /// What every page has.
    pub page: PageView,
    /// Notes on items, by item.
    pub items: Vec<Noted>,
    /// Notes on the policy, by part.
    pub policy: Vec<Noted>,
    /// How many notes of each kind: restored, suspected errors, remarks.
    pub counts: [usize; 3],
    /// The coverage of each translation.
    pub coverage: Vec<Coverage>,
    /// The glossary's words in each language that has any.
    pub glossary: Vec<GlossaryView>,
    /// The page of adjustments.
    pub changes: Option<NavLink>,
    /// The date of this edition.
    pub updated: Option<String>,
    /// Whether no sponsor is named.
    pub is_unofficial: bool,
    /// The site's own words for that.
    pub unofficial: Option<Phrase>,
    /// The document behind the list.
    pub document: Option<DocumentView>,
}

/// A part of the content and its notes.
#[derive(Debug, Serialize)]
pub struct Noted {
    /// Its page.
    pub link: Link,
    /// The string that names it in place of a long title.
    pub key: Option<&'static str>,
    /// Its number.
    pub number: Option<u32>,
    /// Its notes.
    pub notes: Vec<NotedNote>,
}

/// A note, and where on the part's page it belongs.
#[derive(Debug, Serialize)]
pub struct NotedNote {
    /// The place; none where the whole part is meant.
    pub href: Option<String>,
    /// The note.
    pub note: NoteView,
}

/// The glossary in one language: how much of it was seen in use, and what was only proposed.
#[derive(Debug, Serialize)]
pub struct GlossaryView {
    /// The language's tag.
    pub lang: String,
    /// Its own name.
    pub name: String,
    /// How many terms have words in it.
    pub total: usize,
    /// The terms whose words were proposed, without having been seen in use.
    pub proposed: Vec<TermView>,
}

/// A term of the glossary.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// The term in the source language.
    pub term: Phrase,
    /// Its words.
    pub words: Phrase,
    /// A remark.
    pub note: Option<Phrase>,
}

/// How far a translation has come.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The language's tag.
    pub lang: String,
    /// Its own name.
    pub name: String,
    /// Its rows: one for each field of the items.
    pub rows: Vec<CoverageRow>,
}

/// The items' translations of one field, counted by state.
#[derive(Debug, Serialize)]
pub struct CoverageRow {
    /// The field.
    pub field: Phrase,
    /// The counts: `total`, `missing`, `stale`, `draft`, `checked`, `reviewed`.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Views<'_> {
    /// The editorial page.
    pub fn about(&self, here: Here<'_>) -> AboutView {
        let catalogue = self.catalogue;
        let noted = |(at, item): (usize, &Arc<crate::model::Item>)| Noted {
            link: Link {
                href: self.href(here, Page::Item(&item.slug)),
                name: self.item_name(here, crate::model::ItemId(at)),
                icon: None,
                count: None,
            },
            key: None,
            number: item.number.as_ref().map(|n| n.value),
            notes: (item.editorial.iter())
                .map(|note| NotedNote { href: None, note: self.item_note(here, note) })
                .collect(),
        };
        let items: Vec<Noted> =
            catalogue.items.iter().enumerate().filter(|(_, i)| !i.editorial.is_empty()).map(noted).collect();
        let policy = self.policy_notes(here);
        let count = |kind: &str| {
            let of = |list: &[Noted]| list.iter().flat_map(|n| &n.notes).filter(|n| n.note.kind == kind).count();
            of(&items) + of(&policy)
        };
        AboutView {
            page: self.string_page(here, "about", Page::About),
            counts: ["restored", "suspected-error", "note"].map(count),
            items,
            policy,
            glossary: catalogue.lang_ids().skip(1).filter_map(|(id, _)| self.glossary(here, id)).collect(),
            coverage: catalogue.lang_ids().skip(1).map(|(id, _)| self.coverage(here, id)).collect(),
            changes: self.changes_link(here),
            updated: catalogue.site.updated.as_ref().map(|date| date.value.to_string()),
            is_unofficial: catalogue.site.government.sponsor.is_none(),
            unofficial: self.optional_phrase(here, catalogue.site.unofficial.as_ref()),
            document: catalogue.policy.document.as_ref().map(|document| self.document(here, document)),
        }
    }

    /// Notes on the policy, those of one part together.
    fn policy_notes(&self, here: Here<'_>) -> Vec<Noted> {
        let mut parts: Vec<(NoteOwner, Noted)> = Vec::new();
        for (owner, note) in self.catalogue.policy.notes() {
            if parts.last().is_none_or(|(last, _)| *last != owner) {
                let Some(link) = self.owner_link(here, owner) else { continue };
                parts.push((owner, Noted { link, key: self.owner_key(owner), number: None, notes: Vec::new() }));
            }
            if let Some((_, part)) = parts.last_mut() {
                part.notes.push(self.policy_note(here, owner, note));
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// A note of the policy; in a document `about` is a heading, shown by its text.
    fn policy_note(&self, here: Here<'_>, owner: NoteOwner, note: &Note) -> NotedNote {
        let mut view = NotedNote { href: None, note: self.note(here, note) };
        if let (NoteOwner::Text(at), Some(about)) = (owner, &note.about) {
            let heading = self.headings[at].iter().find(|h| h.id == about.value);
            view.note.about = heading.map(|h| self.source_phrase(here, &h.text));
            let page = Page::Policy(&self.catalogue.policy.texts[at].name);
            view.href = view.note.about.as_ref().map(|_| self.href_at(here, page, &about.value));
        }
        view
    }

    /// The string that names a document: titles of documents are long.
    fn owner_key(&self, owner: NoteOwner) -> Option<&'static str> {
        match owner {
            NoteOwner::Document => Some("document_title"),
            NoteOwner::Text(at) => match self.catalogue.policy.texts[at].kind {
                TextKind::Notice => Some("notice_title"),
                TextKind::Interpretation => Some("interpretation_title"),
                TextKind::Other => None,
            },
            NoteOwner::Task(_) | NoteOwner::Division(_) | NoteOwner::Indicator(_) => None,
        }
    }

    fn owner_link(&self, here: Here<'_>, owner: NoteOwner) -> Option<Link> {
        let policy = &self.catalogue.policy;
        let at = |page, anchor: String, name| Link {
            href: self.href_at(here, page, &anchor),
            name,
            icon: None,
            count: None,
        };
        Some(match owner {
            NoteOwner::Document => {
                let document = policy.document.as_ref()?;
                let name = self.phrase(here, &document.title);
                let href = match document.source {
                    Some(at) => self.href(here, Page::Policy(&policy.texts[at].name)),
                    None => self.href(here, Page::About),
                };
                Link { href, name, icon: None, count: None }
            }
            NoteOwner::Text(i) => self.link(here, Page::Policy(&policy.texts[i].name), &policy.texts[i].title),
            NoteOwner::Task(i) => {
                let task = &policy.tasks[i];
                at(Page::Tasks, url::task_anchor(task.number.value), self.phrase(here, &task.title))
            }
            NoteOwner::Division(i) => {
                let row = &policy.division[i];
                at(Page::Division, url::row_anchor(row.number.value), self.phrase(here, &row.task))
            }
            NoteOwner::Indicator(i) => {
                let indicator = &policy.indicators[i];
                at(Page::Indicators, indicator.id.value.to_string(), self.phrase(here, &indicator.name))
            }
        })
    }

    fn glossary(&self, here: Here<'_>, lang: LangId) -> Option<GlossaryView> {
        let terms = self.catalogue.glossary.iter().filter(|term| term.text.translation(lang).is_some());
        let proposed = terms.clone().filter(|term| term.is_proposed());
        let view = |term: &crate::model::Term| {
            let words = &term.text.translation(lang)?.value.value;
            let html = self.in_language(here, lang, "span", super::escape(words));
            Some(TermView {
                term: self.source_phrase(here, &term.text.source.value),
                words: Phrase { text: words.to_string(), html, state: None },
                note: term.note.as_ref().map(|note| self.source_phrase(here, &note.value)),
            })
        };
        let language = self.lang(lang);
        let (name, total) = (language.name.clone(), terms.count());
        (total > 0).then(|| GlossaryView {
            lang: language.tag.clone(),
            name,
            total,
            proposed: proposed.filter_map(view).collect(),
        })
    }

    fn coverage(&self, here: Here<'_>, lang: LangId) -> Coverage {
        let row = |(id, field): (crate::model::FieldId, &crate::model::Field)| CoverageRow {
            field: self.phrase(here, &field.label),
            counts: self.catalogue.field_coverage(id, lang),
        };
        let language = self.lang(lang);
        Coverage {
            lang: language.tag.clone(),
            name: language.name.clone(),
            rows: self.catalogue.field_ids().map(row).collect(),
        }
    }

    /// The page of search; without script it leads to the full index.
    pub fn search(&self, here: Here<'_>) -> SearchView {
        let c = self.catalogue;
        let ways = [
            ("domains_title", "domains", true),
            ("audiences_title", "audiences", c.audiences.iter().any(|group| !group.items.is_empty())),
            ("life_events_title", "life-events", c.life_events.iter().any(|group| !group.items.is_empty())),
            ("departments_title", "departments", c.departments.iter().any(|group| !group.items.is_empty())),
        ];
        // Other search engines may list the page as any other: results stand behind its `?q=`, and its canonical address is without.
        SearchView {
            page: self.string_page(here, "search", Page::Search),
            items_href: self.href(here, Page::Items),
            facets: [
                ("domain", "domains_title", c.domains.iter().map(|domain| domain.id.value.as_str()).collect()),
                ("department", "search_departments", ids(&c.departments)),
                ("audience", "for_audiences", ids(&c.audiences)),
                ("event", "for_life_events", ids(&c.life_events)),
            ]
            .map(|(name, key, ids): (_, _, Vec<&str>)| Facet { name, key, ids: ids.join(" ") }),
            ways: (ways.into_iter().filter(|(_, _, exists)| *exists))
                .map(|(key, anchor, _)| NavLink { key, href: self.href_at(here, Page::Home, anchor) })
                .collect(),
        }
    }
}

/// The ids of groups, in order.
fn ids(groups: &[crate::model::Group]) -> Vec<&str> {
    groups.iter().map(|group| group.id.value.as_str()).collect()
}

/// The page of search.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What every page has.
    pub page: PageView,
    /// The full index.
    pub items_href: String,
    /// Other ways to an item: the home page's lists.
    pub ways: Vec<NavLink>,
    /// By what results can be narrowed.
    pub facets: [Facet; 4],
}

/// What results can be narrowed by.
#[derive(Debug, Serialize)]
pub struct Facet {
    /// Its parameter in the address.
    pub name: &'static str,
    /// The key of its string.
    pub key: &'static str,
    /// The ids of its values, in the order of the index's numbers, with spaces between.
    pub ids: String,
}
