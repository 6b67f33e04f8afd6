//! The description of a format that is read and not written.

use crate::formats::{Capabilities, FormatInfo};
use crate::lang::Key;

/// The description of a format that is read and not written: its name and title, extension, specification and notes. It is one
/// of tokens and spans, unless more is said.
pub(super) const fn reads_only(
    name: &'static str,
    title: Key,
    extension: &'static str,
    reference: &'static str,
    notes: Key,
) -> FormatInfo {
    FormatInfo {
        name,
        title,
        extension,
        file: None,
        unit: None,
        capabilities: Capabilities::SPANS,
        several_sets: false,
        unmentioned: false,
        reads: true,
        reference,
        notes,
    }
}
