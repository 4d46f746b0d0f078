//! Who writes a rubric: people and teams.

use crate::{
    Error, Rubric,
    events::{RubricAuthorAdded, RubricAuthorRemoved},
};
use kit::{PersonId, TeamId};

/// Somebody who writes a rubric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// A colleague.
    Person(PersonId),
    /// Whoever belongs to the team.
    Team(TeamId),
}

impl Author {
    fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Team(_) => None,
        }
    }

    fn team(self) -> Option<TeamId> {
        match self {
            Self::Person(_) => None,
            Self::Team(team) => Some(team),
        }
    }
}

impl Rubric {
    /// The most authors, people and teams together.
    pub const AUTHORS_MAX: usize = 30;

    /// Whether it is written by this person by name, or by this team.
    #[must_use]
    pub fn is_by(&self, author: Author) -> bool {
        match author {
            Author::Person(person) => self.authors.contains(&person),
            Author::Team(team) => self.author_teams.contains(&team),
        }
    }

    fn writers(&self) -> usize {
        self.authors.len() + self.author_teams.len()
    }

    pub(crate) fn add_author(&mut self, author: Author) -> Result<RubricAuthorAdded, Error> {
        if self.writers() >= Self::AUTHORS_MAX {
            return Err(Error::Authors);
        }
        let reviewer = self.draft.and_then(|draft| draft.reviewer);
        match author {
            // They were asked to judge it as somebody who did not write it.
            Author::Person(person) if reviewer == Some(person) => return Err(Error::OwnReview),
            Author::Person(person) => self.authors.push(person),
            Author::Team(team) => self.author_teams.push(team),
        }
        Ok(RubricAuthorAdded {
            rubric: self.id,
            n: self.tell(),
            person: author.person(),
            team: author.team(),
        })
    }

    pub(crate) fn remove_author(&mut self, author: Author) -> Result<RubricAuthorRemoved, Error> {
        if !self.is_by(author) {
            return Err(Error::NotFound);
        }
        if self.writers() == 1 {
            return Err(Error::LastAuthor);
        }
        match author {
            Author::Person(person) => self.authors.retain(|one| *one != person),
            Author::Team(team) => self.author_teams.retain(|one| *one != team),
        }
        Ok(RubricAuthorRemoved {
            rubric: self.id,
            n: self.tell(),
            person: author.person(),
            team: author.team(),
        })
    }
}
