//! Errors of libraries as a person can do something with them.

use std::io::ErrorKind;

use crate::lang::{InWords, Message};
use crate::message;

use super::serde_words::{length, missing, mistaken, plain, quoted, twice, unknown_field, unknown_word};

/// The system's error, without its number: "no such file or directory".
#[must_use]
pub fn io(error: &std::io::Error) -> Message {
    // Sentences of this program go into errors of the system as they are.
    if let Some(message) = error.get_ref().and_then(|inner| inner.downcast_ref::<Message>()) {
        return message.clone();
    }
    let said = begun_small(&numberless(&error.to_string()));
    match said.as_str() {
        "entity not found" | "no such file or directory" => message!("fault-none"),
        "entity already exists" | "file exists" => message!("fault-exists"),
        "failed to fill whole buffer" | "unexpected end of file" => message!("fault-short"),
        "failed to write whole buffer" | "write zero" => message!("fault-no-more"),
        "stream did not contain valid UTF-8" => message!("fault-not-utf8"),
        "corrupt deflate stream"
        | "invalid deflate stream"
        | "corrupt gzip stream does not have a matching checksum" => message!("fault-damaged"),
        _ if error.kind() == ErrorKind::Interrupted => message!("fault-interrupted"),
        _ => system(said),
    }
}

/// The sentences of systems that are known, to be told in the person's language; others as the system says them.
fn system(said: String) -> Message {
    match said.as_str() {
        "permission denied" => message!("fault-denied"),
        "operation not permitted" => message!("fault-forbidden"),
        "read-only file system" => message!("fault-read-only"),
        "no space left on device" => message!("fault-full"),
        "disk quota exceeded" => message!("fault-quota"),
        "is a directory" => message!("fault-is-folder"),
        "not a directory" => message!("fault-not-folder"),
        "file name too long" => message!("fault-long-name"),
        "file too large" => message!("fault-file-large"),
        "input/output error" => message!("fault-device"),
        "too many open files" => message!("fault-many-open"),
        _ => Message::verbatim(said),
    }
}

impl InWords for std::io::Error {
    fn in_words(&self) -> Message {
        io(self)
    }
}

/// Without every "(os error 2)", and without a full stop at the end.
fn numberless(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(at) = rest.find(" (os error ") {
        let (before, number) = rest.split_at(at);
        out.push_str(before.trim_end_matches('.'));
        rest = number.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.truncate(out.trim_end_matches(['.', ' ', '\n']).len());
    out
}

/// A sentence that another goes before: "No such file" is "no such file", "UTF-8" stays.
fn begun_small(said: &str) -> String {
    let mut chars = said.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(said[first.len_utf8()..].chars()).collect()
        }
        _ => said.to_owned(),
    }
}

/// The fault of a text in RON, without its place.
#[must_use]
pub fn ron(error: &ron::Error) -> Message {
    use ron::Error as E;
    match error {
        E::Message(said) | E::Io(said) => plain(said),
        E::Eof => message!("fault-short"),
        E::ExpectedArray => message!("fault-list"),
        E::ExpectedArrayEnd => message!("fault-list-open"),
        E::ExpectedBoolean => message!("fault-truth"),
        E::ExpectedComma => message!("fault-comma"),
        E::ExpectedChar => message!("fault-one-character"),
        E::ExpectedFloat | E::FloatUnderscore | E::UnderscoreAtBeginning => message!("fault-number"),
        E::ExpectedInteger => message!("fault-whole"),
        E::IntegerOutOfBounds => message!("fault-bounds"),
        E::InvalidIntegerDigit { digit, .. } => message!("fault-digit", digit = quoted(&digit.to_string())),
        E::ExpectedMap => message!("fault-map"),
        E::ExpectedMapColon => message!("fault-colon"),
        E::ExpectedMapEnd => message!("fault-brace"),
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) | E::ExpectedStructName(_) => message!("fault-opening"),
        E::ExpectedStructLikeEnd | E::ExpectedOptionEnd => message!("fault-closing"),
        E::ExpectedOption => message!("fault-option"),
        E::ExpectedUnit => message!("fault-unit"),
        E::ExpectedString => message!("fault-text"),
        E::ExpectedStringEnd => message!("fault-text-open"),
        E::ExpectedByteString | E::ExpectedByteLiteral => message!("fault-bytes"),
        E::ExpectedIdentifier => message!("fault-name"),
        E::ExpectedDifferentStructName { found, .. } => message!("fault-name-here", name = quoted(found)),
        E::InvalidIdentifier(name) | E::SuggestRawIdentifier(name) => message!("fault-not-a-name", name = quoted(name)),
        E::InvalidEscape(_) => message!("fault-escape"),
        E::UnexpectedChar(c) => message!("fault-character-here", character = quoted(&c.to_string())),
        E::UnclosedBlockComment | E::UnclosedLineComment => message!("fault-comment-open"),
        E::NoSuchExtension(name) => message!("fault-extension", name = quoted(name)),
        E::ExpectedAttribute | E::ExpectedAttributeEnd => message!("fault-first-line"),
        E::TrailingCharacters => message!("fault-behind"),
        E::Utf8Error(_) => message!("fault-not-utf8"),
        E::InvalidValueForType { expected, found } => mistaken(found, expected),
        E::ExpectedDifferentLength { expected, found } => length(&found.to_string(), expected),
        E::NoSuchEnumVariant { expected, found, .. } => unknown_word(found, expected),
        E::NoSuchStructField { expected, found, .. } => unknown_field(found, expected),
        E::MissingStructField { field, .. } => missing(field),
        E::DuplicateStructField { field, .. } => twice(field),
        E::ExceededRecursionLimit => message!("fault-deep"),
        _ => message!("fault-form"),
    }
}

