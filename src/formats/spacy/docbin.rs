//! The file of a `DocBin`, as spaCy 3 writes it: a MessagePack map under zlib.
//!
//! `tokens` are rows of 64-bit numbers, a column for each of `attrs`; `lengths` says how many rows each document has,
//! `spaces` whether a space follows a token. Strings are numbers ([`super::strings`]), spelled out in `strings`.

use crate::lang::Message;
use crate::message;
use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rmp::Marker;
use rmp::encode as put;
use rmpv::ValueRef;

use super::strings::{number, reserved};
use crate::say;

/// Columns of tokens that are written, by their numbers in `spacy.attrs`: the word, where an entity begins, its label.
const ATTRS: [u64; 3] = [ORTH, ENT_IOB, ENT_TYPE];
const ORTH: u64 = 65;
const ENT_IOB: u64 = 77;
const ENT_TYPE: u64 = 78;
const ENT_KB_ID: u64 = 452;
/// The span group that spaCy's span categoriser reads.
pub(super) const GROUP: &str = "sc";
/// Bytes that a file may unpack to; a hostile one can be a thousandth of that.
const UNPACKED: u64 = 512 << 20;
/// Values that a file may hold outside the bytes of tokens and groups; each costs forty bytes when it is read.
const VALUES: u64 = 4_000_000;
/// Values inside each other: the map, a list, a map or list of scalars, and some room.
const DEPTH: usize = 16;

/// The place of a token in an entity, as `ENT_IOB` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Iob {
    Inside = 1,
    Outside = 2,
    Begins = 3,
}

/// A token: its words, whether a space follows, and the entity that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpacyToken<'a> {
    pub text: &'a str,
    pub space: bool,
    pub iob: Iob,
    pub label: &'a str,
}

/// A span: tokens from the first to one past the last, and the same in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpanRow<'a> {
    pub label: &'a str,
    pub tokens: (u32, u32),
    pub chars: (u32, u32),
}

/// A document on its way into a file.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub tokens: Vec<SpacyToken<'a>>,
    /// The members of the group `sc`.
    pub spans: Vec<SpanRow<'a>>,
    pub cats: Vec<(&'a str, f64)>,
    pub user_data: Vec<(&'a str, &'a str)>,
}

/// Documents that will be one file. What a document costs until then is nine bytes a token, and its spans.
#[derive(Debug, Default)]
pub(super) struct DocBinWriter {
    /// Each string once, with its number.
    strings: HashMap<String, u32>,
    numbers: Vec<u64>,
    documents: Vec<PackedDocument>,
}

/// A document as it waits, each part in memory of its own: one list of all would be there twice whenever it grows.
#[derive(Debug)]
struct PackedDocument {
    /// Word, then label times four and the place in the entity.
    tokens: Box<[(u32, u32)]>,
    spaces: Box<[u8]>,
    cats: Box<[u8]>,
    groups: Box<[u8]>,
    user_data: Box<[u8]>,
}

impl DocBinWriter {
    fn intern(&mut self, text: &str) -> u32 {
        if let Some(at) = self.strings.get(text) {
            return *at;
        }
        let at = self.numbers.len() as u32;
        self.strings.insert(text.to_owned(), at);
        self.numbers.push(number(text));
        at
    }

    /// Takes a document in.
    pub fn add(&mut self, document: &Document<'_>) -> io::Result<()> {
        let count = document.tokens.len();
        let (mut tokens, mut spaces) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut last = ("", self.intern(""));
        for token in &document.tokens {
            // Most tokens have the label of the one before, or none.
            if token.label != last.0 {
                last = (token.label, self.intern(token.label));
            }
            let (word, label) = (self.intern(token.text), last.1);
            tokens.push((word, label << 2 | token.iob as u32));
            spaces.push(u8::from(token.space));
        }
        i32::try_from(count).map_err(io::Error::other)?;
        let mut cats = Vec::new();
        put::write_map_len(&mut cats, document.cats.len() as u32)?;
        for (label, value) in &document.cats {
            put::write_str(&mut cats, label)?;
            put::write_f64(&mut cats, *value)?;
        }
        let groups = self.groups(&document.spans)?;
        let mut data = Vec::new();
        put::write_map_len(&mut data, document.user_data.len() as u32)?;
        for (name, value) in &document.user_data {
            put::write_str(&mut data, name)?;
            put::write_str(&mut data, value)?;
        }
        self.documents.push(PackedDocument {
            tokens: tokens.into(),
            spaces: spaces.into(),
            cats: cats.into(),
            groups: groups.into(),
            user_data: data.into(),
        });
        Ok(())
    }

