//! The places of a label: every annotation with it, of all sets, in its words.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::edit::AnnotationKey;
use crate::model::{AnnotationSet, Article, Name};
use crate::say::one_line;
use crate::store::Snapshot;
use crate::text::{Anchor, Span, Text};

/// An annotation with its words and what stands around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelPlace {
    /// The annotation.
    pub key: AnnotationKey,
    /// Its words; empty where it has none.
    pub words: String,
    /// The words with what stands before and after them, on one line.
    pub line: String,
}

/// Every annotation with a label, by article, maker and place; those of sets that cannot be read are left out.
#[must_use]
pub fn places(project: &Snapshot, label: &Name) -> Vec<LabelPlace> {
    let (corpus, loader, makers) = (project.corpus(), project.loader(), project.makers());
    let of_article = |article: &Arc<Article>| {
        let mut all = Vec::new();
        let mut add = |text: &Text, maker: &Name, set: &AnnotationSet| {
            for record in set.iter().filter(|record| record.label == *label) {
                let (words, line) = in_words(text, &record.at);
                all.push(LabelPlace { key: (article.id.clone(), maker.clone(), record.id), words, line });
            }
        };
        let mut lacking = makers.clone();
        if let Some(text) = corpus.text(&article.id) {
            lacking.retain(|maker| corpus.set(&article.id, maker).map(|set| add(text, maker, set)).is_none());
        }
        if !lacking.is_empty()
            && let Ok(loaded) = loader.read(article, &lacking)
        {
            let found = lacking.iter().filter_map(|maker| Some((maker, loaded.found(maker)?)));
            found.for_each(|(maker, set)| add(loaded.text(), maker, set));
        }
        all
    };
    let each: Vec<Vec<LabelPlace>> = corpus.articles().par_iter().map(of_article).collect();
    each.into_iter().flatten().collect()
}

fn in_words(text: &Text, at: &[Span]) -> (String, String) {
    let (Some(first), Some(last)) = (at.first(), at.last()) else { return Default::default() };
    let words: Vec<&str> = at.iter().map(|span| text.slice(*span)).collect();
    let words = one_line(&words.join(" … "));
    let Anchor { before, after, .. } = Anchor::of(text, Span::new(first.start, last.end));
    let line = format!("…{}[{words}]{}…", one_line(&before), one_line(&after));
    (words, line)
}
