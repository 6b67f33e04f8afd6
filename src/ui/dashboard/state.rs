//! View state of the dashboard, and the jobs that measure.

use crate::lang::InWords;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui;

use super::article_table::ArticleTable;
use super::lazy::Lazy;
use super::picture::Picture;
use super::shown::{ByAssistance, Habits, MoreFigures, Shown};
use super::time_table::TimeTable;
use crate::assist::Fates;
use crate::figures::{Figure, GAMMA_TIME, Report, ReportRequest, Scope, Spread, ZoneText, measure_project};
use crate::model::{ArticleId, Name};
use crate::ui::commands::{ArticleSort, Comparison, Direction, Section};
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
    /// True where the chance level of frames is computed.
    pub chance: bool,
    /// The choice whether text in zones counts.
    pub zones: ZoneText,
    /// True where all figures are shown, and not those alone that one looks at first.
    pub all: bool,
    /// The things looked at.
    pub section: Section,
    /// A pair, or everybody.
    pub pair: Option<usize>,
    /// The figure that the matrix of annotators, the articles and the days show.
    pub family: &'static str,
    /// The order of the articles.
    pub sort: ArticleSort,
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
    /// The number of measurements that came in.
    count: usize,
    more: Lazy<(usize, Scope), MoreFigures>,
    spread: Lazy<(usize, Scope, String), Option<Spread>>,
    habits: Lazy<usize, Habits>,
    articles: Lazy<(usize, Option<usize>, &'static str, ArticleSort), ArticleTable>,
    time: Lazy<(usize, &'static str), TimeTable>,
    fates: Lazy<u64, Fates>,
    by_assistance: Lazy<(usize, u64), ByAssistance>,
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
            chance: false,
            zones: ZoneText::default(),
            all: false,
            section: Section::Overview,
            pair: None,
            family: "mentions strict",
            sort: ArticleSort::default(),
            chosen: None,
            moved: false,
            fresh: false,
            known: Vec::new(),
            measured: None,
            running: None,
            showing: None,
            count: 0,
            more: Lazy::default(),
            spread: Lazy::default(),
            habits: Lazy::default(),
            articles: Lazy::default(),
            time: Lazy::default(),
            fates: Lazy::default(),
            by_assistance: Lazy::default(),
            wanted: true,
            picture: None,
            area: None,
        }
    }
}

impl Dashboard {
    /// True where something is being computed that the person waits for.
    pub fn busy(&self) -> bool {
        let lazy = self.more.busy() || self.spread.busy() || self.habits.busy();
        self.running.is_some()
            || self.showing.is_some()
            || lazy
            || self.articles.busy()
            || self.time.busy()
            || self.fates.busy()
            || self.by_assistance.busy()
    }

    /// The measurement and the part of it that is shown.
    pub fn measured(&self) -> Option<&Measured> {
        self.measured.as_ref().map(|(_, measured)| measured)
    }

