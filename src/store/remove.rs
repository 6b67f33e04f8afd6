//! The removal of an article with everything that was marked and said about it, as one transaction. Its text stays in the
//! project's folder until the trash is emptied, so that an undo brings it back, and what was marked is kept in the trash.

use super::{Link, StoreError, trash};
use crate::edit::{Edit, Transaction};
use crate::message;
use crate::model::{Article, ArticleId, RecordFile, SetKey};

/// The work that went with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Removed {
    /// Annotations, of all annotators.
    pub annotations: usize,
    /// Comments.
    pub comments: usize,
}

/// Removes an article with its work; gives none where the project does not have it any more.
///
/// # Errors
/// If a set of it cannot be read, or nothing can be written; nothing is changed then.
pub fn remove_article(link: &Link, id: &ArticleId) -> Result<Option<Removed>, StoreError> {
    let by = link.annotator().clone();
    let mut outcome = None;
    // A change that was overtaken is made anew, and its removal is kept once.
    let mut kept = None;
    link.make_change(&mut |project| {
        outcome = None;
        let Some(article) = project.corpus().article(id).cloned() else { return Ok(None) };
        let makers = project.snapshot().makers();
        project.load(&[(article.clone(), makers.clone())])?;
        let corpus = project.corpus();
        let mut removed = Removed::default();
        let mut edits = Vec::new();
        for maker in makers {
            let key: SetKey = (id.clone(), maker);
            let Some(set) = corpus.set(&key.0, &key.1) else {
                return Err(StoreError::Refused(message!("remove-set-unread", article = id, maker = key.1)));
            };
            removed.annotations += set.len();
            let file = RecordFile::from(key);
            let records = corpus.records(&file);
            edits.extend(records.into_iter().map(|record| Edit {
                at: file.clone(),
                before: Some(record),
                after: None,
            }));
        }
        for (who, all) in corpus.all_comments() {
            for comment in all.values().filter(|comment| comment.article == *id) {
                removed.comments += 1;
                edits.push(Edit::new(RecordFile::Comments(who.clone()), Some(comment.clone()), None));
            }
        }
        for (who, all) in corpus.all_runs() {
            let of_it = all.values().filter(|run| run.article == *id);
            edits.extend(of_it.map(|run| Edit::new(RecordFile::Runs(who.clone()), Some(run.clone()), None)));
        }
        // Last, so that an undo begins with it.
        edits.push(Edit::new::<Article>(RecordFile::Articles, Some(article.clone()), None));
        outcome = Some(removed);
        let removal = Transaction { edits, ..Transaction::new("remove an article", &by) };
        link.may_write()?;
        // Before it goes: a history ends some day, and a terminal has none.
        trash::keep(project, &article, &removal, &mut kept)?;
        Ok(Some(removal))
    })?;
    Ok(outcome)
}
