//! The pages for readers: what is made of the program's own tables is current, and no link leads nowhere.
//!
//! `JEJAK_BLESS=1 cargo test --test docs` writes the generated parts anew.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use jejak::ingest::ARTICLE_FILES;
use jejak::model::Schema;
use jejak::ui::{Menu, Press, TABLE};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The output of the program with these words.
fn printed(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jejak")).args(words).env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success(), "{words:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Holds the part of a page between its two marks to what it should be; writes it where one blesses.
fn holds(page: &str, part: &str, expected: &str) {
    let path = root().join(page);
    let content = std::fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- generated {part}: JEJAK_BLESS=1 cargo test --test docs -->\n");
    let end = format!("<!-- end of generated {part} -->");
    let (before, rest) = content.split_once(&begin).unwrap_or_else(|| panic!("{page} has no part {part}"));
    let (now, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{page}: the part {part} has no end"));
    if now != expected && std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // A page of the repository, not anyone's work.
        std::fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert!(now == expected, "{page} is not current: JEJAK_BLESS=1 cargo test --test docs writes\n{expected}");
    }
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A key as code; a backtick or a bar in it is none of Markdown's.
fn key(press: &str) -> String {
    if press.contains('`') { format!("`` {press} ``") } else { format!("`{}`", cell(press)) }
}

#[test]
fn the_page_of_keys_is_the_table_of_commands_and_the_labels_of_the_schema() {
    holds("docs/keys.md", "labels", &labels());
    let mut page = String::new();
    for menu in Menu::ALL {
        write!(page, "\n## {}\n\n| key | does |\n|---|---|\n", menu.title()).unwrap();
        for entry in TABLE.iter().filter(|entry| entry.menu == menu) {
            let keys: Vec<String> = entry.keys.iter().map(|press| key(&press.shown())).collect();
            writeln!(page, "| {} | {} |", keys.join(" "), cell(entry.title().trim_end_matches('…'))).unwrap();
        }
    }
    page.push('\n');
    holds("docs/keys.md", "commands", &page);
}

#[test]
fn the_page_of_articles_is_the_table_of_kinds() {
    let mut page = String::from("\n| files | extensions | what is read |\n|---|---|---|\n");
    for files in ARTICLE_FILES {
        let extensions: Vec<String> = files.extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        writeln!(page, "| {} | {} | {} |", files.name, extensions.join(" "), cell(files.read)).unwrap();
    }
    page.push('\n');
    holds("docs/articles.md", "kinds", &page);
}

#[test]
fn the_page_of_measures_names_every_bench() {
    let page = std::fs::read_to_string(root().join("docs/benches.md")).unwrap();
    for entry in std::fs::read_dir(root().join("benches")).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| path.is_file()) else { continue };
        assert!(page.contains(&format!("`{name}`")), "docs/benches.md says nothing of {name}");
    }
}

/// The labels of the default schema with their keys, and those of their roles.
fn labels() -> String {
    let schema = std::fs::read_to_string(root().join("assets/schemas/trips.ron")).unwrap();
    let schema: Schema = ron::from_str(&schema).unwrap();
    let mut page = String::from("| key | label | keys of its roles |\n|---|---|---|\n");
    for label in &schema.labels {
        let Some(letter) = label.key else { continue };
        let shown = |letter: char| key(&Press::Char(letter).shown());
        let roles = label.roles.iter().filter_map(|role| {
            role.key.map(|letter| format!("{} {}", shown(letter), cell(&role.title.get("en").to_lowercase())))
        });
        let roles: Vec<String> = roles.collect();
        writeln!(page, "| {} | {} | {} |", shown(letter), cell(label.title.get("en")), roles.join(", ")).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_command_line_is_what_the_program_prints() {
    let help = printed(&["--help"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"demo") && commands.contains(&"help"), "{commands:?}");
    let (mut table, mut sections) = (String::from("| command | does |\n|---|---|\n"), String::new());
    writeln!(table, "| [`jejak`](#jejak) | Open the window |").unwrap();
    write!(sections, "\n## jejak\n\n```text\n{}\n```\n", help.trim_end()).unwrap();
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = printed(&[command, "--help"]);
        let about = help.lines().next().unwrap();
        writeln!(table, "| [`jejak {command}`](#jejak-{command}) | {} |", cell(about)).unwrap();
        write!(sections, "\n## jejak {command}\n\n```text\n{}\n```\n", help.trim_end()).unwrap();
        assert!(help.contains("Examples:\n  jejak"), "{command} shows no example");
    }
    holds("docs/command-line.md", "commands", &format!("{table}{sections}"));
}

#[test]
fn the_table_of_formats_is_what_the_program_has() {
    let formats: Value = serde_json::from_str(&printed(&["formats", "--json"])).unwrap();
    let mut table = String::from("| format | read | written | offsets count | is |\n|---|---|---|---|---|\n");
    let mark = |does: &Value| if does.as_bool().unwrap() { "✓" } else { "" };
    for format in formats["formats"].as_array().unwrap() {
        let unit = match format["unit"].as_str() {
            Some("code-point") => "code points",
            Some("utf-16") => "UTF-16 units",
            Some(unit) => unit,
            None => "tokens",
        };
        let (name, title) = (format["name"].as_str().unwrap(), cell(format["title"].as_str().unwrap()));
        let (reads, writes) = (mark(&format["reads"]), mark(&format["writes"]));
        writeln!(table, "| `{name}` | {reads} | {writes} | {unit} | {title} |").unwrap();
    }
    holds("docs/formats.md", "formats", &table);
}

/// The pages for readers, by their paths from the root.
fn pages() -> Vec<PathBuf> {
    let in_folder = |folder: &str| {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().flatten().map(|entry| entry.path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect::<Vec<_>>()
    };
    let mut pages = [in_folder("."), in_folder("docs")].concat();
    pages.sort();
    pages
}

/// The text of a page outside its blocks of code.
fn prose(content: &str) -> String {
    let mut code = false;
    let lines = content.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A heading's name in links, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for page in pages() {
        let content = prose(&std::fs::read_to_string(&page).unwrap());
        for (at, _) in content.match_indices("](") {
            let target = content[at + 2..].split(')').next().unwrap();
            if target.starts_with("https://") {
                continue;
            }
            followed += 1;
            let (file, name) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            if !file.exists() {
                wrong.push(format!("{}: {target} is not there", page.display()));
            } else if !name.is_empty() {
                let content = prose(&std::fs::read_to_string(&file).unwrap());
                let headings = content.lines().filter_map(|line| line.strip_prefix('#'));
                let mut headings = headings.map(|line| anchor(line.trim_start_matches('#').trim()));
                if !headings.any(|heading| heading == name) {
                    wrong.push(format!("{}: {target} is not a heading", page.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 30, "{followed} links were found");
}

#[test]
fn every_page_is_found_from_the_first_one() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for page in pages() {
        let path = page.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let path = path.trim_start_matches("./");
        assert!(path == "README.md" || readme.contains(&format!("]({path})")), "README.md does not lead to {path}");
    }
}
