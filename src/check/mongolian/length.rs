//! A translation is neither far shorter nor far longer than its source.
//!
//! Mongolian has about 5.5 code points for each Han character; below 2 a part is missing, above 8 something is said that the
//! source does not say. Short texts, terms of the glossary and texts that are not mostly in Han characters say nothing.

use super::han::is_han;
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("length-ratio", "译文与原文的长短不相称", "a translation far shorter or longer than its source")],
    look: Look::Mongolian(look),
};

/// The fewest and the most code points for each character of the source.
const RATIO: (usize, usize) = (2, 8);
/// The shortest source text of which it can be said that its translation is too short, and too long: a name may be three
/// characters in Chinese and a phrase in Mongolian.
const SHORTEST: (usize, usize) = (4, 20);

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let (pair, (fewest, most)) = (reading.pair, RATIO);
    if pair.translated.stale || pair.here() == "glossary.yaml" {
        return;
    }
    let from = pair.from.chars().filter(|c| !c.is_whitespace()).count();
    let length = pair.text.chars().count();
    let short = from >= SHORTEST.0 && length < from * fewest;
    let long = from >= SHORTEST.1 && length > from * most;
    let mostly_han = || pair.from.chars().filter(|c| is_han(*c)).count() * 2 >= from;
    if !(short || long) || !mostly_han() {
        return;
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

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
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
        let long = "ᠨᠣᠮ ".repeat(50);
        assert_eq!(name(&long), "", "a name may be long");
        let site = Site::default().replace("items/education/meals.yaml", "营养膳食", &"营养膳食".repeat(6)).with(
            "i18n/mn-Mong/items/education/meals.yaml",
            &format!("status: draft\ntext: {{name: {}}}\n", long.trim_end()),
        );
        assert_snapshot!(site.faults(), @r"
        Warning length-ratio i18n/mn-Mong/items/education/meals.yaml:2:14 []
          原文24字，译文199个码位，长短不相称
          199 code points for 24 characters of the source
          > 通常每字2至8个码位；请核对有无漏译或多译
          > 2 to 8 for each are usual; see whether a part is missing or was added
        ");
    }
}
