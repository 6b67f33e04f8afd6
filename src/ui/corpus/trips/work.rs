//! The long work that joins, parts and judges trips: one step of undo each.

use std::sync::Arc;

use super::row::{Row, RowKind};
use super::state::Trips;
use crate::corpus::register::{Deed, Party};
use crate::corpus::{self, FrameKey, Index, Item, Trip};
use crate::model::{Article, Id, Verdict};
use crate::t;
use crate::ui::commands::TripsCommand;
use crate::ui::corpus::long;
use crate::ui::workspace::long_work::LongWork;

/// The work that a command asks for, where it is one; a sentence where there is nothing to do.
pub fn long_work(view: &mut Trips, index: &Arc<Index>, command: &TripsCommand) -> Option<Result<LongWork, String>> {
    use TripsCommand as T;
    match command {
        T::JoinThese(one, other) => Some(join(view, index, [one, other])),
        T::NotSame => Some(judge(view, index, Verdict::NotSame)),
        T::Unsure => Some(judge(view, index, Verdict::Unsure)),
        T::Part => Some(part(view, index)),
        _ => None,
    }
}

/// The two trips that a join is about, that which stays first.
///
/// # Errors
/// One sentence, where there are no two.
pub fn both(view: &Trips, index: &Index) -> Result<[(FrameKey, Trip); 2], String> {
    let [one, other] = view.both().ok_or_else(|| t!("trips-mark-first").to_owned())?;
    // A trip that has an identity keeps it.
    let [one, other] =
        if one.kind == RowKind::Unjoined && other.kind == RowKind::Joined { [other, one] } else { [one, other] };
    let of = |row: &Row| {
        let gone = || t!("trips-mark-first").to_owned();
        let key = row.key.frame_key().ok_or_else(gone)?;
        Ok::<_, String>((key.clone(), trip(index, &key).ok_or_else(gone)?))
    };
    Ok([of(one)?, of(other)?])
}

/// A trip with all that articles tell of it, though a filter keeps a part.
fn trip(index: &Index, key: &FrameKey) -> Option<Trip> {
    let items: Vec<Item> = match key {
        FrameKey::Referent(id) => index.uses(*id).to_vec(),
        FrameKey::Frame(article, id) => {
            let is = |(item, frame): (Item, &corpus::Frame)| {
                (frame.id == *id && index.digest_of(item).article.id == *article).then_some(item)
            };
            index.frames().find_map(is).into_iter().collect()
        }
    };
    corpus::Trips::of(index, &|item| items.contains(&item)).all.into_iter().next()
}

fn join(view: &mut Trips, index: &Index, keys: [&FrameKey; 2]) -> Result<LongWork, String> {
    let [Some(one), Some(other)] = keys.map(|key| trip(index, key)) else {
        return Err(t!("trips-mark-first").to_owned());
    };
    view.unmark();
    let told = t!("register-joined", one = one.name(index), other = other.name(index));
    Ok(long::deed(index, Deed::Join(Box::new([Party::of_trip(index, &one), Party::of_trip(index, &other)])), told))
}

fn judge(view: &mut Trips, index: &Index, verdict: Verdict) -> Result<LongWork, String> {
    let [(_, one), (_, other)] = both(view, index)?;
    view.unmark();
    let names = [one.name(index), other.name(index)];
    let told = match verdict {
        Verdict::NotSame => t!("register-are-two", one = names[0], other = names[1]),
        _ => t!("register-are-unsure", one = names[0], other = names[1]),
    };
    Ok(long::deed(
        index,
        Deed::Judge(Box::new([Party::of_trip(index, &one), Party::of_trip(index, &other)]), verdict),
        told,
    ))
}

fn part(view: &Trips, index: &Index) -> Result<LongWork, String> {
    let none = || t!("trips-cell-first").to_owned();
    let (row, cell) = view.current().zip(view.cell()).ok_or_else(none)?;
    let Some(key @ FrameKey::Referent(_)) = row.key.frame_key() else { return Err(none()) };
    let (Some(whole), Some(parted)) =
        (trip(index, &key), corpus::Trips::of(index, &|item| cell.items.contains(&item)).all.into_iter().next())
    else {
        return Err(none());
    };
    if cell.items.len() == whole.frames.len() {
        return Err(t!("trips-not-all").to_owned());
    }
    // It is called by what it tells, and not as the trip that it was taken for.
    let name = parted.told_name(index);
    let annotations: Vec<(Arc<Article>, Id)> = cell
        .items
        .iter()
        .filter_map(|item| Some((index.digest_of(*item).article.clone(), index.annotation(*item)?)))
        .collect();
    let told = t!("trips-parted", name = name, other = whole.name(index));
    Ok(long::deed(index, Deed::Split(Box::new(Party::of_trip(index, &whole)), annotations, name), told))
}
