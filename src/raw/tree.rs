//! YAML as a tree that knows where everything stands and how it was written.
//!
//! Lives here: parsing one file. What a public form should not contain is refused here with its place: repeated keys,
//! anchors, aliases, tags, several documents, deep nesting. A scalar keeps its written text, so that `0123` stays `0123`.
//! Never here: what a key means.

use super::syntax;
use crate::diag::{Diagnostic, Message, Outcome, Report, SourceFile, Span, Spanned, Written};
use crate::msg;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};
use std::collections::HashMap;
use std::sync::Arc;

/// The deepest nesting that is read. Real files need six.
const MAX_DEPTH: usize = 32;

/// A node and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its place; a scalar's covers its quotes.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A scalar.
    Scalar {
        /// Its text.
        text: Written,
        /// Whether it stood without quotes and not as a block.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in written order; keys are unique.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<Written>,
    /// The value.
    pub node: Node,
}

impl Node {
    /// Whether it says nothing: `key:`, `key: ~`, `key: null`, `key: ""`.
    pub fn is_empty(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain } if text.is_empty() || (*plain && (text == "~" || text == "null")))
    }
}

/// Parses the file. The value is none where it holds nothing, or where a fault of syntax ended the reading.
pub fn parse(file: &Arc<SourceFile>) -> Outcome<Option<Node>> {
    parse_part(file, 0, file.text.len())
}

/// Parses the bytes `start..end` of the file: the front matter of a Markdown document.
pub fn parse_part(file: &Arc<SourceFile>, start: usize, end: usize) -> Outcome<Option<Node>> {
    let text = file.text.get(start..end).unwrap_or_default();
    let mut builder = Builder {
        parser: Parser::new_from_str(text),
        cursor: Cursor { text, chars: 0, bytes: 0 },
        file,
        offset: start,
        report: Report::default(),
    };
    let node = builder.document();
    Outcome::new(node, builder.report)
}

/// Turns the parser's character indices into bytes. The events come nearly in order, so walking from the last place is linear.
struct Cursor<'t> {
    text: &'t str,
    chars: usize,
    bytes: usize,
}

impl Cursor<'_> {
    fn byte_of(&mut self, index: usize) -> usize {
        while self.chars < index {
            let Some(c) = self.text[self.bytes..].chars().next() else { break };
            self.bytes += c.len_utf8();
            self.chars += 1;
        }
        while self.chars > index {
            let Some(c) = self.text[..self.bytes].chars().next_back() else { break };
            self.bytes -= c.len_utf8();
            self.chars -= 1;
        }
        self.bytes
    }
}

struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    cursor: Cursor<'t>,
    file: &'t Arc<SourceFile>,
    offset: usize,
    report: Report,
}

/// A fault that ends the reading of this file; it is in the report already.
struct Stop;

