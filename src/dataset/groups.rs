//! Articles that must stay together.

use std::collections::HashMap;
use std::hash::Hash;

/// Sets of members that grow together: union-find with path halving.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    /// So many members, each alone.
    pub fn new(members: usize) -> Self {
        Self { parent: (0..members).collect() }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    /// These two stay together, and with them all that stay with either.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// All with the same key stay together.
    pub fn join_by<K: Hash + Eq>(&mut self, keys: impl Iterator<Item = (usize, K)>) {
        let mut first: HashMap<K, usize> = HashMap::new();
        for (member, key) in keys {
            let other = *first.entry(key).or_insert(member);
            self.join(other, member);
        }
    }

    /// The groups, each sorted, by first member.
    pub fn finish(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for member in 0..self.parent.len() {
            let root = self.root(member);
            groups[root].push(member);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_by_anything_is_together() {
        let mut groups = Groups::new(6);
        groups.join_by([(0, "x"), (2, "y"), (4, "x")].into_iter());
        groups.join(2, 4);
        groups.join(5, 3);
        assert_eq!(groups.finish(), [vec![0, 2, 4], vec![1], vec![3, 5]]);
    }
}
