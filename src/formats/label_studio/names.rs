//! The names of controls.

/// Names of controls that are not attributes.
pub(super) const LABEL: &str = "label";
pub(super) const NOTE: &str = "note";
pub(super) const DOCUMENT: &str = "document";
/// The type of what is written into a text area.
pub(super) const TEXT_AREA: &str = "textarea";

/// Returns the name of the choices of an attribute, apart from the controls that have names of their own.
pub(super) fn control(attribute: &str) -> String {
    if [LABEL, NOTE, DOCUMENT].contains(&attribute) { format!("{attribute}_") } else { attribute.to_owned() }
}

/// The attribute that such a control gives.
pub(super) fn attribute(control: &str) -> &str {
    control.strip_suffix('_').filter(|name| [LABEL, NOTE, DOCUMENT].contains(name)).unwrap_or(control)
}
