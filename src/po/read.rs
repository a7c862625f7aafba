//! Reading: lines into entries, every fault with its place.
//!
//! Lives here: the grammar of gettext's manual, "The Format of PO Files". One pass; no bytes make it panic or linger.
//! Never here: what an entry is about.

use super::{Entry, Po};
use crate::diag::{Diagnostic, Message, Outcome, Report, SourceFile, Span, Spanned, Written};
use crate::msg;
use std::sync::Arc;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// After so many faults the rest is not read: it is no such file.
pub const FAULTS: usize = 50;

/// How many fields of a header are read: each is looked for in the whole of it.
const FIELDS: usize = 100;

/// Reads a file. With faults the entries are not complete, and what is read may not be what is meant.
pub fn read(file: &Arc<SourceFile>) -> Outcome<Po> {
    let mut reader =
        Reader { file, report: Report::default(), draft: None, fuzzy: false, skipping: false, done: vec![] };
    let mut at = 0;
    for line in file.text.split('\n') {
        if reader.report.errors() >= FAULTS {
            let message = msg!("有 {FAULTS} 处写法错误，后面的不再读取", "after {FAULTS} faults the rest is not read");
            reader.report.push(syntax(Span::new(file, at, at), message));
            break;
        }
        reader.line(line, at);
        at += line.len() + 1;
    }
    reader.finish();
    let Reader { report, mut done, .. } = reader;
    let is_header = |entry: &Entry| entry.context.is_none() && entry.source.value.is_empty();
    let header = match done.iter().position(is_header) {
        Some(at) => fields(&done.remove(at).translation),
        None => Vec::new(),
    };
    Outcome::new(Po { file: Arc::clone(file), header, entries: done }, report)
}

/// The fields of a header, each with the place of its value where that stands in one piece.
fn fields(text: &Spanned<Written>) -> Vec<(String, Spanned<Written>)> {
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        Some((name.trim().to_owned(), Spanned::new(value.into(), text.span.find(value))))
    };
    text.value.lines().filter_map(field).take(FIELDS).collect()
}

fn syntax(span: Span, message: Message) -> Diagnostic {
    Diagnostic::error("po-syntax", span, message).hint(msg!(
        "请用 Poedit 之类的程序修改 PO 文件，或对照 msgfmt -c 的提示",
        "edit PO files with a program such as Poedit, or see what `msgfmt -c` says"
    ))
}

/// The parts of an entry, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Context,
    Source,
    Plural,
    /// `msgstr`, or `msgstr[0]`.
    Translation,
    /// Further plural forms: read, and not kept.
    Further,
}

/// An entry half read.
struct Half {
    start: usize,
    end: usize,
    last: Part,
    fuzzy: bool,
    context: Option<Piece>,
    source: Option<Piece>,
    translation: Option<Piece>,
    further: Piece,
    plural: bool,
}

/// A text and where its quotation marks stand.
#[derive(Default)]
struct Piece {
    text: String,
    start: usize,
    end: usize,
}

struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    report: Report,
    draft: Option<Half>,
    /// Whether the entry to come is marked.
    fuzzy: bool,
    /// Whether the rest of a faulty entry is passed over.
    skipping: bool,
    done: Vec<Entry>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let blank = [' ', '\t', '\r', '\x0b', '\x0c'];
        let inner = line.trim_start_matches(blank);
        let at = at + line.len() - inner.len();
        let inner = inner.trim_end_matches(blank);
        match inner.as_bytes().first() {
            None => {}
            Some(b'#') => self.comment(inner),
            Some(b'"') if self.skipping => {}
            Some(b'"') => self.strings(inner, at),
            Some(_) => self.keyword(inner, at),
        }
    }

    fn comment(&mut self, line: &str) {
        if line.starts_with("#~") {
            return;
        }
        if self.draft.as_ref().is_some_and(|half| half.last >= Part::Translation) {
            self.finish();
        }
        if let Some(flags) = line.strip_prefix("#,").or(line.strip_prefix("#=")) {
            self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        }
    }

    fn keyword(&mut self, line: &str, at: usize) {
        let word = line.find(|c: char| c == '"' || c.is_ascii_whitespace()).map_or(line, |end| &line[..end]);
        let part = match word {
            "msgctxt" => Part::Context,
            "msgid" => Part::Source,
            "msgid_plural" => Part::Plural,
            "msgstr" | "msgstr[0]" => Part::Translation,
            _ if word.starts_with("msgstr[") && word.ends_with(']') => Part::Further,
            _ if self.skipping => return,
            _ => {
                let shown: String = word.chars().take(20).collect();
                let message = msg!(
                    "看不懂“{shown}”：一行应以 msgctxt、msgid、msgstr、引号或 # 开头",
                    "`{shown}` is not understood: a line begins with msgctxt, msgid, msgstr, a quotation mark or #"
                );
                return self.fault(at, at + word.len(), message);
            }
        };
        let fresh = match (part, self.draft.as_ref().map(|half| half.last)) {
            (Part::Context, _) => true,
            (Part::Source, last) => last != Some(Part::Context),
            _ => false,
        };
        if fresh {
            self.finish();
            self.skipping = false;
            self.draft = Some(Half {
                start: at,
                end: at,
                last: part,
                fuzzy: std::mem::take(&mut self.fuzzy),
                context: None,
                source: None,
                translation: None,
                further: Piece::default(),
                plural: false,
            });
        } else if self.skipping {
            return;
        }
        let end = at + word.len();
        match &mut self.draft {
            None => {
                return self.fault(at, end, msg!("{word} 之前没有 msgid", "there is no msgid before this {word}"));
            }
            Some(half) => {
                let repeated = match part {
                    Part::Plural => half.plural,
                    Part::Translation => half.translation.is_some(),
                    _ => false,
                };
                if repeated {
                    return self.fault(at, end, msg!("这一条里有两个 {word}", "this entry has two {word}"));
                }
                if part >= Part::Plural && half.source.is_none() {
                    return self.fault(at, end, msg!("{word} 之前没有 msgid", "there is no msgid before this {word}"));
                }
                half.last = part;
                half.plural |= matches!(part, Part::Plural | Part::Further);
                let slot = half.slot(part);
                *slot = Piece { text: String::new(), start: end, end };
            }
        }
        let rest = line[word.len()..].trim_start_matches([' ', '\t']);
        if rest.is_empty() {
            return self.fault(
                at,
                end,
                msg!("{word} 后面应有引号括起的文字", "{word} wants a text in quotation marks"),
            );
        }
        let from = at + line.len() - rest.len();
        if let Some(half) = &mut self.draft {
            half.slot(part).start = from;
        }
        self.strings(rest, from);
    }

    /// One or more texts in quotation marks: the rest of a line.
    fn strings(&mut self, mut rest: &str, mut at: usize) {
        let Some(mut half) = self.draft.take() else {
            let message = msg!("引号里的文字不属于任何一条", "this text belongs to no entry");
            return self.fault(at, at + rest.len(), message);
        };
        let part = half.last;
        while !rest.is_empty() {
            let piece = half.slot(part);
            match string(rest, &mut piece.text) {
                Ok(length) => {
                    piece.end = at + length;
                    half.end = at + length;
                    let after = rest[length..].trim_start_matches([' ', '\t']);
                    at += rest.len() - after.len();
                    rest = after;
                }
                Err((from, to, message)) => return self.fault(at + from, at + to, message),
            }
        }
        self.draft = Some(half);
    }

    fn fault(&mut self, start: usize, end: usize, message: Message) {
        self.draft = None;
        self.fuzzy = false;
        self.skipping = true;
        self.report.push(syntax(Span::new(self.file, start, end), message));
    }

    /// Ends the entry that is being read.
    fn finish(&mut self) {
        let Some(half) = self.draft.take() else { return };
        let Half { start, end, fuzzy, context, source, translation, plural, .. } = half;
        let spanned = |piece: Piece| {
            Spanned::new(
                Written::read(self.file, piece.start..piece.end, &piece.text),
                Span::new(self.file, piece.start, piece.end),
            )
        };
        match (source, translation) {
            (Some(source), Some(translation)) => self.done.push(Entry {
                span: Span::new(self.file, start, end),
                context: context.map(spanned),
                source: spanned(source),
                translation: spanned(translation),
                fuzzy,
                plural,
            }),
            (None, _) => {
                let message = msg!("这一条没有 msgid", "this entry has no msgid");
                self.report.push(syntax(Span::new(self.file, start, end), message));
            }
            (_, None) => {
                let message = msg!("这一条没有 msgstr", "this entry has no msgstr");
                self.report.push(syntax(Span::new(self.file, start, end), message));
            }
        }
    }
}

impl Half {
    fn slot(&mut self, part: Part) -> &mut Piece {
        match part {
            Part::Context => self.context.get_or_insert_default(),
            Part::Source => self.source.get_or_insert_default(),
            Part::Translation => self.translation.get_or_insert_default(),
            Part::Plural | Part::Further => &mut self.further,
        }
    }
}

/// Reads a text in quotation marks at the start of a line's rest; hands back its length with them.
fn string(rest: &str, out: &mut String) -> Result<usize, (usize, usize, Message)> {
    let Some(inner) = rest.strip_prefix('"') else {
        return Err((0, rest.len(), msg!("引号之外还有文字", "there is something outside of the quotation marks")));
    };
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok(at + 2),
            '\\' => {
                let (length, c) = escape(&inner[at + 1..]).ok_or_else(|| {
                    let length = inner[at + 1..].chars().next().map_or(0, char::len_utf8);
                    let shown = &inner[at + 1..at + 1 + length];
                    let message =
                        msg!("“\\{shown}”不是 PO 里的转义写法", "`\\{shown}` is no escape sequence of PO files");
                    (at + 1, at + 2 + length, message)
                })?;
                out.push(c);
                for _ in 0..length {
                    chars.next();
                }
            }
            c => out.push(c),
        }
    }
    Err((0, rest.len(), msg!("缺少后引号", "the closing quotation mark is missing")))
}

/// What the characters after a backslash stand for, and how many they are, all of them ASCII.
fn escape(rest: &str) -> Option<(usize, char)> {
    let number = |digits: &str, radix: u32, before: usize| {
        let code = u8::from_str_radix(digits, radix).ok().filter(u8::is_ascii)?;
        Some((before + digits.len(), char::from(code)))
    };
    let run = |text: &str, most: usize, radix: u32| text.chars().take(most).take_while(|c| c.is_digit(radix)).count();
    Some(match rest.chars().next()? {
        'n' => (1, '\n'),
        't' => (1, '\t'),
        'r' => (1, '\r'),
        '"' => (1, '"'),
        '\\' => (1, '\\'),
        'a' => (1, '\x07'),
        'b' => (1, '\x08'),
        'f' => (1, '\x0c'),
        'v' => (1, '\x0b'),
        '0'..='7' => return number(&rest[..run(rest, 3, 8)], 8, 0),
        'x' => return number(&rest[1..1 + run(&rest[1..], 2, 16)], 16, 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
