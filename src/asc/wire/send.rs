//! One call on its way: signed, made, judged, made again where that is right, and told about.

use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use tokio::time::{sleep, timeout};

use crate::asc::wire::answer::{self, Answer, errors_or_start};
use crate::asc::wire::error::{Call, Error, Refusal, SKEW_WORTH_NAMING, skew_sentence};
use crate::asc::wire::rate_limit::RateLimit;
use crate::asc::wire::transport::{Client, Request};
use crate::asc::wire::verdict::{ATTEMPTS, Tries, Verdict, judge, policy};
use crate::event::{ApiCall, Event};
use crate::http::address::is_loopback;
use crate::http::fault::Fault;
use crate::http::retry::{self, Heard, Pause, Policy};
use crate::secret::Secret;
use crate::text;

/// In seconds. A clock that is further off is somebody's mistake, or a server that wants tokens for a day to
/// come.
const LARGEST_CORRECTION: u64 = 24 * 60 * 60;
/// No pause of our own before a call is longer than the first one between tries, so many times.
const SLOWEST: u32 = 60;

/// A pause from here on is worth a word.
const PAUSE_WORTH_NAMING: Duration = Duration::from_secs(5);

impl Client {
    pub async fn send(&self, request: &Request) -> Result<Answer, Error> {
        let mut tries = Tries::default();
        let mut token = self.0.tokens.token()?;
        self.go_slowly().await;
        loop {
            let result = self.once(request, &token).await;
            self.tell(request, &result);
            let Some(heard) = self.heard(&result) else {
                return result;
            };
            let pause = match judge(request.method, heard, tries, self.policy(heard)) {
                Verdict::Common(retry::Verdict::Done) => return result,
                Verdict::Common(retry::Verdict::GiveUp) => {
                    return self.refuse(request, result?).await;
                }
                Verdict::Common(retry::Verdict::Again(pause)) if !self.has_time_for(pause) => {
                    self.0.events.note(format!(
                        "waiting {} s more would make it more than an hour that this run waits because Apple asks for it; \
                         {} is not tried again",
                        pause.length().as_secs(),
                        request.call()
                    ));
                    return self.refuse(request, result?).await;
                }
                Verdict::Common(retry::Verdict::Again(pause)) => {
                    tries.failed += 1;
                    pause
                }
                Verdict::Renew(pause) => {
                    tries.unauthorized += 1;
                    self.set_clock_right(&result);
                    token = self.0.tokens.renew(&token)?;
                    self.pause(request, pause).await;
                    continue;
                }
            };
            self.pause(request, pause).await;
            token = self.0.tokens.token()?;
        }
    }

    /// Goes slowly where little is left of the hour's calls; all stages of a run share the client, and so this.
    async fn go_slowly(&self) {
        let pace = self.limit().map(RateLimit::pace).unwrap_or_default();
        sleep(pace.min(self.0.first_pause * SLOWEST)).await;
    }

    async fn once(&self, request: &Request, token: &Secret) -> Result<Answer, Error> {
        let call = || request.call();
        let sending = self.0.http.execute(self.build(request, token)?);
        let response = timeout(request.patience, sending)
            .await
            .map_err(|_| Error::Silent {
                call: call(),
                patience: request.patience,
            })?
            .map_err(|source| broken(call(), source))?;
        answer::whole(response, request.patience, call).await
    }

    fn build(&self, request: &Request, token: &Secret) -> Result<reqwest::Request, Error> {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .expect("a token is base64 and dots");
        bearer.set_sensitive(true);
        let mut builder = self
            .0
            .http
            .request(request.method.into(), request.url.clone())
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, bearer);
        if let Some(body) = &request.body {
            builder = builder
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        builder.build().map_err(|source| Error::Setup {
            reason: format!("{} can't be asked", request.call()),
            source: Some(source.without_url()),
        })
    }

