//! Names as brat has room for: of letters, digits, `_` and `-` alone. The real ones stand in `visual.conf`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use crate::model::{Kind, Name, Schema};

/// True for a character that a name of brat's may have.
pub(super) fn fits(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// A name as brat has room for; one of a role has no digits at its end, which count the fillers.
pub(super) fn plain(name: &str, role: bool) -> String {
    let mut plain: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if role && plain.ends_with(|c: char| c.is_ascii_digit()) {
        plain.push('_');
    }
    if plain.is_empty() { "_".into() } else { plain }
}

/// The names of a schema's labels in brat, no two of them alike.
pub(super) struct BratNames {
    /// Those that are another there.
    labels: HashMap<Name, Name>,
    /// The kind of each label, by its name in brat.
    kinds: HashMap<Name, Kind>,
}

impl BratNames {
    pub fn of(schema: &Schema) -> Self {
        let (mut labels, mut kinds) = (HashMap::new(), HashMap::new());
        // Names that stay as they are come first: what is called so in brat is they.
        let mut taken: HashSet<String> = schema
            .labels
            .iter()
            .filter(|label| plain(&label.name, false) == *label.name)
            .map(|label| label.name.to_string())
            .collect();
        for label in &schema.labels {
            let bare = plain(&label.name, false);
            if bare == *label.name {
                kinds.insert(label.name.clone(), label.kind);
                continue;
            }
            let numbered = (2..).map(|number| format!("{bare}-{number}"));
            let free = std::iter::once(bare.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
            let name = Name::from(free.unwrap_or(bare));
            kinds.insert(name.clone(), label.kind);
            labels.insert(label.name.clone(), name);
        }
        Self { labels, kinds }
    }

    /// The name of a label in brat.
    pub fn label(&self, name: &Name) -> Name {
        self.labels.get(name).cloned().unwrap_or_else(|| plain(name, false).into())
    }

    /// The kind of a label by its name in brat; that of one that no schema knows is an entity.
    pub fn kind(&self, name: &Name) -> Kind {
        self.kinds.get(name).copied().unwrap_or(Kind::Entity)
    }

    /// The file that tells the real names; none where every name is its own.
    pub fn visual(&self, schema: &Schema) -> Option<String> {
        let mut said: BTreeMap<String, &str> =
            self.labels.iter().map(|(name, written)| (written.to_string(), name.as_str())).collect();
        for label in &schema.labels {
            let roles = label.roles.iter().map(|role| (plain(&role.name, true), role.name.as_str()));
            let attributes = label.attributes.iter().map(|one| (plain(&one.name, false), one.name.as_str()));
            for (written, name) in roles.chain(attributes).filter(|(written, name)| written != name) {
                said.entry(written).or_insert(name);
            }
        }
        if said.is_empty() {
            return None;
        }
        let mut conf = String::from("[labels]\n\n");
        for (written, name) in said {
            let name: String = name.chars().map(|c| if c == '|' || c.is_control() { ' ' } else { c }).collect();
            let _ = writeln!(conf, "{written} | {name}");
        }
        conf.push_str("\n[drawing]\n");
        Some(conf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart_and_are_told() {
        let mut schema = Schema::trips();
        schema.labels.truncate(4);
        for (label, name) in schema.labels.iter_mut().zip(["a/b", "a_b", "वस्तु", "nama orang"]) {
            label.name = name.into();
            label.roles.clear();
            label.attributes.clear();
        }
        let names = BratNames::of(&schema);
        let written: Vec<Name> = schema.labels.iter().map(|label| names.label(&label.name)).collect();
        assert_eq!(written, ["a_b-2", "a_b", "_____", "nama_orang"].map(Name::from));
        for (label, written) in schema.labels.iter().zip(&written) {
            assert_eq!(names.kind(written), label.kind);
        }
        let visual = names.visual(&schema).unwrap();
        assert!(visual.contains("a_b-2 | a/b\n") && visual.contains("_____ | वस्तु\n") && !visual.contains("a_b |"));
    }
}
