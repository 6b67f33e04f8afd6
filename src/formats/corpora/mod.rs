//! Corpora that others publish: formats that are read and not written.

mod bioc;
mod docee;
mod dygie;
mod gate;
mod info;
mod maven;
mod names;
mod parquet;
mod tags;
mod tokens;

pub(super) use bioc::BioC;
pub(super) use docee::DocEe;
pub(super) use dygie::Dygie;
pub(super) use gate::Gate;
pub(super) use maven::Maven;
pub(super) use tokens::{HuggingFaceTokens, TAGS, TOKENS};
