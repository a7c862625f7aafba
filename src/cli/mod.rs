//! The command line: what is asked for, and how it is answered. The only room that prints.
//!
//! Lives here: the language of messages and the printing of reports. Never here: work on a site.

pub mod locale;
pub mod output;
