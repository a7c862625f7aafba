//! The stamp: a site that stands as it was built is known without being made, and anything else is not.

use super::super::stamp::{STAMP, standing};
use super::*;

/// Builds the same site each time.
fn made_from(out: &Path, key: Option<&str>) {
    let site = tree(&[("a.html", "a"), ("b/c.html", "c"), ("b/d/e.txt", "")]);
    build_from(out, &site, key, &|_| Ok(())).unwrap();
}

fn stamped() -> TempDir {
    let dir = folder();
    made_from(dir.path(), Some("key"));
    dir
}

#[test]
fn a_site_as_it_was_built_is_known() {
    let dir = stamped();
    let site = standing(dir.path(), "key").unwrap();
    assert_eq!(site.summary, Summary { written: 0, unchanged: 3, removed: 0, bytes: 2 });
    assert_eq!(site.paths, ["a.html", "b/c.html", "b/d/e.txt"]);
    assert_eq!(standing(dir.path(), "another"), None);
    // Files of others are no matter of ours.
    fs::write(dir.path().join("theirs"), "x").unwrap();
    assert!(standing(dir.path(), "key").is_some());
    let time = || fs::metadata(dir.path().join(STAMP)).unwrap().modified().unwrap();
    let before = time();
    made_from(dir.path(), Some("key"));
    assert_eq!(time(), before, "an equal stamp is not written again");
    made_from(dir.path(), None);
    made_from(dir.path(), None);
    assert!(!dir.path().join(STAMP).exists());
}

#[test]
fn whatever_changed_is_left_to_a_build() {
    type Spoil = fn(&Path);
    let spoil: [(&str, Spoil); 7] = [
        ("other bytes", |out| fs::write(out.join("a.html"), "b").unwrap()),
        ("a file is gone", |out| fs::remove_file(out.join("b/c.html")).unwrap()),
        ("an empty file has bytes", |out| fs::write(out.join("b/d/e.txt"), "x").unwrap()),
        ("no stamp", |out| fs::remove_file(out.join(STAMP)).unwrap()),
        ("a damaged stamp", |out| fs::write(out.join(STAMP), "key\n").unwrap()),
        ("no list", |out| fs::remove_file(out.join(LIST)).unwrap()),
        ("a killed run", |out| fs::create_dir(out.join(stage::STAGE)).unwrap()),
    ];
    for (what, spoil) in spoil {
        let dir = stamped();
        spoil(dir.path());
        assert_eq!(standing(dir.path(), "key"), None, "{what}");
    }
    // A build that changes the site leaves a stamp that is known to be old.
    let dir = stamped();
    build(dir.path(), &tree(&[("a.html", "new")])).unwrap();
    assert_eq!(standing(dir.path(), "key"), None);
}

#[cfg(unix)]
#[test]
fn links_are_no_part_of_a_site() {
    for (path, target) in [("a.html", "b/c.html"), ("b", "elsewhere"), (STAMP, "elsewhere/stamp")] {
        let dir = stamped();
        let place = dir.path().join(path);
        fs::create_dir(dir.path().join("elsewhere")).unwrap();
        match place.is_dir() {
            true => fs::rename(&place, dir.path().join("moved")).unwrap(),
            false => fs::rename(&place, dir.path().join("elsewhere/stamp")).unwrap(),
        }
        if path == "b" {
            fs::remove_dir(dir.path().join("elsewhere")).unwrap();
            fs::rename(dir.path().join("moved"), dir.path().join("elsewhere")).unwrap();
        }
        std::os::unix::fs::symlink(dir.path().join(target), place).unwrap();
        assert_eq!(standing(dir.path(), "key"), None, "{path}");
    }
    // The output folder itself may be reached through a link.
    let (dir, by) = (stamped(), folder());
    std::os::unix::fs::symlink(dir.path(), by.path().join("link")).unwrap();
    assert!(standing(&by.path().join("link"), "key").is_some());
    fs::remove_file(dir.path().join(STAMP)).unwrap();
    std::os::unix::fs::symlink(dir.path().join("a.html"), dir.path().join(STAMP)).unwrap();
    made_from(dir.path(), Some("key"));
    assert!(fs::symlink_metadata(dir.path().join(STAMP)).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(dir.path().join("a.html")).unwrap(), "a");
}
