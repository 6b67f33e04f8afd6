//! The text of `project.ron`: the settings of a project, its makers of sets and their kinds.

use ron::value::RawValue;
use serde::Deserialize;

use super::OpenError;
use super::ron_text::{self, CONFLICTS, PROJECT_VERSION as VERSION};
use crate::model::record::{Recorded, SpanUnit};
use crate::model::{Conflict, ConflictOf, Maker, Name, Project, Strategy};
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
    /// Fields that this version does not know, as they stand, and of what a merge left to decide what it cannot read.
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
        let all = ron_text::fields(content).map_err(|error| wrong(0, &error))?;
        let left = all.iter().find(|(name, _)| name == CONFLICTS).and_then(|(_, value)| conflicts(value));
        let project = Project {
            title: fields.title,
            people,
            compared: fields.compared,
            strategy,
            gold: gold.into(),
            open_sets: fields.open_sets,
            schema_locked: fields.schema_locked,
            conflicts: left.clone().unwrap_or_default(),
        };
        let unread = |name: &str| name == CONFLICTS && left.is_none() || !KNOWN.contains(&name);
        let extra = all.into_iter().filter(|(name, _)| unread(name));
        let extra = extra.map(|(name, value)| (name, value.to_owned())).collect();
        Ok(Self { project, version: fields.jejak, extra })
    }

    /// The fields that this version does not know; they stay in the file as they are.
    pub fn unknown_fields(&self) -> impl Iterator<Item = &str> {
        self.extra.iter().map(|(name, _)| name.as_str()).filter(|name| *name != CONFLICTS)
    }

    /// The fields that this version does not know, and of what a merge left to decide what it cannot read.
    pub fn extra(&self) -> &[(String, String)] {
        &self.extra
    }

    /// The same file with other settings.
    pub fn with(self, project: Project) -> Self {
        Self { project, version: VERSION, ..self }
    }

    /// The file's text: one maker a line, and no setting that is as it is by default.
    pub fn write(&self) -> String {
        let Project { title, people, compared, strategy, gold, open_sets, schema_locked, conflicts } = &self.project;
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
        if !conflicts.is_empty() {
            let line = |conflict: &Conflict| format!("  {},\n", ron_text::line(&conflict.line(None, SpanUnit::Chars)));
            header.push((CONFLICTS, format!("[\n{} ]", conflicts.iter().map(line).collect::<String>())));
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

/// The things that a merge left to decide; none where this version cannot read all of them.
fn conflicts(value: &str) -> Option<Vec<Conflict>> {
    let lines: Vec<<Conflict as Recorded>::Line> = ron_text::value(value).ok()?;
    let read = |line: <Conflict as Recorded>::Line| Conflict::check(&line).is_ok().then(|| Conflict::trust(line));
    lines.into_iter().map(read).collect()
}

/// The settings where in what both sides changed theirs stands; none where this version cannot read that.
pub(super) fn with_theirs(project: &Project, conflict: &Conflict) -> Option<Project> {
    let mut changed = project.clone();
    match (&conflict.of, conflict.theirs.as_deref()) {
        (ConflictOf::Record(name), None) => changed.people.retain(|maker| *maker.name != **name),
        (ConflictOf::Record(_), Some(theirs)) => {
            let theirs = maker(theirs).ok()?;
            match changed.people.iter_mut().find(|maker| maker.name == theirs.name) {
                Some(maker) => *maker = theirs,
                None => changed.people.push(theirs),
            }
        }
        (ConflictOf::Field(name), theirs) => {
            // A setting that a side does not have is as it is by default.
            let theirs = theirs.filter(|theirs| *theirs != "None");
            let usual = Project::default();
            match &**name {
                "title" => changed.title = ron_text::value(theirs?).ok()?,
                "compared" => changed.compared = theirs.map_or(Some(usual.compared), |it| ron_text::value(it).ok())?,
                "strategy" => {
                    let said = |it: &str| ron_text::value::<String>(it).ok()?.parse().ok();
                    changed.strategy = theirs.map_or(Some(usual.strategy), said)?;
                }
                "gold" => changed.gold = theirs.map_or(Some(usual.gold), |it| ron_text::value(it).ok())?,
                "open_sets" => changed.open_sets = theirs.map_or(Some(false), |it| ron_text::value(it).ok())?,
                "schema_locked" => changed.schema_locked = theirs.map_or(Some(false), |it| ron_text::value(it).ok())?,
                _ => return None,
            }
        }
    }
    Some(changed)
}

/// The text of `project.ron` for a new project.
pub(super) fn new_file(project: &Project) -> String {
    ProjectFile { project: project.clone(), version: VERSION, extra: Vec::new() }.write()
}
