//! Texts are in normal form C and hold no character that is invisible, has no meaning, or turns the text around.
//!
//! Such characters come with copying from PDF, chat or the web. They break search (two texts that look the same differ),
//! can hide words, and private-use characters show as empty boxes where the font is missing. What Mongolian and other
//! scripts need stays: U+200C, U+200D, U+180B to U+180F and U+202F, which is no white space here.

use super::texts::{Form, Piece};
use super::{Context, Look, Rule, code, place};
use crate::diag::{Diagnostic, Report, Severity, Span, Spanned, Written};
use crate::lang::Direction;
use crate::markdown::plain;
use crate::msg;
use std::collections::BTreeSet;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{UnicodeNormalization, is_nfc};

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("not-nfc", "文字不是 NFC 规范形式", "a text is not in normal form C"),
        code("control-character", "文字中有控制字符或不可见的格式字符", "a control or invisible format character"),
        code("private-use-character", "文字中有私用区字符", "a private-use character"),
        code("noncharacter", "文字中有非字符码位", "a code point that is no character"),
        code("bidi-control", "文字中有双向书写控制符", "a character that turns the direction of writing around"),
        code("replacement-character", "文字中有替换符（乱码）", "a replacement character, the trace of a lost one"),
        code("zero-width-space", "文字中有零宽空格", "a zero-width space"),
        code("outer-space", "文字首尾有空白", "white space at the start or end of a text"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for Piece { text, lang, form, .. } in cx.texts.pieces() {
        let rtl = cx.catalogue.lang(lang).direction == Direction::Rtl;
        written(text, rtl, report);
        if matches!(form, Form::Markdown(_)) {
            hidden(text, rtl, report);
        } else {
            outer_space(text, report);
        }
    }
    for value in &cx.texts.values {
        written(value, false, report);
        outer_space(value, report);
    }
}

/// What is wrong with the characters of a text as it is written.
fn written(text: &Spanned<Written>, rtl: bool, report: &mut Report) {
    if !text.value.chars().all(is_ordinary) {
        characters(text, rtl, report);
        normal_form(text, report);
    }
}

/// Whether a character is one of the many with which nothing can be wrong: no fault whatever the direction, and a text of
/// such characters alone is in normal form C. It says so of the usual ones, not of all that are so.
fn is_ordinary(c: char) -> bool {
    matches!(
        c,
        '\u{3400}'..='\u{9FFF}' // Han characters
            | '\u{1800}'..='\u{18A8}' // Mongolian
            | ' '..='~'
            | '\n'
            | '\u{2010}'..='\u{2027}' // dashes, quotation marks
            | '\u{202F}'
            | '\u{3001}'..='\u{3029}' // ideographic marks
            | '\u{FF01}'..='\u{FF5E}' // full-width ASCII
    )
}

/// How many bad characters are named in a text.
const MOST: usize = 20;

/// Reports each bad character once a text, at its first place.
fn characters(text: &Spanned<Written>, rtl: bool, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (at, c) in text.value.char_indices() {
        if c.is_ascii_graphic() || c == ' ' {
            continue;
        }
        let Some(fault) = fault(c, rtl) else { continue };
        if seen.insert(c) {
            report.push(fault.at(c, place(text, at..at + c.len_utf8())));
        }
        // A text with so many is no text; each takes a search for its place.
        if seen.len() >= MOST {
            return;
        }
    }
}

/// Reports characters that come out of Markdown although they are not in it: entities such as `&#x202E;`.
fn hidden(text: &Spanned<Written>, rtl: bool, report: &mut Report) {
    if !text.value.contains('&') {
        return;
    }
    let mut seen = BTreeSet::new();
    for c in plain(&text.value).chars() {
        let Some(fault) = fault(c, rtl) else { continue };
        if !text.value.contains(c) && seen.insert(c) {
            report.push(fault.at(c, entity(text, c)));
        }
    }
}

