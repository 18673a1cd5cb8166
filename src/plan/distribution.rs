//! What a build is given to testers with.

/// What is done for testers once Apple has processed the build. Nothing of it is done unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// Names or ids of the groups that get the build.
    pub groups: Vec<String>,
    /// What to test, in each language.
    pub notes: Vec<Notes>,
    /// The answer to the question on encryption.
    pub encryption: Option<bool>,
    /// Whether testers are told of the build by themselves.
    pub notifies: Option<bool>,
    /// Whether the build is submitted to the beta review.
    pub beta_review: bool,
    /// Whether another build of the version may be taken out of the beta review for it.
    pub replaces_in_review: bool,
    /// Whether the testing of older builds ends.
    pub expires_previous: bool,
}

/// A text in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    /// Such as `de-DE`; `None` is the app's first language.
    pub locale: Option<String>,
    /// The text.
    pub text: String,
}

impl Distribution {
    /// Whether nothing is to be done.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
