//! Whether an edit did what was meant: the tree that comes out, and the bytes that were cut.
//!
//! Never here: edits.

use super::{Change, entry, find, parse};
use crate::amend::{Edit, Step, Value};
use crate::raw::tree::{Node, Value as Tree};

/// A tree without places, to be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

impl Plain {
    /// The tree of a node.
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Tree::Scalar { .. } if node.is_empty() => Self::Text(String::new()),
            Tree::Scalar { text, .. } => Self::Text(text.trim_end_matches('\n').to_owned()),
            Tree::List(nodes) => Self::List(nodes.iter().map(Self::of).collect()),
            Tree::Map(entries) => Self::map(entries.iter().map(|e| (e.key.value.to_string(), Self::of(&e.node)))),
        }
    }

    /// Sorted: where a new key stands is a matter of taste.
    fn map(entries: impl Iterator<Item = (String, Self)>) -> Self {
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Self::Map(entries)
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.trim_end_matches('\n').to_owned()),
            Value::Number(number) => Self::Text(number.to_string()),
            Value::True => Self::Text("true".to_owned()),
            Value::List(values) => Self::List(values.iter().map(Self::of_value).collect()),
            Value::Map(entries) => Self::map(entries.iter().map(|(key, value)| (key.clone(), Self::of_value(value)))),
        }
    }

    fn change(&mut self, path: &[Step], value: Option<&Value>) -> Option<()> {
        let Some((step, rest)) = path.split_first() else {
            *self = Self::of_value(value?);
            return Some(());
        };
        let is_nothing = *self == Self::Text(String::new());
        match step {
            Step::Key(key) => {
                if is_nothing {
                    *self = Self::Map(Vec::new());
                }
                let Self::Map(entries) = self else { return None };
                let at = entries.binary_search_by(|(known, _)| known.cmp(key));
                match (at, value, rest.is_empty()) {
                    (Ok(at), None, true) => {
                        entries.remove(at);
                        Some(())
                    }
                    (Ok(at), ..) => entries[at].1.change(rest, value),
                    (Err(_), None, _) => Some(()),
                    (Err(at), ..) => {
                        entries.insert(at, (key.clone(), Self::Text(String::new())));
                        entries[at].1.change(rest, value)
                    }
                }
            }
            Step::Element(key, id) => {
                if is_nothing {
                    *self = Self::List(Vec::new());
                }
                let Self::List(elements) = self else { return None };
                let own = ((*key).to_owned(), Self::Text(id.clone()));
                let is_own = |element: &Self| matches!(element, Self::Map(entries) if entries.contains(&own));
                let at = elements.iter().position(is_own).unwrap_or_else(|| {
                    elements.push(Self::Map(vec![own.clone()]));
                    elements.len() - 1
                });
                elements[at].change(rest, value)
            }
        }
    }
}

/// Whether the new tree is the old one with these changes, and nothing else.
pub(super) fn is_meant(old: &Node, new: &Node, done: &[Change<'_>]) -> Option<()> {
    let mut wanted = Plain::of(old);
    for (path, value) in done {
        wanted.change(path, *value)?;
    }
    (Plain::of(new) == wanted).then_some(())
}

/// Whether what was cut out belongs to the value that was changed: a comment or the quotes of another are not touched.
pub(super) fn nothing_else(old: &str, new: &str, edit: &Edit, done: &[Change<'_>]) -> Option<()> {
    let root = parse(old)?;
    let (path, _) = done.first()?;
    let Some((Step::Key(last), around)) = path.split_last() else { return is_blank(old, edit) };
    let there = find(&root, around).and_then(|node| match &node.value {
        Tree::Map(entries) => entry(entries, last),
        _ => None,
    });
    match there {
        Some(entry) => {
            let (start, end) = (entry.key.span.start(), entry.node.span.end().max(entry.key.span.end()));
            let before = old.get(edit.start..start.max(edit.start).min(edit.end)).unwrap_or_default();
            let after = old.get(end.clamp(edit.start, edit.end)..edit.end).unwrap_or_default();
            let fine = |text: &str| text.chars().all(|c| c.is_whitespace() || c == ',' || c == ':');
            (fine(before) && fine(after) && comments(old, Some((start, end))) <= comments(new, None)).then_some(())
        }
        None => is_blank(old, edit),
    }
}

/// How many number signs there are outside of a range: comments that would be lost count.
fn comments(text: &str, without: Option<(usize, usize)>) -> usize {
    let outside = |at: usize| without.is_none_or(|(start, end)| at < start || at >= end);
    text.match_indices('#').filter(|(at, _)| outside(*at)).count()
}

/// Whether nothing but white space was cut out.
fn is_blank(old: &str, edit: &Edit) -> Option<()> {
    old.get(edit.start..edit.end)?.chars().all(char::is_whitespace).then_some(())
}
