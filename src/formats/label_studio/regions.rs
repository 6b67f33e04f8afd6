//! The regions of a result, as its entries tell of them.

use super::html::HtmlText;
use super::names::{DOCUMENT, TEXT_AREA, attribute};
use crate::formats::ImportContext;
use crate::formats::json::{Json, list, name, scalar, whole};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawFiller, RawNames};
use crate::lang::Message;
use crate::message;

/// Types that mark words, beside those that mark places in pictures and sounds.
const LABELS: [&str; 2] = ["labels", "hypertextlabels"];

#[derive(Default)]
pub(super) struct Regions<'p> {
    pub marks: Vec<RawAnnotation>,
    named: RawNames,
    line: u32,
    /// The page that places are in, where they are those of one.
    page: Option<&'p HtmlText>,
}

impl<'p> Regions<'p> {
    /// None yet, of an article in this line, which may be a page.
    pub fn new(line: u32, page: Option<&'p HtmlText>) -> Self {
        Self { line, page, ..Self::default() }
    }

    /// Adds what one entry of a result says to the region that it is about.
    pub fn add(&mut self, entry: &Json<'_>, reading: &ImportContext<'_>) -> Result<(), Message> {
        let kind = name(entry, "type");
        if kind == "relation" {
            return self.relate(entry, reading);
        }
        let id = name(entry, "id");
        let value = entry.get("value").ok_or_else(|| message!("studio-no-value", id = id))?;
        let at = self.place(value);
        let from = name(entry, "from_name");
        let quote = value.get("text").and_then(Json::as_str).filter(|_| kind != TEXT_AREA).map(str::to_owned);
        let there = self.named.index(&id);
        let placed = !at.is_empty();
        let new = RawAnnotation { id: id.clone(), at, quote, line: self.line, ..RawAnnotation::default() };
        let said = || said(value, &kind, &id);
        let mark = match kind.as_str() {
            kind if LABELS.contains(&kind) => {
                let mut labels = said()?.into_iter();
                let Some(first) = labels.next() else { return Ok(()) };
                // A region with several labels is several annotations.
                let more: Vec<RawAnnotation> =
                    labels.map(|label| RawAnnotation { id: String::new(), label, ..new.clone() }).collect();
                let mark = self.region(there, new);
                self.marks[mark].label = first;
                self.marks.extend(more);
                mark
            }
            "choices" if !placed && (from == DOCUMENT || there.is_none()) => {
                let bare = |id| RawAnnotation { id, line: self.line, ..RawAnnotation::default() };
                let all = said()?.into_iter().enumerate();
                let all: Vec<RawAnnotation> = all
                    .map(|(number, label)| RawAnnotation {
                        label,
                        ..bare(if number == 0 { id.clone() } else { String::new() })
                    })
                    .collect();
                let first = self.marks.len();
                for mark in all {
                    self.region(None, mark);
                }
                first
            }
            TEXT_AREA => {
                let note = written(value).ok_or_else(|| message!("studio-value", id = id))?;
                // A text that is about no region is one about the article.
                let new = if placed || there.is_some() { new } else { RawAnnotation { label: from, ..new } };
                let mark = self.region(there, new);
                add_note(&mut self.marks[mark].note, &note);
                mark
            }
            "choices" | "taxonomy" | "rating" | "number" | "datetime" => {
                let name = reading.name(attribute(&from));
                let said = said()?.into_iter().map(|value| (name.clone(), value));
                let new = if placed || there.is_some() { new } else { RawAnnotation { label: from, ..new } };
                let mark = self.region(there, new);
                self.marks[mark].attributes.extend(said);
                mark
            }
            _ => return Err(message!("studio-type", id = id, kind = kind)),
        };
        self.about(mark, entry, reading);
        Ok(())
    }

    /// Takes what people said of a region beside: its `meta`.
    fn about(&mut self, mark: usize, entry: &Json<'_>, reading: &ImportContext<'_>) {
        let Some(mark) = self.marks.get_mut(mark) else { return };
        for (key, value) in entry.get("meta").and_then(Json::as_object).into_iter().flatten() {
            let said = match value {
                Json::Array(all) => all.iter().filter_map(scalar).collect::<Vec<_>>().join("\n"),
                other => scalar(other).unwrap_or_default(),
            };
            if key == "text" || key == "note" {
                // (Each entry of a region repeats it.)
                if !mark.note.contains(&said) {
                    add_note(&mut mark.note, &said);
                }
            } else if !said.is_empty() {
                let name = reading.name(key);
                if mark.attributes.iter().all(|(known, value)| *known != name || *value != said) {
                    mark.attributes.push((name, said));
                }
            }
        }
    }

