//! Who may do what with a rubric: pure, and the same for the mutation and for what a client is told beforehand.

use crate::{
    Author, CollectionOwner, Draft, Error, OpenRubric, Rubric, Scope, State, VersionState, talk,
};
use kit::{Actor, Audience, Instant, PersonId, Role, TeamId, UnitId};
use std::collections::BTreeSet;

/// Who may see a rubric: its authors always, its reviewer as long as they are asked, and its scope once it is published and until it is archived.
#[must_use]
pub fn audiences(rubric: &Rubric) -> BTreeSet<Audience> {
    let mut audiences = draft_audiences(rubric);
    if rubric.current.is_some() && rubric.state != State::Archived {
        match &rubric.scope {
            Scope::Private => {}
            Scope::People(people) => audiences.extend(people.iter().copied().map(Audience::Person)),
            Scope::Team(team) => drop(audiences.insert(Audience::Team(*team))),
            Scope::Unit(unit) => drop(audiences.insert(Audience::Unit(*unit))),
            Scope::Organiser => drop(audiences.insert(Audience::Organiser(rubric.organiser))),
        }
    }
    audiences
}

/// Who may see the draft of a rubric: its authors, and its reviewer as long as they are asked.
#[must_use]
pub fn draft_audiences(rubric: &Rubric) -> BTreeSet<Audience> {
    let mut audiences: BTreeSet<_> = rubric
        .authors
        .iter()
        .copied()
        .map(Audience::Person)
        .chain(rubric.author_teams.iter().copied().map(Audience::Team))
        .collect();
    if let (
        State::Active,
        Some(Draft {
            reviewer: Some(reviewer),
            ..
        }),
    ) = (rubric.state, rubric.draft)
    {
        audiences.insert(Audience::Person(reviewer));
    }
    audiences
}

/// Of a rubric that one may see, every published version can be read; a draft is its authors', and its reviewer's as long as they are asked.
pub(crate) fn may_see_version(
    actor: &Actor,
    state: VersionState,
    writes: bool,
    reviewer: Option<PersonId>,
) -> bool {
    match state {
        VersionState::Published => true,
        VersionState::InReview => writes || reviewer.is_some_and(|reviewer| actor.is(reviewer)),
        VersionState::Draft => writes,
    }
}

/// Whether the actor sees that and how a rubric is worked on: its draft, its reviewer, when it was last saved. Others see what is published.
#[must_use]
pub fn sees_drafts(actor: &Actor, rubric: &Rubric) -> bool {
    let reviewer = rubric.draft.and_then(|draft| draft.reviewer);
    let is_asked =
        rubric.state == State::Active && reviewer.is_some_and(|reviewer| actor.is(reviewer));
    is_asked || is_author(actor, rubric)
}

/// A rubric is made where one is a colleague.
pub(crate) fn may_create(actor: &Actor, unit: UnitId) -> Result<PersonId, Error> {
    let person = actor.person().ok_or(Error::NotHere)?;
    if counts_as(actor, Audience::Unit(unit)) {
        Ok(person)
    } else {
        Err(Error::NotHere)
    }
}

/// What came with Kollegium, the house itself puts up.
pub(crate) fn may_shelve(actor: &Actor) -> Result<(), Error> {
    match actor {
        Actor::System { .. } => Ok(()),
        Actor::Anonymous | Actor::Person(_) | Actor::Service(_) => Err(Error::NotYours),
    }
}

/// A draft speaks in its authors' names, so only they write in it.
pub(crate) fn may_save(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.open_draft().map(drop)
}

/// Its authors ask for the review of their own draft.
pub(crate) fn may_submit(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.open_draft().map(drop)
}

/// Who was asked approves; nobody approves their own.
pub(crate) fn may_approve(actor: &Actor, rubric: &Rubric) -> Result<PersonId, Error> {
    if authored(actor, rubric).is_ok() {
        return Err(Error::OwnReview);
    }
    let (_, reviewer) = rubric.in_review()?;
    if actor.is(reviewer) {
        Ok(reviewer)
    } else {
        Err(Error::NotReviewer)
    }
}

/// Who was asked returns it, and an author may take it back, so that a reviewer who is away blocks nobody.
pub(crate) fn may_return(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    let (_, reviewer) = rubric.in_review()?;
    if actor.is(reviewer) || authored(actor, rubric).is_ok() {
        Ok(())
    } else {
        Err(Error::NotReviewer)
    }
}

