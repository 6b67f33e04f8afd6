//! The names of an article's files.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::model::{Article, ArticleId, digest};

/// The name of an article's text and sets, without folder of the kind and extension: `006-3fa2c1d9`,
/// `001/1234-3fa2c1d9`. None where they are called by the article's number alone, as in older projects.
///
/// Two copies of a project may give one number to two texts; what the files are called tells them apart, and stays when
/// one of the two gets another number. It says where a file lies and not which one it is: all are equal.
#[derive(Debug, Clone, Default)]
pub(super) struct Stem(Option<Arc<str>>);

impl Stem {
    /// The name of an article's files.
    pub fn of(article: &Article) -> Self {
        Self(named(&article.file, &article.sha256).map(Arc::from))
    }

    /// The name, or for want of one that of an article of this number.
    pub fn or_number(&self, article: &ArticleId) -> String {
        self.0.as_deref().map_or_else(|| numbered(article), str::to_owned)
    }
}

/// The name of the files of the article with this text file and hash; none where the text file's name does not end
/// with the hash's first digits.
pub(super) fn named<'a>(file: &'a str, sha256: &str) -> Option<&'a str> {
    let stem = file.strip_prefix("articles/")?.strip_suffix(".txt")?;
    let digest = digest(sha256);
    let hashed = digest.len() == 8 && stem.strip_suffix(digest).is_some_and(|before| before.ends_with('-'));
    hashed.then_some(stem)
}

/// An article's id, behind a folder of its thousand where it is a number beyond 999: `012/12345`.
pub(super) fn numbered(article: &ArticleId) -> String {
    let digits: &str = article;
    match digits.len().checked_sub(3) {
        Some(split @ 1..) if digits.bytes().all(|b| b.is_ascii_digit()) => format!("{:0>3}/{digits}", &digits[..split]),
        _ => digits.to_owned(),
    }
}

impl PartialEq for Stem {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Stem {}

impl Hash for Stem {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl PartialOrd for Stem {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Stem {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn files_are_called_by_the_hash_that_their_article_has() {
        let text = Text::new("tiba");
        let hash = text.sha256();
        let stem = |file: String| {
            let article = Article::of(ArticleId::numbered(7), file, &text);
            Stem::of(&article).or_number(&article.id)
        };
        assert_eq!(stem(format!("articles/006-{}.txt", &hash[..8])), format!("006-{}", &hash[..8]));
        assert_eq!(stem(format!("articles/001/1006-{}.txt", &hash[..8])), format!("001/1006-{}", &hash[..8]));
        for old in ["articles/006.txt", "articles/006-01234567.txt", "texts/x.txt", "articles/x.md"] {
            assert_eq!(stem(old.into()), "007", "{old}");
        }
    }
}
