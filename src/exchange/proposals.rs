//! The probable meaning of names of other programs' files in a schema: the same word, its title in some language, or another
//! word for the same thing.

use std::collections::BTreeSet;

use super::mapping::ForeignName;
use crate::formats::{NameMap, NamedPart};
use crate::model::{AttributeKind, Name, Schema, Titles};

/// Words for the same kind of thing, as corpora and taggers write them: small letters, nothing between.
const SAME: &[&[&str]] = &[
    &[
        "per",
        "pers",
        "person",
        "persons",
        "people",
        "prs",
        "peop",
        "human",
        "name",
        "orang",
        "tokoh",
        "personne",
        "persona",
        "pessoa",
        "personperson",
        "nameperson",
        "individual",
        "人名",
        "人物",
    ],
    &[
        "loc",
        "location",
        "locations",
        "place",
        "places",
        "geo",
        "geoloc",
        "gpe",
        "geopoliticalentity",
        "gpeloc",
        "locgpe",
        "lokasi",
        "tempat",
        "lieu",
        "lugar",
        "ort",
        "地名",
        "地点",
    ],
    &[
        "org",
        "organization",
        "organisation",
        "organizations",
        "organisations",
        "orga",
        "institution",
        "institute",
        "company",
        "corp",
        "corporation",
        "business",
        "group",
        "organisasi",
        "lembaga",
        "instansi",
        "organización",
        "organização",
        "firma",
        "机构名",
        "组织机构",
    ],
    &[
        "date", "dat", "dates", "time", "tim", "tme", "timex", "timex2", "timex3", "datetime", "duration", "tanggal",
        "waktu", "fecha", "datum", "zeit", "时间", "日期",
    ],
    &["event", "evt", "eve", "events", "peristiwa", "kejadian", "événement", "evento", "ereignis", "事件"],
    &[
        "title",
        "ttl",
        "tit",
        "position",
        "role",
        "office",
        "jabatan",
        "gelar",
        "occupation",
        "profession",
        "titleoffice",
    ],
    &["fac", "facility", "building", "bangunan", "fasilitas"],
    &["norp", "nationality", "nat", "nor", "ethnicity", "religion", "demonym", "kebangsaan"],
    &["prod", "product", "pro", "prd", "object", "thing", "item", "vehicle", "veh", "weapon", "wea", "produk", "benda"],
    &["law", "legal", "document", "doc", "workofart", "work", "wrk", "dokumen", "hukum"],
    &["misc", "miscellaneous", "other", "oth", "others", "entity", "lainnya", "lain"],
    &["money", "mon", "monetary", "price", "uang", "mny"],
    &["percent", "prc", "percentage", "persen"],
    &["quantity", "qty", "measure", "val", "value", "amount", "jumlah"],
    &["number", "num", "cardinal", "crd", "angka", "bilangan"],
    &["ordinal", "ord"],
    &["language", "lan", "lang", "bahasa"],
    &["disease", "illness", "condition", "penyakit"],
    &["trip", "travel", "journey", "visit", "movementtransport", "transport", "perjalanan", "kunjungan"],
    &["claim", "statement", "assertion", "klaim", "pernyataan"],
    // Roles.
    &["traveller", "traveler", "passenger", "participant", "who", "pelaku"],
    &["destination", "goal", "to", "target", "tujuan", "ke", "menuju"],
    &["origin", "source", "from", "start", "asal", "dari"],
    &["speaker", "author", "claimant", "cue", "penutur"],
];

/// A word without what writers put between and around its parts, in small letters.
fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The name of the project that a foreign one probably means; none where the schema has it already, or where none is near.
#[must_use]
pub fn proposal(foreign: &ForeignName, schema: &Schema, map: &NameMap) -> Option<Name> {
    if !foreign.is_lacking(schema, map) {
        return None;
    }
    let choices = foreign.choices(schema, map);
    let words: Vec<(&Name, BTreeSet<String>)> =
        choices.into_iter().map(|name| (name, words_of(name, foreign, schema, map))).collect();
    // A compound says what it is with its first or last part: `PERSON.Politician`, `B-PER`.
    let parts: Vec<String> = foreign.name.split(['.', ':', '/', '|', '-']).map(folded).collect();
    let whole = [folded(&foreign.name)];
    let by = |fits: &dyn Fn(&BTreeSet<String>, &str) -> bool, words_of_it: &[String]| {
        let found = words_of_it.iter().filter(|word| !word.is_empty());
        found
            .into_iter()
            .find_map(|word| words.iter().find(|(_, known)| fits(known, word)))
            .map(|(name, _)| (*name).clone())
    };
    let same = |known: &BTreeSet<String>, word: &str| known.contains(word);
    let alike = |known: &BTreeSet<String>, word: &str| {
        let groups = SAME.iter().filter(|group| group.contains(&word));
        groups.into_iter().any(|group| group.iter().any(|other| known.contains(*other)))
    };
    by(&same, &whole).or_else(|| by(&alike, &whole)).or_else(|| by(&same, &parts)).or_else(|| by(&alike, &parts))
}

/// The words for a name of the project: itself and its titles.
fn words_of(name: &Name, foreign: &ForeignName, schema: &Schema, map: &NameMap) -> BTreeSet<String> {
    let label = map.definition(schema, &foreign.label);
    let title: Option<&Titles> = match (foreign.part, &foreign.attribute) {
        (NamedPart::Role, _) => {
            label.and_then(|label| label.roles.iter().find(|role| role.name == *name)).map(|role| &role.title)
        }
        (NamedPart::Attribute, _) => {
            label.and_then(|label| label.attributes.iter().find(|one| one.name == *name)).map(|one| &one.title)
        }
        (NamedPart::Value, Some(attribute)) => {
            match map.attribute_definition(schema, &foreign.label, attribute).map(|attribute| &attribute.kind) {
                Some(AttributeKind::Choice(choices)) => {
                    choices.iter().find(|choice| choice.name == *name).map(|choice| &choice.title)
                }
                _ => None,
            }
        }
        _ => schema.label(name).map(|label| &label.title),
    };
    std::iter::once(&**name).chain(title.into_iter().flat_map(Titles::all)).map(folded).collect()
}
