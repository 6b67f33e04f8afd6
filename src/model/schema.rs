//! The labels: labels, their attributes and their roles. Read from RON, so the types say how the file looks.

use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Name;

/// A text in several languages: ISO 639-1 code and text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Titles(BTreeMap<String, String>);

impl Titles {
    /// One text, in English.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(BTreeMap::from([("en".to_owned(), text.to_owned())]))
    }

    /// In `language`, else in English, else in any; empty where there is none.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let any = || self.0.values().next();
        self.0.get(language).or_else(|| self.0.get("en")).or_else(any).map_or("", String::as_str)
    }

    /// The text of just this language; empty where there is none.
    #[must_use]
    pub fn said(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }

    /// Says it in a language; an empty text takes the language away.
    pub fn set(&mut self, language: &str, text: &str) {
        match text.is_empty() {
            true => drop(self.0.remove(language)),
            false => drop(self.0.insert(language.to_owned(), text.to_owned())),
        }
    }

    /// In `language` as far as there is a text, else the name of what has none.
    fn or<'a>(&'a self, language: &str, name: &'a Name) -> &'a str {
        Some(self.get(language)).filter(|title| !title.is_empty()).unwrap_or(name)
    }

    /// The texts of all languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// True where no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Everything that an annotation project can mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Version of the file's format: [`Schema::VERSION`].
    pub jejak_schema: u32,
    /// The name of the schema: `trips`.
    pub name: Name,
    /// For people.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
    /// True where each import adds the labels that its files have, under their names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: bool,
    /// The labels, in the order in which they are offered.
    pub labels: Vec<LabelDef>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The behaviour of a label's annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A mention: a span, no roles.
    Entity,
    /// A trip, a claim or another event frame: roles, shown as a card; its span (trigger) may be absent.
    Frame,
    /// Text that does not count, drawn dimmed.
    Zone,
    /// A statement about the whole article: no span.
    Document,
}

impl Kind {
    /// Its name for other programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Frame => "frame",
            Self::Zone => "zone",
            Self::Document => "document",
        }
    }
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelDef {
    /// Its name in files.
    pub name: Name,
    /// The behaviour of its annotations.
    pub kind: Kind,
    /// For people.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
    /// A sentence of guideline.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub guide: Titles,
    /// The key that labels with it: one character, a capital meaning Shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// The colour.
    pub colors: Colors,
    /// The pattern, so that colour is never the only cue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Pattern,
    /// The further statements of each annotation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeDef>,
    /// The slots of a frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleDef>,
    /// Names that it had before, by which files of other programs may still call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// The name of the field in formats and data sets of the literature.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docs: BTreeMap<String, String>,
}

/// A colour for the light and one for the dark theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// On a light ground.
    pub light: Color,
    /// On a dark ground.
    pub dark: Color,
}

/// Red, green and blue; in files `"#1f77b4"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [r, g, b] = self.0;
        serializer.collect_str(&format_args!("#{r:02x}{g:02x}{b:02x}"))
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let error = || serde::de::Error::custom(format!("\"{text}\" is not a colour: write \"#1f77b4\""));
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(error)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| error())?;
        Ok(Self([(value >> 16) as u8, (value >> 8) as u8, value as u8]))
    }
}

/// The way in which the bar under a span is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[allow(missing_docs)] // Each name is its own description.
pub enum Pattern {
    #[default]
    Solid,
    Dashed,
    Dotted,
    Double,
    Wavy,
    Thick,
    DashDot,
}

/// Something more that is said of an annotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeDef {
    /// Its name in files.
    pub name: Name,
    /// For people.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
    /// A sentence of guideline.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub guide: Titles,
    /// The possible values.
    pub kind: AttributeKind,
    /// True where an annotation without it is incomplete.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// True where its values stand in an order, as on a scale: the further apart two of them are, the more they differ.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// Names that it had before, by which files of other programs may still call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// The name of the field in formats and data sets of the literature.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docs: BTreeMap<String, String>,
}

/// The kinds of attributes. In files every value is a text; a flag is `yes` where it is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// One of these.
    Choice(Vec<ChoiceDef>),
    /// Set or not.
    Flag,
    /// Free text.
    Text,
    /// A date as in [`super::Date`].
    Date,
}

impl AttributeKind {
    /// The value of a flag that is set.
    pub const SET: &'static str = "yes";
}

