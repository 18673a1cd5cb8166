//! Draws a client's verdict over every status and fault, for the tests of the clients.

use std::fmt::Write as _;

use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::retry::{Heard, Verdict};

/// The verdict in one word.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Done => "done",
        Verdict::Again(_) => "again",
        Verdict::GiveUp => "no",
    }
}

/// A row for every status from 100 to 999 and for every fault, a column for every method; rows that
/// follow each other and say the same are one.
pub fn draw(methods: &[Method], judge: impl Fn(Method, Heard) -> &'static str) -> String {
    let words = |heard| -> Vec<&'static str> {
        methods.iter().map(|method| judge(*method, heard)).collect()
    };
    let names = methods.iter().map(|method| method.name()).collect();
    let mut table = row("", &names);
    let mut first = 100;
    for status in 100..=999 {
        let answer = |status| Heard::Answer {
            status,
            retry_after: None,
        };
        let says = words(answer(status));
        if status < 999 && words(answer(status + 1)) == says {
            continue;
        }
        let label = match first == status {
            true => status.to_string(),
            false => format!("{first}-{status}"),
        };
        table.push_str(&row(&label, &says));
        first = status + 1;
    }
    for fault in Fault::ALL {
        table.push_str(&row(&format!("{fault:?}"), &words(Heard::Broken(fault))));
    }
    table
}

fn row(label: &str, words: &Vec<&'static str>) -> String {
    let mut line = format!("{label:<13}");
    for word in words {
        write!(line, "{word:<8}").expect("a string takes all");
    }
    format!("{}\n", line.trim_end())
}
