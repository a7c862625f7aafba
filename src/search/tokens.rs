//! What a text consists of when it is searched: the terms of an index and of a query.
//!
//! Han characters have no spaces between words, so every two neighbours are a term (overlapping bigrams; a dictionary was
//! tried and gave nothing). Other scripts are cut into words, digits are numbers. A Mongolian word is its stem: what stands
//! after a connector is a suffix. Lives here: this rule for both sides, in the browser too (`templates/assets/search.js`).

use super::mongolian;
use super::normal::CONNECTOR;

/// The letter that begins the terms of Mongolian words, whose keys would else be mistaken for Latin ones.
pub(super) const MONGOLIAN: char = '^';

/// The vowel separator; what follows it is a final -a or -e, or a suffix.
const MVS: char = '\u{180E}';

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A run of Han characters.
    Han(Vec<char>),
    /// A word of another script, or a number: its term.
    Word(String),
}

/// Whether it is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3007}')
        || matches!(c, '\u{20000}'..='\u{3FFFF}')
}

/// Cuts a normal form into pieces.
pub(super) fn pieces(normal: &str) -> Vec<Piece> {
    let chars: Vec<char> = normal.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = |belongs: &dyn Fn(char) -> bool| chars[at..].iter().take_while(|c| belongs(**c)).count();
        if is_han(c) {
            let length = run(&is_han);
            pieces.push(Piece::Han(chars[at..at + length].to_vec()));
            at += length;
        } else if mongolian::is_letter(c) {
            let (word, end) = mongolian_word(&chars, at);
            pieces.push(Piece::Word(word));
            at = end;
        } else if c.is_ascii_digit() {
            let mut length = run(&|c| c.is_ascii_digit());
            // A point between digits belongs to the number.
            let point = chars.get(at + length) == Some(&'.');
            let decimals = chars.iter().skip(at + length + 1).take_while(|c| c.is_ascii_digit()).count();
            if point && decimals > 0 {
                length += 1 + decimals;
            }
            pieces.push(Piece::Word(chars[at..at + length].iter().collect()));
            at += length;
        } else if is_other_letter(c) {
            let length = run(&is_other_letter);
            pieces.push(Piece::Word(chars[at..at + length].iter().collect()));
            at += length;
        } else {
            at += 1;
        }
    }
    pieces
}

fn is_other_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && !mongolian::is_letter(c)
}

/// The term of the Mongolian word that starts at `at`, and where the word and its suffixes end.
fn mongolian_word(chars: &[char], at: usize) -> (String, usize) {
    let belongs = |c: char| mongolian::is_letter(c) || mongolian::is_mark(c);
    let mut end = at;
    let mut stem: Option<usize> = None;
    while let Some(&c) = chars.get(end) {
        if belongs(c) {
            end += 1;
        } else if (c == CONNECTOR || c == MVS) && chars.get(end + 1).is_some_and(|c| mongolian::is_letter(*c)) {
            let tail: Vec<char> = chars[end + 1..]
                .iter()
                .copied()
                .take_while(|c| belongs(*c))
                .filter(|c| mongolian::is_letter(*c))
                .collect();
            let is_vowel = c == MVS && matches!(tail[..], ['ᠠ' | 'ᠡ']);
            if !is_vowel && stem.is_none() {
                stem = Some(end);
            }
            end += 1;
        } else {
            break;
        }
    }
    let word: String = chars[at..stem.unwrap_or(end)].iter().collect();
    (format!("{MONGOLIAN}{}", mongolian::key(&word)), end)
}

/// The terms of a text: bigrams and words, each as often as it occurs; a single Han character is one.
pub fn terms(normal: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for piece in pieces(normal) {
        match piece {
            Piece::Word(word) => terms.push(word),
            Piece::Han(run) => match run.as_slice() {
                [one] => terms.push(one.to_string()),
                many => terms.extend(many.windows(2).map(|pair| pair.iter().collect::<String>())),
            },
        }
    }
    terms
}

/// How many [`terms`] a text has.
pub(super) fn count(normal: &str) -> usize {
    let length = |piece: Piece| match piece {
        Piece::Word(_) => 1,
        Piece::Han(run) => (run.len() - 1).max(1),
    };
    pieces(normal).into_iter().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_terms() {
        assert_eq!(terms("养老金800元，ii级"), ["养老", "老金", "800", "元", "ii", "级"]);
        assert_eq!(terms("0.5%，5.·1.2.3"), ["0.5", "5", "1.2", "3"]);
        assert_eq!(terms(""), [""; 0]);
        for text in ["养老金800元，ii级", "0.5%，5.·1.2.3", "", "ᠪᠠᠭᠠ ᠪᠠ"] {
            assert_eq!(count(text), terms(text).len());
        }
    }

    #[test]
    fn a_mongolian_word_is_its_stem() {
        let stem = terms("ᠪᠠᠭᠠ");
        assert_eq!(terms("ᠪᠠᠭ\u{180E}ᠠ"), stem);
        assert_eq!(terms("ᠪᠠᠭ\u{180E}ᠠ\u{E000}ᠶᠢᠨ"), stem);
        assert_eq!(terms("ᠪᠠᠭᠠ\u{180E}ᠶᠢᠨ ᠪᠠᠭᠠ"), [stem.clone(), stem].concat());
    }
}
