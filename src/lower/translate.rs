//! Joins translations to the texts they translate, and tells which are stale.
//!
//! A translation is stale where its fingerprint differs from that of the source text as it is now.
//! Nothing here stops a build but a file that names what does not exist as a field or language.

use super::Context;
use crate::diag::{Diagnostic, Span, Spanned, Written, suggest};
use crate::lang::{LangId, Translated};
use crate::model::{
    Area, Catalogue, Change, DivisionRow, Domain, Group, Indicator, Meta, Note, Policy, Task, Text, fingerprint,
};
use crate::msg;
use crate::raw::{RawEntry, RawMarkdown, RawTranslation, Target, note_field};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Applies all translation files.
pub(super) fn apply(raw: Vec<RawTranslation>, catalogue: &mut Catalogue, cx: &mut Context<'_>) {
    let paths: HashMap<String, usize> =
        catalogue.items.iter().enumerate().map(|(i, item)| (item.file.path.clone(), i)).collect();
    let mut unknown = HashSet::new();
    for RawTranslation { file, tag, target } in raw {
        let place = Span::whole(&file);
        match cx.find_lang(&tag) {
            Some(LangId::SOURCE) => {
                let message =
                    msg!("{tag} 是源语言，不需要译文", "{tag} is the source language: it has no translations");
                cx.report.push(
                    Diagnostic::error("translated-source", place, message)
                        .hint(msg!("请直接修改内容文件", "edit the content itself")),
                );
            }
            Some(lang) => one(target, lang, &place, &paths, catalogue, cx),
            // One message for a folder, not one for each file in it.
            None if !unknown.insert(tag.clone()) => {}
            None => {
                let tag = Spanned::new(Written::from(tag), place);
                let hint = suggest(&tag.value, cx.languages.iter().map(|l| l.tag.as_str()));
                cx.unknown("unknown-language", &tag, ("语言", "language"), hint);
            }
        }
    }
}

fn one(
    target: Target,
    lang: LangId,
    place: &Span,
    paths: &HashMap<String, usize>,
    catalogue: &mut Catalogue,
    cx: &mut Context<'_>,
) {
    let policy = &mut catalogue.policy;
    match target {
        Target::Item(path, entry) => {
            let Some(item) = paths.get(&path).map(|at| Arc::make_mut(&mut catalogue.items[*at])) else {
                return orphan(place.clone(), &path, cx);
            };
            let ids = catalogue.fields.iter().map(|f| f.id.value.as_str());
            let texts = ids.zip(item.texts.iter_mut().map(Option::as_mut));
            join(entry, lang, with_notes(texts, &mut item.editorial), &mut item.meta, cx);
        }
        Target::Domains(entries) => each(entries, lang, &mut catalogue.domains, cx),
        Target::Departments(entries) => each(entries, lang, &mut catalogue.departments, cx),
        Target::Audiences(entries) => each(entries, lang, &mut catalogue.audiences, cx),
        Target::LifeEvents(entries) => each(entries, lang, &mut catalogue.life_events, cx),
        Target::Changes(entries) => each(entries, lang, &mut catalogue.changes, cx),
        Target::Document(entry) => match &mut policy.document {
            Some(d) => {
                let texts = [
                    ("title", Some(&mut d.title)),
                    ("issuer", d.issuer.as_mut()),
                    ("subject", d.subject.as_mut()),
                    ("validity_note", d.validity_note.as_mut()),
                    ("annex", d.annex.as_mut()),
                ];
                join(entry, lang, with_notes(texts, &mut d.editorial), &mut d.meta, cx);
            }
            None => orphan(place.clone(), "policy/document.yaml", cx),
        },
        Target::Allow(raw) => super::glossary::allow(raw, lang, &mut catalogue.allowed),
        Target::Tasks(entries) => tasks(entries, lang, policy, cx),
        Target::Division(entries) => each(entries, lang, &mut policy.division, cx),
        Target::Indicators(entries) => each(entries, lang, &mut policy.indicators, cx),
        Target::Text(name, RawMarkdown { entry, body }) => match policy.find_text(&name) {
            Some(at) => {
                let text = &mut policy.texts[at];
                let mut entry = entry;
                // A file that has only a head translates the title alone.
                if !body.value.trim().is_empty() {
                    entry.text.push((Spanned::new("body".into(), body.span.clone()), body));
                }
                let texts = [("title", Some(&mut text.title)), ("body", Some(&mut text.body))];
                join(entry, lang, with_notes(texts, &mut text.editorial), &mut text.meta, cx);
            }
            None => orphan(place.clone(), &format!("policy/{name}.md"), cx),
        },
    }
}

/// The texts of an entry by key; none where the source does not have that text.
type Texts<'t, 'k> = Vec<(Cow<'k, str>, Option<&'t mut Text>)>;

/// The texts of a part, and after them its notes by number.
fn with_notes<'t, 'k>(
    texts: impl IntoIterator<Item = (&'k str, Option<&'t mut Text>)>,
    notes: impl IntoIterator<Item = &'t mut Note>,
) -> Texts<'t, 'k> {
    let texts = texts.into_iter().map(|(field, text)| (Cow::Borrowed(field), text));
    let number = |n: usize| Cow::Owned(note_field(&n.to_string()));
    texts.chain((1..).zip(notes).map(|(n, note)| (number(n), Some(&mut note.note)))).collect()
}

/// What has an id, texts by key, and the states of its translations.
trait Translatable {
    fn key(&self) -> String;
    fn parts(&mut self) -> (Texts<'_, 'static>, &mut Vec<Option<Meta>>);
}

