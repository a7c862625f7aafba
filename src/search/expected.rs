//! The queries of `search-tests.yaml`, asked of the built index: what a query must bring stands near the top.
//!
//! Never here: the index and how it is asked.

use super::{Index, Searcher, searchers};
use crate::diag::{Diagnostic, Report};
use crate::model::{Catalogue, SearchTest};
use crate::msg;

/// A query that does not bring an item: a warning, since the site is sound without.
pub const MISS: (&str, &str, &str) =
    ("search-miss", "搜索测试没有找到应有的项目", "a search test does not bring what it must");

/// Asks every query; names each that misses, with the rank that its item has.
pub fn expected(catalogue: &Catalogue, indices: &[Index]) -> Report {
    let mut report = Report::default();
    let tests = &catalogue.search.tests;
    if tests.is_empty() || indices.is_empty() {
        return report;
    }
    let searchers = searchers(indices);
    for test in tests {
        if let Some(searcher) = searchers.get(test.lang.0) {
            ask(test, searcher, catalogue, &mut report);
        }
    }
    report
}

fn ask(test: &SearchTest, searcher: &Searcher<'_>, catalogue: &Catalogue, report: &mut Report) {
    let answer = searcher.search(&test.query.value);
    let rank = |hit: &super::Hit| test.items.iter().any(|item| item.0 == hit.document);
    let rank = answer.hits.iter().position(rank).map(|at| at + 1);
    if rank.is_some_and(|rank| rank <= test.within) {
        return;
    }
    let name = |at: usize| catalogue.items.get(at).map(|item| item.slug.as_str());
    let first: Vec<&str> = answer.hits.iter().filter_map(|hit| name(hit.document)).take(3).collect();
    let (query, within) = (&test.query.value, test.within);
    let wanted = test.items.iter().filter_map(|item| name(item.0)).collect::<Vec<_>>().join(" / ");
    let message = match rank {
        Some(rank) => msg!(
            "搜索“{query}”时，{wanted} 排在第{rank}位，应在前{within}位",
            "for `{query}`, {wanted} is at rank {rank}, not among the first {within}"
        ),
        None => msg!("搜索“{query}”时找不到 {wanted}", "for `{query}`, {wanted} is not found"),
    };
    let hint = match first.join(", ") {
        found if found.is_empty() => msg!(
            "什么也没有找到；请在该项目的 aliases 或 synonyms.yaml 中加上这种说法",
            "nothing is found; add the word to the item's `aliases` or to `synonyms.yaml`"
        ),
        found => msg!(
            "排在前面的是 {found}；请在该项目的 aliases 或 synonyms.yaml 中加上这种说法",
            "{found} come first; add the word to the item's `aliases` or to `synonyms.yaml`"
        ),
    };
    report.push(Diagnostic::warning(MISS.0, test.query.span.clone(), message).hint(hint));
}
