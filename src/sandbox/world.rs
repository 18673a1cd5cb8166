//! What the sandbox's App Store Connect holds: apps, uploads with their files, and so builds. Lives as
//! long as the process, so that a second run meets what the first one left.

use std::collections::{BTreeMap, HashMap};

use crate::sandbox::clock::Clock;
use crate::sandbox::log::Log;
use crate::sandbox::scenario::{Course, Harm, PUT_PART, Script, When};
use crate::sandbox::shelf::Shelf;
use crate::sandbox::{hash, ids};

pub(super) struct World {
    pub(super) script: &'static Script,
    /// The address the sandbox is reached at, without a slash at the end.
    pub(super) base: String,
    pub(super) apps: BTreeMap<String, App>,
    pub(super) uploads: Vec<Upload>,
    pub(super) files: Vec<File>,
    /// All else that the account holds.
    pub(super) shelf: Shelf,
    /// How many looks it takes until something shows, by its id.
    pub(super) looks: HashMap<String, u32>,
    /// How many looks ago a submission came into its state, by its id.
    pub(super) waits: HashMap<String, u32>,
    /// Versions for which the scenario's earlier uploads were put in place.
    pub(super) recalled: Vec<(String, String)>,
    /// How often each fault's requests came.
    pub(super) counts: Vec<u32>,
    /// How often each token was used, by a number made of it.
    pub(super) tokens: HashMap<u64, u32>,
    pub(super) requests: u64,
    pub(super) log: Log,
    serial: u64,
    salt: u64,
}

pub(super) struct App {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) bundle_identifier: String,
}

pub(super) struct Upload {
    pub(super) id: String,
    pub(super) app: String,
    pub(super) marketing_version: String,
    pub(super) build_number: String,
    pub(super) platform: String,
    /// Seconds since 1970.
    pub(super) created: i64,
    /// The milliseconds beside them: who came later has more.
    pub(super) milliseconds: u32,
    /// Seconds since 1970; set by the commit.
    pub(super) uploaded: Option<i64>,
    pub(super) course: &'static Course,
    /// How often a client asked after it since the commit.
    pub(super) polls: u32,
    /// Whether lists show it.
    pub(super) listed: bool,
    /// What was done with the build.
    pub(super) done: Done,
}

/// What was done with a build.
#[derive(Default)]
pub(super) struct Done {
    /// The answer on encryption, and the poll at which it was given.
    pub(super) answer: Option<(bool, u32)>,
    pub(super) expired: bool,
    /// Whether testers are told by themselves; `None` is as Apple begins.
    pub(super) notifies: Option<bool>,
    /// Ids of the groups that have it.
    pub(super) groups: Vec<String>,
    /// Whether one of them is of the team, and whether one is not.
    pub(super) given: (bool, bool),
    /// The poll at which it was submitted to the beta review.
    pub(super) submitted: Option<u32>,
    /// How often its notes were looked at.
    pub(super) looks: u32,
}

pub(super) struct File {
    pub(super) id: String,
    pub(super) upload: String,
    pub(super) asset_type: String,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) uti: String,
    pub(super) parts: Vec<Part>,
    pub(super) committed: bool,
    /// Reads since the commit.
    pub(super) reads: u32,
    /// What the client said of the whole file's MD5.
    pub(super) file_checksum: Option<String>,
}

pub(super) struct Part {
    pub(super) number: u64,
    pub(super) offset: u64,
    pub(super) length: u64,
    /// The query of its address, which is what storage checks.
    pub(super) query: String,
    /// Seconds since 1970.
    pub(super) expires: i64,
    /// MD5 of the bytes that storage keeps.
    pub(super) stored: Option<[u8; 16]>,
    /// How often it was sent.
    pub(super) attempts: u32,
}

impl World {
    /// When the first certificate and profile end, in seconds since 1970.
    pub(super) fn expires_at(&self) -> i64 {
        self.clock().unix_seconds() + self.script.after.expires_in * 86_400 + 3_600
    }