    /// The agreement in each article, in the figure that is looked at, as far as it was measured.
    pub fn agreement(&self) -> Option<HashMap<ArticleId, f64>> {
        let (report, _) = self.measured()?;
        let values = &self.article_table()?.values;
        let each = report.standing.iter().zip(values);
        Some(each.filter_map(|(standing, value)| Some((standing.article.clone(), (*value)?))).collect())
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
        let more = self.more().filter(|_| self.all);
        let (first, more) = match self.section {
            Section::Overview => (&shown.figures, more.map(|more| &more.figures)),
            Section::Labels => (&shown.labels, more.map(|more| &more.labels)),
            _ => return Vec::new(),
        };
        first.iter().chain(more.into_iter().flatten()).collect()
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
                    self.pair = self.pair.and_then(|pair| {
                        let (report, _) = self.measured()?;
                        let (one, other) = *report.pairs.get(pair)?;
                        measured.as_ref()?.0.pair_of(&report.annotators[one], &report.annotators[other])
                    });
                    self.measured = measured.map(|measured| (stamp.clone(), measured));
                    self.count += 1;
                    self.running = None;
                }
                Outcome::Done(Err(why)) => {
                    failed = Err(why);
                    self.running = None;
                }
                Outcome::Broken => self.running = None,
            }
        }
        if let (Some(Some(shown)), Some((_, measured))) = (Job::over(&mut self.showing), &mut self.measured) {
            measured.1 = shown;
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
        let looked = self.section == Section::Suggestions;
        let runs = if looked { work.session.corpus().all_runs().clone() } else { BTreeMap::new() };
        let all = runs.clone();
        let sum = move || Fates::of(all.values().map(|runs| &**runs));
        self.fates.follow(jobs, t!("job-counting"), looked.then_some(work.changes), sum);
        if let Some(report) = self.measured().map(|(report, _)| report.clone()) {
            let key = looked.then_some((self.count, work.changes));
            self.by_assistance.follow(jobs, t!("job-counting"), key, move || ByAssistance::of(&report, &runs));
        }
        self.compute(jobs);
        failed
    }

    /// The scope that is shown.
    fn scope(&self) -> Scope {
        self.measured().map_or(Scope::default(), |(_, shown)| shown.scope)
    }

    /// The figures that are folded out, once they are computed.
    pub(super) fn more(&self) -> Option<&MoreFigures> {
        self.more.of(&(self.count, self.scope())).map(|more| &**more)
    }

    /// The spread of the figure that is explained, once it is computed.
    pub(super) fn spread(&self) -> Option<&Spread> {
        self.spread.of(&(self.count, self.scope(), self.chosen.clone()?))?.as_ref().as_ref()
    }

    /// The habits of annotators, once they are computed.
    pub(super) fn habits(&self) -> Option<&Habits> {
        self.habits.of(&self.count).map(|habits| &**habits)
    }

    /// The articles in their order; while another is made, the last one that was of this measurement: those of another may
    /// be others.
    pub(super) fn article_table(&self) -> Option<&ArticleTable> {
        let last = || {
            let ((count, ..), table) = self.articles.last().filter(|_| self.articles.busy())?;
            (*count == self.count).then_some(table)
        };
        let key = (self.count, self.scope().pair, self.family, self.sort);
        self.articles.of(&key).or_else(last).map(|table| &**table)
    }

    /// The work by day, once it is computed.
    pub(super) fn time_table(&self) -> Option<&TimeTable> {
        self.time.of(&(self.count, self.family)).map(|table| &**table)
    }

    /// The fate of suggestions, once it is summed up; while it is summed up anew, as it was.
    pub(super) fn fates(&self) -> Option<&Arc<Fates>> {
        self.fates.last().map(|(_, fates)| fates)
    }

    /// Agreement with suggestions and without them, once it is computed; while it is computed anew, as it was.
    pub(super) fn by_assistance(&self) -> Option<&ByAssistance> {
        self.measured()?;
        self.by_assistance.last().map(|(_, shown)| &**shown)
    }

    /// Has workers compute what is looked at, and no more.
    fn compute(&mut self, jobs: &Jobs) {
        let Some((report, shown)) = self.measured().cloned() else { return };
        let (count, scope, section) = (self.count, shown.scope, self.section);
        let listed = matches!(section, Section::Overview | Section::Labels);
        let title = t!("job-counting");
        let of = report.clone();
        self.more
            .follow(jobs, title, (self.all && listed).then_some((count, scope)), move || MoreFigures::of(&of, scope));
        let chosen = self.chosen.as_ref().and_then(|name| self.figure_of(name).cloned());
        let key = chosen.as_ref().map(|figure| (count, scope, figure.name.clone()));
        let of = report.clone();
        self.spread.follow(jobs, title, key, move || chosen.and_then(|figure| of.spread(scope, &figure)));
        let of = report.clone();
        let key = (section == Section::Reliability).then_some(count);
        self.habits.follow(jobs, title, key, move || Habits::of(&of));
        let (pair, family, sort) = (scope.pair, self.family, self.sort);
        let of = report.clone();
        let key = (section == Section::Progress).then_some((count, pair, family, sort));
        self.articles.follow(jobs, title, key, move || ArticleTable::of(&of, pair, family, sort));
        let key = (section == Section::Time).then_some((count, family));
        self.time.follow(jobs, title, key, move || TimeTable::of(&report, family));
    }

    /// A figure that is known by now, by its name.
    pub(super) fn figure_of(&self, name: &str) -> Option<&Figure> {
        let (_, shown) = self.measured()?;
        let more = self.more().into_iter().flat_map(|more| more.figures.iter().chain(&more.labels));
        shown.figures.iter().chain(&shown.labels).chain(more).find(|figure| figure.name == name)
    }

    fn start(&mut self, jobs: &Jobs, work: &Workspace) {
        let (snapshot, root): (_, PathBuf) = (work.session.snapshot(), work.session.root().to_owned());
        let (comparison, gamma) = (self.comparison.clone(), self.gamma);
        let (zones, chance) = (self.zones, self.chance);
        let project = work.session.corpus().project.clone();
        let stamp = (work.changes, comparison.clone(), gamma);
        let job = jobs.start(t!("dashboard-measuring-job"), move |ticket| {
            let known = snapshot.makers();
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
            let said = |name: &Name| {
                let (referents, judgements) = (snapshot.corpus().referents(name), snapshot.corpus().judgements(name));
                let there = referents.is_some() || judgements.is_some();
                let both = (referents.cloned().unwrap_or_default(), judgements.cloned().unwrap_or_default());
                there.then(|| (name.clone(), both))
            };
            let live_judgements = asked.annotators.iter().filter_map(said).collect();
            let asked =
                ReportRequest { gamma: gamma.then_some(GAMMA_TIME), zones, chance, live, live_judgements, ..asked };
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
