//! Names of the files that an article has of its own in an export: as the file was called that it came from.
//!
//! One rule for all formats. The extension goes; folders stay where two articles would have one name without them, as few
//! as tell them apart; an article that was one of several in a file has its place there after the name. What is not a name of
//! a file on every system becomes `_` (see [`Names`]). Where nothing is known of the file, the article's id stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::say::Names;

/// Names, before their extension, that other files of a data set have.
const TAKEN: [&str; 6] = ["README", "manifest", "croissant", "annotation", "visual", "TypeSystem"];

/// A namer of files to which names are given that no other file of a data set has.
pub(super) fn names() -> Names {
    let mut names = Names::default();
    for other in TAKEN {
        names.give(other);
    }
    names
}

/// The parts of the name of a file that an article came from.
struct Came {
    /// The folders, the outermost first.
    folders: Vec<String>,
    /// The name before the extension, with the article's place in the file.
    stem: String,
    /// The extension, without its dot.
    extension: String,
}

impl Came {
    fn of(source: &str) -> Option<Self> {
        let (path, place) = without_place(source.trim());
        let mut folders: Vec<String> = path.split(['/', '\\']).map(str::to_owned).collect();
        let name = folders.pop()?;
        folders.retain(|folder| !matches!(folder.as_str(), "" | "." | "..") && !folder.ends_with(':'));
        let extends = |extension: &str| {
            (1..=5).contains(&extension.len())
                && extension.chars().all(|c| c.is_ascii_alphanumeric())
                && extension.contains(|c: char| c.is_ascii_alphabetic())
        };
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && extends(extension) => (stem, extension),
            _ => (name.as_str(), ""),
        };
        let stem = if place.is_empty() { stem.to_owned() } else { format!("{stem}-{place}") };
        (!stem.trim_matches(['.', ' ']).is_empty()).then(|| Self { folders, stem, extension: extension.to_owned() })
    }

    /// The name with so many of the folders around the file, and with its extension or without.
    fn name(&self, folders: usize, extended: bool) -> String {
        let from = self.folders.len().saturating_sub(folders);
        let mut name: String = self.folders[from..].iter().map(|folder| format!("{folder}/")).collect();
        name.push_str(&self.stem);
        if extended && !self.extension.is_empty() {
            name.push('_');
            name.push_str(&self.extension);
        }
        name
    }
}

/// Returns a source without the place of a record in it (`:12`, `[3]`), and the number of that place.
fn without_place(source: &str) -> (&str, &str) {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bracket = source.strip_suffix(']').and_then(|source| source.rsplit_once('['));
    match bracket.or_else(|| source.rsplit_once(':')) {
        Some((file, place)) if number(place) && !file.is_empty() => (file, place),
        _ => (source, ""),
    }
}

/// Returns the name, before its extension and with `/` between folders, of the files of each article, given its id and the
/// file that it came from (empty where that is not known). No two are alike, whatever a system makes of capitals.
#[must_use]
pub fn file_stems<'a>(articles: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let all: Vec<(&str, Option<Came>)> = articles.into_iter().map(|(id, source)| (id, Came::of(source))).collect();
    let fit = |name: &str| Names::fit_path(name);
    let folded = |name: &str| fit(name).to_lowercase();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (id, came)) in all.iter().enumerate() {
        let short = came.as_ref().map_or_else(|| (*id).to_owned(), |came| came.name(0, false));
        alike.entry(folded(&short)).or_default().push(at);
    }
    let mut wanted = vec![String::new(); all.len()];
    for group in alike.into_values() {
        let name = |at: usize, folders: usize, extended: bool| match &all[at] {
            (id, None) => (*id).to_owned(),
            (_, Some(came)) => came.name(folders, extended),
        };
        let deepest = group.iter().filter_map(|&at| all[at].1.as_ref()).map(|came| came.folders.len()).max();
        let different = |folders: usize, extended: bool| {
            group.iter().map(|&at| folded(&name(at, folders, extended))).collect::<BTreeSet<_>>().len()
        };
        let deepest = deepest.unwrap_or(0);
        // One file may have given several articles; more of its folders do not tell those apart.
        let most = different(deepest, true);
        let (folders, extended) = [false, true]
            .into_iter()
            .flat_map(|extended| (0..=deepest).map(move |folders| (folders, extended)))
            .find(|&(folders, extended)| different(folders, extended) == most)
            .unwrap_or((deepest, true));
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for &at in &group {
            *times.entry(folded(&name(at, folders, extended))).or_default() += 1;
        }
        for at in group {
            let name = name(at, folders, extended);
            let is_shared = times[&folded(&name)] > 1 && all[at].1.is_some();
            wanted[at] = if is_shared { format!("{name}-{}", all[at].0) } else { name };
        }
    }
    let mut names = names();
    wanted.iter().map(|name| names.give_path(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_as_the_article_was() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["berita/lawatan.html", "x/pulang.txt"], &["lawatan", "pulang"]),
            // Folders tell two apart, and no more of them than needed.
            (&["2023/a/doc 1.txt", "2023/b/doc 1.txt", "2023/b/c.txt"], &["a/doc_1", "b/doc_1", "c"]),
            (&["2023/01/a.txt", "2023/02/a.txt", "2024/01/a.txt"], &["2023/01/a", "2023/02/a", "2024/01/a"]),
            (&["C:\\News\\a.txt", "C:\\news\\A.TXT"], &["a-000", "A-001"]),
            (&["/p/A.txt", "/q/a.txt"], &["p/A", "q/a"]),
            // The extension does where folders do not.
            (&["n/a.html", "n/a.txt"], &["a_html", "a_txt"]),
            // Several articles of one file.
            (&["t.csv:2", "t.csv:3", "feed.rss[1]"], &["t-2", "t-3", "feed-1"]),
            (&["t.csv", "t.csv"], &["t-000", "t-001"]),
            (&["", "../..", "x/.", ".hidden"], &["000", "001", "002", "_hidden"]),
            (&["wiki.2023", "U.S. visit", "v1.2.txt"], &["wiki_2023", "U_S__visit", "v1_2"]),
            (&["con.txt", "aux/a.txt", "b/a.txt"], &["con_", "aux_/a", "b/a"]),
            (&["README.md", "annotation.txt", "q?.txt"], &["README-2", "annotation-2", "q_"]),
            (&["a/x.txt", "b/x.txt", "a-x.txt"], &["a/x", "b/x", "a-x"]),
            (&["001.txt", ""], &["001_txt", "001"]),
        ];
        for (sources, expected) in cases {
            let ids: Vec<String> = (0..sources.len()).map(|at| format!("{at:03}")).collect();
            let stems = file_stems(ids.iter().map(String::as_str).zip(sources.iter().copied()));
            assert_eq!(stems, *expected, "{sources:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn no_two_are_alike_or_lead_out(all in proptest::collection::vec(r"([aAb.]{0,2}/){0,3}[aAbB é]{0,2}(\.[tT]xt)?(:[12])?", 1..30)) {
            let ids: Vec<String> = (0..all.len()).map(|at| format!("{at:03}")).collect();
            let stems = file_stems(ids.iter().zip(&all).map(|(id, source)| (id.as_str(), source.as_str())));
            let folded: BTreeSet<String> = stems.iter().map(|stem| stem.to_lowercase()).collect();
            proptest::prop_assert_eq!(folded.len(), all.len(), "{:?}", stems);
            for stem in &stems {
                proptest::prop_assert!(stem.split('/').all(|part| !part.is_empty() && !part.contains(['.', '\\', ':'])), "{}", stem);
            }
        }
    }
}