    pub(super) fn new(script: &'static Script, base: String, salt: u64) -> Self {
        Self {
            counts: vec![0; script.faults.len()],
            script,
            base,
            apps: BTreeMap::new(),
            uploads: Vec::new(),
            files: Vec::new(),
            shelf: Shelf::default(),
            looks: HashMap::new(),
            waits: HashMap::new(),
            recalled: Vec::new(),
            tokens: HashMap::new(),
            requests: 0,
            log: Log::default(),
            serial: 0,
            salt,
        }
    }

    /// From here on another scenario; what is there stays.
    pub(super) fn follow(&mut self, script: &'static Script) {
        self.script = script;
        self.counts = vec![0; script.faults.len()];
        self.recalled.clear();
        self.tokens.clear();
    }

    /// The same server under another host name, where nothing of the client's should go.
    pub(super) fn elsewhere(&self) -> String {
        let other = self
            .base
            .replace("127.0.0.1", "localhost")
            .replace("[::1]", "localhost");
        format!("{other}/elsewhere")
    }

    /// The harm that a request comes to, if any. `part` is a part's number and how often it was sent.
    pub(super) fn harm(&mut self, operation: &str, part: Option<(u64, u32)>) -> Option<Harm> {
        let mut harm = None;
        for (fault, count) in self.script.faults.iter().zip(&mut self.counts) {
            let concerned = if fault.at.is_empty() {
                operation != PUT_PART
            } else {
                fault.at.contains(&operation)
            };
            if !concerned {
                continue;
            }
            *count += 1;
            let happens = match fault.when {
                When::Always => true,
                When::Times(times) => times.contains(count),
                When::From(first) => *count >= first,
                When::Parts {
                    every,
                    rest,
                    attempts,
                } => part.is_some_and(|(number, sent)| number % every == rest && sent <= attempts),
            };
            if happens && harm.is_none() {
                harm = Some(fault.harm);
            }
        }
        harm
    }

    pub(super) fn clock(&self) -> Clock {
        Clock {
            off_by: self.script.clock,
        }
    }

    /// Milliseconds by which uploads of one second come after each other.
    pub(super) fn next_milliseconds(&self) -> u32 {
        let last = self.uploads.iter().map(|upload| upload.milliseconds).max();
        last.map_or(7, |last| (last + 1).min(999))
    }

    pub(super) fn next_id(&mut self) -> String {
        self.serial += 1;
        ids::uuid(self.serial ^ 0x7_a11f)
    }

    /// A signature that cannot be guessed from outside the process.
    pub(super) fn signature(&mut self) -> String {
        self.serial += 1;
        let mut state = self.salt ^ self.serial;
        (0..4)
            .map(|_| {
                state = ids::mix(state);
                format!("{state:016x}")
            })
            .collect()
    }

    pub(super) fn upload(&self, id: &str) -> Option<&Upload> {
        self.uploads.iter().find(|upload| upload.id == id)
    }

    pub(super) fn upload_mut(&mut self, id: &str) -> Option<&mut Upload> {
        self.uploads.iter_mut().find(|upload| upload.id == id)
    }

    /// The upload whose build has this id, once the build is there.
    pub(super) fn upload_of_build(&self, build: &str) -> Option<&Upload> {
        self.uploads
            .iter()
            .find(|upload| upload.build_exists() && upload.build_id() == build)
    }

    pub(super) fn file(&self, id: &str) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }

    pub(super) fn file_mut(&mut self, id: &str) -> Option<&mut File> {
        self.files.iter_mut().find(|file| file.id == id)
    }

    pub(super) fn files_of<'a>(&'a self, upload: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.upload == upload)
    }
}

impl Upload {
    fn committed(&self) -> bool {
        self.uploaded.is_some()
    }

