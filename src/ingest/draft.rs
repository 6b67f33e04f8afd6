//! From what a file says about an article to a draft: the checks and completions that all kinds of files share.

use crate::lang::Message;
use crate::message;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use whatlang::Lang;

use super::columns::Fields;
use super::{DayOrder, Draft, Drafts, Failure, Limits, Reading, byline, dates, titles};
use crate::text::{normalise, sha256_hex};

/// Characters at the start of a text that its language is told from: enough to be sure, and a tenth of a millisecond.
const LANGUAGE_SAMPLE: usize = 1_200;
/// Bytes below which no language is looked for: a sentence of a Latin alphabet, while other scripts tell more with
/// less.
const LANGUAGE_LEAST: usize = 60;

/// The file that articles come from.
pub(super) struct DraftOrigin<'a> {
    pub name: &'a str,
    pub reading: &'a Reading,
    pub limits: &'a Limits,
    /// Notes about the decoding of the file.
    pub notes: Vec<Message>,
    sha256: String,
}

impl<'a> DraftOrigin<'a> {
    pub fn new(name: &'a str, bytes: &[u8], reading: &'a Reading) -> Self {
        Self { name, reading, limits: &reading.limits, notes: Vec::new(), sha256: sha256_hex(bytes) }
    }

    /// The failure of one record; `place` is empty, `:line` or `[n]`.
    pub fn failure(&self, place: &str, why: impl Into<Message>) -> Failure {
        Failure { source: format!("{}{place}", self.name), why: why.into() }
    }

    /// The draft of the file's only article, or why there is none.
    pub fn whole(&self, fields: Fields, notes: Vec<Message>) -> Result<Draft, Message> {
        self.draft("", fields, self.notes.iter().cloned().chain(notes).collect())
    }

    /// The draft of one record among many.
    pub fn record(&self, place: &str, fields: Fields) -> Result<Draft, Failure> {
        // Bytes are counted in the file, records after parsing: a record shares the file's notes on broken bytes
        // where it shows one.
        let broken = fields.text.as_deref().is_some_and(|text| text.contains(char::REPLACEMENT_CHARACTER));
        let notes = self
            .notes
            .iter()
            .filter(|note| broken || ["ingest-decoded", "ingest-unmarked"].iter().any(|it| note.is(it)))
            .cloned()
            .collect();
        self.draft(place, fields, notes).map_err(|why| self.failure(place, why))
    }

    fn draft(&self, place: &str, fields: Fields, mut notes: Vec<Message>) -> Result<Draft, Message> {
        notes.extend(fields.notes);
        let text = fields.text.unwrap_or_default();
        let text = normalise(&text).into_owned();
        if text.trim().is_empty() {
            return Err(message!("no-text"));
        }
        let chars = text.chars().count();
        let max = self.limits.text_chars;
        if chars > max {
            return Err(message!("ingest-long", chars = chars, max = max));
        }
        if let Some(at) = text.chars().position(|char| char == '\0') {
            return Err(message!("ingest-nul", at = at));
        }
        if let Some(chars) = cut_off(&text) {
            notes.push(message!("ingest-cut-off", chars = chars));
        }
        let published = fields.published.and_then(|said| {
            let day = dates::day(&said, fields.day_order.or(self.reading.day_order));
            if day.is_none() {
                let date = titles::cut(&said, 40);
                notes.push(match dates::is_ambiguous(&said) {
                    true => message!("ingest-date-order", date = date),
                    false => message!("ingest-date", date = date),
                });
            }
            day
        });
        let title = fields
            .title
            .map(|said| titles::cut(&said, titles::DECLARED_CHARS))
            .filter(|title| !title.is_empty())
            .or_else(|| titles::headline(&text))
            .unwrap_or_else(|| titles::cut(self.name, titles::DECLARED_CHARS));
        let language = fields.language.as_deref().and_then(code).or_else(|| detect(&text).map(str::to_owned));
        let author = fields.author.and_then(|said| byline::author(&said, fields.publisher.as_deref()));
        let author = author.or_else(|| byline::byline(&text));
        let dateline = fields.dateline.filter(|place| !place.trim().is_empty()).or_else(|| byline::dateline(&text));
        let one_line = |value: Option<String>| value.map(|value| titles::one_line(&value)).filter(|v| !v.is_empty());
        Ok(Draft {
            title,
            publisher: one_line(fields.publisher),
            author,
            published,
            dateline: one_line(dateline),
            url: one_line(fields.url),
            language,
            source: format!("{}{place}", self.name),
            source_sha256: self.sha256.clone(),
            notes,
            text,
        })
    }
}

