//! A Markdown document in the pieces that translators work on: what stands between empty lines.
//!
//! Lives here: cutting, laying a translation's pieces beside those of its source, joining. Never here: what Markdown means,
//! but for fences, between which empty lines part nothing.

use crate::markdown::EMBEDS;
use std::collections::HashMap;
use std::ops::Range;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block<'b> {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its text.
    pub(super) text: &'b str,
}

impl Block<'_> {
    /// Whether there is something to translate in it: rules, figures and embedded tables stay as they are.
    pub(super) fn is_prose(&self) -> bool {
        let embed = self.text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        !embed.is_some_and(|word| EMBEDS.contains(&word)) && self.text.chars().any(char::is_alphabetic)
    }
}

/// The blocks of a document.
pub(super) fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in document.split_inclusive('\n') {
        let written = line.trim_end_matches('\n');
        let inner = written.trim_start();
        if inner.is_empty() && fence.is_none() {
            blocks.extend(open.take());
        } else {
            let end = at + written.len();
            open = Some(open.map_or(at, |range| range.start)..end);
            match fence {
                Some(mark) if inner.starts_with(mark) => fence = None,
                Some(_) => {}
                None => fence = ["```", "~~~"].into_iter().find(|mark| inner.starts_with(mark)),
            }
        }
        at += line.len();
    }
    blocks.extend(open);
    blocks.into_iter().map(|range| Block { text: &document[range.clone()], range }).collect()
}

/// The blocks of a translation beside those of its source: one by one where there are as many, else within the sections
/// of headings with the same id.
pub(super) fn paired<'t>(source: &[Block<'_>], translation: &'t str) -> Vec<Option<&'t str>> {
    let there = blocks(translation);
    if there.len() == source.len() {
        return there.iter().map(|block| Some(block.text)).collect();
    }
    let by_id: HashMap<Option<&str>, &[Block<'_>]> = sections(&there).into_iter().collect();
    let mut found = Vec::with_capacity(source.len());
    for (id, section) in sections(source) {
        let same = by_id.get(&id).filter(|other| other.len() == section.len());
        match same {
            Some(other) => found.extend(other.iter().map(|block| Some(block.text))),
            None => found.extend(section.iter().map(|_| None)),
        }
    }
    found
}

/// What stands under each heading with an id, and before the first.
fn sections<'s, 'b>(blocks: &'s [Block<'b>]) -> Vec<(Option<&'b str>, &'s [Block<'b>])> {
    let starts: Vec<usize> = (0..blocks.len()).filter(|at| *at == 0 || id_of(&blocks[*at]).is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    starts.iter().zip(ends).map(|(start, end)| (id_of(&blocks[*start]), &blocks[*start..end])).collect()
}

/// The id of a heading, `## … {#id}`.
fn id_of<'b>(block: &Block<'b>) -> Option<&'b str> {
    let (_, id) = block.text.strip_prefix('#')?.rsplit_once("{#")?;
    id.trim_end().strip_suffix('}').filter(|id| !id.contains('\n'))
}

/// The document with other blocks, and all that stands between them as it is.
pub(super) fn joined(document: &str, blocks: &[Block<'_>], texts: &[&str]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (block, text) in blocks.iter().zip(texts) {
        out.push_str(&document[at..block.range.start]);
        out.push_str(text);
        at = block.range.end;
    }
    out.push_str(&document[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(document: &str) -> Vec<&str> {
        blocks(document).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn empty_lines_part_blocks_but_within_fences() {
        assert_eq!(
            texts("\n## a {#x}\n\n \nb\nc\n\n```\nd\n\ne\n```\nf\n\n- g\n\n  h\n"),
            ["## a {#x}", "b\nc", "```\nd\n\ne\n```\nf", "- g", "  h"]
        );
        let prose = |text| blocks(text)[0].is_prose();
        assert!(prose("甲") && prose("{other}") && !prose("{indicators}") && !prose("---") && !prose("1/2"));
    }

    #[test]
    fn blocks_are_paired_in_order_or_by_section() {
        let source = "a\n\n## h {#h}\n\nb\n\nc\n\n## i {#i}\n\nd\n";
        let pair = |translation| paired(&blocks(source), translation);
        assert_eq!(pair("1\n\n2\n\n3\n\n4\n\n5\n\n6"), ["1", "2", "3", "4", "5", "6"].map(Some));
        assert_eq!(
            pair("1\n\n## H {#h}\n\n3 4\n\n## I {#i}\n\n6\n"),
            [Some("1"), None, None, None, Some("## I {#i}"), Some("6")]
        );
        assert_eq!(pair(""), [None; 6]);
    }

    proptest! {
        #[test]
        fn joining_what_was_cut_changes_nothing(document in "(a|清|\n|\n\n| |```|~~~|#|\\{#a\\}|- ){0,40}") {
            let found = blocks(&document);
            let texts: Vec<&str> = found.iter().map(|block| block.text).collect();
            prop_assert_eq!(joined(&document, &found, &texts), document.clone());
            prop_assert_eq!(paired(&found, &document), texts.iter().copied().map(Some).collect::<Vec<_>>());
            for block in &found {
                prop_assert_eq!(blocks(block.text).len(), 1);
            }
        }
    }
}
