//! The meaning of columns of a table, keys of an object and lines of a front matter.

use crate::lang::Message;
use crate::message;

use super::dates::DayOrder;

/// The metadata of one article, as the file says it.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields {
    pub text: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub dateline: Option<String>,
    pub language: Option<String>,
    /// The order of day and month in `published`, where other dates of the file tell it.
    pub day_order: Option<DayOrder>,
    /// Notes about the reading of this article alone.
    pub notes: Vec<Message>,
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
    Author,
    Dateline,
}

/// A name as good as none: a person's own naming goes before it.
const ASKED: usize = 0;

/// Names in many languages. Where a record has several that mean the same, the one named first here is taken.
#[rustfmt::skip]
const NAMES: &[(TableColumn, &str, &[&str])] = &[
    (TableColumn::Text, "text", &[
        "text", "content", "body", "article", "article_text", "article_body", "articlebody", "bodytext", "body_text",
        "full_text", "fulltext", "maintext", "main_text", "plain_text", "raw_text", "content_text", "content_html",
        "cleaned_text", "paragraphs", "isi", "teks", "konten", "artikel", "isi_berita", "isi_artikel", "berita",
        "inhalt", "artikeltext", "volltext", "texte", "contenu", "corps", "texte_intégral", "texto", "contenido",
        "cuerpo", "conteúdo", "conteudo", "corpo", "testo", "contenuto", "tekst", "inhoud", "brødtekst", "innehåll",
        "treść", "tresc", "metin", "içerik", "icerik", "haber", "текст", "содержание", "статья", "nội_dung", "noi_dung",
        "kandungan", "正文", "内容", "本文", "記事", "본문", "내용", "النص", "المحتوى", "متن", "पाठ", "เนื้อหา",
        "document", "story", "sentence",
    ]),
    (TableColumn::Title, "title", &[
        "title", "headline", "webtitle", "judul", "judul_berita", "heading", "titel", "überschrift", "ueberschrift",
        "schlagzeile", "titre", "título", "titulo", "titular", "titolo", "kop", "overskrift", "tittel", "rubrik",
        "tytuł", "tytul", "başlık", "baslik", "заголовок", "название", "tiêu_đề", "tieu_de", "tajuk", "标题", "標題",
        "タイトル", "見出し", "제목", "العنوان", "عنوان", "शीर्षक", "หัวข้อ", "ชื่อเรื่อง",
    ]),
    (TableColumn::Published, "date", &[
        "published", "published_at", "publish_date", "published_date", "date_published", "datepublished",
        "publication_date", "publishedat", "date_publish", "pub_date", "webpublicationdate", "published_time", "pubdate",
        "date", "seendate", "tanggal", "tanggal_terbit", "tgl", "waktu", "datum", "veröffentlicht",
        "veröffentlichungsdatum", "erscheinungsdatum", "date_de_publication", "publié", "fecha",
        "fecha_de_publicación", "fecha_publicacion", "data_de_publicação", "data_publicacao", "data_pubblicazione",
        "data_di_pubblicazione", "dato", "publicatiedatum", "data_publikacji", "tarih", "дата", "дата_публикации",
        "ngày", "ngay", "ngày_đăng", "tarikh", "日期", "发布时间", "日付", "公開日", "날짜", "التاريخ", "تاريخ", "تاریخ",
        "दिनांक", "तारीख", "วันที่", "created_at", "timestamp",
    ]),
    (TableColumn::Url, "url", &[
        "url", "link", "weburl", "web_url", "source_url", "article_url", "canonical_url", "responded_url", "permalink",
        "tautan", "adresse", "lien", "enlace", "indirizzo", "bağlantı", "ссылка", "链接",
    ]),
    (TableColumn::Publisher, "publisher", &[
        "publisher", "penerbit", "site_name", "sitename", "site", "outlet", "newspaper", "media", "source", "sumber",
        "portal", "quelle", "zeitung", "medium", "journal", "fuente", "medio", "periódico", "fonte", "jornal",
        "giornale", "testata", "bron", "krant", "kilde", "källa", "avis", "źródło", "kaynak", "gazete", "источник",
        "издание", "nguồn", "来源", "媒体", "ソース", "출처", "언론사", "المصدر", "स्रोत", "source_domain",
        "source_hostname", "hostname", "domain",
    ]),
    (TableColumn::Language, "language", &[
        "language", "lang", "bahasa", "sprache", "langue", "idioma", "lingua", "taal", "språk", "sprog", "język", "dil",
        "язык", "语言", "言語", "언어", "اللغة", "भाषा",
    ]),
    (TableColumn::Author, "author", &[
        "author", "authors", "author_name", "byline", "creator", "dc_creator", "writer", "reporter", "journalist",
        "penulis", "wartawan", "pewarta", "jurnalis", "autor", "autoren", "verfasser", "auteur", "auteurs", "autores",
        "autore", "forfatter", "författare", "yazar", "автор", "tác_giả", "作者", "記者", "著者", "기자", "الكاتب", "लेखक",
    ]),
    (TableColumn::Dateline, "dateline", &["dateline"]),
];

