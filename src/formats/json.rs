//! What the formats in JSON share: files of many records read one at a time, and fields that may be missing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::jejak_jsonl::json_error;
use super::{About, Item, Source};
use crate::model::Problem;

/// One record of a file.
pub(super) struct Record<'a> {
    /// The file, with `[n]` (from 1) where it is an array.
    pub file: &'a str,
    /// The line; 0 where it is not known.
    pub line: u32,
    pub value: Value,
}

/// Takes a record, or says why it cannot.
pub(super) type Take<'a> = &'a mut dyn FnMut(Record<'_>, &mut dyn FnMut(Item)) -> Result<(), String>;

/// Hands over each record of each file: the lines of JSON Lines, the elements of an array, or the one object.
pub(super) fn records(source: &Source, out: &mut dyn FnMut(Item), take: Take<'_>) {
    for file in source.with_extension(&["json", "jsonl", "ndjson"]) {
        let done =
            if file.ends_with(".json") { whole(source, file, out, take) } else { lines(source, file, out, take) };
        if let Err(why) = done {
            out(Item::Problem(Problem::error("file", why).at(file, None)));
        }
    }
}

fn lines(source: &Source, file: &str, out: &mut dyn FnMut(Item), take: Take<'_>) -> Result<(), String> {
    let done = source.lines(file, &mut |line, content| {
        let taken = content.and_then(|content| {
            let content = content.trim_start_matches('\u{feff}');
            if content.trim().is_empty() {
                return Ok(());
            }
            let mut json = serde_json::Deserializer::from_str(content);
            let value = Element.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
            let value = value.map_err(|error| json_error(&error))?;
            take(Record { file, line, value }, out)
        });
        if let Err(why) = taken {
            out(Item::Problem(Problem::error("line", why).at(file, Some(line))));
        }
    });
    done.map_err(|error| error.to_string())
}

/// An array is read element by element, so that a large file is never in memory as a whole.
fn whole(source: &Source, file: &str, out: &mut dyn FnMut(Item), take: Take<'_>) -> Result<(), String> {
    let mut content = source.open(file).map_err(|error| error.to_string())?;
    let start = content.fill_buf().map_err(|error| error.to_string())?;
    let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let first = start[mark..].iter().copied().find(|byte| !byte.is_ascii_whitespace());
    content.consume(mark);
    if first == Some(b'[') {
        let mut json = serde_json::Deserializer::from_reader(content);
        return json.deserialize_seq(Elements { file, out, take }).map_err(|error| error.to_string());
    }
    // Objects one after the other: one of them, or JSON Lines under another name.
    let json = serde_json::Deserializer::from_reader(content).into_iter::<Value>();
    for (number, value) in (1..).zip(json) {
        let value = value.map_err(|error| error.to_string())?;
        let name = if number == 1 { file.to_owned() } else { format!("{file}[{number}]") };
        if let Err(why) = take(Record { file: &name, line: 0, value }, out) {
            out(Item::Problem(Problem::error("record", why).at(&name, None)));
        }
    }
    Ok(())
}

struct Elements<'a, 'b> {
    file: &'a str,
    out: &'a mut dyn FnMut(Item),
    take: Take<'b>,
}

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(value) = seq.next_element_seed(Element)? {
            number += 1;
            let name = format!("{}[{number}]", self.file);
            if let Err(why) = (self.take)(Record { file: &name, line: 0, value }, self.out) {
                (self.out)(Item::Problem(Problem::error("record", why).at(&name, None)));
            }
        }
        Ok(())
    }
}

/// A record without its tokens, which no reader needs and which are the most of a large file.
struct Element;

impl<'de> DeserializeSeed<'de> for Element {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Element {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut record = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == "tokens" {
                map.next_value::<IgnoredAny>()?;
            } else {
                record.insert(key, map.next_value()?);
            }
        }
        Ok(Value::Object(record))
    }

    // Anything else is no record, which its reader says; the records after it are read.

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E>(self, _: &str) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Null)
    }
}

/// What is known about an article as an object, without what is unknown.
pub(super) fn about_object(id: &str, about: &About) -> Map<String, Value> {
    let id = std::iter::once(("id", id));
    let known = id.chain(about.fields()).filter(|(_, value)| !value.is_empty());
    known.map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// What an object says about an article: its name, and the fields that are known here.
pub(super) fn about_of(object: Option<&Value>) -> (String, About) {
    let mut about = About::default();
    let mut id = String::new();
    for (name, value) in object.and_then(Value::as_object).into_iter().flatten() {
        let field = if name == "id" { Some(&mut id) } else { about.field_mut(name) };
        if let (Some(field), Some(said)) = (field, scalar(value)) {
            *field = said;
        }
    }
    (id, about)
}

/// A text, number or truth value as a text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".into()),
        Value::Bool(false) => Some("no".into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A field that must be a text.
pub(super) fn text<'a>(record: &'a Value, field: &str) -> Result<&'a str, String> {
    match record.get(field) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(format!("\"{field}\" is no text")),
        None => Err(format!("there is no \"{field}\"")),
    }
}

/// A field that may be missing and else must be a list.
pub(super) fn list<'a>(record: &'a Value, field: &str) -> Result<&'a [Value], String> {
    match record.get(field) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(format!("\"{field}\" is no list")),
    }
}

/// A field that must be a whole number.
pub(super) fn number(record: &Value, field: &str) -> Result<i64, String> {
    let number = record.get(field).ok_or_else(|| format!("there is no \"{field}\""))?;
    number.as_i64().ok_or_else(|| format!("\"{field}\" is {number}, no whole number"))
}

/// A name that may be a text or a number.
pub(super) fn name(record: &Value, field: &str) -> String {
    record.get(field).and_then(scalar).unwrap_or_default()
}
