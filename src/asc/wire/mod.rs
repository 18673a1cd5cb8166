//! How a call travels: signed, sent, judged, decoded. The resources know nothing of it but
//! [`transport::Client`] and the envelope.

pub mod answer;
pub mod connect;
pub mod document;
pub mod enterprise;
pub mod error;
pub mod page;
pub mod path;
pub mod rate_limit;
pub mod reach;
pub mod record;
pub mod send;
#[cfg(test)]
pub mod test_server;
pub mod transport;
pub mod verdict;
pub mod walk;
