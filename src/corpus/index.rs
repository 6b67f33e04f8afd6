//! The index of a corpus: the digests of all articles as one maker marked them, and who is meant where.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::cache;
use super::digest::{Digest, Frame, Mention};
use crate::edit::{Standing, Transaction};
use crate::in_order::in_order;
use crate::lang::{InWords, Message};
use crate::model::{
    Article, ArticleId, Corpus, Id, Judgements, Name, Progress, RecordFile, Referent, Referents, Schema,
};
use crate::store::{FileStamp, OpenError, Snapshot};

/// A file that was changed less than this before it was read may change again within a tick of the file system's clock.
const SETTLED: Duration = Duration::from_secs(2);

/// All articles of a project as one maker marked them; what tables over many articles are made of. A clone shares the
/// digests.
#[derive(Debug, Clone)]
pub struct Index {
    /// The maker of the sets: an annotator, a model, or gold.
    maker: Name,
    schema: Arc<Schema>,
    digests: Vec<Arc<Digest>>,
    places: HashMap<ArticleId, usize>,
    referents: Arc<Referents>,
    judgements: Arc<Judgements>,
    /// The mentions and frames of each referent, by article and place.
    uses: BTreeMap<Id, Vec<Item>>,
    unread: Vec<Message>,
}

/// A mention or frame of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Item {
    /// The place of the article in the project's list.
    pub article: u32,
    /// The mention or frame of it.
    pub of: ItemOf,
}

/// The kind of an [`Item`], with its place in the [`Digest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemOf {
    /// One of [`Digest::mentions`].
    Mention(u32),
    /// One of [`Digest::frames`].
    Frame(u32),
}

/// An article on its way into the index.
struct Made {
    digest: Arc<Digest>,
    /// The files that it came from, where they will be known again.
    stamps: Option<Vec<Option<FileStamp>>>,
    failures: Vec<Message>,
    /// True where it was not in the cache.
    fresh: bool,
}

impl Index {
    /// Makes the index of a maker's sets. `progress` is told articles done and articles in all, now and then, and stops the
    /// work by saying `false`: then there is no index. What is read is kept under `.jejak/`, with size and time of the files
    /// that it came from, so that the next time only what has changed is read; what is in memory is taken as it is there.
    ///
    /// # Errors
    /// If the maker's referents cannot be read.
    pub fn build(
        mut snapshot: Snapshot,
        maker: &Name,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Self>, OpenError> {
        snapshot.read_referents(maker)?;
        let snapshot = &snapshot;
        let corpus = snapshot.corpus();
        let articles = corpus.articles();
        let name = cache::name(&corpus.schema, maker);
        let kept = cache::read(snapshot.root(), &name, corpus).unwrap_or_default();
        if !progress(0, articles.len()) {
            return Ok(None);
        }
        let settled = SystemTime::now().checked_sub(SETTLED).and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let settled = settled.map_or(0, |at| u64::try_from(at.as_nanos()).unwrap_or(u64::MAX));
        let mut made: Vec<Made> = Vec::with_capacity(articles.len());
        let make = |_, article: &Arc<Article>| make(snapshot, maker, article, (kept.get(&article.id), settled));
        let stopped = in_order(articles.iter().map(Ok), make, |one| {
            made.push(one);
            let told = made.len().is_multiple_of(64) || made.len() == articles.len();
            if told && !progress(made.len(), articles.len()) { Err(()) } else { Ok(()) }
        });
        if stopped.is_err() {
            return Ok(None);
        }
        if made.iter().any(|made| made.fresh && made.stamps.is_some()) || made.len() < kept.len() {
            cache::write(snapshot.root(), &name, made.iter().map(|made| (&*made.digest, made.stamps.as_deref())));
        }
        let unread = made.iter_mut().flat_map(|made| std::mem::take(&mut made.failures)).collect();
        let digests = made.into_iter().map(|made| made.digest).collect();
        Ok(Some(Self::with(corpus, maker, digests, unread)))
    }

    /// The index of sets that are loaded, all of them: for tests and for what is at hand.
    #[must_use]
    pub fn of(corpus: &Corpus, maker: &Name) -> Self {
        let digest = |article: &Arc<Article>| match corpus.text(&article.id) {
            Some(text) => Digest::of(&corpus.schema, article, text, corpus.set(&article.id, maker)),
            None => Digest::unread(article),
        };
        Self::with(corpus, maker, corpus.articles().iter().map(digest).map(Arc::new).collect(), Vec::new())
    }

    fn with(corpus: &Corpus, maker: &Name, digests: Vec<Arc<Digest>>, unread: Vec<Message>) -> Self {
        let mut index = Self {
            maker: maker.clone(),
            schema: corpus.schema.clone(),
            places: HashMap::new(),
            referents: corpus.all_referents().get(maker).cloned().unwrap_or_default(),
            judgements: corpus.all_judgements().get(maker).cloned().unwrap_or_default(),
            uses: BTreeMap::new(),
            unread,
            digests,
        };
        index.number();
        index
    }

    /// The maker of the sets.
    #[must_use]
    pub fn maker(&self) -> &Name {
        &self.maker
    }

    /// The schema that the sets are read by.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// The digests in the project's order.
    #[must_use]
    pub fn digests(&self) -> &[Arc<Digest>] {
        &self.digests
    }

    /// The digest of an article.
    #[must_use]
    pub fn digest(&self, article: &ArticleId) -> Option<&Arc<Digest>> {
        self.digests.get(self.place(article)?)
    }

    /// The place of an article in [`Index::digests`].
    #[must_use]
    pub fn place(&self, article: &ArticleId) -> Option<usize> {
        self.places.get(article).copied()
    }

    /// The maker's referents.
    #[must_use]
    pub fn referents(&self) -> &Arc<Referents> {
        &self.referents
    }

    /// One referent.
    #[must_use]
    pub fn referent(&self, id: Id) -> Option<&Arc<Referent>> {
        self.referents.get(&id)
    }

    /// The maker's judgements.
    #[must_use]
    pub fn judgements(&self) -> &Arc<Judgements> {
        &self.judgements
    }

    /// The maker's statements about two referents, followed through: judgements, and roles of referents.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::with_roles(&self.judgements, &self.referents)
    }

