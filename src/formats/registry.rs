//! The list of all formats.

use super::exchange_format::Format;
use super::{
    brat, cas, conll, csv_tables, doccano, ecb, hf, jejak_jsonl, label_studio, muc4, prodigy, pubannotation, rams,
    spacy, w3c, webanno_tsv, wikievents,
};

/// Every format, in the order in which they are offered.
pub static FORMATS: &[&dyn Format] = &[
    &jejak_jsonl::JejakJsonl,
    &conll::Conll,
    &spacy::Spacy,
    &hf::HuggingFace,
    &brat::Brat,
    &doccano::Doccano,
    &prodigy::Prodigy,
    &pubannotation::PubAnnotation,
    &label_studio::LabelStudio,
    &cas::CasXmi,
    &cas::CasJson,
    &webanno_tsv::WebAnnoTsv,
    &wikievents::WikiEvents,
    &rams::Rams,
    &muc4::Muc4,
    &ecb::Ecb,
    &w3c::W3c,
    &csv_tables::Csv,
];

/// The format of this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.info().name == name)
}
