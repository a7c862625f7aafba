//! No item, department or other group has the same alias twice.
//!
//! It does no harm in search, but it is a slip: another word was meant.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, Span, Spanned, Written};
use crate::msg;
use hashbrown::HashMap;

pub(super) const RULE: Rule = Rule {
    codes: &[code("duplicate-alias", "同一个别名写了两次", "an alias stands twice")],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    let mut seen = HashMap::new();
    catalogue.items.iter().for_each(|item| repeated(&item.aliases, &mut seen, report));
    let groups = catalogue.departments.iter().chain(&catalogue.audiences).chain(&catalogue.life_events);
    groups.for_each(|group| repeated(&group.aliases, &mut seen, report));
}

/// Reports repetitions within a list. The memory of what was seen is empty for each, but made once.
fn repeated<'c>(aliases: &'c [Spanned<Written>], seen: &mut HashMap<&'c str, &'c Span>, report: &mut Report) {
    seen.clear();
    for alias in aliases {
        if let Some(first) = seen.insert(&alias.value, &alias.span) {
            let word = &alias.value;
            report.push(
                Diagnostic::warning(
                    "duplicate-alias",
                    alias.span.clone(),
                    msg!("别名“{word}”写了两次", "the alias `{word}` stands twice"),
                )
                .related(first.clone(), msg!("第一次在这里", "it stands here first"))
                .hint(msg!("请删去一个", "delete one of them")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn an_alias_twice() {
        let site = Site::default().replace("items/education/grant.yaml", "[补助]", "[补助, 助学, 补助]").replace(
            "departments.yaml",
            "[市财政局]",
            "[市财政局, 市财政局]",
        );
        assert_snapshot!(site.faults(), @r"
        Warning duplicate-alias departments.yaml:1:44 [市财政局]
          别名“市财政局”写了两次
          the alias `市财政局` stands twice
          > 请删去一个
          > delete one of them
          & departments.yaml:1:38 第一次在这里 / it stands here first
        Warning duplicate-alias items/education/grant.yaml:3:19 [补助]
          别名“补助”写了两次
          the alias `补助` stands twice
          > 请删去一个
          > delete one of them
          & items/education/grant.yaml:3:11 第一次在这里 / it stands here first
        ");
    }
}