    /// The groups of a document: a map from the bytes of a group to the names that it has.
    fn groups(&mut self, spans: &[SpanRow<'_>]) -> io::Result<Vec<u8>> {
        let mut group = Vec::with_capacity(40 * spans.len() + 32);
        put::write_map_len(&mut group, 3)?;
        put::write_str(&mut group, "name")?;
        put::write_str(&mut group, GROUP)?;
        put::write_str(&mut group, "attrs")?;
        put::write_map_len(&mut group, 0)?;
        put::write_str(&mut group, "spans")?;
        put::write_array_len(&mut group, spans.len() as u32)?;
        for span in spans {
            let label = self.intern(span.label);
            let mut row = [0; 40];
            // Big-endian: id and knowledge base, which are none, label, tokens, code points.
            row[16..24].copy_from_slice(&self.numbers[label as usize].to_be_bytes());
            for (at, value) in [span.tokens.0, span.tokens.1, span.chars.0, span.chars.1].into_iter().enumerate() {
                row[24 + 4 * at..28 + 4 * at].copy_from_slice(&value.to_be_bytes());
            }
            put::write_bin(&mut group, &row)?;
        }
        let mut groups = Vec::with_capacity(group.len() + 16);
        put::write_map_len(&mut groups, 1)?;
        put::write_bin(&mut groups, &group)?;
        put::write_array_len(&mut groups, 1)?;
        put::write_str(&mut groups, GROUP)?;
        Ok(groups)
    }

    /// Writes the file.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        // A call for each number would cost more than what it packs.
        let mut out = BufWriter::with_capacity(1 << 16, ZlibEncoder::new(out, Compression::new(3)));
        let bytes = |count: usize| u32::try_from(count).map_err(|_| io::Error::other(message!("docbin-full")));
        put::write_map_len(&mut out, 10)?;
        put::write_str(&mut out, "version")?;
        put::write_str(&mut out, "0.1")?;
        put::write_str(&mut out, "attrs")?;
        put::write_array_len(&mut out, ATTRS.len() as u32)?;
        for attr in ATTRS {
            put::write_uint(&mut out, attr)?;
        }
        put::write_str(&mut out, "tokens")?;
        let tokens: usize = self.documents.iter().map(|document| document.tokens.len()).sum();
        put::write_bin_len(&mut out, bytes(tokens * ATTRS.len() * 8)?)?;
        for (word, entity) in self.documents.iter().flat_map(|document| &document.tokens) {
            out.write_all(&self.numbers[*word as usize].to_le_bytes())?;
            out.write_all(&u64::from(entity & 3).to_le_bytes())?;
            out.write_all(&self.numbers[(entity >> 2) as usize].to_le_bytes())?;
        }
        put::write_str(&mut out, "spaces")?;
        put::write_bin_len(&mut out, bytes(tokens)?)?;
        for document in &self.documents {
            out.write_all(&document.spaces)?;
        }
        put::write_str(&mut out, "lengths")?;
        put::write_bin_len(&mut out, bytes(4 * self.documents.len())?)?;
        for document in &self.documents {
            out.write_all(&(document.tokens.len() as u32).to_le_bytes())?;
        }
        let mut strings: Vec<&String> = self.strings.keys().collect();
        strings.sort();
        put::write_str(&mut out, "strings")?;
        put::write_array_len(&mut out, strings.len() as u32)?;
        for string in strings {
            put::write_str(&mut out, string)?;
        }
        let count = bytes(self.documents.len())?;
        put::write_str(&mut out, "flags")?;
        put::write_array_len(&mut out, count)?;
        for _ in 0..count {
            put::write_map_len(&mut out, 1)?;
            put::write_str(&mut out, "has_unknown_spaces")?;
            put::write_bool(&mut out, false)?;
        }
        put::write_str(&mut out, "cats")?;
        put::write_array_len(&mut out, count)?;
        for document in &self.documents {
            out.write_all(&document.cats)?;
        }
        put::write_str(&mut out, "span_groups")?;
        put::write_array_len(&mut out, count)?;
        for document in &self.documents {
            put::write_bin(&mut out, &document.groups)?;
        }
        put::write_str(&mut out, "user_data")?;
        put::write_array_len(&mut out, count)?;
        for document in &self.documents {
            put::write_bin(&mut out, &document.user_data)?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?;
        Ok(())
    }
}

/// A document as a file has it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SpacyDocument {
    /// The words with the spaces between them.
    pub text: String,
    /// Entities and members of every span group: label, first code point, one past the last.
    pub spans: Vec<(String, u32, u32)>,
    /// Identifiers in a knowledge base of entities and members of groups, by first code point and one past the last.
    pub known: Vec<((u32, u32), String)>,
    /// Labels of the whole document that hold.
    pub cats: Vec<String>,
    pub user_data: Vec<(String, String)>,
    /// True where nothing is known of the spaces between its words.
    pub unknown_spaces: bool,
    /// Spans that lie outside the text.
    pub outside: usize,
}

