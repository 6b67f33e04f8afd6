//! Reading on several threads: one cuts files into pieces, some make items of these, and the items are handed over in the
//! order of the pieces.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::{Item, Reading, Source};
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
/// Threads at most; the cutting of files keeps no more of them busy.
const WORKERS: usize = 4;

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
pub(super) fn in_order<P: Send>(
    source: &Source,
    reading: &Reading<'_>,
    out: &mut dyn FnMut(Item),
    cut: impl FnOnce(&mut Give<'_, P>) + Send,
    take: impl Fn(P, &Reading<'_>, &mut dyn FnMut(Item)) + Sync,
) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(WORKERS);
    if threads > 1 && source.is_more_than(FEW_FILES, FEW_BYTES) {
        threaded(threads, reading, out, cut, take);
    } else {
        cut(&mut Give(&mut |given| match given {
            Ok((piece, _)) => take(piece, reading, out),
            Err(problem) => out(Item::Problem(problem)),
        }));
    }
}

/// Hands over what `read` makes of each of these files, in their order; the reason why one cannot be read is a problem.
pub(super) fn files(
    source: &Source,
    names: Vec<&str>,
    reading: &Reading<'_>,
    out: &mut dyn FnMut(Item),
    read: impl Fn(&str, &Reading<'_>, &mut dyn FnMut(Item)) -> Result<(), String> + Sync,
) {
    let cut = |give: &mut Give<'_, _>| names.into_iter().for_each(|name| give.piece(name, source.bytes(name)));
    in_order(source, reading, out, cut, |name, reading, out| {
        if let Err(why) = read(name, reading, out) {
            out(Item::Problem(Problem::error("file", why).at(name, None)));
        }
    });
}

/// Pieces that are worked on together, and what is wrong between them.
type Batch<P> = Vec<Result<P, Problem>>;
/// What becomes of a batch, once it is there.
type Made = Receiver<Vec<Item>>;

fn threaded<P: Send>(
    threads: usize,
    reading: &Reading<'_>,
    out: &mut dyn FnMut(Item),
    cut: impl FnOnce(&mut Give<'_, P>) + Send,
    take: impl Fn(P, &Reading<'_>, &mut dyn FnMut(Item)) + Sync,
) {
    let (annotator, at, unit) = (reading.annotator, reading.at, reading.unit);
    // Names are kept by each thread for itself.
    let own = || Reading::new(annotator, at, unit);
    let make = |batch: Batch<P>, reading: &Reading<'_>| {
        let mut items = Vec::with_capacity(batch.len());
        for given in batch {
            match given {
                Ok(piece) => take(piece, reading, &mut |item| items.push(item)),
                Err(problem) => items.push(Item::Problem(problem)),
            }
        }
        items
    };
    let make = &make;
    thread::scope(|scope| {
        // This queue alone holds back whoever cuts: no batch is at work whose place in it is not taken.
        let (places, made): (SyncSender<Made>, Receiver<Made>) = sync_channel(2 * threads);
        let (batches, work) = channel::<(Batch<P>, Sender<Vec<Item>>)>();
        // Of the workers alone, so that nobody waits for a batch when they are gone.
        let work = Arc::new(Mutex::new(work));
        for _ in 0..threads {
            let work = work.clone();
            scope.spawn(move || {
                let reading = own();
                loop {
                    let next = work.lock().ok().and_then(|work| work.recv().ok());
                    let Some((batch, done)) = next else { break };
                    // Nobody waits for it where whoever takes items is gone.
                    let _ = done.send(make(batch, &reading));
                }
            });
        }
        drop(work);
        scope.spawn(move || {
            let reading = own();
            let send = |batch: Batch<P>, bytes: u64| {
                let (done, items) = channel();
                if batch.is_empty() || places.send(items).is_err() {
                    return;
                }
                if bytes > LARGE {
                    let _ = done.send(make(batch, &reading));
                } else {
                    let _ = batches.send((batch, done));
                }
            };
            let (mut batch, mut bytes) = (Batch::new(), 0);
            cut(&mut Give(&mut |given| {
                bytes += EACH + given.as_ref().map_or(0, |(_, bytes)| *bytes);
                batch.push(given.map(|(piece, _)| piece));
                if bytes > TOGETHER {
                    send(std::mem::take(&mut batch), std::mem::take(&mut bytes));
                }
            }));
            send(batch, bytes);
        });
        for items in made {
            items.recv().unwrap_or_default().into_iter().for_each(&mut *out);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Name, Timestamp};

    #[test]
    fn items_come_in_the_order_of_pieces_however_long_each_takes() {
        let name = Name::new("gold");
        let reading = Reading::new(&name, Timestamp::from_seconds(0), None);
        let mut said = Vec::new();
        let mut out = |item: Item| match item {
            Item::Problem(problem) => said.push(problem.message),
            other => panic!("{other:?}"),
        };
        let cut = |give: &mut Give<'_, u64>| {
            for number in 0..500 {
                match number % 10 {
                    3 => give.problem(Problem::warning("test", format!("{number}"))),
                    // Large ones stay where they were cut.
                    7 => give.piece(number, LARGE + 1),
                    _ => give.piece(number, TOGETHER / 3),
                }
            }
        };
        let take = |number: u64, _: &Reading<'_>, out: &mut dyn FnMut(Item)| {
            thread::sleep(std::time::Duration::from_micros(number * 7919 % 97));
            for part in 0..number % 3 {
                out(Item::Problem(Problem::warning("test", format!("{number}.{part}"))));
            }
        };
        threaded(3, &reading, &mut out, cut, take);
        let expected = (0..500_u64).flat_map(|number| match number % 10 {
            3 => vec![number.to_string()],
            _ => (0..number % 3).map(|part| format!("{number}.{part}")).collect(),
        });
        assert_eq!(said, expected.collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_of_a_worker_ends_the_reading() {
        let done = std::panic::catch_unwind(|| {
            let name = Name::new("gold");
            let reading = Reading::new(&name, Timestamp::from_seconds(0), None);
            let cut = |give: &mut Give<'_, u64>| (0..100).for_each(|number| give.piece(number, TOGETHER + 1));
            threaded(2, &reading, &mut |_| {}, cut, |number, _, _| assert!(number < 5, "as it should"));
        });
        assert!(done.is_err());
    }
}
