//! Records on lines as [`super::ron_text::line`] writes them, read several times as fast as RON in general.
//!
//! Nearly all lines that are ever read were written by this program: one blank after a comma and a colon, none elsewhere,
//! no comments, no names of structs. They are read here; a line that is anything else, or that a record refuses, is left
//! to RON, which also says what is wrong.

use std::fmt::Display;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The record on a line; none where the line is left to RON.
pub(super) fn read<T: DeserializeOwned>(line: &str) -> Option<T> {
    let mut plain = Plain { rest: line };
    let record = T::deserialize(&mut plain).ok()?;
    plain.rest.is_empty().then_some(record)
}

/// The reason why a line is left to RON: it finds its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line that is left to RON")]
struct Left;

impl de::Error for Left {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Values within one another that are passed over; deeper ones are left to RON, which knows what is too deep.
const DEPTH: u8 = 40;

struct Plain<'de> {
    rest: &'de str,
}

impl<'de> Plain<'de> {
    fn take(&mut self, expected: &str) -> Result<(), Left> {
        self.rest = self.rest.strip_prefix(expected).ok_or(Left)?;
        Ok(())
    }

    /// Takes what is expected, if it is there.
    fn takes(&mut self, expected: &str) -> bool {
        self.take(expected).is_ok()
    }

    /// The characters up to the first of another kind; at least one.
    fn run(&mut self, fits: impl Fn(u8) -> bool) -> Result<&'de str, Left> {
        let end = self.rest.bytes().position(|byte| !fits(byte)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        if run.is_empty() { Err(Left) } else { Ok(run) }
    }

    fn name(&mut self) -> Result<&'de str, Left> {
        let name = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_')?;
        if name.starts_with(|c: char| c.is_ascii_digit()) { Err(Left) } else { Ok(name) }
    }

    fn number(&mut self) -> Result<&'de str, Left> {
        let digits = self.run(|byte| byte.is_ascii_digit())?;
        let plain = (digits.len() == 1 || !digits.starts_with('0')) && self.rest.starts_with([',', ')', ']']);
        if plain { Ok(digits) } else { Err(Left) }
    }

    /// The text between quotation marks: as it stands, or with its escapes resolved.
    fn text(&mut self) -> Result<Result<&'de str, String>, Left> {
        self.take("\"")?;
        let mut resolved: Option<String> = None;
        loop {
            let at = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Left)?;
            let (before, rest) = self.rest.split_at(at);
            if let Some(text) = &mut resolved {
                text.push_str(before);
            }
            if let Some(rest) = rest.strip_prefix('"') {
                self.rest = rest;
                return Ok(resolved.map_or(Ok(before), Err));
            }
            let escaped = match rest.as_bytes().get(1).ok_or(Left)? {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'"' => '"',
                b'\\' => '\\',
                _ => return Err(Left),
            };
            resolved.get_or_insert_with(|| before.to_owned()).push(escaped);
            self.rest = &rest[2..];
        }
    }

    /// Passes over a value of any kind that is within at most so many others.
    fn skip(&mut self, depth: u8) -> Result<(), Left> {
        let depth = depth.checked_sub(1).ok_or(Left)?;
        match self.rest.as_bytes().first().ok_or(Left)? {
            b'"' => self.text().map(drop),
            b'0'..=b'9' => self.number()?.parse::<u64>().map(drop).map_err(|_| Left),
            b'[' => self.skip_parts("[", "]", depth),
            b'(' => self.skip_parts("(", ")", depth),
            _ => match self.name()? {
                "true" | "false" | "None" if !self.rest.starts_with('(') => Ok(()),
                "Some" => {
                    self.take("(")?;
                    self.skip(depth)?;
                    self.take(")")
                }
                // In RON these are numbers and values of their own.
                name if ["true", "false", "None", "inf", "NaN"].iter().any(|own| name.starts_with(own)) => Err(Left),
                _ if self.rest.starts_with('(') => self.skip_parts("(", ")", depth),
                _ => Ok(()),
            },
        }
    }

    /// Passes over a list, a tuple, or a struct, where all or none have a name.
    fn skip_parts(&mut self, open: &str, close: &'static str, depth: u8) -> Result<(), Left> {
        let mut parts = Parts::new(self, open, close)?;
        let mut fields = (close == "]").then_some(false);
        while parts.more()? {
            let plain = &mut *parts.plain;
            let start = plain.rest;
            let named = plain.name().is_ok() && plain.takes(": ");
            if !named {
                plain.rest = start;
            }
            if *fields.get_or_insert(named) != named {
                return Err(Left);
            }
            plain.skip(depth)?;
        }
        self.take(close)
    }
}

