//! Comments in words, as lists and marks have them.

use std::sync::Arc;

use crate::model::{Comment, Mark, Name, Target, Thread};
use crate::t;
use crate::ui::workspace::card;

/// A comment in words: its text, or what it did.
pub fn said(comment: &Comment) -> String {
    match (comment.mark, comment.text.is_empty()) {
        (Mark::None, _) => comment.text.clone(),
        (Mark::Resolved, true) => t!("said-resolved").to_owned(),
        (Mark::Resolved, false) => t!("said-text-resolved", text = comment.text),
        (Mark::Reopened, true) => t!("said-reopened").to_owned(),
        (Mark::Reopened, false) => t!("said-text-reopened", text = comment.text),
    }
}

/// The subject of a thread, in a few words.
pub fn subject(thread: &Thread) -> String {
    let (_, first) = thread.first();
    let words = card::short(&first.words(), 60);
    let about = match (&first.on, words.is_empty()) {
        (Target::Annotation(whose, _), false) => t!("subject-words-annotation", words = words, whose = whose),
        (Target::Annotation(whose, _), true) => t!("subject-annotation", whose = whose),
        (Target::Comment(whose, _), _) => t!("subject-comment", whose = whose),
        (Target::Words, false) => format!("“{words}”"),
        (Target::Words, true) => t!("subject-article").to_owned(),
    };
    match first.to.is_empty() {
        true => about,
        false => t!("subject-for", subject = about, names = first.to.join(", ")),
    }
}

/// Comments of `who` in a thread, the last first.
pub fn own<'a>(thread: &'a Thread, who: &'a Name) -> impl Iterator<Item = &'a Arc<Comment>> {
    thread.comments.iter().rev().filter(move |(by, _)| by == who).map(|(_, comment)| comment)
}
