//! The program: everything is in the library.

/// The allocator: memory that one thread takes and another gives back is quick with it, and slow with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    jejak::cli::main()
}
