//! Three ways to read a criterion: as both began, as ours stands, as theirs stands. What changed on their side is offered, and nothing is lost.

use crate::{Content, Criterion, CriterionDiff, diff};
use kit::CriterionId;

/// What is to become of an offered change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Take it; where ours was changed as well, both texts come back and nothing is stored.
    Take,
    /// Take it even where ours was changed as well. Ours stays in the history of saves.
    Replace,
    /// Keep ours, and let the change rest.
    Keep,
}

/// A choice for one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Which criterion.
    pub criterion: CriterionId,
    /// What is to become of it.
    pub choice: Choice,
}

/// A criterion that was changed on the other side and does not stand so on ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which criterion.
    pub criterion: CriterionId,
    /// As both began; `None` when it is new.
    pub base: Option<Criterion>,
    /// As ours stands; `None` when ours has it no longer.
    pub ours: Option<Criterion>,
    /// As theirs stands; `None` when theirs removed it.
    pub theirs: Option<Criterion>,
}

impl Offer {
    /// Whether ours was changed as well, so that taking theirs would overwrite something.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.ours != self.base
    }

    /// What theirs changed.
    #[must_use]
    pub fn change(&self) -> Option<CriterionDiff> {
        diff::criterion(self.base.as_ref(), self.theirs.as_ref(), false)
    }
}

/// The criterion of a content, if it has it.
pub(crate) fn part(content: &Content, id: CriterionId) -> Option<&Criterion> {
    content.criteria.iter().find(|criterion| criterion.id == id)
}

/// What theirs changed since `base` and ours does not say yet, in their order; what they removed stands last.
pub(crate) fn offers<'a>(
    base: impl Fn(CriterionId) -> &'a Content,
    begun: &Content,
    ours: &Content,
    theirs: &Content,
) -> Vec<Offer> {
    let gone = begun
        .criteria
        .iter()
        .filter(|criterion| part(theirs, criterion.id).is_none());
    let ids = theirs.criteria.iter().chain(gone).map(|one| one.id);
    ids.filter_map(|id| {
        let offer = Offer {
            criterion: id,
            base: part(base(id), id).cloned(),
            ours: part(ours, id).cloned(),
            theirs: part(theirs, id).cloned(),
        };
        (offer.theirs != offer.base && offer.ours != offer.theirs).then_some(offer)
    })
    .collect()
}

/// What came of choices.
#[derive(Debug, PartialEq)]
pub(crate) struct Merged {
    /// What ours says from now on.
    pub content: Content,
    /// What was decided, one way or the other.
    pub settled: Vec<Decision>,
    /// What was to be taken and is not, because ours was changed as well.
    pub conflicts: Vec<Offer>,
    /// What nobody decided.
    pub open: Vec<Offer>,
}

/// Takes what was chosen. A choice about something that is not offered is passed over: it stands so already.
pub(crate) fn merge(
    ours: &Content,
    order: &[CriterionId],
    offers: Vec<Offer>,
    decisions: &[Decision],
) -> Merged {
    let mut merged = Merged {
        content: ours.clone(),
        settled: Vec::new(),
        conflicts: Vec::new(),
        open: Vec::new(),
    };
    for offer in offers {
        let decision = decisions
            .iter()
            .find(|decision| decision.criterion == offer.criterion);
        match decision.map(|decision| decision.choice) {
            None => merged.open.push(offer),
            Some(Choice::Take) if offer.is_conflict() => merged.conflicts.push(offer),
            Some(choice) => {
                if choice != Choice::Keep {
                    put(&mut merged.content, order, &offer);
                }
                merged.settled.push(Decision {
                    criterion: offer.criterion,
                    choice,
                });
            }
        }
    }
    merged
}

/// Makes ours say what theirs says of one criterion. A new one comes behind the one that it follows on their side; our own order stays.
fn put(content: &mut Content, order: &[CriterionId], offer: &Offer) {
    let criteria = &mut content.criteria;
    let at = criteria
        .iter()
        .position(|criterion| criterion.id == offer.criterion);
    match (at, offer.theirs.clone()) {
        (Some(at), Some(theirs)) => criteria[at] = theirs,
        (Some(at), None) => drop(criteria.remove(at)),
        (None, Some(theirs)) => {
            let before = order.iter().take_while(|id| **id != offer.criterion);
            let behind = before
                .filter_map(|id| criteria.iter().position(|criterion| criterion.id == *id))
                .last();
            criteria.insert(behind.map_or(0, |at| at + 1), theirs);
        }
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{patch, sample};
    use proptest::prelude::*;
    use testkit::id;

    /// A content of some of four criteria, each saying one of three things.
    fn content() -> impl Strategy<Value = Content> {
        let said = proptest::option::of(0..3_u8);
        proptest::array::uniform4(said).prop_map(|said| {
            let mut content = sample::titled("Tre");
            content.criteria = (1..=4)
                .zip(said)
                .filter_map(|(number, said)| {
                    let mut criterion = sample::criterion(number);
                    criterion.description = Some(sample::words(&format!("ord {}", said?)));
                    Some(criterion)
                })
                .collect();
            content
        })
    }

    fn all(offers: &[Offer], choice: Choice) -> Vec<Decision> {
        let decisions = offers.iter().map(|offer| Decision {
            criterion: offer.criterion,
            choice,
        });
        decisions.collect()
    }

    proptest! {
        #[test]
        fn nothing_is_lost(base in content(), ours in content(), theirs in content()) {
            let order = patch::order(&theirs);
            let offered = offers(|_| &base, &base, &ours, &theirs);
            let taken = merge(&ours, &order, offered.clone(), &all(&offered, Choice::Take));
            prop_assert_eq!(taken.settled.len() + taken.conflicts.len(), offered.len());
            // What only one side changed stands as that side has it; what both changed stands as ours has it and comes back.
            for number in 1..=4 {
                let id = id(number);
                let (b, o, t) = (part(&base, id), part(&ours, id), part(&theirs, id));
                let stands = part(&taken.content, id);
                if o == b {
                    prop_assert_eq!(stands, t);
                } else {
                    prop_assert_eq!(stands, o);
                    let told = taken.conflicts.iter().any(|offer| offer.criterion == id);
                    prop_assert_eq!(told, t != b && t != o);
                }
            }
            let replaced = merge(&ours, &order, offered.clone(), &all(&offered, Choice::Replace));
            prop_assert!(replaced.conflicts.is_empty() && replaced.open.is_empty());
            prop_assert_eq!(offers(|_| &base, &base, &replaced.content, &theirs), vec![]);
            let kept = merge(&ours, &order, offered.clone(), &all(&offered, Choice::Keep));
            prop_assert_eq!(&kept.content, &ours);
            let undecided = merge(&ours, &order, offered.clone(), &[]);
            prop_assert_eq!((&undecided.content, undecided.open), (&ours, offered));
        }
    }

    #[test]
    fn a_new_criterion_comes_behind_the_one_that_it_follows() {
        let base = sample::titled("Bas");
        let mut theirs = base.clone();
        theirs.criteria.insert(1, sample::criterion(9));
        let mut ours = base.clone();
        ours.criteria.reverse();
        let offered = offers(|_| &base, &base, &ours, &theirs);
        let decisions = all(&offered, Choice::Take);
        let merged = merge(&ours, &patch::order(&theirs), offered, &decisions);
        assert_eq!(patch::order(&merged.content), [id(2), id(1), id(9)]);
    }
}
