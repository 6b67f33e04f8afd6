//! The long work that says of which place a name is, once for the whole project.

use std::sync::Arc;

use super::places::REGISTER;
use super::state::Map;
use crate::corpus::Index;
use crate::corpus::register::{Deed, Entry, Party, Register, carry_out};
use crate::lang::InWords;
use crate::model::Name;
use crate::store::Link;
use crate::t;
use crate::ui::commands::MapCommand;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

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
    let work = move |link: &Link, _: &Ticket| match carry_out(link, &deed) {
        Ok(_) => WorkEnd::said(told),
        Err(why) => WorkEnd::failed(t!("corpus-unchanged"), why.told()),
    };
    let title = t!("register-working");
    Some(Ok(LongWork {
        title,
        counted: t!("unit-articles"),
        read_only: Some(t!("add-read-only")),
        work: Box::new(work),
    }))
}
