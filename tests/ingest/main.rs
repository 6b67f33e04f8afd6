//! Article files become drafts: every case of `tests/data/ingest`, and files that mean harm.
//!
//! `JEJAK_BLESS=1 cargo nextest run --test ingest` writes the expected results anew.

// Helpers of tests are no tests to the lints, and files made here are no one's work.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod archives;
mod cases;
#[path = "../common/mod.rs"]
mod common;
mod pdf;
mod warc;

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};

use jejak::ingest::{Drafts, Failure, Limits, Reading, extensions, list, near, read, read_bytes};
use proptest::prelude::*;

fn readable(result: &Result<Drafts, Failure>) -> String {
    let mut out = String::new();
    let drafts = match result {
        Ok(drafts) => drafts.as_slice(),
        Err(failure) => return format!("refused {failure}\n"),
    };
    for draft in drafts {
        match draft {
            Err(failure) => writeln!(out, "failed {failure}\n").unwrap(),
            Ok(draft) => {
                writeln!(out, "article {}", draft.source).unwrap();
                writeln!(out, "title: {}", draft.title).unwrap();
                let optional = [
                    ("published", &draft.published),
                    ("publisher", &draft.publisher),
                    ("author", &draft.author),
                    ("dateline", &draft.dateline),
                    ("url", &draft.url),
                    ("language", &draft.language),
                ];
                for (name, value) in optional {
                    if let Some(value) = value {
                        writeln!(out, "{name}: {value}").unwrap();
                    }
                }
                for note in &draft.notes {
                    writeln!(out, "note: {note}").unwrap();
                }
                for line in draft.text.split('\n') {
                    let line = line.replace('\u{a0}', "<NBSP>").replace('\u{ad}', "<SHY>").replace('\t', "<TAB>");
                    writeln!(out, "| {line}").unwrap();
                }
                out.push('\n');
            }
        }
    }
    out
}

fn read_all(name: &str, bytes: &[u8]) -> Result<Drafts, Failure> {
    read_bytes(name, bytes, &Reading::default(), &mut |_| true)
}

/// The one sentence with which a file is refused.
fn refusal(name: &str, bytes: &[u8]) -> String {
    read_all(name, bytes).expect_err("the file is refused").why.to_string()
}

#[test]
fn every_kind_of_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ingest");
    let (files, failures) = list(std::slice::from_ref(&folder), &Limits::default());
    let mut cases = 0;
    let mut wrong = String::new();
    for file in files {
        let expected = PathBuf::from(format!("{}.expected", file.display()));
        let got = readable(&read(&file, &Reading::default(), &mut |_| true));
        if std::env::var_os("JEJAK_BLESS").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        if std::fs::read_to_string(&expected).ok().as_deref() != Some(&got) {
            writeln!(wrong, "{}:\n{got}", file.display()).unwrap();
        }
        cases += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases >= 30, "only {cases} cases were found");
    assert!(failures.iter().all(|failure| failure.source.ends_with(".expected")), "{failures:?}");
}

#[test]
fn real_articles_are_kept_to_the_byte() {
    let Some(seeds) = common::shared("seeds") else { return };
    let (files, _) = list(&[seeds], &Limits::default());
    let texts: Vec<_> = files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")).collect();
    assert!(texts.len() >= 5);
    for file in texts {
        let drafts = read(file, &Reading::default(), &mut |_| true).unwrap();
        let draft = drafts.into_iter().next().unwrap().unwrap();
        assert_eq!(draft.text.into_bytes(), std::fs::read(file).unwrap());
        assert_eq!(draft.language.as_deref(), Some("id"));
        assert_eq!(draft.notes, []);
        assert!(draft.title.split_whitespace().count() >= 4, "{}", draft.title);
        println!("{}", draft.title);
    }
}

