//! Lines as feature structures, which [`super::super::cas`] makes an article of.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::escape::{plain, split, suffix};
use crate::formats::cas::{Held, Structure, Type, article_of};
use crate::formats::{ImportContext, Item, OffsetUnit};
use crate::model::Problem;

/// Sentences that can be put together with gaps; a file whose offsets leave larger ones is broken.
const GAP: i64 = 1 << 20;
/// Columns of one layer.
const COLUMNS: usize = 256;
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";

/// Hands over the article of a file, or says why there is none.
pub(super) fn article(
    file: &str,
    content: &str,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let mut lines = (1..).zip(content.trim_start_matches('\u{feff}').lines());
    let first = lines.next().map_or("", |(_, line)| line);
    if !first.starts_with("#FORMAT=WebAnno TSV 3") {
        return Err(message!("webanno-head"));
    }
    let mut body = TsvBody::default();
    for (number, line) in lines {
        let read =
            if body.sentences.is_empty() && !line.starts_with("#Text=") { body.header(line) } else { body.line(line) };
        if let Err(why) = read {
            out(Item::Problem(Problem::warning("line", why).at(file, Some(number))));
        }
    }
    let declared = reading.unit.unwrap_or(OffsetUnit::Utf16);
    let units = std::iter::once(declared).chain(OffsetUnit::ALL.into_iter().filter(|&unit| unit != declared));
    let fitting = units.into_iter().find_map(|unit| Some((unit, body.text(unit).ok()?)));
    let (unit, text) = match fitting {
        Some(fitting) => fitting,
        None => {
            let (text, why) = body.text(declared).expect_err("no unit fits");
            out(Item::Problem(Problem::warning("unit", why).at(file, None)));
            (declared, text)
        }
    };
    let mut problems = Vec::new();
    let mut structures = body.finish(&mut problems);
    for (number, why) in problems {
        out(Item::Problem(Problem::warning("annotation", why).at(file, (number > 0).then_some(number))));
    }
    structures.push(Structure {
        id: 0,
        kind: "uima.cas.Sofa".into(),
        features: vec![("sofaString".into(), Held::Text(text.into()))],
    });
    article_of(file, &structures, unit, reading, out)
}

/// The meaning of a column.
enum TsvColumn<'a> {
    /// The presence of an annotation.
    Here,
    Feature(&'a str),
    /// The roles of the links that a feature holds, and the type of these.
    Roles(&'a str, &'a str),
    /// The type that links lead to, or any.
    Targets(&'a str, &'a str),
    /// The type at which a relation begins.
    Source(&'a str),
    /// To which chain an annotation belongs, and what it is in it.
    ChainType,
    ChainLink,
}

struct Layer<'a> {
    name: &'a str,
    chain: bool,
    /// True where its annotations join others.
    relation: bool,
    columns: Vec<TsvColumn<'a>>,
}

#[derive(Default)]
struct Sentence<'a> {
    lines: Vec<Cow<'a, str>>,
    begin: Option<i64>,
}

/// A link whose end is not known until all lines are read.
struct OpenLink<'a> {
    line: u32,
    from: usize,
    feature: &'a str,
    role: Option<Cow<'a, str>>,
    /// Type, line and number of the annotation that it leads to.
    to: Option<(&'a str, &'a str, i64)>,
    kind: &'a str,
}

