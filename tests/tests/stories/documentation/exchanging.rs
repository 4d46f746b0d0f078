//! The examples in which rubrics come in and go out.

use super::Reader;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tests::ask::text;
use tests::world::World;

const TABLE: &str = "<table><tr><td>Muntlig redovisning</td><td>E</td><td>C</td></tr><tr><td>Kontakt</td><td>Läser</td><td>Berättar</td></tr></table>";

impl Reader {
    /// `in-and-out.md`: a pasted table becomes a draft in two calls, goes out as a file, and comes home unchanged.
    pub(super) async fn exchanges(&mut self, world: &World) {
        let anna = &world.anna.client;
        let file = "look-at-a-table";
        let paste = |take: bool| json!({"unit": world.school, "html": TABLE, "take": take});
        let looked = self.does(anna, file, paste(false)).await;
        assert_eq!(text(&looked, "preview.title.text"), "Muntlig redovisning");
        assert_eq!(
            text(&looked, "preview.criteria.0.levels.1.descriptor.text"),
            "Berättar"
        );
        assert_eq!(looked["rubric"], Value::Null);
        let made = self.does(anna, file, paste(true)).await;
        let rubric = text(&made, "rubric.id");

        let file = "export-rubrics";
        let out =
            |format: &str| json!({"rubrics": [rubric], "format": format, "acceptLosses": false});
        let refused = self.tries(&world.bo.client, file, out("XLSX")).await;
        assert_eq!(
            text(&refused, "userErrors.0.code"),
            "NOT_FOUND",
            "a draft is its author's"
        );
        assert_eq!(refused["userErrors"][0]["path"], json!(["rubrics", "0"]));
        for format in ["KOLLEGIUM_JSON", "CASE_JSON", "CANVAS_CSV", "XLSX"] {
            let exported = self.does(anna, file, out(format)).await;
            assert_eq!(exported["losses"], json!([]), "{format}");
            let base64 = text(&exported, "file.base64");
            let import =
                json!({"unit": world.school, "format": format, "base64": base64, "take": false});
            let read = self.does(anna, "import-rubrics", import).await;
            assert_eq!(read["messages"], json!([]), "{format}");
            // What carries the id comes home; a table cannot know that it was here.
            let outcome = if format.ends_with("JSON") {
                "PRESENT"
            } else {
                "NEW"
            };
            assert_eq!(text(&read, "rubrics.0.outcome"), outcome, "{format}");
        }
        for (format, begins) in [("MARKDOWN", "# Muntlig"), ("HTML", "<!DOCTYPE html>")] {
            let exported = self.does(anna, file, out(format)).await;
            let bytes = STANDARD.decode(text(&exported, "file.base64")).unwrap();
            let page = String::from_utf8(bytes).unwrap();
            assert!(
                page.starts_with(begins) && page.contains("Berättar"),
                "{page}"
            );
        }
    }
}
