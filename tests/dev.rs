//! `./dev`, with programs in the place of the system's that write down how they were called.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

/// A machine: programs by name, each with the lines of shell that it does.
struct Machine {
    folder: tempfile::TempDir,
}

/// The words and deeds of a run.
#[derive(Debug)]
struct Run {
    code: i32,
    said: String,
    /// Each call of a program that writes itself down.
    called: Vec<String>,
}

/// Writes down the call.
const NOTE: &str = "printf '%s\\n' \"${0##*/} $*\" >> \"$CALLS\"";

impl Machine {
    fn new(programs: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["sh", "cat", "dirname", "env", "mktemp", "ls", "mkdir", "cp"] {
            let place = ["/usr/bin", "/bin"].map(|at| Path::new(at).join(name));
            symlink(place.iter().find(|at| at.exists()).unwrap(), folder.path().join(name)).unwrap();
        }
        let machine = Self { folder };
        machine.has("uname", "echo Linux");
        machine.has("id", "echo 0");
        for (name, does) in programs {
            machine.has(name, does);
        }
        machine
    }

    #[allow(clippy::disallowed_methods)] // Test data, not anyone's work.
    fn has(&self, name: &str, does: &str) {
        let program = self.folder.path().join(name);
        std::fs::write(&program, format!("#!/bin/sh\n{does}\n")).unwrap();
        std::fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    }

    fn dev(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let calls = self.folder.path().join("calls");
        let _ = std::fs::remove_file(&calls);
        let mut dev = Command::new("/bin/sh");
        dev.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("dev")).args(arguments).stdin(Stdio::null());
        dev.env_clear().env("PATH", self.folder.path()).env("CALLS", &calls).env("TMPDIR", self.folder.path());
        let output = dev.envs(environment.iter().copied()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        Run {
            code: output.status.code().unwrap(),
            said: String::from_utf8(said).unwrap(),
            called: std::fs::read_to_string(&calls).unwrap_or_default().lines().map(str::to_owned).collect(),
        }
    }
}

/// A Debian with everything but two packages; one is there for two architectures, and one was there once.
const DEBIAN: [(&str, &str); 5] = [
    (
        "dpkg-query",
        "for name; do :; done
case $name in
    libgl1) printf 'installed installed ' ;;
    libx11-6) printf 'not-installed ' ;;
    xvfb) exit 1 ;;
    *) printf 'installed ' ;;
esac",
    ),
    ("apt-get", NOTE),
    ("cc", "exit 0"),
    ("cargo", NOTE),
    ("xvfb-run", NOTE),
];

#[test]
fn what_is_missing_is_named() {
    let run = Machine::new(&DEBIAN).dev(&["packages"], &[]);
    assert_eq!((run.code, run.said.as_str()), (1, "libx11-6 xvfb\n"));
    assert!(run.called.is_empty(), "{run:?}");

    let fedora = [("dnf", NOTE), ("rpm", "case $3 in libX11 | python3) exit 1 ;; esac")];
    let run = Machine::new(&fedora).dev(&["packages"], &[]);
    assert_eq!((run.code, run.said.as_str()), (1, "libX11 python3\n"), "each once");

    let run = Machine::new(&[("pacman", "[ \"$2\" != libglvnd ]")]).dev(&["packages"], &[]);
    assert_eq!((run.code, run.said.as_str()), (1, "libglvnd\n"), "each once");

    let run = Machine::new(&[]).dev(&["packages", "--yes"], &[]);
    assert_eq!(run.code, 1);
    assert!(run.said.contains("cannot see") && run.said.contains("libxkbcommon-x11-0"), "{run:?}");
}

