//! The program killed by the system at random moments, refused by it, and run twice at once: no site is ever in pieces.
//!
//! `src/write/tests` stops a run after each of its steps; here real processes get a real SIGKILL, wherever they are.
#![cfg(unix)]

use crate::cli::{Desk, code, text};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

type Tree = BTreeMap<String, Vec<u8>>;

/// How many runs are killed that build in place, and by a link.
const KILLS: u32 = 100;
const KILLED_SWAPS: u32 = 30;

/// Files of others, which no run may touch.
const THEIRS: [(&str, &str); 2] = [("public/CNAME", "example.org"), ("public/en/items/theirs.txt", "theirs")];

/// A desk with two contents that make unlike sites: every page differs, and each has pages that the other has not.
fn desk() -> Desk {
    let desk = Desk::valley();
    let copied = Command::new("cp").args(["-r", "content", "other"]).current_dir(desk.dir.path()).status().unwrap();
    assert!(copied.success());
    let swap = |path: &str, from: &str, to: &str| {
        let before = std::fs::read_to_string(desk.path(path)).unwrap();
        assert!(before.contains(from), "{path} has no {from:?}");
        desk.write(path, &before.replace(from, to));
    };
    swap("other/site.yaml", "title:", "short_title: {en: Other, ar: Other}\ntitle:");
    swap("other/items/work/job-board.yaml", "in print and online", "online alone");
    for folder in ["", "i18n/ar/"] {
        let at = |name: &str| desk.path(&format!("other/{folder}items/life/births/{name}.yaml"));
        std::fs::rename(at("child-benefit"), at("benefit-for-children")).unwrap();
    }
    let used =
        Command::new("grep").args(["-rl", "child-benefit", "other"]).current_dir(desk.dir.path()).output().unwrap();
    for path in text(&used.stdout).lines() {
        swap(path, "child-benefit", "benefit-for-children");
    }
    desk
}

fn command(desk: &Desk, content: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingdan"));
    command.args(["build", "--quiet", "--no-minify", "--messages", "en", "--content", content]).args(more);
    command.current_dir(desk.dir.path()).stdin(Stdio::null());
    command
}

fn build(desk: &Desk, content: &str, more: &[&str]) -> Output {
    let output = command(desk, content, more).output().unwrap();
    assert_eq!(code(&output), 0, "{}{}", text(&output.stdout), text(&output.stderr));
    output
}

