//! A new project: its title, its folder, what can be marked in it, and articles to begin with.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Modifiers, RichText};

use crate::lang::InWords;
use crate::model::BuiltInSchema;
use crate::say;
use crate::store::{Candidate, Session, read_schema};
use crate::t;
use crate::ui::widgets::chooser::{self, Chooser};
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::jobs::{Job, Jobs};

/// The open dialog.
pub struct NewProjectDialog {
    /// The reason why it is shown, where nobody asked for a new project.
    why: Option<String>,
    title: String,
    folder: String,
    /// The folder in which one is suggested, named after the title; none once a person has said another one.
    beside: Option<PathBuf>,
    schema: SchemaChoice,
    schema_file: String,
    articles: String,
    /// True where the articles that lie in the folder come in.
    with_found: bool,
    looking: Option<Job<Candidate>>,
    found: Candidate,
    chooser: Chooser,
    chosen_for: Field,
    fresh: bool,
}

/// The schema of the new project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SchemaChoice {
    BuiltIn(BuiltInSchema),
    File,
}

/// The field that the file chooser was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Folder,
    SchemaFile,
    Articles,
}

/// A project that is to be made.
pub struct NewProject {
    /// Its folder.
    pub dir: PathBuf,
    /// Its title.
    pub title: String,
    /// Article files that come in once it is open.
    pub articles: Vec<PathBuf>,
    schema: Result<BuiltInSchema, PathBuf>,
}

impl NewProject {
    /// Makes it, on a worker.
    ///
    /// # Errors
    /// One sentence, where its schema cannot be read or the folder cannot be written.
    pub fn make(&self) -> Result<(), String> {
        let schema = match &self.schema {
            Ok(built_in) => built_in.schema(),
            Err(file) => read_schema(file).map_err(|why| why.told())?,
        };
        Session::create(&self.dir, &self.title, schema).map_err(|error| error.told())
    }
}

impl NewProjectDialog {
    /// A dialog that suggests a folder beside the project that was open last, or in the home folder.
    pub fn new(recent: &[PathBuf]) -> Self {
        let beside = recent.first().and_then(|project| project.parent()).map(Path::to_owned);
        Self {
            why: None,
            title: String::new(),
            folder: String::new(),
            beside: Some(beside.unwrap_or_else(|| chooser::expand("~/Jejak"))),
            schema: SchemaChoice::BuiltIn(BuiltInSchema::Trips),
            schema_file: String::new(),
            articles: String::new(),
            with_found: true,
            looking: None,
            found: Candidate::default(),
            chooser: Chooser::default(),
            chosen_for: Field::Folder,
            fresh: true,
        }
    }

    /// A dialog about a folder that is not a project yet, with the sentence that says so.
    pub fn in_folder(folder: &Path, why: String) -> Self {
        let title = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self { why: Some(why), title, folder: folder.display().to_string(), beside: None, ..Self::new(&[]) }
    }

    /// True where it waits for a worker.
    pub fn busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Takes files that were dropped on the window: they are articles to begin with.
    pub fn dropped(&mut self, files: &[PathBuf]) {
        self.articles = chooser::with_more(&self.articles, files);
    }

    /// The project as it is described.
    pub fn project(&self) -> NewProject {
        let dir = self.dir();
        let mut articles = chooser::paths(&self.articles);
        if self.with_found && self.found.folder == dir {
            articles.extend(self.found.articles.iter().cloned());
        }
        let schema = match self.schema {
            SchemaChoice::BuiltIn(built_in) => Ok(built_in),
            SchemaChoice::File => Err(chooser::expand(&self.schema_file)),
        };
        NewProject { dir, title: self.title.trim().to_owned(), articles, schema }
    }

    fn dir(&self) -> PathBuf {
        chooser::expand(&self.folder)
    }

    fn can(&self) -> bool {
        let schema = self.schema != SchemaChoice::File || !self.schema_file.trim().is_empty();
        let project = self.found.project && self.found.folder == self.dir();
        schema && !project && !self.title.trim().is_empty() && !self.folder.trim().is_empty()
    }

    /// Takes what the file chooser gave, and looks into the folder where it is another one.
    fn follow(&mut self, jobs: &Jobs) {
        if let Some(chosen) = self.chooser.chosen() {
            let first = || chosen.first().map(|path| path.display().to_string()).unwrap_or_default();
            match self.chosen_for {
                Field::Folder => (self.folder, self.beside) = (first(), None),
                Field::SchemaFile => (self.schema_file, self.schema) = (first(), SchemaChoice::File),
                Field::Articles => self.articles = chooser::with_more(&self.articles, &chosen),
            }
        }
        if let Some(beside) = &self.beside {
            let name = say::Names::default().give(self.title.trim());
            let title = !self.title.trim().is_empty();
            self.folder = if title { beside.join(name).display().to_string() } else { String::new() };
        }
        if let Some(found) = Job::over(&mut self.looking) {
            self.found = found.unwrap_or_default();
        }
        let dir = self.dir();
        if self.looking.is_none() && self.found.folder != dir {
            self.looking = Some(jobs.start(t!("job-looking"), move |_| Candidate::of(dir)));
        }
    }