/// Values up to a closing sign, parted by a comma and a blank.
struct Parts<'a, 'de> {
    plain: &'a mut Plain<'de>,
    close: &'static str,
    first: bool,
}

impl<'a, 'de> Parts<'a, 'de> {
    fn new(plain: &'a mut Plain<'de>, open: &str, close: &'static str) -> Result<Self, Left> {
        plain.take(open)?;
        Ok(Self { plain, close, first: true })
    }

    /// True where one more follows.
    fn more(&mut self) -> Result<bool, Left> {
        let first = std::mem::replace(&mut self.first, false);
        if self.plain.rest.starts_with(self.close) {
            return Ok(false);
        }
        if !first {
            self.plain.take(", ")?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Left;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Left> {
        if self.more()? { seed.deserialize(&mut *self.plain).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Left;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Left> {
        if !self.more()? {
            return Ok(None);
        }
        let name = self.plain.name()?;
        self.plain.take(": ")?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Left> {
        seed.deserialize(&mut *self.plain)
    }
}

struct Variant<'a, 'de>(&'a mut Plain<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Left;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Left> {
        let name = self.0.name()?;
        Ok((seed.deserialize(BorrowedStrDeserializer::new(name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Left;

    fn unit_variant(self) -> Result<(), Left> {
        if self.0.rest.starts_with('(') { Err(Left) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Left> {
        self.0.take("(")?;
        let value = seed.deserialize(&mut *self.0)?;
        self.0.take(")")?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Left> {
        self.0.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Left> {
        self.0.deserialize_struct("", fields, visitor)
    }
}

/// Reads whole numbers that have no sign.
macro_rules! numbers {
    ($($method:ident $visit:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
            visitor.$visit(self.number()?.parse().map_err(|_| Left)?)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Plain<'de> {
    type Error = Left;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Left> {
        Err(Left)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        match self.name()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Left),
        }
    }

    numbers! {
        deserialize_u8 visit_u8,
        deserialize_u16 visit_u16,
        deserialize_u32 visit_u32,
        deserialize_u64 visit_u64,
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        match self.text()? {
            Ok(text) => visitor.visit_borrowed_str(text),
            Err(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        if self.takes("None") {
            return visitor.visit_none();
        }
        self.take("Some(")?;
        let value = visitor.visit_some(&mut *self)?;
        self.take(")")?;
        Ok(value)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        let mut parts = Parts::new(self, "[", "]")?;
        let value = visitor.visit_seq(&mut parts)?;
        self.take("]")?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Left> {
        let mut parts = Parts::new(self, "(", ")")?;
        let value = visitor.visit_seq(&mut parts)?;
        self.take(")")?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Left> {
        let mut parts = Parts::new(self, "(", ")")?;
        let value = visitor.visit_map(&mut parts)?;
        self.take(")")?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Left> {
        visitor.visit_enum(Variant(self))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        self.skip(DEPTH)?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple_struct map identifier
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;
    use serde::{Deserialize, Serialize};

    use super::super::ron_text;
    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Item {
        id: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<(u32, u64, String)>,
        kind: Kind,
        #[serde(default)]
        sure: Option<u16>,
        #[serde(default)]
        done: bool,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    enum Kind {
        Bare,
        One(String),
        Two(u8, Vec<Kind>),
        Named { by: String, then: Option<Box<Item>> },
    }

    fn kind() -> impl Strategy<Value = Kind> {
        let leaf = prop_oneof![Just(Kind::Bare), text().prop_map(Kind::One)];
        leaf.prop_recursive(2, 8, 3, |inner| {
            let item = item_of(inner.clone()).prop_map(Box::new);
            prop_oneof![
                (any::<u8>(), prop::collection::vec(inner, 0..3)).prop_map(|(one, all)| Kind::Two(one, all)),
                (text(), prop::option::of(item)).prop_map(|(by, then)| Kind::Named { by, then }),
            ]
        })
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z\"\\\\\n\t',():\\[\\]é]{0,8}", any::<String>()]
    }

    fn item_of(kind: impl Strategy<Value = Kind>) -> impl Strategy<Value = Item> {
        let at = prop::collection::vec((any::<u32>(), any::<u64>(), text()), 0..3);
        (text(), at, kind, prop::option::of(any::<u16>()), any::<bool>()).prop_map(|(id, at, kind, sure, done)| Item {
            id,
            at,
            kind,
            sure,
            done,
        })
    }

    /// A line with a few characters taken out, put in or put twice.
    fn changed(line: &str, changes: &[(prop::sample::Index, char)]) -> String {
        let mut chars: Vec<char> = line.chars().collect();
        for (at, c) in changes {
            let at = at.index(chars.len() + 1);
            match c {
                '-' if at < chars.len() => drop(chars.remove(at)),
                '+' if at < chars.len() => chars.insert(at, chars[at]),
                c => chars.insert(at, *c),
            }
        }
        chars.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn what_is_written_is_read(item in item_of(kind())) {
            let line = ron_text::line(&item);
            prop_assert_eq!(&line, &ron_text::line_of_ron(&item));
            // An escape of an invisible character alone is left to RON.
            let plain = !line.contains("\\u") && !line.contains("\\0") && !line.contains("\\x") && !line.contains("\\'");
            if plain {
                prop_assert!(read::<IgnoredAny>(&line).is_some(), "{}", line);
                prop_assert_eq!(read::<Item>(&line), Some(item));
            }
        }

        #[test]
        fn what_is_read_is_what_ron_reads(
            item in item_of(kind()),
            changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select("-+,: ()[]\"\\0n/_".chars().collect::<Vec<_>>())), 1..4),
        ) {
            let line = changed(&ron_text::line(&item), &changes);
            if let Some(found) = read::<Item>(&line) {
                prop_assert_eq!(ron::from_str::<Item>(&line).ok(), Some(found), "{}", line);
            }
            if read::<IgnoredAny>(&line).is_some() {
                prop_assert!(ron::from_str::<IgnoredAny>(&line).is_ok(), "{}", line);
            }
        }
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_to_ron() {
        for (line, plain) in [
            (r#"(id: "a", kind: Bare)"#, true),
            (r#"(id: "a", at: [(1, 2, "b")], kind: Bare, sure: Some(3), done: true)"#, true),
            (r#"(id:"a", kind: Bare)"#, false),
            (r#"(id: "a", kind: Bare,)"#, false),
            (r#"(id: "a", kind: Bare) "#, false),
            (r#"Item(id: "a", kind: Bare)"#, false),
            (r#"(id: r"a", kind: Bare)"#, false),
            (r#"(id: "a", /* b */ kind: Bare)"#, false),
            (r#"(id: "a", at: [(0x1, 2, "b")], kind: Bare)"#, false),
            (r#"(id: "a", at: [(01, 2, "b")], kind: Bare)"#, false),
        ] {
            assert_eq!(read::<Item>(line).is_some(), plain, "{line}");
            assert!(ron::from_str::<Item>(line).is_ok(), "{line}");
        }
    }
    #[test]
    fn passed_over_is_what_ron_passes_over() {
        for (line, plain) in [
            (r#"(id: "a", at: [(1, 2, "b")], kind: One("c"), sure: Some(3), done: true, more: [], none: None)"#, true),
            (r#"[Two(1, [Bare]), Named(by: "a", then: Some((id: "b"))), ()]"#, true),
            (r#"(18446744073709551616)"#, false),
            (r#"(a, b: 1)"#, false),
            (r#"(a: 1, b)"#, false),
            (r#"[a: 1]"#, false),
            (r#"(Some(1, 2))"#, false),
            (r#"(Some())"#, false),
            (r#"(true(1))"#, false),
            (r#"(inf)"#, false),
            (r#"(-1)"#, false),
            (r#"{"a": 1}"#, false),
            (r#"(a: 1,)"#, false),
        ] {
            assert_eq!(read::<IgnoredAny>(line).is_some(), plain, "{line}");
            assert!(!plain || ron::from_str::<IgnoredAny>(line).is_ok(), "{line}");
        }
        let deep = |count: usize| format!("{}1{}", "[".repeat(count), "]".repeat(count));
        assert!(read::<IgnoredAny>(&deep(usize::from(DEPTH) - 1)).is_some());
        assert!(read::<IgnoredAny>(&deep(100_000)).is_none(), "it is not asked for more than there is room for");
    }
}
