//! Lint of comments: those that are about something which is not there.
//!
//! | code | severity | meaning |
//! |---|---|---|
//! | `dangling-comment` | warning | a comment answers one that is not there |
//! | `comment-gone` | warning | an open comment is about an annotation that is not there |
//! | `comment-drifted` | warning | the words of an open comment are not in the text as it is now |
//! | `comment-article` | warning | a comment is about an article that is not there |

use super::subject::excerpt;
use crate::lang::Message;
use crate::message;
use crate::model::{AnnotationSet, Comment, Corpus, Id, Name, Problem, Target, Thread};
use crate::text::Text;

/// A problem of a comment, with whose it is and which.
pub type CommentProblem = (Name, Id, Problem);

/// Checks the threads of one article. Of what is settled, only answers to nothing are told: that a comment led
/// to an annotation being deleted is how it should be.
///
/// `set` gives an annotator's set of the article, where it can be read.
#[must_use]
pub fn check_threads<'a>(
    threads: &[Thread],
    text: &Text,
    set: impl Fn(&Name) -> Option<&'a AnnotationSet>,
) -> Vec<CommentProblem> {
    let mut all = Vec::new();
    for thread in threads {
        let (who, first) = thread.first();
        let mut tell = |problem: Problem| all.push((who.clone(), first.id, about(problem, first)));
        if let Target::Comment(whose, id) = &first.on {
            let message = message!("check-dangling-comment", comment = called(who, first), id = id, annotator = whose);
            tell(Problem::warning("dangling-comment", message));
        }
        if thread.resolved {
            continue;
        }
        if let Target::Annotation(whose, id) = &first.on
            && set(whose).is_none_or(|set| set.get(*id).is_none())
        {
            let message = message!("check-comment-gone", comment = called(who, first), id = id, annotator = whose);
            tell(Problem::warning("comment-gone", message));
        } else if first.spans(text).len() < first.at.len() {
            let words = excerpt(&first.words());
            let message = message!("check-comment-drifted", words = words, comment = called(who, first));
            tell(Problem::warning("comment-drifted", message));
        }
    }
    all
}

/// Comments about articles that the project does not have.
#[must_use]
pub fn check_strays(corpus: &Corpus) -> Vec<CommentProblem> {
    let comments = corpus.all_comments();
    let all = comments.iter().flat_map(|(who, all)| all.values().map(move |comment| (who, comment)));
    let stray = |(who, comment): (&Name, &std::sync::Arc<Comment>)| {
        let message = message!("check-comment-article", comment = called(who, comment), article = comment.article);
        (who.clone(), comment.id, about(Problem::warning("comment-article", message), comment))
    };
    all.filter(|(_, comment)| corpus.article(&comment.article).is_none()).map(stray).collect()
}

fn about(problem: Problem, comment: &Comment) -> Problem {
    problem.about(&comment.article, None)
}

fn called(who: &Name, comment: &Comment) -> Message {
    message!("check-comment", id = comment.id, annotator = who, words = excerpt(&comment.text))
}
