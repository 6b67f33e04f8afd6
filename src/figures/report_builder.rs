//! Figures of articles that are at hand, given one after the other.

use super::article::{ArticleMeasure, Frame, measure};
use super::part;
use super::project::numbered;
use super::report::Report;
use super::request::{ReportRequest, pairs};
use super::table::{ArticleSums, Columns};
use super::zones::ZoneText;
use crate::model::{AnnotationSet, Article, Name, Progress, Schema};
use crate::text::Text;

/// Measures articles as they come, in the order in which they come; γ is left out.
#[derive(Debug)]
pub struct ReportBuilder {
    request: ReportRequest,
    columns: Columns,
    articles: Vec<Article>,
    entries: Vec<ArticleSums>,
}

/// The sums of one article, and the sets that they were taken from.
#[derive(Debug)]
pub struct ArticleSample {
    measured: ArticleMeasure,
    sets: Vec<Option<(Progress, usize)>>,
    day: String,
}

impl ReportBuilder {
    /// Nothing measured yet, of these annotators.
    #[must_use]
    pub fn new(annotators: Vec<Name>) -> Self {
        let request = ReportRequest { annotators, ..ReportRequest::default() };
        Self { request, columns: Columns::new(), articles: Vec::new(), entries: Vec::new() }
    }

    /// The same with a choice whether text in zones counts.
    #[must_use]
    pub fn with_zones(mut self, zones: ZoneText) -> Self {
        self.request.zones = zones;
        self
    }

    /// The same with the chance level of frames.
    #[must_use]
    pub fn with_chance(mut self) -> Self {
        self.request.chance = true;
        self
    }

    /// The annotators whose sets are measured.
    #[must_use]
    pub fn annotators(&self) -> &[Name] {
        &self.request.annotators
    }

    /// Measures an article, on any thread; a set is none where the annotator has not begun it.
    #[must_use]
    pub fn measure(&self, schema: &Schema, text: &Text, sets: &[Option<&AnnotationSet>]) -> ArticleSample {
        let pairs = pairs(&self.request);
        let ReportRequest { zones, chance, .. } = self.request;
        let frame = Frame { schema, pairs: &pairs, gamma: false, zones, evaluation: false, chance };
        let measured = measure(&frame, text, sets, None);
        let day = part::day(sets);
        ArticleSample {
            measured,
            day,
            sets: sets.iter().map(|set| set.map(|set| (set.progress(), set.len()))).collect(),
        }
    }

    /// Takes what was measured of an article into account.
    pub fn add(&mut self, article: &Article, sample: ArticleSample) {
        let entry = ArticleSums { sets: sample.sets, day: sample.day, ..ArticleSums::default() };
        self.entries.push(numbered(&mut self.columns, sample.measured, entry));
        self.articles.push(article.clone());
    }

    /// The report.
    #[must_use]
    pub fn report(self, schema: &Schema) -> Report {
        let pairs = pairs(&self.request);
        Report::new(&self.request, pairs, schema, self.articles.iter(), self.columns, self.entries)
    }
}
