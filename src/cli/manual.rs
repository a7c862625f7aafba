//! `qingdan completions` and `qingdan man`: what shells and manuals want to know of the command line, from its one
//! definition (`args`). Their options stand here.

use super::edit::{self, Edit, Failed};
use super::locale::MessageLang;
use super::output::{self, Format};
use super::run::Voice;
use super::{DONE, WRONG_CALL, args, schema};
use crate::msg;
use clap::Args;
use clap_complete::Shell;
use std::io;
use std::path::PathBuf;

const COMPLETIONS_HELP: &str = "\
Examples:
  qingdan completions bash > ~/.local/share/bash-completion/completions/qingdan
  qingdan completions zsh > ~/.zfunc/_qingdan          with ~/.zfunc in $fpath
  qingdan completions fish > ~/.config/fish/completions/qingdan.fish
  qingdan completions powershell >> $PROFILE";

const MAN_HELP: &str = "\
Examples:
  qingdan man | man -l -               read the manual
  qingdan man --out ~/.local/share/man/man1      qingdan.1 and a page for each command";

/// The options of `completions`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = COMPLETIONS_HELP)]
pub struct CompletionsOptions {
    /// The shell / 命令行程序
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// The options of `man`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = MAN_HELP)]
pub struct ManOptions {
    /// The folder that gets a page for each command; the main page is printed without it / 输出文件夹
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

/// Runs `completions`; hands back the exit code.
pub(super) fn completions(options: &CompletionsOptions) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut args::definition(), "qingdan", &mut script);
    output::print(&String::from_utf8_lossy(&script)).map_or(WRONG_CALL, |()| DONE)
}

/// Runs `man`; hands back the exit code.
pub(super) fn man(options: &ManOptions) -> u8 {
    let voice = Voice { format: Format::Human, lang: options.given_messages.unwrap_or_else(MessageLang::of_locale) };
    let Ok(pages) = pages() else { return WRONG_CALL };
    let Some(out) = &options.out else {
        let main = pages.first().map(|(_, text)| text.as_str()).unwrap_or_default();
        return output::print(main).map_or(WRONG_CALL, |()| DONE);
    };
    let files: Vec<(PathBuf, &str)> = pages.iter().map(|(name, text)| (out.join(name), text.as_str())).collect();
    // A page of an older version makes room; whatever else is in the folder stays.
    let edits: Vec<Edit<'_>> =
        files.iter().map(|(disk, text)| Edit { disk, text, new: disk.symlink_metadata().is_err() }).collect();
    match edit::write_all(&edits) {
        Ok(()) => {
            let (out, count) = (out.display(), edits.len());
            voice.remark(&msg!("已写入 {count} 页手册到“{out}”", "wrote {count} pages to `{out}`"));
            DONE
        }
        Err(Failed { disk, error }) => {
            let (message, hint) = schema::unwritable(&disk, &error);
            voice.refuse(&message, hint.as_ref())
        }
    }
}

/// The pages by file name, the main one first.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut definition = args::definition().disable_help_subcommand(true);
    definition.build();
    let mut pages = Vec::new();
    let mut todo = vec![definition];
    while let Some(command) = todo.pop() {
        let name = format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name()));
        let mut text = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
        pages.push((name, String::from_utf8_lossy(&text).into_owned()));
        let within: Vec<clap::Command> = command.get_subcommands().cloned().collect();
        todo.extend(within.into_iter().rev());
    }
    Ok(pages)
}
