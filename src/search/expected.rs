//! What the content expects of search: the queries of `search-tests.yaml` bring what they must, and every word of
//! `synonyms.yaml` stands in some text.
//!
//! Never here: the index and how it is asked.

use super::{Index, Searcher, normal, searchers};
use crate::diag::{Diagnostic, Report};
use crate::model::{Catalogue, SearchTest};
use crate::msg;
use std::collections::BTreeSet;

/// The codes, in Chinese and English; both are warnings, since the site is sound without.
pub const CODES: [(&str, &str, &str); 2] = [
    ("search-miss", "搜索测试没有找到应有的项目", "a search test does not bring what it must"),
    ("idle-synonym", "synonyms.yaml 中的词没有出现在任何项目里", "a word of synonyms.yaml stands in no item"),
];

/// Asks every query, and names each that misses with the rank that its item has; names words that help nobody.
pub fn expected(catalogue: &Catalogue, indices: &[Index]) -> Report {
    let mut report = Report::default();
    if indices.is_empty() || catalogue.incomplete {
        return report;
    }
    let searchers = searchers(indices);
    for test in &catalogue.search.tests {
        if let Some(searcher) = searchers.get(test.lang.0) {
            ask(test, searcher, catalogue, &mut report);
        }
    }
    indices.iter().for_each(|index| idle(index, catalogue, &mut report));
    report
}

/// Synonyms of words that no document has: most often a slip.
fn idle(index: &Index, catalogue: &Catalogue, report: &mut Report) {
    let Some(synonyms) = catalogue.search.synonyms(index.lang).filter(|s| !s.words.is_empty()) else { return };
    let used: BTreeSet<&str> = index.spoken.iter().map(|at| index.synonyms.pairs[*at].0.as_str()).collect();
    for (word, _) in synonyms.words.iter().filter(|(word, _)| !used.contains(normal(&word.value).as_str())) {
        let written = &word.value;
        let message = msg!("“{written}”没有出现在任何项目的文字里", "`{written}` stands in no item's texts");
        report.push(Diagnostic::warning("idle-synonym", word.span.clone(), message).hint(msg!(
            "请改为清单中的用词；只适合一个项目的说法写进它的 aliases",
            "write a word that the list uses; what fits one item alone belongs to its `aliases`"
        )));
    }
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
    report.push(Diagnostic::warning("search-miss", test.query.span.clone(), message).hint(hint));
}
