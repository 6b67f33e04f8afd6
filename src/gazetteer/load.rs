//! The table of places, and the look-up of names in it.

use std::hash::BuildHasher;
use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;
use foldhash::fast::FixedState;

use super::fold::folded;
use super::place::{Place, PlaceKind, PossiblePlace};

/// All places and their names.
#[derive(Debug)]
pub struct Gazetteer {
    /// Territories and continents first, then cities, each from the largest to the smallest.
    places: Vec<Place>,
    /// Hash of a folded name, and the number of a place in `places`; the lowest bit is set for a name that is not the
    /// place's own. Sorted.
    names: Vec<(u64, u32)>,
    /// Ids with the number of the place, sorted.
    ids: Vec<(u32, u32)>,
}

/// The gazetteer, unpacked when it is first asked for (about 30 ms: on a worker).
pub fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| Gazetteer::of_table(table()))
}

/// The table as text; it stays for as long as the program runs, for places borrow their names from it.
fn table() -> &'static str {
    static TABLE: OnceLock<String> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut text = String::new();
        let file: &[u8] = include_bytes!("../../assets/gazetteer/places.z");
        ZlibDecoder::new(file).read_to_string(&mut text).expect("the bundled gazetteer is whole");
        text
    })
}

impl Gazetteer {
    /// The places that a name may mean: territories and continents first, then cities by people. Letters' case and marks do
    /// not count, and `St.` is `Saint`, too.
    #[must_use]
    pub fn named(&'static self, name: &str) -> Vec<PossiblePlace> {
        let name = folded(name);
        let long = name.strip_prefix("st ").map(|rest| format!("saint {rest}"));
        let equal = |name: &str| {
            let hash = hash(name);
            let from = self.names.partition_point(|&(other, _)| other < hash);
            self.names[from..].iter().take_while(move |&&(other, _)| other == hash).map(|&(_, at)| at)
        };
        let mut found: Vec<u32> = equal(&name).chain(long.iter().flat_map(|long| equal(long))).collect();
        found.sort_unstable();
        found.dedup_by_key(|at| *at >> 1);
        let candidate = |at: u32| PossiblePlace { place: &self.places[(at >> 1) as usize], own_name: at & 1 == 0 };
        found.into_iter().map(candidate).collect()
    }

