//! Values on lines as [`super::ron_text::line`] writes them, put into words several times as fast as by RON in general.
//!
//! Files and journal hold whole numbers, characters, texts, ids, lists, maps, and structs and enums of these. Whatever
//! else a value has (floats, bytes) is left to RON, and so are names that RON would mark.

use std::fmt::{self, Display, Write};

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Writes a value on one line.
///
/// # Errors
/// If the value is left to RON; something of it may be written then.
pub(super) fn write<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> Result<(), Left> {
    value.serialize(Plain(out))
}

/// The reason why a value is left to RON: it finds its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a value that is left to RON")]
pub(super) struct Left;

impl ser::Error for Left {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl From<fmt::Error> for Left {
    fn from(_: fmt::Error) -> Self {
        Self
    }
}

struct Plain<'a, W>(&'a mut W);

/// Parts of a value, with a comma and a blank between them, up to a closing sign.
struct Parts<'a, W> {
    out: &'a mut W,
    close: char,
    first: bool,
}

/// Text without what would end or bend a line: quotation marks, backslashes, and all that nobody sees.
struct Escaped<'a, W>(&'a mut W);

impl<W: Write> Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        loop {
            let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
            let Some(at) = rest.bytes().position(|byte| !plain(byte)) else { return self.0.write_str(rest) };
            self.0.write_str(&rest[..at])?;
            let c = rest[at..].chars().next().ok_or(fmt::Error)?;
            rest = &rest[at + c.len_utf8()..];
            // (What is a letter or a number is seen, unless it is a mark.)
            match c {
                '"' => self.0.write_str("\\\"")?,
                '\\' => self.0.write_str("\\\\")?,
                '\n' => self.0.write_str("\\n")?,
                _ if is_seen(c) => self.0.write_char(c)?,
                _ => write!(self.0, "{}", c.escape_debug())?,
            }
        }
    }
}

/// True of a character that is read where it follows a letter. A mark is escaped where it stands first and not after a
/// letter; an invisible character is escaped always.
pub(super) fn is_seen(c: char) -> bool {
    let mut escaped = c.escape_debug();
    if escaped.next() == Some(c) {
        return escaped.next().is_none();
    }
    let mut letters = [0; 8];
    let after_a_letter = {
        letters[0] = b'a';
        let len = c.encode_utf8(&mut letters[1..]).len();
        std::str::from_utf8(&letters[..=len]).unwrap_or_default()
    };
    after_a_letter.escape_debug().all(|c| c != '\\')
}

impl<'a, W: Write> Plain<'a, W> {
    fn number(self, number: impl itoa::Integer) -> Result<(), Left> {
        Ok(self.0.write_str(itoa::Buffer::new().format(number))?)
    }

    fn parts(self, open: char, close: char) -> Result<Parts<'a, W>, Left> {
        self.0.write_char(open)?;
        Ok(Parts { out: self.0, close, first: true })
    }

    /// A name of a field or a variant.
    fn name(&mut self, name: &str) -> Result<(), Left> {
        let marked = ["true", "false", "Some", "None", "inf", "inff32", "inff64", "NaN", "NaNf32", "NaNf64"];
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && !marked.contains(&name);
        if plain { Ok(self.0.write_str(name)?) } else { Err(Left) }
    }
}

