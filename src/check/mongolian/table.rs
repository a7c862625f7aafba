//! The suffixes that are written apart, and which form of them follows which stem.
//!
//! Lives here: the standard orthography's tables of case, reflexive and plural suffixes, as data; the rule for each form is
//! that of MONGOLIAN.md in the project's notes: after a consonant ᠤᠨ/ᠦᠨ, after a vowel ᠶᠢᠨ, after n ᠤ/ᠦ; ᠲᠤ/ᠲᠦ after ᠭ ᠪ ᠰ ᠳ ᠷ.
//! Never here: texts and rules.

use super::words::{Harmony, is_vowel};
use hashbrown::HashSet;
use std::sync::LazyLock;

/// Suffixes that are no words, so that they can be told after a plain space.
const SUFFIXES: [&str; 48] = [
    // Genitive, accusative.
    "ᠶᠢᠨ",
    "ᠤᠨ",
    "ᠦᠨ",
    "ᠤ",
    "ᠦ",
    "ᠢ",
    "ᠶᠢ",
    // Dative and locative, with the older forms in -r.
    "ᠳᠤ",
    "ᠳᠦ",
    "ᠲᠤ",
    "ᠲᠦ",
    "ᠳᠤᠷ",
    "ᠳᠦᠷ",
    "ᠲᠤᠷ",
    "ᠲᠦᠷ",
    // Ablative, instrumental, comitative.
    "ᠠᠴᠠ",
    "ᠡᠴᠡ",
    "ᠢᠶᠠᠷ",
    "ᠢᠶᠡᠷ",
    "ᠲᠠᠢ",
    "ᠲᠡᠢ",
    "ᠲᠠᠶᠢ",
    "ᠲᠡᠶᠢ",
    "ᠯᠤᠭᠠ",
    "ᠯᠦᠭᠡ",
    // Reflexive, alone and with a case.
    "ᠢᠶᠠᠨ",
    "ᠢᠶᠡᠨ",
    "ᠪᠡᠨ",
    "ᠳᠠᠭᠠᠨ",
    "ᠳᠡᠭᠡᠨ",
    "ᠲᠠᠭᠠᠨ",
    "ᠲᠡᠭᠡᠨ",
    "ᠶᠤᠭᠠᠨ",
    "ᠶᠦᠭᠡᠨ",
    "ᠠᠴᠠᠭᠠᠨ",
    "ᠡᠴᠡᠭᠡᠨ",
    "ᠲᠠᠢᠭᠠᠨ",
    "ᠲᠡᠢᠭᠡᠨ",
    // Plural; what is in a place.
    "ᠤᠳ",
    "ᠦᠳ",
    "ᠨᠤᠭᠤᠳ",
    "ᠨᠦᠭᠦᠳ",
    "ᠳᠠᠬᠢ",
    "ᠳᠡᠬᠢ",
    "ᠲᠠᠬᠢ",
    "ᠲᠡᠬᠢ",
    "ᠤᠬᠢ",
    "ᠦᠬᠢ",
];

/// Suffixes that are words or particles as well, or that follow a number: after a plain space they say nothing.
const ALSO_WORDS: [&str; 11] = ["ᠪᠠᠷ", "ᠪᠡᠷ", "ᠪᠠᠨ", "ᠨᠠᠷ", "ᠨᠡᠷ", "ᠳᠤᠭᠠᠷ", "ᠳᠦᠭᠡᠷ", "ᠤᠤ", "ᠦᠦ", "ᠶᠤᠤ", "ᠶᠦᠦ"];

/// The length of the longest suffix, in bytes: most words are longer and need no search.
const LONGEST: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < SUFFIXES.len() {
        if SUFFIXES[at].len() > longest {
            longest = SUFFIXES[at].len();
        }
        at += 1;
    }
    longest
};

