//! The development server: the site from memory, made anew at each save, and shown by a browser that reloads by itself.
//!
//! ```text
//! watch ──► desk ──► board ◄── http ◄── browsers
//!            │ ▲
//!            ▼ │
//!         verdict (the rules, beside the pages)
//! ```
//!
//! Lives here: watching, rebuilding, serving on loopback, and the client's script and sheet. Nothing is written to the disk.
//! Never here: printing (`cli` is told by [`Event`]s), what a fault looks like in words ([`Options::explain`]), and any rule
//! about content.
#![allow(clippy::disallowed_methods, reason = "this room watches and reads folders while it serves")]

mod board;
mod content;
mod desk;
mod generation;
mod http;
mod inject;
mod listen;
mod pages;
mod request;
mod verdict;
mod watch;

pub use content::Content;
pub use listen::Port;

use crate::diag::{Message, Report};
use crate::{msg, source};
use board::Board;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::Notify;

/// What is served, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the content.
    pub content: PathBuf,
    /// The folder of the site's own templates; it may appear later.
    pub templates: PathBuf,
    /// Where the site will be published; overrides `site.yaml`. In the form of [`crate::url::normal_base`].
    pub base_url: Option<String>,
    /// The port on loopback.
    pub port: Port,
    /// Looks at the folders so often, rather than wait to be told: for folders whose changes nobody reports.
    pub poll: Option<Duration>,
    /// Puts faults into words for pages.
    pub explain: fn(&Report) -> Explained,
}

/// Faults in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explained {
    /// The errors as a JSON array, in the form that `client/reload.js` reads.
    pub json: String,
    /// The same in lines, for pages without script.
    pub text: String,
    /// How many there are; the above may leave off before.
    pub count: usize,
}

/// What happened, for whoever watches the terminal.
#[derive(Debug)]
pub enum Event {
    /// The site was made anew.
    Built {
        /// What had changed, as shown to people; empty at the start.
        changed: Vec<String>,
        /// From the first sign of the change to the new site.
        took: Duration,
    },
    /// All faults of the content and the theme as they are now, sorted. With errors the last good site stays up.
    Found(Report),
    /// A page that was asked for could not be made.
    Unmade(Report),
    /// Something that whoever serves should know.
    Note(Message),
}

/// Is told what happens; from any thread.
pub type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// A server that listens, and is yet to be run.
pub struct Server {
    options: Options,
    listening: listen::Listening,
    end: Arc<Notify>,
}

/// Ends a server from elsewhere.
#[derive(Debug, Clone)]
pub struct Handle(Arc<Notify>);

impl Handle {
    /// Ends the server; its [`Server::run`] returns.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}

impl Server {
    /// Listens on loopback.
    ///
    /// # Errors
    /// A sentence where the content is no readable folder, or the port cannot be had.
    pub fn open(options: Options) -> Result<Self, Message> {
        source::true_folder(&options.content).map_err(|none| none.message)?;
        let listening = listen::listen(options.port)?;
        Ok(Self { options, listening, end: Arc::new(Notify::new()) })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.listening.port
    }

    /// The address of the site.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.listening.port)
    }

    /// What ends the server.
    pub fn handle(&self) -> Handle {
        Handle(Arc::clone(&self.end))
    }

    /// Serves until it is interrupted (Ctrl-C) or stopped.
    ///
    /// # Errors
    /// A sentence where the system gives no thread or no event loop.
    pub fn run(self, tell: Tell) -> Result<(), Message> {
        let Self { options, listening, end } = self;
        let failed = |error: std::io::Error| msg!("无法启动服务器：{error}", "the server cannot start: {error}");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(MOST_AT_WORK)
            .build()
            .map_err(failed)?;
        let board = Arc::new(Board::default());
        let (sender, receiver) = mpsc::channel();
        // Before anything is read, so that no change is missed.
        let watch = watch::Watch::new(&options, watch::Bell::new(Arc::clone(&board), sender.clone()), &tell);
        let desk = desk::Desk::new(options, Arc::clone(&board), watch, sender.clone(), Arc::clone(&tell));
        let builder =
            std::thread::Builder::new().name("desk".into()).spawn(move || desk.run(&receiver)).map_err(failed)?;
        let done = runtime.block_on(http::serve(listening, Arc::clone(&board), tell, end)).map_err(failed);
        let _ = sender.send(desk::Letter::End);
        // What is being made for a browser need not be finished; nothing of it outlives the program.
        runtime.shutdown_background();
        let _ = builder.join();
        done
    }
}

/// Pages that are made at a time; others wait.
const MOST_AT_WORK: usize = 8;
