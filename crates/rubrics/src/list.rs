//! The library: what the actor may see, filtered, newest first or best match first.

use crate::{Code, CountOrder, Error, Rubric, RubricKind, ScopeKind, State, find};
use kit::{Actor, Audience, Key, Listed, Page, PersonId, Position, RubricId, TeamId, UnitId};
use std::collections::HashMap;
use store::{
    Cx, Scan,
    search::{self, Hit, Order, Words},
};
use uuid::Uuid;

/// What to look for. Of one field's values one must hold; every field that has values must.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// About one of these subjects.
    pub subjects: Vec<Code>,
    /// For one of these years.
    pub years: Vec<Code>,
    /// For one of these school forms.
    pub school_forms: Vec<Code>,
    /// Serving one of these key strategies.
    pub strategies: Vec<Code>,
    /// Built in one of these ways.
    pub kinds: Vec<RubricKind>,
    /// For one of these circles.
    pub scopes: Vec<ScopeKind>,
    /// By this author.
    pub author: Option<PersonId>,
    /// Shared with this team.
    pub team: Option<TeamId>,
    /// Made at this unit.
    pub unit: Option<UnitId>,
    /// By the actor.
    pub mine: bool,
    /// In one of these states; [`Listing::Active`] when empty.
    pub states: Vec<Listing>,
    /// Whether it was ever published; both when `None`.
    pub published: Option<bool>,
}

/// Where a rubric is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listing {
    /// In use.
    Active,
    /// No longer offered for new work.
    Retired,
    /// Put away; for its authors.
    Archived,
    /// Deleted before it was ever published; for its authors, who can bring it back.
    Deleted,
}

impl Listing {
    /// The stable code, as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => State::Active.code(),
            Self::Retired => State::Retired.code(),
            Self::Archived => State::Archived.code(),
            Self::Deleted => "DELETED",
        }
    }

    /// Where this rubric is listed.
    #[must_use]
    pub const fn of(rubric: &Rubric) -> Self {
        if rubric.is_deleted() {
            return Self::Deleted;
        }
        match rubric.state {
            State::Active => Self::Active,
            State::Retired => Self::Retired,
            State::Archived => Self::Archived,
        }
    }
}

impl Filter {
    fn facets(&self, cx: &Cx) -> Vec<Vec<String>> {
        let codes = |name: &str, codes: &[Code]| {
            codes
                .iter()
                .map(|code| facet(name, code))
                .collect::<Vec<_>>()
        };
        let states = if self.states.is_empty() {
            &[Listing::Active][..]
        } else {
            &self.states[..]
        };
        let mine = self.mine.then(|| writes_as(&cx.actor));
        let mut groups = vec![
            states
                .iter()
                .map(|state| facet("state", state.code()))
                .collect(),
            codes("subject", &self.subjects),
            codes("year", &self.years),
            codes("form", &self.school_forms),
            codes("strategy", &self.strategies),
            self.kinds
                .iter()
                .map(|kind| facet("kind", kind.code()))
                .collect(),
            self.scopes
                .iter()
                .map(|scope| facet("scope", scope.code()))
                .collect(),
            self.author
                .map(|author| facet("author", author))
                .into_iter()
                .collect(),
            self.team
                .map(|team| facet("team", team))
                .into_iter()
                .collect(),
            self.unit
                .map(|unit| facet("unit", unit))
                .into_iter()
                .collect(),
            self.published
                .map(|published| facet("published", published))
                .into_iter()
                .collect(),
            mine.unwrap_or_default(),
        ];
        groups.retain(|group| !group.is_empty());
        groups
    }
}

/// What the actor writes as: themself and their teams. Nobody writes nothing.
fn writes_as(actor: &Actor) -> Vec<String> {
    let person = actor.person().map(|person| person.to_string());
    let teams = actor.audiences().iter().map(|held| held.audience);
    let teams = teams.filter(|audience| matches!(audience, Audience::Team(_)));
    let names = std::iter::once(person.unwrap_or_default());
    let names = names.chain(teams.map(|team| team.to_string()));
    names.map(|name| facet("author", name)).collect()
}

pub(crate) fn facet(name: &str, value: impl std::fmt::Display) -> String {
    format!("{name}:{value}")
}

/// The rubrics that the actor may see, newest publication first. Two statements, however many there are.
///
/// # Errors
///
/// Those of the database.
pub async fn list(cx: &Cx, filter: &Filter, page: &Page) -> Result<Listed<Rubric>, Error> {
    let facets = filter.facets(cx);
    let scan = Scan {
        kind: RubricId::PREFIX,
        facets: &facets,
        after: kit::after(page),
        limit: page.first.and_one(),
    };
    let places = store::newest(cx, &scan).await?;
    let places = places
        .into_iter()
        .map(|place| Position {
            key: Key::At(place.at),
            id: place.thing_id,
        })
        .collect();
    gather(cx, places, page).await
}

/// The rubrics that the actor may see and that come far in this order, the farthest first. Two statements, however many there are.
///
/// # Errors
///
/// Those of the database.
pub async fn list_by_count(
    cx: &Cx,
    filter: &Filter,
    order: CountOrder,
    page: &Page,
) -> Result<Listed<Rubric>, Error> {
    let facets = filter.facets(cx);
    let scan = Scan {
        kind: order.kind(),
        facets: &facets,
        after: None,
        limit: page.first.and_one(),
    };
    let hits = store::heaviest(cx, &scan, behind(page)).await?;
    gather(cx, ranked(hits), page).await
}

/// The rubrics that the actor may see and that have all the words, best match first. Two statements, however many there are.
///
/// # Errors
///
/// Those of the database.
pub async fn search(
    cx: &Cx,
    words: &Words,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<Listed<Rubric>, Error> {
    let facets = filter.facets(cx);
    let scan = Scan {
        kind: RubricId::PREFIX,
        facets: &facets,
        after: None,
        limit: page.first.and_one(),
    };
    let hits = search::find(cx, words, &scan, order, behind(page)).await?;
    gather(cx, ranked(hits), page).await
}

/// The hit that the page goes on behind.
const fn behind(page: &Page) -> Option<Hit> {
    match page.after {
        Some(Position {
            key: Key::Rank(rank, at),
            id,
        }) => Some(Hit {
            thing_id: id,
            at,
            rank,
        }),
        _ => None,
    }
}

fn ranked(hits: Vec<Hit>) -> Vec<Position> {
    hits.into_iter()
        .map(|hit| Position {
            key: Key::Rank(hit.rank, hit.at),
            id: hit.thing_id,
        })
        .collect()
}

/// The rubrics at these places, which are one more than wanted if more follow.
async fn gather(cx: &Cx, mut places: Vec<Position>, page: &Page) -> Result<Listed<Rubric>, Error> {
    let more = places.len() > page.first.get();
    places.truncate(page.first.get());
    let ids: Vec<RubricId> = places.iter().map(|place| place.id.into()).collect();
    let mut found: HashMap<Uuid, Rubric> = find::by_ids(cx, &ids)
        .await?
        .into_iter()
        .map(|rubric| (rubric.id.uuid(), rubric))
        .collect();
    let items = places
        .into_iter()
        .filter_map(|place| Some((place.clone(), found.remove(&place.id)?)))
        .collect();
    Ok(Listed { items, more })
}

#[cfg(test)]
mod tests;
