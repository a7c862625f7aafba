//! What the YAML parser complains of, in Chinese, and what to do about it.
//!
//! Lives here: a table of the complaints of `saphyr-parser` 0.3, and the slips they mostly come from. Never here: parsing.

use crate::diag::{Message, Span};
use crate::msg;

/// The beginning or a part of a complaint, and the same in Chinese. The first that fits counts.
const COMPLAINTS: [(&str, &str); 47] = [
    ("mapping values are not allowed", "这里不能出现“键: 值”"),
    ("mapping keys are not allowed", "这里不能出现键"),
    ("block sequence entries are not allowed", "这里不能出现“- ”开头的一项"),
    ("illegal placement of ':'", "这里不能有冒号"),
    ("':' may not precede", "冒号后面不能紧接括号"),
    ("':' must be followed", "冒号后面要有一个空格"),
    ("'-' must be followed", "“-”后面要有一个空格"),
    ("plain scalar cannot start with '-'", "值不能以“-”加标点开头"),
    ("while scanning a plain scalar, found a tab", "值里有制表符（Tab）"),
    ("block scalar content cannot start with a tab", "多行文字的缩进里不能有制表符（Tab）"),
    ("tab", "缩进里不能有制表符（Tab）"),
    ("did not find expected ',' or '}'", "花括号“{”没有闭合，或缺少逗号"),
    ("expected ',' or ']'", "方括号“[”没有闭合，或缺少逗号"),
    ("misplaced bracket", "多了一个括号"),
    ("invalid indentation in flow construct", "括号里的内容缩进不对，或括号没有闭合"),
    ("could not find expected ':'", "键后面缺少“: ”"),
    ("simple key expect ':'", "键后面缺少“: ”"),
    ("simple key expected", "这里应是一个键"),
    ("did not find expected key", "这里应是一个键"),
    ("did not find expected '-'", "这里应以“- ”开头"),
    ("did not find expected node content", "这里缺少内容"),
    ("found unexpected end of stream", "引号没有闭合，文件就结束了"),
    ("found unexpected document indicator", "引号没有闭合，就出现了“---”或“...”"),
    ("unexpected eof", "文件没有写完就结束了"),
    ("invalid trailing content after double-quoted", "引号后面多了内容"),
    ("invalid indentation in quoted scalar", "引号里的换行缩进不够"),
    ("found unknown escape character", "双引号里的“\\”后面不能是这个字符"),
    ("did not find expected hexadecimal number", "双引号里“\\x”“\\u”后面应是十六进制数"),
    ("invalid Unicode character escape", "双引号里的“\\u”写的不是字符"),
    ("found character that cannot start any token", "值不能以这个字符开头"),
    ("unexpected character", "这里不能有这个字符"),
    ("unexpected end of plain scalar", "值在这里中断"),
    ("comment intercepting the multiline text", "几行的文字中间不能插入注释"),
    ("found unprintable character", "有不能显示的字符"),
    ("byte order mark must not appear", "文件中间有字节顺序标记（BOM）"),
    ("wrongly indented line in block scalar", "多行文字里这一行缩进不够"),
    ("indentation indicator equal to 0", "“|”后面的数字不能是 0"),
    ("while scanning a block scalar", "“|”或“>”后面只能换行或写注释"),
    ("invalid indentation", "缩进不对"),
    ("invalid content after document end", "“...”后面不能有内容"),
    ("expected <document", "这里应是新的一份文档：内容的开头或缩进不对"),
    ("directive", "以“%”开头的指令不对"),
    ("tag", "以“!”开头的标记不对"),
    ("handle wasn't declared", "以“!”开头的标记没有声明"),
    ("anchor", "以“&”或“*”开头的引用不对；要写这些字符，请加引号"),
    ("expected whitespace", "这里应有空格"),
    ("recursion limit", "嵌套过深"),
];

/// A complaint in Chinese; one that is not known stays as it is.
pub(super) fn in_chinese(info: &str) -> &str {
    COMPLAINTS.iter().find(|(en, _)| info.contains(en)).map_or(info, |(_, zh)| zh)
}

/// What to do about it, told from the complaint, the line itself and the one before: the commonest slips.
pub(super) fn hint(span: &Span, info: &str) -> Message {
    let (number, _) = span.line_column();
    let line = |n: usize| span.file.text.lines().nth(n).unwrap_or_default();
    let (line, before) = (line(number - 1), if number > 1 { line(number - 2) } else { "" });
    if info.contains("tab") && !info.contains("expected") || line.contains('\t') {
        return msg!("缩进请用空格，不要用制表符（Tab）", "indent with spaces, not with tabs");
    }
    if [line, before].iter().any(|line| line.contains('：') && !line.contains(": ")) {
        return msg!(
            "键后面要用半角冒号加空格“: ”，不是全角“：”",
            "a key is followed by an ASCII colon and a space, not by a full-width colon"
        );
    }
    if let Some(open) = ['[', '{'].into_iter().find(|open| is_open(before, *open)) {
        return msg!("上一行的“{open}”没有闭合", "the `{open}` of the line before is not closed");
    }
    if info.contains("expected ','") {
        return msg!("请补上缺少的逗号，或 }} 或 ]", "add the missing comma, or the `}}` or `]`");
    }
    if info.contains("mapping values") && line.matches(": ").count() > 1 {
        return msg!("文字里有“: ”时，请给整个值加双引号", "put the value in double quotes if it contains `: `");
    }
    msg!(
        "请检查这一行和上一行的缩进、引号和冒号",
        "check indentation, quotes and colons of this line and the one before"
    )
}

/// Whether a bracket is opened more often than closed.
fn is_open(line: &str, open: char) -> bool {
    let close = if open == '[' { ']' } else { '}' };
    line.matches(open).count() > line.matches(close).count()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_commonest_complaints_are_told_in_chinese() {
        for written in
            ["a: b: c", "a: [1\nb: 2", "a: {b: 1", "\"a", "a:\n\t- b", "- a\nb: 1", "a: 'b' c", "a: %x\n b", "a: @b"]
        {
            let file = crate::diag::SourceFile::new("content", "a.yaml", written);
            let report = crate::raw::tree::parse(&file).report;
            for fault in report.iter().filter(|fault| fault.code == "yaml-syntax") {
                assert!(
                    !fault.message.zh.is_ascii()
                        && fault.message.zh.chars().filter(char::is_ascii_lowercase).count() < 4,
                    "{fault:?}"
                );
            }
        }
    }

    #[test]
    fn an_open_bracket_is_found_in_the_line_before() {
        let file = crate::diag::SourceFile::new("content", "a.yaml", "number: [3\ndepartments: [a]\n");
        let report = crate::raw::tree::parse(&file).report;
        let hint = report.iter().find_map(|fault| fault.hint.clone());
        assert_eq!(hint.map(|hint| hint.en).as_deref(), Some("the `[` of the line before is not closed"));
    }
}
