//! A disk of a chosen size, for tests that fill it.
#![allow(dead_code, clippy::unwrap_used)] // Every test binary uses its own part of it; a test may stop at once.

use std::path::Path;
use std::process::{Command, Stdio};

/// A small disk that is given back at the end.
pub struct Disk(tempfile::TempDir);

impl Disk {
    /// Mounts one; none where that is not possible here.
    pub fn mount(options: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(dir.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(dir))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Mounts it again with other options.
    pub fn resize(&self, options: &str) {
        let mut mount = Command::new("mount");
        assert!(mount.args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}
