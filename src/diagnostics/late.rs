//! Failures that came when no window was there any more to show them: kept until the next one opens.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::{input, say};

const FILE: &str = "not-shown.txt";
/// More than failures at exit ever are, bytes.
const MAX_BYTES: u64 = 64 << 10;

/// Keeps a sentence for the next window.
///
/// # Errors
/// Those of the disk.
pub fn leave(folder: &Path, sentence: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new().create(true).append(true).open(folder.join(FILE))?;
    writeln!(file, "{}", say::visible(sentence))
}

/// The sentences that were kept, the oldest first; they are not kept any longer.
#[must_use]
pub fn take_left(folder: &Path) -> Vec<String> {
    let file = folder.join(FILE);
    let Ok(kept) = input::text(&file, MAX_BYTES) else { return Vec::new() };
    // Where it cannot be removed it is shown again, which does no harm.
    let _ = fs::remove_file(&file);
    kept.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_kept_until_it_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made");
        assert!(take_left(&folder).is_empty());
        leave(&folder, "one\nline").unwrap();
        leave(&folder, "another").unwrap();
        assert_eq!(take_left(&folder), ["one line", "another"]);
        assert!(take_left(&folder).is_empty());
    }
}
