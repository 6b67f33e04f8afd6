//! Programs of the person's own as sources: what they answer is placed, and whatever they do instead is one sentence that costs
//! nobody anything.
#![cfg(unix)] // The programs are shell scripts.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use common::copy;

fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan"), &folder.path().join("project"));
    fs::create_dir(folder.path().join("settings")).unwrap();
    folder
}

/// Asks a program about articles of the sample; `home` has the project and the settings.
fn ask(home: &Path, (program, arguments, seconds): (&str, &[&str], u16), more: &[&str]) -> Output {
    let arguments: String = arguments.iter().map(|it| format!("r####\"{it}\"####, ")).collect();
    let program = format!("(name: \"x\", program: \"{program}\", arguments: [{arguments}], seconds: {seconds})");
    let settings = format!("(suggesting: (programs: [{program}]))");
    fs::write(home.join("settings/settings.ron"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.arg("suggest").arg(home.join("project")).args(["--source", "command:x"]).args(more);
    command.env("JEJAK_CONFIG", home.join("settings")).output().unwrap()
}

fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.ends_with(".jejak") => {}
            path if path.is_dir() => files(&path, found),
            path => drop(found.insert(path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
}

fn all(home: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(&home.join("project"), &mut found);
    found
}

#[test]
fn whatever_a_program_does_is_one_sentence_and_changes_nothing() {
    let home = sample();
    let before = all(home.path());
    let sh = "/bin/sh";
    for (program, script, seconds, sentence) in [
        (sh, "yes x", 20, "x said more than 4 MB or more lines"),
        (sh, "cat /dev/zero", 20, "x said more than 4 MB"),
        (sh, "head -c 10000000 /dev/zero | tr '\\0' a", 20, "x said more than 4 MB"),
        (sh, "cat > /dev/null", 20, "x answered 0 of 1 lines"),
        (sh, "true", 20, "x answered 0 of 1 lines"),
        (sh, r"printf '\377\376\n'", 20, "x answered with something that is not text"),
        (sh, r"printf 'a\000b\n'", 20, "x answered with something that is not text"),
        (sh, "kill -9 $$", 20, "x was ended by the system"),
        (sh, "printf '{\"suggestions\":[{\"lab'; kill -9 $$", 20, "x was ended by the system"),
        (sh, "exit 3", 20, "x ended with code 3 and said nothing"),
        (sh, "echo first >&2; printf 'no such\\033[2J model\\n' >&2; exit 3", 20, "x ended with an error: no such"),
        (sh, "yes complaint | head -n 500000 >&2; exit 4", 20, "x ended with an error: complaint"),
        (sh, "sleep 60", 1, "x had no answer within 1 s and was ended"),
        (sh, "exec > /dev/null; sleep 60", 1, "x had no answer within 1 s and was ended"),
        ("../x", "", 5, "../x is neither a whole path nor a bare name"),
        ("./x", "", 5, "./x is neither a whole path nor a bare name"),
        ("..", "", 5, ".. is neither a whole path nor a bare name"),
        ("/no/such/program", "", 5, "x cannot be run: /no/such/program"),
        ("no-such-program-anywhere", "", 5, "x cannot be run: no-such-program-anywhere"),
    ] {
        let begun = Instant::now();
        let output = ask(home.path(), (program, &["-c", script], seconds), &["--articles", "002", "--as", "machine"]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{script}: {error}");
        // The line before says what is run.
        let said: Vec<&str> = error.trim().lines().filter(|line| !line.contains("runs ")).collect();
        assert!(said.len() == 1 && said[0].contains(sentence), "{script}: {error}");
        assert!(!error.contains('\u{1b}'), "{script}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(19), "{script}");
        assert!(all(home.path()) == before, "{script}");
    }
}

#[test]
fn an_answer_that_is_none_costs_its_article_alone() {
    let home = sample();
    for (answer, told) in [
        ("hello", "x answered with something that is not an answer"),
        ("[]", "x answered with something that is not an answer"),
        (r#"{"error":"the model is not loaded"}"#, "x ended with an error: the model is not loaded"),
        (r#"{"suggestions":[{"label":"person","start":99999999999999999999,"end":-3}]}"#, "0 of 1 placed"),
        (r#"{"suggestions":[{"label":"person","start":0,"end":4294967295}]}"#, "0 of 1 placed"),
        (r#"{"suggestions":[{"label":"../../etc","quote":"a"}]}"#, "0 of 1 placed; nowhere: \"a\""),
    ] {
        let script = format!("cat > /dev/null; echo '{answer}'");
        let output = ask(home.path(), ("/bin/sh", &["-c", &script], 20), &["--articles", "002", "--json"]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{answer}: {error}");
        assert!(error.contains(told), "{answer}: {error}");
    }
}

#[test]
fn what_a_program_started_ends_with_it() {
    let home = sample();
    let pid = home.path().join("pid");
    let script = format!("sleep 300 & echo $! > {}; wait", pid.display());
    let output = ask(home.path(), ("/bin/sh", &["-c", &script], 1), &["--articles", "002"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let pid = fs::read_to_string(pid).unwrap();
    let gone = |_: &u32| {
        std::thread::sleep(Duration::from_millis(50));
        // A process that has ended and that nobody has asked about yet is gone, too.
        fs::read_to_string(format!("/proc/{}/stat", pid.trim())).map_or(true, |stat| stat.contains(") Z "))
    };
    assert!((0..100).any(|at| gone(&at)), "the child goes on as {pid}");
}

#[test]
fn answers_become_a_models_set() {
    let home = sample();
    // Two articles in one run: a line for each, in their order.
    let answer =
        r#"{"suggestions":[{"label":"person","quote":"Arya","score":0.8},{"label":"trip","quote":"nowhere at all"}]}"#;
    let script = format!("while read -r line; do echo '{answer}'; done");
    let asked = ["--articles", "001,002", "--as", "machine"];
    let output = ask(home.path(), ("/bin/sh", &["-c", &script], 20), &asked);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{error}");
    for told in ["runs /bin/sh -c", "001: 1 of 2 placed; nowhere: \"nowhere at all\"", "2 articles written for machine"]
    {
        assert!(error.contains(told), "{told}: {error}");
    }
    let written: Vec<String> = (all(home.path()).into_iter())
        .filter(|(name, _)| name.contains("sets/machine/"))
        .map(|(_, content)| String::from_utf8(content).unwrap())
        .collect();
    assert_eq!(written.len(), 2);
    for set in written {
        assert!(set.contains("command:x") && set.contains("score: 800"), "{set}");
    }
}
