//! `doctor`: looks the machine and the setup over before a build of minutes shows what is wrong. It changes
//! nothing.

pub mod diagnostics;
mod signing;

use serde_json::{Value, json};

use crate::apple::on_disk::{self, Xcode};
use crate::apple::{Toolbox, altool, security, xcodebuild};
use crate::asc::{self, apps};
use crate::diagnostic::{Diagnostic, Severity};
use crate::event::{Completed, Ending, Found, Why};
use crate::journal::Journal;
use crate::plan::DoctorPlan;
use crate::preflight::xcode::{self, When};
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::secret::typed;
use crate::stages::{Result, Stop, credentials};
use crate::text::{chain, count};

/// Looks, and says what it found.
pub async fn run(plan: DoctorPlan, around: &Surroundings) -> Ending {
    let directory = around.journals.clone();
    // What killed runs left is told and not undone.
    let around = Surroundings {
        journals: None,
        ..around.clone()
    };
    sequence(&around, |leg| async move {
        let mut visit = Visit::new(&leg, &plan);
        visit.xcode().await;
        visit.altool().await;
        visit.keychains().await;
        visit.journals(directory.as_deref());
        visit.signing().await;
        visit.network().await;
        visit.end()
    })
    .await
}

struct Visit<'a> {
    leg: &'a Leg,
    plan: &'a DoctorPlan,
    checks: Vec<Value>,
    worst: Option<Found>,
}

impl<'a> Visit<'a> {
    fn new(leg: &'a Leg, plan: &'a DoctorPlan) -> Self {
        Self {
            leg,
            plan,
            checks: Vec::new(),
            worst: None,
        }
    }

    /// Tells one check: what was seen, and what is wrong with it.
    fn tell(&mut self, name: &'static str, seen: &str, problems: Vec<Diagnostic>) {
        let has = |severity| problems.iter().any(|found| found.severity == severity);
        let state = match (has(Severity::Error), has(Severity::Warning)) {
            (true, _) => "error",
            (false, true) => "warning",
            (false, false) => "ok",
        };
        let codes: Vec<String> = problems
            .iter()
            .map(|found| found.code.to_string())
            .collect();
        self.add(name, state, seen, codes);
        for problem in problems {
            let is_error = problem.severity == Severity::Error;
            let told = self.leg.events.found(problem);
            if is_error {
                self.worst = Some(told);
            }
        }
    }

    fn skip(&mut self, name: &'static str, why: &str) {
        self.add(name, "skipped", why, Vec::new());
    }

    fn add(&mut self, name: &'static str, state: &str, seen: &str, codes: Vec<String>) {
        self.leg.events.note(format!("{name}: {state}; {seen}"));
        let seen = self.leg.vault.redact(seen);
        self.checks.push(
            json!({ "name": name, "state": state, "seen": seen, "codes": Value::from(codes) }),
        );
    }

    fn end(self) -> Result<Completed> {
        if let Some(told) = &self.plan.told {
            let all = json!({ "schema": "jetway.doctor/v1", "ok": self.worst.is_none(), "checks": self.checks });
            (told.0)(&format!("{all:#}"));
        }
        match self.worst {
            None => Ok(Completed::Done),
            Some(found) => Err(Stop::after(found, Why::Refused)),
        }
    }

