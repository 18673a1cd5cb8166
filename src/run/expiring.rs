//! What a team has that ends: certificates, profiles, and builds that testers get. Nothing is revoked or renewed.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::asc::{Client, Error, builds, certificates, profiles};
use crate::profiles as documents;
use crate::text::moment;

const DAY: u64 = 86_400;

/// Something that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// `certificate`, `profile` or `build`.
    pub what: &'static str,
    /// Apple's word for its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its id at Apple, where it has one that people use.
    pub id: String,
    /// When, as Apple writes it.
    pub at: String,
    /// In so many days; less than none where it is over. `None` where Apple names no time.
    pub days: Option<i64>,
    /// How many days ago it was made, where that can be read.
    pub age: Option<i64>,
    /// What else is worth knowing.
    pub remark: &'static str,
}

/// All of it.
pub struct Stock {
    /// One by one.
    pub all: Vec<Ends>,
    /// What could not be looked at.
    pub hidden: Vec<(&'static str, Error)>,
}

/// Asks for all of it.
pub async fn look(client: &Client, now: SystemTime) -> Stock {
    let mut stock = Stock {
        all: Vec::new(),
        hidden: Vec::new(),
    };
    match certificates::all(client).await {
        Ok(found) => stock
            .all
            .extend(found.iter().map(|one| certificate(one, now))),
        Err(error) => stock.hidden.push(("certificates", error)),
    }
    match profiles::all(client).await {
        Ok(found) => stock.all.extend(found.iter().map(|one| Ends {
            what: "profile",
            kind: one.kind.clone(),
            name: one.name.clone(),
            id: one.id.clone(),
            at: one.expires.clone(),
            days: days(&one.expires, now),
            age: None,
            remark: match one.state.as_str() {
                "INVALID" => "no longer valid",
                _ => "",
            },
        })),
        Err(error) => stock.hidden.push(("profiles", error)),
    }
    match builds::testable(client).await {
        Ok(found) => stock.all.extend(newest(&found).map(|one| Ends {
            what: "build",
            kind: one.platform.clone(),
            name: format!("{} ({})", one.app_name, one.number),
            id: String::new(),
            at: one.expires.clone(),
            days: days(&one.expires, now),
            age: None,
            remark: "",
        })),
        Err(error) => stock.hidden.push(("builds", error)),
    }
    stock
}

fn certificate(one: &certificates::Certificate, now: SystemTime) -> Ends {
    let made = STANDARD
        .decode(one.content.as_bytes())
        .ok()
        .and_then(|bytes| documents::Certificate::read(&bytes))
        .map(|document| document.not_before);
    // Apple has no field for it; the name is all that tells.
    let is_of_api = one.display_name.to_lowercase().contains("via api");
    Ends {
        what: "certificate",
        kind: one.kind.clone(),
        name: one.name.clone(),
        id: one.serial.clone(),
        at: one.expires.clone(),
        days: days(&one.expires, now),
        age: made
            .and_then(|made| now.duration_since(made).ok())
            .map(whole_days),
        remark: if is_of_api {
            "made through the API"
        } else {
            ""
        },
    }
}

/// The newest build of each app and platform: older ones end all the time, and nobody minds.
fn newest(all: &[builds::Testable]) -> impl Iterator<Item = &builds::Testable> {
    all.iter().enumerate().filter_map(|(at, one)| {
        let is_same =
            |other: &builds::Testable| (&other.app, &other.platform) == (&one.app, &one.platform);
        (!all[..at].iter().any(is_same)).then_some(one)
    })
}

fn days(text: &str, now: SystemTime) -> Option<i64> {
    let at = moment::read(text)?.at;
    Some(match at.duration_since(now) {
        Ok(left) => whole_days(left),
        Err(over) => -whole_days(over.duration()) - 1,
    })
}

fn whole_days(time: Duration) -> i64 {
    i64::try_from(time.as_secs() / DAY).unwrap_or(i64::MAX)
}

impl Ends {
    /// Whether it is over within this time, or can't be used already.
    pub fn is_within(&self, time: Duration) -> bool {
        self.days.is_some_and(|days| days <= whole_days(time)) || self.remark == "no longer valid"
    }

