//! The house: every crate, its floor, and whom it may ask. The one table behind `tidy` and the drawing in ARCHITECTURE.md.

use std::fmt::Write;

/// A crate, what it is, and the crates that it may name in its `Cargo.toml`.
#[derive(Debug)]
pub(crate) struct Room {
    pub name: &'static str,
    pub what: &'static str,
    pub may_ask: &'static [&'static str],
}

/// A test dependency of any room, although it stands beside the house.
pub(crate) const TESTKIT: &str = "testkit";

/// From the doors down. Who stands on one floor does not know the others there.
pub(crate) const FLOORS: &[&[Room]] = &[
    &[Room {
        name: "server",
        what: "the one binary, `kollegium`: reads the configuration and wires everything",
        may_ask: &[
            "api",
            "curriculum",
            "exchange",
            "identity",
            "kit",
            "migrations",
            "notices",
            "organisation",
            "records",
            "rubrics",
            "store",
        ],
    }],
    &[Room {
        name: "api",
        what: "the door: GraphQL; translates, decides nothing",
        may_ask: &[
            "curriculum",
            "exchange",
            "identity",
            "kit",
            "notices",
            "organisation",
            "records",
            "rubrics",
            "store",
        ],
    }],
    &[
        Room {
            name: "notices",
            what: "the inbox: learns by events",
            may_ask: &["kit", "organisation", "records", "rubrics", "store"],
        },
        Room {
            name: "exchange",
            what: "files in and out",
            may_ask: &[
                "curriculum",
                "kit",
                "organisation",
                "records",
                "rubrics",
                "store",
            ],
        },
    ],
    &[Room {
        name: "rubrics",
        what: "what teachers write, review and share",
        may_ask: &["curriculum", "kit", "organisation", "records", "store"],
    }],
    &[Room {
        name: "records",
        what: "what every record has: reach, who may see it",
        may_ask: &["kit", "organisation", "store"],
    }],
    &[Room {
        name: "organisation",
        what: "units, people, roles, teams, the school calendar",
        may_ask: &["curriculum", "identity", "kit", "store"],
    }],
    &[
        Room {
            name: "curriculum",
            what: "school forms, subjects, goals, grading criteria",
            may_ask: &["kit", "store"],
        },
        Room {
            name: "identity",
            what: "accounts, secrets, sign-ins, tokens; knows no person",
            may_ask: &["kit", "store"],
        },
    ],
    &[Room {
        name: "store",
        what: "connections, Cx and Tx, outbox, deliveries, search; what the two databases say differently",
        may_ask: &["kit"],
    }],
    &[Room {
        name: "kit",
        what: "ids, Actor, Fault, paging, clock, parsed primitives",
        may_ask: &[],
    }],
];

/// What builds and tests the house, and is no part of it.
pub(crate) const BESIDE: &[Room] = &[
    Room {
        name: "migrations",
        what: "the schema, both databases from one source",
        may_ask: &["store"],
    },
    Room {
        name: TESTKIT,
        what: "a migrated database of each kind, a clock, ids, actors; any room's tests use it",
        may_ask: &["kit", "migrations", "store"],
    },
    Room {
        name: "tests",
        what: "stories through the real server",
        may_ask: &[
            "api",
            "curriculum",
            "exchange",
            "identity",
            "kit",
            "migrations",
            "notices",
            "organisation",
            "records",
            "rubrics",
            "server",
            "store",
            TESTKIT,
        ],
    },
    Room {
        name: "xtask",
        what: "tidy, generate, bench",
        may_ask: &["api"],
    },
];

/// Every crate, from the top floor down, then those beside the house.
pub(crate) fn rooms() -> impl Iterator<Item = &'static Room> {
    FLOORS.iter().copied().flatten().chain(BESIDE)
}

/// The house as text: the floors, what stands beside them, and who may ask whom.
pub(crate) fn drawing() -> String {
    let mut drawing = String::new();
    let mut line = |text: &str| {
        writeln!(drawing, "{}", text.trim_end()).expect("a String takes what is written");
    };
    for floor in FLOORS {
        let names: Vec<&str> = floor.iter().map(|room| room.name).collect();
        let what: Vec<&str> = floor.iter().map(|room| room.what).collect();
        line(&format!("{:^28}{}", names.join("      "), what.join(" · ")));
    }
    line("");
    line("beside the house");
    for room in BESIDE {
        line(&format!("  {:<14}{}", room.name, room.what));
    }
    line("");
    line("who may ask whom");
    for room in rooms().filter(|room| !room.may_ask.is_empty()) {
        line(&format!(
            "  {:<12} ─▶ {}",
            room.name,
            room.may_ask.join(" ")
        ));
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_only_go_down_and_name_crates_of_the_table() {
        let floor_of = |name: &str| {
            FLOORS
                .iter()
                .position(|floor| floor.iter().any(|room| room.name == name))
        };
        for (height, floor) in FLOORS.iter().enumerate() {
            for room in *floor {
                for asked in room.may_ask {
                    let beneath = floor_of(asked).is_some_and(|other| other > height);
                    let wires = room.name == "server" && *asked == "migrations";
                    assert!(beneath || wires, "{} asks {asked}", room.name);
                }
            }
        }
        for room in BESIDE {
            for asked in room.may_ask {
                assert!(rooms().any(|other| other.name == *asked), "{asked}");
                assert_ne!(room.name, *asked);
            }
        }
    }

    #[test]
    fn the_drawing_shows_every_crate_once_with_what_it_is() {
        let drawing = drawing();
        for room in rooms() {
            assert_eq!(drawing.matches(room.what).count(), 1, "{}", room.name);
        }
    }
}