/// The sense of a value to tables over many articles, which know no value by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sense {
    /// It has not begun: planned, expected.
    Ahead,
    /// It has begun.
    Underway,
    /// It has come about.
    Over,
    /// It does not come about, or did not: cancelled, denied.
    Off,
    /// It says that something is so.
    Affirms,
    /// It says that something is not so.
    Denies,
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceDef {
    /// Its name in files.
    pub name: Name,
    /// For people.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
    /// A sentence of guideline.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub guide: Titles,
    /// Names that it had before, by which files of other programs may still call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// The sense of it to tables over many articles, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sense: Option<Sense>,
}

impl ChoiceDef {
    /// A value of this name, of which nothing else is said.
    #[must_use]
    pub fn named(name: Name) -> Self {
        Self { name, title: Titles::default(), guide: Titles::default(), aliases: Vec::new(), sense: None }
    }
}

/// One slot of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDef {
    /// Its name in files.
    pub name: Name,
    /// For people.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
    /// A sentence of guideline.
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub guide: Titles,
    /// The key that arms it while its card is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// Labels that may fill it. Words that are selected for it become an annotation of the one entity label among them; where
    /// there are several, a person says which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fillers: Vec<Name>,
    /// True where bare words may fill it, without an annotation of their own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spans: bool,
    /// Values that may fill it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueKind>,
    /// The number of fillers that it takes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cardinality: Cardinality,
    /// True where the order of its fillers means something (legs of a tour).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// Names that it had before, by which files of other programs may still call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// The name of the field in formats and data sets of the literature.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docs: BTreeMap<String, String>,
}

/// A kind of value that may fill a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ValueKind {
    /// [`super::Value::Date`].
    Date,
    /// [`super::Value::Text`].
    Text,
}

/// The number of fillers that a role takes; in files `"1"`, `"?"`, `"+"`, `"*"` or `"{2}"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cardinality {
    /// Fewer make the frame incomplete.
    pub least: u8,
    /// More are an error; none where any number will do.
    pub most: Option<u8>,
}

impl fmt::Display for Cardinality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (1, Some(1)) => f.write_str("1"),
            (0, Some(1)) => f.write_str("?"),
            (1, None) => f.write_str("+"),
            (0, None) => f.write_str("*"),
            (n, Some(m)) if n == m => write!(f, "{{{n}}}"),
            (n, m) => write!(f, "{{{n},{}}}", m.map_or(String::new(), |m| m.to_string())),
        }
    }
}

impl FromStr for Cardinality {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let exactly = |text: &str| text.parse::<u8>().ok();
        let parsed = match text {
            "1" => Some((1, Some(1))),
            "?" => Some((0, Some(1))),
            "+" => Some((1, None)),
            "*" => Some((0, None)),
            _ => text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).and_then(|inner| {
                match inner.split_once(',') {
                    None => exactly(inner).map(|n| (n, Some(n))),
                    Some((n, "")) => exactly(n).map(|n| (n, None)),
                    Some((n, m)) => Some((exactly(n)?, Some(exactly(m)?))),
                }
            }),
        };
        match parsed {
            Some((least, most)) if most.is_none_or(|most| most >= least.max(1)) => Ok(Self { least, most }),
            _ => Err(format!("\"{text}\" is not a cardinality: write \"1\", \"?\", \"+\", \"*\" or \"{{2}}\"")),
        }
    }
}

impl Serialize for Cardinality {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cardinality {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A schema that contradicts itself, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct SchemaError {
    /// The schema.
    pub schema: String,
    /// The label that is wrong, counted from 0, and the part of it where it is one.
    pub at: Option<(usize, Option<SchemaPart>)>,
    /// The problem.
    pub what: Message,
}

/// An attribute or role of a label, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaPart {
    /// An attribute.
    Attribute(usize),
    /// A role.
    Role(usize),
}

impl InWords for SchemaError {
    fn in_words(&self) -> Message {
        message!("schema-wrong", schema = self.schema, what = self.what)
    }
}

in_english!(SchemaError);

impl Schema {
    /// The version of the format that this program writes and the newest that it reads.
    pub const VERSION: u32 = 1;

    /// The schema that a project gets where none is named: entities, trips, claims and zones of news articles.
    #[must_use]
    pub fn trips() -> Self {
        let text = include_str!("../../assets/schemas/trips.ron");
        ron::from_str(text).expect("the schema that comes with the program is held by tests")
    }