/// The place of the entity that stands for a character, or the start of the text.
fn entity(text: &Spanned<Written>, c: char) -> Span {
    let n = u32::from(c);
    let lower = text.value.to_ascii_lowercase();
    let forms = [format!("{n:x};"), format!("#{n};")];
    let end = forms.iter().find_map(|form| Some(lower.find(form)? + form.len()));
    match end.and_then(|end| Some(lower.get(..end)?.rfind('&')?..end)) {
        Some(range) => place(text, range),
        None => super::point(&text.span),
    }
}

struct Fault {
    code: &'static str,
    severity: Severity,
    what: (&'static str, &'static str),
    hint: (&'static str, &'static str),
}

impl Fault {
    fn at(&self, c: char, span: Span) -> Diagnostic {
        let n = u32::from(c);
        let (zh, en) = self.what;
        let message = msg!("这里有{zh} U+{n:04X}", "{en} U+{n:04X} stands here");
        let (zh, en) = self.hint;
        let diagnostic = Diagnostic::error(self.code, span, message).hint(msg!("{zh}", "{en}"));
        Diagnostic { severity: self.severity, ..diagnostic }
    }
}

const DELETE: (&str, &str) = ("请删去它", "delete it");
const RETYPE: (&str, &str) =
    ("请重新输入这个字；生僻字请用 Unicode 标准字符", "type the character anew, as a standard Unicode character");

/// What is wrong with a character, if anything.
fn fault(c: char, rtl: bool) -> Option<Fault> {
    let fault = |code, what, hint| Some(Fault { code, severity: Severity::Error, what, hint });
    let n = u32::from(c);
    match n {
        0x0A => None,
        0x09 => fault("control-character", ("制表符", "the tab"), ("请改用空格", "use spaces instead")),
        0xFDD0..=0xFDEF => fault("noncharacter", ("非字符码位", "the noncharacter"), DELETE),
        _ if n & 0xFFFE == 0xFFFE => fault("noncharacter", ("非字符码位", "the noncharacter"), DELETE),
        0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF => {
            fault("private-use-character", ("私用区字符", "the private-use character"), RETYPE)
        }
        // Scripts written from the right do use the marks, but never need to override or isolate in plain text.
        0x061C | 0x200E | 0x200F if rtl => None,
        0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 => {
            fault("bidi-control", ("双向书写控制符", "the direction control"), DELETE)
        }
        0x200B => Some(Fault {
            code: "zero-width-space",
            severity: Severity::Warning,
            what: ("零宽空格", "the zero-width space"),
            hint: DELETE,
        }),
        0xFFFD => fault(
            "replacement-character",
            ("替换符", "the replacement character"),
            (
                "这个字在转码时丢失了，请照原文补上",
                "a character was lost in conversion here; put it back after the original",
            ),
        ),
        0xFEFF => fault("control-character", ("字节序标记", "the byte order mark"), DELETE),
        0x2028 | 0x2029 => {
            fault("control-character", ("行分隔符", "the line separator"), ("请改用换行", "use a line break"))
        }
        0xFFF9..=0xFFFB | 0xE_0000..=0xE_007F => {
            fault("control-character", ("不可见字符", "the invisible character"), DELETE)
        }
        _ if c.is_control() => fault("control-character", ("控制字符", "the control character"), DELETE),
        _ => None,
    }
}

