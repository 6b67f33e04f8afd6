//! Every reader of an exchange format. What it does stands in `bodies`, where the tests run it, too.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::formats::run(data));
