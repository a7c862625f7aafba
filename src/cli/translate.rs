//! `qingdan translate …`: the list of its commands; each has a file of its own.

pub mod export;
pub mod import;
pub mod stamp;
pub mod status;

use crate::diag::{Message, suggest};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::msg;
use clap::Subcommand;

/// A command about translations.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum TranslateCommand {
    /// Hand texts to a translator as a PO file / 导出待译文字
    Export(export::ExportOptions),
    /// Bring a translator's PO file into the content / 导入译文
    Import(import::ImportOptions),
    /// Show how far the translations have come / 显示译文进度
    Status(status::StatusOptions),
    /// Write the fingerprints of the source texts as they are now / 更新原文指纹
    Stamp(stamp::StampOptions),
}

/// Runs the command; hands back the exit code.
pub(super) fn run(command: &TranslateCommand) -> u8 {
    match command {
        TranslateCommand::Export(options) => export::run(options),
        TranslateCommand::Import(options) => import::run(options),
        TranslateCommand::Status(options) => status::run(options),
        TranslateCommand::Stamp(options) => stamp::run(options),
    }
}

/// What is wrong with the call or the environment, and perhaps what to do.
type Refusal = (Message, Option<Message>);

/// The language that `--lang` names: one of the site's that has translations.
fn target(tag: &str, catalogue: &Catalogue) -> Result<LangId, Refusal> {
    let known = catalogue.lang_ids().find(|(_, lang)| lang.tag == *tag).map(|(id, _)| id);
    match known {
        None => {
            let hint = suggest(tag, catalogue.languages().iter().skip(1).map(|lang| lang.tag.as_str()));
            Err((msg!("网站没有语言“{tag}”", "the site has no language `{tag}`"), hint))
        }
        Some(LangId::SOURCE) => {
            Err((msg!("{tag} 是源语言，没有译文", "{tag} is the source language: it has no translations"), None))
        }
        Some(lang) => Ok(lang),
    }
}
