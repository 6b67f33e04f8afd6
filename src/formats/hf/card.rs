//! The card of a data set for Hugging Face and Croissant.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::columns::{JSONL, PARQUET, columns};
use super::table::{ColumnShape, features};
use crate::formats::{DatasetExtras, Finished};
use crate::say::yaml;

/// Terms that the register of Hugging Face knows by these names.
const LICENCES: [&str; 14] = [
    "apache-2.0",
    "cc-by-2.0",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-nc-4.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc0-1.0",
    "mit",
    "odbl",
    "odc-by",
];

pub(super) fn dataset_extras(finished: &Finished<'_>) -> DatasetExtras {
    let croissant = serde_json::to_vec_pretty(&croissant(finished)).unwrap_or_default();
    DatasetExtras { head: head(finished), files: vec![("croissant.json".to_owned(), croissant)] }
}

/// The name of a part here: `dev` is what others call `validation`, unless another part is called so.
fn split_name<'p>(part: &'p str, finished: &Finished<'_>) -> &'p str {
    match part {
        "" => "train",
        "dev" if finished.parts.iter().all(|(other, _)| other != "validation") => "validation",
        other => other,
    }
}

/// A name in YAML, bare where no reader can take it for anything but a text.
fn bare(name: &str) -> String {
    if matches!(name, "train" | "validation" | "test") { name.to_owned() } else { yaml(name) }
}

/// The parts that hold something: `datasets` loads none of a data set that names an empty one.
fn filled<'a>(finished: &Finished<'a>) -> impl Iterator<Item = &'a (String, usize)> {
    finished.parts.iter().filter(|(_, articles)| *articles > 0)
}

fn in_part(part: &str, file: &str) -> String {
    if part.is_empty() { file.to_owned() } else { format!("{part}/{file}") }
}

/// The YAML before the card.
fn head(finished: &Finished<'_>) -> String {
    let mut head = "---\n".to_owned();
    let _ = writeln!(head, "pretty_name: {}", yaml(finished.title));
    if !finished.languages.is_empty() {
        head.push_str("language:\n");
        for language in finished.languages {
            let _ = writeln!(head, "- {}", yaml(language));
        }
    }
    let known = finished.licence.trim().to_lowercase().replace(' ', "-");
    if LICENCES.contains(&known.as_str()) {
        let _ = writeln!(head, "license: {known}");
    } else if !known.is_empty() {
        let _ = writeln!(head, "license: other\nlicense_name: {}", yaml(finished.licence.trim()));
    }
    head.push_str("task_categories:\n- token-classification\n");
    head.push_str("configs:\n- config_name: default\n  data_files:\n");
    for (part, _) in filled(finished) {
        let _ = writeln!(head, "  - split: {}\n    path: {}", bare(split_name(part, finished)), in_part(part, PARQUET));
    }
    head.push_str("dataset_info:\n  features:\n");
    features(&columns(finished.schema), 2, &mut head);
    head.push_str("---\n\n");
    head
}

/// Croissant 1.0 (MLCommons): what each file is, and what each field of its records.
fn croissant(finished: &Finished<'_>) -> Value {
    let title = if finished.title.is_empty() { "data" } else { finished.title };
    let file = |written: &crate::formats::Written| {
        let json = written.name.ends_with(JSONL);
        json!({
            "@type": "cr:FileObject",
            "@id": written.name,
            "name": written.name,
            "contentUrl": written.name,
            "contentSize": format!("{} B", written.bytes),
            "encodingFormat": if json { "application/jsonlines" } else { "application/x-parquet" },
            "sha256": written.sha256,
        })
    };
    let shape = columns(finished.schema);
    let record_set = |(part, articles): &(String, usize)| {
        let (name, source) = (split_name(part, finished), in_part(part, PARQUET));
        let field = |(column, shape): &(&'static str, ColumnShape)| {
            let extract = json!({"fileObject": {"@id": source}, "extract": {"column": column}});
            self::field(name, column, shape, &extract)
        };
        json!({
            "@type": "cr:RecordSet",
            "@id": name,
            "name": name,
            "description": format!("{articles} articles, a record for each annotation set"),
            "field": shape.iter().map(field).collect::<Vec<_>>(),
        })
    };
    let mut croissant = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": title,
        "description": format!("{title}: articles with annotated spans, frames and the roles between them."),
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "version": "1.0.0",
        "distribution": finished.files.iter().map(file).collect::<Vec<_>>(),
        "recordSet": filled(finished).map(record_set).collect::<Vec<_>>(),
    });
    if !finished.licence.is_empty() {
        croissant["license"] = finished.licence.into();
    }
    if !finished.languages.is_empty() {
        croissant["inLanguage"] = finished.languages.into();
    }
    croissant
}

/// A column as a field, records in it with a field for each of theirs. Croissant has no lists in lists, so these are
/// left to the description of the files themselves.
fn field(set: &str, name: &str, shape: &ColumnShape, source: &Value) -> Value {
    let id = format!("{set}/{name}");
    let mut field = json!({"@type": "cr:Field", "@id": id, "name": name});
    let (inner, repeated) = match shape {
        ColumnShape::List(inner) => (&**inner, true),
        other => (other, false),
    };
    if repeated {
        field["repeated"] = true.into();
    }
    let scalar = |shape: &ColumnShape| match shape {
        ColumnShape::Text => Some("sc:Text"),
        ColumnShape::Int | ColumnShape::Class(_) => Some("sc:Integer"),
        ColumnShape::List(_) | ColumnShape::Record(_) => None,
    };
    if let ColumnShape::Record(fields) = inner {
        let members = fields.iter().filter_map(|(member, shape)| {
            let mut source = source.clone();
            source["transform"] = json!({"jsonPath": member});
            let kind = scalar(shape)?;
            let id = format!("{id}/{member}");
            Some(json!({"@type": "cr:Field", "@id": id, "name": member, "dataType": kind, "source": source}))
        });
        field["subField"] = members.collect();
    } else {
        field["dataType"] = scalar(inner).unwrap_or("sc:Text").into();
        field["source"] = source.clone();
    }
    field
}

/// The names that Croissant 1.0 gives its terms in JSON-LD.
fn context() -> Value {
    let mut context = json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "isLiveDataset": "cr:isLiveDataset",
    });
    for term in [
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
        "includes",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
        "transform",
    ] {
        context[term] = format!("cr:{term}").into();
    }
    context
}
