//! Identity across articles, as reviews of single articles see it.

use std::collections::HashMap;

use super::referents::ReferentGroups;
use crate::model::{ArticleId, Corpus, Id, Name};

/// The referents of several annotators in a whole project, as groups of the same thing.
#[derive(Debug, Clone)]
pub struct Across {
    names: Vec<Name>,
    groups: ReferentGroups,
    examples: Vec<Examples>,
}

/// Mentions of each referent of an annotator: the article, and label and words.
pub(super) type Examples = HashMap<Id, Vec<(ArticleId, String)>>;

impl Across {
    /// The groups of these annotators' referents, with mentions of each.
    pub(super) fn new(names: Vec<Name>, groups: ReferentGroups, examples: Vec<Examples>) -> Self {
        Self { names, groups, examples }
    }

    /// Returns a mention of a group, as those have it who are named first, that is none of those which are asked about.
    pub(super) fn example_of(
        &self,
        group: usize,
        by: &[Name],
        asked: &[(&ArticleId, &str)],
    ) -> Option<&(ArticleId, String)> {
        let of = |name: &Name| {
            let at = self.names.iter().position(|known| known == name)?;
            let id = self.groups.groups.get(group)?[at]?;
            let other = |it: &&(ArticleId, String)| !asked.contains(&(&it.0, it.1.as_str()));
            self.examples.get(at)?.get(&id)?.iter().find(other)
        };
        by.iter().chain(&self.names).find_map(of)
    }

    /// The same for the annotators of one review, and its adjudicated set.
    pub(super) fn seen_by(&self, annotators: &[Name], gold: &Name) -> ReferentGroups {
        self.groups.seen_by(&columns(&self.names, annotators, gold))
    }

    /// The group of a referent; none where no mention is of it.
    pub(super) fn group_of(&self, who: &Name, referent: Id) -> Option<usize> {
        self.groups.group_of(self.names.iter().position(|known| known == who)?, referent)
    }

    /// Returns somebody's name for a group: that of the first who has a referent in it.
    pub(super) fn name_of(&self, corpus: &Corpus, group: usize, by: &[Name]) -> String {
        let called = |name: &Name| {
            let at = self.names.iter().position(|known| known == name)?;
            let id = self.groups.groups.get(group)?[at]?;
            Some(corpus.referents(name)?.get(&id)?.name.clone())
        };
        by.iter().chain(&self.names).find_map(called).unwrap_or_default()
    }

    /// Those who have a referent in both of two groups, with the two.
    pub(super) fn of_both(&self, one: usize, other: usize) -> impl Iterator<Item = (&Name, (Id, Id))> {
        let of = move |at: usize, group: usize| self.groups.groups.get(group)?[at];
        let named = self.names.iter().enumerate();
        named.filter_map(move |(at, name)| Some((name, (of(at, one)?, of(at, other)?))))
    }

    /// Puts a referent of somebody into a group that has none of theirs yet.
    pub(super) fn put(&mut self, group: usize, who: &Name, referent: Id) {
        if let Some(at) = self.names.iter().position(|known| known == who) {
            self.groups.put(group, at, referent);
        }
    }
}

/// The index among `names` of each annotator and of the adjudicated set.
pub(super) fn columns(names: &[Name], annotators: &[Name], gold: &Name) -> Vec<Option<usize>> {
    annotators.iter().chain([gold]).map(|name| names.iter().position(|known| known == name)).collect()
}
