//! Comments in the window: what is said about what is selected, the list of all threads, and their marks in the text.

mod list;
mod marks;
mod thread_ui;

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui;

use crate::edit::{Remarks, Transaction};
use crate::model::{ArticleId, Comment, Id, Mark, Name, Quote, Target, Thread, threads};
use crate::review::{Case, Review};
use crate::t;
use crate::text::Span;
use crate::ui::commands::Command;
use crate::ui::shell::dispatch::Done;
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::Workspace;

pub use list::{Asked, CommentList};
pub use marks::marks;
pub use thread_ui::about;

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
    pub fn of(work: &Workspace, everybody: bool) -> Self {
        let corpus = work.session.corpus();
        let seen = |thread: &Thread| everybody || corpus.project.open_sets || thread.concerns(work.annotator());
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

/// What a thread is known by.
pub fn key_of(thread: &Thread) -> Key {
    let (who, first) = thread.first();
    (who.clone(), first.id)
}

/// What a new comment is about: the selected words, else the selected annotation, else the article as a whole.
pub fn ask(work: &Workspace) -> Option<Overlay> {
    let (article, whose) = work.key()?;
    let open = work.open.as_ref()?;
    let (text, set) = work.page()?;
    let quotes = |at: &[Span]| at.iter().map(|&span| Quote::of(text, span)).collect::<Vec<_>>();
    let selected = open.selected.first().and_then(|&id| set.get(id));
    let (on, at) = match (open.reader.selection(), selected) {
        (Some(span), _) => (Target::Words, quotes(&[span])),
        (None, Some(record)) => (Target::Annotation(whose, record.id), quotes(&record.at)),
        (None, None) => (Target::Words, Vec::new()),
    };
    Some(write(&article, on, at))
}

/// What a new comment is about while one reviews: what the first annotator has who has it.
pub fn ask_about(work: &Workspace, review: &Review, case: &Case) -> Option<Overlay> {
    let unit = &review.units[case.unit];
    let text = work.session.corpus().text(&review.article)?;
    let members = review.annotators.iter().zip(&unit.members).chain([(&review.gold, &unit.gold)]);
    let (whose, id) = members.filter_map(|(name, id)| Some((name.clone(), (*id)?))).next()?;
    let record = work.session.corpus().annotation(&review.article, &whose, id)?;
    let at = record.at.iter().map(|&span| Quote::of(text, span)).collect();
    Some(write(&review.article, Target::Annotation(whose, id), at))
}

/// The dialog for a new comment.
pub fn write(article: &ArticleId, on: Target, at: Vec<Quote>) -> Overlay {
    let words =
        crate::ui::workspace::card::short(&at.iter().map(|quote| quote.2.as_str()).collect::<Vec<_>>().join(" … "), 60);
    let title = match (&on, at.is_empty()) {
        (Target::Annotation(..), true) => t!("comment-on-annotation").to_owned(),
        (_, true) => t!("comment-on-article").to_owned(),
        (_, false) => t!("comment-on-words", words = words),
    };
    let target = TextFor::Comment { article: article.clone(), on, at };
    Overlay::Text(Box::new(TextDialog::new(title, "", true, target)))
}

/// Whether a command is about a comment that is there.
pub fn is_about(command: &Command) -> bool {
    matches!(
        command,
        Command::AnswerComment(_)
            | Command::ResolveComment(_)
            | Command::RewordComment(_)
            | Command::DeleteComment(_)
            | Command::GoToComment(_)
    )
}

/// Does what a command about comments says.
///
/// # Errors
/// One sentence, where it cannot be kept.
pub fn perform(ctx: &egui::Context, work: &mut Workspace, command: &Command) -> Result<Done, String> {
    let gone = || Ok(Done::Said(t!("comment-gone").to_owned()));
    let threads = work.threads(true);
    let me = work.annotator().clone();
    let remarks = Remarks::new(work.session.corpus(), &me);
    let transaction = match command {
        Command::AnswerComment(key) => {
            let Some(thread) = threads.get(key) else { return gone() };
            let title = t!("comment-answer", words = crate::ui::workspace::card::short(&thread.first().1.text, 60));
            return Ok(ask_for(title, "", TextFor::Answer(key.clone())));
        }
        Command::RewordComment(id) => {
            let comments = work.session.corpus().comments(&me);
            let Some(comment) = comments.and_then(|all| all.get(id)) else { return gone() };
            return Ok(ask_for(t!("comment-yours").to_owned(), &comment.text, TextFor::Reword(*id)));
        }
        Command::GoToComment(key) => {
            let Some(thread) = threads.get(key) else { return gone() };
            let (_, first) = thread.first();
            let own = match &first.on {
                Target::Annotation(whose, id) if *whose == me => Some(*id),
                _ => None,
            };
            work.show_place(ctx, &first.article, own, first.at.clone());
            return Ok(Done::Nothing);
        }
        Command::ResolveComment(key) => {
            let Some(thread) = threads.get(key) else { return gone() };
            remarks.answer(thread, "", if thread.resolved { Mark::Reopened } else { Mark::Resolved })
        }
        Command::DeleteComment(id) => remarks.unsay(*id),
        _ => return Ok(Done::Nothing),
    };
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

fn ask_for(title: String, text: &str, target: TextFor) -> Done {
    Overlay::Text(Box::new(TextDialog::new(title, text, true, target))).into()
}

/// What is written in a dialog becomes a comment; none where the dialog is about something else.
pub fn written(work: &mut Workspace, target: &TextFor, text: &str) -> Option<Transaction> {
    let threads = work.threads(true);
    let remarks = Remarks::new(work.session.corpus(), work.annotator());
    match target {
        TextFor::Comment { article, on, at } => Some(remarks.say(article, on.clone(), at.clone(), text).0),
        TextFor::Answer(key) => threads.get(key).map(|thread| remarks.answer(thread, text, Mark::None)),
        TextFor::Reword(id) => Some(remarks.reword(*id, text)),
        TextFor::Note(_) | TextFor::Attribute { .. } | TextFor::Annotator | TextFor::Gap => None,
    }
}

/// A comment in words: its text, or what it did.
fn said(comment: &Comment) -> String {
    match (comment.mark, comment.text.is_empty()) {
        (Mark::None, _) => comment.text.clone(),
        (Mark::Resolved, true) => t!("said-resolved").to_owned(),
        (Mark::Resolved, false) => t!("said-text-resolved", text = comment.text),
        (Mark::Reopened, true) => t!("said-reopened").to_owned(),
        (Mark::Reopened, false) => t!("said-text-reopened", text = comment.text),
    }
}

/// What a thread is about, in a few words.
fn subject(thread: &Thread) -> String {
    let (_, first) = thread.first();
    let words = crate::ui::workspace::card::short(&first.words(), 60);
    match (&first.on, words.is_empty()) {
        (Target::Annotation(whose, _), false) => t!("subject-words-annotation", words = words, whose = whose),
        (Target::Annotation(whose, _), true) => t!("subject-annotation", whose = whose),
        (Target::Comment(whose, _), _) => t!("subject-comment", whose = whose),
        (Target::Words, false) => format!("“{words}”"),
        (Target::Words, true) => t!("subject-article").to_owned(),
    }
}

/// Comments of `who` in a thread, the last first.
fn own<'a>(thread: &'a Thread, who: &'a Name) -> impl Iterator<Item = &'a Arc<Comment>> {
    thread.comments.iter().rev().filter(move |(by, _)| by == who).map(|(_, comment)| comment)
}
