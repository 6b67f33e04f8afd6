//! Rows of Parquet files as records.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Map, Value};

use super::names::ClassNames;
use crate::formats::ImportFiles;
use crate::lang::Message;
use crate::message;
use crate::say;

/// Bytes that the rows of a file may unpack to, as it says itself, and those of the file.
const UNPACKED: i64 = 2 << 30;
const PACKED: u64 = 512 << 20;
/// Lists and records within each other that are looked into.
const DEPTH: usize = 16;

/// Hands over each row of a file, with the names of classes that it tells, or says why it cannot be read.
pub(super) fn rows(source: &ImportFiles, file: &str, each: &mut dyn FnMut(&ClassNames, Value)) -> Result<(), Message> {
    if source.bytes(file) > PACKED {
        return Err(message!("parquet-large", size = PACKED >> 20));
    }
    // The library reads what has a place on the disk; a file of an archive has none.
    let mut copy = tempfile::tempfile().map_err(|error| say::io(&error))?;
    let mut from = source.open(file).map_err(|error| say::io(&error))?;
    std::io::copy(&mut from, &mut copy).and_then(|_| copy.flush()).map_err(|error| say::io(&error))?;
    // A damaged file may make the library panic: that is a sentence, too.
    let read = catch_unwind(AssertUnwindSafe(|| -> Result<(), Message> {
        let wrong =
            |error: parquet::errors::ParquetError| message!("parquet-why", why = say::visible(&error.to_string()));
        let reader = SerializedFileReader::new(copy).map_err(wrong)?;
        let about = reader.metadata();
        let unpacked: i64 = about.row_groups().iter().map(|group| group.total_byte_size().max(0)).sum();
        if unpacked > UNPACKED {
            return Err(message!("parquet-large", size = UNPACKED >> 20));
        }
        let mut names = ClassNames::default();
        for entry in about.file_metadata().key_value_metadata().into_iter().flatten() {
            if let Some(said) = entry.value.as_deref().and_then(|said| serde_json::from_str(said).ok()) {
                names.add(&said);
            }
        }
        for row in reader.get_row_iter(None).map_err(wrong)? {
            each(&names, record(&row.map_err(wrong)?, 0));
        }
        Ok(())
    }));
    read.unwrap_or_else(|_| Err(message!("parquet-damaged")))
}

fn record(row: &Row, depth: usize) -> Value {
    let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value(field, depth + 1)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn value(field: &Field, depth: usize) -> Value {
    if depth > DEPTH {
        return Value::Null;
    }
    match field {
        Field::Bool(flag) => Value::Bool(*flag),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => Value::String(text.clone()),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned().into(),
        Field::Group(row) => record(row, depth),
        Field::ListInternal(list) => list.elements().iter().map(|field| value(field, depth + 1)).collect(),
        _ => Value::Null,
    }
}