    /// The mentions and frames of a referent, by article and place.
    #[must_use]
    pub fn uses(&self, referent: Id) -> &[Item] {
        self.uses.get(&referent).map_or(&[], Vec::as_slice)
    }

    /// Every referent that something is of, known or not, with its mentions and frames.
    pub fn used(&self) -> impl Iterator<Item = (Id, &[Item])> {
        self.uses.iter().map(|(id, items)| (*id, items.as_slice()))
    }

    /// The digest that an item is in.
    #[must_use]
    pub fn digest_of(&self, item: Item) -> &Arc<Digest> {
        &self.digests[item.article as usize]
    }

    /// The mention that an item is; none where it is a frame.
    #[must_use]
    pub fn mention(&self, item: Item) -> Option<&Mention> {
        match item.of {
            ItemOf::Mention(at) => self.digest_of(item).mentions.get(at as usize),
            ItemOf::Frame(_) => None,
        }
    }

    /// The frame that an item is; none where it is a mention.
    #[must_use]
    pub fn frame(&self, item: Item) -> Option<&Frame> {
        match item.of {
            ItemOf::Frame(at) => self.digest_of(item).frames.get(at as usize),
            ItemOf::Mention(_) => None,
        }
    }

    /// The id of the mention or frame that an item is, in its set.
    #[must_use]
    pub fn annotation(&self, item: Item) -> Option<Id> {
        self.mention(item).map(|mention| mention.id).or_else(|| self.frame(item).map(|frame| frame.id))
    }

    /// Every frame with its item, by article and place.
    pub fn frames(&self) -> impl Iterator<Item = (Item, &Frame)> {
        (0_u32..).zip(&self.digests).flat_map(|(article, digest)| {
            (0_u32..).zip(&digest.frames).map(move |(at, frame)| (Item { article, of: ItemOf::Frame(at) }, frame))
        })
    }

    /// Every mention with its item, by article and place.
    pub fn mentions(&self) -> impl Iterator<Item = (Item, &Mention)> {
        (0_u32..).zip(&self.digests).flat_map(|(article, digest)| {
            (0_u32..).zip(&digest.mentions).map(move |(at, one)| (Item { article, of: ItemOf::Mention(at) }, one))
        })
    }

    /// The articles and sets that could not be read, a sentence each.
    #[must_use]
    pub fn unread(&self) -> &[Message] {
        &self.unread
    }

    /// Follows a transaction that was applied to the corpus, undone or redone: articles, sets and referents that it
    /// names are taken as the corpus has them now. False where the schema changed, so that the index has to be made anew.
    pub fn follow(&mut self, corpus: &Corpus, transaction: &Transaction) -> bool {
        let files: BTreeSet<&RecordFile> = transaction.edits.iter().map(|edit| &edit.at).collect();
        let (mut schema, mut articles, mut referents) = (false, false, false);
        let mut sets = Vec::new();
        for file in files {
            match file {
                RecordFile::Set((article, maker)) if *maker == self.maker => sets.push(article),
                RecordFile::Referents(maker) if *maker == self.maker => referents = true,
                RecordFile::Articles => articles = true,
                RecordFile::Schema => schema = true,
                RecordFile::Set(_) | RecordFile::Referents(_) | RecordFile::Comments(_) | RecordFile::Runs(_) => {}
            }
        }
        if articles {
            self.update_articles(corpus);
        }
        if referents {
            self.update_referents(corpus);
        }
        for article in sets {
            self.update_article(corpus, article);
        }
        !schema
    }

    /// Takes referents and judgements as the corpus has them now.
    pub fn update_referents(&mut self, corpus: &Corpus) {
        self.referents = corpus.all_referents().get(&self.maker).cloned().unwrap_or_default();
        self.judgements = corpus.all_judgements().get(&self.maker).cloned().unwrap_or_default();
    }

