//! Plain data and its invariants; no I/O.
