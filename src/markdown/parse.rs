//! pulldown-cmark's events into the few kinds of node that this house knows.
//!
//! Lives here: which extensions of Markdown are on (tables, heading ids), and the two repairs that Chinese needs: emphasis
//! beside punctuation, and line breaks inside a paragraph, which must not become spaces between Han characters.
//! Never here: HTML. What the parser may answer beyond [`Node`] (footnotes, mathematics …) is switched off.

use super::emphasis::{Marked, strip};
use super::headings::{Found, Heading, name_headings};
use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A piece of a document, in reading order. Every [`Node::Start`] has its [`Node::End`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element begins.
    Start(Element),
    /// The innermost element ends.
    End,
    /// Text.
    Text(String),
    /// Code within a line.
    Code(String),
    /// HTML as written: one tag within a line, or a line of a block.
    Html(String),
    /// A line break that is meant.
    Break,
    /// A line break of the source that stands for a space.
    SoftBreak,
    /// A rule across the page.
    Rule,
    /// A paragraph of `{word}` alone; `nested` within a list or a quotation.
    Embed {
        /// The word.
        word: String,
        /// Whether something encloses it.
        nested: bool,
    },
}

/// What can enclose something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading: a place in [`Document::headings`].
    Heading(usize),
    /// A quotation.
    Quote,
    /// Preformatted text.
    CodeBlock,
    /// A block of raw HTML.
    HtmlBlock,
    /// A list; with its first number where it is numbered.
    List(Option<u64>),
    /// A list's item.
    Item,
    /// A table, with the alignment of each column.
    Table(Vec<Align>),
    /// A table's first row.
    TableHead,
    /// A further row.
    TableRow,
    /// A cell.
    TableCell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A link, with its destination as written.
    Link(String),
    /// An image, with its destination; what it encloses is the text that stands for it.
    Image(String),
}

impl Element {
    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        !matches!(self, Self::Emphasis | Self::Strong | Self::Link(_) | Self::Image(_) | Self::TableCell)
    }
}

/// The alignment of a table's column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// As the script has it.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// A parsed document.
pub(super) struct Document {
    /// The pieces, each with the bytes of the source it stands for.
    pub(super) nodes: Vec<(Node, Range<usize>)>,
    /// The headings, in order.
    pub(super) headings: Vec<Heading>,
}

impl Document {
    /// Parses Markdown. Every text is some document: this cannot fail.
    pub(super) fn parse(source: &str) -> Self {
        let marked = Marked::new(source);
        let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
        let mut builder = Builder::default();
        for (event, range) in Parser::new_ext(&marked.text, options).into_offset_iter() {
            let range = marked.source_offset(range.start)..marked.source_offset(range.end);
            let range = without_line_end(source, range);
            builder.event(event, range);
        }
        let mut document = Self { nodes: builder.nodes, headings: name_headings(builder.headings) };
        join_lines(&mut document.nodes);
        find_embeds(&mut document.nodes);
        document
    }
}

/// Blocks are said to reach to the start of the next line; people mean the line itself.
fn without_line_end(source: &str, range: Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.trim_end_matches('\n').len()
}

/// How deep elements may lie within each other. What lies deeper comes out without them: no document means that, and every
/// reader of the page would have to climb down.
const DEEPEST: usize = 48;

