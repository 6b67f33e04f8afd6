//! The records of an annotator beside the articles, in the project's line.

use crate::lang::Message;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dismissal::{DismissalLine, dismissal, dismissal_line};
use super::judgement::{JudgementLine, judgement, judgement_line};
use super::referent::{ReferentJson, referent, referent_line};
use crate::formats::{ImportContext, Mentioned};
use crate::model::{Corpus, Name, Record};

/// The records of an annotator beside the articles.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BesideLine<'a> {
    pub annotator: Name,
    /// Referents that no article mentions.
    #[serde(borrow)]
    pub referents: Vec<ReferentJson<'a>>,
    /// Judgements about two referents, wherever they are mentioned.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<JudgementLine<'a>>,
    /// Dismissals.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub dismissals: Vec<DismissalLine<'a>>,
}

impl<'a> BesideLine<'a> {
    /// The records of this annotator, but the referents that articles mention; none where there are none.
    pub fn new(corpus: &'a Corpus, annotator: &Name, mentioned: &Mentioned) -> Option<Self> {
        let all = corpus.referents(annotator).into_iter().flatten().map(|(_, one)| one);
        let rest = all.filter(|one| !mentioned.has(annotator, one.id));
        let judgements = corpus.judgements(annotator).into_iter().flatten().map(|(_, one)| judgement_line(one));
        let dismissals = corpus.dismissals(annotator).into_iter().flatten().map(|(_, one)| dismissal_line(one));
        let line = Self {
            annotator: annotator.clone(),
            referents: rest.map(|one| referent_line(one)).collect(),
            judgements: judgements.collect(),
            dismissals: dismissals.collect(),
        };
        let empty = line.referents.is_empty() && line.judgements.is_empty() && line.dismissals.is_empty();
        (!empty).then_some(line)
    }

    /// The records of the line, and whose they are.
    pub fn records(self, reading: &ImportContext<'_>) -> Result<(Name, Vec<Record>), Message> {
        let referents = self.referents.into_iter();
        let records = referents.map(|line| referent(line, reading).map(|one| Record::Referent(Arc::new(one))));
        let judgements = self.judgements.into_iter();
        let judgements = judgements.map(|line| judgement(line, reading).map(|one| Record::Judgement(Arc::new(one))));
        let dismissals = self.dismissals.into_iter();
        let dismissals = dismissals.map(|line| dismissal(line, reading).map(|one| Record::Dismissal(Arc::new(one))));
        Ok((self.annotator, records.chain(judgements).chain(dismissals).collect::<Result<_, _>>()?))
    }
}
