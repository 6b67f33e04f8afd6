//! brat standoff: a `.txt` and an `.ann` file for each article, and an `annotation.conf`.
//!
//! A mention or zone is a text-bound annotation (T). A frame is an event (E) on a trigger of its own; one without a
//! trigger whose two roles are filled by annotations is a relation (R). Attributes are A, notes are `#`, referents are
//! N lines: one for each outside register, and one of the register `jejak` that carries the referent's id and name.
//! Equiv lines (`*`) say the same as shared referents.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use super::incoming::{Incoming, Mark, Marks, Target, quote};
use super::loss::{drop_roles_without_span, nowhere, place, reduce, rename};
use super::{About, Card, Carries, Context, Format, Item, Loss, Lost, Page, Reading, Sink, Source, Unit, Writer};
use crate::model::{Annotation, AttributeKind, Filler, Id, Kind, Name, Problem, Referent, Schema};

/// See the module.
pub(super) struct Brat;

static CARD: Card = Card {
    name: "brat",
    title: "brat standoff: .txt and .ann beside each other",
    extension: "ann",
    file: None,
    unit: Some(Unit::CodePoint),
    carries: Carries {
        kinds: &[Kind::Entity, Kind::Frame, Kind::Zone],
        fragments: true,
        attributes: true,
        roles: true,
        referents: true,
        notes: true,
        ..Carries::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://brat.nlplab.org/standoff.html",
    notes: "Frames without a trigger are written where two annotations fill their two roles (as relations). Notes lose \
            their line breaks, attributes' values and names their white space. Records are called T1, E1, R1.",
};

const SELF: &str = "jejak";

/// Whether a frame without a span can be a relation: two different roles, each filled by an annotation.
fn is_relation(record: &Annotation) -> bool {
    let targets = record.roles.iter().all(|role| matches!(role.filler, Filler::Annotation(_)));
    record.at.is_empty() && record.roles.len() == 2 && targets && record.roles[0].name != record.roles[1].name
}

/// A name as brat has room for: no white space, nothing that means something to brat, no digits at the end of a role.
fn plain(name: &str, role: bool) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/');
    let mut plain: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if role && plain.ends_with(|c: char| c.is_ascii_digit()) {
        plain.push('_');
    }
    if plain.is_empty() { "_".into() } else { plain }
}

