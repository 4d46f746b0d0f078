//! Import, publish, share, found in another school by searching, refused to another organiser.

use serde_json::json;
use tests::ask::text;
use tests::server::Server;
use tests::world::{World, in_world, sees, step};

const FILE: &str = include_str!("../../../crates/exchange/tests/fixtures/canvas-rubric-import.csv");

#[tokio::test(flavor = "multi_thread")]
async fn the_world_is_there() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, _) = world
            .anna
            .shared(&world.school, "Läsa skönlitteratur")
            .await;
        assert_eq!(world.cecilia.sees(&rubric).await["id"], rubric.as_str());
    })
    .await;
}
