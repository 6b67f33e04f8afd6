//! A look at a PDF before a library reads it: parts that would unpack to more than there is memory, and locks.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::ingest::limits::Limits;
use crate::lang::Message;
use crate::message;

/// Bytes that all packed parts together unpack to, in those of one part.
const ALL: u64 = 8;
/// Bytes of a part that is packed in an older way, of which nobody knows what comes out.
const OLD: usize = 512 << 10;
/// Bytes before a part in which it is described.
const DESCRIPTION: usize = 2_048;

/// Refuses a file that is locked, or whose parts unpack to too much.
///
/// # Errors
/// One sentence.
pub(super) fn look(bytes: &[u8], limits: &Limits) -> Result<(), Message> {
    if finds(bytes, b"/Encrypt").any(|at| !bytes[at + 8..].first().is_some_and(u8::is_ascii_alphanumeric)) {
        return Err(message!("pdf-encrypted"));
    }
    let bomb = || message!("pdf-bomb", allowed = limits.unzipped_bytes);
    let mut whole = 0;
    for at in finds(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let described = &bytes[at.saturating_sub(DESCRIPTION)..at];
        let described = finds(described, b" obj").last().map_or(described, |begins| &described[begins..]);
        let rest = &bytes[at + 6..];
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let ways = |names: &[&[u8]]| names.iter().map(|name| finds(described, name).count()).sum::<usize>();
        let flate = ways(&[b"/FlateDecode", b"/Fl "]);
        if ways(&[b"/LZWDecode", b"/RunLengthDecode", b"/LZW", b"/RL "]) > 0 {
            let length = finds(rest, b"endstream").next().unwrap_or(rest.len());
            if length > OLD || flate > 0 {
                return Err(bomb());
            }
        }
        if flate > 1 {
            return Err(bomb());
        }
        // An end that is damaged is nothing here: the library takes what comes before it.
        let left = limits.unzipped_bytes;
        let mut unpacked = ZlibDecoder::new(rest).take(left + 1);
        let mut buffer = vec![0; 64 << 10];
        let mut count = 0;
        while let Ok(got) = unpacked.read(&mut buffer)
            && got > 0
        {
            count += got as u64;
        }
        whole += count;
        if count > left || whole > left.saturating_mul(ALL) {
            return Err(bomb());
        }
    }
    Ok(())
}

/// The places of some bytes.
fn finds<'a>(bytes: &'a [u8], sought: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, sought)
}
