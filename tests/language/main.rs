//! The words of the house: the window's messages in every language, and how code describes itself.

mod docs;
mod messages;
mod sources;
