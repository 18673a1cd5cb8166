//! What a text is that should have been an API key, one sentence each, and what to do about it.

use thiserror::Error;

/// Why a text is no usable App Store Connect API key. The sentence never holds a piece of the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyProblem {
    /// Nothing but space.
    #[error("the API key is empty")]
    Empty,
    /// `${{ secrets.X }}` or `$VAR` as it was written, not what it stands for.
    #[error("the API key is a placeholder that nobody filled in: {0}")]
    NotExpanded(String),
    /// A path instead of what is in the file.
    #[error("the API key is a path to a file, not the content of the file")]
    FilePath,
    /// The end, or all but a line, is missing.
    #[error("the API key is cut off: its beginning is right, but not all of it is there")]
    Truncated,
    /// An RSA private key.
    #[error("this is an RSA private key; App Store Connect keys are P-256 keys in a .p8 file")]
    Rsa,
    /// An elliptic-curve key of another curve.
    #[error("this is an elliptic-curve key on {0}; App Store Connect keys are on P-256")]
    OtherCurve(&'static str),
    /// Ed25519, DSA and the like, or an OpenSSH key.
    #[error("this is a private key of another algorithm; App Store Connect keys are P-256 keys")]
    OtherAlgorithm,
    /// A certificate.
    #[error("this is a certificate, not a private key")]
    Certificate,
    /// A certificate signing request.
    #[error("this is a certificate signing request, not a private key")]
    SigningRequest,
    /// The public half.
    #[error("this is a public key; the private key is needed")]
    PublicKey,
    /// A key behind a password.
    #[error("this private key is encrypted with a password")]
    Encrypted,
    /// A signing identity.
    #[error("this is a .p12 file, which signs apps; it is not an App Store Connect API key")]
    Pkcs12,
    /// A provisioning profile.
    #[error("this is a provisioning profile, not an App Store Connect API key")]
    ProvisioningProfile,
    /// A JSON document without a usable key in it.
    #[error("this is a JSON document without an App Store Connect key under \"key\"")]
    Json,
    /// A signed token.
    #[error("this is a token that was made with a key (a JWT), not the key itself")]
    Token,
    /// The ten characters that name a key.
    #[error("this is the id of a key, not the key itself")]
    KeyId,
    /// The UUID that names a team.
    #[error("this is an issuer id, not the key")]
    IssuerId,
    /// It reads like a P-256 key, but it does not sign.
    #[error("this has the form of a P-256 key, but nothing can be signed with it; it is damaged")]
    Damaged,
    /// None of these.
    #[error("this is no private key in any form that is known here ({0} characters)")]
    Unrecognised(usize),
}

impl KeyProblem {
    /// What to do, one step each.
    pub fn fix(&self) -> Vec<&'static str> {
        const PASTE: &str = "paste the whole AuthKey_….p8 file, or its base64, into the secret";
        match self {
            Self::Empty => vec![
                "put the key into the environment variable JETWAY_API_KEY, or name its file with --api-key-path",
                "in a workflow, check the name of the secret, and that this workflow may read it; a pull request from a fork gets no secrets",
                PASTE,
            ],
            Self::NotExpanded(_) => vec![
                "pass the secret through `with:` or `env:` of the step, where ${{ … }} is filled in; in a shell, use double quotes around $VARIABLE",
            ],
            Self::FilePath => vec![
                "pass the path as --api-key-path, or give the content of the file instead of its path",
            ],
            Self::Truncated => vec![
                "copy the file again as a whole, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----",
                "where lines get lost, paste one line of base64: base64 < AuthKey_….p8 | tr -d '\\n'",
            ],
            Self::Rsa
            | Self::OtherCurve(_)
            | Self::OtherAlgorithm
            | Self::Certificate
            | Self::SigningRequest
            | Self::PublicKey
            | Self::Pkcs12
            | Self::ProvisioningProfile
            | Self::Json
            | Self::Token => vec![
                "make an API key in App Store Connect under Users and Access, Integrations, and download its .p8 file (Apple lets you download it once)",
                PASTE,
            ],
            Self::Encrypted => vec![
                "take the password off: openssl pkcs8 -in key.p8 -out AuthKey.p8 -topk8 -nocrypt",
                PASTE,
            ],
            Self::KeyId => vec!["give this as --api-key-id", PASTE],
            Self::IssuerId => vec!["give this as --api-issuer-id", PASTE],
            Self::Damaged => vec![
                "download or copy the .p8 file again; if it was lost, revoke the key in App Store Connect and make a new one",
            ],
            Self::Unrecognised(_) => vec![PASTE],
        }
    }
}
