//! What GitHub is to be told, and what its token must be allowed to do for that.

use crate::github::Scope;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The comment on the pull request.
    pub comment: bool,
    /// Changes that can be taken over with one click, beside the comment.
    pub suggestions: bool,
    /// The commit status.
    pub status: bool,
    /// The check run, at the end.
    pub check_run: bool,
}

impl Wanted {
    /// Whether anything is.
    pub fn anything(self) -> bool {
        self.comment || self.status || self.check_run
    }

    /// What the token must be allowed to write.
    pub fn scopes(self) -> Vec<Scope> {
        [
            (self.comment, Scope::PullRequests),
            (self.status, Scope::Statuses),
            (self.check_run, Scope::Checks),
        ]
        .into_iter()
        .filter_map(|(is_wanted, scope)| is_wanted.then_some(scope))
        .collect()
    }
}