    fn tell(&self, request: &Request, result: &Result<Answer, Error>) {
        let answer = result.as_ref().ok();
        self.0.events.send(Event::ApiCall(ApiCall {
            method: request.method.name(),
            path: request.path.clone(),
            status: answer.map(|answer| answer.status),
        }));
        let Some(new) = answer
            .and_then(|answer| answer.headers.get("x-rate-limit")?.to_str().ok())
            .and_then(RateLimit::parse)
        else {
            return;
        };
        let before = self.limit().replace(new);
        if new.is_nearly_used_up() && !before.is_some_and(RateLimit::is_nearly_used_up) {
            self.0.events.note(format!(
                "this API key has {} of {} calls left in this hour; going slowly",
                new.remaining, new.limit
            ));
        }
    }

    /// What the verdict needs to know; nothing, where asking again can't help.
    fn heard(&self, result: &Result<Answer, Error>) -> Option<Heard> {
        let fault = match result {
            Ok(answer) => {
                self.0.met.store(true, Ordering::Relaxed);
                return Some(Heard::Answer {
                    status: answer.status,
                    retry_after: answer.retry_after(&self.0.clock),
                });
            }
            Err(Error::NotSent { .. }) => Fault::NotConnected,
            Err(Error::Untrusted { .. }) => Fault::Untrusted,
            Err(Error::Lost { .. }) => Fault::Lost,
            Err(Error::Silent { .. } | Error::Slow { .. }) => Fault::Silent,
            Err(
                Error::Setup { .. }
                | Error::Token(_)
                | Error::TooLarge { .. }
                | Error::Refused(_)
                | Error::NotUnderstood { .. }
                | Error::Endless { .. }
                | Error::Astray { .. },
            ) => return None,
        };
        Some(Heard::Broken(fault))
    }

    /// Nobody listening at loopback is no trouble of the network, so it is not waited out.
    fn policy(&self, heard: Heard) -> Policy {
        let is_vacant = heard == Heard::Broken(Fault::NotConnected)
            && is_loopback(&self.0.base_url)
            && !self.0.met.load(Ordering::Relaxed);
        let attempts = if is_vacant { 2 } else { ATTEMPTS };
        policy(attempts, self.0.first_pause)
    }

    /// Whether a pause that the server asks for fits into what one run waits in all.
    fn has_time_for(&self, pause: Pause) -> bool {
        match pause {
            Pause::Told(length) => self.0.waits.has_room_for(length),
            Pause::About(_) => true,
        }
    }

    async fn pause(&self, request: &Request, pause: Pause) {
        if let Pause::Told(length) = pause
            && length >= PAUSE_WORTH_NAMING
        {
            self.0.events.note(format!(
                "App Store Connect asks to wait {} s before {} is tried again",
                length.as_secs(),
                request.call()
            ));
        }
        sleep(pause.length()).await;
    }

    /// After a 401: dates tokens by Apple's clock where ours is off.
    fn set_clock_right(&self, result: &Result<Answer, Error>) {
        let skew = result.as_ref().ok().and_then(|answer| self.skew(answer));
        let skew = skew.filter(|skew| skew.unsigned_abs() <= LARGEST_CORRECTION);
        // Once: whoever answers at this address must not collect tokens for one time after another.
        if let Some(skew) = skew
            && !self.0.is_corrected.swap(true, Ordering::Relaxed)
            && self.0.tokens.adjust(skew)
        {
            self.0.events.note(format!(
                "{}; tokens are dated by Apple's clock from here on",
                skew_sentence(skew)
            ));
        }
    }

    /// Seconds that the server's clock is ahead of ours, from a minute on.
    fn skew(&self, answer: &Answer) -> Option<i64> {
        let theirs = answer.date()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let ours = i64::try_from(self.0.clock.unix_seconds()).ok()?;
        let skew = i64::try_from(theirs.as_secs()).ok()? - ours;
        (skew.unsigned_abs() >= SKEW_WORTH_NAMING).then_some(skew)
    }

    /// The answer is no, and stays so.
    async fn refuse(&self, request: &Request, answer: Answer) -> Result<Answer, Error> {
        let mut refusal = self.refusal(request, &answer);
        refusal.is_enterprise = answer.status == 401 && self.is_of_the_enterprise_program().await;
        Err(Error::Refused(Box::new(refusal)))
    }

