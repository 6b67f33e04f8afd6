use std::collections::HashMap;

use super::disk::Disk;
use super::layout::FileKey;
use super::messages::Task;
use super::session::Session;
use super::{OpenError, StoreError, atomic, folder, layout, lock, texts};
use crate::edit::{self, Edit};
use crate::ingest::{Draft, near};
use crate::model::{Article, ArticleId, Corpus};
use crate::text::Text;

/// From this similarity on (0 to 1, see [`near::similarity`]) two texts count as near-duplicates.
pub const ALIKE: f32 = 0.7;

/// Articles of a project that new ones are compared with: the latest, so that adding stays quick in a large one.
const COMPARED: usize = 5_000;

/// The outcome of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Added {
    /// It is an article now.
    Added {
        /// Its id.
        id: ArticleId,
        /// Its title.
        title: String,
        /// Its length in code points.
        chars: u32,
        /// The article that it looks like most, and how alike the two are (0 to 1), where it is a near-duplicate of
        /// one of the latest 5,000.
        like: Option<(ArticleId, f32)>,
    },
    /// The project has the same text already.
    Skipped {
        /// The file that it was read from.
        source: String,
        /// The article with the same text.
        same_as: ArticleId,
    },
}

/// Texts that were written for articles which the project does not have yet: without them they go again.
struct Written<'a> {
    disk: &'a dyn Disk,
    files: Vec<String>,
}

impl Drop for Written<'_> {
    fn drop(&mut self) {
        for file in &self.files {
            // One that never came into its place is not there; one that stays is the same text for whoever adds it again.
            let _ = self.disk.remove(file);
        }
    }
}

impl Session {
    /// Keeps others from giving numbers to articles until the next [`Session::flush`], so that several calls of
    /// [`Session::add_articles`] write the list once. What others have added is taken in first: two sessions never give
    /// one number to two texts.
    ///
    /// # Errors
    /// If somebody else adds articles for too long, or what is there cannot be written.
    pub fn hold_numbers(&mut self) -> Result<(), StoreError> {
        if self.numbering.is_some() {
            return Ok(());
        }
        let cannot = |why| StoreError::File(OpenError::Io { file: "articles.ron".into(), why });
        let lock = lock::numbering(&*self.disk).map_err(cannot)?;
        self.task(Task::Look(FileKey::Articles));
        self.flush()?;
        self.numbering = Some(lock);
        Ok(())
    }

    /// Adds texts as articles: the text files first, then one transaction. What has the same text as an article that is
    /// there, or as an earlier draft, is skipped.
    ///
    /// # Errors
    /// If a file cannot be written; no article is added then.
    pub fn add_articles(&mut self, drafts: Vec<Draft>) -> Result<Vec<Added>, StoreError> {
        let added = self.add_articles_and(drafts, "add articles", &mut |_, _| true, |_, _| Vec::new())?;
        Ok(added.expect("nobody stops it"))
    }

