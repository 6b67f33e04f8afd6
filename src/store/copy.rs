//! A copy of an open project in another folder: where work goes when the project's own folder is gone.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::content::Content;
use super::disk::{self, Disk, Kind};
use super::file;
use super::folder::open_folder;
use super::layout::FileKey;
use super::read::Context;
use super::session::Session;
use super::{OpenError, StoreError, atomic, project};
use crate::model::{Article, Corpus, Name, Record, SetKey};
use crate::say;

/// An open project, ready to be written elsewhere on another thread.
#[derive(Debug)]
pub struct Copier {
    disk: Arc<dyn Disk>,
    annotator: Name,
    corpus: Corpus,
}

/// The outcome of copying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// Articles with their texts.
    pub articles: usize,
    /// Articles whose text was neither in memory nor could be read: they are not in the copy.
    pub missing: Vec<String>,
    /// Files that could not be read and are not in the copy, a sentence each.
    pub unread: Vec<String>,
}

impl Session {
    /// The writer of the project as it is now into another folder.
    #[must_use]
    pub fn copier(&self) -> Copier {
        Copier { disk: self.disk.clone(), annotator: self.annotator.clone(), corpus: self.corpus.clone() }
    }
}

impl Copier {
    /// Writes the project into a folder that is empty or not there yet: what is in memory as it is there, all else as
    /// the files of the old folder have it, as far as they can still be read. `progress` is told files done, and stops
    /// the work by saying `false`; the copy is not a project then.
    ///
    /// # Errors
    /// If the folder holds something, or cannot be written.
    pub fn write(&self, dir: &Path, progress: &mut dyn FnMut(usize) -> bool) -> Result<Copied, StoreError> {
        let io = |file: &str, why| StoreError::File(OpenError::Io { file: dir.join(file).display().to_string(), why });
        std::fs::create_dir_all(dir).map_err(|why| io("", why))?;
        let copy = open_folder(dir)?;
        if !copy.list("").map_err(|why| io("", why))?.is_empty() {
            return Err(StoreError::NotSaved(format!("{} is not empty", dir.display())));
        }
        let mut copied = Copied::default();
        let mut files = atomic::Batch::new(&copy);
        let mut done = 0;
        let mut put = |files: &mut atomic::Batch<'_>, path: &str, bytes: &[u8]| {
            files.write(path, bytes).map_err(|why| io(path, why))?;
            done += 1;
            if progress(done) { Ok(()) } else { Err(StoreError::NotSaved("the copy was stopped".into())) }
        };
        let mut last = None;
        for (path, content) in project::files(&*self.disk, &self.corpus) {
            // Without its own file it is no project: what breaks off is made anew.
            if path == "project.ron" {
                last = Some(content);
            } else {
                put(&mut files, path, content.as_bytes())?;
            }
        }
        let mut there: Vec<Arc<Article>> = Vec::new();
        for article in self.corpus.articles() {
            let read = || self.disk.read(&article.file, super::texts::MAX_BYTES).ok().flatten();
            match self.corpus.text(&article.id) {
                Some(text) => put(&mut files, &article.file, text.as_str().as_bytes())?,
                None => match read() {
                    Some((bytes, _)) => put(&mut files, &article.file, &bytes)?,
                    None => {
                        copied.missing.push(format!("{} {}", article.id, article.title));
                        continue;
                    }
                },
            }
            there.push(article.clone());
        }
        copied.articles = there.len();
        let list =
            Content { records: there.into_iter().map(Record::Article).collect(), ..self.known(&FileKey::Articles) };
        put(&mut files, &FileKey::Articles.path(), list.write(&FileKey::Articles, None).as_bytes())?;
        let loaded = self.loaded();
        for (path, kind) in
            disk::tree(&*self.disk, "sets", |_| true).into_iter().filter(|(path, _)| !loaded.contains(path))
        {
            // The state in memory comes behind, in place of the file.
            match self.disk.read(&path, FileKey::Articles.max_bytes()) {
                Ok(Some((bytes, _))) if kind == Kind::File => put(&mut files, &path, &bytes)?,
                Ok(_) => copied.unread.push(format!("{path} is {}", kind.words())),
                Err(why) => copied.unread.push(format!("{path}: {}", say::io(&why))),
            }
        }
        // Edits of others that no file has yet stay where they are.
        let waiting = super::waiting::look(&*self.disk).into_iter();
        let theirs = waiting.filter(|waiting| waiting.annotator != self.annotator || waiting.elsewhere);
        copied.unread.extend(theirs.map(|waiting| waiting.problem().to_string()));
        for (key, bytes) in self.in_memory() {
            put(&mut files, &key.path(), bytes.as_bytes())?;
        }
        if let Some(project) = last {
            put(&mut files, "project.ron", project.as_bytes())?;
        }
        files.finish().map_err(|why| io("", why))?;
        Ok(copied)
    }

    /// The files of records whose content is in memory, empty ones too.
    fn loaded(&self) -> HashSet<String> {
        let article = |key: &SetKey| self.corpus.article(&key.0).filter(|_| self.corpus.text(&key.0).is_some());
        let sets = self.corpus.sets().filter_map(|(key, _)| Some(FileKey::set(article(key)?, &key.1)));
        let referents = self.corpus.all_referents().keys().cloned().map(FileKey::Referents);
        let comments = self.corpus.all_comments().keys().cloned().map(FileKey::Comments);
        sets.chain(referents).chain(comments).map(|key| key.path()).collect()
    }

    /// The files of records that are in memory, as they would be written now.
    fn in_memory(&self) -> Vec<(FileKey, String)> {
        let sets = self.corpus.sets().filter_map(|(key, _)| {
            let key: &SetKey = key;
            let text = self.corpus.text(&key.0)?;
            let file = FileKey::set(self.corpus.article(&key.0)?, &key.1);
            let records = self.corpus.records(&file.records());
            let content = Content { records, ..self.known(&file).with_kind(&file, &self.corpus.project) };
            (content.held() > 0).then(|| (file.clone(), content.write(&file, Some(text))))
        });
        let of = |file: FileKey| {
            let records = self.corpus.records(&file.records());
            let content = Content { records, ..self.known(&file) };
            (content.held() > 0).then(|| (file.clone(), content.write(&file, None)))
        };
        let referents = self.corpus.all_referents().keys().cloned().map(FileKey::Referents).filter_map(of);
        let comments = self.corpus.all_comments().keys().cloned().map(FileKey::Comments).filter_map(of);
        sets.chain(referents).chain(comments).collect()
    }

    /// The fields that the file has beside the records that this version knows, as far as it can be read.
    fn known(&self, key: &FileKey) -> Content {
        let text = match key {
            FileKey::Set((article, _), _) => self.corpus.text(article),
            _ => None,
        };
        let context = Context { schema: &self.corpus.schema, text };
        file::load(&*self.disk, key, &context, &mut Vec::new())
            .map_or_else(|_| Content::empty(), |(content, _)| content)
    }
}
