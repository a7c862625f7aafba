//! A document as HTML, written element by element from a closed set.
//!
//! Lives here: the only places where markup of content is written. Never here: markup taken from the source. What is not
//! text is one of the elements below, with no attribute but `id` (headings), `href` (links), `start` (lists), `scope` and
//! `class` (tables).

use super::address::{Address, classify};
use super::headings::Heading;
use super::parse::{Align, Document, Element, Node};
use super::raw_html::{Piece, split};
use std::fmt::Write as _;

/// How to render a document.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The level of the document's outermost headings on the page, 1 to 6. Levels below follow without gaps.
    pub top_level: u8,
    /// Whether headings have ids. Without, several documents can stand on one page.
    pub ids: bool,
    /// The words of embeds that the caller can put something in the place of.
    pub embeds: &'a [&'a str],
    /// The `href` for a destination in the content, or none to drop the link and keep its text.
    pub links: &'a dyn Fn(&str) -> Option<String>,
}

/// Resolves no link to the content.
pub fn no_links(_: &str) -> Option<String> {
    None
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { top_level: 2, ids: true, embeds: &[], links: &no_links }
    }
}

/// A part of a rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// HTML, complete in itself.
    Html(String),
    /// The place of something generated, named by its word.
    Embed(String),
}

/// A rendered document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Its parts, in order; never two of [`Block::Html`] in a row.
    pub blocks: Vec<Block>,
    /// Its headings, for contents lists.
    pub headings: Vec<RenderedHeading>,
}

impl Rendered {
    /// The HTML of all parts; embeds are left out.
    pub fn html(&self) -> String {
        let html = |block: &Block| match block {
            Block::Html(html) => html.clone(),
            Block::Embed(_) => String::new(),
        };
        self.blocks.iter().map(html).collect()
    }
}

/// A heading as it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedHeading {
    /// Its level on the page, 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its text, without markup and not escaped.
    pub text: String,
}

/// Renders Markdown to HTML that is safe to put into a page as it is.
pub fn render(source: &str, options: &Options<'_>) -> Rendered {
    let document = Document::parse(source);
    let levels = levels(&document.headings, options.top_level);
    let mut writer = Writer {
        options,
        headings: &document.headings,
        levels: &levels,
        out: String::new(),
        blocks: Vec::new(),
        open: Vec::new(),
        table: Table::default(),
        muted: 0,
    };
    for (node, _) in &document.nodes {
        writer.node(node);
    }
    writer.flush();
    let headings = document.headings.iter().zip(&levels).filter(|(heading, _)| !is_blank(&heading.text));
    let headings =
        headings.map(|(h, level)| RenderedHeading { level: *level, id: h.id.clone(), text: clean(&h.text) }).collect();
    Rendered { blocks: writer.blocks, headings }
}

/// The levels on the page: as deep as the nesting, so that none is skipped whatever was written.
fn levels(headings: &[Heading], top: u8) -> Vec<u8> {
    let mut above: Vec<u8> = Vec::new();
    headings
        .iter()
        .map(|heading| {
            while above.last().is_some_and(|level| *level >= heading.level) {
                above.pop();
            }
            above.push(heading.level);
            // At most six levels are ever on the stack.
            let depth = u8::try_from(above.len()).unwrap_or(6) - 1;
            top.clamp(1, 6).saturating_add(depth).min(6)
        })
        .collect()
}

