//! Tokens, minted before they run out and shared by everybody who asks.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jsonwebtoken::{Algorithm, Header};
use serde::Serialize;
use thiserror::Error;

use crate::credentials::api_key::ApiKey;
use crate::credentials::identity::KeyIdentity;
use crate::host::clock::Clock;
use crate::ids::IssuerId;
use crate::secret::{Secret, Vault};

/// From `iat` to `exp`. Apple allows 20 minutes; a clock that is half a minute off must not matter.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// `iat` lies this far back, because Apple refuses a token from the future.
const BACK_DATED: u64 = 60;

/// A token with less than this left is not handed out, so that a slow request does not outlive it.
const SPARE: u64 = 75;

/// A `Date` header has whole seconds and takes a while to arrive.
const JITTER: u64 = 10;

const AUDIENCE: &str = "appstoreconnect-v1";
/// The same of the Enterprise Program's API, which takes no other
/// (<https://developer.apple.com/documentation/enterpriseprogramapi>).
const ENTERPRISE_AUDIENCE: &str = "apple-developer-enterprise-v1";

/// Why no token could be made.
#[derive(Debug, Error)]
pub enum Error {
    /// The key did not sign.
    #[error("a token for App Store Connect could not be signed")]
    Sign(#[source] jsonwebtoken::errors::Error),
}

/// Where requests get their token from. Clones share one token.
#[derive(Clone)]
pub struct TokenSource(Arc<Shared>);

struct Shared {
    key: ApiKey,
    identity: KeyIdentity,
    clock: Clock,
    vault: Vault,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    minted: Option<Minted>,
    /// Seconds that the server's clock is ahead of ours.
    ahead: i64,
}

struct Minted {
    token: Secret,
    issued: u64,
    expires: u64,
}

#[derive(Serialize)]
struct Claims<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'static str>,
    iat: u64,
    exp: u64,
    aud: &'static str,
}

impl TokenSource {
    /// Tokens of this key, dated by this clock. The key and each token go into the vault.
    pub fn new(key: ApiKey, identity: KeyIdentity, clock: Clock, vault: Vault) -> Self {
        vault.keep(&key.as_secret());
        Self(Arc::new(Shared {
            key,
            identity,
            clock,
            vault,
            state: Mutex::default(),
        }))
    }

    /// The token in use, or a new one where that has little time left.
    pub fn token(&self) -> Result<Secret, Error> {
        let mut state = self.lock();
        let now = self.server_time(state.ahead);
        match &state.minted {
            Some(minted) if minted.issued <= now && now + SPARE < minted.expires => {
                Ok(minted.token.clone())
            }
            _ => self.mint(&mut state),
        }
    }

    /// A token other than the one that was refused: a new one, unless somebody else has minted it
    /// already.
    pub fn renew(&self, refused: &Secret) -> Result<Secret, Error> {
        {
            let mut state = self.lock();
            if state
                .minted
                .as_ref()
                .is_some_and(|minted| minted.token == *refused)
            {
                return self.mint(&mut state);
            }
        }
        self.token()
    }

    /// Dates tokens by a server whose clock is `ahead` seconds ahead of ours (behind, if negative).
    /// Says whether that is news: a few seconds more or less come from the network.
    pub fn adjust(&self, ahead: i64) -> bool {
        let mut state = self.lock();
        let is_news = state.ahead.abs_diff(ahead) > JITTER;
        if is_news {
            state.ahead = ahead;
            state.minted = None;
        }
        is_news
    }

    /// A token for the Enterprise Program's API, for one question.
    pub fn for_the_enterprise_program(&self) -> Result<Secret, Error> {
        let issued = self.server_time(self.lock().ahead);
        self.sign(issued.saturating_sub(BACK_DATED), ENTERPRISE_AUDIENCE)
    }

    fn mint(&self, state: &mut State) -> Result<Secret, Error> {
        let issued = self.server_time(state.ahead).saturating_sub(BACK_DATED);
        let token = self.sign(issued, AUDIENCE)?;
        state.minted = Some(Minted {
            token: token.clone(),
            issued,
            expires: issued + LIFETIME.as_secs(),
        });
        Ok(token)
    }

    fn sign(&self, issued: u64, audience: &'static str) -> Result<Secret, Error> {
        let shared = &self.0;
        let issuer = shared.identity.issuer_id.as_ref();
        let claims = Claims {
            iss: issuer.map(IssuerId::as_str),
            sub: issuer.is_none().then_some("user"),
            iat: issued,
            exp: issued + LIFETIME.as_secs(),
            aud: audience,
        };
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(shared.identity.key_id.to_string());
        let token = jsonwebtoken::encode(&header, &claims, shared.key.signing())
            .map(Secret::new)
            .map_err(Error::Sign)?;
        shared.vault.keep(&token);
        Ok(token)
    }

