//! Words in the Mongolian script: letters, stems, suffixes.
//!
//! Lives here: how a text falls into words and what is known of letters. A suffix is written after U+202F (NNBSP); the vowel
//! separator U+180E (MVS) is accepted in that place, and parts a final -a or -e elsewhere. Never here: rules.

use std::ops::Range;

/// The suffix connector.
pub(in crate::check) const NNBSP: char = '\u{202F}';
/// The vowel separator.
pub(in crate::check) const MVS: char = '\u{180E}';

/// Whether it is a letter of the block, of whatever orthography.
pub(in crate::check) fn is_letter(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{1878}' | '\u{1880}'..='\u{18AA}')
}

/// Whether it chooses a variant form.
pub(in crate::check) fn is_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}')
}

/// Nirugu and joiners: they belong to the word and mean nothing.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{180A}' | '\u{200C}' | '\u{200D}')
}

/// Whether a letter is a vowel.
pub(in crate::check) fn is_vowel(c: char) -> bool {
    matches!(c, 'ᠠ' | 'ᠡ' | 'ᠢ' | 'ᠣ' | 'ᠤ' | 'ᠥ' | 'ᠦ' | 'ᠧ')
}

/// The harmony of a vowel; none for neutral ones and consonants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Harmony {
    /// a, o, u.
    Back,
    /// e, ö, ü.
    Front,
}

/// The harmony of a letter.
pub(in crate::check) fn harmony(c: char) -> Option<Harmony> {
    match c {
        'ᠠ' | 'ᠣ' | 'ᠤ' => Some(Harmony::Back),
        'ᠡ' | 'ᠥ' | 'ᠦ' => Some(Harmony::Front),
        _ => None,
    }
}

/// What stands before a word or suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Before {
    /// A connector: this is a suffix.
    Connector,
    /// One plain space.
    Space,
    /// Anything else, or the start of the text.
    Other,
}

/// A run of letters: a stem or a suffix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Word {
    /// The letters, without selectors, separators and joiners.
    pub(in crate::check) letters: String,
    /// Where it stands in the text.
    pub(in crate::check) range: Range<usize>,
    /// What stands before it.
    pub(in crate::check) before: Before,
    /// Whether what comes before that is a word too, not a digit or a mark.
    pub(in crate::check) follows_word: bool,
}

/// The words of a text, in order; suffixes are words of their own.
pub(in crate::check) fn words(text: &str) -> Vec<Word> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut words: Vec<Word> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !is_letter(chars[i].1) {
            i += 1;
            continue;
        }
        let end = word_end(&chars, i);
        let at = |k: usize| chars.get(k).map_or(text.len(), |(at, _)| *at);
        let letters = chars[i..end].iter().map(|(_, c)| *c).filter(|c| is_letter(*c)).collect();
        let (before, gap) = match i.checked_sub(1).map(|k| chars[k].1) {
            Some(NNBSP | MVS) => (Before::Connector, 1),
            Some(' ') => (Before::Space, 1),
            _ => (Before::Other, 0),
        };
        let follows_word = gap > 0 && words.last().is_some_and(|last: &Word| last.range.end == at(i - gap));
        words.push(Word { letters, range: at(i)..at(end), before, follows_word });
        i = end;
    }
    words
}

/// Where the word that starts at `i` ends. A separated -a or -e belongs to it; what else follows a separator is a suffix.
fn word_end(chars: &[(usize, char)], mut i: usize) -> usize {
    let get = |k: usize| chars.get(k).map(|(_, c)| *c);
    while let Some(c) = get(i) {
        if c == MVS {
            let tail = chars[i + 1..].iter().map(|(_, c)| *c).take_while(|c| is_letter(*c) || is_selector(*c));
            let letters: Vec<char> = tail.filter(|c| is_letter(*c)).collect();
            if !matches!(letters[..], ['ᠠ' | 'ᠡ']) {
                break;
            }
        } else if !(is_letter(c) || is_selector(c) || is_joiner(c)) {
            break;
        }
        i += 1;
    }
    i
}

/// A text as its words and suffixes, each with a space before it.
pub(in crate::check) fn flat(text: &str) -> String {
    words(text).iter().fold(String::new(), |mut out, word| {
        out.push(' ');
        out.push_str(&word.letters);
        out
    })
}

/// What every inflected form of a word or phrase begins with, in the form of [`flat`].
///
/// The last word may go on: other suffixes may be joined to it, and a verb's -qu gives way to other endings.
pub(in crate::check) fn stem(phrase: &str) -> String {
    let flat = flat(phrase);
    let shorter = ["ᠬᠤ", "ᠬᠦ"].iter().find_map(|ending| flat.strip_suffix(ending));
    match shorter {
        Some(stem) if stem.rsplit(' ').next().is_some_and(|last| last.chars().count() >= 2) => stem.to_owned(),
        _ => flat,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stems_and_suffixes() {
        let letters = |text: &str| words(text).into_iter().map(|w| (w.letters, w.before)).collect::<Vec<_>>();
        assert_eq!(
            letters("ᠪᠠᠲᠤᠯᠠᠭ\u{180E}ᠠ\u{202F}ᠶᠢᠨ ᠡᠳ\u{180B}\u{180E}ᠦᠨ 5\u{202F}ᠳᠤ"),
            [
                ("ᠪᠠᠲᠤᠯᠠᠭᠠ".to_owned(), Before::Other),
                ("ᠶᠢᠨ".to_owned(), Before::Connector),
                ("ᠡᠳ".to_owned(), Before::Space),
                ("ᠦᠨ".to_owned(), Before::Connector),
                ("ᠳᠤ".to_owned(), Before::Connector),
            ]
        );
        assert_eq!(words("5\u{202F}ᠳᠤ ᠡᠳ").iter().map(|w| w.follows_word).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn stems_of_verbs_and_nouns() {
        assert_eq!(stem("ᠰᠣᠩᠭᠣᠬᠤ"), " ᠰᠣᠩᠭᠣ");
        assert_eq!(stem("ᠡᠳ\u{180B}\u{202F}ᠦᠨ ᠵᠠᠰᠠᠭ"), " ᠡᠳ ᠦᠨ ᠵᠠᠰᠠᠭ");
        assert!(flat("ᠨᠠᠰᠤᠲᠠᠨ\u{202F}ᠤ").contains(&stem("ᠨᠠᠰᠤᠲᠠᠨ")));
    }
}
