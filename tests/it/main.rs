//! The integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod changes;
mod cli;
mod data;
mod desk;
mod docs;
mod exchange;
mod fidelity;
#[cfg(feature = "pdf")]
mod handbook;
mod hosts;
mod import;
mod messages;
mod oracle;
mod paging;
mod schema;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod tidy;
mod translate;
