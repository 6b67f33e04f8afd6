//! Errors of libraries as a person can do something with them.

use std::io::ErrorKind;

use super::serde_words::{length, missing, mistaken, plain, quoted, twice, unknown};

/// The system's error, without its number: "no such file or directory".
#[must_use]
pub fn io(error: &std::io::Error) -> String {
    let said = numberless(&error.to_string());
    match said.as_str() {
        "entity not found" => "no such file or directory".into(),
        "entity already exists" | "File exists" => "something of that name is there already".into(),
        "failed to fill whole buffer" | "unexpected end of file" => "it ends too early".into(),
        "failed to write whole buffer" | "write zero" => "nothing more can be written".into(),
        "stream did not contain valid UTF-8" => "it is not UTF-8".into(),
        "corrupt deflate stream"
        | "invalid deflate stream"
        | "corrupt gzip stream does not have a matching checksum" => "what is packed in it is damaged".into(),
        _ if error.kind() == ErrorKind::Interrupted => "it was interrupted".into(),
        _ => begun_small(&said),
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
pub fn ron(error: &ron::Error) -> String {
    use ron::Error as E;
    match error {
        E::Message(said) | E::Io(said) => plain(said),
        E::Eof => "it ends too early".into(),
        E::ExpectedArray => "a list in [ ] is expected".into(),
        E::ExpectedArrayEnd => "a list is not closed with ]".into(),
        E::ExpectedBoolean => "true or false is expected".into(),
        E::ExpectedComma => "a comma, or the end of a group, is missing".into(),
        E::ExpectedChar => "one character in ' ' is expected".into(),
        E::ExpectedFloat | E::FloatUnderscore | E::UnderscoreAtBeginning => "a number is expected".into(),
        E::ExpectedInteger => "a whole number is expected".into(),
        E::IntegerOutOfBounds => "a number is too large or too small".into(),
        E::InvalidIntegerDigit { digit, .. } => format!("{} is not a digit", quoted(&digit.to_string())),
        E::ExpectedMap => "named values in { } are expected".into(),
        E::ExpectedMapColon => "a colon is missing".into(),
        E::ExpectedMapEnd => "} is missing".into(),
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) | E::ExpectedStructName(_) => "( is expected".into(),
        E::ExpectedStructLikeEnd | E::ExpectedOptionEnd => ") is missing".into(),
        E::ExpectedOption => "a value in Some( ), or None, is expected".into(),
        E::ExpectedUnit => "() is expected".into(),
        E::ExpectedString => "a text in quotation marks is expected".into(),
        E::ExpectedStringEnd => "a text is not closed with a quotation mark".into(),
        E::ExpectedByteString | E::ExpectedByteLiteral => "bytes are expected".into(),
        E::ExpectedIdentifier => "a name is expected".into(),
        E::ExpectedDifferentStructName { found, .. } => format!("the name {} does not belong here", quoted(found)),
        E::InvalidIdentifier(name) | E::SuggestRawIdentifier(name) => format!("{} is not a name", quoted(name)),
        E::InvalidEscape(_) => "a text has a \\ that means nothing".into(),
        E::UnexpectedChar(c) => format!("the character {} does not belong here", quoted(&c.to_string())),
        E::UnclosedBlockComment | E::UnclosedLineComment => "a comment is not closed".into(),
        E::NoSuchExtension(name) => format!("the extension {} is not known here", quoted(name)),
        E::ExpectedAttribute | E::ExpectedAttributeEnd => "its first line is not what it should be".into(),
        E::TrailingCharacters => "something stands behind its end".into(),
        E::Utf8Error(_) => "it is not UTF-8".into(),
        E::InvalidValueForType { expected, found } => mistaken(found, expected),
        E::ExpectedDifferentLength { expected, found } => length(&found.to_string(), expected),
        E::NoSuchEnumVariant { expected, found, .. } => unknown("word", found, expected),
        E::NoSuchStructField { expected, found, .. } => unknown("field", found, expected),
        E::MissingStructField { field, .. } => missing(field),
        E::DuplicateStructField { field, .. } => twice(field),
        E::ExceededRecursionLimit => "it is nested too deeply".into(),
        _ => "it does not have the form of such a file".into(),
    }
}

/// The fault of a text in JSON, without its place.
#[must_use]
pub fn json_fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.rfind(" at line ").map_or(said.as_str(), |at| &said[..at]);
    let known = match said {
        "EOF while parsing a list"
        | "EOF while parsing an object"
        | "EOF while parsing a string"
        | "EOF while parsing a value" => "it ends too early",
        "expected `:`" => "a colon is missing",
        "expected `,` or `]`" => "a comma or ] is missing",
        "expected `,` or `}`" => "a comma or } is missing",
        "expected `\"`" => "a quotation mark is missing",
        "expected ident" => "a word is none of true, false and null",
        "expected value" => "a value is expected",
        "invalid escape" => "a text has a \\ that means nothing",
        "invalid number" => "a number is malformed",
        "number out of range" => "a number is too large",
        "invalid unicode code point" => "a text is not UTF-8, or has a \\u that stands for no character",
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            "a text has a \\u that stands for half a character"
        }
        "key must be a string" => "a name is not in quotation marks",
        "trailing comma" => "a comma stands before an end",
        "trailing characters" => "something stands behind its end",
        "recursion limit exceeded" => "it is nested too deeply",
        said if said.starts_with("control character") => "a text has a line end or a control character in it",
        said if error.is_io() => return begun_small(&numberless(said)),
        said => return plain(said),
    };
    known.to_owned()
}