/// Whether these letters are a suffix and no word.
pub(super) fn is_apart(letters: &str) -> bool {
    static APART: LazyLock<HashSet<&str>> = LazyLock::new(|| SUFFIXES.into_iter().collect());
    letters.len() <= LONGEST && APART.contains(letters)
}

/// Whether these letters are a suffix.
pub(super) fn is_suffix(letters: &str) -> bool {
    is_apart(letters) || ALSO_WORDS.contains(&letters)
}

/// A suffix in its forms: the back one and the front one, equal where there is no harmony.
type Forms = (&'static str, &'static str);

/// A suffix whose form depends on the stem: all forms, and the right ones after a letter.
struct Family {
    forms: &'static [&'static str],
    after: fn(char) -> Forms,
}

const FAMILIES: [Family; 7] = [
    Family {
        forms: &["ᠶᠢᠨ", "ᠤᠨ", "ᠦᠨ", "ᠤ", "ᠦ"],
        after: |last| match last {
            'ᠨ' => ("ᠤ", "ᠦ"),
            _ if is_vowel(last) => ("ᠶᠢᠨ", "ᠶᠢᠨ"),
            _ => ("ᠤᠨ", "ᠦᠨ"),
        },
    },
    Family {
        forms: &["ᠢ", "ᠶᠢ"], after: |last| if is_vowel(last) { ("ᠶᠢ", "ᠶᠢ") } else { ("ᠢ", "ᠢ") }
    },
    Family {
        forms: &["ᠳᠤ", "ᠳᠦ", "ᠲᠤ", "ᠲᠦ"], after: |last| if is_hard(last) { ("ᠲᠤ", "ᠲᠦ") } else { ("ᠳᠤ", "ᠳᠦ") }
    },
    Family { forms: &["ᠠᠴᠠ", "ᠡᠴᠡ"], after: |_| ("ᠠᠴᠠ", "ᠡᠴᠡ") },
    Family {
        forms: &["ᠪᠠᠷ", "ᠪᠡᠷ", "ᠢᠶᠠᠷ", "ᠢᠶᠡᠷ"],
        after: |last| if is_vowel(last) { ("ᠪᠠᠷ", "ᠪᠡᠷ") } else { ("ᠢᠶᠠᠷ", "ᠢᠶᠡᠷ") },
    },
    Family { forms: &["ᠲᠠᠢ", "ᠲᠡᠢ"], after: |_| ("ᠲᠠᠢ", "ᠲᠡᠢ") },
    Family {
        forms: &["ᠪᠠᠨ", "ᠪᠡᠨ", "ᠢᠶᠠᠨ", "ᠢᠶᠡᠨ"],
        after: |last| if is_vowel(last) { ("ᠪᠠᠨ", "ᠪᠡᠨ") } else { ("ᠢᠶᠠᠨ", "ᠢᠶᠡᠨ") },
    },
];

/// The consonants after which the dative has a ᠲ.
fn is_hard(last: char) -> bool {
    matches!(last, 'ᠭ' | 'ᠪ' | 'ᠰ' | 'ᠳ' | 'ᠷ')
}

/// The form that this suffix should have after a stem of that harmony which ends in that letter; none where it is right.
///
/// Without a harmony (stems with i alone, or mixed ones) either form is right.
pub(super) fn better(suffix: &str, last: char, harmony: Option<Harmony>) -> Option<&'static str> {
    let family = FAMILIES.iter().find(|family| family.forms.contains(&suffix))?;
    let (back, front) = (family.after)(last);
    let fine = match harmony {
        Some(Harmony::Back) => suffix == back,
        Some(Harmony::Front) => suffix == front,
        None => suffix == back || suffix == front,
    };
    // Without a harmony the one that the writer chose is kept.
    let chose_front = suffix.contains(['ᠡ', 'ᠦ']);
    let right = if harmony == Some(Harmony::Front) || (harmony.is_none() && chose_front) { front } else { back };
    (!fine).then_some(right)
}