/// The number of characters that a text says are not in it, as NewsAPI ends its texts: `… [+1234 chars]`.
fn cut_off(text: &str) -> Option<usize> {
    let (_, left) = text.trim_end().strip_suffix(" chars]")?.rsplit_once("[+")?;
    left.parse().ok()
}

/// The outcome of a record, or why it gives none; `place` is as in [`DraftOrigin::failure`].
struct RecordOutcome {
    place: String,
    fields: Result<Fields, Message>,
}

/// The records of one file, counted against the limits. They become drafts some hundreds at a time, on all processors.
pub(super) struct Records<'a> {
    origin: &'a DraftOrigin<'a>,
    waiting: Vec<RecordOutcome>,
    drafts: Drafts,
    failed: usize,
    is_full: bool,
    /// The orders of day and month that dates so far tell.
    orders: [bool; 2],
    /// Bytes of text and titles so far: at most about what was read of the file to get them.
    pub bytes: u64,
}

impl<'a> Records<'a> {
    /// Records that wait for becoming drafts together.
    const WAITING: usize = 1024;

    pub fn new(origin: &'a DraftOrigin<'a>) -> Self {
        Self {
            origin,
            waiting: Vec::new(),
            drafts: Vec::new(),
            failed: 0,
            is_full: false,
            orders: [false; 2],
            bytes: 0,
        }
    }

    /// Adds a record. Returns false where no more of the file should be read; the last failure says why.
    pub fn push(&mut self, place: impl Into<String>, fields: Result<Fields, Message>) -> bool {
        self.waiting.push(RecordOutcome { place: place.into(), fields });
        if self.waiting.len() >= Self::WAITING {
            self.draw();
        }
        !self.is_full
    }

    fn draw(&mut self) {
        let origin = self.origin;
        for fields in self.waiting.iter().filter_map(|outcome| outcome.fields.as_ref().ok()) {
            if let Some(order) = fields.published.as_deref().and_then(dates::order) {
                self.orders[order as usize] = true;
            }
        }
        // One date that tells tells it for all of a file, unless another says otherwise.
        let order = match self.orders {
            [true, false] => Some(DayOrder::DayFirst),
            [false, true] => Some(DayOrder::MonthFirst),
            _ => None,
        };
        let draft = |said: RecordOutcome| match said.fields {
            Ok(fields) => origin.record(&said.place, Fields { day_order: order, ..fields }),
            Err(why) => Err(origin.failure(&said.place, why)),
        };
        let records: Vec<_> = std::mem::take(&mut self.waiting).into_par_iter().map(draft).collect();
        for record in records {
            if self.is_full {
                return;
            }
            self.take(record);
        }
    }

    fn take(&mut self, record: Result<Draft, Failure>) {
        let limits = self.origin.limits;
        self.failed += usize::from(record.is_err());
        self.bytes += record.as_ref().map_or(0, |draft| draft.text.len() + draft.title.len()) as u64;
        self.drafts.push(record);
        let why = if self.failed >= limits.failures_per_file {
            message!("ingest-failures", count = self.failed)
        } else if self.drafts.len() >= limits.articles_per_file {
            message!("ingest-many", count = self.drafts.len())
        } else {
            return;
        };
        self.drafts.push(Err(self.origin.failure("", why)));
        self.is_full = true;
    }

    /// Says whether it is time to ask if the person has cancelled.
    pub fn is_check_due(&self) -> bool {
        (self.drafts.len() + self.waiting.len()).is_multiple_of(256)
    }

