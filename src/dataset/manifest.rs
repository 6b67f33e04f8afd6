//! The list of a data set's files: `manifest.json`.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::plan::Plan;
use super::survey::Survey;
use super::unfinished::Unfinished;
use crate::formats::{Nested, OffsetUnit, Tables, Tags, Written, Zones};
use crate::model::{ArticleId, Corpus};

/// Version of the file.
const VERSION: u32 = 1;

/// The fields in the order in which they stand in the file.
#[derive(Serialize)]
struct Manifest<'a> {
    jejak_manifest: u32,
    tool: &'static str,
    project: Value,
    options: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    unfinished: Option<&'a Unfinished>,
    parts: Vec<Value>,
    loss: Map<String, Value>,
    /// All but this one.
    files: &'a [Written],
}

/// The whole file: what it was made with, of what, and the hash of every other file. It says no time and no place, so
/// that it is the same whenever and wherever it is made.
pub(super) fn text(
    plan: &Plan,
    survey: &Survey,
    corpus: &Corpus,
    stems: &HashMap<&ArticleId, String>,
    state: &str,
    files: &[Written],
) -> String {
    let sources: HashMap<&ArticleId, &str> =
        corpus.articles().iter().map(|article| (&article.id, article.source.as_str())).collect();
    // Files that are called as an article is hold it alone.
    let mut called: HashMap<&str, Vec<&str>> = HashMap::new();
    for file in files {
        let stem = file.name.rsplit_once('.').map_or(&*file.name, |(stem, _)| stem);
        called.entry(stem).or_default().push(&file.name);
    }
    let part = |part: &super::SplitPart| {
        let article = |(id, sha256): &(ArticleId, String)| {
            let mut said = json!({"id": id, "sha256": sha256});
            if let Some(source) = sources.get(id).filter(|source| !source.is_empty()) {
                said["source"] = (*source).into();
            }
            let stem = stems.get(id).map(|stem| match &*part.name {
                "" => stem.clone(),
                folder => format!("{folder}/{stem}"),
            });
            if let Some(names) = stem.and_then(|stem| called.get(&*stem)) {
                said["files"] = json!(names);
            }
            said
        };
        json!({
            "name": part.name,
            "articles": part.articles.iter().map(article).collect::<Vec<_>>(),
            "annotations": part.labels,
        })
    };
    let manifest = Manifest {
        jejak_manifest: VERSION,
        tool: concat!("jejak ", env!("CARGO_PKG_VERSION")),
        project: json!({"title": corpus.project.title, "articles": corpus.articles().len(), "state": state}),
        options: options(plan),
        unfinished: survey.unfinished.as_ref(),
        parts: survey.parts.iter().map(part).collect(),
        loss: (survey.loss.counts().iter()).map(|(what, count)| (what.name().to_owned(), json!(count))).collect(),
        files,
    };
    let mut text = serde_json::to_string_pretty(&manifest).expect("maps of the manifest have keys that are texts");
    text.push('\n');
    text
}

fn options(plan: &Plan) -> Value {
    let choice = &plan.choice;
    json!({
        "format": plan.format.info().name,
        "sets": plan.sets,
        "articles": choice.articles,
        "state": choice.stage.name(),
        "filter": choice.filter,
        "labels": choice.labels,
        "zones": match plan.zones {
            Zones::Mark => "mark",
            Zones::Keep => "keep",
            Zones::Drop => "drop",
        },
        "split": plan.split.as_ref().map(|split| json!({
            "shares": split.shares.iter().map(|(name, share)| (name.clone(), json!(share))).collect::<Map<_, _>>(),
            "seed": split.seed,
            "group": split.group.names(),
        })),
        "unit": plan.options.unit.map(OffsetUnit::name),
        "tags": match plan.options.tags {
            Tags::Bio => "bio",
            Tags::Iob1 => "iob1",
            Tags::Bioes => "bioes",
            Tags::Bilou => "bilou",
        },
        "columns": plan.options.columns,
        "nested": match plan.options.nested {
            Nested::Outermost => "outermost",
            Nested::Innermost => "innermost",
            Nested::Columns => "columns",
        },
        "tables": match plan.options.tables {
            Tables::Parquet => "parquet",
            Tables::ParquetAndJsonLines => "parquet-and-json-lines",
        },
        "licence": plan.licence,
    })
}
