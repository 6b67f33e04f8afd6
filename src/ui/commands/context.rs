//! The meaning of keys at the moment, and the place of commands in the menu.

use super::corpus::Pane;
use crate::t;

/// The context of the keys at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyContext {
    /// Marking the annotator's own set.
    Annotate,
    /// Deciding cases.
    Queue,
    /// Marking the adjudicated set, on the way to a decision.
    Editing,
    /// Looking, with nothing open to mark.
    Looking,
    /// Walking through the errors of a model.
    Errors,
    /// Changing the schema.
    Schema,
    /// Looking at a table over all articles.
    Corpus(Pane),
}

/// The place where a command stands in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Menu {
    Project,
    Edit,
    Label,
    /// Only while reviewing, in place of `Label`.
    Review,
    /// Only while errors are walked through, in place of `Label`.
    Errors,
    /// Only while the schema is shown, in place of `Label`.
    Schema,
    /// Only while tables over all articles are shown, in place of `Label`.
    Corpus,
    Go,
    View,
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 10] = [
        Self::Project,
        Self::Edit,
        Self::Label,
        Self::Review,
        Self::Errors,
        Self::Schema,
        Self::Corpus,
        Self::Go,
        Self::View,
        Self::Help,
    ];

    /// True where it is in the menu bar there.
    #[must_use]
    pub fn shown(self, context: KeyContext) -> bool {
        match self {
            Self::Label => {
                !matches!(context, KeyContext::Queue | KeyContext::Errors | KeyContext::Schema | KeyContext::Corpus(_))
            }
            Self::Review => !matches!(
                context,
                KeyContext::Annotate | KeyContext::Errors | KeyContext::Schema | KeyContext::Corpus(_)
            ),
            Self::Errors => context == KeyContext::Errors,
            Self::Schema => context == KeyContext::Schema,
            Self::Corpus => matches!(context, KeyContext::Corpus(_)),
            _ => true,
        }
    }

    /// The title in the menu bar.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Project => t!("menu-project"),
            Self::Edit => t!("menu-edit"),
            Self::Label => t!("menu-label"),
            Self::Review => t!("menu-review"),
            Self::Errors => t!("errors"),
            Self::Schema => t!("schema"),
            Self::Corpus => t!("corpus"),
            Self::Go => t!("menu-go"),
            Self::View => t!("menu-view"),
            Self::Help => t!("menu-help"),
        }
    }
}