#[test]
fn the_hash_is_of_the_files_own_bytes() {
    let bytes = "\u{feff}abc\r\n".as_bytes();
    let draft = read_all("a.txt", bytes).unwrap().remove(0).unwrap();
    assert_eq!(draft.text, "abc\n");
    assert_eq!(draft.source_sha256, "c3199f17595cd7b59cea561d9cb96f204ef903c38b1b9cb4a50b7e68d286f675");
}

#[test]
fn deep_nesting_is_refused() {
    let html = "<div>".repeat(1_000_000);
    assert_eq!(refusal("a.html", html.as_bytes()), "its elements are nested more than 512 deep");
    // Closing tags that a tree parser would not take as closing.
    for evasion in ["<span><div></span>", "<div><table><td></div>", "<b><div></b>", "<ul><li></ol>", "<!--><div>"] {
        let html = evasion.repeat(50_000);
        assert_eq!(refusal("a.html", html.as_bytes()), "its elements are nested more than 512 deep", "{evasion}");
    }
    let html = format!("<script><!--<script></script>{}", "<div>".repeat(50_000));
    assert_eq!(refusal("a.html", html.as_bytes()), "its elements are nested more than 512 deep");

    for (open, close) in [("[", "]"), ("{\"text\":", "}"), ("{\"a\":", "}")] {
        let json = open.repeat(1_000_000) + "1" + &close.repeat(1_000_000);
        let line = readable(&read_all("a.json", json.as_bytes()));
        assert!(line.len() < 300 && !line.contains("article "), "{line}");
        let line = readable(&read_all("a.jsonl", json.as_bytes()));
        assert!(line.len() < 300 && !line.contains("article "), "{line}");
    }
    let body = "<w:p>".repeat(1_000_000);
    assert_eq!(
        refusal("a.docx", &docx(&body)),
        "its part word/document.xml is broken: its elements are nested more than 1000 deep"
    );
    for (open, name) in [("<p>", "a.xml"), ("<div>", "a.xhtml"), ("{", "a.rtf")] {
        let head = if name == "a.rtf" {
            "{\\rtf1 "
        } else if name == "a.xml" {
            "<rss><item>"
        } else {
            ""
        };
        let line = readable(&read_all(name, (head.to_owned() + &open.repeat(1_000_000)).as_bytes()));
        assert!(line.contains("nested more than"), "{name}: {line}");
    }
}

#[test]
fn pages_that_would_cost_a_tree_parser_dear_are_read_without_one() {
    let note = "the main text could not be told from the rest of the page, so all of its text was taken";
    let unclosed: String = (0..30_000).map(|n| format!("<div><b id={n}>word </div>")).collect();
    let many = "<p>word</p>".repeat(100_000);
    for html in [unclosed, many] {
        let draft = read_all("a.html", html.as_bytes()).unwrap().remove(0).unwrap();
        assert_eq!(draft.notes.iter().map(ToString::to_string).collect::<Vec<_>>(), [note]);
        assert!(draft.text.starts_with("word\n\nword\n\nword"));
    }
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    let draft = read_all("a.html", format!("<p{attributes}>word</p>").as_bytes()).unwrap().remove(0).unwrap();
    assert_eq!(draft.text, "word");
}

#[test]
fn sloppy_markup_of_the_old_web_is_read() {
    let rows = "<tr><td><p>row<td><li>cell<br>".repeat(2_000);
    let html = format!("<title>Old</title><table>{rows}</table>{}", "<p>paragraph<dd>item".repeat(2_000));
    let draft = read_all("a.html", html.as_bytes()).unwrap().remove(0).unwrap();
    assert!(draft.text.contains("paragraph\n\nitem"));
}

