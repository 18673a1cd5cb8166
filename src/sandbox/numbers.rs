//! Version and build numbers, in order.

use std::cmp::Ordering;

/// Number by number, missing ones as zero; text where there are no numbers.
pub(super) fn compare_numbers(one: &str, two: &str) -> Ordering {
    let numbers = |text: &str| -> Option<Vec<u128>> {
        text.split('.').map(|part| part.parse().ok()).collect()
    };
    let (Some(mut a), Some(mut b)) = (numbers(one), numbers(two)) else {
        return one.cmp(two);
    };
    let length = a.len().max(b.len());
    a.resize(length, 0);
    b.resize(length, 0);
    a.cmp(&b)
}