/// The fault of a text in JSON, without its place.
#[must_use]
pub fn json_fault(error: &serde_json::Error) -> Message {
    let said = error.to_string();
    let said = said.rfind(" at line ").map_or(said.as_str(), |at| &said[..at]);
    match said {
        "EOF while parsing a list"
        | "EOF while parsing an object"
        | "EOF while parsing a string"
        | "EOF while parsing a value" => message!("fault-short"),
        "expected `:`" => message!("fault-colon"),
        "expected `,` or `]`" => message!("fault-comma-list"),
        "expected `,` or `}`" => message!("fault-comma-map"),
        "expected `\"`" => message!("fault-quotation"),
        "expected ident" => message!("fault-word"),
        "expected value" => message!("fault-value"),
        "invalid escape" => message!("fault-escape"),
        "invalid number" => message!("fault-number-form"),
        "number out of range" => message!("fault-large"),
        "invalid unicode code point" => message!("fault-code-point"),
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            message!("fault-surrogate")
        }
        "key must be a string" => message!("fault-key"),
        "trailing comma" => message!("fault-trailing-comma"),
        "trailing characters" => message!("fault-behind"),
        "recursion limit exceeded" => message!("fault-deep"),
        said if said.starts_with("control character") => message!("fault-control"),
        said if error.is_io() => Message::verbatim(begun_small(&numberless(said))),
        said => plain(said),
    }
}

/// The fault of a text in JSON, and its place.
#[must_use]
pub fn json_at(error: &serde_json::Error) -> Message {
    match (error.line(), error.column()) {
        (0, _) => json_fault(error),
        (line, column) => message!("fault-at", line = line, column = column, why = json_fault(error)),
    }
}

/// The fault of an XML file.
#[must_use]
pub fn xml(error: &quick_xml::Error) -> Message {
    use quick_xml::Error as E;
    use quick_xml::errors::{IllFormedError, SyntaxError};
    use quick_xml::escape::EscapeError;
    match error {
        E::Io(error) => io(error),
        E::Encoding(_) => message!("fault-not-utf8"),
        E::Syntax(SyntaxError::InvalidBangMarkup) => message!("fault-markup"),
        E::Syntax(SyntaxError::UnclosedComment) => message!("fault-comment-open"),
        E::Syntax(
            SyntaxError::UnclosedSingleQuotedAttributeValue | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => message!("fault-attribute-open"),
        E::Syntax(_) => message!("fault-in-tag"),
        E::IllFormed(IllFormedError::MissingEndTag(tag)) => message!("fault-tag-open", tag = tag),
        E::IllFormed(IllFormedError::UnmatchedEndTag(tag)) => message!("fault-tag-alone", tag = tag),
        E::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            message!("fault-tag-other", found = found, expected = expected)
        }
        E::IllFormed(IllFormedError::DoubleHyphenInComment) => message!("fault-dashes"),
        E::IllFormed(IllFormedError::UnclosedReference) => message!("fault-ampersand"),
        E::IllFormed(_) => message!("fault-not-xml"),
        E::InvalidAttr(quick_xml::events::attributes::AttrError::Duplicated(..)) => {
            message!("fault-attribute-twice")
        }
        E::InvalidAttr(_) => message!("fault-attribute-form"),
        E::Escape(EscapeError::UnrecognizedEntity(_, name)) => message!("fault-entity", name = name),
        E::Escape(EscapeError::UnterminatedEntity(_)) => message!("fault-ampersand"),
        E::Escape(_) => message!("fault-entity-none"),
        E::Namespace(_) => message!("fault-prefix"),
    }
}

/// The fault of a ZIP archive.
#[must_use]
pub fn zip(error: &zip::result::ZipError) -> Message {
    use zip::result::ZipError as E;
    match error {
        E::Io(error) => io(error),
        E::FileNotFound => message!("fault-no-part"),
        E::InvalidPassword => message!("fault-password"),
        E::UnsupportedArchive(_) | E::CompressionMethodNotSupported(_) => {
            message!("fault-packing")
        }
        _ => message!("fault-not-zip"),
    }
}

/// The fault of a row of a table.
#[must_use]
pub fn table(error: &csv::Error) -> Message {
    match error.kind() {
        csv::ErrorKind::Io(error) => io(error),
        csv::ErrorKind::Utf8 { .. } => message!("fault-not-utf8"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            message!("fault-row", len = len, expected_len = expected_len)
        }
        _ => message!("fault-table"),
    }
}

