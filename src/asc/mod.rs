//! App Store Connect: one file per resource, over one transport. Apple's field names stay in here.
