//! The rules of the house that a compiler does not hold: which module may use which, and who may touch what.

#[path = "house/circles.rs"]
mod circles;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use circles::Graph;

/// Each module and those that it may use; the arrows of ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("lang", &[]),
    ("say", &["lang"]),
    ("input", &["lang", "say"]),
    ("diagnostics", &["lang", "say", "input"]),
    ("text", &[]),
    ("gazetteer", &[]),
    ("model", &["lang", "say", "text"]),
    ("when", &["text", "model"]),
    ("edit", &["lang", "say", "text", "model"]),
    ("ingest", &["lang", "input", "say", "text", "gazetteer", "model", "edit"]),
    ("store", &["lang", "diagnostics", "input", "say", "text", "model", "edit", "ingest"]),
    ("formats", &["lang", "input", "say", "text", "model", "edit"]),
    ("agreement", &["lang", "say", "text", "model", "edit"]),
    ("review", &["lang", "say", "text", "model", "edit", "store", "agreement"]),
    ("figures", &["lang", "say", "text", "model", "edit", "store", "agreement", "review"]),
    (
        "corpus",
        &["lang", "say", "text", "gazetteer", "model", "when", "edit", "store", "agreement", "review", "figures"],
    ),
    (
        "dataset",
        &["lang", "say", "text", "model", "edit", "ingest", "store", "formats", "agreement", "review", "figures"],
    ),
    ("assist", &["lang", "say", "text", "gazetteer", "model", "when", "edit", "store"]),
    ("check", &["lang", "say", "text", "model", "edit"]),
    ("redefine", &["lang", "say", "text", "model", "edit", "store", "review"]),
    (
        "exchange",
        &["lang", "say", "text", "model", "edit", "ingest", "store", "formats", "review", "agreement", "check"],
    ),
    (
        "ui",
        &[
            "diagnostics",
            "say",
            "lang",
            "text",
            "gazetteer",
            "model",
            "when",
            "edit",
            "ingest",
            "store",
            "formats",
            "review",
            "agreement",
            "figures",
            "corpus",
            "assist",
            "check",
            "dataset",
            "redefine",
            "exchange",
        ],
    ),
    (
        "cli",
        &[
            "diagnostics",
            "input",
            "say",
            "lang",
            "text",
            "gazetteer",
            "model",
            "when",
            "edit",
            "ingest",
            "store",
            "formats",
            "review",
            "agreement",
            "figures",
            "corpus",
            "assist",
            "check",
            "dataset",
            "redefine",
            "exchange",
            "ui",
        ],
    ),
];

/// The layers of the window, each with those that it may use; features know neither each other nor the shell.
const LAYERS: &[(&str, &[&str])] = &[
    ("commands", &[]),
    ("widgets", &["commands"]),
    ("reader", &["commands", "widgets"]),
    ("workspace", &["commands", "widgets", "reader"]),
    ("annotate", &["commands", "widgets", "reader", "workspace"]),
    ("review", &["commands", "widgets", "reader", "workspace"]),
    ("comments", &["commands", "widgets", "reader", "workspace"]),
    ("dashboard", &["commands", "widgets", "reader", "workspace"]),
    ("corpus", &["commands", "widgets", "reader", "workspace"]),
    ("errors", &["commands", "widgets", "reader", "workspace"]),
    ("schema", &["commands", "widgets", "reader", "workspace"]),
    ("exchange", &["commands", "widgets", "reader", "workspace"]),
    (
        "shell",
        &[
            "commands",
            "widgets",
            "reader",
            "workspace",
            "annotate",
            "review",
            "comments",
            "corpus",
            "dashboard",
            "errors",
            "schema",
            "exchange",
        ],
    ),
];

/// Lines of code that a file may have; longer ones are split by meaning.
const LONGEST: usize = 700;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `folder`, with its content.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let content = std::fs::read_to_string(&path).expect("sources are text");
            found.push((path, content));
        }
    }
    found.sort();
    found
}

/// Lines that are code, with their numbers.
fn code(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//")
    })
}

/// The modules that a line names: `crate::edit::…`, `crate::{edit, text}`.
fn named(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, prefix) in line.match_indices("crate::") {
        let rest = &line[at + prefix.len()..];
        let parts: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or(list).split(',').collect(),
            None => vec![rest],
        };
        for part in parts.into_iter().map(str::trim) {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            names.push(&part[..end]);
        }
    }
    names
}

