//! Text that does not count: adverts, links, captions, bylines, headlines and copies, a line each.

use foldhash::fast::FixedState;

use super::hints::label_about;
use super::lesson::{HEADLINE as HEADLINE_WORDS, Lesson, Page};
use super::suggestion::{Source, Suggestion};
use super::tokens::hash;
use super::utterance::utterances;
use crate::model::{Kind, Name, Schema};
use crate::text::{Span, Text};

type Map<T> = std::collections::HashMap<u64, T, FixedState>;

/// The name of the source.
pub(super) const NAME: &str = "zones";

/// The kinds of lines that patterns know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Headline,
    Byline,
    Caption,
    Boilerplate,
    Copy,
}

impl Line {
    const ALL: [Self; 5] = [Self::Headline, Self::Byline, Self::Caption, Self::Boilerplate, Self::Copy];

    /// Beginnings of words by which a schema tells which zone is for such a line.
    fn told_by(self) -> &'static [&'static str] {
        match self {
            Self::Headline => HEADLINE_WORDS,
            Self::Byline => &["byline", "author", "editor", "dateline", "penulis"],
            Self::Caption => &["caption", "picture", "photo", "image", "gambar", "foto"],
            Self::Boilerplate => &["boilerplate", "advert", "menu", "button", "iklan", "tombol", "tautan", "exclude"],
            Self::Copy => &["duplicate", "copy", "repeat", "copies", "salinan", "duplikat", "ganda"],
        }
    }
}

/// Beginnings of lines that lead elsewhere or sell something, in lower case.
const LEADS: &[&str] = &[
    "advertisement",
    "advertorial",
    "also read",
    "artikel ini telah tayang",
    "baca artikel",
    "baca berita",
    "baca juga",
    "baca selengkapnya",
    "baca:",
    "bagikan",
    "berita terkait",
    "berlangganan",
    "cek berita",
    "click here",
    "copyright",
    "dapatkan update",
    "download",
    "follow us",
    "gabung",
    "ikuti ",
    "iklan",
    "join ",
    "klik ",
    "komentar",
    "lihat juga",
    "load more",
    "more on this",
    "most read",
    "newsletter",
    "pilihan redaksi",
    "pilihan editor",
    "print",
    "read also",
    "read more",
    "read next",
    "recommended",
    "related",
    "saksikan video",
    "scroll",
    "see also",
    "selanjutnya:",
    "share",
    "sign up",
    "simak juga",
    "simak video",
    "skip to",
    "sponsored",
    "subscribe",
    "tag:",
    "tags:",
    "tonton",
    "trending",
    "unduh",
    "waktu baca",
    "©",
];

/// Signs of a picture's credit, in lower case.
const CREDITS: &[&str] = &[
    "(afp",
    "(ap ",
    "(ap)",
    "(ap/",
    "(antara",
    "(dok",
    "(epa",
    "(foto",
    "(image",
    "(photo",
    "(reuters",
    "(sumber",
    "(getty",
    "/afp)",
    "/ap)",
    "/reuters)",
    "/epa)",
    "/antara)",
    "afp photo",
    "antara foto",
    "ap photo",
    "courtesy of",
    "file photo",
    "foto:",
    "getty images",
    "photo:",
    "via reuters",
    "via ap",
    "via afp",
    "ilustrasi ",
    "ilustrasi.",
];

/// Beginnings of lines that tell what a picture shows, in lower case.
const CAPTIONS: &[&str] = &[
    "(file",
    "dalam foto",
    "dalam gambar",
    "file -",
    "file photo",
    "foto ",
    "foto:",
    "gambar ",
    "handout",
    "image:",
    "in this image",
    "in this photo",
    "in this picture",
    "photo:",
    "picture:",
    "tangkapan layar",
    "this image",
    "this photo",
    "zoom",
];

/// Beginnings of lines by which a site speaks for itself, in lower case; only before and behind the running text.
const PROMOTES: &[&str] = &[
    "all rights reserved",
    "baca ",
    "dapatkan ",
    "discover ",
    "enjoy ",
    "follow ",
    "get the ",
    "hubungi ",
    "kunjungi kami",
    "listen ",
    "nikmati ",
    "powered by",
    "read ",
    "source:",
    "sumber:",
    "temukan ",
    "watch ",
];

