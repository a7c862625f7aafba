//! Stamps: the fingerprints of the source texts, written anew where a translator has looked at the translation.
//!
//! Lives here: finding where a file's fingerprints stand, or would stand, and putting the present ones there. Every other
//! byte stays. Never here: `status` and the names of people; no program sets those.

use crate::amend::{Edit, Normal};
use crate::diag::{Message, Report, SourceFile, Span};
use crate::model::{Text, Unit, UnitKind, fingerprint};
use crate::msg;
use crate::raw::tree::{self, Entry, Node, Value};
use crate::raw::{front_matter, note_field};
use std::sync::Arc;

/// A file with the fingerprints of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// Its text, to be written as it is.
    pub text: String,
    /// What is new in it; empty where it was current.
    pub changes: Vec<Change>,
}

/// A fingerprint that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The entry's key, in a file of several.
    pub key: Option<String>,
    /// The field.
    pub field: String,
    /// The line in the former text where it stands, or before which it was put; from 1.
    pub line: usize,
    /// What stood there.
    pub from: Option<String>,
    /// What stands there now.
    pub to: String,
}

/// Puts the fingerprint of today beside every translated text of a file.
///
/// `written` is the file byte for byte, `path` its path below `i18n/<tag>/`, `units` are those of the catalogue.
/// Texts without a source, and fingerprints of what is not translated, are left alone.
///
/// # Errors
/// A sentence where the file is written in a way that cannot be edited safely.
pub fn stamp(written: &str, path: &str, units: &[Unit<'_>]) -> Result<Stamped, Message> {
    let units: Vec<&Unit<'_>> = units.iter().filter(|unit| unit.path == path).collect();
    stamp_as(written, path, &units, &|_, _, text| Some(fingerprint(&text.source.value)))
}

/// Which fingerprint belongs to a text of a unit, by its field; none where what stands there is right.
pub(super) type Hash<'h> = dyn Fn(&Unit<'_>, &str, &Text) -> Option<String> + 'h;

/// As [`stamp`], with other fingerprints than those of today. `units` are those of the file.
///
/// # Errors
/// As [`stamp`].
pub(super) fn stamp_as(written: &str, path: &str, units: &[&Unit<'_>], hash: &Hash<'_>) -> Result<Stamped, Message> {
    let normal = Normal::of(written);
    let file = SourceFile::new("", path, normal.text.as_str());
    let mut pen = Pen::new(hash);
    pen.file(&file, units)?;
    let text = normal.edited(written, pen.edits);
    // Whatever the file looks like: what comes out must say what was meant, or nothing is done.
    let again = SourceFile::new("", path, Normal::of(&text).text);
    let mut proof = Pen::new(hash);
    match proof.file(&again, units) {
        Ok(()) if proof.changes.is_empty() => Ok(Stamped { text, changes: pen.changes }),
        _ => Err(unfit(path)),
    }
}

fn unfit(path: &str) -> Message {
    msg!("“{path}”的写法特殊，无法安全地更新指纹", "`{path}` is written in a way that cannot be stamped safely")
}

/// A fingerprint that a field should have.
struct Wanted {
    field: String,
    /// The key it is written under.
    key: String,
    hash: String,
}

/// Collects edits and what they change.
struct Pen<'h> {
    hash: &'h Hash<'h>,
    edits: Vec<Edit>,
    changes: Vec<Change>,
}

impl<'h> Pen<'h> {
    fn new(hash: &'h Hash<'h>) -> Self {
        Self { hash, edits: Vec::new(), changes: Vec::new() }
    }

