//! `build --swap`: the whole new site in a folder of its own, and then one link that is replaced.
//!
//! Lives here: releases, folders named `<out>.release-<number>` beside `<out>`, which is a link to one of them. Never here:
//! how a folder is brought to a site (the parent does that).
//!
//! # The order of things
//! 1. The link is looked at: a folder, or a link to what this did not make, is refused untouched.
//! 2. `<out>.release.lock` is locked, and so is the release that is shown, so that no other build changes it meanwhile.
//! 3. `<out>.release-<n>.new` gets the files of the release that is shown, as further names of the same files (hard
//!    links; copies with their times where a file system has none), those of others included. A file of a release is never
//!    written to: builds replace files by rename, so that a change of one name leaves the other as it is.
//! 4. The folder is brought to the new site as any output folder. A fault here removes it, and nothing else has happened.
//!    Where nothing differs it is removed as well, and the link stays.
//! 5. The folder is renamed to `<out>.release-<n>`, a link to it is made under another name, and that is renamed to `<out>`:
//!    readers see the old site whole, then the new one. Before this rename a kill changes nothing for them.
//! 6. Of other releases the one shown before stays, for going back; older ones and what killed runs left are removed,
//!    but for files of others in them that the new site does not have as well.

use super::error::{Action, OutputError};
use super::guard::{self, Surroundings};
use super::list::{LIST, List};
use super::lock::{self, LOCK, Lock};
use super::path::RESERVED;
use super::{Job, Summary, Twins, WriteError};
use crate::diag::Message;
use crate::msg;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands between the name of the link and a release's number.
const MARK: &str = ".release-";
/// The ending of a release that is not finished.
const UNFINISHED: &str = ".new";

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swapped {
    /// The difference to the release that was shown.
    pub summary: Summary,
    /// The release that is shown now.
    pub shown: PathBuf,
    /// The release that was shown before and stays; none at first, and where nothing differed.
    pub former: Option<PathBuf>,
}

/// The link, and what stands around it.
struct Place {
    /// The link's path, its folder without links.
    link: PathBuf,
    folder: PathBuf,
    name: String,
}

/// Whether `out` can be published by replacing a link, without touching it.
///
/// # Errors
/// [`OutputError`] for a folder, for a link to what is no release, and for what no site may be written to.
pub fn refuse_swap(out: &Path, inputs: &[&Path]) -> Result<(), OutputError> {
    let place = Place::of(out)?;
    guard::fit(&place.release(1), inputs, &Surroundings::of_this_process())?;
    place.shown(out).map(drop)
}

/// As [`super::apply_with`], but the site is made whole beside the old one, and shown by replacing one link.
///
/// # Errors
/// As [`super::apply_with`]; the former site stands then.
pub fn swap<E: Send>(job: &Job<'_, E>, twins: Option<&dyn Twins>) -> Result<Swapped, WriteError<E>> {
    swap_in(job, twins, &Surroundings::of_this_process(), lock::PATIENCE)
}

pub(super) fn swap_in<E: Send>(
    job: &Job<'_, E>,
    twins: Option<&dyn Twins>,
    around: &Surroundings,
    patience: Duration,
) -> Result<Swapped, WriteError<E>> {
    let place = Place::of(job.out)?;
    guard::fit(&place.release(1), job.inputs, around)?;
    place.shown(job.out)?;
    fs::create_dir_all(&place.folder).map_err(OutputError::io(&place.folder, Action::MakeFolder))?;
    let _lock = Lock::at(&place.beside(".release.lock"), job.out, patience)?;
    // Read again: until the lock was ours, another run may have changed it.
    let shown = place.shown(job.out)?;
    let _shown_lock = shown.as_deref().map(|shown| Lock::take(shown, patience)).transpose()?;
    if let Some(shown) = &shown {
        super::heal(shown)?;
    }
    let releases = place.releases()?;
    for unfinished in releases.iter().filter(|release| release.unfinished) {
        remove(&unfinished.path, shown.as_deref())?;
    }
    let number = releases.iter().map(|release| release.number).max().unwrap_or(0) + 1;
    let new = place.beside(&format!("{MARK}{number}{UNFINISHED}"));
    let made = make(job, twins, (around, patience), shown.as_deref(), &new);
    let changes = made.as_ref().is_ok_and(|summary| shown.is_none() || summary.written + summary.removed > 0);
    if !changes {
        // What was made to be thrown away: that it could not be, the next run finds out.
        let _ = remove(&new, shown.as_deref());
        place.clear_old(shown.as_deref());
        return Ok(Swapped { summary: made?, shown: shown.unwrap_or_default(), former: None });
    }
    let release = place.release(number);
    fs::rename(&new, &release).map_err(OutputError::io(&release, Action::Move))?;
    place.show(&release)?;
    place.clear(&release, |old| Some(old.path.as_path()) != shown.as_deref());
    Ok(Swapped { summary: made?, shown: release, former: shown })
}

