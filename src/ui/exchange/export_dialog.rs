//! Exporting a data set: what is wanted, and beside it, as it is chosen, what would become of it.

use crate::lang::InWords;
use crate::message;
use std::path::{Path, PathBuf};

use eframe::egui::{self, Modifiers, RichText};

use crate::dataset::{self, DatasetFailure, DatasetTarget, Made, Plan, Survey};
use crate::formats::Lost;
use crate::model::Name;
use crate::store::Snapshot;
use crate::t;
use crate::ui::exchange::export_form::Form;
use crate::ui::widgets::chooser::{self, Chooser};
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::workspace::Workspace;

/// The open dialog.
pub struct ExportDialog {
    /// The project as it was when one asked for the export.
    project: Snapshot,
    form: Form,
    out: String,
    chooser: Chooser,
    /// The wishes that are looked into or were, as far as they are wishes.
    looked: Option<Form>,
    /// The time when wishes changed that nobody has looked into yet, in the window's seconds.
    changed: Option<f64>,
    glance: Preview<String>,
    survey: Preview<Survey>,
    /// True where what is lost may be lost.
    allow: bool,
    making: Option<Job<Result<Made, DatasetFailure>>>,
    /// True where that is one file.
    single: bool,
    made: Option<Done>,
    wrong: Option<String>,
}

/// The findings about a plan that are on their way, and what was found last.
struct Preview<T> {
    job: Option<Job<Result<T, DatasetFailure>>>,
    found: Option<Result<T, String>>,
}

/// A data set that stands.
struct Done {
    path: PathBuf,
    /// True where it is a file, and not a folder of them.
    single: bool,
    files: usize,
    bytes: u64,
}

/// Seconds for which wishes rest before they are looked into: typing is not interrupted.
const REST: f64 = 0.25;

/// Characters of the first record that are shown.
const SHOWN: usize = 20_000;

/// Below this width in points the form and what comes of it stand below each other.
const SIDE_BY_SIDE: f32 = 760.0;

impl<T: Send + 'static> Preview<T> {
    fn start(
        &mut self,
        jobs: &Jobs,
        title: &str,
        look: impl FnOnce(&crate::ui::widgets::jobs::Ticket) -> Result<T, DatasetFailure> + Send + 'static,
    ) {
        if let Some(job) = self.job.take() {
            job.cancel();
        }
        self.job = Some(jobs.start(title, look));
    }

    fn poll(&mut self) {
        let outcome = match self.job.as_ref().map(Job::poll) {
            None | Some(Outcome::Running) => return,
            Some(Outcome::Done(outcome)) => outcome.map_err(|failure| failure.told()),
            Some(Outcome::Broken) => Err(t!("export-broke").to_owned()),
        };
        self.job = None;
        self.found = Some(outcome);
    }
}

impl<T> Preview<T> {
    const fn new() -> Self {
        Self { job: None, found: None }
    }
}