impl<'t> Builder<'t> {
    fn document(&mut self) -> Option<Node> {
        let mut root = None;
        loop {
            let (event, span) = self.next().ok()?;
            match event {
                Event::StreamEnd => return root,
                Event::DocumentStart(_) if root.is_some() => {
                    self.refuse(
                        "several-documents",
                        span,
                        msg!("一个文件只能有一个文档", "a file holds one document only"),
                        msg!(
                            "请删除“---”及其后的内容，或另存为一个文件",
                            "remove `---` and what follows, or put it into a file of its own"
                        ),
                    );
                    return None;
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                _ => root = Some(self.node(event, span, 0).ok()?),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let start = self.cursor.byte_of(span.start.index());
                let end = self.cursor.byte_of(span.end.index());
                let span = Span::new(self.file, self.offset + start, self.offset + end.max(start));
                Ok((event, span))
            }
            Some(Err(error)) => {
                self.syntax(&error);
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span::new(self.file, self.file.text.len(), self.file.text.len()))),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Stop> {
        if depth > MAX_DEPTH {
            let message = msg!("嵌套过深（超过 {MAX_DEPTH} 层）", "nested too deeply (more than {MAX_DEPTH} levels)");
            self.refuse("too-deep", span, message, msg!("请简化这个文件", "simplify this file"));
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &span);
                let span = closed(&trimmed(&span), style);
                let text = match text.contains('\r') {
                    true => Written::from(text.replace('\r', "\n")),
                    false => Written::read(self.file, span.start()..span.end(), &text),
                };
                Ok(Node { value: Value::Scalar { text, plain: style == ScalarStyle::Plain }, span })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &span);
                self.list(span, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &span);
                self.map(span, depth)
            }
            // An alias repeats a node that stands elsewhere: a reader of the file cannot see what it says.
            _ => {
                self.refuse(
                    "yaml-alias",
                    span.clone(),
                    msg!("不支持别名（*）", "aliases (`*`) are not supported"),
                    msg!(
                        "请把内容完整写出来；以“*”开头的文字要加引号",
                        "write the content out; quote text that starts with `*`"
                    ),
                );
                Ok(Node { value: Value::Scalar { text: Written::default(), plain: true }, span })
            }
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, Stop> {
        let mut nodes = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let span = trimmed(&Span::new(self.file, start.start(), span.end()));
                return Ok(Node { value: Value::List(nodes), span });
            }
            nodes.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Span, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let span = trimmed(&Span::new(self.file, start.start(), span.end()));
                return Ok(Node { value: Value::Map(entries), span });
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let node = self.node(event, span, depth + 1)?;
            let Value::Scalar { text, .. } = key.value else {
                let message = msg!("键必须是文字", "a key must be text");
                self.refuse("bad-key", key.span, message, msg!("请写成“键: 值”", "write `key: value`"));
                continue;
            };
            if let Some(first) = namesake(&entries, &mut seen, &text) {
                let message = msg!("键“{text}”重复", "the key `{text}` stands twice");
                self.report.push(
                    Diagnostic::error("duplicate-key", key.span, message)
                        .hint(msg!("请只保留一个", "keep one of them"))
                        .related(first.key.span.clone(), msg!("第一次出现在这里", "it stands here first")),
                );
                continue;
            }
            entries.push(Entry { key: Spanned::new(text, key.span), node });
        }
    }

    fn refuse_extras(&mut self, anchor: usize, tagged: bool, span: &Span) {
        if anchor > 0 {
            self.refuse(
                "yaml-anchor",
                span.clone(),
                msg!("不支持锚点（&）", "anchors (`&`) are not supported"),
                msg!("以“&”开头的文字要加引号", "quote text that starts with `&`"),
            );
        }
        if tagged {
            self.refuse(
                "yaml-tag",
                span.clone(),
                msg!("不支持标签（!）", "tags (`!`) are not supported"),
                msg!("以“!”开头的文字要加引号", "quote text that starts with `!`"),
            );
        }
    }

    fn refuse(&mut self, code: &'static str, span: Span, message: Message, hint: Message) {
        self.report.push(Diagnostic::error(code, span, message).hint(hint));
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = self.offset + self.cursor.byte_of(error.marker().index());
        let info = error.info();
        let span = Span::new(self.file, at, at);
        let zh = syntax::in_chinese(info);
        let message = msg!("YAML 语法错误：{zh}", "YAML syntax: {info}");
        self.report.push(Diagnostic::error("yaml-syntax", span.clone(), message).hint(syntax::hint(&span, info)));
    }
}

/// The entry that has this key already. The keys of a long mapping are put into `seen`, each once.
fn namesake<'e>(entries: &'e [Entry], seen: &mut HashMap<Written, usize>, key: &str) -> Option<&'e Entry> {
    const FEW: usize = 16;
    if entries.len() <= FEW {
        return entries.iter().find(|entry| entry.key.value == *key);
    }
    let new = entries.iter().enumerate().skip(seen.len());
    seen.extend(new.map(|(at, entry)| (entry.key.value.clone(), at)));
    seen.get(key).map(|at| &entries[*at])
}