    /// The tools, or a word on why there are none.
    fn tools(&mut self, name: &'static str) -> Option<&'a Toolbox> {
        if self.plan.tools.is_none() {
            self.skip(name, "this is no Mac");
        }
        self.plan.tools.as_ref()
    }

    async fn xcode(&mut self) {
        const NAME: &str = "xcode";
        let Some(tools) = self.tools(NAME) else {
            return;
        };
        let installed = on_disk::installed(&self.plan.applications);
        let said = match xcodebuild::version(tools).await {
            Ok(said) => said,
            Err(error) => {
                let problem = crate::apple::diagnostics::failed(&error);
                return self.tell(NAME, &listed(&installed), vec![problem]);
            }
        };
        let mut words = said.split_whitespace();
        let mut after = |word: &str| words.by_ref().skip_while(|own| *own != word).nth(1);
        let version = after("Xcode").unwrap_or_default().to_owned();
        let build = after("version").unwrap_or_default().to_owned();
        let now = self.leg.clock.now();
        let mut problems = Vec::new();
        if let Some((minimum, when)) = xcode::asked_for(&version, now) {
            let newer = installed
                .iter()
                .filter(|one| xcode::asked_for(&one.version, now).is_none())
                .max_by_key(|one| xcode::major(&one.version));
            problems.push(diagnostics::too_old(
                &version,
                minimum,
                when == When::Now,
                newer,
            ));
        }
        if xcode::is_beta(&build) {
            problems.push(diagnostics::beta(&version, &build));
        }
        let seen = format!(
            "Xcode {version} ({build}) is chosen; {}",
            listed(&installed)
        );
        self.tell(NAME, &seen, problems);
    }

    async fn altool(&mut self) {
        const NAME: &str = "altool";
        let Some(tools) = self.tools(NAME) else {
            return;
        };
        match altool::version(tools).await {
            Ok(version) => self.tell(NAME, &format!("altool {}", version.text), Vec::new()),
            // Nothing but `upload-engine: altool` needs it.
            Err(error) => {
                let problem = crate::apple::diagnostics::failed(&error).warned();
                self.tell(NAME, &chain::sentence(&error), vec![problem]);
            }
        }
    }

    async fn keychains(&mut self) {
        const NAME: &str = "keychains";
        let Some(tools) = self.tools(NAME) else {
            return;
        };
        match security::search_list(tools).await {
            Ok(list) => {
                let gone = on_disk::missing(&list);
                let problem = match (list.is_empty(), gone.is_empty()) {
                    (true, _) => Some(diagnostics::search_list_empty()),
                    (false, false) => Some(diagnostics::search_list_stale(&gone)),
                    (false, true) => None,
                };
                let seen = format!(
                    "{} in the search list",
                    count::of(list.len() as u64, "keychain")
                );
                self.tell(NAME, &seen, problem.into_iter().collect());
            }
            Err(error) => {
                let problem = crate::apple::diagnostics::failed(&error);
                self.tell(NAME, "the search list can't be read", vec![problem]);
            }
        }
    }

    fn journals(&mut self, directory: Option<&std::path::Path>) {
        const NAME: &str = "journals";
        let left = directory.map(Journal::left_behind).unwrap_or_default();
        let entries: usize = left
            .iter()
            .map(|journal| journal.open_entries().len())
            .sum();
        let seen = format!(
            "{} of killed runs to undo",
            count::of(entries as u64, "entry")
        );
        let problem = (entries > 0).then(|| diagnostics::journals(entries));
        self.tell(NAME, &seen, problem.into_iter().collect());
    }

    async fn network(&mut self) {
        const NAME: &str = "app-store-connect";
        if self.plan.is_offline {
            return self.skip(NAME, "not asked, as --offline says");
        }
        let account = &self.plan.account;
        let origin = account.url.host_str().unwrap_or_default().to_owned();
        let answered = asc::reach(
            &account.url,
            &account.extra_roots,
            &account.proxies,
            account.idle_timeout,
        );
        let date = match answered.await {
            Ok(date) => date,
            Err(error) => {
                let doing = "looking whether it is there";
                let problem = crate::stages::diagnostics::call_failed(&error, doing);
                return self.tell(NAME, &format!("{origin} does not answer"), vec![problem]);
            }
        };
        let mut problems = Vec::new();
        if let Some(skew) = date.and_then(|date| diagnostics::clock(date, self.leg.clock.now())) {
            problems.push(skew);
        }
        let mut seen = format!("{origin} answers");
        if !account.key.expose().trim().is_empty() {
            let leg = self.leg;
            match credentials::run(account, &leg.clock, &leg.vault, &leg.events) {
                Ok(client) => match apps::visible(&client).await {
                    Ok((apps, _)) => {
                        seen = format!(
                            "{seen}, and the key sees {}",
                            count::of(apps.len() as u64, "app")
                        );
                    }
                    Err(error) => problems.extend(error.findings()),
                },
                Err(_) => seen = format!("{seen}, and the key can't be read"),
            }
        }
        self.tell(NAME, &seen, problems);
    }
}

fn listed(installed: &[Xcode]) -> String {
    let names = installed
        .iter()
        .map(|one| format!("{} ({})", typed::path(&one.path), one.version));
    let names: Vec<String> = names.collect();
    match names.is_empty() {
        true => "no other is installed".to_owned(),
        false => format!("installed: {}", names.join(", ")),
    }
}
