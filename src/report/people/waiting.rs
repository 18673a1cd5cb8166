//! What is said while nothing happens, and when. Pure: the time comes in as a value.

use std::time::Duration;

use tokio::time::Instant;

use crate::event::Stage;

/// A log's first lines while it waits, in minutes; from then on there is one every five.
const MINUTES: [u64; 3] = [1, 2, 5];
const MINUTES_APART: u64 = 5;
/// A terminal says so when bytes have not moved for so long.
const STILL: Duration = Duration::from_secs(5);

/// What is being waited for, and since when.
pub struct Waiting {
    stage: Stage,
    began: Instant,
    /// When something last moved; a transfer is silent from then on.
    moved: Instant,
    gives_up: Option<Instant>,
    beats: u64,
}

impl Waiting {
    /// The stage begins.
    pub fn begin(stage: Stage, now: Instant) -> Self {
        Self {
            stage,
            began: now,
            moved: now,
            gives_up: None,
            beats: 0,
        }
    }

    /// From now on it is waited at most so long.
    pub fn at_most(&mut self, time: Duration, now: Instant) {
        self.gives_up = now.checked_add(time);
    }

    /// Something moved, and was shown or is about to be.
    pub fn moved(&mut self, now: Instant) {
        self.moved = now;
        self.beats = 0;
    }

    /// A log's line, where one is due.
    pub fn line(&mut self, state: Option<&str>, now: Instant) -> Option<String> {
        let silent = now.duration_since(self.moved);
        if silent < due(self.beats) {
            return None;
        }
        while due(self.beats) <= silent {
            self.beats += 1;
        }
        Some(format!("  still waiting, {}", self.words(state, now)))
    }

    /// The same for a terminal's line that counts.
    pub fn live(&self, state: Option<&str>, now: Instant) -> String {
        format!("{} … {}", self.stage, self.words(state, now))
    }

    /// That a transfer stands still, where it does.
    pub fn standstill(&self, now: Instant) -> Option<String> {
        let silent = now.duration_since(self.moved);
        (silent >= STILL).then(|| format!("nothing moved for {}", coarse(silent)))
    }

    /// `5 min; Apple says PROCESSING; gives up in 1 h 55 min`
    fn words(&self, state: Option<&str>, now: Instant) -> String {
        let what = match self.stage {
            Stage::Upload => return self.transfer_words(now),
            Stage::Processing | Stage::Review => state.map(|state| format!("; Apple says {state}")),
            Stage::Package
            | Stage::Preflight
            | Stage::Signing
            | Stage::Export
            | Stage::Credentials
            | Stage::App
            | Stage::Distribution
            | Stage::Submission => None,
        };
        let left = self.gives_up.map(|at| at.saturating_duration_since(now));
        let left = left.map(|left| format!("; gives up in {}", coarse(left)));
        let elapsed = coarse(now.duration_since(self.began));
        format!(
            "{elapsed}{}{}",
            what.unwrap_or_default(),
            left.unwrap_or_default()
        )
    }

    fn transfer_words(&self, now: Instant) -> String {
        let silent = coarse(now.duration_since(self.moved));
        let elapsed = coarse(now.duration_since(self.began));
        format!("{elapsed}; no byte moved for {silent}")
    }
}

/// After how much silence a line is due, where so many were said.
fn due(beats: u64) -> Duration {
    let first = usize::try_from(beats).ok().and_then(|at| MINUTES.get(at));
    let minutes = first
        .copied()
        .unwrap_or_else(|| (beats - 1) * MINUTES_APART);
    Duration::from_secs(minutes * 60)
}

/// A time that nobody wants to the second: `42 s`, `5 min`, `1 h 55 min`.
fn coarse(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => match seconds % 60 {
            0 => format!("{} min", seconds / 60),
            rest if seconds < 300 => format!("{} min {rest:02} s", seconds / 60),
            _ => format!("{} min", seconds / 60),
        },
        _ => match seconds % 3_600 / 60 {
            0 => format!("{} h", seconds / 3_600),
            minutes => format!("{} h {minutes:02} min", seconds / 3_600),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The minutes at which a log gets a line in three quarters of an hour, and the lines.
    fn told(waiting: &mut Waiting, start: Instant) -> Vec<(u64, String)> {
        let seconds = 0..=45 * 60;
        seconds
            .filter_map(|second| {
                let line = waiting.line(Some("PROCESSING"), start + Duration::from_secs(second))?;
                Some((second / 60, line))
            })
            .collect()
    }

    #[test]
    fn a_log_hears_at_one_two_and_five_minutes_and_then_every_five() {
        let start = Instant::now();
        let mut waiting = Waiting::begin(Stage::Processing, start);
        waiting.at_most(Duration::from_secs(7_200), start);
        let told = told(&mut waiting, start);
        let minutes: Vec<u64> = told.iter().map(|(minute, _)| *minute).collect();
        assert_eq!(minutes, [1, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
        assert_eq!(
            told[2].1,
            "  still waiting, 5 min; Apple says PROCESSING; gives up in 1 h 55 min"
        );
    }

    #[test]
    fn bytes_that_move_are_no_silence_and_those_that_do_not_are() {
        let start = Instant::now();
        let mut waiting = Waiting::begin(Stage::Upload, start);
        let at = |seconds| start + Duration::from_secs(seconds);
        waiting.moved(at(50));
        assert_eq!(waiting.line(None, at(100)), None);
        assert_eq!(
            waiting.line(None, at(110)).as_deref(),
            Some("  still waiting, 1 min 50 s; no byte moved for 1 min")
        );
        assert_eq!(waiting.standstill(at(54)), None);
        assert_eq!(
            waiting.standstill(at(60)).as_deref(),
            Some("nothing moved for 10 s")
        );
    }

    #[test]
    fn a_clock_that_leaps_brings_one_line() {
        let start = Instant::now();
        let mut waiting = Waiting::begin(Stage::App, start);
        let late = start + Duration::from_secs(3_000);
        assert!(waiting.line(None, late).is_some());
        assert_eq!(waiting.line(None, late + Duration::from_secs(1)), None);
    }
}
