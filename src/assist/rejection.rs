//! Words that a person does not want suggested in an article, and the records by which that is remembered.

use std::collections::BTreeSet;

use crate::model::{Article, Corpus, Dismissed, Name, digest};

/// The kind of finding that a rejected suggestion is among a maker's dismissals.
const CODE: &str = "suggestion";

/// Words with a label that a person does not want in an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejection {
    /// The label.
    pub label: Name,
    /// The words.
    pub words: String,
}

impl Rejection {
    /// The thing that a maker dismisses by it. It names the text and not the number of its article, which may change.
    #[must_use]
    pub fn dismissed(&self, article: &Article, source: &Name) -> Dismissed {
        let text = digest(&article.sha256).to_owned();
        let about = vec![text, self.label.to_string(), self.words.clone(), source.to_string()];
        Dismissed::Finding { code: CODE.to_owned(), about, referents: Vec::new() }
    }
}

/// Everything that a maker has rejected in an article.
#[must_use]
pub fn rejections(corpus: &Corpus, maker: &Name, article: &Article) -> BTreeSet<Rejection> {
    let here = digest(&article.sha256);
    let all = corpus.dismissals(maker).into_iter().flatten();
    let rejection = |of: &Dismissed| match of {
        Dismissed::Finding { code, about, .. } if code == CODE => match &about[..] {
            [text, label, words, ..] if text == here => {
                Some(Rejection { label: Name::new(label), words: words.clone() })
            }
            _ => None,
        },
        Dismissed::Finding { .. } | Dismissed::Words { .. } => None,
    };
    all.filter_map(|(_, dismissal)| rejection(&dismissal.of)).collect()
}

/// The source and the label of a rejected suggestion.
pub(super) fn rejected_from(of: &Dismissed) -> Option<(Name, Name)> {
    match of {
        Dismissed::Finding { code, about, .. } if code == CODE => match &about[..] {
            [_, label, _, source] => Some((Name::new(source), Name::new(label))),
            _ => None,
        },
        Dismissed::Finding { .. } | Dismissed::Words { .. } => None,
    }
}
