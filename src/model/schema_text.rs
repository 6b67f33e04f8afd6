//! A schema as its file has it: read, and what is wrong with it by line and column.

use ron::value::RawValue;
use serde::Deserialize;

use super::schema::{Schema, SchemaError, SchemaPart};
use crate::lang::{InWords, Message};
use crate::message;
use crate::say;

/// The reason why a text is not a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaTextError {
    /// A newer version of this program wrote it.
    Newer {
        /// Its version.
        version: u32,
    },
    /// It is not RON, has not the fields of a schema, or contradicts itself.
    At {
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in code points.
        column: usize,
        /// The problem.
        why: Message,
    },
}

impl SchemaTextError {
    /// The sentence about a file of this name.
    #[must_use]
    pub fn in_file(&self, file: &str) -> Message {
        match self {
            Self::Newer { version } => {
                message!("file-newer", file = file, version = version, known = Schema::VERSION)
            }
            Self::At { line, column, why } => message!("file-at", file = file, line = line, column = column, why = why),
        }
    }
}

impl Schema {
    /// The schema that a file's text is.
    ///
    /// # Errors
    /// If a newer version of the program wrote it, or it is not a sound schema: with the place.
    pub fn of_text(text: &str) -> Result<Self, SchemaTextError> {
        /// All that is sure to be in a schema of any version.
        #[derive(Deserialize)]
        struct SchemaVersion {
            jejak_schema: u32,
        }
        if let Ok(SchemaVersion { jejak_schema: version }) = ron::from_str(text)
            && version > Self::VERSION
        {
            return Err(SchemaTextError::Newer { version });
        }
        let schema: Self = ron::from_str(text).map_err(|error| SchemaTextError::At {
            line: error.span.start.line,
            column: error.span.start.col,
            why: say::ron(&error.code),
        })?;
        schema.validate().map_err(|error| {
            let before = &text[..place(text, &error).unwrap_or(0)];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            SchemaTextError::At { line, column, why: error.in_words() }
        })?;
        Ok(schema)
    }
}

/// The byte at which the label, attribute or role begins that is wrong.
fn place(text: &str, error: &SchemaError) -> Option<usize> {
    #[derive(Deserialize)]
    struct Labels<'a> {
        #[serde(borrow)]
        labels: Vec<&'a RawValue>,
    }
    #[derive(Deserialize)]
    struct Parts<'a> {
        #[serde(borrow, default)]
        attributes: Vec<&'a RawValue>,
        #[serde(borrow, default)]
        roles: Vec<&'a RawValue>,
    }
    let (label, part) = error.at?;
    let Labels { labels } = ron::from_str(text).ok()?;
    let label = labels.get(label)?.trim().get_ron();
    let within: Option<&str> = part.and_then(|part| {
        let Parts { attributes, roles } = ron::from_str(label).ok()?;
        let raw = match part {
            SchemaPart::Attribute(at) => attributes.get(at).copied(),
            SchemaPart::Role(at) => roles.get(at).copied(),
        };
        Some(raw?.trim().get_ron())
    });
    // These are slices of the text itself.
    (within.unwrap_or(label).as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "(\n  jejak_schema: 1,\n  name: \"x\",\n  labels: [\n    (name: \"a\", kind: Entity, \
                        title: {\"en\": \"A\"}, guide: {}, colors: (light: \"#616161\", dark: \"#b8b8b8\"), pattern: Solid),\n    \
                        (name: \"é\", kind: Frame, title: {\"en\": \"B\"}, guide: {}, colors: (light: \"#616161\", dark: \
                        \"#b8b8b8\"), pattern: Solid, roles: [\n      (name: \"who\", title: {}, guide: {}, fillers: \
                        [\"a\"], cardinality: \"?\"), (name: \"whom\", title: {}, guide: {}, fillers: [\"c\"], cardinality: \"?\"),\n    ]),\n  ],\n)\n";

    fn place_of(text: &str) -> (usize, usize, String) {
        match Schema::of_text(text) {
            Err(SchemaTextError::At { line, column, why }) => (line, column, why.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_contradiction_is_told_with_its_line_and_column() {
        let (line, column, why) = place_of(TEXT);
        assert!(why.contains("whom"), "{why}");
        assert_eq!((line, column), (7, 78), "{why}");
        let same = TEXT.replace("\"é\"", "\"a\"").replace("[\"c\"]", "[\"a\"]");
        assert_eq!((place_of(&same).0, place_of(&same).1), (6, 5), "the second of two labels of one name");
        let torn = TEXT.replace("kind: Frame", "kind: Fram");
        assert_eq!(place_of(&torn).0, 6);
    }

    #[test]
    fn a_newer_schema_is_said_to_be_one() {
        let newer = Schema::of_text("(jejak_schema: 9, name: \"x\", marks: [])");
        assert_eq!(newer, Err(SchemaTextError::Newer { version: 9 }));
    }
}
