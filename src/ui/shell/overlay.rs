//! Dialogs over the window that want an answer: one at a time.

use std::path::PathBuf;

use crate::lang::Language;
use crate::model::{Kind, Name, Schema};
use crate::store::Access;
use crate::store::settings::Settings;
use crate::t;
use crate::ui::annotate::describe::DescribeDialog;
use crate::ui::annotate::dialogs::AnnotateDialog;
use crate::ui::annotate::label_all::LabelAll;
use crate::ui::annotate::value_dialog::ValueDialog;
use crate::ui::commands::View;
use crate::ui::commands::{self, AnnotateCommand, Command, CorpusCommand, KeyContext, ProjectCommand, WindowCommand};
use crate::ui::comments::{CommentList, CommentsDialog};
use crate::ui::corpus::CorpusDialog;
use crate::ui::dashboard::DashboardDialog;
use crate::ui::errors::ErrorsDialog;
use crate::ui::exchange::ExchangeDialog;
use crate::ui::exchange::export_dialog::ExportDialog;
use crate::ui::exchange::import_dialog::ImportDialog;
use crate::ui::exchange::new_project::NewProjectDialog;
use crate::ui::exchange::trash::TrashDialog;
use crate::ui::review::{ConflictList, Identities, PremergeDialog, ReasonList, ReviewDialog, SetupDialog};
use crate::ui::shell::guidelines::GuidelinesDialog;
use crate::ui::shell::keymap_dialog::KeymapDialog;
use crate::ui::shell::left_behind::ReportDialog;
use crate::ui::shell::program_dialog::ProgramDialog;
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::Workspace;

/// The dialog over the window.
pub enum Overlay {
    /// A list to pick from.
    Picker(Box<Picker>),
    /// All keys.
    Keys,
    /// The keys of commands, to be changed.
    Keymap(Box<KeymapDialog>),
    /// The preferences of the person.
    Preferences,
    /// The sources of suggestions.
    Suggestions,
    /// A program of the person's own that suggests.
    Program(Box<ProgramDialog>),
    /// The name, the version and the licence of the program.
    About,
    /// The problems of the project.
    Problems,
    /// The guidelines, to be read.
    Guidelines(Box<GuidelinesDialog>),
    /// A text to write.
    Text(Box<TextDialog>),
    /// A value for a role or an attribute.
    Value(Box<ValueDialog>),
    /// The preview of a bulk action.
    LabelAll(Box<LabelAll>),
    /// The comments about the work.
    Comments(Box<CommentList>),
    /// A project to make.
    NewProject(Box<NewProjectDialog>),
    /// A path to give.
    Path(Box<PathDialog>),
    /// The annotators who are compared.
    Reviewers(Box<SetupDialog>),
    /// The identity of mentions across articles.
    Identities(Box<Identities>),
    /// The conflicts that merges left.
    Conflicts(Box<ConflictList>),
    /// The reasons of decisions, and the gaps of the guideline.
    Reasons(Box<ReasonList>),
    /// The numbers of what would be merged.
    Premerge(Box<PremergeDialog>),
    /// Articles of other software, to be brought in.
    Import(Box<ImportDialog>),
    /// A data set to write.
    Export(Box<ExportDialog>),
    /// The facts known about the article.
    Describe(Box<DescribeDialog>),
    /// The articles that were removed.
    Trash(Box<TrashDialog>),
    /// Something that should be thought over before it is done.
    Confirm {
        /// The title.
        title: String,
        /// The reason why it matters.
        message: String,
        /// The title of the button that confirms.
        yes: String,
        /// The action that follows.
        command: Command,
    },
    /// Everything is being written, and then the project is left.
    Closing(Box<Closing>),
    /// Unsaved work, when its project is to be left.
    Leaving(Box<Leaving>),
    /// Files that held work and are gone.
    Gone,
    /// Reports of panics.
    Reports(Box<ReportDialog>),
    /// A project that somebody else has open: it can be read.
    Locked {
        /// The project.
        dir: PathBuf,
        /// The holder, in one sentence.
        message: String,
    },
}

/// The question what is to become of work that cannot be saved, when its project is to be left.
pub struct Leaving {
    /// The reason why it cannot be saved, in one sentence.
    pub(super) why: String,
    /// True where the project's journal holds all of it, so that it is there when the project is opened again.
    pub(super) in_journal: bool,
    /// The person's wish.
    pub(super) next: Next,
    /// The dialog that stood over the window when it was asked, to come back where the person stays.
    pub(super) over: Option<Box<Overlay>>,
    /// The time when it was asked first, seconds; none before it is shown.
    pub(super) since: Option<f64>,
    /// The number of times that saving was tried again.
    pub(super) tried: u32,
    /// True while it is tried again.
    pub(super) trying: bool,
}