/// Publishing speaks in its authors' names, so only they do it.
pub(crate) fn may_publish(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.open_draft().map(drop)
}

/// Others make their own copy; a new version is the authors'.
pub(crate) fn may_revise(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.revisable().map(drop)
}

/// Whether it is still good enough to use is its authors' word.
pub(crate) fn may_retire(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.retirable()
}

/// Putting it away takes it from everybody else, so only its authors do it.
pub(crate) fn may_archive(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.archivable()
}

/// For whom it is, its authors decide.
pub(crate) fn may_share(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.sharable(&Scope::Private)
}

/// One widens only to where one belongs, so that nobody speaks into a room they are not in. Narrowing is always open.
pub(crate) fn may_share_with(actor: &Actor, rubric: &Rubric, scope: &Scope) -> Result<(), Error> {
    may_share(actor, rubric)?;
    rubric.sharable(scope)?;
    is_among(actor, rubric, scope)
}

/// Whether the actor belongs to those for whom they would share it, or it is for them already.
pub(crate) fn is_among(actor: &Actor, rubric: &Rubric, scope: &Scope) -> Result<(), Error> {
    let belongs = match scope {
        Scope::Private | Scope::People(_) => true,
        Scope::Team(team) => actor.belongs_to(*team),
        Scope::Unit(unit) => counts_as(actor, Audience::Unit(*unit)),
        Scope::Organiser => counts_as(actor, Audience::Organiser(rubric.organiser)),
    };
    if belongs || *scope == rubric.scope {
        Ok(())
    } else {
        Err(Error::NotAmong)
    }
}

/// What an author shared too widely, any author takes back; once people were told, it is too late.
pub(crate) fn may_undo_share(actor: &Actor, rubric: &Rubric, now: Instant) -> Result<(), Error> {
    may_share(actor, rubric)?;
    rubric.undoable(now).map(drop)
}

/// Until when the actor can undo the latest share, if they still can.
#[must_use]
pub fn undo_until(actor: &Actor, rubric: &Rubric, now: Instant) -> Option<Instant> {
    may_undo_share(actor, rubric, now).ok()?;
    rubric.shares.last.as_ref().map(|last| last.until)
}

/// Who writes it, its authors decide who work here. A guest of a team that writes it writes too, for as long as they are a guest, and no longer.
pub(crate) fn may_change_authors(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    if !counts_as(actor, Audience::Organiser(rubric.organiser)) {
        return Err(Error::NotColleague);
    }
    if rubric.state == State::Archived || rubric.is_deleted() {
        return Err(Error::NotActive);
    }
    Ok(())
}

/// One writes with colleagues, and with a team that one belongs to.
pub(crate) fn may_add_author(actor: &Actor, rubric: &Rubric, author: Author) -> Result<(), Error> {
    may_change_authors(actor, rubric)?;
    match author {
        Author::Team(team) if !actor.belongs_to(team) => Err(Error::NotAmong),
        Author::Person(_) | Author::Team(_) => Ok(()),
    }
}

/// A draft is its authors' to throw away.
pub(crate) fn may_delete(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.deletable().map(drop)
}

/// What its authors deleted or archived, they bring back.
pub(crate) fn may_restore(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.restorable().map(drop)
}

/// What one is shown by colleagues, one may teach with, and pupils see what they are taught with. A guest takes part in one team and opens nothing.
pub(crate) fn may_link(actor: &Actor, rubric: &Rubric) -> Result<PersonId, Error> {
    let person = actor.person().ok_or(Error::NotColleague)?;
    if !counts_as(actor, Audience::Organiser(rubric.organiser)) {
        return Err(Error::NotColleague);
    }
    rubric.linkable()?;
    Ok(person)
}

/// A team collects samples together: whoever sees the rubric as a colleague adds to it. A guest takes part in one team and leaves nothing behind.
pub(crate) fn may_add_exemplar(actor: &Actor, rubric: &Rubric) -> Result<PersonId, Error> {
    may_link(actor, rubric)
}

/// Its authors answer for what stands in their rubric, also when a colleague added it.
pub(crate) fn may_remove_exemplar(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric).map_err(|_| Error::ExemplarNotYours)
}

/// Its authors answer for the words, so that they can close every link to them. Who made it, nobody is told.
pub(crate) fn sees_every_link(actor: &Actor, rubric: &Rubric) -> bool {
    is_author(actor, rubric)
}

/// How a draft came to be is its authors' business.
pub(crate) fn may_read_history(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)
}