#[test]
fn packages_are_installed_where_one_said_so() {
    let installed = "apt-get install -q -y --no-install-recommends libx11-6 xvfb";
    let debian = Machine::new(&DEBIAN);
    let calls = ["apt-get update -q", installed];
    let run = debian.dev(&["packages", "--yes"], &[]);
    assert_eq!((run.code, run.said.as_str()), (0, "Missing packages: libx11-6 xvfb\n"));
    assert_eq!(run.called, calls);
    let run = debian.dev(&["test"], &[("CI", "true"), ("DISPLAY", ":7")]);
    assert_eq!(run.called, [&calls[..], &["cargo test --locked"]].concat());
    let run = debian.dev(&["packages"], &[("CI", "true")]);
    assert_eq!((run.code, run.said.as_str()), (1, "libx11-6 xvfb\n"), "it only names them");
    assert!(run.called.is_empty(), "{run:?}");
    // Nobody can be asked: it goes on and says so.
    let run = debian.dev(&["test"], &[("DISPLAY", ":7")]);
    assert_eq!((run.code, &run.called[..]), (0, &["cargo test --locked".to_owned()][..]));
    assert!(run.said.contains("nobody can be asked") && run.said.contains("Going on without them"), "{run:?}");

    debian.has("apt-get", "exit 100");
    let run = debian.dev(&["test", "--yes"], &[]);
    assert_eq!(run.code, 1, "nothing runs on a machine that could not be prepared: {run:?}");
    assert!(run.said.contains("could not be fetched") && run.called.is_empty(), "{run:?}");

    debian.has("id", "echo 1000");
    let run = debian.dev(&["packages", "--yes"], &[]);
    assert_eq!(run.code, 1);
    assert!(run.said.contains("Only root can install them: env DEBIAN_FRONTEND"), "{run:?}");
    debian.has("sudo", NOTE);
    let run = debian.dev(&["packages", "--yes"], &[]);
    assert_eq!(run.called[0], "sudo apt-get update -q");
    assert!(run.called[1].starts_with("sudo env DEBIAN_FRONTEND=noninteractive apt-get install "), "{run:?}");

    let fedora = Machine::new(&[("dnf", NOTE), ("rpm", "[ $3 != xorg-x11-server-Xvfb ]")]);
    assert_eq!(fedora.dev(&["packages", "--yes"], &[]).called, ["dnf install -y xorg-x11-server-Xvfb"]);
    let arch = format!("case $1 in -T) [ $2 != mesa ] ;; *) {NOTE} ;; esac");
    let run = Machine::new(&[("pacman", &arch)]).dev(&["packages", "--yes"], &[]);
    assert!(run.called[0].ends_with(" --needed --noconfirm mesa"), "{run:?}");
}

#[test]
fn tests_and_window_have_a_display_or_do_without() {
    let debian = Machine::new(&DEBIAN);
    debian.has("dpkg-query", "printf 'installed '");
    let xvfb = "xvfb-run -a -s -screen 0 1280x800x24 cargo test --locked";
    assert_eq!(debian.dev(&["test"], &[]).called, [xvfb]);
    assert_eq!(debian.dev(&["test", "--yes", "--test", "cli"], &[]).called, [format!("{xvfb} --test cli")]);
    assert_eq!(debian.dev(&["test"], &[("WAYLAND_DISPLAY", "wayland-0")]).called, ["cargo test --locked"]);

    let run = debian.dev(&["run"], &[("DISPLAY", ":7")]);
    let manifest = concat!("--manifest-path ", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml --");
    assert_eq!(run.called, [format!("cargo run --release --locked {manifest}")]);
    assert_eq!(run.said, "");
    let run = debian.dev(&["run"], &[]);
    assert!(run.called[0].starts_with(&format!("cargo run --release --locked {manifest} demo ")), "{run:?}");
    assert!(run.said.starts_with("There is no display here"), "{run:?}");
    assert_eq!(
        debian.dev(&["run", "check", "a b"], &[]).called,
        [format!("cargo run --release --locked {manifest} check a b")]
    );
}

/// The files below a folder, by their paths.
fn below(folder: &Path, under: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = format!("{under}{}", entry.file_name().to_str().unwrap());
        match entry.path().is_dir() {
            true => found.extend(below(&entry.path(), &format!("{name}/"))),
            false => found.push(name),
        }
    }
    found.sort();
    found
}