/// Beginnings of lines that say who wrote, in lower case.
const BYLINES: &[&str] =
    &["by ", "editor", "penulis", "oleh ", "oleh:", "reporter", "pewarta", "reported by", "written by", "tim redaksi"];

/// A maker's answers for lines: the zone, and how often; and how often a line was left alone.
#[derive(Debug, Clone, Default)]
struct Known {
    zones: Vec<(Name, u32)>,
    alone: u32,
}

/// The source of zones.
#[derive(Debug, Clone, Default)]
pub(super) struct Zones {
    /// The zone for each kind of line.
    labels: Vec<(Line, Name)>,
    /// Whole lines that were seen.
    lines: Map<Known>,
    /// The same by their first words.
    leads: Map<Known>,
}

impl Zones {
    /// Learns from work; what it does not explain is taken from what the schema says of its labels.
    pub fn of<'a>(schema: &Schema, lessons: impl Iterator<Item = &'a Lesson>) -> Self {
        let mut zones = Self::default();
        let mut counts: Vec<(Line, Name, u32)> = Vec::new();
        for lesson in lessons {
            let all = Layout::of(&lesson.text);
            for (at, line) in all.lines.iter().enumerate() {
                let zone = lesson
                    .set
                    .within(*line)
                    .find(|it| schema.kind(&it.label) == Kind::Zone && it.at.iter().any(|zone| covers(*zone, *line)));
                // A line of an unfinished article may be looked at later.
                if zone.is_none() && !lesson.is_finished() {
                    continue;
                }
                let words = lesson.text.slice(*line);
                for (key, map) in [(line_key(words), &mut zones.lines), (lead_key(words), &mut zones.leads)] {
                    let Some(key) = key else { continue };
                    let known = map.entry(key).or_default();
                    match zone {
                        Some(zone) => match known.zones.iter_mut().find(|(label, _)| *label == zone.label) {
                            Some((_, count)) => *count += 1,
                            None => known.zones.push((zone.label.clone(), 1)),
                        },
                        None => known.alone += 1,
                    }
                }
                if let Some(zone) = zone
                    && let Some((kind, _)) = all.pattern(&lesson.text, at)
                {
                    match counts.iter_mut().find(|(line, label, _)| *line == kind && *label == zone.label) {
                        Some((_, _, count)) => *count += 1,
                        None => counts.push((kind, zone.label.clone(), 1)),
                    }
                }
            }
        }
        for kind in Line::ALL {
            let learned = counts.iter().filter(|(line, _, _)| *line == kind).max_by_key(|(_, _, count)| *count);
            let told = || label_about(schema, Kind::Zone, kind.told_by()).map(|def| def.name.clone());
            let label = learned.map(|(_, label, _)| label.clone()).or_else(told);
            zones.labels.extend(label.map(|label| (kind, label)));
        }
        zones
    }

    /// The usual answer for such lines: the zone, with its share.
    fn known(map: &Map<Known>, key: Option<u64>) -> Option<(Option<&Name>, f32)> {
        let known = map.get(&key?)?;
        let all: u32 = known.zones.iter().map(|(_, count)| count).sum::<u32>() + known.alone;
        let best = known.zones.iter().max_by_key(|(_, count)| *count);
        Some((best.map(|(label, _)| label), best.map_or(0.0, |(_, count)| *count as f32 / (all as f32 + 0.1))))
    }
}

