//! How far long work has come: a bar on a terminal, now and then a plain line elsewhere.

use super::output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long work goes on before a line says how far it has come, and then before the next.
const PAUSE: Duration = Duration::from_secs(3);

/// Tells how far work has come, if it takes a moment.
pub(super) struct Bar {
    bar: ProgressBar,
    lines: Option<Lines>,
}

/// For logs, which keep every line.
struct Lines {
    total: usize,
    next: Mutex<Instant>,
}

impl Bar {
    /// For `total` files or steps, on standard error. indicatif hides its bar where that is no terminal.
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(total as u64) };
        if !quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        let is_log = !quiet && !std::io::stderr().is_terminal();
        Self { bar, lines: is_log.then(|| Lines { total, next: Mutex::new(Instant::now() + PAUSE) }) }
    }

    /// Something that moves on a terminal while nobody knows how long it takes.
    #[cfg(feature = "serve")]
    pub(super) fn waiting(message: &str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(message.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, lines: None }
    }

    /// So many files are done.
    pub(super) fn at(&self, done: usize) {
        self.bar.set_position(done as u64);
        // Whoever finds another at it need not wait: that one prints.
        let Some((lines, Ok(mut next))) = self.lines.as_ref().map(|lines| (lines, lines.next.try_lock())) else {
            return;
        };
        let now = Instant::now();
        if now >= *next {
            *next = now + PAUSE;
            // If standard error is gone there is nobody left to tell.
            let _ = output::print_error(&format!("{done}/{}\n", lines.total));
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
