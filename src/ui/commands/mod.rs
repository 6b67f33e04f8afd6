//! Everything that a person can do, once: its name, its key, its menu. Menus, palette, key help and the keyboard all
//! read this table; [`crate::ui::shell::dispatch`] is the one place that does what it says.

pub mod view;

use eframe::egui::{Key, Modifiers};

use crate::model::{Filler, Id, Name, Progress};
use crate::text::Span;
use crate::ui::commands::view::View;
use crate::ui::reader::{Motion, Step};
use crate::ui::review::CaseFilter;

/// One thing that a person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table below gives each its meaning, in the words that people see.
pub enum Command {
    NewProject,
    OpenProject,
    AddArticles,
    Import,
    Export,
    Describe,
    SaveNow,
    SaveCopy,
    /// Brings in edits from journals that were written in another folder.
    BringInElsewhere,
    /// The fate of files that held work and are gone.
    Gone,
    Quit,
    Undo,
    Redo,
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
    Comment,
    /// The list of comments, with one of them picked.
    Comments(Option<(Name, Id)>),
    AnswerComment((Name, Id)),
    /// Settles a thread, or opens it again.
    ResolveComment((Name, Id)),
    RewordComment(Id),
    DeleteComment(Id),
    GoToComment((Name, Id)),
    OpenSets,
    /// Asks whose set to show beside one's own.
    Beside,
    /// Shows somebody's set beside one's own, or nobody's.
    ShowBeside(Option<Name>),
    /// The next or the last difference between the own set and gold.
    Difference(bool),
    Refer,
    /// The n-th attribute of what is selected.
    Attribute(usize),
    /// Labels the selection, or gives what is selected another label.
    Label(Name),
    SelectAlike,
    Select(Vec<Id>),
    /// Shows a frame as a card, with its first empty role armed.
    OpenCard(Id),
    NewFrame(Name),
    Arm(Name),
    Candidates,
    TypeValue,
    Fill(Id, Name, Filler),
    /// Fills a role with words of the text, making an annotation of them where the role wants one.
    FillText(Id, Name, Span),
    ReferTo(Vec<Id>, Option<Id>),
    /// Makes a referent of this name.
    ReferNew(Vec<Id>, String),
    /// Takes the n-th filler away from a frame.
    Unfill(Id, usize),
    /// Moves the n-th filler of a frame.
    Reorder(Id, usize, bool),
    SetAttribute(Vec<Id>, Name, Option<String>),
    Accept,
    Escape,
    Find,
    FindNext,
    FindPrevious,
    NextAnnotation,
    PreviousAnnotation,
    NextInStack,
    PreviousInStack,
    /// Moves the caret; with `true` the other end of the selection stays.
    Caret(Motion, bool),
    NextArticle,
    PreviousArticle,
    OpenArticle(crate::model::ArticleId),
    FocusArticles,
    ToggleArticles,
    ToggleCard,
    MarkDone,
    SetProgress(Progress),
    /// Shows another side of the work.
    Show(View),
    /// Says that the n-th of those who are compared is right.
    Adopt(usize),
    NoneIsRight,
    Decide,
    EditGold,
    /// What stands in the adjudicated set now is right.
    Settle,
    NextCase,
    PreviousCase,
    /// The n-th case of the queue.
    GoToCase(usize),
    NextOpenArticle,
    Reason,
    SetReason(String),
    Gap,
    Premerge,
    /// Who is who across articles.
    Identities,
    /// Merges what is agreed: in all articles, or in the open one.
    PremergeNow(bool),
    ReviewSetup,
    DecideAll,
    /// Decides every listed case as this annotator has it.
    DecideListed(Name),
    StopCounting,
    /// Only cases of this kind; none for every kind.
    OnlyKind(Option<crate::review::CaseKind>),
    QueueOrder,
    ShowDecided,
    CaseKinds,
    /// Shows the cases that a filter lets through, in an article where one is named.
    ReviewCases(Box<CaseFilter>, Option<crate::model::ArticleId>),
    /// Writes what the dashboard shows to a file that is asked for: as a picture, or as CSV.
    SaveFigures(bool),
    /// Shows what others marked, though one's own work is not done.
    ShowAnyway(View),
    Palette,
    Keys,
    Welcome,
    Problems,
    Theme,
    Larger,
    Smaller,
    UsualSize,
    LabelNames,
    LabelLanguage,
    ChangeName,
}

/// A key, or a printable character whatever key gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A character as the keyboard's layout gives it; works on every layout.
    Char(char),
    /// A key with exactly these modifiers.
    Key(Modifiers, Key),
}

