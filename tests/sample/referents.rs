//! Reads `tests/data/sample/referents.txt`: who and what each annotator holds to be the same across articles.

use std::collections::HashMap;
use std::sync::Arc;

use jejak::model::{Filler, Id, Referent, Referents, Role, Schema};

use crate::source::{Line, hand, id};

/// One annotator's referents, and where they are spoken of.
pub struct Known {
    /// The referents.
    pub all: Referents,
    spellings: HashMap<(String, String), Id>,
    frames: HashMap<(String, String), Id>,
}

impl Known {
    /// Those of one annotator. A referent of which the annotator's lines say nothing more is a bare name.
    pub fn read(file: &str, annotator: &str, schema: &Schema) -> Self {
        let mut known = Self { all: Referents::new(), spellings: HashMap::new(), frames: HashMap::new() };
        let mut handles: HashMap<String, Referent> = HashMap::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let line = Line::new(line);
            let Some([first, second, rest @ ..]) = line.of(annotator) else { continue };
            if schema.label(first).is_some() {
                let rest = rest.join(" ");
                let name = rest.split([':', '<']).next().unwrap().trim();
                let mut referent = Referent::new(&first.as_str().into(), name, hand(annotator));
                referent.id = id(&format!("referent {annotator} {second}"));
                if let Some((_, frames)) = rest.split_once("<- ") {
                    for frame in frames.split(' ') {
                        let (article, handle) = frame.split_once(':').unwrap();
                        known.frames.insert((article.to_owned(), handle.to_owned()), referent.id);
                    }
                } else if let Some((_, spellings)) = rest.split_once(": ") {
                    for spelling in spellings.split("; ") {
                        let taken = known.spellings.insert((first.clone(), spelling.to_owned()), referent.id);
                        assert_eq!(taken, None, "{annotator}: {spelling} means two things");
                    }
                }
                let before = handles.insert(second.clone(), referent);
                assert!(before.is_none(), "{annotator}: two referents {second}");
                continue;
            }
            let ids: Vec<Id> = rest.iter().filter_map(|handle| Some(handles.get(handle)?.id)).collect();
            let referent = handles.get_mut(first).unwrap_or_else(|| panic!("{annotator} has no referent {first}"));
            let label = schema.label(&referent.label).unwrap();
            if label.attribute(second).is_some() {
                referent.attributes.push((second.as_str().into(), rest[0].clone()));
                referent.attributes.sort();
            } else {
                assert!(
                    label.role(second).is_some() && ids.len() == rest.len(),
                    "{annotator}: {first} {second} {rest:?}"
                );
                let role = |id| Role { name: second.as_str().into(), filler: Filler::Annotation(id) };
                referent.roles.extend(ids.into_iter().map(role));
            }
        }
        known.all = handles.into_values().map(|referent| (referent.id, Arc::new(referent))).collect();
        known
    }

    /// What the record of this label and these words, or this frame, is about.
    pub fn of(&self, label: &str, words: &str, article: &str, handle: Option<&str>) -> Option<Id> {
        let frame = handle.and_then(|handle| self.frames.get(&(article.to_owned(), handle.to_owned())));
        frame.or_else(|| self.spellings.get(&(label.to_owned(), words.to_owned()))).copied()
    }

    /// How many frames are said to be one of the referents.
    pub fn frames(&self) -> usize {
        self.frames.len()
    }
}
