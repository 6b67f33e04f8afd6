//! Annotation sets in a line.

use crate::lang::Message;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::annotation::{AnnotationJson, annotation_line, mark};
use super::decision::{DecisionJson, decision_line};
use super::referent::{ReferentJson, referent, referent_line};
use crate::formats::raw_document::RawSet;
use crate::formats::{AnnotatorSet, ImportContext};
use crate::model::{Name, Progress, Schema, SetKind};
use crate::text::Text;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetJson<'a> {
    pub annotator: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SetKindLine>,
    #[serde(default)]
    pub progress: ProgressJson,
    #[serde(borrow, default)]
    pub annotations: Vec<AnnotationJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<ReferentJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionJson<'a>>,
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

#[derive(Serialize, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProgressJson {
    #[default]
    New,
    InProgress,
    Done,
}

pub(super) fn set_line<'a>(layer: &'a AnnotatorSet, text: &'a Text, schema: &Schema) -> SetJson<'a> {
    SetJson {
        annotator: Some(layer.annotator.clone()),
        kind: layer.kind.map(Into::into),
        progress: match layer.progress {
            Progress::New => ProgressJson::New,
            Progress::InProgress => ProgressJson::InProgress,
            Progress::Done => ProgressJson::Done,
        },
        annotations: layer.records.iter().map(|record| annotation_line(record, text, schema)).collect(),
        referents: layer.referents.iter().map(|referent| referent_line(referent)).collect(),
        decisions: layer.decisions.iter().map(|decision| decision_line(decision)).collect(),
    }
}

pub(super) fn marks(set: SetJson<'_>, line: u32, reading: &ImportContext<'_>) -> Result<RawSet, Message> {
    Ok(RawSet {
        annotator: set.annotator,
        kind: set.kind.map(SetKind::from),
        progress: Some(match set.progress {
            ProgressJson::New => Progress::New,
            ProgressJson::InProgress => Progress::InProgress,
            ProgressJson::Done => Progress::Done,
        }),
        marks: set.annotations.into_iter().map(|one| mark(one, line, reading)).collect::<Result<_, _>>()?,
        referents: set
            .referents
            .into_iter()
            .map(|one| referent(one, reading).map(Arc::new))
            .collect::<Result<_, _>>()?,
    })
}
