use crate::model::Name;
use crate::say::is_reserved;

/// A text that cannot be an annotator's name, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” cannot be an annotator's name: {why}", why = why(.0))]
pub struct AnnotatorError(String);

fn why(name: &str) -> &'static str {
    if is_reserved(name) {
        return "some systems keep it for a device and have no folder of that name";
    }
    "take 1 to 32 letters, digits, - or _; “gold” is the adjudicated set's"
}

/// A name under which somebody may label: it is also the name of a folder, on every system.
///
/// # Errors
/// If it is empty, too long, has other characters than letters, digits, `-` and `_`, is `gold`, or is the name of a device
/// on some system.
pub fn annotator(text: &str) -> Result<Name, AnnotatorError> {
    let text = text.trim();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let good = !text.is_empty()
        && text.chars().count() <= 32
        && text.chars().all(fits)
        && text != "gold"
        && !is_reserved(text);
    if good { Ok(text.into()) } else { Err(AnnotatorError(text.chars().take(40).collect())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotators_are_called_as_a_folder_may_be_everywhere() {
        for name in ["siti", "Ratu_2", "عمر", "console", "com10"] {
            assert!(annotator(name).is_ok(), "{name}");
        }
        for name in ["", "gold", "a b", "con", "NUL", "Com1", "lpt9", "../x", &"x".repeat(33)] {
            assert!(annotator(name).is_err(), "{name}");
        }
    }
}
