//! A rubric that Anna, Bo and a team write together, shared with Pelle by name a moment ago.

use super::world::World;
use serde_json::json;

impl World<'_> {
    /// Last of all: the share can be undone as long as nobody waits.
    pub(crate) async fn write_together(&mut self) {
        self.draft("anna", "ekskolan", "samskriven").await;
        let team = json!({"author": {"team": self.id("amneslag")}});
        self.step("anna", "addRubricAuthor", "samskriven", team)
            .await;
        let bo = json!({"author": {"person": self.id("bo")}});
        self.step("cecilia", "addRubricAuthor", "samskriven", bo)
            .await;
        self.step("bo", "publishRubric", "samskriven", json!({}))
            .await;
        self.house.learn().await;
        let pelle = json!({"scope": "PEOPLE", "people": [self.id("pelle")]});
        self.step("bo", "shareRubric", "samskriven", pelle).await;
        self.forked("pelle", "samskriven", "samskriven-kopia").await;
    }
}
