//! The settings of a project and its makers of sets, read and changed in `project.ron`; and what sets themselves say of
//! their kind.

use std::path::Path;

use serde::Deserialize;

use super::disk::Disk;
use super::folder::{here, open_folder};
use super::project_file::{FILE, ProjectFile};
use super::{OpenError, RawFile, StoreError, atomic, file, layout, lock, ron_text};
use crate::model::{Maker, Name, Origin, Project, SetKind, Via};

/// The largest such file that is read, and the largest set that is looked into, bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads `project.ron`, with the makers that its list lacks, as their sets have it: those that say their kind, and in a
/// file of version 1 those that were computed. Persons need no line.
///
/// # Errors
/// If there is no such file, or it cannot be read, is newer, or is not what it should be.
pub(super) fn load(disk: &dyn Disk) -> Result<ProjectFile, OpenError> {
    let mut read = ProjectFile::read(&file::text(disk, FILE, MAX_BYTES)?)?;
    for name in layout::annotators(disk) {
        if read.project.kind(&name) == SetKind::Person
            && !read.project.people.iter().any(|maker| maker.name == name)
            && let Some(kind) = found(disk, &name, read.version)
        {
            read.project.set_kind(&name, kind);
        }
    }
    Ok(read)
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

/// Changes `project.ron` by what differs from `before` to `after`, so that what others have changed meanwhile stays, and
/// what sets say of their kind where that is another then; gives the settings as they are. To do it again is harmless. A
/// file of an older version is migrated.
///
/// # Errors
/// If a file cannot be read or written, or is newer.
pub(super) fn change(disk: &dyn Disk, before: &Project, after: &Project) -> Result<Project, StoreError> {
    let io = |why| OpenError::Io { file: FILE.into(), why };
    here(disk)?;
    let lock = lock::writing(disk).map_err(io)?;
    let mut there = load(disk)?;
    there.project = there.project.with_change(before, after);
    // The set that received decisions stays an adjudicated one when another receives them.
    for name in [&before.gold, &after.gold].into_iter().filter(|name| ***name != *Project::GOLD) {
        let listed = there.project.people.iter().any(|maker| maker.name == *name);
        if !listed && !layout::set_files(disk, name).is_empty() {
            there.project.people.push(Maker { kind: SetKind::Adjudicated, name: name.clone() });
        }
    }
    atomic::write_in(disk, FILE, there.write().as_bytes()).map_err(io)?;
    // Each set is written under a lock of its own.
    drop(lock);
    stamp_changed(disk, before, &there.project)?;
    Ok(there.project)
}

/// Changes the settings of a project that no session of this process has open, and what sets say of their kind where that
/// is another now; gives the settings as they are then. It is nobody's edit, and so not undone.
///
/// # Errors
/// If the folder is not a project, or a file cannot be read or written.
pub fn change_project(dir: &Path, change_it: impl FnOnce(&mut Project)) -> Result<Project, StoreError> {
    let disk = open_folder(dir)?;
    let before = load(&disk)?.project;
    let mut after = before.clone();
    change_it(&mut after);
    change(&disk, &before, &after)
}

/// The settings of a project, without a look at its articles.
///
/// # Errors
/// If the folder is not a project, or the file cannot be read.
pub fn read_project(dir: &Path) -> Result<Project, OpenError> {
    let disk = open_folder(dir)?;
    Ok(load(&disk)?.project)
}

/// Makes the sets of those makers who have another kind now say so.
///
/// # Errors
/// As [`stamp`].
fn stamp_changed(disk: &dyn Disk, before: &Project, now: &Project) -> Result<(), StoreError> {
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
