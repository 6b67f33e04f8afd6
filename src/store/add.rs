//! New articles: numbered, their texts written, and the transaction that names them; on a worker, while the session goes on.

use std::collections::HashMap;
use std::sync::Arc;

use super::disk::Disk;
use super::file::Stamp;
use super::layout::FileKey;
use super::link::Link;
use super::lock::Lock;
use super::session::Session;
use super::working_copy::WorkingCopy;
use super::{OpenError, StoreError, atomic, layout, lock, texts};
use crate::edit::{self, Edit};
use crate::in_order::in_order;
use crate::ingest::{Draft, near};
use crate::model::{Article, ArticleId};
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

/// The maker of the edits that come with new articles, from the project as it is and the outcome of each text.
pub type MakeEdits<'a> = &'a mut dyn FnMut(&mut WorkingCopy, &[Added]) -> Result<Vec<Edit>, StoreError>;

/// A text that is to become an article.
#[derive(Debug)]
pub struct NewText {
    /// The text.
    pub text: Text,
    /// The facts known about it; its own text is not looked at.
    pub about: Draft,
}

impl From<Draft> for NewText {
    fn from(mut about: Draft) -> Self {
        let text = Text::new(&std::mem::take(&mut about.text));
        Self { text, about }
    }
}

/// Articles whose texts are written and which the project does not have yet: without them the texts go again.
#[derive(Debug)]
pub struct NewArticles {
    /// The outcome of each text.
    added: Vec<Added>,
    articles: Vec<(Arc<Article>, Text, Stamp)>,
    written: Written,
}

#[derive(Debug)]
struct Written {
    disk: Arc<dyn Disk>,
    files: Vec<String>,
}

impl Drop for Written {
    fn drop(&mut self) {
        for file in &self.files {
            // One that never came into its place is not there; one that stays is the same text for whoever adds it again.
            let _ = self.disk.remove(file);
        }
    }
}

/// The reason why no more texts are written.
enum Ended {
    Stopped,
    Failed(OpenError),
}

/// The one who gives numbers to articles of a project: nobody else does until it is let go of and the list is written.
/// Articles that others have added are taken in first, so two sessions never give one number to two texts.
#[derive(Debug)]
pub struct Adder {
    link: Link,
    lock: Option<Arc<Lock>>,
    /// True where near-duplicates are looked for.
    compares: bool,
    /// Signatures of the latest texts, once they were asked for.
    near: Option<(near::SignatureIndex, Vec<ArticleId>)>,
}

impl Adder {
    /// Nobody is kept from anything yet.
    #[must_use]
    pub fn new(link: &Link) -> Self {
        Self { link: link.clone(), lock: None, compares: true, near: None }
    }

    /// The same, which does not look for near-duplicates.
    #[must_use]
    pub fn without_comparing(mut self) -> Self {
        self.compares = false;
        self
    }

    /// Keeps others from giving numbers from now on, and gives the project as it is then.
    ///
    /// # Errors
    /// If the project is open for reading only, somebody else adds articles for too long, or what is there cannot be
    /// written.
    pub fn begin(&mut self) -> Result<WorkingCopy, StoreError> {
        self.link.may_write()?;
        if self.lock.is_none() {
            let cannot = |why| StoreError::File(OpenError::Io { file: "articles.ron".into(), why });
            let lock = lock::numbering(&**self.link.disk()).map_err(cannot)?;
            self.link.take_in(FileKey::Articles)?;
            self.lock = Some(Arc::new(lock));
        }
        self.link.working_copy()
    }

    /// The right to give numbers, for a change that holds it until the list of articles is written.
    pub(super) fn numbering(&self) -> Option<Arc<Lock>> {
        self.lock.clone()
    }

