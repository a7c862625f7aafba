//! `qingdan serve`: the editor's desk. Serves the site from memory on loopback, and makes it anew at each save. Its options
//! and what it says stand here; the server is `serve`'s.

use super::options::{Answer, Inputs};
use super::output::{self, Format};
use super::progress::Bar;
use super::run::Voice;
use super::{DONE, WRONG_CALL};
use crate::diag::{Message, Report, Severity};
use crate::msg;
use crate::serve::{self, Event, Port, Server};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const AFTER_HELP: &str = "\
Examples:
  qingdan serve                        http://127.0.0.1:8282/, or the next port that is free
  qingdan serve --open                 and opens it in the browser
  qingdan serve --port 3000 --messages zh
  qingdan serve --poll                 looks every second: for network folders and containers

A page reloads when something it may show was saved. A fault is shown above the page, with its
file and line, and the last good site stays up. Only this machine can reach the server; nothing
is written to the disk. Ctrl-C ends it.";

/// The port, where none is asked for and it is free.
const PORT: u16 = 8282;

/// The options of `serve`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct ServeOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// The port on 127.0.0.1; 0 takes any / 端口 [default: 8282, or the next that is free]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in the browser / 在浏览器中打开
    #[arg(long)]
    pub open: bool,
    /// Look at the folders every so many seconds, where nobody reports changes / 定时查看 [default: 1, if given]
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "1", value_parser = seconds)]
    pub poll: Option<Duration>,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.05..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| {
        let wrong = msg!("应是 0.05 到 3600 之间的秒数", "it must be a number of seconds from 0.05 to 3600");
        super::options::in_locale(&wrong)
    })
}

/// Runs the command until it is interrupted; hands back the exit code.
pub(super) fn run(options: &ServeOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let templates = options.inputs.given_templates.as_deref().unwrap_or(Path::new("templates"));
    let server = Server::open(serve::Options {
        content: options.inputs.content.clone(),
        templates: PathBuf::from(templates),
        base_url: options.inputs.base_url.clone(),
        port: options.port.map_or(Port::From(PORT), Port::Just),
        poll: options.poll,
        explain: output::explain,
    });
    let server = match server {
        Ok(server) => server,
        Err(message) => return voice.refuse(&message, None),
    };
    if output::print(&format!("{}\n", server.address())).is_err() {
        return WRONG_CALL;
    }
    voice.remark(&msg!("按 Ctrl-C 结束", "Ctrl-C ends the server"));
    if options.open
        && let Err(error) = open::that_detached(server.address())
    {
        voice.remark(&msg!("无法打开浏览器：{error}", "the browser cannot be opened: {error}"));
    }
    let speaker = Speaker {
        voice,
        bar: Bar::waiting(voice.lang.pick(&msg!("正在读取内容", "reading the content"))),
        said: Mutex::default(),
    };
    match server.run(Arc::new(move |event| speaker.say(event))) {
        Ok(()) => DONE,
        Err(message) => voice.refuse(&message, None),
    }
}

/// Says what happens.
struct Speaker {
    voice: Voice,
    /// Moves until there is something to say.
    bar: Bar,
    /// The report that was said last.
    said: Mutex<Report>,
}

impl Speaker {
    fn say(&self, event: Event) {
        self.bar.finish();
        match event {
            Event::Built { changed, took } => self.voice.remark(&built(&changed, took)),
            Event::Found(report) => self.found(report),
            Event::Unmade(report) => drop(self.voice.report(&report)),
            Event::Note(message) => self.voice.remark(&message),
        }
    }

    /// Errors in full; of warnings their number, since they are the same from save to save. What was said is not repeated.
    fn found(&self, report: Report) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if *said == report {
            return;
        }
        let is_read = !matches!(self.voice.format, Format::Human | Format::Short);
        // A terminal that is gone is no reason to end: the browser shows the same.
        if is_read {
            let _ = self.voice.report(&report);
        } else if report.has_errors() {
            let mut errors = report.clone();
            errors.retain(|fault| fault.severity == Severity::Error);
            let _ = self.voice.report(&errors);
        } else if said.has_errors() || said.warnings() != report.warnings() {
            self.voice.remark(&sound(report.warnings()));
        }
        *said = report;
    }
}

fn built(changed: &[String], took: Duration) -> Message {
    let took = took.as_millis();
    match changed {
        [] => msg!("网站已就绪（{took} 毫秒）", "the site is ready ({took} ms)"),
        [one] => msg!("{one}：已更新（{took} 毫秒）", "{one}: updated ({took} ms)"),
        [first, rest @ ..] => {
            let (more, all) = (rest.len(), changed.len());
            msg!("{first} 等 {all} 个文件：已更新（{took} 毫秒）", "{first} and {more} more: updated ({took} ms)")
        }
    }
}

fn sound(warnings: usize) -> Message {
    let ending = if warnings == 1 { "" } else { "s" };
    match warnings {
        0 => msg!("没有发现问题", "no problems found"),
        _ => msg!(
            "没有错误，有 {warnings} 个警告；qingdan check 会逐一列出",
            "no errors, {warnings} warning{ending}; `qingdan check` lists them"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_sensible() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for wrong in ["0", "-1", "NaN", "inf", "x", "86400"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
