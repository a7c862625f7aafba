//! Punctuation is Mongolian: ᠂ ᠃ ᠄, titles in 《 》.
//!
//! Western and Chinese marks stand crosswise in a vertical line, or become other marks there. These stay: 《 》, brackets, %,
//! ？ and ！ (Mongolian has no others, but as presentation forms), marks between digits (5∶5, 12.5) or within Latin text, a
//! point after a number, and what `i18n/<tag>/allow.yaml` lists under `punctuation`.

use super::{allow_file, allowed};
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code(
        "foreign-punctuation",
        "蒙古文中有西文或中文标点",
        "Western or Chinese punctuation in a Mongolian text",
    )],
    look: Look::Mongolian(look),
};

/// The mark to write in place of a foreign one; an empty one where it depends.
fn mongolian(c: char) -> Option<&'static str> {
    Some(match c {
        ',' | '，' | '、' => "᠂",
        '.' | '。' | '．' => "᠃",
        ':' | '：' => "᠄",
        '"' | '“' | '”' | '‘' | '’' | '\'' | '「' | '」' | '『' | '』' | '〈' | '〉' | '«' | '»' => {
            "《 》"
        }
        '…' => "᠁",
        ';' | '；' | '—' | '–' | '～' | '~' => "",
        _ => return None,
    })
}

fn look(cx: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    let listed = |c: char| allowed(cx, pair, |all| &all.punctuation).any(|marks| marks.contains(c));
    let found = foreign(&pair.text, &reading.rarer, listed);
    let Some((first, c)) = found.first() else { return };
    let mut marks: Vec<char> = Vec::new();
    let mut better: Vec<&str> = Vec::new();
    for (_, c) in &found {
        if !marks.contains(c) {
            marks.push(*c);
        }
        better.extend(mongolian(*c).filter(|mark| !mark.is_empty() && !better.contains(mark)));
    }
    let marks: Vec<String> = marks.into_iter().map(String::from).collect();
    let (marks, better) = (marks.join(" "), better.join(" "));
    let message = msg!("这里有西文或中文标点 {marks}", "Western or Chinese punctuation stands here: {marks}");
    let file = allow_file(cx, pair);
    let hint = match better.as_str() {
        "" => msg!(
            "请改用蒙古文标点；确需保留的写进 {file} 的 punctuation",
            "use Mongolian marks; list what must stay in {file} under `punctuation`"
        ),
        _ => msg!(
            "请改用 {better}；确需保留的写进 {file} 的 punctuation",
            "write {better}; list what must stay in {file} under `punctuation`"
        ),
    };
    let span = pair.place(*first..first + c.len_utf8());
    report.push(Diagnostic::warning("foreign-punctuation", span, message).hint(hint));
}

/// The foreign marks of a text that are not fine where they stand.
fn foreign(text: &str, rarer: &[(usize, char)], listed: impl Fn(char) -> bool) -> Vec<(usize, char)> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let fine = |at: usize, c: char| {
        let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
        let numeric = digit(before) && (digit(after) || c == '.');
        // 2016——2020 has two dashes.
        let dashes = c == '—' && (before == Some('—') || after == Some('—')) && (digit(before) || digit(after));
        numeric || dashes || (latin(before) && latin(after)) || listed(c)
    };
    rarer.iter().copied().filter(|(at, c)| mongolian(*c).is_some() && !fine(*at, *c)).collect()
}

#[cfg(test)]
mod tests {
    use super::foreign;
    use crate::check::mongolian::tests::name;
    use crate::check::mongolian::words::rarer;
    use insta::assert_snapshot;

    #[test]
    fn marks_between_digits_stay() {
        let marks =
            |text: &str| foreign(text, &rarer(text), |c| c == '·').into_iter().map(|(_, c)| c).collect::<String>();
        assert_eq!(marks("12.5% 5∶5 5:5 0—6 2016——2020 1. ᠨᠣᠮ 《ᠨᠣᠮ》 (a) a.b.cn ？ ！ ᠂ ᠃"), "");
        assert_eq!(marks("ᠨᠣᠮ, ᠨᠣᠮ。“ᠨᠣᠮ” ᠨᠣᠮ—ᠨᠣᠮ"), ",。“”—");
        let dash = "ᠨᠣᠮ—ᠨᠣᠮ";
        assert_eq!(foreign(dash, &rarer(dash), |c| c == '—'), []);
    }

    #[test]
    fn one_warning_a_text() {
        assert_snapshot!(name("\"ᠨᠣᠮ, “ᠳᠠᠩᠰᠠ”, ᠨᠣᠮ。\""), @r"
        Warning foreign-punctuation i18n/mn-Mong/items/education/meals.yaml:2:18 [,]
          这里有西文或中文标点 , “ ” 。
          Western or Chinese punctuation stands here: , “ ” 。
          > 请改用 ᠂ 《 》 ᠃；确需保留的写进 i18n/mn-Mong/allow.yaml 的 punctuation
          > write ᠂ 《 》 ᠃; list what must stay in i18n/mn-Mong/allow.yaml under `punctuation`
        ");
    }
}
