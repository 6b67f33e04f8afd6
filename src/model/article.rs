use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};

use super::Name;
use crate::text::Text;

/// The name of an article in its project: `000`, `001`, … or another short name that is also a file name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ArticleId(Name);

impl ArticleId {
    /// An id of 1 to 64 characters of `0-9 A-Z a-z - _`; none where it could not be a file's name everywhere, or is
    /// `referents`, whose file has another meaning.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let fits = !text.is_empty() && text.len() <= 64 && text.chars().all(fits);
        (fits && text != "referents").then(|| Self(text.into()))
    }

    /// The id that the `index`-th article of a project gets: three digits at least.
    #[must_use]
    pub fn numbered(index: usize) -> Self {
        Self(format!("{index:03}").into())
    }
}

impl<'de> Deserialize<'de> for ArticleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is not an article id")))
    }
}

impl Deref for ArticleId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The first eight digits of a text's SHA-256, by which files and comments name it; all of one that is shorter.
#[must_use]
pub fn digest(sha256: &str) -> &str {
    sha256.get(..8).unwrap_or(sha256)
}

/// The facts known about an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its name in the project.
    pub id: ArticleId,
    /// Headline, or what stands for one.
    pub title: String,
    /// The text's file, relative to the project folder, with `/` between folders.
    pub file: String,
    /// SHA-256 of the normalised text, lower-case hexadecimal.
    pub sha256: String,
    /// Length in code points.
    pub chars: u32,
    /// Number of words (UAX #29).
    pub words: u32,
    /// The publisher; empty where unknown, like the fields below.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// The author, or several with commas between them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// The date, as a [`super::Date`] is written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub published: String,
    /// The place that it was written from, as its first line says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dateline: String,
    /// The place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// ISO 639-1 code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The file that it was read from, as the person gave it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// SHA-256 of that file's own bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_sha256: String,
}

impl Article {
    /// An article of which nothing is known but its text and the file that this is in.
    #[must_use]
    pub fn of(id: ArticleId, file: String, text: &Text) -> Self {
        Self {
            id,
            title: String::new(),
            file,
            sha256: text.sha256(),
            chars: text.chars(),
            words: u32::try_from(text.count_words()).unwrap_or(u32::MAX),
            publisher: String::new(),
            author: String::new(),
            published: String::new(),
            dateline: String::new(),
            url: String::new(),
            language: String::new(),
            source: String::new(),
            source_sha256: String::new(),
        }
    }

    /// True where title, publisher or id contain what a person looks for, whatever the case; nothing fits everything.
    #[must_use]
    pub fn fits(&self, wanted: &str) -> bool {
        let wanted = wanted.trim().to_lowercase();
        let contains = |field: &str| field.to_lowercase().contains(&wanted);
        wanted.is_empty() || contains(&self.title) || contains(&self.publisher) || contains(&self.id)
    }
}

/// The progress of an annotator with an article. Set by the annotator's own hand, never by an import or a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Progress {
    /// Nobody said anything yet.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// The annotator says that it is finished.
    Done,
}
