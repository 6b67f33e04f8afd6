//! The choice of cases that are listed.

use crate::model::{Name, Slot};
use crate::review::CaseKind;
use crate::t;

/// The cases that are wanted; what is empty narrows nothing down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Only where these do not all say the same.
    pub between: Vec<Name>,
    /// Only differences of this kind.
    pub kind: Option<CaseKind>,
    /// Only in this slot.
    pub slot: Option<Slot>,
    /// Only of trips, claims and other frames, or only of what is none.
    pub frames: Option<bool>,
    /// Only of things that are called all of this, each by somebody.
    pub labels: Vec<Name>,
    /// Only things with these words, without regard to case.
    pub text: String,
    /// True where decided and agreed differences are listed, too.
    pub decided: bool,
}

impl CaseFilter {
    /// The filter in a few words; empty where everything passes.
    pub fn words(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.kind.map(|kind| kind_name(kind).to_owned()));
        words.extend(self.slot.as_ref().map(ToString::to_string));
        words.extend(self.frames.map(|frames| if frames { t!("frames") } else { t!("mentions") }.to_owned()));
        if !self.labels.is_empty() {
            words.push(self.labels.join(" / "));
        }
        if !self.between.is_empty() {
            words.push(self.between.join(t!("joined-and")));
        }
        if !self.text.is_empty() {
            words.push(format!("“{}”", self.text));
        }
        words.join(", ")
    }
}

/// The name of a kind of case, as people read it.
pub fn kind_name(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Missing => t!("kind-missing"),
        CaseKind::Boundary => t!("kind-boundary"),
        CaseKind::Label => t!("label"),
        CaseKind::Attribute => t!("attribute"),
        CaseKind::Role => t!("role"),
        CaseKind::Identity => t!("kind-identity"),
    }
}
