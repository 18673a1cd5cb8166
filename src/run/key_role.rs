//! What a key may do by the role that it seems to have, and what that means for what is wanted. Pure.

use crate::asc::abilities::Role;
use crate::plan::Purpose;

/// Something that a key may or may not do.
pub struct Capability {
    /// In people's words.
    pub name: &'static str,
    /// For reports.
    pub id: &'static str,
    /// What it is wanted for.
    pub purpose: Purpose,
    /// The lowest role that may: <https://developer.apple.com/support/roles/>.
    pub needs: Role,
    /// Whether an individual key may not, whatever its role.
    pub is_of_teams: bool,
}

const fn capability(
    name: &'static str,
    id: &'static str,
    purpose: Purpose,
    needs: Role,
) -> Capability {
    Capability {
        name,
        id,
        purpose,
        needs,
        is_of_teams: false,
    }
}

const fn of_teams(name: &'static str, id: &'static str) -> Capability {
    Capability {
        is_of_teams: true,
        ..capability(name, id, Purpose::Certificates, Role::Admin)
    }
}

/// All that is told.
pub const CAPABILITIES: [Capability; 7] = [
    capability("upload builds", "upload", Purpose::Upload, Role::Developer),
    capability(
        "manage builds and testers",
        "testflight",
        Purpose::TestFlight,
        Role::AppManager,
    ),
    capability(
        "change the App Store's texts",
        "metadata",
        Purpose::AppStore,
        Role::AppManager,
    ),
    capability(
        "submit to the App Store",
        "submit",
        Purpose::AppStore,
        Role::AppManager,
    ),
    of_teams("make certificates", "certificates"),
    of_teams("make profiles", "profiles"),
    of_teams("register bundle identifiers", "bundle-ids"),
];

/// Whether a key may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// It may.
    Yes,
    /// It may not.
    No,
    /// It can't be told without trying.
    Unclear,
}

impl May {
    /// For reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
        }
    }
}

impl Capability {
    /// Whether a key with this role may.
    pub fn of(&self, role: Role, is_individual: bool) -> May {
        match role {
            _ if is_individual && self.is_of_teams => May::No,
            Role::Unknown => May::Unclear,
            // Roles that only look can't be told from it.
            Role::Developer if self.needs == Role::Developer => May::Unclear,
            role if role >= self.needs => May::Yes,
            Role::Developer | Role::AppManager | Role::Admin => May::No,
        }
    }
}

/// The role as Apple calls it.
pub fn name(role: Role) -> &'static str {
    match role {
        Role::Unknown => "unknown",
        Role::Developer => "Developer",
        Role::AppManager => "App Manager",
        Role::Admin => "Admin",
    }
}

/// What was seen, in one careful sentence.
pub fn sentence(role: Role) -> &'static str {
    match role {
        Role::Unknown => {
            "As far as can be told, nothing: what the key may do could not be found out."
        }
        Role::Developer => {
            "As far as can be told, the key's role is Developer or less: it may not manage an app. Marketing, Sales and \
             Customer Support may not upload; a Developer may."
        }
        Role::AppManager => "As far as can be told, the key's role is App Manager.",
        Role::Admin => "As far as can be told, the key's role is Admin.",
    }
}

/// The highest of the roles that are needed.
pub fn needed(purposes: &[Purpose]) -> Role {
    let wanted = CAPABILITIES
        .iter()
        .filter(|one| purposes.contains(&one.purpose));
    wanted.map(|one| one.needs).max().unwrap_or(Role::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(role: Role, is_individual: bool) -> String {
        let of = |one: &Capability| match one.of(role, is_individual) {
            May::Yes => 'y',
            May::No => 'n',
            May::Unclear => '?',
        };
        CAPABILITIES.iter().map(of).collect()
    }

    #[test]
    fn each_role_may_what_apple_says_of_it() {
        assert_eq!(row(Role::Admin, false), "yyyyyyy");
        assert_eq!(row(Role::AppManager, false), "yyyynnn");
        assert_eq!(row(Role::Developer, false), "?nnnnnn");
        assert_eq!(row(Role::Unknown, false), "???????");
        assert_eq!(row(Role::Admin, true), "yyyynnn");
    }

    #[test]
    fn the_most_demanding_purpose_decides() {
        assert_eq!(needed(&[]), Role::Unknown);
        assert_eq!(needed(&[Purpose::Upload]), Role::Developer);
        assert_eq!(
            needed(&[Purpose::Upload, Purpose::AppStore]),
            Role::AppManager
        );
        assert_eq!(needed(&[Purpose::Certificates]), Role::Admin);
    }
}
