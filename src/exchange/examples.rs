//! Some annotations of an import, for whoever looks before anything comes in.

use crate::formats::ExchangeDocument;
use crate::model::{Annotation, Name};
use crate::text::Text;

/// Examples of each kind, and code points of the words of one.
const MOST: usize = 10;
const WORDS: usize = 60;

/// Examples of annotations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examples {
    /// Those that stand at their words.
    pub placed: Vec<PlacedExample>,
    /// Those whose words are not where the files say.
    pub unplaced: Vec<PlacedExample>,
    /// The number of all that have no place.
    pub without_place: usize,
}

/// An annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedExample {
    /// The label in the files.
    pub label: Name,
    /// Its words, on one line.
    pub words: String,
    /// The name of its article in the files.
    pub article: String,
}

impl Examples {
    /// The first annotations of pages, from as many pages as there are.
    pub(super) fn of(pages: &[ExchangeDocument]) -> Self {
        let mut examples = Self::default();
        let share = MOST.div_ceil(pages.len().max(1));
        for page in pages {
            let mut of_page = 0;
            for record in page.sets.iter().flat_map(|layer| &layer.records) {
                if record.drift.is_some() {
                    examples.without_place += 1;
                    if examples.unplaced.len() < MOST {
                        examples.unplaced.push(PlacedExample::of(page, record));
                    }
                } else if examples.placed.len() < MOST && of_page < share && !record.at.is_empty() {
                    examples.placed.push(PlacedExample::of(page, record));
                    of_page += 1;
                }
            }
        }
        examples
    }
}

impl PlacedExample {
    fn of(page: &ExchangeDocument, record: &Annotation) -> Self {
        let said = match &record.drift {
            Some(drift) => {
                drift.spans.iter().chain(drift.roles.iter().map(|(_, span)| span)).map(|span| &*span.quote).collect()
            }
            None => words(&page.text, record),
        };
        let words = said.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ");
        let article = if page.id.is_empty() { page.file.clone() } else { page.id.clone() };
        Self { label: record.label.clone(), words: words.chars().take(WORDS).collect(), article }
    }
}

fn words<'t>(text: &'t Text, record: &Annotation) -> Vec<&'t str> {
    record.at.iter().map(|span| text.slice(*span)).collect()
}
