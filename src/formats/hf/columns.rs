//! The columns of a data set of Hugging Face, and its files.

use super::table::{ColumnShape, records};
use crate::model::{Kind, Schema};

/// The name of the file of Parquet.
pub(super) const PARQUET: &str = "data.parquet";

/// The name of the file of JSON Lines.
pub(super) const JSONL: &str = "data.jsonl";

/// The names of labels, as ClassLabels number them.
pub(super) fn labels(schema: &Schema) -> Vec<String> {
    schema.labels.iter().map(|label| label.name.to_string()).collect()
}

/// O, then B- and I- of each label of mentions.
pub(super) fn tags(schema: &Schema) -> Vec<String> {
    let entities = schema.labels.iter().filter(|label| label.kind == Kind::Entity);
    let both = entities.flat_map(|label| ["B", "I"].map(|begins| format!("{begins}-{}", label.name)));
    std::iter::once("O".to_owned()).chain(both).collect()
}

/// The columns of a row.
pub(super) fn columns(schema: &Schema) -> Vec<(&'static str, ColumnShape)> {
    let text = || ColumnShape::Text;
    let attributes = || records(vec![("name", text()), ("value", text())]);
    let fragments = || records(vec![("start", ColumnShape::Int), ("end", ColumnShape::Int), ("text", text())]);
    let annotations = records(vec![
        ("id", text()),
        ("label", ColumnShape::Class(labels(schema))),
        ("start", ColumnShape::Int),
        ("end", ColumnShape::Int),
        ("text", text()),
        ("fragments", fragments()),
        ("attributes", attributes()),
        (
            "roles",
            records(vec![
                ("role", text()),
                ("annotation", text()),
                ("fragments", fragments()),
                ("date", text()),
                ("value", text()),
            ]),
        ),
        ("referent", text()),
        ("note", text()),
        ("origin", text()),
    ]);
    let referents = records(vec![
        ("id", text()),
        ("label", text()),
        ("name", text()),
        ("attributes", attributes()),
        ("external", records(vec![("register", text()), ("id", text())])),
        ("roles", records(vec![("role", text()), ("referent", text()), ("date", text()), ("value", text())])),
        ("note", text()),
        ("origin", text()),
    ]);
    vec![
        ("id", text()),
        ("title", text()),
        ("publisher", text()),
        ("author", text()),
        ("published", text()),
        ("dateline", text()),
        ("url", text()),
        ("language", text()),
        ("source", text()),
        ("source_sha256", text()),
        ("text", text()),
        ("annotator", text()),
        ("progress", text()),
        ("tokens", ColumnShape::List(Box::new(text()))),
        ("ner_tags", ColumnShape::List(Box::new(ColumnShape::Class(tags(schema))))),
        ("annotations", annotations),
        ("referents", referents),
    ]
}
