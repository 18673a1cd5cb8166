//! GitHub: events, pull requests, comments and statuses.
