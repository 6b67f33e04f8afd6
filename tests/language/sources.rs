//! Sources, and what they ask of the messages.

use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `folder`, by its path from the project's root, with its content.
pub fn rust_files(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let content = std::fs::read_to_string(&path).expect("sources are text");
        (path.strip_prefix(root()).expect("it lies in the project").display().to_string(), content)
    };
    found.into_iter().map(read).collect()
}

/// A place of the source that asks for a message.
#[derive(Debug)]
pub struct Asked {
    pub place: String,
    pub key: String,
    /// The names of the values that it gives, sorted.
    pub values: Vec<String>,
}

/// Every `t!("…", name = …)`, `message!("…", name = …)` and `key!("…")` of a file.
pub fn asked(path: &str, content: &str) -> Vec<Asked> {
    let mut found = Vec::new();
    for opening in ["t!(", "key!(", "message!("] {
        for (at, _) in content.match_indices(opening) {
            let line_start = content[..at].rfind('\n').map_or(0, |at| at + 1);
            let comment = content[line_start..at].trim_start().starts_with("//");
            let inside_name = content[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let arguments = arguments(&content[at + opening.len()..]);
            let key = arguments.first().and_then(|first| first.trim().strip_prefix('"')?.strip_suffix('"'));
            let Some(key) = key.filter(|_| !comment && !inside_name) else { continue };
            let name = |argument: &String| Some(argument.split_once('=')?.0.trim().to_owned());
            let mut values: Vec<String> = arguments[1..].iter().filter_map(name).collect();
            values.sort();
            let place = format!("{path}:{}", content[..at].matches('\n').count() + 1);
            found.push(Asked { place, key: key.to_owned(), values });
        }
    }
    found
}

/// The arguments of a call, cut at the commas of its own level.
fn arguments(rest: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let mut all = vec![String::new()];
    for c in rest.chars() {
        let last = all.last_mut().expect("one is always there");
        if quoted {
            last.push(c);
            (quoted, escaped) = (c != '"' || escaped, c == '\\' && !escaped);
            continue;
        }
        match c {
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                all.push(String::new());
                continue;
            }
            _ => {}
        }
        last.push(c);
    }
    all.retain(|argument| !argument.trim().is_empty());
    all
}

#[test]
fn calls_are_read_as_the_compiler_reads_them() {
    let content = "ui.label(t!(\"hits\", at = at + 1, of = format!(\"{}, {}\", a[1], b)));\n// t!(\"no\")\nformat!(\"x\"); key!(\"y\"), message!(\"z\", n = 1)";
    let found = asked("f.rs", content);
    let told: Vec<_> = found.iter().map(|asked| (&*asked.place, &*asked.key, asked.values.join(" "))).collect();
    assert_eq!(
        told,
        [("f.rs:1", "hits", "at of".to_owned()), ("f.rs:3", "y", String::new()), ("f.rs:3", "z", "n".to_owned())]
    );
}
