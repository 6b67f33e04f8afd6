//! Claims: a word of saying, who says it, and the clause or the quotation that is said. The rules are those of reported speech in
//! Indonesian and English; no label is known by its name.

use super::hints::{choice_about, label_about, role_about};
use super::lesson::{Lesson, Page, left_out};
use super::saying::{CUES, Cue, PRONOUNS, Stands};
use super::suggestion::Suggestion;
use super::utterance::{Utterance, utterances};
use crate::model::{Annotation, Filler, Id, Kind, LabelDef, Name, Role, RoleDef, Schema};
use crate::text::{Span, Text};

/// Words that one says something in, at the least.
const LEAST: usize = 3;

/// Words between a quotation and the word of saying at the most: who says it stands there.
const BETWEEN: usize = 8;

/// A frame that is about what somebody says, as the schema describes it.
#[derive(Debug, Clone)]
pub(super) struct Claims {
    label: Name,
    /// The role of who says it.
    claimant: Option<Name>,
    /// The role that takes the words of saying.
    cue: Option<Name>,
    /// The places of each cue in finished work, and those of them that a claim had.
    counts: Vec<(u32, u32)>,
}

/// The parts of a claim that were found.
struct Found {
    content: Span,
    direct: bool,
    /// The stretch in which the claimant stands.
    who: Option<Span>,
    /// True where the one nearest to the end of the stretch is meant.
    last: bool,
}