/// Fills a new folder with what is shown, and brings it to the new site.
fn make<E: Send>(
    job: &Job<'_, E>,
    twins: Option<&dyn Twins>,
    (around, patience): (&Surroundings, Duration),
    shown: Option<&Path>,
    new: &Path,
) -> Result<Summary, WriteError<E>> {
    let Job { inputs, paths, make, last, progress, .. } = *job;
    fs::create_dir(new).map_err(OutputError::io(new, Action::MakeFolder))?;
    // The lock comes first: by it the next run knows the folder for ours.
    let lock = new.join(LOCK);
    fs::write(&lock, "").map_err(OutputError::io(&lock, Action::Write))?;
    if let Some(shown) = shown {
        share(shown, new)?;
    }
    // A release is looked at as a whole: it has no stamp.
    let made_from = &|| None;
    super::apply_in(&Job { out: new, inputs, paths, make, last, made_from, progress }, twins, around, patience)
}

impl Place {
    fn of(out: &Path) -> Result<Self, OutputError> {
        let full = std::path::absolute(out).map_err(OutputError::io(out, Action::Read))?;
        let (Some(folder), Some(name)) = (full.parent(), full.file_name().and_then(|name| name.to_str())) else {
            return Err(unswappable(
                out,
                msg!("它不是链接的名字", "it is no name for a link"),
                msg!("用 --out 指定一个名字，例如 public", "name it with --out, such as public"),
            ));
        };
        let folder = guard::resolve(folder)?;
        Ok(Self { link: folder.join(name), name: name.to_owned(), folder })
    }

    fn beside(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", self.name))
    }

    fn release(&self, number: u64) -> PathBuf {
        self.beside(&format!("{MARK}{number}"))
    }

    /// The release that the link leads to; none where there is nothing yet.
    fn shown(&self, out: &Path) -> Result<Option<PathBuf>, OutputError> {
        let Some(kind) = guard::kind(&self.link)? else { return Ok(None) };
        if !kind.is_symlink() {
            let (name, first) = (&self.name, self.release(1));
            let first = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(unswappable(
                out,
                msg!("它不是链接", "it is no link"),
                msg!(
                    "先把它变成第一个版本：mv {name} {first} && ln -s {first} {name}；或不用 --swap",
                    "make it the first release: mv {name} {first} && ln -s {first} {name}; or leave out --swap"
                ),
            ));
        }
        let target = fs::read_link(&self.link).map_err(OutputError::io(&self.link, Action::Read))?;
        let release = self.folder.join(&target);
        let named = release.parent() == Some(self.folder.as_path())
            && release
                .file_name()
                .and_then(|name| self.number(name.to_str()?))
                .is_some_and(|(_, unfinished)| !unfinished);
        let real = guard::kind(&release)?.is_some_and(|kind| kind.is_dir());
        if named && real && List::read(&release)?.is_some() {
            return Ok(Some(release));
        }
        let target = target.display();
        Err(unswappable(
            out,
            msg!("它指向“{target}”，那不是 --swap 生成的", "it leads to `{target}`, which --swap did not make"),
            msg!("把链接移走，再重新构建", "move the link away, then build again"),
        ))
    }

    /// The number of a release by its folder's name, and whether it is unfinished.
    fn number(&self, name: &str) -> Option<(u64, bool)> {
        let rest = name.strip_prefix(&self.name)?.strip_prefix(MARK)?;
        let (digits, unfinished) = rest.strip_suffix(UNFINISHED).map_or((rest, false), |digits| (digits, true));
        let canonical = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        canonical.then(|| digits.parse().ok()).flatten().map(|number| (number, unfinished))
    }

    /// What has a release's name beside the link, whoever made it: a name that is taken is not used again.
    fn releases(&self) -> Result<Vec<Release>, OutputError> {
        let mut releases = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(OutputError::io(&self.folder, Action::Read))? {
            let entry = entry.map_err(OutputError::io(&self.folder, Action::Read))?;
            let Some((number, unfinished)) = entry.file_name().to_str().and_then(|name| self.number(name)) else {
                continue;
            };
            releases.push(Release { path: entry.path(), number, unfinished });
        }
        releases.sort_by_key(|release| release.number);
        Ok(releases)
    }

    /// Removes releases. One that cannot be removed is no fault of a run whose site is shown, and the next one tries again.
    fn clear(&self, shown: &Path, is_old: impl Fn(&Release) -> bool) {
        for release in self.releases().unwrap_or_default() {
            if release.path != *shown && is_old(&release) {
                let _ = remove(&release.path, Some(shown));
            }
        }
    }

