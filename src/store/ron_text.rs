//! RON as this program writes it: a few header fields, then one list with one record per line.

use crate::lang::Message;
use std::borrow::Cow;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use ron::value::RawValue;

use super::{OpenError, plain_line, plain_writer};
use crate::message;
use crate::say;

/// The newest format version that is read, and the one that is written.
pub(super) const VERSION: u32 = 1;

/// The same of `project.ron`. In version 1 people were names alone.
pub(super) const PROJECT_VERSION: u32 = 2;

/// The list of `project.ron`.
pub(super) const PEOPLE: &str = "people";

/// The header field in which a merge keeps what it could not take in.
pub const CONFLICTS: &str = "conflicts";

/// Records of one file that may fail to parse before the whole file counts as malformed.
const MAX_FAILURES: usize = 10_000;

/// Records of one file that are not worth another thread.
const FEW: usize = 1_000;

/// A value on one line: `(id: "k3", label: "person")`.
pub(super) fn line<T: Serialize + ?Sized>(value: &T) -> String {
    let mut line = String::new();
    add_line(&mut line, value);
    line
}

/// Adds a value on one line to what is there, see [`line`].
pub(super) fn add_line<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    let start = out.len();
    if plain_writer::write(out, value).is_err() {
        out.truncate(start);
        out.push_str(&line_of_ron(value));
    }
}

/// The same in RON's own words.
pub(super) fn line_of_ron<T: Serialize + ?Sized>(value: &T) -> String {
    let style = ron::ser::PrettyConfig::new().depth_limit(0).new_line("\n").struct_names(false);
    let line = ron::ser::to_string_pretty(value, style).expect("records hold nothing that RON cannot say");
    match readable(&line) {
        Cow::Owned(readable) => readable,
        Cow::Borrowed(_) => line,
    }
}

