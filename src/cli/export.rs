//! `qingdan export`: the tables of the catalogue in a folder, for whoever works on them in a spreadsheet program. They
//! are those of the site's open data (`data`). Its own options stand here.

use super::locale::MessageLang;
use super::output::Format as ReportFormat;
use super::run::{Voice, read};
use super::{DONE, WRONG_CALL};
use crate::data::{Data, Format};
use crate::diag::{Message, Report};
use crate::sink::Sink;
use crate::theme::Theme;
use crate::write::{self, Job, WriteError};
use crate::{msg, url};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan export                       a CSV file for each table, into tables/
  qingdan export --out /tmp/list
  qingdan export --format xlsx         one workbook with all tables (in programs built with the feature `xlsx`)

The files are those of data/ in a built site; docs/data.md has every column. Files in the folder that qingdan did
not write are never touched; those of the last export go.";

/// The format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Tables {
    /// A CSV file each / CSV
    #[default]
    Csv,
    /// One workbook / 工作簿
    #[cfg(feature = "xlsx")]
    Xlsx,
}

/// The options of `export`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct ExportOptions {
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// The folder the tables are written to / 输出文件夹
    #[arg(long, value_name = "DIR", default_value = "tables")]
    pub out: PathBuf,
    /// The format of the tables / 表格格式
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Tables,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

impl ExportOptions {
    /// The language of messages: as asked for, else the locale's.
    pub fn messages(&self) -> MessageLang {
        self.given_messages.unwrap_or_else(MessageLang::of_locale)
    }
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &ExportOptions) -> u8 {
    let voice = Voice { format: ReportFormat::Human, lang: options.messages() };
    let inputs = [options.content.as_path()];
    if let Err(error) = write::refuse(&options.out, &inputs) {
        return voice.refuse(&error.message(), error.hint().as_ref());
    }
    let (catalogue, report) = match read(&options.content, voice) {
        Ok((_, catalogue, report)) => (catalogue, report),
        Err(code) => return code,
    };
    // The strings name the sheets; a site that has its own is asked for them, as `build` does.
    let own = Some(Path::new("templates")).filter(|folder| folder.is_dir());
    let theme = match Theme::load(own, catalogue.languages()) {
        Ok(theme) => theme.value,
        Err(none) => return voice.refuse(&none.message, None),
    };
    let data = Data::new(&catalogue, None, &|lang, key| theme.own_string(lang, key));
    let wanted = match options.format {
        Tables::Csv => Format::Csv,
        #[cfg(feature = "xlsx")]
        Tables::Xlsx => Format::Xlsx,
    };
    let mut files: Vec<(String, usize)> = (data.files().iter().enumerate())
        .filter(|(_, file)| file.format == wanted)
        .map(|(at, file)| (file.path.strip_prefix(url::DATA).unwrap_or(&file.path).to_owned(), at))
        .collect();
    files.sort();
    let (paths, places): (Vec<String>, Vec<usize>) = files.into_iter().unzip();
    let make = |at: usize, out: &mut Sink<'_>| -> Result<(), Report> {
        data.make(places[at], out);
        Ok(())
    };
    let job = Job {
        out: &options.out,
        inputs: &inputs,
        paths: &paths,
        make: &make,
        last: &[],
        made_from: &|| None,
        progress: &|_| {},
    };
    match write::apply(&job) {
        Ok(_) => {
            if !report.is_empty() && voice.report(&report).is_err() {
                return WRONG_CALL;
            }
            voice.remark(&done(&options.out, paths.len()));
            DONE
        }
        Err(WriteError::Make { error, .. }) => voice.report(&error).err().unwrap_or(WRONG_CALL),
        Err(WriteError::Output(error)) => voice.refuse(&error.message(), error.hint().as_ref()),
    }
}

fn done(out: &Path, files: usize) -> Message {
    let out = out.display();
    msg!("已导出 {files} 个文件到“{out}”", "exported {files} file(s) to `{out}`")
}
