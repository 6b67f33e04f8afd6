//! The text of `project.ron`: the settings of a project, its makers of sets and their kinds.

use ron::value::RawValue;
use serde::Deserialize;

use super::OpenError;
use super::ron_text::{self, CONFLICTS, PROJECT_VERSION as VERSION};
use crate::model::{Maker, Name, Project, Strategy};
use crate::say;

/// The name of the file in messages.
pub(super) const FILE: &str = "project.ron";

/// The fields of `project.ron` that this version knows.
const KNOWN: [&str; 9] =
    ["jejak", "title", "people", "compared", "strategy", "gold", "open_sets", "schema_locked", CONFLICTS];

/// The content in `project.ron`.
pub(super) struct ProjectFile {
    pub project: Project,
    pub version: u32,
    /// Fields that this version does not know, as they stand, and what a merge left to decide.
    extra: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    jejak: u32,
    title: String,
    #[serde(default, borrow)]
    people: Vec<&'a RawValue>,
    #[serde(default)]
    compared: Vec<Name>,
    #[serde(default)]
    strategy: String,
    #[serde(default)]
    gold: String,
    #[serde(default)]
    open_sets: bool,
    #[serde(default)]
    schema_locked: bool,
}

impl ProjectFile {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// If it is newer, or not what it should be, with the place.
    pub fn read(content: &str) -> Result<Self, OpenError> {
        #[derive(Deserialize)]
        struct Version {
            jejak: u32,
        }
        let wrong = |at: usize, error: &ron::error::SpannedError| {
            let before = content[..at].matches('\n').count();
            let (line, column) = (before + error.span.start.line, error.span.start.col);
            OpenError::Malformed { file: FILE.into(), line, column, why: say::ron(&error.code) }
        };
        let Version { jejak: version } = ron::from_str(content).map_err(|error| wrong(0, &error))?;
        if version > VERSION {
            return Err(OpenError::Newer { file: FILE.into(), version, known: VERSION });
        }
        let fields: Fields = ron::from_str(content).map_err(|error| wrong(0, &error))?;
        let mut people = Vec::with_capacity(fields.people.len());
        for raw in fields.people {
            let raw = raw.trim().get_ron();
            let at = raw.as_ptr() as usize - content.as_ptr() as usize;
            people.push(maker(raw).map_err(|error| wrong(at, &error))?);
        }
        let unreadable = |why| OpenError::Malformed { file: FILE.into(), line: 1, column: 1, why };
        let strategy = match &*fields.strategy {
            "" => Strategy::default(),
            text => text.parse().map_err(unreadable)?,
        };
        let gold = if fields.gold.is_empty() { Project::GOLD } else { &fields.gold };
        let project = Project {
            title: fields.title,
            people,
            compared: fields.compared,
            strategy,
            gold: gold.into(),
            open_sets: fields.open_sets,
            schema_locked: fields.schema_locked,
        };
        let all = ron_text::fields(content).map_err(|error| wrong(0, &error))?;
        let extra = all.into_iter().filter(|(name, _)| name == CONFLICTS || !KNOWN.contains(&name.as_str()));
        let extra = extra.map(|(name, value)| (name, value.to_owned())).collect();
        Ok(Self { project, version: fields.jejak, extra })
    }

    /// The fields that this version does not know; they stay in the file as they are.
    pub fn unknown_fields(&self) -> impl Iterator<Item = &str> {
        self.extra.iter().map(|(name, _)| name.as_str()).filter(|name| *name != CONFLICTS)
    }

    /// The fields that this version does not know, and what a merge left to decide.
    pub fn extra(&self) -> &[(String, String)] {
        &self.extra
    }

    /// The same file with other settings.
    pub fn with(self, project: Project) -> Self {
        Self { project, version: VERSION, ..self }
    }

    /// The file's text: one maker a line, and no setting that is as it is by default.
    pub fn write(&self) -> String {
        let Project { title, people, compared, strategy, gold, open_sets, schema_locked } = &self.project;
        let mut header = vec![("jejak", VERSION.to_string()), ("title", ron_text::line(title))];
        if !compared.is_empty() {
            header.push(("compared", ron_text::line(compared)));
        }
        if *strategy != Strategy::default() {
            header.push(("strategy", ron_text::line(&strategy.to_string())));
        }
        if **gold != *Project::GOLD {
            header.push(("gold", ron_text::line(gold)));
        }
        if *open_sets {
            header.push(("open_sets", "true".to_owned()));
        }
        if *schema_locked {
            header.push(("schema_locked", "true".to_owned()));
        }
        header.extend(self.extra.iter().map(|(name, value)| (name.as_str(), value.clone())));
        ron_text::write(&header, "people", people.iter().map(ron_text::line))
    }
}

/// A maker as a line of the list has it; in a file of version 1 a name alone.
fn maker(raw: &str) -> Result<Maker, ron::error::SpannedError> {
    match ron::from_str::<Name>(raw) {
        Ok(name) => Ok(Maker { kind: Project::default().kind(&name), name }),
        Err(_) => ron::from_str(raw),
    }
}

/// The line of a maker as it is written now, whatever version wrote it; none where it is not one.
pub(super) fn renewed(raw: &str) -> Option<String> {
    maker(raw).ok().map(|maker| ron_text::line(&maker))
}

/// The text of `project.ron` for a new project.
pub(super) fn new_file(project: &Project) -> String {
    ProjectFile { project: project.clone(), version: VERSION, extra: Vec::new() }.write()
}
