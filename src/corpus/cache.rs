//! The cache of an index: the digest of each article with size and time of the files that it came from.
//!
//! A table of names, then the articles, each with its length before it so that they are read on all processors. What does not
//! read as that, or is of another schema, another maker or another version of the program, is not a cache and is made again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date as Day;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::days::Days;
use super::digest::{Attribute, Digest, FillerOf, Frame, Mention, Slot, SlotFiller, published};
use crate::model::{ArticleId, Corpus, Id, Name, Progress, Schema};
use crate::store::{CacheReader, CacheWriter, FileStamp, cache};
use crate::text::{Span, sha256_hex};

/// The first bytes; the number grows with the format and with what is in a digest.
const MAGIC: &[u8] = b"jejak corpus 1\n";

/// A digest as it was kept, and the files that it came from.
#[derive(Debug)]
pub(super) struct Kept {
    pub stamps: Vec<Option<FileStamp>>,
    pub digest: Arc<Digest>,
}

/// Returns the name of the cache of a maker's sets.
pub(super) fn name(schema: &Schema, maker: &Name) -> String {
    let of = format!("{} {schema:?} {maker:?}", env!("CARGO_PKG_VERSION"));
    format!("corpus-{}", &sha256_hex(of.as_bytes())[..16])
}

/// Reads the digests that were kept, of articles that are still there with the same text.
pub(super) fn read(dir: &Path, name: &str, corpus: &Corpus) -> Option<HashMap<ArticleId, Kept>> {
    let bytes = cache::read(dir, name)?;
    let mut reader = CacheReader(bytes.strip_prefix(MAGIC)?);
    let mut names = Vec::new();
    for _ in 0..reader.length()? {
        names.push(Name::new(reader.text()?));
    }
    let mut entries = Vec::new();
    while !reader.0.is_empty() {
        let length = reader.length()?;
        entries.push(reader.take(length)?);
    }
    let read = |bytes: &[u8]| DigestReader { bytes: CacheReader(bytes), names: &names }.entry(corpus);
    let entries: Vec<Option<Option<Kept>>> = entries.into_par_iter().map(read).collect();
    let entries = entries.into_iter().collect::<Option<Vec<Option<Kept>>>>()?;
    Some(entries.into_iter().flatten().map(|kept| (kept.digest.article.id.clone(), kept)).collect())
}

/// Keeps the digests that have stamps.
pub(super) fn write<'a>(
    dir: &Path,
    name: &str,
    digests: impl Iterator<Item = (&'a Digest, Option<&'a [Option<FileStamp>]>)>,
) {
    let mut names = Names::default();
    let mut entries = CacheWriter::default();
    for (digest, stamps) in digests {
        let Some(stamps) = stamps else { continue };
        let mut writer = DigestWriter { bytes: CacheWriter::default(), names: &mut names };
        writer.entry(digest, stamps);
        let bytes = writer.bytes.0;
        entries.number(bytes.len() as u64);
        entries.0.extend(bytes);
    }
    let mut all = CacheWriter(MAGIC.to_vec());
    all.number(names.list.len() as u64);
    names.list.iter().for_each(|name| all.text(name));
    all.0.extend(entries.0);
    cache::write(dir, name, &all.0);
}

/// The names that entries use, numbered in the order in which they come.
#[derive(Default)]
struct Names {
    list: Vec<Name>,
    numbers: HashMap<Name, u64>,
}

impl Names {
    fn number(&mut self, name: &Name) -> u64 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.list.len() as u64;
        self.list.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }
}

struct DigestWriter<'a> {
    bytes: CacheWriter,
    names: &'a mut Names,
}

