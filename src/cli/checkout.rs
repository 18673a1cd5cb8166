//! Where the user's repository is: the workflow's workspace, else whatever the current directory is in.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cli::environment::Environment;
use crate::github::Context;
use crate::locate::Repository;
use crate::plan::Begun;

/// The root of the workflow's repository, else of the one that the current directory is in.
pub fn root(environment: &Environment) -> Option<PathBuf> {
    environment
        .get("GITHUB_WORKSPACE")
        .map(PathBuf::from)
        .or_else(|| repository_above(&std::env::current_dir().ok()?))
}

/// The repository that findings are located in.
pub fn repository(environment: &Environment) -> Option<Repository> {
    let root = root(environment)?;
    let workflow = environment
        .get("GITHUB_WORKFLOW_REF")
        .and_then(workflow_path);
    Some(Repository::open(&root).with_workflow(workflow))
}

/// Since when a package can be of a workflow's run: its checkout, or without one the commit that GitHub names. On a
/// person's machine a package may well be older than the last checkout.
pub fn begun(environment: &Environment, context: Option<&Context>) -> Option<Begun> {
    if !environment.says("GITHUB_ACTIONS") {
        return None;
    }
    let committed = || context?.committed.map(Begun::Committed);
    let checked_out = checked_out(environment).map(Begun::CheckedOut);
    checked_out.or_else(committed)
}

/// What git wrote when it checked out, the older of two files, as later steps may write either again.
fn checked_out(environment: &Environment) -> Option<SystemTime> {
    let workspace = environment.get("GITHUB_WORKSPACE")?;
    let git = Path::new(workspace).join(".git");
    let written = |name: &str| git.join(name).metadata().ok()?.modified().ok();
    let times = ["HEAD", "FETCH_HEAD"].into_iter().filter_map(written);
    times.min()
}

/// The nearest directory, upwards, that holds a `.git`.
fn repository_above(directory: &Path) -> Option<PathBuf> {
    directory
        .ancestors()
        .find(|ancestor| ancestor.join(".git").exists())
        .map(Path::to_owned)
}

/// `owner/name/.github/workflows/ship.yml@refs/heads/main` names the file from the root.
fn workflow_path(reference: &str) -> Option<String> {
    let path = reference.split('@').next()?;
    let at = path.find(".github/workflows/")?;
    Some(path[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflows_file_is_read_from_its_reference() {
        assert_eq!(
            workflow_path("octo/app/.github/workflows/ship.yml@refs/heads/main").as_deref(),
            Some(".github/workflows/ship.yml")
        );
        assert_eq!(workflow_path("nonsense"), None);
    }
}