impl Claims {
    /// Understands the schema, and counts words of saying in work; none where no frame is about what is said.
    pub fn of<'a>(schema: &Schema, lessons: impl Iterator<Item = &'a Lesson>) -> Option<Self> {
        let def =
            label_about(schema, Kind::Frame, &["claim", "klaim", "statement", "assertion", "pernyataan", "quotation"])?;
        let claimant =
            role_about(def, &["claimant", "speaker", "asserts", "says", "pengklaim", "pembicara", "penutur"]);
        let cue = role_about(def, &["cue", "penanda"]).filter(|role| role.spans);
        let mut claims = Self {
            label: def.name.clone(),
            claimant: claimant.map(|role| role.name.clone()),
            cue: cue.map(|role| role.name.clone()),
            counts: vec![(0, 0); CUES.len()],
        };
        for lesson in lessons.filter(|lesson| lesson.is_finished()) {
            claims.count(lesson);
        }
        Some(claims)
    }

    fn count(&mut self, lesson: &Lesson) {
        let made: Vec<&Annotation> =
            lesson.set.iter().map(|it| &**it).filter(|it| it.label == self.label && !it.at.is_empty()).collect();
        for utterance in utterances(&lesson.text) {
            for (at, span) in cues(&lesson.text, &utterance) {
                if !lesson.counts(span) {
                    continue;
                }
                let said = |it: &&&Annotation| {
                    let by_role = it.roles.iter().any(|role| match &role.filler {
                        Filler::Span(at) => at.iter().any(|at| at.overlaps(span)),
                        _ => false,
                    });
                    by_role || it.extent().is_some_and(|at| at.overlaps(utterance.at))
                };
                self.counts[at].0 += 1;
                self.counts[at].1 += u32::from(made.iter().any(|it| said(&it)));
            }
        }
    }

    /// The claims of an article in which the mentions stand that make them.
    pub fn suggest(&self, page: &Page<'_>, source: &str) -> Vec<Suggestion> {
        let Some(def) = page.schema.label(&self.label) else { return Vec::new() };
        let excluded = left_out(page.schema, page.set);
        let mut all = Vec::new();
        let mut before: Option<Id> = None;
        for utterance in utterances(page.text) {
            if excluded.iter().any(|zone| zone.overlaps(utterance.at)) {
                continue;
            }
            let mut here: Vec<Suggestion> = Vec::new();
            let all_cues = cues(page.text, &utterance);
            for &(at, cue) in &all_cues {
                if relays(page.text, (at, cue), &all_cues) {
                    continue;
                }
                let Some(found) = found(page.text, &utterance, &CUES[at], cue) else { continue };
                // One word of saying in what another one introduces says it of that.
                if here.iter().any(|it| it.at[0].overlaps(found.content)) {
                    continue;
                }
                let claimant = self.claimant(page, def, &found, (&CUES[at], cue), before);
                // Before anything is marked there nobody knows who speaks of what.
                let marked = |it: &Annotation| page.schema.kind(&it.label) == Kind::Entity;
                if claimant.is_none() && !page.set.within(utterance.at).any(|it| marked(it)) {
                    continue;
                }
                before = claimant.or(before);
                here.push(self.suggestion(def, source, (at, cue), &found, claimant));
            }
            all.extend(here);
        }
        all
    }

    fn suggestion(
        &self,
        def: &LabelDef,
        source: &str,
        (at, cue): (usize, Span),
        found: &Found,
        claimant: Option<Id>,
    ) -> Suggestion {
        // Two more sightings than there were, as the rule expects them.
        let (seen, used) = self.counts[at];
        let score = (used as f32 + 2.0 * CUES[at].sure) / (seen as f32 + 2.0);
        let mut suggestion = Suggestion::new(source, &self.label, vec![found.content], score);
        let fill = |name: &Option<Name>, filler: Option<Filler>| {
            name.clone().zip(filler).map(|(name, filler)| Role { name, filler })
        };
        suggestion.roles.extend(fill(&self.claimant, claimant.map(Filler::Annotation)));
        suggestion.roles.extend(fill(&self.cue, Some(Filler::Span(vec![cue]))));
        let told_by: &[&str] = if found.direct { &["direct", "langsung"] } else { &["indirect", "tidak langsung"] };
        suggestion.attributes.extend(choice_about(def, told_by));
        suggestion
    }

    /// The mention of who says it: in its stretch, or for a pronoun the one who spoke before.
    fn claimant(
        &self,
        page: &Page<'_>,
        def: &LabelDef,
        found: &Found,
        (cue, at): (&Cue, Span),
        before: Option<Id>,
    ) -> Option<Id> {
        let role = def.role(self.claimant.as_ref()?)?;
        let who = found.who?;
        let inside: Vec<&Annotation> = page
            .set
            .within(who)
            .map(|it| &**it)
            .filter(|it| takes(role, it) && who.contains(it.at[0]) && !it.at[0].overlaps(at))
            .collect();
        // Of nested ones the whole.
        let outer = |it: &&&Annotation| {
            !inside.iter().any(|other| other.id != it.id && other.at[0] != it.at[0] && other.at[0].contains(it.at[0]))
        };
        let outer: Vec<&Annotation> = inside.iter().filter(outer).copied().collect();
        let rank = |it: &Annotation| role.fillers.iter().position(|label| *label == it.label).unwrap_or(usize::MAX);
        let chosen = if found.last {
            outer.iter().max_by_key(|it| (it.at[0].end, std::cmp::Reverse(rank(it))))
        } else {
            outer.iter().min_by_key(|it| (rank(it), it.at[0].start))
        };
        let pronoun = || {
            let words = page.text.slice(who).to_lowercase();
            words.split(|c: char| !c.is_alphanumeric()).any(|word| PRONOUNS.contains(&word))
        };
        match chosen {
            Some(record) => Some(record.id),
            None if cue.stands != Stands::Alone && (pronoun() || who.is_empty()) => {
                before.or_else(|| last(page, role, at))
            }
            None => None,
        }
    }
}

/// The mention before a place that fills a role first of all, in its paragraph or the one before.
fn last(page: &Page<'_>, role: &RoleDef, at: Span) -> Option<Id> {
    const NEAR: u32 = 600;
    let near = Span::new(at.start.saturating_sub(NEAR), at.start);
    let first = role.fillers.first()?;
    let all = page.set.within(near).filter(|it| it.label == *first && it.at.len() == 1 && it.at[0].end <= at.start);
    all.max_by_key(|it| it.at[0].end).map(|it| it.id)
}

