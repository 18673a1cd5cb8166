//! Whose key it is that App Store Connect does not take: the Enterprise Program has an API of its own, at another
//! address and for tokens of another audience, in which there are no apps, builds or uploads
//! (<https://developer.apple.com/documentation/enterpriseprogramapi>).

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use tokio::time::timeout;
use url::{Host, Url};

use crate::asc::wire::transport::Client;

const APP_STORE_CONNECT: &str = "api.appstoreconnect.apple.com";
const ENTERPRISE_PROGRAM: &str = "https://api.enterprise.developer.apple.com";
/// What every key of the program may be refused, and nobody else's is asked for.
const ANYTHING: &str = "/v1/certificates?limit=1";

/// The Enterprise Program's API beside this one. A stand-in of App Store Connect has none beside it.
pub fn beside(base_url: &Url) -> Option<Url> {
    let is_apples = base_url.host() == Some(Host::Domain(APP_STORE_CONNECT));
    is_apples.then(|| ENTERPRISE_PROGRAM.parse().expect("an address"))
}

impl Client {
    /// Whether the Enterprise Program takes the key. Asked once, after App Store Connect has refused it for good;
    /// no answer is a no.
    pub async fn is_of_the_enterprise_program(&self) -> bool {
        let Some(base_url) = &self.0.enterprise_url else {
            return false;
        };
        *self
            .0
            .is_enterprise
            .get_or_init(|| self.ask(base_url))
            .await
    }

    async fn ask(&self, base_url: &Url) -> bool {
        let token = self.0.tokens.for_the_enterprise_program();
        let (Ok(url), Ok(token)) = (base_url.join(ANYTHING), token) else {
            return false;
        };
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .expect("a token is base64 and dots");
        bearer.set_sensitive(true);
        let call = self.0.http.get(url);
        let call = call
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, bearer);
        match timeout(self.0.idle_timeout, call.send()).await {
            // A key of a lower role is refused with 403, and is the program's all the same.
            Ok(Ok(answer)) => matches!(answer.status().as_u16(), 200 | 403),
            Ok(Err(_)) | Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::*;
    use crate::asc::Error;
    use crate::asc::wire::test_server::{Server, ok, refused, settings};

    /// A client whose key App Store Connect refuses, beside an Enterprise Program that answers like this.
    async fn refusal(answer: crate::asc::wire::test_server::Reply) -> (Error, Server) {
        let no = || refused(401, "NOT_AUTHORIZED");
        let store = Server::new((0..8).map(|_| no()).collect()).await;
        let program = Server::new(vec![answer]).await;
        let mut settings = settings(&format!("http://{}", store.address));
        settings.enterprise_url = Some(format!("http://{}", program.address).parse().unwrap());
        let client = Client::new(settings).unwrap();
        let get = async || client.get::<Value>("/v1/apps", &[]).await.unwrap_err();
        let first = get().await;
        assert_eq!(first.findings(), get().await.findings());
        (first, program)
    }

    #[tokio::test]
    async fn a_key_that_the_enterprise_program_takes_is_told_that_there_is_no_testflight_for_it() {
        for answer in [ok(&json!({"data": []})), refused(403, "FORBIDDEN_ERROR")] {
            let (error, program) = refusal(answer).await;
            let found = error.findings();
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].code.as_str(), "enterprise-key");
            assert!(found[0].title.contains("no TestFlight"), "{found:?}");
            assert!(!error.is_retryable());
            let heard = program.heard();
            assert_eq!(heard.len(), 1, "it is asked once");
            assert_eq!(heard[0].line(), "GET /v1/certificates?limit=1");
            let token = heard[0].token();
            let claims = token.split('.').nth(1).unwrap();
            let claims: Value =
                serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
            assert_eq!(claims["aud"], "apple-developer-enterprise-v1");
        }
    }

    #[tokio::test]
    async fn a_key_that_nobody_takes_is_only_refused() {
        let (error, _) = refusal(refused(401, "NOT_AUTHORIZED")).await;
        assert_eq!(error.findings()[0].code.as_str(), "asc-not-authorized");
    }

    #[test]
    fn only_apples_own_address_has_the_program_beside_it() {
        let of = |text: &str| beside(&text.parse().unwrap()).map(|url| url.to_string());
        let program = format!("{ENTERPRISE_PROGRAM}/");
        assert_eq!(of("https://api.appstoreconnect.apple.com/"), Some(program));
        assert_eq!(of("http://127.0.0.1:8080/"), None);
        assert_eq!(of("https://proxy.example.com/"), None);
    }
}
