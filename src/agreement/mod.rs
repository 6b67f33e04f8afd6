//! Coefficients and scores of agreement between annotators.
