//! The ground of formats in JSON: files of many records read one at a time, and fields that may be missing.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Number, Value};

use super::parallel_read::{Give, items};
use super::raw_document::NO_OFFSET;
use super::{ArticleMetadata, ImportContext, ImportFiles, Item};
use crate::model::{AttributeKind, Problem};
use crate::say;

/// A parser's error without its line, which is that of the file already.
pub(super) fn json_error(error: &serde_json::Error) -> Message {
    message!("json-column", column = error.column(), why = say::json_fault(error))
}

/// A value of a file. Texts are the file's own where nothing is escaped in them; the fields of an object are few and looked
/// through.
#[derive(Debug, Clone)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// A field of an object or an element of a list.
    #[allow(clippy::needless_pass_by_value)] // A name or a place is as small as a reference to it.
    pub(super) fn get<I: Lookup>(&self, index: I) -> Option<&Json<'a>> {
        index.of(self)
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        if let Json::String(text) = self { Some(text) } else { None }
    }

    pub(super) fn as_i64(&self) -> Option<i64> {
        if let Json::Number(number) = self { number.as_i64() } else { None }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        if let Json::Bool(flag) = self { Some(*flag) } else { None }
    }

    pub(super) fn as_array(&self) -> Option<&[Json<'a>]> {
        if let Json::Array(list) = self { Some(list) } else { None }
    }

    pub(super) fn as_object(&self) -> Option<&[(Cow<'a, str>, Json<'a>)]> {
        if let Json::Object(fields) = self { Some(fields) } else { None }
    }
}

/// A key or index by which a value is looked up.
pub(super) trait Lookup {
    fn of<'v, 'a>(self, value: &'v Json<'a>) -> Option<&'v Json<'a>>;
}

impl Lookup for &str {
    fn of<'v, 'a>(self, value: &'v Json<'a>) -> Option<&'v Json<'a>> {
        // Of a field that is there twice, the last one counts.
        value.as_object()?.iter().rfind(|(name, _)| name == self).map(|(_, value)| value)
    }
}

impl Lookup for usize {
    fn of<'v, 'a>(self, value: &'v Json<'a>) -> Option<&'v Json<'a>> {
        value.as_array()?.get(self)
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(flag) => serializer.serialize_bool(*flag),
            Json::Number(number) => number.serialize(serializer),
            Json::String(text) => serializer.serialize_str(text),
            Json::Array(list) => serializer.collect_seq(list),
            Json::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LazyValue { record: false })
    }
}

/// A value, or a record without its tokens, which no reader needs and which are the most of a large file.
struct LazyValue {
    record: bool,
}

impl<'de> DeserializeSeed<'de> for LazyValue {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[derive(Deserialize)]
struct JsonKey<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for LazyValue {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = seq.next_element()? {
            list.push(one);
        }
        Ok(Json::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(JsonKey(key)) = map.next_key()? {
            if self.record && key == "tokens" {
                map.next_value::<IgnoredAny>()?;
            } else {
                fields.push((key, map.next_value()?));
            }
        }
        Ok(Json::Object(fields))
    }
}

/// A line or value of a file, not parsed yet.
pub(super) struct JsonPiece<'s> {
    /// The file, with `[n]` (from 1) where it is an array.
    pub file: Cow<'s, str>,
    /// The line; 0 where it is not known.
    pub line: u32,
    json: JsonContent,
}

enum JsonContent {
    Text(String),
    /// A value that nobody has looked at as a text.
    Bytes(Vec<u8>),
}

impl JsonPiece<'_> {
    fn give(self, give: &mut Give<'_, Self>) {
        let bytes = match &self.json {
            JsonContent::Text(text) => text.len(),
            JsonContent::Bytes(bytes) => bytes.len(),
        } as u64;
        give.piece(self, bytes);
    }

    /// Lets `read` read it; the reason why that cannot be is a problem of this place.
    pub(super) fn with(
        &self,
        out: &mut dyn FnMut(Item),
        read: impl FnOnce(&Self, &mut dyn FnMut(Item)) -> Result<(), Message>,
    ) {
        if let Err(why) = read(self, out) {
            let (code, line) = if self.line > 0 { ("line", Some(self.line)) } else { ("record", None) };
            out(Item::Problem(Problem::error(code, why).at(&self.file, line)));
        }
    }

    /// Parses it, or says why it cannot be parsed.
    pub(super) fn parse<'p, S: DeserializeSeed<'p>>(&'p self, seed: S) -> Result<S::Value, Message> {
        fn all<'p, R, S>(mut json: serde_json::Deserializer<R>, seed: S) -> serde_json::Result<S::Value>
        where
            R: serde_json::de::Read<'p>,
            S: DeserializeSeed<'p>,
        {
            let value = seed.deserialize(&mut json)?;
            json.end().map(|()| value)
        }
        let value = match &self.json {
            JsonContent::Text(text) => all(serde_json::Deserializer::from_str(text), seed),
            JsonContent::Bytes(bytes) => all(serde_json::Deserializer::from_slice(bytes), seed),
        };
        value.map_err(|error| json_error(&error))
    }
}

