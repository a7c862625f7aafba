//! Makes the site anew when something was saved: one thread, one change after another.
//!
//! Lives here: what is done again, when it is put up, and who is told. A save that is sound but for the rules is put up
//! before they are through with it, if that takes long; should they then find an error, the last good site comes back.
//! Never here: watching, connections, and the rules themselves.

use super::board::Board;
use super::content::Content;
use super::generation::Generation;
use super::verdict::{Judge, Verdict};
use super::watch::{Noticed, Watch};
use super::{Event, Explained, Options, Tell};
use crate::check;
use crate::diag::{Diagnostic, Message, Report, SourceFile, Span};
use crate::lang::Lang;
use crate::theme::Theme;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

/// What the desk is told.
pub(super) enum Letter {
    /// Something may have changed.
    Noticed(Noticed),
    /// What the rules say.
    Verdict(Verdict),
    /// Nobody is served any more.
    End,
}

/// How long nothing must happen until a save is taken to be over: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(8);
/// After so long it is read in any case.
const PATIENCE: Duration = Duration::from_millis(40);
/// How long a new site waits for the rules, where they were through in that time with the one before: some hundred items.
const GRACE: Duration = Duration::from_millis(60);

/// The theme as it was read for the site's languages.
struct Dressed {
    theme: Arc<Theme>,
    languages: Vec<Lang>,
    faults: Report,
}

/// The site that was made last.
struct Latest {
    site: Arc<Generation>,
    /// The warnings of content and theme.
    faults: Report,
    /// Whether the rules found no error; none while they are at it.
    is_good: Option<bool>,
}

/// The maker of sites.
pub(super) struct Desk {
    options: Options,
    board: Arc<Board>,
    watch: Watch,
    judge: Judge,
    tell: Tell,
    content: Option<Content>,
    dressed: Option<Dressed>,
    latest: Option<Latest>,
    /// The last site that the rules found sound.
    good: Option<Arc<Generation>>,
    /// What is wrong with what was saved last; none where that is served.
    refused: Option<Explained>,
    /// How long the rules took for a site.
    judging: Duration,
    /// How many sites were planned.
    made: u64,
    /// The number of the last change that was taken in.
    done: u64,
    /// What came while the desk waited for something else.
    backlog: VecDeque<Letter>,
}

impl Desk {
    /// A desk; `sender` leads to it.
    pub(super) fn new(options: Options, board: Arc<Board>, watch: Watch, sender: Sender<Letter>, tell: Tell) -> Self {
        Self {
            options,
            board,
            watch,
            judge: Judge::new(sender),
            tell,
            content: None,
            dressed: None,
            latest: None,
            good: None,
            refused: None,
            judging: Duration::ZERO,
            made: 0,
            done: 0,
            backlog: VecDeque::new(),
        }
    }

    /// Works until there is no more to do.
    pub(super) fn run(mut self, letters: &Receiver<Letter>) {
        self.rebuild(Noticed::everything(), Instant::now(), letters);
        loop {
            let letter = match self.backlog.pop_front() {
                Some(letter) => letter,
                None => match letters.recv() {
                    Ok(letter) => letter,
                    Err(_) => return,
                },
            };
            match letter {
                Letter::End => return,
                Letter::Verdict(verdict) => self.judged(verdict),
                Letter::Noticed(noticed) => {
                    let begun = Instant::now();
                    let noticed = self.gather(noticed, begun, letters);
                    self.rebuild(noticed, begun, letters);
                }
            }
        }
    }

    /// Waits until the save is over.
    fn gather(&mut self, mut noticed: Noticed, begun: Instant, letters: &Receiver<Letter>) -> Noticed {
        for letter in std::mem::take(&mut self.backlog) {
            match letter {
                Letter::Noticed(more) => noticed.add(more),
                other => self.backlog.push_back(other),
            }
        }
        while begun.elapsed() < PATIENCE {
            match letters.recv_timeout(QUIET) {
                Ok(Letter::Noticed(more)) => noticed.add(more),
                Ok(other) => self.backlog.push_back(other),
                Err(_) => break,
            }
        }
        noticed
    }

    /// Takes in what may have changed.
    fn rebuild(&mut self, noticed: Noticed, begun: Instant, letters: &Receiver<Letter>) {
        self.done = self.done.max(noticed.number);
        self.watch.follow(noticed.is_rooted);
        let content = match self.refresh(&noticed) {
            Ok(changed) => changed,
            Err(message) => {
                // The next change finds nothing to compare with, and reads everything.
                self.content = None;
                return self.refuse(alone(&self.options.content, message));
            }
        };
        let theme = match self.dress(noticed.templates) {
            Ok(changed) => changed,
            Err(message) => {
                self.dressed = None;
                return self.refuse(alone(&self.options.templates, message));
            }
        };
        if !content && !theme {
            return self.board.pass(self.done);
        }
        match self.plan(theme) {
            Ok(latest) => {
                let mut shown = noticed.shown;
                // What an editor wrote on the way is gone by now; a file that was removed is news only by itself.
                if shown.iter().any(|path| Path::new(path).exists()) {
                    shown.retain(|path| Path::new(path).exists());
                }
                self.put_up(latest, shown, begun, letters);
            }
            Err(faults) => self.refuse(faults),
        }
    }

