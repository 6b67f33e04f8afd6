//! The program: everything is in the library.

/// What one thread makes another gives back, wherever much is done side by side; the system's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    jejak::cli::main()
}
