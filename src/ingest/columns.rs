//! The meaning of columns of a table, keys of an object and lines of a front matter.

/// The metadata of one article, as the file says it.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields {
    pub text: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
}

/// One of [`Fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableColumn {
    Text,
    Title,
    Published,
    Url,
    Publisher,
    Language,
}

/// Names in English and Indonesian. Where a record has several that mean the same, the one named first here is taken.
const NAMES: &[(TableColumn, &[&str])] = &[
    (
        TableColumn::Text,
        &[
            "text",
            "content",
            "body",
            "article",
            "article_text",
            "article_body",
            "articlebody",
            "full_text",
            "fulltext",
            "maintext",
            "raw_text",
            "isi",
            "teks",
            "konten",
            "artikel",
            "isi_berita",
            "isi_artikel",
            "berita",
            "document",
            "story",
            "sentence",
            "texto",
            "texte",
            "testo",
            "tekst",
            "inhalt",
            "artikeltext",
            "contenido",
            "contenu",
            "corpo",
            "kandungan",
            "metin",
        ],
    ),
    (
        TableColumn::Title,
        &[
            "title",
            "headline",
            "judul",
            "judul_berita",
            "heading",
            "titel",
            "überschrift",
            "titre",
            "título",
            "titulo",
            "titular",
            "titolo",
            "kop",
            "tajuk",
            "başlık",
        ],
    ),
    (
        TableColumn::Published,
        &[
            "published",
            "published_at",
            "publish_date",
            "published_date",
            "date_published",
            "datepublished",
            "publication_date",
            "publishedat",
            "pubdate",
            "date",
            "tanggal",
            "tanggal_terbit",
            "tgl",
            "waktu",
            "created_at",
            "timestamp",
            "date_publish",
            "datum",
            "veröffentlicht",
            "fecha",
            "data",
            "tarikh",
            "tarih",
        ],
    ),
    (TableColumn::Url, &["url", "link", "source_url", "article_url", "canonical_url", "tautan"]),
    (
        TableColumn::Publisher,
        &[
            "publisher",
            "penerbit",
            "site_name",
            "site",
            "outlet",
            "newspaper",
            "media",
            "source",
            "sumber",
            "portal",
            "sitename",
            "source_domain",
            "hostname",
            "quelle",
            "fuente",
            "fonte",
            "bron",
        ],
    ),
    (TableColumn::Language, &["language", "lang", "bahasa", "sprache", "idioma", "langue", "lingua", "taal"]),
];

/// Returns the meaning of the column called `name`, and how good that name is: 0 is best.
pub(super) fn meaning(name: &str) -> Option<(TableColumn, usize)> {
    let name = name.trim().to_lowercase().replace(['-', ' '], "_");
    NAMES.iter().find_map(|(column, names)| Some((*column, names.iter().position(|known| *known == name)?)))
}

/// Fields gathered from named values in any order.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    fields: Fields,
    ranks: [Option<usize>; 6],
    has_text: bool,
}

impl Gathered {
    /// Takes `value` for `column`, unless a better-named one is there or it is blank.
    pub fn take(&mut self, (column, rank): (TableColumn, usize), value: String) {
        self.has_text |= column == TableColumn::Text;
        let best = &mut self.ranks[column as usize];
        if value.trim().is_empty() || best.is_some_and(|best| best <= rank) {
            return;
        }
        *best = Some(rank);
        let field = match column {
            TableColumn::Text => &mut self.fields.text,
            TableColumn::Title => &mut self.fields.title,
            TableColumn::Published => &mut self.fields.published,
            TableColumn::Url => &mut self.fields.url,
            TableColumn::Publisher => &mut self.fields.publisher,
            TableColumn::Language => &mut self.fields.language,
        };
        *field = Some(value);
    }

    /// Says whether there was a column of text, even a blank one.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    pub fn finish(self) -> Fields {
        self.fields
    }
}
