//! Ids and part signatures that look like Apple's, counted rather than drawn, so that two runs of one
//! scenario look alike.

/// One step of splitmix64, <https://prng.di.unimi.it/splitmix64.c>.
pub(super) fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let one = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let two = (one ^ (one >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    two ^ (two >> 31)
}

/// A number for a text, the same each time.
pub(super) fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A version 4 UUID made from a number.
pub(super) fn uuid(number: u64) -> String {
    let (high, low) = (mix(number), mix(number ^ 0x5a5a_5a5a));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// The ten digits of an app's Apple ID.
pub(super) fn apple_id(bundle_identifier: &str) -> String {
    (6_000_000_000 + mix(of_text(bundle_identifier)) % 999_999_999).to_string()
}
