//! An App Store Connect of our own, with part storage, on loopback. It imports no other room.
