//! Files of YAML: a new one as a whole, one that is there with some values changed and every other byte kept.
//!
//! Lives here: writing (`serde_yaml`) and editing (`yaml-edit`). An edit is believed only when the file that comes out says
//! what was meant and nothing else has moved (`meant`); otherwise it is not done. Never here: which values, and the disk.

mod meant;

use super::normal::{Edit, Normal};
use super::value::{Step, Value};
use crate::diag::SourceFile;
use crate::raw::tree::{self, Entry, Node, Value as Tree};
use meant::{is_meant, nothing_else};
use serde_yaml::{Mapping, Value as Yaml};
use std::collections::HashSet;
use std::str::FromStr as _;
use yaml_edit::{Document, YamlNode};

/// A value and its place in a file.
pub(crate) type Change<'v> = (&'v [Step], Option<&'v Value>);

/// A new file with these values, in this order.
pub(crate) fn fresh(changes: &[Change<'_>]) -> String {
    let mut root = Yaml::Null;
    for (path, value) in changes {
        if let Some(value) = value {
            put(&mut root, path, value.yaml());
        }
    }
    serde_yaml::to_string(&root).unwrap_or_default()
}

fn put(node: &mut Yaml, path: &[Step], value: Yaml) {
    let Some((step, rest)) = path.split_first() else {
        *node = value;
        return;
    };
    match step {
        Step::Key(key) => {
            if !node.is_mapping() {
                *node = Yaml::Mapping(Mapping::new());
            }
            if let Yaml::Mapping(map) = node {
                put(map.entry(scalar(key)).or_insert(Yaml::Null), rest, value);
            }
        }
        Step::Element(key, id) => {
            if !node.is_sequence() {
                *node = Yaml::Sequence(Vec::new());
            }
            let Yaml::Sequence(list) = node else { return };
            let (key, id) = (Yaml::String((*key).to_owned()), scalar(id));
            let at = list.iter().position(|element| element.get(&key) == Some(&id)).unwrap_or_else(|| {
                list.push(Yaml::Mapping(Mapping::from_iter([(key, id)])));
                list.len() - 1
            });
            put(&mut list[at], rest, value);
        }
    }
}

/// An id or key: digits stand without quotes, as in hand-written files.
fn scalar(text: &str) -> Yaml {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => Yaml::Number(number.into()),
        _ => Yaml::String(text.to_owned()),
    }
}

/// The text of a file with values changed. None where that cannot be done safely.
///
/// `order` is the order of keys in a mapping, for those that are added; it is asked for by the step that leads to it.
pub(crate) fn edited(
    written: &str,
    changes: &[Change<'_>],
    order: &dyn Fn(Option<&Step>) -> Vec<String>,
) -> Option<String> {
    let mut text = written.to_owned();
    let mut at = 0;
    while let Some((path, value)) = changes.get(at) {
        let normal = Normal::of(&text);
        let root = parse(&normal.text)?;
        let depth = depth(&root, path);
        let mut count = 1;
        let next = match value {
            None if depth < path.len() => {
                at += 1;
                continue;
            }
            None => removed(&normal.text, path)?,
            Some(value) if depth == path.len() => replaced(&normal.text, path, value)?,
            Some(_) if is_element(&path[depth]) => {
                let (text, put) = appended(&normal.text, &root, &changes[at..], depth)?;
                count = put;
                text
            }
            Some(_) => {
                // Whatever goes into the same new mapping is put there at once.
                let new = &path[..=depth];
                let together =
                    changes[at..].iter().take_while(|(path, value)| path.starts_with(new) && value.is_some());
                let mut node = Yaml::Null;
                count = 0;
                for (path, value) in together {
                    put(&mut node, &path[depth + 1..], value.map_or(Yaml::Null, Value::yaml));
                    count += 1;
                }
                let whole = match (path.len() - depth, value) {
                    (1, Some(value)) => Piece::Value(value),
                    _ => Piece::Node(&node),
                };
                inserted(&normal.text, path, depth, &whole, order)?
            }
        };
        let done = &changes[at..at + count];
        let edit = narrow(&normal.text, &next);
        is_meant(&root, &parse(&next)?, done)?;
        nothing_else(&normal.text, &next, &edit, done)?;
        text = normal.edited(&text, vec![edit]);
        at += count;
    }
    Some(text)
}

/// The text of a list of domains or groups with one more entry: at its end, or as the last of `parents`, ids from the outermost.
/// None where that cannot be done safely.
pub(crate) fn with_entry(written: &str, parents: &[&str], id: &str, name: &str) -> Option<String> {
    let element = |id: &str| Step::Element("id", id.to_owned());
    let mut path: Vec<Step> = parents.iter().flat_map(|id| [element(id), Step::key("domains")]).collect();
    path.extend([element(id), Step::key("name")]);
    let value = Value::Text(name.to_owned());
    edited(written, &[(&path, Some(&value))], &|_| ["id", "name"].map(str::to_owned).to_vec())
}

fn parse(text: &str) -> Option<Node> {
    let parsed = tree::parse(&SourceFile::new("", "", text));
    parsed.value.filter(|_| !parsed.report.has_errors())
}

/// How many steps of a path there are already. An empty value is as good as none.
fn depth(root: &Node, path: &[Step]) -> usize {
    let mut node = root;
    for (at, step) in path.iter().enumerate() {
        match child(node, step) {
            Some(next) if !next.is_empty() => node = next,
            _ => return at,
        }
    }
    path.len()
}

/// The node at the end of a path.
pub(crate) fn find<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, child)
}

