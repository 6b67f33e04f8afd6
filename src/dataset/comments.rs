//! The comments that go with the sets of a data set.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{ArticleId, Comment, Comments, Corpus, Name, Thread, threads};

/// The comments of a project that go with the sets of a plan, by the article that they are about.
///
/// A data set goes out of the house, so it tells no more of what people say than its annotators may see themselves: where
/// they work blind, the threads that are the business of one whose set is written ([`Thread::concerns`]); in an open project
/// all. Threads go as a whole, with the answers of others, as they are shown. Those about annotations of sets that are not
/// written are left out once the annotations are known (`Plan::page`).
pub(super) struct CommentSelection(HashMap<ArticleId, Vec<(Name, Arc<Comment>)>>, HashMap<Name, Comments>);

impl CommentSelection {
    /// Chooses the comments that go with the sets of these annotators.
    pub fn of(annotators: &[Name], corpus: &Corpus) -> Self {
        let open = corpus.project.open_sets;
        let goes = |thread: &Thread| open || annotators.iter().any(|who| thread.concerns(who));
        let mut selection = Self(HashMap::new(), HashMap::new());
        let chosen = threads(corpus.all_comments()).into_iter().filter(goes);
        for (who, comment) in chosen.flat_map(|thread| thread.comments) {
            if corpus.article(&comment.article).is_some() {
                selection.0.entry(comment.article.clone()).or_default().push((who, comment));
            } else {
                selection.1.entry(who).or_default().insert(comment.id, comment);
            }
        }
        selection
    }

    /// Returns the comments about an article.
    pub fn about(&self, article: &ArticleId) -> Vec<(Name, Arc<Comment>)> {
        self.0.get(article).cloned().unwrap_or_default()
    }

    /// Returns the comments of a person about articles that the project does not have.
    pub fn strays(&self, who: &Name) -> Comments {
        self.1.get(who).cloned().unwrap_or_default()
    }
}
