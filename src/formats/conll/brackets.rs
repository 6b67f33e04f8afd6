//! Mentions as brackets: names as in CoNLL-2012, `(GPE*` and `*)`; clusters, `(0` and `0)`, and those with a type, `(e1-person`.

use std::collections::HashMap;

use super::tags::Mention;

/// A mention of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClusterMention {
    pub from: usize,
    pub to: usize,
    pub cluster: String,
    /// Its type, where the file gives one.
    pub label: String,
}

/// Something that a cell of clusters says.
enum Bracket<'c> {
    Opens(&'c str),
    Closes(&'c str),
    Holds(&'c str),
}

fn brackets(cell: &str) -> Vec<Bracket<'_>> {
    let mut all = Vec::new();
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        if first == '|' {
            rest = &rest[1..];
        } else if let Some(opened) = rest.strip_prefix('(') {
            let end = opened.find(['(', ')', '|']).unwrap_or(opened.len());
            let (content, after) = opened.split_at(end);
            match after.strip_prefix(')') {
                Some(after) => {
                    all.push(Bracket::Holds(content));
                    rest = after;
                }
                None => {
                    all.push(Bracket::Opens(content));
                    rest = after;
                }
            }
        } else if let Some((content, after)) = rest.split_once(')') {
            all.push(Bracket::Closes(content));
            rest = after;
        } else {
            break;
        }
    }
    all
}

/// True for cells of clusters: `(0|(1)`, `0)`, `-`.
pub(super) fn is_cluster(cell: &str) -> bool {
    let part = |part: &str| {
        let number = part.trim_start_matches('(').trim_end_matches(')');
        part.contains(['(', ')']) && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    };
    matches!(cell, "-" | "_" | "*") || cell.split('|').all(part)
}

/// True for remarks about entities as treebanks have them: `(e1-person-1-new`, `e1)`.
pub(super) fn are_entities(value: &str) -> bool {
    !brackets(value).is_empty()
}

/// The name of a cluster, and the type beside it.
fn name(content: &str) -> (&str, &str) {
    let mut parts = content.split('-');
    let cluster = parts.next().unwrap_or_default();
    let cluster = cluster.split('[').next().unwrap_or(cluster);
    let label = parts.next().unwrap_or_default();
    (cluster, if label.starts_with(char::is_alphabetic) { label } else { "" })
}

/// Mentions of clusters, token by token.
#[derive(Default)]
pub(super) struct Clusters {
    pub mentions: Vec<ClusterMention>,
    open: HashMap<String, Vec<(usize, String)>>,
}

impl Clusters {
    /// Takes the cell of a token; says whether each of its brackets that closes has one that opens.
    pub fn take(&mut self, token: usize, cell: &str) -> bool {
        let mut sound = true;
        for bracket in brackets(cell) {
            match bracket {
                Bracket::Opens(content) => {
                    let (cluster, label) = name(content);
                    self.open.entry(cluster.to_owned()).or_default().push((token, label.to_owned()));
                }
                Bracket::Holds(content) => {
                    let (cluster, label) = name(content);
                    self.add(token, token, cluster, label.to_owned());
                }
                Bracket::Closes(content) => {
                    let (cluster, _) = name(content);
                    match self.open.get_mut(cluster).and_then(Vec::pop) {
                        Some((from, label)) => self.add(from, token, cluster, label),
                        None => sound = false,
                    }
                }
            }
        }
        sound
    }

    fn add(&mut self, from: usize, to: usize, cluster: &str, label: String) {
        self.mentions.push(ClusterMention { from, to, cluster: cluster.to_owned(), label });
    }

    /// The first tokens of mentions that nothing closes.
    pub fn unclosed(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.open.values().flatten().map(|(from, _)| *from).collect();
        all.sort_unstable();
        all
    }
}

/// Names in brackets, token by token.
#[derive(Default)]
pub(super) struct Names {
    pub mentions: Vec<Mention>,
    open: Vec<(usize, String)>,
}

impl Names {
    /// Takes the cell of a token; says whether each of its brackets that closes has one that opens.
    pub fn take(&mut self, token: usize, cell: &str) -> bool {
        let (mut rest, mut sound) = (cell, true);
        while let Some(first) = rest.chars().next() {
            rest = &rest[first.len_utf8()..];
            if first == '(' {
                let end = rest.find(['*', '(', ')']).unwrap_or(rest.len());
                self.open.push((token, rest[..end].to_owned()));
                rest = &rest[end..];
            } else if first == ')' {
                match self.open.pop() {
                    Some((from, label)) => self.mentions.push(Mention { from, to: token, label }),
                    None => sound = false,
                }
            }
        }
        sound
    }

    /// Ends a sentence, in which every name ends; gives the first tokens of those that did not.
    pub fn sentence(&mut self) -> Vec<usize> {
        self.open.drain(..).map(|(from, _)| from).collect()
    }
}
