//! From what a finding is about to the file and line in the user's repository: exact, or none.
