//! The open project: its session, the open article and what is selected in it, and what every feature shows of them.

pub mod answers;
pub mod article_list;
pub mod article_order;
pub mod article_status;
pub mod article_view;
mod asked_programs;
mod cached;
pub mod card;
pub mod cx;
pub mod deviation_ui;
pub mod deviation_walk;
mod faults;
pub mod find;
mod find_everywhere;
pub mod ghosts;
mod hover;
mod known;
pub mod likeness;
mod listed;
pub mod long_work;
mod missing_files;
mod open_project;
pub mod other_annotators;
pub mod panels;
pub mod places;
mod programs;
pub mod proposals;
pub mod said_marks;
mod selection;
mod sitting;
pub mod steps;
mod suggested;
pub mod threads;
pub mod touched;

pub use open_project::{Card, OpenArticle, Unread, Workspace};
