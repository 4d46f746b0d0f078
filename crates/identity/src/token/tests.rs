use super::*;
use crate::sample::House;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::EncodingKey;
use kit::Actor;
use serde_json::{Value, json};
use testkit::id;

fn good(house: &House, now: Instant) -> Value {
    let config = &house.identity.config;
    json!({
        "iss": config.issuer, "aud": config.audience,
        "sub": id::<PersonId>(1).to_string(), "org": id::<OrganiserId>(2).to_string(), "sid": id::<SignInId>(3).to_string(),
        "exp": now.timestamp() + 600, "nbf": now.timestamp(), "iat": now.timestamp(), "jti": "1", "scope": SCOPE,
    })
}

fn header(house: &House) -> Value {
    json!({ "alg": "EdDSA", "typ": KIND, "kid": house.identity.keys.signing().kid })
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with any header at all, signed with our key.
fn signed(house: &House, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", part(header), part(claims));
    let key = house.identity.keys.signing();
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &key.signs, Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_read_back_until_it_has_run_out() {
    testkit::on_both(async |db| {
        let house = House::of(db);
        let cx = db.cx(Actor::Anonymous);
        let (token, expires) = house.identity.make_token(&cx, id(1), id(2), id(3)).unwrap();
        let claims = Claims {
            person: id(1),
            organiser: id(2),
            sign_in: id(3),
            expires,
        };
        assert_eq!(expires, cx.now + TimeDelta::minutes(10));
        for (seconds, is_good) in [
            (-6, false),
            (-5, true),
            (0, true),
            (604, true),
            (605, false),
        ] {
            let read = house
                .identity
                .read_token(&token, cx.now + TimeDelta::seconds(seconds));
            assert_eq!(read.ok(), is_good.then_some(claims), "{seconds} s");
        }
        house.identity.keys.rotate(TimeDelta::minutes(10)).unwrap();
        assert!(house.identity.read_token(&token, cx.now).is_ok());
        assert_eq!(cx.db().statements(), 0);
    })
    .await;
}

#[expect(clippy::too_many_lines, reason = "a table of bad tokens")]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_our_own_tokens_is_taken() {
    let db = testkit::TestDb::sqlite(&store::Consumers::default()).await;
    let house = House::of(&db);
    let now = db.clock.now();
    let (claims, head) = (good(&house, now), header(&house));
    let token = signed(&house, &head, &claims);
    assert!(
        house.identity.read_token(&token, now).is_ok(),
        "the table below changes one thing each"
    );

    let head_with = |name: &str, value: Value| {
        let mut head = head.clone();
        head[name] = value;
        head
    };
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        signed(&house, &head, &claims)
    };
    let public = house.identity.keys.jwks()["keys"][0]["x"]
        .as_str()
        .map(|x| URL_SAFE_NO_PAD.decode(x).unwrap())
        .unwrap();
    let hmac = {
        let message = format!(
            "{}.{}",
            part(&head_with("alg", json!("HS256"))),
            part(&claims)
        );
        let key = EncodingKey::from_secret(&public);
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        format!("{message}.{signature}")
    };
    let stranger = House::of(&db);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let none = head_with("alg", json!("none"));
    let mut cases = vec![
        ("garbage", "garbage".to_owned()),
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("four parts", format!("{token}.x")),
        ("letters outside ASCII", "å.ä.ö".to_owned()),
        ("no signature", format!("{message}.")),
        (
            "a cut signature",
            token.get(..token.len() - 2).unwrap().to_owned(),
        ),
        (
            "other claims",
            format!(
                "{}.{}.{signature}",
                part(&head),
                part(&good(&house, now + TimeDelta::days(1)))
            ),
        ),
        ("alg none", format!("{}.{}.", part(&none), part(&claims))),
        ("alg none, signed", signed(&house, &none, &claims)),
        ("HS256 with the public key", hmac),
        (
            "another algorithm's name",
            signed(&house, &head_with("alg", json!("ES256")), &claims),
        ),
        (
            "an ID token",
            signed(&house, &head_with("typ", json!("JWT")), &claims),
        ),
        (
            "no kind",
            signed(&house, &head_with("typ", Value::Null), &claims),
        ),
        (
            "no kid",
            signed(&house, &head_with("kid", Value::Null), &claims),
        ),
        (
            "an unknown kid",
            signed(&house, &head_with("kid", json!("1-2")), &claims),
        ),
        (
            "a stranger's key under our kid",
            signed(&stranger, &head, &claims),
        ),
        ("run out", with("exp", json!(now.timestamp() - 5))),
        ("not yet", with("nbf", json!(now.timestamp() + 6))),
        (
            "another issuer",
            with("iss", json!("https://elsewhere.example")),
        ),
        (
            "issuers",
            with("iss", json!([house.identity.config.issuer])),
        ),
        ("another audience", with("aud", json!("canvas"))),
        (
            "audiences",
            with("aud", json!([house.identity.config.audience, "canvas"])),
        ),
        ("another scope", with("scope", json!("files"))),
        (
            "a sub that is no person",
            with("sub", json!(id::<OrganiserId>(1).to_string())),
        ),
        ("an exp in words", with("exp", json!("tomorrow"))),
        ("an exp beyond time", with("exp", json!(i64::MAX))),
        ("an exp with a fraction", with("exp", json!(1.0e300))),
    ];
    for name in [
        "iss", "aud", "sub", "org", "sid", "exp", "nbf", "iat", "jti", "scope",
    ] {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        cases.push((name, signed(&house, &head, &claims)));
    }
    for (case, token) in cases {
        assert!(
            matches!(
                house.identity.read_token(&token, now),
                Err(Error::SignInEnded)
            ),
            "{case}"
        );
    }
}
