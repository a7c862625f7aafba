//! Slips of the hand: a run of Han characters with one wrong character, or with characters that only sound right.
//!
//! Never here: whether a repair is used (`query` compares what it brings).

use super::lexicon::{Lexicon, Phrase};
use std::collections::BTreeSet;

/// A piece of a run that was meant otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Repair {
    /// Where it starts in the run.
    start: usize,
    /// What was meant.
    chars: Vec<char>,
    /// The higher, the longer the agreement and the more important the phrase.
    score: u32,
}

/// The run as it was probably meant; none where no phrase is near. `known` tells which pairs of it the index has.
pub(super) fn repaired(run: &[char], known: &[bool], lexicon: &Lexicon) -> Option<Vec<char>> {
    let letters: Vec<u8> = run.iter().take(PARTS).filter_map(|c| lexicon.part(*c)).collect();
    // Each phrase that shares a character, laid along the run so that both stand at one place.
    let mut layings: BTreeSet<(u32, i64)> = BTreeSet::new();
    for (at, c) in run.iter().enumerate() {
        layings.extend(lexicon.places(*c).iter().map(|(phrase, place)| (*phrase, at as i64 - i64::from(*place))));
    }
    let mut best: Option<Repair> = None;
    for (number, shift) in layings {
        let phrase = &lexicon.phrases[number as usize];
        if !lexicon.has(phrase, &letters) {
            continue;
        }
        let found = aligned(run, phrase, shift, known, lexicon);
        if let Some(found) = found.filter(|found| best.as_ref().is_none_or(|best| found.score > best.score)) {
            best = Some(found);
        }
    }
    let Repair { start, chars, .. } = best?;
    let mut meant = run.to_vec();
    meant[start..start + chars.len()].copy_from_slice(&chars);
    Some(meant)
}

/// In a large catalogue, of how many first characters the phrases are looked at.
pub(super) const PARTS: usize = 2;

/// How two characters agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Same,
    Sound,
    None,
}

/// The longest stretch that agrees but for one character or for sounds alone, with the phrase's start at `shift`.
fn aligned(run: &[char], phrase: &Phrase, shift: i64, known: &[bool], lexicon: &Lexicon) -> Option<Repair> {
    let (from, skip) = (shift.max(0) as usize, (-shift).max(0) as usize);
    let (run, phrase_chars) = (&run[from..], &phrase.chars[skip..]);
    let agree = |(a, b): (&char, &char)| match a == b {
        true => Agreement::Same,
        false if lexicon.sound_alike(*a, *b) => Agreement::Sound,
        false => Agreement::None,
    };
    let pairs: Vec<Agreement> = run.iter().zip(phrase_chars).map(agree).collect();
    let mut best: Option<Repair> = None;
    for start in 0..pairs.len() {
        let (mut same, mut sound, mut wrong, mut broken) = (0_u32, 0_u32, 0_u32, false);
        for (end, pair) in pairs.iter().enumerate().skip(start) {
            match pair {
                Agreement::Same => same += 1,
                Agreement::Sound => sound += 1,
                Agreement::None => wrong += 1,
            }
            // A slip shows in that neither of its pairs is known.
            let at = from + end;
            let unknown = |pair: Option<usize>| pair.and_then(|at| known.get(at)).is_none_or(|known| !known);
            broken |= *pair != Agreement::Same && unknown(at.checked_sub(1)) && unknown(Some(at));
            if wrong > 1 || (wrong == 1 && sound > 0) {
                break;
            }
            let inside = pairs[start] != Agreement::None && *pair != Agreement::None;
            let fits = match wrong {
                0 => sound > 0 && same > 0,
                _ => same >= 3 || (same == 2 && inside),
            };
            let score = 10 * (4 * same + 3 * sound) + u32::from(phrase.weight);
            if fits && broken && best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Repair { start: from + start, chars: phrase_chars[start..=end].to_vec(), score });
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::tests::lexicon;
    use super::*;

    fn mend(run: &str, known: &[bool]) -> Option<String> {
        let run: Vec<char> = run.chars().collect();
        repaired(&run, known, &lexicon(&["养老保险", "低保", "残疾人"])).map(|chars| chars.iter().collect())
    }

    #[test]
    fn one_wrong_character_or_sound_is_mended() {
        assert_eq!(mend("养老宝险", &[true, false, false]).as_deref(), Some("养老保险"));
        assert_eq!(mend("残急人补贴", &[false, false, true, true]).as_deref(), Some("残疾人补贴"));
        assert_eq!(mend("低报", &[false]).as_deref(), Some("低保"));
        assert_eq!(mend("养老火险", &[true, false, false]).as_deref(), Some("养老保险"));
    }

    #[test]
    fn what_is_known_or_far_stays() {
        assert_eq!(mend("低报", &[true]), None);
        assert_eq!(mend("天气预报", &[false, false, false]), None);
    }
}
