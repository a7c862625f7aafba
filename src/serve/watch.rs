//! Watching the folders of the content and of the templates.
//!
//! Lives here: which events matter, and what they are about. Folders may go and come back: those around them are watched
//! too. Never here: what is read after a change.

mod poll;

use super::board::Board;
use super::desk::Letter;
use super::{Event, Options, Tell};
use crate::msg;
use crate::source::Changed;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How often folders are looked at that nobody watches.
const OFTEN: Duration = Duration::from_secs(1);

/// Something that may have changed.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    /// In the content.
    pub(super) content: Option<Changed>,
    /// In the templates.
    pub(super) templates: bool,
    /// Whether a folder itself came or went.
    pub(super) is_rooted: bool,
    /// The paths as shown to people.
    pub(super) shown: Vec<String>,
    /// Its number among all changes.
    pub(super) number: u64,
}

impl Noticed {
    /// The first reading.
    pub(super) fn everything() -> Self {
        Self { content: Some(Changed::Anything), templates: true, number: 1, ..Self::default() }
    }

    /// Takes in a later one.
    pub(super) fn add(&mut self, later: Self) {
        self.content = match (self.content.take(), later.content) {
            (Some(Changed::Paths(mut paths)), Some(Changed::Paths(more))) => {
                paths.extend(more);
                Some(Changed::Paths(paths))
            }
            (Some(_), Some(_)) => Some(Changed::Anything),
            (one, other) => one.or(other),
        };
        self.templates |= later.templates;
        self.is_rooted |= later.is_rooted;
        let new: Vec<String> = later.shown.into_iter().filter(|path| !self.shown.contains(path)).collect();
        self.shown.extend(new);
        self.number = later.number;
    }

    fn is_nothing(&self) -> bool {
        self.content.is_none() && !self.templates
    }
}

/// Tells board and desk that something may have changed.
#[derive(Clone)]
pub(super) struct Bell {
    board: Arc<Board>,
    letters: Sender<Letter>,
}

impl Bell {
    /// Rings at this board and this desk.
    pub(super) fn new(board: Arc<Board>, letters: Sender<Letter>) -> Self {
        Self { board, letters }
    }

    fn ring(&self, noticed: Noticed) {
        if !noticed.is_nothing() {
            let _ = self.letters.send(Letter::Noticed(Noticed { number: self.board.notice(), ..noticed }));
        }
    }
}

/// The two folders, under the names that events may use.
#[derive(Debug, Clone)]
struct Roots {
    content: Root,
    templates: Root,
}

#[derive(Debug, Clone)]
struct Root {
    /// As the caller named it.
    named: PathBuf,
    absolute: PathBuf,
    /// Without links, where it was there at the start; some systems report such paths.
    real: Option<PathBuf>,
}

impl Root {
    fn new(path: &Path) -> Self {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // `a/./b` and a slash at the end are no part of what events say.
        let absolute: PathBuf = absolute.components().collect();
        Self { named: path.to_owned(), real: absolute.canonicalize().ok(), absolute }
    }

    /// The path within, with `/`; empty for the folder itself.
    fn within(&self, path: &Path) -> Option<String> {
        let inner = [Some(&self.absolute), self.real.as_ref()].into_iter().flatten();
        let inner = inner.filter_map(|root| path.strip_prefix(root).ok()).next()?;
        Some(inner.to_string_lossy().replace('\\', "/"))
    }
}

impl Roots {
    /// What is to be looked at again for these paths.
    fn noticed<'p>(&self, paths: impl IntoIterator<Item = &'p Path>) -> Noticed {
        let mut noticed = Noticed::default();
        for path in paths {
            if let Some(within) = self.content.within(path) {
                if within.is_empty() {
                    noticed.content = Some(Changed::Anything);
                    noticed.is_rooted = true;
                } else if noticed.content != Some(Changed::Anything) {
                    noticed.show(&self.content, &within);
                    noticed.add_path(within);
                }
            }
            if let Some(within) = self.templates.within(path) {
                noticed.is_rooted |= within.is_empty();
                if !is_residue(&within) {
                    noticed.templates = true;
                    noticed.show(&self.templates, &within);
                }
            }
        }
        noticed
    }
}

impl Noticed {
    fn add_path(&mut self, path: String) {
        match &mut self.content {
            Some(Changed::Paths(paths)) => drop(paths.insert(path)),
            _ => self.content = Some(Changed::Paths(BTreeSet::from([path]))),
        }
    }

    fn show(&mut self, root: &Root, within: &str) {
        let shown = root.named.join(within).to_string_lossy().replace('\\', "/");
        if !is_residue(within) && !self.shown.contains(&shown) {
            self.shown.push(shown);
        }
    }
}