/// Implements [`Translatable`]: the key, the texts always there, the texts that may be absent, the notes if it has any.
macro_rules! translatable {
    ($($type:ty: $key:ident, [$($text:ident),*], [$($optional:ident),*] $(, $notes:ident)?;)*) => {$(
        impl Translatable for $type {
            fn key(&self) -> String {
                self.$key.value.to_string()
            }

            fn parts(&mut self) -> (Texts<'_, 'static>, &mut Vec<Option<Meta>>) {
                let texts: Vec<(&'static str, Option<&mut Text>)> = vec![
                    $((stringify!($text), Some(&mut self.$text)),)*
                    $((stringify!($optional), self.$optional.as_mut()),)*
                ];
                let notes: [&mut Vec<Note>; _] = [$(&mut self.$notes)?];
                (with_notes(texts, notes.into_iter().flatten()), &mut self.meta)
            }
        }
    )*};
}

translatable! {
    Domain: id, [name], [summary];
    Group: id, [name], [summary];
    Area: id, [name], [label];
    Task: number, [title], [], editorial;
    DivisionRow: number, [task, responsible], [], editorial;
    Indicator: id, [name], [unit], editorial;
    Change: id, [title], [text, basis];
}

fn each<T: Translatable>(
    entries: Vec<(Spanned<Written>, RawEntry)>,
    lang: LangId,
    targets: &mut [T],
    cx: &mut Context<'_>,
) {
    for (key, entry) in entries {
        match targets.iter_mut().find(|target| target.key() == key.value) {
            Some(target) => {
                let (texts, meta) = target.parts();
                join(entry, lang, texts, meta, cx);
            }
            None => orphan(key.span.clone(), &key.value, cx),
        }
    }
}

/// Areas go by id and tasks by number, in one file.
fn tasks(entries: Vec<(Spanned<Written>, RawEntry)>, lang: LangId, policy: &mut Policy, cx: &mut Context<'_>) {
    let (numbers, ids): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(key, _)| key.value.bytes().all(|b| b.is_ascii_digit()));
    each(ids, lang, &mut policy.areas, cx);
    each(numbers, lang, &mut policy.tasks, cx);
}

/// Puts an entry's texts beside the source texts, and remembers the entry's state.
fn join(entry: RawEntry, lang: LangId, mut texts: Texts<'_, '_>, meta: &mut Vec<Option<Meta>>, cx: &mut Context<'_>) {
    let RawEntry { place: _, status, translator, reviewer, date, source, text } = entry;
    for (field, hash) in &source {
        if !text.iter().any(|(key, _)| key.value == field.value) {
            let name = &field.value;
            let message =
                msg!("“{name}”有原文指纹，却没有译文", "`{name}` has a fingerprint of its source, but no translation");
            cx.report.push(
                Diagnostic::warning("fingerprint-without-text", hash.span.clone(), message)
                    .hint(msg!("请补上译文，或删去这个指纹", "translate it, or remove the fingerprint")),
            );
        }
    }
    for (key, value) in text {
        let target = match texts.iter_mut().find(|(id, _)| key.value == **id) {
            Some((_, Some(target))) => target,
            Some((_, None)) => {
                orphan(key.span.clone(), &key.value, cx);
                continue;
            }
            // Without readable columns every key would be unknown; that file has a message of its own.
            None if cx.is_broken("catalogue.yaml") => continue,
            None => {
                let hint = suggest(&key.value, texts.iter().map(|(id, _)| id.as_ref()));
                cx.unknown("unknown-field", &key, ("列", "field"), hint);
                continue;
            }
        };
        let made_from = source.iter().find(|(field, _)| field.value == key.value).map(|(_, hash)| hash);
        let now = fingerprint(&target.source.value);
        let stale = made_from.is_some_and(|hash| hash.value != now);
        let current = made_from.is_some() && !stale;
        if let (true, Some(hash)) = (stale, made_from) {
            let field = &key.value;
            let message = msg!(
                "“{field}”的原文已改，译文可能过时",
                "the source of `{field}` has changed since it was translated"
            );
            cx.report.push(Diagnostic::warning("stale-translation", hash.span.clone(), message).hint(msg!(
                "核对译文后，把指纹改为“{now}”，或运行 qingdan translate stamp",
                "once the translation is right again, write the fingerprint `{now}`, or run `qingdan translate stamp`"
            )));
        }
        let made_from = made_from.map(|hash| hash.value.clone());
        target.set(lang, Translated { value, status: Some(status), stale, current, made_from });
    }
    let at = lang.0 - 1;
    if meta.len() <= at {
        meta.reserve_exact(at + 1 - meta.len());
        meta.resize_with(at + 1, || None);
    }
    meta[at] = Some(Meta {
        status,
        translator: translator.map(|t| t.value),
        reviewer: reviewer.map(|r| r.value),
        date: date.map(|d| d.value),
    });
}

/// Reports a translation of nothing, unless what it translates may stand in a file that could not be read.
fn orphan(place: Span, what: &str, cx: &mut Context<'_>) {
    if !cx.broken.is_empty() || cx.incomplete {
        return;
    }
    let message = msg!("“{what}”没有对应的原文", "there is no source for the translation of `{what}`");
    cx.report.push(
        Diagnostic::warning("orphan-translation", place, message)
            .hint(msg!("请改名或删除这条译文", "rename or remove this translation")),
    );
}
