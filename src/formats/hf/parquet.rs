//! Rows as Parquet, a group of rows at a time.
//!
//! Nested cells are written as the paper on Dremel (S. Melnik et al., 2010) says: each leaf is a column; a repetition
//! level says at which list a value begins anew, a definition level how many of the lists around it have something in
//! them. Nothing is null, so lists alone add levels.

use crate::message;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::table::{ColumnShape, DataCell};

/// Rows of a group: what is held in memory at a time.
const GROUP: usize = 1_000;

/// Values and levels of one leaf.
#[derive(Default)]
struct ParquetColumn {
    /// Those of a text, or else those of a number.
    texts: Vec<ByteArray>,
    numbers: Vec<i32>,
    repetition: Vec<i16>,
    definition: Vec<i16>,
}

/// The content of a leaf, and the number of lists around it.
#[derive(Clone, Copy)]
struct Leaf {
    kind: PhysicalType,
    lists: i16,
}

#[derive(Clone, Copy)]
enum PhysicalType {
    Text,
    Int,
    Class,
}

/// Rows as values and levels of every leaf.
#[derive(Default)]
pub(super) struct Shredded {
    columns: Vec<Cut>,
    /// All texts, one after the other.
    bytes: Vec<u8>,
}

/// Values and levels of one leaf, texts by where they end.
#[derive(Default)]
struct Cut {
    ends: Vec<usize>,
    numbers: Vec<i32>,
    /// Repetition and definition.
    levels: Vec<(i16, i16)>,
}

/// Adds to a list that will hold as many as an article has annotations.
fn push<T>(list: &mut Vec<T>, value: T) {
    if list.capacity() == 0 {
        list.reserve(64);
    }
    list.push(value);
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

/// The library's error, on its way to a person. It writes into memory, so there is little that it could say.
fn unpacked(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(_) => io::Error::other(message!("parquet-rows")),
        },
        error => {
            tracing::error!("{error}");
            io::Error::other(message!("parquet-rows"))
        }
    }
}

type Packer = SerializedFileWriter<Shared>;
/// The writer of further groups, and the columns of the last, emptied.
type PackedColumns = (Packer, Vec<ParquetColumn>);

/// Makes the bytes of a file of rows.
pub(super) struct ParquetRows {
    leaves: Vec<Leaf>,
    columns: Vec<ParquetColumn>,
    count: usize,
    /// None while a group is being packed.
    writer: Option<Packer>,
    /// Packs a group while rows of the next come in.
    packing: Option<JoinHandle<io::Result<PackedColumns>>>,
    /// Emptied columns.
    spare: Vec<ParquetColumn>,
    bytes: Shared,
}

