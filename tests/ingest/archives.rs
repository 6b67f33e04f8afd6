//! Archives of article files: read as folders, and those that mean harm.

use std::io::Write as _;

use flate2::write::GzEncoder;
use jejak::ingest::{Drafts, Limits, Reading, read_bytes};
use zip::write::SimpleFileOptions;

use super::{read_all, refusal};

/// A member of an archive: its name, its type in a tar, and its content (of a link: where it leads).
type Member<'a> = (&'a str, u8, &'a [u8]);

fn zip(members: &[Member]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, kind, content) in members {
        match kind {
            b'2' => zip.add_symlink(*name, str::from_utf8(content).unwrap(), options).unwrap(),
            b'5' => zip.add_directory(*name, options).unwrap(),
            _ => {
                zip.start_file(*name, options).unwrap();
                zip.write_all(content).unwrap();
            }
        }
    }
    zip.finish().unwrap().into_inner()
}

fn header(name: &[u8], kind: u8, size: usize) -> [u8; 512] {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name);
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn put(tar: &mut Vec<u8>, name: &[u8], kind: u8, content: &[u8]) {
    tar.extend(header(name, kind, content.len()));
    tar.extend(content);
    tar.resize(tar.len().next_multiple_of(512), 0);
}

fn tar(members: &[Member]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, kind, content) in members {
        if name.len() > 100 {
            put(&mut tar, b"././@LongLink", b'L', &[name.as_bytes(), b"\0"].concat());
        }
        let name = &name.as_bytes()[..name.len().min(100)];
        let content: &[u8] = if matches!(kind, b'1' | b'2' | b'5') { b"" } else { content };
        put(&mut tar, name, *kind, content);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// The archive in every form that is read.
fn forms(members: &[Member]) -> [(&'static str, Vec<u8>); 4] {
    let tar = tar(members);
    [("a.zip", zip(members)), ("a.tar.gz", gz(&tar)), ("a.TGZ", gz(&tar)), ("a.tar", tar)]
}

/// One line for each article or failure, without the archive's name.
fn lines(drafts: &Drafts) -> Vec<String> {
    let line = |draft: &Result<jejak::ingest::Draft, jejak::ingest::Failure>| match draft {
        Ok(draft) => format!("{} = {}", draft.source, draft.text),
        Err(failure) => failure.to_string(),
    };
    drafts.iter().map(line).map(|line| line.split_once('/').map_or(line.clone(), |it| it.1.to_owned())).collect()
}

#[test]
fn an_archive_is_read_as_the_folder_that_it_holds() {
    let inner = zip(&[("x.txt", b'0', b"dalam")]);
    let long = format!("{}/z.txt", "panjang".repeat(20));
    let members: [Member; 14] = [
        ("juni/", b'5', b""),
        ("juni/10.txt", b'0', "Berita kesepuluh".as_bytes()),
        ("juni/2.html", b'0', b"<html><body><article><p>Kapal tiba.</p></article></body></html>"),
        ("juni/dua.jsonl", b'0', b"{\"text\": \"satu\"}\n{\"text\": \"dua\"}\n"),
        ("a.txt", b'0', b"pertama"),
        ("photo.png", b'0', b"\x89PNG"),
        ("LICENSE", b'0', b"boleh"),
        (".hidden/no.txt", b'0', b"tidak"),
        ("juni/.no.txt", b'0', b"tidak"),
        ("__MACOSX/juni/10.txt", b'0', b"tidak"),
        ("inner.zip", b'0', &inner),
        ("empty.txt", b'0', b""),
        (&long, b'0', b"nama panjang"),
        ("tautan.txt", b'2', b"/etc/passwd"),
    ];
    for (name, bytes) in forms(&members) {
        let drafts = read_all(name, &bytes).unwrap();
        let lines = lines(&drafts);
        let expected = [
            "LICENSE: it has no extension; name it by itself to have it read",
            "a.txt = pertama",
            "empty.txt: it is empty",
            "inner.zip: it is an archive within an archive, which is not read",
            "juni/10.txt = Berita kesepuluh",
            "juni/2.html = Kapal tiba.",
            "juni/dua.jsonl:1 = satu",
            "juni/dua.jsonl:2 = dua",
            &format!("{long} = nama panjang"),
        ];
        assert_eq!(lines[..9], expected, "{name}");
        assert!(lines[9].starts_with("photo.png: files of kind .png are not read"), "{name}: {lines:?}");
        assert_eq!(lines[10..], ["tautan.txt: it is a link, which is not followed"], "{name}");
        let own = drafts[1].as_ref().unwrap();
        assert_eq!(own.source, format!("{name}/a.txt"));
        assert_eq!(own.source_sha256, jejak::text::sha256_hex(b"pertama"));
    }
}

#[test]
fn names_that_lead_out_and_what_is_no_file_stay_out() {
    for out in ["../a.txt", "b/../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt"] {
        for (name, bytes) in forms(&[(out, b'0', b"keluar"), ("b.txt", b'0', b"di dalam")]) {
            let drafts = read_all(name, &bytes).unwrap();
            let texts: Vec<_> = drafts.iter().flatten().map(|draft| draft.text.as_str()).collect();
            assert_eq!(texts, ["di dalam"], "{name} {out}");
            let why = drafts.iter().find_map(|draft| draft.as_ref().err()).unwrap();
            assert_eq!(why.why.to_string(), "its name leads out of the archive", "{name} {out}");
        }
    }
    let odd =
        tar(&[("keras.txt", b'1', b""), ("pipa.txt", b'6', b""), ("alat.txt", b'3', b""), ("b.txt", b'0', b"isi")]);
    let said = lines(&read_all("a.tar", &odd).unwrap());
    let expected = [
        "alat.txt: it is not a regular file",
        "b.txt = isi",
        "keras.txt: it is a link, which is not followed",
        "pipa.txt: it is not a regular file",
    ];
    assert_eq!(said, expected);
}

#[test]
fn bombs_are_refused_whatever_they_state() {
    // Each file alone, and all together.
    let many = vec![b' '; 20 << 20];
    let bytes = zip(&[("a.txt", b'0', &many), ("b.txt", b'0', b"isi")]);
    assert!(bytes.len() < 100_000);
    let said = lines(&read_all("a.zip", &bytes).unwrap());
    assert!(said[0].starts_with("a.txt: more than ") && said[0].ends_with(" bytes come out of it"), "{said:?}");
    assert_eq!(said[1], "b.txt = isi");
    let packed = gz(&tar(&[("a.txt", b'0', b"isi"), ("b.bin", b'0', &vec![0; 200 << 20])]));
    assert!(packed.len() < 1_000_000);
    let said = lines(&read_all("a.tar.gz", &packed).unwrap());
    assert_eq!(said[0], "a.txt = isi");
    assert!(said.last().unwrap().contains(" bytes come out of it"), "{said:?}");
    let few = Limits { archive_bytes: 1_000, ..Limits::default() };
    let few = Reading { limits: few, ..Reading::default() };
    let text = "kata ".repeat(100);
    let members: Vec<String> = (0..5).map(|n| format!("{n}.txt")).collect();
    let members: Vec<Member> = members.iter().map(|name| (name.as_str(), b'0', text.as_bytes())).collect();
    for (name, bytes) in forms(&members) {
        let drafts = read_bytes(name, &bytes, &few, &mut |_| true).unwrap();
        assert_eq!(drafts.iter().filter(|draft| draft.is_ok()).count(), 2, "{name}");
    }
    let few = Limits { files: 3, ..Limits::default() };
    let few = Reading { limits: few, ..Reading::default() };
    for (name, bytes) in forms(&members) {
        let said = match read_bytes(name, &bytes, &few, &mut |_| true) {
            Ok(drafts) => drafts.last().unwrap().as_ref().unwrap_err().to_string(),
            Err(failure) => failure.to_string(),
        };
        assert_eq!(said, format!("{name}: it holds more than 3 files"));
    }
    // A name, and a size, that would need all memory.
    let mut large = header(b"././@LongLink", b'L', 1 << 32).to_vec();
    large.extend([b'x'; 4096]);
    assert!(refusal("a.tar", &large).contains("ends too early"));
    let mut endless = header(b"a.txt", b'0', 0);
    endless[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    endless[148..156].fill(b' ');
    let sum: u32 = endless.iter().map(|&byte| u32::from(byte)).sum();
    endless[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let said = lines(&read_all("a.tar", &endless).unwrap());
    assert!(said[0].contains("ends too early"), "{said:?}");
}

#[test]
fn broken_archives_give_what_is_whole_and_say_the_rest() {
    let text = "kata ".repeat(2_000);
    let members: [Member; 2] = [("a.txt", b'0', text.as_bytes()), ("b.txt", b'0', text.as_bytes())];
    for (name, bytes) in forms(&members) {
        for cut in 0..40 {
            let cut = bytes.len() * cut / 40;
            match read_all(name, &bytes[..cut]) {
                Err(failure) => assert!(!failure.why.to_string().is_empty()),
                Ok(drafts) => {
                    for draft in drafts.iter().flatten() {
                        assert_eq!(draft.text, text, "{name} cut at {cut}");
                    }
                }
            }
        }
    }
    assert_eq!(refusal("a.tar", &[b'x'; 2_000]), "it cannot be unpacked: it is not a tar archive, or a damaged one");
    assert!(refusal("a.zip", b"not a zip").starts_with("it cannot be unpacked: it is not a ZIP archive"));
    assert!(refusal("a.tar.gz", b"not packed").starts_with("it cannot be unpacked: "));
    assert_eq!(refusal("a.zip", &zip(&[])), "it holds no files that are read");
    assert!(refusal("a.txt.gz", b"x").starts_with("files of kind .txt.gz are not read"));
    // A file without an extension is told by how it begins.
    let drafts = read_all("kumpulan", &zip(&[("a.txt", b'0', b"isi")])).unwrap();
    assert_eq!(lines(&drafts), ["a.txt = isi"]);
}

#[test]
fn reading_an_archive_tells_how_far_it_is_and_can_be_cancelled() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
    let members: Vec<Member> = names.iter().map(|name| (name.as_str(), b'0', name.as_bytes())).collect();
    for (name, bytes) in forms(&members) {
        let mut told = Vec::new();
        read_bytes(name, &bytes, &Reading::default(), &mut |done| {
            told.push(done);
            true
        })
        .unwrap();
        assert!(told.is_sorted() && told[0] == 0 && told.last() == Some(&(bytes.len() as u64)), "{name}: {told:?}");
        for times in 1..=told.len() {
            let mut left = times;
            let cancelled = read_bytes(name, &bytes, &Reading::default(), &mut |_| {
                left -= 1;
                left > 0
            });
            assert_eq!(cancelled.unwrap_err().to_string(), format!("{name}: reading was cancelled"));
        }
    }
}
