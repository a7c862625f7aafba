//! Every domain has something in it.
//!
//! A domain is a tile on the home page; one that leads to an empty page is a promise not kept. Departments, audiences and
//! life events without items are fine: some departments occur in the division of tasks alone.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::model::DomainId;
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[code("empty-domain", "领域中没有服务项目，也没有任务", "a domain without items and tasks")],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    if catalogue.incomplete {
        return;
    }
    for (i, domain) in catalogue.domains.iter().enumerate() {
        let id = DomainId(i);
        let has_tasks = catalogue.policy.areas.iter().any(|area| area.domain == Some(id) && !area.tasks.is_empty());
        if catalogue.count_within(id) > 0 || has_tasks {
            continue;
        }
        let name = &domain.id.value;
        let message = msg!("领域“{name}”里没有服务项目", "the domain `{name}` has no items");
        report.push(Diagnostic::warning("empty-domain", domain.id.span.clone(), message).hint(msg!(
            "请在 items/ 下它的文件夹中添加服务项目，或删去这个领域",
            "add items to its folder under items/, or remove the domain"
        )));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn a_domain_without_items() {
        let site = Site::default().with("domains.yaml", "- {id: education, name: 教育}\n- {id: health, name: 卫生}\n");
        assert_snapshot!(site.faults(), @r"
        Warning empty-domain domains.yaml:2:8 [health]
          领域“health”里没有服务项目
          the domain `health` has no items
          > 请在 items/ 下它的文件夹中添加服务项目，或删去这个领域
          > add items to its folder under items/, or remove the domain
        ");
    }
}
