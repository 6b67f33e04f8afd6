//! The Dashboard view: how well annotators agree and how good predictions are, in figures that explain themselves and lead
//! to the cases behind them.
//!
//! [`shown`] is what is shown, made on a worker from [`crate::figures::Report`]; [`side`] paints what stands beside it,
//! [`sections`] and [`grid`] the sections; [`behind`] says which cases lie behind a figure; [`export`] writes a section as
//! CSV or as a picture.

mod behind;
mod export;
mod grid;
mod sections;
mod shown;
mod side;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{self, Key, Modifiers};

use crate::figures::{GAMMA_TIME, Report, ReportRequest, Scope, measure_project};
use crate::model::Name;
use crate::ui::commands::Command;
use crate::ui::shell::app::App;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::{key, t};

pub use export::{save, suggested};
pub use shown::{Section, Shown};

/// Who is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// Everybody but gold, two at a time and together.
    Everybody,
    /// Predictions of the second with the first as gold.
    Evaluation(Name, Name),
}

/// What was measured, and what is shown of it.
type Measured = (Arc<Report>, Arc<Shown>);

/// What a job was started for: state of the data, who is compared, whether γ is computed.
type Stamp = (u64, Among, bool);

/// What the keys do here.
pub const HINT: crate::lang::Key = key!("dashboard-hint");

/// View state of the dashboard.
pub struct Dashboard {
    /// Who is compared.
    pub among: Among,
    /// Whether γ is computed.
    pub gamma: bool,
    /// What is looked at.
    pub section: Section,
    /// A pair, or everybody.
    pub pair: Option<usize>,
    /// The figure that the matrix of annotators shows.
    pub family: &'static str,
    /// The figure that is explained, by its name.
    pub chosen: Option<String>,
    /// Whether that one is still to be brought into view.
    moved: bool,
    /// Everyone who has sets.
    known: Vec<Name>,
    /// What was measured last, and what it was started for.
    measured: Option<(Stamp, Measured)>,
    running: Option<(Stamp, Job<Result<Found, String>>)>,
    /// What is computed anew because another pair is looked at.
    showing: Option<Job<Arc<Shown>>>,
    /// Whether it is to be measured though nothing is known to have changed.
    wanted: bool,
    /// A picture that was asked for: where it goes, and what of the window.
    picture: Option<export::Picture>,
    pub(in crate::ui) area: Option<egui::Rect>,
}

/// What measuring came to: everyone who has sets, and what was measured; none where there are not two, or it was stopped.
type Found = (Vec<Name>, Option<Measured>);

