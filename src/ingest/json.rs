//! JSON: one object, an array of objects, an object that holds such an array, or one object a line.
//!
//! Values are read as they come and only the wanted ones are kept, so a file costs no more memory than its texts.
//! What is not wanted is passed over without recursion, however deep it is.

use crate::lang::Message;
use crate::message;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{ColumnNames, Fields, Gathered, meaning};
use super::draft::{DraftOrigin, Records};
use super::table::no_text;
use super::{Drafts, GoOn};
use crate::say::{json_at, json_fault};

/// Keys of a record that a message names.
const NAMED_KEYS: usize = 12;
/// Keys under which services of news and search engines keep what belongs to the record itself.
const WRAPPERS: [&str; 3] = ["fields", "_source", "attributes"];
/// Names in a wrapper are worth less than any in the record, by this.
const WRAPPED: usize = 1_000;
/// Keys of an object that stands where a word is expected, under which the word is.
const WORD_KEYS: [&str; 5] = ["name", "rendered", "main", "text", "value"];

/// A `.json` file. One that turns out to have one object a line is read as such.
pub(super) fn read(origin: &DraftOrigin, text: &str, go_on: GoOn) -> Result<Drafts, Message> {
    let mut sink =
        RecordSink { go_on, asked: &origin.reading.columns, records: Records::new(origin), seen: 0, stopped: None };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Root(&mut sink).deserialize(&mut json);
    let whole = match (read, sink.stopped) {
        (_, Some(StopReading::Cancelled(why))) => return Err(why),
        (_, Some(StopReading::Limit)) => return sink.records.finish(),
        (Ok(whole), None) => whole,
        (Err(error), None) if sink.seen == 0 => {
            return Err(message!("ingest-json", why = json_at(&error)));
        }
        (Err(error), None) => {
            sink.records.push("", Err(message!("ingest-rest", why = json_at(&error))));
            return sink.records.finish();
        }
    };
    if json.end().is_err() {
        return read_lines(origin, text, sink.go_on);
    }
    match whole {
        Some(record) if record.gathered.has_text() => Ok(vec![Ok(origin.whole(record.gathered.finish(), Vec::new())?)]),
        Some(record) if sink.seen == 0 => Err(no_text(&record.keys)),
        _ => sink.records.finish(),
    }
}

/// A `.jsonl` file.
pub(super) fn read_lines(origin: &DraftOrigin, text: &str, go_on: GoOn) -> Result<Drafts, Message> {
    let mut records = Records::new(origin);
    let mut done = 0;
    for (at, line) in text.split('\n').enumerate() {
        done += line.len() as u64 + 1;
        if line.trim().is_empty() {
            continue;
        }
        if records.is_check_due() {
            go_on(done)?;
        }
        if !records.push(format!(":{}", at + 1), said(parse_line(line, &origin.reading.columns))) {
            break;
        }
    }
    records.finish()
}

fn parse_line(line: &str, asked: &ColumnNames) -> Result<Option<GatheredRecord>, Message> {
    let mut json = serde_json::Deserializer::from_str(line);
    let read = ItemSeed(asked).deserialize(&mut json).and_then(|item| json.end().map(|()| item));
    read.map_err(|error| message!("ingest-json-line", column = error.column(), why = json_fault(&error)))
}

/// The article of a record, or why it is none.
fn said(item: Result<Option<GatheredRecord>, Message>) -> Result<Fields, Message> {
    match item? {
        Some(record) if record.gathered.has_text() => Ok(record.gathered.finish()),
        Some(record) => Err(no_text(&record.keys)),
        None => Err(message!("ingest-json-object")),
    }
}

/// The receiver of an array's records while it is being read.
struct RecordSink<'a> {
    go_on: GoOn<'a>,
    asked: &'a ColumnNames,
    records: Records<'a>,
    /// Items of arrays so far.
    seen: usize,
    stopped: Option<StopReading>,
}

