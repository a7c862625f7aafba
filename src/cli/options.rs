//! The options that several commands share: what is read, and how it is answered.

use super::locale::MessageLang;
use super::output::Format;
use crate::diag::Message;
use crate::{msg, url};
use clap::Args;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Where the input of a site lies.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Inputs {
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Templates that replace built-in ones, file by file / 自定义模板文件夹 [default: templates, if it exists]
    #[arg(long = "templates", value_name = "DIR")]
    pub(super) given_templates: Option<PathBuf>,
    /// The address the site will have / 网站的地址
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
}

impl Inputs {
    /// The folder of the site's own templates; none where only the built-in ones serve.
    pub fn templates(&self) -> Option<&Path> {
        match &self.given_templates {
            Some(given) => Some(given),
            None => Some(Path::new("templates")).filter(|default| default.is_dir()),
        }
    }
}

/// How the tool answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Answer {
    /// The format of the faults found / 输出格式
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    pub(super) given_messages: Option<MessageLang>,
}

impl Answer {
    /// The language of messages: as asked for, else the locale's.
    pub fn messages(&self) -> MessageLang {
        self.given_messages.unwrap_or_else(MessageLang::of_locale)
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let wrong = msg!(
        "应是 https://example.org/list/ 这样的地址：http(s)、主机名、可选的路径，不带“?”和“#”",
        "it must be like https://example.org/list/: http(s), a host and maybe a path, without `?` and `#`"
    );
    url::normal_base(text).ok_or_else(|| in_locale(&wrong))
}

pub(super) fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| in_locale(&msg!("应是 1 或更大的整数", "it must be a whole number, 1 or more")))
}

/// While arguments are parsed `--messages` is not known yet.
pub(super) fn in_locale(message: &Message) -> String {
    MessageLang::of_locale().pick(message).to_owned()
}