/// A relation: the annotation, and its two ends.
struct Arc<'a> {
    line: u32,
    relation: usize,
    kind: &'a str,
    source: (&'a str, i64),
    target: (&'a str, i64),
}

#[derive(Default)]
struct TsvBody<'a> {
    layers: Vec<Layer<'a>>,
    sentences: Vec<Sentence<'a>>,
    number: u32,
    /// The annotations, each with the layer.
    all: Vec<(usize, Structure<'a>)>,
    by_number: HashMap<i64, usize>,
    /// The content of a line, by its kind.
    on_line: HashMap<&'a str, Vec<usize>>,
    /// The place of each token.
    tokens: HashMap<&'a str, (i64, i64)>,
    /// True where some relation joins tokens.
    joins_tokens: bool,
    links: Vec<OpenLink<'a>>,
    /// Of each annotation and feature, the line that first tells its links, and which they are.
    slots: HashMap<(usize, &'a str), (u32, Range<usize>)>,
    arcs: Vec<Arc<'a>>,
    /// The elements of each chain, by number.
    chains: BTreeMap<i64, BTreeMap<i64, usize>>,
}

impl<'a> TsvBody<'a> {
    /// A line before the first sentence.
    fn header(&mut self, line: &'a str) -> Result<(), Message> {
        self.number += 1;
        let (kind, rest) = match line.split_once('=') {
            Some((kind @ ("#T_SP" | "#T_RL" | "#T_CH"), rest)) => (kind, rest),
            _ if line.is_empty() || line.starts_with("#Sentence.") => return Ok(()),
            _ => return Err(message!("webanno-header")),
        };
        let mut fields = rest.split('|').filter(|field| !field.is_empty());
        let name = fields.next().ok_or(message!("webanno-layer"))?;
        let mut columns: Vec<TsvColumn<'a>> = Vec::new();
        for field in fields {
            columns.push(match (kind, field) {
                ("#T_SP", role) if role.starts_with("ROLE_") => {
                    let mut parts = role.splitn(3, '_').skip(1);
                    let feature =
                        parts.next().and_then(|place| place.split_once(':')).map_or("links", |(_, name)| name);
                    TsvColumn::Roles(feature, parts.next().unwrap_or_default())
                }
                ("#T_SP", target) if target.contains('.') => match columns.last() {
                    Some(TsvColumn::Roles(feature, _)) => TsvColumn::Targets(feature, target),
                    _ => return Err(message!("webanno-role", target = target)),
                },
                ("#T_RL", base) if base.starts_with("BT_") => {
                    let base = base.trim_start_matches("BT_");
                    self.joins_tokens |= base == TOKEN || name.ends_with(".Dependency");
                    TsvColumn::Source(if name.ends_with(".Dependency") { TOKEN } else { base })
                }
                ("#T_CH", "referenceType") => TsvColumn::ChainType,
                ("#T_CH", "referenceRelation") => TsvColumn::ChainLink,
                (_, feature) => TsvColumn::Feature(feature),
            });
        }
        if columns.is_empty() {
            columns.push(TsvColumn::Here);
        }
        if columns.len() > COLUMNS {
            return Err(message!("webanno-columns", name = name, count = columns.len(), columns = COLUMNS));
        }
        let relation = columns.iter().any(|column| matches!(column, TsvColumn::Source(_)));
        self.layers.push(Layer { name, chain: kind == "#T_CH", relation, columns });
        Ok(())
    }

    fn line(&mut self, line: &'a str) -> Result<(), Message> {
        self.number += 1;
        if let Some(text) = line.strip_prefix("#Text=") {
            match self.sentences.last_mut().filter(|sentence| sentence.begin.is_none()) {
                Some(sentence) => sentence.lines.push(plain(text)),
                None => self.sentences.push(Sentence { lines: vec![plain(text)], begin: None }),
            }
            return Ok(());
        }
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let mut cells = cells(line);
        let (name, place) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        cells.next().ok_or(message!("webanno-few"))?;
        let offsets = place.split_once('-').and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
        let (begin, end): (i64, i64) = offsets.filter(|(begin, end)| (0..=*end).contains(begin)).ok_or_else(|| {
            let place: String = place.chars().take(40).collect();
            message!("webanno-place", place = place)
        })?;
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.begin.get_or_insert(begin);
        }
        if self.joins_tokens {
            self.tokens.insert(name, (begin, end));
        }
        let mut missing = 0;
        for layer in 0..self.layers.len() {
            // The annotations of this layer on this line, as they are stacked.
            let mut stack: Vec<usize> = Vec::new();
            for column in 0..self.layers[layer].columns.len() {
                match cells.next() {
                    Some("_") => {}
                    None => missing += 1,
                    Some(cell) => self.cell((layer, column), name, (begin, end), cell, &mut stack)?,
                }
            }
            if !stack.is_empty() {
                self.on_line.entry(name).or_default().extend(stack);
            }
        }
        if missing > 0 { Err(message!("webanno-missing", missing = missing)) } else { Ok(()) }
    }

    fn cell(
        &mut self,
        (layer, column): (usize, usize),
        name: &'a str,
        place: (i64, i64),
        cell: &'a str,
        stack: &mut Vec<usize>,
    ) -> Result<(), Message> {
        let line = self.number + 1;
        for (index, written) in split(cell, b'|').enumerate() {
            let (value, number) = match &self.layers[layer].columns[column] {
                TsvColumn::Targets(..) => (written, None),
                TsvColumn::ChainLink => written.rsplit_once("->").map_or((written, None), |(v, n)| (v, Some(n))),
                _ => suffix(written),
            };
            let kind = self.layers[layer].name;
            let chain = self.layers[layer].chain;
            let relation = self.layers[layer].relation;
            // Of a relation the numbers are those of its ends, of a chain its own.
            let own = number.filter(|_| !relation && !chain).map(number_of).transpose()?;
            let element = match &self.layers[layer].columns[column] {
                TsvColumn::ChainLink => {
                    let parts = number.and_then(|number| number.split_once('-'));
                    let (chain, element) = parts.ok_or(message!("webanno-chain"))?;
                    Some((number_of(chain)?, number_of(element)?))
                }
                _ => None,
            };
            let at = match stack.get(index) {
                Some(&at) => at,
                None => {
                    let known = own.and_then(|own| self.by_number.get(&own));
                    let known = known.or_else(|| self.chains.get(&element?.0)?.get(&element?.1)).copied();
                    let known = known.filter(|&at| self.all[at].0 == layer);
                    let at = known.unwrap_or_else(|| {
                        self.all.push((layer, Structure { kind: kind.into(), ..Structure::default() }));
                        self.all.len() - 1
                    });
                    extend(&mut self.all[at].1, place);
                    stack.push(at);
                    at
                }
            };
            if let Some(own) = own {
                self.by_number.entry(own).or_insert(at);
            }
            if let Some((chain, element)) = element {
                self.chains.entry(chain).or_default().insert(element, at);
            }
            let one = &mut self.all[at].1;
            let mut set = |feature: &'a str| {
                if value != "*" && one.held(feature).is_none() {
                    one.features.push((feature.into(), Held::Text(plain(value))));
                }
            };
            match &self.layers[layer].columns[column] {
                TsvColumn::Here => {}
                TsvColumn::Feature(feature) => set(feature),
                TsvColumn::ChainType => set("referenceType"),
                TsvColumn::ChainLink => set("referenceRelation"),
                TsvColumn::Source(base) => {
                    let (source, target) = match number.map(|number| number.split_once('_')) {
                        Some(Some((source, target))) => (number_of(source)?, number_of(target)?),
                        _ => (0, 0),
                    };
                    self.arcs.push(Arc {
                        line,
                        relation: at,
                        kind: base,
                        source: (value, source),
                        target: (name, target),
                    });
                }
                TsvColumn::Roles(feature, kind) => {
                    // An annotation of several lines says its links on each.
                    let Entry::Vacant(slot) = self.slots.entry((at, feature)) else { continue };
                    let first = self.links.len();
                    for role in split(value, b';').filter(|_| value != "_") {
                        let role = (role != "*").then(|| plain(role));
                        self.links.push(OpenLink { line, from: at, feature, role, to: None, kind });
                    }
                    slot.insert((line, first..self.links.len()));
                }
                TsvColumn::Targets(feature, kind) => {
                    let slot = self.slots.get(&(at, *feature)).filter(|(told, _)| *told == line);
                    let links = slot.map_or(0..0, |(_, links)| links.clone());
                    for (open, target) in self.links[links].iter_mut().zip(split(value, b';')) {
                        let (unit, number) = suffix(target);
                        if unit != "*" {
                            open.to = Some((kind, unit, number.map_or(Ok(0), number_of)?));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The text, put together of sentences; with the reason where offsets of this unit do not fit it.
    fn text(&self, unit: OffsetUnit) -> Result<String, (String, Message)> {
        let mut text = String::new();
        let mut length = 0_i64;
        let mut wrong = None;
        for (number, sentence) in self.sentences.iter().enumerate() {
            let begin = sentence.begin.unwrap_or(length);
            if begin < length && text.ends_with('\n') {
                text.pop();
                length -= 1;
            }
            if begin != length && (begin < length || begin - length > GAP) {
                wrong.get_or_insert(message!("webanno-sentence", number = number + 1, begin = begin, length = length));
            } else {
                text.extend(std::iter::repeat_n(' ', (begin - length) as usize));
                length = begin;
            }
            for line in &sentence.lines {
                text.push_str(line);
                text.push('\n');
                length += 1 + match unit {
                    OffsetUnit::CodePoint => line.chars().count(),
                    OffsetUnit::Utf16 => line.chars().map(char::len_utf16).sum(),
                    OffsetUnit::Byte => line.len(),
                } as i64;
            }
        }
        text.pop();
        match wrong {
            Some(wrong) => Err((text, wrong)),
            None => Ok(text),
        }
    }

    /// The annotation of a type (any, where it is `uima.tcas.Annotation`) on a line, or with a number.
    fn resolve(&self, kind: &str, line: &str, number: i64) -> Option<usize> {
        if number > 0 {
            return self.by_number.get(&number).copied();
        }
        let any = kind == "uima.tcas.Annotation";
        let on_line = self.on_line.get(line)?;
        on_line.iter().copied().find(|&at| any || self.all[at].1.kind == kind)
    }

    fn finish(mut self, problems: &mut Vec<(u32, Message)>) -> Vec<Structure<'a>> {
        // Numbers in the order in which records of a project stand; bare words are no records.
        let words = Type::Words.name();
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&at| {
            let (layer, one) = &self.all[at];
            let (begin, end) = (one.number("begin"), one.number("end"));
            (one.kind == words, (begin, end) != (Some(0), Some(0)), begin, Reverse(end), *layer)
        });
        for (number, &at) in (1..).zip(&order) {
            self.all[at].1.id = number;
            self.all[at].1.features.push(("sofa".into(), Held::References(vec![0])));
        }
        let mut next = self.all.len() as i64 + 1;
        let mut more: Vec<Structure<'a>> = Vec::new();
        let mut held: BTreeMap<(usize, &'a str), Vec<i64>> = BTreeMap::new();
        for link in &self.links {
            let to = link.to.and_then(|(kind, line, number)| self.resolve(kind, line, number));
            if link.to.is_some() && to.is_none() {
                problems.push((link.line, message!("webanno-slot")));
            }
            let mut one = Structure { id: next, kind: link.kind.into(), features: Vec::new() };
            // Without a role, what the link holds tells that it is one.
            one.features.push(("role".into(), Held::Text(link.role.clone().unwrap_or_default())));
            if let Some(to) = to {
                one.features.push(("target".into(), Held::References(vec![self.all[to].1.id])));
            }
            held.entry((link.from, link.feature)).or_default().push(next);
            more.push(one);
            next += 1;
        }
        for ((from, feature), ids) in held {
            self.all[from].1.features.push((feature.into(), Held::References(ids)));
        }
        for arc in &self.arcs {
            for (feature, (line, number)) in [("Governor", arc.source), ("Dependent", arc.target)] {
                let id = if arc.kind == TOKEN {
                    self.tokens.get(line).map(|&place| {
                        let mut token = Structure { id: next, kind: TOKEN.into(), ..Structure::default() };
                        extend(&mut token, place);
                        token.features.push(("sofa".into(), Held::References(vec![0])));
                        more.push(token);
                        next += 1;
                        next - 1
                    })
                } else {
                    self.resolve(arc.kind, line, number).map(|at| self.all[at].1.id)
                };
                match id {
                    Some(id) => {
                        self.all[arc.relation].1.features.push((feature.into(), Held::References(vec![id])));
                    }
                    None => problems.push((arc.line, message!("webanno-relation"))),
                }
            }
        }
        for elements in self.chains.values() {
            let elements: Vec<usize> = elements.values().copied().collect();
            for pair in elements.windows(2) {
                let next = self.all[pair[1]].1.id;
                self.all[pair[0]].1.features.push(("next".into(), Held::References(vec![next])));
            }
        }
        let mut all: Vec<_> = self.all.into_iter().map(|(_, one)| one).collect();
        all.extend(more);
        all
    }
}

/// Returns the cells between tabs: cells are so short that to look for a tab byte by byte is quicker than any other
/// way.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line.bytes().position(|byte| byte == b'\t');
        rest = end.map(|end| &line[end + 1..]);
        Some(end.map_or(line, |end| &line[..end]))
    })
}

/// Widens an annotation to a line that it is on too.
fn extend(one: &mut Structure<'_>, (begin, end): (i64, i64)) {
    for (name, place, wider) in [("begin", begin, i64::min as fn(i64, i64) -> i64), ("end", end, i64::max)] {
        match one.features.iter_mut().find(|(feature, _)| feature == name) {
            Some((_, Held::Number(there))) => *there = wider(*there, place),
            _ => one.features.push((name.into(), Held::Number(place))),
        }
    }
}

fn number_of(text: &str) -> Result<i64, Message> {
    let cut = || text.chars().take(40).collect::<String>();
    text.parse().map_err(|_| message!("webanno-number", text = cut()))
}