    /// Adds texts as articles, and with them the edits that `more` makes of what became of each draft: all as one
    /// transaction of this title. The texts of new articles are loaded. `going` is told how many drafts of how many are
    /// done, and says whether to go on; none where it said no, and nothing is changed or left behind then.
    ///
    /// # Errors
    /// If a file cannot be written, or an edit does not fit; nothing is changed then.
    pub fn add_articles_and(
        &mut self,
        drafts: Vec<Draft>,
        title: &str,
        going: &mut dyn FnMut(usize, usize) -> bool,
        more: impl FnOnce(&Corpus, &[Added]) -> Vec<Edit>,
    ) -> Result<Option<Vec<Added>>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        folder::here(&*self.disk)?;
        let more_come = self.numbering.is_some();
        self.hold_numbers()?;
        // Let go of at the end, however that comes about, where nobody has asked for more.
        let _held = if more_come { None } else { self.numbering.take() };
        let articles = self.corpus.articles().iter();
        let there: HashMap<&str, &ArticleId> = articles.map(|article| (&*article.sha256, &article.id)).collect();
        let mut same: HashMap<String, ArticleId> = HashMap::new();
        let mut count = self.corpus.articles().len();
        let (mut index, mut ids) = self.near.take().unwrap_or_else(|| self.signatures());
        let disk = self.disk.clone();
        let mut files = atomic::Batch::new(&*disk);
        let mut added = Vec::new();
        let mut new = Vec::new();
        let mut written = Written { disk: &*disk, files: Vec::new() };
        let total = drafts.len();
        for (done, draft) in drafts.into_iter().enumerate() {
            if !going(done, total) {
                return Ok(None);
            }
            let text = Text::new(&draft.text);
            let sha256 = text.sha256();
            if let Some(same_as) = there.get(&*sha256).copied().or_else(|| same.get(&sha256)) {
                added.push(Added::Skipped { source: draft.source, same_as: same_as.clone() });
                continue;
            }
            let (id, file, was_there) = self.free_id(&mut count, &draft.text, &sha256)?;
            files.write(&file, draft.text.as_bytes()).map_err(|why| OpenError::Io { file: file.clone(), why })?;
            if !was_there {
                written.files.push(file.clone());
            }
            let signature = near::signature(&draft.text);
            let like = index.find(&signature, ALIKE).first().map(|&(at, alike)| (ids[at].clone(), alike));
            index.insert(signature);
            ids.push(id.clone());
            same.insert(sha256, id.clone());
            added.push(Added::Added { id: id.clone(), title: draft.title.clone(), chars: text.chars(), like });
            new.push(Article {
                title: draft.title,
                publisher: draft.publisher.unwrap_or_default(),
                published: draft.published.unwrap_or_default(),
                url: draft.url.unwrap_or_default(),
                language: draft.language.unwrap_or_default(),
                source: draft.source,
                source_sha256: draft.source_sha256,
                ..Article::of(id, file, &text)
            });
        }
        // Once more: what comes now takes a while, and cannot be stopped.
        if !going(total, total) {
            return Ok(None);
        }
        files.finish().map_err(|why| OpenError::Io { file: "articles".into(), why })?;
        let annotator = self.annotator.clone();
        let mut transaction = edit::add_articles(new, &annotator);
        title.clone_into(&mut transaction.title);
        transaction.edits.extend(more(&self.corpus, &added));
        self.commit(transaction)?;
        // The project has them now.
        written.files.clear();
        if !more_come {
            // Where that fails, the journal has them, and the state of the session says so.
            let _ = self.flush();
        }
        self.near = Some((index, ids));
        Ok(Some(added))
    }

    /// The next number that no article has, and its file, under which nothing lies but this very text; and whether that
    /// does.
    ///
    /// # Errors
    /// If nobody can say what lies in the folder of texts.
    fn free_id(&self, count: &mut usize, text: &str, sha256: &str) -> Result<(ArticleId, String, bool), OpenError> {
        loop {
            let id = ArticleId::numbered(*count);
            *count += 1;
            if self.corpus.article(&id).is_some() {
                continue;
            }
            let file = layout::text_file(&id, sha256);
            let there = self.disk.look(&file).map_err(|why| OpenError::Io { file: file.clone(), why })?;
            let same = || {
                let there = self.disk.read(&file, text.len() as u64).ok().flatten();
                there.is_some_and(|(there, _)| there == text.as_bytes())
            };
            // A file that is there in whatever way, a link that leads nowhere too, is not written over.
            if there.is_none() || same() {
                return Ok((id, file, there.is_some()));
            }
        }
    }

    /// Signatures of the latest articles; those whose text cannot be read are left out.
    fn signatures(&self) -> (near::SignatureIndex, Vec<ArticleId>) {
        let articles = self.corpus.articles();
        let mut index = near::SignatureIndex::default();
        let mut ids = Vec::new();
        for article in &articles[articles.len().saturating_sub(COMPARED)..] {
            let read = || texts::read(&*self.disk, article).ok().map(|file| file.text);
            let Some(text) = self.corpus.text(&article.id).cloned().or_else(read) else { continue };
            index.insert(near::signature(text.as_str()));
            ids.push(article.id.clone());
        }
        (index, ids)
    }
}
