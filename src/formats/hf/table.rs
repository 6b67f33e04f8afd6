//! A table with lists and records in its cells: the shape of a column once, and from it Parquet, JSON and descriptions.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The shape of a column, or of what is in it.
pub(super) enum ColumnShape {
    Text,
    /// A whole number below 2³¹.
    Int,
    /// The number of one of the names; -1 for none.
    Class(Vec<String>),
    List(Box<ColumnShape>),
    Record(Vec<(&'static str, ColumnShape)>),
}

/// The content of a cell; its shape says which of these.
#[derive(Debug, Clone)]
pub(super) enum DataCell<'a> {
    Text(Cow<'a, str>),
    /// An `Int` or a `Class`.
    Int(i32),
    List(Vec<DataCell<'a>>),
    Record(Vec<DataCell<'a>>),
}

impl<'a> From<&'a str> for DataCell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for DataCell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for DataCell<'_> {
    fn from(number: u32) -> Self {
        Self::Int(i32::try_from(number).unwrap_or(i32::MAX))
    }
}

/// A list of records of these fields.
pub(super) fn records(fields: Vec<(&'static str, ColumnShape)>) -> ColumnShape {
    ColumnShape::List(Box::new(ColumnShape::Record(fields)))
}

/// Cells as a JSON object.
pub(super) fn json_record(fields: &[(&'static str, ColumnShape)], cells: &[DataCell<'_>], out: &mut Vec<u8>) {
    for (at, ((name, shape), cell)) in fields.iter().zip(cells).enumerate() {
        out.extend_from_slice(if at > 0 { b",\"" } else { b"{\"" });
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        json(shape, cell, out);
    }
    out.push(b'}');
}

/// A cell as JSON, classes by their names. Writing to memory cannot fail, so its results are not looked at.
fn json(shape: &ColumnShape, cell: &DataCell<'_>, out: &mut Vec<u8>) {
    match (shape, cell) {
        (ColumnShape::Class(names), DataCell::Int(class)) => {
            let name = usize::try_from(*class).ok().and_then(|class| names.get(class));
            let _ = serde_json::to_writer(&mut *out, &name);
        }
        (ColumnShape::List(inner), DataCell::List(cells)) => {
            out.push(b'[');
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                json(inner, cell, out);
            }
            out.push(b']');
        }
        (ColumnShape::Record(fields), DataCell::Record(cells)) => json_record(fields, cells, out),
        (_, DataCell::Text(text)) => {
            let _ = serde_json::to_writer(&mut *out, text);
        }
        (_, DataCell::Int(number)) => {
            out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
        }
        _ => out.extend_from_slice(b"null"),
    }
}

/// The `features` of a data set card: YAML, each line behind so many spaces.
pub(super) fn features(fields: &[(&'static str, ColumnShape)], indent: usize, out: &mut String) {
    for (name, shape) in fields {
        let _ = writeln!(out, "{:indent$}- name: {name}", "");
        feature(shape, indent + 2, out);
    }
}

fn feature(shape: &ColumnShape, indent: usize, out: &mut String) {
    let _ = match shape {
        ColumnShape::Text => writeln!(out, "{:indent$}dtype: string", ""),
        ColumnShape::Int => writeln!(out, "{:indent$}dtype: int32", ""),
        ColumnShape::Class(names) => {
            let _ = writeln!(out, "{:indent$}dtype:\n{:indent$}  class_label:\n{:indent$}    names:", "", "", "");
            for (class, name) in names.iter().enumerate() {
                let _ = writeln!(out, "{:indent$}      '{class}': {}", "", crate::say::yaml(name));
            }
            Ok(())
        }
        ColumnShape::List(inner) => match &**inner {
            ColumnShape::Record(fields) => {
                let _ = writeln!(out, "{:indent$}list:", "");
                features(fields, indent, out);
                Ok(())
            }
            ColumnShape::Text => writeln!(out, "{:indent$}list: string", ""),
            ColumnShape::Int => writeln!(out, "{:indent$}list: int32", ""),
            inner => {
                let _ = writeln!(out, "{:indent$}list:", "");
                feature(inner, indent + 2, out);
                Ok(())
            }
        },
        ColumnShape::Record(fields) => {
            let _ = writeln!(out, "{:indent$}struct:", "");
            features(fields, indent, out);
            Ok(())
        }
    };
}
