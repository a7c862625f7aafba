//! The markup of a document without its words: what a translation must have in common with its source.
//!
//! Lives here: headings with their written ids, lists, tables and the like in order; links, images, code and HTML in any
//! order, since sentences turn around. Never here: emphasis and paragraphs, which are a translator's to choose.

use super::parse::{Document, Element, Node};

/// The markup of a text, part by part, in the words of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What stands on lines of its own, in order.
    pub blocks: Vec<String>,
    /// What stands within lines, sorted.
    pub inline: Vec<String>,
}

/// The markup of a text.
pub fn shape(source: &str) -> Shape {
    let Document { nodes, headings } = Document::parse(source);
    let mut shape = Shape { blocks: Vec::new(), inline: Vec::new() };
    for (node, _) in nodes {
        match node {
            Node::Start(Element::Heading(at)) => {
                let heading = headings.get(at);
                let id = heading.and_then(|heading| heading.written_id.as_ref());
                let marks = "#".repeat(heading.map_or(1, |heading| usize::from(heading.level)));
                shape.blocks.push(id.map_or_else(|| marks.clone(), |id| format!("{marks} {{#{id}}}")));
            }
            Node::Start(Element::Quote) => shape.blocks.push(">".to_owned()),
            Node::Start(Element::CodeBlock) => shape.blocks.push("```".to_owned()),
            Node::Start(Element::HtmlBlock) => shape.blocks.push("<…>".to_owned()),
            Node::Start(Element::List(first)) => {
                shape.blocks.push(first.map_or_else(|| "-".to_owned(), |first| format!("{first}.")));
            }
            Node::Start(Element::Item) => shape.blocks.push("•".to_owned()),
            Node::Start(Element::Table(columns)) => shape.blocks.push("|".repeat(columns.len() + 1)),
            Node::Start(Element::TableRow) => shape.blocks.push("|…|".to_owned()),
            Node::Rule => shape.blocks.push("---".to_owned()),
            Node::Embed { word, .. } => shape.blocks.push(format!("{{{word}}}")),
            Node::Start(Element::Link(to)) => shape.inline.push(format!("[…]({to})")),
            Node::Start(Element::Image(to)) => shape.inline.push(format!("![…]({to})")),
            Node::Code(text) => shape.inline.push(format!("`{text}`")),
            Node::Html(html) => shape.inline.push(html.trim().to_owned()),
            Node::Start(
                Element::Paragraph | Element::TableHead | Element::TableCell | Element::Emphasis | Element::Strong,
            )
            | Node::End
            | Node::Text(_)
            | Node::Break
            | Node::SoftBreak => {}
        }
    }
    shape.inline.sort();
    shape
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn words_do_not_matter_and_marks_do() {
        let source = "## 标题 {#a}\n\n见[甲](items/a.yaml)和[乙](b.md)，**重要**。\n\n1. 一\n2. 二\n\n{indicators}\n\n|甲|乙|\n|-|-|\n|1|2|\n";
        let translation = "## Title {#a}\n\nSee [b](b.md) and\n\n[a](items/a.yaml).\n\n1. one\n2. two\n\n{indicators}\n\n|a|b|\n|-|-|\n|1|2|\n";
        assert_eq!(shape(source), shape(translation));
        assert_eq!(shape(source).blocks, ["## {#a}", "1.", "•", "•", "{indicators}", "|||", "|…|"]);
        assert_eq!(shape(source).inline, ["[…](b.md)", "[…](items/a.yaml)"]);
        for other in ["# Title {#a}", "## Title {#b}", "## Title", "## Title {#a}\n\n- x", "## Title {#a}\n\n<br>"] {
            assert_ne!(shape("## 标题 {#a}"), shape(other), "{other}");
        }
    }
}
