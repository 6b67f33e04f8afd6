//! The threads of comments that one may see.

use std::collections::HashMap;

use crate::model::{ArticleId, Corpus, Id, Name, Thread, threads};

/// A comment's name in the project: whose, and which.
pub type Key = (Name, Id);

/// The threads that are shown, and how many of them are open in each article.
#[derive(Debug, Default)]
pub struct Threads {
    /// The open ones first, then by article and time.
    pub all: Vec<Thread>,
    /// Articles with open threads.
    pub open: HashMap<ArticleId, usize>,
}

impl Threads {
    /// The threads of a project that `who` may see: in a blind project those that are their business, while nobody
    /// reviews.
    pub fn of(corpus: &Corpus, annotator: &Name, everybody: bool) -> Self {
        let seen = |thread: &Thread| everybody || corpus.project.open_sets || thread.concerns(annotator);
        let mut all: Vec<Thread> = threads(corpus.all_comments()).into_iter().filter(seen).collect();
        all.sort_by_key(|thread| thread.resolved);
        let mut open: HashMap<ArticleId, usize> = HashMap::new();
        for thread in all.iter().filter(|thread| !thread.resolved) {
            *open.entry(thread.article().clone()).or_default() += 1;
        }
        Self { all, open }
    }

    /// The thread that begins with this comment.
    pub fn get(&self, key: &Key) -> Option<&Thread> {
        self.all.iter().find(|thread| key_of(thread) == *key)
    }
}

/// The key of a thread.
pub fn key_of(thread: &Thread) -> Key {
    let (who, first) = thread.first();
    (who.clone(), first.id)
}
