//! What can be known of a package before a byte is sent. Pure.
