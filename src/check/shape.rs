//! Texts of one line have one line, and no text is absurdly long.
//!
//! Names are headings, links and entries of indexes: a line break in one breaks them all. A text beyond 65,536 characters is
//! a file pasted into a cell by mistake; it is never shown in the message.

use super::texts::Form;
use super::{Context, Look, Rule, code, place, point};
use crate::diag::{Diagnostic, Report};
use crate::msg;

/// The longest text of a cell or a list, in characters. Documents of the policy may be as long as a file.
const LIMIT: usize = 1 << 16;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("line-break", "单行文字中有换行", "a line break in a text of one line"),
        code("text-too-long", "文字超过65536个字符", "a text of more than 65,536 characters"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for piece in cx.texts.pieces() {
        let text = piece.text;
        if piece.form == Form::Line
            && let Some(at) = text.value.find('\n')
        {
            let span = if text.span.text() == text.value { place(text, at..at + 1) } else { point(&text.span) };
            let message = msg!("这里只能写一行，却有换行", "this is a text of one line, but it has a line break");
            report.push(
                Diagnostic::error("line-break", span, message)
                    .hint(msg!("请写成一行；也不要用“|”", "write it on one line, and without `|`")),
            );
        }
        // Bytes bound characters from above: short texts need no counting.
        let document = || piece.here().ends_with(".md");
        if text.value.len() > LIMIT && !document() && text.value.chars().count() > LIMIT {
            let count = text.value.chars().count();
            let message = msg!(
                "这段文字有{count}个字符，超过上限{LIMIT}",
                "this text has {count} characters, more than the {LIMIT} allowed"
            );
            report.push(Diagnostic::error("text-too-long", point(&text.span), message).hint(msg!(
                "请检查是否误贴了整个文件；长文请写成 policy/ 下的 Markdown 文件，并分成几份",
                "look for a file pasted in by mistake; long documents belong to policy/ as Markdown, in several parts"
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn names_have_one_line() {
        let site = Site::default().replace("items/education/meals.yaml", "营养膳食", "\"营养\\n膳食\"");
        assert_snapshot!(site.faults(), @r"
        Error line-break items/education/meals.yaml:3:14 []
          这里只能写一行，却有换行
          this is a text of one line, but it has a line break
          > 请写成一行；也不要用“|”
          > write it on one line, and without `|`
        ");
    }

    #[test]
    fn long_texts_are_not_repeated() {
        let long = "长".repeat(super::LIMIT + 1);
        assert_snapshot!(Site::default().replace("items/education/grant.yaml", "1000元", &format!("1000元{long}")).faults(), @r"
        Error text-too-long items/education/grant.yaml:6:13 []
          这段文字有65547个字符，超过上限65536
          this text has 65547 characters, more than the 65536 allowed
          > 请检查是否误贴了整个文件；长文请写成 policy/ 下的 Markdown 文件，并分成几份
          > look for a file pasted in by mistake; long documents belong to policy/ as Markdown, in several parts
        ");
    }
}
