//! Importing what other software wrote: first which files in which format, then, when they are read, what their labels
//! mean here.

use crate::lang::InWords;
use std::sync::Arc;

use eframe::egui::{self, Modifiers, RichText};

use crate::exchange::{PendingImport, set_name};
use crate::formats::{FORMATS, Format, FormatInfo, LabelMap, Source};
use crate::model::{Name, Schema, SetKind};
use crate::t;
use crate::ui::widgets::chooser::{self, Chooser};
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};

/// The open dialog.
pub struct ImportDialog {
    paths: String,
    format: &'static dyn Format,
    /// True where the person has chosen the format: then a file's extension no longer does.
    chosen: bool,
    annotator: String,
    /// The kind of the sets, where the person says it.
    kind: Option<SetKind>,
    /// True where a model's predictions come in place of its old ones.
    replaces: bool,
    schema: Arc<Schema>,
    language: String,
    chooser: Chooser,
    fresh: bool,
    reading: Option<Job<Result<Option<PendingImport>, String>>>,
    wrong: Option<String>,
    read: Option<Read>,
}

/// An import that was read, and what is to become of it.
struct Read {
    pending: PendingImport,
    labels: Vec<Mapping>,
    extend: bool,
}

/// The meaning of a label of the files.
struct Mapping {
    name: Name,
    count: usize,
    /// The project's label, or the same as `name`.
    means: Name,
}

impl ImportDialog {
    /// A dialog for a project with this schema.
    pub fn new(schema: Arc<Schema>, annotator: &Name, language: &str) -> Self {
        Self {
            paths: String::new(),
            format: readable().next().expect("there are formats that are read"),
            chosen: false,
            annotator: annotator.to_string(),
            kind: None,
            replaces: false,
            schema,
            language: language.to_owned(),
            chooser: Chooser::default(),
            fresh: true,
            reading: None,
            wrong: None,
            read: None,
        }
    }

    /// The import to be done, once it was read: the articles, what their labels mean, whether unknown ones are added
    /// to the schema.
    pub fn taken(self) -> Option<(PendingImport, LabelMap, bool)> {
        let Read { pending, labels, extend } = self.read?;
        let pending = pending.replacing(self.replaces && self.kind == Some(SetKind::Model));
        let map = labels.into_iter().map(|label| (label.name, label.means)).collect();
        Some((pending, map, extend))
    }

    /// True where files are being read.
    pub fn busy(&self) -> bool {
        self.reading.is_some()
    }

