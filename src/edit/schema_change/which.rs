use std::collections::BTreeSet;

use crate::model::{Annotation, ArticleId, Id, Name, SetKey};

/// An annotation of a project: its set and its id.
pub type AnnotationKey = (ArticleId, Name, Id);

/// The annotations of a label that a split is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Those with this value of an attribute.
    Value {
        /// The attribute.
        attribute: Name,
        /// The value.
        value: String,
    },
    /// These.
    Ticked(BTreeSet<AnnotationKey>),
}

impl Which {
    /// Says whether it means an annotation of a set.
    pub(super) fn has(&self, (article, annotator): &SetKey, record: &Annotation) -> bool {
        match self {
            Self::Value { attribute, value } => record.attribute_values(attribute).any(|it| it == value),
            Self::Ticked(ticked) => ticked.contains(&(article.clone(), annotator.clone(), record.id)),
        }
    }
}