/// True for words that only relay what another word right behind says: `Dilansir X, Y mengatakan …`.
fn relays(text: &Text, (at, cue): (usize, Span), all: &[(usize, Span)]) -> bool {
    let inner = |other: &(usize, Span)| {
        let between = other.1.start > cue.end
            && text.slice(Span::new(cue.end, other.1.start)).split_whitespace().count() <= 2 * BETWEEN;
        between && matches!(CUES[other.0].stands, Stands::Before | Stands::Either)
    };
    CUES[at].stands == Stands::With && all.iter().any(inner)
}

fn takes(role: &RoleDef, record: &Annotation) -> bool {
    role.fillers.contains(&record.label) && record.at.len() == 1
}

/// The words of saying outside quotations, by their number in the list, the longest at each place.
fn cues(text: &Text, utterance: &Utterance) -> Vec<(usize, Span)> {
    let words = utterance.words(text);
    let lower: Vec<String> = words.iter().map(|at| text.slice(*at).to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let fits = |cue: &Cue| {
            let count = cue.words.len();
            at + count <= words.len() && cue.words.iter().zip(&lower[at..]).all(|(word, there)| word == there)
        };
        let best = CUES.iter().enumerate().filter(|(_, cue)| fits(cue)).max_by_key(|(_, cue)| cue.words.len());
        let Some((number, cue)) = best else {
            at += 1;
            continue;
        };
        let span = Span::new(words[at].start, words[at + cue.words.len() - 1].end);
        at += cue.words.len();
        if !utterance.quotes.iter().any(|quote| quote.overlaps(span)) {
            found.push((number, span));
        }
    }
    found
}

/// The content of a claim and the stretch in which the claimant stands, by the word of saying; none where nothing is said.
fn found(text: &Text, utterance: &Utterance, cue: &Cue, at: Span) -> Option<Found> {
    let whole = utterance.body;
    let count = |span: Span| text.slice(span).split_whitespace().count();
    let before = Span::new(whole.start, at.start.max(whole.start));
    let after = Span::new(at.end.min(whole.end), whole.end);
    let long = |span: &Span| count(*span) >= LEAST;
    // A quotation before it, with who says it between or behind.
    let quote = utterance.quotes.iter().rev().find(|quote| quote.end <= at.start && long(quote));
    if let Some(quote) = quote
        && cue.stands != Stands::Alone
        && count(Span::new(quote.end, at.start)) <= BETWEEN
    {
        let between = Span::new(quote.end, at.start);
        let named = text.slice(between).chars().any(char::is_alphabetic);
        let (who, last) = if named { (between, true) } else { (clause(text, after), false) };
        return Some(Found { content: trimmed(text, *quote), direct: true, who: Some(who), last });
    }
    match cue.stands {
        Stands::Alone => {
            long(&whole).then(|| Found { content: trimmed(text, whole), direct: false, who: None, last: false })
        }
        Stands::With => {
            let comma = text.slice(after).find(", ").map(|it| after.start + it as u32);
            let led = count(before) == 0 || text.slice(before).trim_end().ends_with(',');
            let rest = comma.map(|it| Span::new(it + 1, whole.end)).filter(|rest| led && long(rest));
            match rest {
                Some(rest) => {
                    let (content, direct) = said(text, utterance, rest)?;
                    let who = Span::new(after.start, rest.start - 1);
                    Some(Found { content, direct, who: Some(who), last: false })
                }
                None if long(&before) => Some(Found {
                    content: trimmed(text, before),
                    direct: false,
                    who: Some(clause(text, after)),
                    last: false,
                }),
                None => None,
            }
        }
        Stands::Behind | Stands::Either
            if behind_comma(text, before, cue).is_some_and(|(content, _)| long(&content))
                && count(after) <= 2 * BETWEEN =>
        {
            let (content, who) = behind_comma(text, before, cue)?;
            let named = text.slice(who).chars().any(char::is_alphabetic);
            let (who, last) = if named { (who, true) } else { (clause(text, after), false) };
            Some(Found { content: trimmed(text, content), direct: false, who: Some(who), last })
        }
        Stands::Before | Stands::Either => {
            let (content, direct) = said(text, utterance, after).filter(|(content, _)| long(content))?;
            Some(Found { content, direct, who: Some(before), last: true })
        }
        Stands::Behind => None,
    }
}