    /// `AWAITING_UPLOAD`, the course's word for being at it, or the course's end.
    pub(super) fn state(&self) -> &'static str {
        if !self.committed() {
            "AWAITING_UPLOAD"
        } else if self.over() {
            self.course.upload
        } else {
            self.course.meanwhile.0
        }
    }

    pub(super) fn over(&self) -> bool {
        self.committed() && self.polls >= self.course.over_at
    }

    /// Whether it holds its build number: a failed one gives it back.
    pub(super) fn holds_number(&self) -> bool {
        self.committed() && self.state() != "FAILED"
    }

    pub(super) fn build_exists(&self) -> bool {
        self.committed() && self.polls >= self.course.build_at
    }

    /// The build as the upload links it, which is later than the list of builds shows it.
    pub(super) fn build_linked(&self) -> bool {
        self.over() && self.build_exists()
    }

    pub(super) fn build_id(&self) -> String {
        ids::uuid(ids::of_text(&self.id))
    }

    pub(super) fn processing_state(&self) -> &'static str {
        if self.polls >= self.course.processed_at {
            self.course.build
        } else {
            self.course.meanwhile.1
        }
    }

    /// `internalBuildState` and `externalBuildState`.
    pub(super) fn beta_states(&self) -> (&'static str, &'static str) {
        if self.polls < self.course.beta_at {
            return (self.course.meanwhile.2, self.course.meanwhile.2);
        }
        if self.done.expired {
            return ("EXPIRED", "EXPIRED");
        }
        let lacks_answer = self.course.beta.0 == "MISSING_EXPORT_COMPLIANCE";
        let states = if lacks_answer && self.is_answered() {
            self.course.answered
        } else {
            self.course.beta
        };
        let internal = match states.0 {
            "READY_FOR_BETA_TESTING" if self.done.given.0 => "IN_BETA_TESTING",
            other => other,
        };
        let external = match (states.1, self.beta_review()) {
            ("READY_FOR_BETA_SUBMISSION", _) if self.course.audience == "INTERNAL_ONLY" => {
                "NOT_APPLICABLE"
            }
            ("READY_FOR_BETA_SUBMISSION", Some("WAITING_FOR_REVIEW")) => "WAITING_FOR_BETA_REVIEW",
            ("READY_FOR_BETA_SUBMISSION", Some("IN_REVIEW")) => "IN_BETA_REVIEW",
            ("READY_FOR_BETA_SUBMISSION", Some("REJECTED")) => "BETA_REJECTED",
            ("READY_FOR_BETA_SUBMISSION", Some(_)) if self.done.given.1 => "IN_BETA_TESTING",
            ("READY_FOR_BETA_SUBMISSION", Some(_)) => "BETA_APPROVED",
            (other, _) => other,
        };
        (internal, external)
    }

    /// Whether nobody has answered the question on encryption.
    pub(super) fn lacks_answer(&self) -> bool {
        self.course.beta.0 == "MISSING_EXPORT_COMPLIANCE" && self.done.answer.is_none()
    }

    /// Whether the answer on encryption counts by now.
    fn is_answered(&self) -> bool {
        let counts = |(_, at): (bool, u32)| self.polls >= at + self.course.answer_counts_after;
        self.done.answer.is_some_and(counts)
    }

    /// `betaReviewState`, where it was submitted.
    pub(super) fn beta_review(&self) -> Option<&'static str> {
        let since = self.polls.saturating_sub(self.done.submitted?);
        Some(match since {
            0..8 => "WAITING_FOR_REVIEW",
            8..12 => "IN_REVIEW",
            _ => self.course.verdict,
        })
    }

    /// A client asked after it.
    pub(super) fn polled(&mut self) {
        if self.committed() {
            self.polls = self.polls.saturating_add(1);
        }
    }
}

impl File {
    pub(super) fn complete(&self) -> bool {
        self.parts.iter().all(|part| part.stored.is_some())
    }

    /// MD5 of the parts' MD5s.
    pub(super) fn composite(&self) -> String {
        let joined: Vec<u8> = self
            .parts
            .iter()
            .flat_map(|part| part.stored.unwrap_or_default())
            .collect();
        hash::hex(&hash::md5(&joined))
    }
}