    /// Shows it; [`Reply::Done`] only where files were read and there are articles in them.
    pub fn ui(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Reply {
        self.poll();
        dialog::ask(ctx, "import", 640.0, Modifiers::COMMAND, |ui, keys| {
            ui.heading(t!("import-title"));
            ui.add_space(4.0);
            match (&self.reading, &mut self.read) {
                (Some(_), _) => self.waiting(ui, keys),
                (None, Some(read)) => match read.ui(ui, &self.schema, &self.language, keys) {
                    Step::Stay(reply) => reply,
                    Step::Back => {
                        self.read = None;
                        Reply::Open
                    }
                },
                (None, None) => self.form(ui, jobs, keys),
            }
        })
    }

    fn form(&mut self, ui: &mut egui::Ui, jobs: &Jobs, keys: Reply) -> Reply {
        let label = ui.label(t!("import-paths"));
        let field = egui::TextEdit::multiline(&mut self.paths).desired_rows(3).desired_width(f32::INFINITY);
        let field = field.show(ui).response.response.labelled_by(label.id);
        if std::mem::take(&mut self.fresh) {
            field.request_focus();
        }
        if field.changed() && !self.chosen {
            self.guess();
        }
        ui.horizontal_wrapped(|ui| {
            self.chooser.button(ui, jobs, t!("browse"), rfd::FileDialog::pick_files);
            self.chooser.button(ui, jobs, t!("browse-folder"), rfd::FileDialog::pick_folders);
            self.chooser.state(ui);
        });
        ui.add_space(4.0);
        egui::Grid::new("import form").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            ui.label(t!("format"));
            let card = self.format.info();
            egui::ComboBox::from_id_salt("import format").selected_text(titled(card)).width(360.0).show_ui(ui, |ui| {
                for format in readable() {
                    let same = format.info().name == card.name;
                    if ui.selectable_label(same, titled(format.info())).clicked() {
                        self.format = format;
                        self.chosen = true;
                    }
                }
            });
            ui.end_row();
            let label = ui.label(t!("import-whose"));
            ui.add(egui::TextEdit::singleline(&mut self.annotator).desired_width(200.0)).labelled_by(label.id);
            ui.end_row();
            let label = ui.label(t!("import-kind"));
            let title = |kind: Option<SetKind>| match kind {
                None => t!("import-kind-said"),
                Some(SetKind::Model) => t!("import-kind-model"),
                Some(_) => t!("import-kind-person"),
            };
            egui::ComboBox::from_id_salt("import kind")
                .selected_text(title(self.kind))
                .width(360.0)
                .show_ui(ui, |ui| {
                    for kind in [None, Some(SetKind::Person), Some(SetKind::Model)] {
                        ui.selectable_value(&mut self.kind, kind, title(kind));
                    }
                })
                .response
                .labelled_by(label.id);
            ui.end_row();
            if self.kind == Some(SetKind::Model) {
                ui.label("");
                ui.checkbox(&mut self.replaces, t!("import-replace"));
                ui.end_row();
            }
        });
        ui.label(RichText::new(self.format.info().notes.text()).weak());
        ui.label(RichText::new(t!("import-several")).weak());
        if let Some(wrong) = &self.wrong {
            ui.label(RichText::new(wrong).color(ui.visuals().error_fg_color));
        }
        ui.add_space(6.0);
        let reply = dialog::buttons(ui, t!("import-read-act"), !self.paths.trim().is_empty(), keys);
        if reply == Reply::Done {
            self.start(jobs);
            return Reply::Open;
        }
        reply
    }

    fn waiting(&self, ui: &mut egui::Ui, keys: Reply) -> Reply {
        let Some(job) = &self.reading else { return Reply::Open };
        let (done, _) = job.counts();
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(t!("import-reading", count = done));
        });
        ui.add_space(6.0);
        if ui.button(t!("cancel-esc")).clicked() || keys == Reply::Closed {
            job.cancel();
        }
        ui.ctx().request_repaint_after_secs(0.1);
        Reply::Open
    }

    fn start(&mut self, jobs: &Jobs) {
        self.wrong = None;
        let annotator = match set_name(self.annotator.trim()) {
            Ok(annotator) => annotator,
            Err(error) => {
                self.wrong = Some(error.told());
                return;
            }
        };
        let (format, kind, paths) = (self.format, self.kind, chooser::paths(&self.paths));
        self.reading = Some(jobs.start(t!("import-job"), move |ticket| {
            let source = Source::of_paths(&paths).map_err(|why| why.told())?;
            let going = &mut |done: usize| ticket.progress(done as u64, 0);
            Ok(PendingImport::read(format, &source, &annotator, None, going).map(|pending| pending.of_kind(kind)))
        }));
    }

    fn poll(&mut self) {
        if let Some(chosen) = self.chooser.chosen() {
            self.paths = chooser::with_more(&self.paths, &chosen);
            if !self.chosen {
                self.guess();
            }
        }
        let Some(reading) = &self.reading else { return };
        let outcome = match reading.poll() {
            Outcome::Running => return,
            Outcome::Done(outcome) => outcome,
            Outcome::Broken => Err(t!("import-broken").to_owned()),
        };
        self.reading = None;
        match outcome {
            Err(error) => self.wrong = Some(error),
            Ok(None) => {}
            Ok(Some(pending)) if pending.articles() == 0 => {
                let first = pending.problems.first().map_or(String::new(), |problem| format!(" {}", problem.told()));
                let name = self.format.info().name;
                self.wrong = Some(t!("import-none", format = name) + &first);
            }
            Ok(Some(pending)) => self.read = Some(Read::new(pending, &self.schema)),
        }
    }

    /// Takes the format that the first file's extension belongs to, where it belongs to just one.
    fn guess(&mut self) {
        let paths = chooser::paths(&self.paths);
        let Some(extension) = paths.first().and_then(|path| path.extension()?.to_str()) else { return };
        let mut fitting = readable().filter(|format| format.info().extension.eq_ignore_ascii_case(extension));
        if let (Some(format), None) = (fitting.next(), fitting.next()) {
            self.format = format;
        }
    }
}

