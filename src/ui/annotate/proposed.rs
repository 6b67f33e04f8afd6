//! Takes what is proposed for an annotation, or takes away what came along by itself; and says which keys do so.

use super::outcome::{Done, Outcome, commit};
use crate::edit;
use crate::model::{Article, Filler, Id, Kind, Origin, Referent};
use crate::t;
use crate::text::Span;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card::{self, Proposal};

/// Bytes of punctuation that a span may shed at an end.
const SHED: u32 = 3;

/// The selected mention for which something is proposed that Enter takes: with a role armed only one that fills it, at the caret.
pub fn waiting(work: &Workspace) -> Option<Id> {
    let open = work.open.as_ref()?;
    let [id] = open.selected[..] else { return None };
    if open.reader.selection().is_some() {
        return None;
    }
    let (_, set) = work.page()?;
    if work.session.corpus().schema.kind(&set.get(id)?.label) != Kind::Entity {
        return None;
    }
    if let Some((frame, _)) = work.armed() {
        let fills = set.get(frame)?.roles.iter().any(|role| role.filler == Filler::Annotation(id));
        let caret = open.reader.caret();
        // The caret stands where the mouse let go, which may be behind a sign that the span has shed.
        let near = |piece: &Span| (piece.start.saturating_sub(SHED)..=piece.end + SHED).contains(&caret);
        let here = set.get(id)?.at.iter().any(near);
        (fills && here).then_some(())?;
    }
    work.proposal(id).map(|_| id)
}

/// Takes what is proposed for an annotation, and says so.
pub fn take(work: &mut Workspace, id: Id, language: &str) -> Outcome {
    let Some(proposal) = work.proposal(id) else { return Ok(Done::Nothing) };
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(record) = set.get(id) else { return Ok(Done::Nothing) };
    let words = card::short(&card::title(text, record), 40);
    let label = record.label.clone();
    match proposal {
        Proposal::Date { attribute, date } => {
            commit(work, |work| Some(work.set_editor()?.attribute(&[id], &attribute, Some(date.as_str()))))?;
            Done::said(t!("say-date-taken", words = words, date = date))
        }
        Proposal::Known { referent, name } => {
            commit(work, |work| Some(work.set_editor()?.refer(&[id], Some(referent))))?;
            Done::said(t!("say-known", words = words, name = name))
        }
        Proposal::New(name) => {
            let referent = Referent::new(&label, &name, Origin::hand(work.annotator()));
            commit(work, |work| Some(work.set_editor()?.refer_new(&[id], referent)))?;
            Done::said(t!("say-new", words = words, label = work.label_title(&label, language)))
        }
    }
}

/// The sentence about a mention that was just made: who it is, where that came along, or what is proposed for it.
pub fn told(work: &Workspace, id: Id) -> Option<String> {
    let (text, set) = work.page()?;
    let record = set.get(id)?;
    let words = card::short(&card::title(text, record), 40);
    let referents = work.session.corpus().referents(work.owner());
    if let Some(known) = record.referent {
        let name = referents?.get(&known)?.name.clone();
        return Some(t!("say-known", words = words, name = name));
    }
    Some(match work.proposal(id)? {
        Proposal::Date { date, .. } => t!("say-date-proposed", words = words, date = date),
        Proposal::Known { name, .. } => t!("say-known-proposed", words = words, name = name),
        Proposal::New(_) => t!("say-new-proposed", words = words),
    })
}

/// Takes away who or what the selected mentions are, or else the frame of the open card.
pub fn nobody(work: &mut Workspace) -> Outcome {
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let selected = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    let is_somebody = |id: &&Id| set.get(**id).is_some_and(|record| record.referent.is_some());
    let mut ids: Vec<Id> = selected.iter().filter(is_somebody).copied().collect();
    if ids.is_empty() {
        ids = work.subject().iter().filter(is_somebody).copied().collect();
    }
    let Some(first) = ids.first().and_then(|&id| set.get(id)) else { return Done::said(t!("say-nobody-already")) };
    let words = card::short(&card::title(text, first), 40);
    commit(work, |work| Some(work.set_editor()?.refer(&ids, None)))?;
    Done::said(t!("say-nobody", words = words))
}

/// The day and the words of the dateline of an article whose date nobody has told.
pub fn dateline(work: &Workspace) -> Option<(String, String)> {
    let article = work.session.corpus().article(&work.open.as_ref()?.id)?;
    let (text, _) = work.page().filter(|_| article.published.is_empty())?;
    let line = work.dateline()?;
    Some((line.day.to_string(), text.slice(line.at).to_owned()))
}

/// Takes the article's date from its dateline.
pub fn take_dateline(work: &mut Workspace) -> Outcome {
    let Some((text, _)) = work.page() else { return Ok(Done::Nothing) };
    let Some(line) = work.dateline().cloned() else { return Done::said(t!("say-no-dateline")) };
    let words = text.slice(line.at).to_owned();
    let Some(before) = work.open.as_ref().and_then(|open| work.session.corpus().article(&open.id).cloned()) else {
        return Ok(Done::Nothing);
    };
    let after = Article { published: line.day.to_string(), ..Article::clone(&before) };
    let by = work.annotator().clone();
    commit(work, |_| Some(edit::describe(&before, after, &by)))?;
    Done::said(t!("say-published", date = line.day, words = words))
}