    /// The place of a region: in a page, where the offsets of the whole page say; none where it is about the article.
    fn place(&self, value: &Json<'_>) -> Vec<(i64, i64)> {
        let of = |value: &Json<'_>| {
            let offset = |field| value.get(field).and_then(whole).unwrap_or(NO_OFFSET);
            vec![(offset("start"), offset("end"))]
        };
        match value.get("globalOffsets") {
            Some(all @ Json::Object(_)) if self.page.is_some() => of(all),
            // A path into a page leads to a node, within which places count.
            _ if self.page.is_some() && value.get("start").is_some() => {
                let of = |path: &str, units: &str| {
                    let units = value.get(units).map_or(Some(0), whole)?;
                    self.page?.at_path(value.get(path)?.as_str()?, units)
                };
                let place = of("start", "startOffset").zip(of("end", "endOffset"));
                vec![place.unwrap_or((NO_OFFSET, NO_OFFSET))]
            }
            _ if value.get("start").is_some() => of(value),
            _ => Vec::new(),
        }
    }

    /// The place of the region that is there, else of a new one.
    fn region(&mut self, there: Option<usize>, new: RawAnnotation) -> usize {
        there.unwrap_or_else(|| {
            self.named.add(&new.id, self.marks.len());
            self.marks.push(new);
            self.marks.len() - 1
        })
    }

    fn relate(&mut self, relation: &Json<'_>, reading: &ImportContext<'_>) -> Result<(), Message> {
        let (mut from, mut to) = (name(relation, "from_id"), name(relation, "to_id"));
        if name(relation, "direction") == "left" {
            std::mem::swap(&mut from, &mut to);
        }
        let mut roles: Vec<&str> = list(relation, "labels")?.iter().filter_map(Json::as_str).collect();
        if roles.is_empty() {
            roles.push("relation");
        }
        let at = self.named.index(&from).ok_or_else(|| message!("studio-relation", from = from))?;
        for role in roles {
            self.marks[at].roles.push((reading.name(role), RawFiller::Annotation(to.clone())));
        }
        Ok(())
    }
}

fn add_note(note: &mut String, more: &str) {
    if !note.is_empty() && !more.is_empty() {
        note.push('\n');
    }
    note.push_str(more);
}

/// True for a region of a page: of its type, or with places in its nodes.
pub(super) fn is_of_page(entry: &Json<'_>) -> bool {
    let value = entry.get("value");
    let path = |value: &Json<'_>| value.get("start").and_then(Json::as_str).is_some_and(|start| start.starts_with('/'));
    name(entry, "type") == "hypertextlabels"
        || value.is_some_and(|value| value.get("startOffset").is_some() && path(value))
}

/// The values that a region has from a control of this type: a list, or one of them.
fn said(value: &Json<'_>, kind: &str, id: &str) -> Result<Vec<String>, Message> {
    // A page's regions may come from labels of either kind, and say so under either name.
    let named = [kind].into_iter().chain(LABELS.into_iter().filter(|_| LABELS.contains(&kind)));
    let Some(said) = named.into_iter().find_map(|name| value.get(name)) else { return Ok(Vec::new()) };
    let one = |said: &Json<'_>| match said {
        // A path down a taxonomy.
        Json::Array(path) => path.iter().map(scalar).collect::<Option<Vec<_>>>().map(|path| path.join("/")),
        other => scalar(other),
    };
    let all = match said {
        Json::Array(all) => all.iter().map(one).collect(),
        Json::Null => Some(Vec::new()),
        other => scalar(other).map(|said| vec![said]),
    };
    all.ok_or_else(|| message!("studio-value", id = id))
}

/// The text that somebody wrote into a text area: `text`, and as older files of ours have it `textarea`.
pub(super) fn written(value: &Json<'_>) -> Option<String> {
    match value.get(TEXT_AREA).or_else(|| value.get("text"))? {
        Json::Array(all) => all.iter().map(scalar).collect::<Option<Vec<_>>>().map(|all| all.join("\n")),
        other => scalar(other),
    }
}
