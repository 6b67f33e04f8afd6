//! Commands that mark the open article, or move about in it.

use super::motion::{Direction, Motion, Selection};
use crate::edit::FillAs;
use crate::model::{Filler, Id, Name, Progress};
use crate::text::Span;

/// Commands that mark the open article, or move about in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum AnnotateCommand {
    Delete,
    DeleteAllSuch,
    LabelAll,
    Grow,
    Shrink,
    GrowStart,
    ShrinkStart,
    AddFragment,
    RemoveFragment,
    /// Moves the last filler of the armed role before the one before it.
    Earlier,
    Note,
    /// Writes the note of an annotation.
    WriteNote(Id, String),
    Describe,
    /// The next or the last difference between the own set and gold.
    Difference(Direction),
    Refer,
    /// Takes away who or what the selected mention is.
    Nobody,
    /// Takes the article's date from its dateline.
    TakeDateline,
    /// The n-th attribute of what is selected.
    Attribute(usize),
    /// Gives the next attribute that is not set yet its n-th value.
    Choose(usize),
    /// Labels the selection, or gives what is selected another label.
    Label(Name),
    /// Gives annotations another label, and lets go of the roles that it does not have.
    Relabel(Vec<Id>, Name),
    /// Deletes these, whatever is selected.
    DeleteThese(Vec<Id>),
    SelectAlike,
    Select(Vec<Id>),
    /// A click on an annotation: fills the armed role with it, or selects it.
    Click(Id, Among),
    /// Selects an annotation where it stands, whatever role is armed.
    Pick(Id),
    /// A click beside all annotations.
    ClickBeside,
    /// Words were selected with the mouse: they fill the armed role, or let go of what was selected.
    SelectWords(Span),
    /// The same, with more words than the click just before selected.
    SelectMoreWords(Span),
    /// Words come to what is selected, as a piece of it.
    AddPiece(Span),
    /// Gives an annotation another fragment in place of one that it has.
    MoveEdge(Id, Span, Span),
    /// Selects the annotations from the one that is selected to this one.
    SelectTo(Id),
    /// Shows a frame as a card, with its first empty role armed.
    OpenCard(Id),
    NewFrame(Name),
    /// Arms a role; what the mouse points at fills it at once, where it fits.
    Arm(Name),
    Candidates,
    TypeValue,
    Fill(Id, Name, Filler),
    /// Fills a role with words of the text, as what a person means them to be.
    FillText(Id, Name, Span, FillAs),
    ReferTo(Vec<Id>, Option<Id>),
    /// Makes a referent of this name.
    ReferNew(Vec<Id>, String),
    /// Takes the n-th filler away from a frame.
    Unfill(Id, usize),
    /// Moves the n-th filler of a frame.
    Reorder(Id, usize, Direction),
    SetAttribute(Vec<Id>, Name, Option<String>),
    Accept,
    /// About what is suggested.
    Ghost(GhostCommand),
    Find,
    /// Finds in all articles.
    FindEverywhere,
    FindNext,
    FindPrevious,
    NextAnnotation,
    PreviousAnnotation,
    NextInStack,
    PreviousInStack,
    /// Moves the caret.
    Caret(Motion, Selection),
    MarkDone,
    SetProgress(Progress),
}

/// Commands about what is suggested for the open article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum GhostCommand {
    /// Takes the one that keys are about, and goes on.
    Accept,
    Reject,
    AcceptStrong,
    /// Takes every zone that is suggested in the article.
    AcceptZones,
    /// Looks at the next or the last one.
    Step(Direction),
    /// Looks at the one that begins at this byte.
    Go(u32),
    List,
}

impl GhostCommand {
    /// True where it changes what is marked or remembered, and not only where one is.
    #[must_use]
    pub fn marks(self) -> bool {
        matches!(self, Self::Accept | Self::Reject | Self::AcceptStrong | Self::AcceptZones)
    }
}

/// The effect of a click on an annotation on those that are selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// It alone is selected.
    Alone,
    /// It comes to those that are selected, or leaves them.
    Others,
}

impl AnnotateCommand {
    /// True where it is about marking the set that is worked on, and not about moving about in it.
    #[must_use]
    pub fn marks(&self) -> bool {
        match self {
            Self::Delete
            | Self::DeleteAllSuch
            | Self::LabelAll
            | Self::Grow
            | Self::Shrink
            | Self::GrowStart
            | Self::ShrinkStart
            | Self::AddFragment
            | Self::RemoveFragment
            | Self::Earlier
            | Self::Note
            | Self::Refer
            | Self::Nobody
            | Self::Attribute(_)
            | Self::Choose(_)
            | Self::Label(_)
            | Self::SelectAlike
            | Self::NewFrame(_)
            | Self::Candidates
            | Self::TypeValue
            | Self::Accept
            | Self::Ghost(_) => true,
            Self::WriteNote(..)
            | Self::Describe
            | Self::TakeDateline
            | Self::Difference(_)
            | Self::Select(_)
            | Self::Click(..)
            | Self::Pick(_)
            | Self::ClickBeside
            | Self::SelectWords(_)
            | Self::SelectMoreWords(_)
            | Self::AddPiece(_)
            | Self::MoveEdge(..)
            | Self::SelectTo(_)
            | Self::Relabel(..)
            | Self::DeleteThese(_)
            | Self::OpenCard(_)
            | Self::Arm(_)
            | Self::Fill(..)
            | Self::FillText(..)
            | Self::ReferTo(..)
            | Self::ReferNew(..)
            | Self::Unfill(..)
            | Self::Reorder(..)
            | Self::SetAttribute(..)
            | Self::Find
            | Self::FindEverywhere
            | Self::FindNext
            | Self::FindPrevious
            | Self::NextAnnotation
            | Self::PreviousAnnotation
            | Self::NextInStack
            | Self::PreviousInStack
            | Self::Caret(..)
            | Self::MarkDone
            | Self::SetProgress(_) => false,
        }
    }
}