/// What the keys are for at the moment.
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
}

/// Where a command stands in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Menu {
    Project,
    Edit,
    Label,
    /// Only while reviewing, in place of `Label`.
    Review,
    Go,
    View,
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 7] = [Self::Project, Self::Edit, Self::Label, Self::Review, Self::Go, Self::View, Self::Help];

    /// Whether it is in the menu bar there.
    #[must_use]
    pub fn shown(self, context: KeyContext) -> bool {
        match self {
            Self::Label => context != KeyContext::Queue,
            Self::Review => context != KeyContext::Annotate,
            _ => true,
        }
    }

    /// What stands in the menu bar.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Project => "Project",
            Self::Edit => "Edit",
            Self::Label => "Label",
            Self::Review => "Review",
            Self::Go => "Go",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    /// What is done.
    pub command: Command,
    /// What people read.
    pub title: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// What gives it; the first one is shown.
    pub keys: &'static [Press],
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

const fn key(modifiers: Modifiers, key: Key) -> Press {
    Press::Key(modifiers, key)
}

const fn entry(menu: Menu, command: Command, title: &'static str, keys: &'static [Press]) -> Entry {
    Entry { command, title, menu, keys }
}

/// The caret towards the end of the text.
const fn on(step: Step, extend: bool) -> Command {
    Command::Caret(Motion { step, forward: true }, extend)
}

/// The caret towards the start of the text.
const fn back(step: Step, extend: bool) -> Command {
    Command::Caret(Motion { step, forward: false }, extend)
}

use Command as C;
use Press::Char;

