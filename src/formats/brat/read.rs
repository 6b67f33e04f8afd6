//! Lines as marks of a text.

use crate::lang::Message;
use crate::message;
use std::collections::HashMap;

use super::write::SELF;
use crate::formats::raw_document::{RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::references::References;
use crate::formats::{ArticleMetadata, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::model::{AttributeKind, Id, Name, Problem};

/// Hands over the article of a text and the files of annotations beside it; else the file that is wrong, and why.
pub(super) fn article(
    stem: &str,
    source: &ImportFiles,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), (String, Message)> {
    let text_file = format!("{stem}.txt");
    let content = source.text(&text_file).map_err(|why| (text_file.clone(), why))?;
    let mut lines = BratLines::default();
    let mut first = None;
    for extension in ["ann", "a1", "a2"] {
        let file = format!("{stem}.{extension}");
        if !source.has(&file) {
            continue;
        }
        let done = source.lines(&file, &mut |number, line| {
            let taken = line.and_then(|line| lines.take(number, line));
            if let Err(why) = taken {
                out(Item::Problem(Problem::warning("line", why).at(&file, Some(number))));
            }
        });
        done.map_err(|error| (file.clone(), crate::say::io(&error)))?;
        first.get_or_insert(file);
    }
    let file = first.unwrap_or(text_file);
    let id = stem.rsplit('/').next().unwrap_or(stem).to_owned();
    let set = lines.marks(reading, &file, out);
    RawDocument {
        file: &file,
        line: 1,
        id,
        about: ArticleMetadata::default(),
        content: &content,
        unit: reading.unit.unwrap_or(OffsetUnit::CodePoint),
        sets: vec![set],
        dangling: false,
    }
    .finish(reading, out);
    Ok(())
}

/// The lines of one article, sorted by what they are.
#[derive(Default)]
struct BratLines {
    bound: Vec<RawAnnotation>,
    events: Vec<BratEvent>,
    relations: Vec<RawAnnotation>,
    /// Line, target, name and value.
    attributes: Vec<(u32, String, String, String)>,
    notes: Vec<(u32, String, String)>,
    /// Line, target, register, id and name.
    references: Vec<(u32, String, String, String, String)>,
    equivalent: Vec<(u32, Vec<String>)>,
}

struct BratEvent {
    id: String,
    label: String,
    trigger: String,
    roles: Vec<(Name, RawFiller)>,
    line: u32,
}

impl BratLines {
    fn take(&mut self, line: u32, content: &str) -> Result<(), Message> {
        let content = content.trim_end_matches(['\r', ' ']);
        if content.trim().is_empty() {
            return Ok(());
        }
        let (id, rest) = content.split_once('\t').ok_or(message!("brat-no-tab"))?;
        let (body, said) = rest.split_once('\t').map_or((rest, None), |(body, said)| (body, Some(said)));
        let mut words = body.split_whitespace();
        let kind = words.next().ok_or(message!("brat-nothing"))?;
        let id = id.trim();
        match id.chars().next() {
            Some('T') => {
                let places: Vec<&str> = words.collect();
                let at = places.join(" ").split(';').map(fragment).collect::<Option<Vec<_>>>();
                let at = at.filter(|at| !at.is_empty()).ok_or_else(|| message!("brat-no-offsets", body = body))?;
                let quote = said.map(str::to_owned);
                self.bound.push(RawAnnotation {
                    id: id.into(),
                    label: kind.into(),
                    at,
                    quote,
                    line,
                    ..RawAnnotation::default()
                });
            }
            Some('E') => {
                let (label, trigger) = kind.split_once(':').ok_or(message!("brat-no-trigger"))?;
                let roles = words.map(|word| argument(word, true)).collect::<Result<_, _>>()?;
                let (label, trigger) = (label.to_owned(), trigger.to_owned());
                self.events.push(BratEvent { id: id.into(), label, trigger, roles, line });
            }
            Some('R') => {
                let roles = words.map(|word| argument(word, false)).collect::<Result<_, _>>()?;
                self.relations.push(RawAnnotation {
                    id: id.into(),
                    label: kind.into(),
                    roles,
                    line,
                    ..RawAnnotation::default()
                });
            }
            Some('A' | 'M') => {
                let target = words.next().ok_or(message!("brat-attribute-alone"))?.to_owned();
                let value = words.next().unwrap_or(AttributeKind::SET).to_owned();
                self.attributes.push((line, target, kind.to_owned(), value));
            }
            Some('#') => {
                let target = words.next().ok_or(message!("brat-note-alone"))?.to_owned();
                self.notes.push((line, target, said.unwrap_or_default().trim().to_owned()));
            }
            Some('N') => {
                let target = words.next().ok_or(message!("brat-reference-alone"))?.to_owned();
                let outside = words.next().and_then(|outside| outside.split_once(':'));
                let (register, outside) = outside.ok_or(message!("brat-no-register"))?;
                let name = said.unwrap_or_default().trim().to_owned();
                self.references.push((line, target, register.to_owned(), outside.to_owned(), name));
            }
            Some('*') => self.equivalent.push((line, words.map(str::to_owned).collect())),
            _ => return Err(message!("brat-line-unknown", id = id)),
        }
        Ok(())
    }

    fn marks(self, reading: &ImportContext<'_>, file: &str, out: &mut dyn FnMut(Item)) -> RawSet {
        let mut problem = |line: u32, why: Message| {
            out(Item::Problem(Problem::warning("no-target", why).at(file, Some(line))));
        };
        let mut marks: Vec<RawAnnotation> = Vec::new();
        let triggers: HashMap<&str, &RawAnnotation> = self.bound.iter().map(|mark| (mark.id.as_str(), mark)).collect();
        let mut events = Vec::new();
        let mut used: HashMap<&str, String> = HashMap::new();
        for event in &self.events {
            let Some(trigger) = triggers.get(event.trigger.as_str()) else {
                problem(event.line, message!("brat-trigger-gone", event = event.id, trigger = event.trigger));
                continue;
            };
            used.entry(trigger.id.as_str()).or_insert_with(|| event.id.clone());
            let (id, label, roles) = (event.id.clone(), event.label.clone(), event.roles.clone());
            events.push(RawAnnotation { id, label, roles, line: event.line, ..(*trigger).clone() });
        }
        marks.extend(self.bound.iter().filter(|mark| !used.contains_key(mark.id.as_str())).cloned());
        marks.extend(events);
        marks.extend(self.relations);
        // A note on a trigger is one on its first event.
        let at: HashMap<String, usize> =
            marks.iter().enumerate().rev().map(|(at, mark)| (mark.id.clone(), at)).collect();
        let find = |target: &str| at.get(used.get(target).map_or(target, String::as_str)).copied();
        for (line, target, name, value) in self.attributes {
            match find(&target) {
                Some(at) => marks[at].attributes.push((reading.name(&name), value)),
                None => problem(line, message!("about-gone", name = name, target = target)),
            }
        }
        for (line, target, note) in self.notes {
            match find(&target) {
                Some(at) if marks[at].note.is_empty() => marks[at].note = note,
                Some(at) => {
                    marks[at].note.push('\n');
                    marks[at].note.push_str(&note);
                }
                None => problem(line, message!("brat-note-gone", target = target)),
            }
        }
        let mut referents = References::default();
        for (line, target, register, outside, name) in self.references {
            match find(&target) {
                Some(at) => {
                    let own = (register == SELF).then(|| outside.parse::<Id>().ok()).flatten();
                    referents.add(&mut marks[at], (&register, outside), own, &name, reading, file);
                }
                None => problem(line, message!("brat-reference-gone", target = target)),
            }
        }
        for (line, members) in self.equivalent {
            let members: Vec<usize> = members.iter().filter_map(|target| find(target)).collect();
            if members.len() < 2 {
                problem(line, message!("brat-equivalence"));
            }
            referents.join(&members, &mut marks, reading, file);
        }
        for mark in &mut marks {
            for (_, target) in &mut mark.roles {
                if let RawFiller::Annotation(name) = target
                    && let Some(event) = used.get(name.as_str())
                {
                    name.clone_from(event);
                }
            }
        }
        let referents = referents.all();
        RawSet { marks, referents, ..RawSet::default() }
    }
}

fn fragment(text: &str) -> Option<(i64, i64)> {
    let (start, end) = text.trim().split_once(' ')?;
    Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
}

/// `Role:T1`; a role of an event that comes again has a number: `Role2:T4`.
fn argument(word: &str, numbered: bool) -> Result<(Name, RawFiller), Message> {
    let (role, target) = word.split_once(':').ok_or_else(|| message!("brat-argument", word = word))?;
    let bare = role.trim_end_matches(|c: char| c.is_ascii_digit());
    let role = if numbered && !bare.is_empty() { bare } else { role };
    Ok((role.into(), RawFiller::Annotation(target.to_owned())))
}
