//! Samples of work, as `files.md` shows them.

use super::Reader;
use serde_json::{Value, json};
use tests::ask::text;
use tests::world::{World, new_id};

impl Reader {
    pub(super) async fn adds_an_exemplar(&mut self, world: &World) {
        let bo = &world.bo.client;
        let limits = self.asks(bo, "file-limits", Value::Null).await;
        assert_eq!(limits["serverInfo"]["files"]["unusedHours"], 24);
        let (rubric, _) = world.bo.shared(&world.school, "Med exempel").await;
        let query =
            "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
        let seen = bo.ask(query, json!({"id": rubric})).await;
        let first = &seen["rubric"]["current"]["criteria"][0];
        let path = format!("/files?id={}&name=text-a.txt", new_id());
        let sent = bo.request("POST", &path).body("Katten satt på taket.");
        let file: Value = sent.send().await.unwrap().json().await.unwrap();
        let ask = json!({"id": new_id(), "rubric": rubric, "criterion": first["id"], "level": first["levels"][0]["id"],
            "file": file["id"], "why": "En hel mening."});
        let made = self.does(bo, "add-an-exemplar", ask).await;
        assert_eq!(text(&made, "exemplar.file.mediaType"), "text/plain");
        let rubric = json!({"rubric": rubric});
        let listed = self.asks(bo, "read-exemplars", rubric.clone()).await;
        assert_eq!(
            text(&listed, "rubric.exemplars.nodes.0.why"),
            "En hel mening."
        );
        let ask = json!({"exemplar": made["exemplar"]["id"], "key": new_id()});
        let removed = self.does(bo, "remove-an-exemplar", ask).await;
        assert_eq!(removed["removed"], made["exemplar"]["id"]);
        let listed = self.asks(bo, "read-exemplars", rubric).await;
        assert_eq!(listed["rubric"]["exemplars"]["nodes"], json!([]));
    }
}
