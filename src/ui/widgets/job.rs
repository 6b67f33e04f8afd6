//! Work that would make a frame wait: done on a thread of its own, with progress and cancel.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use eframe::egui;

/// What a worker says of itself while it works.
#[derive(Default)]
pub struct Ticket {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Ticket {
    /// Says how much of how much is done, in whatever the job counts; false where it should stop.
    pub fn progress(&self, done: u64, total: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        !self.cancelled()
    }

    /// Whether the person no longer wants it.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// One running job and where its result will come from.
pub struct Job<T> {
    /// What it does, as people read it.
    pub title: String,
    ticket: Arc<Ticket>,
    result: Receiver<T>,
}

/// What became of a job.
pub enum Outcome<T> {
    /// Still at it.
    Running,
    /// Done, with this result.
    Done(T),
    /// The worker broke off without a result.
    Broken,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread; the window is woken when it ends.
    pub fn start(
        ctx: &egui::Context,
        title: impl Into<String>,
        work: impl FnOnce(&Ticket) -> T + Send + 'static,
    ) -> Self {
        let (sender, result) = channel();
        let ticket = Arc::new(Ticket::default());
        let (theirs, ctx) = (ticket.clone(), ctx.clone());
        std::thread::spawn(move || {
            // Whoever dropped the job does not want the result any more.
            let _ = sender.send(work(&theirs));
            ctx.request_repaint();
        });
        Self { title: title.into(), ticket, result }
    }

    /// What became of it, without waiting.
    pub fn poll(&self) -> Outcome<T> {
        match self.result.try_recv() {
            Ok(result) => Outcome::Done(result),
            Err(TryRecvError::Empty) => Outcome::Running,
            Err(TryRecvError::Disconnected) => Outcome::Broken,
        }
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