impl ExportDialog {
    /// A dialog for the open project as it is now.
    pub fn new(work: &Workspace, names: Vec<Name>, language: &str) -> Self {
        let root = work.session.root().to_owned();
        let name = root.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned());
        let out = root.parent().unwrap_or(Path::new(".")).join(format!("{name}-export")).display().to_string();
        Self {
            form: Form::new(work, names, language),
            project: work.session.snapshot(),
            out,
            chooser: Chooser::default(),
            looked: None,
            changed: None,
            glance: Preview::new(),
            survey: Preview::new(),
            allow: false,
            making: None,
            single: false,
            made: None,
            wrong: None,
        }
    }

    /// True where something is being found out or written.
    pub fn busy(&self) -> bool {
        self.changed.is_some() || self.glance.job.is_some() || self.survey.job.is_some() || self.making.is_some()
    }

    /// Shows it. It is never [`Reply::Done`]: it stays until it is left.
    pub fn ui(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Reply {
        self.poll(ctx, jobs);
        // Esc closes an open list first.
        let keys = if egui::Popup::is_any_open(ctx) { Reply::Open } else { dialog::keys(ctx, Modifiers::COMMAND) };
        let mut reply = keys;
        let screen = ctx.content_rect();
        let modal = dialog::modal(ctx, "export", 1000.0, |ui| {
            dialog::heading(ui, t!("export-title"));
            ui.add_space(4.0);
            // The rows above and below the two columns.
            let height = screen.height() - 225.0;
            if ui.available_width() < SIDE_BY_SIDE {
                let area = egui::ScrollArea::vertical().id_salt("all").max_height(height).auto_shrink([false, true]);
                area.show(ui, |ui| {
                    self.wishes(ui);
                    ui.separator();
                    self.outlook(ui, 220.0);
                });
            } else {
                ui.horizontal_top(|ui| {
                    ui.set_max_height(height);
                    ui.vertical(|ui| {
                        ui.set_width(400.0);
                        let area =
                            egui::ScrollArea::vertical().id_salt("form").max_height(height).auto_shrink([false, false]);
                        area.show(ui, |ui| self.wishes(ui));
                    });
                    ui.separator();
                    ui.vertical(|ui| self.outlook(ui, height));
                });
            }
            ui.separator();
            reply = self.foot(ui, jobs, keys);
        });
        if modal.should_close() && self.making.is_none() { Reply::Closed } else { reply }
    }

    fn wishes(&mut self, ui: &mut egui::Ui) {
        let format = self.form.format().info().name;
        self.form.ui(ui);
        // Leave is given for what one format loses.
        self.allow &= self.form.format().info().name == format;
        if self.looked.as_ref() != Some(&self.form) {
            // A folder that stands there from the start is looked into at once.
            let rest = if self.looked.is_none() { 2.0 * REST } else { 0.0 };
            self.changed = Some(ui.input(|input| input.time) - rest);
            self.looked = Some(self.form.clone());
            self.made = None;
            ui.ctx().request_repaint_after_secs(REST as f32);
        }
    }

    /// The outcome to expect of it.
    fn outlook(&mut self, ui: &mut egui::Ui, height: f32) {
        if let Some(job) = &self.survey.job {
            let (done, total) = job.counts();
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(t!("export-looking", done = done, total = total));
            });
            ui.ctx().request_repaint_after_secs(0.1);
        }
        match &self.survey.found {
            Some(Ok(survey)) => found(ui, survey, &mut self.allow),
            Some(Err(why)) => {
                ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
                if self.form.decided_only() {
                    ui.label(t!("export-decided-only"));
                }
            }
            None => {}
        }
        ui.add_space(6.0);
        let preview = match (&self.survey.found, &self.glance.found) {
            (Some(Ok(survey)), _) if self.survey.job.is_none() => Some(&survey.preview),
            (_, Some(Ok(preview))) => Some(preview),
            _ => None,
        };
        if let Some(preview) = preview {
            ui.label(RichText::new(t!("export-first")).strong());
            let area = egui::ScrollArea::vertical().id_salt("preview").auto_shrink([false, true]);
            area.max_height((height - 250.0).max(120.0)).show(ui, |ui| {
                let cut = preview.char_indices().nth(SHOWN).map_or(preview.len(), |(at, _)| at);
                let more = if cut < preview.len() { "…" } else { "" };
                let shown = RichText::new(format!("{}{more}", &preview[..cut])).monospace();
                ui.add(egui::Label::new(shown).wrap());
            });
        }
    }

    /// The destination, and the buttons.
    fn foot(&mut self, ui: &mut egui::Ui, jobs: &Jobs, keys: Reply) -> Reply {
        if let Some(job) = &self.making {
            let (done, total) = job.counts();
            let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
            let mut stop = keys == Reply::Closed;
            ui.horizontal(|ui| {
                ui.add(egui::ProgressBar::new(share).desired_width(320.0).text(t!(
                    "done-of-articles",
                    done = done,
                    total = total
                )));
                stop |= ui.button(t!("cancel-esc")).clicked();
            });
            if stop {
                job.cancel();
            }
            ui.ctx().request_repaint_after_secs(0.1);
            return Reply::Open;
        }
        ui.horizontal(|ui| {
            let label = ui.label(t!("export-to"));
            let width = (ui.available_width() - 110.0).max(80.0);
            ui.add(egui::TextEdit::singleline(&mut self.out).desired_width(width)).labelled_by(label.id);
            self.chooser.button(ui, jobs, t!("browse"), |dialog| dialog.save_file().map(|path| vec![path]));
        });
        ui.horizontal_wrapped(|ui| {
            let card = self.form.format().info();
            let hint = match card.file {
                Some(_) => t!("export-folder-or-file", extension = card.extension),
                None => t!("export-folder").to_owned(),
            };
            ui.label(RichText::new(hint).weak());
            self.chooser.state(ui);
        });
        if let Some(wrong) = &self.wrong {
            ui.label(RichText::new(wrong).color(ui.visuals().error_fg_color));
        }
        if let Some(done) = &self.made {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(t!("export-written", count = done.files, size = size(done.bytes))).strong());
                let folder = if done.single { done.path.parent() } else { Some(&*done.path) };
                if let Some(folder) = folder
                    && ui.button(t!("export-open-folder")).clicked()
                {
                    dialog::open_folder(ui.ctx(), folder);
                }
            });
        }
        let can = self.can_make();
        let mut reply = keys;
        ui.horizontal(|ui| {
            let asked = ui.add_enabled(can, egui::Button::new(t!("export-act"))).clicked();
            if can && (asked || keys == Reply::Done) {
                self.make(jobs);
            }
            if ui.button(if self.made.is_some() { t!("close-esc") } else { t!("cancel-esc") }).clicked() {
                reply = Reply::Closed;
            }
        });
        if reply == Reply::Done { Reply::Open } else { reply }
    }

    fn can_make(&self) -> bool {
        let found = matches!(&self.survey.found, Some(Ok(survey)) if self.allow || survey.loss.is_allowed(&[]));
        found && self.survey.job.is_none() && self.changed.is_none() && !self.out.trim().is_empty()
    }

    fn plan(&self) -> Result<Plan, String> {
        let mut plan = self.form.plan()?;
        if self.allow {
            plan.allowed = Lost::ALL.to_vec();
        }
        Ok(plan)
    }

    fn make(&mut self, jobs: &Jobs) {
        let (Ok(plan), Some(Ok(survey))) = (self.plan(), &self.survey.found) else { return };
        (self.wrong, self.made) = (None, None);
        let (project, out, survey) = (self.project.clone(), chooser::expand(&self.out), survey.clone());
        let card = plan.format.info();
        let named = out.extension().is_some_and(|found| found.eq_ignore_ascii_case(card.extension));
        let whole_file = named && card.file.is_some() && plan.split.is_none();
        self.single = whole_file;
        self.making = Some(jobs.start(t!("export-job"), move |ticket| {
            let target = if whole_file { DatasetTarget::File(&out) } else { DatasetTarget::Folder(&out) };
            let progress = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            dataset::make(&project, &plan, &survey, target, progress)
        }));
    }

    fn poll(&mut self, ctx: &egui::Context, jobs: &Jobs) {
        if let Some(path) = self.chooser.chosen().and_then(|chosen| chosen.into_iter().next()) {
            self.out = path.display().to_string();
        }
        let now = ctx.input(|input| input.time);
        if self.changed.is_some_and(|at| now - at >= REST) {
            self.changed = None;
            self.look(jobs);
        }
        self.glance.poll();
        self.survey.poll();
        let Some(outcome) = Job::over(&mut self.making) else { return };
        match outcome.unwrap_or_else(|| Err(DatasetFailure::Impossible(message!("export-broke-off")))) {
            Ok(made) => {
                let bytes = made.files.iter().map(|file| file.bytes).sum();
                let path = chooser::expand(&self.out);
                self.made = Some(Done { path, single: self.single, files: made.files.len(), bytes });
            }
            Err(DatasetFailure::Stopped) => self.wrong = Some(t!("export-cancelled").to_owned()),
            Err(failure) => self.wrong = Some(failure.told()),
        }
    }

    /// Looks into what is wished for: quickly at the first article, then at all.
    fn look(&mut self, jobs: &Jobs) {
        self.wrong = None;
        let plan = match self.plan() {
            Ok(plan) => plan,
            Err(why) => {
                self.survey = Preview { job: None, found: Some(Err(why)) };
                self.glance = Preview::new();
                return;
            }
        };
        let (project, first) = (self.project.clone(), plan.clone());
        self.glance.start(jobs, t!("export-first-job"), move |_| dataset::preview(&project, &first));
        let project = self.project.clone();
        self.survey.start(jobs, t!("export-all-job"), move |ticket| {
            let progress = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            dataset::survey(&project, &plan, progress)
        });
    }
}