/// Everything is being written, and then the project is left.
pub struct Closing {
    /// The person's wish.
    pub(super) next: Next,
    /// The dialog that stood over the window, to come back where the person stays.
    pub(super) over: Option<Box<Overlay>>,
    /// The time when it began, seconds.
    pub(super) since: f64,
    /// True once everything of the project is written; settings may still be.
    pub(super) written: bool,
}

/// The destination of a person who leaves a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Out of the window.
    Out,
    /// To another project.
    Open(PathBuf, Access),
}

impl Overlay {
    /// True where it waits for a worker.
    pub fn busy(&self) -> bool {
        match self {
            Self::Import(dialog) => dialog.busy(),
            Self::NewProject(dialog) => dialog.busy(),
            Self::Export(dialog) => dialog.busy(),
            Self::Identities(list) => list.busy(),
            Self::Reasons(list) => list.busy(),
            Self::Trash(list) => list.busy(),
            Self::Conflicts(list) => list.busy(),
            Self::Premerge(dialog) => dialog.busy(),
            Self::Closing(_) => true,
            Self::Leaving(leaving) => leaving.trying,
            _ => false,
        }
    }

    /// The palette: every command with its key, every label, every article.
    pub fn palette(work: Option<&Workspace>, context: KeyContext, language: &str) -> Self {
        let mut items: Vec<Item> = Vec::new();
        if let Some(work) = work.filter(|_| matches!(context, KeyContext::Annotate | KeyContext::Editing)) {
            items.extend(label_items(&work.session.corpus().schema, language));
        }
        let of_pane = |entry: &commands::Entry| match context {
            KeyContext::Corpus(pane) => entry.is_of_pane(pane),
            _ => true,
        };
        let table = commands::TABLE.iter().filter(|entry| entry.menu.shown(context) && of_pane(entry));
        items.extend(table.map(|entry| Item {
            key: commands::key_of(&entry.command),
            detail: entry.menu.title().to_owned(),
            ..Item::new(entry.title(), entry.command.clone())
        }));
        if let Some(work) = work {
            let article = |article: &std::sync::Arc<crate::model::Article>| {
                let command = Command::Project(ProjectCommand::LookAt(article.id.clone(), None));
                Item::new(format!("{} {}", article.id, article.title), command).detail(t!("article"))
            };
            items.extend(work.session.corpus().articles().iter().take(5_000).map(article));
        }
        Self::Picker(Box::new(Picker::new(t!("palette-title"), items)))
    }

    /// The warning to an annotator before seeing what others marked in an article that is not done.
    pub fn unfinished(view: View) -> Self {
        Self::Confirm {
            title: t!("unfinished-title").to_owned(),
            message: t!("unfinished-message").to_owned(),
            yes: t!("unfinished-yes").to_owned(),
            command: Command::Window(WindowCommand::ShowAnyway(view)),
        }
    }

    /// The set to show beside one's own; none where nobody's may be seen.
    pub fn beside(work: &Workspace) -> Option<Self> {
        let names = work.others();
        if names.is_empty() {
            return None;
        }
        let item =
            |name: Name| Item::new(name.as_str(), Command::Project(ProjectCommand::ShowBeside(Some(name.clone()))));
        let mut items: Vec<Item> = names.into_iter().map(item).collect();
        items.push(Item::new(t!("beside-nobody"), Command::Project(ProjectCommand::ShowBeside(None))));
        Some(Self::Picker(Box::new(Picker::new(t!("beside-title"), items).with_digits())))
    }

    /// The keys of commands, to be changed; those of the schema come before them.
    pub fn keymap(schema: Option<&Schema>) -> Self {
        let labels = schema.into_iter().flat_map(|schema| &schema.labels);
        let taken =
            labels.flat_map(|label| label.key.into_iter().chain(label.roles.iter().filter_map(|role| role.key)));
        Self::Keymap(Box::new(KeymapDialog::new(taken.collect())))
    }

    /// The languages that the window can speak.
    pub fn language() -> Self {
        let speak = |language| Command::Window(WindowCommand::Speak(language));
        let follow = Item::new(t!("language-system"), speak(None)).detail(Language::of_system().name());
        let named = Language::ALL.map(|language| Item::new(language.name(), speak(Some(language))));
        let items = std::iter::once(follow).chain(named).collect();
        Self::Picker(Box::new(Picker::new(t!("language-title"), items).with_digits()))
    }

