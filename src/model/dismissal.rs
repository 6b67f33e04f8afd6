use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Id, Origin, Quote};

/// A person's statement that a place needs no mark, or that something which looks inconsistent is right, kept so that it is not
/// asked again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Dismissal {
    /// Its name among its maker's dismissals.
    pub id: Id,
    /// The thing that is dismissed.
    pub of: Dismissed,
    /// The statement of the person about it.
    pub note: String,
    /// The person who said it, and when.
    pub origin: Origin,
}

/// The thing that a dismissal is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dismissed {
    /// Words of an article, which are not a hit of any search.
    Words {
        /// The article.
        article: ArticleId,
        /// The first digits of the SHA-256 of its text, by which it is found again where it has another number now.
        digest: String,
        /// The place and the words.
        at: Quote,
    },
    /// A finding about consistency, which is right as it stands; or a suggestion that is not wanted, whose code is `suggestion` and
    /// which is about the first digits of the SHA-256 of the text, the label, the words and the source.
    Finding {
        /// The kind of finding.
        code: String,
        /// The words or names that tell it from others of its kind, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<String>,
        /// The referents that it is about.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        referents: Vec<Id>,
    },
}

/// One annotator's dismissals, by id.
pub type Dismissals = BTreeMap<Id, Arc<Dismissal>>;

impl Dismissal {
    /// A new dismissal.
    #[must_use]
    pub fn new(of: Dismissed, origin: Origin) -> Self {
        Self { id: Id::random(), of, note: String::new(), origin }
    }
}
