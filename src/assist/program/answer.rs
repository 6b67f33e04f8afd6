//! The line that a program answers with, and the places of an article that it means.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::assist::lesson::Page;
use crate::assist::record::Record;
use crate::assist::suggestion::Suggestion;
use crate::lang::Message;
use crate::message;
use crate::model::{AttributeKind, Date, Filler, Kind, LabelDef, Name, Role, Schema};
use crate::say;
use crate::text::{Fold, Span, Text, find_all};

/// Suggestions of one answer at the most.
const MOST: usize = 10_000;

/// The longest value of an attribute that is taken, in characters.
const LONGEST_VALUE: usize = 500;

/// The words that could not be placed and are told, at the most.
const TOLD: usize = 3;

/// A line as a program gives it. Anything else that it says is its own matter.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    suggestions: Vec<Said>,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Said {
    label: String,
    #[serde(flatten)]
    words: Words,
    #[serde(default)]
    score: Option<f32>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    roles: Vec<SaidRole>,
}

#[derive(Debug, Deserialize)]
struct SaidRole {
    role: String,
    #[serde(flatten)]
    words: Words,
}

/// Words of the article: as they stand there, with those before them, or by their place in code points.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    quote: String,
    before: String,
    start: Option<serde_json::Value>,
    end: Option<serde_json::Value>,
}

/// The answer of a program about an article, as far as it could be placed there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    placed: Vec<Placed>,
    /// The number of suggestions that the program made.
    pub given: usize,
    /// Some of the words that stand nowhere in the article, or labels that the schema does not have.
    pub unplaced: Vec<String>,
}

/// A suggestion with its place.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    label: Name,
    at: Span,
    attributes: Vec<(Name, String)>,
    roles: Vec<(Name, Span)>,
    score: Option<f32>,
}

impl Answer {
    /// Reads the line of a program about an article.
    ///
    /// # Errors
    /// One sentence, where it is not an answer or says why there is none.
    pub fn read(name: &str, line: &str, schema: &Schema, text: &Text) -> Result<Self, Message> {
        let name = say::visible(name);
        // A list is not an answer, though one could be read as the fields in their order.
        let line: Line = serde_json::from_str(line)
            .and_then(|fields| serde_json::from_value(serde_json::Value::Object(fields)))
            .map_err(|why| message!("program-no-answer", name = name, why = say::json_fault(&why)))?;
        if let Some(error) = line.error {
            let words = error.chars().take(200).collect::<String>();
            return Err(message!("program-complains", name = name, words = say::visible(&words)));
        }
        if line.suggestions.len() > MOST {
            return Err(message!("program-too-many", name = name, count = line.suggestions.len(), most = MOST));
        }
        let mut answer = Self { given: line.suggestions.len(), ..Self::default() };
        for said in &line.suggestions {
            match answer.place(said, schema, text) {
                Some(placed) => answer.placed.push(placed),
                None if answer.unplaced.len() < TOLD => {
                    let words = if said.words.quote.is_empty() { &said.label } else { &said.words.quote };
                    answer.unplaced.push(say::visible(&words.chars().take(60).collect::<String>()).into_owned());
                }
                None => {}
            }
        }
        Ok(answer)
    }

    /// The number of suggestions that have a place.
    #[must_use]
    pub fn placed(&self) -> usize {
        self.placed.len()
    }

    fn place(&self, said: &Said, schema: &Schema, text: &Text) -> Option<Placed> {
        let def = schema.label(&said.label).filter(|def| def.kind != Kind::Document)?;
        let taken: Vec<Span> = self.placed.iter().filter(|it| it.label == def.name).map(|it| it.at).collect();
        let at = said.words.find(text, &taken)?;
        let roles = said.roles.iter().filter_map(|role| {
            let name = &def.role(&role.role)?.name;
            Some((name.clone(), role.words.find(text, &[])?))
        });
        let mut attributes: Vec<(Name, String)> =
            said.attributes.iter().filter_map(|(name, value)| attribute(def, name, value)).collect();
        attributes.sort();
        let score = said.score.filter(|score| score.is_finite()).map(|score| score.clamp(0.0, 1.0));
        Some(Placed { label: def.name.clone(), at, attributes, roles: roles.collect(), score })
    }

    /// The suggestions of it, with roles as far as mentions of the same words are there, and as certain as `record` says where the
    /// program does not.
    #[must_use]
    pub fn suggestions(&self, source: &Name, page: &Page<'_>, record: &Record) -> Vec<Suggestion> {
        let suggestion = |placed: &Placed| {
            let def = page.schema.label(&placed.label)?;
            let role = |(name, at): &(Name, Span)| {
                let fillers = &def.role(name)?.fillers;
                let fills = page.set.iter().find(|own| own.at == [*at] && fillers.contains(&own.label))?;
                Some(Role { name: name.clone(), filler: Filler::Annotation(fills.id) })
            };
            let score = placed.score.unwrap_or_else(|| record.precision(source, &placed.label));
            Some(Suggestion {
                attributes: placed.attributes.clone(),
                roles: placed.roles.iter().filter_map(role).collect(),
                ..Suggestion::new(source, &placed.label, vec![placed.at], score)
            })
        };
        self.placed.iter().filter_map(suggestion).collect()
    }
}