/// Takes back escapes that only make words harder to read: of apostrophes, and of marks that stand above or below
/// letters (Arabic, Thai, Devanagari, decomposed Latin). Invisible characters stay escaped.
fn readable(line: &str) -> Cow<'_, str> {
    if !line.contains("\\'") && !line.contains("\\u{") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (shown, len) = unescape(escape);
        match shown {
            // A bare apostrophe stands around a character alone, which needs the escape.
            Some(c) if !before.ends_with('\'') => out.push(c),
            _ => out.push_str(&escape[..len]),
        }
        rest = &escape[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that an escape may be shown as, if any, and the escape's length in bytes.
fn unescape(escape: &str) -> (Option<char>, usize) {
    if escape.starts_with("\\'") {
        return (Some('\''), 2);
    }
    let hex = escape.strip_prefix("\\u{").and_then(|rest| rest.split_once('}'));
    let Some((digits, _)) = hex else { return (None, 2) };
    let len = digits.len() + 4;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    (c.filter(|c| plain_writer::is_seen(*c)), len)
}

/// A file of records as it was read: header fields as they stand, and every record with its line.
#[derive(Debug)]
pub(super) struct Parsed<'a, T> {
    /// Header fields but the list: name and value.
    pub header: Vec<(String, &'a str)>,
    /// Records, each with the line that it begins on, from 1.
    pub records: Vec<(u32, Result<T, Failed<'a>>)>,
}

/// A record that is not what this version knows.
#[derive(Debug)]
pub(super) struct Failed<'a> {
    /// The record as it stands in the file.
    pub raw: &'a str,
    /// The problems with it, in a few words.
    pub why: Message,
}

/// Reads a file of records whose list is the header field `list`.
///
/// # Errors
/// If it is not RON of that shape, or of a newer version.
pub(super) fn parse<'a, T>(file: &str, content: &'a str, list: &'static str) -> Result<Parsed<'a, T>, OpenError>
where
    T: DeserializeOwned + Send,
{
    // Files that this program wrote have one record per line, and lines can be read alone and on all cores at once; what a
    // person or another program laid out differently is read record by record.
    let parsed = match by_line(content, list) {
        Some(parsed) => parsed,
        None => by_value(file, content, list)?,
    };
    check_version(file, &parsed.header, if list == PEOPLE { PROJECT_VERSION } else { VERSION })?;
    if parsed.records.iter().filter(|(_, record)| record.is_err()).count() > MAX_FAILURES {
        let why = message!("records-many-faults", max = MAX_FAILURES);
        return Err(OpenError::Malformed { file: file.into(), line: 1, column: 1, why });
    }
    Ok(parsed)
}

/// The fields of a struct in their order, each value as it stands.
///
/// # Errors
/// If it is no struct.
pub(super) fn fields(content: &str) -> ron::error::SpannedResult<Vec<(String, &str)>> {
    let Shape { header, .. } = ron::from_str(content)?;
    Ok(header.into_iter().map(|(name, value)| (name, value.trim().get_ron())).collect())
}

/// A field in the head of a file of annotations as it stands, without a look at the records; none where the head is laid
/// out otherwise than it is written, or has no such field.
pub(super) fn header_field(content: &str, name: &str) -> Option<String> {
    let head = &content[..=content.find("\n annotations: [")?];
    let closed = format!("{head})");
    let fields = fields(&closed).ok()?;
    fields.into_iter().find(|(field, _)| field == name).map(|(_, value)| value.to_owned())
}

fn check_version(file: &str, header: &[(String, &str)], known: u32) -> Result<(), OpenError> {
    let malformed = |why: Message| OpenError::Malformed { file: file.into(), line: 1, column: 1, why };
    let version = header.iter().find(|(name, _)| name == "jejak").map(|(_, value)| value.trim().parse::<u32>());
    match version {
        Some(Ok(version)) if version > known => Err(OpenError::Newer { file: file.into(), version, known }),
        Some(Ok(_)) => Ok(()),
        Some(Err(_)) => Err(malformed(message!("version-not-number"))),
        None => Err(malformed(message!("version-missing"))),
    }
}

/// Reads a file laid out as [`write`] does it; none where it is not.
fn by_line<'a, T: DeserializeOwned + Send>(content: &'a str, list: &str) -> Option<Parsed<'a, T>> {
    let opening = format!("\n {list}: [\n");
    let at = content.find(&opening)?;
    let body = content[at + opening.len()..].strip_suffix(" ],\n)\n")?;
    let header = match plain_head(&content[..=at], list) {
        Some(header) => header,
        None => head(content, at, list)?,
    };
    let first = content[..at + opening.len()].bytes().filter(|&b| b == b'\n').count() as u32 + 1;
    let lines: Vec<&str> = body.lines().collect();
    let read = |(index, line): (usize, &&'a str)| -> Option<(u32, Result<T, Failed<'a>>)> {
        let raw = line.strip_prefix("  ")?.strip_suffix(',')?;
        let record = match value(raw) {
            Ok(record) => Ok(record),
            // Not a record that stands alone on its line: the slow way knows what it is.
            Err(_) if RawValue::from_ron(raw).is_err() => return None,
            Err(error) => Err(Failed { raw, why: say::ron(&error.code) }),
        };
        Some((first + index as u32, record))
    };
    let records = match lines.len() < FEW {
        true => lines.iter().enumerate().map(read).collect::<Option<_>>()?,
        false => lines.par_iter().enumerate().map(read).collect::<Option<_>>()?,
    };
    Some(Parsed { header, records })
}

/// The fields before the list, which begins behind byte `at`.
fn head<'a>(content: &'a str, at: usize, list: &str) -> Option<Vec<(String, &'a str)>> {
    let closed = format!("{} {list}: [])", &content[..=at]);
    let Shape { header, .. } = ron::from_str::<Shape>(&closed).ok()?.listed(list)?;
    let header = header.into_iter().map(|(name, value)| {
        let value = value.trim().get_ron();
        let from = value.as_ptr() as usize - closed.as_ptr() as usize;
        (name, &content[from..from + value.len()])
    });
    Some(header.collect())
}

