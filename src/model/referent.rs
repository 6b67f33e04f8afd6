use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Id, Name, Origin, Role};

/// The real-world thing that annotations in several articles are about: this person, this trip, this claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Referent {
    /// Its name among its annotator's referents.
    pub id: Id,
    /// The label that its annotations carry.
    pub label: Name,
    /// The name that a person gives it.
    pub name: String,
    /// Attribute and value, sorted by attribute.
    pub attributes: Vec<(Name, String)>,
    /// Register and identifier outside, such as `("wikidata", "Q7747")`.
    pub external: Vec<(Name, String)>,
    /// Roles to other referents: trip → traveller, claim → contradicts → claim. `Filler::Annotation` means a referent
    /// here; `Filler::Span` does not occur.
    pub roles: Vec<Role>,
    /// The statement of the annotator about it.
    pub note: String,
    /// The origin.
    pub origin: Origin,
}

impl Referent {
    /// A new referent with a label and a name.
    #[must_use]
    pub fn new(label: &Name, name: &str, origin: Origin) -> Self {
        Self {
            id: Id::random(),
            label: label.clone(),
            name: name.to_owned(),
            attributes: Vec::new(),
            external: Vec::new(),
            roles: Vec::new(),
            note: String::new(),
            origin,
        }
    }
}

/// One annotator's referents, by id.
pub type Referents = BTreeMap<Id, Arc<Referent>>;
