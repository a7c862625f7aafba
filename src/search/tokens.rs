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

/// A piece as it is found, in memory that the next one takes.
enum Run<'a> {
    Han(&'a [char]),
    Word(&'a str),
}

/// A term as it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term<'a> {
    /// Two Han characters that stand together.
    Pair([char; 2]),
    /// A word, a number, or a Han character alone.
    Word(&'a str),
}

/// Whether it is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3007}')
        || matches!(c, '\u{20000}'..='\u{3FFFF}')
}

/// Cuts a normal form into pieces.
pub(super) fn pieces(normal: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    scan(normal, |run| {
        pieces.push(match run {
            Run::Han(run) => Piece::Han(run.to_vec()),
            Run::Word(word) => Piece::Word(word.to_owned()),
        });
    });
    pieces
}

/// Finds the terms of a text, without putting them into memory of their own.
pub(super) fn each(normal: &str, mut found: impl FnMut(Term<'_>)) {
    scan(normal, |run| match run {
        Run::Word(word) => found(Term::Word(word)),
        Run::Han([one]) => found(Term::Word(one.encode_utf8(&mut [0; 4]))),
        Run::Han(many) => many.windows(2).for_each(|pair| found(Term::Pair([pair[0], pair[1]]))),
    });
}

/// The terms of a text: bigrams and words, each as often as it occurs; a single Han character is one.
pub fn terms(normal: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each(normal, |term| {
        terms.push(match term {
            Term::Pair(pair) => pair.iter().collect(),
            Term::Word(word) => word.to_owned(),
        });
    });
    terms
}

/// Finds the pieces of a normal form, one after another.
fn scan(normal: &str, mut found: impl FnMut(Run<'_>)) {
    let chars: Vec<char> = normal.chars().collect();
    let mut word = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = |belongs: &dyn Fn(char) -> bool| chars[at..].iter().take_while(|c| belongs(**c)).count();
        if is_han(c) {
            let length = run(&is_han);
            found(Run::Han(&chars[at..at + length]));
            at += length;
            continue;
        }
        word.clear();
        if mongolian::is_letter(c) {
            at = mongolian_word(&chars, at, &mut word);
        } else if c.is_ascii_digit() {
            let length = number(&chars[at..]);
            word.extend(&chars[at..at + length]);
            at += length;
        } else if is_other_letter(c) {
            let length = run(&is_other_letter);
            word.extend(&chars[at..at + length]);
            at += length;
        } else {
            at += 1;
            continue;
        }
        found(Run::Word(&word));
    }
}

/// How many characters the number at the start has; a point between digits belongs to it.
fn number(chars: &[char]) -> usize {
    let digits = |chars: &[char]| chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let whole = digits(chars);
    let decimals = match chars.get(whole) {
        Some('.') => digits(&chars[whole + 1..]),
        _ => 0,
    };
    if decimals > 0 { whole + 1 + decimals } else { whole }
}

fn is_other_letter(c: char) -> bool {
    let is_mark = matches!(c, '\u{1800}'..='\u{180F}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}')
        || matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}');
    // Marks are many, and Unicode's tables are asked last.
    !is_mark && !is_han(c) && !mongolian::is_letter(c) && c.is_alphabetic()
}

/// Writes the term of the Mongolian word that starts at `at`; hands back where the word and its suffixes end.
fn mongolian_word(chars: &[char], at: usize, term: &mut String) -> usize {
    let belongs = |c: char| mongolian::is_letter(c) || mongolian::is_mark(c);
    let mut end = at;
    let mut stem: Option<usize> = None;
    while let Some(&c) = chars.get(end) {
        if belongs(c) {
            end += 1;
        } else if (c == CONNECTOR || c == MVS) && chars.get(end + 1).is_some_and(|c| mongolian::is_letter(*c)) {
            let tail = chars[end + 1..].iter().copied().take_while(|c| belongs(*c));
            let mut letters = tail.filter(|c| mongolian::is_letter(*c));
            let is_vowel = c == MVS && matches!((letters.next(), letters.next()), (Some('ᠠ' | 'ᠡ'), None));
            if !is_vowel && stem.is_none() {
                stem = Some(end);
            }
            end += 1;
        } else {
            break;
        }
    }
    term.push(MONGOLIAN);
    mongolian::push_key(chars[at..stem.unwrap_or(end)].iter().copied(), term);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_are_passed_over_are_no_letters() {
        let letter = |c: char| c.is_alphabetic() && !is_han(c) && !mongolian::is_letter(c);
        let wrong = ('\0'..=char::MAX).find(|c| is_other_letter(*c) != letter(*c));
        assert_eq!(wrong, None);
    }

    #[test]
    fn texts_fall_into_terms() {
        assert_eq!(terms("养老金800元，ii级"), ["养老", "老金", "800", "元", "ii", "级"]);
        assert_eq!(terms("0.5%，5.·1.2.3"), ["0.5", "5", "1.2", "3"]);
        assert_eq!(terms(""), [""; 0]);
        assert_eq!(pieces("养老12.5"), [Piece::Han(vec!['养', '老']), Piece::Word("12.5".into())]);
    }

    #[test]
    fn a_mongolian_word_is_its_stem() {
        let stem = terms("ᠪᠠᠭᠠ");
        assert_eq!(terms("ᠪᠠᠭ\u{180E}ᠠ"), stem);
        assert_eq!(terms("ᠪᠠᠭ\u{180E}ᠠ\u{E000}ᠶᠢᠨ"), stem);
        assert_eq!(terms("ᠪᠠᠭᠠ\u{180E}ᠶᠢᠨ ᠪᠠᠭᠠ"), [stem.clone(), stem].concat());
    }
}
