//! Work on every processor, with what becomes of it in order.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::{Scope, ThreadPool};

/// Items that are on their way together for each thread: enough that none waits long for another's long one.
const EACH: usize = 16;

/// Does `work` on items on all processors, and hands what becomes of them to `take` in the order of the items. Items are
/// fetched and results taken on the calling thread, while others work on the items between; only a few are on their way at
/// a time.
///
/// # Errors
/// The first error of an item or of `take`; nothing more is fetched or taken then.
///
/// # Panics
/// As `work` does.
pub(crate) fn in_order<I: Send, O: Send, E>(
    items: impl Iterator<Item = Result<I, E>>,
    work: impl Fn(usize, I) -> O + Sync,
    take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    in_order_on(None, items, work, take)
}

/// The same on the threads of a pool where one is given.
///
/// # Errors
/// As [`in_order`].
///
/// # Panics
/// As `work` does.
pub(crate) fn in_order_on<I: Send, O: Send, E>(
    pool: Option<&ThreadPool>,
    mut items: impl Iterator<Item = Result<I, E>>,
    work: impl Fn(usize, I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let together = pool.map_or_else(rayon::current_num_threads, ThreadPool::current_num_threads) * EACH;
    let mut fetch = || items.by_ref().take(together).collect::<Result<Vec<I>, E>>();
    let (mut first, mut fetched, mut made) = (0, fetch()?, Vec::new());
    let work = &work;
    while !fetched.is_empty() || !made.is_empty() {
        let now = std::mem::take(&mut fetched);
        let (from, mut next) = (first, Vec::with_capacity(now.len()));
        first += now.len();
        scope_on(pool, |scope| {
            if !now.is_empty() {
                scope.spawn(|_| {
                    let work = |(number, item)| work(from + number, item);
                    now.into_par_iter().enumerate().map(work).collect_into_vec(&mut next);
                });
            }
            made.drain(..).try_for_each(&mut take)?;
            fetched = fetch()?;
            Ok(())
        })?;
        made = next;
    }
    Ok(())
}

fn scope_on<'scope, T>(pool: Option<&ThreadPool>, turn: impl FnOnce(&Scope<'scope>) -> T) -> T {
    match pool {
        Some(pool) => pool.in_place_scope(turn),
        None => rayon::in_place_scope(turn),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Squares of the first numbers; the item `wrong` is an error.
    fn squares(
        pool: Option<&ThreadPool>,
        until: usize,
        wrong: Option<usize>,
        refuse: Option<usize>,
    ) -> (Vec<usize>, Result<usize, usize>) {
        let items = (0..until).map(|item| if Some(item) == wrong { Err(item) } else { Ok(item) });
        let mut all = Vec::new();
        let count = AtomicUsize::new(0);
        let work = |number: usize, item: usize| {
            assert_eq!(number, item);
            // The earlier of two neighbours takes longer.
            std::thread::sleep(std::time::Duration::from_micros(if item.is_multiple_of(2) { 200 } else { 0 }));
            count.fetch_add(1, Ordering::Relaxed);
            item * item
        };
        let done = in_order_on(pool, items, work, |result| {
            all.push(result);
            if refuse.is_some_and(|at| at * at == result) { Err(result) } else { Ok(()) }
        });
        (all, done.map(|()| count.into_inner()))
    }

    #[test]
    fn results_come_in_order_until_something_is_wrong() {
        let all = |until: usize| (0..until).map(|item| item * item).collect::<Vec<_>>();
        let own = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap();
        for pool in [None, Some(&own)] {
            assert_eq!(squares(pool, 300, None, None), (all(300), Ok(300)));
            assert_eq!(squares(pool, 0, None, None), (Vec::new(), Ok(0)));
            let (got, done) = squares(pool, 300, Some(200), None);
            assert_eq!(done, Err(200));
            assert!(all(200).starts_with(&got), "{got:?}");
            assert_eq!(squares(pool, 300, None, Some(20)), (all(21), Err(400)));
        }
    }

    #[test]
    #[should_panic(expected = "item 70")]
    fn a_panic_of_the_work_is_the_callers() {
        let work = |_, item: usize| assert!(item != 70, "item {item}");
        let _ = in_order((0..300).map(Ok::<_, ()>), work, Ok);
    }
}
