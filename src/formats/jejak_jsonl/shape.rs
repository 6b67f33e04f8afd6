//! The shape of a line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::{ArticleId, Date, Id, LabelDef, Maker, Name, Project, SetKind, Timestamp, Titles};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    pub jejak_jsonl: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<SetLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectLine<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleLine<'a> {
    #[serde(borrow, default)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub title: Cow<'a, str>,
    #[serde(borrow, default)]
    pub publisher: Cow<'a, str>,
    #[serde(borrow, default)]
    pub published: Cow<'a, str>,
    #[serde(borrow, default)]
    pub url: Cow<'a, str>,
    #[serde(borrow, default)]
    pub language: Cow<'a, str>,
    #[serde(borrow, default)]
    pub source: Cow<'a, str>,
    #[serde(borrow, default)]
    pub source_sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    pub sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    pub offset_unit: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetLine<'a> {
    pub annotator: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SetKindLine>,
    #[serde(default)]
    pub progress: ProgressLine,
    #[serde(borrow, default)]
    pub annotations: Vec<AnnotationLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<ReferentLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionLine<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionLine<'a> {
    pub id: Id,
    pub slot: SlotLine,
    /// Which attribute or role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotation: Vec<Id>,
    pub of: Vec<KeyLine>,
    #[serde(borrow)]
    pub inputs: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SlotLine {
    Presence,
    Extent,
    Label,
    Attribute,
    Role,
    Identity,
}

/// A record by whose it is and what it is called.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyLine {
    pub of: Name,
    pub id: Id,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentLine<'a> {
    /// Whose comment it is.
    pub by: Name,
    pub id: Id,
    /// What it is about, in the project's line alone; else the line's article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<KeyLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<KeyLine>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworded: Option<Timestamp>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MarkLine {
    Resolved,
    Reopened,
}

#[derive(Serialize, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProgressLine {
    #[default]
    New,
    InProgress,
    Done,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationLine<'a> {
    #[serde(borrow, default)]
    pub id: Cow<'a, str>,
    pub label: Name,
    /// Written for readers outside; the schema decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindLine>,
    #[serde(borrow, default)]
    pub spans: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referent: Option<Id>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub drifted: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub drifted_roles: Vec<RoleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindLine {
    Entity,
    Frame,
    Zone,
    Document,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanLine<'a> {
    pub start: i64,
    pub end: i64,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeLine<'a> {
    pub name: Name,
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleLine<'a> {
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referent: Option<Id>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OriginLine<'a> {
    pub by: Name,
    pub at: Timestamp,
    pub via: ViaLine,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u16>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adopted: Vec<Name>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub reason: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub gap: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ViaLine {
    Hand,
    Import,
    Suggestion,
    Decision,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferentLine<'a> {
    pub id: Id,
    pub label: Name,
    #[serde(borrow, default)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub external: Vec<ExternalLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExternalLine<'a> {
    pub register: Name,
    #[serde(borrow)]
    pub id: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectLine<'a> {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub people: Vec<MakerLine>,
    /// The sets that are compared; none named means every person's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Name>,
    /// The rule by which a reading counts as agreed, as the command line has it.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub strategy: Cow<'a, str>,
    /// The adjudicated set that receives decisions.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub gold: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_sets: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelDef>,
    /// Referents that no article mentions.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<Referents<'a>>,
    /// Comments that are about no article.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentLine<'a>>,
}

/// A maker of sets: the name, and the kind of the sets where it is not the usual one of that name.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum MakerLine {
    Usual(Name),
    Of(KindOf),
}

impl From<MakerLine> for Maker {
    fn from(line: MakerLine) -> Self {
        match line {
            // Files that knew no kinds held the adjudicated set under this name alone.
            MakerLine::Usual(name) => Self { kind: Project::default().kind(&name), name },
            MakerLine::Of(KindOf { name, kind }) => Self { name, kind: kind.into() },
        }
    }
}

impl From<&Maker> for MakerLine {
    fn from(maker: &Maker) -> Self {
        match Project::default().kind(&maker.name) == maker.kind {
            true => Self::Usual(maker.name.clone()),
            false => Self::Of(KindOf { name: maker.name.clone(), kind: maker.kind.into() }),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindOf {
    pub name: Name,
    pub kind: SetKindLine,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SetKindLine {
    Person,
    Adjudicated,
    Model,
    Computed,
}

impl From<SetKindLine> for SetKind {
    fn from(kind: SetKindLine) -> Self {
        match kind {
            SetKindLine::Person => Self::Person,
            SetKindLine::Adjudicated => Self::Adjudicated,
            SetKindLine::Model => Self::Model,
            SetKindLine::Computed => Self::Computed,
        }
    }
}

impl From<SetKind> for SetKindLine {
    fn from(kind: SetKind) -> Self {
        match kind {
            SetKind::Person => Self::Person,
            SetKind::Adjudicated => Self::Adjudicated,
            SetKind::Model => Self::Model,
            SetKind::Computed => Self::Computed,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaLine {
    pub name: Name,
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Referents<'a> {
    pub annotator: Name,
    #[serde(borrow)]
    pub referents: Vec<ReferentLine<'a>>,
}
