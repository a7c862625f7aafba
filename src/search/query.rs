//! Asking an index: what a query brings, in what order.
//!
//! The same steps, with the same whole numbers, are taken in a browser (`templates/assets/search.js`); `tests/search/`
//! holds what both must answer. Never here: how results look.

use super::documents::Kind;
use super::index::{Entry, Index, Posting, exact};
use super::tokens::{self, Piece};
use super::{normal, pinyin, repair};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The place in [`Index::documents`].
    pub document: usize,
    /// How good it is; comparable within one answer.
    pub score: u64,
}

/// What a query brings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The results: items first, each kind by score.
    pub hits: Vec<Hit>,
    /// What the query was probably meant to be, where that brings more.
    pub meant: Option<String>,
}

/// The longest query that is looked at, in characters.
const LONGEST: usize = 120;
/// The weights of a pair of characters or a word, of a word begun, and of a single character.
const WHOLE: u64 = 4;
const BEGUN: u64 = 2;
const SINGLE: u64 = 3;
/// What every term is worth beside its rarity: a common word of a name still says more than none.
const RARITY: u64 = 32;
/// Below this share of the query, in per cent, the best result is weak, and a slip of the hand is looked for.
const WEAK: u64 = 75;
/// What results count for that come from a repair.
const MEANT: (u64, u64) = (3, 5);
/// The least impact of a pair of characters that stands in a name.
const NAME: u8 = 7;
/// How many terms a word that is only begun may stand for.
const CONTINUATIONS: usize = 40;
/// Results with less than this part of the best one's score are left out.
const TAIL: u64 = 12;

/// An index that is asked.
pub struct Searcher<'i> {
    index: &'i Index,
    places: HashMap<&'i str, usize>,
    /// What a rare term is worth, by the number of documents that have it.
    rarity: Vec<u64>,
    /// The source language's, asked as well in its script, or where there is nothing else.
    source: Option<Box<Searcher<'i>>>,
}

/// A part of a query: what it counts for, and where it stands.
struct Term {
    weight: u64,
    postings: Vec<Posting>,
}

/// The sums of a document.
#[derive(Default, Clone, Copy)]
struct Sum {
    score: u64,
    covered: u64,
}

impl<'i> Searcher<'i> {
    /// Prepares an index. What people type in the source language's script is looked for in `source`.
    pub fn new(index: &'i Index, source: Option<&'i Index>) -> Self {
        let places = index.entries.iter().enumerate().map(|(at, entry)| (&*entry.term, at)).collect();
        let all = index.documents.len() as f64;
        // A browser's logarithm may differ in the last bit: rounded, they agree.
        let rarity = |n: usize| RARITY + (16.0 * (1.0 + all / n.max(1) as f64).log2()).round() as u64;
        Self {
            index,
            places,
            rarity: (0..=index.documents.len()).map(rarity).collect(),
            source: source.map(|source| Box::new(Self::new(source, None))),
        }
    }

    /// What a query brings.
    pub fn search(&self, query: &str) -> Answer {
        let short: String = query.chars().take(LONGEST).collect();
        let normal = normal(&short);
        let (mut scores, mut meant) = self.found(&normal);
        let has_han = || tokens::pieces(&normal).iter().any(|piece| matches!(piece, Piece::Han(_)));
        if let Some(source) = &self.source
            && (scores.is_empty() || has_han())
        {
            let (mut other, other_meant) = source.found(&normal);
            // Items come first in every index, in the order of the catalogue: their places are the same.
            other.retain(|at, _| source.index.documents[*at as usize].kind == Kind::Item);
            merge(&mut scores, other, (1, 1));
            meant = meant.or(other_meant);
        }
        Answer { hits: self.ordered(scores), meant }
    }

    /// The scores that a query in normal form gives, and what it was probably meant to be.
    fn found(&self, normal: &str) -> (BTreeMap<u32, u64>, Option<String>) {
        let normal = self.without_asking(normal);
        let pieces = tokens::pieces(&normal);
        let mut found = self.scored(&pieces, &normal);
        for (reading, share) in self.spelled(&pieces) {
            merge(&mut found.scores, self.scored(&reading, &text(&reading)).scores, share);
        }
        if found.coverage < WEAK
            && let Some(better) = self.mended(&pieces)
        {
            let text = text(&better);
            let other = self.scored(&better, &text);
            if other.best() * MEANT.0 / MEANT.1 > found.best() {
                merge(&mut found.scores, other.scores, MEANT);
                return (found.scores, Some(text));
            }
        }
        (found.scores, None)
    }