impl Source for Zones {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let all = Layout::of(page.text);
        let mut found: Vec<Suggestion> = Vec::new();
        for (at, line) in all.lines.iter().enumerate() {
            let words = page.text.slice(*line);
            let by_rule = all.pattern(page.text, at).and_then(|(kind, score)| {
                let (_, label) = self.labels.iter().find(|(line, _)| *line == kind)?;
                Some((label, score))
            });
            // A maker's answer for the same words counts more than a rule.
            let whole = Self::known(&self.lines, line_key(words));
            let lead = Self::known(&self.leads, lead_key(words)).filter(|(_, share)| *share > 0.5 || by_rule.is_some());
            let (label, score) = match (whole, lead, by_rule) {
                (Some((Some(label), share)), _, _) => (label, share),
                (Some((None, _)), _, _) => continue,
                (None, Some((Some(label), share)), by_rule) => (label, share.max(by_rule.map_or(0.0, |it| it.1) * 0.9)),
                (None, Some((None, _)), Some((label, score))) => (label, score * 0.6),
                (None, _, Some((label, score))) => (label, score),
                (None, _, None) => continue,
            };
            found.push(Suggestion::new(NAME, label, vec![*line], score));
        }
        if let Some((_, label)) = self.labels.iter().find(|(line, _)| *line == Line::Copy) {
            let free = copies(page.text).into_iter().filter(|copy| !found.iter().any(|it| it.at[0].overlaps(*copy)));
            let free: Vec<Suggestion> = free.map(|copy| Suggestion::new(NAME, label, vec![copy], 0.9)).collect();
            found.extend(free);
            found.sort_by_key(|it| it.at[0].start);
        }
        // Lines of one zone that follow each other are one.
        let mut joined: Vec<Suggestion> = Vec::new();
        for zone in found {
            match joined.last_mut() {
                Some(last) if last.label == zone.label && follows(page.text, last.at[0], zone.at[0]) => {
                    last.at[0].end = zone.at[0].end;
                    last.score = last.score.min(zone.score);
                }
                _ => joined.push(zone),
            }
        }
        joined
    }
}

/// Sentences that stand there already, or begin with all the words of the one right before them in the same line.
fn copies(text: &Text) -> Vec<Span> {
    const FEW: usize = 5;
    let mut seen: Map<()> = Map::default();
    let mut before: Option<(Span, String)> = None;
    let mut found = Vec::new();
    for sentence in utterances(text) {
        let low = folded(text.slice(sentence.body));
        if low.split(' ').count() < FEW {
            continue;
        }
        let goes_on = before.as_ref().is_some_and(|(at, words)| {
            low.starts_with(words.as_str()) && !text.slice(Span::new(at.end, sentence.at.start)).contains('\n')
        });
        if seen.insert(hash(&low), ()).is_some() || goes_on {
            found.push(sentence.at);
        }
        before = Some((sentence.at, low));
    }
    found
}

/// True where nothing but white space lies between two lines.
fn follows(text: &Text, one: Span, next: Span) -> bool {
    text.slice(Span::new(one.end, next.start)).trim().is_empty()
}

/// True where a zone holds most of a line.
fn covers(zone: Span, line: Span) -> bool {
    zone.intersection(line).is_some_and(|both| both.len() * 10 >= line.len() * 8)
}

/// The lines that have something, without the blanks around them.
fn lines(text: &Text) -> Vec<Span> {
    let all = (0..text.paragraphs()).map(|at| text.paragraph(at));
    all.filter_map(|line| {
        let words = text.slice(line);
        let start = line.start + (words.len() - words.trim_start().len()) as u32;
        let end = start + words.trim().len() as u32;
        text.check(Span::new(start, end.max(start)))
    })
    .collect()
}

/// The words of a line in lower case; digits are all alike.
fn folded(words: &str) -> String {
    let alike = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").to_lowercase().chars().map(alike).collect()
}

fn line_key(words: &str) -> Option<u64> {
    Some(hash(&folded(words)))
}

/// The first words of a line, up to a colon.
fn lead_key(words: &str) -> Option<u64> {
    let (lead, _) = words.split_once(':')?;
    (lead.len() <= 40).then(|| hash(&folded(lead)))
}

/// The lines of a text, each in lower case, with the part that is running text.
struct Layout {
    lines: Vec<Span>,
    low: Vec<String>,
    /// The first line of running text, and the one behind the last; both behind the last line where there is none.
    body: std::ops::Range<usize>,
    /// The first line of the head that has as many words as a headline.
    headline: Option<usize>,
}