/// The same where each field is a number, a name or a text without escapes, on a line as [`write`] makes it: so are nearly
/// all, and reading them by RON would take as long as the records of a small set.
fn plain_head<'a>(head: &'a str, list: &str) -> Option<Vec<(String, &'a str)>> {
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let is_number = |text: &str| {
        (1..10).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit())
            && (text.len() == 1 || !text.starts_with('0'))
    };
    let is_text = |text: &str| {
        let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inside.is_some_and(|inside| !inside.contains(['"', '\\']))
    };
    let field = |line: &'a str| {
        let (name, value) = line.strip_prefix(' ')?.strip_suffix(',')?.split_once(": ")?;
        let plain = is_name(name) && name != list && (is_number(value) || is_name(value) || is_text(value));
        plain.then(|| (name.to_owned(), value))
    };
    head.strip_prefix("(\n")?.strip_suffix('\n')?.split('\n').map(field).collect()
}

/// A value as it stands in a file.
///
/// # Errors
/// If it is something else.
pub(super) fn value<T: DeserializeOwned>(raw: &str) -> ron::error::SpannedResult<T> {
    plain_line::read(raw).map_or_else(|| ron::from_str(raw), Ok)
}

fn by_value<'a, T: DeserializeOwned>(
    file: &str,
    content: &'a str,
    list: &'static str,
) -> Result<Parsed<'a, T>, OpenError> {
    let malformed = |line, column, why: Message| OpenError::Malformed { file: file.into(), line, column, why };
    let shape: Shape = ron::from_str(content)
        .map_err(|error| malformed(error.span.start.line, error.span.start.col, say::ron(&error.code)))?;
    let Some(Shape { header, list }) = shape.listed(list) else {
        return Err(malformed(1, 1, message!("list-missing", list = list)));
    };
    let header = header.into_iter().map(|(name, value)| (name, value.trim().get_ron())).collect();
    let mut lines = Lines { content, byte: 0, line: 1 };
    let read = |raw: &'a RawValue| {
        let raw = raw.trim().get_ron();
        let line = lines.of(raw);
        let record = ron::from_str(raw).map_err(|error| Failed { raw, why: say::ron(&error.code) });
        (line, record)
    };
    let mut failures = 0;
    // One more than may be: the caller refuses the file then, and need not wait for the rest of it.
    let few = |(_, record): &(u32, Result<T, Failed<'_>>)| {
        failures += usize::from(record.is_err());
        failures <= MAX_FAILURES + 1
    };
    Ok(Parsed { header, records: list.into_iter().map(read).take_while(few).collect() })
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    content: &'a str,
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which `part`, a slice of the content behind the last one asked for, begins.
    fn of(&mut self, part: &str) -> u32 {
        let at = part.as_ptr() as usize - self.content.as_ptr() as usize;
        self.line += self.content.as_bytes()[self.byte..at].iter().filter(|&&b| b == b'\n').count() as u32;
        self.byte = at;
        self.line
    }
}

/// A struct of which one field may be a list of values, each taken as it stands.
struct Shape<'a> {
    header: Vec<(String, &'a RawValue)>,
    list: Vec<&'a RawValue>,
}

impl<'a> Shape<'a> {
    /// Takes the field called `name` for the list.
    fn listed(mut self, name: &str) -> Option<Self> {
        let at = self.header.iter().position(|(field, _)| field == name)?;
        let (_, value) = self.header.remove(at);
        if self.header.iter().any(|(field, _)| field == name) {
            return None;
        }
        self.list = ron::from_str::<Values>(value.get_ron()).ok()?.0;
        Some(self)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Shape<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Shape<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a struct")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape<'de>, A::Error> {
                let mut header = Vec::new();
                while let Some(Field(name)) = map.next_key()? {
                    header.push((name, map.next_value()?));
                }
                Ok(Shape { header, list: Vec::new() })
            }
        }

        deserializer.deserialize_struct("", &[], Fields)
    }
}

/// The name of a struct's field.
struct Field(String);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Field;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Field, E> {
                Ok(Field(name.to_owned()))
            }
        }

        deserializer.deserialize_identifier(Text)
    }
}