#[test]
fn the_program_is_installed_with_its_place_in_the_menu() {
    let debian = Machine::new(&DEBIAN);
    debian.has("dpkg-query", "printf 'installed '");
    debian.has(
        "cargo",
        &format!("{NOTE}; mkdir -p \"$CARGO_TARGET_DIR/release\"; echo program > \"$CARGO_TARGET_DIR/release/jejak\""),
    );
    let at = |name: &str| debian.folder.path().join(name).to_str().unwrap().to_owned();
    let (target, home, stage) = (at("target"), at("home"), at("stage"));
    let run = debian.dev(&["install"], &[("CARGO_TARGET_DIR", &target), ("HOME", &home)]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.called[0].starts_with("cargo build --release --locked"), "{run:?}");
    assert!(run.said.contains(&format!("{home}/.local/bin is in PATH")), "{run:?}");
    let installed = below(&Path::new(&home).join(".local"), "");
    let icons = ["128x128", "16x16", "256x256", "32x32", "48x48", "512x512", "64x64"];
    let icons = icons.map(|size| format!("share/icons/hicolor/{size}/apps/jejak.png"));
    let expected: Vec<String> = ["bin/jejak", "share/applications/jejak.desktop"]
        .map(str::to_owned)
        .into_iter()
        .chain(icons)
        .chain(
            ["share/icons/hicolor/scalable/apps/jejak.svg", "share/metainfo/app.jejak.Jejak.metainfo.xml"]
                .map(str::to_owned),
        )
        .collect();
    assert_eq!(installed, expected);
    let staged = [("CARGO_TARGET_DIR", &*target), ("HOME", &home), ("PREFIX", "/usr"), ("DESTDIR", &stage)];
    assert_eq!(debian.dev(&["install"], &staged).code, 0);
    assert_eq!(below(&Path::new(&stage).join("usr"), ""), expected);
}

#[test]
fn what_cannot_be_is_one_sentence() {
    let debian = Machine::new(&DEBIAN);
    debian.has("dpkg-query", "printf 'installed '");
    let run = debian.dev(&["fly"], &[]);
    assert_eq!((run.code, run.said.as_str()), (1, "./dev: there is no \"fly\"; see ./dev help\n"));
    std::fs::remove_file(debian.folder.path().join("cc")).unwrap();
    let run = debian.dev(&["test"], &[]);
    assert_eq!((run.code, run.said.as_str()), (1, "./dev: a C compiler is not here, and the build needs one\n"));
    std::fs::remove_file(debian.folder.path().join("cargo")).unwrap();
    let run = debian.dev(&["run"], &[]);
    assert!(
        run.code == 1 && run.said.starts_with("./dev: cargo is not here") && run.said.lines().count() == 1,
        "{run:?}"
    );
    // Where rustup puts it, though a shell that was open before does not see it yet.
    let home = debian.folder.path().join(".cargo/bin");
    std::fs::create_dir_all(&home).unwrap();
    debian.has(".cargo/bin/cargo", NOTE);
    debian.has("cc", "exit 0");
    let run = debian.dev(&["test"], &[("HOME", debian.folder.path().to_str().unwrap()), ("DISPLAY", ":7")]);
    assert_eq!(run.called, ["cargo test --locked"]);
}

#[test]
fn one_list_of_packages() {
    let read = |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let elsewhere =
        [".ci/run", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/install.md"].map(read).concat();
    let dev = read("dev");
    let list = dev.split_once("packages=\"").unwrap().1.split_once('"').unwrap().0;
    for line in list.lines().filter(|line| !line.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(words.len() == 4 && ["build", "window", "tests"].contains(&words[0]), "{line}");
        assert!(!words[1].starts_with("lib") || !elsewhere.contains(words[1]), "{} is named in two places", words[1]);
    }
}
