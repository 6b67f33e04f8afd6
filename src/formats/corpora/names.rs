//! The names of classes that tags are numbers of: in the card of a data set, in `dataset_info.json`, in a Parquet file, or in the
//! configuration of a model.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::formats::ImportFiles;

/// Names of classes, by the column that has them; those without a column are for any.
#[derive(Default)]
pub(super) struct ClassNames {
    by_column: BTreeMap<String, Vec<String>>,
}

/// Bytes of a file that may hold names; larger ones are data.
const BYTES: u64 = 8 << 20;
/// Objects within each other that are looked into.
const DEPTH: usize = 12;

impl ClassNames {
    /// The names that the files beside data tell.
    pub fn of(source: &ImportFiles) -> Self {
        let mut names = Self::default();
        for file in source.names().filter(|name| source.bytes(name) <= BYTES) {
            let short = file.rsplit('/').next().unwrap_or(file);
            match short {
                "dataset_info.json" | "dataset_infos.json" | "config.json" | "features.json" => {
                    if let Some(value) = source.text(file).ok().and_then(|text| serde_json::from_str(&text).ok()) {
                        names.add(&value);
                    }
                }
                "README.md" => {
                    if let Ok(card) = source.text(file) {
                        names.card(&card);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// True where none is told.
    pub fn is_empty(&self) -> bool {
        self.by_column.is_empty()
    }

    /// Takes what JSON says of features into account.
    pub fn add(&mut self, value: &Value) {
        self.look(value, "", 0);
    }

    fn look(&mut self, value: &Value, column: &str, depth: usize) {
        let Value::Object(fields) = value else { return };
        if depth > DEPTH {
            return;
        }
        for (name, value) in fields {
            let wrapping = ["feature", "features", "sequence", "list", "class_label", "dtype", "_type"];
            let inner = if wrapping.contains(&name.as_str()) { column } else { name.as_str() };
            match (name.as_str(), value) {
                ("names", Value::Array(all)) => {
                    let all: Option<Vec<String>> = all.iter().map(|one| one.as_str().map(str::to_owned)).collect();
                    self.put(column, all);
                }
                ("names" | "id2label", Value::Object(all)) => {
                    let column = if name == "names" { column } else { "" };
                    let all = all.iter().filter_map(|(number, name)| Some((number.parse().ok()?, name.as_str()?)));
                    self.put(column, numbered(all.map(|(number, name)| (number, name.to_owned()))));
                }
                _ => self.look(value, inner, depth + 1),
            }
        }
    }

    /// Takes the head of a card into account, whose YAML says names line by line.
    fn card(&mut self, card: &str) {
        let Some(head) = card.trim_start_matches('\u{feff}').strip_prefix("---") else { return };
        let head = head.split("\n---").next().unwrap_or_default();
        let mut column = String::new();
        let mut names: Vec<(usize, String)> = Vec::new();
        for line in head.lines().chain([""]) {
            let line = line.trim();
            let entry = line.split_once(':').map(|(number, name)| (unquoted(number), unquoted(name)));
            let number = entry.and_then(|(number, _)| number.parse::<usize>().ok());
            match (entry, number) {
                (Some((_, name)), Some(number)) => names.push((number, name.to_owned())),
                _ => {
                    if !names.is_empty() {
                        self.put(&column, numbered(std::mem::take(&mut names).into_iter()));
                    }
                    if let Some(name) = line.strip_prefix("- name:") {
                        unquoted(name).clone_into(&mut column);
                    }
                }
            }
        }
    }

    fn put(&mut self, column: &str, names: Option<Vec<String>>) {
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            self.by_column.entry(column.to_owned()).or_insert(names);
        }
    }

    /// The names of a column's classes.
    pub fn column(&self, column: &str) -> Option<&[String]> {
        let only = || if self.by_column.len() == 1 { self.by_column.values().next() } else { None };
        self.by_column.get(column).or_else(|| self.by_column.get("")).or_else(only).map(Vec::as_slice)
    }
}

/// Names in the order of their numbers, from 0; none where some number is not there.
fn numbered(all: impl Iterator<Item = (usize, String)>) -> Option<Vec<String>> {
    let all: BTreeMap<usize, String> = all.collect();
    let last = all.keys().next_back().map_or(0, |last| last + 1);
    (last == all.len()).then(|| all.into_values().collect())
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['\'', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_they_are_told() {
        let mut names = ClassNames::default();
        names.card(
            "---\ndataset_info:\n  features:\n  - name: tokens\n    sequence: string\n  - name: ner_tags\n    sequence:\n      \
             class_label:\n        names:\n          '0': O\n          '1': B-PER\n          '2': I-PER\n  splits:\n---\n# x\n",
        );
        assert_eq!(names.column("ner_tags"), Some(&["O".to_owned(), "B-PER".into(), "I-PER".into()][..]));
        for json in [
            r#"{"default":{"features":{"ner_tags":{"feature":{"names":["O","B-X"],"_type":"ClassLabel"},"_type":"Sequence"}}}}"#,
            r#"{"id2label":{"1":"B-X","0":"O"}}"#,
        ] {
            let mut names = ClassNames::default();
            names.add(&serde_json::from_str(json).unwrap());
            assert_eq!(names.column("ner_tags"), Some(&["O".to_owned(), "B-X".into()][..]), "{json}");
        }
        let mut names = ClassNames::default();
        names.add(&serde_json::json!({"id2label": {"1": "B-X"}}));
        assert_eq!(names.column("ner_tags"), None);
    }
}
