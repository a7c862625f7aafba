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
    /// The places of the synonyms whose word stands in some text.
    pub(super) spoken: BTreeSet<usize>,
}

/// The highest impact.
const IMPACTS: f64 = 15.0;
/// Where an impact is half of the highest: the weight of a name.
const SATURATION: f64 = 6.0;

/// How much the length of a text counts against it.
const LENGTH: f64 = 0.6;
/// What each further occurrence of a term in a text is worth beside the first.
const AGAIN: f64 = 0.3;

/// The part of a text's weight that words have which only mean the same.
const SAID: f64 = 0.4;

/// How many documents are taken apart at a time: what a thread holds of them does not grow with the catalogue.
const AT_A_TIME: usize = 512;

impl Index {
    /// Builds the index of a language.
    pub fn build(catalogue: &Catalogue, lang: LangId) -> Self {
        let mut documents = documents(catalogue, lang);
        let synonyms = Synonyms::new(catalogue, lang);
        let average = averages(&documents, &synonyms);
        let mut by_term: HashMap<String, Vec<Posting>> = HashMap::new();
        let mut spoken = BTreeSet::new();
        for (chunk, some) in documents.chunks(AT_A_TIME).enumerate() {
            let scored: Vec<_> = some
                .par_iter()
                .map(|document| {
                    let (texts, spoken) = texts(document, &synonyms);
                    (impacts(document, &texts, average), spoken)
                })
                .collect();
            for (at, (impacts, used)) in (chunk * AT_A_TIME..).zip(scored) {
                spoken.extend(used);
                for (term, impact) in impacts {
                    // The places of a list in memory fit.
                    by_term.entry(term).or_default().push(Posting { document: at as u32, impact });
                }
            }
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
        if super::in_parts(documents.len()) {
            // Only a small catalogue's texts are handed over.
            documents.iter_mut().for_each(|document| (document.own, document.around) = Default::default());
        }
        Self { lang, documents, entries, lexicon, ignore, synonyms, spoken }
    }
}

/// A text that a document is found by, in normal form.
struct Weighed {
    text: String,
    weight: f64,
    sort: Sort,
}

impl Weighed {
    /// What has a length of its own: each of several names, but a running text as a whole.
    fn units(&self) -> impl Iterator<Item = &str> {
        self.text.split(if self.sort == Sort::Short { '\n' } else { '\0' })
    }
}

/// The texts that a document is found by: its own, the names of what it belongs to, and what people say for words of both;
/// and the places of the synonyms that came up.
fn texts(document: &Document, synonyms: &Synonyms) -> (Vec<Weighed>, BTreeSet<usize>) {
    let streams: Vec<&Stream> = document.own.iter().chain(&document.around).collect();
    let weighed =
        |stream: &&Stream| Weighed { text: normal(&stream.text), weight: f64::from(stream.weight), sort: stream.sort };
    let mut texts: Vec<Weighed> = streams.iter().map(weighed).collect();
    let mut spoken = BTreeSet::new();
    for (at, stream) in streams.iter().enumerate().filter(|(_, stream)| stream.spoken) {
        let found = synonyms.in_text(&texts[at].text);
        let said = found.iter().map(|at| synonyms.pairs[*at].1.as_str()).collect::<Vec<_>>().join("\n");
        texts.push(Weighed { text: said, weight: f64::from(stream.weight) * SAID, sort: Sort::Short });
        spoken.extend(found);
    }
    (texts, spoken)
}

/// The mean length of the lines of short texts, and of long texts, in terms.
fn averages(documents: &[Document], synonyms: &Synonyms) -> [f64; 2] {
    let lengths = |document: &Document| {
        let mut sums = [(0, 0); 2];
        for text in texts(document, synonyms).0 {
            let sum: &mut (usize, usize) = &mut sums[usize::from(text.sort == Sort::Long)];
            let lengths = text.units().map(tokens::count).filter(|length| *length > 0);
            lengths.for_each(|length| *sum = (sum.0 + length, sum.1 + 1));
        }
        sums
    };
    let both = |a: [(usize, usize); 2], b: [(usize, usize); 2]| [0, 1].map(|n| (a[n].0 + b[n].0, a[n].1 + b[n].1));
    let sums = documents.par_iter().map(lengths).reduce(|| [(0, 0); 2], both);
    sums.map(|(all, count)| (all as f64 / count.max(1) as f64).max(1.0))
}

/// What each term of a document counts there, 1 to 15.
fn impacts(document: &Document, texts: &[Weighed], average: [f64; 2]) -> BTreeMap<String, u8> {
    let impact = |score: f64| (score / (SATURATION + score) * (IMPACTS + 0.999)).floor().max(1.0);
    let scores = scores(texts, average).into_iter();
    let mut impacts: BTreeMap<String, u8> = scores.map(|(term, score)| (term, impact(score) as u8)).collect();
    impacts.extend(document.names.iter().map(|name| (exact(&normal(name)), IMPACTS as u8)));
    impacts
}

/// The weighed occurrences of each term of a document.
fn scores(texts: &[Weighed], average: [f64; 2]) -> BTreeMap<String, f64> {
    let mut scores: BTreeMap<String, f64> = BTreeMap::new();
    for text in texts.iter().filter(|text| text.weight > 0.0) {
        let mean = average[usize::from(text.sort == Sort::Long)];
        // By term: what its best occurrence is worth, and all of them.
        let mut worth: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for terms in text.units().map(tokens::terms) {
            let each = text.weight / (1.0 - LENGTH + LENGTH * terms.len() as f64 / mean);
            for term in terms {
                let (best, all) = worth.entry(term).or_default();
                *best = best.max(each);
                *all += each;
            }
        }
        for (term, (best, all)) in worth {
            // A word said thrice is not thrice as good.
            *scores.entry(term).or_default() += best + (all - best) * AGAIN;
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
