//! Figures of articles that are at hand, given one after the other.

use super::article::{Frame, measure};
use super::project::{ReportRequest, numbered, pairs};
use super::report::Report;
use super::table::{Columns, Entry};
use crate::model::{AnnotationSet, Article, Name, Schema};
use crate::text::Text;

/// Measures articles as they come, in the order in which they come; γ is left out.
#[derive(Debug)]
pub struct Tally {
    request: ReportRequest,
    columns: Columns,
    articles: Vec<Article>,
    entries: Vec<Entry>,
}

impl Tally {
    /// Nothing measured yet, of these annotators.
    #[must_use]
    pub fn new(annotators: Vec<Name>) -> Self {
        let request = ReportRequest { annotators, ..ReportRequest::default() };
        Self { request, columns: Columns::new(), articles: Vec::new(), entries: Vec::new() }
    }

    /// Whose sets are measured.
    #[must_use]
    pub fn annotators(&self) -> &[Name] {
        &self.request.annotators
    }

    /// Takes an article into account; a set is none where the annotator has not begun it.
    pub fn add(&mut self, schema: &Schema, article: &Article, text: &Text, sets: &[Option<&AnnotationSet>]) {
        let pairs = pairs(&self.request);
        let measured = measure(&Frame { schema, pairs: &pairs, gamma: false }, text, sets);
        let sets = sets.iter().map(|set| set.map(|set| (set.progress(), set.len()))).collect();
        self.entries.push(numbered(&mut self.columns, measured, Entry { sets, ..Entry::default() }));
        self.articles.push(article.clone());
    }

    /// What was measured.
    #[must_use]
    pub fn report(self, schema: &Schema) -> Report {
        let pairs = pairs(&self.request);
        Report::new(&self.request, pairs, schema, self.articles.iter(), self.columns, self.entries)
    }
}
