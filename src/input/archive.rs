//! Archives (ZIP, tar, tar.gz): their files one by one, in memory. Nothing of an archive is ever written to the disk.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::lang::Message;
use crate::message;
use crate::say;

use super::not_regular;

/// A file smaller than this may be packed as tightly as it likes, bytes.
const SMALL: u64 = 1 << 20;
/// Bytes of a block of a tar.
const BLOCK: usize = 512;
/// Bytes that a tar may spend on the name of one file.
const NAME: u64 = 64 << 10;
/// Bytes of a stream are at most this many times those of the files that may be read of it.
const SKIPPED: u64 = 4;

/// The ways in which files are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveKind {
    /// `.zip`.
    Zip,
    /// `.tar`.
    Tar,
    /// `.tar.gz` and `.tgz`.
    TarGz,
}

impl ArchiveKind {
    /// The kind of an archive by its name; none where it is no archive.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        match () {
            () if ends(&[".zip"]) => Some(Self::Zip),
            () if ends(&[".tar"]) => Some(Self::Tar),
            () if ends(&[".tar.gz", ".tgz"]) => Some(Self::TarGz),
            () => None,
        }
    }
}

/// Bounds of unpacking. What goes past one is refused, never cut.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveBounds {
    /// Files in the archive.
    pub files: usize,
    /// Bytes of all files that come out of it.
    pub unpacked: u64,
    /// Bytes that come out of one byte at the most, for more than 1 MiB.
    pub ratio: u64,
}

/// The receiver of what is in an archive.
pub trait Unpacking {
    /// The most bytes that the file of this name may have; none where it is not wanted and not unpacked.
    fn most(&mut self, name: &str) -> Option<u64>;

    /// Takes a file, or the reason in half a sentence why it is left out. `done` are the bytes of the archive that are
    /// behind it, about.
    ///
    /// # Errors
    /// If the rest is not to be read.
    fn take(&mut self, name: String, content: Result<Vec<u8>, Message>, done: u64) -> Result<(), Message>;
}

/// Unpacks an archive. Names have `/` between folders; what archivers and systems put beside the files of a person (hidden
/// files, `__MACOSX`) is passed over. Left out with a reason are links, devices, files that are locked, damaged or larger than
/// they may be, and names that lead out of the archive.
///
/// # Errors
/// If it is no such archive or is damaged, in half a sentence, or what `to` says.
pub fn unpack(kind: ArchiveKind, bytes: &[u8], bounds: ArchiveBounds, to: &mut dyn Unpacking) -> Result<(), Message> {
    let mut unpacker = Unpacker { bounds, left: bounds.unpacked, size: bytes.len() as u64, to };
    match kind {
        ArchiveKind::Zip => unpacker.zip(bytes),
        ArchiveKind::Tar => unpacker.tar(bytes),
        ArchiveKind::TarGz => {
            let ratio = unpacker.size.saturating_mul(bounds.ratio).max(SMALL);
            unpacker.tar(Bounded::new(MultiGzDecoder::new(bytes), bounds.unpacked.saturating_mul(SKIPPED).min(ratio)))
        }
    }
}

struct Unpacker<'a> {
    bounds: ArchiveBounds,
    /// Bytes that may still come out.
    left: u64,
    size: u64,
    to: &'a mut dyn Unpacking,
}

