//! Tests of the whole room: what a folder holds after builds that succeed, fail, are killed, or meet files of others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod faults;
mod kills;
mod property;
mod refusals;
mod stamp;
mod swap;

use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;
use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Builds `site` into `out`; `make` may fail or meddle before it hands out the bytes.
fn build_with(out: &Path, site: &Tree, meddle: &(dyn Fn(&str) -> Result<(), String> + Sync)) -> Outcome {
    build_from(out, site, None, meddle)
}

/// As [`build_with`], of a site that was made from what a key stands for.
fn build_from(
    out: &Path,
    site: &Tree,
    key: Option<&str>,
    meddle: &(dyn Fn(&str) -> Result<(), String> + Sync),
) -> Outcome {
    let paths: Vec<String> = site.keys().cloned().collect();
    let make = |at: usize, out: &mut Sink<'_>| meddle(&paths[at]).map(|()| fill(out, &site[&paths[at]]));
    let made_from = || key.map(str::to_owned);
    let job = Job { out, inputs: &[], paths: &paths, make: &make, last: &[], made_from: &made_from, progress: &|_| {} };
    apply_in(&job, None, &Surroundings::default(), Duration::ZERO)
}

/// Makes a file bit by bit, so that a large one comes in pieces.
fn fill(out: &mut Sink<'_>, bytes: &[u8]) {
    use std::io::Write as _;
    bytes.chunks(1 << 10).for_each(|bytes| out.write_all(bytes).unwrap());
}

type Outcome = Result<Summary, WriteError<String>>;

fn build(out: &Path, site: &Tree) -> Outcome {
    build_with(out, site, &|_| Ok(()))
}

/// Everything in a folder but this room's own files; folders end in `/`.
fn disk(out: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(out).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned();
        match entry.file_type().is_dir() {
            true => found.insert(path + "/", Vec::new()),
            false if [LIST, lock::LOCK, crate::write::stamp::STAMP].contains(&path.as_str()) => None,
            false => found.insert(path, fs::read(entry.path()).unwrap()),
        };
    }
    found
}

/// The same files with the folders they need.
fn with_folders(files: &Tree) -> Tree {
    let folders = files.keys().flat_map(|path| path::parents(path)).map(|folder| (format!("{folder}/"), Vec::new()));
    files.clone().into_iter().chain(folders.collect::<Vec<_>>()).collect()
}

fn times(out: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap);
    entries.map(|e| (e.path().to_owned(), e.metadata().unwrap().modified().unwrap())).collect()
}

