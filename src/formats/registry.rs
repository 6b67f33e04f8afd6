//! The list of all formats.

use super::exchange_format::Format;
use super::{
    brat, cas, conll, corpora, csv_tables, doccano, ecb, graphml, hf, jejak_jsonl, label_studio, muc4, prodigy,
    pubannotation, rams, spacy, w3c, webanno_tsv, wikievents,
};

/// Every format that is written, in the order in which they are offered.
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
    &graphml::GraphMl,
];

/// The formats that are read and not written, in the order in which they are offered.
pub static READ_ONLY: &[&dyn Format] =
    &[&corpora::HuggingFaceTokens, &corpora::Dygie, &corpora::Maven, &corpora::DocEe, &corpora::Gate, &corpora::BioC];

/// Every format that is read.
pub fn readers() -> impl Iterator<Item = &'static dyn Format> {
    FORMATS.iter().chain(READ_ONLY).copied().filter(|format| format.info().reads)
}

/// The format of this name, whether it is read, written or both.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().chain(READ_ONLY).copied().find(|format| format.info().name == name)
}

/// Says whether a format is written.
#[must_use]
pub fn is_written(format: &dyn Format) -> bool {
    READ_ONLY.iter().all(|other| other.info().name != format.info().name)
}
