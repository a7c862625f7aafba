//! `qingdan completions` and `qingdan man`: what shells and manuals want to know of the command line, from its one
//! definition (`args`). Their options stand here.

use super::edit::{self, Edit, Failed};
use super::locale::MessageLang;
use super::output::{self, Format};
use super::run::Voice;
use super::{DONE, WRONG_CALL, args, schema};
use crate::msg;
use clap::{Args, ValueEnum};
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
  qingdan man --out ~/.local/share/man/man1      qingdan.1 and a page for each command
  qingdan man --format markdown                  every command and option, as docs/commands.md";

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ManFormat {
    /// Pages for `man`
    #[default]
    Roff,
    /// One document, to standard output
    Markdown,
}

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
    /// What is written / 输出格式
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: ManFormat,
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
    if options.format == ManFormat::Markdown {
        return output::print(&document()).map_or(WRONG_CALL, |()| DONE);
    }
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
    let mut pages = Vec::new();
    for command in commands() {
        let name = format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name()));
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text)?;
        pages.push((name, String::from_utf8_lossy(&text).into_owned()));
    }
    Ok(pages)
}

/// The program and its commands, each before those within it.
fn commands() -> Vec<clap::Command> {
    let mut definition = args::definition().disable_help_subcommand(true);
    definition.build();
    let mut commands = Vec::new();
    let mut todo = vec![definition];
    while let Some(command) = todo.pop() {
        let within: Vec<clap::Command> = command.get_subcommands().cloned().collect();
        todo.extend(within.into_iter().rev());
        commands.push(command);
    }
    commands
}

/// What `--help` says of every command, as one document.
fn document() -> String {
    let mut text = String::from(
        "# 命令 / Commands\n\n每个命令的 `--help`。此页由 `qingdan man --format markdown` 生成，请勿手改。\n\
         What `--help` says of every command. This page is made by `qingdan man --format markdown`; do not edit it.\n",
    );
    for command in commands() {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).replace('-', " ");
        let help = command.term_width(100).render_long_help().to_string();
        text += &format!("\n## `{name}`\n\n```text\n");
        help.trim_end().lines().for_each(|line| text.extend([line.trim_end(), "\n"]));
        text += "```\n";
    }
    text
}
