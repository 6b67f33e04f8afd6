//! Gives attributes their values one after the other: each key is about the next one that is not set yet.

use super::ghosts;
use super::outcome::{Done, Outcome, commit};
use crate::model::{AttributeDef, AttributeKind, ChoiceDef};
use crate::t;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card::Details;

/// The next attribute of an annotation that is one of several values and not set yet, and those values.
pub fn next(details: &Details) -> Option<(&AttributeDef, &[ChoiceDef])> {
    details.attributes.iter().filter(|attribute| attribute.value.is_none()).find_map(|attribute| {
        let def = attribute.def.as_ref()?;
        match &def.kind {
            AttributeKind::Choice(choices) => Some((def, &choices[..])),
            AttributeKind::Flag | AttributeKind::Text | AttributeKind::Date => None,
        }
    })
}

/// Gives the next attribute that is not set yet its n-th value, and says so.
pub fn nth(work: &mut Workspace, at: usize, language: &str) -> Outcome {
    if let Some(said) = ghosts::leave_out(work, at, language) {
        return said;
    }
    let details = work.details();
    let Some(details) = details.as_ref() else { return Done::said(t!("say-annotation-first")) };
    let Some((def, choices)) = next(details) else { return Done::said(t!("say-all-set")) };
    let title = def.title.get(language);
    let Some(choice) = choices.get(at) else {
        return Done::said(t!("say-no-such-value", title = title, count = choices.len()));
    };
    let (ids, name) = (work.subject(), def.name.clone());
    commit(work, |work| Some(work.set_editor()?.attribute(&ids, &name, Some(&choice.name))))?;
    Done::said(t!("say-value-set", title = title, value = choice.title.get(language)))
}
