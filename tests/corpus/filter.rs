//! The filter line: what it keeps, what is wrong in it, what may come next.

use jejak::corpus::{Filter, Index};

use super::index::small;
use super::project::me;

/// The things that a line keeps: articles, then frames, then mentions.
fn kept(index: &Index, line: &str) -> String {
    let kept = match Filter::parse(line, index.schema()) {
        Ok(filter) => filter.apply(index),
        Err(error) => return format!("{} at {:?}", error, &line[error.at.clone()]),
    };
    let articles = kept.articles.iter().enumerate().filter(|(_, kept)| **kept).map(|(at, _)| at.to_string());
    let frames = kept.frames.iter().map(|item| index.frame(*item).unwrap().id.to_string());
    let mentions = kept.mentions.iter().map(|item| index.mention(*item).unwrap().id.to_string());
    articles.chain(frames).chain(mentions).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_keeps_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::build(small(dir.path()).snapshot(), &me(), &mut |_, _| true).unwrap().unwrap();
    let all = "0 1 2 f1 g1 m1 m2 m3 n1 n2";
    for (line, expected) in [
        ("", all),
        ("  ", all),
        ("\"\"", all),
        ("label:trip", "0 1 f1 g1"),
        ("label:Perjalanan", "0 1 f1 g1"),
        ("label:trip label:date", "0 1 f1 g1 m3"),
        ("-label:trip", "0 1 m1 m2 m3 n1 n2"),
        ("is:sari", "0 1 f1 g1 m1 n1"),
        ("is:t1", "0 f1"),
        ("is:\"Bandar Laut\" label:place", "0 1 m2 n2"),
        ("is:nobody", ""),
        ("in:001", "1 g1 n1 n2"),
        ("in:cuaca", "2"),
        ("by:kabar", "0 f1 m1 m2 m3"),
        ("by:kabar by:\"warta kota\"", "0 1 f1 g1 m1 m2 m3 n1 n2"),
        ("-by:kabar", "1 2 g1 n1 n2"),
        ("state:planned", "0 f1"),
        ("state:unjoined label:trip", "1 g1"),
        ("state:joined label:trip", "0 f1"),
        ("state:new", all),
        ("from:2031-03-11", "1 g1 n1 n2"),
        ("until:2031-03-05", "0 1 g1 m1 m2"),
        ("from:2031-04", ""),
        ("Hujan", "2"),
        ("laut", "0 1 f1 g1 m2 n2"),
        ("\"ratu sari\" bandar", "0 1 f1 g1"),
        ("Raja", "1"),
        ("-laut", "0 1 2 m1 m3 n1"),
        ("who:sari", "\"who:\" is not a key: write label:, is:, in:, from:, until:, by: or state: at \"who:sari\""),
        ("x label:", "After \"label:\" there is no value at \"label:\""),
        ("label:trap", "\"trap\" is not a label of the schema at \"label:trap\""),
        ("from:soon", "\"soon\" is not a date: write 2024, 2024-06 or 2024-06-18 at \"from:soon\""),
        ("-from:2031", "A period cannot be taken away: write from: and until: without - at \"-from:2031\""),
        ("is:\"Ratu", "A quotation mark is not closed at \"\\\"Ratu\""),
    ] {
        assert_eq!(kept(&index, line), expected, "{line}");
    }
    assert!(kept(&index, "state:gone").contains("planned"), "the states are named");
}

#[test]
fn what_may_come_next_is_offered() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::build(small(dir.path()).snapshot(), &me(), &mut |_, _| true).unwrap().unwrap();
    let offered = |line: &str| {
        let all = Filter::completions(line, line.len(), &index);
        all.iter().map(|one| format!("{}{}", &line[..one.replaces.start], one.text)).collect::<Vec<_>>()
    };
    assert_eq!(offered("i"), ["is:", "in:"]);
    assert_eq!(offered("label:tr"), ["label:trip"]);
    assert_eq!(offered("x -is:lau"), ["x -is:\"Bandar Laut\""]);
    assert_eq!(offered("is:\"Ratu S"), ["is:\"Ratu Sari\""]);
    assert_eq!(offered("by:"), ["by:\"Kabar Laut\"", "by:\"Warta Kota\""]);
    assert_eq!(offered("from:20"), ["from:2031-03"]);
    assert_eq!(offered("state:plan"), ["state:planned"]);
    assert!(offered("").is_empty());
    let day = |text: &str| text.parse().ok();
    let within = |line: &str| Filter::line_within(line, day("2031-03-02"), None);
    assert_eq!(within("label:trip until:2030 from:2029 laut"), "label:trip laut from:2031-03-02");
}
