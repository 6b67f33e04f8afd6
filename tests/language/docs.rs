//! Descriptions of public items: the noun first, or a verb in the third person.

use crate::sources::rust_files;

/// Words that hide the noun of a description when it begins with them.
const HIDING: &[&str] = &["What", "Whether", "How", "Whose", "Who", "Whom", "Where", "Why", "When", "Which", "That"];

/// Verbs of the help of commands and options as they would give orders; the help says what the option does.
const ORDERS: &[&str] = &[
    "Add", "Allow", "Bring", "Compute", "Count", "Deal", "Go", "Leave", "List", "Look", "Make", "Measure", "Merge",
    "Print", "Put", "Say", "Score", "Show", "Take", "Write",
];

/// The first word of a line's comment.
fn first_word(line: &str, marks: &str) -> Option<String> {
    let words = line.trim_start().strip_prefix(marks)?.trim_start();
    let end = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len());
    Some(words[..end].to_owned())
}

/// Every doc comment that begins with a hiding word or gives an order.
fn hidden(path: &str, content: &str) -> Vec<String> {
    let lines: Vec<&str> = content.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let marks = if line.trim_start().starts_with("//!") { "//!" } else { "///" };
        let before = index.checked_sub(1).map_or("", |before| lines[before].trim_start());
        let begins = line.trim_start().starts_with(marks) && !before.starts_with(marks);
        let hides = |word: &String| HIDING.contains(&&**word) || ORDERS.contains(&&**word);
        if begins && first_word(line, marks).is_some_and(|word| hides(&word)) {
            found.push(format!("{path}:{}: {}", index + 1, line.trim()));
        }
    }
    found
}

#[test]
fn descriptions_begin_with_their_noun_or_a_verb() {
    let wrong: Vec<String> =
        rust_files("src").into_iter().flat_map(|(path, content)| hidden(&path, &content)).collect();
    assert!(wrong.is_empty(), "{} descriptions hide their noun:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words that no comment begins with; a condition may stand first.
const HIDING_WITHIN: &[&str] = &["What", "Whether", "How", "Whose", "Who", "Whom", "Why"];

#[test]
fn comments_begin_with_their_noun() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(rust_files);
    let begins = |line: &&str| first_word(line, "// ").is_some_and(|word| HIDING_WITHIN.contains(&&*word));
    let wrong = files.flat_map(|(path, content)| {
        content.lines().filter(begins).map(|line| format!("{path}: {}", line.trim())).collect::<Vec<_>>()
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} comments hide their noun:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn hidden_nouns_are_found() {
    let content = "/// What it is.\n/// How so.\nfn a() {}\n/// A thing.\n/// What is more.\nfn b() {}\n//! Whose\n\n/// Print it\n";
    assert_eq!(hidden("f.rs", content), ["f.rs:1: /// What it is.", "f.rs:7: //! Whose", "f.rs:9: /// Print it"]);
}
