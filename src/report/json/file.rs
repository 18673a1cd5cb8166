//! A file for machines that an option names: whole at any time, written anew as more is known.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::report::error::Error;
use crate::report::files;
use crate::report::json::{receipt, v1};
use crate::report::story::Story;
use crate::report::words::clean::Cleaner;

/// What such a file is, it says in its first bytes.
const HEAD: u64 = 256;

/// What stands in a file, and which option names it.
#[derive(Clone, Copy)]
pub struct Contents {
    /// The option.
    pub option: &'static str,
    /// Its words for people.
    pub name: &'static str,
    /// How the name of its schema begins, whatever the version.
    schema: &'static str,
    render: fn(&Story, &Cleaner) -> String,
}

/// `--report FILE`
pub const REPORT: Contents = Contents {
    option: "--report",
    name: "the report",
    schema: "jetway.report/",
    render: v1::render,
};

/// `--receipt FILE`
pub const RECEIPT: Contents = Contents {
    option: "--receipt",
    name: "the receipt",
    schema: "jetway.receipt/",
    render: receipt::render,
};

/// A file that an option names.
pub struct File {
    /// What stands in it.
    pub contents: Contents,
    path: PathBuf,
    kind: Kind,
}

enum Kind {
    /// Replaced as a whole, so that nobody ever reads half of it.
    File,
    /// A device or a pipe: written once, at the end.
    Stream,
}

impl File {
    /// Opens it by writing what is known, which is little: an unwritable path is found now
    /// and not after the upload.
    pub fn open(
        contents: Contents,
        path: PathBuf,
        story: &Story,
        cleaner: &Cleaner,
    ) -> Result<Self, Error> {
        let option = contents.option;
        let failed = |source: io::Error| Error::File {
            option,
            path: path.clone(),
            source,
        };
        let folder = folder(&path);
        fs::create_dir_all(folder).map_err(|source| Error::NoFolder {
            option,
            folder: folder.to_owned(),
            source,
        })?;
        let (path, kind) = match fs::metadata(&path) {
            Ok(found) if found.is_dir() => return Err(Error::IsFolder { option, path }),
            // A link is followed now, so that it is not replaced by a file.
            Ok(found) if found.is_file() => {
                let mut file = OpenOptions::new()
                    .read(true)
                    .append(true)
                    .open(&path)
                    .map_err(failed)?;
                if !is_ours(&mut file, contents.schema).map_err(failed)? {
                    return Err(Error::NotOurs { option, path });
                }
                (fs::canonicalize(&path).map_err(failed)?, Kind::File)
            }
            Ok(_) => (path, Kind::Stream),
            Err(_) => (path, Kind::File),
        };
        let mut file = Self {
            contents,
            path,
            kind,
        };
        file.write(story, cleaner)?;
        Ok(file)
    }

    /// Writes what is known by now.
    pub fn write(&mut self, story: &Story, cleaner: &Cleaner) -> Result<(), Error> {
        let text = (self.contents.render)(story, cleaner);
        let written = match self.kind {
            Kind::File => replace(&self.path, &text),
            Kind::Stream if story.ending.is_none() => Ok(()),
            Kind::Stream => files::to_write(&self.path)
                .and_then(|mut stream| files::write(&mut stream, text.as_bytes())),
        };
        written.map_err(|source| Error::File {
            option: self.contents.option,
            path: self.path.clone(),
            source,
        })
    }
}

/// Whether the file is empty or an earlier one of its kind. Whatever else it is, it is not ours to replace.
fn is_ours(file: &mut fs::File, schema: &str) -> io::Result<bool> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let dense: String = head.split_whitespace().collect();
    Ok(dense.is_empty() || dense.starts_with(&format!("{{\"schema\":\"{schema}")))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

/// Writes a new file beside the old one and puts it in its place.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".jetway-");
    // There is no secret in it; whoever may read the folder's files may read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder(path))?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::samples;
    use crate::secret::Vault;

    fn cleaner() -> Cleaner {
        Cleaner::new(Vault::default())
    }

    #[test]
    fn a_killed_run_leaves_a_whole_report_of_an_unfinished_run() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("report.json");
        File::open(
            REPORT,
            path.clone(),
            &samples::story(Vec::new()),
            &cleaner(),
        )
        .unwrap();
        let report: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(report["outcome"], "unfinished");
        assert_eq!(report["verdict"], "unknown");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_of_something_else_stays_as_it_is_and_a_report_is_replaced() {
        let place = tempfile::tempdir().unwrap();
        let open = |path: &Path| {
            File::open(
                REPORT,
                path.to_owned(),
                &samples::story(Vec::new()),
                &cleaner(),
            )
            .map(|_| ())
        };
        for (name, bytes) in [
            ("AuthKey.p8", &b"-----BEGIN PRIVATE KEY-----\n"[..]),
            ("App.ipa", b"PK\x03\x04\xff\xfe"),
            ("package.json", b"{\"name\":\"app\"}"),
            ("notes.txt", b"{\"schema\": \"something/v1\"}"),
        ] {
            let path = place.path().join(name);
            fs::write(&path, bytes).unwrap();
            assert!(matches!(open(&path), Err(Error::NotOurs { .. })), "{name}");
            assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        }
        let ours = place.path().join("report.json");
        open(&ours).unwrap();
        open(&ours).unwrap();
        fs::write(&ours, " \n").unwrap();
        open(&ours).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_that_nobody_reads_keeps_nobody_waiting() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &path,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let story = samples::story(samples::passed());
        let opened = File::open(REPORT, path, &story, &cleaner());
        assert!(matches!(opened, Err(Error::File { .. })));
    }

    #[test]
    fn a_folder_is_no_report() {
        let place = tempfile::tempdir().unwrap();
        let result = File::open(
            REPORT,
            place.path().to_owned(),
            &samples::story(Vec::new()),
            &cleaner(),
        );
        assert!(matches!(result, Err(Error::IsFolder { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_device_stays_a_device() {
        let place = tempfile::tempdir().unwrap();
        let (target, link) = (place.path().join("target"), place.path().join("link"));
        fs::write(&target, "").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        File::open(
            REPORT,
            link.clone(),
            &samples::story(Vec::new()),
            &cleaner(),
        )
        .unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(
            fs::read_to_string(&target)
                .unwrap()
                .contains("jetway.report/v1")
        );

        let story = samples::story(samples::passed());
        let device = PathBuf::from("/dev/null");
        File::open(REPORT, device.clone(), &story, &cleaner()).unwrap();
        assert!(!fs::metadata(device).unwrap().is_file());
    }
}