impl ParquetRows {
    /// A file with these columns.
    pub fn new(shape: &[(&'static str, ColumnShape)]) -> io::Result<Self> {
        let mut message = "message jejak {\n".to_owned();
        let mut leaves = Vec::new();
        for (name, shape) in shape {
            declare(name, shape, 0, &mut message, &mut leaves);
        }
        message.push('}');
        let schema = Arc::new(parse_message_type(&message).map_err(unpacked)?);
        let properties =
            WriterProperties::builder().set_created_by("jejak".into()).set_compression(Compression::SNAPPY).build();
        let bytes = Shared::default();
        let writer = SerializedFileWriter::new(bytes.clone(), schema, Arc::new(properties)).map_err(unpacked)?;
        let columns = leaves.iter().map(|_| ParquetColumn::default()).collect();
        Ok(Self { leaves, columns, count: 0, writer: Some(writer), packing: None, spare: Vec::new(), bytes })
    }

    /// Takes a row in.
    pub fn add(&mut self, row: Shredded) -> io::Result<()> {
        // The values share the bytes of their row.
        let bytes = ByteArray::from(row.bytes);
        let mut start = 0;
        for (column, cut) in self.columns.iter_mut().zip(row.columns) {
            for end in cut.ends {
                column.texts.push(bytes.slice(start, end - start));
                start = end;
            }
            column.numbers.extend(cut.numbers);
            column.repetition.extend(cut.levels.iter().map(|(repetition, _)| repetition));
            column.definition.extend(cut.levels.iter().map(|(_, definition)| definition));
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
        self.writer()?.finish().map_err(unpacked)?;
        Ok(())
    }

    /// The writer, once it has packed what it was given.
    fn writer(&mut self) -> io::Result<&mut Packer> {
        if let Some(packing) = self.packing.take() {
            let (writer, columns) = packing.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            (self.writer, self.spare) = (Some(writer), columns);
        }
        self.writer.as_mut().ok_or_else(|| io::Error::other(message!("parquet-group")))
    }

    fn group(&mut self) -> io::Result<()> {
        self.writer()?;
        if self.columns.iter().all(|column| column.repetition.is_empty()) {
            return Ok(());
        }
        // Memory of the group before is used again: the system is slow to give as much anew.
        let spare = std::mem::take(&mut self.spare);
        let spare =
            if spare.is_empty() { self.leaves.iter().map(|_| ParquetColumn::default()).collect() } else { spare };
        let (columns, leaves) = (std::mem::replace(&mut self.columns, spare), self.leaves.clone());
        self.packing = self.writer.take().map(|writer| std::thread::spawn(move || pack(writer, &leaves, columns)));
        Ok(())
    }
}

/// Writes a group of rows, and gives its columns back empty.
fn pack(mut writer: Packer, leaves: &[Leaf], mut columns: Vec<ParquetColumn>) -> io::Result<PackedColumns> {
    let mut group = writer.next_row_group().map_err(unpacked)?;
    for (leaf, column) in leaves.iter().zip(&mut columns) {
        if let Some(mut writer) = group.next_column().map_err(unpacked)? {
            column.write(*leaf, &mut writer).map_err(unpacked)?;
            writer.close().map_err(unpacked)?;
        }
        column.texts.clear();
        column.numbers.clear();
        column.repetition.clear();
        column.definition.clear();
    }
    group.close().map_err(unpacked)?;
    Ok((writer, columns))
}

/// Adds a column to the schema as Parquet's text has it.
fn declare(name: &str, shape: &ColumnShape, lists: i16, message: &mut String, leaves: &mut Vec<Leaf>) {
    let mut leaf = |kind| leaves.push(Leaf { kind, lists });
    match shape {
        ColumnShape::Text => {
            leaf(PhysicalType::Text);
            message.push_str(&format!("required binary {name} (STRING);\n"));
        }
        ColumnShape::Int => {
            leaf(PhysicalType::Int);
            message.push_str(&format!("required int32 {name};\n"));
        }
        ColumnShape::Class(_) => {
            leaf(PhysicalType::Class);
            message.push_str(&format!("required int64 {name};\n"));
        }
        ColumnShape::List(inner) => {
            message.push_str(&format!("required group {name} (LIST) {{\nrepeated group list {{\n"));
            declare("element", inner, lists + 1, message, leaves);
            message.push_str("}\n}\n");
        }
        ColumnShape::Record(fields) => {
            message.push_str(&format!("required group {name} {{\n"));
            for (name, shape) in fields {
                declare(name, shape, lists, message, leaves);
            }
            message.push_str("}\n");
        }
    }
}

/// The place of a value: the list that began anew, lists that have something, lists around.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    repetition: i16,
    definition: i16,
    lists: i16,
}

impl Shredded {
    /// A row: a cell for each column.
    pub fn of(shape: &[(&'static str, ColumnShape)], row: &[DataCell<'_>]) -> Self {
        let mut shredded = Self { bytes: Vec::with_capacity(1 << 14), ..Self::default() };
        let mut texts = Vec::with_capacity(1024);
        let mut at = 0;
        for ((_, shape), cell) in shape.iter().zip(row) {
            shredded.shred(shape, Some(cell), Levels::default(), &mut at, &mut texts);
        }
        // By leaf, and in each by place.
        texts.sort_by_key(|(leaf, _)| *leaf);
        for (leaf, text) in texts {
            shredded.bytes.extend_from_slice(text.as_bytes());
            push(&mut shredded.columns[leaf].ends, shredded.bytes.len());
        }
        shredded
    }

    /// Adds a cell to its leaves, from the `at`-th on; nothing where a list around it is empty.
    fn shred<'c>(
        &mut self,
        shape: &ColumnShape,
        cell: Option<&'c DataCell<'_>>,
        levels: Levels,
        at: &mut usize,
        texts: &mut Vec<(usize, &'c str)>,
    ) {
        match (shape, cell) {
            (ColumnShape::List(inner), Some(DataCell::List(cells))) if !cells.is_empty() => {
                let first = *at;
                let lists = levels.lists + 1;
                for (number, cell) in cells.iter().enumerate() {
                    *at = first;
                    let repetition = if number == 0 { levels.repetition } else { lists };
                    let inside = Levels { repetition, definition: levels.definition + 1, lists };
                    self.shred(inner, Some(cell), inside, at, texts);
                }
            }
            (ColumnShape::List(inner), _) => self.shred(inner, None, levels, at, texts),
            (ColumnShape::Record(fields), cell) => {
                for (number, (_, shape)) in fields.iter().enumerate() {
                    let cell = match cell {
                        Some(DataCell::Record(cells)) => cells.get(number),
                        _ => None,
                    };
                    self.shred(shape, cell, levels, at, texts);
                }
            }
            (ColumnShape::Text | ColumnShape::Int | ColumnShape::Class(_), cell) => {
                if self.columns.len() <= *at {
                    self.columns.resize_with(*at + 1, Cut::default);
                }
                let column = &mut self.columns[*at];
                push(&mut column.levels, (levels.repetition, levels.definition));
                match cell {
                    Some(DataCell::Text(text)) => texts.push((*at, text)),
                    Some(DataCell::Int(number)) => push(&mut column.numbers, *number),
                    _ => {}
                }
                *at += 1;
            }
        }
    }
}

impl ParquetColumn {
    fn write(&self, leaf: Leaf, writer: &mut SerializedColumnWriter<'_>) -> parquet::errors::Result<usize> {
        let nested = leaf.lists > 0;
        let definition = nested.then_some(self.definition.as_slice());
        let repetition = nested.then_some(self.repetition.as_slice());
        match leaf.kind {
            PhysicalType::Text => writer.typed::<ByteArrayType>().write_batch(&self.texts, definition, repetition),
            PhysicalType::Int => writer.typed::<Int32Type>().write_batch(&self.numbers, definition, repetition),
            PhysicalType::Class => {
                let classes: Vec<i64> = self.numbers.iter().map(|&class| class.into()).collect();
                writer.typed::<Int64Type>().write_batch(&classes, definition, repetition)
            }
        }
    }
}
