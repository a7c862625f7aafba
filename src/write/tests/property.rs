//! Random sequences of builds, faults, kills and meddling.

use super::kills::interrupted;
use super::*;
use proptest::prelude::*;

/// A site over few names, so that builds collide: files become folders and the reverse.
fn any_site() -> impl Strategy<Value = Tree> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c")];
    let path = prop::collection::vec(name, 1..4).prop_map(|names| names.join("/"));
    prop::collection::btree_map(path, prop::collection::vec(0u8..3, 0..3), 0..8).prop_map(|mut site: Tree| {
        let folders: BTreeSet<String> = site.keys().flat_map(|p| path::parents(p)).map(str::to_owned).collect();
        site.retain(|path, _| !folders.contains(path));
        site
    })
}

#[derive(Debug, Clone)]
enum Deed {
    Build(Tree),
    FailAt(Tree, usize),
    PutForeign(String),
    EditOurs(usize),
    DeleteOurs(usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => any_site().prop_map(Deed::Build),
        1 => (any_site(), any::<usize>()).prop_map(|(site, at)| Deed::FailAt(site, at)),
        1 => prop_oneof![Just("mine"), Just("a/mine"), Just("b/c/mine")].prop_map(|p| Deed::PutForeign(p.to_owned())),
        1 => any::<usize>().prop_map(Deed::EditOurs),
        1 => any::<usize>().prop_map(Deed::DeleteOurs),
    ]
}

/// The world as it should be: our files as built, others' files, and where ours were tampered with.
#[derive(Default)]
struct Expected {
    ours: Tree,
    foreign: Tree,
    tampered: bool,
}

impl Expected {
    fn blocks(&self, site: &Tree) -> bool {
        self.foreign.keys().any(|foreign| site.keys().any(|path| path::parents(foreign).any(|f| f == path)))
    }

    fn run(&mut self, out: &Path, deed: Deed) {
        match deed {
            Deed::Build(site) => {
                let outcome = build(out, &site);
                if self.blocks(&site) {
                    assert!(matches!(outcome, Err(WriteError::Output(OutputError::Foreign { .. }))), "{outcome:?}");
                } else {
                    outcome.unwrap();
                    *self = Self { ours: site, tampered: false, foreign: std::mem::take(&mut self.foreign) };
                }
            }
            Deed::FailAt(site, at) if !site.is_empty() => {
                let bad = site.keys().nth(at % site.len()).unwrap().clone();
                let fail = |path: &str| if path == bad { Err(String::new()) } else { Ok(()) };
                assert!(build_with(out, &site, &fail).is_err());
            }
            Deed::FailAt(..) => {}
            Deed::PutForeign(path) => {
                let place = out.join(&path);
                // Only where a person could: not below a file.
                if fs::create_dir_all(place.parent().unwrap()).is_ok() {
                    fs::write(place, "theirs").unwrap();
                    self.foreign.insert(path, b"theirs".to_vec());
                }
            }
            Deed::EditOurs(at) | Deed::DeleteOurs(at) if !self.ours.is_empty() => {
                let place = out.join(self.ours.keys().nth(at % self.ours.len()).unwrap());
                self.tampered = true;
                match deed {
                    Deed::EditOurs(_) if place.exists() => fs::write(place, "edited").unwrap(),
                    _ => drop(fs::remove_file(place)),
                }
            }
            Deed::EditOurs(_) | Deed::DeleteOurs(_) => {}
        }
    }

    fn check(&self, out: &Path) {
        let found: Tree = disk(out).into_iter().filter(|(path, _)| !path.ends_with('/')).collect();
        for (path, bytes) in &self.foreign {
            assert_eq!(found.get(path), Some(bytes), "{path}");
        }
        if !self.tampered {
            let all: Tree = self.ours.clone().into_iter().chain(self.foreign.clone()).collect();
            assert_eq!(found, all);
            // The list names ours and nothing else.
            let list = guard::open(out).unwrap();
            assert!(list.files.keys().eq(self.ours.keys()));
        }
        assert!(!out.join(stage::STAGE).exists());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_builds_leaves_exactly_the_last_site(deeds in prop::collection::vec(any_deed(), 1..12)) {
        let dir = folder();
        let mut expected = Expected::default();
        build(dir.path(), &Tree::new()).unwrap();
        for deed in deeds {
            expected.run(dir.path(), deed);
            expected.check(dir.path());
        }
    }

    #[test]
    fn a_killed_run_never_loses_a_build(first in any_site(), second in any_site(), steps in 0usize..16) {
        let dir = interrupted(&first, &second, |out, stage, journal, old| {
            stage.commit(journal).unwrap();
            publish::stop_after(out, stage, journal, old, steps);
        });
        build(dir.path(), &second).unwrap();
        prop_assert_eq!(disk(dir.path()), with_folders(&second));
        prop_assert_eq!(build(dir.path(), &second).unwrap().written, 0);
    }
}
