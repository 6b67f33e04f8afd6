//! Which column of a table, key of an object or line of a front matter means what.

/// What is known about one article, as the file says it.
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
pub(super) enum Column {
    Text,
    Title,
    Published,
    Url,
    Publisher,
    Language,
}

/// Names in English and Indonesian. Where a record has several that mean the same, the one named first here is taken.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Text,
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
        ],
    ),
    (Column::Title, &["title", "headline", "judul", "judul_berita", "heading"]),
    (
        Column::Published,
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
        ],
    ),
    (Column::Url, &["url", "link", "source_url", "article_url", "canonical_url", "tautan"]),
    (
        Column::Publisher,
        &["publisher", "penerbit", "site_name", "site", "outlet", "newspaper", "media", "source", "sumber", "portal"],
    ),
    (Column::Language, &["language", "lang", "bahasa"]),
];

/// What the column called `name` means, and how good that name is: 0 is best.
pub(super) fn meaning(name: &str) -> Option<(Column, usize)> {
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
    pub fn take(&mut self, (column, rank): (Column, usize), value: String) {
        self.has_text |= column == Column::Text;
        let best = &mut self.ranks[column as usize];
        if value.trim().is_empty() || best.is_some_and(|best| best <= rank) {
            return;
        }
        *best = Some(rank);
        let field = match column {
            Column::Text => &mut self.fields.text,
            Column::Title => &mut self.fields.title,
            Column::Published => &mut self.fields.published,
            Column::Url => &mut self.fields.url,
            Column::Publisher => &mut self.fields.publisher,
            Column::Language => &mut self.fields.language,
        };
        *field = Some(value);
    }

    /// Whether there was a column of text, even a blank one.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    pub fn finish(self) -> Fields {
        self.fields
    }
}