fn child<'n>(node: &'n Node, step: &Step) -> Option<&'n Node> {
    match (step, &node.value) {
        (Step::Key(key), Tree::Map(entries)) => entry(entries, key).map(|entry| &entry.node),
        (Step::Element(key, id), Tree::List(nodes)) => nodes.iter().find(|node| {
            let Tree::Map(entries) = &node.value else { return false };
            entry(entries, key).is_some_and(|entry| is_text(&entry.node, id))
        }),
        _ => None,
    }
}

fn entry<'n>(entries: &'n [Entry], key: &str) -> Option<&'n Entry> {
    entries.iter().find(|entry| entry.key.value == key)
}

fn is_text(node: &Node, wanted: &str) -> bool {
    matches!(&node.value, Tree::Scalar { text, .. } if text == wanted)
}

/// What is put in.
enum Piece<'v> {
    Value(&'v Value),
    Node(&'v Yaml),
}

/// A value as a node of `yaml-edit`.
fn node(piece: &Piece<'_>) -> Option<YamlNode> {
    let text = match piece {
        Piece::Value(value) => {
            // Lines of a block belong below the key.
            format!("v: {}\n", value.piece().replace('\n', "\n  "))
        }
        Piece::Node(node) => {
            serde_yaml::to_string(&Mapping::from_iter([(Yaml::String("v".into()), (*node).clone())])).ok()?
        }
    };
    Document::from_str(&text).ok()?.get("v")
}

fn document(text: &str) -> Option<(Document, YamlNode)> {
    let document = Document::from_str(text).ok()?;
    let mapping = document.as_mapping().map(YamlNode::Mapping);
    let root = mapping.or_else(|| document.as_sequence().map(YamlNode::Sequence))?;
    Some((document, root))
}

/// The node at the end of a path, in `yaml-edit`'s tree.
fn walk(root: YamlNode, path: &[Step]) -> Option<YamlNode> {
    let mut node = root;
    for step in path {
        node = match step {
            Step::Key(key) => entry_of(&node, key)?.value_node()?,
            Step::Element(key, id) => {
                let list = node.as_sequence()?.clone();
                let is_wanted = |element: &YamlNode| {
                    entry_of(element, key).and_then(|entry| entry.value_node()).is_some_and(|value| says(&value, id))
                };
                list.values().find(is_wanted)?
            }
        };
    }
    Some(node)
}

fn entry_of(node: &YamlNode, key: &str) -> Option<yaml_edit::MappingEntry> {
    node.as_mapping()?.entries().find(|entry| entry.key_node().is_some_and(|node| says(&node, key)))
}

fn says(node: &YamlNode, text: &str) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.as_string() == text)
}

fn replaced(text: &str, path: &[Step], value: &Value) -> Option<String> {
    let (document, root) = document(text)?;
    let (Step::Key(last), around) = path.split_last()? else { return None };
    entry_of(&walk(root, around)?, last)?.set_value(node(&Piece::Value(value))?, false);
    Some(document.to_string())
}