enum StopReading {
    Cancelled(Message),
    Limit,
}

impl RecordSink<'_> {
    /// Takes the items of an array, or only the objects among them.
    fn take<'de, A: SeqAccess<'de>>(&mut self, mut items: A, only_objects: bool) -> Result<(), A::Error> {
        while let Some(item) = items.next_element_seed(ItemSeed(self.asked))? {
            if only_objects && item.is_none() {
                continue;
            }
            self.seen += 1;
            if self.records.is_check_due()
                && let Err(why) = (self.go_on)(self.records.bytes)
            {
                self.stopped = Some(StopReading::Cancelled(why));
            } else if !self.records.push(format!("[{}]", self.seen), said(Ok(item))) {
                self.stopped = Some(StopReading::Limit);
            }
            if self.stopped.is_some() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// The fields gathered from one object.
#[derive(Default)]
struct GatheredRecord {
    gathered: Gathered,
    keys: Vec<String>,
}

impl GatheredRecord {
    /// Takes the columns of an object. With the key of another value just read, `pass_over` reads the value.
    fn gather<'de, A: MapAccess<'de>>(
        mut entries: A,
        asked: &ColumnNames,
        mut pass_over: impl FnMut(&Self, &mut A) -> Result<(), A::Error>,
    ) -> Result<Self, A::Error> {
        let mut record = Self::default();
        while let Some(key) = entries.next_key::<String>()? {
            match meaning(&key, asked) {
                Some(column) => record.gathered.take(column, entries.next_value_seed(SaidSeed)?.unwrap_or_default()),
                None if WRAPPERS.contains(&key.as_str()) => entries.next_value_seed(WrappedSeed(&mut record, asked))?,
                None => pass_over(&record, &mut entries)?,
            }
            if record.keys.len() < NAMED_KEYS {
                record.keys.push(key);
            }
        }
        Ok(record)
    }
}

/// Visits any kind of value and passes over it, except those that the implementor takes.
macro_rules! visit_other {
    ($other:expr; $($kind:ident)*) => {
        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("JSON")
        }
        $(visit_other!(@ $kind, $other);)*
    };
    (@ scalars, $other:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok($other) }
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($other) }
    };
    (@ numbers, $other:expr) => {
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok($other) }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok($other) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok($other) }
    };
    (@ string, $other:expr) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok($other) }
    };
    (@ array, $other:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok($other)
        }
    };
    (@ object, $other:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok($other)
        }
    };
}

macro_rules! seed_by_visiting {
    ($type:ty, $value:ty) => {
        impl<'de> DeserializeSeed<'de> for $type {
            type Value = $value;
            fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
                json.deserialize_any(self)
            }
        }
    };
}

/// The whole file. Yields the object that it is, if it is one; the items of arrays go to the sink.
struct Root<'s, 'a>(&'s mut RecordSink<'a>);

seed_by_visiting!(Root<'_, '_>, Option<GatheredRecord>);

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = Option<GatheredRecord>;

    visit_other!(None; scalars numbers string);

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        self.0.take(items, false).map(|()| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        let asked = self.0.asked;
        GatheredRecord::gather(entries, asked, |record, entries| {
            // An article may have lists beside its text (tags, comments): those are not articles.
            if record.gathered.has_text() {
                entries.next_value::<IgnoredAny>().map(drop)
            } else {
                entries.next_value_seed(InnerValue(self.0))
            }
        })
        .map(Some)
    }
}

/// A value inside the file's one object: an array of records, or something of no interest.
struct InnerValue<'s, 'a>(&'s mut RecordSink<'a>);

seed_by_visiting!(InnerValue<'_, '_>, ());

impl<'de> Visitor<'de> for InnerValue<'_, '_> {
    type Value = ();

    visit_other!((); scalars numbers string object);

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        self.0.take(items, true)
    }
}