#[test]
fn arrows_point_down() {
    let modules: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for &(module, may_use) in ARROWS {
        let folder = root().join("src").join(module);
        if !folder.is_dir() {
            continue;
        }
        for (path, content) in sources(&folder) {
            for (number, line) in code(&content) {
                let bad = named(line)
                    .into_iter()
                    .find(|name| modules.contains(name) && *name != module && !may_use.contains(name));
                if let Some(name) = bad {
                    wrong.push(format!("{}:{number}: {module} uses {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_depends_on_itself() {
    let src = root().join("src");
    let circles = Graph::of(&src, &sources(&src)).circles();
    assert!(circles.is_empty(), "{} circles:\n{}", circles.len(), circles.join("\n"));
}

#[test]
fn a_circle_is_found_and_named() {
    let file = |path: &str, content: &str| (PathBuf::from("src").join(path), content.to_owned());
    let around = |sources: &[(PathBuf, String)]| Graph::of(Path::new("src"), sources).circles();
    let folder = file("a/mod.rs", "mod one; mod two; pub use one::One; pub(crate) use two::{Two, two as second};");
    let one = |content: &str| file("a/one.rs", content);
    let two = |content: &str| file("a/two.rs", content);
    let user = file("b.rs", "use crate::a::{self, One}; fn f() { a::second(); }");

    // Names that a folder passes on stand for the file that defines them.
    let back = two("use super::One; pub struct Two; pub fn two() {}");
    let ring = around(&[folder.clone(), one("pub struct One(super::Two);"), back.clone(), user.clone()]);
    assert_eq!(ring, ["a/one.rs -(super::Two)-> a/two.rs -(super::One)-> a/one.rs"]);
    assert!(around(&[folder.clone(), one("pub struct One;"), back.clone(), user.clone()]).is_empty());

    // Each way of naming counts: a module that is imported, another name, a call in an argument, a list, a macro.
    for naming in [
        "use crate::a; fn f() { g(a::second()); }",
        "use crate::a::second as third;",
        "use super::{super::a::{Two}};",
        "fn f() { for _ in 0..crate::a::Two::all() {} }",
        "fn f() { println!(\"{}\", super::two::two()); }",
        "use crate::a as b; impl T for b::Two {}",
    ] {
        let naming = format!("pub struct One; {naming}");
        assert_eq!(around(&[folder.clone(), one(&naming), back.clone()]).len(), 1, "{naming}");
    }
    // Comments, strings, members, other crates and tests in the file do not.
    for naming in [
        "// crate::a::Two\nconst A: &str = \"super::Two\"; /* super::two() */",
        "fn f(x: T) { x.two.two(); two::Two::new(); ::a::Two::new(); }",
        "#[cfg(test)] mod tests { use super::super::Two; }",
    ] {
        let naming = format!("pub struct One; {naming}");
        assert_eq!(around(&[folder.clone(), one(&naming), back.clone()]), [""; 0], "{naming}");
    }
    // A folder that defines something of its own is a file like any other.
    let folder = file("a/mod.rs", "mod one; pub struct Own; fn f() { one::one(); }");
    assert_eq!(around(&[folder, one("use super::Own; pub fn one() {}")]).len(), 1);
}

#[test]
fn layers_of_the_window_point_down() {
    let src = root().join("src");
    let graph = Graph::of(&src, &sources(&src));
    let mut wrong = Vec::new();
    for (layer, may_use) in LAYERS {
        for (other, _) in LAYERS.iter().filter(|(other, _)| other != layer && !may_use.contains(other)) {
            wrong.extend(graph.between(&format!("ui/{layer}"), &format!("ui/{other}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_on_the_map() {
    let library = std::fs::read_to_string(root().join("src/lib.rs")).expect("the library is there");
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map is there");
    for module in library.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let module = module.trim_end_matches(';');
        assert!(ARROWS.iter().any(|(name, _)| *name == module), "{module} has no arrows");
        assert!(library.contains(&format!("//! - [`{module}`]")), "{module} is not in the library's description");
        assert!(map.contains(&format!("\n  {module}/")), "{module} is not on the map in ARCHITECTURE.md");
    }
}

#[test]
fn each_thing_has_its_place() {
    // Words that a line may not say, and the folders or files where it may.
    let rules: [(&str, &[&str]); 11] = [
        ("egui", &["src/ui"]),
        ("eframe", &["src/ui"]),
        ("rfd::", &["src/ui"]),
        ("fs::write(", &["src/diagnostics"]),
        ("std::fs", &["src/diagnostics", "src/input", "src/store", "src/ingest", "src/formats", "src/cli"]),
        ("std::net", &[]),
        // A sentence from below the window is a message, which has no language yet.
        (" t!(", &["src/ui", "src/lang"]),
        ("(t!(", &["src/ui", "src/lang"]),
        ("&t!(", &["src/ui", "src/lang"]),
        ("[t!(", &["src/ui", "src/lang"]),
        ("unsafe ", &["src/store"]),
    ];
    let mut wrong = Vec::new();
    for (path, content) in sources(&root().join("src")) {
        let place = path.strip_prefix(root()).expect("sources lie in the project");
        for (number, line) in code(&content) {
            for (word, places) in rules {
                if line.contains(word) && !places.iter().any(|allowed| place.starts_with(allowed)) {
                    wrong.push(format!("{}:{number}: {word} does not belong here", place.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_window_waits_for_nothing() {
    // Clippy knows the types; this knows that nobody has turned it off, save where colours are made.
    let mut wrong = Vec::new();
    for (path, content) in sources(&root().join("src/ui")) {
        let place = path.strip_prefix(root()).expect("sources lie in the project");
        for (number, line) in code(&content) {
            let colours = place.ends_with("widgets/theme.rs");
            if line.contains("disallowed_methods") && !colours || line.contains("std::fs") || line.contains(" File::") {
                wrong.push(format!("{}:{number}: {}", place.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file that paints is known by what its functions take.
fn paints(content: &str) -> bool {
    ["&mut egui::Ui", "&egui::Ui", "&mut Ui", "&Ui", "Painter", "modal("].iter().any(|word| content.contains(word))
}

/// Calls that change what the window works on.
const CHANGES: [&str; 12] = [
    ".commit(",
    ".ask_commit(",
    ".travel(",
    ".ask_undo(",
    ".ask_write(",
    ".ask_close(",
    ".accept(",
    ".restore(",
    ".let_go(",
    "change_project",
    ".undertake(",
    ".perform(",
];

/// The names of a file's functions that change something themselves.
fn functions_that_change(content: &str) -> Vec<String> {
    let (mut name, mut names) = (None, Vec::new());
    for (_, line) in code(content) {
        if let Some((before, after)) = line.split_once("fn ")
            && before.split_whitespace().all(|word| word.starts_with("pub") || word == "in" || word.ends_with(')'))
        {
            name = after.split(['(', '<']).next().map(str::to_owned);
        } else if CHANGES.iter().any(|word| line.contains(word)) {
            names.extend(name.take());
        }
    }
    names
}

/// The changes that a file which paints makes: by itself, by a call of what changes something, or by a callback that is
/// handed to it and gets what could be changed.
fn changes_while_painting(content: &str, changing: &BTreeSet<String>) -> Vec<String> {
    const HANDED: [&str; 7] =
        ["Loaded", "Transaction", "Session", "&mut Workspace", "&mut Cx", "&mut App", "&mut Corpus"];
    const OF: [&str; 4] = ["work.", "workspace.", "session.", "act::"];
    let mut wrong = Vec::new();
    for (number, line) in code(content) {
        if let Some(word) = CHANGES.iter().find(|word| line.contains(**word)) {
            wrong.push(format!("{number}: {word}"));
        }
        for name in changing {
            if OF.iter().any(|of| line.contains(&format!("{of}{name}("))) {
                wrong.push(format!("{number}: {name}, which changes something"));
            }
        }
        // A part that paints itself is looked at where it is written, and a job changes nothing.
        let kinds = ["Fn(", "FnMut(", "FnOnce("];
        let called = kinds.iter().find_map(|kind| line.split_once(kind)).filter(|_| !line.contains("+ Send"));
        let takes = called.and_then(|(_, rest)| rest.split(')').next()).filter(|takes| !takes.contains("Ui"));
        let word = takes.and_then(|takes| HANDED.iter().find(|word| takes.contains(**word)));
        if let Some(word) = word {
            wrong.push(format!("{number}: a callback that takes {word}"));
        }
    }
    wrong
}

#[test]
fn nothing_changes_while_it_is_painted() {
    // A file that paints gives commands and answers. The frame alone does both, one after the other.
    let frame = Path::new("src/ui/shell/frame.rs");
    let files = sources(&root().join("src/ui"));
    let changing = files.iter().filter(|(_, content)| !paints(content));
    let changing: BTreeSet<String> = changing.flat_map(|(_, content)| functions_that_change(content)).collect();
    let (mut painting, mut wrong) = (0, Vec::new());
    for (path, content) in &files {
        let place = path.strip_prefix(root()).expect("sources lie in the project");
        if !paints(content) || place == frame {
            continue;
        }
        painting += 1;
        let found = changes_while_painting(content, &changing);
        wrong.extend(found.iter().map(|found| format!("{}:{found} where it paints", place.display())));
    }
    assert!(painting > 30, "files that paint are known by what they take");
    assert!(changing.len() > 10, "functions that change are known by what they call: {changing:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Each way round is seen.
    let ways = [
        "fn ui(ui: &mut egui::Ui) {\n    work.session.accept(loaded);\n}",
        "fn ui(ui: &mut egui::Ui, accept: &mut dyn FnMut(Loaded)) {\n    accept(loaded);\n}",
        "fn ui<F: FnOnce(Transaction)>(ui: &mut egui::Ui, commit: F) {\n    commit(made);\n}",
        "fn ui(ui: &mut egui::Ui) {\n    work.toggle_open_sets();\n}",
    ];
    for way in ways {
        assert!(paints(way) && !changes_while_painting(way, &changing).is_empty(), "{way}");
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut wrong = Vec::new();
    for (path, content) in sources(&root().join("src")) {
        let lines = content.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{}: {lines} lines; split it by meaning", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
