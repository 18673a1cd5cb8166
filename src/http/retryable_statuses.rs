//! Which statuses are tried again: what each says about the call. Every client judges, and calls an error retryable or
//! doubtful, by this.

/// What a status says about the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It was done.
    Done,
    /// It was not done, and may be later: the server takes nothing on right now.
    NotNow,
    /// It may be done later, and may have been done already.
    Trouble,
    /// It was not done, and asking again would be answered alike.
    No,
}

impl Meaning {
    /// The meaning of a status.
    pub fn of(status: u16) -> Self {
        match status {
            200..=299 => Self::Done,
            // Too Early: the server does not risk a call that might be a repetition (RFC 8470). Too
            // Many Requests: it does not even look at it (RFC 6585).
            425 | 429 => Self::NotNow,
            // Request Timeout, and all that is the server's own fault.
            408 | 500..=599 => Self::Trouble,
            _ => Self::No,
        }
    }

    /// Whether asking again later may help.
    pub fn may_pass(self) -> bool {
        match self {
            Self::NotNow | Self::Trouble => true,
            Self::Done | Self::No => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_means_one_thing() {
        for status in 0..=999 {
            let expected = match status / 100 {
                2 => Meaning::Done,
                5 => Meaning::Trouble,
                _ if status == 408 => Meaning::Trouble,
                _ if status == 425 || status == 429 => Meaning::NotNow,
                _ => Meaning::No,
            };
            assert_eq!(Meaning::of(status), expected, "{status}");
            let passes = [Meaning::NotNow, Meaning::Trouble].contains(&expected);
            assert_eq!(Meaning::of(status).may_pass(), passes, "{status}");
        }
    }
}