    /// Takes an article as the corpus has it now; does nothing where its text or the set is not loaded.
    pub fn update_article(&mut self, corpus: &Corpus, id: &ArticleId) {
        let (Some(place), Some(article)) = (self.place(id), corpus.article(id)) else { return };
        let (Some(text), Some(set)) = (corpus.text(id), corpus.set(id, &self.maker)) else { return };
        let old = self.digests[place].clone();
        // An empty set that nobody began stands for none.
        let set = Some(set).filter(|set| !set.is_empty() || set.progress() != Progress::New || old.progress.is_some());
        let known = old.article.sha256 == article.sha256 && !old.text.is_empty();
        let new = match known {
            true => Digest::with(&self.schema, article, text, set, || old.text.clone()),
            false => Digest::of(&self.schema, article, text, set),
        };
        self.put(place, Arc::new(new));
    }

    /// Takes the list of articles as the corpus has it now; a new one that is not loaded is empty until it is updated.
    pub fn update_articles(&mut self, corpus: &Corpus) {
        let known: HashMap<ArticleId, Arc<Digest>> =
            self.digests.drain(..).map(|digest| (digest.article.id.clone(), digest)).collect();
        let digest = |article: &Arc<Article>| match known.get(&article.id) {
            Some(known) if Arc::ptr_eq(&known.article, article) => known.clone(),
            Some(known) if known.article.sha256 == article.sha256 => {
                let published = super::digest::published(article);
                Arc::new(Digest { article: article.clone(), published, ..Digest::clone(known) })
            }
            _ => match corpus.text(&article.id) {
                Some(text) => Digest::of(&self.schema, article, text, corpus.set(&article.id, &self.maker)).into(),
                None => Digest::unread(article).into(),
            },
        };
        self.digests = corpus.articles().iter().map(digest).collect();
        self.number();
    }

    /// Puts a digest in place of the one that is there.
    fn put(&mut self, place: usize, digest: Arc<Digest>) {
        let old = std::mem::replace(&mut self.digests[place], digest);
        let article = place as u32;
        for id in old.referents() {
            if let Some(items) = self.uses.get_mut(&id) {
                items.retain(|item| item.article != article);
                if items.is_empty() {
                    self.uses.remove(&id);
                }
            }
        }
        let mut fresh: BTreeMap<Id, Vec<Item>> = BTreeMap::new();
        self.digests[place].list(article, &mut fresh);
        for (id, new) in fresh {
            let items = self.uses.entry(id).or_default();
            let at = items.partition_point(|item| item.article < article);
            items.splice(at..at, new);
        }
    }

    /// Finds places and uses of all digests.
    fn number(&mut self) {
        self.places = self.digests.iter().enumerate().map(|(at, digest)| (digest.article.id.clone(), at)).collect();
        self.uses.clear();
        for (article, digest) in self.digests.iter().enumerate() {
            digest.list(article as u32, &mut self.uses);
        }
    }
}

impl Digest {
    /// Adds what it has of each referent.
    fn list(&self, article: u32, uses: &mut BTreeMap<Id, Vec<Item>>) {
        let mentions = self.mentions.iter().enumerate().map(|(at, one)| (one.referent, ItemOf::Mention(at as u32)));
        let frames = self.frames.iter().enumerate().map(|(at, one)| (one.referent, ItemOf::Frame(at as u32)));
        for (referent, of) in mentions.chain(frames) {
            if let Some(referent) = referent {
                uses.entry(referent).or_default().push(Item { article, of });
            }
        }
    }
}

/// The digest of an article: of what is in memory, else as it was kept, else as the files have it.
fn make(
    snapshot: &Snapshot,
    maker: &Name,
    article: &Arc<Article>,
    (kept, settled): (Option<&cache::Kept>, u64),
) -> Made {
    let corpus = snapshot.corpus();
    if let (Some(text), Some(set)) = (corpus.text(&article.id), corpus.set(&article.id, maker)) {
        let begun = !set.is_empty() || set.progress() != Progress::New;
        let digest = Digest::of(&corpus.schema, article, text, Some(set).filter(|_| begun));
        return Made { digest: digest.into(), stamps: None, failures: Vec::new(), fresh: true };
    }
    let loader = snapshot.loader();
    let maker = std::slice::from_ref(maker);
    if let Some(kept) = kept
        && kept.stamps == loader.stamps(article, maker)
    {
        let digest = kept.digest.clone();
        return Made { digest, stamps: Some(kept.stamps.clone()), failures: Vec::new(), fresh: false };
    }
    let loaded = match loader.read(article, maker) {
        Ok(loaded) => loaded,
        Err(why) => {
            let digest = Arc::new(Digest::unread(article));
            return Made { digest, stamps: None, failures: vec![why.in_words()], fresh: true };
        }
    };
    let failures: Vec<Message> = loaded.failures().collect();
    let digest = Digest::of(&corpus.schema, article, loaded.text(), loaded.found(&maker[0]));
    let stamps = loaded.stamps();
    let settled = stamps.iter().flatten().all(|stamp| stamp.changed < settled);
    Made { digest: digest.into(), stamps: (settled && failures.is_empty()).then_some(stamps), failures, fresh: true }
}
