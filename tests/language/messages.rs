//! The messages of `assets/lang`: the same keys and places in each language, each asked for, none missing.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::sources::{Asked, asked, root, rust_files};

/// A message as a file has it.
#[derive(Debug, Default)]
struct Message {
    places: BTreeSet<String>,
    /// Its words, with a blank for each place.
    words: String,
}

/// The messages of a language, by key.
fn messages(code: &str) -> BTreeMap<String, Message> {
    let file = root().join(format!("assets/lang/{code}.ftl"));
    let source = std::fs::read_to_string(&file).expect("the messages are there");
    let resource = parser::parse(&*source).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
    let mut all = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{code}: {} has no words", message.id.name));
        let mut read = Message::default();
        gather(pattern, &mut read);
        assert!(all.insert(message.id.name.to_owned(), read).is_none(), "{code}: {} stands twice", message.id.name);
    }
    all
}

/// The words of messages without places, by key.
pub fn words_in(code: &str) -> BTreeMap<String, String> {
    let plain = messages(code).into_iter().filter(|(_, message)| message.places.is_empty());
    plain.map(|(key, message)| (key, message.words)).collect()
}

fn gather(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => message.words.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => placed(inline, message),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                placed(selector, message);
                for variant in variants {
                    gather(&variant.value, message);
                }
            }
        }
    }
}

fn placed(inline: &InlineExpression<&str>, message: &mut Message) {
    match inline {
        InlineExpression::VariableReference { id } => drop(message.places.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { value } => message.words.push_str(value),
        InlineExpression::NumberLiteral { .. } => {}
        other => panic!("a message uses what no other does: {other:?}"),
    }
    message.words.push(' ');
}

fn all_asked() -> Vec<Asked> {
    rust_files("src").iter().flat_map(|(path, content)| asked(path, content)).collect()
}

#[test]
fn every_language_has_the_same_messages_with_the_same_places() {
    let english = messages("en");
    let indonesian = messages("id");
    let mut wrong = Vec::new();
    for key in english.keys().chain(indonesian.keys()).collect::<BTreeSet<_>>() {
        match (english.get(key), indonesian.get(key)) {
            (Some(one), Some(other)) if one.places != other.places => {
                wrong.push(format!("{key}: en has the places {:?}, id has {:?}", one.places, other.places));
            }
            (Some(one), Some(other)) if one.words.trim().is_empty() != other.words.trim().is_empty() => {
                wrong.push(format!("{key} has words in one language alone"));
            }
            (Some(_), Some(_)) => {}
            (Some(_), None) => wrong.push(format!("{key} is not in id.ftl")),
            (None, _) => wrong.push(format!("{key} is not in en.ftl")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_that_is_asked_for_is_there_and_gets_its_values() {
    let english = messages("en");
    let mut wrong = Vec::new();
    for Asked { place, key, values } in all_asked() {
        match english.get(&key) {
            None => wrong.push(format!("{place}: there is no message {key}")),
            Some(message) if !message.places.iter().eq(&values) => {
                wrong.push(format!("{place}: {key} has the places {:?} and gets {values:?}", message.places));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_is_asked_for() {
    let asked: BTreeSet<String> = all_asked().into_iter().map(|asked| asked.key).collect();
    let unused: Vec<String> = messages("en").into_keys().filter(|key| !asked.contains(key)).collect();
    assert!(unused.is_empty(), "no source asks for {}", unused.join(", "));
}

#[test]
fn indonesian_is_not_english_left_standing() {
    let (english, indonesian) = (messages("en"), messages("id"));
    let long = |message: &Message| message.words.split_whitespace().filter(|word| word.len() > 2).count() > 2;
    let same = |(key, message): &(&String, &Message)| long(message) && indonesian[*key].words == message.words;
    let left: Vec<&String> = english.iter().filter(same).map(|(key, _)| key).collect();
    assert!(left.is_empty(), "id.ftl has the English words of {left:?}");
}

#[test]
fn no_two_messages_say_the_same() {
    let whole = |code: &str| {
        let source = std::fs::read_to_string(root().join(format!("assets/lang/{code}.ftl"))).expect("it is there");
        let resource = parser::parse(source).unwrap_or_else(|(resource, _)| resource);
        let entries = resource.body.into_iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some((message.id.name, format!("{:?}", message.value))),
            _ => None,
        });
        entries.collect::<BTreeMap<String, String>>()
    };
    let (english, indonesian) = (whole("en"), whole("id"));
    let mut said: BTreeMap<(&String, &String), Vec<&String>> = BTreeMap::new();
    for (key, words) in &english {
        said.entry((words, &indonesian[key])).or_default().push(key);
    }
    // Open threads and sets that everybody sees are two things with one word.
    let twice: Vec<_> =
        said.into_values().filter(|keys| keys.len() > 1 && *keys != ["sets-open", "thread-open"]).collect();
    assert!(twice.is_empty(), "one message under several keys: {twice:?}");
}

#[test]
fn what_errors_and_problems_say_has_a_key() {
    let mut wrong = Vec::new();
    for (path, content) in rust_files("src") {
        let plain = content.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let below = !["src/cli/", "src/lang/"].iter().any(|folder| path.starts_with(folder));
        // A line that another reader takes leads to no person.
        let private = ["src/store/plain_line.rs", "src/store/plain_writer.rs"].contains(&&*path);
        if below && !private && plain.contains("#[error(") {
            wrong.push(format!("{path}: an error's words are a match in its InWords, shown by in_english!"));
        }
        // Texts of systems, libraries and other people.
        let others = path.starts_with("src/say/") || path == "src/store/lock.rs";
        if below && !others && plain.contains("Message::verbatim") {
            wrong.push(format!("{path}: a sentence of the program is a message with a key"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The shortcuts that a text names: `Ctrl+Shift+Z`, `F5`.
fn shortcuts(words: &str) -> BTreeSet<String> {
    let ends = |c: char| c.is_whitespace() || "().,:;·".contains(c);
    let held = |word: &&str| ["Ctrl+", "Alt+"].iter().any(|key| word.starts_with(key));
    let function = |word: &&str| word.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    words.split(ends).filter(|word| held(word) || function(word)).map(str::to_owned).collect()
}

#[test]
fn every_shortcut_that_a_message_names_is_one() {
    // Keys that dialogs take beside those of the table, and the mouse with a key held.
    let mouse = ["Ctrl+click", "Ctrl+klik", "Ctrl+drag", "Ctrl+seret", "Alt+drag", "Alt+seret"];
    let own = ["Ctrl+Enter", "Ctrl+Del"].into_iter().chain(mouse).map(str::to_owned);
    let table = jejak::ui::TABLE.iter().flat_map(|entry| entry.keys).map(|press| press.shown());
    let keys: BTreeSet<String> = table.chain(own).collect();
    let mut named = 0;
    for code in ["en", "id"] {
        for (key, message) in messages(code) {
            for shortcut in shortcuts(&message.words) {
                named += 1;
                assert!(keys.contains(&shortcut), "{code}: {key} names {shortcut}, which does nothing");
            }
        }
    }
    assert!(named > 60, "messages do name shortcuts");
    assert_eq!(shortcuts("Saves (Ctrl+Y), or F99."), ["Ctrl+Y", "F99"].map(str::to_owned).into());
}