/// Translates event by event.
#[derive(Default)]
struct Builder {
    nodes: Vec<(Node, Range<usize>)>,
    headings: Vec<Found>,
    in_heading: bool,
    /// How many elements are open.
    depth: usize,
    /// From which depth on elements are left out, within one that lies too deep.
    left_out: Option<usize>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let node = match event {
            Event::Start(tag) => {
                self.depth += 1;
                // A table needs room for its rows and cells, a list for its items.
                if self.depth + 2 > DEEPEST && self.left_out.is_none() {
                    self.left_out = Some(self.depth);
                }
                // A heading is known by its number.
                if self.left_out.is_some() && !matches!(tag, Tag::Heading { .. }) {
                    return;
                }
                match self.element(tag, &range) {
                    Some(element) => Node::Start(element),
                    None => return,
                }
            }
            Event::End(end) => {
                let is_heading = matches!(end, TagEnd::Heading(_));
                self.in_heading &= !is_heading;
                let is_left_out = self.left_out.is_some();
                if self.left_out == Some(self.depth) {
                    self.left_out = None;
                }
                self.depth = self.depth.saturating_sub(1);
                match is_left_out && !is_heading {
                    true if matches!(end, TagEnd::Paragraph) => Node::Break,
                    true => return,
                    false => Node::End,
                }
            }
            Event::Text(text) => Node::Text(self.read(&text)),
            Event::Code(text) => Node::Code(self.read(&text)),
            Event::Html(html) | Event::InlineHtml(html) => Node::Html(strip(&html)),
            Event::SoftBreak => {
                self.read(" ");
                Node::SoftBreak
            }
            Event::HardBreak => {
                self.read(" ");
                Node::Break
            }
            Event::Rule => Node::Rule,
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                Node::Text(self.read(&text))
            }
            Event::TaskListMarker(_) => return,
        };
        self.nodes.push((node, range));
    }

    /// The text without marks; a heading remembers what it says.
    fn read(&mut self, text: &str) -> String {
        let text = strip(text);
        if let (true, Some(heading)) = (self.in_heading, self.headings.last_mut()) {
            heading.text.push_str(&text);
        }
        text
    }

    fn element(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<Element> {
        Some(match tag {
            Tag::Heading { level, id, .. } => {
                self.in_heading = true;
                let written_id = id.map(|id| strip(&id));
                self.headings.push(Found { level: level as u8, written_id, text: String::new(), range: range.clone() });
                Element::Heading(self.headings.len() - 1)
            }
            Tag::BlockQuote(_) => Element::Quote,
            Tag::CodeBlock(_) => Element::CodeBlock,
            Tag::HtmlBlock => Element::HtmlBlock,
            Tag::List(first) => Element::List(first),
            Tag::Item => Element::Item,
            Tag::Table(alignments) => Element::Table(alignments.into_iter().map(align).collect()),
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::TableCell,
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Element::Link(format!("mailto:{}", strip(&dest_url)))
            }
            Tag::Link { dest_url, .. } => Element::Link(strip(&dest_url)),
            Tag::Image { dest_url, .. } => Element::Image(strip(&dest_url)),
            // The rest is switched off; were it not, its text would still come out, as paragraphs.
            _ => Element::Paragraph,
        })
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
        Alignment::None | Alignment::Left => Align::Start,
    }
}

/// Drops line breaks between Han characters: there, a line break in the source is no word space.
fn join_lines(nodes: &mut Vec<(Node, Range<usize>)>) {
    let edge = |node: &Node, last: bool| match node {
        Node::Text(t) | Node::Code(t) => {
            Some(if last { t.chars().next_back() } else { t.chars().next() }.unwrap_or(' '))
        }
        Node::Start(e) if !e.is_block() => None,
        Node::End => None,
        _ => Some(' '),
    };
    let keep: Vec<bool> = (0..nodes.len())
        .map(|i| {
            if nodes[i].0 != Node::SoftBreak {
                return true;
            }
            let before = nodes[..i].iter().rev().find_map(|(n, _)| edge(n, true));
            let after = nodes[i + 1..].iter().find_map(|(n, _)| edge(n, false));
            !matches!((before, after), (Some(a), Some(b)) if joins_without_space(a, b))
        })
        .collect();
    let mut keep = keep.into_iter();
    nodes.retain(|_| keep.next().unwrap_or(true));
}

fn joins_without_space(a: char, b: char) -> bool {
    (is_wide(a) && (is_wide(b) || is_quote(b))) || (is_quote(a) && is_wide(b))
}

/// Han, kana and their punctuation: scripts that are written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// Marks that Chinese shares with other scripts.
fn is_quote(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

/// Turns paragraphs of `{word}` alone into [`Node::Embed`].
fn find_embeds(nodes: &mut Vec<(Node, Range<usize>)>) {
    let mut depth = 0_usize;
    let mut kept = vec![true; nodes.len()];
    let mut i = 0;
    while i < nodes.len() {
        match &nodes[i].0 {
            Node::Start(Element::Paragraph) => {
                if let Some((word, count)) = embed_at(&nodes[i + 1..]) {
                    nodes[i].0 = Node::Embed { word, nested: depth > 0 };
                    kept[i + 1..i + 1 + count].fill(false);
                    i += count;
                } else {
                    depth += 1;
                }
            }
            Node::Start(_) => depth += 1,
            Node::End => depth = depth.saturating_sub(1),
            _ => {}
        }
        i += 1;
    }
    let mut kept = kept.into_iter();
    nodes.retain(|_| kept.next().unwrap_or(true));
}

/// The word, and how many nodes the rest of the paragraph takes, where the paragraph is `{word}`.
fn embed_at(rest: &[(Node, Range<usize>)]) -> Option<(String, usize)> {
    let mut text = String::new();
    for (count, (node, _)) in rest.iter().enumerate() {
        match node {
            Node::Text(t) if text.len() + t.len() <= 64 => text.push_str(t),
            Node::End => {
                let word = text.strip_prefix('{')?.strip_suffix('}')?;
                let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
                return (!word.is_empty() && word.bytes().all(good)).then(|| (word.to_owned(), count + 1));
            }
            _ => return None,
        }
    }
    None
}
