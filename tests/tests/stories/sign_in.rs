//! The ways in and out: invitations, passwords, one-time links, devices.

use serde_json::{Value, json};
use tests::ask::{code_of, text};
use tests::client::Client;
use tests::server::Server;
use tests::world::{PASSWORD, Person, World, in_world, invitation, secret_of};

const TOKENS: &str = "tokens { accessToken refreshToken }";

async fn enters(server: &Server, person: &Person, password: &str) -> Client {
    let client = server.client();
    let input = json!({"address": person.address, "password": password, "device": "Telefonen"});
    let done = client.effect("signIn", input, TOKENS).await;
    client.as_bearer(&text(&done, "tokens.accessToken"))
}

async fn is_in(client: &Client) -> bool {
    let answer = client.send("{ viewer { isService } }", Value::Null).await;
    match answer.error_code() {
        None => true,
        Some(code) => {
            assert_eq!(code, "SIGN_IN_ENDED", "{:?}", answer.body);
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_good_once_and_bound_to_its_address() {
    in_world(async |server: &mut Server, world: &World| {
        let role =
            json!({"roles": [{"role": "TEACHER", "unit": world.school}], "unit": world.school});
        let link = invitation(&world.principal, "Nina Ny", "nina.ny@skola.example", role).await;
        assert!(
            !link.split('#').next().unwrap().contains(&secret_of(&link)),
            "the secret stands where no server sees it: {link}"
        );
        let accept = |password: &str| json!({"token": secret_of(&link), "password": password});
        let client = server.client();
        assert_eq!(
            client.refusal("acceptInvitation", accept("för kort")).await,
            "PASSWORD_TOO_SHORT"
        );
        client
            .effect("acceptInvitation", accept(PASSWORD), TOKENS)
            .await;
        assert_eq!(
            client.refusal("acceptInvitation", accept(PASSWORD)).await,
            "LINK_USED_UP"
        );
        let other = json!({"token": format!("{}x", secret_of(&link)), "password": PASSWORD});
        assert_eq!(
            client.refusal("acceptInvitation", other).await,
            "LINK_USED_UP"
        );
        let elsewhere = json!({"address": "nina@hemma.example", "password": PASSWORD});
        assert_eq!(
            client.refusal("signIn", elsewhere).await,
            "SIGN_IN_FAILED",
            "the account has the invited address, no other"
        );

        // The same colleague at a second employer: one account, and the password that it has.
        let role = json!({"roles": [{"role": "TEACHER", "unit": world.neighbour_school}]});
        let link = invitation(
            &world.neighbour_admin,
            "Nina Ny",
            "nina.ny@skola.example",
            role,
        )
        .await;
        let wrong = json!({"token": secret_of(&link), "password": "ett annat lösenord"});
        assert_eq!(
            client.refusal("acceptInvitation", wrong).await,
            "SIGN_IN_FAILED"
        );
        let right = json!({"token": secret_of(&link), "password": PASSWORD});
        client.effect("acceptInvitation", right, TOKENS).await;
        let both = json!({"address": "nina.ny@skola.example", "password": PASSWORD});
        let choice = client
            .effect(
                "signIn",
                both.clone(),
                "tokens { accessToken } choices { organiser name }",
            )
            .await;
        assert_eq!(
            (
                choice["choices"].as_array().unwrap().len(),
                &choice["tokens"]
            ),
            (2, &Value::Null)
        );
        let mut chosen = both;
        chosen["organiser"] = choice["choices"][0]["organiser"].clone();
        client.effect("signIn", chosen, TOKENS).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_locked_out_gets_a_link_that_is_told_and_good_once() {
    in_world(async |server: &mut Server, world: &World| {
        let ask = json!({"person": world.bo.id});
        for person in [&world.anna, &world.neighbour_admin] {
            let code = person.client.refusal("createSignInLink", ask.clone()).await;
            assert_ne!(code, "OK", "{}", person.name);
        }
        let made = world
            .admin
            .client
            .effect("createSignInLink", ask, "link")
            .await;
        let inbox = "{ inbox(first: 5) { nodes { kind } } }";
        let inbox = world.bo.client.ask(inbox, Value::Null).await;
        assert_eq!(inbox["inbox"]["nodes"][0]["kind"], "SIGN_IN_LINK_MADE");

        let client = server.client();
        let link = secret_of(&text(&made, "link"));
        let new = "åtta gula höstlöv på rad";
        let redeem = json!({"link": link, "newPassword": new});
        client.effect("signIn", redeem.clone(), TOKENS).await;
        assert_eq!(client.refusal("signIn", redeem).await, "LINK_USED_UP");
        let old = json!({"address": world.bo.address, "password": PASSWORD});
        assert_eq!(client.refusal("signIn", old).await, "SIGN_IN_FAILED");
        assert!(is_in(&enters(server, &world.bo, new).await).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_a_device_at_once() {
    in_world(async |server: &mut Server, world: &World| {
        let (desk, anna) = (&world.anna.client, &world.anna);
        let phone = enters(server, anna, PASSWORD).await;
        let tablet = enters(server, anna, PASSWORD).await;
        let query = "{ mySignIns { id device isCurrent } }";
        let mine = phone.ask(query, Value::Null).await["mySignIns"].clone();
        assert_eq!(mine.as_array().unwrap().len(), 3, "{mine}");
        let current: Vec<_> = mine
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["isCurrent"] == true)
            .collect();
        assert_eq!(
            (current.len(), &current[0]["device"]),
            (1, &json!("Telefonen"))
        );

        let out = desk.clone().as_bearer(phone.bearer().unwrap());
        let done = out
            .send(
                "mutation { signOut { signedOut userErrors { code } } }",
                Value::Null,
            )
            .await;
        assert_eq!(
            done.data("signOut.signedOut"),
            &json!(true),
            "{:?}",
            done.body
        );
        assert!(!is_in(&phone).await, "not in ten minutes, but now");
        assert!(is_in(&tablet).await && is_in(desk).await);

        let mine = desk.ask(query, Value::Null).await["mySignIns"].clone();
        let other = mine
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["isCurrent"] == false)
            .unwrap();
        let foreign = json!({"signIn": other["id"]});
        assert_eq!(
            world.bo.client.refusal("endSignIn", foreign.clone()).await,
            "NOT_FOUND"
        );
        desk.effect("endSignIn", foreign, "ended").await;
        assert!(!is_in(&tablet).await && is_in(desk).await);

        let phone = enters(server, anna, PASSWORD).await;
        let change = json!({"oldPassword": PASSWORD, "newPassword": "nio höga moln över sjön"});
        desk.effect("changePassword", change, "changed").await;
        assert!(
            !is_in(&phone).await && is_in(desk).await,
            "a new password signs the others out"
        );
        let phone = enters(server, anna, "nio höga moln över sjön").await;
        let done = phone
            .send(
                "mutation { signOutEverywhere { ended userErrors { code } } }",
                Value::Null,
            )
            .await;
        assert_eq!(
            done.data("signOutEverywhere.ended"),
            &json!(2),
            "{:?}",
            done.body
        );
        assert!(!is_in(&phone).await && !is_in(desk).await);
        let refresh = json!({"refreshToken": anna.refresh_token});
        assert_eq!(
            server.client().refusal("refreshSignIn", refresh).await,
            "SIGN_IN_ENDED"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_signs_nobody_out_and_a_stolen_token_does() {
    in_world(async |server: &mut Server, world: &World| {
        let client = server.client();
        let refresh = async |token: &str| {
            client
                .tell("refreshSignIn", json!({"refreshToken": token}), TOKENS)
                .await
        };
        let first = refresh(&world.anna.refresh_token).await;
        let again = refresh(&world.anna.refresh_token).await;
        assert_eq!(
            first["tokens"]["refreshToken"], again["tokens"]["refreshToken"],
            "the answer was lost: the same successor"
        );
        let second = refresh(&text(&first, "tokens.refreshToken")).await;
        let device = client.as_bearer(&text(&second, "tokens.accessToken"));
        assert!(is_in(&device).await);
        let stolen = refresh(&world.anna.refresh_token).await;
        assert_eq!(code_of(&stolen), "SIGN_IN_ENDED", "{stolen}");
        assert!(!is_in(&device).await, "used twice, the whole sign-in ends");
    })
    .await;
}
