//! The parts of a ZIP archive that is one document: Word, OpenDocument, EPUB.

use crate::lang::Message;
use crate::message;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::decode::decode;
use super::xml::{self, XmlPiece};
use crate::say;

/// Parts smaller than this unpacked may be packed as tightly as they like, bytes.
const SMALL: u64 = 1 << 20;

/// A document that is an archive of parts.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    /// Bytes that all its parts may have together; what was read is taken off.
    left: u64,
}

impl<'a> Parts<'a> {
    /// # Errors
    /// Half a sentence, where it is not an archive.
    pub fn new(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Message> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| say::zip(&error))?;
        Ok(Self { archive, limits, left: limits.unzipped_bytes })
    }

    /// The names of all parts, in the order of the archive.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(Into::into).collect()
    }

    /// The bytes of one part, if it is there.
    ///
    /// # Errors
    /// One sentence, where it cannot be unpacked or becomes too large.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(message!("part-unpacked", name = name, why = say::zip(&error))),
        };
        // The size that an archive states may be a lie, so what really comes out is measured.
        let allowed = self.left.min((file.compressed_size().saturating_mul(self.limits.zip_ratio)).max(SMALL));
        let mut bytes = Vec::new();
        file.take(allowed + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| message!("part-unpacked", name = name, why = say::io(&error)))?;
        if bytes.len() as u64 > allowed {
            return Err(message!("part-bomb", name = name, allowed = allowed));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// One part as text, if it is there.
    ///
    /// # Errors
    /// As [`Parts::bytes`], and where it is not a text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Message> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        decode(&bytes, None)
            .map(|decoded| Some(decoded.text.into_owned()))
            .map_err(|why| message!("part-why", name = name, why = why))
    }
}

/// Walks the elements of a part.
///
/// # Errors
/// One sentence that names the part.
pub(super) fn walk(part: &str, xml: &str, visit: impl FnMut(XmlPiece)) -> Result<(), Message> {
    xml::walk(xml, visit).map_err(|why| message!("part-broken", part = part, why = why))
}
