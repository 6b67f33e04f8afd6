//! Copies that programs which share folders leave beside a file where two people changed it at once, and sets that lie
//! where no article's do: what each belongs to, and how it gets there.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::disk::{self, Disk, EntryKind};
use super::file::{self, bytes, utf8};
use super::folder::open_folder;
use super::layout;
use super::stem::Stem;
use super::{OpenError, RawFile, atomic, lock};
use crate::message;
use crate::model::{Article, Problem};

/// The largest file that is merged, bytes: that of a list of articles.
const MAX_BYTES: u64 = 256 << 20;

/// Folders in each other that are looked into: `sets/a/001`, and one more that a copy may have made.
const DEPTH: usize = 4;

/// The place where merged copies are kept, beside what the program needs while it works.
const ASIDE: &str = ".jejak/.merged-copies";

/// A file whose records belong in another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// The file, relative to the project folder, with `/` between folders.
    pub file: String,
    /// The file that its records belong in; it need not be there.
    pub of: String,
    /// True where its name says that a program made it as a copy; else it is a set on the text of an article whose set
    /// is called otherwise.
    pub conflicted: bool,
}

impl Copy {
    /// The problem that it is there.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let Self { of, .. } = self;
        let (code, what) = match self.conflicted {
            true => ("conflicted-copy", message!("copy-conflicted", of = of)),
            false => ("displaced-set", message!("copy-displaced", of = of)),
        };
        let message = match is_of_records(of) {
            true => message!("copy-of-records", what = what),
            false => message!("copy-to-compare", what = what),
        };
        Problem::warning(code, message).at(&self.file, None)
    }
}

/// Every such file of a project with these articles, by name; none where the folder cannot be read.
#[must_use]
pub fn copies(dir: &Path, articles: &[Arc<Article>]) -> Vec<Copy> {
    open_folder(dir).map_or_else(|_| Vec::new(), |disk| found(&disk, &listing(&disk), articles))
}

/// As [`copies`], in an open folder with these files.
pub(super) fn found(disk: &dyn Disk, listing: &[(String, EntryKind)], articles: &[Arc<Article>]) -> Vec<Copy> {
    let known = Known::of(articles);
    files(listing).filter_map(|file| known.copy(disk, file.to_owned())).collect()
}

/// The names of a project's files that are not copies.
struct Known<'a> {
    /// Articles by the name of their set.
    sets: HashMap<String, &'a Article>,
    /// Articles by their text.
    texts: HashMap<&'a str, &'a Article>,
}

impl<'a> Known<'a> {
    fn of(articles: &'a [Arc<Article>]) -> Self {
        Self {
            sets: articles.iter().map(|article| (set_file(article), &**article)).collect(),
            texts: articles.iter().rev().map(|article| (article.sha256.as_str(), &**article)).collect(),
        }
    }

    fn copy(&self, disk: &dyn Disk, file: String) -> Option<Copy> {
        let mut sure = true;
        let parts: Vec<String> = file
            .split('/')
            .map(|part| match original(part) {
                Some((plain, is_sure)) => {
                    sure &= is_sure;
                    plain
                }
                None => part.to_owned(),
            })
            .collect();
        let mut of = parts.join("/");
        let conflicted = of != file && (sure || is_file(disk, &of));
        let ours = match of.split_once('/') {
            None => matches!(of.as_str(), "project.ron" | "schema.ron" | "articles.ron"),
            Some((folder, rest)) => {
                (folder == "articles" && rest.ends_with(".txt")) || (folder == "sets" && rest.ends_with(".ron"))
            }
        };
        if !ours || (of != file && !conflicted) {
            return None;
        }
        let set = of.strip_prefix("sets/").and_then(|rest| rest.split_once('/'));
        let Some((folder, name)) = set.map(|(folder, name)| (folder.to_owned(), name.to_owned())) else {
            return conflicted.then_some(Copy { file, of, conflicted });
        };
        let whole = |name: &str| matches!(name, "referents.ron" | "comments.ron" | "runs.ron");
        if whole(&name) || (!conflicted && self.sets.contains_key(&name)) {
            return conflicted.then_some(Copy { file, of, conflicted });
        }
        // A set is about the text that it was made on, whatever it is called.
        let head = head(disk, &file);
        let text = head.as_ref().and_then(|head| self.texts.get(field(head, "sha256")?.as_str()));
        match text {
            Some(article) => of = format!("sets/{folder}/{}", set_file(article)),
            // As some programs name a copy by the machine that it comes from.
            None if !conflicted => {
                let (plain, _) = name.split_once('-')?;
                let plain = format!("{plain}.ron");
                let named = |head: &RawFile| Some(layout::folder_name(&field(head, "annotator")?) == folder);
                let same = whole(&plain) && head.as_ref().and_then(named).unwrap_or_default();
                let copied = same.then(|| format!("sets/{folder}/{plain}")).filter(|of| is_file(disk, of))?;
                return Some(Copy { file, of: copied, conflicted: true });
            }
            None => {}
        }
        (of != file).then_some(Copy { file, of, conflicted })
    }
}

