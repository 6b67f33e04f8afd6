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

/// A rejection as it stands among dismissals: the first digits of the text's digest, the label, the words and the source.
struct Kept<'a> {
    text: &'a str,
    label: &'a str,
    words: &'a str,
    source: Option<&'a str>,
}

/// Reads a rejection; none where something else was dismissed.
fn kept(of: &Dismissed) -> Option<Kept<'_>> {
    let Dismissed::Finding { code, about, .. } = of else { return None };
    match &about[..] {
        [text, label, words, rest @ ..] if code == CODE => {
            let source = if let [source] = rest { Some(&**source) } else { None };
            Some(Kept { text, label, words, source })
        }
        _ => None,
    }
}

/// Everything that a maker has rejected in an article.
#[must_use]
pub fn rejections(corpus: &Corpus, maker: &Name, article: &Article) -> BTreeSet<Rejection> {
    let here = digest(&article.sha256);
    let all = corpus.dismissals(maker).into_iter().flatten();
    let here = all.filter_map(|(_, dismissal)| kept(&dismissal.of)).filter(|it| it.text == here);
    here.map(|it| Rejection { label: Name::new(it.label), words: it.words.to_owned() }).collect()
}

/// The source and the label of a rejected suggestion.
pub(super) fn rejected_from(of: &Dismissed) -> Option<(Name, Name)> {
    let it = kept(of)?;
    Some((Name::new(it.source?), Name::new(it.label)))
}
