//! Nobody sees what they should not: every field of the schema is asked for as everybody, and what comes back is held against a table
//! written by hand.

mod catalogue;
mod curriculum;
mod exemplars;
mod forks;
pub(crate) mod house;
mod links;
mod look;
mod rubrics;
mod sharing;
mod shelves;
mod table;
mod talk;
pub(crate) mod world;

use self::{house::House, look::Look, table::table, world::World};
use std::collections::{BTreeMap, BTreeSet};
use store::Consumers;
use testkit::on_both_with;
use tests::canary::{judge, unseen, unused};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_what_the_table_says_and_nothing_else() {
    on_both_with(
        &Consumers([notices::consumers(), ::rubrics::consumers()].concat()),
        async |db| {
            let mut world = World::new(House::new(db).await).await;
            world.import_lists().await;
            world.furnish().await;
            let look = Look::new(&world);
            let mut seen = BTreeMap::new();
            let mut filled = BTreeSet::new();
            let mut leaks = Vec::new();
            for (who, caller) in &world.callers {
                let answers = look.all(&world, caller).await;
                let table = table();
                leaks.extend(judge(&table, who, &answers.records));
                seen.insert((*who).to_owned(), answers.records);
                filled.extend(answers.filled);
            }
            let place = db.kind();
            let table = table();
            assert_eq!(leaks, [], "{place}: somebody saw what is not theirs");
            assert_eq!(unseen(&table, &seen), [""; 0], "{place}: nobody saw these");
            assert_eq!(
                unused(&table, &seen),
                [],
                "{place}: somebody did not see what is theirs"
            );
            assert_eq!(
                look.silent(&filled),
                [],
                "{place}: fields that showed nobody a value"
            );
            for who in ["bo", "cecilia", "tjanst-personer"] {
                world.protect("sanna", false).await;
                let open = look.all(&world, world.caller(who)).await.records;
                world.protect("sanna", true).await;
                let protected = look.all(&world, world.caller(who)).await.records;
                let hidden: Vec<_> = open.difference(&protected).map(String::as_str).collect();
                assert_eq!(
                    hidden,
                    ["sanna"],
                    "{place}: {who}: what the marking hides, in every type"
                );
                assert_eq!(
                    protected, seen[who],
                    "{place}: {who}: the marking hides it again at once"
                );
            }
        },
    )
    .await;
}