/// The clause up to the last comma before a word of saying, and what stands between; the comma is near, and what stands before
/// it is longer.
fn behind_comma(text: &Text, before: Span, cue: &Cue) -> Option<(Span, Span)> {
    let words = text.slice(before);
    let comma = words.rfind(',')?;
    let (content, between) =
        (Span::new(before.start, before.start + comma as u32), Span::new(before.start + comma as u32 + 1, before.end));
    let count = |span: Span| text.slice(span).split_whitespace().count();
    let most = if cue.stands == Stands::Behind { 0 } else { BETWEEN };
    // A name set off by commas stands before its verb, and is not a clause.
    (count(between) <= most && count(content) > 2 * count(between) + 3).then_some((content, between))
}

/// The words that are said, behind a verb of saying: without to whom, `bahwa` and `that`; a quotation where it begins at once.
fn said(text: &Text, utterance: &Utterance, after: Span) -> Option<(Span, bool)> {
    let words = text.slice(after);
    let lead = words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':'));
    let mut start = after.start + (words.len() - lead.len()) as u32;
    let lower = lead.to_lowercase();
    for to in ["kepada ", "pada ", "di hadapan ", "to ", "in a ", "dalam ", "melalui ", "lewat "] {
        // The one who is told is named up to a comma, a colon, a quotation or the word that leads to what is said.
        if lower.starts_with(to) && lower.len() == lead.len() {
            let ends = [", ", ": ", " bahwa ", " that ", " “", " \""]
                .into_iter()
                .filter_map(|end| Some((lower.find(end)?, end)));
            if let Some((at, end)) = ends.min() {
                start += at as u32 + if end.ends_with(['“', '"']) { 1 } else { end.len() as u32 };
            }
        }
    }
    for word in ["bahwa ", "bahwasanya ", "jika ", "kalau ", "that "] {
        if text.slice(Span::new(start, after.end)).to_lowercase().starts_with(word) {
            start += word.len() as u32;
        }
    }
    let quote = utterance
        .quotes
        .iter()
        .find(|quote| quote.start >= start && quote.start <= start + 4 && quote.end <= after.end + 4);
    if let Some(quote) = quote {
        return Some((trimmed(text, *quote), true));
    }
    let rest = text.check(Span::new(start, after.end))?;
    // A second attribution at the end is not a part of it.
    let lower = text.slice(rest).to_lowercase();
    let same = lower.len() == text.slice(rest).len();
    let cuts = [", kata ", ", ujar ", ", menurut ", ", seperti dikutip ", ", demikian ", ", according to ", ", lapor "];
    let end = cuts.iter().filter_map(|cut| lower.find(cut)).min().filter(|_| same);
    let rest = end.map_or(rest, |end| Span::new(rest.start, rest.start + end as u32));
    Some((trimmed(text, rest), false))
}

/// A stretch up to its first comma that names somebody, or the whole of it.
fn clause(text: &Text, after: Span) -> Span {
    let words = text.slice(after);
    let end = words.find([';', ':', '“', '"']).unwrap_or(words.len());
    Span::new(after.start, after.start + end as u32)
}

