//! Web archives: the pages in them, and what means harm.

use std::io::Write as _;

use flate2::write::GzEncoder;
use jejak::ingest::Drafts;

use super::{read_all, readable, refusal};

const PAGE: &str = "<html><head><title>Kapal tiba</title></head><body><article><p>Kapal Melati tiba di Bandar Laut pada \
                    hari Selasa.</p><p>Ratu Sari menyambutnya di dermaga.</p></article></body></html>";

fn record(kind: &str, address: &str, head: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n{head}Content-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend(content);
    record.extend(b"\r\n\r\n");
    record
}

fn answer(address: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", address, "Content-Type: application/http; msgtype=response\r\n", &content)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn records() -> Vec<Vec<u8>> {
    let chunked = format!("10\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", &PAGE[..16], PAGE.len() - 16, &PAGE[16..]);
    let latin = encoding_rs::WINDOWS_1252.encode("<html><body><p>Le café de la gare est fermé.</p></body></html>").0;
    vec![
        record("warcinfo", "", "Content-Type: application/warc-fields\r\n", b"software: kapal\r\n"),
        record("request", "https://a.example/1", "", b"GET /1 HTTP/1.1\r\n\r\n"),
        answer("https://a.example/1", "200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE.as_bytes()),
        answer(
            "https://a.example/2",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
            chunked.as_bytes(),
        ),
        answer(
            "https://a.example/3",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &gz(PAGE.as_bytes()),
        ),
        answer("https://a.example/4", "200 OK\r\nContent-Type: text/html; charset=iso-8859-1", &latin),
        answer("https://a.example/5", "404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
        answer("https://a.example/6.png", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        answer("https://a.example/7", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", b"\x8b\x03\x80\xff"),
        record("conversion", "https://a.example/8", "Content-Type: text/plain\r\n", "Berita polos.".as_bytes()),
        answer("https://a.example/robots.txt", "200 OK\r\nContent-Type: text/plain", b"User-agent: *"),
    ]
}

#[test]
fn pages_that_were_there_are_articles_with_their_addresses() {
    let plain = records().concat();
    let packed: Vec<u8> = records().iter().flat_map(|record| gz(record)).collect();
    for (name, bytes) in [("a.warc", &plain), ("a.warc.gz", &packed), ("kumpulan", &plain)] {
        let said = readable(&read_all(name, bytes));
        let kapal = "title: Kapal tiba\n";
        assert_eq!(said.matches(kapal).count(), 3, "{said}");
        assert_eq!(said.matches("| Ratu Sari menyambutnya di dermaga.").count(), 3, "{said}");
        for (record, address) in [(3, "1"), (4, "2"), (5, "3"), (6, "4"), (10, "8")] {
            assert!(said.contains(&format!("article {name}[{record}]\n")), "{said}");
            assert!(said.contains(&format!("url: https://a.example/{address}\n")), "{said}");
        }
        assert!(said.contains("| Le café de la gare est fermé."), "{said}");
        assert!(said.contains("| Berita polos."), "{said}");
        assert!(said.contains(&format!("failed {name}[9]: the page is packed as br, which is not read")), "{said}");
        assert!(said.contains("note: 3 other records of the archive are no articles"), "{said}");
        assert_eq!(said.matches("article ").count(), 5, "{said}");
    }
}

#[test]
fn broken_web_archives_and_bombs_end_in_a_sentence() {
    let not = "it cannot be unpacked: it is not a web archive (WARC), or a damaged one";
    assert_eq!(refusal("a.warc", b"kata"), not);
    assert_eq!(refusal("a.warc", b"\n\n\n"), not);
    assert_eq!(refusal("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n"), not);
    assert_eq!(
        refusal("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
        "its record 1 does not say how long it is"
    );
    assert_eq!(refusal("a.warc", &record("warcinfo", "", "", b"x")), "there are no articles in it");
    // A page that unpacks to more than a page may have, and a record that states more than there is.
    let bomb = gz(&vec![b' '; 40 << 20]);
    let bomb = answer("https://a.example/", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb);
    let said = readable(&read_all("a.warc", &bomb));
    assert_eq!(said, "failed a.warc[1]: more than 16777216 bytes come out of it\n\n");
    let huge = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    assert!(readable(&read_all("a.warc", huge)).contains("it has 99999999999999 bytes"));
    let line = [b"WARC/1.0\r\nX: ".as_slice(), &vec![b'x'; 80 << 20]].concat();
    assert_eq!(refusal("a.warc", &line), not);
    // Cut anywhere, what came out is whole.
    let bytes = records().concat();
    for cut in (0..bytes.len()).step_by(37) {
        let read: Result<Drafts, _> = read_all("a.warc", &bytes[..cut]);
        for draft in read.into_iter().flatten().flatten() {
            let is_whole = ["dermaga.", "fermé.", "polos."].iter().any(|end| draft.text.trim_end().ends_with(end));
            assert!(is_whole, "cut at {cut}: {}", draft.text);
        }
    }
}
