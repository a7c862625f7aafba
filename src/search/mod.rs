//! Search: an index for each language, made at build time, and asked without a server.
//!
//! Lives here: what is found, terms, scores, pinyin, slips of the hand, and the form in which a browser gets it all.
//! The browser's half is `templates/assets/search.js`; it takes the same steps. Never here: how results look.

mod apart;
mod documents;
mod emit;
mod expected;
mod index;
mod lexicon;
mod mongolian;
mod normal;
mod pinyin;
mod query;
mod repair;
mod texts;
mod tokens;
mod vocabulary;

pub use documents::{Document, Kind};
pub use emit::{File, Scripts, files, sounds};
pub use expected::{CODES, expected};
pub use index::{Entry, Index, Posting};
pub use normal::normal;
pub use query::{Answer, Hit, Searcher};
pub use tokens::terms;

use crate::model::Catalogue;

/// The indices of all languages; none where the site has search switched off.
pub fn indices(catalogue: &Catalogue) -> Vec<Index> {
    if !catalogue.site.search.enabled {
        return Vec::new();
    }
    // One after another: each uses all threads, and what is needed while it is built is needed once.
    catalogue.lang_ids().map(|(lang, _)| Index::build(catalogue, lang)).collect()
}

/// What asks the indices of all languages, in their order.
pub fn searchers(indices: &[Index]) -> Vec<Searcher<'_>> {
    indices.iter().map(|index| Searcher::new(index, (index.lang.0 > 0).then(|| &indices[0]))).collect()
}

/// The most documents that are handed to a browser whole; beyond, it gets the parts that a query needs.
const WHOLE: usize = 600;

/// Whether an index of so many documents is handed over in parts.
fn in_parts(documents: usize) -> bool {
    documents > WHOLE
}
