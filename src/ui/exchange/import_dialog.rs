//! Importing what other software wrote: first which files, then, when they are read, whose the sets are and what their names
//! mean here.

use crate::lang::InWords;
use std::sync::Arc;

use eframe::egui::{self, Modifiers, RichText};

use super::import_names::NameRows;
use super::import_sets::SetRows;
use crate::exchange::{Examples, ForeignNames, PendingImport, PlacedExample, Working, proposed_name};
use crate::formats::{AskedError, Format, FormatInfo, ImportFiles, NameMap, ReadOptions, readers, recognize};
use crate::model::{Name, Project, Schema, SetKind};
use crate::store::Snapshot;
use crate::t;
use crate::ui::widgets::chooser::{self, Chooser};
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Ticket};

/// The format of files in columns.
const COLUMNS: &str = "conll";
/// Sentences about how files were understood that are shown.
const NOTES: usize = 4;

/// The open dialog.
pub struct ImportDialog {
    paths: String,
    /// The format; none for the one that is recognised.
    format: Option<&'static dyn Format>,
    /// The columns of files in columns, and the sentences of an article, as the person writes them; empty for what is recognised.
    columns: String,
    per: String,
    project: Snapshot,
    annotator: Name,
    language: String,
    chooser: Chooser,
    fresh: bool,
    reading: Option<Job<Result<Option<ReadFiles>, String>>>,
    wrong: Option<String>,
    read: Option<Read>,
}

/// The files as a worker has read them.
struct ReadFiles {
    format: &'static dyn Format,
    /// The sentence that says how the format was recognised.
    why: Option<String>,
    pending: PendingImport,
    names: ForeignNames,
    examples: Examples,
    working: Vec<Working>,
    proposed: Name,
}

/// An import that was read, and what is to become of it.
struct Read {
    pending: PendingImport,
    why: Option<String>,
    sets: SetRows,
    names: NameRows,
    examples: Examples,
    /// The kind of the sets, where the person says it.
    kind: Option<SetKind>,
    /// True where a model's predictions come in place of its old ones.
    replaces: bool,
}

impl ImportDialog {
    /// A dialog for a project as it is, in which this annotator works.
    pub fn new(project: Snapshot, annotator: &Name, language: &str) -> Self {
        Self {
            paths: String::new(),
            format: None,
            columns: String::new(),
            per: String::new(),
            project,
            annotator: annotator.clone(),
            language: language.to_owned(),
            chooser: Chooser::default(),
            fresh: true,
            reading: None,
            wrong: None,
            read: None,
        }
    }

    /// The import to be done, once it was read: the articles, and what their names mean.
    pub fn taken(self) -> Option<(PendingImport, NameMap)> {
        let Read { pending, sets, names, kind, replaces, .. } = self.read?;
        let pending = pending.called(&sets.names()).ok()?;
        let pending = pending.of_kind(kind).allowing(sets.allowed());
        Some((pending.replacing(replaces && kind == Some(SetKind::Model)), names.map()))
    }

    /// True where files are being read.
    pub fn busy(&self) -> bool {
        self.reading.is_some()
    }

