//! The panels left and right of what is looked at.

/// The panels that are shown in a frame.
#[derive(Debug, Clone, Copy)]
pub struct Panels {
    /// The list on the left.
    pub list: bool,
    /// True where the list's filter takes the keyboard.
    pub focus_filter: bool,
    /// The details on the right.
    pub details: bool,
}
