//! A translation is neither far shorter nor far longer than its source.
//!
//! Mongolian has about 5.5 code points for each Han character; below 2 a part is missing, above 8 something is said that the
//! source does not say. Short texts, terms of the glossary and texts that are not mostly in Han characters say nothing.

use super::han::is_han;
use super::pairs;
use crate::check::{Context, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("length-ratio", "译文与原文的长短不相称", "a translation far shorter or longer than its source")],
    run,
};

/// The fewest and the most code points for each character of the source.
const RATIO: (usize, usize) = (2, 8);
/// The shortest source text that a ratio says something about.
const SHORTEST: usize = 4;

fn run(cx: &Context<'_>, report: &mut Report) {
    let (fewest, most) = RATIO;
    for pair in pairs(cx).filter(|pair| !pair.translated.stale && pair.here() != "glossary.yaml") {
        let from = pair.from.chars().filter(|c| !c.is_whitespace()).count();
        let han = pair.from.chars().filter(|c| is_han(*c)).count();
        let length = pair.text.chars().count();
        if from < SHORTEST || han * 2 < from || (from * fewest..=from * most).contains(&length) {
            continue;
        }
        let message = msg!(
            "原文{from}字，译文{length}个码位，长短不相称",
            "{length} code points for {from} characters of the source"
        );
        report.push(Diagnostic::warning("length-ratio", pair.start(), message).hint(msg!(
            "通常每字{fewest}至{most}个码位；请核对有无漏译或多译",
            "{fewest} to {most} for each are usual; see whether a part is missing or was added"
        )));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn too_short() {
        assert_snapshot!(name("ᠨᠣᠮ"), @r"
        Warning length-ratio i18n/mn-Mong/items/education/meals.yaml:2:14 []
          原文4字，译文3个码位，长短不相称
          3 code points for 4 characters of the source
          > 通常每字2至8个码位；请核对有无漏译或多译
          > 2 to 8 for each are usual; see whether a part is missing or was added
        ");
    }

    #[test]
    fn too_long() {
        assert_snapshot!(name(&"ᠨᠣᠮ ".repeat(12)), @r"
        Warning length-ratio i18n/mn-Mong/items/education/meals.yaml:2:14 []
          原文4字，译文47个码位，长短不相称
          47 code points for 4 characters of the source
          > 通常每字2至8个码位；请核对有无漏译或多译
          > 2 to 8 for each are usual; see whether a part is missing or was added
        ");
    }
}
