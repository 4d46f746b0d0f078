//! Nobody sees what they should not: every field of the schema is asked for as everybody, and what comes back is held against a table
//! written by hand.

mod curriculum;
mod house;
mod look;
mod rubrics;
mod table;
mod world;

use self::{house::House, look::Look, table::table, world::World};
use std::collections::{BTreeMap, BTreeSet};
use store::Consumers;
use testkit::on_both_with;
use tests::canary::{judge, unseen, unused};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_what_the_table_says_and_nothing_else() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = World::new(House::new(db).await).await;
        world.write_rubrics().await;
        world.import_lists().await;
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
    })
    .await;
}
