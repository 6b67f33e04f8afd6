//! The lines of a journal: short ones as they stand in the file, and long ones as what they say, since those are put into
//! words as fast as they are read and would otherwise be in memory twice.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::journal::{self, Done};
use super::plain_writer;
use super::wire::TransactionOut;
use crate::edit::Transaction;
use crate::model::ArticleId;
use crate::text::Text;

/// The number of edits from which a line is a long one.
const LONG: usize = 5_000;

/// Bytes of a long line that are written at a time.
const CHUNK: usize = 1 << 20;

/// Lines of a journal, in their order.
#[derive(Default)]
pub(super) struct Lines {
    pieces: Vec<Piece>,
    len: u64,
}

enum Piece {
    /// Any number of lines.
    Bytes(Vec<u8>),
    /// One line.
    Long(Box<LongLine>),
}

/// A transaction whose line is not in memory.
struct LongLine {
    number: u64,
    transaction: Arc<Transaction>,
    texts: HashMap<ArticleId, Text>,
    sum: String,
    /// Its bytes, with its line feed.
    len: u64,
}

impl From<Vec<u8>> for Lines {
    fn from(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self { pieces: vec![Piece::Bytes(bytes)], len }
    }
}

impl Lines {
    /// Bytes of all of them.
    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds lines as they stand.
    pub fn push(&mut self, lines: &[u8]) {
        self.len += lines.len() as u64;
        match self.pieces.last_mut() {
            Some(Piece::Bytes(bytes)) => bytes.extend_from_slice(lines),
            _ => self.pieces.push(Piece::Bytes(lines.to_vec())),
        }
    }

    /// Adds the line of a transaction.
    pub fn push_done(&mut self, number: u64, transaction: &Arc<Transaction>, texts: &HashMap<ArticleId, Text>) {
        if transaction.edits.len() >= LONG
            && let Some(line) = LongLine::new(number, transaction, texts)
        {
            self.len += line.len;
            self.pieces.push(Piece::Long(Box::new(line)));
            return;
        }
        let mut line = String::new();
        journal::add_line(&mut line, number, &Done(TransactionOut::new(transaction, texts)));
        self.push(line.as_bytes());
    }

    /// Adds the lines of another journal, or of another part of this one.
    pub fn append(&mut self, other: &mut Self) {
        for piece in other.pieces.drain(..) {
            match piece {
                Piece::Bytes(bytes) => self.push(&bytes),
                Piece::Long(line) => {
                    self.len += line.len;
                    self.pieces.push(Piece::Long(line));
                }
            }
        }
        other.len = 0;
    }

    /// Hands all of them over, some bytes at a time.
    ///
    /// # Errors
    /// As `put` says.
    pub fn write(&self, put: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Bytes(bytes) => put(bytes),
            Piece::Long(line) => line.write(put),
        })
    }

    /// All of them as they stand.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.len as usize);
        let put = &mut |bytes: &[u8]| {
            all.extend_from_slice(bytes);
            Ok(())
        };
        self.write(put).expect("memory takes everything");
        all
    }

    /// The bytes in these places, where they are in memory, or else all bytes with these places among them.
    pub fn covering(&self, places: &[Range<u64>]) -> Vec<u8> {
        let held = match &self.pieces[..] {
            [Piece::Bytes(first), ..] if places.iter().all(|place| place.end <= first.len() as u64) => Some(first),
            _ => None,
        };
        held.map_or_else(|| self.to_bytes(), Clone::clone)
    }
}

impl LongLine {
    /// None where it cannot be written piece by piece.
    fn new(number: u64, transaction: &Arc<Transaction>, texts: &HashMap<ArticleId, Text>) -> Option<Self> {
        let mut counted = Counted { sum: Sha256::new(), len: 0 };
        let mut line =
            Self { number, transaction: transaction.clone(), texts: texts.clone(), sum: String::new(), len: 0 };
        line.words(&mut counted).ok()?;
        line.sum = journal::digits(&counted.sum.finalize());
        // With the blank after the sum, and the line feed.
        line.len = line.sum.len() as u64 + counted.len + 2;
        Some(line)
    }

    /// Everything that its sum is of.
    fn words(&self, out: &mut impl fmt::Write) -> Result<(), plain_writer::Left> {
        write!(out, "{} ", self.number)?;
        plain_writer::write(out, &Done(TransactionOut::new(&self.transaction, &self.texts)))
    }

    fn write(&self, put: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut chunks = Chunks { bytes: Vec::with_capacity(CHUNK + (CHUNK >> 4)), put, failed: None };
        let written = write!(chunks, "{} ", self.sum).is_ok() && self.words(&mut chunks).is_ok();
        if let Some(why) = chunks.failed.take() {
            return Err(why);
        }
        assert!(written, "it was put into words before");
        chunks.bytes.push(b'\n');
        let Chunks { bytes, put, .. } = chunks;
        put(&bytes)
    }
}

/// Words that are counted and summed up, and go nowhere.
struct Counted {
    sum: Sha256,
    len: u64,
}

impl fmt::Write for Counted {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.sum.update(words);
        self.len += words.len() as u64;
        Ok(())
    }
}

/// Words that are handed over many at a time.
struct Chunks<'a> {
    bytes: Vec<u8>,
    put: &'a mut dyn FnMut(&[u8]) -> io::Result<()>,
    failed: Option<io::Error>,
}

impl fmt::Write for Chunks<'_> {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.bytes.extend_from_slice(words.as_bytes());
        if self.bytes.len() >= CHUNK {
            let put = (self.put)(&self.bytes);
            self.bytes.clear();
            if let Err(why) = put {
                self.failed = Some(why);
                return Err(fmt::Error);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::{Id, Name, Origin, RecordFile, Referent};

    #[test]
    fn a_long_line_is_written_as_a_short_one_would_be() {
        let by = Name::new("a");
        let mut transaction = Transaction::new("many", &by);
        transaction.edits.extend((0..LONG).map(|n| {
            let referent = Referent { id: Id::random(), ..Referent::new(&by, &format!("\"{n}\""), Origin::hand(&by)) };
            Edit::new(RecordFile::Referents(by.clone()), None, Some(Arc::new(referent)))
        }));
        let (transaction, texts) = (Arc::new(transaction), HashMap::new());
        let mut lines = Lines::from(b"before\n".to_vec());
        lines.push_done(7, &transaction, &texts);
        assert!(matches!(lines.pieces[..], [Piece::Bytes(_), Piece::Long(_)]));
        lines.push(b"behind\n");
        let mut line = "before\n".to_owned();
        journal::add_line(&mut line, 7, &Done(TransactionOut::new(&transaction, &texts)));
        line.push_str("behind\n");
        let all = lines.to_bytes();
        assert!(all == line.as_bytes());
        assert_eq!(lines.len(), all.len() as u64);
        let whole = |line: &[u8]| journal::is_whole(line);
        assert!(all.split_inclusive(|&byte| byte == b'\n').nth(1).is_some_and(whole));
        let mut other = Lines::default();
        other.append(&mut lines);
        assert!(lines.is_empty() && other.to_bytes() == all);
        let full = other.write(&mut |_| Err(io::Error::other("full")));
        assert!(full.is_err());
    }
}
