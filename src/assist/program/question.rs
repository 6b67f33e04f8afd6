//! The line that a program is given: an article, the labels with their guideline, and the nearest sentences that the person has
//! finished.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::assist::lesson::Lesson;
use crate::model::{Article, AttributeKind, LabelDef, Name, Schema, Titles};
use crate::text::{Span, Text};

/// The sentences that are given as examples, at the most.
const EXAMPLES: usize = 8;

/// The longest sentence that is given as an example, in bytes.
const LONGEST: u32 = 600;

/// The line, as it is written.
#[derive(Debug, Serialize)]
struct Line<'a> {
    version: u32,
    article: &'a str,
    title: &'a str,
    published: &'a str,
    language: &'a str,
    text: &'a str,
    labels: Vec<Label<'a>>,
    examples: Vec<Example<'a>>,
}

#[derive(Debug, Serialize)]
struct Label<'a> {
    name: &'a str,
    kind: &'static str,
    title: &'a str,
    guide: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'a str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    roles: BTreeMap<&'a str, Vec<&'a str>>,
}

#[derive(Debug, Serialize)]
struct Example<'a> {
    text: &'a str,
    suggestions: Vec<Marked<'a>>,
}

#[derive(Debug, Serialize)]
struct Marked<'a> {
    label: &'a str,
    quote: &'a str,
}

/// Asks about an article, with the nearest sentences of some lessons. The same article and lessons make the same line.
#[must_use]
pub fn question<'a>(
    schema: &Schema,
    article: &Article,
    text: &Text,
    lessons: impl IntoIterator<Item = &'a Lesson>,
) -> String {
    let language = if article.language.is_empty() { "en" } else { &article.language };
    let line = Line {
        version: 1,
        article: &article.id,
        title: &article.title,
        published: &article.published,
        language: &article.language,
        text: text.as_str(),
        labels: schema.labels.iter().map(|def| label(def, language)).collect(),
        examples: examples(text, lessons),
    };
    // Texts and names can always be written.
    serde_json::to_string(&line).unwrap_or_default()
}

fn label<'a>(def: &'a LabelDef, language: &str) -> Label<'a> {
    let said = |titles: &'a Titles| titles.get(language);
    let attributes = def.attributes.iter().map(|attribute| {
        let values = match &attribute.kind {
            AttributeKind::Choice(choices) => choices.iter().map(|choice| choice.name.as_str()).collect(),
            AttributeKind::Flag => vec![AttributeKind::SET],
            AttributeKind::Text | AttributeKind::Date => Vec::new(),
        };
        (attribute.name.as_str(), values)
    });
    let roles = def.roles.iter().map(|role| (role.name.as_str(), role.fillers.iter().map(Name::as_str).collect()));
    Label {
        name: &def.name,
        kind: def.kind.name(),
        title: said(&def.title),
        guide: said(&def.guide),
        attributes: attributes.collect(),
        roles: roles.collect(),
    }
}

/// The sentences of finished lessons with mentions that share the most words with a text, seldom words counting more.
fn examples<'a>(text: &Text, lessons: impl IntoIterator<Item = &'a Lesson>) -> Vec<Example<'a>> {
    let here: HashSet<String> = words(text.as_str()).collect();
    let mut all: Vec<(&Lesson, Span, HashSet<String>)> = Vec::new();
    for lesson in lessons.into_iter().filter(|lesson| lesson.is_finished()) {
        for range in &lesson.tokens.sentences {
            let at = lesson.tokens.span(range);
            if at.len() <= LONGEST && lesson.counts(at) && lesson.set.within(at).next().is_some() {
                all.push((lesson, at, words(lesson.text.slice(at)).filter(|word| here.contains(word)).collect()));
            }
        }
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for word in all.iter().flat_map(|(_, _, words)| words) {
        *seen.entry(word).or_default() += 1;
    }
    // Whole numbers, so that the sum is the same in any order.
    let weight = |words: &HashSet<String>| words.iter().map(|word| 1_000 / seen[word.as_str()] as u64).sum::<u64>();
    let mut ranked: Vec<(u64, usize)> = all.iter().enumerate().map(|(at, (_, _, words))| (weight(words), at)).collect();
    ranked.sort_by_key(|&(weight, at)| (std::cmp::Reverse(weight), at));
    let example = |&(_, at): &(u64, usize)| {
        let (lesson, sentence, _) = &all[at];
        let marked = lesson.set.within(*sentence).filter_map(|record| {
            let at = record.extent().filter(|at| record.at.len() == 1 && sentence.contains(*at))?;
            Some(Marked { label: record.label.as_str(), quote: lesson.text.slice(at) })
        });
        Example { text: lesson.text.slice(*sentence), suggestions: marked.collect() }
    };
    ranked.iter().take(EXAMPLES).map(example).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2).map(str::to_lowercase)
}
