//! Training data as JSON: `[text, {"entities": …}]` and its kin of spaCy 2, the JSON of documents of spaCy 3, and the corpus of
//! paragraphs and sentences that `spacy convert` of version 2 made.

use std::collections::{HashMap, HashSet};

use crate::formats::json::{Json, JsonRecord, about_of, list, name, scalar, text, whole};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawSet};
use crate::formats::references::{KNOWLEDGE, References};
use crate::formats::{ArticleMetadata, ImportContext, Item, OffsetUnit};
use crate::lang::Message;
use crate::message;
use crate::model::Problem;
use crate::text::{Span, Text};

/// Hands over the articles of a record, or says why there is none.
pub(super) fn article(
    record: &JsonRecord<'_>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let mut training = Training { file, line: *line, reading, out };
    match value {
        // An annotator's tool writes all texts into one object.
        Json::Object(_) if value.get("annotations").is_some() && value.get("text").is_none() => {
            for pair in list(value, "annotations")?.iter().filter(|pair| !matches!(pair, Json::Null)) {
                training.pair(pair)?;
            }
            Ok(())
        }
        Json::Object(_) if value.get("paragraphs").is_some() => training.paragraphs(value),
        Json::Object(_) => training.document(value, value),
        _ => training.pair(value),
    }
}

struct Training<'a, 'r> {
    file: &'a str,
    line: u32,
    reading: &'a ImportContext<'r>,
    out: &'a mut dyn FnMut(Item),
}

impl Training<'_, '_> {
    fn problem(&mut self, why: Message) {
        let line = (self.line > 0).then_some(self.line);
        (self.out)(Item::Problem(Problem::warning("annotation", why).at(self.file, line)));
    }

    /// A text with what is said of it.
    fn pair(&mut self, pair: &Json<'_>) -> Result<(), Message> {
        let (said, annotations) = (pair.get(0), pair.get(1));
        let said = match said {
            // An example with its words alone.
            Some(Json::Object(_)) => said.and_then(|said| said.get("text")).and_then(Json::as_str),
            _ => said.and_then(Json::as_str),
        };
        let content = said.ok_or_else(|| message!("spacy-pair"))?;
        let none = Json::Object(Vec::new());
        self.marked(content, annotations.unwrap_or(&none), &none)
    }

    /// A document with its text.
    fn document(&mut self, document: &Json<'_>, about: &Json<'_>) -> Result<(), Message> {
        let content = text(document, "text")?;
        self.marked(content, document, about)
    }

