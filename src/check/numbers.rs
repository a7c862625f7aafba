//! Item numbers run from 1 without gap or repetition, as they do in a printed list.
//!
//! A gap nearly always is a file that was forgotten or a slip in a number. Numbers missing at the end cannot be seen here;
//! the expected counts see them.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, Severity, Spanned};
use crate::model::Item;
use crate::msg;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("duplicate-number", "两个服务项目的序号相同", "two items have the same number"),
        code("number-gap", "序号不连续，或者不从1开始", "numbers do not run on from 1"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    if !cx.catalogue.numbered {
        return;
    }
    let mut by_number: BTreeMap<u32, (&Item, &Spanned<u32>)> = BTreeMap::new();
    for item in &cx.catalogue.items {
        let Some(number) = &item.number else { continue };
        match by_number.get(&number.value) {
            Some((first, place)) => {
                let (n, slug) = (number.value, &first.slug);
                let message = msg!("序号{n}已用于“{slug}”", "the number {n} is taken by `{slug}`");
                let diagnostic = Diagnostic::error("duplicate-number", number.span.clone(), message)
                    .related(place.span.clone(), msg!("先用于这里", "it is used here first"))
                    .hint(msg!("请改正其中一个序号", "correct one of the two numbers"));
                report.push(diagnostic);
            }
            None => {
                by_number.insert(number.value, (item, number));
            }
        }
    }
    // Where a file or a number could not be read, the number is missing for that reason alone.
    if !cx.catalogue.incomplete && cx.catalogue.items.iter().all(|item| item.number.is_some()) {
        // A list that states how many items it has is meant to be whole; another may have been cut on purpose.
        let severity = if cx.catalogue.expected.items.is_some() { Severity::Error } else { Severity::Warning };
        gaps(by_number.values().map(|(_, number)| *number), severity, report);
    }
}

/// Reports each gap at the number after it.
fn gaps<'n>(numbers: impl Iterator<Item = &'n Spanned<u32>>, severity: Severity, report: &mut Report) {
    let gap = |place: &Spanned<u32>, message| Diagnostic {
        severity,
        ..Diagnostic::error("number-gap", place.span.clone(), message)
    };
    let mut next = 1;
    for number in numbers {
        let n = number.value;
        if n == 0 {
            let message = msg!("序号应从1开始，这里是0", "numbers begin with 1, not 0");
            report.push(gap(number, message).hint(msg!("请改正这个序号", "correct this number")));
            continue;
        }
        let last = n - 1;
        let message = match last.checked_sub(next) {
            None => None,
            Some(0) => Some(msg!("{n}之前缺少序号{last}", "before {n}, the number {last} is missing")),
            Some(_) => {
                Some(msg!("{n}之前缺少序号{next}到{last}", "before {n}, the numbers {next} to {last} are missing"))
            }
        };
        if let Some(message) = message {
            report.push(gap(number, message).hint(msg!(
                "请补上缺少的文件，或改正序号；没有序号的清单在 catalogue.yaml 写“numbers: none”",
                "add the missing files or correct the numbers; a list without numbers says `numbers: none` in catalogue.yaml"
            )));
        }
        next = n.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    const MEALS: &str = "items/education/meals.yaml";

    #[test]
    fn a_repeated_number() {
        assert_snapshot!(Site::default().replace(MEALS, "number: 2", "number: 1").faults(), @r"
        Error duplicate-number items/education/meals.yaml:1:9 [1]
          序号1已用于“grant”
          the number 1 is taken by `grant`
          > 请改正其中一个序号
          > correct one of the two numbers
          & items/education/grant.yaml:1:9 先用于这里 / it is used here first
        ");
    }

    #[test]
    fn gaps() {
        assert_snapshot!(Site::default().replace(MEALS, "number: 2", "number: 3").faults(), @r"
        Error number-gap items/education/meals.yaml:1:9 [3]
          3之前缺少序号2
          before 3, the number 2 is missing
          > 请补上缺少的文件，或改正序号；没有序号的清单在 catalogue.yaml 写“numbers: none”
          > add the missing files or correct the numbers; a list without numbers says `numbers: none` in catalogue.yaml
        ");
        assert_snapshot!(Site::default().replace(MEALS, "number: 2", "number: 9").faults(), @r"
        Error number-gap items/education/meals.yaml:1:9 [9]
          9之前缺少序号2到8
          before 9, the numbers 2 to 8 are missing
          > 请补上缺少的文件，或改正序号；没有序号的清单在 catalogue.yaml 写“numbers: none”
          > add the missing files or correct the numbers; a list without numbers says `numbers: none` in catalogue.yaml
        ");
        assert_snapshot!(Site::default().replace(MEALS, "number: 2", "number: 0").faults(), @r"
        Error number-gap items/education/meals.yaml:1:9 [0]
          序号应从1开始，这里是0
          numbers begin with 1, not 0
          > 请改正这个序号
          > correct this number
        ");
    }

    #[test]
    fn lists_without_numbers_and_incomplete_ones_have_no_gaps() {
        let unnumbered = Site::default().replace("catalogue.yaml", "name: 清单", "name: 清单\nnumbers: none");
        assert!(unnumbered.replace(MEALS, "number: 2", "number: 7").check().is_empty());
        let mut catalogue = Site::default().replace(MEALS, "number: 2", "number: 7").load();
        catalogue.incomplete = true;
        assert!(super::super::check(&catalogue).is_empty());
    }
}