    fn server_time(&self, ahead: i64) -> u64 {
        self.0.clock.unix_seconds().saturating_add_signed(ahead)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::KeyId;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use jsonwebtoken::{DecodingKey, Validation};
    use serde_json::Value;
    use std::time::SystemTime;

    const START: u64 = 1_790_000_000;

    struct Bench {
        tokens: TokenSource,
        clock: Clock,
        public: Vec<u8>,
        vault: Vault,
    }

    fn bench(issuer: Option<&str>) -> Bench {
        let pair = crate::credentials::api_key::tests::generated();
        let key = ApiKey::parse(&STANDARD.encode(pair.serialized_der())).unwrap();
        let identity = KeyIdentity {
            key_id: KeyId::new("2X9R4HXF34"),
            issuer_id: issuer.map(IssuerId::new),
        };
        let clock = Clock::starting_at(SystemTime::UNIX_EPOCH + Duration::from_secs(START));
        let vault = Vault::default();
        Bench {
            tokens: TokenSource::new(key, identity, clock.clone(), vault.clone()),
            clock,
            public: pair.public_key_raw().to_vec(),
            vault,
        }
    }

    fn part(token: &Secret, index: usize) -> Value {
        let part = token.expose().split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_teams_token_says_what_apple_asks_for_and_is_signed() {
        let bench = bench(Some("57246542-96fe-1a63-e053-0824d011072a"));
        let token = bench.tokens.token().unwrap();
        assert_eq!(
            part(&token, 0),
            serde_json::json!({"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"})
        );
        assert_eq!(
            part(&token, 1),
            serde_json::json!({
                "iss": "57246542-96fe-1a63-e053-0824d011072a",
                "iat": START - 60,
                "exp": START + 840,
                "aud": "appstoreconnect-v1",
            })
        );
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_exp = false;
        let key = DecodingKey::from_ec_der(&bench.public);
        jsonwebtoken::decode::<Value>(token.expose(), &key, &validation)
            .expect("signed by the key");
    }

    #[tokio::test(start_paused = true)]
    async fn a_persons_token_has_a_subject_and_no_issuer() {
        let claims = part(&bench(None).tokens.token().unwrap(), 1);
        assert_eq!(claims["sub"], "user");
        assert_eq!(claims.get("iss"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_of_two_hours_always_has_a_valid_token_and_few_of_them() {
        let bench = bench(None);
        let mut seen: Vec<Secret> = Vec::new();
        for _ in 0..=240 {
            let token = bench.tokens.token().unwrap();
            let claims = part(&token, 1);
            let now = bench.clock.unix_seconds();
            let (issued, expires) = (
                claims["iat"].as_u64().unwrap(),
                claims["exp"].as_u64().unwrap(),
            );
            assert!(issued <= now - 60 && expires > now + SPARE, "at {now}");
            assert!(expires <= now + 15 * 60 && expires - issued == 15 * 60);
            if seen.last() != Some(&token) {
                seen.push(token);
            }
            tokio::time::advance(Duration::from_secs(30)).await;
        }
        assert!((9..=11).contains(&seen.len()), "{} tokens", seen.len());
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_token_is_replaced_once_for_everybody() {
        let bench = bench(None);
        let other = bench.tokens.clone();
        let refused = bench.tokens.token().unwrap();
        tokio::time::advance(Duration::from_secs(5)).await;
        let fresh = bench.tokens.renew(&refused).unwrap();
        assert_ne!(fresh, refused);
        assert_eq!(other.renew(&refused).unwrap(), fresh);
        assert_eq!(other.token().unwrap(), fresh);
    }

    #[tokio::test(start_paused = true)]
    async fn a_measured_skew_dates_the_next_token() {
        let bench = bench(None);
        let before = bench.tokens.token().unwrap();
        assert!(bench.tokens.adjust(-300));
        let after = bench.tokens.token().unwrap();
        assert_ne!(before, after);
        assert_eq!(part(&after, 1)["iat"], START - 360);
        assert!(!bench.tokens.adjust(-302));
        assert_eq!(bench.tokens.token().unwrap(), after);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_jumps_back_gets_a_new_token() {
        let bench = bench(None);
        bench.tokens.adjust(7_200);
        let early = bench.tokens.token().unwrap();
        bench.tokens.adjust(0);
        assert_ne!(bench.tokens.token().unwrap(), early);
    }

    #[tokio::test(start_paused = true)]
    async fn tokens_and_key_are_in_the_vault_and_in_no_debug() {
        let bench = bench(None);
        let token = bench.tokens.token().unwrap();
        assert_eq!(bench.vault.redact(token.expose()), "***");
        assert_eq!(format!("{:?}", bench.tokens), "TokenSource(***)");
    }
}
