//! What counts of a translator's file, entry by entry.
//!
//! Lives here: fuzzy, empty, repeated and unknown entries, source texts that have changed in between. Documents are put
//! together in `document`; `marks` compares. Never here: what the rules of `check` say (`trial`), and files.

use super::{Form, Slot, bare};
use crate::diag::{Diagnostic, Message, Report, Span, Spanned, Written};
use crate::lang::{LangId, Translated};
use crate::model::fingerprint;
use crate::msg;
use crate::po::{Entry, Po};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// There was no translation.
    New,
    /// There was another.
    Changed,
    /// It is what was there, and now known to be right for the source as it is.
    Confirmed,
    /// It is what is there.
    Unchanged,
    /// Marked as needing work.
    Fuzzy,
    /// Not translated.
    Empty,
    /// Part of a document of which other parts are missing.
    Waiting,
    /// It may not be written; the report says why.
    Refused,
}

/// A translation that counts.
#[derive(Debug)]
pub(super) struct Taken {
    /// Its text.
    pub(super) slot: usize,
    /// The translation, and where it stands; that of a document has a file of its own.
    pub(super) value: Spanned<Written>,
    /// The fingerprint of what was translated, where that is known.
    pub(super) hash: Option<String>,
    /// What is new about it: [`Fate::New`], [`Fate::Changed`], [`Fate::Confirmed`] or [`Fate::Unchanged`].
    pub(super) news: Fate,
    /// Whether the translator vouches for all of it.
    pub(super) confirmed: bool,
    /// Its entries, each with its bytes of the value.
    pub(super) parts: Vec<(usize, Range<usize>)>,
}

/// What was found in a file.
pub(super) struct Sorted {
    /// The translations that count.
    pub(super) taken: Vec<Taken>,
    /// By entry.
    pub(super) fates: Vec<Fate>,
}

impl Sorted {
    /// Leaves out what these entries are part of.
    pub(super) fn refuse(&mut self, entries: &[usize]) {
        let Self { taken, fates } = self;
        for entry in entries {
            fates[*entry] = Fate::Refused;
        }
        taken.retain(|taken| {
            let keep = !taken.parts.iter().any(|(entry, _)| fates[*entry] == Fate::Refused);
            if !keep {
                let others = taken.parts.iter().filter(|(entry, _)| fates[*entry] != Fate::Refused);
                let others: Vec<usize> = others.map(|(entry, _)| *entry).collect();
                others.into_iter().for_each(|entry| fates[entry] = Fate::Waiting);
            }
            keep
        });
    }
}

/// So many characters of a name are shown where it is none of ours, and may be anything.
const LONGEST_NAME: usize = 100;

/// Goes through the entries of a file.
pub(super) fn sort(po: &Po, slots: &[Slot<'_>], lang: LangId, report: &mut Report) -> Sorted {
    let by_context: HashMap<&str, usize> =
        slots.iter().enumerate().map(|(at, slot)| (slot.context.as_str(), at)).collect();
    let mut sorter = Sorter { po, slots, lang, report, fates: vec![Fate::Empty; po.entries.len()], taken: Vec::new() };
    let mut seen: HashMap<(usize, &str), usize> = HashMap::new();
    let mut documents: Vec<(usize, BTreeMap<&str, usize>)> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (at, entry) in po.entries.iter().enumerate() {
        if entry.fuzzy || entry.translation.value.trim().is_empty() {
            sorter.fates[at] = if entry.fuzzy { Fate::Fuzzy } else { Fate::Empty };
            continue;
        }
        let Some(slot) = sorter.slot(at, entry, &by_context) else { continue };
        let is_document = slots[slot].form == Form::Document;
        let source = if is_document { bare(&entry.source.value) } else { "" };
        if let Some(first) = seen.insert((slot, source), at) {
            sorter.twice(first, at);
            continue;
        }
        if is_document {
            let place = *places.entry(slot).or_insert_with(|| {
                documents.push((slot, BTreeMap::new()));
                documents.len() - 1
            });
            documents[place].1.insert(source, at);
        } else {
            sorter.plain(slot, at, entry);
        }
    }
    for (slot, entries) in documents {
        sorter.document(slot, &entries);
    }
    let Sorter { fates, taken, .. } = sorter;
    let mut sorted = Sorted { taken, fates };
    sorted.refuse(&[]);
    sorted
}

pub(super) struct Sorter<'s, 'r> {
    pub(super) po: &'s Po,
    pub(super) slots: &'s [Slot<'s>],
    pub(super) lang: LangId,
    pub(super) report: &'r mut Report,
    pub(super) fates: Vec<Fate>,
    pub(super) taken: Vec<Taken>,
}

impl Sorter<'_, '_> {
    /// Leaves an entry out.
    pub(super) fn leave_out(&mut self, at: usize, fault: Diagnostic) {
        self.fates[at] = Fate::Refused;
        self.report.push(fault);
    }

