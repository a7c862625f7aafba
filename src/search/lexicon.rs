//! The phrases of a language and how they sound: for pinyin and for slips of the hand.
//!
//! Lives here: names, other names and synonyms in Han characters, and every reading of a character. A polyphone is found by
//! each of its readings, so no dictionary of words is needed to choose one. Never here: scores (`query`).

use super::documents::{Document, Kind};
use super::{normal, tokens};
use crate::lang::LangId;
use crate::model::Catalogue;
use pinyin::ToPinyin;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The 3,755 characters of GB 2312's first level: what people write, rightly or wrongly.
const COMMON: &str = include_str!("data/common.txt");

/// Characters that people say in more than one way, with the readings beside the first.
const POLYPHONES: [(char, &[&str]); 40] = [
    ('重', &["chong"]),
    ('长', &["zhang"]),
    ('行', &["hang"]),
    ('调', &["tiao"]),
    ('乐', &["yue"]),
    ('还', &["huan"]),
    ('着', &["zhao"]),
    ('得', &["dei"]),
    ('会', &["kuai"]),
    ('种', &["chong"]),
    ('传', &["zhuan"]),
    ('单', &["shan", "chan"]),
    ('参', &["shen", "cen"]),
    ('降', &["xiang"]),
    ('校', &["jiao"]),
    ('给', &["ji"]),
    ('率', &["shuai"]),
    ('大', &["dai"]),
    ('便', &["pian"]),
    ('藏', &["zang"]),
    ('曾', &["zeng"]),
    ('朝', &["zhao"]),
    ('弹', &["tan"]),
    ('觉', &["jiao"]),
    ('落', &["la", "lao"]),
    ('模', &["mu"]),
    ('强', &["jiang"]),
    ('省', &["xing"]),
    ('宿', &["xiu"]),
    ('提', &["di"]),
    ('血', &["xie"]),
    ('车', &["ju"]),
    ('石', &["dan"]),
    ('差', &["chai", "ci"]),
    ('色', &["shai"]),
    ('薄', &["bao"]),
    ('剥', &["bao"]),
    ('露', &["lou"]),
    ('系', &["ji"]),
    ('厦', &["sha"]),
];

static OTHER_READINGS: LazyLock<HashMap<char, &'static [&'static str]>> =
    LazyLock::new(|| POLYPHONES.iter().copied().collect());

static COMMON_SOUNDS: LazyLock<HashMap<char, Vec<&'static str>>> =
    LazyLock::new(|| common().map(|c| (c, readings(c))).collect());

/// The common characters.
pub(super) fn common() -> impl Iterator<Item = char> {
    COMMON.chars().filter(|c| tokens::is_han(*c))
}

/// A name or another phrase in Han characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its characters.
    pub(super) chars: Vec<char>,
    /// How much it is worth, 1 to 4.
    pub(super) weight: u8,
}

/// The phrases, and the characters whose sound is known.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By text, each once.
    pub(super) phrases: Vec<Phrase>,
    /// The readings of the phrases' characters.
    pub(super) sounds: BTreeMap<char, Vec<&'static str>>,
    /// Where each character stands: the phrase and the place in it.
    places: HashMap<char, Vec<(u32, u32)>>,
    /// Whether there are so many phrases that a browser gets them in parts, by the first letter of their first sound.
    pub(super) in_parts: bool,
}

