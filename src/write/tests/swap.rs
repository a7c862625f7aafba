//! Releases and the link to one of them: what readers see, what stays, and what is refused.
#![cfg(unix)]

use super::*;
use crate::write::swap::{Swapped, swap_in};
use std::os::unix::fs::{MetadataExt as _, symlink};

fn swap(out: &Path, site: &Tree) -> Result<Swapped, WriteError<String>> {
    swap_with(out, site, &|_| Ok(()))
}

fn swap_with(
    out: &Path,
    site: &Tree,
    meddle: &(dyn Fn(&str) -> Result<(), String> + Sync),
) -> Result<Swapped, WriteError<String>> {
    let paths: Vec<String> = site.keys().cloned().collect();
    let make = |at: usize, out: &mut Sink<'_>| meddle(&paths[at]).map(|()| fill(out, &site[&paths[at]]));
    let job = Job { out, inputs: &[], paths: &paths, make: &make, last: &[], made_from: &|| None, progress: &|_| {} };
    swap_in(&job, None, &Surroundings::default(), Duration::ZERO)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn refused(outcome: Result<Swapped, WriteError<String>>) -> OutputError {
    match outcome {
        Err(WriteError::Output(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn site(text: &str) -> Tree {
    tree(&[("a.html", text), ("b/same.html", "same"), ("b/c.html", text)])
}

#[test]
fn the_link_leads_to_whole_sites_and_the_former_one_stays() {
    let dir = folder();
    let out = dir.path().join("deep/public");
    let first = swap(&out, &site("1")).unwrap();
    assert_eq!(first.former, None);
    assert_eq!(fs::read_link(&out).unwrap(), Path::new("public.release-1"));
    assert_eq!(disk(&out.canonicalize().unwrap()), with_folders(&site("1")));
    let same = |out: &Path| fs::metadata(out.join("b/same.html")).unwrap();
    let before = same(&out);
    let second = swap(&out, &site("2")).unwrap();
    assert_eq!((second.summary.written, second.summary.unchanged, second.summary.removed), (2, 1, 0));
    assert_eq!(second.former.as_deref().and_then(Path::file_name).unwrap(), "public.release-1");
    assert_eq!(disk(&out.canonicalize().unwrap()), with_folders(&site("2")));
    assert_eq!(disk(&out.with_file_name("public.release-1")), with_folders(&site("1")), "the former site is whole");
    let after = same(&out);
    assert_eq!((before.ino(), before.modified().unwrap()), (after.ino(), after.modified().unwrap()), "one file");
    swap(&out, &site("3")).unwrap();
    assert_eq!(names(out.parent().unwrap()), ["public", "public.release-2", "public.release-3", "public.release.lock"]);
    assert_eq!(disk(&out.with_file_name("public.release-2")), with_folders(&site("2")));
}

#[test]
fn where_nothing_differs_the_link_stays() {
    let dir = folder();
    let out = dir.path().join("public");
    swap(&out, &site("1")).unwrap();
    let before = times(&out.canonicalize().unwrap());
    let again = swap(&out, &site("1")).unwrap();
    assert_eq!((again.summary.written, again.former), (0, None));
    assert_eq!(fs::read_link(&out).unwrap(), Path::new("public.release-1"));
    assert_eq!(times(&out.canonicalize().unwrap()), before);
    assert_eq!(names(dir.path()), ["public", "public.release-1", "public.release.lock"]);
}

#[test]
fn whoever_goes_back_goes_on_from_there() {
    let dir = folder();
    let out = dir.path().join("public");
    ["1", "2"].iter().for_each(|text| drop(swap(&out, &site(text)).unwrap()));
    fs::remove_file(&out).unwrap();
    symlink("public.release-1", &out).unwrap();
    assert_eq!(swap(&out, &site("1")).unwrap().summary.written, 0);
    swap(&out, &site("3")).unwrap();
    assert_eq!(fs::read_link(&out).unwrap(), Path::new("public.release-3"));
    assert_eq!(names(dir.path()), ["public", "public.release-1", "public.release-3", "public.release.lock"]);
}

#[test]
fn folders_and_links_to_elsewhere_are_refused_untouched() {
    let dir = folder();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir_all(at("folder")).unwrap();
    fs::create_dir_all(at("elsewhere.release-1")).unwrap();
    fs::create_dir_all(at("mine.release-1")).unwrap();
    fs::write(at("mine.release-1/thesis.doc"), "ten years").unwrap();
    for (name, target) in
        [("dead", "nowhere"), ("mine", "mine.release-1"), ("other", "elsewhere.release-1"), ("up", "..")]
    {
        symlink(target, at(name)).unwrap();
    }
    let before = (names(dir.path()), disk(&at("mine.release-1")));
    for name in ["folder", "dead", "mine", "other", "up"] {
        let error = refused(swap(&at(name), &site("1")));
        assert!(matches!(&error, OutputError::Unswappable { .. }), "{name}: {error:?}");
        let (message, hint) = (error.message(), error.hint().unwrap());
        assert!(message.zh.contains("不能整体切换") && message.en.contains("by a link"), "{message:?}");
        assert!(hint.zh != hint.en && !hint.zh.is_empty());
        assert!(refuse_swap(&at(name), &[]).is_err(), "{name}");
    }
    assert_eq!((names(dir.path()), disk(&at("mine.release-1"))), before);
    // The way that the message names.
    build(&at("folder"), &site("0")).unwrap();
    fs::rename(at("folder"), at("folder.release-1")).unwrap();
    symlink("folder.release-1", at("folder")).unwrap();
    assert_eq!(swap(&at("folder"), &site("1")).unwrap().summary.unchanged, 1);
}

#[test]
fn files_of_others_come_along_and_are_never_lost() {
    let dir = folder();
    let out = dir.path().join("public");
    swap(&out, &site("1")).unwrap();
    fs::create_dir(out.join(".well-known")).unwrap();
    fs::write(out.join(".well-known/owner.txt"), "theirs").unwrap();
    symlink("b/same.html", out.join("door")).unwrap();
    fs::write(dir.path().join("public.release-99"), "a file of theirs").unwrap();
    swap(&out, &site("2")).unwrap();
    assert_eq!(fs::read_link(&out).unwrap(), Path::new("public.release-100"));
    assert_eq!(fs::read(out.join(".well-known/owner.txt")).unwrap(), b"theirs");
    assert_eq!(fs::read_link(out.join("door")).unwrap(), Path::new("b/same.html"));
    // What they put into an old release later stays there, alone.
    fs::write(dir.path().join("public.release-1/late.txt"), "late").unwrap();
    ["3", "4"].iter().for_each(|text| drop(swap(&out, &site(text)).unwrap()));
    let left = names(&dir.path().join("public.release-1"));
    assert_eq!(left, [".qingdan.json", ".qingdan.lock", "late.txt"]);
    assert_eq!(fs::read(out.join(".well-known/owner.txt")).unwrap(), b"theirs");
    assert_eq!(fs::read(dir.path().join("public.release-99")).unwrap(), b"a file of theirs");
    let error = refused(swap(&out, &tree(&[("door", "ours"), ("b/same.html", "same")])));
    assert!(matches!(&error, OutputError::Link { .. }), "{error:?}");
}

#[test]
fn a_fault_leaves_the_old_site_and_nothing_beside_it() {
    let dir = folder();
    let out = dir.path().join("public");
    let fail = |path: &str| if path == "b/c.html" { Err("no".to_owned()) } else { Ok(()) };
    assert!(swap_with(&out, &site("0"), &fail).is_err());
    assert_eq!(names(dir.path()), ["public.release.lock"]);
    swap(&out, &site("1")).unwrap();
    assert!(matches!(swap_with(&out, &site("2"), &fail), Err(WriteError::Make { .. })));
    assert_eq!(names(dir.path()), ["public", "public.release-1", "public.release.lock"]);
    assert_eq!(disk(&out.canonicalize().unwrap()), with_folders(&site("1")));
}

#[test]
fn what_killed_runs_left_is_cleared() {
    let dir = folder();
    let out = dir.path().join("public");
    swap(&out, &site("1")).unwrap();
    fs::write(out.join("theirs.txt"), "theirs").unwrap();
    // Killed while files were shared, and after the release was named but before the link was replaced.
    let half = dir.path().join("public.release-2.new");
    fs::create_dir(&half).unwrap();
    fs::write(half.join(lock::LOCK), "").unwrap();
    fs::hard_link(out.join("a.html"), half.join("a.html")).unwrap();
    fs::hard_link(out.join("theirs.txt"), half.join("theirs.txt")).unwrap();
    build(&dir.path().join("public.release-3"), &site("unseen")).unwrap();
    symlink("public.release-3", dir.path().join("public.release.link")).unwrap();
    // Somebody's folder of such a name is nobody's release.
    fs::create_dir(dir.path().join("public.release-7")).unwrap();
    fs::write(dir.path().join("public.release-7/notes"), "mine").unwrap();
    swap(&out, &site("2")).unwrap();
    assert_eq!(
        names(dir.path()),
        ["public", "public.release-1", "public.release-7", "public.release-8", "public.release.lock"]
    );
    assert_eq!(fs::read(out.join("theirs.txt")).unwrap(), b"theirs");
    assert_eq!(fs::read(dir.path().join("public.release-7/notes")).unwrap(), b"mine");
}

#[test]
fn two_builds_at_once_do_not_meet() {
    let dir = folder();
    let out = dir.path().join("public");
    swap(&out, &site("1")).unwrap();
    let one = Lock::at(&dir.path().join("public.release.lock"), &out, Duration::ZERO).unwrap();
    assert!(matches!(refused(swap(&out, &site("2"))), OutputError::Busy { .. }));
    drop(one);
    // A build without --swap, through the link.
    let other = Lock::take(&out, Duration::ZERO).unwrap();
    assert!(matches!(refused(swap(&out, &site("2"))), OutputError::Busy { .. }));
    drop(other);
    assert_eq!(build(&out, &site("2")).unwrap().written, 2);
    assert_eq!(swap(&out, &site("2")).unwrap().summary.written, 0);
}

#[test]
fn inputs_and_folders_around_them_are_refused() {
    let dir = folder();
    let content = dir.path().join("content");
    fs::create_dir(&content).unwrap();
    assert!(matches!(refuse_swap(&content.join("public"), &[&content]), Err(OutputError::Unfit { .. })));
    assert!(refuse_swap(&dir.path().join("public"), &[&content]).is_ok());
    assert!(refuse_swap(Path::new("/"), &[]).is_err());
}