impl<W: Write> Parts<'_, W> {
    fn next(&mut self) -> Result<(), Left> {
        if !std::mem::replace(&mut self.first, false) {
            self.out.write_str(", ")?;
        }
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Left> {
        self.next()?;
        value.serialize(Plain(self.out))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Left> {
        self.next()?;
        Plain(self.out).name(name)?;
        self.out.write_str(": ")?;
        value.serialize(Plain(self.out))
    }

    fn close(self) -> Result<(), Left> {
        Ok(self.out.write_char(self.close)?)
    }
}

/// Writes whole numbers.
macro_rules! numbers {
    ($($method:ident $number:ty,)*) => {
        $(fn $method(self, number: $number) -> Result<(), Left> {
            self.number(number)
        })*
    };
}

/// Leaves values of these types to RON.
macro_rules! left {
    ($($method:ident $value:ty,)*) => {
        $(fn $method(self, _: $value) -> Result<(), Left> {
            Err(Left)
        })*
    };
}

impl<'a, W: Write> Serializer for Plain<'a, W> {
    type Ok = ();
    type Error = Left;
    type SerializeSeq = Parts<'a, W>;
    type SerializeTuple = Parts<'a, W>;
    type SerializeTupleStruct = Parts<'a, W>;
    type SerializeTupleVariant = Parts<'a, W>;
    type SerializeMap = Parts<'a, W>;
    type SerializeStruct = Parts<'a, W>;
    type SerializeStructVariant = Parts<'a, W>;

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
    }

    left! {
        serialize_f32 f32, serialize_f64 f64, serialize_bytes &[u8], serialize_unit_struct &'static str,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Left> {
        Ok(self.0.write_str(if value { "true" } else { "false" })?)
    }

    fn serialize_char(self, c: char) -> Result<(), Left> {
        let escape = if matches!(c, '\'' | '\\') { "\\" } else { "" };
        Ok(write!(self.0, "'{escape}{c}'")?)
    }

    fn serialize_str(self, text: &str) -> Result<(), Left> {
        self.0.write_char('"')?;
        Escaped(self.0).write_str(text)?;
        Ok(self.0.write_char('"')?)
    }

    fn collect_str<T: Display + ?Sized>(self, text: &T) -> Result<(), Left> {
        self.0.write_char('"')?;
        write!(Escaped(self.0), "{text}")?;
        Ok(self.0.write_char('"')?)
    }

    fn serialize_none(self) -> Result<(), Left> {
        Ok(self.0.write_str("None")?)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Left> {
        self.0.write_str("Some(")?;
        value.serialize(Plain(self.0))?;
        Ok(self.0.write_char(')')?)
    }

    fn serialize_unit(self) -> Result<(), Left> {
        Ok(self.0.write_str("()")?)
    }

    fn serialize_unit_variant(mut self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Left> {
        self.name(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Left> {
        // A value that stands as it is written, of RON's own, comes as one of these.
        Err(Left)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Left> {
        self.name(variant)?;
        self.0.write_char('(')?;
        value.serialize(Plain(self.0))?;
        Ok(self.0.write_char(')')?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a, W>, Left> {
        self.parts('[', ']')
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a, W>, Left> {
        self.parts('(', ')')
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a, W>, Left> {
        self.parts('(', ')')
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a, W>, Left> {
        self.name(variant)?;
        self.parts('(', ')')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a, W>, Left> {
        self.parts('{', '}')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a, W>, Left> {
        self.parts('(', ')')
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        fields: usize,
    ) -> Result<Parts<'a, W>, Left> {
        self.serialize_tuple_variant(name, index, variant, fields)
    }
}

/// Hands what comes one after the other to [`Parts`].
macro_rules! parts {
    ($($of:ident $method:ident,)*) => {
        $(impl<W: Write> $of for Parts<'_, W> {
            type Ok = ();
            type Error = Left;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Left> {
                self.value(value)
            }

            fn end(self) -> Result<(), Left> {
                self.close()
            }
        })*
    };
}

parts! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

/// Hands fields to [`Parts`].
macro_rules! fields {
    ($($of:ident,)*) => {
        $(impl<W: Write> $of for Parts<'_, W> {
            type Ok = ();
            type Error = Left;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Left> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Left> {
                self.close()
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant, }

impl<W: Write> SerializeMap for Parts<'_, W> {
    type Ok = ();
    type Error = Left;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Left> {
        self.value(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Left> {
        self.out.write_str(": ")?;
        value.serialize(Plain(self.out))
    }

    fn end(self) -> Result<(), Left> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::super::ron_text::line_of_ron;
    use super::*;

    fn written<T: Serialize>(value: &T) -> Option<String> {
        let mut line = String::new();
        write(&mut line, value).ok().map(|()| line)
    }

    #[test]
    fn every_character_is_written_as_by_ron() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(written(&all).expect("a text is plain") == line_of_ron(&all), "a character is written in another way");
    }

    #[test]
    fn maps_and_characters_are_written_as_by_ron() {
        for chars in [vec!['a', '\'', '\\', '"', 'é', '\n', '\u{301}', '\u{200b}'], Vec::new()] {
            assert_eq!(written(&chars), Some(line_of_ron(&chars)));
            assert_eq!(ron::from_str(&line_of_ron(&chars)), Ok(chars));
        }
        let titles = std::collections::BTreeMap::from([("en", Some('t')), ("id", None)]);
        assert_eq!(written(&titles), Some(line_of_ron(&titles)));
        let none: [(u8, u8); 0] = [];
        let empty = std::collections::BTreeMap::from(none);
        assert_eq!(written(&empty), Some(line_of_ron(&empty)));
        let schema: crate::model::Schema =
            ron::from_str(include_str!("../../assets/schemas/trips.ron")).expect("it is RON");
        for label in &schema.labels {
            assert_eq!(written(label), Some(line_of_ron(label)));
        }
    }

    #[test]
    fn what_is_no_plain_value_is_left_to_ron() {
        #[derive(serde::Serialize)]
        struct Marked {
            #[serde(rename = "a-b")]
            field: u8,
        }
        #[derive(serde::Serialize)]
        struct Wrapped(u8);
        assert_eq!(written(&0.5), None);
        assert_eq!(written(&Marked { field: 1 }), None);
        assert_eq!(written(&Wrapped(1)), None);
        assert_eq!(written(&(-1, vec![(), ()], None::<u8>)).as_deref(), Some("(-1, [(), ()], None)"));
    }
}
