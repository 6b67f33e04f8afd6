//! Lint of annotations: schema rules, dangling roles, drift.
