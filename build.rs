//! Numbers the program by what it is made of, so that a cache of an earlier build is told from one of this.
//!
//! A version's number would be the same after a change of code; the program's own bytes would have to be read at each start.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a build script reads files and speaks to Cargo")]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// All that the program is made of, but for the compiler and the features.
const PARTS: [&str; 4] = ["src", "templates", "Cargo.toml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut files = BTreeSet::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        collect(Path::new(part), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    // Cargo tells features, target and compiler by these.
    let told =
        env::vars().filter(|(name, _)| name.starts_with("CARGO_FEATURE_") || name.starts_with("CARGO_CFG_TARGET_"));
    told.collect::<BTreeSet<_>>().hash(&mut hasher);
    println!("cargo::rustc-env=QINGDAN_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// The files at a path. A lock file may be missing, as where this is a dependency of something else.
fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.insert(path.to_owned());
    }
    Ok(())
}
