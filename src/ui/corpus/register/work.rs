//! The long work that joins, parts and judges entries: one step of undo each.

use std::sync::Arc;

use super::state::Register;
use crate::corpus::Index;
use crate::corpus::register::{Deed, Party};
use crate::model::Verdict;
use crate::t;
use crate::ui::commands::RegisterCommand;
use crate::ui::corpus::long;
use crate::ui::workspace::long_work::LongWork;

/// The work that a command asks for, where it is one; a sentence where there is nothing to do.
pub fn long_work(
    view: &mut Register,
    index: &Arc<Index>,
    command: &RegisterCommand,
) -> Option<Result<LongWork, String>> {
    use RegisterCommand as C;
    match command {
        C::Join => Some(with_both(view, index, |both| Deed::Join(Box::new(both)))),
        C::NotSame => Some(with_both(view, index, |both| Deed::Judge(Box::new(both), Verdict::NotSame))),
        C::Unsure => Some(with_both(view, index, |both| Deed::Judge(Box::new(both), Verdict::Unsure))),
        C::Part => Some(part(view, index)),
        _ => None,
    }
}

fn with_both(view: &mut Register, index: &Index, deed: impl FnOnce([Party; 2]) -> Deed) -> Result<LongWork, String> {
    let both = view.parties(index).ok_or_else(|| t!("register-mark-first").to_owned())?;
    let names = [both[0].name.clone(), both[1].name.clone()];
    let deed = deed(both);
    view.unmark();
    let [one, other] = names;
    let told = match &deed {
        Deed::Judge(_, Verdict::NotSame) => t!("register-are-two", one = one, other = other),
        Deed::Judge(..) => t!("register-are-unsure", one = one, other = other),
        Deed::Join(_) | Deed::Split(..) | Deed::External(..) => t!("register-joined", one = one, other = other),
    };
    Ok(long::deed(index, deed, told))
}

fn part(view: &Register, index: &Index) -> Result<LongWork, String> {
    let [entry] = view.entries()[..] else { return Err(t!("register-tick-first").to_owned()) };
    let parted = view.parted(index);
    let Some(name) = view.parted_name(index) else { return Err(t!("register-tick-first").to_owned()) };
    if parted.len() == entry.mentions.len() {
        return Err(t!("register-not-all").to_owned());
    }
    let told = t!("register-parted", count = parted.len(), name = entry.name);
    Ok(long::deed(index, Deed::Split(Box::new(Party::of(index, entry)), parted, name), told))
}