impl Lexicon {
    /// Collects the phrases of a language.
    pub(super) fn new(catalogue: &Catalogue, lang: LangId, documents: &[Document]) -> Self {
        let mut phrases: BTreeMap<Vec<char>, u8> = BTreeMap::new();
        let mut add = |text: &str, weight: u8| {
            for piece in tokens::pieces(&normal(text)) {
                if let tokens::Piece::Han(run) = piece
                    && run.len() > 1
                {
                    let known = phrases.entry(run).or_default();
                    *known = weight.max(*known);
                }
            }
        };
        for document in documents {
            let weight = match document.kind {
                Kind::Item => 4,
                Kind::Department => 3,
                Kind::Question | Kind::Task | Kind::Indicator => 1,
            };
            document.names.iter().for_each(|name| add(name, weight));
        }
        if lang == LangId::SOURCE {
            catalogue.items.iter().flat_map(|item| &item.aliases).for_each(|alias| add(&alias.value, 3));
        }
        let synonyms = catalogue.search.synonyms(lang).map(|s| s.words.as_slice()).unwrap_or_default();
        for (word, said) in synonyms {
            add(&word.value, 2);
            said.iter().for_each(|said| add(&said.value, 2));
        }
        let mut phrases: Vec<Phrase> = phrases.into_iter().map(|(chars, weight)| Phrase { chars, weight }).collect();
        // The order of a browser, in which the first of two equal phrases is taken.
        let units = |phrase: &Phrase| phrase.chars.iter().collect::<String>().encode_utf16().collect::<Vec<u16>>();
        phrases.sort_by_cached_key(units);
        Self::of(phrases, super::in_parts(documents.len()))
    }

    fn of(phrases: Vec<Phrase>, in_parts: bool) -> Self {
        let mut lexicon = Self { in_parts, ..Self::default() };
        for (n, phrase) in phrases.iter().enumerate() {
            for (at, c) in phrase.chars.iter().enumerate() {
                lexicon.sounds.entry(*c).or_insert_with(|| readings(*c));
                // Places in lists in memory: both fit.
                lexicon.places.entry(*c).or_default().push((n as u32, at as u32));
            }
        }
        lexicon.phrases = phrases;
        lexicon
    }

    /// The readings of a character, without tones; none where neither the phrases nor common writing has it.
    pub(super) fn readings(&self, c: char) -> &[&'static str] {
        self.sounds.get(&c).or_else(|| COMMON_SOUNDS.get(&c)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether two characters share a reading.
    pub(super) fn sound_alike(&self, a: char, b: char) -> bool {
        let (a, b) = (self.readings(a), self.readings(b));
        a.iter().any(|reading| b.contains(reading))
    }

    /// The phrases and places where a character stands.
    pub(super) fn places(&self, c: char) -> &[(u32, u32)] {
        self.places.get(&c).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a browser has this phrase at hand that loaded the parts of these letters.
    pub(super) fn has(&self, phrase: &Phrase, letters: &[u8]) -> bool {
        !self.in_parts
            || phrase.chars.first().is_some_and(|c| self.part(*c).is_some_and(|part| letters.contains(&part)))
    }

    /// The part that phrases with this first character are in: the first letter of its first reading.
    pub(super) fn part(&self, c: char) -> Option<u8> {
        self.readings(c).first()?.bytes().next()
    }
}

/// Every reading of a character in letters a to z; ü is v, as keyboards have it.
pub(super) fn readings(c: char) -> Vec<&'static str> {
    let Some(first) = c.to_pinyin() else { return Vec::new() };
    let mut readings = vec![letters(first.plain())];
    for other in OTHER_READINGS.get(&c).copied().unwrap_or_default() {
        if !readings.contains(other) {
            readings.push(other);
        }
    }
    readings
}

fn letters(plain: &'static str) -> &'static str {
    match plain {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A lexicon of these phrases.
    pub(in crate::search) fn lexicon(phrases: &[&str]) -> Lexicon {
        let phrase = |text: &&str| Phrase { chars: text.chars().collect(), weight: 3 };
        Lexicon::of(phrases.iter().map(phrase).collect(), false)
    }

    #[test]
    fn every_common_character_has_a_reading_in_letters() {
        for c in common() {
            let readings = readings(c);
            assert!(!readings.is_empty(), "{c}");
            assert!(readings.iter().all(|r| r.bytes().all(|b| b.is_ascii_lowercase())), "{c} {readings:?}");
        }
        assert_eq!(readings('重'), ["zhong", "chong"]);
        assert_eq!(readings('女'), ["nv"]);
    }
}
