//! The cache of measures: kept beside the project so that an article is measured again only when it has changed.
//!
//! A table of names of sums, then the articles, numbers as LEB128. What does not read as that, or is of another schema, other
//! annotators or another version of the program, is no cache and is measured again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::key::{SumKey, Topic};
use super::request::ReportRequest;
use super::table::{ArticleDay, ArticleSums, Columns, SumRow};
use crate::model::{Article, ArticleId, Id, Name, Progress, Schema, Strategy};
use crate::store::{CacheReader, CacheWriter, FileStamp, cache};
use crate::text::sha256_hex;

/// The first bytes; the number grows with the format and with what is measured.
const MAGIC: &[u8] = b"jejak figures 8\n";

/// Returns the name of the cache of these sets.
pub(super) fn name(schema: &Schema, strategy: &Strategy, request: &ReportRequest) -> String {
    let annotators: Vec<&str> = request.annotators.iter().map(Name::as_str).collect();
    let ReportRequest { gold, evaluation, articles_of, zones, chance, .. } = request;
    let version = env!("CARGO_PKG_VERSION");
    let of = format!(
        "{version} {schema:?} {strategy} {annotators:?} {gold:?} {evaluation} {articles_of:?} {zones:?} {chance}"
    );
    format!("figures-{}", &sha256_hex(of.as_bytes())[..16])
}

/// Reads the sums of each article that were kept.
pub(super) fn read(
    dir: &Path,
    name: &str,
    request: &ReportRequest,
) -> Option<(Columns, HashMap<ArticleId, ArticleSums>)> {
    let bytes = cache::read(dir, name)?;
    let mut reader = CacheReader(bytes.strip_prefix(MAGIC)?);
    let mut columns = Columns::new();
    let mut names: HashMap<&str, Name> = HashMap::new();
    for _ in 0..reader.number()? {
        let topic = Topic::numbered(u8::try_from(reader.number()?).ok()?)?;
        let mut next = || {
            let text = reader.text()?;
            Some(names.entry(text).or_insert_with(|| Name::new(text)).clone())
        };
        let (a, b, c) = (next()?, next()?, next()?);
        let part = u32::try_from(reader.number()?).ok()?;
        columns.number(SumKey { topic, a, b, c, part });
    }
    let width = columns.keys().len() as u64;
    let mut entries = HashMap::new();
    while !reader.0.is_empty() {
        let id = ArticleId::new(reader.text()?)?;
        entries.insert(id, reader.entry(width)?);
    }
    let known = |entry: &ArticleSums| entry.work.iter().all(|day| day.who < request.annotators.len());
    let whole = entries.values().all(|entry| entry.sets.len() == request.annotators.len() && known(entry));
    whole.then_some((columns, entries))
}

/// Keeps what can be kept; names of sums that nothing uses any more are left out.
pub(super) fn write(dir: &Path, name: &str, columns: &Columns, articles: &[Arc<Article>], entries: &[ArticleSums]) {
    let mut used = vec![false; columns.keys().len()];
    for entry in entries {
        for row in entry.pairs.iter().flatten().map(|(row, _)| row).chain([&entry.joint]) {
            row.columns.iter().for_each(|&column| used[column as usize] = true);
        }
    }
    let mut numbers = vec![0; used.len()];
    let mut writer = CacheWriter(MAGIC.to_vec());
    writer.number(used.iter().filter(|used| **used).count() as u64);
    let keys = columns.keys().iter().zip(&used).enumerate().filter(|(_, (_, used))| **used);
    for (number, (column, (key, _))) in keys.enumerate() {
        numbers[column] = number as u64;
        writer.number(key.topic as u64);
        for text in [&key.a, &key.b, &key.c] {
            writer.text(text);
        }
        writer.number(u64::from(key.part));
    }
    for (article, entry) in articles.iter().zip(entries) {
        if let Some(stamps) = &entry.stamps {
            writer.text(&article.id);
            writer.entry(entry, stamps, &numbers);
        }
    }
    cache::write(dir, name, &writer.0);
}