/// Reports the first place where a text departs from its normal form.
fn normal_form(text: &Spanned<Written>, report: &mut Report) {
    if text.value.is_ascii() || is_nfc(&text.value) {
        return;
    }
    let mut normal = text.value.nfc();
    let departs =
        text.value.char_indices().map(|(at, c)| (at, c, normal.next())).find(|(_, c, good)| *good != Some(*c));
    // A text that is a mere beginning of its normal form does not exist.
    let Some((at, c, good)) = departs else { return };
    let marks = text.value[at..].chars().skip(1).take_while(|c| canonical_combining_class(*c) != 0);
    let end = at + c.len_utf8() + marks.map(char::len_utf8).sum::<usize>();
    let n = u32::from(c);
    let message = match good {
        Some(good) => {
            let good_n = u32::from(good);
            msg!(
                "U+{n:04X} 处不是 NFC 规范形式，应为“{good}”（U+{good_n:04X}）",
                "at U+{n:04X} the text is not in NFC: there should be `{good}` (U+{good_n:04X})"
            )
        }
        None => msg!("U+{n:04X} 处不是 NFC 规范形式", "at U+{n:04X} the text is not in NFC"),
    };
    report.push(
        Diagnostic::error("not-nfc", place(text, at..end), message)
            .hint(msg!("请重新输入，或用编辑器转成 NFC", "type it anew, or let an editor convert it to NFC")),
    );
}

