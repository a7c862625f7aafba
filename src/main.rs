//! The program: arguments in, exit code out. Everything else is in the library.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A build is made of short texts: with the C library's allocator, asking for memory and giving it back takes as long as
/// all the rest.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(qingdan::cli::main(std::env::args_os()))
}