    /// A query without the words that only ask; whole where nothing would be left.
    fn without_asking(&self, normal: &str) -> String {
        let mut rest = normal.to_owned();
        for word in &self.index.ignore {
            rest = rest.replace(word.as_str(), " ");
        }
        if tokens::pieces(&rest).is_empty() { normal.to_owned() } else { rest }
    }

    /// The score of every document that has something of the query.
    fn scored(&self, pieces: &[Piece], normal: &str) -> Scored {
        let terms = self.terms(pieces);
        let all: u64 = terms.iter().map(|term| term.weight * self.rarity[term.postings.len()]).sum();
        let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
        for term in &terms {
            let worth = term.weight * self.rarity[term.postings.len()];
            for posting in &term.postings {
                let sum = sums.entry(posting.document()).or_default();
                sum.score += worth * u64::from(posting.impact());
                sum.covered += worth;
            }
        }
        let coverage = sums.values().map(|sum| sum.covered * 100 / all.max(1)).max().unwrap_or(0);
        let score = |sum: Sum| sum.score * sum.covered * 16 / all.max(1);
        let mut scores: BTreeMap<u32, u64> = sums.into_iter().map(|(at, sum)| (at, score(sum))).collect();
        for posting in self.postings(&exact(normal)) {
            if let Some(score) = scores.get_mut(&posting.document()) {
                *score = *score * 3 + 1000;
            }
        }
        Scored { scores, coverage }
    }

