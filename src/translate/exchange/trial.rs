//! The translations that count, before the rules: the content is read with them in their places.
//!
//! Lives here: putting texts with places in the PO file into the content as written, and leaving out what an error is
//! about. So every rule about translations, and any to come, names the line of the PO file. Never here: rules.

use super::Slot;
use super::sort::{Fate, Sorted, Taken};
use crate::check;
use crate::diag::{Diagnostic, Report, Severity, SourceFile, Span, Spanned, Written};
use crate::lang::Status;
use crate::lower::lower;
use crate::po::Po;
use crate::raw::{Raw, RawEntry, RawMarkdown, RawTranslation, Target};
use std::collections::HashMap;
use std::sync::Arc;

/// Leaves out what breaks a rule, and reports that and every warning about the rest.
pub(super) fn trial(sorted: &mut Sorted, slots: &[Slot<'_>], po: &Po, tag: &str, mut raw: Raw, report: &mut Report) {
    insert(&sorted.taken, slots, po, tag, &mut raw);
    let mut found = Report::default();
    let catalogue = lower(raw).merge_into(&mut found);
    found.merge(check::check(&catalogue));
    let mut refused = Vec::new();
    let mut documents: HashMap<*const SourceFile, &Taken> = HashMap::new();
    for taken in sorted.taken.iter().filter(|taken| !Arc::ptr_eq(&taken.value.span.file, &po.file)) {
        documents.insert(Arc::as_ptr(&taken.value.span.file), taken);
    }
    for fault in found.iter() {
        // That is said where the source has changed.
        if fault.code == "stale-translation" {
            continue;
        }
        let Some((entry, place)) = entry(&fault.span, po, &documents) else { continue };
        if fault.severity == Severity::Error {
            refused.push(entry);
        }
        report.push(Diagnostic { span: place, ..fault.clone() });
    }
    sorted.refuse(&refused);
}

/// The entry that a place belongs to, and the place in the PO file.
fn entry(span: &Span, po: &Po, documents: &HashMap<*const SourceFile, &Taken>) -> Option<(usize, Span)> {
    if Arc::ptr_eq(&span.file, &po.file) {
        let at = po.entries.partition_point(|entry| entry.span.start() <= span.start()).checked_sub(1)?;
        return Some((at, span.clone()));
    }
    let taken = documents.get(&Arc::as_ptr(&span.file))?;
    let parts = &taken.parts;
    let at = parts.partition_point(|(_, range)| range.start <= span.start()).saturating_sub(1);
    let (entry, _) = parts.get(at)?;
    let string = &po.entries.get(*entry)?.translation.span;
    Some((*entry, string.find(span.text())))
}

/// Puts translations into the content as written.
fn insert(taken: &[Taken], slots: &[Slot<'_>], po: &Po, tag: &str, raw: &mut Raw) {
    let folder = format!("i18n/{tag}/");
    let own = raw.translations.iter().enumerate().filter(|(_, file)| file.tag == tag);
    let path = |file: &RawTranslation| file.file.path.strip_prefix(&folder).unwrap_or_default().to_owned();
    let mut by_path: HashMap<String, usize> = own.map(|(at, file)| (path(file), at)).collect();
    for one in taken.iter().filter(|one| one.news != Fate::Unchanged) {
        let slot = &slots[one.slot];
        let unit = slot.unit;
        let place = one.parts.first().map_or_else(|| Span::whole(&po.file), |(at, _)| po.entries[*at].span.clone());
        let place = Span::new(&place.file, place.start(), place.start());
        let at = *by_path.entry(unit.path.clone()).or_insert_with(|| {
            let target = target(&unit.path, &place);
            raw.translations.push(RawTranslation { file: Arc::clone(&po.file), tag: tag.to_owned(), target });
            raw.translations.len() - 1
        });
        let field = slot.entry_field();
        match (&mut raw.translations[at].target, &unit.key) {
            (Target::Text(_, markdown), _) if field == "body" => {
                markdown.body = one.value.clone();
                put(&mut markdown.entry.source, &field, one.hash.as_ref().map(|hash| at_place(hash, &place)));
            }
            (Target::Text(_, RawMarkdown { entry, .. }) | Target::Item(_, entry) | Target::Document(entry), _) => {
                translate(entry, &field, one, &place);
            }
            (list, Some(key)) => {
                let Some(entries) = entries(list) else { continue };
                let found = entries.iter().position(|(known, _)| known.value == *key).unwrap_or_else(|| {
                    entries.push((at_place(key, &place), fresh(&place)));
                    entries.len() - 1
                });
                translate(&mut entries[found].1, &field, one, &place);
            }
            (_, None) => {}
        }
    }
}

fn translate(entry: &mut RawEntry, field: &str, one: &Taken, place: &Span) {
    put(&mut entry.text, field, Some(one.value.clone()));
    put(&mut entry.source, field, one.hash.as_ref().map(|hash| at_place(hash, place)));
}

/// Puts a value under a key, in place of another.
fn put(map: &mut Vec<(Spanned<Written>, Spanned<Written>)>, key: &str, value: Option<Spanned<Written>>) {
    let Some(value) = value else { return };
    match map.iter_mut().find(|(known, _)| known.value == key) {
        Some((_, there)) => *there = value,
        None => map.push((Spanned::new(key.into(), value.span.clone()), value)),
    }
}

fn at_place(text: &str, place: &Span) -> Spanned<Written> {
    Spanned::new(text.into(), place.clone())
}

fn fresh(place: &Span) -> RawEntry {
    RawEntry {
        place: place.clone(),
        status: Status::Draft,
        translator: None,
        reviewer: None,
        date: None,
        source: Vec::new(),
        text: Vec::new(),
    }
}

/// A translation file that is not there yet.
fn target(path: &str, place: &Span) -> Target {
    if let Some(name) = path.strip_prefix("policy/").and_then(|name| name.strip_suffix(".md")) {
        return Target::Text(name.to_owned(), RawMarkdown { entry: fresh(place), body: at_place("", place) });
    }
    match path {
        "domains.yaml" => Target::Domains(Vec::new()),
        "departments.yaml" => Target::Departments(Vec::new()),
        "audiences.yaml" => Target::Audiences(Vec::new()),
        "life-events.yaml" => Target::LifeEvents(Vec::new()),
        "changes.yaml" => Target::Changes(Vec::new()),
        "policy/document.yaml" => Target::Document(fresh(place)),
        "policy/tasks.yaml" => Target::Tasks(Vec::new()),
        "policy/division.yaml" => Target::Division(Vec::new()),
        "policy/indicators.yaml" => Target::Indicators(Vec::new()),
        _ => Target::Item(path.to_owned(), fresh(place)),
    }
}

/// The entries of a list.
fn entries(target: &mut Target) -> Option<&mut Vec<(Spanned<Written>, RawEntry)>> {
    match target {
        Target::Domains(entries)
        | Target::Departments(entries)
        | Target::Audiences(entries)
        | Target::LifeEvents(entries)
        | Target::Changes(entries)
        | Target::Tasks(entries)
        | Target::Division(entries)
        | Target::Indicators(entries) => Some(entries),
        Target::Item(..) | Target::Document(_) | Target::Text(..) | Target::Allow(_) => None,
    }
}
