use serde::Serialize;

use crate::lang::{InWords, Message};
use crate::{in_english, message};

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the data can be used.
    Warning,
    /// Something is wrong with the data.
    Error,
}

/// Something wrong in a project, said in one sentence and with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// The severity.
    pub severity: Severity,
    /// The kind, for filters: `duplicate-id`, `quote-differs`, ….
    pub code: &'static str,
    /// The file, relative to the project folder.
    pub file: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The article.
    pub article: Option<String>,
    /// The annotation or referent.
    pub annotation: Option<String>,
    /// One sentence for a person.
    pub message: Message,
}

impl Problem {
    /// An error of kind `code`, its place still unsaid.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<Message>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            file: None,
            line: None,
            article: None,
            annotation: None,
            message: message.into(),
        }
    }

    /// A warning of kind `code`, its place still unsaid.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<Message>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same in this file and line.
    #[must_use]
    pub fn at(mut self, file: &str, line: Option<u32>) -> Self {
        self.file = Some(file.to_owned());
        self.line = line;
        self
    }

    /// The same about this article, and this annotation of it where one is meant.
    #[must_use]
    pub fn about(mut self, article: &str, annotation: Option<String>) -> Self {
        self.article = Some(article.to_owned());
        self.annotation = annotation;
        self
    }

    /// The file and line, as they stand before a message.
    #[must_use]
    pub fn place(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{file}:{line}: "),
            (Some(file), None) => format!("{file}: "),
            (None, _) => String::new(),
        }
    }
}

impl InWords for Problem {
    fn in_words(&self) -> Message {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => message!("line-why", file = file, line = line, why = self.message),
            (Some(file), None) => message!("file-why", file = file, why = self.message),
            (None, _) => self.message.clone(),
        }
    }
}

in_english!(Problem);
