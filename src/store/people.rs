//! `project.ron`: the settings of a project, its makers of sets and their kinds; and what sets themselves say of that.

use std::path::Path;

use ron::value::RawValue;
use serde::Deserialize;

use super::disk::Disk;
use super::file;
use super::layout;
use super::loader::open_folder;
use super::raw::CONFLICTS;
use super::ron_text::{self, PROJECT_VERSION as VERSION};
use super::{OpenError, RawFile, StoreError, atomic, lock};
use crate::model::{Maker, Name, Origin, Project, SetKind, Strategy, Via};
use crate::say;

/// The name of the file in messages.
const FILE: &str = "project.ron";

/// The largest such file that is read, and the largest set that is looked into, bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The fields of `project.ron` that this version knows.
const KNOWN: [&str; 8] = ["jejak", "title", "people", "compared", "strategy", "gold", "open_sets", CONFLICTS];

/// The content in `project.ron`.
pub(super) struct ProjectFile {
    pub project: Project,
    version: u32,
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
        };
        let all = ron_text::fields(content).map_err(|error| wrong(0, &error))?;
        let extra = all.into_iter().filter(|(name, _)| name == CONFLICTS || !KNOWN.contains(&name.as_str()));
        let extra = extra.map(|(name, value)| (name, value.to_owned())).collect();
        Ok(Self { project, version: fields.jejak, extra })
    }

    /// Reads the file of a project.
    ///
    /// # Errors
    /// As [`ProjectFile::read`]; also where there is no such file, or it cannot be read.
    pub fn load(disk: &dyn Disk) -> Result<Self, OpenError> {
        let io = |why| OpenError::Io { file: FILE.into(), why };
        let missing = || io(std::io::Error::new(std::io::ErrorKind::NotFound, "the file is not there"));
        let (bytes, _) = file::bytes(disk, FILE, MAX_BYTES).map_err(io)?.ok_or_else(missing)?;
        Self::read(file::utf8(FILE, &bytes)?)
    }

    /// The fields that this version does not know; they stay in the file as they are.
    pub fn unknown_fields(&self) -> impl Iterator<Item = &str> {
        self.extra.iter().map(|(name, _)| name.as_str()).filter(|name| *name != CONFLICTS)
    }

    /// The fields that this version does not know, and what a merge left to decide.
    pub fn extra(&self) -> &[(String, String)] {
        &self.extra
    }

    /// The file's text: one maker a line, and no setting that is as it is by default.
    pub fn write(&self) -> String {
        let Project { title, people, compared, strategy, gold, open_sets } = &self.project;
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
        header.extend(self.extra.iter().map(|(name, value)| (name.as_str(), value.clone())));
        ron_text::write(&header, "people", people.iter().map(ron_text::line))
    }

    /// The same with the makers that the list lacks, as their sets have it: those that say their kind, and in a file of
    /// version 1 those that were computed. Persons need no line.
    pub fn with_found(mut self, disk: &dyn Disk) -> Self {
        for name in layout::annotators(disk) {
            if self.project.kind(&name) == SetKind::Person
                && !self.project.people.iter().any(|maker| maker.name == name)
                && let Some(kind) = found(disk, &name, self.version)
            {
                self.project.set_kind(&name, kind);
            }
        }
        self
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

/// The kind that the sets of a maker say they have; none where they say nothing.
fn found(disk: &dyn Disk, name: &Name, version: u32) -> Option<SetKind> {
    let files = layout::set_files(disk, name);
    let read = |path: &String| String::from_utf8(disk.read(path, MAX_BYTES).ok()??.0).ok();
    let first = files.first().and_then(read)?;
    let said = ron_text::header_field(&first, "kind").and_then(|value| ron::from_str(&value).ok());
    if said.is_some() || version >= 2 {
        return said.filter(|kind| *kind != SetKind::Person);
    }
    let mut records = 0;
    for path in &files {
        records += computed_records(path, &read(path)?)?;
    }
    (records > 0).then_some(SetKind::Computed)
}

/// The number of records of a set all of which were computed; none where one was not, or nobody can tell.
fn computed_records(path: &str, content: &str) -> Option<usize> {
    #[derive(Deserialize)]
    struct Line {
        origin: Origin,
    }
    let computed = |origin: &Origin| match &origin.via {
        Via::Suggestion { source, changed, .. } => **source == *Via::DAWID_SKENE && !changed,
        _ => false,
    };
    // A person's set is known as such without a look at its records.
    if !content.contains(Via::DAWID_SKENE) {
        return content.ends_with("\n annotations: [\n ],\n)\n").then_some(0);
    }
    let records = ron_text::parse::<Line>(path, content, "annotations").ok()?.records;
    records.iter().all(|(_, line)| line.as_ref().is_ok_and(|line| computed(&line.origin))).then_some(records.len())
}

/// Changes `project.ron` by what differs from `before` to `after`, so that what others have changed meanwhile stays;
/// gives the settings as they are then. A file of an older version is migrated.
///
/// # Errors
/// If the file cannot be read or written, or is newer.
pub(super) fn change(disk: &dyn Disk, before: &Project, after: &Project) -> Result<Project, StoreError> {
    let io = |why| OpenError::Io { file: FILE.into(), why };
    super::project::here(disk)?;
    let _lock = lock::writing(disk).map_err(io)?;
    let mut there = ProjectFile::load(disk)?.with_found(disk);
    there.project = there.project.with_change(before, after);
    // The set that received decisions stays an adjudicated one when another receives them.
    for name in [&before.gold, &after.gold].into_iter().filter(|name| ***name != *Project::GOLD) {
        let listed = there.project.people.iter().any(|maker| maker.name == *name);
        if !listed && !layout::set_files(disk, name).is_empty() {
            there.project.people.push(Maker { kind: SetKind::Adjudicated, name: name.clone() });
        }
    }
    atomic::write_in(disk, FILE, there.write().as_bytes()).map_err(io)?;
    Ok(there.project)
}

/// Changes the settings of a project that no session of this process has open, and what sets say of their kind where that
/// is another now; gives the settings as they are then. It is nobody's edit, and so not undone.
///
/// # Errors
/// If the folder is not a project, or a file cannot be read or written.
pub fn change_project(dir: &Path, change_it: impl FnOnce(&mut Project)) -> Result<Project, StoreError> {
    let disk = open_folder(dir)?;
    let before = ProjectFile::load(&disk)?.with_found(&disk).project;
    let mut after = before.clone();
    change_it(&mut after);
    let now = change(&disk, &before, &after)?;
    stamp_changed(&disk, &before, &now)?;
    Ok(now)
}

/// The settings of a project, without a look at its articles.
///
/// # Errors
/// If the folder is not a project, or the file cannot be read.
pub fn read_project(dir: &Path) -> Result<Project, OpenError> {
    let disk = open_folder(dir)?;
    Ok(ProjectFile::load(&disk)?.with_found(&disk).project)
}

/// Makes the sets of those makers who have another kind now say so.
///
/// # Errors
/// As [`stamp`].
pub(super) fn stamp_changed(disk: &dyn Disk, before: &Project, now: &Project) -> Result<(), StoreError> {
    let other = |maker: &&Maker| before.kind(&maker.name) != maker.kind;
    now.people.iter().filter(other).try_for_each(|maker| stamp(disk, &maker.name, maker.kind))
}

/// Makes the sets of a maker say that they are of this kind, file by file; those that cannot be read stay as they are.
///
/// # Errors
/// If a file cannot be written; those before it are changed then.
fn stamp(disk: &dyn Disk, name: &Name, kind: SetKind) -> Result<(), StoreError> {
    for path in layout::set_files(disk, name) {
        let io = |why| OpenError::Io { file: path.clone(), why };
        let _lock = lock::writing(disk).map_err(io)?;
        let Some((bytes, _)) = disk.read(&path, MAX_BYTES).map_err(io)? else { continue };
        let Ok(mut file) = file::utf8(&path, &bytes).and_then(|content| RawFile::read(&path, content)) else {
            continue;
        };
        let is = (kind != SetKind::Person).then(|| ron_text::line(&kind));
        let at = file.header.iter().position(|(field, _)| field == "kind");
        if at.map(|at| &file.header[at].1) == is.as_ref() {
            continue;
        }
        file.header.retain(|(field, _)| field != "kind");
        if let Some(is) = is {
            let maker = file.header.iter().position(|(field, _)| field == "annotator").map_or(0, |at| at + 1);
            file.header.insert(maker, ("kind".to_owned(), is));
        }
        atomic::write_in(disk, &path, file.write().as_bytes()).map_err(io)?;
    }
    Ok(())
}