fn one_line(note: &str) -> String {
    note.split(['\n', '\r', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

impl Format for Brat {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn reduce(&self, page: &mut Page, cx: &Context<'_>, loss: &mut Loss) {
        let schema = &cx.corpus.schema;
        drop_half_relations(page, schema, loss);
        reduce(page, &CARD.carries, cx, loss, |record| {
            is_relation(record) && schema.kind(&record.label) == Kind::Frame
        });
        drop_roles_without_span(page, loss, is_relation);
        let (article, text) = (page.id.clone(), page.text.clone());
        for layer in &mut page.sets {
            for record in &mut layer.records {
                let mut after = Annotation::clone(record);
                let mut lost = |what, n: usize| loss.note(what, n, || place(&article, &text, record));
                after.label = plain(&record.label, false).into();
                lost(Lost::Name, usize::from(after.label != record.label));
                after.note = one_line(&record.note);
                lost(Lost::Note, usize::from(after.note != record.note));
                // Only events and relations have arguments; R lines cannot have a referent's place in the text.
                if schema.kind(&record.label) != Kind::Frame {
                    lost(Lost::Role, after.roles.len());
                    after.roles.clear();
                }
                for role in &mut after.roles {
                    let name: Name = plain(&role.name, !record.at.is_empty()).into();
                    lost(Lost::Name, usize::from(name != role.name));
                    role.name = name;
                }
                for (name, value) in &mut after.attributes {
                    let written = Name::from(plain(name, false));
                    let said = match value.split_whitespace().collect::<Vec<_>>().join("_") {
                        said if said.is_empty() => "_".to_owned(),
                        said => said,
                    };
                    lost(Lost::Name, usize::from(written != *name));
                    lost(Lost::Attribute, usize::from(said != *value));
                    (*name, *value) = (written, said);
                }
                after.attributes.sort_by(|a, b| a.0.cmp(&b.0));
                if after != **record {
                    *record = Arc::new(after);
                }
            }
            reduce_referents(layer, loss);
        }
        let mut numbers = [0; 3];
        rename(page, loss, |_, record| {
            let (kind, letter) = match (schema.kind(&record.label), record.at.is_empty()) {
                (_, true) => (2, 'r'),
                (Kind::Frame, _) => (1, 'e'),
                _ => (0, 't'),
            };
            numbers[kind] += 1;
            format!("{letter}{}", numbers[kind]).parse().expect("a letter and a number are an id")
        });
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn Writer + 'a> {
        Box::new(Out { cx, seen: Seen::default(), ann: String::new() })
    }

    fn read(&self, source: &Source, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) {
        let texts: Vec<&str> = source.names().filter(|name| name.ends_with(".txt")).collect();
        for name in &texts {
            let stem = name.trim_end_matches(".txt");
            if let Err((file, why)) = read_article(stem, source, reading, out) {
                out(Item::Problem(Problem::error("file", why).at(&file, None)));
            }
        }
        for name in source.names().filter(|name| name.ends_with(".ann") || name.ends_with(".a1")) {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if !source.has(&format!("{stem}.txt")) {
                let why = "there is no .txt file of the same name beside it".to_owned();
                out(Item::Problem(Problem::error("no-text", why).at(name, None)));
            }
        }
        if texts.is_empty() {
            out(Item::Problem(Problem::error("no-text", "there is no .txt file among what is to be read")));
        }
    }
}

/// Relations hold between mentions, zones and events that are written; others cannot be.
fn drop_half_relations(page: &mut Page, schema: &Schema, loss: &mut Loss) {
    let (article, text) = (page.id.clone(), page.text.clone());
    for layer in &mut page.sets {
        let written = standing(layer, |record| schema.kind(&record.label) != Kind::Document);
        layer.records.retain(|record| {
            let half = is_relation(record) && !record.targets().all(|id| written.contains(&id));
            let frame = half && schema.kind(&record.label) == Kind::Frame;
            if frame {
                loss.note(Lost::Frame, 1, || place(&article, &text, record));
            }
            !frame
        });
    }
}

fn standing(layer: &super::Layer, also: impl Fn(&Annotation) -> bool) -> BTreeSet<Id> {
    layer.records.iter().filter(|record| !record.at.is_empty() && also(record)).map(|record| record.id).collect()
}

/// Of referents, the name and the identifiers outside are kept, for those that a record is about.
fn reduce_referents(layer: &mut super::Layer, loss: &mut Loss) {
    let mut labels: HashMap<Id, Name> = HashMap::new();
    for record in &mut layer.records {
        let Some(id) = record.referent else { continue };
        if record.at.is_empty() || !layer.referents.iter().any(|one| one.id == id) {
            loss.note(Lost::Reference, 1, || format!("referent {id}"));
            Arc::make_mut(record).referent = None;
        } else {
            labels.entry(id).or_insert_with(|| record.label.clone());
        }
    }
    let whose = layer.annotator.clone();
    layer.referents.retain_mut(|referent| {
        let Some(label) = labels.get(&referent.id) else {
            loss.note_referent(Lost::Referent, &whose, referent.id, 1);
            return false;
        };
        let mut after = Referent::new(label, &one_line(&referent.name), nowhere(&whose));
        after.id = referent.id;
        for (register, id) in &referent.external {
            let (register, id) = (plain(register, false), id.split_whitespace().collect::<String>());
            if register != SELF && !id.is_empty() {
                after.external.push((register.into(), id));
            }
        }
        loss.note_referent(Lost::Provenance, &whose, referent.id, usize::from(after.origin != referent.origin));
        after.origin = referent.origin.clone();
        loss.note_referent(Lost::ReferentDetail, &whose, referent.id, usize::from(after != **referent));
        after.origin = nowhere(&whose);
        *referent = Arc::new(after);
        true
    });
}

// Writing.

/// What the configuration must declare.
#[derive(Default)]
struct Seen {
    entities: BTreeSet<Name>,
    /// Roles of each frame label.
    events: BTreeMap<Name, BTreeSet<Name>>,
    relations: BTreeMap<Name, (Name, Name)>,
    /// Values of each attribute; none where it is a flag.
    attributes: BTreeMap<Name, BTreeSet<String>>,
}

struct Out<'a> {
    cx: Context<'a>,
    seen: Seen,
    ann: String,
}

impl Writer for Out<'_> {
    fn article(&mut self, page: &Page, sink: &mut dyn Sink) -> io::Result<()> {
        self.ann.clear();
        if let Some(layer) = page.sets.first() {
            self.layer(page, layer);
        }
        sink.whole(&format!("{}.txt", page.id), page.text.as_str().as_bytes())?;
        sink.whole(&format!("{}.ann", page.id), self.ann.as_bytes())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.whole("annotation.conf", self.seen.configuration().as_bytes())
    }
}

impl Out<'_> {
    /// Writing to a string cannot fail, so its results are not looked at.
    fn layer(&mut self, page: &Page, layer: &super::Layer) {
        let (text, schema) = (&page.text, &self.cx.corpus.schema);
        let ann = &mut self.ann;
        // Triggers are numbered after the mentions, whose numbers are their ids.
        let mut trigger = layer.records.iter().filter(|record| is_mention(record)).count();
        let (mut attributes, mut notes, mut references) = (0, 0, 0);
        let mut members: BTreeMap<Id, Vec<String>> = BTreeMap::new();
        for record in &layer.records {
            let name = record.id.to_string().to_uppercase();
            if record.at.is_empty() {
                let (from, to) = (&record.roles[0], &record.roles[1]);
                let _ = write!(ann, "{name}\t{}", record.label);
                for role in [from, to] {
                    if let Filler::Annotation(id) = role.filler {
                        let _ = write!(ann, " {}:{}", role.name, id.to_string().to_uppercase());
                    }
                }
                ann.push('\n');
                self.seen.relations.insert(record.label.clone(), (from.name.clone(), to.name.clone()));
            } else {
                let bound = if is_mention(record) {
                    self.seen.entities.insert(record.label.clone());
                    name.clone()
                } else {
                    trigger += 1;
                    format!("T{trigger}")
                };
                let _ = write!(ann, "{bound}\t{}", record.label);
                for (index, span) in record.at.iter().enumerate() {
                    let (start, end) = (text.byte_to_char(span.start), text.byte_to_char(span.end));
                    let _ = write!(ann, "{}{start} {end}", if index == 0 { ' ' } else { ';' });
                }
                let _ = writeln!(ann, "\t{}", quote(text, &record.at).replace(['\n', '\t'], " "));
                if !is_mention(record) {
                    let _ = write!(ann, "{name}\t{}:{bound}", record.label);
                    let roles = self.seen.events.entry(record.label.clone()).or_default();
                    let mut times: HashMap<&str, usize> = HashMap::new();
                    for role in &record.roles {
                        let Filler::Annotation(id) = role.filler else { continue };
                        let count = times.entry(role.name.as_str()).or_default();
                        *count += 1;
                        let _ = write!(ann, " {}", role.name);
                        if *count > 1 {
                            let _ = write!(ann, "{count}");
                        }
                        let _ = write!(ann, ":{}", id.to_string().to_uppercase());
                        roles.insert(role.name.clone());
                    }
                    ann.push('\n');
                }
            }
            for (attribute, value) in &record.attributes {
                attributes += 1;
                let flag = value == "yes" && is_flag(schema, attribute);
                let _ = write!(ann, "A{attributes}\t{attribute} {name}");
                let values = self.seen.attributes.entry(attribute.clone()).or_default();
                if !flag {
                    let _ = write!(ann, " {value}");
                    values.insert(value.clone());
                }
                ann.push('\n');
            }
            if !record.note.is_empty() {
                notes += 1;
                let _ = writeln!(ann, "#{notes}\tAnnotatorNotes {name}\t{}", record.note);
            }
            if let Some(id) = record.referent
                && let Some(referent) = layer.referents.iter().find(|one| one.id == id)
            {
                references += 1;
                let _ = writeln!(ann, "N{references}\tReference {name} {SELF}:{id}\t{}", referent.name);
                for (register, outside) in &referent.external {
                    references += 1;
                    let _ = writeln!(ann, "N{references}\tReference {name} {register}:{outside}\t{}", referent.name);
                }
                members.entry(id).or_default().push(name);
            }
        }
        for members in members.values().filter(|members| members.len() > 1) {
            let _ = writeln!(ann, "*\tEquiv {}", members.join(" "));
        }
    }
}

