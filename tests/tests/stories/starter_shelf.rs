//! Nobody meets an empty library: a new organiser's colleagues find the starter shelf.

use serde_json::{Value, json};
use tests::server::{self, Server};
use tests::world::{invited, organiser, unit};

const LIBRARY: &str = "query($words: String) { rubrics(first: 100, search: $words) { nodes { id title { sv en } authors { name } unit { id } scope current { number isReviewed } viewerCan { revise link } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_organisers_colleagues_find_it_and_make_it_theirs() {
    server::on_both(async |server: &mut Server| {
        let admin = organiser(server, "Alvik kommun", "Alva Admin", &[]).await;
        let school = unit(&admin, "Alviksskolan", "SCHOOL", None).await;
        let role = json!({"roles": [{"role": "TEACHER", "unit": school}], "unit": school});
        let tova = invited(server, &admin, "Tova Teg", role).await;

        let library = tova.client.ask(LIBRARY, json!({})).await;
        let shelf = library["rubrics"]["nodes"].as_array().unwrap();
        assert!(shelf.len() >= 25, "{}", shelf.len());
        for rubric in shelf {
            assert_eq!(rubric["authors"], json!([]), "{rubric}");
            assert_eq!(rubric["unit"], Value::Null, "{rubric}");
            assert_eq!(rubric["scope"], "ORGANISER", "{rubric}");
            assert_eq!(
                rubric["current"],
                json!({"number": "1.0", "isReviewed": false})
            );
            assert_eq!(rubric["viewerCan"], json!({"revise": false, "link": true}));
            assert!(rubric["title"]["sv"].is_string() && rubric["title"]["en"].is_string());
        }
        let found = tova
            .client
            .ask(LIBRARY, json!({"words": "boksamtal"}))
            .await;
        assert_eq!(found["rubrics"]["nodes"].as_array().unwrap().len(), 1);

        // Administrators read no content, and a neighbour that began without it has none.
        let seen = admin.client.ask(LIBRARY, json!({})).await;
        assert_eq!(seen["rubrics"]["nodes"], json!([]));
        let bare = ["--without-starter-shelf"];
        let admin = organiser(server, "Bervik kommun", "Bosse Admin", &bare).await;
        let school = unit(&admin, "Berviksskolan", "SCHOOL", None).await;
        let role = json!({"roles": [{"role": "TEACHER", "unit": school}], "unit": school});
        let tim = invited(server, &admin, "Tim Tall", role).await;
        let empty = tim.client.ask(LIBRARY, json!({})).await;
        assert_eq!(empty["rubrics"]["nodes"], json!([]));
    })
    .await;
}
