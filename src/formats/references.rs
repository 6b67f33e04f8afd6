//! The referents of an article, as a file tells of them: by identifiers outside, or by marks that are about one thing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::ImportContext;
use super::raw_document::RawAnnotation;
use crate::model::{Id, Referent};

/// The register of identifiers in a knowledge base of which no file says which it is.
pub(super) const KNOWLEDGE: &str = "kb";

/// The referents of one article.
#[derive(Default)]
pub(super) struct References {
    all: BTreeMap<Id, Referent>,
    by_outside: HashMap<(String, String), Id>,
    /// The details of each referent outside.
    told: HashSet<(Id, String, String)>,
    /// The last number that was given as a name.
    number: u32,
}

impl References {
    /// Says that a mark is about what a register calls so, or about a referent that has this name here.
    pub fn add(
        &mut self,
        mark: &mut RawAnnotation,
        (register, outside): (&str, String),
        own: Option<Id>,
        name: &str,
        reading: &ImportContext<'_>,
        file: &str,
    ) {
        if is_nobody(&outside) {
            return;
        }
        let known = self.by_outside.get(&(register.to_owned(), outside.clone())).copied();
        let id = own.or(mark.referent).or(known).unwrap_or_else(|| self.fresh());
        mark.referent = Some(id);
        let referent = self.all.entry(id).or_insert_with(|| {
            let mut referent = Referent::new(&reading.name(&mark.label), name, reading.origin(file));
            referent.id = id;
            referent
        });
        if own.is_none() {
            if self.told.insert((id, register.to_owned(), outside.clone())) {
                referent.external.push((reading.name(register), outside.clone()));
            }
            self.by_outside.insert((register.to_owned(), outside), id);
        }
    }

    /// A name that is not taken here; an importer renames it where the annotator has one of that name already.
    fn fresh(&mut self) -> Id {
        loop {
            self.number += 1;
            let id = format!("ref{}", self.number).parse().expect("letters and a number are an id");
            if !self.all.contains_key(&id) {
                return id;
            }
        }
    }

    /// Says that several marks are about one thing, which is called as the quote of the first of them.
    pub fn join(&mut self, members: &[usize], marks: &mut [RawAnnotation], reading: &ImportContext<'_>, file: &str) {
        let name = members.first().and_then(|&first| marks[first].quote.clone()).unwrap_or_default();
        self.join_named(members, &name, marks, reading, file);
    }

    /// Says that several marks are about one thing, and how it is called.
    pub fn join_named(
        &mut self,
        members: &[usize],
        name: &str,
        marks: &mut [RawAnnotation],
        reading: &ImportContext<'_>,
        file: &str,
    ) {
        let Some(&first) = members.first() else { return };
        let id = members.iter().find_map(|&at| marks[at].referent).unwrap_or_else(|| self.fresh());
        let label = reading.name(&marks[first].label);
        self.all.entry(id).or_insert_with(|| Referent { id, ..Referent::new(&label, name, reading.origin(file)) });
        for &at in members {
            marks[at].referent.get_or_insert(id);
        }
    }

    /// All of them.
    pub fn all(self) -> Vec<Arc<Referent>> {
        self.all.into_values().map(Arc::new).collect()
    }
}

/// True for identifiers that name nobody.
pub(super) fn is_nobody(outside: &str) -> bool {
    NOBODY.iter().any(|nobody| outside.trim().eq_ignore_ascii_case(nobody))
}

/// Identifiers that corpora write where nothing outside is meant: the mentions that have one are not about one thing.
const NOBODY: [&str; 9] = ["", "-", "NULL", "NIL", "None", "Null_0", "N/A", "NA", "nan"];