fn is_mention(record: &Annotation) -> bool {
    record.id.to_string().starts_with('t')
}

fn is_flag(schema: &Schema, attribute: &str) -> bool {
    let kinds = schema.labels.iter().filter_map(|label| label.attribute(attribute)).map(|def| &def.kind);
    let mut kinds = kinds.peekable();
    kinds.peek().is_some() && kinds.all(|kind| *kind == AttributeKind::Flag)
}

impl Seen {
    fn configuration(&self) -> String {
        let mut conf = String::from("[entities]\n\n");
        for label in &self.entities {
            let _ = writeln!(conf, "{label}");
        }
        conf.push_str("\n[relations]\n\n");
        for (label, (from, to)) in &self.relations {
            let _ = writeln!(conf, "{label}\t{from}:<ANY>, {to}:<ANY>");
        }
        conf.push_str("\n[events]\n\n");
        for (label, roles) in &self.events {
            let roles: Vec<String> = roles.iter().map(|role| format!("{role}*:<ANY>")).collect();
            let _ = writeln!(conf, "{label}\t{}", roles.join(", "));
        }
        conf.push_str("\n[attributes]\n\n");
        for (attribute, values) in &self.attributes {
            let _ = write!(conf, "{attribute}\tArg:<ANY>");
            if !values.is_empty() {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let _ = write!(conf, ", Value:{}", values.join("|"));
            }
            conf.push('\n');
        }
        conf
    }
}

