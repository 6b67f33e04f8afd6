//! CAS JSON 0.4.0: a file for each article with its types, feature structures and view.

use crate::key;
use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::marks::article;
use super::model::{Held, Structure};
use super::typesystem::{Type, Types};
use super::write::{Encode, SOFA, structures};
use super::{INFO, is_whole, reduce_page};
use crate::formats::json::json_error;
use crate::formats::parallel_read::files;
use crate::formats::{
    AnyWriter, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss, OffsetUnit,
    Pieces, Writer,
};

/// See the module.
pub(in crate::formats) struct CasJson;

static JSON: FormatInfo = FormatInfo {
    name: "cas-json",
    title: key!("format-cas-json"),
    extension: "json",
    reference: "https://github.com/apache/uima-uimaj-io-jsoncas#readme",
    notes: key!("format-cas-json-notes"),
    ..INFO
};

impl Format for CasJson {
    fn info(&self) -> &'static FormatInfo {
        &JSON
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_page(page, &INFO.capabilities, cx, loss, |record| is_whole(record, &cx.corpus.schema));
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let types = Types::of_schema(&cx);
        let json = types.json();
        Box::new(CasJsonWriter { cx, unit: cx.options.unit.unwrap_or(OffsetUnit::Utf16), types, json })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        files(source, source.with_extension(&["json"]), reading, out, |file, reading, out| {
            let content = source.text(file)?;
            let content = content.trim_start_matches('\u{feff}');
            let cas: File = serde_json::from_str(content).map_err(|error| json_error(&error))?;
            article(file, &cas.structures, OffsetUnit::Utf16, reading, out)
        });
    }
}

struct CasJsonWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
    /// Those of the schema, and what is written of them.
    types: Types,
    json: String,
}

/// Feature structures as they are written; a list of links is one of its own, after the one that refers to it.
struct CasStructures {
    bytes: Vec<u8>,
    list: Option<(Type, u32, u32, u32)>,
}

impl CasStructures {
    fn string(&mut self, text: &str) {
        serde_json::to_writer(&mut self.bytes, text).expect("a text can be written to memory");
    }

    fn name(&mut self, sign: &str, feature: &str) {
        self.bytes.extend_from_slice(b",\"");
        self.bytes.extend_from_slice(sign.as_bytes());
        self.bytes.extend_from_slice(feature.as_bytes());
        self.bytes.extend_from_slice(b"\":");
    }

    fn digits(&mut self, number: u32) {
        self.bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn open(&mut self, id: u32, kind: &str) {
        self.bytes.extend_from_slice(b",\n{\"%ID\":");
        self.digits(id);
        self.bytes.extend_from_slice(b",\"%TYPE\":\"");
        self.bytes.extend_from_slice(kind.as_bytes());
        self.bytes.push(b'"');
    }
}

impl Encode for CasStructures {
    fn begin(&mut self, id: u32, of: Type) {
        self.open(id, &of.name());
    }

    fn number(&mut self, feature: &str, number: u32) {
        self.name("", feature);
        self.digits(number);
    }

    fn text(&mut self, feature: &str, text: &str) {
        self.name("", feature);
        self.string(text);
    }

    fn flag(&mut self, feature: &str, flag: bool) {
        self.name("", feature);
        self.bytes.extend_from_slice(if flag { b"true" } else { b"false" });
    }

    fn reference(&mut self, feature: &str, id: u32) {
        self.name("@", feature);
        self.digits(id);
    }

    fn references(&mut self, feature: &str, of: Type, array: u32, first: u32, count: u32) {
        self.reference(feature, array);
        self.list = Some((of, array, first, count));
    }

    fn end(&mut self) {
        self.bytes.push(b'}');
        if let Some((of, array, first, count)) = self.list.take() {
            self.open(array, &format!("{}[]", of.name()));
            self.bytes.extend_from_slice(b",\"%ELEMENTS\":[");
            self.ids(first..first + count);
            self.bytes.extend_from_slice(b"]}");
        }
    }
}

impl CasStructures {
    fn ids(&mut self, ids: impl Iterator<Item = u32>) {
        for (index, id) in ids.enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            self.digits(id);
        }
    }
}

