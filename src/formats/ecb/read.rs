//! A file of ECB+ as marks: tokens, markables, and what relations say is the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawSet};
use crate::formats::xml::{Tag, XmlPiece, walk};
use crate::formats::{ArticleMetadata, ImportContext, Item, OffsetUnit};
use crate::lang::Message;
use crate::message;
use crate::model::{Id, Referent};
use crate::text::sha256_hex;

/// Elements within each other.
const DEPTH: usize = 16;
/// The register of identifiers that only the corpus has.
const REGISTER: &str = "ecb+";
/// The tag of an instance of which nobody says what it is.
const UNKNOWN: &str = "UNKNOWN_INSTANCE_TAG";

/// A markable: a mention with tokens, or an instance, which has none.
#[derive(Default)]
struct Markable {
    id: String,
    label: String,
    /// The tokens, by their names.
    tokens: Vec<String>,
    /// The name of an instance for people, and what it is called in all files.
    name: String,
    instance: String,
}

/// A relation: its members are the same as its target.
#[derive(Default)]
struct Same {
    members: Vec<String>,
    target: String,
    /// The name of the instance in all files.
    instance: String,
}

#[derive(Default)]
struct EcbDocument {
    name: String,
    text: String,
    /// The number and the bytes of each token, by its name.
    tokens: HashMap<String, (usize, (i64, i64))>,
    markables: Vec<Markable>,
    same: Vec<Same>,
}

impl EcbDocument {
    fn parsed(xml: &str) -> Result<Self, Message> {
        let mut document = Self::default();
        let mut path: Vec<&str> = Vec::new();
        // The token that is open: its name, and its words so far.
        let mut token: Option<(String, String)> = None;
        let mut sentence: Option<String> = None;
        let mut is_document = false;
        walk(xml, DEPTH, |piece| {
            match piece {
                XmlPiece::Open(0, root) if root.parts().1 != "Document" => return Err(message!("ecb-not")),
                XmlPiece::Open(_, tag) => {
                    let (outer, name) = (path.last().copied().unwrap_or_default(), tag.parts().1);
                    path.push(name);
                    match (outer, name) {
                        ("", _) => {
                            is_document = true;
                            document.name = tag.value("doc_name")?;
                        }
                        (_, "token") => {
                            let number = tag.value("sentence")?;
                            if sentence.replace(number.clone()).is_some_and(|before| before != number) {
                                document.text.push('\n');
                            }
                            token = Some((tag.value("t_id")?, String::new()));
                        }
                        (_, "token_anchor") => {
                            if let Some(markable) = document.markables.last_mut() {
                                markable.tokens.push(tag.value("t_id")?);
                            }
                        }
                        ("Markables", _) => document.markables.push(Markable::of(name, tag)?),
                        ("Relations", _) => {
                            document.same.push(Same { instance: tag.value("note")?, ..Same::default() });
                        }
                        (_, "source") => {
                            if let Some(same) = document.same.last_mut() {
                                same.members.push(tag.value("m_id")?);
                            }
                        }
                        (_, "target") => {
                            if let Some(same) = document.same.last_mut() {
                                same.target = tag.value("m_id")?;
                            }
                        }
                        _ => {}
                    }
                }
                XmlPiece::Text(text) => {
                    if let Some((_, words)) = &mut token {
                        words.push_str(&text);
                    }
                }
                XmlPiece::Close(_) => {
                    if path.pop() == Some("token")
                        && let Some((name, words)) = token.take()
                    {
                        document.token(name, words.trim());
                    }
                }
            }
            Ok(())
        })?;
        if is_document { Ok(document) } else { Err(message!("ecb-not")) }
    }

    fn token(&mut self, name: String, words: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len() as i64;
        self.text.push_str(words);
        let number = self.tokens.len();
        self.tokens.insert(name, (number, (start, self.text.len() as i64)));
    }

