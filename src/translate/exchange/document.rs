//! Documents, put together from the blocks that a file has and those that are there.
//!
//! Lives here: which blocks count, and whether they are all. Never here: where a block begins (`blocks`).

use super::blocks::{Block, blocks, joined, paired};
use super::sort::{Fate, Sorter, Taken, changed, point, told};
use super::{Form, Slot};
use crate::diag::{Diagnostic, SourceFile, Span, Spanned, Written};
use crate::model::fingerprint;
use crate::msg;
use crate::po::Entry;
use std::collections::{BTreeMap, HashMap};

impl Sorter<'_, '_> {
    /// A document, put together from its blocks: those of the file, and those that are there already.
    pub(super) fn document(&mut self, at: usize, entries: &BTreeMap<&str, usize>) {
        let slot = &self.slots[at];
        let source = slot.text.source.value.as_str();
        let there = slot.text.translation(self.lang);
        let pieces = blocks(source);
        let pairs = paired(&pieces, there.map(|there| there.value.value.as_str()).unwrap_or_default());
        let known: Vec<(&str, Option<&str>)> =
            pieces.iter().map(|block| block.text).zip(pairs.iter().copied()).collect();
        self.blocks(entries, &known);
        let kept = there.filter(|there| !there.stale);
        let mut words: HashMap<usize, String> = HashMap::new();
        let mut texts: Vec<Option<&str>> = Vec::with_capacity(pieces.len());
        let accepted = |fates: &[Fate], text: &str| {
            let entry = entries.get(text).copied();
            entry.filter(|entry| matches!(fates[*entry], Fate::New | Fate::Changed | Fate::Unchanged))
        };
        for block in &pieces {
            if let Some(entry) = accepted(&self.fates, block.text) {
                words.entry(entry).or_insert_with(|| told(&self.po.entries[entry]));
            }
        }
        let (mut parts, mut is_whole) = (Vec::new(), true);
        for (block, pair) in pieces.iter().zip(&pairs) {
            let entry = accepted(&self.fates, block.text);
            parts.push(entry);
            is_whole &= entry.is_some() || !block.is_prose();
            texts.push(match entry {
                Some(entry) => words.get(&entry).map(String::as_str),
                None if !block.is_prose() => Some(block.text),
                None => pair.filter(|_| kept.is_some()),
            });
        }
        let Some(first) = parts.iter().flatten().next() else { return };
        if texts.contains(&None) {
            return self.incomplete(slot, *first, &pieces, &texts, entries);
        }
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        let is_same = parts.iter().flatten().all(|entry| self.fates[*entry] == Fate::Unchanged);
        let news = match there {
            None => Fate::New,
            Some(_) if !is_same => Fate::Changed,
            Some(there) if !there.current && is_whole => Fate::Confirmed,
            Some(_) => Fate::Unchanged,
        };
        if news == Fate::Confirmed {
            parts.iter().flatten().for_each(|entry| self.fates[*entry] = Fate::Confirmed);
        }
        let known = is_whole || kept.is_some_and(|there| there.current);
        let hash = known.then(|| fingerprint(source));
        let body = match (news, there) {
            (Fate::Confirmed | Fate::Unchanged, Some(there)) => there.value.value.to_string(),
            _ => joined(source, &pieces, &texts),
        };
        let ranges = blocks(&body).into_iter().map(|block| block.range);
        let parts = parts.into_iter().zip(ranges).filter_map(|(entry, range)| Some((entry?, range))).collect();
        let file = SourceFile::new("", slot.unit.path.clone(), body.as_str());
        let span = Span::new(&file, 0, body.len());
        self.taken.push(Taken {
            slot: at,
            value: Spanned::new(Written::part(&file, 0..body.len()), span),
            hash,
            news,
            confirmed: is_whole,
            parts,
        });
    }

    /// Sees to the entries of a document: each must be one of its blocks, and have its marks and numbers.
    fn blocks(&mut self, entries: &BTreeMap<&str, usize>, known: &[(&str, Option<&str>)]) {
        let known: HashMap<&str, Option<&str>> = known.iter().rev().copied().collect();
        let mut order: Vec<(&str, usize)> = entries.iter().map(|(text, entry)| (*text, *entry)).collect();
        order.sort_by_key(|(_, entry)| *entry);
        for (text, at) in order {
            let entry = &self.po.entries[at];
            if self.fates[at] == Fate::Refused {
                continue;
            }
            let Some(there) = known.get(text) else {
                let message = msg!(
                    "导出之后原文已改：文件里没有这一段了",
                    "the source has changed since the export: the document has no such paragraph"
                );
                self.leave_out(at, changed(entry.source.span.clone(), message, true));
                continue;
            };
            let told = told(entry);
            let news = match there {
                None => Fate::New,
                Some(there) if *there == told => Fate::Unchanged,
                Some(_) => Fate::Changed,
            };
            if news == Fate::Unchanged
                || (self.is_one_block(at, entry, &told)
                    && self.has_marks(at, entry, &told)
                    && self.has_figures(at, entry, &told, Form::Document))
            {
                self.fates[at] = news;
            }
        }
    }

    fn is_one_block(&mut self, at: usize, entry: &Entry, told: &str) -> bool {
        if blocks(told).len() == 1 {
            return true;
        }
        let message =
            msg!("一段的译文里有空行，成了几段", "there is an empty line in the translation of one paragraph");
        let hint = msg!("请合成一段", "make it one paragraph");
        self.leave_out(at, Diagnostic::error("po-markup", entry.translation.span.clone(), message).hint(hint));
        false
    }

    /// Says that a document waits for the rest of its blocks.
    fn incomplete(
        &mut self,
        slot: &Slot<'_>,
        first: usize,
        pieces: &[Block<'_>],
        texts: &[Option<&str>],
        entries: &BTreeMap<&str, usize>,
    ) {
        for entry in entries.values() {
            if self.fates[*entry] != Fate::Refused {
                self.fates[*entry] = Fate::Waiting;
            }
        }
        let prose = || pieces.iter().zip(texts).filter(|(block, _)| block.is_prose());
        let (all, done) = (prose().count(), prose().filter(|(_, text)| text.is_some()).count());
        let path = &slot.unit.path;
        let message = msg!(
            "“{path}”的 {all} 段中译好 {done} 段，还不能写入",
            "of the {all} paragraphs of `{path}` {done} are translated: it is not written yet"
        );
        let hint = msg!(
            "译文留在这个 PO 文件里；全部译好、去掉 fuzzy 标记后再导入",
            "keep them in this PO file, and import it again once all are there and none is fuzzy"
        );
        let span = point(&self.po.entries[first].span);
        self.report.push(Diagnostic::warning("po-incomplete", span, message).hint(hint));
    }
}
