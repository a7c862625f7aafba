//! The integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod changes;
mod cli;
mod data;
mod desk;
mod docs;
mod exchange;
mod fidelity;
mod fuzz;
#[cfg(feature = "pdf")]
mod handbook;
mod hostile;
mod hosts;
mod import;
mod kill;
mod messages;
mod oracle;
mod paging;
mod rebuild;
mod schema;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod tidy;
mod translate;
