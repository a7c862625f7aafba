//! Documents taken apart: their terms as numbers, and then what each counts for.
//!
//! A document's score for a term is BM25F's: occurrences in its fields are weighed and measured by the field's length, added,
//! and saturated (Robertson, Zaragoza and Taylor, 2004); it is made here once, as a number from 1 to 15, so that a browser
//! adds small integers and needs no lengths. Never here: which documents have a term (`index`).

use super::documents::{Document, Sort, Stream, Synonyms};
use super::index::{Posting, exact};
use super::normal;
use super::tokens::{self, Term};
use super::vocabulary::Vocabulary;
use std::collections::BTreeSet;
use std::ops::Range;

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

/// How documents are taken apart.
pub(super) struct Apart<'s> {
    /// What people say for words.
    pub(super) synonyms: &'s Synonyms,
    /// Whether the documents keep their texts.
    pub(super) keep: bool,
}

/// Documents in a row, taken apart.
pub(super) struct Chunk {
    /// The documents.
    pub(super) documents: Vec<Document>,
    /// The places of the synonyms that came up.
    pub(super) spoken: BTreeSet<usize>,
    /// By document: where its texts end, and the terms of its whole names.
    ends: Vec<(usize, Vec<u32>)>,
    texts: Vec<Part>,
    /// How many terms each unit has, text by text.
    lengths: Numbers,
    /// The terms of all units that count, one after another.
    terms: Numbers,
    vocabulary: Vocabulary,
}

/// Numbers of terms, in half the space as long as all are small: those of a chunk nearly always are.
enum Numbers {
    Narrow(Vec<u16>),
    Wide(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Numbers {
    fn push(&mut self, number: u32) {
        match self {
            Self::Wide(numbers) => numbers.push(number),
            Self::Narrow(numbers) => match u16::try_from(number) {
                Ok(narrow) => numbers.push(narrow),
                Err(_) => {
                    let wide = numbers.iter().map(|narrow| u32::from(*narrow));
                    *self = Self::Wide(wide.chain([number]).collect());
                }
            },
        }
    }

    fn range(&self, range: Range<usize>) -> impl Iterator<Item = u32> {
        let (narrow, wide) = match self {
            Self::Narrow(numbers) => (&numbers[range], &[][..]),
            Self::Wide(numbers) => (&[][..], &numbers[range]),
        };
        narrow.iter().map(|number| u32::from(*number)).chain(wide.iter().copied())
    }

    fn shrink_to_fit(&mut self) {
        match self {
            Self::Narrow(numbers) => numbers.shrink_to_fit(),
            Self::Wide(numbers) => numbers.shrink_to_fit(),
        }
    }
}

/// A text of a document. What has a length of its own is a unit: each line of a short text, but a long one as a whole.
struct Part {
    sort: Sort,
    /// The weight of the text, which counts for less where it is only said for words of that.
    weight: f32,
    said: bool,
    /// How many units it has.
    units: u32,
}

impl Part {
    fn weight(&self) -> f64 {
        f64::from(self.weight) * if self.said { SAID } else { 1.0 }
    }
}

/// Documents in a row, weighed.
pub(super) struct Weighed {
    /// The documents.
    pub(super) documents: Vec<Document>,
    /// The places of the synonyms that came up.
    pub(super) spoken: BTreeSet<usize>,
    /// The terms.
    pub(super) vocabulary: Vocabulary,
    /// Each term's number and its posting: the document's place among these, and what the term counts for there.
    pub(super) impacts: Vec<(u32, Posting)>,
}

impl Apart<'_> {
    /// Takes documents apart: their own texts, the names of what they belong to, and what people say for words of both.
    pub(super) fn chunk(&self, mut documents: Vec<Document>) -> Chunk {
        let mut chunk = Chunk {
            spoken: BTreeSet::new(),
            ends: Vec::with_capacity(documents.len()),
            texts: Vec::new(),
            lengths: Numbers::default(),
            terms: Numbers::default(),
            vocabulary: Vocabulary::default(),
            documents: Vec::new(),
        };
        for document in &mut documents {
            self.document(document, &mut chunk);
            if !self.keep {
                (document.own, document.around) = Default::default();
            }
        }
        chunk.terms.shrink_to_fit();
        chunk.lengths.shrink_to_fit();
        chunk.texts.shrink_to_fit();
        Chunk { documents, ..chunk }
    }

    fn document(&self, document: &Document, chunk: &mut Chunk) {
        let mut said = Vec::new();
        for stream in document.own.iter().chain(&document.around) {
            let text = normal(&stream.text);
            chunk.text(&text, stream.weight, stream.sort, false);
            if stream.spoken {
                said.push(self.said(&text, stream, chunk));
            }
        }
        said.iter().for_each(|(text, weight)| chunk.text(text, *weight, Sort::Short, true));
        let names = document.names.iter();
        let names = names.map(|name| chunk.vocabulary.number(Term::Word(&exact(&normal(name))))).collect();
        chunk.ends.push((chunk.texts.len(), names));
    }

    /// What people say for words of a text, and the weight of that.
    fn said(&self, text: &str, stream: &Stream, chunk: &mut Chunk) -> (String, f32) {
        let found = self.synonyms.in_text(text);
        let said: Vec<&str> = found.iter().map(|at| self.synonyms.pairs[*at].1.as_str()).collect();
        chunk.spoken.extend(&found);
        (said.join("\n"), stream.weight)
    }
}

impl Chunk {
    fn text(&mut self, text: &str, weight: f32, sort: Sort, said: bool) {
        if text.is_empty() {
            return;
        }
        let mut units = 0;
        for unit in text.split(if sort == Sort::Short { '\n' } else { '\0' }) {
            let mut length = 0;
            tokens::each(unit, |term| {
                length += 1;
                if weight > 0.0 {
                    self.terms.push(self.vocabulary.number(term));
                }
            });
            self.lengths.push(length);
            units += 1;
        }
        self.texts.push(Part { sort, weight, said, units });
    }

