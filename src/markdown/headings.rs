//! The ids of headings: as written, else made from the text, and unique in the document.
//!
//! Lives here: how a heading gets its address. Never here: levels on the page (they depend on where the document is shown).

use crate::url::free_number;
use std::collections::BTreeSet;
use std::ops::Range;

/// A heading as the parser found it.
pub(super) struct Found {
    /// Its level as written, 1 to 6.
    pub(super) level: u8,
    /// The id written after it, `{#id}`.
    pub(super) written_id: Option<String>,
    /// Its text without markup.
    pub(super) text: String,
    /// Its bytes in the source.
    pub(super) range: Range<usize>,
}

/// A heading with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level as written, 1 to 6.
    pub level: u8,
    /// Its id, unique in the document.
    pub id: String,
    /// The id written after it, whether or not it could be used.
    pub written_id: Option<String>,
    /// Its text without markup.
    pub text: String,
    /// Its bytes in the source.
    pub range: Range<usize>,
}

/// Whether `id` may stand as an id: the house's ids, lower-case ASCII letters, digits and hyphens.
fn is_id(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && id.bytes().next().is_some_and(|b| b != b'-')
}

/// Gives every heading its id. Written ids come first, so that none is lost to one made from a text.
pub(super) fn name_headings(found: Vec<Found>) -> Vec<Heading> {
    let mut taken = BTreeSet::new();
    let mut written: Vec<Option<String>> = Vec::with_capacity(found.len());
    for heading in &found {
        let id = heading.written_id.as_deref().filter(|id| is_id(id) && taken.insert((*id).to_owned()));
        written.push(id.map(str::to_owned));
    }
    found
        .into_iter()
        .zip(written)
        .enumerate()
        .map(|(i, (heading, id))| {
            let id = id.unwrap_or_else(|| {
                // A second use of a written id keeps its sound: `tasks-2`. `check` reports it.
                let wanted = heading.written_id.clone().filter(|id| is_id(id));
                unique(wanted.unwrap_or_else(|| derive(&heading.text, i + 1)), &mut taken)
            });
            let Found { level, written_id, text, range } = heading;
            Heading { level, id, written_id, text, range }
        })
        .collect()
}

/// An id from the text: its ASCII words joined by hyphens, or `section-N` where it has letters of another script.
fn derive(text: &str, number: usize) -> String {
    let mut id = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            return format!("section-{number}");
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { format!("section-{number}") } else { id.to_owned() }
}

/// The id itself, or with a number from 2 that makes it new.
fn unique(id: String, taken: &mut BTreeSet<String>) -> String {
    let id = match taken.contains(&id) {
        true => format!("{id}-{}", free_number(|n| taken.contains(&format!("{id}-{n}")))),
        false => id,
    };
    taken.insert(id.clone());
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(headings: &[(&str, Option<&str>)]) -> Vec<String> {
        let found = headings
            .iter()
            .map(|(text, id)| Found { level: 2, written_id: id.map(str::to_owned), text: (*text).into(), range: 0..0 })
            .collect();
        name_headings(found).into_iter().map(|h| h.id).collect()
    }

    #[test]
    fn ids_are_written_or_made_and_unique() {
        let headings = [
            ("重点任务", Some("tasks")),
            ("总体要求", None),
            ("Who Can Apply?", None),
            ("Who can apply", None),
            ("分工", Some("tasks")),
            ("…", None),
            ("坏", Some("A\"B")),
        ];
        let wanted = ["tasks", "section-2", "who-can-apply", "who-can-apply-2", "tasks-2", "section-6", "section-7"];
        assert_eq!(ids(&headings), wanted);
    }

    #[test]
    fn a_written_id_is_never_lost_to_a_made_one() {
        assert_eq!(ids(&[("Tasks", None), ("任务", Some("tasks"))]), ["tasks-2", "tasks"]);
    }
}
