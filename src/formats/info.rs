//! A format as it is told of on the command line, in the window and in the documentation.

use super::capabilities::Capabilities;
use super::units::OffsetUnit;
use crate::lang::Key;

/// A format as it is told of on the command line, in the window and in the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name in options: `brat`.
    pub name: &'static str,
    /// One line for people.
    pub title: Key,
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// The name of its file, where an export is one file; none where it is a folder.
    pub file: Option<&'static str>,
    /// The unit of its offsets; none where it has none.
    pub unit: Option<OffsetUnit>,
    /// Its capabilities; a format may have conditions of its own beside.
    pub capabilities: Capabilities,
    /// True where one export holds the sets of several annotators.
    pub several_sets: bool,
    /// True where it has a place for referents that no article mentions.
    pub unmentioned: bool,
    /// True where it is read, beside being written.
    pub reads: bool,
    /// The address of its specification.
    pub reference: &'static str,
    /// Notes for users: what becomes of what it cannot carry, which options count.
    pub notes: Key,
}
