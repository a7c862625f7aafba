//! An address that an item had leads to that item alone.
//!
//! Printed QR codes rely on former addresses. One that is also the present address of an item, or a former one of another,
//! would have to lead to two pages.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, Span};
use crate::msg;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "duplicate-former-slug",
        "former_slugs 中的标识已被使用",
        "a former slug is in use, or the former slug of another item as well",
    )],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let mut taken: BTreeMap<&str, Span> =
        cx.catalogue.items.iter().map(|item| (item.slug.as_str(), Span::whole(&item.file))).collect();
    for former in cx.catalogue.items.iter().flat_map(|item| &item.former_slugs) {
        let slug = &former.value;
        match taken.get(slug.as_str()) {
            Some(first) => {
                let message = msg!("标识“{slug}”已被使用", "the slug `{slug}` is taken");
                report.push(
                    Diagnostic::error("duplicate-former-slug", former.span.clone(), message)
                        .related(first.clone(), msg!("用于这里", "it is used here"))
                        .hint(msg!("一个旧地址只能转到一个服务项目", "a former address can lead to one item only")),
                );
            }
            None => {
                taken.insert(slug, former.span.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn addresses_lead_to_one_item() {
        let site = Site::default()
            .replace("items/education/grant.yaml", "number: 1", "number: 1\nformer_slugs: [old, meals]")
            .replace("items/education/meals.yaml", "number: 2", "number: 2\nformer_slugs: [old, older]");
        assert_snapshot!(site.faults(), @r"
        Error duplicate-former-slug items/education/grant.yaml:2:21 [meals]
          标识“meals”已被使用
          the slug `meals` is taken
          > 一个旧地址只能转到一个服务项目
          > a former address can lead to one item only
          & items/education/meals.yaml:1:1 用于这里 / it is used here
        Error duplicate-former-slug items/education/meals.yaml:2:16 [old]
          标识“old”已被使用
          the slug `old` is taken
          > 一个旧地址只能转到一个服务项目
          > a former address can lead to one item only
          & items/education/grant.yaml:2:16 用于这里 / it is used here
        ");
    }
}
