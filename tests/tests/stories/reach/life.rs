//! A rubric's life in a generated world: a walk along the arrows that the domain draws, with what was done written down.

use super::{
    build::{Fault, actor},
    rule::Rule,
    world::{Dice, Draft, Organiser, Rubric, Scope, State},
};
use kit::{Bilingual, Title};
use rubrics::{
    Archive, Content, Create, Criterion, DeleteDraft, Head, Publish, Restore, Retire, Review,
    Revise, RubricKind, Share, Submit, Verdict,
};
use store::Tx;

/// A step that may be taken from where the rubric stands.
#[derive(Debug, Clone)]
enum Step {
    Publish,
    Submit,
    Approve,
    Return,
    Share(Scope),
    Revise,
    Delete,
    Retire,
    Archive,
    Restore,
}

/// One rubric, from its beginning to wherever the dice lead it.
pub(crate) async fn live(tx: &Tx, dice: &mut Dice, owner: &Organiser) -> Result<Rubric, Fault> {
    let writers: Vec<usize> = (0..owner.people.len())
        .filter(|at| !Rule::WHOLE.belongs(owner, *at, 0).is_empty())
        .collect();
    let author = *dice.pick(&writers);
    let unit = *dice.pick(&Rule::WHOLE.belongs(owner, author, 0));
    let mut rubric = Rubric {
        id: dice.id(),
        author,
        scope: Scope::Private,
        state: State::Active,
        draft: None,
        deleted: Vec::new(),
        restorable: false,
        published: Vec::new(),
        answered: None,
    };
    let writer = actor(tx, owner.id, owner.people[author].id).await.unwrap();
    let ask = Create {
        id: rubric.id,
        unit: owner.units[unit].id,
        content: content(dice),
    };
    let made = tx
        .acting_as(writer, async |tx: &Tx| rubrics::create(tx, &ask).await)
        .await?;
    rubric.draft = made.draft.map(|draft| Draft {
        version: draft.version,
        reviewer: None,
    });
    rubric.answered = Some(made);
    for _ in 0..2 + dice.below(7) {
        let steps = rubric.steps(dice, owner);
        let step = dice.pick(&steps).clone();
        rubric.take(tx, dice, owner, step).await?;
    }
    Ok(rubric)
}

impl Rubric {
    fn steps(&self, dice: &mut Dice, owner: &Organiser) -> Vec<Step> {
        let active = self.state == State::Active;
        let archived = self.state == State::Archived;
        let is_published = !self.published.is_empty();
        let in_review = self.draft.is_some_and(|draft| draft.reviewer.is_some());
        let open = self.draft.is_some() && !in_review;
        let mut steps = Vec::new();
        let mut may = |allowed: bool, step: Step| {
            if allowed {
                steps.push(step);
            }
        };
        may(active && open, Step::Publish);
        may(active && open, Step::Publish);
        may(active && open, Step::Submit);
        // Retiring while a colleague reviews happens seldom by itself, and an arm of the rule hangs on it.
        for _ in 0..3 {
            may(active && open && is_published, Step::Submit);
            may(active && in_review && is_published, Step::Retire);
        }
        may(active && in_review, Step::Approve);
        may(active && in_review, Step::Return);
        may(active && is_published && self.draft.is_none(), Step::Revise);
        may(!archived && open, Step::Delete);
        may(active && is_published && dice.percent(40), Step::Retire);
        may(self.state == State::Retired, Step::Archive);
        let comes_back = self.draft.is_none() && self.restorable;
        may(archived || comes_back, Step::Restore);
        if !archived && (is_published || self.draft.is_some()) {
            for scope in self.scopes(dice, owner, is_published) {
                may(true, Step::Share(scope));
            }
        }
        steps
    }

    /// One scope of every kind for which the author may share it.
    fn scopes(&self, dice: &mut Dice, owner: &Organiser, is_published: bool) -> Vec<Scope> {
        let people = (0..=dice.below(3)).map(|_| dice.below(owner.people.len()));
        let mut scopes = vec![Scope::Private, Scope::People(people.collect())];
        let teams = Rule::WHOLE.teams(owner, self.author, 0);
        if !teams.is_empty() {
            scopes.push(Scope::Team(*dice.pick(&teams)));
        }
        if is_published {
            let units = Rule::WHOLE.belongs(owner, self.author, 0);
            scopes.push(Scope::Unit(*dice.pick(&units)));
            scopes.push(Scope::Organiser);
        }
        scopes
    }