// Reading.

fn read_article(
    stem: &str,
    source: &Source,
    reading: &Reading<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), (String, String)> {
    let text_file = format!("{stem}.txt");
    let content = source.text(&text_file).map_err(|why| (text_file.clone(), why))?;
    let mut lines = Lines::default();
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
        done.map_err(|error| (file.clone(), error.to_string()))?;
        first.get_or_insert(file);
    }
    let file = first.unwrap_or(text_file);
    let id = stem.rsplit('/').next().unwrap_or(stem).to_owned();
    let set = lines.marks(reading, &file, out);
    Incoming {
        file: &file,
        line: 1,
        id,
        about: About::default(),
        content: &content,
        unit: Unit::CodePoint,
        sets: vec![set],
        dangling: false,
    }
    .finish(reading, out);
    Ok(())
}

/// The lines of one article, sorted by what they are.
#[derive(Default)]
struct Lines {
    bound: Vec<Mark>,
    events: Vec<Event>,
    relations: Vec<Mark>,
    /// Line, target, name and value.
    attributes: Vec<(u32, String, String, String)>,
    notes: Vec<(u32, String, String)>,
    /// Line, target, register, id and name.
    references: Vec<(u32, String, String, String, String)>,
    equivalent: Vec<(u32, Vec<String>)>,
}

struct Event {
    id: String,
    label: String,
    trigger: String,
    roles: Vec<(Name, Target)>,
    line: u32,
}

