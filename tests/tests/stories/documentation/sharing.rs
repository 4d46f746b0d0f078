//! The examples of writing together, and of who sees what.

use super::Reader;
use serde_json::{Value, json};
use tests::ask::text;
use tests::world::{World, step};

impl Reader {
    /// `sharing.md`: authors, a look before sharing, and taking a share back.
    pub(super) async fn shares_with_care(&mut self, world: &World) {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, at) = anna.published(&world.school, "Samspel i gruppen").await;
        let author = json!({"author": {"person": bo.id}});
        let added = json!({"input": step(&rubric, at, &author)});
        let made = self.does(&anna.client, "add-an-author", added).await;
        assert_eq!(text(&made, "rubric.authors.1.name"), "Bo Bok");
        let at = made["rubric"]["version"].as_i64().unwrap();
        let off = json!({"input": step(&rubric, at, &author)});
        let made = self.does(&anna.client, "take-an-author-off", off).await;
        let at = made["rubric"]["version"].as_i64().unwrap();

        let scope = json!({"scope": "UNIT", "unit": world.school});
        let look = json!({"rubric": rubric, "scope": scope});
        let file = "look-before-sharing";
        let looked = self.asks(&anna.client, file, look.clone()).await;
        let audience = &looked["audiencePreview"]["audience"];
        assert!(text(audience, "who").contains("Ekskolan"), "{looked}");
        let others = self.asks(&bo.client, file, look).await;
        assert_eq!(others["audiencePreview"], Value::Null);
        anna.step("shareRubric", &rubric, at, scope).await;
        let asked = json!({"id": rubric});
        let seen = self.asks(&bo.client, "who-sees-it", asked).await;
        assert_eq!(seen["whoSees"]["people"], audience["people"], "Anna for Bo");
        assert_eq!(seen["whoSees"]["named"], Value::Null);

        let (fresh, at) = anna.published(&world.school, "Aldrig delad").await;
        let ask = json!({"input": step(&fresh, at, &json!({}))});
        let none = self.tries(&anna.client, "undo-a-share", ask).await;
        let code = text(&none, "userErrors.0.code");
        assert_eq!(code, "RUBRIC_NOTHING_TO_UNDO");
    }
}
