//! One thing that a person can do.

use super::annotate::AnnotateCommand;
use super::comments::CommentsCommand;
use super::corpus::CorpusCommand;
use super::dashboard::DashboardCommand;
use super::errors::ErrorsCommand;
use super::exchange::ExchangeCommand;
use super::project::ProjectCommand;
use super::review::ReviewCommand;
use super::schema::SchemaCommand;
use super::window::WindowCommand;

/// One thing that a person can do. Each feature has an enum of its own, and one place that does all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Commands about the window as a whole.
    Window(WindowCommand),
    /// Commands about the project as a whole: its files, its history, and which of its articles is open.
    Project(ProjectCommand),
    /// Commands that mark the open article, or move about in it.
    Annotate(AnnotateCommand),
    /// Commands that decide cases.
    Review(ReviewCommand),
    /// Commands about comments.
    Comments(CommentsCommand),
    /// Commands about all articles at once.
    Corpus(CorpusCommand),
    /// Commands about the figures.
    Dashboard(DashboardCommand),
    /// Commands about the errors of a model.
    Errors(ErrorsCommand),
    /// Commands about the schema.
    Schema(SchemaCommand),
    /// Commands that bring articles and annotations in, and data sets out.
    Exchange(ExchangeCommand),
}

impl From<WindowCommand> for Command {
    fn from(command: WindowCommand) -> Self {
        Self::Window(command)
    }
}

impl From<ProjectCommand> for Command {
    fn from(command: ProjectCommand) -> Self {
        Self::Project(command)
    }
}

impl From<AnnotateCommand> for Command {
    fn from(command: AnnotateCommand) -> Self {
        Self::Annotate(command)
    }
}

impl From<ReviewCommand> for Command {
    fn from(command: ReviewCommand) -> Self {
        Self::Review(command)
    }
}

impl From<CommentsCommand> for Command {
    fn from(command: CommentsCommand) -> Self {
        Self::Comments(command)
    }
}

impl From<CorpusCommand> for Command {
    fn from(command: CorpusCommand) -> Self {
        Self::Corpus(command)
    }
}

impl From<DashboardCommand> for Command {
    fn from(command: DashboardCommand) -> Self {
        Self::Dashboard(command)
    }
}

impl From<ErrorsCommand> for Command {
    fn from(command: ErrorsCommand) -> Self {
        Self::Errors(command)
    }
}

impl From<SchemaCommand> for Command {
    fn from(command: SchemaCommand) -> Self {
        Self::Schema(command)
    }
}

impl From<ExchangeCommand> for Command {
    fn from(command: ExchangeCommand) -> Self {
        Self::Exchange(command)
    }
}