/// A heading that says nothing would be an empty stop for screen readers; it is left out.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// What was opened and waits for its end.
enum Open {
    /// An element of the document, with what ends it.
    Element(&'static str),
    /// A heading, with its level.
    Heading(u8),
    /// A tag that the editor wrote; it ends with the element around it at the latest.
    Raw(&'static str),
    /// An element that is not written; inside, only text comes out.
    Muted,
    /// An element of which nothing comes out.
    Hidden,
}

/// How deep the editor's own tags may lie within each other; further ones are left out.
const MOST_RAW: usize = 32;

/// Where in a table the writer is.
#[derive(Default)]
struct Table {
    aligns: Vec<Align>,
    column: usize,
    in_head: bool,
}

struct Writer<'a> {
    options: &'a Options<'a>,
    headings: &'a [Heading],
    levels: &'a [u8],
    out: String,
    blocks: Vec<Block>,
    open: Vec<Open>,
    table: Table,
    /// How many elements around that let out only text (images).
    muted: usize,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::End => self.end(),
            _ if matches!(self.open.last(), Some(Open::Hidden)) => {
                if let Node::Start(_) = node {
                    self.open.push(Open::Hidden);
                }
            }
            Node::Start(element) => self.start(element),
            Node::Text(text) => escape(&mut self.out, text),
            Node::SoftBreak => self.out.push('\n'),
            Node::Html(html) => self.raw(html),
            Node::Code(text) | Node::Embed { word: text, .. } if self.muted > 0 => escape(&mut self.out, text),
            Node::Code(text) => {
                self.out.push_str("<code>");
                escape(&mut self.out, text);
                self.out.push_str("</code>");
            }
            Node::Break if self.muted > 0 => self.out.push(' '),
            Node::Break => self.out.push_str("<br>\n"),
            Node::Rule => self.out.push_str("<hr>\n"),
            Node::Embed { word, nested } => {
                if !nested && self.options.embeds.contains(&word.as_str()) {
                    self.flush();
                    self.blocks.push(Block::Embed(word.clone()));
                } else {
                    let _ = writeln!(self.out, "<p>{{{word}}}</p>");
                }
            }
        }
    }

    fn start(&mut self, element: &Element) {
        if self.muted > 0 {
            self.muted += 1;
            self.open.push(Open::Muted);
            return;
        }
        let end = match element {
            Element::Heading(place) => return self.start_heading(*place),
            Element::Link(destination) => return self.start_link(destination),
            Element::Image(_) => {
                self.muted += 1;
                self.open.push(Open::Muted);
                return;
            }
            Element::Table(aligns) => {
                self.table = Table { aligns: aligns.clone(), ..Table::default() };
                // The wrapper scrolls where the table is wider than the page.
                self.put("<div class=\"table-wrap\"><table>\n", "</tbody></table></div>\n")
            }
            Element::TableHead | Element::TableRow => self.start_row(*element == Element::TableHead),
            Element::TableCell => self.start_cell(),
            Element::List(Some(first)) if *first != 1 => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
                "</ol>\n"
            }
            Element::List(Some(_)) => self.put("<ol>\n", "</ol>\n"),
            Element::List(None) => self.put("<ul>\n", "</ul>\n"),
            Element::Item => self.put("<li>", "</li>\n"),
            Element::Paragraph | Element::HtmlBlock => self.put("<p>", "</p>\n"),
            Element::Quote => self.put("<blockquote>\n", "</blockquote>\n"),
            Element::CodeBlock => self.put("<pre><code>", "</code></pre>\n"),
            Element::Emphasis => self.put("<em>", "</em>"),
            Element::Strong => self.put("<strong>", "</strong>"),
        };
        self.open.push(Open::Element(end));
    }

    /// Writes how an element begins and answers how it ends.
    fn put(&mut self, start: &str, end: &'static str) -> &'static str {
        self.out.push_str(start);
        end
    }

    fn start_heading(&mut self, place: usize) {
        let (Some(heading), Some(level)) = (self.headings.get(place), self.levels.get(place)) else {
            self.open.push(Open::Hidden);
            return;
        };
        if is_blank(&heading.text) {
            self.open.push(Open::Hidden);
            return;
        }
        let _ = write!(self.out, "<h{level}");
        if self.options.ids {
            self.out.push_str(" id=\"");
            escape(&mut self.out, &heading.id);
            self.out.push('"');
        }
        self.out.push('>');
        self.open.push(Open::Heading(*level));
    }

    fn start_link(&mut self, destination: &str) {
        let href = match classify(destination) {
            Address::External(address) => Some(address.to_owned()),
            // The caller's answer passes the same gate: whatever it is, it cannot become a script.
            Address::Content(path) => (self.options.links)(path).filter(|href| classify(href) != Address::Refused),
            Address::Refused => None,
        };
        match href {
            Some(href) => {
                self.out.push_str("<a href=\"");
                escape(&mut self.out, &href);
                self.out.push_str("\">");
                self.open.push(Open::Element("</a>"));
            }
            None => self.open.push(Open::Element("")),
        }
    }

    fn start_row(&mut self, head: bool) -> &'static str {
        self.table.column = 0;
        self.table.in_head = head;
        if head { self.put("<thead><tr>", "</tr></thead>\n<tbody>\n") } else { self.put("<tr>", "</tr>\n") }
    }

    fn start_cell(&mut self) -> &'static str {
        let class = match self.table.aligns.get(self.table.column) {
            Some(Align::Center) => " class=\"align-center\"",
            Some(Align::End) => " class=\"align-end\"",
            Some(Align::Start) | None => "",
        };
        self.table.column += 1;
        let (tag, end) = if self.table.in_head { ("th scope=\"col\"", "</th>") } else { ("td", "</td>") };
        let _ = write!(self.out, "<{tag}{class}>");
        end
    }

    /// Ends the innermost element, and the editor's tags still open within it.
    fn end(&mut self) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Raw(name) => self.end_tag(name),
                Open::Element(end) => return self.out.push_str(end),
                Open::Heading(level) => {
                    let _ = writeln!(self.out, "</h{level}>");
                    return;
                }
                Open::Muted => {
                    self.muted = self.muted.saturating_sub(1);
                    return;
                }
                Open::Hidden => return,
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        let _ = write!(self.out, "</{name}>");
    }

    /// HTML that the editor wrote: allowed tags, kept in pairs, and text.
    fn raw(&mut self, html: &str) {
        for piece in split(html) {
            match piece {
                Piece::Text(text) => escape(&mut self.out, text),
                _ if self.muted > 0 => {}
                Piece::Void(name) => {
                    let _ = write!(self.out, "<{name}>");
                }
                Piece::Open(name) if self.raw_depth() < MOST_RAW => {
                    let _ = write!(self.out, "<{name}>");
                    self.open.push(Open::Raw(name));
                }
                // Its end finds nothing to end.
                Piece::Open(_) => {}
                Piece::Close(name) => self.close_raw(name),
            }
        }
    }

    /// How many of the editor's tags are open within the innermost element, as far as it matters.
    fn raw_depth(&self) -> usize {
        self.open.iter().rev().take(MOST_RAW).take_while(|open| matches!(open, Open::Raw(_))).count()
    }

    /// Ends the nearest tag of this name, if it was opened within the same element; else the tag is nothing.
    fn close_raw(&mut self, name: &'static str) {
        let within = self.open.iter().rev().take_while(|open| matches!(open, Open::Raw(_)));
        let Some(depth) = within.into_iter().position(|open| matches!(open, Open::Raw(n) if *n == name)) else {
            return;
        };
        for _ in 0..=depth {
            if let Some(Open::Raw(name)) = self.open.pop() {
                self.end_tag(name);
            }
        }
    }

    fn flush(&mut self) {
        if !self.out.is_empty() {
            self.blocks.push(Block::Html(std::mem::take(&mut self.out)));
        }
    }
}

/// Writes text so that it is nothing but text, in elements and in quoted attributes.
fn escape(out: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_printable(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Text without characters that HTML forbids; entities such as `&#1;` can bring them in.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).collect()
}

fn is_printable(c: char) -> bool {
    let n = u32::from(c);
    let noncharacter = (0xFDD0..=0xFDEF).contains(&n) || n & 0xFFFE == 0xFFFE;
    matches!(c, '\n' | '\t') || !(c.is_control() || noncharacter)
}

#[cfg(test)]
mod tests;
