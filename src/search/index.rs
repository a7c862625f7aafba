//! The index of a language: which terms stand in which documents, and how much each counts.
//!
//! A document's score for a term is BM25F's: occurrences in its fields are weighed and measured by the field's length, added,
//! and saturated (Robertson, Zaragoza and Taylor, 2004); it is made here once, as a number from 1 to 15, so that a browser
//! adds small integers and needs no lengths. Never here: what a query does with it (`query`).

use super::documents::{Document, Sort, Stream, Synonyms, documents};
use super::lexicon::Lexicon;
use super::{normal, tokens};
use crate::lang::LangId;
use crate::model::Catalogue;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A document that has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Its place in [`Index::documents`].
    pub document: u32,
    /// How much the term counts there, 1 to 15.
    pub impact: u8,
}

/// A term with its postings, by document.
#[derive(Debug)]
pub struct Entry {
    /// The term.
    pub term: String,
    /// Where it stands.
    pub postings: Vec<Posting>,
}

/// Everything that search in one language needs.
#[derive(Debug)]
pub struct Index {
    /// The language.
    pub lang: LangId,
    /// What can be found, items first.
    pub documents: Vec<Document>,
    /// The terms, in the order of their UTF-16 units: that of a browser.
    pub entries: Vec<Entry>,
    /// Names and phrases, for pinyin and slips of the hand.
    pub(super) lexicon: Lexicon,
    /// Words of a query that find nothing, the longest first, in normal form.
    pub(super) ignore: Vec<String>,
    /// Words with what people say for them.
    pub(super) synonyms: Synonyms,
}

/// The highest impact.
pub(super) const IMPACTS: f64 = 15.0;
/// Where an impact is half of the highest: the weight of a name.
const SATURATION: f64 = 6.0;

/// How much the length of a text counts against it.
const LENGTH: f64 = 0.6;
/// What each further occurrence of a term in a text is worth beside the first.
const AGAIN: f64 = 0.3;

/// The part of a text's weight that words have which only mean the same.
const SAID: f64 = 0.4;

impl Index {
    /// Builds the index of a language.
    pub fn build(catalogue: &Catalogue, lang: LangId) -> Self {
        let documents = documents(catalogue, lang);
        let synonyms = Synonyms::new(catalogue, lang);
        let texts: Vec<Vec<Words>> = documents.par_iter().map(|document| words(document, &synonyms)).collect();
        let average = averages(&texts);
        let scored: Vec<BTreeMap<String, f64>> = texts.par_iter().map(|words| scores(words, average)).collect();
        let mut by_term: HashMap<String, Vec<Posting>> = HashMap::new();
        for (at, (scores, document)) in scored.into_iter().zip(&documents).enumerate() {
            // Between 1 and 15, and the places of a list in memory: both fit.
            let mut put = |term: String, impact: f64| {
                by_term.entry(term).or_default().push(Posting { document: at as u32, impact: impact as u8 });
            };
            for (term, score) in scores {
                put(term, (score / (SATURATION + score) * (IMPACTS + 0.999)).floor().max(1.0));
            }
            let names: BTreeSet<String> = document.names.iter().map(|name| exact(&normal(name))).collect();
            names.into_iter().for_each(|name| put(name, IMPACTS));
        }
        let mut entries: Vec<Entry> = by_term.into_iter().map(|(term, postings)| Entry { term, postings }).collect();
        entries.par_sort_unstable_by(|a, b| a.term.encode_utf16().cmp(b.term.encode_utf16()));
        let mut ignore: Vec<String> = catalogue
            .search
            .synonyms(lang)
            .map(|s| s.ignore.iter().map(|word| normal(&word.value)).filter(|word| !word.is_empty()).collect())
            .unwrap_or_default();
        ignore.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        let lexicon = Lexicon::new(catalogue, lang, &documents);
        Self { lang, documents, entries, lexicon, ignore, synonyms }
    }
}

/// The terms of a text.
struct Words {
    /// Of each of its units: each of several names, but a running text as a whole.
    units: Vec<Vec<String>>,
    weight: f64,
    sort: Sort,
}

impl Words {
    fn of(normal: &str, weight: f64, sort: Sort) -> Self {
        let separator = if sort == Sort::Short { '\n' } else { '\0' };
        Self { units: normal.split(separator).map(tokens::terms).collect(), weight, sort }
    }
}

/// The words that a document is found by: its own texts, what it belongs to, and what people say for words of both.
fn words(document: &Document, synonyms: &Synonyms) -> Vec<Words> {
    let streams: Vec<(String, &Stream)> =
        document.own.iter().chain(&document.around).map(|stream| (normal(&stream.text), stream)).collect();
    let mut words: Vec<Words> =
        streams.iter().map(|(text, stream)| Words::of(text, f64::from(stream.weight), stream.sort)).collect();
    for (text, stream) in streams.iter().filter(|(_, stream)| stream.spoken) {
        let said = synonyms.in_text(text).into_iter().map(|at| synonyms.pairs[at].1.as_str());
        let said = said.collect::<Vec<_>>().join("\n");
        words.push(Words::of(&said, f64::from(stream.weight) * SAID, Sort::Short));
    }
    words
}

/// The mean length of the lines of short texts, and of long texts.
fn averages(texts: &[Vec<Words>]) -> [f64; 2] {
    let mut sums = [(0_usize, 0_usize); 2];
    for words in texts.iter().flatten() {
        let sum = &mut sums[usize::from(words.sort == Sort::Long)];
        let units = words.units.iter().filter(|unit| !unit.is_empty());
        units.for_each(|unit| *sum = (sum.0 + unit.len(), sum.1 + 1));
    }
    sums.map(|(all, count)| (all as f64 / count.max(1) as f64).max(1.0))
}

/// The weighed occurrences of each term of a document.
fn scores(words: &[Words], average: [f64; 2]) -> BTreeMap<String, f64> {
    let mut scores: BTreeMap<String, f64> = BTreeMap::new();
    for text in words.iter().filter(|text| text.weight > 0.0) {
        let mean = average[usize::from(text.sort == Sort::Long)];
        // By term: what its best occurrence is worth, and all of them.
        let mut worth: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for unit in &text.units {
            let each = text.weight / (1.0 - LENGTH + LENGTH * unit.len() as f64 / mean);
            for term in unit {
                let (best, all) = worth.entry(term).or_default();
                *best = best.max(each);
                *all += each;
            }
        }
        for (term, (best, all)) in worth {
            // A word said thrice is not thrice as good.
            *scores.entry(term.to_owned()).or_default() += best + (all - best) * AGAIN;
        }
    }
    scores
}

/// The term that a whole name has: `=` and a hash of its letters (FNV-1a over UTF-16, in base 36).
pub(super) fn exact(normal: &str) -> String {
    let letters = normal.chars().filter(|c| c.is_alphanumeric());
    let units = letters.flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec());
    let hash = units.fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    let (mut rest, mut digits) = (hash, Vec::new());
    while rest > 0 || digits.is_empty() {
        digits.push(char::from_digit(rest % 36, 36).unwrap_or('0'));
        rest /= 36;
    }
    std::iter::once('=').chain(digits.into_iter().rev()).collect()
}