    /// Plans a site of what was read, and puts it to the rules meanwhile. A theme that was read anew is tried out.
    fn plan(&mut self, try_theme: bool) -> Result<Latest, Report> {
        let mut faults = Report::default();
        let (Some(content), Some(dressed)) = (&self.content, &self.dressed) else { return Err(faults) };
        faults.merge(content.report());
        faults.merge(dressed.faults.clone());
        if faults.has_errors() {
            // All faults at once, as `check` names them; on a large list the rules wait until the rest is mended.
            if self.waits() {
                faults.merge(check::check(content.catalogue()));
            }
            return Err(faults);
        }
        self.made += 1;
        let catalogue = Arc::clone(content.catalogue());
        if self.waits() {
            self.judge.ask(self.made, &catalogue);
        }
        let planned = Generation::plan(self.made, catalogue, Arc::clone(&dressed.theme), self.options.base_url.clone());
        let tried = planned.and_then(|site| if try_theme { site.sample().map(|()| site) } else { Ok(site) });
        match tried {
            Ok(site) => Ok(Latest { site: Arc::new(site), faults, is_good: None }),
            Err(unmade) => {
                faults.merge(unmade);
                Err(faults)
            }
        }
    }

    /// Reads the content again. Whether it differs.
    fn refresh(&mut self, noticed: &Noticed) -> Result<bool, Message> {
        if let Some(content) = &mut self.content {
            let Some(changed) = &noticed.content else { return Ok(false) };
            return content.refresh(changed).map_err(|none| none.message);
        }
        self.content = Some(Content::read(&self.options.content).map_err(|none| none.message)?);
        Ok(true)
    }

    /// Reads the theme again where its files or the site's languages are others. Whether it did.
    fn dress(&mut self, changed: bool) -> Result<bool, Message> {
        let Some(content) = &self.content else { return Ok(false) };
        let languages = content.catalogue().languages();
        if !changed && self.dressed.as_ref().is_some_and(|dressed| dressed.languages == languages) {
            return Ok(false);
        }
        let own = Some(self.options.templates.as_path()).filter(|own| own.is_dir());
        let outcome = Theme::load(own, languages).map_err(|none| none.message)?;
        self.dressed =
            Some(Dressed { theme: Arc::new(outcome.value), languages: languages.to_vec(), faults: outcome.report });
        Ok(true)
    }

    /// Puts up a new site, when the rules are through with it or have had their time.
    fn put_up(&mut self, latest: Latest, changed: Vec<String>, begun: Instant, letters: &Receiver<Letter>) {
        let site = Arc::clone(&latest.site);
        (self.latest, self.refused) = (Some(latest), None);
        let waits = self.waits();
        let until = Instant::now() + if waits { GRACE } else { Duration::ZERO };
        let mut verdict = None;
        while verdict.is_none() {
            match letters.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Letter::Verdict(one)) if one.number == site.number => verdict = Some(one),
                Ok(other) => self.backlog.push_back(other),
                Err(_) => break,
            }
        }
        if verdict.as_ref().is_none_or(|verdict| !verdict.report.has_errors()) {
            self.board.put(Some(Arc::clone(&site)), Explained::default(), self.done);
            (self.tell)(Event::Built { changed, took: begun.elapsed() });
        }
        if !waits {
            self.judge.ask(site.number, site.shared_catalogue());
        }
        if let Some(verdict) = verdict {
            self.judged(verdict);
        }
    }

    /// Whether the rules begin beside the plan, and are waited for. Else they would only slow it down.
    fn waits(&self) -> bool {
        self.judging <= GRACE
    }

    /// The rules are through with a site, which is up unless they found an error in time.
    fn judged(&mut self, verdict: Verdict) {
        let Some(latest) = self.latest.as_mut().filter(|latest| latest.site.number == verdict.number) else { return };
        let mut report = latest.faults.clone();
        report.merge(verdict.report);
        report.merge(latest.site.warnings());
        report.sort();
        let site = Arc::clone(&latest.site);
        let is_good = !report.has_errors();
        let was_judged = latest.is_good.replace(is_good).is_some();
        if !was_judged {
            self.judging = verdict.took;
        }
        if is_good {
            self.good = Some(Arc::clone(&site));
        }
        match &self.refused {
            // What was saved since is wrong in any case: that is what is shown, over the site that is sound.
            Some(refused) if !is_good => self.board.put(self.good.clone(), refused.clone(), self.done),
            Some(_) => {}
            None if !is_good => self.refuse(report),
            None => {
                // What follows the rules changes nothing of what is served.
                if !was_judged {
                    self.judge.ask_more(&site);
                }
                (self.tell)(Event::Found(report));
            }
        }
    }

    /// Shows errors over the last site that is sound, as far as that is known.
    fn refuse(&mut self, mut report: Report) {
        report.sort();
        // One that the rules are still at is newer than the last they found sound; should it not be, that one comes back.
        let latest = self.latest.as_ref().filter(|latest| latest.is_good != Some(false));
        let site = latest.map(|latest| Arc::clone(&latest.site)).or_else(|| self.good.clone());
        let explained = (self.options.explain)(&report);
        self.refused = Some(explained.clone());
        self.board.put(site, explained, self.done);
        (self.tell)(Event::Found(report));
    }
}

/// A report of a folder that cannot be read.
fn alone(folder: &Path, message: Message) -> Report {
    let file = SourceFile::new(folder.to_string_lossy().replace('\\', "/"), "", "");
    let mut report = Report::default();
    report.push(Diagnostic::error("unreadable-folder", Span::whole(&file), message));
    report
}