    async fn take(
        &mut self,
        tx: &Tx,
        dice: &mut Dice,
        owner: &Organiser,
        step: Step,
    ) -> Result<(), Fault> {
        let reviewer = self.draft.and_then(|draft| draft.reviewer);
        let by = match (&step, reviewer) {
            (Step::Approve, Some(reviewer)) => reviewer,
            _ => self.author,
        };
        let by = actor(tx, owner.id, owner.people[by].id).await.unwrap();
        let here = |at: &usize| *at != self.author && Rule::WHOLE.is_here(&owner.people[*at], 0);
        let askable: Vec<usize> = (0..owner.people.len()).filter(here).collect();
        let asked = *dice.pick(&askable);
        let before = self.answered.as_ref().unwrap();
        let (rubric, version) = (before.id, before.version);
        let done = tx.acting_as(by, async |tx: &Tx| {
            let verdict = |verdict| Review {
                rubric,
                version,
                verdict,
                note: None,
            };
            match &step {
                Step::Publish => {
                    let ask = Publish {
                        rubric,
                        version,
                        review_demanded: false,
                        preschool: false,
                    };
                    rubrics::publish(tx, &ask).await
                }
                Step::Submit => {
                    let reviewer = owner.people[asked].id;
                    rubrics::submit(
                        tx,
                        &Submit {
                            rubric,
                            version,
                            reviewer,
                            reviewer_writes: false,
                            preschool: false,
                        },
                    )
                    .await
                }
                Step::Approve => rubrics::review(tx, &verdict(Verdict::Approve)).await,
                Step::Return => rubrics::review(tx, &verdict(Verdict::Return)).await,
                Step::Share(scope) => {
                    let scope = owner.told(scope);
                    rubrics::share(
                        tx,
                        &Share {
                            rubric,
                            version,
                            scope,
                            review_demanded: false,
                            undo: chrono::TimeDelta::zero(),
                        },
                    )
                    .await
                }
                Step::Revise => rubrics::revise(tx, &Revise { rubric, version }).await,
                Step::Delete => rubrics::delete_draft(tx, &DeleteDraft { rubric, version }).await,
                Step::Retire => rubrics::retire(tx, &Retire { rubric, version }).await,
                Step::Archive => rubrics::archive(tx, &Archive { rubric, version }).await,
                Step::Restore => rubrics::restore(tx, &Restore { rubric, version }).await,
            }
        });
        let done = done
            .await
            .map_err(|fault| format!("{step:?} of {self:?}: {fault}"))?;
        self.note(step, asked, &done);
        self.answered = Some(done);
        Ok(())
    }

    /// Writes down what was done.
    fn note(&mut self, step: Step, asked: usize, done: &rubrics::Rubric) {
        match step {
            Step::Publish | Step::Approve => {
                self.published
                    .extend(self.draft.take().map(|draft| draft.version));
            }
            Step::Submit => self
                .draft
                .iter_mut()
                .for_each(|draft| draft.reviewer = Some(asked)),
            Step::Return => self
                .draft
                .iter_mut()
                .for_each(|draft| draft.reviewer = None),
            Step::Share(scope) => self.scope = scope,
            Step::Revise => {
                let version = done.draft.unwrap().version;
                self.draft = Some(Draft {
                    version,
                    reviewer: None,
                });
            }
            Step::Delete => {
                self.deleted
                    .extend(self.draft.take().map(|draft| draft.version));
                self.restorable = true;
            }
            Step::Retire => self.state = State::Retired,
            Step::Archive => self.state = State::Archived,
            Step::Restore if self.state == State::Archived => self.state = State::Retired,
            Step::Restore => {
                let version = self.deleted.pop().unwrap();
                self.draft = Some(Draft {
                    version,
                    reviewer: None,
                });
                self.restorable = false;
            }
        }
    }
}

impl Organiser {
    fn told(&self, scope: &Scope) -> rubrics::Scope {
        match scope {
            Scope::Private => rubrics::Scope::Private,
            Scope::People(people) => {
                rubrics::Scope::People(people.iter().map(|at| self.people[*at].id).collect())
            }
            Scope::Team(team) => rubrics::Scope::Team(self.teams[*team].id),
            Scope::Unit(unit) => rubrics::Scope::Unit(self.units[*unit].id),
            Scope::Organiser => rubrics::Scope::Organiser,
        }
    }
}

/// A checklist, which needs little.
fn content(dice: &mut Dice) -> Content {
    let title = || Bilingual::of(Some(Title::parse("Matris").unwrap()), None).unwrap();
    Content {
        head: Head {
            kind: RubricKind::Checklist,
            title: title(),
            description: None,
            subjects: Vec::new(),
            years: Vec::new(),
            school_forms: Vec::new(),
            strategies: Vec::new(),
            points: false,
        },
        criteria: vec![Criterion {
            id: dice.id(),
            title: title(),
            description: None,
            weight: 1,
            guidance: None,
            pupil_wording: None,
            about: None,
            subjects: Vec::new(),
            years: Vec::new(),
            strategies: Vec::new(),
            levels: Vec::new(),
        }],
    }
}