/// The fault of a text in JSON, and its place.
#[must_use]
pub fn json_at(error: &serde_json::Error) -> String {
    match (error.line(), error.column()) {
        (0, _) => json_fault(error),
        (line, column) => format!("line {line}, column {column}: {}", json_fault(error)),
    }
}

/// The fault of an XML file.
#[must_use]
pub fn xml(error: &quick_xml::Error) -> String {
    use quick_xml::Error as E;
    use quick_xml::errors::{IllFormedError, SyntaxError};
    use quick_xml::escape::EscapeError;
    match error {
        E::Io(error) => io(error),
        E::Encoding(_) => "it is not UTF-8".into(),
        E::Syntax(SyntaxError::InvalidBangMarkup) => "<! stands before something unknown".into(),
        E::Syntax(SyntaxError::UnclosedComment) => "a comment is not closed".into(),
        E::Syntax(
            SyntaxError::UnclosedSingleQuotedAttributeValue | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => "the value of an attribute is not closed".into(),
        E::Syntax(_) => "it ends within a tag".into(),
        E::IllFormed(IllFormedError::MissingEndTag(tag)) => format!("<{tag}> is not closed"),
        E::IllFormed(IllFormedError::UnmatchedEndTag(tag)) => format!("</{tag}> closes nothing"),
        E::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("</{found}> stands where </{expected}> is expected")
        }
        E::IllFormed(IllFormedError::DoubleHyphenInComment) => "a comment has -- in it".into(),
        E::IllFormed(IllFormedError::UnclosedReference) => "an & has no ; after it".into(),
        E::IllFormed(_) => "its first line is not that of an XML file".into(),
        E::InvalidAttr(quick_xml::events::attributes::AttrError::Duplicated(..)) => {
            "a tag has the same attribute twice".into()
        }
        E::InvalidAttr(_) => "an attribute is malformed".into(),
        E::Escape(EscapeError::UnrecognizedEntity(_, name)) => format!("&{name}; is not known"),
        E::Escape(EscapeError::UnterminatedEntity(_)) => "an & has no ; after it".into(),
        E::Escape(_) => "an & stands for no character that is known".into(),
        E::Namespace(_) => "a name has an unknown prefix".into(),
    }
}

/// The fault of a ZIP archive.
#[must_use]
pub fn zip(error: &zip::result::ZipError) -> String {
    use zip::result::ZipError as E;
    match error {
        E::Io(error) => io(error),
        E::FileNotFound => "the archive has no such part".into(),
        E::InvalidPassword => "the archive is locked with a password".into(),
        E::UnsupportedArchive(_) | E::CompressionMethodNotSupported(_) => {
            "the archive is packed in a way that is not read here".into()
        }
        _ => "it is not a ZIP archive, or a damaged one".into(),
    }
}

/// The fault of a row of a table.
#[must_use]
pub fn table(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => io(error),
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".into(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} values where the first line names {expected_len}")
        }
        _ => "it does not have the form of a table".into(),
    }
}

/// The fault of values packed as MessagePack.
#[must_use]
pub fn packed(error: &rmpv::decode::Error) -> String {
    match error {
        rmpv::decode::Error::DepthLimitExceeded => "it is nested too deeply".into(),
        _ => "it ends too soon".into(),
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
        ron(&::ron::from_str::<ItemLine>(text).unwrap_err().code)
    }

    fn json_said(text: &str) -> String {
        json_at(&serde_json::from_str::<ItemLine>(text).unwrap_err())
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
                ron(&::ron::from_str::<::ron::Value>(text).unwrap_err().code)
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
        assert_eq!(json_at(&error), "line 1, column 128: it is nested too deeply");
    }

    #[test]
    fn the_system_is_heard_without_numbers() {
        assert_eq!(io(&std::io::Error::other("No such file or directory (os error 2)")), "no such file or directory");
        let kind = std::io::Error::from(ErrorKind::NotFound);
        assert_eq!(io(&kind), "no such file or directory");
        let other = std::io::Error::other("The file is in use. (os error 32) at path \"x\"");
        assert_eq!(io(&other), "the file is in use at path \"x\"");
        assert_eq!(io(&std::io::Error::other("UTF-8 is not there")), "UTF-8 is not there");
    }
}