/// One item of an array, or one line: an object, or nothing that has columns.
struct ItemSeed<'a>(&'a ColumnNames);

seed_by_visiting!(ItemSeed<'_>, Option<GatheredRecord>);

impl<'de> Visitor<'de> for ItemSeed<'_> {
    type Value = Option<GatheredRecord>;

    visit_other!(None; scalars numbers string array);

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        GatheredRecord::gather(entries, self.0, |_, entries| entries.next_value::<IgnoredAny>().map(drop)).map(Some)
    }
}

/// The object behind a key of [`WRAPPERS`], whose columns count where the record itself does not have them.
struct WrappedSeed<'r, 'a>(&'r mut GatheredRecord, &'a ColumnNames);

seed_by_visiting!(WrappedSeed<'_, '_>, ());

impl<'de> Visitor<'de> for WrappedSeed<'_, '_> {
    type Value = ();

    visit_other!((); scalars numbers string array);

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<String>()? {
            match meaning(&key, self.1) {
                Some((column, rank)) => {
                    let said = entries.next_value_seed(SaidSeed)?.unwrap_or_default();
                    self.0.gathered.take((column, rank.saturating_add(WRAPPED)), said);
                }
                None => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// The value of a column: a string, a number, an array of paragraphs, or an object with a `name`.
struct SaidSeed;

seed_by_visiting!(SaidSeed, Option<String>);

impl<'de> Visitor<'de> for SaidSeed {
    type Value = Option<String>;

    visit_other!(None; scalars);

    fn visit_str<E>(self, said: &str) -> Result<Self::Value, E> {
        Ok(Some(said.to_owned()))
    }

    fn visit_string<E>(self, said: String) -> Result<Self::Value, E> {
        Ok(Some(said))
    }

    fn visit_i64<E>(self, said: i64) -> Result<Self::Value, E> {
        Ok(Some(said.to_string()))
    }

    fn visit_u64<E>(self, said: u64) -> Result<Self::Value, E> {
        Ok(Some(said.to_string()))
    }

    fn visit_f64<E>(self, said: f64) -> Result<Self::Value, E> {
        Ok(Some(said.trunc().to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut said = String::new();
        while let Some(paragraph) = items.next_element_seed(StringSeed)? {
            let Some(paragraph) = paragraph else { continue };
            if !said.is_empty() {
                said.push_str("\n\n");
            }
            said.push_str(&paragraph);
        }
        Ok(Some(said))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut name = None;
        while let Some(key) = entries.next_key::<String>()? {
            if WORD_KEYS.contains(&key.as_str()) {
                name = entries.next_value_seed(StringSeed)?.or(name);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name)
    }
}

/// A string, one in an object ("text": …), sentences in a list, or nothing.
struct StringSeed;

seed_by_visiting!(StringSeed, Option<String>);

impl<'de> Visitor<'de> for StringSeed {
    type Value = Option<String>;

    visit_other!(None; scalars numbers);

    fn visit_str<E>(self, said: &str) -> Result<Self::Value, E> {
        Ok(Some(said.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut sentences: Vec<String> = Vec::new();
        while let Some(sentence) = items.next_element_seed(WordSeed)? {
            sentences.extend(sentence);
        }
        Ok(Some(sentences.join(" ")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut said = None;
        while let Some(key) = entries.next_key::<String>()? {
            if WORD_KEYS.contains(&key.as_str()) || key == "content" || key == "paragraph" {
                said = entries.next_value_seed(WordSeed)?.or(said);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(said)
    }
}

/// A string, or nothing.
struct WordSeed;

seed_by_visiting!(WordSeed, Option<String>);

impl<'de> Visitor<'de> for WordSeed {
    type Value = Option<String>;

    visit_other!(None; scalars numbers array object);

    fn visit_str<E>(self, said: &str) -> Result<Self::Value, E> {
        Ok(Some(said.to_owned()))
    }
}