impl Layout {
    fn of(text: &Text) -> Self {
        let lines = lines(text);
        let low: Vec<String> = lines.iter().map(|line| folded(text.slice(*line))).collect();
        let runs = |at: &usize| {
            let count = low[*at].split(' ').count();
            let whole = ends(text.slice(lines[*at])) && count >= SENTENCE || count >= 2 * SENTENCE;
            let leads = LEADS.iter().chain(PROMOTES).any(|lead| low[*at].starts_with(lead));
            whole && !leads && !is_caption(&low[*at], count)
        };
        let first = (0..lines.len()).find(runs).unwrap_or(lines.len());
        let last = (0..lines.len()).rev().find(runs).map_or(lines.len(), |at| at + 1);
        let headline = (0..first).find(|at| {
            let count = low[*at].split(' ').count();
            let known = LEADS.iter().chain(BYLINES).any(|lead| low[*at].starts_with(lead));
            let is_headline = (HEADLINE..=30).contains(&count) && !known && !low[*at].contains("00:00");
            is_headline && !ends_sentence(text.slice(lines[*at]))
        });
        Self { body: first..last, headline, low, lines }
    }

    /// The kind of line that patterns take a line for, and how sure that is.
    fn pattern(&self, text: &Text, at: usize) -> Option<(Line, f32)> {
        let (words, low) = (text.slice(self.lines[at]), &self.low[at]);
        let count = low.split(' ').count();
        let (head, tail) = (at < self.body.start, at >= self.body.end);
        if LEADS.iter().any(|lead| low.starts_with(lead)) && count <= 30 {
            return Some((Line::Boilerplate, if count <= 2 || low.contains(':') { 0.97 } else { 0.9 }));
        }
        if (head || tail) && PROMOTES.iter().any(|lead| low.starts_with(lead)) && count <= 30 {
            return Some((Line::Boilerplate, 0.9));
        }
        // A line that stands there already is a copy, unless it is a word or two.
        if count >= 4 && self.low[..at].iter().rev().take(400).any(|other| alike(low, other)) {
            return Some((Line::Copy, 0.95));
        }
        if is_caption(low, count) {
            return Some((Line::Caption, 0.9));
        }
        if !low.chars().any(char::is_alphabetic) {
            return Some((Line::Boilerplate, 0.9));
        }
        if self.headline == Some(at) {
            return Some((Line::Headline, 0.9));
        }
        // The headline said again in other words: most of its words are in a line before.
        if head && count >= HEADLINE && self.low[..at].iter().any(|other| likeness(low, other) >= 0.6) {
            return Some((Line::Copy, 0.9));
        }
        if count >= SENTENCE && self.low[..at].iter().rev().take(400).any(|other| likeness(low, other) >= 0.9) {
            return Some((Line::Copy, 0.9));
        }
        if at < 12 && count <= 12 && !ends(words) {
            if BYLINES.iter().any(|by| low.starts_with(by)) || low.contains(" - ") && low.contains("00:00") {
                return Some((Line::Byline, 0.9));
            }
            if crate::when::dateline(words).is_some() {
                return Some((Line::Byline, 0.9));
            }
        }
        if !head && BYLINES.iter().any(|by| low.starts_with(by)) && count <= 8 && !ends(words) {
            return Some((Line::Byline, 0.7));
        }
        // Before and behind the running text a few words are a button, a rubric or a word of a menu.
        let short = if head || tail { 3 } else { 2 };
        if count <= short && !ends(words) {
            return Some((Line::Boilerplate, if head || tail { 0.9 } else { 0.7 }));
        }
        (tail && !ends_sentence(words) && count <= SENTENCE).then_some((Line::Boilerplate, 0.7))
    }
}

/// Words that a line of running text has at the least.
const SENTENCE: usize = 10;

/// Words that a headline has at the least.
const HEADLINE: usize = 4;

fn ends(words: &str) -> bool {
    words.ends_with(['.', '!', '?', '”', '"', '’', ')', ',', ';'])
}