/// What editors leave on the way: no template, and nothing to speak of.
fn is_residue(within: &str) -> bool {
    within.split('/').any(|name| name.starts_with(['.', '#']) || name.ends_with(['~', '#']) || name == "4913")
}

/// The eyes on the folders.
pub(super) struct Watch {
    roots: Roots,
    eyes: Eyes,
}

enum Eyes {
    System(RecommendedWatcher),
    /// Ends with the watch.
    Poll {
        _poll: poll::Poll,
    },
}

impl Watch {
    /// Watches the folders of these options.
    pub(super) fn new(options: &Options, bell: Bell, tell: &Tell) -> Self {
        let roots = Roots { content: Root::new(&options.content), templates: Root::new(&options.templates) };
        let poll = |bell: Bell, every: Duration| Eyes::Poll { _poll: poll::Poll::new(roots.clone(), bell, every) };
        let eyes = match options.poll {
            Some(every) => poll(bell, every),
            None => match system(&roots, bell.clone()) {
                Ok(watcher) => Eyes::System(watcher),
                Err(error) => {
                    tell(Event::Note(msg!(
                        "系统无法监视文件夹（{error}），改为每秒查看一次",
                        "the system cannot watch the folders ({error}); they are looked at once a second instead"
                    )));
                    poll(bell, OFTEN)
                }
            },
        };
        Self { roots, eyes }
    }

    /// After a folder itself came or went it is another one, to be watched anew.
    pub(super) fn follow(&mut self, is_rooted: bool) {
        if let (Eyes::System(watcher), true) = (&mut self.eyes, is_rooted) {
            for root in [&self.roots.content, &self.roots.templates] {
                let _ = watcher.unwatch(&root.absolute);
                if root.absolute.is_dir() {
                    let _ = watcher.watch(&root.absolute, RecursiveMode::Recursive);
                }
            }
        }
    }
}

/// The system's own watcher.
fn system(roots: &Roots, bell: Bell) -> notify::Result<RecommendedWatcher> {
    let seen = roots.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let noticed = match event {
            // Reading is no change; and we read.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event) if event.need_rescan() => Noticed { number: 0, ..Noticed::everything() },
            Ok(event) => seen.noticed(event.paths.iter().map(PathBuf::as_path)),
            Err(_) => Noticed { number: 0, ..Noticed::everything() },
        };
        bell.ring(noticed);
    })?;
    watcher.watch(&roots.content.absolute, RecursiveMode::Recursive)?;
    if roots.templates.absolute.is_dir() {
        watcher.watch(&roots.templates.absolute, RecursiveMode::Recursive)?;
    }
    // Where folders come and go. One that cannot be watched tells nothing of that, which is no reason not to serve.
    let around: BTreeSet<&Path> =
        [&roots.content, &roots.templates].into_iter().filter_map(|root| root.absolute.parent()).collect();
    for folder in around.into_iter().filter(|folder| !folder.starts_with(&roots.content.absolute)) {
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
    Ok(watcher)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots() -> Roots {
        Roots { content: Root::new(Path::new("/list/content/")), templates: Root::new(Path::new("/list/own")) }
    }

    fn noticed(paths: &[&str]) -> Noticed {
        roots().noticed(paths.iter().map(Path::new))
    }

    #[test]
    fn paths_are_told_apart() {
        let change = noticed(&["/list/content/items/a/b.yaml", "/list/content/.b.swp", "/list/public/x.html"]);
        let paths = BTreeSet::from(["items/a/b.yaml".to_owned(), ".b.swp".to_owned()]);
        assert_eq!(change.content, Some(Changed::Paths(paths)));
        assert!(!change.templates && !change.is_rooted);
        assert_eq!(change.shown, ["/list/content/items/a/b.yaml"]);
        assert!(noticed(&["/list/own/pages/item.html"]).templates);
        assert!(noticed(&["/list/own/pages/.item.html.swp", "/list/own/4913", "/list"]).is_nothing());
        assert!(noticed(&["/list/own"]).is_rooted && noticed(&["/list/own"]).templates);
        assert_eq!(noticed(&["/list/content"]).content, Some(Changed::Anything));
    }

    #[test]
    fn changes_add_up() {
        let mut change = noticed(&["/list/content/a.yaml"]);
        change.add(Noticed { number: 7, ..noticed(&["/list/content/a.yaml", "/list/content/b.yaml"]) });
        assert_eq!(change.content, Some(Changed::Paths(BTreeSet::from(["a.yaml".to_owned(), "b.yaml".to_owned()]))));
        assert_eq!((change.shown.len(), change.number), (2, 7));
        change.add(noticed(&["/list/own/a.html"]));
        assert!(change.templates && change.content != Some(Changed::Anything));
        change.add(Noticed::everything());
        assert_eq!(change.content, Some(Changed::Anything));
    }
}