/// An attribute as the schema has it, where it takes that value.
fn attribute(def: &LabelDef, name: &str, value: &str) -> Option<(Name, String)> {
    let attribute = def.attributes.iter().find(|attribute| attribute.name == *name)?;
    let fits = match &attribute.kind {
        AttributeKind::Choice(choices) => choices.iter().any(|choice| choice.name == *value),
        AttributeKind::Flag => value == AttributeKind::SET,
        AttributeKind::Date => value.parse::<Date>().is_ok(),
        AttributeKind::Text => !value.trim().is_empty() && value.chars().count() <= LONGEST_VALUE,
    };
    fits.then(|| (attribute.name.clone(), value.to_owned()))
}

impl Words {
    /// The place that is meant: that which is given, where these words stand there; else where the words are found, exactly and then
    /// by what looks the same, behind the words before them, and first where nothing is `taken` yet.
    fn find(&self, text: &Text, taken: &[Span]) -> Option<Span> {
        let number = |at: &Option<serde_json::Value>| u32::try_from(at.as_ref()?.as_u64()?).ok();
        let given = number(&self.start).zip(number(&self.end)).and_then(|(start, end)| text.from_chars(start, end));
        if let Some(at) = given.and_then(|at| text.check(at))
            && (self.quote.is_empty() || text.slice(at) == self.quote)
        {
            return Some(at);
        }
        if self.quote.trim().is_empty() {
            return None;
        }
        let exact: Vec<Span> = (text.as_str().match_indices(&self.quote))
            .map(|(at, words)| Span::new(at as u32, (at + words.len()) as u32))
            .collect();
        let folded = |quote: &str| find_all(text, quote.trim(), Fold::default());
        let found = if exact.is_empty() { folded(&self.quote) } else { exact };
        let found: Vec<Span> = found.into_iter().filter_map(|at| text.check(at)).collect();
        let before = self.before.trim_end();
        let follows = |at: &&Span| text.as_str()[..at.start as usize].trim_end().ends_with(before);
        let fits: Vec<&Span> = found.iter().filter(follows).collect();
        let fits = if fits.is_empty() { found.iter().collect() } else { fits };
        fits.iter().find(|at| !taken.contains(at)).or(fits.first()).map(|at| **at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_exactly_then_folded_behind_those_before_them_and_each_place_once() {
        let text = Text::new("Raka Wirya dan Lidia bertemu. Kemudian raka wirya pulang, kata Raka Wirya.");
        for (line, places) in [
            (r#"{"label":"person","quote":"Raka Wirya"}"#, "0"),
            (r#"{"label":"person","quote":"Raka Wirya"},{"label":"person","quote":"Raka Wirya"}"#, "0 63"),
            (r#"{"label":"person","quote":"Raka Wirya","before":"pulang, kata "}"#, "63"),
            (r#"{"label":"person","quote":"RAKA  wirya","before":"Kemudian"}"#, "39"),
            (r#"{"label":"person","quote":"Raka Wirya","start":0,"end":10}"#, "0"),
            (r#"{"label":"person","start":15,"end":20}"#, "15"),
            (r#"{"label":"person","start":18446744073709551615,"end":3}"#, ""),
            (r#"{"label":"person","start":0,"end":4000000000}"#, ""),
            (r#"{"label":"person","quote":"Surya"}"#, ""),
            (r#"{"label":"submarine","quote":"Lidia"}"#, ""),
        ] {
            let line = format!("{{\"suggestions\":[{line}]}}");
            let answer = Answer::read("x", &line, &Schema::trips(), &text).unwrap();
            let found: Vec<String> = answer.placed.iter().map(|it| it.at.start.to_string()).collect();
            assert_eq!(found.join(" "), places, "{line}");
            assert_eq!(answer.placed.len() + answer.unplaced.len(), answer.given, "{line}");
        }
    }

    #[test]
    fn only_values_that_the_schema_takes_are_taken() {
        let text = Text::new("Pada 18 Juni 2024 hujan.");
        let line = r#"{"suggestions":[{"label":"date","quote":"18 Juni 2024","attributes":{"value":"2024-06-18"}},
            {"label":"date","quote":"hujan","attributes":{"value":"rain","colour":"blue"}}]}"#
            .replace('\n', "");
        let answer = Answer::read("x", &line, &Schema::trips(), &text).unwrap();
        assert_eq!(answer.placed[0].attributes, [("value".into(), "2024-06-18".to_owned())]);
        assert_eq!(answer.placed[1].attributes, []);
    }
}