impl CacheWriter {
    fn entry(&mut self, entry: &ArticleSums, stamps: &[Option<FileStamp>], numbers: &[u64]) {
        self.number(stamps.len() as u64);
        for stamp in stamps {
            self.maybe(stamp.map(|stamp| stamp.len));
            self.number(stamp.map_or(0, |stamp| stamp.changed));
        }
        self.number(u64::from(entry.gamma));
        self.number(entry.sets.len() as u64);
        for set in &entry.sets {
            self.maybe(set.map(|(_, count)| count as u64));
            self.number(set.map_or(0, |(progress, _)| progress as u64));
        }
        self.text(&entry.day);
        self.number(entry.work.len() as u64);
        for ArticleDay { who, day, marks, seconds, timed } in &entry.work {
            self.text(day);
            [who, marks, seconds, timed].into_iter().for_each(|number| self.number(*number as u64));
        }
        self.number(entry.gaps.len() as u64);
        entry.gaps.iter().for_each(|gap| self.text(gap));
        self.maybe(entry.open.map(|open| open as u64));
        self.number(entry.pairs.len() as u64);
        for pair in &entry.pairs {
            self.number(u64::from(pair.is_some()));
            let Some((row, links)) = pair else { continue };
            self.row(row, numbers);
            self.number(links.len() as u64);
            for id in links.iter().flatten() {
                self.text(&id.map_or(String::new(), |id| id.to_string()));
            }
        }
        self.row(&entry.joint, numbers);
    }

    fn row(&mut self, row: &SumRow, numbers: &[u64]) {
        self.number(row.columns.len() as u64);
        let mut last = 0;
        for (column, value) in row.iter() {
            // Numbers were handed out in the order of columns, so they ascend as columns do.
            self.number(numbers[column] - last);
            last = numbers[column];
            // Nearly all sums are counts.
            if (0.0..1e15).contains(&value) && value.fract() == 0.0 {
                self.number(2 * value as u64);
            } else {
                self.number(1);
                self.0.extend_from_slice(&value.to_le_bytes());
            }
        }
    }
}

impl CacheReader<'_> {
    fn entry(&mut self, width: u64) -> Option<ArticleSums> {
        let mut entry = ArticleSums::default();
        let mut stamps = Vec::new();
        for _ in 0..self.length()? {
            let (len, changed) = (self.maybe()?, self.number()?);
            stamps.push(len.map(|len| FileStamp { len, changed }));
        }
        entry.stamps = Some(stamps);
        entry.gamma = self.number()? != 0;
        for _ in 0..self.length()? {
            let (count, progress) = (self.maybe()?, self.number()?);
            let progress = match progress {
                0 => Progress::New,
                1 => Progress::InProgress,
                _ => Progress::Done,
            };
            entry.sets.push(count.map(|count| (progress, count as usize)));
        }
        entry.day = self.text()?.to_owned();
        for _ in 0..self.length()? {
            let day = self.text()?.to_owned();
            let mut number = || usize::try_from(self.number()?).ok();
            let (who, marks, seconds, timed) = (number()?, number()?, number()?, number()?);
            entry.work.push(ArticleDay { who, day, marks, seconds, timed });
        }
        for _ in 0..self.length()? {
            entry.gaps.push(self.text()?.to_owned());
        }
        entry.open = self.maybe()?.map(|open| open as usize);
        for _ in 0..self.length()? {
            if self.number()? == 0 {
                entry.pairs.push(None);
                continue;
            }
            let row = self.row(width)?;
            let mut links = Vec::new();
            for _ in 0..self.length()? {
                let mut id = || self.text().map(|text| text.parse::<Id>().ok());
                links.push([id()?, id()?]);
            }
            entry.pairs.push(Some((row, links.into_boxed_slice())));
        }
        entry.joint = self.row(width)?;
        Some(entry)
    }

    fn row(&mut self, width: u64) -> Option<SumRow> {
        let length = self.length()?;
        let (mut columns, mut values) = (Vec::with_capacity(length), Vec::with_capacity(length));
        let mut last = 0_u64;
        for _ in 0..length {
            last = last.checked_add(self.number()?).filter(|&column| column < width)?;
            columns.push(last as u32);
            values.push(match self.number()? {
                1 => f64::from_le_bytes(self.take(8)?.try_into().ok()?),
                double => (double / 2) as f64,
            });
        }
        Some(SumRow { columns: columns.into(), values: values.into() })
    }
}