impl DigestWriter<'_> {
    fn entry(&mut self, digest: &Digest, stamps: &[Option<FileStamp>]) {
        let Digest { article, published: _, progress, mentions, frames, zones, labels, text } = digest;
        self.bytes.text(&article.id);
        self.bytes.text(&article.sha256);
        self.list(stamps, |writer, stamp| {
            writer.bytes.maybe(stamp.map(|stamp| stamp.len));
            writer.bytes.number(stamp.map_or(0, |stamp| stamp.changed));
        });
        self.bytes.maybe(progress.map(|progress| progress as u64));
        self.list(mentions, |writer, Mention { id, label, at, words, referent, attributes, days }| {
            writer.id(Some(*id));
            writer.name(label);
            writer.spans(at);
            writer.bytes.text(words);
            writer.id(*referent);
            writer.attributes(attributes);
            writer.days(*days);
        });
        self.list(frames, |writer, Frame { id, label, at, words, referent, attributes, slots, days }| {
            writer.id(Some(*id));
            writer.name(label);
            writer.spans(at);
            writer.bytes.text(words);
            writer.id(*referent);
            writer.attributes(attributes);
            writer.list(slots, |writer, Slot { role, fillers }| {
                writer.name(role);
                writer.list(fillers, Self::filler);
            });
            writer.days(*days);
        });
        self.list(zones, |writer, (label, at)| {
            writer.name(label);
            writer.spans(at);
        });
        self.list(labels, Self::name);
        self.bytes.text(text);
    }

    fn filler(&mut self, SlotFiller { of, words, at, referent, days }: &SlotFiller) {
        let (kind, id) = match *of {
            FillerOf::Mention(id) => (0, Some(id)),
            FillerOf::Frame(id) => (1, Some(id)),
            FillerOf::Missing(id) => (2, Some(id)),
            FillerOf::Words => (3, None),
            FillerOf::Value => (4, None),
        };
        self.bytes.number(kind);
        self.id(id);
        self.bytes.text(words);
        self.spans(at);
        self.id(*referent);
        self.days(*days);
    }

    fn list<T>(&mut self, list: &[T], write: impl Fn(&mut Self, &T)) {
        self.bytes.number(list.len() as u64);
        list.iter().for_each(|one| write(self, one));
    }

    fn name(&mut self, name: &Name) {
        let number = self.names.number(name);
        self.bytes.number(number);
    }

    fn id(&mut self, id: Option<Id>) {
        self.bytes.text(&id.map_or(String::new(), |id| id.to_string()));
    }

    fn spans(&mut self, at: &[Span]) {
        self.list(at, |writer, span| {
            writer.bytes.number(span.start.into());
            writer.bytes.number(span.len().into());
        });
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        self.list(attributes, |writer, (name, value)| {
            writer.name(name);
            writer.bytes.text(value);
        });
    }

    fn days(&mut self, days: Option<Days>) {
        let Some(Days { from, until, from_vague, until_vague, about }) = days else { return self.bytes.number(0) };
        self.bytes.number(1 | u64::from(from_vague) << 1 | u64::from(until_vague) << 2 | u64::from(about) << 3);
        self.day(from);
        self.day(until);
    }

    fn day(&mut self, day: Option<Day>) {
        let number = |day: Day| {
            (i64::from(day.year()) + 10_000) * 372 + i64::from(day.month() - 1) * 31 + i64::from(day.day() - 1)
        };
        self.bytes.maybe(day.map(|day| number(day) as u64));
    }
}

struct DigestReader<'a> {
    bytes: CacheReader<'a>,
    names: &'a [Name],
}