/// Without the white space and line ends that the parser counts to a block's end.
fn trimmed(span: &Span) -> Span {
    let text = span.text();
    let kept = text.trim_end_matches(['\n', ' ', '\t']).len();
    Span::new(&span.file, span.start(), span.start() + kept)
}

/// A quoted scalar without the comment after it, which the parser may count to it.
fn closed(span: &Span, style: ScalarStyle) -> Span {
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return span.clone(),
    };
    let mut chars = span.text().char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = c == '\'' && c == quote && chars.peek().is_some_and(|(_, next)| *next == quote);
        if doubled || (c == '\\' && quote == '"') {
            chars.next();
        } else if c == quote {
            return Span::new(&span.file, span.start(), span.start() + at + 1);
        }
    }
    span.clone()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Outcome<Option<Node>> {
        parse(&SourceFile::new("content", "a.yaml", text))
    }

    fn codes(text: &str) -> Vec<&'static str> {
        parsed(text).report.iter().map(|d| d.code).collect()
    }

    #[test]
    fn scalars_keep_their_written_text_and_place() {
        let node = parsed("名: 0123\n键: \"a\\tb\"\n").value.unwrap();
        let Value::Map(entries) = node.value else { panic!("a map") };
        assert_eq!(entries[0].node.value, Value::Scalar { text: "0123".into(), plain: true });
        assert_eq!(entries[0].node.span.text(), "0123");
        assert_eq!(entries[1].key.span.line_column(), (2, 1));
        assert_eq!(entries[1].node.span.text(), "\"a\\tb\"");
    }

    #[test]
    fn quoted_scalars_end_with_their_quote() {
        for written in ["'it''s'", r#""a\"b\\""#, "''", "\"a\n  b\""] {
            let node = parsed(&format!("a: {written}   # note '\"'\n\nb: 1\n")).value.unwrap();
            let Value::Map(entries) = node.value else { panic!("a map") };
            assert_eq!(entries[0].node.span.text(), written);
        }
    }

    #[test]
    fn what_hides_content_is_refused_with_its_place() {
        assert_eq!(codes("a: &x 1\nb: *x\n"), ["yaml-anchor", "yaml-alias"]);
        assert_eq!(codes("a: !!str 1\n"), ["yaml-tag"]);
        assert_eq!(codes("a: 1\n---\nb: 2\n"), ["several-documents"]);
        assert_eq!(codes("a: 1\nb: 2\na: 3\na: 4\n"), ["duplicate-key", "duplicate-key"]);
        assert_eq!(codes("a:\n\t- b\n"), ["yaml-syntax"]);
        assert_eq!(codes(&format!("{}{}", "[".repeat(40), "]".repeat(40))), ["too-deep"]);
        assert_eq!(codes(&"[".repeat(100_000)), ["yaml-syntax"]);
        assert_eq!(codes("? [a]\n: b\n"), ["bad-key"]);
    }

    #[test]
    fn a_megabyte_on_one_line_is_read_in_linear_time() {
        let list = format!("a: [{}]\n", "项, ".repeat(250_000));
        let Value::Map(entries) = parsed(&list).value.unwrap().value else { panic!("a map") };
        let Value::List(nodes) = &entries[0].node.value else { panic!("a list") };
        assert_eq!(nodes.len(), 250_000);
        assert_eq!(nodes[249_999].span.text(), "项");
    }

    proptest! {
        #[test]
        fn no_input_panics(text in any::<String>()) {
            let _ = parsed(&text);
        }

        #[test]
        fn yamlish_input_never_panics(text in "[a-z:\\-\\[\\]{}&*!|>'\"#%@` \n\t项，]{0,80}") {
            let _ = parsed(&text);
        }
    }
}
