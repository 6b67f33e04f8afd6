//! View state of the dashboard, and the jobs that measure.

use crate::lang::InWords;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui;

use super::picture::Picture;
use super::shown::Shown;
use crate::figures::{Figure, GAMMA_TIME, Report, ReportRequest, Scope, measure_project};
use crate::model::Name;
use crate::ui::commands::{Comparison, Direction, Section};
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::workspace::Workspace;
use crate::{key, t};

/// The measurement and the part of it that is shown.
pub type Measured = (Arc<Report>, Arc<Shown>);

/// The stamp of a job: state of the data, who is compared, whether γ is computed.
pub(super) type Stamp = (u64, Comparison, bool);

/// The hint about the keys that work here.
pub const HINT: crate::lang::Key = key!("dashboard-hint");

/// View state of the dashboard.
pub struct Dashboard {
    /// The annotators who are compared.
    pub comparison: Comparison,
    /// True where γ is computed.
    pub gamma: bool,
    /// True where all figures are shown, and not those alone that one looks at first.
    pub all: bool,
    /// The things looked at.
    pub section: Section,
    /// A pair, or everybody.
    pub pair: Option<usize>,
    /// The figure that the matrix of annotators shows.
    pub family: &'static str,
    /// The figure that is explained, by its name.
    pub chosen: Option<String>,
    /// True where that one is still to be brought into view.
    moved: bool,
    /// True where it is brought into view in this frame.
    pub(super) fresh: bool,
    /// Everyone who has sets.
    pub(super) known: Vec<Name>,
    /// The last measurement, and the stamp that it was started for.
    pub(super) measured: Option<(Stamp, Measured)>,
    pub(super) running: Option<(Stamp, Job<Result<Found, String>>)>,
    /// The figures computed anew because another pair is looked at.
    pub(super) showing: Option<Job<Arc<Shown>>>,
    /// True where it is to be measured though nothing is known to have changed.
    pub(super) wanted: bool,
    /// A picture that was asked for: where it goes, and what of the window.
    pub(super) picture: Option<Picture>,
    pub(super) area: Option<egui::Rect>,
}

/// The outcome of measuring: everyone who has sets, and what was measured; none where there are not two, or it was
/// stopped.
pub(super) type Found = (Vec<Name>, Option<Measured>);

impl Default for Dashboard {
    fn default() -> Self {
        Self {
            comparison: Comparison::Everybody,
            gamma: false,
            all: false,
            section: Section::Overview,
            pair: None,
            family: "mentions strict",
            chosen: None,
            moved: false,
            fresh: false,
            known: Vec::new(),
            measured: None,
            running: None,
            showing: None,
            wanted: true,
            picture: None,
            area: None,
        }
    }
}

impl Dashboard {
    /// True where something is being computed that the person waits for.
    pub fn busy(&self) -> bool {
        self.running.is_some() || self.showing.is_some()
    }

    /// The measurement and the part of it that is shown.
    pub fn measured(&self) -> Option<&Measured> {
        self.measured.as_ref().map(|(_, measured)| measured)
    }

    /// True where annotations have changed since it was measured.
    pub fn stale(&self, work: &Workspace) -> bool {
        self.measured.as_ref().is_some_and(|((changes, ..), _)| *changes != work.changes)
    }

    /// Measures again.
    pub fn again(&mut self) {
        self.wanted = true;
    }

    /// Stops measuring; what was measured before stays.
    pub(super) fn stop(&mut self) {
        if let Some((_, job)) = self.running.take() {
            job.cancel();
        }
    }

    /// Compares others.
    pub(super) fn compare(&mut self, comparison: Comparison) {
        self.pair = None;
        self.comparison = comparison;
        self.wanted = true;
    }

    /// The figures that stand below each other in the section that is looked at; none in others.
    pub(super) fn listed(&self) -> Vec<&Figure> {
        let Some((_, shown)) = self.measured() else { return Vec::new() };
        let (first, more) = match self.section {
            Section::Overview => (&shown.figures, &shown.more),
            Section::Labels => (&shown.labels, &shown.more_labels),
            _ => return Vec::new(),
        };
        first.iter().chain(more.iter().filter(|_| self.all)).collect()
    }

