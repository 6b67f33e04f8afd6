//! Everything that a person can do, once: its name, its key, its menu. Menus, palette, key help and the keyboard all
//! read this table; [`crate::ui::shell::dispatch`] is the one place that does what it says.

pub mod view;

use eframe::egui::{Key, Modifiers};

use crate::model::{Filler, Id, Name, Progress};
use crate::text::Span;
use crate::ui::commands::view::View;
use crate::ui::reader::{Motion, Step};
use crate::ui::review::CaseFilter;
use crate::{key, lang, t};

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
    /// The reports of panics that earlier runs left.
    Reports,
    Problems,
    Theme,
    Larger,
    Smaller,
    UsualSize,
    LabelNames,
    LabelLanguage,
    /// Asks which language the window is to speak.
    Language,
    /// Speaks this language from now on; none follows the system.
    Speak(Option<lang::Language>),
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
            Self::Project => t!("menu-project"),
            Self::Edit => t!("menu-edit"),
            Self::Label => t!("menu-label"),
            Self::Review => t!("menu-review"),
            Self::Go => t!("menu-go"),
            Self::View => t!("menu-view"),
            Self::Help => t!("menu-help"),
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    /// What is done.
    pub command: Command,
    /// The message that names it.
    pub name: lang::Key,
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

const fn entry(menu: Menu, command: Command, name: lang::Key, keys: &'static [Press]) -> Entry {
    Entry { command, name, menu, keys }
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
    entry(Menu::Project, C::NewProject, key!("command-new-project"), &[key(CTRL, Key::N)]),
    entry(Menu::Project, C::OpenProject, key!("command-open-project"), &[key(CTRL, Key::O)]),
    entry(Menu::Project, C::AddArticles, key!("command-add-articles"), &[key(CTRL, Key::I)]),
    entry(Menu::Project, C::Import, key!("command-import"), &[key(CTRL_SHIFT, Key::I)]),
    entry(Menu::Project, C::Export, key!("command-export"), &[key(CTRL_SHIFT, Key::E)]),
    entry(Menu::Project, C::Describe, key!("command-describe"), &[key(CTRL, Key::E)]),
    entry(Menu::Project, C::MarkDone, key!("command-done"), &[key(CTRL, Key::D)]),
    entry(Menu::Project, C::OpenSets, key!("command-open-sets"), &[]),
    entry(Menu::Project, C::Problems, key!("command-problems"), &[key(CTRL, Key::P)]),
    entry(Menu::Project, C::ChangeName, key!("command-annotator"), &[]),
    entry(Menu::Project, C::SaveNow, key!("command-save"), &[key(CTRL, Key::S)]),
    entry(Menu::Project, C::SaveCopy, key!("command-save-copy"), &[key(CTRL_SHIFT, Key::S)]),
    entry(Menu::Project, C::BringInElsewhere, key!("command-elsewhere"), &[]),
    entry(Menu::Project, C::Gone, key!("command-gone"), &[]),
    entry(Menu::Project, C::Quit, key!("command-quit"), &[key(CTRL, Key::Q)]),
    entry(Menu::Edit, C::Undo, key!("command-undo"), &[key(CTRL, Key::Z)]),
    entry(Menu::Edit, C::Redo, key!("command-redo"), &[key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)]),
    entry(Menu::Edit, C::Delete, key!("command-delete"), &[key(NONE, Key::Delete), key(NONE, Key::Backspace)]),
    entry(Menu::Edit, C::DeleteAllSuch, key!("command-delete-all"), &[key(SHIFT, Key::Delete)]),
    entry(Menu::Edit, C::Find, key!("command-find"), &[key(CTRL, Key::F)]),
    entry(Menu::Edit, C::FindNext, key!("command-find-next"), &[key(NONE, Key::F3)]),
    entry(Menu::Edit, C::FindPrevious, key!("command-find-previous"), &[key(SHIFT, Key::F3)]),
    entry(Menu::Edit, C::SelectAlike, key!("command-select-alike"), &[key(CTRL, Key::A)]),
    entry(Menu::Label, C::LabelAll, key!("command-label-all"), &[Char('R')]),
    entry(Menu::Label, C::Grow, key!("command-grow"), &[Char(']')]),
    entry(Menu::Label, C::Shrink, key!("command-shrink"), &[Char('[')]),
    entry(Menu::Label, C::GrowStart, key!("command-grow-start"), &[Char('{')]),
    entry(Menu::Label, C::ShrinkStart, key!("command-shrink-start"), &[Char('}')]),
    entry(Menu::Label, C::AddFragment, key!("command-add-fragment"), &[Char('+')]),
    entry(Menu::Label, C::RemoveFragment, key!("command-take-out"), &[Char('-')]),
    entry(Menu::Label, C::Earlier, key!("command-earlier"), &[Char('<')]),
    entry(Menu::Label, C::Note, key!("command-note"), &[Char('N')]),
    entry(Menu::Edit, C::Comment, key!("command-comment"), &[key(CTRL, Key::M)]),
    entry(Menu::Label, C::Refer, key!("command-refer"), &[Char('@')]),
    entry(Menu::Label, C::Attribute(0), key!("command-attribute-1"), &[Char('1')]),
    entry(Menu::Label, C::Attribute(1), key!("command-attribute-2"), &[Char('2')]),
    entry(Menu::Label, C::Attribute(2), key!("command-attribute-3"), &[Char('3')]),
    entry(Menu::Label, C::Attribute(3), key!("command-attribute-4"), &[Char('4')]),
    entry(Menu::Label, C::Attribute(4), key!("command-attribute-5"), &[Char('5')]),
    entry(Menu::Label, C::Attribute(5), key!("command-attribute-6"), &[Char('6')]),
    entry(Menu::Label, C::Candidates, key!("command-candidates"), &[Char(' ')]),
    entry(Menu::Label, C::TypeValue, key!("command-value"), &[Char('=')]),
    entry(Menu::Label, C::Accept, key!("command-accept"), &[key(NONE, Key::Enter)]),
    entry(Menu::Label, C::Escape, key!("command-escape"), &[key(NONE, Key::Escape)]),
    entry(Menu::Review, C::Decide, key!("command-decide"), &[key(NONE, Key::Enter)]),
    entry(Menu::Review, C::Adopt(0), key!("command-adopt-1"), &[Char('1')]),
    entry(Menu::Review, C::Adopt(1), key!("command-adopt-2"), &[Char('2')]),
    entry(Menu::Review, C::Adopt(2), key!("command-adopt-3"), &[Char('3')]),
    entry(Menu::Review, C::Adopt(3), key!("command-adopt-4"), &[Char('4')]),
    entry(Menu::Review, C::Adopt(4), key!("command-adopt-5"), &[Char('5')]),
    entry(Menu::Review, C::Adopt(5), key!("command-adopt-6"), &[Char('6')]),
    entry(Menu::Review, C::Adopt(6), key!("command-adopt-7"), &[Char('7')]),
    entry(Menu::Review, C::Adopt(7), key!("command-adopt-8"), &[Char('8')]),
    entry(Menu::Review, C::Adopt(8), key!("command-adopt-9"), &[Char('9')]),
    entry(Menu::Review, C::NoneIsRight, key!("command-none-right"), &[Char('0')]),
    entry(Menu::Review, C::EditGold, key!("command-edit-gold"), &[Char('e')]),
    entry(Menu::Review, C::Settle, key!("command-settle"), &[key(CTRL, Key::Enter)]),
    entry(Menu::Review, C::DecideAll, key!("command-decide-all"), &[Char('a')]),
    entry(Menu::Review, C::Reason, key!("command-reason"), &[Char('r')]),
    entry(Menu::Review, C::Gap, key!("command-gap"), &[Char('g')]),
    entry(Menu::Review, C::NextCase, key!("command-next-case"), &[key(NONE, Key::Tab), key(NONE, Key::ArrowDown)]),
    entry(
        Menu::Review,
        C::PreviousCase,
        key!("command-previous-case"),
        &[key(SHIFT, Key::Tab), key(NONE, Key::ArrowUp)],
    ),
    entry(Menu::Review, C::NextOpenArticle, key!("command-next-open-article"), &[Char('n')]),
    entry(Menu::Review, C::Premerge, key!("command-premerge"), &[Char('m')]),
    entry(Menu::Review, C::Identities, key!("command-identities"), &[Char('i')]),
    entry(Menu::Review, C::QueueOrder, key!("command-queue-order"), &[Char('o')]),
    entry(Menu::Review, C::CaseKinds, key!("command-case-kinds"), &[Char('k')]),
    entry(Menu::Review, C::ShowDecided, key!("command-show-decided"), &[Char('d')]),
    entry(Menu::Review, C::ReviewSetup, key!("command-review-setup"), &[Char('s')]),
    entry(Menu::Go, C::NextAnnotation, key!("command-next-annotation"), &[key(NONE, Key::Tab)]),
    entry(Menu::Go, C::PreviousAnnotation, key!("command-previous-annotation"), &[key(SHIFT, Key::Tab)]),
    entry(Menu::Go, C::NextInStack, key!("command-next-in-stack"), &[key(ALT, Key::ArrowDown)]),
    entry(Menu::Go, C::PreviousInStack, key!("command-previous-in-stack"), &[key(ALT, Key::ArrowUp)]),
    entry(Menu::Go, C::Difference(true), key!("command-next-difference"), &[key(CTRL, Key::G)]),
    entry(Menu::Go, C::Difference(false), key!("command-previous-difference"), &[key(CTRL_SHIFT, Key::G)]),
    entry(Menu::Go, C::Comments(None), key!("command-comments"), &[key(CTRL_SHIFT, Key::M)]),
    entry(Menu::Go, C::NextArticle, key!("command-next-article"), &[key(CTRL, Key::PageDown)]),
    entry(Menu::Go, C::PreviousArticle, key!("command-previous-article"), &[key(CTRL, Key::PageUp)]),
    entry(Menu::Go, C::FocusArticles, key!("command-filter-articles"), &[key(CTRL, Key::L)]),
    entry(Menu::Go, on(Step::Word, false), key!("command-next-word"), &[key(NONE, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, false), key!("command-previous-word"), &[key(NONE, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Word, true), key!("command-select-word-on"), &[key(SHIFT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, true), key!("command-select-word-back"), &[key(SHIFT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Grapheme, false), key!("command-next-character"), &[key(ALT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Grapheme, false), key!("command-previous-character"), &[key(ALT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Grapheme, true), key!("command-select-character-on"), &[key(ALT_SHIFT, Key::ArrowRight)]),
    entry(
        Menu::Go,
        back(Step::Grapheme, true),
        key!("command-select-character-back"),
        &[key(ALT_SHIFT, Key::ArrowLeft)],
    ),
    entry(Menu::Go, on(Step::Line, false), key!("command-line-down"), &[key(NONE, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, false), key!("command-line-up"), &[key(NONE, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Line, true), key!("command-select-line-down"), &[key(SHIFT, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, true), key!("command-select-line-up"), &[key(SHIFT, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Sentence, false), key!("command-next-sentence"), &[key(CTRL, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Sentence, false), key!("command-previous-sentence"), &[key(CTRL, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Sentence, true), key!("command-select-sentence-on"), &[key(CTRL_SHIFT, Key::ArrowRight)]),
    entry(
        Menu::Go,
        back(Step::Sentence, true),
        key!("command-select-sentence-back"),
        &[key(CTRL_SHIFT, Key::ArrowLeft)],
    ),
    entry(Menu::Go, on(Step::Paragraph, false), key!("command-next-paragraph"), &[key(CTRL, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Paragraph, false), key!("command-previous-paragraph"), &[key(CTRL, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Page, false), key!("command-page-down"), &[key(NONE, Key::PageDown)]),
    entry(Menu::Go, back(Step::Page, false), key!("command-page-up"), &[key(NONE, Key::PageUp)]),
    entry(Menu::Go, back(Step::Edge, false), key!("command-line-start"), &[key(NONE, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, false), key!("command-line-end"), &[key(NONE, Key::End)]),
    entry(Menu::Go, back(Step::Edge, true), key!("command-select-line-start"), &[key(SHIFT, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, true), key!("command-select-line-end"), &[key(SHIFT, Key::End)]),
    entry(Menu::Go, back(Step::Text, false), key!("command-text-start"), &[key(CTRL, Key::Home)]),
    entry(Menu::Go, on(Step::Text, false), key!("command-text-end"), &[key(CTRL, Key::End)]),
    entry(Menu::View, C::Show(View::Annotate), key!("command-annotate"), &[key(NONE, Key::F2)]),
    entry(Menu::View, C::Show(View::Review), key!("command-review"), &[key(NONE, Key::F4)]),
    entry(Menu::View, C::Show(View::Dashboard), key!("command-dashboard"), &[key(NONE, Key::F5)]),
    entry(Menu::View, C::SaveFigures(false), key!("command-figures-csv"), &[]),
    entry(Menu::View, C::SaveFigures(true), key!("command-figures-picture"), &[]),
    entry(Menu::View, C::Palette, key!("command-palette"), &[key(CTRL, Key::K)]),
    entry(Menu::View, C::Beside, key!("command-beside"), &[]),
    entry(Menu::View, C::ToggleArticles, key!("command-toggle-articles"), &[key(NONE, Key::F6)]),
    entry(Menu::View, C::ToggleCard, key!("command-toggle-card"), &[key(NONE, Key::F7)]),
    entry(Menu::View, C::Theme, key!("command-theme"), &[key(NONE, Key::F9)]),
    entry(
        Menu::View,
        C::Larger,
        key!("command-larger"),
        &[key(CTRL, Key::Plus), key(CTRL, Key::Equals), key(CTRL_SHIFT, Key::Plus), key(CTRL_SHIFT, Key::Equals)],
    ),
    entry(Menu::View, C::Smaller, key!("command-smaller"), &[key(CTRL, Key::Minus)]),
    entry(Menu::View, C::UsualSize, key!("command-usual-size"), &[key(CTRL, Key::Num0)]),
    entry(Menu::View, C::LabelNames, key!("command-label-names"), &[key(NONE, Key::F8)]),
    entry(Menu::View, C::Language, key!("command-language"), &[]),
    entry(Menu::View, C::LabelLanguage, key!("command-label-language"), &[]),
    entry(Menu::Help, C::Keys, key!("command-keys"), &[key(NONE, Key::F1), Char('?')]),
    entry(Menu::Help, C::Welcome, key!("command-welcome"), &[]),
    entry(Menu::Help, C::Reports, key!("command-reports"), &[]),
];

impl Press {
    /// As it stands beside a command: `Ctrl+Shift+Z`, `]`, `Space`.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Char(' ') => t!("key-space").to_owned(),
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
    /// The words that people read, in the language of the window.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.name.text()
    }

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
