//! Commands about the window as a whole.

use super::context::Menu;
use super::view::View;
use crate::lang::Language;
use crate::store::settings::Spacing;

/// Commands about the window as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum WindowCommand {
    Quit,
    /// Shows another side of the work.
    Show(View),
    /// Shows what others marked, though one's own work is not done.
    ShowAnyway(View),
    Palette,
    Keys,
    Welcome,
    /// The reports of panics that earlier runs left.
    Reports,
    /// Deletes these reports.
    DeleteReports,
    Theme,
    /// Everything stands out from its ground as far as it can, or as usual.
    HighContrast,
    /// Nothing moves by itself, or as usual.
    Still,
    Larger,
    Smaller,
    UsualSize,
    LabelNames,
    /// The room between lines of articles.
    Spacing(Spacing),
    LabelLanguage,
    /// Asks which language the window is to speak.
    Language,
    /// Speaks this language from now on; none follows the system.
    Speak(Option<Language>),
    ChangeName,
    Preferences,
    /// Has the program suggest annotations, or not.
    Suggest,
    /// The sources of suggestions, and what came of them.
    Suggestions,
    /// Asks a source, or does not, by its name.
    SuggestSource(&'static str),
    /// Asks a program of the person's settings, or does not, by its place there; the first time the person sees what is run.
    AskProgram(usize),
    /// Notes that the person wants what a program runs.
    AgreeToProgram(usize),
    /// Asks the programs about the open article once more.
    AskAgain,
    /// Shows how a program is run, or a new one.
    EditProgram(Option<usize>),
    /// The share of articles without suggestions, in percent.
    SuggestWithout(u8),
    Keymap,
    About,
    /// A dark window or a light one; none follows the system.
    SetTheme(Option<bool>),
    /// The size of everything, in percent.
    SetZoom(u16),
    /// The height of the articles' letters, in points.
    SetTextSize(u16),
    FocusArticles,
    ToggleArticles,
    ToggleCard,
    /// The first menu.
    MenuBar,
    OpenMenu(Menu),
    /// Leaves what stands nearest, and ends in the text.
    Escape,
}
