//! Names of attributes as names of features: a letter, then letters, digits and underscores of ASCII.
//!
//! Whatever else a name has is written as `x_HEX_`, the character's number, so that every name comes back.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Features that have a meaning of their own.
const OWN: [&str; 8] = ["begin", "end", "sofa", "id", "note", "label", "roles", "xmi"];

/// The feature of an attribute without a name.
const NAMELESS: &str = "x_";

/// The feature of an attribute in a type whose label is in the feature `label`.
pub(in crate::formats) fn feature<'a>(attribute: &'a str, label: &str) -> Cow<'a, str> {
    let own = OWN.contains(&attribute) || attribute == label || attribute == NAMELESS;
    let bytes = attribute.as_bytes();
    let plain = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !own
        && !attribute.match_indices("x_").any(|(at, _)| escape(&attribute[at..]).is_some());
    if plain {
        return attribute.into();
    }
    let mut feature = String::new();
    let mut put = |c: char, plain: bool| {
        if plain {
            feature.push(c);
        } else {
            let _ = write!(feature, "x_{:x}_", u32::from(c));
        }
    };
    for (at, c) in attribute.char_indices() {
        let first = at == 0 && (!c.is_ascii_alphabetic() || own);
        let misread = c == 'x' && escape(&attribute[at..]).is_some();
        put(c, (c.is_ascii_alphanumeric() || c == '_') && !first && !misread);
    }
    if feature.is_empty() { NAMELESS.into() } else { feature.into() }
}

/// The attribute of a feature.
pub(super) fn attribute(feature: &str) -> Cow<'_, str> {
    if !feature.contains("x_") {
        return feature.into();
    }
    if feature == NAMELESS {
        return "".into();
    }
    let (mut name, mut rest) = (String::new(), feature);
    while let Some(first) = rest.chars().next() {
        let (c, len) = escape(rest).unwrap_or((first, first.len_utf8()));
        name.push(c);
        rest = &rest[len..];
    }
    name.into()
}

/// The character that `x_HEX_` at the beginning of a text stands for, and how long that is.
fn escape(text: &str) -> Option<(char, usize)> {
    let (hex, _) = text.strip_prefix("x_")?.split_once('_')?;
    let fits = (1..=6).contains(&hex.len()) && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let c = fits.then(|| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32))??;
    Some((c, hex.len() + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_comes_back() {
        for name in
            ["status", "value", "relayed-by", "label", "x_2d_", "ax_2d_b", "1st", "日 x", "_", "xx_2_", "x_", "x_x_2d_"]
        {
            let feature = feature(name, "value");
            assert!(feature.starts_with(|c: char| c.is_ascii_alphabetic()), "{feature}");
            assert!(feature.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{feature}");
            assert!(!OWN.contains(&&*feature) && feature != "value", "{feature}");
            assert_eq!(attribute(&feature), name, "{feature}");
        }
        assert_eq!(feature("value", "label"), "value");
        assert_eq!(feature("relayed-by", "label"), "relayedx_2d_by");
    }
}