fn start(desk: &Desk, content: &str, more: &[&str]) -> Child {
    command(desk, content, more).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The site in a folder, without the tool's own files and those of others.
fn site(desk: &Desk, folder: &str) -> Tree {
    let mut tree = desk.tree(folder);
    tree.retain(|path, _| {
        !path.starts_with(".qingdan")
            && !THEIRS.iter().any(|(theirs, _)| theirs.strip_prefix("public/") == Some(path.as_str()))
    });
    tree
}

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

/// Waits until something is there, or the process has ended.
fn wait_for(child: &mut Child, there: impl Fn() -> bool) {
    while !there() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Kills a build of `content` at a random moment: every second one while files are staged and moved, which takes only a
/// small part of a run. `spans` are how long a run takes, and its last part.
fn kill_once(
    desk: &Desk,
    (content, more): (&str, &[&str]),
    (at, dice): (u32, &mut Dice),
    (whole, last): (Duration, Duration),
    begun_last: impl Fn() -> bool,
) {
    let mut child = start(desk, content, more);
    let span = if at % 2 == 0 {
        whole
    } else {
        wait_for(&mut child, begun_last);
        last
    };
    let micros = u64::try_from(span.as_micros()).unwrap();
    std::thread::sleep(Duration::from_micros(dice.below(micros + micros / 10)));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// How long a run takes, and how long from when `begun_last` holds.
fn spans(desk: &Desk, content: &str, more: &[&str], begun_last: impl Fn() -> bool) -> (Duration, Duration) {
    let begun = Instant::now();
    let mut child = start(desk, content, more);
    wait_for(&mut child, begun_last);
    let last = Instant::now();
    assert!(child.wait().unwrap().success());
    (begun.elapsed(), last.elapsed())
}

#[test]
fn killed_at_random_moments_a_site_is_the_old_one_or_finished_by_the_next_build() {
    let desk = desk();
    build(&desk, "content", &[]);
    let stage = desk.path("public/.qingdan-stage");
    let journal = stage.join("journal.json");
    let old = site(&desk, "public");
    let spans = spans(&desk, "other", &[], || stage.exists());
    let new = site(&desk, "public");
    assert!(old.keys().any(|path| !new.contains_key(path)) && new.keys().any(|path| !old.contains_key(path)));
    let differing = old.iter().filter(|(path, bytes)| new.get(*path).is_some_and(|other| other != *bytes)).count();
    assert!(differing > 20, "only {differing} files differ");
    THEIRS.iter().for_each(|(path, text)| desk.write(path, text));
    let (mut sites, mut contents) = ((&old, &new), ("content", "other"));
    std::mem::swap(&mut sites.0, &mut sites.1);
    std::mem::swap(&mut contents.0, &mut contents.1);
    let mut dice = Dice(0x5eed_0001);
    let mut seen = BTreeMap::new();
    for at in 0..KILLS {
        kill_once(&desk, (contents.1, &[]), (at, &mut dice), spans, || stage.exists());
        let found = site(&desk, "public");
        let state = match (journal.exists(), found == *sites.0, found == *sites.1) {
            (false, true, _) if stage.exists() => "the old site, staged",
            (false, true, _) => "the old site",
            (false, _, true) => "the new site",
            (true, _, _) => "half moved",
            (false, false, false) => panic!("kill {at}: neither the old site nor the new one, and no journal"),
        };
        *seen.entry(state).or_insert(0) += 1;
        for (path, bytes) in &found {
            let whole = [sites.0.get(path), sites.1.get(path)].contains(&Some(bytes));
            assert!(whole, "kill {at} ({state}): {path} is neither the old file nor the new one");
        }
        for path in sites.0.keys().filter(|path| sites.1.contains_key(*path)) {
            assert!(found.contains_key(path), "kill {at} ({state}): {path} is missing");
        }
        theirs_stand(&desk);
        build(&desk, contents.1, &[]);
        assert!(site(&desk, "public") == *sites.1, "kill {at} ({state}): the next build does not make it whole");
        assert!(!stage.exists());
        theirs_stand(&desk);
        sites = (sites.1, sites.0);
        contents = (contents.1, contents.0);
    }
    eprintln!("{KILLS} kills over {spans:?} left: {seen:?}");
    assert!(seen.len() >= 2, "the kills all fell on one state: {seen:?}");
}

fn theirs_stand(desk: &Desk) {
    for (path, text) in THEIRS {
        assert_eq!(std::fs::read_to_string(desk.path(path)).ok().as_deref(), Some(text), "{path}");
    }
}

#[test]
fn killed_at_random_moments_a_link_leads_to_a_whole_site() {
    let desk = desk();
    let swap: &[&str] = &["--swap"];
    build(&desk, "content", swap);
    let old = site(&desk, "public/");
    let new_folder = || {
        std::fs::read_dir(desk.dir.path()).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().ends_with(".new"))
    };
    let spans = spans(&desk, "other", swap, new_folder);
    let new = site(&desk, "public/");
    THEIRS.iter().for_each(|(path, text)| desk.write(path, text));
    let (mut sites, mut contents) = ((&new, &old), ("other", "content"));
    let mut dice = Dice(0x5eed_0002);
    for at in 0..KILLED_SWAPS {
        kill_once(&desk, (contents.1, swap), (at, &mut dice), spans, new_folder);
        let found = site(&desk, "public/");
        assert!(found == *sites.0 || found == *sites.1, "kill {at}: the link leads to a site in pieces");
        theirs_stand(&desk);
        build(&desk, contents.1, swap);
        assert!(site(&desk, "public/") == *sites.1, "kill {at}: the next build does not show the new site");
        theirs_stand(&desk);
        let names =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().into_owned();
        let beside: Vec<String> =
            std::fs::read_dir(desk.dir.path()).unwrap().map(names).filter(|name| name.starts_with("public.")).collect();
        assert!(beside.len() <= 3 && !beside.iter().any(|name| name.ends_with(".new")), "kill {at}: {beside:?}");
        sites = (sites.1, sites.0);
        contents = (contents.1, contents.0);
    }
}

/// The system refuses to write more than some blocks to a file, as a full disk would.
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site() {
    let desk = desk();
    for more in [&["--out", "public"][..], &["--out", "shown", "--swap"]] {
        build(&desk, "content", more);
        let folder = format!("{}/", more[1]);
        let before = desk.tree(&folder);
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_qingdan"), "build"])
            .args(["--quiet", "--no-minify", "--messages", "en", "--content", "other"])
            .args(more)
            .current_dir(desk.dir.path())
            .output()
            .unwrap();
        assert_eq!(code(&output), 2, "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("cannot write `"), "{}", text(&output.stderr));
        assert!(desk.tree(&folder) == before, "{folder}");
        build(&desk, "other", more);
        assert!(desk.tree(&folder) != before);
    }
}

/// As a user who may not write there. Root may write anywhere, so root runs the program as nobody.
#[test]
fn a_folder_that_may_not_be_written_leaves_the_old_site() {
    let desk = desk();
    build(&desk, "content", &[]);
    let before = desk.tree("public");
    let modes = |mode: u32| {
        for entry in walkdir::WalkDir::new(desk.path("public")).into_iter().map(Result::unwrap) {
            let mode = if entry.file_type().is_dir() { mode | 0o111 } else { mode };
            std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    modes(0o444);
    std::fs::set_permissions(desk.dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let probe = desk.path("public/probe");
    let mut run = if std::fs::write(&probe, "").is_ok() {
        std::fs::remove_file(&probe).unwrap();
        let can = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_qingdan"), "--version"])
            .output();
        if !can.is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: root may write anywhere, and nobody cannot run the program");
            modes(0o644);
            return;
        }
        let mut run = Command::new("setpriv");
        run.args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_qingdan")]);
        run
    } else {
        Command::new(env!("CARGO_BIN_EXE_qingdan"))
    };
    let output =
        run.args(["build", "--messages", "en", "--content", "other"]).current_dir(desk.dir.path()).output().unwrap();
    let said = text(&output.stderr);
    assert!(code(&output) == 2 && said.contains("public"), "{said}");
    assert!(said.contains("the former site stands"), "{said}");
    modes(0o644);
    assert!(desk.tree("public") == before);
    // Files of ours that are read-only, in folders that are not, are replaced.
    for entry in walkdir::WalkDir::new(desk.path("public")).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with(".qingdan") {
            std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o444)).unwrap();
        }
    }
    build(&desk, "other", &[]);
    assert!(desk.tree("public") != before);
}

#[test]
fn of_two_builds_at_once_the_second_waits_or_says_so() {
    let desk = desk();
    let fresh = |content: &str| {
        build(&desk, content, &["--out", "fresh"]);
        site(&desk, "fresh")
    };
    let wanted = [fresh("content"), fresh("other")];
    for more in [&[][..], &["--out", "shown", "--swap"]] {
        let folder = if more.is_empty() { "public/" } else { "shown/" };
        for _ in 0..3 {
            let runs = ["content", "other", "content"].map(|content| {
                command(&desk, content, more).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            });
            for run in runs {
                let output = run.wait_with_output().unwrap();
                let busy = code(&output) == 2 && text(&output.stderr).contains("another build is writing");
                assert!(busy || code(&output) == 0, "{}", text(&output.stderr));
            }
            assert!(wanted.contains(&site(&desk, folder)), "{folder} is no site of either content");
        }
    }
    assert!(Path::new(&desk.path("public/index.html")).is_file());
}
