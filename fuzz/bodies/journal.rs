//! The journal of a small project. Of the first byte, one bit says whether the journal begins as one that was written in this
//! folder, the next whether lines come as they are or get numbers and checksums, so that what is behind those is reached.

use std::collections::BTreeMap;

use jejak::store::{Disk, Folder};
use jejak::text::sha256_hex;

use super::place::Place;

/// A line of a journal, with its checksum.
pub fn line(number: usize, entry: &str) -> String {
    let rest = format!("{number} {entry}");
    format!("{} {rest}\n", &sha256_hex(rest.as_bytes())[..12])
}

/// Opens the project with the journal, works and saves.
pub fn run(data: &[u8]) {
    let [how, rest @ ..] = data else { return };
    let place = Place::new(&BTreeMap::from([(".jejak/a/journal".to_owned(), Vec::new())]));
    let mut content = Vec::new();
    if how & 1 == 0 {
        let token = Folder::open(&place.project).and_then(|disk| disk.token(".jejak/a"));
        content.extend_from_slice(line(0, &format!("Place({:?})", token.expect("the folder is there"))).as_bytes());
    }
    if how & 2 == 0 {
        content.extend_from_slice(rest);
    } else {
        for (number, entry) in (1..).zip(rest.split(|byte| *byte == b'\n')) {
            content.extend_from_slice(line(number, &String::from_utf8_lossy(entry)).as_bytes());
        }
    }
    place.put(".jejak/a/journal", &content);
    place.live();
}