/// The place where the second page leads.
enum Step {
    Stay(Reply),
    Back,
}

impl Read {
    fn new(pending: PendingImport, schema: &Schema) -> Self {
        let usual = LabelMap::default();
        let mapping = |it: crate::exchange::LabelUse| {
            let means = usual.label(schema, &it.name);
            Mapping { means, count: it.count, name: it.name }
        };
        Self { labels: pending.labels().into_iter().map(mapping).collect(), pending, extend: true }
    }

    fn ui(&mut self, ui: &mut egui::Ui, schema: &Schema, language: &str, keys: Reply) -> Step {
        let (articles, annotations) = (self.pending.articles(), self.pending.annotations());
        ui.label(t!("import-read", articles = articles, annotations = annotations));
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(90.0, 320.0);
        ui.add_space(4.0);
        ui.label(t!("import-labels"));
        egui::ScrollArea::vertical().id_salt("labels").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            egui::Grid::new("import labels").num_columns(3).striped(true).spacing([16.0, 4.0]).show(ui, |ui| {
                for mapping in &mut self.labels {
                    mapping.ui(ui, schema, language);
                    ui.end_row();
                }
            });
        });
        let new = self.labels.iter().filter(|label| schema.label(&label.means).is_none()).count();
        if new > 0 {
            ui.checkbox(&mut self.extend, t!("import-extend", count = new));
        }
        let problems = &self.pending.problems;
        if !problems.is_empty() {
            ui.add_space(4.0);
            ui.label(RichText::new(t!("import-problems", count = problems.len())).strong());
            let row = ui.text_style_height(&egui::TextStyle::Body) + 2.0;
            let area = egui::ScrollArea::vertical().id_salt("problems").max_height(90.0).auto_shrink([false, true]);
            area.show_rows(ui, row, problems.len(), |ui, rows| {
                for problem in &problems[rows] {
                    let line = problem.told();
                    ui.add(egui::Label::new(&line).truncate()).on_hover_text(line);
                }
            });
        }
        ui.add_space(6.0);
        let mut step = Step::Stay(keys);
        ui.horizontal(|ui| {
            if ui.button(t!("import-act")).clicked() {
                step = Step::Stay(Reply::Done);
            }
            if ui.button(t!("import-back")).clicked() {
                step = Step::Back;
            }
            if ui.button(t!("cancel-esc")).clicked() {
                step = Step::Stay(Reply::Closed);
            }
        });
        step
    }
}

impl Mapping {
    fn ui(&mut self, ui: &mut egui::Ui, schema: &Schema, language: &str) {
        ui.label(self.name.as_str());
        ui.label(RichText::new(format!("{}×", self.count)).weak());
        let shown = |name: &Name| match schema.label(name) {
            Some(label) => label.title.get(language).to_owned(),
            None => t!("import-new-label", name = name),
        };
        let combo = egui::ComboBox::from_id_salt(("means", &self.name)).selected_text(shown(&self.means));
        combo.width(220.0).show_ui(ui, |ui| {
            let own = self.name.clone();
            let known = schema.labels.iter().map(|label| label.name.clone());
            let own = Some(own).filter(|own| schema.label(own).is_none());
            for label in own.into_iter().chain(known) {
                let title = shown(&label);
                ui.selectable_value(&mut self.means, label, title);
            }
        });
    }
}

fn readable() -> impl Iterator<Item = &'static dyn Format> {
    FORMATS.iter().copied().filter(|format| format.info().reads)
}

/// A format as lists show it.
pub fn titled(card: &FormatInfo) -> String {
    format!("{} – {}", card.name, card.title.text())
}
