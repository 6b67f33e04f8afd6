//! Files of an export are called as the articles' files were, and come back to their articles.

use super::{files, jejak};

#[test]
fn exported_files_are_called_as_articles_were_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let articles = [
        ("masuk/jakarta/berita 1.txt", "Dewi Laras tiba di Kota Pasir hari ini."),
        ("masuk/bandung/berita 1.txt", "Budi Santo pergi ke Teluk Jauh kemarin."),
        ("masuk/bandung/Laporan.txt", "Rapat di Kota Pasir batal."),
        ("masuk/CON.txt", "Kapal itu berlayar lagi."),
    ];
    for (name, text) in articles {
        std::fs::create_dir_all(here.join(name).parent().unwrap()).unwrap();
        std::fs::write(here.join(name), text).unwrap();
    }
    assert_eq!(jejak(here, &["new", "p", "masuk"]).0, 0);
    let line = |text: &str| format!("{{\"text\":\"{text}\",\"label\":[[0,4,\"person\"]]}}\n");
    let marks: String = articles.iter().map(|(_, text)| line(text)).collect();
    std::fs::write(here.join("a.jsonl"), marks).unwrap();
    let (code, said) = jejak(here, &["import", "p", "--annotator", "ana", "--format", "doccano", "a.jsonl"]);
    assert_eq!(code, 0, "{said}");
    for (format, extension) in [
        ("brat", "ann"),
        ("webanno-tsv3", "tsv"),
        ("cas-xmi", "xmi"),
        ("cas-json", "json"),
        ("pubannotation", "json"),
        ("w3c", "jsonld"),
        ("ecb", "xml"),
    ] {
        let call = ["export", "p", "--format", format, "--set", "ana", "--out", format, "--allow-loss"];
        let (code, said) = jejak(here, &call);
        assert_eq!(code, 0, "{format}: {said}");
        for stem in ["jakarta/berita_1", "bandung/berita_1", "Laporan", "CON_"] {
            let file = here.join(format).join(format!("{stem}.{extension}"));
            assert!(file.is_file(), "{format}: {stem}: {:?}", files(&here.join(format)).keys());
        }
        let manifest = std::fs::read_to_string(here.join(format).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        let told: Vec<(&str, &str)> = (manifest["parts"][0]["articles"].as_array().unwrap().iter())
            .map(|article| (article["source"].as_str().unwrap(), article["files"][0].as_str().unwrap()))
            .collect();
        for (source, file) in told {
            let stem = file.rsplit_once('.').unwrap().0.replace('_', " ");
            let stem = stem.trim_end().to_owned();
            assert!(source.ends_with(&format!("{stem}.txt")), "{format}: {source} became {file}");
        }
        // The files come back as a second annotator's, and every article is found again.
        // Web annotations say whose they are.
        let who = if format == "w3c" { "ana".to_owned() } else { format!("lagi-{format}") };
        let (code, said) = jejak(here, &["import", "p", "--annotator", &who, "--format", format, format]);
        assert_eq!(code, 0, "{format}: {said}");
        assert_eq!(files(&here.join("p/articles")).len(), articles.len(), "{format}: {said}");
        assert_eq!(files(&here.join("p/sets").join(&who)).len(), articles.len(), "{format}: {said}");
    }
}