    /// The place of this number in GeoNames.
    #[must_use]
    pub fn by_id(&'static self, id: u32) -> Option<&'static Place> {
        let at = self.ids.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.places.get(self.ids[at].1 as usize)
    }

    /// The place that two different names are both used for; none where there is none, or a name means nothing here.
    #[must_use]
    pub fn of_both(&'static self, one: &str, other: &str) -> Option<&'static Place> {
        let others = self.named(other);
        let both = |a: &PossiblePlace| others.iter().any(|b| b.place.id == a.place.id && (a.own_name || b.own_name));
        self.named(one).into_iter().find(both).map(|candidate| candidate.place)
    }

    fn of_table(table: &'static str) -> Self {
        let mut blocks = table.split("\n\n");
        let mut column = || blocks.next().unwrap_or_default().split('\n');
        let (ids, codes, north, east, people, names) = (column(), column(), column(), column(), column(), column());
        let others = column();
        let degrees = |hundredths: &str| hundredths.parse::<f32>().unwrap_or_default() / 100.0;
        let places = ids.zip(codes).zip(north.zip(east)).zip(people.zip(names));
        let places = places.map(|(((id, code), (north, east)), (people, name))| Place {
            id: id.parse().unwrap_or_default(),
            kind: match code.as_bytes().first() {
                Some(b'T') => PlaceKind::Territory,
                Some(b'R') => PlaceKind::Continent,
                _ => PlaceKind::City,
            },
            country: code.get(1..).unwrap_or_default(),
            latitude: degrees(north),
            longitude: degrees(east),
            population: people.parse().unwrap_or_default(),
            name,
            indonesian: name,
        });
        let mut listed: Vec<(Place, Vec<&str>)> = places.map(|place| (place, Vec::new())).collect();
        for line in others {
            let mut fields = line.split('\t');
            let at = fields.next().and_then(|number| number.parse::<usize>().ok());
            let Some((place, others)) = at.and_then(|at| listed.get_mut(at)) else { continue };
            if let Some(own) = fields.next().filter(|own| !own.is_empty()) {
                place.indonesian = own;
            }
            others.extend(fields);
        }
        listed.sort_by_key(|(place, _)| (place.kind == PlaceKind::City, std::cmp::Reverse(place.population)));
        let mut names = Vec::with_capacity(listed.len() * 2);
        let mut ids = Vec::with_capacity(listed.len());
        let mut places = Vec::with_capacity(listed.len());
        for (at, (place, others)) in listed.into_iter().enumerate() {
            let at = at as u32;
            ids.push((place.id, at));
            names.push((hash(&folded(place.name)), at << 1));
            if place.indonesian != place.name {
                names.push((hash(&folded(place.indonesian)), at << 1));
            }
            names.extend(others.into_iter().map(|other| (hash(other), at << 1 | 1)));
            places.push(place);
        }
        names.sort_unstable();
        ids.sort_unstable();
        Self { places, names, ids }
    }
}

/// A hash that is the same each time; of 60,000 names no two are likely to share one.
fn hash(folded: &str) -> u64 {
    FixedState::default().hash_one(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Option<(&'static str, &'static str)> {
        gazetteer().named(name).first().map(|found| (found.place.name, found.place.country))
    }

    #[test]
    fn names_lead_to_the_largest_place_that_bears_them() {
        for (name, place) in [
            ("Tiongkok", ("China", "CN")),
            ("cina", ("China", "CN")),
            ("Korea Utara", ("North Korea", "KP")),
            ("Moskwa", ("Moscow", "RU")),
            ("moscow", ("Moscow", "RU")),
            ("Wina", ("Vienna", "AT")),
            ("Peking", ("Beijing", "CN")),
            ("Hà Nội", ("Hanoi", "VN")),
            ("St. Petersburg", ("Saint Petersburg", "RU")),
            ("Georgia", ("Georgia", "GE")),
            ("Eropa", ("Europe", "")),
        ] {
            assert_eq!(first(name), Some(place), "{name}");
        }
        assert_eq!(first("Kota Karang Biru"), None);
        assert_eq!(first(""), None);
    }

    #[test]
    fn homonyms_come_from_the_largest_to_the_smallest() {
        let found = gazetteer().named("Moscow");
        assert!(found.len() >= 2);
        assert!(found.windows(2).all(|pair| pair[0].place.population >= pair[1].place.population));
    }

    #[test]
    fn two_names_of_a_place_are_known_for_one() {
        let of_both = |one, other| gazetteer().of_both(one, other).map(|place| place.name);
        assert_eq!(of_both("Tiongkok", "China"), Some("China"));
        assert_eq!(of_both("Moskwa", "Moscow"), Some("Moscow"));
        assert_eq!(of_both("Rusia", "Moskwa"), None);
        assert_eq!(of_both("Kota Karang", "Kota Awan"), None);
    }

    #[test]
    fn places_lie_on_the_map() {
        let on_map = |place: &&Place| place.longitude.abs() <= 180.0 && place.latitude.abs() <= 90.0;
        assert_eq!(gazetteer().places.iter().find(|place| !on_map(place)), None);
        let russia = gazetteer().named("Russia")[0].place;
        assert!((60.0..140.0).contains(&russia.longitude), "it lies on both sides of the date line: {russia:?}");
    }

    #[test]
    fn a_number_leads_to_its_place() {
        let moscow = gazetteer().named("Moskwa")[0].place;
        assert_eq!(gazetteer().by_id(moscow.id), Some(moscow));
        assert_eq!(gazetteer().by_id(0), None);
        assert!(gazetteer().places.len() > 30_000);
    }
}