    /// How many terms the units of texts of this sort have that have any, and how many units those are.
    pub(super) fn lengths(&self, sort: Sort) -> (u64, u64) {
        let (mut from, mut all, mut count) = (0, 0, 0);
        for text in &self.texts {
            let end = from + text.units as usize;
            for length in self.lengths.range(from..end).filter(|length| text.sort == sort && *length > 0) {
                all += u64::from(length);
                count += 1;
            }
            from = end;
        }
        (all, count)
    }

    /// Weighs the terms, now that the mean lengths of short and of long units are known.
    pub(super) fn weigh(self, average: [f64; 2]) -> Weighed {
        let mut scores = Scores::new(self.vocabulary.len());
        let mut impacts = Vec::new();
        let (mut term, mut unit, mut from) = (0, 0, 0);
        for (place, (end, names)) in (0..).zip(&self.ends) {
            for text in &self.texts[from..*end] {
                scores.end_text();
                for length in self.lengths.range(unit..unit + text.units as usize).filter(|_| text.weight > 0.0) {
                    let end = term + length as usize;
                    scores.unit(self.terms.range(term..end), length, text, average);
                    term = end;
                }
                unit += text.units as usize;
            }
            from = *end;
            scores.end_document(names, |term, impact| impacts.push((term, Posting::new(place, impact))));
        }
        Weighed { documents: self.documents, spoken: self.spoken, vocabulary: self.vocabulary, impacts }
    }
}

/// The sums of one document after another, by term.
struct Scores {
    /// Of the text at hand: what the best occurrence is worth, and all of them.
    worth: Vec<(f64, f64)>,
    /// Of the document.
    score: Vec<f64>,
    /// The terms with such sums.
    in_text: Vec<u32>,
    in_document: Vec<u32>,
}

impl Scores {
    fn new(terms: usize) -> Self {
        Self { worth: vec![(0.0, 0.0); terms], score: vec![0.0; terms], in_text: Vec::new(), in_document: Vec::new() }
    }

    fn unit(&mut self, terms: impl Iterator<Item = u32>, length: u32, text: &Part, average: [f64; 2]) {
        let mean = average[usize::from(text.sort == Sort::Long)];
        let each = text.weight() / (1.0 - LENGTH + LENGTH * f64::from(length) / mean);
        for term in terms {
            let (best, all) = &mut self.worth[term as usize];
            if *all == 0.0 {
                self.in_text.push(term);
            }
            *best = best.max(each);
            *all += each;
        }
    }

    /// Adds the text at hand to its document.
    fn end_text(&mut self) {
        for term in self.in_text.drain(..) {
            let (best, all) = std::mem::take(&mut self.worth[term as usize]);
            let score = &mut self.score[term as usize];
            if *score == 0.0 {
                self.in_document.push(term);
            }
            // A word said thrice is not thrice as good.
            *score += best + (all - best) * AGAIN;
        }
    }

    /// Tells the impact of each term of the document; those of whole names are the highest.
    fn end_document(&mut self, names: &[u32], mut tell: impl FnMut(u32, u8)) {
        self.end_text();
        for term in self.in_document.drain(..) {
            let score = std::mem::take(&mut self.score[term as usize]);
            if !names.contains(&term) {
                tell(term, (score / (SATURATION + score) * (IMPACTS + 0.999)).floor().max(1.0) as u8);
            }
        }
        let mut names = names.to_vec();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|term| tell(term, IMPACTS as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_kept_too() {
        for most in [65_535, 65_536] {
            let mut numbers = Numbers::default();
            (0..=most).for_each(|number| numbers.push(number));
            numbers.shrink_to_fit();
            assert_eq!(matches!(numbers, Numbers::Narrow(_)), most < 65_536);
            assert!(numbers.range(0..most as usize + 1).eq(0..=most));
            assert!(numbers.range(2..4).eq([2, 3]));
        }
    }
}