/// The survey of a plan: how much there is, and what is lost.
fn found(ui: &mut egui::Ui, survey: &Survey, allow: &mut bool) {
    let annotations = |part: &dataset::SplitPart| part.labels.values().sum::<u64>();
    let all: u64 = survey.parts.iter().map(annotations).sum();
    ui.label(RichText::new(t!("export-totals", articles = survey.articles(), annotations = all)).strong());
    for part in survey.parts.iter().filter(|part| !part.name.is_empty()) {
        let totals = t!("export-totals", articles = part.articles.len(), annotations = annotations(part));
        ui.label(format!("{}: {totals}", part.name));
    }
    if !survey.problems.is_empty() {
        let first = &survey.problems[0];
        let text = t!("export-problems", count = survey.problems.len(), first = first.told());
        ui.label(RichText::new(text).color(ui.visuals().warn_fg_color));
    }
    if let Some(dataset::Unfinished { gold, records, of, cases }) = &survey.unfinished {
        let text = t!("export-unfinished", gold = gold, records = records, of = of, cases = cases);
        ui.label(RichText::new(text).color(ui.visuals().warn_fg_color));
    }
    ui.add_space(6.0);
    if survey.loss.counts().is_empty() {
        ui.label(RichText::new(t!("export-carries-all")).strong());
        return;
    }
    ui.label(RichText::new(t!("export-loses")).strong());
    let area = egui::ScrollArea::vertical().id_salt("loss").max_height(170.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (_, message) in survey.loss.messages() {
            ui.add(egui::Label::new(format!("– {}", message.told())).wrap());
        }
    });
    // A loss that needs nobody's leave is said, and no more.
    if !survey.loss.is_allowed(&[]) {
        ui.checkbox(allow, t!("export-allow"));
    }
}

/// A number of bytes, as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => t!("size-bytes", count = bytes),
        10_000..=9_999_999 => t!("size-kilobytes", count = bytes / 1_000),
        _ => t!("size-megabytes", count = bytes / 1_000_000),
    }
}
