//! What an import brought, or would bring, for people.

use super::visible;
use crate::cli::locale::MessageLang;
use crate::data::Part;
use crate::diag::Message;
use crate::import::{Plan, Summary, Thing};
use crate::msg;
use std::fmt::Write as _;
use std::path::Path;

/// The summary: things that are new or changed, files, and a line of counts.
pub(super) fn render(plan: &Plan, content: &Path, doubtful: usize, dry_run: bool, lang: MessageLang) -> String {
    let mut out = String::new();
    let Summary { new, changed, withheld, unchanged, absent } = &plan.summary;
    let mut list = |title: Message, things: &[Thing]| {
        if !things.is_empty() {
            let _ = writeln!(out, "{}", lang.pick(&title));
            things.iter().for_each(|thing| out.push_str(&line(thing, lang)));
        }
    };
    list(msg!("新增：", "New:"), new);
    list(msg!("改动：", "Changed:"), changed);
    list(
        msg!(
            "与表格不同，没有改动（加 --update 才改动已有文件）：",
            "Different, and left as it is (existing files are changed with --update only):"
        ),
        withheld,
    );
    if !plan.files.is_empty() {
        let title = if dry_run {
            msg!("将写入的文件：", "Files to be written:")
        } else {
            msg!("已写入的文件：", "Files written:")
        };
        let _ = writeln!(out, "{}", lang.pick(&title));
        out.push_str(&super::planned(&plan.files, content, "  "));
    }
    let (new, changed, withheld) = (new.len(), changed.len(), withheld.len());
    let counts = msg!(
        "新增 {new}，改动 {changed}，不同而未改动 {withheld}，相同 {unchanged}，可疑 {doubtful}；内容里另有 {absent} 项不在表格中，保持原样",
        "{new} new, {changed} changed, {withheld} different and left, {unchanged} unchanged, {doubtful} doubtful; {absent} in the content that no row is about stay"
    );
    let _ = writeln!(out, "{}", lang.pick(&counts));
    if dry_run {
        let _ = writeln!(out, "{}", lang.pick(&msg!("这是预演，没有改动任何文件", "a dry run: no file was changed")));
    }
    out
}

fn line(thing: &Thing, lang: MessageLang) -> String {
    let Thing { part, key, name, columns } = thing;
    let name: String = name.chars().take(30).collect();
    let columns = if columns.is_empty() { String::new() } else { format!(": {}", columns.join(", ")) };
    let kind = kind(*part);
    let kind = lang.pick(&kind);
    format!("  {kind} {} {}{}\n", visible::line(key), visible::line(&name), visible::line(&columns))
}

/// What one of a part is called.
fn kind(part: Part) -> Message {
    match part {
        Part::Items => msg!("服务项目", "item"),
        Part::Domains => msg!("领域", "domain"),
        Part::Departments => msg!("部门", "department"),
        Part::Audiences => msg!("人群", "audience"),
        Part::LifeEvents => msg!("人生事件", "life event"),
        Part::Tasks => msg!("任务", "task"),
        Part::Division => msg!("分工", "division"),
        Part::Indicators => msg!("指标", "indicator"),
        other => Message::new(other.name(), other.name()),
    }
}
