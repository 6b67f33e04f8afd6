//! Names of places and the places that they mean: continents, territories, and cities of more than 15,000 people, from
//! GeoNames and CLDR; and the coastlines of Natural Earth. `assets/gazetteer/README.md` says where the data comes from.

mod coast;
mod fold;
mod load;
mod place;

pub use coast::coast;
pub use fold::folded;
pub use load::{Gazetteer, gazetteer};
pub use place::{Place, PlaceKind, PossiblePlace};

/// The sources of the data, for whoever is to be told: name, address, licence.
pub const SOURCES: [(&str, &str, &str); 3] = [
    ("GeoNames", "https://www.geonames.org", "CC BY 4.0"),
    ("Unicode CLDR", "https://cldr.unicode.org", "Unicode 3.0"),
    ("Natural Earth", "https://www.naturalearthdata.com", "public domain"),
];
