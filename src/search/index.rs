//! The index of a language: which terms stand in which documents, and how much each counts.
//!
//! The documents are taken apart in chunks, by all threads, and their terms numbered; then, as the mean lengths are known,
//! weighed (`apart`) and gathered by term. Never here: what a term counts for (`apart`), or what a query does with it (`query`).

use super::apart::{Apart, Chunk};
use super::documents::{Document, Maker, Sort, Synonyms};
use super::lexicon::Lexicon;
use super::normal;
use super::vocabulary::Vocabulary;
use crate::lang::LangId;
use crate::model::Catalogue;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A document that has a term, and how much the term counts there: an index has millions of these, so that they are kept small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting(u32);

impl Posting {
    /// `document` is below 2^28, `impact` from 0 to 15.
    pub fn new(document: u32, impact: u8) -> Self {
        Self(document << 4 | u32::from(impact & 15))
    }

    /// Its place in [`Index::documents`].
    pub fn document(self) -> u32 {
        self.0 >> 4
    }

    /// How much the term counts there, 1 to 15.
    pub fn impact(self) -> u8 {
        (self.0 & 15) as u8
    }
}

/// A term with its postings, by document.
#[derive(Debug)]
pub struct Entry {
    /// The term.
    pub term: Box<str>,
    /// Where it stands.
    pub postings: Box<[Posting]>,
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

/// How many documents of so many are taken apart together: enough that few terms are new in each chunk, and few enough that
/// all threads have something to do.
fn at_a_time(documents: usize) -> usize {
    (documents / 64).clamp(32, 160)
}

impl Index {
    /// Builds the index of a language.
    pub fn build(catalogue: &Catalogue, lang: LangId) -> Self {
        let synonyms = Synonyms::new(catalogue, lang);
        let maker = Maker::new(catalogue, lang);
        let others = maker.others();
        let count = catalogue.items.len() + others.len();
        // Only a small catalogue's texts are handed over.
        let apart = Apart { synonyms: &synonyms, keep: !super::in_parts(count) };
        let items = catalogue.items.par_chunks(at_a_time(count));
        let mut chunks: Vec<Chunk> =
            items.map(|items| apart.chunk(items.iter().map(|item| maker.item(item)).collect())).collect();
        chunks.push(apart.chunk(others));
        let average = average(&chunks);
        let mut vocabulary = Vocabulary::default();
        let mut postings: Vec<Vec<Posting>> = Vec::new();
        let (mut documents, mut spoken) = (Vec::with_capacity(count), BTreeSet::new());
        // A few chunks at a time: the impacts of all documents together would be another index.
        while !chunks.is_empty() {
            let some = chunks.drain(..chunks.len().min(2 * rayon::current_num_threads()));
            let weighed: Vec<_> = some.collect::<Vec<_>>().into_par_iter().map(|chunk| chunk.weigh(average)).collect();
            for chunk in weighed {
                let numbers = chunk.vocabulary.numbers_in(&mut vocabulary);
                postings.resize_with(vocabulary.len(), Vec::new);
                let before = documents.len() as u32;
                for (term, posting) in chunk.impacts {
                    let posting = Posting::new(before + posting.document(), posting.impact());
                    postings[numbers[term as usize] as usize].push(posting);
                }
                documents.extend(chunk.documents);
                spoken.extend(chunk.spoken);
            }
        }
        let entries = vocabulary.into_terms().into_iter().zip(postings);
        let entry = |(term, postings): (Box<str>, Vec<Posting>)| Entry { term, postings: postings.into() };
        let mut entries: Vec<Entry> = entries.map(entry).collect();
        entries.par_sort_unstable_by(|a, b| a.term.encode_utf16().cmp(b.term.encode_utf16()));
        let lexicon = Lexicon::new(catalogue, lang, &documents);
        Self { lang, documents, entries, lexicon, ignore: ignore(catalogue, lang), synonyms, spoken }
    }
}

/// Words of a query that find nothing, the longest first, in normal form.
fn ignore(catalogue: &Catalogue, lang: LangId) -> Vec<String> {
    let words = catalogue.search.synonyms(lang).map(|s| s.ignore.as_slice()).unwrap_or_default();
    let mut ignore: Vec<String> =
        words.iter().map(|word| normal(&word.value)).filter(|word| !word.is_empty()).collect();
    ignore.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
    ignore
}

/// The mean length of the lines of short texts, and of long texts, in terms.
fn average(chunks: &[Chunk]) -> [f64; 2] {
    [Sort::Short, Sort::Long].map(|sort| {
        let lengths = chunks.iter().map(|chunk| chunk.lengths(sort));
        let (all, count) = lengths.fold((0, 0), |(all, count), (more, units)| (all + more, count + units));
        (all as f64 / count.max(1) as f64).max(1.0)
    })
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
