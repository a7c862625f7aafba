//! The program: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

/// A build is made of short texts: with the C library's allocator, asking for memory and giving it back takes as long as
/// all the rest.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    ExitCode::from(qingdan::cli::main(std::env::args_os()))
}