    /// Explains the figure after or before the one that is explained.
    pub(super) fn explain_beside(&mut self, direction: Direction) {
        let figures = self.listed();
        let at = figures.iter().position(|figure| Some(&figure.name) == self.chosen.as_ref());
        let step = if direction == Direction::Forward { 1 } else { -1 };
        let next = at.map_or(0, |at| at.saturating_add_signed(step).min(figures.len().saturating_sub(1)));
        if let Some(figure) = figures.get(next) {
            self.chosen = Some(figure.name.clone());
            self.moved = true;
        }
    }

    /// Keeps up with the data and the workers.
    ///
    /// # Errors
    /// One sentence, where the figures cannot be made.
    pub fn follow(&mut self, ctx: &egui::Context, jobs: &Jobs, work: &Workspace) -> Result<(), String> {
        self.fresh = std::mem::take(&mut self.moved);
        let mut failed = Ok(());
        if let Some((stamp, job)) = &self.running {
            match job.poll() {
                Outcome::Running => ctx.request_repaint_after(Duration::from_millis(100)),
                Outcome::Done(Ok((known, measured))) => {
                    self.known = known;
                    self.measured = measured.map(|measured| (stamp.clone(), measured));
                    self.running = None;
                }
                Outcome::Done(Err(why)) => {
                    failed = Err(why);
                    self.running = None;
                }
                Outcome::Broken => self.running = None,
            }
        }
        if let Some(job) = &self.showing {
            match job.poll() {
                Outcome::Running => {}
                Outcome::Done(shown) => {
                    if let Some((_, measured)) = &mut self.measured {
                        measured.1 = shown;
                    }
                    self.showing = None;
                }
                Outcome::Broken => self.showing = None,
            }
        }
        if self.wanted {
            self.wanted = false;
            self.stop();
            self.start(jobs, work);
        }
        if let (Some((_, (report, shown))), None) = (&self.measured, &self.showing) {
            let scope = Scope { pair: self.pair.filter(|pair| *pair < report.pairs.len()), article: None };
            if shown.scope != scope {
                let report = report.clone();
                self.showing = Some(jobs.start(t!("job-counting"), move |_| Arc::new(Shown::of(&report, scope))));
            }
        }
        failed
    }

    fn start(&mut self, jobs: &Jobs, work: &Workspace) {
        let (snapshot, root): (_, PathBuf) = (work.session.snapshot(), work.session.root().to_owned());
        let (comparison, gamma) = (self.comparison.clone(), self.gamma);
        let project = work.session.corpus().project.clone();
        let stamp = (work.changes, comparison.clone(), gamma);
        let job = jobs.start(t!("dashboard-measuring-job"), move |ticket| {
            let known = snapshot.loader().makers();
            // A loaded set may be newer than its file.
            let live: HashMap<_, _> = snapshot.corpus().sets().map(|(key, set)| (key.clone(), set.clone())).collect();
            let asked = match comparison {
                Comparison::Everybody => ReportRequest {
                    annotators: project.compared(&known),
                    gold: Some(project.gold),
                    ..ReportRequest::default()
                },
                Comparison::Evaluation(gold, pred) => {
                    ReportRequest { annotators: vec![gold, pred], evaluation: true, ..ReportRequest::default() }
                }
            };
            if asked.annotators.len() < 2 {
                return Ok((known, None));
            }
            let asked = ReportRequest { gamma: gamma.then_some(GAMMA_TIME), live, ..asked };
            let mut progress = |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            let report = measure_project(&root, &asked, &mut progress).map_err(|error| error.told())?;
            let measured = report.map(|report| {
                let shown = Shown::of(&report, Scope::default());
                (Arc::new(report), Arc::new(shown))
            });
            Ok((known, measured))
        });
        self.running = Some((stamp, job));
    }
}
