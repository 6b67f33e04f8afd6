//! Reading on several threads: one cuts files into pieces, some make items of these, and the items are handed over in the
//! order of the pieces.

use crate::lang::Message;
use std::convert::Infallible;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{ImportContext, ImportFiles, Item};
use crate::in_order::in_order;
use crate::model::Problem;

/// Files beyond which an import is worth several threads, and bytes of a file.
const FEW_FILES: usize = 16;
const FEW_BYTES: u64 = 1 << 18;
/// Bytes of pieces that are worked on together, so that threads seldom wait for each other.
const TOGETHER: u64 = 1 << 16;
/// Bytes that count for anything beside its own, so that problems are no endless batch.
const EACH: u64 = 256;
/// Bytes that are not worked on beside others: memory would be needed for each.
const LARGE: u64 = 4 << 20;

/// Takes pieces of files, and problems that stand between them.
pub(super) struct Give<'g, P>(&'g mut dyn FnMut(Result<(P, u64), Problem>));

impl<P> Give<'_, P> {
    /// A piece, and how many bytes it has.
    pub(super) fn piece(&mut self, piece: P, bytes: u64) {
        (self.0)(Ok((piece, bytes)));
    }

    /// Something that is wrong at this place.
    pub(super) fn problem(&mut self, problem: Problem) {
        (self.0)(Err(problem));
    }
}

/// Hands over what `take` makes of each piece that `cut` gives, in their order. No more pieces than a few are in memory.
pub(super) fn items<P: Send>(
    source: &ImportFiles,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
    cut: impl FnOnce(&mut Give<'_, P>) + Send,
    take: impl Fn(P, &ImportContext<'_>, &mut dyn FnMut(Item)) + Sync,
) {
    // Pieces that were cut before nobody wanted them any more are not worked on.
    let take = |piece, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)| {
        if !source.is_stopped() {
            take(piece, reading, out);
        }
    };
    if source.is_more_than(FEW_FILES, FEW_BYTES) {
        threaded(reading, out, cut, take);
    } else {
        cut(&mut Give(&mut |given| match given {
            Ok((piece, _)) => take(piece, reading, out),
            Err(problem) => out(Item::Problem(problem)),
        }));
    }
}

/// Hands over what `read` makes of each of these files, in their order; the reason why one cannot be read is a problem.
pub(super) fn files(
    source: &ImportFiles,
    names: Vec<&str>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
    read: impl Fn(&str, &ImportContext<'_>, &mut dyn FnMut(Item)) -> Result<(), Message> + Sync,
) {
    let cut = |give: &mut Give<'_, _>| names.into_iter().for_each(|name| give.piece(name, source.bytes(name)));
    items(source, reading, out, cut, |name, reading, out| {
        if let Err(why) = read(name, reading, out) {
            out(Item::Problem(Problem::error("file", why).at(name, None)));
        }
    });
}

/// Pieces that are worked on together, and what is wrong between them; or what became of them already.
enum PieceBatch<P> {
    Given(Vec<Result<P, Problem>>),
    Made(Vec<Item>),
}

fn threaded<P: Send>(
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
    cut: impl FnOnce(&mut Give<'_, P>) + Send,
    take: impl Fn(P, &ImportContext<'_>, &mut dyn FnMut(Item)) + Sync,
) {
    let (annotator, at, options) = (reading.annotator, reading.at, &reading.options);
    let own = || ImportContext::with(annotator, at, options);
    let make = |given: Vec<Result<P, Problem>>, reading: &ImportContext<'_>| {
        let mut items = Vec::with_capacity(given.len());
        for given in given {
            match given {
                Ok(piece) => take(piece, reading, &mut |item| items.push(item)),
                Err(problem) => items.push(Item::Problem(problem)),
            }
        }
        items
    };
    let make = &make;
    thread::scope(|scope| {
        let (give, batches) = sync_channel(1);
        scope.spawn(move || {
            let reading = own();
            // Nobody takes it where whoever takes items is gone.
            let send = |given: Vec<_>, bytes: u64| {
                let large = bytes > LARGE;
                let _ =
                    give.send(if large { PieceBatch::Made(make(given, &reading)) } else { PieceBatch::Given(given) });
            };
            let (mut batch, mut bytes) = (Vec::new(), 0);
            cut(&mut Give(&mut |given| {
                bytes += EACH + given.as_ref().map_or(0, |(_, bytes)| *bytes);
                batch.push(given.map(|(piece, _)| piece));
                if bytes > TOGETHER {
                    send(std::mem::take(&mut batch), std::mem::take(&mut bytes));
                }
            }));
            send(batch, bytes);
        });
        // Names are kept by each that reads at a time.
        let readings: Mutex<Vec<ImportContext<'_>>> = Mutex::default();
        let readings = || readings.lock().unwrap_or_else(PoisonError::into_inner);
        let work = |_, batch| match batch {
            PieceBatch::Given(given) => {
                let reading = readings().pop().unwrap_or_else(own);
                let items = make(given, &reading);
                readings().push(reading);
                items
            }
            PieceBatch::Made(items) => items,
        };
        let _: Result<_, Infallible> = in_order(batches.into_iter().map(Ok), work, |items| {
            items.into_iter().for_each(&mut *out);
            Ok(())
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Name, Timestamp};

    #[test]
    fn items_come_in_the_order_of_pieces_however_long_each_takes() {
        let name = Name::new("ana");
        let reading = ImportContext::new(&name, Timestamp::from_seconds(0), None);
        let mut said = Vec::new();
        let mut out = |item: Item| match item {
            Item::Problem(problem) => said.push(problem.message.to_string()),
            other => panic!("{other:?}"),
        };
        let cut = |give: &mut Give<'_, u64>| {
            for number in 0..500 {
                match number % 10 {
                    3 => give.problem(Problem::warning("test", crate::lang::Message::verbatim(format!("{number}")))),
                    // Large ones stay where they were cut.
                    7 => give.piece(number, LARGE + 1),
                    _ => give.piece(number, TOGETHER / 3),
                }
            }
        };
        let take = |number: u64, _: &ImportContext<'_>, out: &mut dyn FnMut(Item)| {
            thread::sleep(std::time::Duration::from_micros(number * 7919 % 97));
            for part in 0..number % 3 {
                out(Item::Problem(Problem::warning(
                    "test",
                    crate::lang::Message::verbatim(format!("{number}.{part}")),
                )));
            }
        };
        threaded(&reading, &mut out, cut, take);
        let expected = (0..500_u64).flat_map(|number| match number % 10 {
            3 => vec![number.to_string()],
            _ => (0..number % 3).map(|part| format!("{number}.{part}")).collect(),
        });
        assert_eq!(said, expected.collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_of_a_worker_ends_the_reading() {
        let done = std::panic::catch_unwind(|| {
            let name = Name::new("ana");
            let reading = ImportContext::new(&name, Timestamp::from_seconds(0), None);
            let cut = |give: &mut Give<'_, u64>| (0..100).for_each(|number| give.piece(number, TOGETHER + 1));
            threaded(&reading, &mut |_| {}, cut, |number, _, _| assert!(number < 5, "as it should"));
        });
        assert!(done.is_err());
    }
}