/// The fault of values packed as MessagePack.
#[must_use]
pub fn packed(error: &rmpv::decode::Error) -> Message {
    match error {
        rmpv::decode::Error::DepthLimitExceeded => message!("fault-deep"),
        _ => message!("fault-soon"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)] // It is there to be misread.
    struct ItemLine {
        id: String,
        count: u8,
        #[serde(default)]
        sure: bool,
        #[serde(default)]
        at: Vec<(u32, u32)>,
        #[serde(default)]
        kind: Option<KindLine>,
    }

    #[derive(Debug, Deserialize)]
    enum KindLine {
        Entity,
        Frame(#[allow(dead_code)] u8),
    }

    fn ron_said(text: &str) -> String {
        ron(&::ron::from_str::<ItemLine>(text).unwrap_err().code).to_string()
    }

    fn json_said(text: &str) -> String {
        json_at(&serde_json::from_str::<ItemLine>(text).unwrap_err()).to_string()
    }

    #[test]
    fn faults_of_ron_are_said_plainly() {
        let deep = "(".repeat(500);
        for (text, said) in [
            (
                "(id: \"a\", count: 1, mood: 3)",
                "the field \"mood\" is not known here; known are id, count, sure, at, kind",
            ),
            ("(id: \"a\")", "the field \"count\" is missing"),
            ("(id: \"a\", id: \"b\", count: 1)", "the field \"id\" appears twice"),
            ("(id: 3, count: 1)", "a text in quotation marks is expected"),
            ("(id: \"a\", count: 300)", "a number is too large or too small"),
            ("(id: \"a\", count: 1, sure: maybe)", "true or false is expected"),
            ("(id: \"a\", count: 1, at: [(1)])", "1 value stands where 2 are expected"),
            ("(id: \"a\", count: 1, kind: Some(Zone))", "the word \"Zone\" is not known here; known are Entity, Frame"),
            ("(id: \"a", "a text is not closed with a quotation mark"),
            ("(id: \"a\" count: 1)", "a comma, or the end of a group, is missing"),
            ("(id: \"a\", count: 1", "a comma, or the end of a group, is missing"),
            ("(id: \"a\", count: 1) x", "something stands behind its end"),
            (&*deep, "it is nested too deeply"),
        ] {
            let heard = if text == deep {
                ron(&::ron::from_str::<::ron::Value>(text).unwrap_err().code).to_string()
            } else {
                ron_said(text)
            };
            assert_eq!(heard, said, "{}", &text[..text.len().min(60)]);
        }
    }

    #[test]
    fn faults_of_json_are_said_plainly() {
        for (text, said) in [
            ("", "line 1, column 0: it ends too early"),
            (
                "{\"id\": \"a\", \"count\": 1, \"mood\": 3}",
                "line 1, column 30: the field \"mood\" is not known here; known are id, count, sure, at, kind",
            ),
            ("{\"id\": \"a\"}", "line 1, column 11: the field \"count\" is missing"),
            ("{\"id\": {}, \"count\": 1}", "line 1, column 7: a group of named values stands where a text is expected"),
            ("{\"id\": null}", "line 1, column 11: null stands where a text is expected"),
            (
                "{\"id\": \"a\", \"count\": \"x`y\"}",
                "line 1, column 26: the text \"x`y\" stands where a whole number of at least 0 is expected",
            ),
            (
                "{\"id\": \"a\", \"count\": 300}",
                "line 1, column 24: the number 300 stands where a whole number of at least 0 is expected",
            ),
            (
                "{\"id\": \"a\", \"count\": 1, \"kind\": \"Zone\"}",
                "line 1, column 38: the word \"Zone\" is not known here; known are Entity, Frame",
            ),
            ("{\"id\": tru", "line 1, column 10: it ends too early"),
            ("{\"id\": nix}", "line 1, column 9: a word is none of true, false and null"),
            ("[1]", "line 1, column 2: the number 1 stands where a text is expected"),
        ] {
            assert_eq!(json_said(text), said, "{text}");
        }
        let deep = "[".repeat(500);
        let error = serde_json::from_str::<serde_json::Value>(&deep).unwrap_err();
        assert_eq!(json_at(&error).to_string(), "line 1, column 128: it is nested too deeply");
    }

    #[test]
    fn the_system_is_heard_without_numbers() {
        assert_eq!(
            io(&std::io::Error::other("No such file or directory (os error 2)")).to_string(),
            "no such file or directory"
        );
        let kind = std::io::Error::from(ErrorKind::NotFound);
        assert_eq!(io(&kind).to_string(), "no such file or directory");
        let other = std::io::Error::other("The file is in use. (os error 32) at path \"x\"");
        assert_eq!(io(&other).to_string(), "the file is in use at path \"x\"");
        assert_eq!(io(&std::io::Error::other("UTF-8 is not there")).to_string(), "UTF-8 is not there");
    }
}