/// One record of a file.
pub(super) struct JsonRecord<'a> {
    /// The file, with `[n]` (from 1) where it is an array.
    pub file: &'a str,
    /// The line; 0 where it is not known.
    pub line: u32,
    pub value: Json<'a>,
}

/// Extensions of files of JSON: of lists and objects, and of lines.
pub(super) const EXTENSIONS: [&str; 4] = ["json", "jsonl", "ndjson", "jsonlines"];

/// Hands over each record of each file: the lines of JSON Lines, the elements of an array, or the one object. Tokens of a
/// record are not among it.
pub(super) fn records(
    source: &ImportFiles,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
    take: impl Fn(&JsonRecord<'_>, &ImportContext<'_>, &mut dyn FnMut(Item)) -> Result<(), Message> + Sync,
) {
    records_of(source, source.with_extension(&EXTENSIONS), false, reading, out, take);
}

/// As [`records`], of these files, with the tokens of a record where they are asked for.
pub(super) fn records_of(
    source: &ImportFiles,
    files: Vec<&str>,
    tokens: bool,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
    take: impl Fn(&JsonRecord<'_>, &ImportContext<'_>, &mut dyn FnMut(Item)) -> Result<(), Message> + Sync,
) {
    let cut = |give: &mut Give<'_, _>| {
        for file in files {
            if file.ends_with(".json") {
                values(source, file, give);
            } else {
                lines(source, file, give);
            }
        }
    };
    items(source, reading, out, cut, |piece, reading, out| {
        piece.with(out, |piece, out| {
            let value = piece.parse(LazyValue { record: !tokens })?;
            take(&JsonRecord { file: &piece.file, line: piece.line, value }, reading, out)
        });
    });
}

/// The first records of a file, as far as they can be parsed: elements of an array, lines, or objects one after the other.
pub(super) fn first_values(source: &ImportFiles, file: &str, most: usize) -> Vec<Value> {
    let mut values = Vec::new();
    let Ok(mut cutter) = source.open(file).map_err(|error| say::io(&error)).and_then(ValueCutter::new) else {
        return values;
    };
    while values.len() < most {
        let Ok(Some(value)) = cutter.next() else { break };
        let Ok(value) = serde_json::from_slice(value) else { break };
        values.push(value);
    }
    values
}

/// The lines of a file that are not blank.
pub(super) fn lines<'s>(source: &ImportFiles, file: &'s str, give: &mut Give<'_, JsonPiece<'s>>) {
    let done = source.lines(file, &mut |line, content| match content {
        Ok(content) => {
            let content = content.trim_start_matches('\u{feff}');
            if !content.trim().is_empty() {
                JsonPiece { file: file.into(), line, json: JsonContent::Text(content.into()) }.give(give);
            }
        }
        Err(why) => give.problem(Problem::error("line", why).at(file, Some(line))),
    });
    if let Err(error) = done {
        give.problem(Problem::error("file", say::io(&error)).at(file, None));
    }
}

/// The elements of an array, or objects one after the other: one of them, or JSON Lines under another name. They are read
/// one by one, so that a large file is never in memory as a whole.
fn values<'s>(source: &ImportFiles, file: &'s str, give: &mut Give<'_, JsonPiece<'s>>) {
    let mut each = || -> Result<(), Message> {
        let mut values = ValueCutter::new(source.open(file).map_err(|error| say::io(&error))?)?;
        let (mut number, array) = (0, values.array);
        while let Some(json) = values.next()? {
            number += 1;
            let alone = number == 1 && !array;
            let name = if alone { file.into() } else { format!("{file}[{number}]").into() };
            JsonPiece { file: name, line: 0, json: JsonContent::Bytes(json.to_owned()) }.give(give);
        }
        Ok(())
    };
    if let Err(why) = each() {
        give.problem(Problem::error("file", why).at(file, None));
    }
}

/// Bytes of one value; a larger one is refused.
const VALUE_BYTES: usize = 256 << 20;

/// Cuts a file into values, by brackets and quotation marks alone; whether each is sound is for its parser to say.
struct ValueCutter<'s> {
    file: Box<dyn BufRead + 's>,
    array: bool,
    value: Vec<u8>,
}

