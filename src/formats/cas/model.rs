//! A CAS as either file has it.

use std::borrow::Cow;

/// A feature structure.
#[derive(Debug, Default)]
pub(in crate::formats) struct Structure<'a> {
    pub id: i64,
    /// Its type, with namespace.
    pub kind: Cow<'a, str>,
    pub features: Vec<(Cow<'a, str>, Held<'a>)>,
}

/// The content of a feature.
#[derive(Debug, Clone)]
pub(in crate::formats) enum Held<'a> {
    Text(Cow<'a, str>),
    Number(i64),
    Texts(Vec<Cow<'a, str>>),
    References(Vec<i64>),
}

impl<'a> Structure<'a> {
    pub(in crate::formats) fn held(&self, feature: &str) -> Option<&Held<'a>> {
        self.features.iter().find(|(name, _)| name == feature).map(|(_, held)| held)
    }

    pub(super) fn text(&self, feature: &str) -> Option<&str> {
        match self.held(feature)? {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number, or the one feature structure that is referred to.
    pub(in crate::formats) fn number(&self, feature: &str) -> Option<i64> {
        match self.held(feature)? {
            Held::Number(number) => Some(*number),
            Held::Text(text) => text.parse().ok(),
            Held::References(ids) => ids.first().copied(),
            Held::Texts(_) => None,
        }
    }

    /// Its type without namespace.
    pub(super) fn short(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }
}
