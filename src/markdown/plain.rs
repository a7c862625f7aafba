//! A document as plain text: for open data, search, and checks that look for words.
//!
//! Lives here: what is left of a document without markup. Never here: HTML.

use super::headings::Heading;
use super::html::clean;
use super::parse::{Document, Element, Node};
use super::raw_html::{Piece, split};
use std::ops::Range;

/// The text without markup: a line for each paragraph, heading, list item and table row; cells are parted by a space.
pub fn plain(source: &str) -> String {
    write(&Document::parse(source).nodes)
}

/// A heading and the text below it, as far as the next heading of its level or above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's id.
    pub id: String,
    /// The heading's level as written, 1 to 6.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The text below, without markup, sections within it included.
    pub text: String,
}

/// The sections of a document, in order; what stands before the first heading belongs to none.
pub fn sections(source: &str) -> Vec<Section> {
    let document = Document::parse(source);
    let place = |(node, _): &(Node, Range<usize>)| match node {
        Node::Start(Element::Heading(place)) => Some(*place),
        _ => None,
    };
    let starts: Vec<usize> = (0..document.nodes.len()).filter(|i| place(&document.nodes[*i]).is_some()).collect();
    let ends = ends(&document.headings, &starts, document.nodes.len());
    let headings = document.headings.iter().zip(starts.iter().zip(ends));
    headings
        .map(|(heading, (start, end))| {
            // The heading itself ends at its first end: what is inside it is balanced.
            let below = heading_end(&document.nodes, *start).min(end);
            Section {
                id: heading.id.clone(),
                level: heading.level,
                title: clean(&heading.text),
                text: write(&document.nodes[below..end]),
            }
        })
        .collect()
}

/// Where each section ends: at the next heading of its level or above. Backwards, each is looked at once.
fn ends(headings: &[Heading], starts: &[usize], all: usize) -> Vec<usize> {
    let mut ends = vec![all; headings.len()];
    // By level, from 1: where the nearest heading after stands.
    let mut next = [all; 7];
    for (i, (heading, start)) in headings.iter().zip(starts).enumerate().rev() {
        let level = usize::from(heading.level).min(6);
        ends[i] = next[..=level].iter().copied().min().unwrap_or(all);
        next[level] = *start;
    }
    ends
}

/// The place after the end of the element that starts at `start`.
fn heading_end(nodes: &[(Node, Range<usize>)], start: usize) -> usize {
    let mut depth = 0_usize;
    for (i, (node, _)) in nodes.iter().enumerate().skip(start) {
        match node {
            Node::Start(_) => depth += 1,
            Node::End => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    nodes.len()
}

/// Writes nodes, which may be a part cut out of a document.
fn write(nodes: &[(Node, Range<usize>)]) -> String {
    let mut text = Lines::default();
    let mut open: Vec<&Element> = Vec::new();
    for (node, _) in nodes {
        match node {
            Node::Start(element) => {
                text.part(element);
                open.push(element);
            }
            Node::End => {
                if let Some(element) = open.pop() {
                    text.part(element);
                }
            }
            Node::Text(t) | Node::Code(t) => text.push(t),
            Node::Html(html) => {
                for piece in split(html) {
                    match piece {
                        Piece::Text(t) => text.push(t),
                        Piece::Void("br") => text.line = true,
                        Piece::Void(_) | Piece::Open(_) | Piece::Close(_) => {}
                    }
                }
            }
            Node::SoftBreak => text.push(" "),
            Node::Break | Node::Rule => text.line = true,
            Node::Embed { word, .. } => {
                // A generated table is no text of this document.
                let _ = word;
                text.line = true;
            }
        }
    }
    text.out
}

/// Text in lines; breaks are written only between texts.
#[derive(Default)]
struct Lines {
    out: String,
    line: bool,
    cell: bool,
}

impl Lines {
    /// Notes the break that an element makes before and after itself.
    fn part(&mut self, element: &Element) {
        self.line |= element.is_block();
        self.cell |= *element == Element::TableCell;
    }

    fn push(&mut self, text: &str) {
        let text = clean(text);
        let text = if self.line { text.trim_start_matches('\n') } else { &text };
        if text.is_empty() {
            return;
        }
        if !self.out.is_empty() && (self.line || self.cell) {
            while self.out.ends_with('\n') {
                self.out.pop();
            }
            self.out.push(if self.line { '\n' } else { ' ' });
        }
        (self.line, self.cell) = (false, false);
        self.out.push_str(text);
    }
}

/// Cuts a description to about `limit` characters, at a sentence or clause where there is one in the second half.
pub fn shorten(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.replace('\n', " ") };
    let is_stop = |c: char| matches!(c, '。' | '；' | '，' | '.' | ';' | ',' | ' ' | '\n' | '᠂' | '᠃');
    let first_half = text[..end].char_indices().nth(limit.div_ceil(2)).map_or(end, |(at, _)| at);
    let stop = text[first_half..end].rfind(is_stop).map(|at| first_half + at);
    let kept = text[..stop.unwrap_or(end)].chars().map(|c| if c == '\n' { ' ' } else { c });
    let mut short = String::with_capacity(stop.unwrap_or(end) + '…'.len_utf8());
    short.extend(kept.chain(['…']));
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_end_at_a_clause() {
        assert_eq!(shorten("一二三四，五六七八九十", 8), "一二三四…");
        assert_eq!(shorten("一二", 8), "一二");
        assert_eq!(shorten("一，三四五六七八九", 8), "一，三四五六七八…", "a stop in the first half says too little");
        assert_eq!(shorten("一二三四\n六七八九十", 8), "一二三四…");
        assert_eq!(shorten("一\n三四五六七八九", 8), "一 三四五六七八…");
        assert_eq!(shorten("一", 0), "…");
    }

    #[test]
    fn paragraphs_are_lines() {
        let source = "## 标题 {#a}\n\n第**一**段\n续行，[链接](x.md)`码`。\n\nA\nB\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{items}\n\n末<br>行";
        assert_eq!(plain(source), "标题\n第一段续行，链接码。\nA B\n甲\n乙\na b\n1 2\n末\n行");
    }

    #[test]
    fn sections_reach_to_the_next_heading_of_their_level() {
        let found = sections("前\n\n# A\n\na\n\n## B\n\nb\n\n# C\n\nc");
        let texts: Vec<_> = found.iter().map(|s| (s.title.as_str(), s.text.as_str())).collect();
        assert_eq!(texts, [("A", "a\nB\nb"), ("B", "b"), ("C", "c")]);
    }
}
