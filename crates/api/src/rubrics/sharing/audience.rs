//! Who sees something, in words and numbers.

use crate::{
    answer::error,
    loader::Loaders,
    organisation::{object::int, person::Colleague},
};
use async_graphql::{Context, Result, SimpleObject};
use kit::{Actor, Audience as Reached};
use organisation::Headcount;
use rubrics::{Rubric, Scope, State};
use std::collections::BTreeSet;
use store::Cx;

/// Who sees something (målgrupp), in words and numbers: names only for whoever may know them.
#[derive(Debug, Clone, SimpleObject)]
pub struct Audience {
    /// Who, in a sentence in your language.
    who: String,
    /// What they see of it, and what they do not: sentences in your language.
    sees: Vec<String>,
    /// How many people that is today, you not among them. Colleagues whose identity is protected count in their own teams alone. Nothing where the
    /// number is not yours to know.
    people: Option<i32>,
    /// How many units (enheter) they have as their home today. Nothing where `people` is nothing.
    units: Option<i32>,
    /// The people who are named, for the authors of the thing.
    named: Option<Vec<Colleague>>,
}

impl Audience {
    /// In words alone.
    pub(super) fn of(who: String, sees: Vec<String>) -> Self {
        Self {
            who,
            sees,
            people: None,
            units: None,
            named: None,
        }
    }

    /// With the people whom a scope names, for an author.
    pub(super) async fn naming(self, ctx: &Context<'_>, scope: &Scope) -> Result<Self> {
        let Scope::People(people) = scope else {
            return Ok(self);
        };
        let mut named = Vec::with_capacity(people.len());
        for person in people {
            named.push(Colleague::of(ctx, *person).await?);
        }
        Ok(Self {
            named: Some(named),
            ..self
        })
    }

    pub(super) fn counting_as(self, count: Headcount) -> Self {
        Self {
            people: Some(many(count.people)),
            units: Some(many(count.units)),
            ..self
        }
    }

    /// With the numbers of those who belong to one of the audiences.
    pub(super) async fn counting(self, cx: &Cx, audiences: &BTreeSet<Reached>) -> Result<Self> {
        Ok(self.counting_as(count(cx, audiences).await?))
    }
}

/// How many belong to one of the audiences.
pub(super) async fn count(cx: &Cx, audiences: &BTreeSet<Reached>) -> Result<Headcount> {
    let count = organisation::headcount(cx, audiences).await;
    count.map_err(|fault| error(cx, &fault))
}

pub(super) fn many(number: u64) -> i32 {
    int(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The one audience of a circle: whoever belongs to it may know how large it is. Named people are nobody's circle.
pub(super) fn circle(rubric: &Rubric) -> Option<Reached> {
    match rubric.scope {
        Scope::Private | Scope::People(_) => None,
        Scope::Team(team) => Some(Reached::Team(team)),
        Scope::Unit(unit) => Some(Reached::Unit(unit)),
        Scope::Organiser => Some(Reached::Organiser(rubric.organiser)),
    }
}

/// Whether the actor is a person who belongs to the audience.
pub(super) fn belongs(actor: &Actor, audience: Reached) -> bool {
    let held = actor.audiences().iter();
    actor.person().is_some() && held.map(|held| held.audience).any(|held| held == audience)
}

/// A circle in words, with the name of its team or unit where the reader may see that.
pub(super) async fn in_words(ctx: &Context<'_>, scope: &Scope, is_author: bool) -> Result<String> {
    let cx: &Cx = ctx.data()?;
    let loaders: &Loaders = ctx.data()?;
    let said = |sv: &str, en: &str| cx.lang.pick(sv, en).to_owned();
    Ok(match scope {
        Scope::Private => said("Bara de som skriver den.", "Only those who write it."),
        Scope::People(people) if is_author => match people.len() {
            1 => said(
                "De som skriver den och en namngiven person.",
                "Those who write it and one named person.",
            ),
            many => cx.lang.pick(
                format!("De som skriver den och {many} namngivna personer."),
                format!("Those who write it and {many} named people."),
            ),
        },
        Scope::People(_) => said(
            "De som skriver den och personer som de har namngett.",
            "Those who write it and people whom they named.",
        ),
        Scope::Team(team) => match loaders.team(*team).await? {
            Some(team) => cx.lang.pick(
                format!("Alla i laget {}, även gäster.", team.name),
                format!("Everybody in the team {}, guests too.", team.name),
            ),
            None => said(
                "Alla i ett lag, även gäster.",
                "Everybody in a team, guests too.",
            ),
        },
        Scope::Unit(unit) => match loaders.unit(*unit).await? {
            Some(unit) => cx.lang.pick(
                format!("Alla kollegor på {} och på enheterna under den.", unit.name),
                format!(
                    "Every colleague at {} and at the units below it.",
                    unit.name
                ),
            ),
            None => said(
                "Alla kollegor på en enhet och på enheterna under den.",
                "Every colleague at a unit and at the units below it.",
            ),
        },
        Scope::Organiser => said(
            "Alla kollegor hos huvudmannen.",
            "Every colleague at the organiser.",
        ),
    })
}

/// What others see of a rubric that is published for them.
pub(super) fn published(cx: &Cx, rubric: &Rubric) -> Vec<String> {
    let mut said = vec![
        cx.lang.pick(
            "Den publicerade versionen och de tidigare, med namnen på dem som skriver den.",
            "The published version and those before it, with the names of those who write it.",
        ),
        cx.lang.pick(
            "Inte utkastet, inte hur det kom till, och inte vilka som är namngivna.",
            "Not the draft, not how it came to be, and not who is named.",
        ),
    ];
    if rubric.state == State::Active {
        said.push(cx.lang.pick(
            "Den som är kollega kan göra en egen kopia och öppna den för elever.",
            "Whoever is a colleague can make a copy of their own and open it to pupils.",
        ));
    }
    said.into_iter().map(str::to_owned).collect()
}
