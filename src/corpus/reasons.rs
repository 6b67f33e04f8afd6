//! Rules and reasons in words.

use super::trips::{Candidate, Conflict, NotProposed, Rule};
use crate::lang::Message;
use crate::message;

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Days, Self::Places, Self::State];

    /// The contradiction, in few words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Days => message!("conflict-days"),
            Self::Places => message!("conflict-places"),
            Self::State => message!("conflict-state"),
        }
    }

    /// The rule by which it is one.
    #[must_use]
    pub fn why(self) -> Message {
        match self {
            Self::Days => message!("conflict-days-rule"),
            Self::Places => message!("conflict-places-rule"),
            Self::State => message!("conflict-state-rule"),
        }
    }

    /// The name of the rule in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Places => "places",
            Self::State => "state",
        }
    }
}

impl Conflict {
    /// The contradiction with what both say.
    #[must_use]
    pub fn message(&self) -> Message {
        let [one, other] = &self.says;
        message!("conflict-says", what = self.rule.message(), one = one, other = other)
    }
}

impl NotProposed {
    /// The reason in words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::DaysApart(days) => message!("not-proposed-days", days = days),
            Self::OtherPlaces => message!("not-proposed-places"),
            Self::Judged => message!("not-proposed-judged"),
        }
    }
}

impl Candidate {
    /// The reasons to think that the two are one, or why they are not proposed.
    #[must_use]
    pub fn message(&self) -> Message {
        let who = message!("proposed-who", who = self.who);
        let place = self.places.as_ref().map(|(one, other)| match one == other {
            true => message!("proposed-place", place = one),
            false => message!("proposed-places", one = one, other = other),
        });
        let days = self.apart.map(|apart| match apart {
            0 => message!("proposed-days"),
            days => message!("proposed-days-near", days = days),
        });
        let days = days.unwrap_or_else(|| message!("proposed-no-days"));
        match (self.not, place) {
            (Some(not), _) => message!("proposed-not", who = who, not = not.message()),
            (None, Some(place)) => message!("proposed-for", who = who, place = place, days = days),
            (None, None) => who,
        }
    }
}
