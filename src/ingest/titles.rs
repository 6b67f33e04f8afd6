//! Headlines: found in a text, and made fit to be shown in a list.

use unicode_segmentation::UnicodeSegmentation as _;

/// Length of a title that a file declares, in graphemes.
pub(super) const DECLARED_CHARS: usize = 300;
/// Length of a title that was found in the text, in graphemes.
const FOUND_CHARS: usize = 120;
/// Filled lines at the start of a text in which its headline is looked for.
const LINES: usize = 20;

/// `text` with each run of white space as one space, but no-break spaces kept.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c != '\u{a0}' && (c.is_whitespace() || c.is_control()));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The start of `text` as one line of at most `max` graphemes; what is cut ends in `…`, at a word's end if it can.
pub(super) fn cut(text: &str, max: usize) -> String {
    // A grapheme has few code points unless somebody is playing; no list wants more of those either.
    let start: String = text.trim_start().chars().take(max * 8).collect();
    let line = one_line(&start);
    let Some((end, _)) = line.grapheme_indices(true).nth(max) else { return line };
    let kept = &line[..end];
    let kept = kept.rfind(' ').filter(|space| space * 2 > end).map_or(kept, |space| &kept[..space]);
    format!("{kept}…")
}

/// The headline of `text`, if it has one.
///
/// Pages copied from the web begin with menus and repeat the headline: a line of at least four words that comes
/// again, alone or within another, in the first lines is taken first. Else the first short line of four words that
/// does not end like a sentence, else the first filled line.
pub(super) fn headline(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    let is_title = |line: &str| {
        let words = line.split_whitespace().take(4).count();
        words == 4 && line.len() <= FOUND_CHARS * 4 && line.graphemes(true).count() <= FOUND_CHARS
    };
    let titles: Vec<(usize, &str)> = lines.iter().copied().enumerate().filter(|(_, line)| is_title(line)).collect();
    let comes_again = |&(at, title): &(usize, &str)| lines[at + 1..].iter().any(|line| line.contains(title));
    let is_sentence = |line: &str| line.ends_with(['.', ',', ':', ';']);
    let found = titles.iter().copied().find(comes_again);
    let found = found.or_else(|| titles.iter().copied().find(|(_, line)| !is_sentence(line)));
    let line = found.map(|(_, line)| line).or_else(|| lines.first().copied())?;
    Some(cut(line.trim_start_matches(['#', ' ']), FOUND_CHARS)).filter(|title| !title.is_empty())
}
