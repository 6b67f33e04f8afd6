//! Every reader of article files. What it does stands in `bodies`, where the tests run it, too.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::ingest::run(data));