    /// Shows it; [`Reply::Done`] only where files were read and there are articles in them.
    pub fn ui(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Reply {
        self.poll();
        dialog::ask(ctx, "import", 680.0, Modifiers::COMMAND, |ui, keys| {
            dialog::heading(ui, t!("import-title"));
            ui.add_space(4.0);
            match (&self.reading, &mut self.read) {
                (Some(_), _) => self.waiting(ui, keys),
                (None, Some(read)) => match read.ui(ui, keys) {
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
        ui.horizontal_wrapped(|ui| {
            self.chooser.button(ui, jobs, t!("browse"), rfd::FileDialog::pick_files);
            self.chooser.button(ui, jobs, t!("browse-folder"), rfd::FileDialog::pick_folders);
            self.chooser.state(ui);
        });
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(t!("format"));
            let title = |format: Option<&'static dyn Format>| {
                format.map_or_else(|| t!("import-recognise").to_owned(), |format| titled(format.info()))
            };
            egui::ComboBox::from_id_salt("import format")
                .selected_text(title(self.format))
                .width(360.0)
                .show_ui(ui, |ui| {
                    for format in std::iter::once(None).chain(readers().map(Some)) {
                        let name = |format: Option<&dyn Format>| format.map(|format| format.info().name);
                        let same = name(format) == name(self.format);
                        if ui.selectable_label(same, title(format)).clicked() {
                            self.format = format;
                        }
                    }
                })
                .response
                .labelled_by(label.id);
        });
        if let Some(format) = self.format {
            ui.label(RichText::new(format.info().notes.text()).weak());
        }
        if self.format.is_none_or(|format| format.info().name == COLUMNS) {
            self.columns_ui(ui);
        }
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

    /// The fields for what a person knows better about files in columns.
    fn columns_ui(&mut self, ui: &mut egui::Ui) {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(t!("import-columns"));
            let field = egui::TextEdit::singleline(&mut self.columns).hint_text("word=2,tag=5").desired_width(160.0);
            ui.add(field).labelled_by(label.id).on_hover_text(t!("import-columns-hint"));
            let label = ui.label(t!("import-per"));
            let field = egui::TextEdit::singleline(&mut self.per).hint_text("20").desired_width(80.0);
            ui.add(field).labelled_by(label.id).on_hover_text(t!("import-per-hint"));
        });
    }

    /// The wishes about the reading of files, as they are written.
    fn options(&self) -> Result<ReadOptions, AskedError> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let columns = said(&self.columns).map(|said| said.parse()).transpose()?;
        let per = said(&self.per).map(|said| said.parse()).transpose()?;
        let options = ReadOptions { columns, per, ..ReadOptions::default() };
        let there = self.format.is_none_or(|format| format.info().name == COLUMNS);
        Ok(if there { options } else { ReadOptions::default() })
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
        let options = match self.options() {
            Ok(options) => options,
            Err(why) => {
                self.wrong = Some(why.told());
                return;
            }
        };
        self.wrong = None;
        let (format, paths) = (self.format, chooser::paths(&self.paths));
        let (project, annotator) = (self.project.clone(), self.annotator.clone());
        self.reading = Some(jobs.start(t!("import-job"), move |ticket| {
            let source = ImportFiles::of_paths(&paths).map_err(|why| why.told())?.stopped_by(ticket.flag());
            ReadFiles::of((format, &options), &source, project, &annotator, ticket)
        }));
    }

    fn poll(&mut self) {
        if let Some(chosen) = self.chooser.chosen() {
            self.paths = chooser::with_more(&self.paths, &chosen);
        }
        let Some(outcome) = Job::over(&mut self.reading) else { return };
        match outcome.unwrap_or_else(|| Err(t!("import-broken").to_owned())) {
            Err(error) => self.wrong = Some(error),
            Ok(None) => {}
            Ok(Some(read)) if read.pending.articles() == 0 => {
                let first =
                    read.pending.problems.first().map_or(String::new(), |problem| format!(" {}", problem.told()));
                self.wrong = Some(t!("import-none", format = read.format.info().name) + &first);
            }
            Ok(Some(read)) => {
                let corpus = self.project.corpus();
                self.read = Some(Read::new(read, &corpus.project, corpus.schema.clone(), &self.language));
            }
        }
    }
}

