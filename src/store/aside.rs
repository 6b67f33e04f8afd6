//! Records of others that could not be taken in: kept in a file, with the file they stood in and the time.

use super::atomic;
use super::disk::Disk;
use super::layout::FileKey;
use crate::model::Timestamp;

/// Adds records that could not be taken in to the file that keeps them.
pub(super) fn keep_aside(disk: &dyn Disk, path: &str, key: &FileKey, lines: &[String]) -> std::io::Result<()> {
    let mut out = String::new();
    for line in lines {
        out.push_str(&format!("(file: {:?}, seen: \"{}\", record: {line})\n", key.path(), Timestamp::now()));
    }
    if disk.look(path)?.is_none() {
        return atomic::write_in(disk, path, out.as_bytes());
    }
    let mut file = disk.append(path)?;
    file.write_all(out.as_bytes())?;
    file.sync()
}