    /// Under which name to label.
    pub fn name(settings: &Settings) -> Self {
        let offered =
            if settings.annotator.is_empty() { Settings::login_name() } else { settings.shown_name().to_owned() };
        let title = t!("name-title").to_owned();
        Self::Text(Box::new(TextDialog::new(title, &offered, false, TextFor::Annotator)))
    }

    /// A project to open.
    pub fn open_project(recent: &[PathBuf]) -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Open, recent)))
    }

    /// A new project.
    pub fn new_project(recent: &[PathBuf]) -> Self {
        Self::NewProject(Box::new(NewProjectDialog::new(recent)))
    }

    /// The title of the project.
    pub fn title(work: &Workspace) -> Self {
        let title = &work.session.corpus().project.title;
        Self::Text(Box::new(TextDialog::new(t!("rename-project-title").to_owned(), title, false, TextFor::Title)))
    }

    /// A folder for a copy of the project.
    pub fn copy() -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Copy, &[])))
    }
}

fn label_items(schema: &Schema, language: &str) -> Vec<Item> {
    let item = |label: &crate::model::LabelDef| {
        let title = label.title.get(language).to_lowercase();
        Item {
            key: label.key.map(String::from).unwrap_or_default(),
            ..Item::new(
                match label.kind {
                    Kind::Document => t!("label-article-as", label = title),
                    _ => t!("label-as", label = title),
                },
                Command::Annotate(AnnotateCommand::Label(label.name.clone())),
            )
            .detail(crate::ui::workspace::card::short(label.guide.get(language), 60))
        }
    };
    schema.labels.iter().map(item).collect()
}

impl From<AnnotateDialog> for Overlay {
    fn from(dialog: AnnotateDialog) -> Self {
        match dialog {
            AnnotateDialog::Picker(picker) => Self::Picker(picker),
            AnnotateDialog::Text(dialog) => Self::Text(dialog),
            AnnotateDialog::Value(dialog) => Self::Value(dialog),
            AnnotateDialog::LabelAll(preview) => Self::LabelAll(preview),
            AnnotateDialog::Describe(dialog) => Self::Describe(dialog),
            AnnotateDialog::Confirm { title, message, yes, command } => Self::Confirm { title, message, yes, command },
        }
    }
}

impl From<ReviewDialog> for Overlay {
    fn from(dialog: ReviewDialog) -> Self {
        match dialog {
            ReviewDialog::Picker(picker) => Self::Picker(picker),
            ReviewDialog::Text(dialog) => Self::Text(dialog),
            ReviewDialog::Setup(dialog) => Self::Reviewers(dialog),
            ReviewDialog::Identities(list) => Self::Identities(list),
            ReviewDialog::Reasons(list) => Self::Reasons(list),
            ReviewDialog::Conflicts(list) => Self::Conflicts(list),
            ReviewDialog::Premerge(dialog) => Self::Premerge(dialog),
        }
    }
}

impl From<CommentsDialog> for Overlay {
    fn from(dialog: CommentsDialog) -> Self {
        match dialog {
            CommentsDialog::Text(dialog) => Self::Text(dialog),
            CommentsDialog::List(list) => Self::Comments(list),
        }
    }
}

impl From<DashboardDialog> for Overlay {
    fn from(dialog: DashboardDialog) -> Self {
        match dialog {
            DashboardDialog::Path(dialog) => Self::Path(dialog),
        }
    }
}

impl From<CorpusDialog> for Overlay {
    fn from(dialog: CorpusDialog) -> Self {
        match dialog {
            CorpusDialog::Picker(picker) => Self::Picker(picker),
            CorpusDialog::Unfinished(name) => Self::Confirm {
                title: t!("unfinished-title").to_owned(),
                message: t!("unfinished-message").to_owned(),
                yes: t!("unfinished-yes").to_owned(),
                command: CorpusCommand::OfAnyway(name).into(),
            },
            CorpusDialog::Join(message, command) => Self::Confirm {
                title: t!("trips-join-title").to_owned(),
                message,
                yes: t!("trips-join-yes").to_owned(),
                command: command.into(),
            },
        }
    }
}

impl From<ErrorsDialog> for Overlay {
    fn from(dialog: ErrorsDialog) -> Self {
        match dialog {
            ErrorsDialog::Picker(picker) => Self::Picker(picker),
        }
    }
}

impl From<ExchangeDialog> for Overlay {
    fn from(dialog: ExchangeDialog) -> Self {
        match dialog {
            ExchangeDialog::Path(dialog) => Self::Path(dialog),
            ExchangeDialog::Import(dialog) => Self::Import(dialog),
            ExchangeDialog::Export(dialog) => Self::Export(dialog),
        }
    }
}