    /// The text that an entry is about.
    fn slot(&mut self, at: usize, entry: &Entry, by_context: &HashMap<&str, usize>) -> Option<usize> {
        let (span, message) = match &entry.context {
            _ if entry.plural => (
                entry.source.span.clone(),
                msg!("内容里没有单复数形式的文字", "no text of the content has plural forms"),
            ),
            None => (
                entry.source.span.clone(),
                msg!(
                    "这一条没有 msgctxt，不知道是哪里的译文",
                    "this entry has no msgctxt: it is unknown what it translates"
                ),
            ),
            Some(context) => match by_context.get(context.value.as_str()) {
                Some(slot) => return Some(*slot),
                None => {
                    let name: String = context.value.chars().take(LONGEST_NAME).collect();
                    (context.span.clone(), msg!("内容里没有“{name}”这段文字", "the content has no text `{name}`"))
                }
            },
        };
        let hint = msg!(
            "原文可能已删除或移走；请重新导出，再用 msgmerge 或 Poedit 的“从 POT 更新”合并",
            "it may have been removed or moved; export again, and merge with msgmerge or Poedit's “Update from POT file”"
        );
        self.leave_out(at, Diagnostic::error("po-unknown-text", span, message).hint(hint));
        None
    }

    fn twice(&mut self, first: usize, at: usize) {
        let entries = &self.po.entries;
        let (first_span, span) = (entries[first].span.clone(), entries[at].span.clone());
        self.fates[first] = Fate::Refused;
        let fault = Diagnostic::error(
            "po-twice",
            point(&span),
            msg!("这段文字在文件里译了两次", "this text is translated twice in the file"),
        );
        let fault = fault.related(point(&first_span), msg!("先译于这里", "it is translated here first"));
        self.leave_out(at, fault.hint(msg!("请删去其中一条", "remove one of the two")));
    }

    /// A text that is one entry.
    fn plain(&mut self, at: usize, entry_at: usize, entry: &Entry) {
        let slot = &self.slots[at];
        let told = told(entry);
        let there = slot.text.translation(self.lang);
        let source = bare(&slot.text.source.value);
        let same = bare(&entry.source.value) == source;
        let news = match there {
            None => Fate::New,
            Some(there) if bare(&there.value.value) != told => Fate::Changed,
            Some(there) if same && !there.current => Fate::Confirmed,
            Some(_) => Fate::Unchanged,
        };
        let hash = if same { fingerprint(&slot.text.source.value) } else { fingerprint(&entry.source.value) };
        if news != Fate::Unchanged {
            if !same && !self.outdated(entry_at, entry, there) {
                return;
            }
            if slot.form == Form::Markdown && !self.has_marks(entry_at, entry, &told) {
                return;
            }
            // The rules of `check` compare the numbers of what is current.
            if !same && !self.has_figures(entry_at, entry, &told, slot.form) {
                return;
            }
        }
        self.fates[entry_at] = news;
        let parts = vec![(entry_at, 0..told.len())];
        let value = Spanned::new(told.into(), entry.translation.span.clone());
        self.taken.push(Taken { slot: at, value, hash: Some(hash), news, confirmed: same, parts });
    }

    /// Whether a translation of an earlier source text may be taken, as a stale one: not in place of a current one.
    fn outdated(&mut self, at: usize, entry: &Entry, there: Option<&Translated<Spanned<Written>>>) -> bool {
        let span = entry.source.span.clone();
        if there.is_some_and(|there| there.current) {
            let message = msg!(
                "导出之后原文已改，而内容里已有新原文的译文",
                "the source has changed since the export, and the content has a translation of the new one"
            );
            self.leave_out(at, changed(span, message, true));
            return false;
        }
        let message = msg!(
            "导出之后原文已改：译文会收入，但标为过时",
            "the source has changed since the export: the translation is taken, and is stale"
        );
        self.report.push(changed(span, message, false));
        true
    }
}

/// Says that a source text is another than when it was exported.
pub(super) fn changed(span: Span, message: Message, refused: bool) -> Diagnostic {
    let fault = match refused {
        true => Diagnostic::error("po-source-changed", span, message),
        false => Diagnostic::warning("po-source-changed", span, message),
    };
    fault.hint(msg!(
        "请重新导出，用 msgmerge 或 Poedit 的“从 POT 更新”合并，再译改动之处",
        "export again, merge with msgmerge or Poedit's “Update from POT file”, and translate what has changed"
    ))
}

/// A translation as it is written into the content.
pub(super) fn told(entry: &Entry) -> String {
    bare(&entry.translation.value.replace("\r\n", "\n")).nfc().collect()
}

/// A point at the start of a span: for faults of a whole entry.
pub(super) fn point(span: &Span) -> Span {
    Span::new(&span.file, span.start(), span.start())
}