impl Unpacker<'_> {
    fn zip(&mut self, bytes: &[u8]) -> Result<(), Message> {
        let wrong = |error: &zip::result::ZipError| message!("archive-why", why = say::zip(error));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
        if archive.len() > self.bounds.files {
            return Err(message!("archive-files", files = self.bounds.files));
        }
        for index in 0..archive.len() {
            let done = self.size / archive.len() as u64 * (index as u64 + 1);
            let file = match archive.by_index(index) {
                Ok(file) if file.is_dir() => continue,
                Ok(file) => file,
                Err(error) => {
                    self.to.take(format!("[{}]", index + 1), Err(wrong(&error)), done)?;
                    continue;
                }
            };
            let Ok(name) = file.name().map(|name| name.replace('\\', "/")) else {
                self.to.take(format!("[{}]", index + 1), Err(message!("archive-name")), done)?;
                continue;
            };
            let left_out = match () {
                () if file.enclosed_name().is_none() || leads_out(&name) => Some(message!("archive-name")),
                () if file.is_symlink() => Some(message!("archive-link")),
                () => None,
            };
            let allowed = file.compressed_size().saturating_mul(self.bounds.ratio).max(SMALL);
            self.file(name, left_out, [0, allowed], file, done)?;
        }
        Ok(())
    }

    /// Files of a tar, as POSIX and GNU write it.
    fn tar(&mut self, mut from: impl Read) -> Result<(), Message> {
        let damaged = |error: &std::io::Error| message!("archive-why", why = say::io(error));
        let (mut read, mut files) = (0_u64, 0);
        let (mut long_name, mut long_size) = (None, None);
        loop {
            let mut header = [0; BLOCK];
            if let Err(error) = from.read_exact(&mut header) {
                // The blocks of zeros at the end are left out by some.
                let ended = error.kind() == std::io::ErrorKind::UnexpectedEof && files > 0;
                return if ended { Ok(()) } else { Err(not_tar(&error)) };
            }
            read += BLOCK as u64;
            if header.iter().all(|&byte| byte == 0) {
                return Ok(());
            }
            if !is_header(&header) {
                return Err(message!("archive-why", why = message!("fault-not-tar")));
            }
            let kind = header[156];
            let stated =
                number(&header[124..136]).ok_or_else(|| message!("archive-why", why = message!("fault-not-tar")))?;
            let size =
                if matches!(kind, b'x' | b'g' | b'L' | b'K') { stated } else { long_size.take().unwrap_or(stated) };
            let mut content = (&mut from).take(size);
            match kind {
                b'L' | b'x' if size <= NAME => {
                    let mut said = Vec::new();
                    content.read_to_end(&mut said).map_err(|error| damaged(&error))?;
                    if kind == b'L' {
                        long_name = Some(String::from_utf8_lossy(until_nul(&said)).into_owned());
                    } else {
                        long_name = pax(&said, "path").or(long_name);
                        long_size = pax(&said, "size").and_then(|size| size.parse().ok()).or(long_size);
                    }
                }
                b'g' | b'K' | b'L' | b'x' => {}
                _ => {
                    files += 1;
                    if files > self.bounds.files {
                        return Err(message!("archive-files", files = self.bounds.files));
                    }
                    let name = long_name.take().unwrap_or_else(|| name_of(&header)).replace('\\', "/");
                    let left_out = match kind {
                        b'0' | 0 | b'7' if leads_out(&name) => Some(message!("archive-name")),
                        b'0' | 0 | b'7' => None,
                        b'1' | b'2' => Some(message!("archive-link")),
                        _ => Some(not_regular()),
                    };
                    if kind != b'5' && !name.ends_with('/') {
                        self.file(name, left_out, [size, u64::MAX], &mut content, read.min(self.size))?;
                    }
                }
            }
            let padding = size.next_multiple_of(BLOCK as u64) - size;
            let rest = content.limit() + padding;
            let skipped =
                std::io::copy(&mut (&mut from).take(rest), &mut std::io::sink()).map_err(|error| damaged(&error))?;
            if skipped < rest.saturating_sub(padding) {
                return Err(message!("archive-why", why = message!("fault-short")));
            }
            read = read.saturating_add(size + padding);
        }
    }

    /// One file of which so many bytes come out at least and at the most.
    fn file(
        &mut self,
        name: String,
        left_out: Option<Message>,
        [least, allowed]: [u64; 2],
        content: impl Read,
        done: u64,
    ) -> Result<(), Message> {
        if name.starts_with("__MACOSX/")
            || name.split('/').any(|part| part.starts_with('.') && !part.trim_matches('.').is_empty())
        {
            return Ok(());
        }
        if let Some(why) = left_out {
            return self.to.take(name, Err(why), done);
        }
        let Some(most) = self.to.most(&name) else { return Ok(()) };
        // The size that an archive states may be a lie, so what really comes out is measured.
        let allowed = allowed.min(self.left).min(most);
        let name = name.trim_start_matches("./").to_owned();
        let mut bytes = Vec::new();
        let content = match content.take(allowed.saturating_add(1)).read_to_end(&mut bytes) {
            Err(error) => Err(message!("archive-why", why = say::io(&error))),
            Ok(_) if bytes.len() as u64 > allowed => Err(message!("archive-bomb", allowed = allowed)),
            Ok(_) if (bytes.len() as u64) < least => Err(message!("archive-why", why = message!("fault-short"))),
            Ok(_) => {
                self.left -= bytes.len() as u64;
                Ok(bytes)
            }
        };
        self.to.take(name, content, done)
    }
}

