//! The long work that says of which place a name is, once for the whole project.

use std::sync::Arc;

use super::places::REGISTER;
use super::state::Map;
use crate::corpus::Index;
use crate::corpus::register::{Deed, Entry, Party, Register};
use crate::model::Name;
use crate::t;
use crate::ui::commands::MapCommand;
use crate::ui::corpus::long;
use crate::ui::workspace::long_work::LongWork;

/// The work that a command asks for, where it is one; a sentence where there is nothing to do.
pub fn long_work(view: &Map, index: &Arc<Index>, command: &MapCommand) -> Option<Result<LongWork, String>> {
    let MapCommand::Resolve(id) = command else { return None };
    let Some(open) = view.open().map(|at| &view.shown.open[at]) else {
        return Some(Err(t!("map-choose-first").to_owned()));
    };
    let all = Register::of(index, &|_| true);
    let same = |entry: &&Entry| match open.referent {
        Some(id) => entry.referent == Some(id),
        None => {
            entry.referent.is_none()
                && entry.label == open.label
                && entry.name.to_lowercase() == open.name.to_lowercase()
        }
    };
    let Some(party) = all.entries.iter().find(same).map(|entry| Party::of(index, entry)) else {
        return Some(Err(t!("map-no-mention").to_owned()));
    };
    let told = t!("map-resolved", name = open.name, id = id.to_string());
    let deed = Deed::External(Box::new(party), Name::new(REGISTER), id.to_string());
    Some(Ok(long::deed(index, deed, told)))
}