/// Reads the documents of a file, each handed to `each`.
///
/// # Errors
/// The fault of the file, in one sentence; documents before that were handed over.
pub(super) fn read<R: Read>(
    open: impl Fn() -> io::Result<R>,
    each: &mut dyn FnMut(SpacyDocument),
) -> Result<(), Message> {
    // It is unpacked twice, first to know how much there is: memory that grows with it would be needed twice.
    let file = || open().map_err(|error| say::io(&error));
    let length = io::copy(&mut ZlibDecoder::new(file()?).take(UNPACKED + 1), &mut io::sink()).unwrap_or_default();
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let file = file()?;
    let unpacked = ZlibDecoder::new(file).take(UNPACKED + 1).read_to_end(&mut bytes);
    unpacked.map_err(|error| message!("docbin-why", why = say::io(&error)))?;
    if bytes.len() as u64 > UNPACKED {
        return Err(message!("docbin-large", size = UNPACKED >> 20));
    }
    let whole = value(&bytes)?;
    let field = |name: &str| get(&whole, name);
    let attrs: Vec<u64> = list(field("attrs"), "attrs")?.iter().filter_map(ValueRef::as_u64).collect();
    let column = |attr: u64| attrs.iter().position(|one| *one == attr);
    let orth = column(ORTH).ok_or(message!("docbin-no-words"))?;
    let (iob, label, known) = (column(ENT_IOB), column(ENT_TYPE), column(ENT_KB_ID));
    let tokens = bin(field("tokens"), "tokens")?.as_chunks::<8>().0;
    let spaces = bin(field("spaces"), "spaces")?;
    let lengths = bin(field("lengths"), "lengths")?.as_chunks::<4>().0;
    let mut words: HashMap<u64, &str> = HashMap::new();
    for string in list(field("strings"), "strings")? {
        if let Some(string) = text(string) {
            words.insert(number(string), string);
        }
    }
    let optional = |name: &str| field(name).and_then(array).unwrap_or_default();
    let (cats, flags, groups, data) =
        (optional("cats"), optional("flags"), optional("span_groups"), optional("user_data"));
    let mut from = 0_usize;
    for (at, length) in lengths.iter().enumerate() {
        let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| message!("docbin-negative"))?;
        let until = from.checked_add(length).filter(|until| until.saturating_mul(attrs.len()) <= tokens.len());
        let until = until.ok_or(message!("docbin-few"))?;
        let rows = DocBinRows { attrs: attrs.len(), tokens, spaces, orth, iob, label, known, words: &words };
        let unknown = flags.get(at).and_then(|flags| get(flags, "has_unknown_spaces"));
        let unknown = matches!(unknown, Some(ValueRef::Boolean(true)));
        let mut found = rows.document(from..until, unknown)?;
        if let Some(ValueRef::Binary(bytes)) = groups.get(at) {
            let chars = found.text.chars().count() as u32;
            let entities = std::mem::take(&mut found.spans);
            spans(bytes, &words, chars, &mut found)?;
            let new: Vec<_> = entities.into_iter().filter(|entity| !found.spans.contains(entity)).collect();
            found.spans.extend(new);
        }
        for (name, value) in cats.get(at).and_then(map).unwrap_or_default() {
            let holds = match value {
                ValueRef::F64(value) => *value >= 0.5,
                ValueRef::F32(value) => *value >= 0.5,
                ValueRef::Boolean(value) => *value,
                other => other.as_u64().is_some_and(|value| value > 0),
            };
            found.cats.extend(text(name).filter(|_| holds).map(str::to_owned));
        }
        if let Some(ValueRef::Binary(bytes)) = data.get(at) {
            let data = value(bytes)?;
            let texts = map(&data).unwrap_or_default().iter();
            let texts = texts.filter_map(|(name, value)| Some((text(name)?.to_owned(), text(value)?.to_owned())));
            found.user_data = texts.collect();
        }
        each(found);
        from = until;
    }
    Ok(())
}

