//! Talking about a rubric, and a team's comment bank.

use super::Reader;
use serde_json::json;
use tests::ask::text;
use tests::world::{World, new_id};

impl Reader {
    pub(super) async fn talks(&mut self, world: &World) {
        let (anna, bo) = (&world.anna.client, &world.bo.client);
        let (rubric, _) = world.anna.shared(&world.school, "Att tala om").await;
        let query =
            "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
        let seen = bo.ask(query, json!({"id": rubric})).await;
        let criterion = text(&seen, "rubric.current.criteria.0.id");
        let level = text(&seen, "rubric.current.criteria.0.levels.0.id");

        let ask = json!({"id": new_id(), "rubric": rubric, "criterion": criterion, "text": "Hur menar du?", "mentions": [world.anna.id]});
        let asked = self.does(bo, "comment-on-a-rubric", ask).await;
        assert_eq!(asked["unreached"], json!([]));
        let thread = asked["comment"]["id"].clone();
        let ask = json!({"id": new_id(), "rubric": rubric, "replyTo": thread, "text": "Så här.", "mentions": []});
        let answered = self.does(anna, "comment-on-a-rubric", ask).await;
        assert_eq!(answered["comment"]["thread"], thread);
        let edit = json!({"comment": thread, "version": 1, "text": "Hur tänker du?", "mentions": [world.anna.id]});
        let edited = self.does(bo, "edit-a-comment", edit).await;
        assert!(edited["comment"]["editedOn"].is_string());
        let settle = json!({"comment": thread, "resolved": true});
        let settled = self.does(anna, "resolve-a-thread", settle).await;
        assert_eq!(settled["thread"]["isResolved"], true);

        let read = json!({"rubric": rubric, "criterion": criterion, "resolved": true});
        let read = self.asks(bo, "read-the-talk", read).await;
        assert_eq!(read["rubric"]["commentCount"], 2);
        let begun = &read["rubric"]["comments"]["nodes"][0];
        assert_eq!(text(begun, "comment.text"), "Hur tänker du?");
        assert_eq!(text(begun, "replies.nodes.0.text"), "Så här.");
        let removed = json!({"comment": answered["comment"]["id"]});
        let removed = self.does(anna, "remove-a-comment", removed).await;
        assert_eq!(removed["rubric"]["commentCount"], 1);

        let ask = json!({"id": new_id(), "team": world.team, "rubric": rubric, "criterion": criterion, "level": level, "text": {"sv": "Visa var det står."}});
        let made = self.does(bo, "suggest-a-comment", ask).await;
        assert_eq!(made["suggestion"]["uses"], 0);
        let read = json!({"rubric": rubric, "team": world.team});
        let read = self.asks(anna, "read-the-comment-bank", read).await;
        let found = text(&read, "rubric.suggestedComments.nodes.0.text.text");
        assert_eq!(found, "Visa var det står.");
        let remove = json!({"suggestion": made["suggestion"]["id"]});
        let left = self.does(bo, "remove-a-suggested-comment", remove).await;
        assert_eq!(text(&left, "rubric.id"), rubric);
    }
}
