//! Capabilities of a format.

use crate::model::Kind;

/// Capabilities of a format; what it has no room for is reduced away before it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// The fields of [`super::ArticleMetadata`].
    pub metadata: &'static [&'static str],
    /// Annotators' progress.
    pub progress: bool,
    /// Annotations of labels of these kinds.
    pub kinds: &'static [Kind],
    /// Entities, frames and zones without a span.
    pub spanless: bool,
    /// Annotations of several fragments.
    pub fragments: bool,
    /// Attributes.
    pub attributes: bool,
    /// Roles filled by annotations.
    pub roles: bool,
    /// Roles filled by bare words.
    pub role_words: bool,
    /// Roles filled by values.
    pub role_values: bool,
    /// Referents, and which annotations are about them.
    pub referents: bool,
    /// Records that annotators keep beside their referents.
    pub beside: bool,
    /// Judgements about two referents, of those records.
    pub judgements: bool,
    /// Notes.
    pub notes: bool,
    /// The origin of a record: who made it, when and how.
    pub provenance: bool,
    /// Ids of records.
    pub ids: bool,
    /// Fragments that have drifted.
    pub drift: bool,
    /// Comments.
    pub comments: bool,
    /// Decisions of review.
    pub decisions: bool,
    /// The project's settings and the definitions of its labels.
    pub project: bool,
}

impl Capabilities {
    /// Every kind of label.
    pub const ALL_KINDS: &'static [Kind] = &[Kind::Entity, Kind::Frame, Kind::Zone, Kind::Document];
    /// Every field of what is known about an article.
    pub const ALL_METADATA: &'static [&'static str] =
        &["title", "publisher", "author", "published", "dateline", "url", "language", "source", "source_sha256"];

    /// Room for everything.
    pub const EVERYTHING: Self = Self {
        metadata: Self::ALL_METADATA,
        progress: true,
        kinds: Self::ALL_KINDS,
        spanless: true,
        fragments: true,
        attributes: true,
        roles: true,
        role_words: true,
        role_values: true,
        referents: true,
        beside: true,
        judgements: true,
        notes: true,
        provenance: true,
        ids: true,
        drift: true,
        comments: true,
        decisions: true,
        project: true,
    };

    /// Room for spans with labels alone.
    pub const SPANS: Self = Self {
        metadata: &[],
        progress: false,
        kinds: Self::ALL_KINDS,
        spanless: false,
        fragments: false,
        attributes: false,
        roles: false,
        role_words: false,
        role_values: false,
        referents: false,
        beside: false,
        judgements: false,
        notes: false,
        provenance: false,
        ids: false,
        drift: false,
        comments: false,
        decisions: false,
        project: false,
    };

    /// All that is annotated, without the work on it: for tables of rows.
    pub const ANNOTATIONS: Self = Self {
        drift: false,
        comments: false,
        decisions: false,
        project: false,
        beside: false,
        judgements: false,
        ..Self::EVERYTHING
    };

    /// Returns the capabilities in words, for people.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let metadata = if self.metadata.is_empty() { "" } else { "metadata" };
        let kind = |kind, word| if self.kinds.contains(&kind) { word } else { "" };
        let flag = |flag, word| if flag { word } else { "" };
        let words = [
            kind(Kind::Entity, "mentions"),
            kind(Kind::Frame, "frames"),
            kind(Kind::Zone, "zones"),
            kind(Kind::Document, "document labels"),
            flag(self.fragments, "fragments"),
            flag(self.spanless, "records without span"),
            flag(self.attributes, "attributes"),
            flag(self.roles, "roles"),
            flag(self.role_words, "bare words in roles"),
            flag(self.role_values, "values in roles"),
            flag(self.referents, "referents"),
            flag(self.beside, "records about two referents"),
            flag(self.judgements && !self.beside, "judgements"),
            flag(self.notes, "notes"),
            flag(self.provenance, "provenance"),
            metadata,
            flag(self.ids, "ids"),
            flag(self.progress, "progress"),
            flag(self.drift, "drift"),
            flag(self.comments, "comments"),
            flag(self.decisions, "decisions"),
            flag(self.project, "project"),
        ];
        words.into_iter().filter(|word| !word.is_empty()).collect()
    }
}
