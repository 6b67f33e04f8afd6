//! The actions that a replay counts, and what they were for.

use std::collections::BTreeMap;

/// The kinds of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Mark,
    Label,
    Zone,
    Value,
    Identity,
    Role,
    Attribute,
    Accept,
    Reject,
    Correct,
    Go,
}

/// The actions of a replay, and what they were for.
#[derive(Debug, Default)]
pub struct Effort {
    pub kinds: BTreeMap<Action, usize>,
    /// Actions and how many things they made, by the name of the thing.
    pub things: BTreeMap<String, (usize, usize)>,
    /// Things that did not come about as they were to.
    pub wrong: Vec<String>,
    /// Actions and mentions up to the end of each article.
    pub mentions: Vec<(usize, usize)>,
}

impl Effort {
    pub fn actions(&self) -> usize {
        self.kinds.values().sum()
    }

    /// Actions for one thing of this name.
    pub fn each(&self, thing: &str) -> f64 {
        let (actions, things) = self.things.get(thing).copied().unwrap_or_default();
        actions as f64 / things.max(1) as f64
    }

    /// Actions for a mention in the articles behind so many.
    pub fn each_mention_after(&self, articles: usize) -> Option<f64> {
        let ((from, before), (until, all)) = (self.mentions.get(articles.checked_sub(1)?)?, self.mentions.last()?);
        (all > before).then(|| (until - from) as f64 / (all - before) as f64)
    }

    /// The lines that a bench prints; `way` is `without` suggestions, or how they were taken.
    pub fn print(&self, of: &str, way: &str) {
        let name = format!("effort.{of}.{way}");
        println!("{name}.actions {} actions", self.actions());
        for (kind, count) in &self.kinds {
            println!("{name}.actions_{} {count} actions", format!("{kind:?}").to_lowercase());
        }
        for thing in self.things.keys() {
            println!("{name}.actions_per_{thing} {:.2} actions", self.each(thing));
        }
        if let Some(late) = self.each_mention_after(100) {
            println!("{name}.actions_per_mention_after_100_articles {late:.2} actions");
        }
        println!("{name}.not_as_wanted {} things", self.wrong.len());
        for wrong in self.wrong.iter().take(5) {
            println!("# {wrong}");
        }
    }
}
