//! What a message is: a finding, a sign of how it ended, or nothing.

pub mod around;
pub mod collect;
pub mod heard;
pub mod interpret;
pub mod ns_error;
pub mod patience;
pub mod verdict;
pub mod words;
pub mod worth;