    fn file(&mut self, file: &Arc<SourceFile>, units: &[&Unit<'_>]) -> Result<(), Message> {
        if file.path.ends_with(".md") {
            let (node, body) = front_matter(file, &mut Report::default()).ok_or_else(|| unfit(&file.path))?;
            for unit in units {
                match unit.kind {
                    UnitKind::Notes => self.entry(&node, unit)?,
                    _ => self.document(&node, !body.value.trim().is_empty(), unit)?,
                }
            }
            return Ok(());
        }
        let parsed = tree::parse(file);
        let root = parsed.value.filter(|_| !parsed.report.has_errors()).ok_or_else(|| unfit(&file.path))?;
        for unit in units {
            match &unit.key {
                None => self.entry(&root, unit)?,
                Some(key) => {
                    if let Some(entry) = child(&root, key) {
                        self.entry(&entry.node, unit)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// An entry of a YAML file: the fingerprints are a mapping beside that of the texts.
    fn entry(&mut self, node: &Node, unit: &Unit<'_>) -> Result<(), Message> {
        let (texts, fingerprints) = match unit.kind {
            UnitKind::Notes => ("editorial", "source_editorial"),
            _ => ("text", "source"),
        };
        let Some(text) = child(node, texts) else { return Ok(()) };
        let translated = |field: &str| child(&text.node, field).is_some_and(|entry| !entry.node.is_empty());
        let there = unit.texts.iter().filter(|(field, _)| translated(field));
        let wanted: Vec<Wanted> = there.filter_map(|(field, text)| self.wanted(unit, field, text)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let Some(source) = child(node, fingerprints) else {
            self.put_before(node, text, &format!("{fingerprints}: {}", flow(&wanted)))?;
            self.note_all(&wanted, unit, &text.key.span);
            return Ok(());
        };
        match &source.node.value {
            Value::Map(entries) => self.mapping(&source.node, entries, wanted, unit),
            _ if source.node.is_empty() => {
                self.fill(source, &flow(&wanted))?;
                self.note_all(&wanted, unit, &source.key.span);
                Ok(())
            }
            _ => Err(unfit(&node.span.file.path)),
        }
    }

    /// The mapping of fingerprints: old ones are replaced where they stand, new ones come last.
    fn mapping(&mut self, map: &Node, entries: &[Entry], wanted: Vec<Wanted>, unit: &Unit<'_>) -> Result<(), Message> {
        let mut new = Vec::new();
        for one in wanted {
            match entries.iter().find(|entry| entry.key.value == one.key) {
                Some(entry) => self.replace(entry, &one, unit)?,
                None => new.push(one),
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let place = entries.last().map_or_else(|| map.span.clone(), |last| last.key.span.clone());
        self.note_all(&new, unit, &place);
        let pairs: Vec<String> = new.iter().map(|one| format!("{}: {}", one.key, one.hash)).collect();
        let whole = &map.span.file.text;
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            self.insert(map.span.start() + 1, pairs.join(", "));
            return Ok(());
        };
        let end = last.node.span.end().max(last.key.span.end());
        if map.span.text().starts_with('{') {
            self.insert(end, format!(", {}", pairs.join(", ")));
        } else {
            let indent = indentation(first)?;
            let line_end = whole[end..].find('\n').map_or(whole.len(), |at| end + at);
            let lines: String = pairs.iter().map(|pair| format!("\n{indent}{pair}")).collect();
            self.insert(line_end, lines);
        }
        Ok(())
    }

    fn wanted(&self, unit: &Unit<'_>, key: &str, text: &Text) -> Option<Wanted> {
        let field = if unit.kind == UnitKind::Notes { note_field(key) } else { key.to_owned() };
        Some(Wanted { field, key: key.to_owned(), hash: (self.hash)(unit, key, text)? })
    }

    /// A Markdown document: the fingerprints stand in its front matter.
    fn document(&mut self, node: &Node, has_body: bool, unit: &Unit<'_>) -> Result<(), Message> {
        let Value::Map(entries) = &node.value else { return Err(unfit(&node.span.file.path)) };
        for (field, key) in [("title", "source_title"), ("body", "source")] {
            let there =
                if field == "body" { has_body } else { child(node, "title").is_some_and(|e| !e.node.is_empty()) };
            let Some((_, text)) = unit.texts.iter().find(|(id, _)| *id == field).filter(|_| there) else { continue };
            let Some(hash) = (self.hash)(unit, field, text) else { continue };
            let one = Wanted { field: field.into(), key: key.into(), hash };
            if let Some(entry) = child(node, key) {
                self.replace(entry, &one, unit)?;
            } else if let Some(anchor) = child(node, "title").or(entries.first()) {
                self.put_before(node, anchor, &format!("{key}: {}", one.hash))?;
                self.note(&one, unit, &anchor.key.span, None);
            }
        }
        Ok(())
    }

    /// Puts a fingerprint in the place of another, with the quotes that stood there.
    fn replace(&mut self, entry: &Entry, one: &Wanted, unit: &Unit<'_>) -> Result<(), Message> {
        let Value::Scalar { text, .. } = &entry.node.value else { return Err(unfit(&entry.key.span.file.path)) };
        if *text == one.hash {
            return Ok(());
        }
        let quote = entry.node.span.text().chars().next().filter(|c| matches!(c, '"' | '\'')).map(String::from);
        let quote = quote.unwrap_or_default();
        self.fill(entry, &format!("{quote}{}{quote}", one.hash))?;
        self.note(one, unit, &entry.key.span, Some(text.to_string()).filter(|text| !text.is_empty()));
        Ok(())
    }

    /// Gives a key a value, in place of the one that it has, if any.
    fn fill(&mut self, entry: &Entry, value: &str) -> Result<(), Message> {
        let span = &entry.node.span;
        if !span.text().is_empty() {
            self.edits.push(Edit { start: span.start(), end: span.end(), text: value.into() });
            return Ok(());
        }
        let key = &entry.key.span;
        let rest = key.file.text.get(key.end()..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        match rest[gap..].starts_with(':') {
            true => self.insert(key.end() + gap + 1, format!(" {value}")),
            false => return Err(unfit(&key.file.path)),
        }
        Ok(())
    }

    /// Puts a key with its value before another key of a mapping.
    fn put_before(&mut self, map: &Node, anchor: &Entry, pair: &str) -> Result<(), Message> {
        let start = anchor.key.span.start();
        if map.span.text().starts_with('{') {
            self.insert(start, format!("{pair}, "));
        } else {
            let indent = indentation(anchor)?;
            self.insert(start, format!("{pair}\n{indent}"));
        }
        Ok(())
    }

    fn insert(&mut self, at: usize, text: String) {
        self.edits.push(Edit { start: at, end: at, text });
    }

    fn note_all(&mut self, wanted: &[Wanted], unit: &Unit<'_>, place: &Span) {
        for one in wanted {
            self.note(one, unit, place, None);
        }
    }

    fn note(&mut self, one: &Wanted, unit: &Unit<'_>, place: &Span, from: Option<String>) {
        let (line, _) = place.line_column();
        let (key, field) = (unit.key.clone(), one.field.clone());
        self.changes.push(Change { key, field, line, from, to: one.hash.clone() });
    }
}

fn flow(wanted: &[Wanted]) -> String {
    let pairs: Vec<String> = wanted.iter().map(|one| format!("{}: {}", one.key, one.hash)).collect();
    format!("{{{}}}", pairs.join(", "))
}

fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Entry> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key.value == key)
}

/// The white space before a key, which must stand first on its line.
fn indentation(entry: &Entry) -> Result<String, Message> {
    let span = &entry.key.span;
    let before = span.file.text.get(..span.start()).unwrap_or_default();
    let indent = before.rsplit('\n').next().unwrap_or_default();
    if indent.chars().all(|c| c == ' ') { Ok(indent.to_owned()) } else { Err(unfit(&span.file.path)) }
}

#[cfg(test)]
mod tests;
