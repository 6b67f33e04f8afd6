//! The messages of serde and its readers in plain words.

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

/// A field or word that is not one of those that are known.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let named = quoted(name);
    let listed = known.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    let more = if known.len() > LISTED { ", …" } else { "" };
    match known {
        [] => format!("the {what} {named} is not known here"),
        _ => format!("the {what} {named} is not known here; known are {listed}{more}"),
    }
}

pub(super) fn missing(field: &str) -> String {
    format!("the field \"{field}\" is missing")
}

pub(super) fn twice(field: &str) -> String {
    format!("the field \"{field}\" appears twice")
}

/// A value of another kind than expected; both as serde names them.
pub(super) fn mistaken(found: &str, expected: &str) -> String {
    format!("{} stands where {} is expected", value(found), kind(expected))
}

/// A list that has not as many values as it should.
pub(super) fn length(found: &str, expected: &str) -> String {
    let values = if found == "1" { "1 value stands".to_owned() } else { format!("{found} values stand") };
    let number = expected.split(' ').find(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty());
    match number {
        Some(number) => format!("{values} where {number} are expected"),
        None => format!("{values} where {} is expected", kind(expected)),
    }
}

/// A value that was found.
fn value(said: &str) -> String {
    let said = said.strip_prefix("the ").unwrap_or(said);
    let between = |prefix: &str| Some(said.strip_prefix(prefix)?.trim_matches('`'));
    let numbers = ["unsigned integer ", "signed integer ", "integer ", "floating point number ", "floating point "];
    if let Some(number) = numbers.into_iter().find_map(between) {
        return format!("the number {number}");
    }
    if let Some(truth) = between("boolean ") {
        return format!("the word {truth}");
    }
    if let Some(c) = between("character ").or_else(|| between("UTF-8 character ")) {
        return format!("the character {}", quoted(c));
    }
    if let Some(text) = said.strip_prefix("string ") {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        return format!("the text {}", quoted(inner));
    }
    kind(said)
}

/// A kind of value.
fn kind(said: &str) -> String {
    let bare = said.strip_prefix("a ").or_else(|| said.strip_prefix("an ")).unwrap_or(said);
    let first = bare.split([' ', '<']).next().unwrap_or_default();
    let plain = match first {
        "string" | "str" | "String" | "borrowed" => "a text",
        "boolean" | "bool" => "true or false",
        "char" | "character" => "one character",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "integer" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number of at least 0",
        "nonzero" => "a whole number, not 0",
        "f32" | "f64" | "float" | "floating" | "number" => "a number",
        "byte" | "bytes" => "bytes",
        "unit" if bare == "unit" || bare == "unit value" => "nothing",
        "null" => "null",
        "sequence" | "seq" | "tuple" | "list" => "a list",
        "map" | "struct" | "object" | "newtype" => "a group of named values",
        "enum" | "variant" | "unit" => "one of the known words",
        "field" | "identifier" => "a name",
        "option" | "Option" | "optional" => "an optional value",
        "internally" | "adjacently" | "untagged" => "a value of a known form",
        // The expectations of readers of this program are in plain words already.
        _ if said.contains(['`', ':']) => "another value",
        _ => return said.to_owned(),
    };
    // More precise than the word for the whole.
    if bare.starts_with("tuple struct") || bare.starts_with("tuple variant") {
        return "a list".into();
    }
    plain.to_owned()
}

/// The message of serde or of a reader of this program in plain words; a sentence of this program stays.
pub(super) fn plain(said: &str) -> String {
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
    for (prefix, what) in [("unknown field ", "field"), ("unknown variant ", "word")] {
        if let Some(rest) = said.strip_prefix(prefix) {
            // The name may hold anything; those that are known do not.
            let (name, known) = rest
                .rsplit_once("`, expected ")
                .unwrap_or_else(|| (rest.strip_suffix(", there are no fields").unwrap_or(rest), ""));
            let known = names(known);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return unknown(what, name.trim_matches('`'), &known);
        }
    }
    if said.starts_with("data did not match any variant") {
        return "it has none of the forms that are known".into();
    }
    said.to_owned()
}
