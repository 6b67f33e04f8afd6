//! Values that a worker computes once somebody looks at them.

use std::sync::Arc;

use crate::ui::widgets::jobs::{Job, Jobs, Outcome};

/// A value that belongs to a key, and the job that makes it.
pub struct Lazy<K, T> {
    made: Option<(K, Arc<T>)>,
    running: Option<(K, Job<T>)>,
    /// The key whose job broke off: it is not tried again and again.
    broken: Option<K>,
}

impl<K, T> Default for Lazy<K, T> {
    fn default() -> Self {
        Self { made: None, running: None, broken: None }
    }
}

impl<K: PartialEq + Clone, T: Send + 'static> Lazy<K, T> {
    /// The value of this key, once it is made.
    pub fn of(&self, key: &K) -> Option<&Arc<T>> {
        self.made.as_ref().filter(|(of, _)| of == key).map(|(_, value)| value)
    }

    /// The value that was made last, with its key.
    pub fn last(&self) -> Option<(&K, &Arc<T>)> {
        self.made.as_ref().map(|(key, value)| (key, value))
    }

    /// True while it is being made.
    pub fn busy(&self) -> bool {
        self.running.is_some()
    }

    /// Takes what is made by now, and begins to make the value of this key, where one is wanted.
    pub fn follow(
        &mut self,
        jobs: &Jobs,
        title: &'static str,
        key: Option<K>,
        make: impl FnOnce() -> T + Send + 'static,
    ) {
        if let Some((_, job)) = &self.running {
            match job.poll() {
                Outcome::Running => {}
                Outcome::Done(value) => self.made = self.running.take().map(|(key, _)| (key, Arc::new(value))),
                Outcome::Broken => self.broken = self.running.take().map(|(key, _)| key),
            }
        }
        let Some(key) = key.filter(|key| self.of(key).is_none() && self.broken.as_ref() != Some(key)) else { return };
        if self.running.as_ref().is_none_or(|(of, _)| *of != key) {
            self.running = Some((key, jobs.start(title, move |_| make())));
        }
    }
}
