//! Files to begin with, for each target: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.

use std::path::Path;

#[path = "../bodies/mod.rs"]
mod bodies;

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for seed in bodies::seeds::all(&here.join("..")) {
        let folder = here.join("corpus").join(seed.target);
        std::fs::create_dir_all(&folder).expect("the folder of the corpus can be made");
        std::fs::write(folder.join(seed.name), seed.bytes).expect("a seed can be written");
    }
}
