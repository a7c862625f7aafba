//! Emphasis beside Chinese punctuation.
//!
//! CommonMark decides by the neighbours of a run of `*` whether it may open or close emphasis: after punctuation and before
//! a letter it cannot close. In languages without spaces that rule leaves `**服务。**后` as it stands. So a mark that is
//! neither punctuation nor space (the noncharacter U+FDD0, which no text may contain) is put between the run and the
//! punctuation before parsing, and taken out of everything the parser says.
//! Lives here: the mark, where it goes, and the way back from offsets in the marked text. Never here: parsing.
//! Not a private-use character: old Mongolian fonts use those.

use std::borrow::Cow;

/// The mark.
const MARK: char = '\u{FDD0}';

/// A text with marks, and where they are.
pub(super) struct Marked<'a> {
    /// What the parser sees.
    pub(super) text: Cow<'a, str>,
    /// The places of the marks in `text`, ascending.
    marks: Vec<usize>,
}

impl<'a> Marked<'a> {
    /// Puts in the marks that `source` needs; most texts need none and are borrowed.
    pub(super) fn new(source: &'a str) -> Self {
        let places = places(source);
        if places.is_empty() {
            return Self { text: Cow::Borrowed(source), marks: places };
        }
        let mut text = String::with_capacity(source.len() + places.len() * MARK.len_utf8());
        let mut marks = Vec::with_capacity(places.len());
        let mut done = 0;
        for at in places {
            text.push_str(&source[done..at]);
            marks.push(text.len());
            text.push(MARK);
            done = at;
        }
        text.push_str(&source[done..]);
        Self { text: Cow::Owned(text), marks }
    }

    /// The offset in the source of an offset in the marked text.
    pub(super) fn source_offset(&self, at: usize) -> usize {
        at - self.marks.partition_point(|mark| *mark < at) * MARK.len_utf8()
    }
}

/// Takes the marks out again.
pub(super) fn strip(text: &str) -> String {
    text.replace(MARK, "")
}

/// The offsets in `source` before which a mark is needed, ascending.
fn places(source: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut rest = 0;
    while let Some(found) = source[rest..].find('*') {
        let start = rest + found;
        let end = start + source[start..].bytes().take_while(|b| *b == b'*').count();
        rest = end;
        let before = source[..start].chars().next_back();
        let after = source[end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        if (before.is_ascii() && after.is_ascii()) || is_space(before) || is_space(after) {
            continue;
        }
        // A mark after a backslash would undo the escape.
        if is_mark_worthy(before) && before != '\\' {
            places.push(start);
        }
        if is_mark_worthy(after) {
            places.push(end);
        }
    }
    places
}

/// Whether the flanking rule may hold the character for punctuation or space though it stands inside a sentence.
/// More than that does no harm: a mark beside a letter changes nothing.
fn is_mark_worthy(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Space in the sense of the flanking rule, but for U+202F: it joins Mongolian suffixes to their stem.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{202F}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_on_the_side_of_the_punctuation() {
        assert_eq!(Marked::new("**服务。**后").text, "**服务。\u{FDD0}**后");
        assert_eq!(Marked::new("前**《服务》**后").text, "前**\u{FDD0}《服务》\u{FDD0}**后");
        assert_eq!(Marked::new("a*\"b\"*c \\*。").text, "a*\"b\"*c \\*\u{FDD0}。");
        assert_eq!(Marked::new("**服务**，后").text, "**服务**\u{FDD0}，后");
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let source = "前**《服务》**后";
        let marked = Marked::new(source);
        for (word, wanted) in [("《", "《"), ("服", "服"), ("》", "》"), ("后", "后")] {
            let at = marked.text.find(word).unwrap_or_default();
            assert!(source[marked.source_offset(at)..].starts_with(wanted), "{word}");
        }
        assert_eq!(marked.source_offset(marked.text.len()), source.len());
    }
}
