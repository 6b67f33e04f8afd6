//! Work on every processor, with what becomes of it in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

/// Items that may be on their way for each thread: enough that none waits for another's long one.
const AHEAD: usize = 8;

/// Does `work` on items on as many threads as there are processors, and hands what becomes of them to `take` in the
/// order of the items. Items are fetched and results taken on the calling thread; only a few are on their way at a time.
/// Each thread has a state of its own, made by `begin`; all of them are given back.
///
/// # Errors
/// The first error of an item or of `take`; nothing more is fetched or taken then.
///
/// # Panics
/// As `work` does.
pub(super) fn in_order<I: Send, O: Send, S: Send, E>(
    mut items: impl Iterator<Item = Result<I, E>>,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize, I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<Vec<S>, E> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(16);
    let most = threads * AHEAD;
    let (give, fetch) = sync_channel::<(usize, I)>(most);
    let (done, results) = sync_channel(most);
    let fetch = Mutex::new(fetch);
    let run = |done: std::sync::mpsc::SyncSender<_>| {
        let mut state = begin();
        let next = || fetch.lock().unwrap_or_else(PoisonError::into_inner).recv();
        while let Ok((number, item)) = next() {
            // A panic is the caller's, who would wait for this result forever.
            let result = catch_unwind(AssertUnwindSafe(|| work(&mut state, number, item)));
            let goes_on = result.is_ok();
            if done.send((number, result)).is_err() || !goes_on {
                break;
            }
        }
        state
    };
    let run = &run;
    std::thread::scope(|scope| {
        // Owned here, so that the threads end when this does, however it does.
        let (give, results) = (give, results);
        let running: Vec<_> = (0..threads)
            .map(|_| {
                let done = done.clone();
                scope.spawn(move || run(done))
            })
            .collect();
        let mut early = BTreeMap::new();
        let (mut given, mut taken, mut more) = (0, 0, true);
        loop {
            while more && given - taken < most {
                match items.next() {
                    Some(item) => give.send((given, item?)).expect("the threads' end is open as long as this runs"),
                    None => more = false,
                }
                given += usize::from(more);
            }
            if taken == given {
                break;
            }
            let (number, result) = results.recv().expect("this holds a sender itself");
            early.insert(number, result);
            while let Some(result) = early.remove(&taken) {
                take(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
                taken += 1;
            }
        }
        drop(give);
        Ok(running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares of the first numbers; the item `wrong` is an error.
    fn squares(until: usize, wrong: Option<usize>, refuse: Option<usize>) -> (Vec<usize>, Result<usize, usize>) {
        let items = (0..until).map(|item| if Some(item) == wrong { Err(item) } else { Ok(item) });
        let mut all = Vec::new();
        let work = |count: &mut usize, number: usize, item: usize| {
            assert_eq!(number, item);
            // The earlier of two neighbours takes longer.
            std::thread::sleep(std::time::Duration::from_micros(if item.is_multiple_of(2) { 200 } else { 0 }));
            *count += 1;
            item * item
        };
        let done = in_order(
            items,
            || 0,
            work,
            |result| {
                all.push(result);
                if refuse.is_some_and(|at| at * at == result) { Err(result) } else { Ok(()) }
            },
        );
        (all, done.map(|counts| counts.iter().sum()))
    }

    #[test]
    fn results_come_in_order_until_something_is_wrong() {
        let all = |until: usize| (0..until).map(|item| item * item).collect::<Vec<_>>();
        assert_eq!(squares(300, None, None), (all(300), Ok(300)));
        assert_eq!(squares(0, None, None), (Vec::new(), Ok(0)));
        let (got, done) = squares(300, Some(200), None);
        assert_eq!(done, Err(200));
        assert!(all(200).starts_with(&got), "{got:?}");
        assert_eq!(squares(300, None, Some(20)), (all(21), Err(400)));
    }

    #[test]
    #[should_panic(expected = "item 70")]
    fn a_panic_of_the_work_is_the_callers() {
        let work = |(): &mut (), _, item: usize| assert!(item != 70, "item {item}");
        let _ = in_order((0..300).map(Ok::<_, ()>), || (), work, Ok);
    }
}
