use std::collections::HashSet;

/// Bytes of a name that stay; its extension and the system's limit of 255 have room beside them.
const LONGEST: usize = 100;

/// True where a system takes a name, whatever its extension and its case, for a device.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let port = |prefix: &str| {
        let digit = stem.strip_prefix(prefix);
        digit.is_some_and(|digit| {
            matches!(digit, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || port("com") || port("lpt")
}

/// Names of files, one for each name that is given: readable, fit for every system, and never two alike, not even where
/// a system does not tell `A` from `a`.
///
/// The name that a file gets depends on the names given before it, so the same names in the same order give the same
/// files.
#[derive(Debug, Clone, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// The name of a file, without its extension, for something called `name` that was not given before: `name` itself
    /// where it is fit and free.
    pub fn give(&mut self, name: &str) -> String {
        self.free(&fit(name))
    }

    /// The same for a file in folders, with `/` between them: folders are made fit, too, and the name is free.
    pub fn give_path(&mut self, path: &str) -> String {
        self.free(&Self::fit_path(path))
    }

    /// A path, with `/` between folders, each part of which is fit for every system.
    #[must_use]
    pub fn fit_path(path: &str) -> String {
        path.split('/').map(fit).collect::<Vec<_>>().join("/")
    }

    fn free(&mut self, fit: &str) -> String {
        let mut given = fit.to_owned();
        let mut number = 2_u64;
        while !self.0.insert(folded(&given)) {
            given = format!("{fit}-{number}");
            number += 1;
        }
        given
    }
}

/// A name of which every system makes a file.
fn fit(name: &str) -> String {
    let mut fit: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    let end = (0..=LONGEST.min(fit.len())).rev().find(|&at| fit.is_char_boundary(at)).unwrap_or(0);
    fit.truncate(end);
    if fit.is_empty() || is_reserved(&fit) {
        fit.push('_');
    }
    fit
}

/// True where a character stays: a letter or digit that every system keeps as it is. Left out are marks on letters,
/// halves of syllables and twins of other letters, of which some systems make one character that may be another name's.
fn fits(c: char) -> bool {
    let mark = c.escape_debug().len() > 1;
    let twin = matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{1f00}'..='\u{1fff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    (c.is_alphanumeric() && !mark && !twin) || c == '-' || c == '_'
}

/// The form of a name on a system that does not tell capitals from other letters.
fn folded(name: &str) -> String {
    name.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_file_of_its_own() {
        let mut names = Names::default();
        let long = "x".repeat(300);
        for (name, file) in [
            ("a_b", "a_b"),
            ("a b", "a_b-2"),
            ("a/b", "a_b-3"),
            ("A_B", "A_B-4"),
            ("a_b-2", "a_b-2-2"),
            ("con", "con_"),
            ("CON", "CON_-2"),
            ("com1", "com1_"),
            ("", "_"),
            (".", "_-2"),
            ("..", "__"),
            ("perjalanan–dinas", "perjalanan_dinas"),
            ("Straße", "Straße"),
            ("STRASSE", "STRASSE-2"),
            ("旅行", "旅行"),
            ("caf\u{e9}", "caf\u{e9}"),
            ("cafe\u{301}", "cafe_"),
            ("CAF\u{c9}", "CAF\u{c9}-2"),
            ("\u{1112}\u{1161}", "__-2"),
            (&*long, &*"x".repeat(100)),
            (&*format!("{long}y"), &*format!("{}-2", "x".repeat(100))),
        ] {
            assert_eq!(names.give(name), file, "{name:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn files_are_fit_and_never_alike(all in proptest::collection::btree_set(r"[aAbB _./éÉñ]{0,4}|con|NUL|\PC{0,130}", 1..40)) {
            let mut names = Names::default();
            let files: Vec<String> = all.iter().map(|name| names.give(name)).collect();
            let folded: HashSet<String> = files.iter().map(|file| file.to_lowercase()).collect();
            proptest::prop_assert_eq!(folded.len(), all.len());
            for file in &files {
                proptest::prop_assert!(!file.is_empty() && file.len() <= 140 && !is_reserved(file), "{}", file);
                proptest::prop_assert!(!file.contains(['/', '\\', '.', ':', ' ', '\u{0}']), "{}", file);
            }
            let mut again = Names::default();
            proptest::prop_assert_eq!(files, all.iter().map(|name| again.give(name)).collect::<Vec<_>>());
        }
    }
}
