//! Work that would make a frame wait: done on a thread of its own, with progress and cancel.
//!
//! [`Jobs`] starts all of it. A job is a value that the part of the window holds which waits for its result: let go of, or
//! replaced by the next one, it is cancelled. A panic in a job becomes one sentence that the window shows, and a job
//! without a result.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui;

use crate::t;

/// The progress of a job, and the wish that it stop: shared by the worker and the window.
#[derive(Default)]
pub struct Ticket {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: Arc<AtomicBool>,
}

impl Ticket {
    /// Says how much of how much is done, in whatever the job counts; false where it should stop.
    pub fn progress(&self, done: u64, total: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        !self.cancelled()
    }

    /// The flag that is set once nobody wants the result any more, for those who look at it themselves.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.cancelled.clone()
    }

    /// True where nobody wants the result any more.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The starter of jobs.
#[derive(Clone)]
pub struct Jobs {
    wake: Arc<dyn Fn() + Send + Sync>,
    /// The number of jobs that the program does not end before.
    kept: Arc<AtomicUsize>,
    /// The place where sentences about jobs go that broke off.
    broken: Sender<String>,
}

impl Jobs {
    /// Jobs that call `wake` when they end, and the sentences about those that break off.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> (Self, Receiver<String>) {
        let (broken, sentences) = channel();
        (Self { wake: Arc::new(wake), kept: Arc::default(), broken }, sentences)
    }

    /// Jobs that wake a window; see [`Jobs::new`].
    pub fn of(ctx: &egui::Context) -> (Self, Receiver<String>) {
        let woken = ctx.clone();
        Self::new(move || woken.request_repaint())
    }

    /// Starts `work` on a thread. It is asked to stop where the job is dropped, and does not begin where that is so by then.
    pub fn start<T: Send + 'static>(
        &self,
        title: impl Into<String>,
        work: impl FnOnce(&Ticket) -> T + Send + 'static,
    ) -> Job<T> {
        self.spawn(title.into(), None, work)
    }

    /// Starts work that writes: it is done whatever becomes of the job, and the program does not end before it.
    pub fn start_kept<T: Send + 'static>(
        &self,
        title: impl Into<String>,
        work: impl FnOnce(&Ticket) -> T + Send + 'static,
    ) -> Job<T> {
        self.kept.fetch_add(1, Ordering::AcqRel);
        self.spawn(title.into(), Some(Kept(self.kept.clone())), work)
    }

    /// Starts work that gives many results, each by a call of what it is handed.
    pub fn start_many<T: Send + 'static>(
        &self,
        title: impl Into<String>,
        work: impl FnOnce(&Ticket, &mut dyn FnMut(T)) + Send + 'static,
    ) -> Many<T> {
        let (sender, told) = channel();
        let wake = self.wake.clone();
        let job = self.start(title, move |ticket| {
            let mut shown = Instant::now();
            work(ticket, &mut |result| {
                // Whoever dropped the job does not want it any more.
                let _ = sender.send(result);
                if shown.elapsed() >= SHOWN {
                    shown = Instant::now();
                    wake();
                }
            });
        });
        Many { job, told }
    }

    /// True while work goes on that the program must not end before.
    pub fn must_stay(&self) -> bool {
        self.kept.load(Ordering::Acquire) > 0
    }

    fn spawn<T: Send + 'static>(
        &self,
        title: String,
        kept: Option<Kept>,
        work: impl FnOnce(&Ticket) -> T + Send + 'static,
    ) -> Job<T> {
        let (sender, result) = channel();
        let ticket = Arc::new(Ticket::default());
        let stops = kept.is_none();
        let (theirs, wake, broken, named) = (ticket.clone(), self.wake.clone(), self.broken.clone(), title.clone());
        std::thread::spawn(move || {
            if stops && theirs.cancelled() {
                return;
            }
            // The data that the work was given goes with it, so nobody sees it half changed.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&theirs)));
            match outcome {
                // Whoever dropped the job does not want the result any more.
                Ok(result) => drop(sender.send(result)),
                Err(_) => drop(broken.send(t!("job-broke", job = named))),
            }
            drop(kept);
            wake();
        });
        Job { title, ticket, result, stops }
    }
}

/// A count of one, as long as it lives.
struct Kept(Arc<AtomicUsize>);

