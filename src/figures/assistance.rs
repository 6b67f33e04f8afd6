//! Articles that were worked on with suggestions, and those that were not: so one sees what suggestions do to agreement.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::report::Report;
use crate::model::{ArticleId, Name, Runs};

impl Report {
    /// The articles that two of those who are compared have begun, by their places: those in which one of them was shown suggestions
    /// and answered them or was done, and those in which nobody was.
    #[must_use]
    pub fn by_assistance(&self, runs: &BTreeMap<Name, Arc<Runs>>) -> [Vec<usize>; 2] {
        let of_them = self.annotators.iter().filter_map(|who| runs.get(who));
        let assisted: HashSet<&ArticleId> = of_them.flat_map(|all| all.values()).map(|run| &run.article).collect();
        let both = |at: &usize| self.entries[*at].pairs.iter().any(Option::is_some);
        let shared = (0..self.entries.len().min(self.standing.len())).filter(both);
        let (with, without) = shared.partition(|at| assisted.contains(&self.standing[*at].article));
        [with, without]
    }
}
