//! The rules for what counts as agreed, and the way they are written.

use crate::lang::Message;
use crate::message;
use std::fmt;
use std::str::FromStr;

use super::Name;

/// The rule for agreement without anybody deciding it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Strategy {
    /// The statement of everybody who has a say.
    #[default]
    Unanimous,
    /// The statement of enough annotators.
    Majority {
        /// The share of those who have a say, in percent, that must say it; other readings must have fewer.
        percent: u8,
        /// The number of annotators that must say it at the least.
        least: usize,
    },
    /// Whatever this annotator says; where they have no say, what everybody says.
    Prefer(Name),
}

/// As it is written on the command line and in settings: `unanimous`, `majority:70:3`, `prefer:a`.
impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanimous => f.write_str("unanimous"),
            Self::Majority { percent, least } => write!(f, "majority:{percent}:{least}"),
            Self::Prefer(name) => write!(f, "prefer:{name}"),
        }
    }
}

/// Reads what is written; `majority` alone is more than half, and two at the least.
impl FromStr for Strategy {
    type Err = Message;

    fn from_str(text: &str) -> Result<Self, Message> {
        let unknown = || message!("not-a-strategy", text = text);
        if let Some(name) = text.strip_prefix("prefer:").filter(|name| !name.is_empty()) {
            return Ok(Self::Prefer(name.into()));
        }
        let parts: Vec<&str> = text.split(':').collect();
        Ok(match parts[..] {
            ["unanimous"] => Self::Unanimous,
            ["majority"] => Self::Majority { percent: 51, least: 2 },
            ["majority", percent, least] => Self::Majority {
                percent: percent.parse().ok().filter(|percent| (1..=100).contains(percent)).ok_or_else(unknown)?,
                least: least.parse().map_err(|_| unknown())?,
            },
            _ => return Err(unknown()),
        })
    }
}
