//! The targets of `fuzz/` with a stable compiler: hostile inputs and what crashed once are given to them, and each runs
//! for a moment on its seeds and on small random changes of them. `JEJAK_FUZZ_SECONDS=10 cargo test --test fuzz` lets
//! each run for ten seconds.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the stranger.
#![allow(clippy::print_stdout)] // How much was tried is said.

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

use std::panic::catch_unwind;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use bodies::seeds::{self, Seed};
use bodies::{TARGETS, Target};

/// How long one input may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// Small random numbers, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// The pieces that files of every kind are made of, and those that they least expect.
const PIECES: [&str; 24] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    "\n",
    "\0",
    " ",
    "-1",
    "0",
    "4294967296",
    "1e999",
    "\\u{0}",
    "e\u{301}",
    "\u{feff}",
    "../",
    "None",
    "Some(",
    "id: \"",
    "at: [(0, 1, \"R\")]",
    "\u{1f6ec}",
];

/// A seed with a few small changes.
fn changed(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(24)).min(bytes.len());
        match dice.roll(7) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            4 => {
                let from = dice.roll(other.len());
                let until = (from + dice.roll(64)).min(other.len());
                bytes.splice(at..end, other[from..until].iter().copied());
            }
            5 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
        }
    }
    bytes
}

/// Gives one input to a target; says whether it came to its end, and keeps the input where it did not.
fn try_one((name, run): Target, bytes: &[u8]) -> Result<(), String> {
    let (done, ended) = channel();
    let given = bytes.to_vec();
    std::thread::spawn(move || done.send(catch_unwind(|| run(&given)).is_ok()));
    let why = match ended.recv_timeout(PATIENCE) {
        Ok(true) => return Ok(()),
        Ok(false) => "panics",
        Err(RecvTimeoutError::Timeout) => "hangs",
        Err(RecvTimeoutError::Disconnected) => "dies",
    };
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{why}"));
    std::fs::write(&kept, bytes).unwrap();
    Err(format!("{name} {why}: what it was given is in {}", kept.display()))
}

#[test]
fn hostile_inputs_crash_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store/hostile");
    let mut tried = 0;
    for target in TARGETS {
        let Ok(folder) = std::fs::read_dir(root.join(target.0)) else { continue };
        for entry in folder {
            let path = entry.unwrap().path();
            if let Err(why) = try_one(target, &std::fs::read(&path).unwrap()) {
                panic!("{}: {why}", path.display());
            }
            tried += 1;
        }
    }
    assert!(tried > 0, "there are cases");
}

#[test]
fn every_target_runs_for_a_moment() {
    let seconds = std::env::var("JEJAK_FUZZ_SECONDS").ok().and_then(|it| it.parse::<f64>().ok());
    let time = Duration::from_secs_f64(seconds.unwrap_or(0.1));
    let all = seeds::all(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut failed = Vec::new();
    for target in TARGETS {
        let own: Vec<&Seed> = all.iter().filter(|seed| seed.target == target.0).collect();
        assert!(!own.is_empty(), "{} has no seeds", target.0);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let start = Instant::now();
        let mut tried = 0;
        while start.elapsed() < time || tried == 0 {
            let seed = own[dice.roll(own.len())];
            // A whole seed now and then; the rest of the time changes of one.
            let other = own[dice.roll(own.len())];
            let bytes = if tried % 8 == 0 { seed.bytes.clone() } else { changed(&seed.bytes, &other.bytes, &mut dice) };
            tried += 1;
            if let Err(why) = try_one(target, &bytes) {
                failed.push(why);
                break;
            }
        }
        println!("{}: {tried} inputs from {} seeds", target.0, own.len());
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