    /// The label of this name.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&LabelDef> {
        self.labels.iter().find(|label| label.name == *name)
    }

    /// The label that this key gives.
    #[must_use]
    pub fn label_of_key(&self, key: char) -> Option<&LabelDef> {
        self.labels.iter().find(|label| label.key == Some(key))
    }

    /// The kind of a label; a label that the schema does not know counts as an entity.
    #[must_use]
    pub fn kind(&self, label: &str) -> Kind {
        self.label(label).map_or(Kind::Entity, |label| label.kind)
    }

    /// True where an annotation may have this label: what has no words is no mention and no zone.
    #[must_use]
    pub fn may_be(&self, record: &super::Annotation, label: &str) -> bool {
        let words = !record.at.is_empty() || record.drift.is_some();
        words || matches!(self.kind(label), Kind::Frame | Kind::Document)
    }

    /// Looks for contradictions: names or keys given twice, roles filled by labels that are not there, choices without
    /// values.
    ///
    /// # Errors
    /// The first contradiction that is found.
    pub fn validate(&self) -> Result<(), SchemaError> {
        let error = |at: usize, part: Option<SchemaPart>, what: Message| {
            Err(SchemaError { schema: self.name.to_string(), at: Some((at, part)), what })
        };
        let (attribute_at, role_at) = (|at| Some(SchemaPart::Attribute(at)), |at| Some(SchemaPart::Role(at)));
        if let Some((at, name)) = twice(self.labels.iter().map(|label| Some(label.name.to_string()))) {
            return error(at, None, message!("schema-label-twice", name = name));
        }
        if let Some((at, key)) = twice(self.labels.iter().map(|label| label.key.map(String::from))) {
            return error(at, None, message!("schema-key-twice", key = key));
        }
        let kinds: HashMap<&str, Kind> = self.labels.iter().map(|label| (&*label.name, label.kind)).collect();
        for (number, label) in self.labels.iter().enumerate() {
            let at = &label.name;
            if !label.roles.is_empty() && label.kind != Kind::Frame {
                return error(number, None, message!("schema-roles", at = at));
            }
            if let Some((part, name)) = twice(label.attributes.iter().map(|attribute| Some(attribute.name.to_string())))
            {
                return error(number, attribute_at(part), message!("schema-attribute-twice", at = at, name = name));
            }
            if let Some((part, name)) = twice(label.roles.iter().map(|role| Some(role.name.to_string()))) {
                return error(number, role_at(part), message!("schema-role-twice", at = at, name = name));
            }
            if let Some((part, key)) = twice(label.roles.iter().map(|role| role.key.map(String::from))) {
                return error(number, role_at(part), message!("schema-role-key-twice", at = at, key = key));
            }
            for (part, attribute) in label.attributes.iter().enumerate() {
                if matches!(&attribute.kind, AttributeKind::Choice(choices) if choices.is_empty()) {
                    let what = message!("schema-no-values", name = attribute.name, at = at);
                    return error(number, attribute_at(part), what);
                }
            }
            for (part, role) in label.roles.iter().enumerate() {
                if let Some(filler) = role.fillers.iter().find(|filler| !kinds.contains_key(&***filler)) {
                    let what = message!("schema-not-a-label", name = role.name, at = at, filler = filler);
                    return error(number, role_at(part), what);
                }
                if role.fillers.is_empty() && !role.spans && role.values.is_empty() {
                    return error(number, role_at(part), message!("schema-no-filler", name = role.name, at = at));
                }
            }
        }
        Ok(())
    }
}

/// The first name that comes a second time, and its number, from 0.
fn twice(names: impl Iterator<Item = Option<String>>) -> Option<(usize, String)> {
    let mut seen = HashSet::new();
    names.enumerate().filter_map(|(at, name)| Some((at, name?))).find(|(_, name)| !seen.insert(name.clone()))
}

impl LabelDef {
    /// Its title in a language, else its name.
    #[must_use]
    pub fn called(&self, language: &str) -> &str {
        self.title.or(language, &self.name)
    }

    /// The role of this name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&RoleDef> {
        self.roles.iter().find(|role| role.name == *name)
    }

    /// The attribute of this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&AttributeDef> {
        self.attributes.iter().find(|attribute| attribute.name == *name)
    }
}

impl RoleDef {
    /// Its title in a language, else its name.
    #[must_use]
    pub fn called(&self, language: &str) -> &str {
        self.title.or(language, &self.name)
    }
}
