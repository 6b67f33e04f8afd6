//! The article view, driven without a window.

mod common {
    pub mod raster;
    pub mod stage;
}

use common::raster::save;
use common::stage::{Stage, mark};
use eframe::egui::vec2;
use jejak::model::{Filler, Name, Role};
use jejak::text::Span;

fn find(text: &str, what: &str) -> (u32, u32) {
    let at = text.find(what).unwrap() as u32;
    (at, at + what.len() as u32)
}

#[test]
fn look() {
    let Some(dir) = std::env::var_os("LOOK") else { return };
    let dir = std::path::PathBuf::from(dir);
    let text = "Raja Bandar Laut tiba di Kota Seberang untuk kunjungan kenegaraan\nADVERTISEMENT\nRaja Aruna dari Bandar Laut tiba di Kota Seberang pada 12 Maret 2024, kunjungan pertamanya sejak perang berakhir, kata juru bicara istana Wira Laksana kepada kantor berita Samudra. Ia akan bertemu Perdana Menteri Lestari Ayu pada hari Rabu dan menandatangani perjanjian perdagangan.\nBaca juga: Ratu Sekar batal ke Pulau Utara\n“Kunjungan ini adalah yang pertama dalam dua dasawarsa,” kata Wira. Menurut Samudra, Raja Aruna sebelumnya pernah singgah di Kota Seberang pada 2003, tetapi istana membantahnya.\nوصل الملك أرونا إلى مدينة (سيبرانغ) في 12 مارس 2024، وفقا لوكالة Samudra للأنباء.\nהמלך ארונה הגיע ב-12 במרץ 2024 אל Kota Seberang לביקור.\nพระราชาอรุณเสด็จถึงเมืองในวันที่ 12 มีนาคม น้ำใจ\nराजा अरुणा 12 मार्च 2024 को शहर पहुँचे। क्षत्रिय\nVua Aruna đã đến thành phố Bên Kia vào ngày 12 tháng 3 năm 2024.\n".to_owned();
    let t = &text;
    let at = |what: &str| find(t, what);
    let p3 = t.find("Raja Aruna dari").unwrap() as u32;
    let sub = |what: &str| {
        let (a, b) = find(&t[p3 as usize..], what);
        (a + p3, b + p3)
    };
    let mut trip = mark("trip", &[sub("tiba di")]);
    let who = mark("person", &[sub("Raja Aruna")]);
    let dest = mark("place", &[sub("Kota Seberang")]);
    let date = mark("date", &[sub("12 Maret 2024")]);
    for (name, id) in [("traveller", who.id), ("destination", dest.id), ("arrival", date.id)] {
        trip.roles.push(Role { name: Name::new(name), filler: Filler::Annotation(id) });
    }
    let (s, e) = sub("Raja Aruna dari");
    let marks = vec![
        mark("headline", &[(0, at("\nADVERT").0)]),
        mark("boilerplate", &[at("ADVERTISEMENT")]),
        mark("boilerplate", &[at("Baca juga: Ratu Sekar batal ke Pulau Utara")]),
        who,
        dest,
        date,
        mark("place", &[sub("Bandar Laut")]),
        mark("person", &[(s, e + 12)]),
        mark("role", &[(s, s + 4)]),
        mark("claim", &[(sub("kunjungan pertamanya").0, sub("perang berakhir").1)]),
        mark("event", &[sub("perang")]),
        mark("role", &[sub("juru bicara istana")]),
        mark("person", &[sub("Wira Laksana")]),
        mark("organization", &[sub("istana")]),
        mark("organization", &[sub("kantor berita Samudra")]),
        mark("organization", &[sub("Samudra")]),
        mark("trip", &[sub("bertemu"), sub("hari Rabu")]),
        mark("person", &[sub("Perdana Menteri Lestari Ayu")]),
        mark("role", &[sub("Perdana Menteri")]),
        mark("date", &[sub("hari Rabu")]),
        mark("document", &[sub("perjanjian perdagangan")]),
        mark("claim", &[at("Kunjungan ini adalah yang pertama dalam dua dasawarsa")]),
        mark(
            "claim",
            &[at("Raja Aruna sebelumnya pernah singgah di Kota Seberang pada 2003, tetapi istana membantahnya.")],
        ),
        mark("trip", &[at("singgah")]),
        mark("trip", &[at("Raja Aruna sebelumnya pernah singgah di Kota Seberang pada 2003")]),
        mark("place", &[at("singgah di Kota Seberang")]),
        mark("place", &[at("di Kota Seberang pada 2003")]),
        mark("person", &[at("pernah singgah di Kota")]),
        mark("event", &[at("pernah singgah di")]),
        mark("object", &[at("singgah di")]),
        mark("date", &[at("2003")]),
        mark("person", &[at("الملك أرونا")]),
        mark("place", &[at("مدينة (سيبرانغ)")]),
        mark("organization", &[at("Samudra للأنباء")]),
        mark("person", &[at("ארונה")]),
        mark("date", &[at("12 במרץ 2024")]),
        mark("place", &[at("Kota Seberang לביקור")]),
        mark("person", &[at("อรุณ")]),
        mark("person", &[at("अरुणा")]),
        mark("place", &[at("Bên Kia")]),
    ];
    let frame = {
        let mut all = marks;
        let id = trip.id;
        all.push(trip);
        let mut stage = Stage::new(&text, all);
        stage.size = vec2(900.0, 800.0);
        for dark in [false, true] {
            for scale in [1.0, 2.0] {
                stage.dark = dark;
                stage.ctx.set_pixels_per_point(scale);
                stage.open_frame = None;
                stage.hits.clear();
                let who = stage.corpus.set(&stage.key.0, &stage.key.1).unwrap().at(p3 + 5)[0].id;
                stage.selected = vec![who];
                let (a, b) = find(&stage.text.as_str()[0..], "juru bicara istana");
                stage.reader.select(Span::new(a, b));
                stage.reader.reveal(Span::new(0, 0));
                for _ in 0..3 {
                    stage.frame(vec![]);
                }
                save(&stage.image(), &dir.join(format!("{}-{scale}.png", if dark { "dark" } else { "light" })));
            }
            stage.ctx.set_pixels_per_point(1.0);
            stage.open_frame = Some(id);
            stage.selected = vec![];
            stage.reader.clear_selection();
            stage.hits = jejak::text::find_all(&stage.text, "kunjungan", Default::default());
            for _ in 0..3 {
                stage.frame(vec![]);
            }
            save(&stage.image(), &dir.join(format!("{}-open.png", if dark { "dark" } else { "light" })));
        }
        id
    };
    let _ = frame;
}
