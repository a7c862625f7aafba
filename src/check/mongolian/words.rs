//! Words in the Mongolian script: letters, stems, suffixes.
//!
//! Lives here: how a text falls into words and what is known of letters. A suffix is written after U+202F (NNBSP); the vowel
//! separator U+180E (MVS) is accepted in that place, and parts a final -a or -e elsewhere. Never here: rules.

use std::borrow::Cow;
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
pub(in crate::check) struct Word<'t> {
    /// The letters, without selectors, separators and joiners.
    pub(in crate::check) letters: Cow<'t, str>,
    /// Where it stands in the text.
    pub(in crate::check) range: Range<usize>,
    /// What stands before it.
    pub(in crate::check) before: Before,
    /// Whether what comes before that is a word too, not a digit or a mark.
    pub(in crate::check) follows_word: bool,
}

/// The words of a text, in order; suffixes are words of their own.
pub(in crate::check) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let (mut at, mut previous) = (0, None);
    while let Some(c) = text[at..].chars().next() {
        if !is_letter(c) {
            previous = Some(c);
            at += c.len_utf8();
            continue;
        }
        let end = at + word_length(&text[at..]);
        let written = &text[at..end];
        let letters = match written.chars().all(is_letter) {
            true => Cow::Borrowed(written),
            false => written.chars().filter(|c| is_letter(*c)).collect(),
        };
        let (before, gap) = match previous {
            Some(c @ (NNBSP | MVS)) => (Before::Connector, c.len_utf8()),
            Some(' ') => (Before::Space, 1),
            _ => (Before::Other, 0),
        };
        let follows_word = gap > 0 && words.last().is_some_and(|last| last.range.end == at - gap);
        words.push(Word { letters, range: at..end, before, follows_word });
        previous = written.chars().next_back();
        at = end;
    }
    words
}

/// How long the word is that the text starts with, in bytes. A separated -a or -e belongs to it; what else follows a
/// separator is a suffix.
fn word_length(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| match *c {
        MVS => {
            let tail = text[at + MVS.len_utf8()..].chars().take_while(|c| is_letter(*c) || is_selector(*c));
            let mut letters = tail.filter(|c| is_letter(*c));
            !matches!((letters.next(), letters.next()), (Some('ᠠ' | 'ᠡ'), None))
        }
        c => !(is_letter(c) || is_selector(c) || is_joiner(c)),
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// The words and suffixes of a text as one text, each with a space before it.
pub(in crate::check) fn flat(words: &[Word]) -> String {
    let length = words.iter().map(|word| 1 + word.letters.len()).sum();
    words.iter().fold(String::with_capacity(length), |mut out, word| {
        out.push(' ');
        out.push_str(&word.letters);
        out
    })
}

/// What every inflected form of a word or phrase begins with, in the form of [`flat`].
///
/// The last word may go on: other suffixes may be joined to it, and a verb's -qu gives way to other endings.
pub(in crate::check) fn stem(phrase: &str) -> String {
    let flat = flat(&words(phrase));
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
        let letters =
            |text: &str| words(text).into_iter().map(|w| (w.letters.into_owned(), w.before)).collect::<Vec<_>>();
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
        assert!(flat(&words("ᠨᠠᠰᠤᠲᠠᠨ\u{202F}ᠤ")).contains(&stem("ᠨᠠᠰᠤᠲᠠᠨ")));
    }
}
