//! What is served now, seen by all connections at once.

use super::Explained;
use super::generation::Generation;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use tokio::sync::watch;

/// What is served.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The site: the newest that is sound. None before there is one.
    pub(super) site: Option<Arc<Generation>>,
    /// The errors of what was saved since; empty where there are none.
    pub(super) faults: Arc<Explained>,
    /// The number of the last change that was noticed.
    noticed: u64,
    /// The number of the last change that the above takes in.
    done: u64,
}

impl State {
    /// Whether every change that was noticed is taken in.
    pub(super) fn is_settled(&self) -> bool {
        self.noticed == self.done
    }

    /// Whether there was anything yet.
    pub(super) fn has_begun(&self) -> bool {
        self.done > 0
    }
}

/// The place where the desk puts what connections serve.
pub(super) struct Board {
    state: watch::Sender<State>,
    /// Differs from run to run, so that a page of an earlier run is known as one.
    run: u64,
}

impl Default for Board {
    fn default() -> Self {
        // The first reading is a change that was noticed.
        let state = State { noticed: 1, ..State::default() };
        Self { state: watch::Sender::new(state), run: RandomState::new().build_hasher().finish() }
    }
}

impl Board {
    /// A change was noticed: who asks from now on waits for it. Its number.
    pub(super) fn notice(&self) -> u64 {
        let mut number = 0;
        self.state.send_modify(|state| {
            state.noticed += 1;
            number = state.noticed;
        });
        number
    }

    /// Puts up what is served from now on, with the changes up to this number.
    pub(super) fn put(&self, site: Option<Arc<Generation>>, faults: Explained, done: u64) {
        let mut old = None;
        self.state.send_modify(|state| {
            old = std::mem::replace(&mut state.site, site);
            state.faults = Arc::new(faults);
            state.done = done;
        });
        // A large catalogue takes a moment to be dropped; nobody waits for that.
        drop(old);
    }

    /// Nothing is different with the changes up to this number.
    pub(super) fn pass(&self, done: u64) {
        self.state.send_modify(|state| state.done = done);
    }

    /// The state now, and what follows.
    pub(super) fn look(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// The name of a page's version: of this run, and of this site.
    pub(super) fn version(&self, site: Option<&Arc<Generation>>) -> String {
        format!("{:016x}-{}", self.run, site.map_or(0, |site| site.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_after_a_save_waits_for_it() {
        let board = Board::default();
        let look = board.look();
        assert!(!look.borrow().is_settled(), "the first reading");
        board.put(None, Explained::default(), 1);
        assert!(look.borrow().is_settled() && look.borrow().has_begun());
        let (first, second) = (board.notice(), board.notice());
        board.pass(first);
        assert!(!look.borrow().is_settled());
        board.pass(second);
        assert!(look.borrow().is_settled());
        assert_ne!(board.version(None), Board::default().version(None));
    }
}
