//! Rows as Parquet, a group of rows at a time.
//!
//! Nested cells are written as the paper on Dremel (S. Melnik et al., 2010) says: each leaf is a column; a repetition
//! level says at which list a value begins anew, a definition level how many of the lists around it have something in
//! them. Nothing is null, so lists alone add levels.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::table::{Cell, Shape};

/// Rows of a group: what is held in memory at a time.
const GROUP: usize = 500;

/// Values and levels of one leaf.
struct Column {
    values: Values,
    repetition: Vec<i16>,
    definition: Vec<i16>,
    /// Lists around it.
    lists: i16,
}

enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i32>),
    Class(Vec<i64>),
}

/// Bytes that are written and not yet taken.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes the bytes of a file of rows.
pub(super) struct Rows {
    shape: Vec<(&'static str, Shape)>,
    columns: Vec<Column>,
    count: usize,
    writer: SerializedFileWriter<Shared>,
    bytes: Shared,
}

impl Rows {
    /// A file with these columns.
    pub fn new(shape: Vec<(&'static str, Shape)>) -> io::Result<Self> {
        let mut message = "message jejak {\n".to_owned();
        let mut columns = Vec::new();
        for (name, shape) in &shape {
            declare(name, shape, 0, &mut message, &mut columns);
        }
        message.push('}');
        let schema = Arc::new(parse_message_type(&message).map_err(io::Error::other)?);
        let properties =
            WriterProperties::builder().set_created_by("jejak".into()).set_compression(Compression::SNAPPY).build();
        let bytes = Shared::default();
        let writer =
            SerializedFileWriter::new(bytes.clone(), schema, Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Self { shape, columns, count: 0, writer, bytes })
    }

    /// Takes a row in: a cell for each column.
    pub fn add(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        let mut at = 0;
        for ((_, shape), cell) in self.shape.iter().zip(row) {
            shred(shape, Some(cell), Levels::default(), &mut self.columns, &mut at);
        }
        self.count += 1;
        if self.count.is_multiple_of(GROUP) { self.group() } else { Ok(()) }
    }

    /// The bytes that were written since they were last taken.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what is left.
    pub fn finish(&mut self) -> io::Result<()> {
        self.group()?;
        self.writer.finish().map_err(io::Error::other)?;
        Ok(())
    }

    fn group(&mut self) -> io::Result<()> {
        if self.columns.iter().all(|column| column.repetition.is_empty()) {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(io::Error::other)?;
        for column in &mut self.columns {
            if let Some(mut writer) = group.next_column().map_err(io::Error::other)? {
                column.write(&mut writer).map_err(io::Error::other)?;
                writer.close().map_err(io::Error::other)?;
            }
            column.clear();
        }
        group.close().map_err(io::Error::other)?;
        Ok(())
    }
}

/// Adds a column to the schema as Parquet's text has it.
fn declare(name: &str, shape: &Shape, lists: i16, message: &mut String, columns: &mut Vec<Column>) {
    let mut leaf = |values| columns.push(Column { values, repetition: Vec::new(), definition: Vec::new(), lists });
    match shape {
        Shape::Text => {
            leaf(Values::Text(Vec::new()));
            message.push_str(&format!("required binary {name} (STRING);\n"));
        }
        Shape::Int => {
            leaf(Values::Int(Vec::new()));
            message.push_str(&format!("required int32 {name};\n"));
        }
        Shape::Class(_) => {
            leaf(Values::Class(Vec::new()));
            message.push_str(&format!("required int64 {name};\n"));
        }
        Shape::List(inner) => {
            message.push_str(&format!("required group {name} (LIST) {{\nrepeated group list {{\n"));
            declare("element", inner, lists + 1, message, columns);
            message.push_str("}\n}\n");
        }
        Shape::Record(fields) => {
            message.push_str(&format!("required group {name} {{\n"));
            for (name, shape) in fields {
                declare(name, shape, lists, message, columns);
            }
            message.push_str("}\n");
        }
    }
}

/// Where a value stands: the list that began anew, lists that have something, lists around.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    repetition: i16,
    definition: i16,
    lists: i16,
}

/// Adds a cell to its leaves' columns, from the `at`-th on; nothing where a list around it is empty.
fn shred(shape: &Shape, cell: Option<&Cell<'_>>, levels: Levels, columns: &mut [Column], at: &mut usize) {
    match (shape, cell) {
        (Shape::List(inner), Some(Cell::List(cells))) if !cells.is_empty() => {
            let first = *at;
            let lists = levels.lists + 1;
            for (number, cell) in cells.iter().enumerate() {
                *at = first;
                let repetition = if number == 0 { levels.repetition } else { lists };
                let inside = Levels { repetition, definition: levels.definition + 1, lists };
                shred(inner, Some(cell), inside, columns, at);
            }
        }
        (Shape::List(inner), _) => shred(inner, None, levels, columns, at),
        (Shape::Record(fields), cell) => {
            for (number, (_, shape)) in fields.iter().enumerate() {
                let cell = match cell {
                    Some(Cell::Record(cells)) => cells.get(number),
                    _ => None,
                };
                shred(shape, cell, levels, columns, at);
            }
        }
        (Shape::Text | Shape::Int | Shape::Class(_), cell) => {
            let column = &mut columns[*at];
            column.repetition.push(levels.repetition);
            column.definition.push(levels.definition);
            match (&mut column.values, cell) {
                (Values::Text(values), Some(Cell::Text(text))) => {
                    values.push(ByteArray::from(text.as_bytes().to_vec()));
                }
                (Values::Int(values), Some(Cell::Int(number))) => values.push(*number),
                (Values::Class(values), Some(Cell::Int(class))) => values.push((*class).into()),
                _ => {}
            }
            *at += 1;
        }
    }
}

impl Column {
    fn write(&self, writer: &mut SerializedColumnWriter<'_>) -> parquet::errors::Result<usize> {
        let nested = self.lists > 0;
        let definition = nested.then_some(self.definition.as_slice());
        let repetition = nested.then_some(self.repetition.as_slice());
        match &self.values {
            Values::Text(values) => writer.typed::<ByteArrayType>().write_batch(values, definition, repetition),
            Values::Int(values) => writer.typed::<Int32Type>().write_batch(values, definition, repetition),
            Values::Class(values) => writer.typed::<Int64Type>().write_batch(values, definition, repetition),
        }
    }

    fn clear(&mut self) {
        self.repetition.clear();
        self.definition.clear();
        match &mut self.values {
            Values::Text(values) => values.clear(),
            Values::Int(values) => values.clear(),
            Values::Class(values) => values.clear(),
        }
    }
}
