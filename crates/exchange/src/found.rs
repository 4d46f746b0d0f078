//! What a file says, whatever its format.

use crate::{Message, Problem, Severity, identify, message::Place, messages::Messages};
use kit::RubricId;
use rubrics::{Content, Stage, problems};
use uuid::Uuid;

/// What a file says: the rubrics found, and what there is to tell about them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The rubrics, in the order of the file.
    pub rubrics: Vec<Found>,
    /// Errors and warnings, each with its place.
    pub messages: Vec<Message>,
}

/// A rubric (bedömningsmatris) that was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is called there.
    pub name: String,
    /// The row or line where it begins; the first is 1, and so it is where a file has no rows.
    pub row: u32,
    /// The part of the file where it stands, where rows do not say it.
    pub pointer: Option<String>,
    /// How many criteria it has.
    pub criteria: usize,
    /// What it says. Parts without an id of their own have a nil one. `None` when there is an error in it: then it is not taken.
    pub content: Option<Content>,
    /// The id that the file gives it.
    pub id: Option<Uuid>,
}

impl Reading {
    /// A file of which there is nothing but an error to tell.
    pub(crate) fn failed(problem: Problem) -> Self {
        let mut messages = Messages::default();
        messages.file(problem);
        Self {
            rubrics: Vec::new(),
            messages: messages.in_order(),
        }
    }

    /// Tells of what no rubric may be, such as a personal number in one, and leaves those rubrics out: so that the others can be taken.
    pub(crate) fn held_to_the_rules(mut self) -> Self {
        for found in &mut self.rubrics {
            let Some(mut content) = found.content.clone() else {
                continue;
            };
            // As it will be kept: every part with an id of its own.
            identify(RubricId(Uuid::nil()), &mut content);
            let wrong = problems(&content, Stage::Draft, "");
            if wrong.is_empty() {
                continue;
            }
            found.content = None;
            let place = Place {
                row: found.row,
                column: None,
                pointer: found.pointer.clone(),
            };
            for problem in wrong {
                let Place {
                    row,
                    column,
                    pointer,
                } = place.within(problem.path.replace('.', "/"));
                self.messages.push(Message {
                    row,
                    column,
                    pointer,
                    problem: Problem::NotKept(problem),
                });
            }
        }
        self
    }

    /// Whether there is an error anywhere.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let mut messages = self.messages.iter();
        messages.any(|message| message.severity() == Severity::Error)
    }
}
