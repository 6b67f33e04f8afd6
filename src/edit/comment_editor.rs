//! Transactions on comments.

use std::sync::Arc;

use super::{Edit, Focus, Transaction};
use crate::model::{
    ArticleId, Comment, Corpus, Id, Mark, Name, Origin, Quote, RecordFile, Target, Thread, Timestamp, digest,
};

/// Makes transactions on one person's comments; like [`super::SetEditor`], it changes nothing itself.
#[derive(Debug, Clone, Copy)]
pub struct CommentEditor<'a> {
    corpus: &'a Corpus,
    by: &'a Name,
}

impl<'a> CommentEditor<'a> {
    /// Returns an editor of the comments that `by` writes.
    #[must_use]
    pub fn new(corpus: &'a Corpus, by: &'a Name) -> Self {
        Self { corpus, by }
    }

    /// Adds a comment about an annotation, words or an article. No words are no comment.
    ///
    /// Gives the id of the comment beside the transaction.
    #[must_use]
    pub fn add(&self, article: &ArticleId, on: Target, at: Vec<Quote>, text: &str) -> (Transaction, Id) {
        let comment = Comment { on, at, text: text.trim().to_owned(), ..self.blank(article) };
        let id = comment.id;
        (self.write("comment", comment), id)
    }

    /// Adds the same words about what several people have, for each a comment of their own: nobody who works blind sees
    /// what another one answers.
    #[must_use]
    pub fn add_for(&self, article: &ArticleId, to: Vec<(Name, Target)>, at: &[Quote], text: &str) -> Transaction {
        let mut all = Transaction::new("comment", self.by);
        for (name, on) in to {
            let (at, text) = (at.to_vec(), text.trim().to_owned());
            let one = self.write("comment", Comment { on, at, text, to: vec![name], ..self.blank(article) });
            all.edits.extend(one.edits);
            all.focus = all.focus.or(one.focus);
        }
        all
    }

    /// Answers in a thread: with words, by settling it or by opening it again. Gives nothing to do where there are no
    /// words and no mark.
    #[must_use]
    pub fn answer(&self, thread: &Thread, text: &str, mark: Mark) -> Transaction {
        let (who, first) = thread.first();
        // Answers all answer the first one, so that a thread has no depth to get lost in.
        let on = match &first.on {
            Target::Comment(who, gone) => Target::Comment(who.clone(), *gone),
            Target::Words | Target::Annotation(..) => Target::Comment(who.clone(), first.id),
        };
        let blank = self.blank(thread.article());
        let origin = Origin { at: thread.after(), ..blank.origin.clone() };
        let title = match mark {
            Mark::None => "answer a comment",
            Mark::Resolved => "resolve a comment",
            Mark::Reopened => "reopen a comment",
        };
        self.write(title, Comment { on, text: text.trim().to_owned(), mark, origin, ..blank })
    }

    /// Says something else in place of what one has said; with no words at all the comment is deleted.
    #[must_use]
    pub fn reword(&self, id: Id, text: &str) -> Transaction {
        let text = text.trim();
        let Some(before) = self.get(id) else { return Transaction::new("reword a comment", self.by) };
        if text.is_empty() && before.mark == Mark::None {
            return self.delete(id);
        }
        if before.text == text {
            return Transaction::new("reword a comment", self.by);
        }
        let after = Comment { text: text.to_owned(), reworded: Some(Timestamp::now()), ..Comment::clone(before) };
        self.change("reword a comment", Some(before), Some(after))
    }

    /// Deletes one's own comment; answers of others stay.
    #[must_use]
    pub fn delete(&self, id: Id) -> Transaction {
        match self.get(id) {
            Some(before) => self.change("delete a comment", Some(before), None),
            None => Transaction::new("delete a comment", self.by),
        }
    }

    fn get(&self, id: Id) -> Option<&'a Arc<Comment>> {
        self.corpus.comments(self.by)?.get(&id)
    }

    fn blank(&self, article: &ArticleId) -> Comment {
        Comment {
            id: Id::fresh(|id| self.corpus.comments(self.by).is_some_and(|all| all.contains_key(&id))),
            article: article.clone(),
            digest: self.corpus.article(article).map_or_else(String::new, |it| digest(&it.sha256).to_owned()),
            on: Target::Words,
            to: Vec::new(),
            at: Vec::new(),
            text: String::new(),
            mark: Mark::None,
            reworded: None,
            origin: Origin::hand(self.by),
        }
    }

    fn write(&self, title: &str, comment: Comment) -> Transaction {
        if comment.text.is_empty() && comment.mark == Mark::None {
            return Transaction::new(title, self.by);
        }
        self.change(title, None, Some(comment))
    }

    fn change(&self, title: &str, before: Option<&Arc<Comment>>, after: Option<Comment>) -> Transaction {
        let (before, after) = (before.cloned(), after.map(Arc::new));
        let focus = after.as_ref().or(before.as_ref()).map(|comment| Focus {
            article: comment.article.clone(),
            annotator: self.by.clone(),
            annotation: match &comment.on {
                Target::Annotation(whose, id) if whose == self.by => Some(*id),
                _ => None,
            },
        });
        let edits = vec![Edit::new(RecordFile::Comments(self.by.clone()), before, after)];
        Transaction { focus, edits, ..Transaction::new(title, self.by) }
    }
}