    /// Removes what a run left that was killed after it had replaced the link: all before the shown one but the last.
    fn clear_old(&self, shown: Option<&Path>) {
        let Some(shown) = shown else { return };
        let releases = self.releases().unwrap_or_default();
        let before: Vec<u64> = releases.iter().take_while(|release| release.path != *shown).map(|r| r.number).collect();
        if let Some((last, _)) = before.split_last() {
            self.clear(shown, |release| release.number < *last);
        }
    }

    /// Replaces the link by one to this release, in one step.
    fn show(&self, release: &Path) -> Result<(), OutputError> {
        let waiting = self.beside(".release.link");
        if guard::kind(&waiting)?.is_some_and(|kind| kind.is_symlink()) {
            fs::remove_file(&waiting).map_err(OutputError::io(&waiting, Action::Remove))?;
        }
        link(Path::new(release.file_name().unwrap_or_default()), &waiting)
            .map_err(OutputError::io(&waiting, Action::Write))?;
        fs::rename(&waiting, &self.link).map_err(OutputError::io(&self.link, Action::Move))
    }
}

struct Release {
    path: PathBuf,
    number: u64,
    unfinished: bool,
}

#[cfg(unix)]
fn link(target: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn unswappable(out: &Path, reason: Message, hint: Message) -> OutputError {
    OutputError::Unswappable { out: out.to_owned(), reason, hint }
}

/// Gives every file of a release a second name in a new folder. Links of others come along as links.
fn share(shown: &Path, new: &Path) -> Result<(), OutputError> {
    let own = |name: &std::ffi::OsStr| RESERVED.iter().any(|reserved| name == *reserved && *reserved != LIST);
    let walk = walkdir::WalkDir::new(shown).min_depth(1).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() > 1 || !own(entry.file_name())) {
        let entry = entry.map_err(|error| OutputError::io(shown, Action::Read)(error.into()))?;
        let Ok(path) = entry.path().strip_prefix(shown) else { continue };
        let (from, to) = (entry.path(), new.join(path));
        let kind = entry.file_type();
        let done = match kind {
            kind if kind.is_dir() => fs::create_dir(&to),
            kind if kind.is_symlink() => fs::read_link(from).and_then(|target| link(&target, &to)),
            _ => fs::hard_link(from, &to).or_else(|_| copy(from, &to)),
        };
        done.map_err(OutputError::io(&to, Action::Write))?;
    }
    Ok(())
}

/// A copy with the times of what it copies.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}

/// Removes a release that this tool made: its files, and those of others that the shown site has as well. A folder in which
/// anything else is left stays, and so does one that is not ours.
fn remove(release: &Path, shown: Option<&Path>) -> Result<(), OutputError> {
    let is = |name: &str| Ok::<_, OutputError>(guard::kind(&release.join(name))?.is_some_and(|kind| kind.is_file()));
    let real = guard::kind(release)?.is_some_and(|kind| kind.is_dir());
    if !real || !(is(LIST)? || is(LOCK)?) {
        return Ok(());
    }
    let list = List::read(release).ok().flatten().unwrap_or_default();
    let walk = walkdir::WalkDir::new(release).min_depth(1).contents_first(true).into_iter();
    let mut last = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|error| OutputError::io(release, Action::Read)(error.into()))?;
        let Ok(path) = entry.path().strip_prefix(release) else { continue };
        let name = path.to_string_lossy();
        let first = name.split('/').next().unwrap_or_default();
        if entry.file_type().is_dir() {
            // A folder with anything left in it is not removed.
            let _ = fs::remove_dir(entry.path());
        } else if [LIST, LOCK].contains(&name.as_ref()) {
            last.push(entry.path().to_owned());
        } else if RESERVED.contains(&first) || list.files.contains_key(name.as_ref()) || is_kept(&entry, path, shown) {
            fs::remove_file(entry.path()).map_err(OutputError::io(entry.path(), Action::Remove))?;
        }
    }
    // By these the folder is known for ours: they go last.
    if fs::read_dir(release).is_ok_and(|rest| rest.count() == last.len()) {
        for place in last {
            fs::remove_file(&place).map_err(OutputError::io(&place, Action::Remove))?;
        }
        fs::remove_dir(release).map_err(OutputError::io(release, Action::Remove))?;
    }
    Ok(())
}

/// Whether the shown site has the same file or link at the same path.
fn is_kept(entry: &walkdir::DirEntry, path: &Path, shown: Option<&Path>) -> bool {
    let Some(there) = shown.map(|shown| shown.join(path)) else { return false };
    match guard::kind(&there) {
        Ok(Some(kind)) if kind.is_file() && entry.file_type().is_file() => {
            fs::read(&there).is_ok_and(|there| fs::read(entry.path()).is_ok_and(|here| here == there))
        }
        Ok(Some(kind)) if kind.is_symlink() && entry.file_type().is_symlink() => {
            fs::read_link(&there).is_ok_and(|there| fs::read_link(entry.path()).is_ok_and(|here| here == there))
        }
        _ => false,
    }
}
