//! What looks like a pupil's name in what is about to be saved.

use crate::{Change, NameLike, check::Paths, content::Place, name_like};

/// What looks like a pupil's name in a change of a draft, each with its path in the input that the change came by.
#[must_use]
pub fn names_in(change: &Change) -> Vec<(String, NameLike)> {
    let mut found = Vec::new();
    let mut look = |paths: &Paths, place: Place, text: &str| {
        let names = name_like(text, &[]).into_iter();
        found.extend(names.map(|name| (paths.of(place), name)));
    };
    match change {
        Change::Whole { content, .. } => {
            let paths = Paths::whole("content", content);
            content.texts(|place, text| look(&paths, place, text));
        }
        Change::Parts { head, criteria } => {
            let paths = Paths::patches(criteria.len());
            let mut look = |place, text: &str| look(&paths, place, text);
            if let Some(head) = head.as_ref().and_then(|patch| patch.head.as_ref()) {
                head.texts(&mut look);
            }
            for (at, patch) in criteria.iter().enumerate() {
                if let Some(criterion) = &patch.content {
                    criterion.texts(at, &mut look);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CriterionPatch, sample};

    #[test]
    fn a_name_is_found_where_it_stands_in_the_input() {
        let mut criterion = sample::criterion(2);
        criterion.levels[1].descriptor = Some(sample::words("Som eleven Alma gjorde."));
        let named = |path: &str| {
            let name = NameLike {
                at: 11,
                words: "Alma".to_owned(),
            };
            vec![(path.to_owned(), name)]
        };
        let mut content = sample::titled("Text");
        content.criteria[1] = criterion.clone();
        let whole = Change::Whole {
            version: 1,
            content,
        };
        let path = "content.criteria.1.levels.1.descriptor";
        assert_eq!(names_in(&whole), named(path));
        let patch = |content| CriterionPatch {
            id: criterion.id,
            revision: None,
            content,
        };
        let parts = Change::Parts {
            head: None,
            criteria: vec![patch(None), patch(Some(criterion.clone()))],
        };
        let path = "criteria.1.content.levels.1.descriptor";
        assert_eq!(names_in(&parts), named(path));
    }
}