fn removed(text: &str, path: &[Step]) -> Option<String> {
    let (document, root) = document(text)?;
    let (Step::Key(last), around) = path.split_last()? else { return None };
    entry_of(&walk(root, around)?, last)?.remove();
    let next = document.to_string();
    // The indentation of a line that is gone must not stay before the next.
    let Edit { start, end, text: put } = narrow(text, &next);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let is_line = put.is_empty() && text[start..end].ends_with('\n') && text[line..start].chars().all(|c| c == ' ');
    Some(if is_line { format!("{}{}", &text[..line], &text[end..]) } else { next })
}

fn inserted(
    text: &str,
    path: &[Step],
    depth: usize,
    piece: &Piece<'_>,
    order: &dyn Fn(Option<&Step>) -> Vec<String>,
) -> Option<String> {
    let (document, root) = document(text)?;
    let around = walk(root, &path[..depth])?;
    let Step::Key(key) = &path[depth] else { return None };
    match entry_of(&around, key) {
        // It is there without a value.
        Some(entry) => entry.set_value(node(piece)?, false),
        None => {
            let keys = order(depth.checked_sub(1).and_then(|before| path.get(before)));
            let mapping = around.as_mapping()?;
            match key.parse::<u32>() {
                Ok(number) if number.to_string() == *key => mapping.set(i64::from(number), node(piece)?),
                _ => mapping.set_with_field_order(key.as_str(), node(piece)?, keys.iter().map(String::as_str)),
            }
        }
    }
    Some(document.to_string())
}

fn is_element(step: &Step) -> bool {
    matches!(step, Step::Element(..))
}

/// Puts new elements at the end of a list, as many as the next changes ask for: a table may bring thousands. Hands back
/// how many changes that were.
fn appended(text: &str, root: &Node, changes: &[Change<'_>], depth: usize) -> Option<(String, usize)> {
    let (first, _) = changes.first()?;
    let around = &first[..depth];
    let there: HashSet<&str> = match find(root, around).map(|node| &node.value) {
        Some(Tree::List(nodes)) => nodes.iter().filter_map(|node| id_of(node, &first[depth])).collect(),
        _ => HashSet::new(),
    };
    let is_new = |(path, value): &&Change<'_>| {
        let new = matches!(path.get(depth), Some(Step::Element(_, id)) if !there.contains(id.as_str()));
        new && path.starts_with(around) && value.is_some()
    };
    let count = changes.iter().take_while(is_new).count();
    let (document, top) = document(text)?;
    let list = walk(top, around)?.as_sequence()?.clone();
    for element in changes[..count].chunk_by(|(a, _), (b, _)| a.get(depth) == b.get(depth)) {
        let Some((Step::Element(key, id), _)) = element.first().map(|(path, value)| (&path[depth], value)) else {
            continue;
        };
        let mut new = Yaml::Null;
        put(&mut new, &[Step::key(*key)], scalar(id));
        for (path, value) in element {
            put(&mut new, &path[depth + 1..], value.map_or(Yaml::Null, Value::yaml));
        }
        list.push(node(&Piece::Node(&new))?);
    }
    Some((document.to_string(), count))
}

/// What an element of a list is known by.
fn id_of<'n>(element: &'n Node, step: &Step) -> Option<&'n str> {
    let (Tree::Map(entries), Step::Element(key, _)) = (&element.value, step) else { return None };
    match &entry(entries, key)?.node.value {
        Tree::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// The smallest edit that makes one text into another.
fn narrow(old: &str, new: &str) -> Edit {
    let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let most = old.len().min(new.len()) - start;
    let mut same = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
        same -= 1;
    }
    let (mut end, text) = (old.len() - same, new[start..new.len() - same].to_owned());
    // What was cut out of `  phone: 1⏎  place: 2` may be `phone: 1⏎  ` or `hone: 1⏎  p`: the first, if possible.
    let begins_line = |at: usize| old.as_bytes()[..at].iter().rev().find(|b| **b != b' ').is_none_or(|b| *b == b'\n');
    while text.is_empty()
        && start > 0
        && end > start
        && !begins_line(start)
        && old.as_bytes()[start - 1] == old.as_bytes()[end - 1]
    {
        (start, end) = (start - 1, end - 1);
    }
    while !old.is_char_boundary(start) || !old.is_char_boundary(end) {
        (start, end) = (start + 1, end + 1);
    }
    Edit { start, end, text }
}

#[cfg(test)]
mod tests;