/// A list whose values are taken as they stand.
struct Values<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items;

        impl<'de> Visitor<'de> for Items {
            type Value = Values<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Values<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(Values(values))
            }
        }

        deserializer.deserialize_seq(Items)
    }
}

/// The text of a file of records.
pub(super) fn write(header: &[(&str, String)], list: &str, records: impl Iterator<Item = String>) -> String {
    let mut out = String::from("(\n");
    for (name, value) in header {
        out.push_str(&format!(" {name}: {value},\n"));
    }
    out.push_str(&format!(" {list}: [\n"));
    for record in records {
        out.push_str("  ");
        out.push_str(&record);
        out.push_str(",\n");
    }
    out.push_str(" ],\n)\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Item {
        id: String,
        at: Vec<(u32, u32, String)>,
    }

    fn item(id: &str, quote: &str) -> Item {
        Item { id: id.into(), at: vec![(1, 2, quote.into())] }
    }

    #[test]
    fn a_record_is_one_readable_line() {
        for (quote, shown) in [
            ("Jum'at", "Jum'at"),
            ("\"a\\'b\"", "\\\"a\\\\'b\\\""),
            ("a\nb\u{a0}c\u{ad}", "a\\nb\\u{a0}c\\u{ad}"),
            ("e\u{301} ที่ كَتَبَ क्षि", "e\u{301} ที่ كَتَبَ क्षि"),
            ("\\u{301} \\'", "\\\\u{301} \\\\'"),
            ("👩\u{200d}👩\u{202e}\0", "👩\\u{200d}👩\\u{202e}\\0"),
        ] {
            let line = line(&item("x", quote));
            assert_eq!(line, format!("(id: \"x\", at: [(1, 2, \"{shown}\")])"));
            assert_eq!(ron::from_str::<Item>(&line).unwrap(), item("x", quote));
        }
    }

    #[test]
    fn both_ways_of_reading_agree() {
        let records = [item("a", "x"), item("b", "),\n  (id: \"z\"")];
        let mut lines: Vec<String> = records.iter().map(line).collect();
        lines.push("(id: \"c\", at: [], later: 5)".into());
        let text = write(&[("jejak", "1".into()), ("extra", "(1, \"[\")".into())], "items", lines.into_iter());
        let fast = by_line::<Item>(&text, "items").expect("it is laid out as it is written");
        let slow = by_value::<Item>("f", &text, "items").unwrap();
        assert_eq!(fast.header, slow.header);
        let shown = |parsed: &Parsed<Item>| format!("{:?}", parsed.records);
        assert_eq!(shown(&fast), shown(&slow));
        assert_eq!(fast.records[1].0, 6);
        assert!(fast.records[2].1.is_err());
        let moved = text.replace("\n  (id: \"b\"", "  // a comment\n\n (id: \"b\"");
        assert!(by_line::<Item>(&moved, "items").is_none());
        assert_eq!(by_value::<Item>("f", &moved, "items").unwrap().records[1].0, 7);
    }

    #[test]
    fn what_is_no_file_of_records_is_refused_with_its_place() {
        let deep = format!("(jejak: 1, items: {})", "[".repeat(1_000_000));
        let many = format!("(jejak: 1, items: [{}])", "(),".repeat(20_000));
        for (content, said) in [
            ("(\n jejak: 1,\n items: [\n  (id: \n ],\n)\n", "f.ron:4:7:"),
            ("(jejak: 2, items: [])", "version 2"),
            ("(items: [])", "format version"),
            ("(jejak: 1)", "items"),
            (&*deep, "f.ron:1:"),
            (&*many, "10000"),
            ("\u{feff}(jejak: 1, items: [])", "f.ron:1:1:"),
            ("", "f.ron:1:1:"),
        ] {
            let error = parse::<Item>("f.ron", content, "items").unwrap_err().to_string();
            assert!(error.contains(said), "{said}: {error}");
        }
    }
}
