//! The author of an article, and the place that it was written from, where its text says so in the usual form.

use super::titles::one_line;
use crate::gazetteer::gazetteer;

/// Filled lines at the start of a text, and at its end, in which a byline is looked for.
const HEAD: usize = 8;
const FOOT: usize = 4;
/// Blocks at the start of a text in which the first line of the report is looked for: headline, byline, date and caption
/// may stand before it.
const BLOCKS: usize = 10;
/// Characters of a name, at most.
const LONGEST: usize = 120;
/// Characters of a report's first line, at least, after its place.
const REPORT: usize = 30;

/// Words before a name that make it the author's where they begin a line; those with a colon need one.
const BEFORE: [&str; 22] = [
    "oleh",
    "by",
    "ditulis oleh",
    "written by",
    "penulis:",
    "reporter:",
    "pewarta:",
    "wartawan:",
    "jurnalis:",
    "author:",
    "oleh:",
    "by:",
    "byline:",
    "laporan:",
    "von",
    "par",
    "por",
    "door",
    "autor:",
    "auteur:",
    "автор:",
    "作者:",
];

/// The names in a field that a file calls the author: joined by commas, without what is not a name.
pub(super) fn author(said: &str, publisher: Option<&str>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for part in said.split(['\n', ';']) {
        let part = one_line(part);
        let part = without_before(&part).unwrap_or(&part).trim();
        let is_address =
            part.contains("://") || part.contains('@') || part.starts_with("www.") || part.starts_with('/');
        let is_publisher = publisher.is_some_and(|publisher| publisher.trim().eq_ignore_ascii_case(part));
        let is_nobody = ["admin", "administrator", "editor", "redaksi", "unknown", "none", "null", "nan", "-", "[]"]
            .contains(&&*part.to_lowercase());
        let is_name = part.chars().any(char::is_alphabetic) && !part.contains(['<', '{', '[']);
        if is_name && !is_address && !is_publisher && !is_nobody && !names.iter().any(|name| name == part) {
            names.push(part.to_owned());
        }
    }
    let names = names.join(", ");
    (!names.is_empty() && names.chars().count() <= LONGEST).then_some(names)
}

/// The rest of a line after the words that stand before an author's name; none where it does not begin with them.
fn without_before(line: &str) -> Option<&str> {
    BEFORE.iter().find_map(|before| {
        let start = line.get(..before.len())?;
        let rest = &line[before.len()..];
        (start.to_lowercase() == **before && (before.ends_with(':') || rest.starts_with([' ', '\u{a0}'])))
            .then(|| rest.trim())
            .filter(|rest| !rest.is_empty())
    })
}

/// The author that a line of its own names, at the head or the foot of a text.
pub(super) fn byline(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let head: Vec<&str> = lines.by_ref().take(HEAD).collect();
    let mut foot: Vec<&str> = lines.rev().take(FOOT).collect();
    foot.reverse();
    let named = |line: &&str| (line.len() <= LONGEST).then(|| without_before(line)).flatten().and_then(names);
    head.iter().find_map(named).or_else(|| {
        // At the foot a colon makes sure that it is not a sentence.
        foot.iter().filter(|line| line.contains(':')).find_map(named)
    })
}

/// Names of people, as a byline has them: few words that begin with capitals, joined by commas and *and*.
fn names(said: &str) -> Option<String> {
    // The paper or the day may follow.
    let said = [" - ", " – ", " — ", " / ", " | "]
        .iter()
        .fold(said, |said, end| said.split(end).next().unwrap_or(said))
        .trim();
    let words: Vec<&str> = said.split_whitespace().collect();
    let is_small = |word: &str| {
        matches!(
            word,
            "dan"
                | "and"
                | "&"
                | "und"
                | "et"
                | "y"
                | "de"
                | "van"
                | "von"
                | "bin"
                | "al"
                | "bint"
                | "da"
                | "dos"
                | "la"
                | "di"
        )
    };
    let is_word = |word: &&str| {
        let word = word.trim_matches([',', '.']);
        is_small(word)
            || word.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
                && has_name_letters(word)
    };
    let is_sentence = said.ends_with(['.', '!', '?', ':']) && words.len() > 3;
    let fits = (1..=8).contains(&words.len()) && words.iter().all(is_word) && !is_small(words[0]) && !is_sentence;
    fits.then(|| said.trim_end_matches([',', '.', ' ']).to_owned()).filter(|said| said.chars().count() > 2)
}

/// The place at the start of a report: `JAKARTA, KOMPAS.com - …`, `Jakarta (ANTARA) - …`, `LONDON (Reuters) — …`, `Liputan6.com,
/// Jakarta - …`, `Jakarta - …`. A place that nothing marks but the dash has to be a known one.
pub(super) fn dateline(text: &str) -> Option<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(BLOCKS).find_map(in_line)
}

