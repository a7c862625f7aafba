//! Words that a translation quotes from its source as they are.
//!
//! An editorial note speaks of the very characters of a text: “清单制”疑缺“度”字. Its translation keeps them, in its own
//! quotation marks. Lives here: finding such words on both sides. Never here: what a page or a rule makes of them.

use std::ops::Range;

/// Opening marks and their closing ones.
const MARKS: [(char, char); 6] = [('“', '”'), ('《', '》'), ('〈', '〉'), ('「', '」'), ('『', '』'), ('«', '»')];

/// The words that both a source and its translation have between quotation marks, of whatever kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotes {
    /// Where they stand in the source, in bytes and order, without their marks.
    pub source: Vec<Range<usize>>,
    /// Where they stand in the translation.
    pub translation: Vec<Range<usize>>,
}

impl Quotes {
    /// Finds them. What has no letter is no word: a figure between marks is left out.
    pub fn of(source: &str, translation: &str) -> Self {
        let (from, to) = (passages(source), passages(translation));
        let common = |ranges: &[Range<usize>], text: &str, others: &[Range<usize>], other: &str| {
            let shared = |range: &&Range<usize>| {
                let words = &text[(*range).clone()];
                words.chars().any(char::is_alphabetic) && others.iter().any(|range| &other[range.clone()] == words)
            };
            ranges.iter().filter(shared).cloned().collect()
        };
        Self { source: common(&from, source, &to, translation), translation: common(&to, translation, &from, source) }
    }
}

/// What stands between the outermost quotation marks; a mark without its other half quotes nothing.
fn passages(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += c.len_utf8();
        let Some(marks) = MARKS.iter().find(|(open, _)| *open == c) else { continue };
        if let Some(length) = closing(&text[at..], *marks) {
            found.push(at..at + length);
            at += length + marks.1.len_utf8();
        }
    }
    found
}

/// Where the mark that was opened before `rest` is closed.
fn closing(rest: &str, (open, close): (char, char)) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in rest.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Quotes;
    use proptest::prelude::*;

    fn both(source: &str, translation: &str) -> (Vec<String>, Vec<String>) {
        let quotes = Quotes::of(source, translation);
        let words = |text: &str, ranges: Vec<std::ops::Range<usize>>| {
            ranges.into_iter().map(|range| text[range].to_owned()).collect()
        };
        (words(source, quotes.source), words(translation, quotes.translation))
    }

    #[test]
    fn only_what_both_sides_quote() {
        assert_eq!(
            both("“清单制”疑缺“度”字，见《通知》，“12”", "《清单制》 ᠳᠤ 《度》 《12》 《别的》"),
            (vec!["清单制".into(), "度".into()], vec!["清单制".into(), "度".into()])
        );
    }

    #[test]
    fn the_outermost_marks_count() {
        let (source, translation) = both("“印发《方案》的通知”“甲", "《印发《方案》的通知》 《甲》");
        assert_eq!((source, translation), (vec!["印发《方案》的通知".into()], vec!["印发《方案》的通知".into()]));
    }

    proptest! {
        #[test]
        fn never_outside_the_text(source in "[“”《》«»甲乙a1 ]{0,20}", translation in "[“”《》«»甲乙a1 ]{0,20}") {
            let (left, right) = both(&source, &translation);
            prop_assert!(left.iter().all(|words| right.contains(words)));
            prop_assert!(right.iter().all(|words| left.contains(words)));
        }
    }
}
