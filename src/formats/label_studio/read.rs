//! Tasks as articles.

use std::collections::BTreeSet;

use super::config::Labelling;
use super::controls::entries;
use super::flat;
use super::tasks::{StudioKeys, StudioTask, TASKS, given, marks, page_of, person_of, shown};
use crate::formats::json::{EXTENSIONS, Json, JsonRecord, about_of, first_values, list, name, records_of};
use crate::formats::raw_document::RawSet;
use crate::formats::raw_sets::RawSets;
use crate::formats::{ImportContext, ImportFiles, Item};
use crate::lang::Message;
use crate::message;
use crate::model::{Problem, SetKind};

/// Reads every task of the files.
pub(super) fn tasks(source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
    let labelling = Labelling::of(source);
    let keys = keys(source, &labelling);
    let texts = StudioKeys { labelling: &labelling, keys };
    let tables = flat::tables(source);
    let files: Vec<&str> =
        source.with_extension(&EXTENSIONS).into_iter().filter(|name| !tables.contains(name)).collect();
    records_of(source, files, false, reading, out, |record, reading, out| article(record, &texts, reading, out));
    for file in tables {
        if let Err(why) = flat::table(file, source, &labelling, reading, out) {
            out(Item::Problem(Problem::error("file", why).at(file, None)));
        }
    }
}

/// The keys under which the first tasks of each file have the text that their regions are in.
fn keys(source: &ImportFiles, labelling: &Labelling) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if labelling.texts().next().is_some() {
        return keys;
    }
    for file in source.with_extension(&EXTENSIONS) {
        for task in first_values(source, file, TASKS) {
            let task = task.to_string();
            let Ok(task) = serde_json::from_str::<Json<'_>>(&task) else { continue };
            match task.get("data") {
                Some(data) => {
                    let entries: Vec<&Json<'_>> = results(&task)
                        .into_iter()
                        .flat_map(|(_, one)| list(one, "result").unwrap_or_default())
                        .collect();
                    keys.extend(shown(data, &entries).map(str::to_owned));
                }
                None => {
                    let said = entries(&task, labelling);
                    let said: Vec<&Json<'_>> = said.iter().collect();
                    keys.extend(shown(&task, &said).map(str::to_owned));
                }
            }
        }
    }
    keys
}

/// The annotations of a task that count, and which of them are a model's.
fn results<'v, 'a>(task: &'v Json<'a>) -> Vec<(bool, &'v Json<'a>)> {
    let mut all: Vec<(bool, &Json<'a>)> = Vec::new();
    for field in ["annotations", "completions", "predictions"] {
        // Somebody's work is worth more than a proposal for it.
        if all.is_empty() {
            let there = list(task, field).unwrap_or_default().iter();
            let there = there.filter(|one| one.get("was_cancelled").and_then(Json::as_bool) != Some(true));
            all.extend(there.map(|one| (field == "predictions", one)));
        }
    }
    all
}

fn article(
    record: &JsonRecord<'_>,
    texts: &StudioKeys<'_>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let Some(data) = value.get("data") else {
        return flat::article(record, texts, reading, out);
    };
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    for field in ["annotations", "completions", "predictions"] {
        list(value, field)?;
    }
    let annotations = results(value);
    let mut entries = Vec::new();
    for (_, annotation) in &annotations {
        entries.extend(list(annotation, "result")?);
    }
    let text = texts.text(data, &entries);
    let page = text.and_then(page_of);
    // Nobody has looked at a task that was skipped, or is still to be done: it has no set.
    let mut sets = RawSets::default();
    for (number, (predicted, annotation)) in annotations.iter().enumerate() {
        let marks = marks(list(annotation, "result")?, (*line, page.as_ref()), reading, &mut problem);
        let unsaid = (annotations.len() > 1).then(|| (number + 1).to_string());
        let maker = if *predicted { version(annotation) } else { annotator(annotation) };
        let annotator = maker.or(unsaid).map(|name| reading.name(&name));
        let kind = predicted.then_some(SetKind::Model);
        // An annotator who went over a task twice has one set of it.
        sets.part(RawSet { annotator, kind, marks, ..RawSet::default() });
    }
    let (content, _) = text.ok_or(message!("studio-no-text"))?;
    let (mut id, about) = about_of(Some(data));
    if id.is_empty() {
        id = name(value, "id");
    }
    let sets = sets.into_sets();
    StudioTask { file, line: *line, id, about, content, page, sets }.finish(reading, out);
    Ok(())
}

/// The annotator of an annotation: by address or name where they are given, else by number.
fn annotator(annotation: &Json<'_>) -> Option<String> {
    match annotation.get("completed_by") {
        Some(person) => person_of(person),
        // Older versions: an address, a comma, a number.
        None => given(name(annotation, "created_username").split(',').next().unwrap_or_default()),
    }
}

/// The model of a prediction, where it says which.
fn version(prediction: &Json<'_>) -> Option<String> {
    Some(name(prediction, "model_version")).filter(|name| !name.is_empty() && name != "undefined")
}