fn ends_sentence(words: &str) -> bool {
    words.ends_with(['.', '!', '?', ',', ';']) || words.ends_with(".”") || words.ends_with(".\"")
}

fn is_caption(low: &str, count: usize) -> bool {
    let credit = CREDITS.iter().any(|credit| low.contains(credit)) && count <= 60;
    credit || CAPTIONS.iter().any(|lead| low.starts_with(lead)) && count <= 120
}

/// The share of a line's words that stand in another one, which is not much longer.
fn likeness(low: &str, other: &str) -> f32 {
    let words = |line: &str| -> Vec<String> {
        let all = line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
        all.map(str::to_owned).collect()
    };
    let (one, other) = (words(low), words(other));
    if one.len() < 3 || other.len() > 4 * one.len() {
        return 0.0;
    }
    one.iter().filter(|word| other.contains(word)).count() as f32 / one.len() as f32
}

/// True where two lines are equal but for a few characters at the ends.
fn alike(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    a == b || a.len().abs_diff(b.len()) <= 6 && plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationSet, ArticleId};

    #[test]
    fn lines_that_do_not_count_are_known() {
        let schema = Schema::trips();
        let text = Text::new(
            "Ratu Sari tiba di Kota Karang\nRabu, 12 Maret 2025 | 09:15 WIB\nADVERTISEMENT\nRatu Sari tiba di Kota Karang.\n\
             Baca juga: Harga ikan naik\nRatu itu membawa dua peti berisi surat, kata juru bicaranya.\nFoto: Dewi/Kabar Selat",
        );
        let (article, set) = (ArticleId::numbered(0), AnnotationSet::default());
        let page = Page::new(&schema, &article, &text, &set, "");
        let zones = Zones::of(&schema, std::iter::empty()).suggest(&page);
        let found: Vec<(String, &str)> = zones
            .iter()
            .map(|it| (it.label.to_string(), text.slice(it.at[0]).split('\n').next().unwrap_or("")))
            .collect();
        let wanted = [
            ("headline", "Ratu Sari tiba di Kota Karang"),
            ("byline", "Rabu, 12 Maret 2025 | 09:15 WIB"),
            ("boilerplate", "ADVERTISEMENT"),
            ("duplicate", "Ratu Sari tiba di Kota Karang."),
            ("boilerplate", "Baca juga: Harga ikan naik"),
            ("caption", "Foto: Dewi/Kabar Selat"),
        ];
        assert_eq!(found, wanted.map(|(label, words)| (label.to_owned(), words)));
    }

    #[test]
    fn the_head_the_foot_and_copies_of_an_article_are_known() {
        let schema = Schema::trips();
        let text = Text::new(
            "Kabar Dunia\nBerita Kota Karang\nRatu Sari akan mengunjungi Kota Karang bulan depan\nRatu Sari berencana mengunjungi \
             Kota Karang bulan depan\nRatu Sari akan mengunjungi Kota Karang bulan depan, kata juru bicaranya di depan istana.\nDalam \
             foto ini Ratu Sari memegang payung\nIa membawa dua peti surat dan seekor burung untuk wali kota itu.\nBagikan\nSumber: \
             Kabar Selat\nIkuti kami di sini",
        );
        let (article, set) = (ArticleId::numbered(0), AnnotationSet::default());
        let page = Page::new(&schema, &article, &text, &set, "");
        let zones = Zones::of(&schema, std::iter::empty()).suggest(&page);
        let found: Vec<(String, &str)> = zones.iter().map(|it| (it.label.to_string(), text.slice(it.at[0]))).collect();
        let wanted = [
            ("boilerplate", "Kabar Dunia\nBerita Kota Karang"),
            ("headline", "Ratu Sari akan mengunjungi Kota Karang bulan depan"),
            ("duplicate", "Ratu Sari berencana mengunjungi Kota Karang bulan depan"),
            ("caption", "Dalam foto ini Ratu Sari memegang payung"),
            ("boilerplate", "Bagikan\nSumber: Kabar Selat\nIkuti kami di sini"),
        ];
        assert_eq!(found, wanted.map(|(label, words)| (label.to_owned(), words)));
    }
}