/// A stretch without blanks and signs at its ends; a closing quote stays where its partner is inside.
fn trimmed(text: &Text, span: Span) -> Span {
    text.snap(span).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{AnnotationSet, ArticleId, Origin, Progress};

    /// A sentence with its mentions, and what is found in it: the word of saying, who says it, and what is said.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, Option<&'a str>, &'a str);

    const CASES: &[Case<'_>] = &[
        (
            "Perdana Menteri Lidia Moreno mengatakan bahwa pelabuhan Bandar Laut akan dibuka bulan depan.",
            &[("person", "Lidia Moreno"), ("place", "Bandar Laut")],
            "mengatakan",
            Some("Lidia Moreno"),
            "pelabuhan Bandar Laut akan dibuka bulan depan",
        ),
        (
            "“Kami datang dengan niat baik. Kami akan kembali,” kata juru bicara istana, Darma Putra, pada Rabu.",
            &[("person", "Darma Putra")],
            "kata",
            Some("Darma Putra"),
            "Kami datang dengan niat baik. Kami akan kembali",
        ),
        (
            "Menurut Kantor Berita Ombak, kapal itu tiba dengan dua ratus penumpang.",
            &[("organization", "Kantor Berita Ombak")],
            "Menurut",
            Some("Kantor Berita Ombak"),
            "kapal itu tiba dengan dua ratus penumpang",
        ),
        (
            "Kapal itu akan tiba dengan dua ratus penumpang, lapor Kantor Berita Ombak.",
            &[("organization", "Kantor Berita Ombak")],
            "lapor",
            Some("Kantor Berita Ombak"),
            "Kapal itu akan tiba dengan dua ratus penumpang",
        ),
        (
            "Raka Wirya mengatakan kepada Lidia Moreno: \"Pintu kami tidak pernah terkunci.\"",
            &[("person", "Raka Wirya"), ("person", "Lidia Moreno")],
            "mengatakan",
            Some("Raka Wirya"),
            "Pintu kami tidak pernah terkunci",
        ),
        (
            "Harbour Minister Ana Bell said that the ferries would sail again in May.",
            &[("person", "Ana Bell")],
            "said",
            Some("Ana Bell"),
            "the ferries would sail again in May",
        ),
        (
            "“There was no such journey, not in any month,” palace spokesman Tom Reed told reporters.",
            &[("person", "Tom Reed")],
            "told",
            Some("Tom Reed"),
            "There was no such journey, not in any month",
        ),
        (
            "The envoy will not travel to Westport this year, according to Harbour Radio.",
            &[("place", "Westport"), ("organization", "Harbour Radio")],
            "according to",
            Some("Harbour Radio"),
            "The envoy will not travel to Westport this year",
        ),
        (
            "Raka Wirya diperkirakan akan kembali ke Bandar Laut akhir pekan ini.",
            &[("person", "Raka Wirya")],
            "diperkirakan",
            None,
            "Raka Wirya diperkirakan akan kembali ke Bandar Laut akhir pekan ini",
        ),
    ];

    #[test]
    fn what_is_said_is_found_with_who_says_it() {
        let schema = Schema::trips();
        let claims = Claims::of(&schema, std::iter::empty()).unwrap();
        for (words, mentions, cue, who, content) in CASES {
            let text = Text::new(words);
            let marks = mentions.iter().map(|(label, name)| {
                let at = words.find(name).unwrap() as u32;
                let span = Span::new(at, at + name.len() as u32);
                Arc::new(Annotation::new(&(*label).into(), vec![span], Origin::hand(&"a".into())))
            });
            let set = AnnotationSet::new(marks, Progress::InProgress);
            let article = ArticleId::numbered(0);
            let page = Page::new(&schema, &article, &text, &set, "");
            let found = claims.suggest(&page, "frames");
            let [one] = &found[..] else { panic!("{words}: {found:?}") };
            let mut said = (None, None);
            for role in &one.roles {
                match &role.filler {
                    Filler::Annotation(id) => said.1 = set.get(*id).map(|it| text.slice(it.at[0])),
                    Filler::Span(at) => said.0 = Some(text.slice(at[0])),
                    Filler::Value(_) => {}
                }
            }
            assert_eq!((said.0, said.1, text.slice(one.at[0])), (Some(*cue), *who, *content));
        }
    }

    #[test]
    fn words_that_say_nothing_begin_no_claim() {
        let schema = Schema::trips();
        let claims = Claims::of(&schema, std::iter::empty()).unwrap();
        for words in
            ["Dengan kata lain, hujan turun lagi.", "Ia menulis kata sandi di kertas.", "Lampu itu terang sekali."]
        {
            let (text, article, set) = (Text::new(words), ArticleId::numbered(0), AnnotationSet::default());
            let found = claims.suggest(&Page::new(&schema, &article, &text, &set, ""), "frames");
            assert!(found.is_empty(), "{words}: {found:?}");
        }
    }
}
