//! Folders, files and links that a build must not touch.

use super::*;

#[test]
fn a_folder_that_is_not_ours_is_refused_untouched() {
    let dir = folder();
    fs::write(dir.path().join("thesis.doc"), "ten years").unwrap();
    let error = output_error(build(dir.path(), &tree(&[("a", "1")])));
    assert!(matches!(error, OutputError::NotOurs { .. }));
    assert!(error.message().zh.contains("不是清单写入的文件") && error.hint().is_some());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_gitignore_alone_is_tolerated_and_kept() {
    let dir = folder();
    let mut all = tree(&[(".gitignore", "*"), ("a", "1")]);
    fs::write(dir.path().join(".gitignore"), "*").unwrap();
    build(dir.path(), &tree(&[("a", "1")])).unwrap();
    assert_eq!(disk(dir.path()), all);
    build(dir.path(), &Tree::new()).unwrap();
    all.remove("a");
    assert_eq!(disk(dir.path()), all);
}

#[test]
fn files_of_others_stop_the_build_and_survive() {
    for foreign in ["mine", "mine/too", "b", "b/x"] {
        let dir = folder();
        let first = tree(&[("a", "1")]);
        build(dir.path(), &first).unwrap();
        let place = dir.path().join(foreign);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, "theirs").unwrap();
        let before = disk(dir.path());
        let error = output_error(build(dir.path(), &tree(&[("a", "2"), ("b", "new"), ("mine/too", "new")])));
        assert!(matches!(&error, OutputError::Foreign { path } if place.starts_with(path)), "{error:?}");
        assert_eq!(disk(dir.path()), before);
    }
}

#[test]
fn a_folder_of_ours_with_a_foreign_file_never_gives_way() {
    let dir = folder();
    build(dir.path(), &tree(&[("a/b", "1")])).unwrap();
    fs::write(dir.path().join("a/theirs"), "x").unwrap();
    let error = output_error(build(dir.path(), &tree(&[("a", "file")])));
    assert!(matches!(&error, OutputError::Foreign { path } if path.ends_with("a/theirs")));
    // Where nothing needs the place, ours goes and theirs stays.
    assert_eq!(build(dir.path(), &Tree::new()).unwrap().removed, 1);
    assert_eq!(disk(dir.path()), tree(&[("a/", ""), ("a/theirs", "x")]));
}

#[cfg(unix)]
#[test]
fn links_inside_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (dir, elsewhere) = (folder(), folder());
    let out = dir.path().join("out");
    fs::write(elsewhere.path().join("b"), "precious").unwrap();
    build(&out, &tree(&[("a/b", "1"), ("c", "1")])).unwrap();
    fs::remove_dir_all(out.join("a")).unwrap();
    symlink(elsewhere.path(), out.join("a")).unwrap();
    for site in [tree(&[("a/b", "2")]), tree(&[("a", "2")]), tree(&[("a/new", "2")])] {
        assert!(matches!(output_error(build(&out, &site)), OutputError::Link { path } if path.ends_with("a")));
    }
    // As stale files they are left alone: what the link leads to is not ours.
    build(&out, &tree(&[("c", "1")])).unwrap();
    assert_eq!(fs::read(elsewhere.path().join("b")).unwrap(), b"precious");
    assert!(out.join("a").is_symlink());
    // The output folder itself may be a link.
    symlink(&out, dir.path().join("door")).unwrap();
    assert_eq!(build(&dir.path().join("door"), &tree(&[("c", "2")])).unwrap().written, 1);
    for own in [LIST, stage::STAGE] {
        let out = folder();
        symlink(elsewhere.path(), out.path().join(own)).unwrap();
        assert!(matches!(output_error(build(out.path(), &tree(&[("c", "1")]))), OutputError::Link { .. }), "{own}");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[test]
fn unfit_folders_are_refused() {
    let dir = folder();
    let at = |path: &str| dir.path().join(path);
    for made in ["home/me/site/content/items", "home/me/site/public", "elsewhere"] {
        fs::create_dir_all(at(made)).unwrap();
    }
    fs::write(at("file"), "x").unwrap();
    let around = Surroundings { home: Some(at("home/me")), current: Some(at("home/me/site")) };
    let inputs = [at("home/me/site/content"), at("home/me/site/templates")];
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let refused = |out: &Path| guard::fit(out, &inputs, &around).map_err(|e| e.message().en);
    for (out, word) in [
        ("home/me/site/content", "is or contains the folder"),
        ("home/me/site/content/items", "inside"),
        ("home/me/site/templates/new/public", "inside"),
        ("home/me/site/public/../content", "is or contains the folder"),
        ("home/me/site/absent/../content/x", "inside"),
        ("home/me", "home folder"),
        ("home", "home folder"),
        ("home/me/site", "is or contains"),
        ("file", "no folder"),
    ] {
        let message = refused(&at(out)).unwrap_err();
        assert!(message.contains(word), "{out}: {message}");
    }
    assert!(refused(Path::new("/")).unwrap_err().contains("root"));
    for good in ["home/me/site/public", "elsewhere", "home/me/new/deep", "home/me/site/contents"] {
        assert!(refused(&at(good)).is_ok(), "{good}");
    }
    let source_tree = Surroundings { home: None, current: Some(at("home/me/site")) };
    assert!(guard::fit(&at("home/me/site"), &[], &source_tree).unwrap_err().message().en.contains("`content`"));
    let plain = Surroundings { home: None, current: Some(at("elsewhere")) };
    assert!(guard::fit(&at("elsewhere"), &[], &plain).is_ok());
}

#[test]
fn a_damaged_list_is_no_licence_to_write() {
    let dir = folder();
    build(dir.path(), &tree(&[("a", "1")])).unwrap();
    for bad in ["", "{}", "{\"version\":1,\"files\":{\"../x\":{\"blake3\":\"\",\"size\":0}}}"] {
        fs::write(dir.path().join(LIST), bad).unwrap();
        assert!(matches!(output_error(build(dir.path(), &Tree::new())), OutputError::Damaged { .. }), "{bad}");
        assert_eq!(disk(dir.path()), tree(&[("a", "1")]));
    }
}

#[test]
fn a_second_build_says_that_the_first_is_at_work() {
    let dir = folder();
    let _lock = Lock::take(dir.path(), Duration::ZERO).unwrap();
    assert!(matches!(output_error(build(dir.path(), &Tree::new())), OutputError::Busy { .. }));
}