    fn refusal(&self, request: &Request, answer: &Answer) -> Refusal {
        let (errors, start) = errors_or_start(&answer.body);
        let header = |name| answer.headers.get(name)?.to_str().ok().map(text::lines);
        Refusal {
            call: request.call(),
            status: answer.status,
            errors,
            request_id: header("x-request-id").or_else(|| header("x-apple-jingle-correlation-key")),
            start,
            skew: (answer.status == 401).then(|| self.skew(answer)).flatten(),
            retry_after: answer.retry_after(&self.0.clock),
            is_enterprise: false,
        }
    }
}

/// The error of a call to which no answer began.
pub fn broken(call: Call, source: reqwest::Error) -> Error {
    let source = source.without_url();
    match Fault::of(&source) {
        Fault::NotConnected => Error::NotSent { call, source },
        Fault::Untrusted => Error::Untrusted { call, source },
        Fault::Lost | Fault::Silent => Error::Lost { call, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::answer::LARGEST_ANSWER;
    use crate::asc::wire::document::Page;
    use crate::asc::wire::page;
    use crate::asc::wire::test_server::{NOW, Reply, Server, ok, refused, settings, status};
    use crate::http::client::USER_AGENT;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    #[derive(Debug, Default, serde::Deserialize)]
    struct Nothing {}

    async fn get(client: &Client) -> Result<Value, Error> {
        client
            .get("/v1/apps", &[("filter[bundleId]", "a.b"), ("limit", "1")])
            .await
    }

    async fn post(client: &Client) -> Result<Value, Error> {
        client.post("/v1/buildUploads", &json!({"data": {}})).await
    }

    #[tokio::test]
    async fn a_call_says_who_asks_and_what_for() {
        let server = Server::new(vec![ok(&json!({})), ok(&json!({}))]).await;
        get(&server.client()).await.unwrap();
        post(&server.client()).await.unwrap();
        let heard = server.heard();
        assert_eq!(heard[0].line(), "GET /v1/apps?filter[bundleId]=a.b&limit=1");
        assert!(heard[0].token().starts_with("Bearer eyJ"));
        assert_eq!(heard[0].headers["user-agent"], USER_AGENT);
        assert_eq!(heard[0].headers["accept"], "application/json");
        assert_eq!(heard[1].headers["content-type"], "application/json");
        assert_eq!(heard[1].json(), json!({"data": {}}));
    }

    #[tokio::test]
    async fn a_read_is_repeated_over_passing_trouble_and_every_try_is_told() {
        let server = Server::new(vec![
            status(503),
            Reply::Broken,
            status(429),
            status(500),
            ok(&json!({"x": 1})),
        ])
        .await;
        let (client, mut events) = server.client_and_events();
        assert_eq!(get(&client).await.unwrap(), json!({"x": 1}));
        let mut told = Vec::new();
        while let Ok(event) = events.try_recv() {
            if let Event::ApiCall(call) = event {
                told.push((call.method, call.path, call.status));
            }
        }
        let expected = [Some(503), None, Some(429), Some(500), Some(200)]
            .map(|status| ("GET", "/v1/apps".to_owned(), status));
        assert_eq!(told, expected);
    }

    #[tokio::test]
    async fn a_server_that_stays_down_ends_the_call() {
        let server = Server::new((0..9).map(|_| status(503)).collect()).await;
        let error = get(&server.client()).await.unwrap_err();
        assert_eq!(error.status(), Some(503));
        assert!(error.is_retryable());
        assert_eq!(server.heard().len(), 6);
    }

    #[tokio::test]
    async fn a_post_is_repeated_only_where_the_server_surely_did_nothing() {
        let server = Server::new(vec![status(429), status(500)]).await;
        let error = post(&server.client()).await.unwrap_err();
        assert!(error.is_ambiguous() && error.status() == Some(500));
        assert_eq!(server.heard().len(), 2);
        let server = Server::new(vec![Reply::Broken]).await;
        let error = post(&server.client()).await.unwrap_err();
        assert!(matches!(error, Error::Lost { .. }) && error.is_ambiguous());
        assert_eq!(server.heard().len(), 1);
    }

    #[tokio::test]
    async fn a_refused_token_is_renewed_three_times() {
        let server = Server::new(vec![refused(401, "NOT_AUTHORIZED"), ok(&json!({}))]).await;
        post(&server.client()).await.unwrap();
        let heard = server.heard();
        assert_ne!(heard[0].token(), heard[1].token());
        let server = Server::new((0..9).map(|_| refused(401, "NOT_AUTHORIZED")).collect()).await;
        let error = get(&server.client()).await.unwrap_err();
        assert!(error.has_code("NOT_AUTHORIZED"));
        assert_eq!(error.refusal().and_then(|refusal| refusal.skew), None);
        assert_eq!(server.heard().len(), 4);
    }

    #[tokio::test]
    async fn a_wrong_clock_is_measured_set_right_and_named() {
        let ahead =
            httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW + 600));
        let refusal = || Reply::Answer(401, vec![("date", ahead.clone())], String::new());
        let server = Server::new((0..4).map(|_| refusal()).collect()).await;
        let (client, mut events) = server.client_and_events();
        let error = get(&client).await.unwrap_err();
        let skew = error.refusal().and_then(|refusal| refusal.skew).unwrap();
        assert!((598..=600).contains(&skew), "{skew}");
        assert!(error.to_string().contains("behind Apple's"), "{error}");
        let heard = server.heard();
        let shift = issued(&heard[1].token()) - issued(&heard[0].token());
        assert!((590..=610).contains(&shift), "{shift}");
        let mut notes = 0;
        while let Ok(event) = events.try_recv() {
            notes += usize::from(matches!(event, Event::Note(_)));
        }
        assert_eq!(notes, 1);
    }

    /// The second at which a token was issued.
    fn issued(token: &str) -> u64 {
        let claims = token.split('.').nth(1).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(claims).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        claims["iat"].as_u64().unwrap()
    }

    #[tokio::test]
    async fn a_clock_is_set_right_once_and_by_a_day_at_most() {
        let at = |seconds: u64| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW + seconds);
            let date = httpdate::fmt_http_date(time);
            Reply::Answer(401, vec![("date", date)], String::new())
        };
        for (mut replies, largest) in [
            (vec![at(80 * 365 * 86_400), at(80 * 365 * 86_400)], 60),
            (vec![at(600), at(50_000), at(80_000)], 660),
        ] {
            replies.push(ok(&json!({})));
            let server = Server::new(replies).await;
            get(&server.client()).await.unwrap();
            for heard in server.heard() {
                let ahead = issued(&heard.token()).saturating_sub(NOW);
                assert!(ahead <= largest, "{ahead}");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_server_asks_to_wait_has_an_end_also_where_the_storage_asked_for_it() {
        let server = Server::new(vec![]).await;
        let client = server.client();
        let (told, storage) = (Duration::from_secs(300), client.told_waits());
        assert!(storage.has_room_for(told));
        let mut waited = 1;
        tokio::time::advance(told).await;
        while client.has_time_for(Pause::Told(told)) {
            waited += 1;
            tokio::time::advance(told).await;
        }
        assert_eq!(waited, 12);
        assert!(!storage.has_room_for(told));
        assert!(client.has_time_for(Pause::About(Duration::from_secs(9))));
    }

    #[tokio::test]
    async fn a_redirect_never_gets_the_token() {
        let other = Server::new(vec![ok(&json!({}))]).await;
        let to = format!("http://{}/v1/apps", other.address);
        let server = Server::new(vec![Reply::Answer(
            302,
            vec![("location", to)],
            String::new(),
        )])
        .await;
        assert_eq!(get(&server.client()).await.unwrap_err().status(), Some(302));
        assert_eq!(other.heard().len(), 0);
    }

    #[tokio::test]
    async fn a_list_is_followed_on_the_same_server_only() {
        let page =
            |id: &str, next: &str| ok(&json!({"data": [{"id": id}], "links": {"next": next}}));
        let other = Server::new(vec![page("3", "")]).await;
        let server = Server::new(Vec::new()).await;
        let own = format!("http://{}/v1/apps?cursor=2", server.address);
        let foreign = format!("http://{}/v1/apps", other.address);
        let replies = Server::new(vec![page("1", "/v1/apps?cursor=2"), page("2", &foreign)]).await;
        let all = page::all::<Nothing>(&replies.client(), "/v1/apps", &[]).await;
        assert!(matches!(all, Err(Error::Astray { .. })), "{all:?}");
        assert_eq!(replies.lines(), ["GET /v1/apps", "GET /v1/apps?cursor=2"]);
        // The same host under another port is another server.
        let replies = Server::new(vec![page("1", &own)]).await;
        let all: Result<Vec<_>, _> = page::all::<Nothing>(&replies.client(), "/v1/apps", &[]).await;
        assert!(matches!(all, Err(Error::Astray { .. })));
        assert_eq!(other.heard().len() + server.heard().len(), 0);
    }

    #[tokio::test]
    async fn an_answer_of_another_kind_keeps_its_first_bytes() {
        let html = || Reply::Answer(200, Vec::new(), "<html>\u{1b}[31mlogin</html>".into());
        let server = Server::new(vec![html(), status(200)]).await;
        let client = server.client();
        let error = client
            .get::<Page<Nothing>>("/v1/apps", &[])
            .await
            .unwrap_err();
        assert!(error.to_string().contains("login"), "{error}");
        assert!(client.get::<Page<Nothing>>("/v1/apps", &[]).await.is_err());
    }

    #[tokio::test]
    async fn an_answer_that_is_far_too_large_is_left_and_not_asked_for_again() {
        let large = || Reply::Answer(200, Vec::new(), "x".repeat(LARGEST_ANSWER + 1));
        let server = Server::new(vec![large(), large()]).await;
        let error = get(&server.client()).await.unwrap_err();
        assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
        assert_eq!(server.heard().len(), 1);
    }

    #[tokio::test]
    async fn a_silent_server_is_left() {
        let server = Server::new((0..9).map(|_| Reply::Silence).collect()).await;
        let mut settings = settings(&format!("http://{}", server.address));
        settings.idle_timeout = Duration::from_millis(300);
        let client = Client::new(settings).unwrap();
        let error = post(&client).await.unwrap_err();
        assert!(matches!(error, Error::Silent { .. }), "{error:?}");
        assert_eq!(server.heard().len(), 1);
    }

    #[tokio::test]
    async fn nobody_at_loopback_is_said_at_once() {
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap();
        drop(server);
        let (events, mut told) = crate::event::Events::stream();
        let mut settings = settings(&format!("http://{address}"));
        settings.events = events;
        let client = Client::new(settings).unwrap();
        let error = get(&client).await.unwrap_err();
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        let mut calls = 0;
        while told.try_recv().is_ok() {
            calls += 1;
        }
        assert_eq!(calls, 2);
    }

    #[tokio::test]
    async fn the_rate_limit_is_kept_and_its_end_is_announced_once() {
        let left = |left: u32| {
            let header = format!("user-hour-lim:3600;user-hour-rem:{left};");
            Reply::Answer(200, vec![("x-rate-limit", header)], "{}".into())
        };
        let server = Server::new(vec![left(3000), left(100), left(99)]).await;
        let (client, mut events) = server.client_and_events();
        for _ in 0..3 {
            get(&client).await.unwrap();
        }
        assert_eq!(client.rate_limit().map(|limit| limit.remaining), Some(99));
        let mut notes = Vec::new();
        while let Ok(event) = events.try_recv() {
            if let Event::Note(note) = event {
                notes.push(note);
            }
        }
        assert_eq!(
            notes,
            ["this API key has 100 of 3600 calls left in this hour; going slowly"]
        );
    }

    #[tokio::test]
    async fn no_error_shows_the_token() {
        let server = Server::new(vec![refused(403, "FORBIDDEN_ERROR")]).await;
        let client = server.client();
        let error = get(&client).await.unwrap_err();
        let token = server.heard()[0].token().replace("Bearer ", "");
        assert!(!format!("{error} {error:?}").contains(&token));
    }
}
