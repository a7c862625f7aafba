//! Fuzzing: no input makes a reader panic, linger, or take more time for each byte the longer it is.
//!
//! Each target (`targets`) reads the files of `tests/fuzz/<target>/`, which are kept, and inputs made of them: bytes turned,
//! pieces repeated, joined and cut, words of the format put in. An input that fails is written into that folder, so that
//! every later run tries it first. `growth` measures what four times as long an input costs.
//!
//! A few seconds by default, always with the same inputs. QINGDAN_FUZZ_SECONDS=600 tries new ones for so long, each target:
//! `QINGDAN_FUZZ_SECONDS=600 cargo test --test it --all-features fuzz::`

#![allow(clippy::print_stderr, reason = "how much was tried is told")]

mod growth;
mod mutate;
mod targets;

use mutate::{Edit, any_edits, apply};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use targets::Target;

/// How many inputs are tried where no time is given.
const CASES: usize = 48;

/// No input of the lengths that are made here takes so long, on any machine, in any build.
const LINGERS: Duration = Duration::from_secs(20);

/// The longest input that is made.
const LONGEST: usize = 96 << 10;

/// The folder of the inputs that are kept.
fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target)
}

/// The inputs that are kept for a target, by name, and those that it brings along.
fn corpus(target: &Target) -> Vec<(String, Vec<u8>)> {
    let mut kept: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder(target.corpus))
        .unwrap_or_else(|error| panic!("tests/fuzz/{}: {error}", target.corpus))
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name() != ".gitattributes")
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .collect();
    kept.sort();
    kept.extend((target.seeds)().into_iter().enumerate().map(|(at, bytes)| (format!("seed {at}"), bytes)));
    assert!(!kept.is_empty(), "{} has no input to begin with", target.name);
    kept
}

/// Runs a target on an input: what went wrong, if anything did.
fn fault(target: &Target, input: &[u8]) -> Option<String> {
    let begun = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    match result {
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Some(text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default())
        }
        Ok(()) => (begun.elapsed() > LINGERS).then(|| format!("it took {:?}", begun.elapsed())),
    }
}

/// Keeps an input that fails, and ends the test.
fn keep(target: &Target, input: &[u8], fault: &str) -> ! {
    let name = format!("found-{}", &blake3::hash(input).to_hex()[..12]);
    let path = folder(target.corpus).join(&name);
    std::fs::write(&path, input).unwrap();
    panic!("{}: {fault}\nthe input is kept as {}", target.name, path.display());
}

fn runner(seconds: Option<u64>) -> TestRunner {
    // A short run is the same everywhere: what fails for one fails for all.
    let rng = match seconds {
        None => TestRng::deterministic_rng(RngAlgorithm::ChaCha),
        Some(_) => return TestRunner::new(Config::default()),
    };
    TestRunner::new_with_rng(Config::default(), rng)
}

/// Tries the inputs that are kept, then new ones.
fn fuzz(target: &Target) {
    let seconds = std::env::var("QINGDAN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let corpus = corpus(target);
    for (name, input) in &corpus {
        if let Some(fault) = fault(target, input) {
            panic!("{}: tests/fuzz/{}/{name}: {fault}", target.name, target.corpus);
        }
    }
    let mut runner = runner(seconds);
    let (begun, mut tried) = (Instant::now(), 0);
    let strategy = any_edits(corpus.len(), target.words.len());
    while seconds.map_or(tried < CASES, |limit| begun.elapsed() < Duration::from_secs(limit)) {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        let make = |edits: &(usize, Vec<Edit>)| apply(&corpus, target.words, edits, LONGEST);
        let mut worst = make(&tree.current());
        tried += 1;
        let Some(mut said) = fault(target, &worst) else { continue };
        // A smaller input that fails says more.
        let shrinking = Instant::now();
        while shrinking.elapsed() < Duration::from_secs(30) && tree.simplify() {
            let smaller = make(&tree.current());
            match fault(target, &smaller) {
                Some(fault) => (worst, said) = (smaller, fault),
                None => {
                    while shrinking.elapsed() < Duration::from_secs(30) && tree.complicate() {
                        let other = make(&tree.current());
                        if let Some(fault) = fault(target, &other) {
                            (worst, said) = (other, fault);
                            break;
                        }
                    }
                }
            }
        }
        keep(target, &worst, &said);
    }
    eprintln!("{}: {tried} inputs in {:?}", target.name, begun.elapsed());
}

/// One test a target, so that they run beside each other and are named.
macro_rules! targets {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            fuzz(&targets::$name());
        }
    )*
    };
}

targets!(content, markdown, search, mongolian, csv, po, locale, template, slug, address, archive, list);

#[cfg(feature = "xlsx")]
#[test]
fn xlsx() {
    fuzz(&targets::xlsx());
}
