//! The list of reasons and gaps of the guideline: the decisions of all articles of which they were said, read on a worker.

use crate::figures::reasons_csv;
use crate::lang::Message;
use crate::review::{ProjectReasons, Reasoned, grouped, project_reasons};
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// The open list.
#[derive(Default)]
pub struct ReasonList {
    finding: Option<Job<Option<ProjectReasons>>>,
    found: Option<ProjectReasons>,
    pub(super) rows: Vec<Row>,
    pub(super) at: usize,
    /// True where only decisions with a gap are listed.
    pub(super) gaps: bool,
    /// True where the row that is looked at is still to be brought into view.
    pub(super) unseen: bool,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    /// A gap of the guideline, and how many decisions name it.
    Gap(String, usize),
    /// A reason, and how many decisions without a gap name it.
    Reason(String, usize),
    /// A decision, by its place among those that were found.
    Decision(usize),
}

impl ReasonList {
    /// True while decisions are read.
    pub fn busy(&self) -> bool {
        self.finding.is_some()
    }

    pub(super) fn counts(&self) -> (u64, u64) {
        self.finding.as_ref().map_or((0, 0), Job::counts)
    }

    /// The decisions, once they are read.
    pub(super) fn found(&self) -> Option<&[Reasoned]> {
        self.found.as_ref().map(|found| &*found.all)
    }

    /// The files that could not be read, a sentence each.
    pub(super) fn unread(&self) -> &[Message] {
        self.found.as_ref().map_or(&[], |found| &found.unread)
    }

    /// The decision that is looked at.
    pub(super) fn decision(&self) -> Option<&Reasoned> {
        let Row::Decision(at) = self.rows.get(self.at)? else { return None };
        self.found()?.get(*at)
    }

    /// All that is listed, as a table for a spreadsheet.
    pub(super) fn csv(&self) -> String {
        let listed = self.rows.iter().filter_map(|row| if let Row::Decision(at) = row { Some(*at) } else { None });
        let found = self.found().unwrap_or_default();
        reasons_csv(listed.filter_map(|at| found.get(at)))
    }

    /// Takes what the worker has read, and sees to it that it reads.
    ///
    /// # Errors
    /// One sentence, where the project cannot be read.
    pub fn follow(&mut self, jobs: &Jobs, work: &Workspace) -> Result<(), String> {
        if self.found.is_none() && self.finding.is_none() {
            self.finding = Some(find(jobs, work));
        }
        let Some(found) = Job::over(&mut self.finding) else { return Ok(()) };
        let found = found.flatten();
        let failed = found.is_none();
        self.found = Some(found.unwrap_or_default());
        self.list();
        if failed { Err(t!("reasons-failed").to_owned()) } else { Ok(()) }
    }

    /// Makes the rows: gaps first, then reasons, each with its decisions, the most frequent ones first.
    pub(super) fn list(&mut self) {
        let found = self.found.as_ref().map_or(&[][..], |found| &found.all);
        self.rows.clear();
        for (gap, of) in grouped(found.iter().map(|it| &*it.why.gap)) {
            self.rows.push(Row::Gap(gap.to_owned(), of.len()));
            self.rows.extend(of.into_iter().map(Row::Decision));
        }
        if !self.gaps {
            // A decision that stands under its gap does not stand under its reason again.
            let reasons = found.iter().map(|it| if it.why.gap.trim().is_empty() { &*it.why.reason } else { "" });
            for (reason, of) in grouped(reasons) {
                self.rows.push(Row::Reason(reason.to_owned(), of.len()));
                self.rows.extend(of.into_iter().map(Row::Decision));
            }
        }
        self.at = self.rows.iter().position(|row| matches!(row, Row::Decision(_))).unwrap_or(0);
        self.unseen = true;
    }

    /// Looks at the next decision in this direction.
    pub(super) fn step(&mut self, by: isize) {
        let mut at = self.at;
        while let Some(next) = at.checked_add_signed(by).filter(|next| *next < self.rows.len()) {
            at = next;
            if matches!(self.rows[at], Row::Decision(_)) {
                (self.at, self.unseen) = (at, true);
                return;
            }
        }
    }
}

fn find(jobs: &Jobs, work: &Workspace) -> Job<Option<ProjectReasons>> {
    let snapshot = work.session.snapshot();
    jobs.start(t!("reasons-reading"), move |ticket| {
        let scan = snapshot.scan().ok()?;
        let gold = &scan.corpus().project.gold;
        project_reasons(&scan, gold, &mut |done, total| ticket.progress(done as u64, total as u64))
    })
}