impl Writer for CasJsonWriter<'_> {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let schema = &self.cx.corpus.schema;
        let mut types = self.types.clone();
        let own = types.add(page, schema).then(|| types.json());
        let bytes = pieces.own("json");
        let mut out = CasStructures { bytes: std::mem::take(bytes), list: None };
        out.bytes.extend_from_slice(b"{\"%TYPES\":");
        out.bytes.extend_from_slice(own.as_ref().unwrap_or(&self.json).as_bytes());
        out.bytes.extend_from_slice(b",\n\"%FEATURE_STRUCTURES\":[\n{\"%ID\":");
        out.digits(SOFA);
        out.bytes.extend_from_slice(
            b",\"%TYPE\":\"uima.cas.Sofa\",\"sofaNum\":1,\"sofaID\":\"_InitialView\",\"mimeType\":\"text\",\"sofaString\":",
        );
        out.string(page.text.as_str());
        out.bytes.push(b'}');
        let members = structures(page, schema, self.unit, &mut out);
        out.bytes.extend_from_slice(b"\n],\n\"%VIEWS\":{\"_InitialView\":{\"%SOFA\":");
        out.digits(SOFA);
        out.bytes.extend_from_slice(b",\"%MEMBERS\":[");
        out.ids(members.into_iter());
        out.bytes.extend_from_slice(b"]}}}\n");
        *bytes = out.bytes;
        Ok(())
    }
}

// Reading.

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "%FEATURE_STRUCTURES")]
    structures: Structures<'a>,
}

/// A list of feature structures, or, as earlier versions had it, an object with one under each number.
struct Structures<'a>(Vec<Structure<'a>>);

impl<'a> std::ops::Deref for Structures<'a> {
    type Target = [Structure<'a>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Structures<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Vec<Structure<'de>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of feature structures")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = seq.next_element()? {
                    all.push(one);
                }
                Ok(all)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(id) = map.next_key::<Cow<'_, str>>()? {
                    let one: Structure<'de> = map.next_value()?;
                    all.push(Structure { id: id.parse().unwrap_or(one.id), ..one });
                }
                Ok(all)
            }
        }

        deserializer.deserialize_any(All).map(Structures)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Structure<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;

        impl<'de> Visitor<'de> for One {
            type Value = Structure<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a feature structure")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut one = Structure::default();
                while let Some(CasKey(key)) = map.next_key::<CasKey<'de>>()? {
                    let held = map.next_value::<CasValue<'de>>()?;
                    match (&*key, held) {
                        ("%ID", CasValue::Number(id)) => one.id = id,
                        ("%TYPE", CasValue::Text(kind)) => one.kind = kind,
                        ("%ELEMENTS", CasValue::Numbers(ids)) => one.features.push((key, Held::References(ids))),
                        (_, CasValue::Number(id)) if key.starts_with('@') => {
                            one.features.push((plain(key), Held::References(vec![id])));
                        }
                        (_, CasValue::Numbers(ids)) if key.starts_with('@') => {
                            one.features.push((plain(key), Held::References(ids)));
                        }
                        (_, CasValue::Number(number)) => one.features.push((plain(key), Held::Number(number))),
                        (_, CasValue::Text(text)) => one.features.push((plain(key), Held::Text(text))),
                        (_, CasValue::Texts(texts)) => one.features.push((plain(key), Held::Texts(texts))),
                        (_, CasValue::Numbers(_) | CasValue::Nothing) => {}
                    }
                }
                Ok(one)
            }
        }

        deserializer.deserialize_map(One)
    }
}

/// A feature's name without the sign that says what it holds.
fn plain(key: Cow<'_, str>) -> Cow<'_, str> {
    match key.starts_with(['@', '#', '^']) {
        false => key,
        true => match key {
            Cow::Borrowed(key) => key[1..].into(),
            Cow::Owned(key) => key[1..].to_owned().into(),
        },
    }
}

#[derive(Deserialize)]
struct CasKey<'a>(#[serde(borrow)] Cow<'a, str>);

/// The content of a feature in JSON.
enum CasValue<'a> {
    Nothing,
    Number(i64),
    Text(Cow<'a, str>),
    Numbers(Vec<i64>),
    Texts(Vec<Cow<'a, str>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for CasValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = CasValue<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("what a feature holds")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(CasValue::Nothing)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(CasValue::Text(if flag { "true" } else { "false" }.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(CasValue::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(number).map_or_else(|_| CasValue::Text(number.to_string().into()), CasValue::Number))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(CasValue::Text(number.to_string().into()))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(CasValue::Text(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(CasValue::Text(text.to_owned().into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let (mut numbers, mut texts) = (Vec::new(), Vec::new());
                while let Some(one) = seq.next_element::<CasValue<'de>>()? {
                    match one {
                        CasValue::Number(number) => numbers.push(number),
                        CasValue::Text(text) => texts.push(text),
                        CasValue::Nothing | CasValue::Numbers(_) | CasValue::Texts(_) => {}
                    }
                }
                Ok(if texts.is_empty() { CasValue::Numbers(numbers) } else { CasValue::Texts(texts) })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(CasValue::Nothing)
            }
        }

        deserializer.deserialize_any(Any)
    }
}
