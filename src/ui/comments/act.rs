//! Does what commands about comments say.

use super::list::CommentList;
use crate::edit::CommentEditor;
use crate::model::{ArticleId, Mark, Name, Quote, Target};
use crate::review::{Case, Review, State, Verdict};
use crate::t;
use crate::text::Span;
use crate::ui::commands::{CommentsCommand, NewComment};
use crate::ui::widgets::text_dialog::{Addressee, TextDialog, TextFor};
use crate::ui::workspace::cx::{self, Cx};
use crate::ui::workspace::{Workspace, card};

/// Something that a command about comments asks.
pub enum CommentsDialog {
    /// A text to write.
    Text(Box<TextDialog>),
    /// The list of all threads.
    List(Box<CommentList>),
}

type Done = cx::Done<CommentsDialog>;
type Outcome = cx::Outcome<CommentsDialog>;

/// Does what a command about comments says.
///
/// # Errors
/// One sentence, where it cannot be kept.
pub fn perform(cx: &mut Cx<'_>, command: CommentsCommand) -> Outcome {
    use CommentsCommand as C;
    let work = &mut *cx.workspace;
    let gone = || Done::said(t!("comment-gone"));
    let threads = work.threads(true);
    let me = work.annotator().clone();
    let comments = CommentEditor::new(work.session.corpus(), &me);
    let transaction = match command {
        C::Ask => return Ok(ask(work).map_or(Done::Nothing, Done::Ask)),
        C::List(at) => return Ok(Done::Ask(CommentsDialog::List(Box::new(CommentList::new(at))))),
        C::Answer(key) => {
            let Some(thread) = threads.get(&key) else { return gone() };
            let title = t!("comment-answer", words = card::short(&thread.first().1.text, 60));
            return Ok(Done::Ask(text_for(title, "", TextFor::Answer(key))));
        }
        C::Reword(id) => {
            let comments = work.session.corpus().comments(&me);
            let Some(comment) = comments.and_then(|all| all.get(&id)) else { return gone() };
            return Ok(Done::Ask(text_for(t!("comment-yours").to_owned(), &comment.text, TextFor::Reword(id))));
        }
        C::GoTo(key) => {
            let Some(thread) = threads.get(&key) else { return gone() };
            let (_, first) = thread.first();
            let own = match &first.on {
                Target::Annotation(whose, id) if *whose == me => Some(*id),
                _ => None,
            };
            work.show_place(cx.jobs, &first.article, own, first.at.clone());
            return Ok(Done::Nothing);
        }
        C::Resolve(key) => {
            let Some(thread) = threads.get(&key) else { return gone() };
            comments.answer(thread, "", if thread.resolved { Mark::Reopened } else { Mark::Resolved })
        }
        C::Delete(id) => comments.delete(id),
        C::Write(comment) => {
            let NewComment { article, on, to, at, text } = *comment;
            match to.is_empty() {
                true => comments.add(&article, on, at, &text).0,
                false => comments.add_for(&article, to, &at, &text),
            }
        }
        C::WriteAnswer(key, text) => {
            let Some(thread) = threads.get(&key) else { return gone() };
            comments.answer(thread, &text, Mark::None)
        }
        C::WriteAnew(id, text) => comments.reword(id, &text),
    };
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

/// The dialog for a new comment on the selected words, else on the selected annotation, else on the article as a whole.
fn ask(work: &Workspace) -> Option<CommentsDialog> {
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
    Some(write(&article, on, at, Vec::new()))
}

/// The dialog for a new comment while one reviews: on what the first annotator has who has it, and meant for those whose
/// reading is not the adopted one, `adopted` or the one that was decided for.
pub fn ask_about(work: &Workspace, review: &Review, case: &Case, adopted: Option<usize>) -> Option<CommentsDialog> {
    let unit = &review.units[case.unit];
    let corpus = work.session.corpus();
    let text = corpus.text(&review.article)?;
    let members = review.annotators.iter().zip(&unit.members).chain([(&review.gold, &unit.gold)]);
    let (whose, id) = members.filter_map(|(name, id)| Some((name.clone(), (*id)?))).next()?;
    let record = corpus.annotation(&review.article, &whose, id)?;
    let at: Vec<Quote> = record.at.iter().map(|&span| Quote::of(text, span)).collect();
    let row = review.row(case);
    let right = adopted.map(|voter| row.reading_of(voter)).or(match &unit.states[case.row] {
        State::Decided(Verdict::Reading(reading), _) => Some(Some(*reading)),
        State::Decided(Verdict::Nothing | Verdict::Own, _) => Some(None),
        _ => None,
    });
    let addressee = |(voter, name): (usize, &Name)| Addressee {
        name: name.clone(),
        on: unit.members[voter].map_or(Target::Words, |id| Target::Annotation(name.clone(), id)),
        chosen: right.is_some_and(|right| row.reading_of(voter) != right),
    };
    let people = review.annotators.iter().enumerate().filter(|(_, name)| *name != work.annotator());
    Some(write(&review.article, Target::Annotation(whose, id), at, people.map(addressee).collect()))
}

fn write(article: &ArticleId, on: Target, at: Vec<Quote>, to: Vec<Addressee>) -> CommentsDialog {
    let words = card::short(&at.iter().map(|quote| quote.2.as_str()).collect::<Vec<_>>().join(" … "), 60);
    let title = match (&on, at.is_empty()) {
        (Target::Annotation(..), true) => t!("comment-on-annotation").to_owned(),
        (_, true) => t!("comment-on-article").to_owned(),
        (_, false) => t!("comment-on-words", words = words),
    };
    text_for(title, "", TextFor::Comment { article: article.clone(), on, at, to })
}

fn text_for(title: String, text: &str, target: TextFor) -> CommentsDialog {
    CommentsDialog::Text(Box::new(TextDialog::new(title, text, true, target)))
}
