//! What a document contains that a check may want to judge, with its place in the source.
//!
//! Lives here: links, headings, embeds and what was refused. Never here: judgement, messages.

use super::address::{Address, classify};
use super::headings::Heading;
use super::parse::{Document, Element, Node};
use super::raw_html::{Piece, split};
use std::ops::Range;

/// What a document contains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The headings.
    pub headings: Vec<Heading>,
    /// The links that are not refused.
    pub links: Vec<FoundLink>,
    /// The paragraphs of `{word}` alone.
    pub embeds: Vec<Embed>,
    /// What does not come out as it was written.
    pub refused: Vec<Refused>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    /// Its destination as written.
    pub destination: String,
    /// Whether it leads out of the site.
    pub external: bool,
    /// The bytes of its destination in the source, or of the whole link.
    pub range: Range<usize>,
}

/// A paragraph of `{word}` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// The word.
    pub word: String,
    /// Whether a list or a quotation encloses it: there it is text.
    pub nested: bool,
    /// Its bytes in the source.
    pub range: Range<usize>,
}

/// Something that does not come out as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What it is.
    pub kind: RefusedKind,
    /// The address or the HTML.
    pub what: String,
    /// Its bytes in the source.
    pub range: Range<usize>,
}

/// The kinds of what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedKind {
    /// A link's address: its scheme is not allowed, or it is no address. The text stays.
    Address,
    /// HTML beyond the allowed tags. It is shown as text.
    Html,
    /// An image. Its alternative text stays.
    Image,
}

/// Looks through a document.
pub fn scan(source: &str) -> Scan {
    let document = Document::parse(source);
    let mut scan = Scan::default();
    let mut block: Option<(String, Range<usize>)> = None;
    for (node, range) in document.nodes {
        match node {
            Node::Start(Element::Link(destination)) => scan.link(source, destination, range),
            Node::Start(Element::Image(what)) => {
                scan.refused.push(Refused { kind: RefusedKind::Image, what, range });
            }
            Node::Start(Element::HtmlBlock) => block = Some((String::new(), range)),
            Node::Html(html) => match &mut block {
                Some((text, _)) => text.push_str(&html),
                None => scan.html(&html, range),
            },
            Node::End => {
                if let Some((html, range)) = block.take() {
                    scan.html(&html, range);
                }
            }
            Node::Embed { word, nested } => scan.embeds.push(Embed { word, nested, range }),
            _ => {}
        }
    }
    scan.headings = document.headings;
    scan
}

impl Scan {
    fn link(&mut self, source: &str, destination: String, range: Range<usize>) {
        // The text comes first in a link, so its last occurrence is the destination; with entities or escapes in it, or by
        // reference, it does not stand there literally, and the whole link is the place.
        let written = source.get(range.clone()).unwrap_or_default();
        let range = match written.rfind(&destination) {
            Some(at) if !destination.is_empty() => range.start + at..range.start + at + destination.len(),
            _ => range,
        };
        match classify(&destination) {
            Address::Refused => self.refused.push(Refused { kind: RefusedKind::Address, what: destination, range }),
            address => {
                let external = matches!(address, Address::External(_));
                self.links.push(FoundLink { destination, external, range });
            }
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let refused = split(html).into_iter().find_map(|piece| match piece {
            Piece::Text(text) if text.contains('<') => Some(text.trim_matches(['\n', ' ']).to_owned()),
            _ => None,
        });
        if let Some(what) = refused {
            self.refused.push(Refused { kind: RefusedKind::Html, what, range });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_its_place() {
        let source = "## 甲 {#a}\n\n前**《文》**后 [链](notice.md#x) <https://a.cn> [坏](javascript:x)\n\n<b>好</b><div>坏\n\n{items}\n\n- a\n\n  {items}\n\n![图](a.png)\n\n<script>\nx\n</script>\n";
        let scan = scan(source);
        let at = |range: &Range<usize>| &source[range.clone()];
        let links: Vec<_> = scan.links.iter().map(|l| (at(&l.range), l.external)).collect();
        assert_eq!(links, [("notice.md#x", false), ("https://a.cn", true)]);
        assert_eq!(at(&scan.headings[0].range), "## 甲 {#a}");
        let embeds: Vec<_> = scan.embeds.iter().map(|e| (at(&e.range), e.nested)).collect();
        assert_eq!(embeds, [("{items}", false), ("{items}", true)]);
        let refused: Vec<_> = scan.refused.iter().map(|r| (r.kind, at(&r.range))).collect();
        let wanted = [
            (RefusedKind::Address, "javascript:x"),
            (RefusedKind::Html, "<div>"),
            (RefusedKind::Image, "![图](a.png)"),
            (RefusedKind::Html, "<script>\nx\n</script>"),
        ];
        assert_eq!(refused, wanted);
    }
}
