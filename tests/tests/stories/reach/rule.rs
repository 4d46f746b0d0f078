//! Who sees a rubric, written by hand from what the domain says and from the facts of the generated world alone.
//!
//! An arm can be left out, to find the pairs that hang on it alone: where there are none, a test of that arm would be one that cannot fail.

use super::world::{Day, Held, Organiser, Person, Rubric, Scope, State};
use kit::{Role, RubricVersionId};

/// An arm of the rule: it alone shows a rubric to somebody, or it alone keeps it from somebody.
///
/// Each was taken out of the rooms by hand, and `the_database_and_the_rule_agree…` was red every time; what was taken out stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Arm {
    Author,
    Reviewer,
    Named,
    Member,
    AtUnit,
    BelowUnit,
    AtOrganiser,
    Service,
    SameOrganiser,
    NotLeft,
    Published,
    NotArchived,
    ReviewOfActive,
    RoleBegun,
    RoleNotEnded,
    ColleagueRole,
    MemberNotLeft,
    MemberHasRole,
}

impl Arm {
    /// Those that show.
    pub(crate) const OPEN: [Self; 8] = [
        Self::Author,
        Self::Reviewer,
        Self::Named,
        Self::Member,
        Self::AtUnit,
        Self::BelowUnit,
        Self::AtOrganiser,
        Self::Service,
    ];
    /// Those that keep.
    pub(crate) const KEEP: [Self; 10] = [
        Self::SameOrganiser,
        Self::NotLeft,
        Self::Published,
        Self::NotArchived,
        Self::ReviewOfActive,
        Self::RoleBegun,
        Self::RoleNotEnded,
        Self::ColleagueRole,
        Self::MemberNotLeft,
        Self::MemberHasRole,
    ];
}

/// Somebody who asks, on a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub at: &'a Organiser,
    pub who: Who,
    pub day: Day,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Who {
    /// The person in this place.
    Person(usize),
    /// A service account, which may or may not read rubrics.
    Service {
        reads: bool,
    },
    Anonymous,
}

/// The rule, with an arm left out or whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub without: Option<Arm>,
}

impl Rule {
    pub(crate) const WHOLE: Self = Self { without: None };

    /// An arm that shows.
    fn shows(self, arm: Arm, holds: bool) -> bool {
        holds && self.without != Some(arm)
    }

    /// An arm that keeps.
    fn passes(self, arm: Arm, holds: bool) -> bool {
        holds || self.without == Some(arm)
    }

    /// Whether the person is somebody here on the day: on their last one still, the day after no more.
    pub(crate) fn is_here(self, person: &Person, day: Day) -> bool {
        self.passes(Arm::NotLeft, person.last_day.is_none_or(|last| day <= last))
    }

    fn holds(self, held: &Held, day: Day) -> bool {
        self.passes(Arm::RoleBegun, held.from <= day)
            && self.passes(Arm::RoleNotEnded, held.to.is_none_or(|to| day <= to))
    }

    /// Those who teach, lead teaching or follow it up. Administrators, records officers and data protection officers read no content,
    /// and guests only their team's.
    fn is_colleague(self, role: Role) -> bool {
        let reads = [
            Role::Teacher,
            Role::Staff,
            Role::PreschoolTeacher,
            Role::LeadTeacher,
            Role::Coordinator,
            Role::Principal,
            Role::Deputy,
            Role::OrganiserHead,
        ];
        self.passes(Arm::ColleagueRole, reads.contains(&role))
    }

    /// Where the person is a colleague on the day; `None` is the organiser.
    fn colleague_at(self, person: &Person, day: Day) -> impl Iterator<Item = Option<usize>> {
        let held = person.roles.iter();
        held.filter(move |held| self.holds(held, day) && self.is_colleague(held.role))
            .map(|held| held.unit)
    }

    fn is_member(self, person: &Person, team: usize, day: Day) -> bool {
        let belongs = person.memberships.iter().any(|membership| {
            membership.team == team && self.passes(Arm::MemberNotLeft, !membership.left)
        });
        let has_role = person.roles.iter().any(|held| self.holds(held, day));
        belongs && self.passes(Arm::MemberHasRole, has_role)
    }