/// The rows of all documents.
struct DocBinRows<'a> {
    attrs: usize,
    tokens: &'a [[u8; 8]],
    spaces: &'a [u8],
    orth: usize,
    iob: Option<usize>,
    label: Option<usize>,
    known: Option<usize>,
    words: &'a HashMap<u64, &'a str>,
}

impl DocBinRows<'_> {
    fn document(&self, rows: std::ops::Range<usize>, unknown_spaces: bool) -> Result<SpacyDocument, Message> {
        let mut found = SpacyDocument { unknown_spaces, ..SpacyDocument::default() };
        let mut chars = 0;
        let mut open: Option<(String, u32, u32)> = None;
        let mut known = 0;
        let finish = |found: &mut SpacyDocument, open: Option<(String, u32, u32)>, known: u64| {
            let id = word(self.words, known).filter(|id| known != 0 && !id.is_empty());
            if let Some((id, (_, start, end))) = id.zip(open.as_ref()) {
                found.known.push(((*start, *end), id.to_owned()));
            }
            found.spans.extend(open);
        };
        for row in rows.clone() {
            let cell = |column: usize| u64::from_le_bytes(self.tokens[row * self.attrs + column]);
            let word = word(self.words, cell(self.orth)).ok_or(message!("docbin-token"))?;
            let end = chars + word.chars().count() as u32;
            let iob = self.iob.map_or(0, cell);
            let label = self.label.map_or(0, cell);
            if iob != Iob::Inside as u64 || label == 0 {
                finish(&mut found, open.take(), known);
            }
            match &mut open {
                Some((_, _, last)) => *last = end,
                None if label != 0 => {
                    let label = self::word(self.words, label).ok_or(message!("docbin-label"))?;
                    known = self.known.map_or(0, cell);
                    open = Some((label.to_owned(), chars, end));
                }
                None => {}
            }
            found.text.push_str(word);
            chars = end;
            let last = row + 1 == rows.end;
            if if unknown_spaces { !last } else { self.spaces.get(row).is_some_and(|space| *space != 0) } {
                found.text.push(' ');
                chars += 1;
            }
        }
        finish(&mut found, open, known);
        Ok(found)
    }
}

fn word<'a>(words: &HashMap<u64, &'a str>, number: u64) -> Option<&'a str> {
    words.get(&number).copied().or_else(|| reserved(number))
}

/// The spans of every group of a document of so many code points.
fn spans(bytes: &[u8], words: &HashMap<u64, &str>, chars: u32, found: &mut SpacyDocument) -> Result<(), Message> {
    if bytes.is_empty() {
        return Ok(());
    }
    let groups = value(bytes)?;
    // spaCy before 3.2.2 wrote a list of groups, later ones a map from groups to their names.
    let groups: Vec<&ValueRef<'_>> = match &groups {
        ValueRef::Array(groups) => groups.iter().collect(),
        ValueRef::Map(groups) => groups.iter().map(|(group, _)| group).collect(),
        _ => return Err(message!("docbin-groups")),
    };
    for group in groups {
        let ValueRef::Binary(bytes) = group else { continue };
        let group = value(bytes)?;
        for span in list(get(&group, "spans"), "spans")? {
            let ValueRef::Binary(row) = span else { continue };
            let Ok(row) = <&[u8; 40]>::try_from(*row) else { return Err(message!("docbin-span")) };
            let (numbers, places) = row.split_at(24);
            let [_, known, label] = [0, 1, 2].map(|at| u64::from_be_bytes(numbers.as_chunks::<8>().0[at]));
            let [_, _, start, end] = [0, 1, 2, 3].map(|at| i32::from_be_bytes(places.as_chunks::<4>().0[at]));
            let label = word(words, label).unwrap_or_default().to_owned();
            match (u32::try_from(start), u32::try_from(end)) {
                (Ok(start), Ok(end)) if start < end && end <= chars => {
                    if let Some(id) = word(words, known).filter(|id| known != 0 && !id.is_empty()) {
                        found.known.push(((start, end), id.to_owned()));
                    }
                    found.spans.push((label, start, end));
                }
                _ => found.outside += 1,
            }
        }
    }
    Ok(())
}

