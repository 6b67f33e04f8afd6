//! An article made of feature structures.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::model::{Held, Structure};
use super::names::attribute;
use super::write::UNSPECIFIED;
use crate::formats::raw_document::{RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use crate::formats::references::References;
use crate::formats::{ArticleMetadata, ImportContext, Item, OffsetUnit};
use crate::model::{Id, Problem, Value};
use crate::text::{Span, Text};

/// Bare words in a role.
const WORDS: &str = "webanno.custom.Words";
const TEXT: &str = "uima.cas.Sofa";

/// Hands over the article of a CAS whose offsets count `unit`, or says why there is none.
pub(in crate::formats) fn article(
    file: &str,
    all: &[Structure<'_>],
    unit: OffsetUnit,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let texts = || all.iter().filter(|one| one.kind == TEXT && one.text("sofaString").is_some());
    let text = texts().find(|one| one.text("sofaID") == Some("_InitialView")).or_else(|| texts().next());
    let text = text.ok_or(message!("no-text"))?;
    for other in texts().filter(|one| one.id != text.id) {
        let view = other.text("sofaID").unwrap_or_default();
        let why = message!("cas-view", view = view);
        out(Item::Problem(Problem::warning("view", why).at(file, None)));
    }
    let mut cas = Cas::new(file, all, text.id, reading, out);
    let mut marks = cas.marks();
    let (id, about) = cas.about();
    let named = RawNames::of(&marks);
    let mut referents = References::default();
    let chains = cas.chains();
    let said = if chains.is_empty() { Text::default() } else { Text::new(text.text("sofaString").unwrap_or_default()) };
    for chain in chains {
        let members: Vec<usize> = chain.iter().filter_map(|id| named.index(id)).collect();
        if members.len() > 1 {
            let byte = |at| unit.to_byte(&said, at);
            let place = marks[members[0]].at.first().and_then(|at| Some(Span::new(byte(at.0)?, byte(at.1)?)));
            let place = place.filter(|span| span.start < span.end);
            let words = place.map_or_else(String::new, |span| said.slice(span).to_owned());
            referents.join_named(&members, &words, &mut marks, reading, file);
        }
    }
    let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
    let content = text.text("sofaString").unwrap_or_default();
    let unit = reading.unit.unwrap_or(unit);
    RawDocument { file, line: 0, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}

/// References that are followed in one article for each feature structure that it has: lists may be shared, and what
/// many annotations share may be long.
const STEPS: usize = 16;

struct Cas<'a, 'r> {
    file: &'a str,
    all: &'a [Structure<'a>],
    /// The part of each in the article.
    parts: Vec<StructurePart>,
    by_id: Places,
    /// Those that become marks.
    marks: Places,
    /// The name of each of those.
    names: Vec<Cow<'a, str>>,
    /// References that may still be followed.
    steps: usize,
    /// True where some were not.
    cut_short: bool,
    reading: &'a ImportContext<'r>,
    out: &'a mut dyn FnMut(Item),
}

/// The places of feature structures in a list, by number; of those that have one number, the first.
struct Places(Vec<(i64, usize)>);

impl Places {
    /// Of those that `counts` says, which is given the place.
    fn of(all: &[Structure<'_>], counts: impl Fn(usize) -> bool) -> Self {
        let mut places: Vec<_> =
            (all.iter().enumerate()).filter(|(index, _)| counts(*index)).map(|(index, one)| (one.id, index)).collect();
        places.sort_unstable();
        places.dedup_by_key(|(id, _)| *id);
        Self(places)
    }

    fn get(&self, id: i64) -> Option<usize> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.0[at].1)
    }
}

/// The part of a feature structure in an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StructurePart {
    /// An annotation of the text or of the whole article.
    Mention,
    /// Annotations that only say where words, sentences and the document are, and what configures an editor.
    Frame,
    Other,
}

