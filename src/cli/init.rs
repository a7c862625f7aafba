//! `qingdan init`: a small complete catalogue to start from. Its own options stand here; what it consists of is `desk`'s.
#![allow(clippy::disallowed_methods, reason = "looks at the folder that it is to fill")]

use super::edit::{self, Failed};
use super::locale::MessageLang;
use super::output::{self, Format};
use super::run::Voice;
use super::{DONE, schema};
use crate::desk::{self, Comments, Starter};
use crate::diag::Message;
use crate::import::Refused;
use crate::model::Catalogue;
use crate::source::Sources;
use crate::theme::Theme;
use crate::{load, msg};
use clap::Args;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan init my-list                 a catalogue in Chinese, in the folder my-list
  qingdan init . --lang zh-Hans --lang mn-Mong       in this folder, in two languages; the first is that of the facts
  qingdan init my-list --lang en --messages en       in English, with comments in English

The files are commented in the language of messages. What is in them is an example, and says so:
put your own in its place. Nothing that exists is overwritten.";

/// The options of `init`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct InitOptions {
    /// The folder of the new catalogue; it may be there already / 新清单的文件夹
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// A language of the site, as a BCP 47 tag; the first is the source language / 网站的语言，第一种是原文
    #[arg(long = "lang", value_name = "TAG", value_delimiter = ',', default_value = "zh-Hans")]
    pub languages: Vec<String>,
    /// The language of messages and of the comments in the files / 提示和注释的语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

/// The language of comments that goes with one of messages.
pub(super) fn comments(lang: MessageLang) -> Comments {
    match lang {
        MessageLang::Zh => Comments::Zh,
        MessageLang::En => Comments::En,
    }
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &InitOptions) -> u8 {
    let voice = Voice { format: Format::Human, lang: options.given_messages.unwrap_or_else(MessageLang::of_locale) };
    match init(options, voice) {
        Ok(()) => DONE,
        Err(Refused { message, hint }) => voice.refuse(&message, hint.as_ref()),
    }
}

fn init(options: &InitOptions, voice: Voice) -> Result<(), Refused> {
    let folder = &options.folder;
    let Starter { mut files, is_borrowed } = desk::starter(&options.languages, comments(voice.lang))?;
    refuse_content(folder)?;
    // A manual and a list of ignored files may be somebody's already: those stay.
    files.retain(|file| file.path.starts_with("content/") || folder.join(&file.path).symlink_metadata().is_err());
    edit::write_planned(folder, &files).map_err(|Failed { disk, error }| refused(schema::unwritable(&disk, &error)))?;
    let content = folder.join("content");
    let catalogue = read(&content)?;
    schema::write(&content.join(crate::schema::FOLDER), Some(&catalogue)).map_err(refused)?;
    if output::print(&done(folder, files.len(), &catalogue, voice.lang)).is_err() {
        return Err(Refused { message: msg!("无法输出", "cannot print"), hint: None });
    }
    if is_borrowed {
        voice.remark(&msg!(
            "注意：没有这种语言的示例文字，暂用中文，请换成自己的内容",
            "warning: there are no example texts in that language; English stands in until you put your own"
        ));
    }
    for message in unspoken(folder, &catalogue) {
        voice.remark(&message);
    }
    Ok(())
}

fn refused((message, hint): (Message, Option<Message>)) -> Refused {
    Refused { message, hint }
}

/// A folder that has content already is no place for a new catalogue.
fn refuse_content(folder: &Path) -> Result<(), Refused> {
    let shown = folder.display();
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(Refused {
            message: msg!("“{shown}”不是文件夹", "`{shown}` is no folder"),
            hint: Some(msg!("请另选一个名字", "choose another name")),
        });
    }
    let content = folder.join("content");
    let is_free = match std::fs::read_dir(&content) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => content.symlink_metadata().is_err(),
    };
    if is_free {
        return Ok(());
    }
    let content = content.display();
    Err(Refused {
        message: msg!("“{content}”里已有内容，不会覆盖", "`{content}` is not empty, and nothing is overwritten"),
        hint: Some(msg!(
            "请另选一个文件夹；要添加内容用 qingdan new 或 qingdan import",
            "choose another folder; to add to a catalogue use `qingdan new` or `qingdan import`"
        )),
    })
}

fn read(content: &Path) -> Result<Catalogue, Refused> {
    let outcome = Sources::read(content).map_err(|none| Refused { message: none.message, hint: None })?;
    Ok(load(&outcome.value).value)
}

/// The languages that the theme has no strings for, each with what to add.
fn unspoken(folder: &Path, catalogue: &Catalogue) -> Vec<Message> {
    let own = folder.join("templates");
    let Ok(theme) = Theme::load(Some(own.as_path()).filter(|own| own.is_dir()), catalogue.languages()) else {
        return Vec::new();
    };
    let missing = theme.report.iter().filter(|d| d.code == "missing-string");
    let said = missing.map(|d| {
        let (message, hint) = (&d.message, d.hint.as_ref());
        let (zh, en) = hint.map_or(("", ""), |hint| (hint.zh.as_str(), hint.en.as_str()));
        Message::new(format!("注意：{}。{zh}", message.zh), format!("warning: {}; {en}", message.en))
    });
    said.collect()
}

fn done(folder: &Path, files: usize, catalogue: &Catalogue, lang: MessageLang) -> String {
    let shown = folder.display();
    let names: Vec<String> = catalogue.languages().iter().map(|lang| format!("{} {}", lang.tag, lang.name)).collect();
    let (zh, en) = (names.join("、"), names.join(", "));
    let (go_zh, go_en) = if folder == Path::new(".") {
        (String::new(), String::new())
    } else {
        (format!("  cd {shown}\n"), format!("  cd {shown}\n"))
    };
    let message = msg!(
        "已在“{shown}”新建清单：{files} 个文件，语言：{zh}\n\
         下一步：\n{go_zh}\
         \x20 qingdan serve                                  边改边看：打开它显示的地址\n\
         \x20 qingdan new item 名称 --domain example-one      添加一个服务项目\n\
         \x20 qingdan import 清单.xlsx --add-groups --dry-run 或者导入一份表格，先看看\n\
         \x20 qingdan check                                  检查内容，写错的地方会逐条指出\n\
         \x20 qingdan build                                  生成网站到 public/\n\
         先改 content/site.yaml 和 content/catalogue.yaml；示例的标识都以 example- 开头，不需要时删去。\n",
        "started a catalogue in `{shown}`: {files} files, in {en}\n\
         Next:\n{go_en}\
         \x20 qingdan serve                                  see it while you write: open the address it prints\n\
         \x20 qingdan new item NAME --domain example-one     add a service\n\
         \x20 qingdan import LIST.xlsx --add-groups --dry-run or bring in a spreadsheet, first for a look\n\
         \x20 qingdan check                                  every fault of the content, with what to do\n\
         \x20 qingdan build                                  make the site, in public/\n\
         Begin with content/site.yaml and content/catalogue.yaml. The ids of examples begin with example-: remove them in time.\n"
    );
    lang.pick(&message).to_owned()
}
