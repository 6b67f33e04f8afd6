//! Properties of the core: whatever text there is and whatever a person does, these hold.

#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

mod edits;
mod text;
