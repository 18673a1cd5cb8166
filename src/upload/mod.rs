//! The parts of an upload: planned, hashed, sent and resumed.
