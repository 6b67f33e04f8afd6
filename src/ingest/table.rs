//! Tables of comma- or otherwise separated values, one article a row.

use crate::lang::Message;
use crate::message;
use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::columns::{Gathered, TableColumn, meanings};
use super::draft::{DraftOrigin, Records};
use super::{Drafts, GoOn};
use crate::say;

/// Values in one row. More is no table of articles, and each costs many times its own byte to keep apart.
const MAX_VALUES: usize = 16_384;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Says why a record without a text cannot be read.
pub(super) fn no_text(names: &[String]) -> Message {
    let names = names.iter().map(|name| super::titles::cut(name, 40)).collect::<Vec<_>>().join(", ");
    message!("table-no-text", names = names)
}

/// A `.csv` or `.tsv` file with a line of column names.
pub(super) fn read(origin: &DraftOrigin, text: &str, go_on: GoOn) -> Result<Drafts, Message> {
    // A first line that only says what separates values, for the programs that write and read it.
    let (said, text, lines) = match separator_line(text) {
        Some((separator, rest)) => (Some(separator), rest, 1),
        None => (None, text, 0),
    };
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    let (is_quoted, widest) = match widest_if_quoted(text, delimiter) {
        Some(widest) => (true, widest),
        None => (false, widest_line(text, delimiter)),
    };
    if widest > MAX_VALUES {
        return Err(message!("table-wide", widest = widest, max = MAX_VALUES));
    }
    let mut table = ReaderBuilder::new().delimiter(delimiter).quoting(is_quoted).from_reader(text.as_bytes());
    let header = table.headers().map_err(|error| message!("table-first", why = say::table(&error)))?;
    let columns = meanings(header.iter(), &origin.reading.columns);
    if !columns.iter().flatten().any(|(column, _)| *column == TableColumn::Text) {
        return Err(no_text(&header.iter().map(str::to_owned).collect::<Vec<_>>()));
    }
    let mut records = Records::new(origin);
    let mut row = StringRecord::new();
    loop {
        if records.is_check_due() {
            go_on(table.position().byte())?;
        }
        let (at, fields) = match table.read_record(&mut row) {
            Ok(false) => return records.finish(),
            Ok(true) => {
                let mut gathered = Gathered::default();
                for (column, value) in columns.iter().zip(&row) {
                    if let Some(column) = column {
                        gathered.take(*column, value.to_owned());
                    }
                }
                (row.position().cloned(), Ok(gathered.finish()))
            }
            Err(error) => {
                let (at, why) = match error.kind() {
                    ErrorKind::UnequalLengths { pos, expected_len, len } => {
                        let why = message!("table-row", len = len, expected_len = expected_len);
                        (pos.clone(), why)
                    }
                    _ => (error.position().cloned(), message!("table-unreadable", why = say::table(&error))),
                };
                (at, Err(why))
            }
        };
        if !records.push(place(at.as_ref(), lines), fields) {
            return records.finish();
        }
    }
}

/// The line of a row in the file, of which `before` lines were read already.
fn place(position: Option<&csv::Position>, before: u64) -> String {
    position.map(|position| format!(":{}", position.line() + before)).unwrap_or_default()
}

/// The separator in a first line such as `sep=;`, and the text after that line.
fn separator_line(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let said = line.trim_start_matches('\u{feff}').trim_matches('"');
    let said = said.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &said[4..])?;
    match said.as_bytes() {
        [byte] if byte.is_ascii() => Some((*byte, rest)),
        [] => Some((b',', rest)),
        _ if said == "\\t" => Some((b'\t', rest)),
        _ => None,
    }
}

/// The delimiter that the line of column names has most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut in_quotes = false;
    for byte in text.bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' if !in_quotes => break,
            _ if !in_quotes => {
                if let Some(at) = DELIMITERS.iter().position(|&delimiter| delimiter == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let (best, _) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count).unwrap_or((0, &0));
    DELIMITERS[best]
}

/// The number of values in the widest line.
fn widest_line(text: &str, delimiter: u8) -> usize {
    let values = |line: &str| 1 + line.bytes().filter(|&byte| byte == delimiter).count();
    text.lines().map(values).max().unwrap_or(0)
}

/// The number of values in the widest row, if quotes at the start of a value enclose it throughout.
///
/// Tables written without quoting may have values that begin with a quotation: taking those quotes for the table's
/// would drop them from the text, so every one that opens a value must also close it.
fn widest_if_quoted(text: &str, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut widest, mut values) = (0, 1);
    let mut at = 0;
    let mut starts_value = true;
    while at < bytes.len() {
        if starts_value && bytes[at] == b'"' {
            loop {
                at += 1 + bytes[at + 1..].iter().position(|&byte| byte == b'"')?;
                match bytes.get(at + 1) {
                    Some(b'"') => at += 1,
                    Some(b'\n') | None => break,
                    Some(&byte) if byte == delimiter => break,
                    Some(_) => return None,
                }
            }
        }
        let ends_row = bytes[at] == b'\n';
        starts_value = ends_row || bytes[at] == delimiter;
        widest = widest.max(values);
        values = if ends_row { 1 } else { values + usize::from(starts_value) };
        at += 1;
    }
    Some(widest.max(values))
}