    /// Shows it; [`Reply::Done`] only where a project can be made of it.
    pub fn ui(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Reply {
        self.follow(jobs);
        dialog::ask(ctx, "new project", 600.0, Modifiers::COMMAND, |ui, reply| {
            dialog::heading(ui, t!("path-new-title"));
            if let Some(why) = &self.why {
                ui.label(why);
            }
            let height = ui.available_height() - 56.0;
            egui::ScrollArea::vertical().max_height(height.max(80.0)).show(ui, |ui| {
                self.place(ui, jobs);
                ui.add_space(8.0);
                self.schema(ui, jobs);
                ui.add_space(8.0);
                self.begin_with(ui, jobs);
                ui.horizontal_wrapped(|ui| self.chooser.state(ui));
            });
            ui.add_space(4.0);
            dialog::buttons(ui, t!("new-project-make"), self.can(), reply)
        })
    }

    /// Title and folder.
    fn place(&mut self, ui: &mut egui::Ui, jobs: &Jobs) {
        let label = ui.label(t!("rename-project-title"));
        let field = egui::TextEdit::singleline(&mut self.title).desired_width(f32::INFINITY);
        let field = field.show(ui).response.response.labelled_by(label.id);
        dialog::focus(&field, &mut self.fresh, &self.title);
        ui.add_space(4.0);
        let label = ui.label(t!("new-project-folder"));
        let field = egui::TextEdit::singleline(&mut self.folder).desired_width(f32::INFINITY);
        if field.show(ui).response.response.labelled_by(label.id).changed() {
            self.beside = None;
        }
        ui.horizontal_wrapped(|ui| {
            self.browse(ui, jobs, t!("browse"), Field::Folder);
            if self.found.folder != self.dir() || self.folder.trim().is_empty() {
                ui.weak("");
            } else if self.found.project {
                ui.label(RichText::new(t!("new-project-there")).color(ui.visuals().error_fg_color));
            } else if !self.found.there {
                ui.weak(t!("new-project-made"));
            } else if self.found.articles.is_empty() {
                ui.weak(t!("new-project-no-files"));
            } else {
                let count = self.found.articles.len();
                ui.checkbox(&mut self.with_found, t!("new-project-files", count = count));
            }
        });
    }

    /// The choice of what can be marked.
    fn schema(&mut self, ui: &mut egui::Ui, jobs: &Jobs) {
        ui.label(t!("new-project-schema"));
        for built_in in BuiltInSchema::ALL {
            let choice = SchemaChoice::BuiltIn(built_in);
            ui.radio_value(&mut self.schema, choice, schema_title(built_in));
        }
        ui.horizontal(|ui| {
            let radio = ui.radio_value(&mut self.schema, SchemaChoice::File, t!("new-project-schema-file"));
            let width = (ui.available_width() - 110.0).max(60.0);
            let field = egui::TextEdit::singleline(&mut self.schema_file).desired_width(width);
            let field = field.hint_text("schema.ron").show(ui).response.response.labelled_by(radio.id);
            if field.changed() {
                self.schema = SchemaChoice::File;
            }
            self.browse(ui, jobs, t!("browse"), Field::SchemaFile);
        });
    }

    /// Articles to begin with.
    fn begin_with(&mut self, ui: &mut egui::Ui, jobs: &Jobs) {
        let label = ui.label(t!("new-project-articles"));
        let field = egui::TextEdit::multiline(&mut self.articles).desired_rows(2).desired_width(f32::INFINITY);
        field.show(ui).response.response.labelled_by(label.id);
        ui.horizontal(|ui| {
            self.browse(ui, jobs, t!("browse"), Field::Articles);
            if self.chooser.folders(ui, jobs) {
                self.chosen_for = Field::Articles;
            }
        });
    }

    fn browse(&mut self, ui: &mut egui::Ui, jobs: &Jobs, title: &str, field: Field) {
        let clicked = self.chooser.button(ui, jobs, title, move |dialog| match field {
            Field::Folder => dialog.pick_folder().map(|path| vec![path]),
            Field::SchemaFile => dialog.pick_file().map(|path| vec![path]),
            Field::Articles => dialog.pick_files(),
        });
        if clicked {
            self.chosen_for = field;
        }
    }
}

/// A built-in schema as it is offered.
fn schema_title(schema: BuiltInSchema) -> &'static str {
    match schema {
        BuiltInSchema::Trips => t!("new-project-trips"),
        BuiltInSchema::Entities => t!("new-project-entities"),
        BuiltInSchema::Open => t!("new-project-open"),
        BuiltInSchema::Empty => t!("new-project-empty"),
    }
}