/// Every command that needs no argument of the moment, in menu order.
pub const TABLE: &[Entry] = &[
    entry(Menu::Project, C::NewProject, "New project…", &[key(CTRL, Key::N)]),
    entry(Menu::Project, C::OpenProject, "Open project…", &[key(CTRL, Key::O)]),
    entry(Menu::Project, C::AddArticles, "Add articles…", &[key(CTRL, Key::I)]),
    entry(Menu::Project, C::Import, "Import annotations…", &[key(CTRL_SHIFT, Key::I)]),
    entry(Menu::Project, C::Export, "Export a data set…", &[key(CTRL_SHIFT, Key::E)]),
    entry(Menu::Project, C::Describe, "Describe this article…", &[key(CTRL, Key::E)]),
    entry(Menu::Project, C::MarkDone, "This article is done / not done", &[key(CTRL, Key::D)]),
    entry(Menu::Project, C::OpenSets, "Annotators work blind / see each other's sets", &[]),
    entry(Menu::Project, C::Problems, "Problems in the project", &[key(CTRL, Key::P)]),
    entry(Menu::Project, C::ChangeName, "Change the annotator…", &[]),
    entry(Menu::Project, C::SaveNow, "Write all files now", &[key(CTRL, Key::S)]),
    entry(Menu::Project, C::SaveCopy, "Save a copy…", &[key(CTRL_SHIFT, Key::S)]),
    entry(Menu::Project, C::BringInElsewhere, "Bring in edits from elsewhere", &[]),
    entry(Menu::Project, C::Gone, "Files that are gone…", &[]),
    entry(Menu::Project, C::Quit, "Quit", &[key(CTRL, Key::Q)]),
    entry(Menu::Edit, C::Undo, "Undo", &[key(CTRL, Key::Z)]),
    entry(Menu::Edit, C::Redo, "Redo", &[key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)]),
    entry(Menu::Edit, C::Delete, "Delete what is selected", &[key(NONE, Key::Delete), key(NONE, Key::Backspace)]),
    entry(Menu::Edit, C::DeleteAllSuch, "Delete all such…", &[key(SHIFT, Key::Delete)]),
    entry(Menu::Edit, C::Find, "Find in the article", &[key(CTRL, Key::F)]),
    entry(Menu::Edit, C::FindNext, "Next hit", &[key(NONE, Key::F3)]),
    entry(Menu::Edit, C::FindPrevious, "Previous hit", &[key(SHIFT, Key::F3)]),
    entry(Menu::Edit, C::SelectAlike, "Select all with this label", &[key(CTRL, Key::A)]),
    entry(Menu::Label, C::LabelAll, "Label all equal strings…", &[Char('R')]),
    entry(Menu::Label, C::Grow, "Grow by a word", &[Char(']')]),
    entry(Menu::Label, C::Shrink, "Shrink by a word", &[Char('[')]),
    entry(Menu::Label, C::GrowStart, "Grow at the start", &[Char('{')]),
    entry(Menu::Label, C::ShrinkStart, "Shrink at the start", &[Char('}')]),
    entry(Menu::Label, C::AddFragment, "Add the selection as a fragment", &[Char('+')]),
    entry(Menu::Label, C::RemoveFragment, "Take out: the selection, or the armed role's last filler", &[Char('-')]),
    entry(Menu::Label, C::Earlier, "Move the armed role's last filler forward", &[Char('<')]),
    entry(Menu::Label, C::Note, "Write a note…", &[Char('N')]),
    entry(Menu::Edit, C::Comment, "Comment on what is selected…", &[key(CTRL, Key::M)]),
    entry(Menu::Label, C::Refer, "Say who or what it is…", &[Char('@')]),
    entry(Menu::Label, C::Attribute(0), "Set the 1st attribute…", &[Char('1')]),
    entry(Menu::Label, C::Attribute(1), "Set the 2nd attribute…", &[Char('2')]),
    entry(Menu::Label, C::Attribute(2), "Set the 3rd attribute…", &[Char('3')]),
    entry(Menu::Label, C::Attribute(3), "Set the 4th attribute…", &[Char('4')]),
    entry(Menu::Label, C::Attribute(4), "Set the 5th attribute…", &[Char('5')]),
    entry(Menu::Label, C::Attribute(5), "Set the 6th attribute…", &[Char('6')]),
    entry(Menu::Label, C::Candidates, "Fill the armed role from a list…", &[Char(' ')]),
    entry(Menu::Label, C::TypeValue, "Fill the armed role with a value…", &[Char('=')]),
    entry(Menu::Label, C::Accept, "Fill the armed role / open the card / select here", &[key(NONE, Key::Enter)]),
    entry(Menu::Label, C::Escape, "Back to the text", &[key(NONE, Key::Escape)]),
    entry(Menu::Review, C::Decide, "Decide, and go on to the next case", &[key(NONE, Key::Enter)]),
    entry(Menu::Review, C::Adopt(0), "The 1st annotator is right", &[Char('1')]),
    entry(Menu::Review, C::Adopt(1), "The 2nd annotator is right", &[Char('2')]),
    entry(Menu::Review, C::Adopt(2), "The 3rd annotator is right", &[Char('3')]),
    entry(Menu::Review, C::Adopt(3), "The 4th annotator is right", &[Char('4')]),
    entry(Menu::Review, C::Adopt(4), "The 5th annotator is right", &[Char('5')]),
    entry(Menu::Review, C::Adopt(5), "The 6th annotator is right", &[Char('6')]),
    entry(Menu::Review, C::Adopt(6), "The 7th annotator is right", &[Char('7')]),
    entry(Menu::Review, C::Adopt(7), "The 8th annotator is right", &[Char('8')]),
    entry(Menu::Review, C::Adopt(8), "The 9th annotator is right", &[Char('9')]),
    entry(Menu::Review, C::NoneIsRight, "None is right", &[Char('0')]),
    entry(Menu::Review, C::EditGold, "Edit it in the gold set", &[Char('e')]),
    entry(Menu::Review, C::Settle, "Edited: right as it stands now", &[key(CTRL, Key::Enter)]),
    entry(Menu::Review, C::DecideAll, "Decide all listed cases alike…", &[Char('a')]),
    entry(Menu::Review, C::Reason, "Say why…", &[Char('r')]),
    entry(Menu::Review, C::Gap, "Note a gap in the guideline…", &[Char('g')]),
    entry(Menu::Review, C::NextCase, "Next case", &[key(NONE, Key::Tab), key(NONE, Key::ArrowDown)]),
    entry(Menu::Review, C::PreviousCase, "Previous case", &[key(SHIFT, Key::Tab), key(NONE, Key::ArrowUp)]),
    entry(Menu::Review, C::NextOpenArticle, "Next article with open cases", &[Char('n')]),
    entry(Menu::Review, C::Premerge, "Merge what is agreed…", &[Char('m')]),
    entry(Menu::Review, C::Identities, "Who is who across articles…", &[Char('i')]),
    entry(Menu::Review, C::QueueOrder, "Order: least agreement first / as one reads", &[Char('o')]),
    entry(Menu::Review, C::CaseKinds, "Only one kind of case…", &[Char('k')]),
    entry(Menu::Review, C::ShowDecided, "Decided cases, too", &[Char('d')]),
    entry(Menu::Review, C::ReviewSetup, "Who is compared…", &[Char('s')]),
    entry(Menu::Go, C::NextAnnotation, "Next annotation", &[key(NONE, Key::Tab)]),
    entry(Menu::Go, C::PreviousAnnotation, "Previous annotation", &[key(SHIFT, Key::Tab)]),
    entry(Menu::Go, C::NextInStack, "Next of overlapping annotations", &[key(ALT, Key::ArrowDown)]),
    entry(Menu::Go, C::PreviousInStack, "Previous of overlapping annotations", &[key(ALT, Key::ArrowUp)]),
    entry(Menu::Go, C::Difference(true), "Next difference to gold", &[key(CTRL, Key::G)]),
    entry(Menu::Go, C::Difference(false), "Previous difference to gold", &[key(CTRL_SHIFT, Key::G)]),
    entry(Menu::Go, C::Comments(None), "Comments…", &[key(CTRL_SHIFT, Key::M)]),
    entry(Menu::Go, C::NextArticle, "Next article", &[key(CTRL, Key::PageDown)]),
    entry(Menu::Go, C::PreviousArticle, "Previous article", &[key(CTRL, Key::PageUp)]),
    entry(Menu::Go, C::FocusArticles, "Filter the articles", &[key(CTRL, Key::L)]),
    entry(Menu::Go, on(Step::Word, false), "Next word", &[key(NONE, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, false), "Previous word", &[key(NONE, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Word, true), "Select a word on", &[key(SHIFT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, true), "Select a word back", &[key(SHIFT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Grapheme, false), "Next character", &[key(ALT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Grapheme, false), "Previous character", &[key(ALT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Grapheme, true), "Select a character on", &[key(ALT_SHIFT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Grapheme, true), "Select a character back", &[key(ALT_SHIFT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Line, false), "Line down", &[key(NONE, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, false), "Line up", &[key(NONE, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Line, true), "Select a line down", &[key(SHIFT, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, true), "Select a line up", &[key(SHIFT, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Sentence, false), "Next sentence", &[key(CTRL, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Sentence, false), "Previous sentence", &[key(CTRL, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Sentence, true), "Select to the next sentence", &[key(CTRL_SHIFT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Sentence, true), "Select to the sentence before", &[key(CTRL_SHIFT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Paragraph, false), "Next paragraph", &[key(CTRL, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Paragraph, false), "Previous paragraph", &[key(CTRL, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Page, false), "Page down", &[key(NONE, Key::PageDown)]),
    entry(Menu::Go, back(Step::Page, false), "Page up", &[key(NONE, Key::PageUp)]),
    entry(Menu::Go, back(Step::Edge, false), "Start of the line", &[key(NONE, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, false), "End of the line", &[key(NONE, Key::End)]),
    entry(Menu::Go, back(Step::Edge, true), "Select to the start of the line", &[key(SHIFT, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, true), "Select to the end of the line", &[key(SHIFT, Key::End)]),
    entry(Menu::Go, back(Step::Text, false), "Start of the text", &[key(CTRL, Key::Home)]),
    entry(Menu::Go, on(Step::Text, false), "End of the text", &[key(CTRL, Key::End)]),
    entry(Menu::View, C::Show(View::Annotate), "Annotate", &[key(NONE, Key::F2)]),
    entry(Menu::View, C::Show(View::Review), "Review", &[key(NONE, Key::F4)]),
    entry(Menu::View, C::Show(View::Dashboard), "Dashboard", &[key(NONE, Key::F5)]),
    entry(Menu::View, C::SaveFigures(false), "Save what the dashboard shows as CSV…", &[]),
    entry(Menu::View, C::SaveFigures(true), "Save what the dashboard shows as a picture…", &[]),
    entry(Menu::View, C::Palette, "All commands…", &[key(CTRL, Key::K)]),
    entry(Menu::View, C::Beside, "Another annotator's set beside your own…", &[]),
    entry(Menu::View, C::ToggleArticles, "Show or hide the articles", &[key(NONE, Key::F6)]),
    entry(Menu::View, C::ToggleCard, "Show or hide the details", &[key(NONE, Key::F7)]),
    entry(Menu::View, C::Theme, "Light / dark", &[key(NONE, Key::F9)]),
    entry(
        Menu::View,
        C::Larger,
        "Larger",
        &[key(CTRL, Key::Plus), key(CTRL, Key::Equals), key(CTRL_SHIFT, Key::Plus), key(CTRL_SHIFT, Key::Equals)],
    ),
    entry(Menu::View, C::Smaller, "Smaller", &[key(CTRL, Key::Minus)]),
    entry(Menu::View, C::UsualSize, "Usual size", &[key(CTRL, Key::Num0)]),
    entry(Menu::View, C::LabelNames, "Label names under the text", &[key(NONE, Key::F8)]),
    entry(Menu::View, C::LabelLanguage, "Language of the labels", &[]),
    entry(Menu::Help, C::Keys, "Keys", &[key(NONE, Key::F1), Char('?')]),
    entry(Menu::Help, C::Welcome, "Welcome card", &[]),
];

impl Press {
    /// As it stands beside a command: `Ctrl+Shift+Z`, `]`, `Space`.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Char(' ') => "Space".to_owned(),
            Char(c) if c.is_uppercase() => format!("Shift+{c}"),
            Char(c) => c.to_string(),
            Self::Key(modifiers, key) => {
                let mut shown = String::new();
                for (held, name) in [(modifiers.command, "Ctrl+"), (modifiers.alt, "Alt+"), (modifiers.shift, "Shift+")]
                {
                    if held {
                        shown.push_str(name);
                    }
                }
                shown.push_str(match key {
                    Key::ArrowDown => "↓",
                    Key::ArrowUp => "↑",
                    Key::ArrowLeft => "←",
                    Key::ArrowRight => "→",
                    Key::Escape => "Esc",
                    Key::Delete => "Del",
                    Key::Plus => "+",
                    Key::Minus => "-",
                    key => key.name(),
                });
                shown
            }
        }
    }

    /// Whether a text field wants this press for itself.
    #[must_use]
    pub fn belongs_to_text(self) -> bool {
        match self {
            Char(_) => true,
            Self::Key(modifiers, key) => {
                let function = (Key::F1..=Key::F12).contains(&key);
                let editing = matches!(key, Key::Z | Key::Y | Key::A | Key::ArrowLeft | Key::ArrowRight)
                    || matches!(key, Key::Home | Key::End | Key::ArrowUp | Key::ArrowDown);
                !function && (!modifiers.command || editing)
            }
        }
    }
}

/// The table's line for a command.
#[must_use]
pub fn find(command: &Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == *command)
}

/// The key of a command as it is shown; empty where it has none.
#[must_use]
pub fn key_of(command: &Command) -> String {
    find(command).and_then(|entry| entry.keys.first()).map_or(String::new(), |press| press.shown())
}

impl Entry {
    /// Whether its keys count there: a key may mean one thing for marking and another for deciding.
    #[must_use]
    pub fn counts(&self, context: KeyContext) -> bool {
        match context {
            KeyContext::Annotate => self.menu != Menu::Review,
            KeyContext::Queue => {
                !self.command.marks()
                    && !TABLE.iter().any(|other| {
                        self.menu != Menu::Review
                            && other.menu == Menu::Review
                            && other.keys.iter().any(|key| self.keys.contains(key))
                    })
            }
            KeyContext::Editing => self.menu != Menu::Review || self.command == Command::Settle,
            KeyContext::Looking => self.menu != Menu::Review && !self.command.marks(),
        }
    }
}

impl Command {
    /// Whether it is about marking the set that is worked on.
    #[must_use]
    pub fn marks(&self) -> bool {
        let in_menu = find(self).is_some_and(|entry| entry.menu == Menu::Label && *self != Self::Escape);
        let others =
            matches!(self, Self::Delete | Self::DeleteAllSuch | Self::SelectAlike | Self::Label(_) | Self::NewFrame(_));
        in_menu || others
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn no_key_gives_two_commands() {
        for context in [KeyContext::Annotate, KeyContext::Queue, KeyContext::Editing, KeyContext::Looking] {
            let mut seen = Vec::new();
            for entry in TABLE.iter().filter(|entry| entry.counts(context)) {
                for press in entry.keys {
                    assert!(!seen.contains(press), "{} clashes: {context:?}", press.shown());
                    seen.push(*press);
                }
            }
        }
    }

    #[test]
    fn no_label_or_role_of_the_default_schema_takes_a_command_key() {
        let schema: Schema = ron::from_str(include_str!("../../../assets/schemas/trips.ron")).unwrap();
        let taken =
            |c: char| TABLE.iter().any(|entry| entry.counts(KeyContext::Editing) && entry.keys.contains(&Char(c)));
        for label in &schema.labels {
            assert!(!label.key.is_some_and(taken), "{}", label.name);
            for role in &label.roles {
                assert!(!role.key.is_some_and(taken), "{}/{}", label.name, role.name);
            }
        }
    }
}