impl Lines {
    fn take(&mut self, line: u32, content: &str) -> Result<(), String> {
        let content = content.trim_end_matches(['\r', ' ']);
        if content.trim().is_empty() {
            return Ok(());
        }
        let (id, rest) = content.split_once('\t').ok_or("there is no tab after the first word")?;
        let (body, said) = rest.split_once('\t').map_or((rest, None), |(body, said)| (body, Some(said)));
        let mut words = body.split_whitespace();
        let kind = words.next().ok_or("there is nothing after the first word")?;
        let id = id.trim();
        match id.chars().next() {
            Some('T') => {
                let places: Vec<&str> = words.collect();
                let at = places.join(" ").split(';').map(fragment).collect::<Option<Vec<_>>>();
                let at = at.filter(|at| !at.is_empty()).ok_or_else(|| format!("“{body}” has no offsets"))?;
                let quote = said.map(str::to_owned);
                self.bound.push(Mark { id: id.into(), label: kind.into(), at, quote, line, ..Mark::default() });
            }
            Some('E') => {
                let (label, trigger) = kind.split_once(':').ok_or("an event names no trigger")?;
                let roles = words.map(|word| argument(word, true)).collect::<Result<_, _>>()?;
                let (label, trigger) = (label.to_owned(), trigger.to_owned());
                self.events.push(Event { id: id.into(), label, trigger, roles, line });
            }
            Some('R') => {
                let roles = words.map(|word| argument(word, false)).collect::<Result<_, _>>()?;
                self.relations.push(Mark { id: id.into(), label: kind.into(), roles, line, ..Mark::default() });
            }
            Some('A' | 'M') => {
                let target = words.next().ok_or("an attribute names no annotation")?.to_owned();
                let value = words.next().unwrap_or("yes").to_owned();
                self.attributes.push((line, target, kind.to_owned(), value));
            }
            Some('#') => {
                let target = words.next().ok_or("a note names no annotation")?.to_owned();
                self.notes.push((line, target, said.unwrap_or_default().trim().to_owned()));
            }
            Some('N') => {
                let target = words.next().ok_or("a reference names no annotation")?.to_owned();
                let outside = words.next().and_then(|outside| outside.split_once(':'));
                let (register, outside) = outside.ok_or("a reference names no register and identifier")?;
                let name = said.unwrap_or_default().trim().to_owned();
                self.references.push((line, target, register.to_owned(), outside.to_owned(), name));
            }
            Some('*') => self.equivalent.push((line, words.map(str::to_owned).collect())),
            _ => return Err(format!("lines that begin with “{id}” are not known")),
        }
        Ok(())
    }

    fn marks(self, reading: &Reading<'_>, file: &str, out: &mut dyn FnMut(Item)) -> Marks {
        let mut problem = |line: u32, why: String| {
            out(Item::Problem(Problem::warning("no-target", why).at(file, Some(line))));
        };
        let mut marks: Vec<Mark> = Vec::new();
        let triggers: HashMap<&str, &Mark> = self.bound.iter().map(|mark| (mark.id.as_str(), mark)).collect();
        let mut events = Vec::new();
        let mut used: HashMap<&str, String> = HashMap::new();
        for event in &self.events {
            let Some(trigger) = triggers.get(event.trigger.as_str()) else {
                problem(event.line, format!("{} has trigger {}, which is not there", event.id, event.trigger));
                continue;
            };
            used.entry(trigger.id.as_str()).or_insert_with(|| event.id.clone());
            let (id, label, roles) = (event.id.clone(), event.label.clone(), event.roles.clone());
            events.push(Mark { id, label, roles, line: event.line, ..(*trigger).clone() });
        }
        marks.extend(self.bound.iter().filter(|mark| !used.contains_key(mark.id.as_str())).cloned());
        marks.extend(events);
        marks.extend(self.relations);
        // What is said of a trigger is said of its first event.
        let at: HashMap<String, usize> =
            marks.iter().enumerate().rev().map(|(at, mark)| (mark.id.clone(), at)).collect();
        let find = |target: &str| at.get(used.get(target).map_or(target, String::as_str)).copied();
        for (line, target, name, value) in self.attributes {
            match find(&target) {
                Some(at) => marks[at].attributes.push((reading.name(&name), value)),
                None => problem(line, format!("{name} is about {target}, which is not there")),
            }
        }
        for (line, target, note) in self.notes {
            match find(&target) {
                Some(at) if marks[at].note.is_empty() => marks[at].note = note,
                Some(at) => marks[at].note = format!("{}\n{note}", marks[at].note),
                None => problem(line, format!("a note is about {target}, which is not there")),
            }
        }
        let mut referents = References::default();
        for (line, target, register, outside, name) in self.references {
            match find(&target) {
                Some(at) => referents.add(&mut marks[at], &register, outside, &name, reading, file),
                None => problem(line, format!("a reference is about {target}, which is not there")),
            }
        }
        for (line, members) in self.equivalent {
            let members: Vec<usize> = members.iter().filter_map(|target| find(target)).collect();
            if members.len() < 2 {
                problem(line, "an equivalence names fewer than two annotations that are there".into());
            }
            referents.join(&members, &mut marks, reading, file);
        }
        for mark in &mut marks {
            for (_, target) in &mut mark.roles {
                if let Target::Mark(name) = target
                    && let Some(event) = used.get(name.as_str())
                {
                    name.clone_from(event);
                }
            }
        }
        let referents = referents.all.into_values().map(Arc::new).collect();
        Marks { marks, referents, ..Marks::default() }
    }
}