/// Returns the part of a feature structure in the article whose text is this one.
fn part(one: &Structure<'_>, text: i64) -> StructurePart {
    if one.number("sofa") != Some(text) {
        return StructurePart::Other;
    }
    let frame = match one.short() {
        "Sentence" | "Token" => one.kind.contains(".segmentation.type."),
        "DocumentAnnotation" => one.kind.starts_with("uima.tcas."),
        "DocumentMetaData" | "TagsetDescription" | "TagDescription" => one.kind.contains(".metadata.type."),
        _ => {
            // The beginning of a chain says no more than that there is one.
            (one.held("first").is_some() && one.held("begin").is_none())
                || one.kind.starts_with("uima.cas.")
                || one.kind == WORDS
                || one.kind.starts_with("de.tudarmstadt.ukp.clarin.webanno.api.type.")
        }
    };
    if frame { StructurePart::Frame } else { StructurePart::Mention }
}

impl<'a, 'r> Cas<'a, 'r> {
    fn new(
        file: &'a str,
        all: &'a [Structure<'a>],
        text: i64,
        reading: &'a ImportContext<'r>,
        out: &'a mut dyn FnMut(Item),
    ) -> Self {
        let parts: Vec<StructurePart> = all.iter().map(|one| part(one, text)).collect();
        // Some writers number the text as they number another; the other is meant by what refers to it.
        let by_id = Places::of(all, |index| all[index].kind != TEXT);
        let marks = Places::of(all, |index| parts[index] == StructurePart::Mention);
        let mut names = vec![Cow::Borrowed(""); all.len()];
        let mut taken: HashSet<Cow<'a, str>> = HashSet::with_capacity(all.len());
        for (index, one) in all.iter().enumerate() {
            // Of those that have one number the first has a name.
            if marks.get(one.id) != Some(index) {
                continue;
            }
            let own = own_id(one).map(Cow::from).filter(|id| taken.insert(id.clone()));
            names[index] = own.unwrap_or_else(|| {
                let numbered = (1..).map(|n| if n == 1 { one.id.to_string() } else { format!("{}-{n}", one.id) });
                let mut numbered = numbered.map(Cow::from);
                numbered.find(|name| taken.insert(name.clone())).expect("numbers do not run out")
            });
        }
        let steps = all.len().saturating_mul(STEPS);
        Self { file, all, parts, by_id, marks, names, steps, cut_short: false, reading, out }
    }

    /// Returns the name of the annotation of this number.
    fn name(&self, id: i64) -> Option<&str> {
        self.marks.get(id).map(|index| &*self.names[index])
    }

    fn problem(&mut self, code: &'static str, why: Message) {
        (self.out)(Item::Problem(Problem::warning(code, why).at(self.file, None)));
    }

    fn about(&self) -> (String, ArticleMetadata) {
        let mut about = ArticleMetadata::default();
        let mut id = String::new();
        for (one, _) in self.all.iter().zip(&self.parts).filter(|(_, part)| **part == StructurePart::Frame) {
            let texts = [
                ("documentTitle", &mut about.title),
                ("documentUri", &mut about.url),
                ("documentId", &mut id),
                ("language", &mut about.language),
            ];
            for (feature, field) in texts {
                match one.text(feature) {
                    Some(said) if field.is_empty() && said != UNSPECIFIED => said.clone_into(field),
                    _ => {}
                }
            }
        }
        if id.is_empty() {
            let name = self.file.rsplit('/').next().unwrap_or(self.file);
            name.rsplit_once('.').map_or(name, |(stem, _)| stem).clone_into(&mut id);
        }
        (id, about)
    }

    fn marks(&mut self) -> Vec<RawAnnotation> {
        let mut marks = Vec::new();
        let mut used: HashSet<i64> = HashSet::new();
        let mut unread: BTreeMap<&str, usize> = BTreeMap::new();
        let all = self.all;
        for (index, one) in all.iter().enumerate() {
            match self.parts[index] {
                StructurePart::Mention => match self.mark(one, &mut used) {
                    Ok(mark) => marks.push(mark),
                    Err(why) => self.problem("annotation", why),
                },
                StructurePart::Frame => {}
                StructurePart::Other => {
                    let inner =
                        one.kind.starts_with("uima.") || one.kind.ends_with("[]") || one.kind.ends_with(".NULL");
                    if !inner && !used.contains(&one.id) {
                        *unread.entry(&*one.kind).or_default() += 1;
                    }
                }
            }
        }
        // An element may come before the one that uses it.
        for one in all.iter().filter(|one| used.contains(&one.id)) {
            if let Some(count) = unread.get_mut(&*one.kind) {
                *count = count.saturating_sub(1);
            }
        }
        for (kind, count) in unread.into_iter().filter(|(_, count)| *count > 0) {
            self.problem("no-place", message!("cas-no-place", count = count, kind = kind));
        }
        marks
    }

    /// The chains of mentions that are about one thing, each by the names of its marks.
    fn chains(&self) -> Vec<Vec<String>> {
        let links = || self.all.iter().filter(|one| is_link(one) && self.name(one.id).is_some());
        let followed: HashSet<i64> = links().filter_map(|one| one.number(NEXT)).collect();
        let mut seen: HashSet<i64> = HashSet::new();
        let mut chains = Vec::new();
        for first in links().filter(|one| !followed.contains(&one.id)) {
            let mut chain = Vec::new();
            let mut next = Some(first.id);
            while let Some(id) = next.filter(|id| seen.insert(*id)) {
                chain.extend(self.name(id).map(str::to_owned));
                next = self.by_id.get(id).and_then(|at| self.all[at].number(NEXT));
            }
            chains.push(chain);
        }
        chains
    }

    fn mark(&mut self, one: &'a Structure<'a>, used: &mut HashSet<i64>) -> Result<RawAnnotation, Message> {
        let (named, label) = label(one);
        let mut mark = RawAnnotation {
            id: self.name(one.id).unwrap_or_default().to_owned(),
            label: label.to_owned(),
            ..RawAnnotation::default()
        };
        let relation = one.held("Governor").is_some() && one.held("Dependent").is_some();
        if one.held("begin").is_some() && !relation {
            let place = |name| {
                one.number(name).ok_or_else(|| message!("cas-no-number", label = label, id = one.id, name = name))
            };
            let (begin, end) = (place("begin")?, place("end")?);
            if begin < end || begin < 0 {
                mark.at.push((begin, end));
            } else if begin != 0 || end != 0 {
                self.problem("empty-span", message!("cas-no-words", label = label, begin = begin));
            }
        }
        let own = own_id(one);
        for (feature, held) in &one.features {
            let feature = &**feature;
            if ["begin", "end", "sofa"].contains(&feature) || Some(feature) == named {
                continue;
            }
            match held {
                Held::Text(text) if feature == "id" && own == Some(text) => {}
                Held::Text(text) if feature == "note" => text.as_ref().clone_into(&mut mark.note),
                Held::Text(text) => mark.attributes.push((self.reading.name(&attribute(feature)), text.to_string())),
                Held::Number(number) => {
                    mark.attributes.push((self.reading.name(&attribute(feature)), number.to_string()));
                }
                Held::Texts(texts) => {
                    let name = self.reading.name(&attribute(feature));
                    mark.attributes.extend(texts.iter().map(|text| (name.clone(), text.to_string())));
                }
                // The next of a chain is about the same thing, and fills no role.
                Held::References(_) if feature == NEXT && is_link(one) => {}
                Held::References(ids) => {
                    let ids = self.spread(ids, used);
                    for id in ids {
                        self.role(&mut mark, feature, id, used);
                    }
                }
            }
        }
        Ok(mark)
    }

    /// Returns the targets of references, with lists replaced by their members.
    fn spread(&mut self, ids: &[i64], used: &mut HashSet<i64>) -> Vec<i64> {
        let mut open: Vec<i64> = ids.iter().rev().copied().collect();
        let (mut found, mut lists) = (Vec::new(), 0);
        while let Some(id) = open.pop() {
            let list = self.by_id.get(id).map(|at| &self.all[at]).filter(|one| {
                one.kind.ends_with("[]") || one.kind.ends_with("FSArray") || one.kind.ends_with("FSList")
            });
            let Some(list) = list else {
                found.push(id);
                continue;
            };
            used.insert(id);
            // A list may hold itself.
            lists += 1;
            if lists > self.all.len() {
                break;
            }
            for feature in ["tail", "head", "elements", "%ELEMENTS"] {
                if let Some(Held::References(inner)) = list.held(feature) {
                    let within = inner.len().min(self.steps);
                    self.steps -= within;
                    open.extend(inner[..within].iter().rev());
                    if within < inner.len() && !std::mem::replace(&mut self.cut_short, true) {
                        let why = message!("cas-lists");
                        self.problem("annotation", why.to_owned());
                    }
                }
            }
        }
        found
    }

    /// Adds what a reference says: that something fills a role.
    fn role(&mut self, mark: &mut RawAnnotation, feature: &str, id: i64, used: &mut HashSet<i64>) {
        let role = attribute(feature);
        let Some(at) = self.by_id.get(id) else {
            if id != 0 {
                self.problem("no-target", message!("filled-by-gone", role = role, mark = mark.id, target = id));
            }
            return;
        };
        let one = &self.all[at];
        if let Some(target) = self.target(id, one) {
            mark.roles.push((self.reading.name(&role), target));
            return;
        }
        if let Some(Held::Texts(texts)) = one.held("elements").or_else(|| one.held("%ELEMENTS")) {
            let name = self.reading.name(&role);
            return mark.attributes.extend(texts.iter().map(|text| (name.clone(), text.to_string())));
        }
        let link = one.held("target").is_some() || one.held("role").is_some();
        if !link {
            let why = message!("cas-leads", role = role, mark = mark.id, kind = one.kind);
            return self.problem("no-target", why);
        }
        used.insert(id);
        let role = one.text("role").filter(|role| !role.is_empty()).unwrap_or(&role);
        let name = self.reading.name(role);
        let target = match (one.number("target"), one.text("date"), one.text("value")) {
            (Some(to), ..) => {
                let there = self.by_id.get(to).map(|at| &self.all[at]);
                let target = there.and_then(|there| self.target(to, there));
                target.ok_or_else(|| message!("filled-by-gone", role = role, mark = mark.id, target = to))
            }
            (None, Some(date), _) => {
                Ok(RawFiller::Value(date.parse().map_or_else(|_| Value::Text(date.to_owned()), Value::Date)))
            }
            (None, None, Some(text)) => Ok(RawFiller::Value(Value::Text(text.to_owned()))),
            (None, None, None) => Err(message!("cas-not-filled", role = role, mark = mark.id)),
        };
        match target {
            Ok(target) => mark.roles.push((name, target)),
            Err(why) => self.problem("no-target", why),
        }
    }

    /// An annotation as what fills a role: a mark, or the words of one that is none.
    fn target(&self, id: i64, one: &Structure<'_>) -> Option<RawFiller> {
        if let Some(name) = self.name(id) {
            return Some(RawFiller::Annotation(name.to_owned()));
        }
        let at = (one.number("begin")?, one.number("end")?);
        Some(RawFiller::Words(vec![at], None))
    }
}

/// The feature that leads to the next mention of a chain.
const NEXT: &str = "next";

/// True for a mention of a chain, as the layers for coreference of INCEpTION and `DKPro` have it.
fn is_link(one: &Structure<'_>) -> bool {
    one.short().ends_with("Link") && one.held("begin").is_some()
}

/// Returns the name of a feature structure, where it can be a record's name.
fn own_id<'s>(one: &'s Structure<'_>) -> Option<&'s str> {
    one.text("id").filter(|id| id.parse::<Id>().is_ok())
}

/// The label of an annotation, and the feature that says it where it is not the type. Of layers that INCEpTION and DKPro
/// bring along, only `NamedEntity` has one: the `value` of a lemma is no label.
fn label<'s>(one: &'s Structure<'_>) -> (Option<&'static str>, &'s str) {
    let built_in = one.kind.starts_with("de.tudarmstadt.ukp.") && one.short() != "NamedEntity";
    let said = ["label", "value"].into_iter().filter(|_| !built_in).find_map(|feature| {
        let text = one.text(feature).filter(|text| !text.trim().is_empty())?;
        Some((Some(feature), text))
    });
    said.unwrap_or((None, one.short()))
}
