//! Commands that decide cases.

use std::sync::Arc;

use super::case_filter::CaseFilter;
use crate::model::{ArticleId, Conflict, Decision, Name, RecordFile};
use crate::review::CaseKind;

/// Commands that decide cases.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ReviewCommand {
    /// Says that the n-th of those who are compared is right.
    Adopt(usize),
    NoneIsRight,
    /// Takes it out of the adjudicated set, or leaves the slot without a value.
    TakeOut,
    Decide,
    EditGold,
    /// The adjudicated set is right as it stands now.
    Settle,
    NextCase,
    PreviousCase,
    /// The n-th case of the queue.
    GoToCase(usize),
    NextOpenArticle,
    Reason,
    SetReason(String),
    Gap,
    /// Notes what the guideline lacks.
    SetGap(String),
    /// The reasons of decisions and the gaps of the guideline.
    ReasonList,
    /// The conflicts that merges left.
    Conflicts,
    /// Settles a conflict that a merge left.
    SettleConflict(ConflictPlace, Arc<Conflict>, ConflictSide),
    /// The case that a decision is about.
    LookAtDecision(ArticleId, Arc<Decision>),
    Premerge,
    /// The identity of mentions across articles.
    Identities,
    Setup,
    DecideAll,
    /// Decides many cases alike.
    DecideAlike(RightReading, CasesAlike),
    /// Decides the whole thing that the case is about as somebody has it.
    TakeWhole,
    /// Lists only cases about the words of the one that is looked at, or all again.
    SameWords,
    /// Asks for words that listed cases have.
    CaseText,
    /// Lists only cases with these words; all where they are empty.
    SetCaseText(String),
    StopCounting,
    /// Only cases of this kind; none for every kind.
    OnlyKind(Option<CaseKind>),
    QueueOrder,
    ShowDecided,
    CaseKinds,
    /// Shows the cases that a filter lets through, in an article where one is named.
    ShowCases(Box<CaseFilter>, Option<ArticleId>),
}

/// The reading that is right in many cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RightReading {
    /// The one that most have; none where as many have another.
    Majority,
    /// An annotator's.
    Of(Name),
}

/// The cases that are decided alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasesAlike {
    /// All that are listed.
    Listed,
    /// All that would be listed in any article.
    AllArticles,
    /// All about the thing that is looked at.
    Thing,
}

/// The place of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictPlace {
    /// A file of records.
    Records(RecordFile),
    /// The settings of the project.
    Settings,
}

/// The side of a conflict that is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictSide {
    /// The one that stands in the file.
    Ours,
    /// The one that the merge kept aside.
    Theirs,
}
