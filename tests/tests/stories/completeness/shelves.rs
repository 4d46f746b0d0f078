//! Shelves: a team's, the organiser's favourites and one's own, with rubrics that not everybody sees who sees the shelf.

use super::world::World;
use serde_json::{Value, json};

impl World<'_> {
    /// Anna's team has a shelf, everybody has favourites, and Anna has one for herself.
    pub(crate) async fn fill_shelves(&mut self) {
        let team = json!({"owner": "TEAM", "team": self.id("arbetslag")});
        self.shelf("anna", "hylla", team).await;
        for rubric in ["till-alla", "till-laget", "privat"] {
            self.put("anna", "hylla", rubric).await;
        }
        let everybody = json!({"owner": "ORGANISER"});
        self.shelf("lena", "favoriter", everybody).await;
        self.put("lena", "favoriter", "till-alla").await;
        self.put("lena", "favoriter", "till-laget").await;
        self.shelf("anna", "egen-hylla", json!({"owner": "PERSON"}))
            .await;
        self.put("anna", "egen-hylla", "utkast").await;
    }

    /// A new collection whose name is the record's canary.
    pub(crate) async fn shelf(&mut self, by: &str, record: &str, mut input: Value) {
        self.wait();
        input["name"] = json!(self.canaries.of(record).text("Hyllan"));
        let made = self
            .house
            .effect(
                self.caller(by),
                "createCollection",
                input,
                "collection { id }",
            )
            .await;
        let id = made["collection"]["id"].as_str().unwrap();
        self.ids.insert(record.to_owned(), id.to_owned());
    }

    /// Puts a rubric first in a collection.
    pub(crate) async fn put(&self, by: &str, shelf: &str, rubric: &str) {
        let input = json!({"collection": self.id(shelf), "rubric": self.id(rubric)});
        self.house
            .effect(
                self.caller(by),
                "addToCollection",
                input,
                "collection { id }",
            )
            .await;
    }
}
