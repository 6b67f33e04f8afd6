//! The context of the features of the window, and the outcome of their commands.

use super::open_project::Workspace;
use crate::store::settings::Settings;
use crate::ui::commands::Command;
use crate::ui::widgets::jobs::Jobs;
use crate::ui::widgets::theme::Theme;

/// Everything that every feature may use.
pub struct Cx<'a> {
    /// The open project.
    pub workspace: &'a mut Workspace,
    /// The settings that the program remembers about this person.
    pub settings: &'a Settings,
    /// The colours.
    pub theme: &'a Theme,
    /// The starter of background work.
    pub jobs: &'a Jobs,
}

/// The outcome of a command that could be done.
pub enum Done<D> {
    /// It is done, and speaks for itself.
    Nothing,
    /// It is done; this sentence tells.
    Said(String),
    /// It needs an answer first.
    Ask(D),
    /// Another command does the rest.
    Do(Command),
}

impl<D> Done<D> {
    /// The same, with the dialog put into one of another kind.
    pub fn map<E>(self, dialog: impl FnOnce(D) -> E) -> Done<E> {
        match self {
            Self::Nothing => Done::Nothing,
            Self::Said(sentence) => Done::Said(sentence),
            Self::Ask(asked) => Done::Ask(dialog(asked)),
            Self::Do(command) => Done::Do(command),
        }
    }

    /// A sentence, as the outcome of what could be done.
    ///
    /// # Errors
    /// Never.
    pub fn said(sentence: impl Into<String>) -> Result<Self, String> {
        Ok(Self::Said(sentence.into()))
    }
}

/// The outcome of a command, or one sentence about why it could not be done.
pub type Outcome<D> = Result<Done<D>, String>;