#[test]
fn one_enormous_line_is_refused_by_its_size_alone() {
    let bytes = vec![b'a'; 100_000_000];
    let too_large = "it has 100000000 bytes, more than the 40000004 that a file of this kind may have";
    assert_eq!(refusal("a.txt", &bytes), too_large);
    assert_eq!(refusal("a.html", &bytes), too_large.replace("40000004", "16777216"));
    let longest = vec![b'a'; 10_000_000];
    assert!(read_all("a.txt", &longest).unwrap()[0].is_ok());
    let line = [br#"{"text":""#, bytes.as_slice(), br#""}"#].concat();
    let failures = readable(&read_all("a.jsonl", &line));
    assert_eq!(failures, "failed a.jsonl:1: its text has 100000000 characters, more than the 10000000 allowed\n\n");
}

#[test]
fn rows_of_too_many_values_are_refused() {
    let wide = ",".repeat(20_000);
    let quoted = "\"\n\",".repeat(20_000);
    for table in [
        format!("text{wide}\n"),
        format!("text\nword{wide}\n"),
        format!("text\n{quoted}\n"),
        format!("text\n\"a\"b{wide}"),
    ] {
        let expected = "a row of it has 20001 values, more than the 16384 allowed";
        assert_eq!(refusal("a.csv", table.as_bytes()), expected);
    }
}

#[test]
fn a_file_of_rubbish_is_given_up_early() {
    let drafts = read_all("a.jsonl", "x\n".repeat(1_000_000).as_bytes()).unwrap();
    assert_eq!(drafts.len(), 1_001);
    let last = drafts.last().unwrap().clone().unwrap_err();
    assert_eq!(last.why.to_string(), "1000 records could not be read, so the rest of the file was not tried");
    let array = format!("[{}1]", "1,".repeat(1_000_000));
    assert_eq!(read_all("a.json", array.as_bytes()).unwrap().len(), 1_001);

    let limits = Limits { articles_per_file: 3, ..Limits::default() };
    let limits = Reading { limits, ..Reading::default() };
    let lines = "{\"text\":\"word\"}\n".repeat(10);
    let drafts = read_bytes("a.jsonl", lines.as_bytes(), &limits, &mut |_| true).unwrap();
    assert_eq!(drafts.iter().filter(|draft| draft.is_ok()).count(), 3);
    assert!(drafts[3].as_ref().unwrap_err().why.to_string().starts_with("it holds 3 records or more"));
}

/// A document whose body is `body`.
fn docx(body: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(body.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn zip_bombs_are_refused() {
    let bomb = docx(&" ".repeat(200_000_000));
    assert!(bomb.len() < 300_000);
    let why = refusal("bomb.docx", &bomb);
    assert!(why.starts_with("its part word/document.xml unpacks to more than") && why.ends_with("zip bomb"), "{why}");
    // The size that the archive states is not believed.
    let mut lying = bomb.clone();
    let size = 200_000_000_u32.to_le_bytes();
    while let Some(at) = lying.windows(4).position(|window| window == size) {
        lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert_ne!(lying, bomb);
    assert!(refusal("bomb.docx", &lying).starts_with("its part word/document.xml "));
}

#[test]
fn reading_tells_how_far_it_is_and_can_be_cancelled() {
    let lines = "{\"text\":\"word\"}\n".repeat(1_000);
    let array = format!("[{}]", vec!["{\"text\":\"word\"}"; 1_000].join(","));
    let table = format!("text,n\n{}", "word,1\n".repeat(1_000));
    for (name, file) in [("a.jsonl", lines), ("a.json", array), ("a.csv", table), ("a.txt", "word".to_owned())] {
        let mut told = Vec::new();
        let read = |told: &mut Vec<u64>, times| {
            read_bytes(name, file.as_bytes(), &Reading::default(), &mut |done| {
                told.push(done);
                told.len() < times
            })
        };
        read(&mut told, usize::MAX).unwrap();
        assert!(told.is_sorted() && told[0] == 0 && *told.last().unwrap() == file.len() as u64, "{name}: {told:?}");
        assert!(told.len() >= if name == "a.txt" { 2 } else { 5 }, "{name}: {told:?}");
        for times in 1..=told.len() {
            let cancelled = read(&mut Vec::new(), times).unwrap_err();
            assert_eq!(cancelled.to_string(), format!("{name}: reading was cancelled"));
        }
    }
}

#[test]
fn folders_are_searched_in_order_and_never_left() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    std::fs::create_dir_all(at("b/deep/er")).unwrap();
    std::fs::create_dir_all(at(".hidden")).unwrap();
    let files = "c.txt a.TXT b/2.md b/10.md b/deep/er/x.html .hidden/no.txt b/.no.txt b/LICENSE photo.png";
    for file in files.split(' ') {
        std::fs::write(at(file), "text").unwrap();
    }
    let mut paths = vec![at("c.txt"), folder.path().to_owned(), at("missing.txt"), at("photo.png")];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(folder.path(), at("b/loop")).unwrap();
        symlink("/", at("b/root")).unwrap();
        symlink(at("l2.txt"), at("l1.txt")).unwrap();
        symlink(at("l1.txt"), at("l2.txt")).unwrap();
        symlink(at("c.txt"), at("linked.txt")).unwrap();
        paths.push(at("b/loop"));
    }
    let (files, failures) = list(&paths[..4], &Limits::default());
    let names: Vec<_> = files.iter().map(|file| file.strip_prefix(folder.path()).unwrap().to_str().unwrap()).collect();
    let failed: Vec<_> = failures
        .iter()
        .map(|failure| failure.to_string().replace(&format!("{}/", folder.path().display()), ""))
        .collect();
    let kinds = format!("readable are .{}", extensions().join(", ."));
    #[cfg(unix)]
    {
        assert_eq!(names, ["c.txt", "a.TXT", "b/10.md", "b/2.md", "b/deep/er/x.html", "linked.txt"]);
        assert_eq!(
            failed,
            [
                "b/LICENSE: it has no extension; name it by itself to have it read".to_owned(),
                "b/loop: it is a link to a folder, which is not followed".to_owned(),
                "b/root: it is a link to a folder, which is not followed".to_owned(),
                "l1.txt: it is a link that leads nowhere: too many levels of symbolic links".to_owned(),
                "l2.txt: it is a link that leads nowhere: too many levels of symbolic links".to_owned(),
                format!("photo.png: files of kind .png are not read; {kinds}"),
                "missing.txt: it cannot be read: no such file or directory".to_owned(),
                format!("photo.png: files of kind .png are not read; {kinds}"),
            ]
        );
        // A link that a person names is followed.
        assert_eq!(list(&paths[4..], &Limits::default()).0.len(), files.len());
    }
    let few = Limits { files: 2, ..Limits::default() };
    let (files, failures) = list(&paths[1..2], &few);
    assert_eq!(files.len() + failures.len(), 3);
    assert!(failures.last().unwrap().why.to_string().ends_with("so the rest was left out"));
}

#[test]
fn thousands_of_records_stay_in_their_order() {
    const COUNT: usize = 3_000;
    let broken = |n: &usize| n % 7 == 3;
    let text = |n: usize| if broken(&n) { String::new() } else { format!("Berita nomor {n} dari Bandar") };
    let objects: Vec<String> = (0..COUNT).map(|n| format!("{{\"text\": \"{}\"}}", text(n))).collect();
    let rows: String = (0..COUNT).map(|n| format!("{},x\n", text(n))).collect();
    let files = [
        ("a.jsonl", objects.join("\n"), 1),
        ("a.json", format!("[{}]", objects.join(",")), 1),
        ("a.csv", format!("text,y\n{rows}"), 2),
    ];
    for (name, content, first) in files {
        let place = |n: usize| if name == "a.json" { format!("[{}]", n + first) } else { format!(":{}", n + first) };
        let mut told = Vec::new();
        let mut progress = |bytes| {
            told.push(bytes);
            true
        };
        let drafts = read_bytes(name, content.as_bytes(), &Reading::default(), &mut progress).unwrap();
        assert_eq!(drafts.len(), COUNT, "{name}");
        for (n, draft) in drafts.iter().enumerate() {
            match draft {
                Ok(draft) => assert_eq!((&draft.text, &draft.source), (&text(n), &format!("{name}{}", place(n)))),
                Err(failure) => assert_eq!((broken(&n), &failure.source), (true, &format!("{name}{}", place(n)))),
            }
        }
        assert!(told.len() > 5 && told.is_sorted() && told.last() == Some(&(content.len() as u64)), "{name}: {told:?}");
        // A failure after the last one that is allowed is not told of, wherever it was when that was found.
        let few = Reading { limits: Limits { failures_per_file: 100, ..Limits::default() }, ..Reading::default() };
        let drafts = read_bytes(name, content.as_bytes(), &few, &mut |_| true).unwrap();
        let last = (0..COUNT).filter(broken).nth(99).unwrap();
        assert_eq!(drafts.len(), last + 2, "{name}");
        let why = drafts.last().unwrap().as_ref().unwrap_err().why.to_string();
        assert_eq!(why, "100 records could not be read, so the rest of the file was not tried");
        let few = Reading { limits: Limits { articles_per_file: 1_500, ..Limits::default() }, ..Reading::default() };
        assert_eq!(read_bytes(name, content.as_bytes(), &few, &mut |_| true).unwrap().len(), 1_501, "{name}");
    }
}

#[test]
fn what_is_no_readable_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let why = |path: &Path| read(path, &Reading::default(), &mut |_| true).unwrap_err().why.to_string();
    assert_eq!(why(&folder.path().join("none.txt")), "it cannot be read: no such file or directory");
    let inside = folder.path().join("folder.txt");
    std::fs::create_dir(&inside).unwrap();
    assert_eq!(why(&inside), "it is a folder, not a file");
    assert_eq!(refusal("a.txt", b""), "it is empty");
    // A file without an extension is told by how it begins.
    for (begins, text) in
        [("kata biasa", "kata biasa"), ("<!doctype html><p>kata</p>", "kata"), ("{\\rtf1 kata\\par}", "kata")]
    {
        assert_eq!(read_all("a", begins.as_bytes()).unwrap()[0].as_ref().unwrap().text, text);
    }
    assert!(refusal("a", b"\x89PNG\r\n\x1a\n\0\0\0\x0d").starts_with("it is not text"));
    #[cfg(unix)]
    {
        // Opening a pipe would wait for a writer for ever.
        let pipe = folder.path().join("pipe.txt");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
        assert!(made && why(&pipe) == "it is not a regular file");
        use std::os::unix::fs::PermissionsExt as _;
        let locked = folder.path().join("locked.txt");
        std::fs::write(&locked, "text").unwrap();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
        if std::fs::File::open(&locked).is_ok() {
            println!("skipped: this user may read every file");
        } else {
            assert_eq!(why(&locked), "it cannot be read: permission denied");
        }
    }
}

#[test]
fn near_duplicates_are_told_from_others() {
    let words = |seed: u64, n: u64| -> String {
        let word = |n| BuildHasherDefault::<DefaultHasher>::default().hash_one((seed, n)) % 20_000;
        (0..n).map(|n| format!("w{} ", word(n))).collect()
    };
    let article = words(1, 400);
    let copy = format!("ADVERTISEMENT\n\n{}", article.to_uppercase().replace(' ', "\u{a0}\n"));
    let other = words(2, 400);
    let half = format!("{} {}", words(1, 400), words(3, 400));
    let signed = near::signature(&article);
    assert!(near::similarity(&signed, &near::signature(&copy)) > 0.9);
    assert!(near::similarity(&signed, &near::signature(&other)) < 0.1);
    let alike = near::similarity(&signed, &near::signature(&half));
    assert!((0.3..0.7).contains(&alike), "{alike}");
    // Of texts without spaces, and those shorter than a shingle.
    let chinese = "外交部长今天上午抵达首都开始对该国进行为期三天的正式访问";
    assert!(near::similarity(&near::signature(chinese), &near::signature(&format!("{chinese}。"))) > 0.9);
    assert!(near::similarity(&near::signature("Trip off"), &near::signature("trip OFF!")) > 0.99);
    assert!(near::similarity(&near::signature("Trip off"), &near::signature("Trip on")) < 0.1);

    let mut index = near::SignatureIndex::default();
    for n in 10..2_000 {
        index.insert(near::signature(&words(n, 50)));
    }
    let at = index.insert(signed.clone());
    for _ in 0..1_000 {
        index.insert(near::signature(&other));
    }
    assert_eq!(index.find(&near::signature(&copy), 0.8).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [at]);
    assert_eq!(index.find(&near::signature(&words(5_000, 50)), 0.5), []);
    assert!(!index.find(&near::signature(&other), 0.99).is_empty());
}

proptest! {
    /// Whatever the bytes, reading ends, and what comes out is normal.
    #[test]
    fn any_bytes_end_in_drafts_or_a_sentence(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        kind in prop::sample::select(extensions()),
    ) {
        sound(kind, &bytes);
    }

    /// The same for bytes that look more like what the readers expect.
    #[test]
    fn any_markup_ends_in_drafts_or_a_sentence(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
        kind in prop::sample::select(extensions()),
    ) {
        sound(kind, pieces.concat().as_bytes());
    }

    /// A UTF-8 text keeps all but its broken byte, and the note says where it is.
    #[test]
    fn a_broken_byte_is_named(before in "[a-z ]{0,20}é[a-zé ]{0,20}", after in "[a-z ]{0,20}", byte in 0xF8..=0xFF_u8) {
        let bytes = [before.as_bytes(), &[byte], after.as_bytes()].concat();
        let draft = read_all("a.txt", &bytes).unwrap().remove(0).unwrap();
        prop_assert_eq!(draft.text, format!("{before}\u{fffd}{after}"));
        let note = format!("byte 0x{byte:02X} at {} is not UTF-8, shown as U+FFFD", before.len());
        prop_assert_eq!(draft.notes.iter().map(ToString::to_string).collect::<Vec<_>>(), [note]);
    }
}

const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<div class=\"article\">",
    "</div>",
    "<table><tr><td>",
    "</table>",
    "<a href='",
    "'",
    "\"",
    "=",
    "<script>",
    "</script>",
    "<title>",
    "</title>",
    "<b>",
    "</b>",
    "<svg>",
    "<h1>",
    "</h1>",
    "<br>",
    "<br/><br/>",
    "<pre>",
    "&amp;",
    "&#0;",
    "&#x1F600;",
    "&",
    ";",
    "<meta property=og:title content=x>",
    "word ",
    "kata, ",
    "{",
    "}",
    "[",
    "]",
    "\"text\":",
    "\"content\":",
    ",",
    ":",
    "1e9",
    "\\u0000",
    "\\ud800",
    "\n",
    "\r\n",
    "\t",
    "---\n",
    "title: x\n",
    "# ",
    "text,date\n",
    "\u{a0}",
    "é",
    "👩‍🚀",
    "<select><option>",
    "<ul><li>",
    "<template>",
    "<noscript>",
    "<plaintext>",
    "<math>",
    "<img src=x>",
    "<body>",
    "<html lang=id>",
    "<frameset>",
    "<form>",
];

fn sound(kind: &str, bytes: &[u8]) {
    match read_all(&format!("a.{kind}"), bytes) {
        Err(failure) => assert!(!failure.why.to_string().is_empty()),
        Ok(drafts) => {
            for draft in drafts.into_iter().flatten() {
                assert!(!draft.text.trim().is_empty() && !draft.title.is_empty());
                assert_eq!(jejak::text::normalise(&draft.text), draft.text);
            }
        }
    }
}
