//! Edits, transactions and history: the only way to change the model.