    /// Writes texts that are to become articles. What has the same text as an article that is there, or as an earlier one
    /// of these, is skipped. `going` is told how many of how many are done, and says whether to go on; none where it said
    /// no, and nothing is left behind then.
    ///
    /// # Errors
    /// If a file cannot be written; nothing is left behind then.
    pub fn write(
        &mut self,
        project: &WorkingCopy,
        texts: Vec<NewText>,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<NewArticles>, StoreError> {
        let corpus = project.corpus();
        let articles = corpus.articles().iter();
        let there: HashMap<&str, &ArticleId> = articles.map(|article| (&*article.sha256, &article.id)).collect();
        let mut same: HashMap<String, ArticleId> = HashMap::new();
        let mut count = corpus.articles().len();
        let mut near = self.compares.then(|| self.near.take().unwrap_or_else(|| signatures(project)));
        let disk = self.link.disk().clone();
        let mut files = atomic::Batch::new(&*disk);
        let written = Written { disk: disk.clone(), files: Vec::new() };
        let mut new = NewArticles { added: Vec::new(), articles: Vec::new(), written };
        let (compares, total) = (self.compares, texts.len());
        let look = |_, text: NewText| {
            let signature = compares.then(|| near::signature(text.text.as_str()));
            // (Its number and file are known once it is its turn.)
            let article = Article::of(ArticleId::numbered(0), String::new(), &text.text);
            (text, article, signature)
        };
        let put = |(text, article, signature): (NewText, Article, Option<near::Signature>)| {
            if !going(new.added.len(), total) {
                return Err(Ended::Stopped);
            }
            let NewText { text, about } = text;
            if let Some(same_as) = there.get(&*article.sha256).copied().or_else(|| same.get(&article.sha256)) {
                new.added.push(Added::Skipped { source: about.source, same_as: same_as.clone() });
                return Ok(());
            }
            let (id, file, was_there) = free_id(project, &mut count, &text, &article.sha256).map_err(Ended::Failed)?;
            let unwritten = |why| Ended::Failed(OpenError::Io { file: file.clone(), why });
            files.write(&file, text.as_str().as_bytes()).map_err(unwritten)?;
            if !was_there {
                new.written.files.push(file.clone());
            }
            let mut like = None;
            if let (Some((index, ids)), Some(signature)) = (&mut near, signature) {
                like = index.find(&signature, ALIKE).first().map(|&(at, alike)| (ids[at].clone(), alike));
                index.insert(signature);
                ids.push(id.clone());
            }
            same.insert(article.sha256.clone(), id.clone());
            new.added.push(Added::Added { id: id.clone(), title: about.title.clone(), chars: article.chars, like });
            let article = Article {
                id,
                file,
                title: about.title,
                publisher: about.publisher.unwrap_or_default(),
                author: about.author.unwrap_or_default(),
                published: about.published.unwrap_or_default(),
                dateline: about.dateline.unwrap_or_default(),
                url: about.url.unwrap_or_default(),
                language: about.language.unwrap_or_default(),
                source: about.source,
                source_sha256: about.source_sha256,
                ..article
            };
            let stamp =
                Stamp { modified: None, len: u64::from(text.len()), hash: Stamp::hash_of(text.as_str().as_bytes()) };
            new.articles.push((Arc::new(article), text, stamp));
            Ok(())
        };
        match in_order(texts.into_iter().map(Ok), look, put) {
            Ok(()) => {}
            Err(Ended::Stopped) => return Ok(None),
            Err(Ended::Failed(error)) => return Err(error.into()),
        }
        // Once more: what comes now takes a while, and cannot be stopped.
        if !going(total, total) {
            return Ok(None);
        }
        files.finish().map_err(|why| OpenError::Io { file: "articles".into(), why })?;
        for (article, _, stamp) in &mut new.articles {
            // One that is gone again is noticed once it is looked for.
            stamp.modified = disk.look(&article.file).ok().flatten().and_then(|found| found.modified);
        }
        self.near = near;
        Ok(Some(new))
    }

    /// Brings new articles into the project, and with them the edits that `more` makes of the outcome of each text on the
    /// project as it is then: all as one transaction of this title. Where something else was done meanwhile that stands in
    /// the way, `more` is asked once more.
    ///
    /// # Errors
    /// If an edit does not fit, or what it needs cannot be read; nothing is changed or left behind then.
    pub fn commit(
        &self,
        title: &str,
        project: WorkingCopy,
        mut new: NewArticles,
        more: MakeEdits<'_>,
    ) -> Result<Vec<Added>, StoreError> {
        self.link.change(Some(project), |mut project| {
            for (article, text, stamp) in &new.articles {
                project.put_text(article.id.clone(), text.clone(), article.file.clone(), stamp.clone());
            }
            let articles = new.articles.iter().map(|(article, ..)| article.clone()).collect();
            let mut transaction = edit::add_articles(articles, self.link.annotator());
            title.clone_into(&mut transaction.title);
            // There may be very many of them: they are not moved elsewhere.
            let mut edits = more(&mut project, &new.added)?;
            edits.splice(0..0, std::mem::take(&mut transaction.edits));
            transaction.edits = edits;
            if transaction.is_empty() {
                return Ok(None);
            }
            let prepared = project.prepare(Arc::new(transaction), None)?;
            Ok(Some(prepared.holding(self.lock.clone())))
        })?;
        // The project has them now.
        new.written.files.clear();
        Ok(std::mem::take(&mut new.added))
    }

    /// Adds texts as articles, as one transaction of this title; see [`Adder::write`].
    ///
    /// # Errors
    /// If a file cannot be written; no article is added then.
    pub fn add(
        &mut self,
        drafts: Vec<Draft>,
        title: &str,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Vec<Added>>, StoreError> {
        let project = self.begin()?;
        let texts = drafts.into_iter().map(NewText::from).collect();
        let Some(new) = self.write(&project, texts, going)? else { return Ok(None) };
        self.commit(title, project, new, &mut |_, _| Ok(Vec::new())).map(Some)
    }
}

impl Drop for Adder {
    fn drop(&mut self) {
        // The session holds the numbers on until the list is written; without a session there is none.
        if self.lock.is_some() {
            self.link.tell(Session::let_numbers_go);
        }
    }
}

impl Session {
    /// Adds texts as articles: the text files first, then one transaction. What has the same text as an article that is
    /// there, or as an earlier draft, is skipped.
    ///
    /// # Errors
    /// If a file cannot be written; no article is added then.
    pub fn add_articles(&mut self, drafts: Vec<Draft>) -> Result<Vec<Added>, StoreError> {
        let added = self.run(|link| Adder::new(link).add(drafts, "add articles", &mut |_, _| true))?;
        // Where that fails, the journal has them, and the state of the session says so.
        let _ = self.flush();
        Ok(added.expect("nobody stops it"))
    }

    /// Has the list of articles written, after which others may give numbers again.
    fn let_numbers_go(&mut self) {
        if self.numbering.is_some() {
            self.begin_writing();
        }
    }
}

/// The next number that no article has, and its file, under which nothing lies but this very text; and whether that does.
///
/// # Errors
/// If nobody can say what lies in the folder of texts.
fn free_id(
    project: &WorkingCopy,
    count: &mut usize,
    text: &Text,
    sha256: &str,
) -> Result<(ArticleId, String, bool), OpenError> {
    let disk = &*project.loader().disk;
    loop {
        let id = ArticleId::numbered(*count);
        *count += 1;
        if project.corpus().article(&id).is_some() {
            continue;
        }
        let file = layout::text_file(&id, sha256);
        let there = disk.look(&file).map_err(|why| OpenError::Io { file: file.clone(), why })?;
        let same = || {
            let there = disk.read(&file, u64::from(text.len())).ok().flatten();
            there.is_some_and(|(there, _)| there == text.as_str().as_bytes())
        };
        // A file that is there in whatever way, a link that leads nowhere too, is not written over.
        if there.is_none() || same() {
            return Ok((id, file, there.is_some()));
        }
    }
}

/// Signatures of the latest articles; those whose text cannot be read are left out.
fn signatures(project: &WorkingCopy) -> (near::SignatureIndex, Vec<ArticleId>) {
    let articles = project.corpus().articles();
    let mut index = near::SignatureIndex::default();
    let mut ids = Vec::new();
    for article in &articles[articles.len().saturating_sub(COMPARED)..] {
        let read = || texts::read(&*project.loader().disk, article).ok().map(|file| file.text);
        let Some(text) = project.corpus().text(&article.id).cloned().or_else(read) else { continue };
        index.insert(near::signature(text.as_str()));
        ids.push(article.id.clone());
    }
    (index, ids)
}