// MessagePack values.

fn value(bytes: &[u8]) -> Result<ValueRef<'_>, Message> {
    count(bytes)?;
    let mut rest = bytes;
    rmpv::decode::read_value_ref_with_max_depth(&mut rest, DEPTH)
        .map_err(|error| message!("docbin-why", why = say::packed(&error)))
}

/// Says no where a value holds too many others, or more than there are bytes for, before any of them is made.
fn count(bytes: &[u8]) -> Result<(), Message> {
    let cut = || message!("docbin-soon");
    let (mut rest, mut open, mut all) = (bytes, 1_u64, 0_u64);
    while open > 0 {
        let (marker, after) = rest.split_first().ok_or_else(cut)?;
        let marker = Marker::from_u8(*marker);
        // Bytes of the length, then what it is a length of.
        let wide = match marker {
            Marker::Str8 | Marker::Bin8 | Marker::Ext8 => 1,
            Marker::Str16 | Marker::Bin16 | Marker::Ext16 | Marker::Array16 | Marker::Map16 => 2,
            Marker::Str32 | Marker::Bin32 | Marker::Ext32 | Marker::Array32 | Marker::Map32 => 4,
            _ => 0,
        };
        let length = after.get(..wide).ok_or_else(cut)?;
        let length = length.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let (skipped, inside) = match marker {
            Marker::FixStr(length) => (u64::from(length), 0),
            Marker::Str8 | Marker::Bin8 | Marker::Str16 | Marker::Bin16 | Marker::Str32 | Marker::Bin32 => (length, 0),
            Marker::Ext8 | Marker::Ext16 | Marker::Ext32 => (length + 1, 0),
            Marker::FixArray(length) => (0, u64::from(length)),
            Marker::Array16 | Marker::Array32 => (0, length),
            Marker::FixMap(length) => (0, 2 * u64::from(length)),
            Marker::Map16 | Marker::Map32 => (0, 2 * length),
            Marker::U8 | Marker::I8 => (1, 0),
            Marker::U16 | Marker::I16 | Marker::FixExt1 => (2, 0),
            Marker::FixExt2 => (3, 0),
            Marker::U32 | Marker::I32 | Marker::F32 => (4, 0),
            Marker::FixExt4 => (5, 0),
            Marker::U64 | Marker::I64 | Marker::F64 => (8, 0),
            Marker::FixExt8 => (9, 0),
            Marker::FixExt16 => (17, 0),
            _ => (0, 0),
        };
        let skipped = usize::try_from(skipped).map_err(|_| cut())?;
        rest = after.get(wide..).and_then(|rest| rest.get(skipped..)).ok_or_else(cut)?;
        open = open - 1 + inside;
        all += 1;
        if all + open > VALUES || open > rest.len() as u64 {
            return Err(if open > rest.len() as u64 { cut() } else { message!("docbin-many") });
        }
    }
    Ok(())
}

fn text<'a>(value: &ValueRef<'a>) -> Option<&'a str> {
    if let ValueRef::String(text) = value { text.into_str() } else { None }
}

fn map<'a, 'v>(value: &'v ValueRef<'a>) -> Option<&'v [(ValueRef<'a>, ValueRef<'a>)]> {
    if let ValueRef::Map(map) = value { Some(map) } else { None }
}

fn array<'a, 'v>(value: &'v ValueRef<'a>) -> Option<&'v [ValueRef<'a>]> {
    if let ValueRef::Array(array) = value { Some(array) } else { None }
}

fn get<'a, 'v>(value: &'v ValueRef<'a>, name: &str) -> Option<&'v ValueRef<'a>> {
    map(value)?.iter().find(|(key, _)| text(key) == Some(name)).map(|(_, value)| value)
}

fn list<'a, 'v>(value: Option<&'v ValueRef<'a>>, name: &str) -> Result<&'v [ValueRef<'a>], Message> {
    value.and_then(array).ok_or_else(|| message!("docbin-lacks", name = name))
}