    /// Whether the asker sees a rubric of `owner`.
    pub(crate) fn sees(self, asker: Asker<'_>, owner: &Organiser, rubric: &Rubric) -> bool {
        if !self.passes(Arm::SameOrganiser, asker.at.id == owner.id) {
            return false;
        }
        let is_public = self.passes(Arm::Published, !rubric.published.is_empty())
            && self.passes(Arm::NotArchived, rubric.state != State::Archived);
        match asker.who {
            Who::Anonymous => false,
            Who::Service { reads } => {
                is_public && rubric.scope == Scope::Organiser && self.shows(Arm::Service, reads)
            }
            Who::Person(at) => {
                let person = &asker.at.people[at];
                self.is_here(person, asker.day)
                    && (self.shows(Arm::Author, rubric.author == at)
                        || self.reviews(rubric, at)
                        || is_public && self.is_among(asker, person, at, owner, &rubric.scope))
            }
        }
    }

    fn reviews(self, rubric: &Rubric, at: usize) -> bool {
        let asked = rubric.draft.and_then(|draft| draft.reviewer) == Some(at);
        self.shows(Arm::Reviewer, asked)
            && self.passes(Arm::ReviewOfActive, rubric.state == State::Active)
    }

    fn is_among(
        self,
        asker: Asker<'_>,
        person: &Person,
        at: usize,
        owner: &Organiser,
        scope: &Scope,
    ) -> bool {
        match scope {
            Scope::Private => false,
            Scope::People(people) => self.shows(Arm::Named, people.contains(&at)),
            Scope::Team(team) => self.shows(Arm::Member, self.is_member(person, *team, asker.day)),
            Scope::Unit(unit) => {
                let at: Vec<usize> = self.colleague_at(person, asker.day).flatten().collect();
                self.shows(Arm::AtUnit, at.contains(unit))
                    || self.shows(
                        Arm::BelowUnit,
                        at.iter().any(|at| owner.is_below(*at, *unit)),
                    )
            }
            Scope::Organiser => self.shows(
                Arm::AtOrganiser,
                self.colleague_at(person, asker.day).next().is_some(),
            ),
        }
    }

    /// Whether who sees the rubric also reads this version: what is published, everybody; a draft its author, and while it is in review
    /// the colleague who was asked.
    pub(crate) fn reads(
        self,
        asker: Asker<'_>,
        owner: &Organiser,
        rubric: &Rubric,
        version: RubricVersionId,
    ) -> bool {
        let is_published = rubric.published.contains(&version);
        let may = match asker.who {
            Who::Person(at) => {
                let is_draft = rubric.draft.is_some_and(|draft| draft.version == version);
                is_published || rubric.author == at || is_draft && self.reviews(rubric, at)
            }
            Who::Service { .. } | Who::Anonymous => is_published,
        };
        may && self.sees(asker, owner, rubric)
    }

    /// The units where the person may begin a rubric, and for which they may share it: where they are a colleague, and all above.
    pub(crate) fn belongs(self, owner: &Organiser, at: usize, day: Day) -> Vec<usize> {
        let person = &owner.people[at];
        if !self.is_here(person, day) {
            return Vec::new();
        }
        let at: Vec<usize> = self.colleague_at(person, day).flatten().collect();
        (0..owner.units.len())
            .filter(|unit| at.iter().any(|at| at == unit || owner.is_below(*at, *unit)))
            .collect()
    }

    /// The teams that the person belongs to.
    pub(crate) fn teams(self, owner: &Organiser, at: usize, day: Day) -> Vec<usize> {
        (0..owner.teams.len())
            .filter(|team| self.is_member(&owner.people[at], *team, day))
            .collect()
    }
}

impl Organiser {
    fn is_below(&self, unit: usize, above: usize) -> bool {
        let mut next = self.units[unit].above;
        while let Some(at) = next {
            if at == above {
                return true;
            }
            next = self.units[at].above;
        }
        false
    }
}
