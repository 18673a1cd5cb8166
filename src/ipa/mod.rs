//! Readers of packages: .ipa and .pkg. They see only the `Read + Seek` they are given.
