//! Clocks that do not see what else the machine does.

/// CPU time of this thread in milliseconds: the machine may be busy with other things.
#[cfg(unix)]
#[allow(dead_code)] // Not every bench asks both clocks.
pub fn now() -> f64 {
    clock(libc::CLOCK_THREAD_CPUTIME_ID)
}

/// CPU time of all threads of this process in milliseconds.
#[cfg(unix)]
#[allow(dead_code)] // Not every bench asks both clocks.
pub fn of_process() -> f64 {
    clock(libc::CLOCK_PROCESS_CPUTIME_ID)
}

#[cfg(unix)]
#[allow(unsafe_code)] // The standard library has no clock for CPU time.
fn clock(of: libc::clockid_t) -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: both clocks exist on every unix that Rust's standard library runs on, and `time` outlives the call.
    unsafe { libc::clock_gettime(of, &raw mut time) };
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Wall time in milliseconds, where there is no clock for CPU time.
#[cfg(not(unix))]
#[allow(dead_code)] // Not every bench asks both clocks.
pub fn now() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// As [`now`].
#[cfg(not(unix))]
#[allow(dead_code)] // Not every bench asks both clocks.
pub fn of_process() -> f64 {
    now()
}
