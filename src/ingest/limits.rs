//! Bounds of reading.

/// Bounds that keep a hostile file from eating time or memory. What goes past one is refused, never cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file, bytes.
    pub file_bytes: u64,
    /// Length of one article's text, code points.
    pub text_chars: usize,
    /// Size of one HTML page, bytes.
    pub html_bytes: usize,
    /// Elements of an HTML page inside each other.
    pub html_depth: usize,
    /// Elements of an HTML page up to which its main text is searched for; of a larger one all text is taken.
    pub html_elements: usize,
    /// Size of one document (Word, OpenDocument, EPUB, RTF, a mail, a saved page), bytes.
    pub document_bytes: u64,
    /// Size of all parts of a packed document that are read, unpacked, bytes.
    pub unzipped_bytes: u64,
    /// The most that a packed part of more than 1 MiB may grow when unpacked, as a factor.
    pub zip_ratio: u64,
    /// Size of all files of an archive that are read, unpacked, bytes.
    pub archive_bytes: u64,
    /// Articles in one file.
    pub articles_per_file: usize,
    /// Records of one file that may fail before the rest of it is given up.
    pub failures_per_file: usize,
    /// Files found in folders by [`super::list()`].
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            text_chars: 10_000_000,
            html_bytes: 16 << 20,
            html_depth: 512,
            html_elements: 20_000,
            document_bytes: 64 << 20,
            unzipped_bytes: 128 << 20,
            zip_ratio: 250,
            archive_bytes: 1 << 30,
            articles_per_file: 1_000_000,
            failures_per_file: 1_000,
            files: 1_000_000,
        }
    }
}
