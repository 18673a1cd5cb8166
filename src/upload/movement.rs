//! Whether anything moves on a connection.
//!
//! A chunk that the connection took has moved; but what it took may wait in socket buffers, megabytes
//! of it, and on a slow link these need longer than any patience. So silence after a chunk counts only
//! once the buffers can be empty: the kernel says so (Linux), or the bytes that they may hold have had
//! their time at the rate seen so far.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::upload::kernel;

/// As much as a send buffer grows to by itself: `tcp_wmem` on Linux, `autosndbufmax` on macOS.
const HIDDEN_AT_MOST: u64 = 4 << 20;
/// Bytes a second that a lane is trusted to have before it has shown what it can.
const TRUSTED_RATE: u64 = 64 << 10;
/// No connection is waited for longer than this beyond the idle timeout.
const LONGEST_ALLOWANCE: Duration = Duration::from_secs(15 * 60);

/// What one attempt at a part has moved so far.
pub(super) struct Movement {
    began: Instant,
    taken: AtomicU64,
    /// Microseconds after `began` at which something last moved.
    moved: AtomicU64,
    /// The connection took all there was and waits for the disk.
    hungry: AtomicBool,
}

/// How long silence is borne.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// The idle timeout as it was set.
    pub(super) idle: Duration,
    /// Bytes a second of the latest part that was sent whole.
    pub(super) known_rate: Option<u64>,
    /// The part's bytes.
    pub(super) length: u64,
    /// How often this part has stalled; each time doubles what is allowed after its last byte.
    pub(super) stalls: u32,
}

impl Movement {
    pub(super) fn begin() -> Self {
        Self {
            began: Instant::now(),
            taken: AtomicU64::new(0),
            moved: AtomicU64::new(0),
            hungry: AtomicBool::new(false),
        }
    }

    /// The connection took so many bytes.
    pub(super) fn took(&self, bytes: u64) {
        self.hungry.store(false, Ordering::Relaxed);
        self.taken.fetch_add(bytes, Ordering::Relaxed);
        self.touch();
    }

    /// The connection would take more than the disk has given.
    pub(super) fn waits_for_disk(&self) {
        self.hungry.store(true, Ordering::Relaxed);
    }

    /// Something moved that is not a part's byte, such as the head of an answer.
    pub(super) fn touch(&self) {
        let micros = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.moved.store(micros, Ordering::Relaxed);
    }

    /// Bytes that the connection took.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Bytes a second since the attempt began.
    pub(super) fn rate(&self) -> u64 {
        rate(self.taken(), self.began.elapsed())
    }

    fn last(&self) -> Instant {
        self.began + Duration::from_micros(self.moved.load(Ordering::Relaxed))
    }

    /// Waits until nothing has moved for too long; says for how long.
    pub(super) async fn stalled(&self, patience: Patience) -> Duration {
        let tick = (patience.idle / 8).clamp(Duration::from_millis(10), Duration::from_secs(5));
        let mut held = self.began;
        loop {
            sleep(tick).await;
            if self.hungry.load(Ordering::Relaxed) {
                self.touch();
            }
            if self.last().elapsed() < patience.idle / 2 {
                continue;
            }
            let known = kernel::holds_unsent_bytes().await;
            if known != Some(false) {
                held = Instant::now();
            }
            let last = self.last();
            let allowance = patience.allowance(self.taken(), last - self.began, known.is_some());
            let silent = last.elapsed();
            let idle = patience.idle_after(self.taken());
            if silent >= idle + allowance || held.max(last).elapsed() >= idle {
                return silent;
            }
        }
    }
}

impl Patience {
    /// The idle timeout after `taken` bytes. A proxy may take the whole part at once and pass it on
    /// slowly; only patience after the last byte brings such a part through.
    fn idle_after(self, taken: u64) -> Duration {
        if taken < self.length {
            return self.idle;
        }
        self.idle.saturating_mul(1 << self.stalls.min(3))
    }

    /// How long the socket buffers may need for what they took, after `taken` bytes in `elapsed`. A
    /// kernel that tells when they are empty, and itself drops a connection on which nothing is
    /// confirmed, makes it safe to be generous: a link may have become slow since it showed its rate.
    fn allowance(self, taken: u64, elapsed: Duration, kernel_tells: bool) -> Duration {
        let hidden = taken.min(HIDDEN_AT_MOST);
        // Beyond what buffers can hide, the bytes have surely left: a rate that is never too high.
        let sure = rate(taken - hidden, elapsed);
        let rate = if sure > 0 {
            sure
        } else {
            self.known_rate.unwrap_or(TRUSTED_RATE).max(1)
        };
        let rate = if kernel_tells {
            rate.min(TRUSTED_RATE)
        } else {
            rate
        };
        let micros = hidden.saturating_mul(1_000_000) / rate;
        Duration::from_micros(micros)
            .saturating_mul(1 << self.stalls.min(8))
            .min(LONGEST_ALLOWANCE)
    }
}

fn rate(bytes: u64, elapsed: Duration) -> u64 {
    let micros = elapsed.as_micros().max(1);
    u64::try_from(u128::from(bytes) * 1_000_000 / micros).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn patience(known_rate: Option<u64>, stalls: u32) -> Patience {
        Patience {
            idle: Duration::from_secs(60),
            known_rate,
            length: 5 * MIB,
            stalls,
        }
    }

    #[test]
    fn nothing_taken_is_allowed_nothing() {
        let allowed = patience(None, 0).allowance(0, Duration::from_secs(9), false);
        assert_eq!(allowed, Duration::ZERO);
    }

    #[test]
    fn what_buffers_may_hold_is_allowed_the_time_it_needs_at_the_known_rate() {
        let allowed = patience(Some(MIB), 0).allowance(5 * MIB, Duration::ZERO, false);
        assert!(allowed < Duration::from_millis(1), "{allowed:?}");
        let allowed = patience(Some(MIB), 0).allowance(3 * MIB, Duration::from_secs(1), false);
        assert_eq!(allowed, Duration::from_secs(3));
        let allowed = patience(None, 0).allowance(MIB, Duration::from_secs(1), false);
        assert_eq!(allowed, Duration::from_secs(16));
    }

    #[test]
    fn a_lane_that_showed_its_rate_is_judged_by_it() {
        // 2 MiB have surely left in 200 s, so 4 MiB may need 400 s.
        let allowed =
            patience(Some(100 * MIB), 0).allowance(6 * MIB, Duration::from_secs(200), false);
        assert_eq!(allowed.as_secs(), 400);
    }

    #[test]
    fn a_kernel_that_tells_lets_a_fast_lane_become_slow() {
        let allowed = patience(Some(100 * MIB), 0).allowance(MIB, Duration::ZERO, true);
        assert_eq!(allowed, Duration::from_secs(16));
    }

    #[test]
    fn an_answer_is_waited_for_longer_each_time() {
        for (stalls, seconds) in [(0, 60), (1, 120), (2, 240), (3, 480), (9, 480)] {
            let patience = patience(None, stalls);
            assert_eq!(patience.idle_after(5 * MIB).as_secs(), seconds);
            assert_eq!(patience.idle_after(5 * MIB - 1).as_secs(), 60);
        }
    }

    #[test]
    fn each_stall_makes_us_more_patient_up_to_a_limit() {
        let one = patience(Some(MIB), 1).allowance(3 * MIB, Duration::from_secs(1), false);
        assert_eq!(one, Duration::from_secs(6));
        let many = patience(Some(1), u32::MAX).allowance(3 * MIB, Duration::from_secs(1), false);
        assert_eq!(many, LONGEST_ALLOWANCE);
    }
}
