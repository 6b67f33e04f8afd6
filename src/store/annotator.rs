use crate::model::Name;

/// A text that cannot be an annotator's name, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” cannot be an annotator's name: take 1 to 32 letters, digits, - or _; “gold” is the adjudicated set's")]
pub struct AnnotatorError(String);

/// A name under which somebody may label: it is also the name of a folder, on every system.
///
/// # Errors
/// If it is empty, too long, has other characters than letters, digits, `-` and `_`, or is `gold`.
pub fn annotator(text: &str) -> Result<Name, AnnotatorError> {
    let text = text.trim();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let good = !text.is_empty() && text.chars().count() <= 32 && text.chars().all(fits) && text != "gold";
    if good { Ok(text.into()) } else { Err(AnnotatorError(text.chars().take(40).collect())) }
}
