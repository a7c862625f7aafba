//! The command line: what is asked for, and how it is answered. The only room that prints.
//!
//! Lives here: arguments, the language of messages, the printing of reports, exit codes. Never here: work on a site.

pub mod args;
pub mod build;
pub mod bundle;
pub mod check;
mod edit;
pub mod export;
pub mod handbook;
pub mod import;
pub mod init;
pub mod licences;
pub mod locale;
mod made_from;
pub mod manual;
pub mod new;
pub mod options;
pub mod output;
mod progress;
mod run;
pub mod schema;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod translate;

use args::{Command, Stop};
use std::ffi::OsString;

/// Exit code: all was done.
pub const DONE: u8 = 0;
/// Exit code: the content has errors, and nothing of the output was changed.
pub const CONTENT_ERRORS: u8 = 1;
/// Exit code: the call or the environment is wrong.
pub const WRONG_CALL: u8 = 2;

/// Runs the program: parses the arguments (the program's name first), carries out the command, answers the exit code.
///
/// Where there is no command, help or a complaint is printed instead.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    let Stop { code, text } = match args::parse(args) {
        Ok(Command::Build(options)) => return build::run(&options),
        Ok(Command::Check(options)) => return check::run(&options),
        Ok(Command::Bundle(options)) => return bundle::run(&options),
        Ok(Command::Handbook(options)) => return handbook::run(&options),
        Ok(Command::Export(options)) => return export::run(&options),
        Ok(Command::Import(options)) => return import::run(&options),
        Ok(Command::Search(options)) => return search::run(&options),
        Ok(Command::Init(options)) => return init::run(&options),
        Ok(Command::New(command)) => return new::run(&command),
        Ok(Command::Schema(options)) => return schema::run(&options),
        #[cfg(feature = "serve")]
        Ok(Command::Serve(options)) => return serve::run(&options),
        Ok(Command::Translate(command)) => return translate::run(&command),
        Ok(Command::Completions(options)) => return manual::completions(&options),
        Ok(Command::Man(options)) => return manual::man(&options),
        Ok(Command::Licences(options)) => return licences::run(&options),
        Err(stop) => stop,
    };
    let printed = if code == DONE { output::print(&text) } else { output::print_error(&text) };
    if printed.is_ok() { code } else { WRONG_CALL }
}
