//! The schemas that come with the program.

use super::{Kind, Schema};

/// A schema that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltInSchema {
    /// Entities, trips, claims and zones of news articles.
    Trips,
    /// The same without trips and claims.
    Entities,
    /// No labels: each import adds those of its files.
    Open,
    /// No labels.
    Empty,
}

impl BuiltInSchema {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Trips, Self::Entities, Self::Open, Self::Empty];

    /// The name by which it is asked for, which is the name of the schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trips => "trips",
            Self::Entities => "entities",
            Self::Open => "open",
            Self::Empty => "empty",
        }
    }

    /// The schema of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schema| schema.name() == name)
    }

    /// The text of its file, as it was written by hand; none where it is made of another one.
    #[must_use]
    pub fn by_hand(self) -> Option<&'static str> {
        match self {
            Self::Trips => Some(include_str!("../../assets/schemas/trips.ron")),
            Self::Entities => None,
            Self::Open => Some(include_str!("../../assets/schemas/open.ron")),
            Self::Empty => Some(include_str!("../../assets/schemas/empty.ron")),
        }
    }

    /// The schema.
    #[must_use]
    pub fn schema(self) -> Schema {
        let read = |text| ron::from_str(text).expect("the schemas that come with the program are held by tests");
        self.by_hand().map_or_else(entities, read)
    }
}

/// The default schema without its frames.
fn entities() -> Schema {
    let mut schema = Schema::trips();
    schema.name = BuiltInSchema::Entities.name().into();
    schema.title.set("en", "Entities");
    schema.title.set("id", "Entitas");
    schema.labels.retain(|label| label.kind != Kind::Frame);
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_sound_and_bears_its_name() {
        for built_in in BuiltInSchema::ALL {
            let schema = built_in.schema();
            assert_eq!(schema.validate(), Ok(()), "{built_in:?}");
            assert_eq!(BuiltInSchema::named(&schema.name), Some(built_in));
            assert_eq!(schema.open, built_in == BuiltInSchema::Open);
        }
        assert!(BuiltInSchema::Entities.schema().labels.iter().all(|label| label.roles.is_empty()));
    }
}