/// The name of an article's set in a folder of sets.
fn set_file(article: &Article) -> String {
    format!("{}.ron", Stem::of(article).or_number(&article.id))
}

/// The name of a file or folder before a program made it a copy, and whether it can mean nothing else.
fn original(name: &str) -> Option<(String, bool)> {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension @ ("ron" | "txt"))) => (stem, extension),
        _ => (name, ""),
    };
    let dot = if extension.is_empty() { "" } else { "." };
    let whole = |stem: &str| format!("{}{dot}{extension}", stem.trim_end());
    // Syncthing, and ownCloud of old.
    for mark in [".sync-conflict-", "_conflict-"] {
        if let Some((before, after)) = stem.split_once(mark)
            && !before.is_empty()
            && after.starts_with(|c: char| c.is_ascii_digit())
        {
            return Some((whole(before), true));
        }
    }
    // Dropbox, Nextcloud, Seafile in several languages; Google Drive and browsers with a number.
    let (before, inner) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let inner = inner.to_lowercase();
    let says = ["conflict", "conflit", "konflik", "conflitt"].iter().any(|word| inner.contains(word));
    let counts = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
    (!before.trim().is_empty() && (says || counts)).then(|| (whole(before), says))
}

/// Everything in a project's folder that is the program's or may be a copy of it, sorted; links are not followed.
pub(super) fn listing(disk: &dyn Disk) -> Vec<(String, EntryKind)> {
    disk::tree(disk, "", |folder| {
        let plain = original(folder).map_or(folder.to_owned(), |(plain, _)| plain);
        folder.contains('/') || matches!(plain.as_str(), "sets" | "articles" | ".jejak")
    })
}

/// The files of a project that may be copies: its own, and those below `sets` and `articles`.
fn files(listing: &[(String, EntryKind)]) -> impl Iterator<Item = &str> {
    listing.iter().filter(|(_, kind)| *kind == EntryKind::File).map(|(path, _)| path.as_str()).filter(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        !name.starts_with('.') && !path.starts_with(".jejak/") && path.matches('/').count() <= DEPTH
    })
}

/// A file of records; none where it cannot be read, which whoever merges it is told.
fn head(disk: &dyn Disk, file: &str) -> Option<RawFile> {
    read(disk, file).ok().flatten().map(|(raw, _)| raw)
}

fn field(raw: &RawFile, name: &str) -> Option<String> {
    let (_, value) = raw.header.iter().find(|(field, _)| field == name)?;
    ron::from_str(value).ok()
}

fn is_of_records(file: &str) -> bool {
    file == "articles.ron" || file.starts_with("sets/")
}

fn read(disk: &dyn Disk, file: &str) -> Result<Option<(RawFile, Vec<u8>)>, OpenError> {
    let io = |why| OpenError::Io { file: file.to_owned(), why };
    let Some((bytes, _)) = bytes(disk, file, MAX_BYTES).map_err(io)? else { return Ok(None) };
    Ok(Some((RawFile::read(file, utf8(file, &bytes)?)?, bytes)))
}

