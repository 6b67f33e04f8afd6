//! The glossary: each term once, in both languages, with a name in the code that is there.

use std::collections::BTreeSet;

use crate::sources::{root, rust_files};

/// The rows of the glossary's table: term, meaning, name in the code, Indonesian.
fn rows() -> Vec<[String; 4]> {
    let page = std::fs::read_to_string(root().join("GLOSSARY.md")).expect("the glossary is there");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| term"));
    rows.map(|line| cells(line).try_into().unwrap_or_else(|cells| panic!("four cells: {cells:?}"))).collect()
}

/// The paths of code that a cell names, without calls and values.
fn paths(cell: &str) -> Vec<Vec<String>> {
    let ticked = cell.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
    ticked.map(|name| name.split("::").map(str::to_owned).collect()).collect()
}

#[test]
fn each_term_stands_once_and_in_order() {
    let rows = rows();
    assert!(rows.len() >= 50, "{} terms", rows.len());
    let terms: Vec<&str> = rows.iter().map(|[term, ..]| term.as_str()).collect();
    assert!(terms.is_sorted(), "{terms:?}");
    assert_eq!(terms.iter().collect::<BTreeSet<_>>().len(), terms.len(), "no term stands twice");
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(row[1].ends_with('.') && row[1].matches(". ").count() == 0, "one sentence: {}", row[1]);
    }
}

#[test]
fn each_name_is_in_the_code() {
    let mut wrong = Vec::new();
    for [term, _, code, _] in rows() {
        for path in paths(&code) {
            let module = format!("src/{}", path[0]);
            assert!(root().join(&module).is_dir(), "{term}: there is no module {}", path[0]);
            let sources: String = rust_files(&module).into_iter().map(|(_, content)| content).collect();
            let words: BTreeSet<&str> = sources.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let lost = path[1..].iter().find(|name| !words.contains(name.as_str()));
            wrong.extend(lost.map(|name| format!("{term}: {name} is not in {module}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
