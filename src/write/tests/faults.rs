//! The system says no: unwritable folders, read-only files, a full disk.

use super::*;

#[cfg(unix)]
fn set_mode(place: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(place, fs::Permissions::from_mode(mode)).unwrap();
}

/// Root may write anywhere; then there is nothing to see.
#[cfg(unix)]
fn is_writable(folder: &Path) -> bool {
    fs::create_dir(folder.join("probe")).is_ok()
}

#[cfg(unix)]
#[test]
fn an_unwritable_folder_inside_puts_the_former_site_back() {
    let dir = folder();
    let (first, second) =
        (tree(&[("a", "1"), ("b/c", "1"), ("d", "1")]), tree(&[("a", "2"), ("b/c", "2"), ("e", "2")]));
    build(dir.path(), &first).unwrap();
    let locked = dir.path().join("b");
    set_mode(&locked, 0o555);
    if is_writable(&locked) {
        return;
    }
    let error = output_error(build(dir.path(), &second));
    assert!(matches!(&error, OutputError::Io { action: Action::Move, .. }), "{error:?}");
    assert!(error.hint().unwrap().en.contains("former site stands"));
    assert_eq!(disk(dir.path()), with_folders(&first));
    set_mode(&locked, 0o755);
    build(dir.path(), &second).unwrap();
    assert_eq!(disk(dir.path()), with_folders(&second));
}

#[cfg(unix)]
#[test]
fn an_unwritable_output_folder_is_named() {
    let dir = folder();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    set_mode(&out, 0o555);
    if is_writable(&out) {
        return;
    }
    for place in [out.clone(), out.join("below")] {
        let error = output_error(build(&place, &tree(&[("a", "1")])));
        assert!(matches!(&error, OutputError::Io { .. }), "{error:?}");
        assert!(error.message().en.contains(out.to_str().unwrap()));
    }
    set_mode(&out, 0o755);
}

#[test]
fn read_only_files_of_ours_are_replaced() {
    let dir = folder();
    build(dir.path(), &tree(&[("a", "1"), ("b", "1")])).unwrap();
    for file in ["a", "b"] {
        let mut permissions = fs::metadata(dir.path().join(file)).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(dir.path().join(file), permissions).unwrap();
    }
    build(dir.path(), &tree(&[("a", "2")])).unwrap();
    assert_eq!(disk(dir.path()), tree(&[("a", "2")]));
}

/// Run by hand: `mount -t tmpfs -o size=256k tmpfs DIR`, then with `QINGDAN_SMALL_DISK=DIR` and `--ignored`.
#[test]
#[ignore = "needs a file system of about 256 KB, named by QINGDAN_SMALL_DISK"]
fn a_full_disk_leaves_the_former_site() {
    let out = PathBuf::from(std::env::var_os("QINGDAN_SMALL_DISK").unwrap()).join("out");
    let first = tree(&[("a", "1"), ("b/c", "1")]);
    build(&out, &first).unwrap();
    let too_much: Tree = (0..100).map(|n| (format!("big/{n}"), vec![7; 20_000])).collect();
    let error = output_error(build(&out, &too_much));
    assert!(error.hint().unwrap().en.contains("disk is full"), "{error:?}");
    assert_eq!(disk(&out), with_folders(&first));
    let second = tree(&[("a", "2"), ("b/c", "2"), ("d", "2")]);
    build(&out, &second).unwrap();
    assert_eq!(disk(&out), with_folders(&second));
}
