//! What a query in Latin letters means in Han characters: whole syllables, initials, and mixtures of both.
//!
//! Never here: scores of documents (`query`).

use super::lexicon::{Lexicon, Phrase};
use std::collections::BTreeMap;

/// A piece of a phrase that letters may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// The characters.
    pub(super) text: String,
    /// How well the letters fit, from 1.
    pub(super) quality: u32,
}

/// How many readings are kept.
const KEPT: usize = 6;
/// Longer words are not read: no phrase sounds like them.
const LONGEST: usize = 48;

/// The best readings of a word of letters a to z, the best first.
pub(super) fn readings(letters: &str, lexicon: &Lexicon) -> Vec<Reading> {
    let letters = letters.as_bytes();
    if letters.len() < 2 || letters.len() > LONGEST {
        return Vec::new();
    }
    let mut found: BTreeMap<&[char], (u32, u32)> = BTreeMap::new();
    for phrase in lexicon.phrases.iter().filter(|phrase| lexicon.has(phrase, &letters[..1])) {
        for start in 0..phrase.chars.len() {
            if let Some((length, fullness)) = matched(letters, &phrase.chars[start..], lexicon) {
                let piece = &phrase.chars[start..start + length];
                let quality = quality(phrase, start, length, fullness);
                let best = found.entry(piece).or_default();
                *best = (best.0.max(quality), best.1 + u32::from(phrase.weight));
            }
        }
    }
    let mut readings: Vec<(u32, u32, &[char])> =
        found.into_iter().map(|(piece, (quality, weight))| (quality, weight, piece)).collect();
    readings.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(b.2)));
    let best = readings.first().map_or(0, |r| r.0);
    let good = readings.into_iter().filter(|r| r.0 * 2 >= best).take(KEPT);
    good.map(|(quality, _, piece)| Reading { text: piece.iter().collect(), quality }).collect()
}

/// How good a match is: how full its syllables are, how important the phrase, and whether it is at its start or whole.
fn quality(phrase: &Phrase, start: usize, length: usize, fullness: u32) -> u32 {
    let per_syllable = fullness * 100 / (3 * length as u32);
    let whole = start == 0 && length == phrase.chars.len();
    let place = if whole { 4 } else { 2 + u32::from(start == 0) };
    // A single syllable may be anything.
    let alone = if length == 1 { 4 } else { 1 };
    (per_syllable * place * (6 + u32::from(phrase.weight)) / alone).max(1)
}

/// Whether the letters are the sounds of the first characters: of how many, and how full the syllables are written
/// (3 for a whole one, 2 for the start of the last, 1 for an initial).
fn matched(letters: &[u8], chars: &[char], lexicon: &Lexicon) -> Option<(usize, u32)> {
    // By the number of letters used: the fullness so far.
    let mut states: BTreeMap<usize, u32> = BTreeMap::from([(0, 0)]);
    for (at, c) in chars.iter().enumerate() {
        let mut next: BTreeMap<usize, u32> = BTreeMap::new();
        let mut end = None;
        for reading in lexicon.readings(*c) {
            for (used, fullness) in &states {
                for (length, worth) in steps(&letters[*used..], reading.as_bytes()) {
                    let (used, fullness) = (used + length, fullness + worth);
                    if used == letters.len() {
                        end = end.max(Some(fullness));
                    } else {
                        let best = next.entry(used).or_default();
                        *best = fullness.max(*best);
                    }
                }
            }
        }
        if let Some(fullness) = end {
            return Some((at + 1, fullness));
        }
        if next.is_empty() {
            return None;
        }
        states = next;
    }
    None
}

/// How many letters a syllable may take, and what that is worth.
fn steps(letters: &[u8], syllable: &[u8]) -> Vec<(usize, u32)> {
    let common = letters.iter().zip(syllable).take_while(|(a, b)| a == b).count();
    let mut steps = Vec::new();
    if common == syllable.len() {
        steps.push((common, 3));
    } else if common == letters.len() && common > 1 {
        steps.push((common, 2));
    }
    if common >= 1 && syllable.len() > 1 {
        steps.push((1, 1));
    }
    if common >= 2 && syllable[1] == b'h' && syllable.len() > 2 {
        steps.push((2, 1));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::tests::lexicon;

    fn read(letters: &str) -> Vec<String> {
        let lexicon = lexicon(&["养老保险", "医疗保险", "低保户", "重点优抚"]);
        super::readings(letters, &lexicon).into_iter().map(|reading| reading.text).collect()
    }

    #[test]
    fn syllables_initials_and_mixtures() {
        assert_eq!(read("yanglao"), ["养老"]);
        assert_eq!(read("yanglaobx"), ["养老保险"]);
        assert_eq!(read("ylbx"), ["养老保险", "医疗保险"]);
        assert_eq!(read("dibaoh"), ["低保户"]);
        assert_eq!(read("chongdian"), ["重点"]);
        assert_eq!(read("zhongdian"), ["重点"]);
        assert_eq!(read("xyz"), [""; 0]);
    }
}
