//! Properties of the core: whatever text there is and whatever a person does, these hold.

mod edits;
mod text;
