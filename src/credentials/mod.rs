//! The API key, however it was pasted, and the tokens that are signed with it.
