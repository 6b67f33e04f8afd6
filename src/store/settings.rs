//! The settings that the program remembers about the person at this machine, apart from every project.

use crate::lang::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic;
use crate::diagnostics::{self, Level};
use crate::input;
use crate::message;
use crate::say;

/// The room between lines of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Spacing {
    /// The most text: no names under it.
    Compact,
    /// Room for a name.
    #[default]
    Usual,
    /// Room for more annotations over each other, and for their names.
    Wide,
}

/// The person's wishes about suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suggesting {
    /// True where there are any.
    pub on: bool,
    /// The sources that are not asked, by name.
    pub off: BTreeSet<String>,
    /// Other sources that are asked, by name: sets of models of a project, and programs.
    pub also: BTreeSet<String>,
    /// Programs that suggest.
    pub programs: Vec<Program>,
    /// The share of articles that come without, in percent. They are drawn by the digest of their text, so that they are the same
    /// for everybody.
    pub without: u8,
}

impl Default for Suggesting {
    fn default() -> Self {
        Self { on: false, off: BTreeSet::new(), also: BTreeSet::new(), programs: Vec::new(), without: 20 }
    }
}

/// A program of the person's own that suggests annotations. It stands in the person's settings and never in a project, which may
/// come from a stranger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Program {
    /// The name, by which it is a source.
    pub name: String,
    /// The file that is run: a whole path, or a bare name that the system finds.
    pub program: String,
    /// The arguments that it is given, as they are.
    pub arguments: Vec<String>,
    /// The time that it may take for an article, in seconds.
    pub seconds: u16,
    /// True where the person has seen what is run and wants it.
    pub agreed: bool,
}

impl Default for Program {
    fn default() -> Self {
        Self { name: String::new(), program: String::new(), arguments: Vec::new(), seconds: 30, agreed: false }
    }
}

impl Program {
    /// The longest time that one may take for an article, in seconds.
    pub const LONGEST: u16 = 600;

    /// The time that it may take for an article, in seconds.
    #[must_use]
    pub fn limit(&self) -> u16 {
        self.seconds.clamp(1, Self::LONGEST)
    }

    /// The words that are run, as a person reads them.
    #[must_use]
    pub fn line(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.arguments);
        let shown = words.map(|word| match word.contains(char::is_whitespace) || word.is_empty() {
            true => format!("\"{word}\""),
            false => word.clone(),
        });
        say::visible(&shown.collect::<Vec<_>>().join(" ")).into_owned()
    }

    /// True where its name can be one of a source.
    #[must_use]
    pub fn is_named(&self) -> bool {
        let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        (1..=32).contains(&self.name.chars().count()) && self.name.chars().all(fits)
    }

    /// True where its file is meant the same from every folder: a whole path, or a bare name that the system finds.
    #[must_use]
    pub fn is_findable(&self) -> bool {
        let path = Path::new(&self.program);
        path.is_absolute() || matches!(path.components().collect::<Vec<_>>()[..], [std::path::Component::Normal(_)])
    }
}

/// Settings as they stand in `settings.ron` of the user's configuration folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Under which name this person labels; empty until it was asked.
    pub annotator: String,
    /// The spelling of this name by the person, where its folder is called otherwise.
    pub annotator_shown: String,
    /// True where the window is dark; none follows the system.
    pub dark: Option<bool>,
    /// True where everything stands out from its ground as far as it can.
    pub high_contrast: bool,
    /// True where nothing moves by itself.
    pub still: bool,
    /// Size of everything, in percent.
    pub zoom: u16,
    /// Language of the window, ISO 639-1; empty follows the system.
    pub window: String,
    /// Language of label titles, ISO 639-1.
    pub language: String,
    /// True where labels are named under the text.
    pub label_names: bool,
    /// The room between lines of articles.
    pub spacing: Spacing,
    /// Height of the articles' letters, in points at the usual size of everything.
    pub text_size: u16,
    /// The order of the list of articles, in the words that the window has for it.
    pub list_order: String,
    /// True where the welcome card was put away.
    pub welcomed: bool,
    /// Projects opened lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// The person's places in these projects.
    pub places: Vec<LastPlace>,
    /// The keys of commands that have others than usual, by the names of their messages.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The wishes about suggestions.
    pub suggesting: Suggesting,
    /// The amount that goes into the log; unsaid, a window logs what it does in short, and a command nothing.
    pub log: Option<Level>,
}