    /// When it ends, for people.
    pub fn when(&self) -> String {
        match self.days {
            None => "Apple does not say until when".to_owned(),
            Some(..0) => "it is over".to_owned(),
            Some(0) => "ends today".to_owned(),
            Some(1) => "ends in 1 day".to_owned(),
            Some(days) => format!("ends in {days} days"),
        }
    }

    /// In one line.
    pub fn line(&self) -> String {
        let age = self.age.map(|days| format!("{days} days old"));
        let remark = (!self.remark.is_empty()).then(|| self.remark.to_owned());
        let parts = [Some(self.kind.clone()), Some(self.when()), age, remark];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("  {} {}: {}", self.what, self.name, parts.join(", "))
    }

    fn json(&self) -> Value {
        json!({
            "what": self.what, "kind": self.kind, "name": self.name, "id": self.id, "expires": self.at,
            "days_left": self.days, "days_old": self.age, "remark": self.remark,
        })
    }
}

impl Stock {
    /// How many certificates there are of each kind.
    pub fn slots(&self) -> BTreeMap<&str, usize> {
        let mut slots = BTreeMap::new();
        for one in self.all.iter().filter(|one| one.what == "certificate") {
            *slots.entry(one.kind.as_str()).or_default() += 1;
        }
        slots
    }

    /// For machines.
    pub fn json(&self) -> Value {
        json!({
            "certificates_by_kind": self.slots(),
            "all": self.all.iter().map(Ends::json).collect::<Vec<_>>(),
            "hidden": self.hidden.iter().map(|(what, _)| *what).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SystemTime {
        moment::read(text).unwrap().at
    }

    #[test]
    fn days_are_counted_in_full_and_what_is_over_is_over() {
        let now = at("2026-11-28T12:00:00Z");
        for (text, left) in [
            ("2026-12-28T12:00:00Z", Some(30)),
            ("2026-11-29T11:59:59Z", Some(0)),
            ("2026-11-28T04:00:00.000-08:00", Some(0)),
            ("2026-11-28T11:00:00Z", Some(-1)),
            ("", None),
        ] {
            assert_eq!(days(text, now), left, "{text}");
        }
    }

    #[test]
    fn how_old_a_certificate_is_stands_in_the_certificate_itself() {
        use crate::testing::certificates::distribution;
        let now = at("2026-11-28T12:00:00Z");
        let row = |content: String| certificates::Certificate {
            id: "C1".to_owned(),
            kind: "DISTRIBUTION".to_owned(),
            name: "Apple Distribution: Example Ltd".to_owned(),
            display_name: "Created via API".to_owned(),
            serial: "5A4D".to_owned(),
            expires: "2027-12-31T00:00:00Z".to_owned(),
            content,
        };
        let made = certificate(&row(STANDARD.encode(distribution("TEAM").der())), now);
        assert_eq!(made.age, Some(331));
        assert_eq!(
            made.line(),
            "  certificate Apple Distribution: Example Ltd: DISTRIBUTION, ends in 397 days, 331 days old, made through the API"
        );
        let early = at("2025-12-01T00:00:00Z");
        let of_tomorrow = row(STANDARD.encode(distribution("TEAM").der()));
        assert_eq!(certificate(&of_tomorrow, early).age, None);
        for nothing in ["", "not base64", "bm90IGEgY2VydGlmaWNhdGU="] {
            let made = certificate(&row(nothing.to_owned()), now);
            assert_eq!((made.age, made.days), (None, Some(397)), "{nothing}");
        }
    }

    #[test]
    fn only_the_newest_build_of_an_app_and_platform_counts() {
        let build = |app: &str, platform: &str, number: &str| builds::Testable {
            app: app.to_owned(),
            app_name: "App".to_owned(),
            platform: platform.to_owned(),
            number: number.to_owned(),
            expires: String::new(),
        };
        let all = [
            build("1", "IOS", "9"),
            build("1", "IOS", "8"),
            build("1", "TV_OS", "8"),
            build("2", "IOS", "3"),
        ];
        let kept: Vec<&str> = newest(&all).map(|one| one.number.as_str()).collect();
        assert_eq!(kept, ["9", "8", "3"]);
    }
}