/// The place in a field that a file calls the dateline, which may go on with the day.
pub(super) fn place(said: &str) -> Option<String> {
    let parts: Vec<String> = said.split(',').map(one_line).filter(|part| !part.is_empty() && !is_day(part)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn in_line(line: &str) -> Option<String> {
    let start: String = line.chars().take(LONGEST).collect();
    let (head, dash) = [" - ", " – ", " — ", " -- ", "-- ", "— ", "– "]
        .iter()
        .filter_map(|dash| start.find(dash).map(|at| (at, dash.len())))
        .min()
        .map(|(at, len)| (line[..at].trim(), at + len))?;
    let rest = line[dash..].trim_start();
    let begins = rest.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_numeric());
    if !begins || rest.chars().count() < REPORT || head.contains(['"', '“', '?', '!', ';']) {
        return None;
    }
    // The agency stands in brackets, or after or before a comma.
    let (said, mut is_marked) = match head.split_once('(') {
        Some((before, agency)) if agency.trim_end().ends_with(')') => (before.trim(), true),
        Some(_) => return None,
        None => (head, false),
    };
    let mut parts: Vec<&str> = said.split([',', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 4 {
        return None;
    }
    let before = parts.len();
    parts.retain(|part| !is_agency(part) && !is_day(part));
    is_marked |= parts.len() < before;
    let place = *parts.first()?;
    let words: Vec<&str> = place.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && has_name_letters(word);
    if !(1..=4).contains(&words.len()) || !words.iter().all(is_word) || place.chars().count() < 3 {
        return None;
    }
    let is_loud = !place.chars().any(char::is_lowercase);
    let is_known = || !gazetteer().named(place).is_empty();
    let is_sure = if is_marked { is_loud || words.len() <= 2 && parts.len() == 1 || is_known() } else { is_known() };
    // The part after a second comma (`ANCHORAGE, Alaska`) belongs to the place.
    let whole = if parts.len() == 1 || is_marked && !is_loud { place.to_owned() } else { parts.join(", ") };
    is_sure.then_some(whole)
}

/// True for the name of an agency or a site: one with a domain's end, or one of those that sign so.
fn is_agency(part: &str) -> bool {
    let low = part.to_lowercase();
    let site = [".com", ".co", ".id", ".net", ".tv", ".news", ".org"].iter().any(|end| low.ends_with(end));
    let first = low.split_whitespace().next().unwrap_or_default();
    site || matches!(
        first,
        "antara"
            | "reuters"
            | "ap"
            | "afp"
            | "dpa"
            | "cnn"
            | "cnbc"
            | "kompas"
            | "tempo"
            | "bbc"
            | "xinhua"
            | "tass"
            | "bernama"
            | "detik"
            | "republika"
            | "viva"
            | "okezone"
            | "sindonews"
            | "inews"
            | "efe"
            | "ansa"
            | "upi"
            | "beritasatu"
            | "tribunnews"
            | "liputan6"
            | "suara"
            | "jawapos"
            | "kumparan"
            | "interfax"
    )
}

/// True for a day (`March 4`, `4/3`, `Senin`): a part with a number.
fn is_day(part: &str) -> bool {
    part.chars().any(|c| c.is_ascii_digit())
}

/// True of a word that has nothing but letters and the signs that names have.
fn has_name_letters(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_reports() {
        let report = "Kapal itu tiba pagi ini di dermaga lama kota itu.";
        for (start, place) in [
            ("JAKARTA, KOMPAS.com - ", Some("JAKARTA")),
            ("Jakarta (ANTARA) - ", Some("Jakarta")),
            ("Jakarta, CNN Indonesia -- ", Some("Jakarta")),
            ("Liputan6.com, Jakarta - ", Some("Jakarta")),
            ("TEMPO.CO, Jakarta - ", Some("Jakarta")),
            ("Jakarta - ", Some("Jakarta")),
            ("LONDON (Reuters) - ", Some("LONDON")),
            ("MOSCOW, March 4 (TASS) — ", Some("MOSCOW")),
            ("PULAU KARANG, Kabar.id – ", Some("PULAU KARANG")),
            ("ANCHORAGE, Alaska (AP) — ", Some("ANCHORAGE, Alaska")),
            ("WASHINGTON — ", Some("WASHINGTON")),
            // No place: a name, a headline, a sentence with a dash, words that are said.
            ("Presiden Putin - ", None),
            ("Ratu Sari - ", None),
            ("Kapal tiba - ", None),
            ("\"Jakarta\" - ", None),
            ("BREAKING NEWS - ", None),
            ("", None),
        ] {
            let text = format!("Judul berita hari ini\n\n{start}{report}");
            assert_eq!(dateline(&text).as_deref(), place, "{start}");
        }
        assert_eq!(dateline("Jakarta - Bandung naik kereta"), None);
        assert_eq!(dateline("Jakarta - 12 orang tiba di kota itu pada hari Kamis yang lalu"), None);
    }

    #[test]
    fn authors() {
        for (line, who) in [
            ("Oleh Ana Wibowo", Some("Ana Wibowo")),
            ("Oleh: Ana Wibowo - Kabar.id", Some("Ana Wibowo")),
            ("By Jane van Dijk and Li Wei", Some("Jane van Dijk and Li Wei")),
            ("Penulis: Budi S.", Some("Budi S")),
            ("By the time he arrived, it was over.", None),
            ("Oleh karena itu kapal batal berlayar", None),
            ("By Friday the ship was gone", None),
            ("Oleh-oleh dari Pulau Karang", None),
        ] {
            assert_eq!(byline(&format!("Judul\n\n{line}\n\nIsi berita.")).as_deref(), who, "{line}");
        }
        for (said, names) in [
            ("Ana Wibowo", Some("Ana Wibowo")),
            ("By Ana Wibowo", Some("Ana Wibowo")),
            ("Ana; Budi\n\nAna", Some("Ana, Budi")),
            ("https://www.facebook.com/kabar", None),
            ("Kabar Pagi", None),
            ("admin", None),
        ] {
            assert_eq!(author(said, Some("Kabar Pagi")).as_deref(), names, "{said}");
        }
    }
}