fn output_error(outcome: Outcome) -> OutputError {
    match outcome {
        Err(WriteError::Output(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_site_is_written_changed_and_shrunk() {
    let dir = folder();
    let out = dir.path().join("deep/public");
    let first = tree(&[("a.html", "1"), ("zh/b.html", "22"), ("zh/x/c.html", "333")]);
    assert_eq!(build(&out, &first).unwrap(), Summary { written: 3, unchanged: 0, removed: 0, bytes: 6 });
    assert_eq!(disk(&out), with_folders(&first));
    let second = tree(&[("a.html", "1"), ("zh/b.html", "two")]);
    assert_eq!(build(&out, &second).unwrap(), Summary { written: 1, unchanged: 1, removed: 1, bytes: 4 });
    assert_eq!(disk(&out), with_folders(&second));
    assert_eq!(build(&out, &Tree::new()).unwrap(), Summary { removed: 2, ..Summary::default() });
    assert_eq!(disk(&out), Tree::new());
}

#[test]
fn an_unchanged_site_is_not_touched_at_all() {
    let dir = folder();
    let site = tree(&[("a", "1"), ("b/c", "2")]);
    build(dir.path(), &site).unwrap();
    let before = times(dir.path());
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(build(dir.path(), &site).unwrap(), Summary { written: 0, unchanged: 2, removed: 0, bytes: 2 });
    assert_eq!(times(dir.path()), before);
}

#[test]
fn files_and_folders_change_places() {
    let dir = folder();
    let first = tree(&[("a", "file"), ("b/c/d", "deep"), ("b/e", "e")]);
    let second = tree(&[("a/b/c", "deep"), ("b", "file")]);
    for site in [&first, &second, &first] {
        build(dir.path(), site).unwrap();
        assert_eq!(disk(dir.path()), with_folders(site));
    }
}

#[test]
fn our_files_are_put_right_when_changed_or_deleted_by_hand() {
    let dir = folder();
    let site = tree(&[("a", "same length"), ("b", "gone")]);
    build(dir.path(), &site).unwrap();
    fs::write(dir.path().join("a"), "SAME LENGTH").unwrap();
    fs::remove_file(dir.path().join("b")).unwrap();
    assert_eq!(build(dir.path(), &site).unwrap().written, 2);
    assert_eq!(disk(dir.path()), site);
}

#[test]
fn a_failing_recipe_changes_nothing_and_is_named() {
    let dir = folder();
    let first = tree(&[("a", "1"), ("b", "1")]);
    build(dir.path(), &first).unwrap();
    let second: Tree = (0..200).map(|n| (format!("c/{n:03}"), b"new".to_vec())).collect();
    let fail = |path: &str| if path > "c/099" { Err(format!("cannot make {path}")) } else { Ok(()) };
    match build_with(dir.path(), &second, &fail) {
        Err(WriteError::Make { path, error }) => {
            assert_eq!((path.as_str(), error.as_str()), ("c/100", "cannot make c/100"))
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(disk(dir.path()), first);
    assert!(!dir.path().join(stage::STAGE).exists());
}

#[test]
fn a_panicking_recipe_leaves_no_stage() {
    let dir = folder();
    let site = tree(&[("a", "1"), ("b", "2")]);
    build(dir.path(), &site).unwrap();
    let other = tree(&[("a", "changed"), ("b", "changed")]);
    let panics = |path: &str| if path == "b" { panic!("a bug") } else { Ok(()) };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| build_with(dir.path(), &other, &panics)));
    assert!(result.is_err());
    assert_eq!(disk(dir.path()), site);
}

/// A folder appears at a planned path while files are made: the move fails after others have succeeded.
#[test]
fn a_fault_while_moving_puts_the_former_site_back() {
    let dir = folder();
    let first = tree(&[("a", "old"), ("b/c", "old"), ("d", "stale")]);
    build(dir.path(), &first).unwrap();
    let before = (disk(dir.path()), fs::read(dir.path().join(LIST)).unwrap());
    let second = tree(&[("a", "new"), ("b/c", "new"), ("d/e", "new"), ("n/e/w", "new"), ("z", "new")]);
    let meddle = |path: &str| {
        if path == "z" {
            fs::create_dir(dir.path().join("z")).unwrap();
        }
        Ok(())
    };
    assert!(matches!(output_error(build_with(dir.path(), &second, &meddle)), OutputError::Foreign { .. }));
    fs::remove_dir(dir.path().join("z")).unwrap();
    assert_eq!((disk(dir.path()), fs::read(dir.path().join(LIST)).unwrap()), before);
    build(dir.path(), &second).unwrap();
    assert_eq!(disk(dir.path()), with_folders(&second));
}

#[test]
fn a_fault_in_the_first_build_leaves_the_folder_empty() {
    let dir = folder();
    let meddle = |path: &str| {
        if path == "z" {
            fs::write(dir.path().join("z"), "theirs").unwrap();
        }
        Ok(())
    };
    let site = tree(&[("a/b", "1"), ("z", "1")]);
    assert!(matches!(output_error(build_with(dir.path(), &site, &meddle)), OutputError::Foreign { .. }));
    assert_eq!(disk(dir.path()), tree(&[("z", "theirs")]));
    assert!(!dir.path().join(LIST).exists());
}

#[test]
fn a_large_file_is_compared_piece_by_piece() {
    let dir = folder();
    let whole: Vec<u8> = (0..900_000_u32).map(|n| (n % 251) as u8).collect();
    let versions = [
        whole.clone(),
        whole[..899_999].to_vec(),
        [&whole[..], b"more"].concat(),
        [&whole[..600_000], b"other", &whole[..200_000]].concat(),
        b"small".to_vec(),
        whole,
    ];
    for version in versions {
        let site = Tree::from([("large".to_owned(), version), ("small".to_owned(), b"x".to_vec())]);
        assert!(build(dir.path(), &site).unwrap().written > 0);
        assert_eq!(disk(dir.path()), site);
        let time = fs::metadata(dir.path().join("large")).unwrap().modified().unwrap();
        let again = build(dir.path(), &site).unwrap();
        assert_eq!((again.written, again.unchanged), (0, 2));
        assert_eq!(fs::metadata(dir.path().join("large")).unwrap().modified().unwrap(), time);
        let list = List::read(dir.path()).unwrap().unwrap();
        assert_eq!(list.files["large"], Entry::of(&site["large"]));
    }
}

#[test]
fn what_tells_of_others_is_made_last() {
    let dir = folder();
    let paths: Vec<String> = (0..50).map(|n| format!("{n:02}")).collect();
    let made = AtomicUsize::new(0);
    let make = |at: usize, _: &mut Sink<'_>| {
        let before = made.fetch_add(1, Ordering::SeqCst);
        assert!((at != 3 && at != 7) || before >= 48, "{at} was made as number {before}");
        Ok(())
    };
    let job: Job<'_, String> = Job {
        out: dir.path(),
        inputs: &[],
        paths: &paths,
        make: &make,
        last: &[3, 7],
        made_from: &|| None,
        progress: &|_| {},
    };
    assert_eq!(apply_in(&job, None, &Surroundings::default(), Duration::ZERO).unwrap().written, 50);
}

#[test]
fn progress_counts_every_file_once() {
    let dir = folder();
    let paths: Vec<String> = (0..50).map(|n| format!("{n:02}")).collect();
    let told = std::sync::Mutex::new(BTreeSet::new());
    let job = Job::<String> {
        out: dir.path(),
        inputs: &[],
        paths: &paths,
        make: &|at, out| {
            fill(out, &vec![0; at]);
            Ok(())
        },
        last: &[],
        made_from: &|| None,
        progress: &|done| assert!(told.lock().unwrap().insert(done)),
    };
    apply_in(&job, None, &Surroundings::default(), Duration::ZERO).unwrap();
    assert_eq!(told.into_inner().unwrap(), BTreeSet::from_iter(1..=50));
}
