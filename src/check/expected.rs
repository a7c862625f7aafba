//! The list has as many items as `catalogue.yaml: expected` says, in all and in each domain.
//!
//! The counts guard against a file lost on the way: with 82 items nobody sees that one is gone.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("expected-items", "服务项目总数与 expected 不符", "the number of items is not the expected one"),
        code("expected-domain", "某领域的项目数与 expected 不符", "a domain's number of items is not the expected one"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    if catalogue.incomplete {
        return;
    }
    let hint = || {
        msg!(
            "请检查是否少了或多了文件；清单确有调整的，请改这里的数",
            "look for a lost or a surplus file; where the list did change, correct this count"
        )
    };
    if let Some(expected) = &catalogue.expected.items {
        let (wanted, found) = (expected.value, catalogue.items.len());
        if wanted != found {
            let message = msg!("应有{wanted}个服务项目，实有{found}个", "expected {wanted} items, found {found}");
            report.push(Diagnostic::error("expected-items", expected.span.clone(), message).hint(hint()));
        }
    }
    for (domain, expected) in &catalogue.expected.domains {
        let (wanted, found) = (expected.value, catalogue.count_within(*domain));
        if wanted != found {
            let id = &catalogue.domain(*domain).id.value;
            let message = msg!(
                "领域“{id}”应有{wanted}个服务项目，实有{found}个",
                "expected {wanted} items in the domain `{id}`, found {found}"
            );
            report.push(Diagnostic::error("expected-domain", expected.span.clone(), message).hint(hint()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn counts_that_differ() {
        let site =
            Site::default().without("items/education/meals.yaml").without("i18n/mn-Mong/items/education/meals.yaml");
        assert_snapshot!(site.faults(), @r"
        Error expected-items catalogue.yaml:8:19 [2]
          应有2个服务项目，实有1个
          expected 2 items, found 1
          > 请检查是否少了或多了文件；清单确有调整的，请改这里的数
          > look for a lost or a surplus file; where the list did change, correct this count
        Error expected-domain catalogue.yaml:8:43 [2]
          领域“education”应有2个服务项目，实有1个
          expected 2 items in the domain `education`, found 1
          > 请检查是否少了或多了文件；清单确有调整的，请改这里的数
          > look for a lost or a surplus file; where the list did change, correct this count
        ");
    }
}
