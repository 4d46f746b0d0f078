//! What is so in a generated world, written down as the generator decided it and never read back from the code under test.

use kit::{OrganiserId, PersonId, Role, RubricId, RubricVersionId, TeamId, UnitId};
use uuid::Uuid;

/// Days are counted from the one on which the world is made.
pub(crate) type Day = i64;

/// A repeatable source of choices (splitmix64), so that a failure can be looked at again by the number of its world.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("it is below a usize")
    }

    /// Whether a thing of so many percent happens.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A random id (v4).
    pub(crate) fn id<I: From<Uuid>>(&mut self) -> I {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        I::from(
            uuid::Builder::from_u128(bits)
                .with_version(uuid::Version::Random)
                .into_uuid(),
        )
    }
}

/// One organiser. Two of a world share the ids of their units, teams and people, and nothing else.
#[derive(Debug)]
pub(crate) struct Organiser {
    pub id: OrganiserId,
    pub units: Vec<Unit>,
    pub teams: Vec<Team>,
    pub people: Vec<Person>,
    pub rubrics: Vec<Rubric>,
}

#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub id: UnitId,
    pub kind: Kind,
    /// The place of the unit above it.
    pub above: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Area,
    School,
    Preschool,
}

#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub id: TeamId,
    pub unit: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub id: PersonId,
    pub home: Option<usize>,
    pub roles: Vec<Held>,
    pub memberships: Vec<Membership>,
    /// They are here up to and on this day.
    pub last_day: Option<Day>,
    pub protected: bool,
    /// Where home is from a day on.
    pub moves: Option<(usize, Day)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub role: Role,
    pub unit: Option<usize>,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Clone)]
pub(crate) struct Membership {
    pub team: usize,
    /// Whether they were taken out again before anybody looked.
    pub left: bool,
}

/// For whom a rubric was said to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scope {
    Private,
    People(Vec<usize>),
    Team(usize),
    Unit(usize),
    Organiser,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum State {
    Active,
    Retired,
    Archived,
}

#[derive(Debug, Clone)]
pub(crate) struct Rubric {
    pub id: RubricId,
    pub author: usize,
    pub scope: Scope,
    pub state: State,
    pub draft: Option<Draft>,
    /// Every draft that was deleted and not brought back.
    pub deleted: Vec<RubricVersionId>,
    /// Whether the last of them can be brought back.
    pub restorable: bool,
    /// Every version that was ever published.
    pub published: Vec<RubricVersionId>,
    /// As the last use case answered it: what the pure rule of the room is asked about.
    pub answered: Option<rubrics::Rubric>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub version: RubricVersionId,
    pub reviewer: Option<usize>,
}

/// Roles of everyday life come often, offices seldom.
const ROLES: &[Role] = &[
    Role::Teacher,
    Role::Teacher,
    Role::PreschoolTeacher,
    Role::LeadTeacher,
    Role::Staff,
    Role::Principal,
    Role::Deputy,
    Role::Coordinator,
    Role::OrganiserHead,
    Role::Admin,
    Role::RecordsOfficer,
    Role::DataProtectionOfficer,
    Role::Guest,
    Role::Guest,
];

/// The day on which the world is looked at again: some roles have ended by then, and some have begun.
pub(crate) const LATER: Day = 10;

impl Organiser {
    /// An organiser without rubrics: a tree of units, teams in and across them, people of every sort.
    pub(crate) fn of(dice: &mut Dice) -> Self {
        let mut units = vec![Unit {
            id: dice.id(),
            kind: Kind::Area,
            above: None,
        }];
        for _ in 0..4 {
            let kind = *dice.pick(&[Kind::Area, Kind::School, Kind::School, Kind::Preschool]);
            let areas: Vec<usize> = (0..units.len())
                .filter(|at| units[*at].kind == Kind::Area)
                .collect();
            let above = dice.percent(75).then(|| *dice.pick(&areas));
            units.push(Unit {
                id: dice.id(),
                kind,
                above,
            });
        }
        let teams = (0..3)
            .map(|_| Team {
                id: dice.id(),
                unit: dice.percent(60).then(|| dice.below(units.len())),
            })
            .collect::<Vec<_>>();
        let people = (0..10)
            .map(|at| Person::of(dice, at, units.len(), teams.len()))
            .collect();
        Self {
            id: dice.id(),
            units,
            teams,
            people,
            rubrics: Vec::new(),
        }
    }

    /// Another organiser with the same tree, the same teams, people of the same ids who hold other roles, and rubrics of its own.
    pub(crate) fn twin(&self, dice: &mut Dice) -> Self {
        let people = self.people.iter().enumerate();
        let people = people
            .map(|(at, twin)| Person {
                id: twin.id,
                ..Person::of(dice, at, self.units.len(), self.teams.len())
            })
            .collect();
        Self {
            id: dice.id(),
            units: self.units.clone(),
            teams: self.teams.clone(),
            people,
            rubrics: Vec::new(),
        }
    }
}

impl Person {
    /// The first three are teachers who stay, so that there is always somebody to write and share; one moves and one administers.
    fn of(dice: &mut Dice, at: usize, units: usize, teams: usize) -> Self {
        let home = dice.below(units);
        let mut roles = Vec::new();
        let mut moves = None;
        if at < 3 {
            roles.push(Held {
                role: Role::Teacher,
                unit: Some(home),
                from: -5,
                to: None,
            });
        }
        if at == 9 {
            // An organiser keeps an administrator.
            roles.push(Held {
                role: Role::Admin,
                unit: None,
                from: -5,
                to: None,
            });
        }
        if at == 3 {
            // Somebody who moves: home and role go from one unit to another between the two days.
            let next = dice.below(units);
            roles.push(Held {
                role: Role::Teacher,
                unit: Some(home),
                from: -40,
                to: Some(4),
            });
            roles.push(Held {
                role: Role::Teacher,
                unit: Some(next),
                from: 5,
                to: None,
            });
            moves = Some((next, 5));
        }
        while roles.is_empty() || dice.percent(30) {
            roles.push(Held::of(dice, units));
        }
        let only_guest = roles.iter().all(|held| held.role == Role::Guest);
        let last_day = if only_guest {
            roles.iter().filter_map(|held| held.to).max()
        } else {
            (at > 3 && at < 9 && dice.percent(20)).then_some(4)
        };
        let mut memberships = Vec::new();
        for team in 0..teams {
            if dice.percent(45) {
                let left = dice.percent(25);
                memberships.push(Membership { team, left });
            }
        }
        Self {
            id: dice.id(),
            home: Some(home).filter(|_| at < 4 || dice.percent(80)),
            memberships,
            roles,
            last_day,
            protected: dice.percent(15),
            moves,
        }
    }
}

impl Held {
    fn of(dice: &mut Dice, units: usize) -> Self {
        let role = *dice.pick(ROLES);
        let at_organiser = matches!(
            role,
            Role::Admin
                | Role::Coordinator
                | Role::DataProtectionOfficer
                | Role::OrganiserHead
                | Role::RecordsOfficer
                | Role::Staff
        ) && dice.percent(50);
        let (from, to) = *dice.pick(&[
            (-5, None),
            (-5, None),
            (0, None),
            (-5, Some(4)),
            (0, Some(LATER)),
            (-5, Some(0)),
            (-30, Some(-1)),
            (5, None),
            (LATER, None),
            (LATER + 1, None),
        ]);
        Self {
            role,
            unit: (!at_organiser).then(|| dice.below(units)),
            from,
            to: to.or((role == Role::Guest).then_some(30)),
        }
    }
}
