//! Jejak: label entities, trips and claims in articles, review the labels, get gold-standard data.
//!
//! The map of the house. Every arrow points down: a module uses those above it in this list, never one below.
//!
//! - [`lang`]: messages by key: in the person's language for the window, in English for terminals and files
//! - [`say`]: what leaves the program in words: made harmless, named, in plain sentences
//! - [`diagnostics`]: a log, reports of panics and late failures, kept on the user's machine; without any text of articles
//! - [`input`]: files and folders that a person names, read without waiting and without end
//! - [`text`]: an article's text; offsets, graphemes, words, sentences, anchoring
//! - [`gazetteer`]: names of places and the places that they mean; coastlines
//! - [`model`]: schema, annotation, set, referent, corpus; plain data and its invariants, no I/O
//! - [`when`]: phrases of time, and the dates that they mean
//! - [`edit`]: edits, transactions, history; the only way to change the model
//! - [`store`]: the project folder on disk; RON, journal, lock, recovery
//! - [`ingest`]: article files of many kinds become articles
//! - [`formats`]: exchange formats, reading and writing side by side, each with its loss report
//! - [`agreement`]: coefficients and scores, each with its definition and source
//! - [`review`]: alignment of annotation sets, cases, decisions, merging
//! - [`figures`]: every figure of a project, with its definition, source and interval
//! - [`corpus`]: many articles at once; an index of them, trips, claims, their conflicts
//! - [`dataset`]: what of a project is written, split into parts, with its card and list of files
//! - [`check`]: lint of annotations against the schema and each other
//! - [`redefine`]: changes of the schema, carried through all sets
//! - [`assist`]: suggestions, learned from what was marked before
//! - [`exchange`]: between a project and other software's files
//! - [`ui`]: the window
//! - [`cli`]: the command line
#![warn(missing_docs)]

pub mod agreement;
pub mod assist;
pub mod check;
pub mod cli;
pub mod corpus;
pub mod dataset;
pub mod diagnostics;
pub mod edit;
pub mod exchange;
pub mod figures;
pub mod formats;
pub mod gazetteer;
pub mod ingest;
pub mod input;
pub mod lang;
pub mod model;
pub mod redefine;
pub mod review;
pub mod say;
pub mod store;
pub mod text;
#[deny(clippy::disallowed_methods)]
pub mod ui;
pub mod when;

mod in_order;