/// The referents of one article.
#[derive(Default)]
struct References {
    all: BTreeMap<Id, Referent>,
    by_outside: HashMap<(String, String), Id>,
}

impl References {
    fn add(&mut self, mark: &mut Mark, register: &str, outside: String, name: &str, reading: &Reading<'_>, file: &str) {
        let own = (register == SELF).then(|| outside.parse::<Id>().ok()).flatten();
        let known = self.by_outside.get(&(register.to_owned(), outside.clone())).copied();
        let id = own.or(mark.referent).or(known).unwrap_or_else(|| self.fresh());
        mark.referent = Some(id);
        let referent = self.all.entry(id).or_insert_with(|| {
            let mut referent = Referent::new(&reading.name(&mark.label), name, reading.origin(file));
            referent.id = id;
            referent
        });
        if own.is_none() {
            let entry = (reading.name(register), outside.clone());
            if !referent.external.contains(&entry) {
                referent.external.push(entry);
            }
            self.by_outside.insert((register.to_owned(), outside), id);
        }
    }

    /// A name that is not taken here; an importer renames it where the annotator has one of that name already.
    fn fresh(&self) -> Id {
        let numbered =
            (1..).map(|number| format!("ref{number}").parse::<Id>().expect("letters and a number are an id"));
        numbered.into_iter().find(|id| !self.all.contains_key(id)).expect("numbers do not run out")
    }

    /// Says that several marks are about one thing.
    fn join(&mut self, members: &[usize], marks: &mut [Mark], reading: &Reading<'_>, file: &str) {
        let Some(&first) = members.first() else { return };
        let id = members.iter().find_map(|&at| marks[at].referent).unwrap_or_else(|| self.fresh());
        let mark = &marks[first];
        let (label, name) = (reading.name(&mark.label), mark.quote.clone().unwrap_or_default());
        self.all.entry(id).or_insert_with(|| Referent { id, ..Referent::new(&label, &name, reading.origin(file)) });
        for &at in members {
            marks[at].referent.get_or_insert(id);
        }
    }
}

fn fragment(text: &str) -> Option<(i64, i64)> {
    let (start, end) = text.trim().split_once(' ')?;
    Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
}

/// `Role:T1`; a role of an event that comes again has a number: `Role2:T4`.
fn argument(word: &str, numbered: bool) -> Result<(Name, Target), String> {
    let (role, target) = word.split_once(':').ok_or_else(|| format!("“{word}” is no argument"))?;
    let bare = role.trim_end_matches(|c: char| c.is_ascii_digit());
    let role = if numbered && !bare.is_empty() { bare } else { role };
    Ok((role.into(), Target::Mark(target.to_owned())))
}
