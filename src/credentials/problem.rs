//! What a text is that should have been an API key, one sentence each.

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