/// True for a name that is not below the archive: from the root, of a drive, or up.
fn leads_out(name: &str) -> bool {
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with('/') || is_drive || name.contains('\0') || name.split('/').any(|part| part == "..")
}

fn not_tar(error: &std::io::Error) -> Message {
    let why = match error.kind() {
        std::io::ErrorKind::FileTooLarge => say::io(error),
        _ => message!("fault-not-tar"),
    };
    message!("archive-why", why = why)
}

/// True where the sum over the block is the one that it states.
fn is_header(block: &[u8; BLOCK]) -> bool {
    let sum: u64 =
        block.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u64::from(byte) }).sum();
    number(&block[148..156]) == Some(sum)
}

/// A number in octal digits, or in GNU's way with the highest bit set.
fn number(field: &[u8]) -> Option<u64> {
    if field.first().is_some_and(|&byte| byte & 0x80 != 0) {
        let (high, low) = field.split_at(field.len() - 8);
        let is_small = high.iter().enumerate().all(|(at, &byte)| byte == if at == 0 { 0x80 } else { 0 });
        return low.try_into().ok().map(u64::from_be_bytes).filter(|&it| is_small && it < 1 << 62);
    }
    let digits = str::from_utf8(until_nul(field)).ok()?.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// The name in a header, with its beginning where POSIX puts that.
fn name_of(header: &[u8; BLOCK]) -> String {
    let name = String::from_utf8_lossy(until_nul(&header[..100]));
    let before = String::from_utf8_lossy(until_nul(&header[345..500]));
    // Only then is there a beginning: GNU keeps times in that place.
    if &header[257..263] == b"ustar\0" && !before.is_empty() { format!("{before}/{name}") } else { name.into_owned() }
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len())]
}

/// The value of a key in lines such as `30 path=folder/name\n`, which begin with their own length.
fn pax(said: &[u8], key: &str) -> Option<String> {
    let mut rest = said;
    while let Some(blank) = rest.iter().position(|&byte| byte == b' ') {
        let length: usize = str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
        let line = rest.get(blank + 1..length)?;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if let Some(value) = line.strip_prefix(key.as_bytes()).and_then(|line| line.strip_prefix(b"=")) {
            return Some(String::from_utf8_lossy(value).into_owned());
        }
        rest = &rest[length..];
    }
    None
}

/// A stream that may not give more than so many bytes.
struct Bounded<R> {
    inner: R,
    most: u64,
    left: u64,
}

impl<R> Bounded<R> {
    fn new(inner: R, most: u64) -> Self {
        Self { inner, most, left: most }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(buffer)?;
        let Some(left) = self.left.checked_sub(got as u64) else {
            let why = message!("archive-bomb", allowed = self.most);
            return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, why));
        };
        self.left = left;
        Ok(got)
    }
}