impl Default for Dashboard {
    fn default() -> Self {
        Self {
            among: Among::Everybody,
            gamma: false,
            section: Section::Overview,
            pair: None,
            family: "mentions strict",
            chosen: None,
            moved: false,
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
    /// Whether something is being computed that the person waits for.
    pub fn busy(&self) -> bool {
        self.running.is_some() || self.showing.is_some()
    }

    /// What was measured and what is shown of it.
    pub fn measured(&self) -> Option<&Measured> {
        self.measured.as_ref().map(|(_, measured)| measured)
    }

    /// Whether annotations have changed since it was measured.
    pub fn stale(&self, work: &Workspace) -> bool {
        self.measured.as_ref().is_some_and(|((revision, ..), _)| *revision != work.revision)
    }

    /// Measures again.
    pub fn again(&mut self) {
        self.wanted = true;
    }

    /// Stops measuring; what was measured before stays.
    pub fn stop(&mut self) {
        if let Some((_, job)) = self.running.take() {
            job.cancel();
        }
    }

    /// Compares others.
    pub fn compare(&mut self, among: Among) {
        self.pair = None;
        self.among = among;
        self.wanted = true;
    }

    /// Reads the keys that have a meaning here, where nothing else has the keyboard.
    fn keys(&mut self, ctx: &egui::Context, commands: &mut Vec<Command>) {
        const DIGITS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];
        if ctx.memory(|memory| memory.focused().is_some()) {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if let Some(section) = DIGITS.into_iter().position(pressed) {
            self.section = Section::ALL[section];
        }
        let step = i32::from(pressed(Key::ArrowDown)) - i32::from(pressed(Key::ArrowUp));
        let enter = pressed(Key::Enter);
        let Some((report, shown)) = self.measured() else { return };
        let figures = match self.section {
            Section::Overview => &shown.figures,
            Section::Labels => &shown.labels,
            _ => return,
        };
        let at = figures.iter().position(|figure| Some(&figure.name) == self.chosen.as_ref());
        if let Some(figure) = at.map(|at| &figures[at]).filter(|_| enter) {
            commands.push(behind::figure(report, self.pair, figure));
        }
        if step != 0 {
            let next = at.map_or(0, |at| at.saturating_add_signed(step as isize).min(figures.len().saturating_sub(1)));
            self.chosen = figures.get(next).map(|figure| figure.name.clone());
            self.moved = true;
        }
    }

    fn follow(&mut self, ctx: &egui::Context, work: &Workspace) -> Result<(), String> {
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
            self.start(ctx, work);
        }
        if let (Some((_, (report, shown))), None) = (&self.measured, &self.showing) {
            let scope = Scope { pair: self.pair.filter(|pair| *pair < report.pairs.len()), article: None };
            if shown.scope != scope {
                let report = report.clone();
                self.showing =
                    Some(Jobs::of(ctx).start(t!("job-counting"), move |_| Arc::new(Shown::of(&report, scope))));
            }
        }
        failed
    }

    fn start(&mut self, ctx: &egui::Context, work: &Workspace) {
        let corpus = work.session.corpus();
        // What is loaded may be newer than its file. Sets are copied as pointers to records.
        let live: HashMap<_, _> = corpus.sets().map(|(key, set)| (key.clone(), set.clone())).collect();
        let (loader, root): (_, PathBuf) = (work.session.loader(), work.session.root().to_owned());
        let (among, gamma) = (self.among.clone(), self.gamma);
        let project = corpus.project.clone();
        let stamp = (work.revision, among.clone(), gamma);
        let job = Jobs::of(ctx).start(t!("dashboard-measuring-job"), move |ticket| {
            let known = loader.makers();
            let asked = match among {
                Among::Everybody => ReportRequest {
                    annotators: project.compared(&known),
                    gold: Some(project.gold),
                    ..ReportRequest::default()
                },
                Among::Evaluation(gold, pred) => {
                    ReportRequest { annotators: vec![gold, pred], evaluation: true, ..ReportRequest::default() }
                }
            };
            if asked.annotators.len() < 2 {
                return Ok((known, None));
            }
            let asked = ReportRequest { gamma: gamma.then_some(GAMMA_TIME), live, ..asked };
            let mut progress = |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            let report = measure_project(&root, &asked, &mut progress).map_err(|error| error.to_string())?;
            let measured = report.map(|report| {
                let shown = Shown::of(&report, Scope::default());
                (Arc::new(report), Arc::new(shown))
            });
            Ok((known, measured))
        });
        self.running = Some((stamp, job));
    }
}

/// Shows what stands left and right of the figures.
pub fn panels(ui: &mut egui::Ui, app: &mut App, theme: &Theme, commands: &mut Vec<Command>) {
    let ctx = ui.ctx().clone();
    let Some(work) = &app.work else { return };
    let followed = app.dashboard.follow(&ctx, work);
    if let Err(why) = followed {
        app.fail(why);
    }
    match app.dashboard.pictured(&ctx) {
        Some(Ok(said)) => app.say(said),
        Some(Err(why)) => app.fail(why),
        None => {}
    }
    let width = ctx.content_rect().width();
    let Some(work) = &app.work else { return };
    if app.articles_shown.unwrap_or(width >= crate::ui::shell::app::NARROW) {
        let panel = egui::Panel::left(("sections", width as u32 / 200)).default_size((width * 0.2).clamp(150.0, 240.0));
        panel.size_range(130.0..=(width * 0.4).max(140.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            side::sections(ui, &mut app.dashboard, work, theme);
        });
    }
    if app.card_shown.unwrap_or(true) {
        let panel =
            egui::Panel::right(("explained", width as u32 / 200)).default_size((width * 0.26).clamp(200.0, 340.0));
        panel.size_range(180.0..=(width * 0.42).max(200.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            side::explained(ui, &mut app.dashboard, theme, commands);
        });
    }
}

/// Shows the section that is looked at.
pub fn page(ui: &mut egui::Ui, app: &mut App, theme: &Theme) -> Vec<Result<Command, String>> {
    let mut commands = Vec::new();
    if app.overlay.is_none() {
        app.dashboard.keys(ui.ctx(), &mut commands);
    }
    let area = sections::ui(ui, &mut app.dashboard, theme, &mut commands);
    app.dashboard.area = Some(area);
    commands.into_iter().map(Ok).collect()
}