/// An address under the name of the source is worth less than one under its own, by this.
const ADDRESS_OF_SOURCE: usize = 100;

/// `data` is a date in several languages; elsewhere it is what holds the rest.
const DATE_OF_SOME: [&str; 1] = ["data"];

impl TableColumn {
    /// The column that a person means by this word.
    pub fn named(word: &str) -> Option<Self> {
        NAMES.iter().find(|(_, name, _)| *name == word).map(|(column, _, _)| *column)
    }

    /// The words for columns, in one line.
    pub fn known() -> String {
        NAMES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

/// Returns the meaning of the column called `name`, and how good that name is: 0 is best.
pub(super) fn meaning(name: &str, asked: &ColumnNames) -> Option<(TableColumn, usize)> {
    if let Some(column) = asked.meaning(name) {
        return Some((column, ASKED));
    }
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['-', ' ', '.'], "_");
    NAMES.iter().find_map(|(column, _, names)| Some((*column, names.iter().position(|known| *known == name)? + 1)))
}

/// The meanings of the columns of a table, which are known together.
pub(super) fn meanings<'a>(
    names: impl Iterator<Item = &'a str>,
    asked: &ColumnNames,
) -> Vec<Option<(TableColumn, usize)>> {
    let names: Vec<&str> = names.collect();
    let mut columns: Vec<_> = names.iter().map(|name| meaning(name, asked)).collect();
    if !columns.iter().flatten().any(|(column, _)| *column == TableColumn::Published)
        && let Some(at) = names.iter().position(|name| DATE_OF_SOME.contains(&name.trim().to_lowercase().as_str()))
    {
        columns[at] = columns[at].or(Some((TableColumn::Published, usize::MAX)));
    }
    columns
}

/// Fields gathered from named values in any order.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    fields: Fields,
    ranks: [Option<usize>; 8],
    has_text: bool,
}

impl Gathered {
    /// Takes `value` for `column`, unless a better-named one is there or it is blank.
    pub fn take(&mut self, (mut column, mut rank): (TableColumn, usize), value: String) {
        // Some call the address the source.
        if column == TableColumn::Publisher && (value.starts_with("https://") || value.starts_with("http://")) {
            (column, rank) = (TableColumn::Url, rank.saturating_add(ADDRESS_OF_SOURCE));
        }
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
            TableColumn::Author => &mut self.fields.author,
            TableColumn::Dateline => &mut self.fields.dateline,
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

/// Names of columns as a person gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnNames(Vec<(String, TableColumn)>);

impl ColumnNames {
    /// Reads `title=Titel,date=Datum`.
    ///
    /// # Errors
    /// One sentence, where something else stands there.
    pub fn of(said: &str) -> Result<Self, Message> {
        let mut names = Vec::new();
        for pair in said.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (what, name) = pair.split_once('=').ok_or_else(|| message!("columns-pair", pair = pair.trim()))?;
            let column = TableColumn::named(what.trim())
                .ok_or_else(|| message!("columns-unknown", name = what.trim(), known = TableColumn::known()))?;
            names.push((name.trim().to_lowercase(), column));
        }
        Ok(Self(names))
    }

    /// The meaning of a column of this name, as the person said.
    pub(super) fn meaning(&self, name: &str) -> Option<TableColumn> {
        let name = name.trim().to_lowercase();
        self.0.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }
}