/// White space at the edges. U+202F is none: a Mongolian suffix may begin with it.
fn outer_space(text: &Spanned<Written>, report: &mut Report) {
    let space = [' ', '\t', '\n', '\u{A0}', '\u{3000}'];
    let value = text.value.as_str();
    if value.is_empty() || (!value.starts_with(space) && !value.ends_with(space)) {
        return;
    }
    let message = msg!("文字首尾有空白或空行", "the text begins or ends with white space");
    report.push(Diagnostic::warning("outer-space", super::point(&text.span), message).hint(msg!(
        "请删去；多行文字请写“|-”，它不留末尾的换行",
        "delete it; for text of several lines write `|-`, which leaves no line break at the end"
    )));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Site;
    use insta::assert_snapshot;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    /// A text is in normal form C where each character may stand in it and none has to be moved behind another.
    #[test]
    fn nothing_is_wrong_with_ordinary_characters() {
        let ordinary: Vec<char> = ('\0'..=char::MAX).filter(|c| is_ordinary(*c)).collect();
        assert!(ordinary.len() > 20_000, "the usual characters are ordinary");
        for c in ordinary {
            assert!(fault(c, true).is_none() && fault(c, false).is_none(), "U+{:04X}", u32::from(c));
            assert_eq!(canonical_combining_class(c), 0, "U+{:04X}", u32::from(c));
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "U+{:04X}", u32::from(c));
        }
    }

    fn with_name(name: &str) -> String {
        Site::default().replace("items/education/meals.yaml", "营养膳食", name).faults()
    }

    #[test]
    fn bad_characters_are_named() {
        assert_snapshot!(with_name("\"营\\u202E养\\u202E\\uE001\\uFFFD\\uFEFF\\u0007\\uFDD1膳\\u200B食\""), @r#"
        Error bidi-control items/education/meals.yaml:3:16 [\\u202E]
          这里有双向书写控制符 U+202E
          the direction control U+202E stands here
          > 请删去它
          > delete it
        Error private-use-character items/education/meals.yaml:3:29 [\\uE001]
          这里有私用区字符 U+E001
          the private-use character U+E001 stands here
          > 请重新输入这个字；生僻字请用 Unicode 标准字符
          > type the character anew, as a standard Unicode character
        Error replacement-character items/education/meals.yaml:3:35 [\\uFFFD]
          这里有替换符 U+FFFD
          the replacement character U+FFFD stands here
          > 这个字在转码时丢失了，请照原文补上
          > a character was lost in conversion here; put it back after the original
        Error control-character items/education/meals.yaml:3:41 [\\uFEFF]
          这里有字节序标记 U+FEFF
          the byte order mark U+FEFF stands here
          > 请删去它
          > delete it
        Error control-character items/education/meals.yaml:3:47 [\\u0007]
          这里有控制字符 U+0007
          the control character U+0007 stands here
          > 请删去它
          > delete it
        Error noncharacter items/education/meals.yaml:3:53 [\\uFDD1]
          这里有非字符码位 U+FDD1
          the noncharacter U+FDD1 stands here
          > 请删去它
          > delete it
        Warning zero-width-space items/education/meals.yaml:3:60 [\\u200B]
          这里有零宽空格 U+200B
          the zero-width space U+200B stands here
          > 请删去它
          > delete it
        "#);
    }

    #[test]
    fn carets_stand_on_the_character() {
        assert_snapshot!(with_name("营养\u{E123}膳食"), @r#"
        Error private-use-character items/education/meals.yaml:3:16 [\u{e123}]
          这里有私用区字符 U+E123
          the private-use character U+E123 stands here
          > 请重新输入这个字；生僻字请用 Unicode 标准字符
          > type the character anew, as a standard Unicode character
        "#);
    }

    #[test]
    fn texts_are_in_normal_form() {
        assert_snapshot!(with_name("caf\u{65}\u{301} 营养\u{F9E4}"), @r"
        Error not-nfc items/education/meals.yaml:3:17 [é]
          U+0065 处不是 NFC 规范形式，应为“é”（U+00E9）
          at U+0065 the text is not in NFC: there should be `é` (U+00E9)
          > 请重新输入，或用编辑器转成 NFC
          > type it anew, or let an editor convert it to NFC
        ");
        assert_snapshot!(with_name("营养\u{F9E4}"), @r"
        Error not-nfc items/education/meals.yaml:3:16 [理]
          U+F9E4 处不是 NFC 规范形式，应为“理”（U+7406）
          at U+F9E4 the text is not in NFC: there should be `理` (U+7406)
          > 请重新输入，或用编辑器转成 NFC
          > type it anew, or let an editor convert it to NFC
        ");
    }

    #[test]
    fn entities_hide_nothing() {
        let site = Site::default().replace("policy/notice.md", "见[补助]", "a&#x202e;&#8206;&amp;[补助]");
        assert_snapshot!(site.faults(), @r"
        Error bidi-control policy/notice.md:7:2 [&#x202e;]
          这里有双向书写控制符 U+202E
          the direction control U+202E stands here
          > 请删去它
          > delete it
        Error bidi-control policy/notice.md:7:10 [&#8206;]
          这里有双向书写控制符 U+200E
          the direction control U+200E stands here
          > 请删去它
          > delete it
        ");
    }

    #[test]
    fn space_around_a_text() {
        assert_snapshot!(with_name("\"营养 \""), @r"
        Warning outer-space items/education/meals.yaml:3:14 []
          文字首尾有空白或空行
          the text begins or ends with white space
          > 请删去；多行文字请写“|-”，它不留末尾的换行
          > delete it; for text of several lines write `|-`, which leaves no line break at the end
        ");
    }

    #[test]
    fn mongolian_keeps_its_format_characters() {
        let name = "ᠨᠡᠷ\u{180E}ᠡ\u{202F}ᠶᠢᠨ ᠡᠳ\u{180B}\u{202F}ᠦᠨ\u{200C} ᠭᠡᠷ\u{180F}\u{200D}";
        let site = Site::default()
            .with("i18n/mn-Mong/items/education/grant.yaml", &format!("status: draft\ntext: {{name: {name}}}\n"));
        assert!(site.check().is_empty());
    }

    #[test]
    fn right_to_left_languages_keep_their_marks() {
        let file = "i18n/ug-Arab/items/education/grant.yaml";
        let site = Site::default()
            .replace("site.yaml", "mn-Mong, path: mn, name: ᠮᠣᠩᠭᠣᠯ", "ug-Arab, path: ug, name: ئۇيغۇرچە")
            .without("i18n/mn-Mong/items/education/grant.yaml")
            .without("i18n/mn-Mong/items/education/meals.yaml")
            .with("i18n/ug-Arab/items/education/meals.yaml", "status: draft\ntext: {name: تاماق}\n");
        assert!(site.with(file, "status: draft\ntext: {name: \"ياردەم\\u200F\"}\n").check().is_empty());
    }
}
