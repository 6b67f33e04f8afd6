//! The messages of serde and its readers in plain words.

use crate::lang::Message;
use crate::message;

/// Characters of a value that a sentence shows.
const SHOWN: usize = 60;
/// Names that a sentence lists.
const LISTED: usize = 16;

/// A text in quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("\"{}…\"", &text[..at]),
        None => format!("\"{text}\""),
    }
}

/// A field that is not one of those that are known.
pub(super) fn unknown_field(name: &str, known: &[&str]) -> Message {
    match known {
        [] => message!("fault-field-unknown", name = quoted(name)),
        _ => message!("fault-field-unknown-of", name = quoted(name), known = listed(known)),
    }
}

/// A word that is not one of those that are known.
pub(super) fn unknown_word(name: &str, known: &[&str]) -> Message {
    match known {
        [] => message!("fault-word-unknown", name = quoted(name)),
        _ => message!("fault-word-unknown-of", name = quoted(name), known = listed(known)),
    }
}

/// Names that are known, as many as a sentence holds.
fn listed(known: &[&str]) -> String {
    let listed = known.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if known.len() > LISTED { listed + ", …" } else { listed }
}

pub(super) fn missing(field: &str) -> Message {
    message!("fault-field-missing", field = field)
}

pub(super) fn twice(field: &str) -> Message {
    message!("fault-field-twice", field = field)
}

/// A value of another kind than expected; both as serde names them.
pub(super) fn mistaken(found: &str, expected: &str) -> Message {
    message!("fault-mistaken", found = value(found), expected = kind(expected))
}

/// A list that has not as many values as it should.
pub(super) fn length(found: &str, expected: &str) -> Message {
    let number = expected.split(' ').find(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty());
    let count = found.parse::<i64>().unwrap_or_default();
    match number {
        Some(number) => message!("fault-length", count = count, number = number),
        None => message!("fault-length-of", count = count, expected = kind(expected)),
    }
}

/// A value that was found.
fn value(said: &str) -> Message {
    let said = said.strip_prefix("the ").unwrap_or(said);
    let between = |prefix: &str| Some(said.strip_prefix(prefix)?.trim_matches('`'));
    let numbers = ["unsigned integer ", "signed integer ", "integer ", "floating point number ", "floating point "];
    if let Some(number) = numbers.into_iter().find_map(between) {
        return message!("fault-the-number", number = number);
    }
    if let Some(truth) = between("boolean ") {
        return message!("fault-the-word", truth = truth);
    }
    if let Some(c) = between("character ").or_else(|| between("UTF-8 character ")) {
        return message!("fault-the-character", character = quoted(c));
    }
    if let Some(text) = said.strip_prefix("string ") {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        return message!("fault-the-text", text = quoted(inner));
    }
    kind(said)
}

/// A kind of value.
fn kind(said: &str) -> Message {
    let bare = said.strip_prefix("a ").or_else(|| said.strip_prefix("an ")).unwrap_or(said);
    let first = bare.split([' ', '<']).next().unwrap_or_default();
    let plain = match first {
        "string" | "str" | "String" | "borrowed" => message!("fault-a-text"),
        "boolean" | "bool" => message!("fault-a-truth"),
        "char" | "character" => message!("fault-a-character"),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "integer" => message!("fault-a-whole"),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => message!("fault-a-natural"),
        "nonzero" => message!("fault-a-nonzero"),
        "f32" | "f64" | "float" | "floating" | "number" => message!("fault-a-number"),
        "byte" | "bytes" => message!("unit-bytes"),
        "unit" if bare == "unit" || bare == "unit value" => message!("fault-nothing"),
        "null" => Message::verbatim("null"),
        "sequence" | "seq" | "tuple" | "list" => message!("fault-a-list"),
        "map" | "struct" | "object" | "newtype" => message!("fault-a-group"),
        "enum" | "variant" | "unit" => message!("fault-a-word"),
        "field" | "identifier" => message!("fault-a-name"),
        "option" | "Option" | "optional" => message!("fault-an-option"),
        "internally" | "adjacently" | "untagged" => message!("fault-a-form"),
        // The expectations of readers of this program are in plain words already.
        _ if said.contains(['`', ':']) => message!("fault-another"),
        _ => Message::verbatim(said),
    };
    // More precise than the word for the whole.
    if bare.starts_with("tuple struct") || bare.starts_with("tuple variant") {
        return message!("fault-a-list");
    }
    plain
}

/// The message of serde or of a reader of this program in plain words; a sentence of this program stays.
pub(super) fn plain(said: &str) -> Message {
    let ticked = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let names = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some((found, expected)) = said.strip_prefix(prefix).and_then(|rest| rest.rsplit_once(", expected ")) {
            return mistaken(found, expected);
        }
    }
    if let Some((found, expected)) =
        said.strip_prefix("invalid length ").and_then(|rest| rest.split_once(", expected "))
    {
        return length(found, expected);
    }
    if let Some(rest) = said.strip_prefix("missing field ") {
        return missing(&ticked(rest));
    }
    if let Some(rest) = said.strip_prefix("duplicate field ") {
        return twice(&ticked(rest));
    }
    type Unknown = fn(&str, &[&str]) -> Message;
    for (prefix, unknown) in
        [("unknown field ", unknown_field as Unknown), ("unknown variant ", unknown_word as Unknown)]
    {
        if let Some(rest) = said.strip_prefix(prefix) {
            // The name may hold anything; those that are known do not.
            let (name, known) = rest
                .rsplit_once("`, expected ")
                .unwrap_or_else(|| (rest.strip_suffix(", there are no fields").unwrap_or(rest), ""));
            let known = names(known);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return unknown(name.trim_matches('`'), &known);
        }
    }
    if said.starts_with("data did not match any variant") {
        return message!("fault-no-form");
    }
    Message::verbatim(said)
}