    fn marked(&mut self, content: &str, said: &Json<'_>, about: &Json<'_>) -> Result<(), Message> {
        let mut marks: Vec<RawAnnotation> = Vec::new();
        let mut known: Vec<(usize, String)> = Vec::new();
        // A member of a group may be an entity, too.
        let mut there: HashSet<((i64, i64), String)> = HashSet::new();
        let mut by_place: HashMap<(i64, i64), usize> = HashMap::new();
        let groups = said.get("spans").and_then(Json::as_object).into_iter().flatten();
        let groups = groups.filter_map(|(_, group)| group.as_array()).flatten();
        let fields = ["entities", "ents", "labels"].map(|field| list(said, field).unwrap_or_default());
        for one in groups.chain(fields.into_iter().flatten()) {
            match mark(one, self.line) {
                Ok((mark, id)) => {
                    let place = mark.at[0];
                    if there.insert((place, mark.label.clone())) {
                        by_place.entry(place).or_insert(marks.len());
                        known.extend(id.map(|id| (marks.len(), id)));
                        marks.push(mark);
                    }
                }
                Err(why) => self.problem(why),
            }
        }
        // Links are told by the place of an entity: `{"(0, 9)": {"Q42": 1.0}}`.
        for (place, ids) in said.get("links").and_then(Json::as_object).into_iter().flatten() {
            let mut numbers = place.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
            let place = numbers.next().zip(numbers.next());
            let best = ids.as_object().into_iter().flatten().filter_map(|(id, weight)| Some((id, weight_of(weight)?)));
            let best = best.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, _)| id.to_string());
            let mark = place.and_then(|place| by_place.get(&place).copied());
            known.extend(mark.zip(best));
        }
        marks.extend(cats(said).into_iter().map(|label| RawAnnotation { label, ..RawAnnotation::default() }));
        let (id, about) = about_of(Some(about.get("meta").unwrap_or(about)));
        self.finish(id, about, content, OffsetUnit::CodePoint, marks, known);
        Ok(())
    }

    /// A document of paragraphs, each with its text, or with sentences of tokens: each is an article.
    fn paragraphs(&mut self, document: &Json<'_>) -> Result<(), Message> {
        let id = name(document, "id");
        for (number, paragraph) in (1..).zip(list(document, "paragraphs")?) {
            let mut marks =
                cats(paragraph).into_iter().map(|label| RawAnnotation { label, ..RawAnnotation::default() });
            let mut marks: Vec<RawAnnotation> = marks.by_ref().collect();
            let raw = paragraph.get("raw").and_then(Json::as_str);
            let (mut told, mut from) = (String::new(), 0);
            let mut open: Option<RawAnnotation> = None;
            for sentence in list(paragraph, "sentences")? {
                for token in list(sentence, "tokens")? {
                    let word = text(token, "orth")?;
                    let place = match raw {
                        // The words stand in the text one after the other.
                        Some(raw) => match raw[from..].find(word) {
                            Some(at) => (from + at, from + at + word.len()),
                            None => return Err(message!("spacy-word", word = word)),
                        },
                        None => {
                            if !told.is_empty() && !told.ends_with('\n') {
                                told.push(' ');
                            }
                            told.push_str(word);
                            (told.len() - word.len(), told.len())
                        }
                    };
                    from = place.1;
                    let (begins, label) = match name(token, "ner").split_once('-') {
                        Some((sign, label)) => (matches!(sign, "B" | "U" | "S"), label.to_owned()),
                        None => (true, String::new()),
                    };
                    if begins || open.as_ref().is_some_and(|mark| mark.label != label) {
                        marks.extend(open.take());
                    }
                    let place = (place.0 as i64, place.1 as i64);
                    match &mut open {
                        Some(mark) => mark.at[0].1 = place.1,
                        None if !label.is_empty() => {
                            open = Some(RawAnnotation { label, at: vec![place], ..RawAnnotation::default() });
                        }
                        None => {}
                    }
                }
                marks.extend(open.take());
                if raw.is_none() && !told.is_empty() {
                    told.push('\n');
                }
            }
            let content = raw.unwrap_or(told.trim_end_matches('\n'));
            let id = if id.is_empty() { String::new() } else { format!("{id}-{number}") };
            let (about, known) = (ArticleMetadata::default(), Vec::new());
            self.finish(id, about, content, OffsetUnit::Byte, marks, known);
        }
        Ok(())
    }

    fn finish(
        &mut self,
        id: String,
        about: ArticleMetadata,
        content: &str,
        unit: OffsetUnit,
        mut marks: Vec<RawAnnotation>,
        known: Vec<(usize, String)>,
    ) {
        let (file, line, reading) = (self.file, self.line, self.reading);
        let mut referents = References::default();
        let words = if known.is_empty() { None } else { Some(Text::new(content)) };
        for (mark, id) in known {
            let offset = |at: i64| words.as_ref().and_then(|text| unit.to_byte(text, at));
            let span = marks[mark].at.first().and_then(|at| Some(Span::new(offset(at.0)?, offset(at.1)?)));
            let span = span.filter(|span| span.start < span.end);
            let words = span.zip(words.as_ref()).map_or("", |(span, text)| text.slice(span));
            referents.add(&mut marks[mark], (KNOWLEDGE, id), None, words, reading, file);
        }
        let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
        // (Places that were counted here are bytes, whatever the person says of the file.)
        let unit = if unit == OffsetUnit::Byte { unit } else { reading.unit.unwrap_or(unit) };
        RawDocument { file, line, id, about, content, unit, sets, dangling: false }.finish(reading, self.out);
    }
}

fn weight_of(value: &Json<'_>) -> Option<f64> {
    if let Json::Number(number) = value { number.as_f64() } else { None }
}

/// The labels of the whole text that hold: `{"politics": 1.0}`, or a list of them with their values.
fn cats(said: &Json<'_>) -> Vec<String> {
    let holds = |value: &Json<'_>| weight_of(value).map_or(value.as_bool() == Some(true), |weight| weight >= 0.5);
    match said.get("cats") {
        Some(Json::Object(cats)) => {
            cats.iter().filter(|(_, value)| holds(value)).map(|(label, _)| label.to_string()).collect()
        }
        Some(Json::Array(cats)) => {
            let label = |cat: &Json<'_>| match cat.get("value") {
                Some(value) => holds(value).then(|| name(cat, "label")),
                None => scalar(cat),
            };
            cats.iter().filter_map(label).filter(|label| !label.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// An entity as `[start, end, label]` or as an object, and its identifier in a knowledge base.
fn mark(one: &Json<'_>, line: u32) -> Result<(RawAnnotation, Option<String>), Message> {
    let offset = |value: Option<&Json<'_>>| value.and_then(whole).unwrap_or(NO_OFFSET);
    let (at, label, known) = match one {
        Json::Array(parts) if parts.len() >= 3 => {
            ((offset(parts.first()), offset(parts.get(1))), scalar(&parts[2]), parts.get(3).and_then(scalar))
        }
        Json::Object(_) => {
            let known = Some(name(one, "kb_id")).filter(|id| !id.is_empty());
            ((offset(one.get("start")), offset(one.get("end"))), one.get("label").and_then(scalar), known)
        }
        _ => return Err(message!("doccano-entity", value = one)),
    };
    let label = label.ok_or_else(|| message!("doccano-entity", value = one))?;
    let quote = one.get("text").and_then(Json::as_str).map(str::to_owned);
    Ok((RawAnnotation { label, at: vec![at], quote, line, ..RawAnnotation::default() }, known))
}
