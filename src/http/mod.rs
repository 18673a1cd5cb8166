//! HTTP as every client of the program speaks it: whom it trusts, where a secret may go, what broke a
//! call, and whether the call is made again.
//!
//! The three clients (App Store Connect, its storage, GitHub) keep their own errors and differ only
//! where their servers do; each says why where it does. This room knows no server, sends nothing and
//! waits for nothing; it reads neither files nor the environment. Its words come from RFC 9110.

pub mod address;
pub mod client;
pub mod fault;
pub mod method;
pub mod proxies;
pub mod retry;
pub mod retry_after;
pub mod retryable_statuses;
#[cfg(test)]
pub mod test_tls;
#[cfg(test)]
pub mod test_verdicts;
pub mod told_waits;
