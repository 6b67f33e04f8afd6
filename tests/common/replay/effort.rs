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

    /// The lines that a bench prints.
    pub fn print(&self, of: &str) {
        let name = format!("effort.{of}.without");
        println!("{name}.actions {} actions", self.actions());
        for (kind, count) in &self.kinds {
            println!("{name}.actions_{} {count} actions", format!("{kind:?}").to_lowercase());
        }
        for thing in self.things.keys() {
            println!("{name}.actions_per_{thing} {:.2} actions", self.each(thing));
        }
        println!("{name}.not_as_wanted {} things", self.wrong.len());
        for wrong in self.wrong.iter().take(5) {
            println!("# {wrong}");
        }
    }
}