/// The place where a person was in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPlace {
    /// The folder of the project.
    pub project: PathBuf,
    /// The article.
    pub article: String,
    /// The caret in it, code points.
    pub caret: u32,
    /// The view, by the name that the window has for it.
    pub view: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            annotator: String::new(),
            annotator_shown: String::new(),
            dark: None,
            high_contrast: false,
            still: false,
            zoom: 100,
            window: String::new(),
            language: "en".to_owned(),
            label_names: true,
            spacing: Spacing::Usual,
            text_size: 17,
            list_order: String::new(),
            welcomed: false,
            recent: Vec::new(),
            places: Vec::new(),
            keys: BTreeMap::new(),
            suggesting: Suggesting::default(),
            log: None,
        }
    }
}

impl Settings {
    /// Projects remembered at the most.
    const RECENT: usize = 10;

    /// The folder for settings: `JEJAK_CONFIG` where it is set, else the system's place for it; none where the system
    /// has none.
    #[must_use]
    pub fn folder() -> Option<PathBuf> {
        diagnostics::user_folder(directories::ProjectDirs::config_dir)
    }

    /// Settings as they were left; the defaults where there are none yet.
    ///
    /// # Errors
    /// One sentence that names the file, where it is there and cannot be read.
    pub fn load(folder: &Path) -> Result<Self, Message> {
        let file = folder.join(FILE);
        let error = |why: Message| {
            let file = file.display();
            Err(message!("settings-unreadable", file = file, why = why))
        };
        match input::text(&file, MAX_BYTES) {
            Ok(text) => ron::from_str(&text)
                .or_else(|why| error(message!("settings-line", line = why.span.start.line, why = say::ron(&why.code)))),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(why) => error(input::why(&why)),
        }
    }

    /// Remembers them. Settings that could not be read are put aside first, so that whoever wrote them by hand has them.
    ///
    /// # Errors
    /// One sentence that names the file, where it cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), Message> {
        let file = folder.join(FILE);
        let error = |why: Message| message!("settings-unwritable", file = file.display(), why = why);
        let refused = |why: std::io::Error| error(say::io(&why));
        std::fs::create_dir_all(folder).map_err(refused)?;
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).map_err(|why| error(say::ron(&why)))?;
        if Self::load(folder).is_err() {
            std::fs::rename(&file, folder.join(PUT_ASIDE)).map_err(refused)?;
        }
        atomic::write(&file, text.as_bytes()).map_err(refused)
    }

    /// The annotator's name as this person writes it.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        if self.annotator_shown.is_empty() { &self.annotator } else { &self.annotator_shown }
    }

    /// Notes that a project was opened.
    pub fn opened(&mut self, project: &Path) {
        self.recent.retain(|other| other != project);
        self.recent.insert(0, project.to_owned());
        self.recent.truncate(Self::RECENT);
        self.places.retain(|place| self.recent.contains(&place.project));
    }

    /// The place in a project where the person was last.
    #[must_use]
    pub fn place(&self, project: &Path) -> Option<&LastPlace> {
        self.places.iter().find(|place| place.project == project)
    }

    /// Notes where the person is in a project.
    pub fn remember(&mut self, place: LastPlace) {
        self.places.retain(|other| other.project != place.project);
        self.places.push(place);
    }

    /// The login name, as an offer for the annotator's; `annotator` where the system does not say.
    #[must_use]
    pub fn login_name() -> String {
        let named = |key: &&str| std::env::var(key).ok().filter(|name| !name.is_empty());
        ["USER", "LOGNAME", "USERNAME"].iter().find_map(named).unwrap_or_else(|| "annotator".to_owned())
    }
}

const FILE: &str = "settings.ron";
/// Settings that could not be read when others were written.
const PUT_ASIDE: &str = "settings-unreadable.ron";
/// More than settings ever have, bytes.
const MAX_BYTES: u64 = 1 << 20;
