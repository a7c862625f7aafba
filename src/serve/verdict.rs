//! The rules, put to each new site beside the making of its pages: on a large list they take longer than anybody waits.
//!
//! Lives here: when rules and search tests run. Never here: what they say (`check`, `search`).

use super::desk::Letter;
use super::generation::Generation;
use crate::diag::Report;
use crate::model::Catalogue;
use crate::{check, search};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// Beyond so many items the tests of search are left to `qingdan check`: an index of ten thousand takes ten seconds.
const SEARCHED: usize = 2000;

/// What the rules say of a site.
pub(super) struct Verdict {
    /// The site's number.
    pub(super) number: u64,
    /// What they found.
    pub(super) report: Report,
    /// How long they took.
    pub(super) took: Duration,
}

/// Something to be judged.
enum Case {
    /// A new site: its number and its catalogue.
    Rules(u64, Arc<Catalogue>),
    /// The same site, found sound: what its search brings, after what the rules said.
    Search(Arc<Generation>),
}

/// A thread that judges one site after another, and only the newest.
pub(super) struct Judge {
    cases: Sender<Case>,
}

impl Judge {
    /// Starts the thread; it ends with the judge.
    pub(super) fn new(letters: Sender<Letter>) -> Self {
        let (cases, receiver) = mpsc::channel();
        std::thread::spawn(move || judge(&receiver, &letters));
        Self { cases }
    }

    /// Puts a new site to the rules.
    pub(super) fn ask(&self, number: u64, catalogue: &Arc<Catalogue>) {
        let _ = self.cases.send(Case::Rules(number, Arc::clone(catalogue)));
    }

    /// Puts a sound site to the tests of search.
    pub(super) fn ask_more(&self, site: &Arc<Generation>) {
        let _ = self.cases.send(Case::Search(Arc::clone(site)));
    }
}

fn judge(cases: &Receiver<Case>, letters: &Sender<Letter>) {
    // One thread: whoever asks for a page meanwhile gets the others.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok();
    let mut said = Report::default();
    while let Ok(first) = cases.recv() {
        let case = cases.try_iter().last().unwrap_or(first);
        let begun = Instant::now();
        let (number, report) = match case {
            Case::Rules(number, catalogue) => {
                said = check::check(&catalogue);
                (number, said.clone())
            }
            Case::Search(site) => {
                let catalogue = site.catalogue();
                if catalogue.items.len() > SEARCHED
                    || catalogue.search.tests.is_empty() && catalogue.search.synonyms.is_empty()
                {
                    continue;
                }
                let ask = || search::expected(catalogue, site.indices());
                let found = pool.as_ref().map_or_else(Report::default, |pool| pool.install(ask));
                if found.is_empty() {
                    continue;
                }
                let mut report = said.clone();
                report.merge(found);
                (site.number, report)
            }
        };
        if letters.send(Letter::Verdict(Verdict { number, report, took: begun.elapsed() })).is_err() {
            return;
        }
    }
}
