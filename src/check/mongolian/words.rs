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
    // A word and what parts it from the next are rarely shorter.
    let mut words: Vec<Word<'_>> = Vec::with_capacity(text.len() / 12);
    let (mut at, mut previous) = (0, None);
    while let Some(c) = text[at..].chars().next() {
        if !is_letter(c) {
            previous = Some(c);
            at += c.len_utf8();
            continue;
        }
        let (length, letters_alone) = extent(&text[at..]);
        let end = at + length;
        let written = &text[at..end];
        let letters = match letters_alone {
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

/// How long the word is that the text starts with, in bytes, and whether it has letters alone. A separated -a or -e belongs
/// to it; what else follows a separator is a suffix.
fn extent(text: &str) -> (usize, bool) {
    let mut letters_alone = true;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_letter(*c)) {
        let goes_on = match c {
            MVS => is_separated_vowel(&text[at + MVS.len_utf8()..]),
            c => is_selector(c) || is_joiner(c),
        };
        if !goes_on {
            return (at, letters_alone);
        }
        letters_alone = false;
    }
    (text.len(), letters_alone)
}

/// Whether the text starts with a word of the one letter -a or -e.
fn is_separated_vowel(text: &str) -> bool {
    let tail = text.chars().take_while(|c| is_letter(*c) || is_selector(*c));
    let mut letters = tail.filter(|c| is_letter(*c));
    matches!((letters.next(), letters.next()), (Some('ᠠ' | 'ᠡ'), None))
}

/// The characters that are neither letters of the Hudum script nor plain spaces, and where they stand: few, and all that
/// most rules about characters have to look at.
pub(in crate::check) fn rarer(text: &str) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| !matches!(c, ' ' | '\u{1820}'..='\u{1842}')).collect()
}

/// The words and suffixes of a text as one text, each with a space before it.
pub(in crate::check) fn flat(words: &[Word]) -> String {
    words.iter().fold(String::new(), |mut out, word| {
        out.push(' ');
        out.push_str(&word.letters);
        out
    })
}

/// What every inflected form of a word or phrase begins with: its words and suffixes.
///
/// The last word may go on: other suffixes may be joined to it, and a verb's -qu gives way to other endings.
pub(in crate::check) struct Stem(Vec<String>);

impl Stem {
    /// The stem of a word or phrase.
    pub(in crate::check) fn new(phrase: &str) -> Self {
        let mut stem: Vec<String> = words(phrase).into_iter().map(|word| word.letters.into_owned()).collect();
        if let Some(last) = stem.last_mut() {
            let shorter = ["ᠬᠤ", "ᠬᠦ"].iter().find_map(|ending| last.strip_suffix(ending));
            if let Some(shorter) = shorter.filter(|shorter| shorter.chars().count() >= 2) {
                *last = shorter.to_owned();
            }
        }
        Self(stem)
    }

    /// Whether any form of it stands in a text with these words.
    pub(in crate::check) fn is_among(&self, words: &[Word]) -> bool {
        let Some((last, before)) = self.0.split_last() else { return true };
        words.windows(self.0.len()).any(|words| {
            let Some((end, start)) = words.split_last() else { return false };
            end.letters.starts_with(last) && start.iter().map(|word| &word.letters).eq(before)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        assert_eq!(Stem::new("ᠰᠣᠩᠭᠣᠬᠤ").0, ["ᠰᠣᠩᠭᠣ"]);
        assert_eq!(Stem::new("ᠡᠳ\u{180B}\u{202F}ᠦᠨ ᠵᠠᠰᠠᠭ").0, ["ᠡᠳ", "ᠦᠨ", "ᠵᠠᠰᠠᠭ"]);
        assert_eq!(Stem::new("ᠨᠤᠮ ᠠᠬᠤ").0, ["ᠨᠤᠮ", "ᠠᠬᠤ"], "a stem of one letter is none");
        assert!(Stem::new("ᠨᠠᠰᠤᠲᠠᠨ").is_among(&words("ᠨᠠᠰᠤᠲᠠᠨ\u{202F}ᠤ")));
    }

    proptest! {
        /// A stem stands in a text where both are put flat and the one contains the other.
        #[test]
        fn stems_are_found_at_words(stem in "[ᠠᠬᠤ \u{202F}\u{180B}]{0,5}", text in "[ᠠᠬᠤ \u{202F}\u{180E}5]{0,12}") {
            let stem = Stem::new(&stem);
            let sought: String = stem.0.iter().flat_map(|word| [" ", word]).collect();
            prop_assert_eq!(stem.is_among(&words(&text)), flat(&words(&text)).contains(&sought));
        }
    }
}
