//! A table with lists and records in its cells: the shape of a column once, and from it Parquet, JSON and descriptions.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The shape of a column, or of what is in it.
pub(super) enum Shape {
    Text,
    /// A whole number below 2³¹.
    Int,
    /// The number of one of the names; -1 for none.
    Class(Vec<String>),
    List(Box<Shape>),
    Record(Vec<(&'static str, Shape)>),
}

/// What is in a cell; its shape says which of these.
#[derive(Debug, Clone)]
pub(super) enum Cell<'a> {
    Text(Cow<'a, str>),
    /// An `Int` or a `Class`.
    Int(i32),
    List(Vec<Cell<'a>>),
    Record(Vec<Cell<'a>>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Int(i32::try_from(number).unwrap_or(i32::MAX))
    }
}

/// A list of records of these fields.
pub(super) fn records(fields: Vec<(&'static str, Shape)>) -> Shape {
    Shape::List(Box::new(Shape::Record(fields)))
}

/// Cells as a JSON object.
pub(super) fn json_record(fields: &[(&'static str, Shape)], cells: &[Cell<'_>], out: &mut Vec<u8>) {
    for (at, ((name, shape), cell)) in fields.iter().zip(cells).enumerate() {
        out.extend_from_slice(if at > 0 { b",\"" } else { b"{\"" });
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        json(shape, cell, out);
    }
    out.push(b'}');
}

/// A cell as JSON, classes by their names. Writing to memory cannot fail, so its results are not looked at.
fn json(shape: &Shape, cell: &Cell<'_>, out: &mut Vec<u8>) {
    match (shape, cell) {
        (Shape::Class(names), Cell::Int(class)) => {
            let name = usize::try_from(*class).ok().and_then(|class| names.get(class));
            let _ = serde_json::to_writer(&mut *out, &name);
        }
        (Shape::List(inner), Cell::List(cells)) => {
            out.push(b'[');
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                json(inner, cell, out);
            }
            out.push(b']');
        }
        (Shape::Record(fields), Cell::Record(cells)) => json_record(fields, cells, out),
        (_, Cell::Text(text)) => {
            let _ = serde_json::to_writer(&mut *out, text);
        }
        (_, Cell::Int(number)) => {
            out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
        }
        _ => out.extend_from_slice(b"null"),
    }
}

/// The `features` of a data set card: YAML, each line behind so many spaces.
pub(super) fn features(fields: &[(&'static str, Shape)], indent: usize, out: &mut String) {
    for (name, shape) in fields {
        let _ = writeln!(out, "{:indent$}- name: {name}", "");
        feature(shape, indent + 2, out);
    }
}

fn feature(shape: &Shape, indent: usize, out: &mut String) {
    let _ = match shape {
        Shape::Text => writeln!(out, "{:indent$}dtype: string", ""),
        Shape::Int => writeln!(out, "{:indent$}dtype: int32", ""),
        Shape::Class(names) => {
            let _ = writeln!(out, "{:indent$}dtype:\n{:indent$}  class_label:\n{:indent$}    names:", "", "", "");
            for (class, name) in names.iter().enumerate() {
                let _ = writeln!(out, "{:indent$}      '{class}': {}", "", crate::say::yaml(name));
            }
            Ok(())
        }
        Shape::List(inner) => match &**inner {
            Shape::Record(fields) => {
                let _ = writeln!(out, "{:indent$}list:", "");
                features(fields, indent, out);
                Ok(())
            }
            Shape::Text => writeln!(out, "{:indent$}list: string", ""),
            Shape::Int => writeln!(out, "{:indent$}list: int32", ""),
            inner => {
                let _ = writeln!(out, "{:indent$}list:", "");
                feature(inner, indent + 2, out);
                Ok(())
            }
        },
        Shape::Record(fields) => {
            let _ = writeln!(out, "{:indent$}struct:", "");
            features(fields, indent, out);
            Ok(())
        }
    };
}