    fn postings(&self, term: &str) -> &'i [Posting] {
        self.places.get(term).map(|at| &*self.index.entries[*at].postings).unwrap_or_default()
    }

    /// The terms of a query, each once.
    fn terms(&self, pieces: &[Piece]) -> Vec<Term> {
        let mut terms = Vec::new();
        let mut seen = BTreeSet::new();
        let mut push = |text: String, weight: u64, postings: &dyn Fn(&str) -> Vec<Posting>| {
            if !seen.contains(&text) {
                terms.push(Term { weight, postings: postings(&text) });
                seen.insert(text);
            }
        };
        let whole = |term: &str| self.postings(term).to_vec();
        let single = |c: &str| self.with_character(c);
        for piece in pieces {
            match piece {
                Piece::Word(word) => push(word.clone(), WHOLE, &whole),
                Piece::Han(run) if run.len() == 1 => push(run[0].to_string(), WHOLE, &single),
                Piece::Han(run) => {
                    run.windows(2).for_each(|pair| push(pair.iter().collect(), WHOLE, &whole));
                    run.iter().for_each(|c| push(c.to_string(), SINGLE, &single));
                }
            }
        }
        for piece in pieces {
            if let Piece::Word(word) = piece {
                terms.extend(self.begun(word));
            }
        }
        terms
    }

    /// The names that have a character: a weak net under the pairs. Pairs that begin with it tell, at half their impact.
    fn with_character(&self, c: &str) -> Vec<Posting> {
        let mut best: BTreeMap<u32, u8> = self.postings(c).iter().map(|p| (p.document(), p.impact())).collect();
        for entry in self.beginning_with(c).filter(|entry| *entry.term != *c) {
            for posting in entry.postings.iter().filter(|posting| posting.impact() >= NAME) {
                let impact = best.entry(posting.document()).or_default();
                *impact = (posting.impact() / 2).max(*impact);
            }
        }
        best.into_iter().map(|(document, impact)| Posting::new(document, impact)).collect()
    }

    /// The terms that begin with a text.
    fn beginning_with(&self, start: &str) -> impl Iterator<Item = &'i Entry> {
        let entries = &self.index.entries;
        let from = entries.partition_point(|entry| entry.term.encode_utf16().lt(start.encode_utf16()));
        let start = start.to_owned();
        entries[from..].iter().take_while(move |entry| entry.term.starts_with(&start))
    }

    /// The terms that a word begins, or its stem, as one.
    fn begun(&self, word: &str) -> Option<Term> {
        let units: Vec<u16> = word.encode_utf16().collect();
        let letters = units.len() - usize::from(word.starts_with(tokens::MONGOLIAN));
        if letters < 2 {
            return None;
        }
        let longer = self.beginning_with(word).filter(|entry| *entry.term != *word).take(CONTINUATIONS);
        let mut found: Vec<&[Posting]> = longer.map(|entry| &*entry.postings).collect();
        // An inflected word begins with its stem.
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            let stems = (4..units.len()).rev().filter(|end| end + 6 > units.len());
            let stems = stems.map(|end| self.postings(&String::from_utf16_lossy(&units[..end])));
            found.extend(stems.filter(|postings| !postings.is_empty()).take(1));
        }
        let mut best: BTreeMap<u32, u8> = BTreeMap::new();
        for posting in found.into_iter().flatten() {
            let impact = best.entry(posting.document()).or_default();
            *impact = posting.impact().max(*impact);
        }
        let postings: Vec<Posting> =
            best.into_iter().map(|(document, impact)| Posting::new(document, impact)).collect();
        (!postings.is_empty()).then_some(Term { weight: BEGUN, postings })
    }

    /// What the Latin words of a query may stand for: whole queries in Han characters, with the share each has.
    fn spelled(&self, pieces: &[Piece]) -> Vec<(Vec<Piece>, (u64, u64))> {
        fn in_letters(piece: &Piece) -> Option<&str> {
            match piece {
                Piece::Word(word) if word.bytes().all(|b| b.is_ascii_lowercase()) => Some(word),
                _ => None,
            }
        }
        let latin: Vec<&str> = pieces.iter().filter_map(in_letters).collect();
        if latin.is_empty() {
            return Vec::new();
        }
        let rest: Vec<Piece> = pieces.iter().filter(|piece| in_letters(piece).is_none()).cloned().collect();
        let lexicon = &self.index.lexicon;
        let mut choices = vec![pinyin::readings(&latin.concat(), lexicon)];
        if choices[0].is_empty() && latin.len() > 1 {
            choices = latin.iter().map(|word| pinyin::readings(word, lexicon)).filter(|r| !r.is_empty()).collect();
        }
        let count = choices.iter().map(Vec::len).max().unwrap_or(0);
        let best = |n: usize| -> u64 {
            choices.iter().filter_map(|c| c.get(n.min(c.len().saturating_sub(1)))).map(|r| u64::from(r.quality)).sum()
        };
        (0..count)
            .map(|n| {
                let mut query = rest.clone();
                for choice in &choices {
                    if let Some(reading) = choice.get(n.min(choice.len().saturating_sub(1))) {
                        query.push(Piece::Han(reading.text.chars().collect()));
                    }
                }
                (query, (best(n), best(0).max(1)))
            })
            .collect()
    }

    /// The query as it was probably meant; none where nothing is wrong or nothing is near.
    fn mended(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let mut better = pieces.to_vec();
        let mut changed = false;
        for piece in &mut better {
            let Piece::Han(run) = piece else { continue };
            let known: Vec<bool> =
                run.windows(2).map(|pair| !self.postings(&pair.iter().collect::<String>()).is_empty()).collect();
            if known.iter().all(|known| *known) {
                continue;
            }
            if let Some(meant) = repair::repaired(run, &known, &self.index.lexicon) {
                *run = meant;
                changed = true;
            }
        }
        changed.then_some(better)
    }

    /// The results: items first, each kind by score, then in the order of the catalogue.
    fn ordered(&self, scores: BTreeMap<u32, u64>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .map(|(at, score)| Hit { document: at as usize, score })
            .filter(|hit| hit.score > 0)
            .collect();
        let best = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
        hits.retain(|hit| hit.score * TAIL >= best);
        let rank = |hit: &Hit| self.index.documents[hit.document].kind != Kind::Item;
        hits.sort_by(|a, b| (rank(a), b.score, a.document).cmp(&(rank(b), a.score, b.document)));
        hits
    }
}

/// The scores of a query's documents, and how much of it the best covers, in per cent.
struct Scored {
    scores: BTreeMap<u32, u64>,
    coverage: u64,
}

impl Scored {
    fn best(&self) -> u64 {
        self.scores.values().copied().max().unwrap_or(0)
    }
}

/// Adds the scores of another reading of the query: a document keeps its best.
fn merge(scores: &mut BTreeMap<u32, u64>, other: BTreeMap<u32, u64>, (part, whole): (u64, u64)) {
    for (at, score) in other {
        let known = scores.entry(at).or_default();
        *known = (score * part / whole).max(*known);
    }
}

/// The pieces of a query as a text.
fn text(pieces: &[Piece]) -> String {
    let word = |piece: &Piece| match piece {
        Piece::Han(run) => run.iter().collect(),
        Piece::Word(word) => word.clone(),
    };
    pieces.iter().map(word).collect::<Vec<String>>().join(" ")
}
