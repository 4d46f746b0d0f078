//! The examples in which rubrics are read, written and followed.

use super::Reader;
use serde_json::{Value, json};
use tests::ask::text;
use tests::subscription::Told;
use tests::world::{World, content, new_id};

impl Reader {
    /// `paging.md`: every rubric once, a page at a time.
    pub(super) async fn turns_pages(&mut self, world: &World) {
        for title in ["Läslogg", "Debattartikel", "Boksamtal"] {
            world.bo.shared(&world.school, title).await;
        }
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let filter = json!({"subjects": ["SV"], "years": ["4"]});
            let variables = json!({"filter": filter, "first": 3, "after": after});
            let client = &world.anna.client;
            let page = self.asks(client, "browse-the-library", variables).await["rubrics"].clone();
            let titles = page["nodes"].as_array().unwrap().iter();
            seen.extend(titles.map(|rubric| text(rubric, "title.text")));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let newest_first = ["Boksamtal", "Debattartikel", "Läslogg", "Fråga källan"];
        assert_eq!(seen, newest_first);
    }

    /// `retrying.md`: the same again is done once, and nobody's words are lost.
    pub(super) async fn writes_offline(&mut self, world: &World) {
        let anna = &world.anna.client;
        let create = |id: &str, title: &str| {
            let mut content = content(title);
            content["criteria"][0]["id"] = json!("7c9e6679-7425-40de-944b-e07fc1f90ae7");
            json!({"id": id, "unit": world.school, "content": content})
        };
        let id = new_id();
        let file = "create-a-rubric";
        let made = self.does(anna, file, create(&id, "Läslogg")).await;
        let again = self.does(anna, file, create(&id, "Läslogg")).await;
        assert_eq!(made, again);
        let other = self.tries(anna, file, create(&id, "Något annat")).await;
        assert_eq!(text(&other, "userErrors.0.code"), "ID_TAKEN");

        let rubric = text(&made, "rubric.id");
        let criterion = &made["rubric"]["draft"]["criteria"][0];
        let save = |key: &str, title: &str| {
            let content = json!({"title": {"sv": title}});
            let patch = json!({"id": criterion["id"], "revision": criterion["revision"], "content": content});
            json!({"rubric": rubric, "criterion": patch, "key": key})
        };
        let (file, key) = ("save-a-criterion", new_id());
        let saved = self.does(anna, file, save(&key, "Det egna")).await;
        let again = self.does(anna, file, save(&key, "Det egna")).await;
        assert_eq!(saved, again);
        let late = self.tries(anna, file, save(&new_id(), "Sig själv")).await;
        assert_eq!(text(&late, "userErrors.0.code"), "STALE_VERSION");
        let conflict = &late["conflicts"][0];
        assert_eq!(text(conflict, "yours.title.text"), "Sig själv");
        assert_eq!(text(conflict, "theirs.title.text"), "Det egna");
        assert_eq!(
            conflict["revision"],
            saved["draft"]["criteria"][0]["revision"]
        );
    }

    /// `errors.md` and `subscriptions.md`: what is told of a rubric, from its beginning to where it is shared.
    pub(super) async fn publishes_and_follows(&mut self, world: &World) {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, version) = anna.draft(&world.school, "Muntligt berättande").await;
        let publish = |rubric: &str| json!({"rubric": rubric, "version": version, "key": new_id()});
        let file = "publish-a-rubric";
        let unknown = self.tries(&bo.client, file, publish(&rubric)).await;
        assert_eq!(text(&unknown, "userErrors.0.code"), "NOT_FOUND");
        assert_eq!(unknown["rubric"], Value::Null);
        let published = self.does(&anna.client, file, publish(&rubric)).await;

        let version = &published["rubric"]["version"];
        let input =
            json!({"rubric": rubric, "version": version, "scope": "PEOPLE", "people": [bo.id]});
        let file = "share-a-rubric";
        let late = json!({"input": {"rubric": rubric, "version": 1, "scope": "ORGANISER"}});
        let late = self.tries(&anna.client, file, late).await;
        assert_eq!(text(&late, "userErrors.0.code"), "STALE_VERSION");
        assert_eq!(&late["rubric"]["version"], version, "as it is now");
        self.does(&anna.client, file, json!({"input": input})).await;

        let follow = self.text("follow-a-rubric");
        let variables = json!({"rubric": rubric, "after": 0});
        let mut told = anna.client.subscribe(&follow, variables).await.unwrap();
        for (number, event) in [
            (1, "rubric.created"),
            (2, "rubric.published"),
            (3, "rubric.shared"),
        ] {
            let Told::Next(next) = told.next().await else {
                panic!("{event} is told");
            };
            let change = &next["data"]["rubricChanged"];
            assert_eq!(
                (&change["number"], &change["event"]),
                (&json!(number), &json!(event))
            );
            assert_eq!(change["kind"], "CHANGED");
        }
        told.end().await;
        let unknown = json!({"rubric": format!("rubric_{}", "0".repeat(26))});
        let mut told = anna.client.subscribe(&follow, unknown).await.unwrap();
        assert_eq!(told.next().await, Told::Complete);

        let follow = self.text("follow-the-inbox");
        let mut told = bo
            .client
            .subscribe(&follow, json!({"after": 0}))
            .await
            .unwrap();
        let Told::Next(next) = told.next().await else {
            panic!("the inbox tells of what was shared");
        };
        assert_eq!(next["data"]["inboxChanged"]["number"], 1);
        told.end().await;
        let inbox = self.asks(&bo.client, "read-the-inbox", json!({})).await;
        assert_eq!(
            text(&inbox, "inbox.nodes.0.subject.title.text"),
            "Muntligt berättande"
        );
    }
}
