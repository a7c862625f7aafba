//! `qingdan translate …`: the list of its commands; each has a file of its own.

pub mod stamp;

use clap::Subcommand;

/// A command about translations.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum TranslateCommand {
    /// Write the fingerprints of the source texts as they are now / 更新原文指纹
    Stamp(stamp::StampOptions),
}

/// Runs the command; hands back the exit code.
pub(super) fn run(command: &TranslateCommand) -> u8 {
    match command {
        TranslateCommand::Stamp(options) => stamp::run(options),
    }
}
