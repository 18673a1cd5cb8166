//! How fast the bytes go, and when to say so. Pure: the time comes in as a value.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::event::Progress;
use crate::text::count;

/// The rate is measured over this stretch.
const WINDOW: Duration = Duration::from_secs(10);
/// A log gets a line at least this often, or after a tenth of the whole, whichever comes first …
const LINE_EVERY: Duration = Duration::from_secs(10);
/// … but not more often than this.
const LINE_AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// A terminal's bar is drawn anew at most this often.
const DRAW_AT_MOST_EVERY: Duration = Duration::from_millis(100);
const BAR: usize = 24;

/// Measures a transfer.
#[derive(Default)]
pub struct Meter {
    samples: VecDeque<(Instant, u64)>,
    drawn: Option<Instant>,
    said: Option<(Instant, u64)>,
}

impl Meter {
    /// Takes a measurement.
    pub fn measure(&mut self, progress: Progress, now: Instant) {
        // A part that is sent again takes its bytes back; the rate starts anew then.
        if self
            .samples
            .back()
            .is_some_and(|(_, done)| *done > progress.done)
        {
            self.samples.clear();
        }
        self.samples.push_back((now, progress.done));
        while self.samples.len() > 2 && now.duration_since(self.samples[0].0) > WINDOW {
            self.samples.pop_front();
        }
    }

    /// Whether a terminal's bar is due.
    pub fn bar_is_due(&mut self, progress: Progress, now: Instant) -> bool {
        let due = progress.done >= progress.total
            || self
                .drawn
                .is_none_or(|drawn| now.duration_since(drawn) >= DRAW_AT_MOST_EVERY);
        if due {
            self.drawn = Some(now);
        }
        due
    }

    /// Whether a log's next line is due.
    pub fn line_is_due(&mut self, progress: Progress, now: Instant) -> bool {
        let Some((said, done)) = self.said else {
            self.said = Some((now, progress.done));
            return false;
        };
        let waited = now.duration_since(said);
        let tenth = (progress.total / 10).max(1);
        let due = waited >= LINE_EVERY
            || (waited >= LINE_AT_MOST_EVERY && progress.done.saturating_sub(done) >= tenth);
        if due {
            self.said = Some((now, progress.done));
        }
        due
    }

    /// Bytes per second over the last stretch; `None` while that can't be said.
    fn rate(&self) -> Option<f64> {
        let (first, first_done) = self.samples.front()?;
        let (last, last_done) = self.samples.back()?;
        let seconds = last.duration_since(*first).as_secs_f64();
        let bytes = last_done.saturating_sub(*first_done);
        (seconds >= 0.2 && bytes > 0).then(|| bytes as f64 / seconds)
    }

    /// `63 % · 24.1 MB of 38.2 MB · 5.2 MB/s · 3 s left`
    pub fn words(&self, progress: Progress) -> String {
        let mut text = format!(
            "{} % · {} of {}",
            percent(progress),
            count::size(progress.done.min(progress.total)),
            count::size(progress.total)
        );
        if let Some(rate) = self.rate() {
            text.push_str(&format!(" · {}/s", count::size(rate as u64)));
            let left = progress.total.saturating_sub(progress.done) as f64 / rate;
            if left > 0.0 && left < 360_000.0 {
                // Nobody knows it to the tenth of a second.
                let left = match left.ceil() as u64 {
                    seconds @ 0..60 => format!("{seconds} s"),
                    seconds => count::duration(Duration::from_secs(seconds)),
                };
                text.push_str(&format!(" · {left} left"));
            }
        }
        text
    }
}

/// The bar itself.
pub fn bar(progress: Progress) -> String {
    let full = BAR * usize::from(percent(progress)) / 100;
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

fn percent(progress: Progress) -> u8 {
    match progress.total {
        0 => 100,
        total => {
            let percent = u128::from(progress.done.min(total)) * 100 / u128::from(total);
            u8::try_from(percent).unwrap_or(100)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(done: u64) -> Progress {
        Progress {
            done,
            total: 100_000_000,
        }
    }

    #[test]
    fn rate_and_time_left_come_from_the_last_stretch() {
        let start = Instant::now();
        let mut meter = Meter::default();
        for second in 0..30 {
            let done = if second < 15 {
                second * 100_000
            } else {
                1_500_000 + (second - 15) * 2_000_000
            };
            meter.measure(at(done), start + Duration::from_secs(second));
        }
        assert_eq!(
            meter.words(at(29_500_000)),
            "29 % · 29.5 MB of 100.0 MB · 2.0 MB/s · 36 s left"
        );
    }

    #[test]
    fn bytes_taken_back_start_the_rate_anew() {
        let start = Instant::now();
        let mut meter = Meter::default();
        meter.measure(at(50_000_000), start);
        meter.measure(at(10_000_000), start + Duration::from_secs(5));
        assert_eq!(meter.words(at(10_000_000)), "10 % · 10.0 MB of 100.0 MB");
    }

    #[test]
    fn a_log_gets_a_line_now_and_then() {
        let start = Instant::now();
        let mut meter = Meter::default();
        let mut due = |done, milliseconds| {
            meter.line_is_due(at(done), start + Duration::from_millis(milliseconds))
        };
        assert!(!due(0, 0));
        assert!(!due(90_000_000, 500));
        assert!(due(90_000_000, 1_000));
        assert!(!due(90_000_001, 9_000));
        assert!(due(90_000_001, 11_000));
    }

    #[test]
    fn nothing_to_send_is_all_of_it() {
        assert_eq!(percent(Progress { done: 0, total: 0 }), 100);
        assert_eq!(
            percent(Progress {
                done: u64::MAX,
                total: 3
            }),
            100
        );
        assert_eq!(
            bar(at(50_000_000)).chars().filter(|c| *c == '█').count(),
            12
        );
    }
}
