//! A progress bar on a terminal, for builds long enough to be watched; nothing elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that appears only on a terminal, and only if the work takes a moment.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar for `total` files. indicatif draws to standard error, and hides the bar where that is no terminal.
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(total as u64) };
        if !quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Something that moves on a terminal while nobody knows how long it takes.
    #[cfg(feature = "serve")]
    pub(super) fn waiting(message: &str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(message.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Self { bar }
    }

    /// So many files are done.
    pub(super) fn at(&self, done: usize) {
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