impl DigestReader<'_> {
    /// Outer none where it does not read, inner none where the article is gone or has another text.
    fn entry(&mut self, corpus: &Corpus) -> Option<Option<Kept>> {
        let id = ArticleId::new(self.bytes.text()?)?;
        let sha256 = self.bytes.text()?;
        let Some(article) = corpus.article(&id).filter(|article| article.sha256 == sha256) else { return Some(None) };
        let stamps = self.list(|reader| {
            let (len, changed) = (reader.bytes.maybe()?, reader.bytes.number()?);
            Some(len.map(|len| FileStamp { len, changed }))
        })?;
        let progress = match self.bytes.maybe()? {
            None => None,
            Some(0) => Some(Progress::New),
            Some(1) => Some(Progress::InProgress),
            Some(_) => Some(Progress::Done),
        };
        let mentions = self.list(|reader| {
            Some(Mention {
                id: reader.id()??,
                label: reader.name()?,
                at: reader.spans()?,
                words: reader.bytes.text()?.into(),
                referent: reader.id()?,
                attributes: reader.attributes()?,
                days: reader.days()?,
            })
        })?;
        let frames = self.list(|reader| {
            Some(Frame {
                id: reader.id()??,
                label: reader.name()?,
                at: reader.spans()?,
                words: reader.bytes.text()?.into(),
                referent: reader.id()?,
                attributes: reader.attributes()?,
                slots: reader
                    .list(|reader| Some(Slot { role: reader.name()?, fillers: reader.list(Self::filler)?.into() }))?
                    .into(),
                days: reader.days()?,
            })
        })?;
        let zones = self.list(|reader| Some((reader.name()?, reader.spans()?)))?;
        let labels = self.list(Self::name)?;
        let digest = Digest {
            published: published(article),
            article: article.clone(),
            progress,
            mentions: mentions.into(),
            frames: frames.into(),
            zones: zones.into(),
            labels: labels.into(),
            text: self.bytes.text()?.into(),
        };
        Some(Some(Kept { stamps, digest: digest.into() }))
    }

    fn filler(&mut self) -> Option<SlotFiller> {
        let (kind, id) = (self.bytes.number()?, self.id()?);
        let of = match kind {
            0 => FillerOf::Mention(id?),
            1 => FillerOf::Frame(id?),
            2 => FillerOf::Missing(id?),
            3 => FillerOf::Words,
            _ => FillerOf::Value,
        };
        Some(SlotFiller {
            of,
            words: self.bytes.text()?.into(),
            at: self.spans()?,
            referent: self.id()?,
            days: self.days()?,
        })
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.bytes.length()?;
        (0..length).map(|_| read(self)).collect()
    }

    fn name(&mut self) -> Option<Name> {
        self.names.get(usize::try_from(self.bytes.number()?).ok()?).cloned()
    }

    /// Outer none where it does not read.
    fn id(&mut self) -> Option<Option<Id>> {
        match self.bytes.text()? {
            "" => Some(None),
            text => Some(Some(text.parse().ok()?)),
        }
    }

    fn spans(&mut self) -> Option<Box<[Span]>> {
        let spans = self.list(|reader| {
            let (start, len) = (reader.bytes.number()?, reader.bytes.number()?);
            let end = start.checked_add(len)?;
            Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
        })?;
        Some(spans.into())
    }

    fn attributes(&mut self) -> Option<Box<[Attribute]>> {
        let attributes = self.list(|reader| Some((reader.name()?, reader.bytes.text()?.into())))?;
        Some(attributes.into())
    }

    /// Outer none where it does not read.
    fn days(&mut self) -> Option<Option<Days>> {
        let bits = self.bytes.number()?;
        if bits & 1 == 0 {
            return Some(None);
        }
        let (from, until) = (self.day()?, self.day()?);
        let bit = |at: u64| bits >> at & 1 == 1;
        Some(Some(Days { from, until, from_vague: bit(1), until_vague: bit(2), about: bit(3) }))
    }

    /// Outer none where it does not read.
    fn day(&mut self) -> Option<Option<Day>> {
        let Some(number) = self.bytes.maybe()? else { return Some(None) };
        let year = i16::try_from(number / 372).ok()?.checked_sub(10_000)?;
        let (month, day) = ((number % 372 / 31) as i8 + 1, (number % 31) as i8 + 1);
        Day::new(year, month, day).ok().map(Some)
    }
}
