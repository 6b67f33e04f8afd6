//! The layout of a project folder.

use super::disk::{self, Disk, EntryKind};
use super::stem::{Stem, numbered};
use crate::model::{Article, ArticleId, Name, RecordFile, SetKey, digest};

/// A file of records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum FileKey {
    /// `articles.ron`.
    Articles,
    /// An annotator's `referents.ron`.
    Referents(Name),
    /// A person's `comments.ron`.
    Comments(Name),
    /// A person's `runs.ron`.
    Runs(Name),
    /// An annotation set, and what its file is called.
    Set(SetKey, Stem),
}

impl FileKey {
    /// The set of an annotator in an article.
    pub fn set(article: &Article, annotator: &Name) -> Self {
        Self::Set((article.id.clone(), annotator.clone()), Stem::of(article))
    }

    /// The file of records that an edit names; the schema is none.
    pub fn of(file: &RecordFile) -> Option<Self> {
        Some(match file {
            RecordFile::Articles => Self::Articles,
            RecordFile::Referents(annotator) => Self::Referents(annotator.clone()),
            RecordFile::Comments(who) => Self::Comments(who.clone()),
            RecordFile::Runs(who) => Self::Runs(who.clone()),
            RecordFile::Set(key) => Self::Set(key.clone(), Stem::default()),
            RecordFile::Schema => return None,
        })
    }

    /// The name of the file in edits.
    pub fn records(&self) -> RecordFile {
        match self {
            Self::Articles => RecordFile::Articles,
            Self::Referents(annotator) => RecordFile::Referents(annotator.clone()),
            Self::Comments(who) => RecordFile::Comments(who.clone()),
            Self::Runs(who) => RecordFile::Runs(who.clone()),
            Self::Set(key, _) => RecordFile::Set(key.clone()),
        }
    }

    /// The largest such file that is read, bytes: some 300,000 records.
    pub fn max_bytes(&self) -> u64 {
        match self {
            Self::Articles => 256 << 20,
            Self::Referents(_) | Self::Comments(_) | Self::Runs(_) | Self::Set(..) => 64 << 20,
        }
    }

    /// The annotator whose work it holds; nobody's alone is the list of articles.
    pub fn maker(&self) -> Option<&Name> {
        match self {
            Self::Set((_, maker), _) | Self::Referents(maker) | Self::Comments(maker) | Self::Runs(maker) => {
                Some(maker)
            }
            Self::Articles => None,
        }
    }

    /// The file's path in the project folder, with `/` between folders.
    pub fn path(&self) -> String {
        match self {
            Self::Articles => "articles.ron".into(),
            Self::Referents(annotator) => format!("sets/{}/referents.ron", folder_name(annotator)),
            Self::Comments(who) => format!("sets/{}/comments.ron", folder_name(who)),
            Self::Runs(who) => format!("sets/{}/runs.ron", folder_name(who)),
            Self::Set((article, annotator), stem) => {
                format!("sets/{}/{}.ron", folder_name(annotator), stem.or_number(article))
            }
        }
    }
}

/// The text file that a new article gets: its number for people, and the first digits of its text's SHA-256, so that
/// what two people add in two copies of a project never is the same file.
pub(super) fn text_file(article: &ArticleId, sha256: &str) -> String {
    format!("articles/{}-{}.txt", numbered(article), digest(sha256))
}

/// An annotator's name as a folder: letters, digits, `-`, `_`, inner dots and spaces stay, the rest is `%` and two
/// hexadecimal digits for each byte.
pub(super) fn folder_name(annotator: &str) -> String {
    let last = annotator.len() - annotator.chars().next_back().map_or(0, char::len_utf8);
    let mut name = String::with_capacity(annotator.len());
    for (at, c) in annotator.char_indices() {
        let inner = at > 0 && at < last;
        if c.is_alphanumeric() || c == '-' || c == '_' || (inner && (c == '.' || c == ' ')) {
            name.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                name.push_str(&format!("%{byte:02x}"));
            }
        }
    }
    name
}

/// The annotator whose folder this is; none where no annotator's folder is called so.
pub(super) fn annotator_of(folder: &str) -> Option<Name> {
    let mut bytes = Vec::with_capacity(folder.len());
    let mut rest = folder.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
        }
    }
    let name = String::from_utf8(bytes).ok()?;
    (!name.is_empty() && folder_name(&name) == folder).then(|| name.into())
}

/// Everyone who has a folder of sets, sorted; nobody where the folder cannot be read, which whoever reads a set is
/// told.
pub(super) fn annotators(disk: &dyn Disk) -> Vec<Name> {
    let entries = disk.list("sets").unwrap_or_default();
    let folders = entries.iter().filter(|(_, kind)| *kind == EntryKind::Folder);
    let mut names: Vec<Name> = folders.filter_map(|(name, _)| annotator_of(name)).collect();
    names.sort();
    names
}

/// The set files of a maker, sorted; none where there is no folder, or none that can be read.
pub(super) fn set_files(disk: &dyn Disk, maker: &str) -> Vec<String> {
    let folder = format!("sets/{}", folder_name(maker));
    disk::tree(disk, &folder, |inner| inner.matches('/').count() <= 2)
        .into_iter()
        .filter(|(path, kind)| *kind == EntryKind::File && is_set(path.strip_prefix("sets/").unwrap_or(path)))
        .map(|(path, _)| path)
        .collect()
}

/// True for the path of a set below `sets`, as `a/000-3fa2c1d9.ron` and `a/001/1234-….ron`.
pub(super) fn is_set(path: &str) -> bool {
    let Some((_, stem)) = path.strip_suffix(".ron").and_then(|path| path.split_once('/')) else { return false };
    let id = stem.rsplit('/').next().unwrap_or(stem);
    // Sets lie one folder deep at the most.
    stem.matches('/').count() <= 1 && !id.starts_with('.') && !matches!(id, "referents" | "comments" | "runs")
}

/// The program's own folder for an annotator: journal, lock, conflicts.
pub(super) fn own_folder(annotator: &str) -> String {
    format!(".jejak/{}", folder_name(annotator))
}

/// The journal in the program's own folder for an annotator.
pub(super) fn journal_path(folder: &str) -> String {
    format!("{folder}/journal")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Project;

    #[test]
    fn folders_give_the_annotator_back() {
        for name in ["a", Project::GOLD, "Siti Aminah", "..", "a/b", "con:\\x", "x.", " x", "山田", "%41", "model v1.2"]
        {
            let folder = folder_name(name);
            assert_eq!(annotator_of(&folder).as_deref(), Some(name), "{folder}");
            assert!(!folder.contains(['/', '\\', ':']) && !folder.starts_with('.') && !folder.ends_with(['.', ' ']));
        }
        assert_eq!(annotator_of("%4"), None);
        assert_eq!(annotator_of("%41"), None, "one name, one folder");
        assert_eq!(annotator_of(".git"), None);
    }

    #[test]
    fn thousands_get_folders() {
        let file = |id: &str| text_file(&ArticleId::new(id).unwrap(), "0123456789abcdef");
        assert_eq!(file("007"), "articles/007-01234567.txt");
        assert_eq!(file("1234"), "articles/001/1234-01234567.txt");
        assert_eq!(file("123456"), "articles/123/123456-01234567.txt");
        assert_eq!(file("kunjungan-2"), "articles/kunjungan-2-01234567.txt");
    }
}