/// Puts the records of a copy into the file that they belong in, as `merge` says of that and the copy, and the copy
/// aside. Gives where it is kept now.
///
/// # Errors
/// If one of them cannot be read or written, or they are no files of records and differ. Both are as they were then, or
/// the file is merged and the copy still lies where it did.
pub fn merge_copy(
    dir: &Path,
    copy: &Copy,
    merge: &mut dyn FnMut(&RawFile, &RawFile) -> RawFile,
) -> Result<String, OpenError> {
    let io = |file: &str| {
        let file = file.to_owned();
        move |why| OpenError::Io { file, why }
    };
    let disk = open_folder(dir)?;
    let _lock = lock::writing(&disk).map_err(io(&copy.file))?;
    if !is_of_records(&copy.of) {
        let content =
            |file: &str| Ok::<_, OpenError>(bytes(&disk, file, MAX_BYTES).map_err(io(file))?.map(|(all, _)| all));
        let same = content(&copy.file)? == content(&copy.of)?;
        let differs = || io::Error::other(message!("copy-by-hand", of = copy.of));
        return if same { aside(&disk, &copy.file) } else { Err(io(&copy.file)(differs())) };
    }
    let (theirs, bytes) = read(&disk, &copy.file)?.ok_or_else(|| io(&copy.file)(file::missing()))?;
    match read(&disk, &copy.of)? {
        // Nothing to merge with: it is the file.
        None => atomic::write_in(&disk, &copy.of, &bytes).map_err(io(&copy.of))?,
        Some((ours, _)) => {
            let (our, their) = (field(&ours, "sha256"), field(&theirs, "sha256"));
            if our != their {
                let why = io::Error::other(message!("copy-other-text", of = copy.of));
                return Err(io(&copy.file)(why));
            }
            let merged = merge(&ours, &theirs);
            if merged != ours {
                atomic::write_in(&disk, &copy.of, merged.write().as_bytes()).map_err(io(&copy.of))?;
            }
        }
    }
    aside(&disk, &copy.file)
}

/// Moves a file to where merged copies are kept.
fn aside(disk: &dyn Disk, file: &str) -> Result<String, OpenError> {
    let io = |why| OpenError::Io { file: file.to_owned(), why };
    let kept = disk::free_name(disk, &format!("{ASIDE}/{file}")).map_err(io)?;
    atomic::make_folder(disk, disk::parent(&kept)).and_then(|()| disk.rename(file, &kept)).map_err(io)?;
    // A folder that a copy was has nothing in it any more; one that has stays.
    let folder = disk::parent(file);
    if folder.rsplit('/').next().is_some_and(|name| original(name).is_some()) {
        let _ = disk.remove_folder(folder);
    }
    Ok(kept)
}

fn is_file(disk: &dyn Disk, file: &str) -> bool {
    disk.look(file).is_ok_and(|found| found.is_some_and(|found| found.kind == EntryKind::File))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies_are_known() {
        for (name, plain, sure) in [
            ("006 (conflicted copy).ron", "006.ron", true),
            ("006 (conflicted copy 2031-03-03).ron", "006.ron", true),
            ("006-3fa2c1d9 (Ana's conflicted copy 2031-03-03).ron", "006-3fa2c1d9.ron", true),
            ("articles (Ana's conflicted copy).ron", "articles.ron", true),
            ("006 (conflicted copy 2031-03-03 101010).ron", "006.ron", true),
            ("006 (Konfliktkopie von Ana 2031-03-03).ron", "006.ron", true),
            ("006 (Copie en conflit de Ana).ron", "006.ron", true),
            ("006 (SFConflict ana@example.org 2031-03-03-10-10-10).ron", "006.ron", true),
            ("006.sync-conflict-20310303-101010-ABCDEF7.ron", "006.ron", true),
            ("006_conflict-20310303-101010.ron", "006.ron", true),
            ("a (conflicted copy)", "a", true),
            ("006 (1).ron", "006.ron", false),
            ("006 (12).txt", "006.txt", false),
        ] {
            assert_eq!(original(name), Some((plain.to_owned(), sure)), "{name}");
        }
        for name in
            ["006.ron", "a", "006 (draft).ron", "(1).ron", " (conflicted copy).ron", "conflict.ron", "006 ().ron"]
        {
            assert_eq!(original(name), None, "{name}");
        }
    }
}