impl ReadFiles {
    /// Reads files and looks where they meet what is there; none where the person has had enough.
    fn of(
        (format, options): (Option<&'static dyn Format>, &ReadOptions),
        source: &ImportFiles,
        mut project: Snapshot,
        annotator: &Name,
        ticket: &Ticket,
    ) -> Result<Option<Self>, String> {
        let (format, why) = match format {
            Some(format) => (format, None),
            None => {
                let recognised = recognize(source).map_err(|why| why.told())?;
                (recognised.format, Some(recognised.why.told()))
            }
        };
        let going = &mut |done: usize| ticket.progress(done as u64, 0);
        let Some(mut pending) = PendingImport::read(format, source, None, options, going) else { return Ok(None) };
        let going = &mut |_: usize, _: usize| !ticket.cancelled();
        if !pending.find_known(&project, going) {
            return Ok(None);
        }
        let Some(working) = pending.working(&mut project, going) else { return Ok(None) };
        let mut there = project.makers();
        there.push(annotator.clone());
        let proposed = proposed_name(source.names(), format.info().name, &there);
        let (names, examples) = (pending.names(), pending.examples());
        Ok(Some(Self { format, why, pending, names, examples, working, proposed }))
    }
}

/// The place where the second page leads.
enum Step {
    Stay(Reply),
    Back,
}

impl Read {
    fn new(read: ReadFiles, project: &Project, schema: Arc<Schema>, language: &str) -> Self {
        let ReadFiles { pending, names, examples, working, proposed, why, .. } = read;
        let sets = SetRows::new(pending.sets(), &proposed, working, project.clone());
        let names = NameRows::new(names, schema, language);
        Self { pending, why, sets, names, examples, kind: None, replaces: false }
    }

    fn ui(&mut self, ui: &mut egui::Ui, keys: Reply) -> Step {
        let (articles, annotations) = (self.pending.articles(), self.pending.annotations());
        ui.label(t!("import-read", articles = articles, annotations = annotations));
        if let Some(why) = &self.why {
            ui.label(RichText::new(why).weak());
        }
        for note in self.pending.notes().take(NOTES) {
            ui.label(RichText::new(note.told()).weak());
        }
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 250.0).clamp(90.0, 520.0);
        let area = egui::ScrollArea::vertical().id_salt("import read").max_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            self.sets.ui(ui);
            self.kind_ui(ui);
            ui.add_space(6.0);
            self.names.ui(ui);
            ui.add_space(6.0);
            self.problems_ui(ui);
            self.examples_ui(ui);
        });
        ui.add_space(6.0);
        let ready = self.sets.ready();
        let mut step = Step::Stay(if keys == Reply::Done && !ready { Reply::Open } else { keys });
        ui.horizontal(|ui| {
            if ui.add_enabled(ready, egui::Button::new(t!("import-act"))).clicked() {
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

    fn kind_ui(&mut self, ui: &mut egui::Ui) {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(t!("import-kind"));
            let title = |kind: Option<SetKind>| match kind {
                None => t!("import-kind-said"),
                Some(SetKind::Model) => t!("import-kind-model"),
                Some(_) => t!("import-kind-person"),
            };
            egui::ComboBox::from_id_salt("import kind")
                .selected_text(title(self.kind))
                .width(300.0)
                .show_ui(ui, |ui| {
                    for kind in [None, Some(SetKind::Person), Some(SetKind::Model)] {
                        ui.selectable_value(&mut self.kind, kind, title(kind));
                    }
                })
                .response
                .labelled_by(label.id);
        });
        if self.kind == Some(SetKind::Model) {
            ui.checkbox(&mut self.replaces, t!("import-replace"));
        }
    }

    fn problems_ui(&self, ui: &mut egui::Ui) {
        let problems = &self.pending.problems;
        if problems.is_empty() {
            return;
        }
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

    fn examples_ui(&self, ui: &mut egui::Ui) {
        let line = |ui: &mut egui::Ui, example: &PlacedExample| {
            let PlacedExample { label, words, article } = example;
            ui.add(egui::Label::new(t!("import-example", label = label, words = words, article = article)).truncate());
        };
        if !self.examples.unplaced.is_empty() {
            ui.label(RichText::new(t!("import-unplaced", count = self.examples.without_place)).strong());
            self.examples.unplaced.iter().for_each(|example| line(ui, example));
            ui.add_space(6.0);
        }
        if !self.examples.placed.is_empty() {
            ui.label(t!("import-placed"));
            self.examples.placed.iter().for_each(|example| line(ui, example));
        }
    }
}

/// A format as lists show it.
pub fn titled(card: &FormatInfo) -> String {
    format!("{} – {}", card.name, card.title.text())
}
