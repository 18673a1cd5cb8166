//! Step outputs: written as soon as they are known, so that they outlive a failed or cancelled step.
//!
//! The runner reads `name<<delimiter`, the value, and the delimiter on a line of its own; the last
//! value of a name wins (<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::report::error::Error;
use crate::report::files;
use crate::report::story::Story;
use crate::report::words::clean::Cleaner;

/// The runner's file of outputs.
pub struct Outputs {
    path: PathBuf,
    written: BTreeMap<&'static str, String>,
}

impl Outputs {
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            written: BTreeMap::new(),
        }
    }

    /// Appends what is new or has changed.
    pub fn write(&mut self, story: &Story, cleaner: &Cleaner) -> Result<(), Error> {
        let mut text = String::new();
        let mut new = Vec::new();
        let values = values(story);
        let known: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        for (name, value) in values {
            let value = cleaner.line(&value);
            if self.written.get(name) != Some(&value) {
                text.push_str(&entry(name, &value, &delimiter()?)?);
                new.push((name, value));
            }
        }
        // What was known and is not true any more is taken back: the runner lets the last value win.
        for (name, value) in &self.written {
            if !known.contains(name) && !value.is_empty() {
                text.push_str(&entry(name, "", &delimiter()?)?);
                new.push((*name, String::new()));
            }
        }
        if !text.is_empty() {
            self.append(&text).map_err(|source| Error::RunnerFile {
                path: self.path.clone(),
                source,
            })?;
            self.written.extend(new);
        }
        Ok(())
    }

    fn append(&self, text: &str) -> io::Result<()> {
        let mut file = files::to_append(&self.path)?;
        let gap = if ends_inside_a_line(&self.path)? {
            "\n"
        } else {
            ""
        };
        files::write(&mut file, format!("{gap}{text}").as_bytes())
    }
}

/// Whether somebody wrote to the file before without ending the line.
fn ends_inside_a_line(path: &Path) -> io::Result<bool> {
    let found = path.metadata()?;
    if !found.is_file() || found.len() == 0 {
        return Ok(false);
    }
    let mut file = File::open(path)?;
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// The outputs that are known, by their names in `action.yml`.
fn values(story: &Story) -> Vec<(&'static str, String)> {
    let ending = story.ending();
    let package = story.package.as_ref();
    let exported = story.exported.as_ref();
    let shown = |path: Option<&PathBuf>| path.map(|path| path.display().to_string());
    [
        ("app-id", story.app.as_ref().map(|app| app.id.to_string())),
        (
            "bundle-id",
            package.map(|package| package.bundle_identifier.to_string()),
        ),
        (
            "marketing-version",
            package.map(|package| package.build.marketing_version.to_string()),
        ),
        (
            "build-number",
            package.map(|package| package.build.build_number.to_string()),
        ),
        (
            "build-upload-id",
            story.build_upload_id.as_ref().map(ToString::to_string),
        ),
        ("build-id", story.build_id.as_ref().map(ToString::to_string)),
        ("processing-state", story.processing_state.clone()),
        ("testflight-url", story.testflight_url.clone()),
        ("url", story.testflight_url.clone()),
        ("package-sha256", story.package_sha256.clone()),
        (
            "package-path",
            exported.and_then(|kept| shown(kept.package.as_ref())),
        ),
        (
            "dsyms-path",
            exported.and_then(|kept| shown(kept.dsyms.as_ref())),
        ),
        (
            "export-log",
            exported.and_then(|kept| shown(kept.log.as_ref())),
        ),
        ("report", story.report.clone()),
        ("outcome", Some(ending.outcome().name().to_owned())),
        ("verdict", Some(ending.verdict().name().to_owned())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

fn entry(name: &'static str, value: &str, delimiter: &str) -> Result<String, Error> {
    if value.contains(delimiter) {
        return Err(Error::Delimiter { name });
    }
    Ok(format!("{name}<<{delimiter}\n{value}\n{delimiter}\n"))
}

/// Nobody can guess it, so no value can end itself.
fn delimiter() -> Result<String, Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(Error::Random)?;
    let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("jetway_{hex}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::event::Event;
    use crate::report::tests::{runner, samples};
    use crate::secret::Vault;

    fn read(path: &Path) -> BTreeMap<String, String> {
        let text = std::fs::read_to_string(path).unwrap();
        runner::outputs(&text).unwrap().into_iter().collect()
    }

    #[test]
    fn outputs_are_there_as_soon_as_they_are_known_and_once() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("output");
        std::fs::write(&path, "before=1").unwrap();
        let cleaner = Cleaner::new(Vault::default());
        let mut outputs = Outputs::new(path.clone());
        let mut story = samples::story(Vec::new());
        outputs.write(&story, &cleaner).unwrap();
        assert_eq!(read(&path)["outcome"], "unfinished");
        let told: Vec<Event> = samples::passed();
        for told in &told {
            story.fold(told);
            outputs.write(&story, &cleaner).unwrap();
        }
        let known = read(&path);
        assert_eq!(known["before"], "1");
        assert_eq!(known["outcome"], "processed");
        assert_eq!(known["verdict"], "succeeded");
        assert_eq!(known["build-number"], "42");
        assert_eq!(known["url"], known["testflight-url"]);
        let all = runner::outputs(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(
            all.iter().filter(|(name, _)| name == "bundle-id").count(),
            1
        );
    }

    #[test]
    fn a_link_to_what_was_given_back_is_taken_back() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("output");
        let cleaner = Cleaner::new(Vault::default());
        let mut story = samples::story(samples::passed());
        let mut outputs = Outputs::new(path.clone());
        outputs.write(&story, &cleaner).unwrap();
        assert!(!read(&path)["testflight-url"].is_empty());
        story.testflight_url = None;
        outputs.write(&story, &cleaner).unwrap();
        let known = read(&path);
        assert_eq!((&*known["testflight-url"], &*known["url"]), ("", ""));
        assert_eq!(known["build-number"], "42");
    }

    #[test]
    fn a_value_that_holds_its_delimiter_is_refused() {
        assert!(matches!(
            entry("url", "a d b", "d"),
            Err(Error::Delimiter { name: "url" })
        ));
    }

    proptest! {
        #[test]
        fn whatever_the_plist_says_arrives_as_one_value(hostile in runner::hostile()) {
            let place = tempfile::tempdir().unwrap();
            let path = place.path().join("output");
            let cleaner = Cleaner::new(Vault::default());
            let mut story = samples::story(samples::passed());
            let package = story.package.as_mut().unwrap();
            package.build.build_number = crate::ids::BuildNumber::new(hostile.clone());
            story.testflight_url = Some(hostile.clone());
            Outputs::new(path.clone()).write(&story, &cleaner).unwrap();
            let known = read(&path);
            prop_assert_eq!(&known["build-number"], &cleaner.line(&hostile));
            prop_assert_eq!(&known["url"], &cleaner.line(&hostile));
            prop_assert_eq!(known.len(), values(&story).len());
        }
    }
}