/// One goes on from what is offered, as a colleague somewhere.
pub(crate) fn may_fork(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    if !is_colleague_somewhere(actor) {
        return Err(Error::NotHere);
    }
    rubric.active()?;
    rubric.current.map(drop).ok_or(Error::NotPublished)
}

/// What a fork takes over, its authors decide; while it is in review it does not change.
pub(crate) fn may_pull(actor: &Actor, fork: &Rubric) -> Result<(), Error> {
    authored(actor, fork)?;
    if fork.draft.is_some() {
        fork.open_draft().map(drop)
    } else {
        fork.revisable().map(drop)
    }
}

/// What could be taken over is held beside the draft, so it is its authors' business.
pub(crate) fn may_read_offers(actor: &Actor, fork: &Rubric) -> Result<(), Error> {
    authored(actor, fork)
}

/// One proposes one's own words.
pub(crate) fn may_propose(actor: &Actor, fork: &Rubric) -> Result<PersonId, Error> {
    authored(actor, fork)?;
    actor.person().ok_or(Error::NotYours)
}

/// What comes into a rubric, its authors decide.
pub(crate) fn may_answer(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)
}

/// Thanks go to others, for what they published.
pub(crate) fn may_thank(actor: &Actor, rubric: &Rubric) -> Result<PersonId, Error> {
    if authored(actor, rubric).is_ok() {
        return Err(Error::Own);
    }
    rubric.current.ok_or(Error::NotPublished)?;
    actor.person().ok_or(Error::NotHere)
}

/// What others change is told to whom it helps: those who write the next version.
pub(crate) fn may_read_heat(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)
}

/// Whether the actor is told how many thanked for a rubric, and which criteria its forks change: its authors alone.
#[must_use]
pub fn sees_thanks(actor: &Actor, rubric: &Rubric) -> bool {
    authored(actor, rubric).is_ok()
}

/// What goes out to the whole country speaks in its authors' names, so only they put it there.
pub(crate) fn may_open(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)?;
    rubric.active()?;
    rubric.current.map(drop).ok_or(Error::NotPublished)
}

/// What its authors put in the catalogue, each of them takes back, whatever became of the rubric.
pub(crate) fn may_withdraw(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    authored(actor, rubric)
}

/// The catalogue is for every colleague of every organiser, and for administrators, who look after it. A guest takes part in one team.
#[must_use]
pub fn may_browse(actor: &Actor) -> bool {
    counts_as(actor, Audience::Organiser(actor.organiser())) || keeps_catalogue(actor)
}

/// Whether the actor looks after the catalogue for their organiser: an administrator of the whole of it.
#[must_use]
pub fn keeps_catalogue(actor: &Actor) -> bool {
    actor.person().is_some() && organisation::administers(actor)
}

/// What an organiser's people are shown, its administrators answer for.
pub(crate) fn may_hide_open(actor: &Actor) -> Result<(), Error> {
    if keeps_catalogue(actor) {
        Ok(())
    } else {
        Err(Error::NotKeeper)
    }
}

/// What the whole installation shows, whoever runs it answers for.
pub(crate) fn may_bar_open(actor: &Actor) -> Result<(), Error> {
    match actor {
        Actor::System { .. } => Ok(()),
        Actor::Anonymous | Actor::Person(_) | Actor::Service(_) => Err(Error::NotKeeper),
    }
}

/// Whoever sees something may say that it should not be shown. A program says nothing.
pub(crate) fn may_report(actor: &Actor) -> Result<PersonId, Error> {
    actor.person().ok_or(Error::NotPerson)
}

/// What an actor can do with an open rubric that they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenAbilities {
    /// Make a copy of one's own.
    pub fork: bool,
    /// Report it.
    pub report: bool,
    /// Hide it, or show it again.
    pub hide: bool,
}

/// What an actor can do with this open rubric.
#[must_use]
pub fn open_abilities(actor: &Actor, open: &OpenRubric) -> OpenAbilities {
    OpenAbilities {
        fork: open.hidden.is_none() && is_colleague_somewhere(actor),
        report: may_report(actor).is_ok(),
        hide: may_hide_open(actor).is_ok(),
    }
}

fn is_colleague_somewhere(actor: &Actor) -> bool {
    let works = |held: &kit::Held| matches!(held.audience, Audience::Unit(_));
    actor.person().is_some() && actor.audiences().iter().any(works)
}

