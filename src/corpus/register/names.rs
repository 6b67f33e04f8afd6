//! Names as they are compared: their words, without titles.

use crate::gazetteer::folded;

/// Words that stand before a name and are not a part of it, folded; in Indonesian and English.
const TITLES: &[&str] = &[
    "ambassador",
    "bapak",
    "bin",
    "binti",
    "bp",
    "brigjen",
    "bu",
    "bupati",
    "dr",
    "drs",
    "dubes",
    "duta",
    "foreign",
    "gen",
    "general",
    "governor",
    "gubernur",
    "haji",
    "hj",
    "ibu",
    "ir",
    "jend",
    "jenderal",
    "kanselir",
    "kapten",
    "kepala",
    "ketua",
    "king",
    "kolonel",
    "letjen",
    "luar",
    "mayjen",
    "menhan",
    "menlu",
    "menteri",
    "minister",
    "mr",
    "mrs",
    "ms",
    "negeri",
    "nyonya",
    "pak",
    "pangeran",
    "pemimpin",
    "perdana",
    "pm",
    "pres",
    "presiden",
    "president",
    "prime",
    "prince",
    "prof",
    "profesor",
    "professor",
    "queen",
    "raja",
    "ratu",
    "sekjen",
    "sekretaris",
    "senator",
    "sri",
    "tn",
    "tuan",
    "wakil",
    "wali",
    "walikota",
];

/// The words of a name, folded.
pub(super) fn words(name: &str) -> Vec<String> {
    folded(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words without the titles before them, and the titles; all of them where there is nothing else.
pub(super) fn without_titles(words: &[String]) -> (&[String], &[String]) {
    let titles = words.iter().take_while(|word| TITLES.binary_search(&word.as_str()).is_ok()).count();
    if titles == words.len() { (words, &[]) } else { (&words[titles..], &words[..titles]) }
}

/// The words in the order of letters, each once: the same for names whose words stand in another order.
pub(super) fn fingerprint(words: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_in_order_and_taken_off_the_front() {
        assert!(TITLES.windows(2).all(|pair| pair[0] < pair[1]));
        for (name, bare, titles) in [
            ("Presiden Raka Wirya", "raka wirya", "presiden"),
            ("Menteri Luar Negeri Lidia Moreno", "lidia moreno", "menteri luar negeri"),
            ("Presiden", "presiden", ""),
            ("Raka Presiden", "raka presiden", ""),
        ] {
            let words = words(name);
            let (rest, front) = without_titles(&words);
            assert_eq!((rest.join(" "), front.join(" ")), (bare.to_owned(), titles.to_owned()), "{name}");
        }
    }

    #[test]
    fn a_fingerprint_knows_no_order() {
        assert_eq!(fingerprint(&words("Wirya, Raka")), fingerprint(&words("Raka Wirya")));
    }
}