    /// The fragments of some tokens: those that follow each other are one. A token that is not there is not a place.
    fn places(&self, tokens: &[String]) -> Vec<(i64, i64)> {
        let mut numbers = BTreeMap::new();
        for token in tokens {
            match self.tokens.get(token) {
                Some((number, at)) => numbers.insert(*number, *at),
                None => return vec![(NO_OFFSET, NO_OFFSET)],
            };
        }
        let mut places: Vec<(i64, i64)> = Vec::new();
        let mut last = None;
        for (number, at) in numbers {
            match places.last_mut() {
                Some(place) if last == Some(number - 1) => place.1 = at.1,
                _ => places.push(at),
            }
            last = Some(number);
        }
        places
    }
}

impl Markable {
    fn of(name: &str, tag: Tag<'_>) -> Result<Self, Message> {
        // Exports of this program say how the label is called beside its tag.
        let own = tag.value("label")?;
        Ok(Self {
            id: tag.value("m_id")?,
            label: if own.is_empty() { name.to_owned() } else { own },
            tokens: Vec::new(),
            name: tag.value("TAG_DESCRIPTOR")?,
            instance: tag.value("instance_id")?,
        })
    }
}

/// An id for an instance, which is the same in every file: its own where it can be one.
fn id_of(instance: &str) -> Id {
    instance.parse().unwrap_or_else(|_| {
        let digits = &sha256_hex(instance.as_bytes())[..11];
        format!("i{digits}").parse().expect("a letter and hexadecimal digits are an id")
    })
}

/// Hands over the article of a file.
pub(super) fn article(
    file: &str,
    xml: &str,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let document = EcbDocument::parsed(xml)?;
    let mut marks: Vec<RawAnnotation> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    let mut instances: HashMap<&str, &Markable> = HashMap::new();
    for markable in &document.markables {
        // An instance has no tokens.
        if markable.tokens.is_empty() {
            instances.insert(&markable.id, markable);
            continue;
        }
        at.insert(&markable.id, marks.len());
        marks.push(RawAnnotation {
            id: markable.id.clone(),
            label: markable.label.clone(),
            at: document.places(&markable.tokens),
            ..RawAnnotation::default()
        });
    }
    let mut referents: BTreeMap<Id, Referent> = BTreeMap::new();
    for (number, same) in document.same.iter().enumerate() {
        let instance = instances.get(&*same.target);
        // A target that is a mention itself is one of those that are the same.
        let target = at.get(&*same.target).copied();
        let members: Vec<usize> = same.members.iter().filter_map(|id| at.get(&**id).copied()).chain(target).collect();
        let Some(&first) = members.first() else { continue };
        let everywhere = [instance.map_or("", |one| &*one.instance), &*same.instance].map(str::trim);
        let everywhere = everywhere.into_iter().find(|name| !name.is_empty());
        let id = match everywhere {
            Some(name) => id_of(name),
            // One that no other file knows is this file's alone.
            None => id_of(&format!("{}#{}#{number}", document.name, same.target)),
        };
        let label = instance.map(|one| &*one.label).filter(|label| *label != UNKNOWN);
        let label = reading.name(label.unwrap_or(&marks[first].label));
        let words = || {
            let (start, end) = marks[first].at.first().copied().unwrap_or_default();
            document.text.get(start.max(0) as usize..end.max(0) as usize).unwrap_or_default().to_owned()
        };
        let name = instance.map(|one| one.name.trim().to_owned()).filter(|name| !name.is_empty());
        referents.entry(id).or_insert_with(|| {
            let mut referent = Referent::new(&label, &name.unwrap_or_else(words), reading.origin(file));
            referent.id = id;
            if let Some(everywhere) = everywhere.filter(|name| name.parse::<Id>().is_err()) {
                referent.external.push((reading.name(REGISTER), everywhere.to_owned()));
            }
            referent
        });
        for member in members {
            marks[member].referent.get_or_insert(id);
        }
    }
    let referents = referents.into_values().map(Arc::new).collect();
    let sets = vec![RawSet { marks, referents, ..RawSet::default() }];
    let name = if document.name.is_empty() { file.rsplit('/').next().unwrap_or(file) } else { &*document.name };
    let id = name.strip_suffix(".xml").unwrap_or(name).to_owned();
    let (about, content, unit) = (ArticleMetadata::default(), document.text.as_str(), OffsetUnit::Byte);
    RawDocument { file, line: 0, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
