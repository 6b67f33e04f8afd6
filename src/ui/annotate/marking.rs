//! Labels words, gives what is labelled another label, and deletes it; says what became of it.

use super::dialogs::AnnotateDialog;
use super::outcome::{Done, Outcome, commit};
use super::proposed;
use crate::edit::SetEditor;
use crate::model::{Annotation, Filler, Id, Name};
use crate::t;
use crate::text::Span;
use crate::ui::commands::AnnotateCommand;
use crate::ui::workspace::{Workspace, card};

/// Labels fragments, which are selected then. An open card stays open.
pub fn mark(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let about = work.known(label, &at);
    let made = work.set_editor().map(|editor| SetEditor { about, ..editor }.label(label, at));
    let Some((transaction, id)) = made else {
        return Ok(Done::Nothing);
    };
    let found = transaction.is_empty();
    work.commit(transaction)?;
    let card = work.open.as_mut().and_then(|open| open.card.take());
    work.select(vec![id]);
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        // Labelling something in passing leaves the card open.
        open.card = card;
    }
    work.used(id);
    if found {
        return Done::said(t!("say-same-label"));
    }
    Ok(proposed::told(work, id).map_or(Done::Nothing, Done::Said))
}

/// Makes a frame and opens its card.
pub fn new_frame(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let Some((transaction, id)) = work.set_editor().map(|editor| editor.label(label, at)) else {
        return Ok(Done::Nothing);
    };
    work.commit(transaction)?;
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
    }
    work.open_card(id);
    Ok(Done::Nothing)
}

/// Gives annotations another label; asks first where roles would go with it.
pub fn relabel(work: &mut Workspace, ids: &[Id], label: &Name, language: &str) -> Outcome {
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let schema = &work.session.corpus().schema;
    let records: Vec<_> = ids.iter().filter_map(|&id| set.get(id)).filter(|record| record.label != *label).collect();
    let Some(first) = records.first() else { return Done::said(t!("say-same-label")) };
    if let Some(bare) = records.iter().find(|record| !schema.may_be(record, label)) {
        let (what, label) = (named(work, bare, language), work.label_title(label, language));
        return Done::said(t!("say-relabel-no-words", what = what, label = label));
    }
    let def = schema.label(label);
    let lost = |record: &Annotation| {
        record.roles.iter().filter(|role| def.is_none_or(|def| def.role(&role.name).is_none())).count()
    };
    let lost: usize = records.iter().map(|record| lost(record)).sum();
    if lost == 0 {
        return relabel_now(work, ids, label, language);
    }
    let (before, after) = (work.label_title(&first.label, language), work.label_title(label, language));
    Ok(Done::Ask(AnnotateDialog::Confirm {
        title: t!("relabel-title", before = before, words = card::short(&card::title(text, first), 50), after = after),
        message: t!("relabel-loses", count = lost, label = after),
        yes: t!("relabel-yes").to_owned(),
        command: AnnotateCommand::Relabel(ids.to_vec(), label.clone()).into(),
    }))
}

/// Gives annotations another label, and says what they were.
pub fn relabel_now(work: &mut Workspace, ids: &[Id], label: &Name, language: &str) -> Outcome {
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let records = ids.iter().filter_map(|&id| set.get(id)).filter(|record| record.label != *label);
    let before: Vec<(String, String, usize)> = records
        .map(|record| (work.label_title(&record.label, language), card::title(text, record), record.attributes.len()))
        .collect();
    let ids: Vec<Id> = ids.iter().copied().filter(|&id| set.get(id).is_some_and(|it| it.label != *label)).collect();
    commit(work, |work| Some(work.set_editor()?.relabel(&ids, label)))?;
    let label = work.label_title(label, language);
    let Some((was, words, _)) = before.first() else { return Done::said(t!("say-same-label")) };
    let kept: usize = work
        .page()
        .map_or(0, |(_, set)| ids.iter().filter_map(|&id| set.get(id)).map(|record| record.attributes.len()).sum());
    let lost = before.iter().map(|(.., attributes)| attributes).sum::<usize>().saturating_sub(kept);
    let said = match &before[..] {
        [_] => t!("say-relabelled", label = label, words = words, before = was),
        all => t!("say-relabelled-all", label = label, count = all.len()),
    };
    Done::said(if lost == 0 { said } else { t!("say-attributes-lost", said = said, count = lost) })
}

/// Deletes annotations, and says which.
pub fn delete(work: &mut Workspace, ids: &[Id], language: &str) -> Outcome {
    let Some((_, set)) = work.page() else { return Ok(Done::Nothing) };
    let records: Vec<_> = ids.iter().filter_map(|&id| set.get(id)).collect();
    let said = match &records[..] {
        [] => return Done::said(t!("say-annotation-first")),
        [record] => {
            let what = named(work, record, language);
            let filled = fills(work, record, language);
            match filled.is_empty() {
                true => t!("say-deleted", what = what),
                false => t!("say-deleted-filler", what = what, roles = filled.join(", ")),
            }
        }
        all => t!("say-deleted-all", count = all.len()),
    };
    commit(work, |work| Some(work.set_editor()?.delete(ids)))?;
    Done::said(said)
}

/// The roles that an annotation fills: `Traveller of Trip “kunjungan”`.
fn fills(work: &Workspace, record: &Annotation, language: &str) -> Vec<String> {
    let Some((_, set)) = work.page() else { return Vec::new() };
    let mut all = Vec::new();
    for frame in set.referrers(record.id) {
        for role in frame.roles.iter().filter(|role| role.filler == Filler::Annotation(record.id)) {
            let role = work.role_title(frame.id, &role.name, language);
            all.push(t!("role-in-card", role = role, card = named(work, frame, language)));
        }
    }
    all
}

/// An annotation by label and words: `Person “Raka Wirya”`.
pub fn named(work: &Workspace, record: &Annotation, language: &str) -> String {
    let label = work.label_title(&record.label, language);
    match work.page().filter(|_| !record.at.is_empty()) {
        Some((text, _)) => t!("annotation-named", label = label, words = card::short(&card::title(text, record), 40)),
        None => label,
    }
}
