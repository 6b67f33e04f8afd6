//! The elements of HTML, as far as browsers end them where a page does not: the WHATWG standard, "Parsing HTML documents".

/// Elements that no closing tag ends.
pub const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements before which an open paragraph ends.
pub const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that one of the same group ends, unless one of the second list lies between.
pub const ENDS_ITSELF: &[(&[&str], &[&str])] = &[
    (&["li"], &["ul", "ol", "menu", "dir"]),
    (&["dt", "dd"], &["dl"]),
    (&["td", "th"], &["tr", "table"]),
    (&["tr"], &["table", "tbody", "thead", "tfoot"]),
    (&["tbody", "thead", "tfoot"], &["table"]),
    (&["option"], &["select"]),
];
