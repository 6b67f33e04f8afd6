//! Article files of many kinds become articles.
