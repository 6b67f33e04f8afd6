//! A place, and what a name may mean.

/// The kind of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country, or a territory that has a code like one.
    Territory,
    /// A continent.
    Continent,
    /// A city of more than 15,000 people.
    City,
}

/// A place of GeoNames.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its number in GeoNames.
    pub id: u32,
    /// Its kind.
    pub kind: PlaceKind,
    /// The country, by the two letters of ISO 3166; empty for a continent.
    pub country: &'static str,
    /// Degrees north; of a territory the middle of its largest piece.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// The number of people, of which the first two digits count.
    pub population: u32,
    /// The name in English.
    pub name: &'static str,
    /// The name in Indonesian; the English one where there is no other.
    pub indonesian: &'static str,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PossiblePlace {
    /// The place.
    pub place: &'static Place,
    /// True where it is the name that the place has in English or Indonesian, and not another one.
    pub own_name: bool,
}
