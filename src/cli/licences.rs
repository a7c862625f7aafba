//! `qingdan licences`: whose work the program is made of, and the texts that their licences ask to hand on.
//!
//! Never here: the list itself, which `licences/generate.mjs` writes from what Cargo knows.

use super::output;
use super::{DONE, WRONG_CALL};
use clap::Args;

/// Every crate with its licence, then the texts.
const THIRD_PARTY: &str = include_str!("../../THIRD-PARTY.txt");

const AFTER_LICENCES: &str = "\
Examples:
  qingdan licences | less              every crate with its licence, then the texts
  qingdan licences > THIRD-PARTY.txt   to hand on beside the program
  qingdan licences --list              without the texts";

/// The options of `licences`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_LICENCES)]
pub struct LicencesOptions {
    /// The list alone, a crate a line / 只列出名称和许可
    #[arg(long)]
    pub list: bool,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &LicencesOptions) -> u8 {
    output::print(if options.list { list() } else { THIRD_PARTY }).map_or(WRONG_CALL, |()| DONE)
}

/// What stands before the first text: those begin with a rule of equals signs.
fn list() -> &'static str {
    THIRD_PARTY.split("\n====").next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_what_the_program_is_made_of() {
        let list = list();
        for name in ["tera ", "clap ", "pulldown-cmark ", "tikv-jemallocator "] {
            let lines: Vec<&str> = list.lines().filter(|line| line.starts_with(name)).collect();
            assert!(matches!(lines[..], [line] if line.contains(": ")), "{name}: {lines:?}");
        }
        assert!(THIRD_PARTY.len() > 5 * list.len(), "the texts are missing");
    }
}
