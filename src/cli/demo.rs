//! `jejak demo`: the main job, from annotations to a data set, on the sample project.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{Ended, Ending, Output, could_not, not_read};
use crate::model::Project;
use crate::store::sample;

/// Goes through the main job on a copy of the sample project
///
/// The sample has ten articles that two annotators, a and b, have annotated. The tour looks for mistakes, measures the
/// agreement of the two, merges what they agree on, scores b against that, and writes a data set. Each command is
/// printed before it runs, as one would type it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak demo
  jejak demo /tmp/look

Exit code: 0 all went as it does with the sample, 1 a command found other problems, 2 it could not be done")]
pub(super) struct Demo {
    /// The folder to put the copy into: a new one, or an empty one
    #[arg(default_value = "jejak-demo")]
    dir: PathBuf,
}

/// A command of the demonstration.
struct DemoStep {
    /// Its purpose, in one sentence.
    about: &'static str,
    /// Its words; those that begin with `DIR` are paths in the project.
    words: &'static [&'static str],
    /// True where it finds something in the sample, so that its exit code is 1.
    finds: bool,
}

const STEPS: [DemoStep; 5] = [
    DemoStep { about: "Is anything wrong in the files or the annotations?", words: &["check", "DIR"], finds: false },
    DemoStep {
        about: "How well do the two annotators agree?",
        words: &["agreement", "DIR", "--sets", "a,b", "--quick"],
        finds: false,
    },
    DemoStep {
        about: "What both say goes into the set gold; the other differences are counted by article, for a person to decide.",
        words: &["adjudicate", "DIR", "--sets", "a,b"],
        finds: true,
    },
    DemoStep {
        about: "How good is b, measured against gold? A model's predictions are scored in the same way.",
        words: &["evaluate", "DIR", "--gold", Project::GOLD, "--pred", "b", "--quick"],
        finds: false,
    },
    DemoStep {
        about: "The gold set as a data set for Hugging Face's libraries, in three parts.",
        words: &["export", "DIR", "--format", "hf", "--set", Project::GOLD, "--split", "4/1/1", "--out", "DIR/dataset"],
        finds: false,
    },
];

impl Demo {
    /// Goes through the steps; `perform` does what the words after `jejak` say.
    pub fn run(self, perform: fn(Vec<OsString>, &mut Output) -> Ended, output: &mut Output) -> Ended {
        is_free(&self.dir)?;
        let dir = plain(&self.dir);
        sample::unpack_into(&dir).map_err(could_not)?;
        output.line(&format!("# A copy of the sample project is in {}", dir.display()))?;
        let mut otherwise = false;
        for DemoStep { about, words, finds } in &STEPS {
            let words: Vec<OsString> = words.iter().map(|word| placed(word, &dir)).collect();
            let typed = typed(&words);
            output.line("")?;
            output.line(&format!("# {about}"))?;
            output.line(&format!("$ {typed}"))?;
            // The other stream of a command stands below its own line.
            output.finish()?;
            let found = perform(words, output)?;
            output.finish()?;
            if found != *finds {
                otherwise = true;
                let than =
                    if found { "found problems that the sample doesn't have" } else { "did not find what is left" };
                output.message(&format!("jejak: \"{typed}\" {than}"));
            }
        }
        next(&dir, output)?;
        Ok(otherwise)
    }
}

/// The folder's path as no command takes it for one of its own words: `check/`, `./-x/`.
fn plain(dir: &Path) -> PathBuf {
    let here = if dir.as_os_str().as_encoded_bytes().starts_with(b"-") { "." } else { "" };
    Path::new(here).join(dir).join("")
}

/// Refuses a folder in which something is.
fn is_free(dir: &Path) -> Result<(), Ending> {
    match std::fs::read_dir(dir).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(could_not(format!("{} is not empty, and the demo needs a folder of its own", dir.display()))),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(why) if why.kind() == std::io::ErrorKind::NotADirectory => {
            Err(could_not(format!("{} is a file, and a project is a folder", dir.display())))
        }
        Err(why) => Err(not_read(dir, &why)),
    }
}

/// A word of a step, with the folder in its place.
fn placed(word: &str, dir: &Path) -> OsString {
    match word.strip_prefix("DIR") {
        Some("") => dir.into(),
        Some(inside) => dir.join(inside.trim_start_matches('/')).into(),
        None => word.into(),
    }
}

/// A command as one types it in a shell.
fn typed(words: &[OsString]) -> String {
    let quoted = |word: &OsString| {
        let word = word.to_string_lossy();
        let plain = |c: char| c.is_alphanumeric() || "-_./,=:\\".contains(c);
        if word.chars().all(plain) { word.into_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
    };
    let words: Vec<String> = words.iter().map(quoted).collect();
    format!("jejak {}", words.join(" "))
}

/// Says where everything lies, and what one can do with it.
fn next(dir: &Path, output: &mut Output) -> Result<(), Ending> {
    let inside = |name: &str| dir.join(name).display().to_string();
    let typed = |words: &[&str]| typed(&words.iter().map(|word| placed(word, dir)).collect::<Vec<_>>());
    let lines = [
        String::new(),
        "# Done. Where it lies:".to_owned(),
        format!("{}  the annotations of a; those of b and gold lie beside them", inside("sets/a")),
        format!("{}  the data set; its README.md has counts, agreement and guidelines", inside("dataset")),
        String::new(),
        "# To try next:".to_owned(),
        format!("{}  opens it in a window: F4 decides what is left, F5 shows figures, F1 all keys", typed(&["DIR"])),
        format!("{}  lists where a and b differ", typed(&["compare", "DIR", "a", "b"])),
        "jejak new trips/ ARTICLE…  makes a project of your own articles".to_owned(),
        "jejak --help  lists all commands".to_owned(),
    ];
    lines.iter().try_for_each(|line| output.line(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_any_name_is_typed_as_a_shell_reads_it() {
        for (dir, expected) in [
            ("look", "jejak check look/"),
            ("check/", "jejak check check/"),
            ("-x", "jejak check ./-x/"),
            ("a b", "jejak check 'a b/'"),
            ("it's", r"jejak check 'it'\''s/'"),
            ("$HOME", "jejak check '$HOME/'"),
        ] {
            let words = ["check", "DIR"].map(|word| placed(word, &plain(Path::new(dir))));
            assert_eq!(typed(&words), expected);
        }
    }
}