/// Whether the actor writes the rubric.
pub(crate) fn authored(actor: &Actor, rubric: &Rubric) -> Result<(), Error> {
    if is_author(actor, rubric) {
        Ok(())
    } else {
        Err(Error::NotYours)
    }
}

/// Whether the actor writes a rubric: by name, or as a member of a team that does, for as long as they belong to it.
#[must_use]
pub fn is_author(actor: &Actor, rubric: &Rubric) -> bool {
    is_one(actor, &rubric.authors, &rubric.author_teams)
}

pub(crate) fn is_one(actor: &Actor, people: &[PersonId], teams: &[TeamId]) -> bool {
    let named = |person| people.contains(&person);
    actor.person().is_some_and(named) || teams.iter().any(|team| actor.belongs_to(*team))
}

/// A team's shelf is ordered by those of its members who are colleagues; the favourites of the whole organiser by lead teachers and coordinators, whose
/// trade it is to choose for others; one's own by oneself. A program orders nothing, and neither do those who follow up.
pub(crate) fn may_curate(actor: &Actor, owner: CollectionOwner) -> Result<(), Error> {
    let is_colleague = || counts_as(actor, Audience::Organiser(actor.organiser()));
    let curates = match owner {
        CollectionOwner::Team(team) => actor.belongs_to(team) && is_colleague(),
        CollectionOwner::Organiser(organiser) => {
            let leads = |role: Role| matches!(role, Role::LeadTeacher | Role::Coordinator);
            let Actor::Person(person) = actor else {
                return Err(Error::NotCurator);
            };
            organiser == person.organiser && person.roles.iter().any(|held| leads(held.role))
        }
        CollectionOwner::Person(person) => actor.is(person),
    };
    if curates {
        Ok(())
    } else {
        Err(Error::NotCurator)
    }
}

fn counts_as(actor: &Actor, audience: Audience) -> bool {
    actor
        .audiences()
        .iter()
        .any(|held| held.audience == audience)
}

/// What an actor can do with a rubric right now: what a client offers, and exactly what the mutations allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// Save its draft.
    pub save: bool,
    /// Ask a colleague to review its draft.
    pub submit: bool,
    /// Approve it as its reviewer, which publishes it.
    pub review: bool,
    /// Return it as its reviewer, or take it back as an author.
    pub send_back: bool,
    /// Publish its draft.
    pub publish: bool,
    /// Begin a new draft beside what is published.
    pub revise: bool,
    /// Take it out of use.
    pub retire: bool,
    /// Put it away.
    pub archive: bool,
    /// Decide for whom it is.
    pub share: bool,
    /// Delete its draft.
    pub delete: bool,
    /// Bring back what was deleted or archived, within 30 days.
    pub restore: bool,
    /// Read how its drafts came to be.
    pub read_history: bool,
    /// Make a copy of one's own.
    pub fork: bool,
    /// Thank its authors.
    pub thank: bool,
    /// Open it to pupils.
    pub link: bool,
    /// Decide who writes it: add authors, and take them away as long as one is left.
    pub change_authors: bool,
    /// Comment on it.
    pub comment: bool,
    /// Put it in the open catalogue, as far as that is its authors' to decide.
    pub open: bool,
    /// Add samples of work to its levels.
    pub add_exemplar: bool,
}

/// What an actor can do with a rubric that they see.
#[must_use]
pub fn abilities(actor: &Actor, rubric: &Rubric) -> Abilities {
    Abilities {
        save: may_save(actor, rubric).is_ok(),
        submit: may_submit(actor, rubric).is_ok(),
        review: may_approve(actor, rubric).is_ok(),
        send_back: may_return(actor, rubric).is_ok(),
        publish: may_publish(actor, rubric).is_ok(),
        revise: may_revise(actor, rubric).is_ok(),
        retire: may_retire(actor, rubric).is_ok(),
        archive: may_archive(actor, rubric).is_ok(),
        share: may_share(actor, rubric).is_ok(),
        delete: may_delete(actor, rubric).is_ok(),
        restore: may_restore(actor, rubric).is_ok(),
        read_history: may_read_history(actor, rubric).is_ok(),
        fork: may_fork(actor, rubric).is_ok(),
        thank: may_thank(actor, rubric).is_ok(),
        link: may_link(actor, rubric).is_ok(),
        change_authors: may_change_authors(actor, rubric).is_ok(),
        comment: talk::may_comment(actor, rubric).is_ok(),
        open: may_open(actor, rubric).is_ok(),
        add_exemplar: may_add_exemplar(actor, rubric).is_ok(),
    }
}
