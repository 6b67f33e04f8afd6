//! Views of the data that are built when it has changed.

use std::sync::Arc;

use crate::model::Id;

/// A view that was built once for a state of the data.
pub(in crate::ui) struct Cached<T, K = (u64, Option<Id>)> {
    of: Option<K>,
    view: Arc<T>,
}

impl<T: Default, K> Default for Cached<T, K> {
    fn default() -> Self {
        Self { of: None, view: Arc::default() }
    }
}

impl<T, K: PartialEq> Cached<T, K> {
    pub(in crate::ui) fn get(&mut self, of: K, build: impl FnOnce() -> T) -> Arc<T> {
        if self.of.as_ref() != Some(&of) {
            self.view = Arc::new(build());
            self.of = Some(of);
        }
        self.view.clone()
    }
}