impl Drop for Kept {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The shortest time between two wakings of the window by results of one job.
const SHOWN: Duration = Duration::from_millis(100);

/// One running job, and the place its result will come from.
pub struct Job<T> {
    /// The work, as people read it.
    pub title: String,
    ticket: Arc<Ticket>,
    result: Receiver<T>,
    /// True where dropping it stops it.
    stops: bool,
}

/// The outcome of a job.
pub enum Outcome<T> {
    /// There is none yet.
    Running,
    /// It is done, with this result.
    Done(T),
    /// It ended without one: it was stopped before it began, or broke off, which was said.
    Broken,
}

impl<T> Job<T> {
    /// The outcome, without waiting.
    pub fn poll(&self) -> Outcome<T> {
        match self.result.try_recv() {
            Ok(result) => Outcome::Done(result),
            Err(TryRecvError::Empty) => Outcome::Running,
            Err(TryRecvError::Disconnected) => Outcome::Broken,
        }
    }

    /// Takes a job out of its place once it is over, and gives its result, none where it broke off. Gives nothing while it
    /// runs, and where there is none.
    pub fn over(place: &mut Option<Self>) -> Option<Option<T>> {
        let result = match place.as_ref()?.poll() {
            Outcome::Running => return None,
            Outcome::Done(result) => Some(result),
            Outcome::Broken => None,
        };
        *place = None;
        Some(result)
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        self.ticket.cancelled.store(true, Ordering::Relaxed);
    }

    /// Done and total, in whatever the job counts; the total is 0 where it is not known yet.
    pub fn counts(&self) -> (u64, u64) {
        (self.ticket.done.load(Ordering::Relaxed), self.ticket.total.load(Ordering::Relaxed))
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        if self.stops {
            self.cancel();
        }
    }
}

/// A job that gives many results.
pub struct Many<T> {
    job: Job<()>,
    told: Receiver<T>,
}

impl<T> Many<T> {
    /// The results that have come since the last call, without waiting, and the state of the job before them: where that is
    /// over, they are the last.
    pub fn poll(&self) -> (Vec<T>, Outcome<()>) {
        let state = self.job.poll();
        (self.told.try_iter().collect(), state)
    }

    /// Done and total, as [`Job::counts`] has them.
    pub fn counts(&self) -> (u64, u64) {
        self.job.counts()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn end<T>(job: &Job<T>) -> Option<T> {
        loop {
            match job.poll() {
                Outcome::Running => std::thread::yield_now(),
                Outcome::Done(result) => return Some(result),
                Outcome::Broken => return None,
            }
        }
    }

    #[test]
    fn a_job_that_is_let_go_of_is_cancelled_and_one_that_writes_is_not() {
        let (jobs, _) = Jobs::new(|| {});
        for keeps in [false, true] {
            let (go, wait) = channel::<()>();
            let (tell, told) = channel();
            let work = move |ticket: &Ticket| {
                // It goes on once the job is dropped.
                while wait.try_recv() == Err(TryRecvError::Empty) {
                    std::thread::yield_now();
                }
                let _ = tell.send(ticket.progress(1, 2));
            };
            let job = if keeps { jobs.start_kept("work", work) } else { jobs.start("work", work) };
            drop(job);
            assert_eq!(jobs.must_stay(), keeps);
            drop(go);
            // A job that had not begun by then never does.
            let going = loop {
                match told.try_recv() {
                    Ok(going) => break going,
                    Err(TryRecvError::Disconnected) => break false,
                    Err(TryRecvError::Empty) => std::thread::yield_now(),
                }
            };
            assert_eq!(going, keeps);
        }
        while jobs.must_stay() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_panic_is_one_sentence() {
        let (jobs, sentences) = Jobs::new(|| {});
        assert_eq!(end(&jobs.start("counting words", |_| -> u8 { panic!("no") })), None);
        assert_eq!(sentences.try_recv(), Ok("A mistake of the program ended this: counting words.".to_owned()));
        assert_eq!(end(&jobs.start("counting words", |_| 3)), Some(3));
        assert!(sentences.try_recv().is_err(), "it is said once");
    }

    #[test]
    fn many_results_come_in_order_and_none_after_the_end() {
        let many = Jobs::new(|| {}).0.start_many("counting", |_, tell| (0..100).for_each(tell));
        let mut all = Vec::new();
        loop {
            let (some, state) = many.poll();
            all.extend(some);
            if !matches!(state, Outcome::Running) {
                break;
            }
        }
        assert_eq!(all, (0..100).collect::<Vec<_>>());
    }
}
