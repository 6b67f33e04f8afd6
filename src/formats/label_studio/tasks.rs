//! Tasks on their way to articles: under which key their text is, and what becomes of places in it.

use std::collections::BTreeSet;

use super::config::Labelling;
use super::controls::entries;
use super::html::HtmlText;
use super::regions::{Regions, is_of_page};
use crate::formats::json::{Json, name, scalar};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawSet};
use crate::formats::{ArticleMetadata, ImportContext, Item, OffsetUnit, RawText};
use crate::lang::Message;
use crate::message;

/// Tasks of a file that are looked at for the key of their text.
pub(super) const TASKS: usize = 12;

/// Keys under which texts of tasks are.
pub(super) struct StudioKeys<'a> {
    pub labelling: &'a Labelling,
    /// The keys that some tasks show.
    pub keys: BTreeSet<String>,
}

/// The key of the text that the regions are in: as they call it, or the one that has all of their words.
pub(super) fn shown<'v>(data: &'v Json<'_>, entries: &[&Json<'_>]) -> Option<&'v str> {
    let fields = data.as_object()?;
    let text = |key: &str| fields.iter().find(|(name, value)| name == key && value.as_str().is_some());
    if let Some((key, _)) = entries.iter().find_map(|entry| text(&name(entry, "to_name"))) {
        return Some(key);
    }
    let of_words = |entry: &&&Json<'_>| entry.get("value").is_some_and(|value| value.get("start").is_some());
    let words = entries.iter().filter(of_words).filter_map(|entry| entry.get("value")?.get("text")?.as_str());
    let words: Vec<&str> = words.filter(|words| !words.trim().is_empty()).collect();
    let known = |key: &str| key == "id" || ArticleMetadata::default().field_mut(key).is_some();
    let all = fields.iter().filter_map(|(key, value)| Some((key.as_ref(), value.as_str()?)));
    // A field that is known to be something else is the text only where the words say so.
    let mut fitting = all.filter(|(key, text)| match words.is_empty() {
        true => !known(key) && entries.iter().any(|entry| of_words(&entry)),
        false => words.iter().all(|words| text.contains(words)),
    });
    let first = fitting.next()?;
    let more: Vec<_> = fitting.collect();
    match words.is_empty() {
        true if !more.is_empty() => None,
        _ => more.into_iter().chain([first]).max_by_key(|(_, text)| text.len()).map(|(key, _)| key),
    }
}

impl<'a> StudioKeys<'a> {
    /// Those that these records of a table show.
    pub fn of_records(labelling: &'a Labelling, records: &[Json<'_>]) -> Self {
        let mut keys = BTreeSet::new();
        for record in records.iter().take(TASKS) {
            let said = entries(record, labelling);
            let said: Vec<&Json<'_>> = said.iter().collect();
            keys.extend(shown(record, &said).map(str::to_owned));
        }
        Self { labelling, keys }
    }

    /// The text of a task, and whether it is a page.
    pub fn text<'v>(&self, data: &'v Json<'_>, entries: &[&Json<'_>]) -> Option<(&'v str, bool)> {
        let page = entries.iter().any(|entry| is_of_page(entry));
        let of = |key: &str| data.get(key).and_then(Json::as_str);
        let called = entries.iter().find_map(|entry| self.labelling.called(&name(entry, "to_name")));
        if let Some((text, named)) = called.into_iter().chain(self.labelling.texts()).find_map(|text| {
            let said = of(&text.key)?;
            Some((said, text))
        }) {
            return Some((text, named.html || page));
        }
        let text =
            of("text").or_else(|| of(shown(data, entries)?)).or_else(|| self.keys.iter().find_map(|key| of(key)));
        Some((text?, page))
    }
}

/// An article with the regions of each annotation, as a file has them.
pub(super) struct StudioTask<'a> {
    pub file: &'a str,
    pub line: u32,
    pub id: String,
    pub about: ArticleMetadata,
    pub content: &'a str,
    /// The page that the text is, where it is one.
    pub page: Option<HtmlText>,
    pub sets: Vec<RawSet>,
}

impl StudioTask<'_> {
    /// Hands over the article.
    pub fn finish(mut self, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let (file, line, dangling) = (self.file, self.line, false);
        let (id, about) = (self.id, self.about);
        let Some(page) = self.page else {
            let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
            let (content, sets) = (self.content, self.sets);
            return RawDocument { file, line, id, about, content, unit, sets, dangling }.finish(reading, out);
        };
        let plain = RawText::new(&page.plain);
        let marks =
            || self.sets.iter().flat_map(|set| &set.marks).filter(|mark| mark.at.iter().all(|at| *at != NOWHERE));
        let quoted: Vec<(&[(i64, i64)], &str)> =
            marks().filter_map(|mark| Some((mark.at.as_slice(), mark.quote.as_deref()?))).collect();
        let (counting, _) = plain.detect(reading.unit.unwrap_or(OffsetUnit::CodePoint), &quoted);
        for mark in self.sets.iter_mut().flat_map(|set| &mut set.marks) {
            for at in &mut mark.at {
                let span = plain.span(counting, at.0, at.1).filter(|_| *at != NOWHERE);
                *at = span.and_then(|span| page.place(span.start as usize, span.end as usize)).unwrap_or(NOWHERE);
            }
            // A path that leads nowhere says nothing: words that stand there once are where they stand.
            if let (true, Some(quote)) = (mark.at == [NOWHERE], &mark.quote) {
                mark.at = vec![page.only(quote).unwrap_or(NOWHERE)];
            }
        }
        let (unit, sets) = (OffsetUnit::Byte, self.sets);
        RawDocument { file, line, id, about, content: &page.article, unit, sets, dangling }.finish(reading, out);
    }
}

const NOWHERE: (i64, i64) = (NO_OFFSET, NO_OFFSET);

/// A text as a page, where it is one.
pub(super) fn page_of((content, html): (&str, bool)) -> Option<HtmlText> {
    (html && content.contains('<')).then(|| HtmlText::of(content))
}

/// The marks of a result's entries, without those that nobody gave a label, of an article that may be a page.
pub(super) fn marks<'e, 'j: 'e>(
    entries: impl IntoIterator<Item = &'e Json<'j>>,
    (line, page): (u32, Option<&HtmlText>),
    reading: &ImportContext<'_>,
    problem: &mut dyn FnMut(Message),
) -> Vec<RawAnnotation> {
    let mut regions = Regions::new(line, page);
    for entry in entries {
        if let Err(why) = regions.add(entry, reading) {
            problem(why);
        }
    }
    let mut marks = regions.marks;
    marks.retain(|mark| {
        let labelled = !mark.label.is_empty();
        if !labelled {
            problem(message!("studio-no-label", id = mark.id));
        }
        labelled
    });
    marks
}

pub(super) fn given(said: &str) -> Option<String> {
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

/// The name of a person, who may be an object or a number.
pub(super) fn person_of(person: &Json<'_>) -> Option<String> {
    match person {
        Json::Object(_) => {
            let full = || given(&format!("{} {}", name(person, "first_name"), name(person, "last_name")));
            let called = ["email", "username"].into_iter().find_map(|field| given(&name(person, field)));
            called.or_else(full).or_else(|| given(&name(person, "id")))
        }
        other => scalar(other).and_then(|said| given(&said)),
    }
}