    pub fn finish(mut self) -> Result<Drafts, Message> {
        self.draw();
        if self.drafts.is_empty() { Err(message!("ingest-no-articles")) } else { Ok(self.drafts) }
    }
}

/// The language of `text`, where it can be told reliably.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    // So few letters tell nothing reliably, and to look at all languages takes longer than all the rest of a short
    // text.
    if text.len() < LANGUAGE_LEAST {
        return None;
    }
    let end = text.char_indices().nth(LANGUAGE_SAMPLE).map_or(text.len(), |(at, _)| at);
    let found = whatlang::detect(&text[..end]).filter(whatlang::Info::is_reliable)?;
    CODES.iter().find(|(lang, _)| *lang == found.lang()).map(|(_, code)| *code)
}

/// The ISO 639-1 code in `declared`: `id`, `id-ID`, `EN_us`, `ind`, `Indonesian`, `bahasa Indonesia`.
pub(super) fn code(declared: &str) -> Option<String> {
    let declared = declared.trim().to_lowercase();
    let primary = declared.split(['-', '_']).next().unwrap_or_default();
    if primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(primary.to_owned());
    }
    let name = declared.strip_prefix("bahasa ").unwrap_or(&declared);
    let known = |(lang, _): &&(Lang, &str)| lang.code() == primary || lang.eng_name().eq_ignore_ascii_case(name);
    CODES.iter().find(known).map(|(_, code)| (*code).to_owned())
}

/// ISO 639-1 codes of the languages that are detected.
#[rustfmt::skip]
const CODES: &[(Lang, &str)] = &[
    (Lang::Afr, "af"), (Lang::Aka, "ak"), (Lang::Amh, "am"), (Lang::Ara, "ar"), (Lang::Aze, "az"), (Lang::Bel, "be"),
    (Lang::Ben, "bn"), (Lang::Bul, "bg"), (Lang::Cat, "ca"), (Lang::Ces, "cs"), (Lang::Cmn, "zh"), (Lang::Dan, "da"),
    (Lang::Deu, "de"), (Lang::Ell, "el"), (Lang::Eng, "en"), (Lang::Epo, "eo"), (Lang::Est, "et"), (Lang::Fin, "fi"),
    (Lang::Fra, "fr"), (Lang::Guj, "gu"), (Lang::Heb, "he"), (Lang::Hin, "hi"), (Lang::Hrv, "hr"), (Lang::Hun, "hu"),
    (Lang::Hye, "hy"), (Lang::Ind, "id"), (Lang::Ita, "it"), (Lang::Jav, "jv"), (Lang::Jpn, "ja"), (Lang::Kan, "kn"),
    (Lang::Kat, "ka"), (Lang::Khm, "km"), (Lang::Kor, "ko"), (Lang::Lat, "la"), (Lang::Lav, "lv"), (Lang::Lit, "lt"),
    (Lang::Mal, "ml"), (Lang::Mar, "mr"), (Lang::Mkd, "mk"), (Lang::Mya, "my"), (Lang::Nep, "ne"), (Lang::Nld, "nl"),
    (Lang::Nob, "nb"), (Lang::Ori, "or"), (Lang::Pan, "pa"), (Lang::Pes, "fa"), (Lang::Pol, "pl"), (Lang::Por, "pt"),
    (Lang::Ron, "ro"), (Lang::Rus, "ru"), (Lang::Sin, "si"), (Lang::Slk, "sk"), (Lang::Slv, "sl"), (Lang::Sna, "sn"),
    (Lang::Spa, "es"), (Lang::Srp, "sr"), (Lang::Swe, "sv"), (Lang::Tam, "ta"), (Lang::Tel, "te"), (Lang::Tgl, "tl"),
    (Lang::Tha, "th"), (Lang::Tuk, "tk"), (Lang::Tur, "tr"), (Lang::Ukr, "uk"), (Lang::Urd, "ur"), (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"), (Lang::Yid, "yi"), (Lang::Zul, "zu"),
];