impl<'s> ValueCutter<'s> {
    fn new(mut file: Box<dyn BufRead + 's>) -> Result<Self, Message> {
        let start = file.fill_buf().map_err(|error| say::io(&error))?;
        let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let space = start[mark..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let array = start.get(mark + space) == Some(&b'[');
        file.consume(mark + space + usize::from(array));
        Ok(Self { file, array, value: Vec::new() })
    }

    /// The next value; none at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Message> {
        self.value.clear();
        let (mut depth, mut text, mut escaped) = (0_usize, false, false);
        loop {
            let chunk = self.file.fill_buf().map_err(|error| say::io(&error))?;
            if chunk.is_empty() {
                // Of a value that is cut off, its parser says so.
                return match self.value.is_empty() {
                    true if self.array => Err(message!("json-list-short")),
                    true => Ok(None),
                    false => Ok(Some(&self.value)),
                };
            }
            // The end of the value here, and the length of the rest that belongs to nothing.
            let (mut end, mut used, mut done) = (chunk.len(), chunk.len(), false);
            let mut begin = 0;
            let mut at = 0;
            while at < chunk.len() {
                if text {
                    // The most of a file is words, which are gone through quickly.
                    let Some(next) = chunk[at..].iter().position(|byte| escaped || matches!(byte, b'"' | b'\\')) else {
                        break;
                    };
                    at += next + 1;
                    (text, escaped) = match chunk[at - 1] {
                        _ if escaped => (true, false),
                        b'\\' => (true, true),
                        _ => (false, false),
                    };
                    continue;
                }
                let byte = chunk[at];
                match byte {
                    b'"' => text = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        if depth == 0 {
                            (end, used, done) = (at + 1, at + 1, true);
                            break;
                        }
                    }
                    b']' if self.array => {
                        // The end of the list stays for the next call, where a value stands before it.
                        let first = self.value.is_empty() && begin == at;
                        (end, used, done) = (at, if first { at + 1 } else { at }, true);
                        break;
                    }
                    b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                        if self.value.is_empty() && begin == at {
                            begin = at + 1;
                        } else {
                            (end, used, done) = (at, at + 1, true);
                            break;
                        }
                    }
                    _ => {}
                }
                at += 1;
            }
            self.value.extend_from_slice(&chunk[begin..end]);
            let last = done && self.array && used == end + 1 && chunk[end] == b']';
            self.file.consume(used);
            if self.value.len() > VALUE_BYTES {
                return Err(message!("json-large", size = VALUE_BYTES >> 20));
            }
            if last {
                return Ok(None);
            }
            if done {
                return Ok(Some(&self.value));
            }
        }
    }
}

/// Adds a value as a line of JSON.
pub(super) fn json_line(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}

/// Returns the metadata of an article as an object, without unknown fields.
pub(super) fn about_object(id: &str, about: &ArticleMetadata) -> Map<String, Value> {
    let id = std::iter::once(("id", id));
    let known = id.chain(about.fields()).filter(|(_, value)| !value.is_empty());
    known.map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// Returns the metadata in an object: the article's name, and the fields that are known here.
pub(super) fn about_of(object: Option<&Json<'_>>) -> (String, ArticleMetadata) {
    let mut about = ArticleMetadata::default();
    let mut id = String::new();
    for (name, value) in object.and_then(Json::as_object).into_iter().flatten() {
        let field = if name == "id" { Some(&mut id) } else { about.field_mut(name) };
        if let (Some(field), Some(said)) = (field, scalar(value)) {
            *field = said;
        }
    }
    (id, about)
}

/// A text, number or truth value as a text.
pub(super) fn scalar(value: &Json<'_>) -> Option<String> {
    match value {
        Json::String(text) => Some(text.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(true) => Some(AttributeKind::SET.into()),
        Json::Bool(false) => Some("no".into()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A field that must be a text.
pub(super) fn text<'v>(record: &'v Json<'_>, field: &str) -> Result<&'v str, Message> {
    match record.get(field) {
        Some(Json::String(text)) => Ok(text),
        Some(_) => Err(message!("json-not-text", field = field)),
        None => Err(message!("json-no-field", field = field)),
    }
}

/// A field that may be missing and else must be a list.
pub(super) fn list<'v, 'a>(record: &'v Json<'a>, field: &str) -> Result<&'v [Json<'a>], Message> {
    match record.get(field) {
        None | Some(Json::Null) => Ok(&[]),
        Some(Json::Array(list)) => Ok(list),
        Some(_) => Err(message!("json-not-list", field = field)),
    }
}

/// A field that must be a whole number.
pub(super) fn number(record: &Json<'_>, field: &str) -> Result<i64, Message> {
    let number = record.get(field).ok_or_else(|| message!("json-no-field", field = field))?;
    whole(number).ok_or_else(|| message!("json-not-whole", field = field, number = number))
}

/// A field that is an offset; [`NO_OFFSET`] where it is none, or is no whole number.
pub(super) fn offset(record: &Json<'_>, field: &str) -> i64 {
    record.get(field).and_then(whole).unwrap_or(NO_OFFSET)
}

/// A whole number, as a number (`10`, `10.0`) or as a text (`"10"`): tables make of one what they like.
pub(super) fn whole(value: &Json<'_>) -> Option<i64> {
    let of_float = |float: f64| (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64);
    match value {
        Json::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(of_float)),
        Json::String(text) => text.trim().parse().ok().or_else(|| text.trim().parse().ok().and_then(of_float)),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A name that may be a text or a number.
pub(super) fn name(record: &Json<'_>, field: &str) -> String {
    record.get(field).and_then(scalar).unwrap_or_default()
}
