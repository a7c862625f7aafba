//! Runs that are killed: where the former site stands, and where the next run finishes the work.

use super::*;

/// Stages `second` over `first` as a run would, up to and with the journal, and hands both to `then`.
pub(super) fn interrupted(
    first: &Tree,
    second: &Tree,
    then: impl FnOnce(&Path, &mut Stage, &Journal, &List),
) -> TempDir {
    let dir = folder();
    build(dir.path(), first).unwrap();
    let old = guard::open(dir.path()).unwrap();
    let mut stage = Stage::new(dir.path());
    let paths: Vec<String> = second.keys().cloned().collect();
    let make = |at: usize, out: &mut Sink<'_>| -> Result<(), String> {
        fill(out, &second[&paths[at]]);
        Ok(())
    };
    let job = Job {
        out: dir.path(),
        inputs: &[],
        paths: &paths,
        make: &make,
        last: &[],
        made_from: &|| None,
        progress: &|_| {},
    };
    let places = Places::new(&paths, None);
    let work = Work { job: &job, twins: None, places: &places, out: dir.path(), stage: &stage, old: &old };
    let made = make_all(&work).unwrap();
    let (journal, _) = plan(&paths, made, &old);
    then(dir.path(), &mut stage, &journal, &old);
    stage.keep();
    dir
}

fn change() -> (Tree, Tree) {
    (
        tree(&[("a", "old"), ("b/c", "old"), ("d", "file"), ("same", "same"), ("stale/x", "old")]),
        tree(&[("a", "new"), ("b/c", "new"), ("d/e", "in folder"), ("fresh/f", "new"), ("same", "same")]),
    )
}

#[test]
fn killed_before_the_journal_the_former_site_stands() {
    let (first, second) = change();
    let dir = interrupted(&first, &second, |_, _, _, _| {});
    let files: Tree = disk(dir.path()).into_iter().filter(|(path, _)| !path.starts_with(stage::STAGE)).collect();
    assert_eq!(files, with_folders(&first));
    assert_eq!(build(dir.path(), &first).unwrap().written, 0);
    assert_eq!(disk(dir.path()), with_folders(&first));
}

/// Kills the run after each of its steps in turn; the next build, of either site, must come out right.
#[test]
fn killed_after_the_journal_the_next_run_finishes_it() {
    let (first, second) = change();
    for steps in 0..14 {
        for next in [&first, &second] {
            let dir = interrupted(&first, &second, |out, stage, journal, old| {
                stage.commit(journal).unwrap();
                publish::stop_after(out, stage, journal, old, steps);
            });
            // Nothing is half-written, and a page that both sites have is there all the time.
            for (path, bytes) in disk(dir.path()).into_iter().filter(|(path, _)| !path.starts_with(stage::STAGE)) {
                assert!(path.ends_with('/') || [first.get(&path), second.get(&path)].contains(&Some(&bytes)), "{path}");
            }
            for path in first.keys().filter(|path| second.contains_key(*path)) {
                assert!(dir.path().join(path).is_file(), "{path}");
            }
            build(dir.path(), next).unwrap();
            assert_eq!(disk(dir.path()), with_folders(next), "after {steps} steps");
            assert_eq!(build(dir.path(), next).unwrap().written, 0);
        }
    }
}

#[test]
fn a_lost_journal_is_healed_by_the_list_of_both_sites() {
    let (first, second) = change();
    for steps in 0..14 {
        let dir = interrupted(&first, &second, |out, stage, journal, old| {
            stage.commit(journal).unwrap();
            publish::stop_after(out, stage, journal, old, steps);
        });
        fs::remove_dir_all(dir.path().join(stage::STAGE)).unwrap();
        build(dir.path(), &second).unwrap();
        assert_eq!(disk(dir.path()), with_folders(&second), "after {steps} steps");
    }
}

#[test]
fn a_journal_that_leads_outside_is_dropped() {
    let (first, second) = change();
    let dir = interrupted(&first, &second, |_, stage, journal, _| {
        let mut journal = journal.clone();
        journal.removals.push("../victim".into());
        stage.commit(&journal).unwrap();
    });
    let victim = dir.path().parent().unwrap().join("victim");
    build(dir.path(), &second).unwrap();
    assert_eq!(disk(dir.path()), with_folders(&second));
    assert!(!victim.exists());
}
