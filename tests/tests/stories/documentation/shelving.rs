//! The examples in which shelves are made, filled and read.

use super::Reader;
use serde_json::{Value, json};
use tests::ask::text;
use tests::world::{World, new_id};

impl Reader {
    /// `shelves.md`.
    pub(super) async fn fills_shelves(&mut self, world: &World) {
        let (anna, bo) = (&world.anna.client, &world.bo.client);
        let (first, _) = world.anna.shared(&world.school, "Första").await;
        let (second, _) = world.anna.shared(&world.school, "Andra").await;
        let input = json!({"id": new_id(), "owner": "TEAM", "team": world.team, "name": "Läsa tillsammans"});
        let file = "create-a-collection";
        let made = self.does(anna, file, json!({"input": input})).await;
        let again = self.does(anna, file, json!({"input": input})).await;
        assert_eq!(made, again, "sent twice, made once");
        let shelf = text(&made, "collection.id");
        let mut order = Value::Null;
        for (rubric, after) in [(&first, None), (&second, Some(&first))] {
            let ask = json!({"collection": shelf, "rubric": rubric, "after": after});
            order = self.does(bo, "add-to-a-collection", ask).await;
        }
        let nodes = &order["collection"]["rubrics"]["nodes"];
        assert_eq!(*nodes, json!([{"id": first}, {"id": second}]));

        let ask = json!({"owner": "TEAM", "team": world.team});
        let seen = self.asks(anna, "browse-collections", ask).await;
        let seen = &seen["collections"]["nodes"][0];
        assert_eq!(text(seen, "name"), "Läsa tillsammans");
        assert_eq!(text(seen, "rubrics.nodes.1.title.text"), "Andra");
        assert_eq!(seen["viewerCan"]["curate"], true);
        let used = self.asks(bo, "recently-used", Value::Null).await;
        assert_eq!(text(&used, "recentRubrics.nodes.0.title.text"), "Andra");

        let ask = json!({"collection": shelf, "rubric": first});
        let left = self.does(bo, "remove-from-a-collection", ask).await;
        assert_eq!(text(&left, "collection.rubrics.nodes.0.id"), second);
        let ask = |name: &str| json!({"collection": shelf, "version": 1, "name": name});
        let file = "rename-a-collection";
        let renamed = self.does(anna, file, ask("Läsning")).await;
        assert_eq!(text(&renamed, "collection.name"), "Läsning");
        let late = self.tries(bo, file, ask("Böcker")).await;
        assert_eq!(text(&late, "userErrors.0.code"), "STALE_VERSION");
        assert_eq!(text(&late, "collection.name"), "Läsning");
        let ask = json!({"collection": shelf});
        let gone = self.does(anna, "delete-a-collection", ask).await;
        assert_eq!(text(&gone, "deleted"), shelf);
    }
}