fn bin<'a>(value: Option<&ValueRef<'a>>, name: &str) -> Result<&'a [u8], Message> {
    match value {
        Some(ValueRef::Binary(bytes)) => Ok(bytes),
        _ => Err(message!("docbin-lacks", name = name)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
        out.write_all(content).unwrap();
        out.finish().unwrap()
    }

    fn found(bytes: &[u8]) -> (Vec<SpacyDocument>, Result<(), crate::lang::Message>) {
        let mut all = Vec::new();
        let done = read(|| Ok(bytes), &mut |found| all.push(found));
        (all, done)
    }

    /// A file with two documents, one of them empty, not yet packed.
    fn two() -> Vec<u8> {
        let token = |text, space, iob, label| SpacyToken { text, space, iob, label };
        let tokens = vec![
            token("Ratu", true, Iob::Begins, "PERSON"),
            token("Sari", false, Iob::Inside, "PERSON"),
            token("🛬", true, Iob::Outside, ""),
            token("\n", false, Iob::Outside, ""),
            token("Awan", false, Iob::Begins, "kota besar"),
        ];
        let span = |label, tokens, chars| SpanRow { label, tokens, chars };
        let spans =
            vec![span("PERSON", (0, 2), (0, 9)), span("kota besar", (4, 5), (12, 16)), span("trip", (2, 3), (9, 10))];
        let cats = vec![("politics", 1.0), ("sport", 0.0)];
        let mut writer = DocBinWriter::default();
        writer.add(&Document { tokens, spans, cats, user_data: vec![("id", "000")] }).unwrap();
        writer.add(&Document::default()).unwrap();
        let mut bytes = Vec::new();
        writer.finish(&mut bytes).unwrap();
        let mut content = Vec::new();
        ZlibDecoder::new(&*bytes).read_to_end(&mut content).unwrap();
        content
    }

    #[test]
    fn what_is_written_is_read() {
        let (all, done) = found(&packed(&two()));
        assert_eq!(done, Ok(()));
        let span = |label: &str, start, end| (label.to_owned(), start, end);
        let first = SpacyDocument {
            text: "Ratu Sari🛬 \nAwan".into(),
            spans: vec![span("PERSON", 0, 9), span("kota besar", 12, 16), span("trip", 9, 10)],
            known: Vec::new(),
            cats: vec!["politics".into()],
            user_data: vec![("id".into(), "000".into())],
            unknown_spaces: false,
            outside: 0,
        };
        assert_eq!(all, [first, SpacyDocument::default()]);
    }

    #[test]
    fn hostile_files_are_refused_in_a_sentence() {
        // A list of four thousand million values; as many in truth as memory would not hold; lists in lists; no bytes.
        let many = [&[0xdd, 0, 0x60, 0, 0][..], &vec![0xc0; 0x60_0000]].concat();
        let cases: [(&[u8], &str); 5] = [
            (&[0xdd, 0xff, 0xff, 0xff, 0xff], "it is not a DocBin: it ends too soon"),
            (&many, "it holds too many values"),
            (&[0x91; 100], "it is not a DocBin: it ends too soon"),
            (&[], "it is not a DocBin: it ends too soon"),
            (&[0x80], "its \"attrs\" are not there"),
        ];
        for (content, expected) in cases {
            let (all, done) = found(&packed(content));
            assert_eq!((all, done.map_err(|why| why.to_string())), (Vec::new(), Err(expected.to_owned())));
        }
        let (_, deep) = found(&packed(&[vec![0x91; 100_000], vec![0xc0]].concat()));
        assert!(deep.is_err());
        assert!(found(b"not packed").1.is_err());
    }

    proptest! {
        /// Whatever is in a file, its spans are inside its text.
        #[test]
        fn damaged_files_do_no_harm(changes in prop::collection::vec((0..4000_usize, 0..3_usize, any::<u8>()), 1..6)) {
            let mut content = two();
            for (at, len, byte) in changes {
                let at = at % content.len();
                let end = (at + len).min(content.len());
                content.splice(at..end, [byte]);
            }
            for found in found(&packed(&content)).0 {
                let chars = found.text.chars().count() as u32;
                prop_assert!(found.spans.iter().all(|(_, start, end)| start <= end && *end <= chars));
            }
        }
    }
}
