//! The messages of one reading, gathered.

use crate::{MESSAGES_MAX, Message, Problem, Severity, message::Place};

/// What was told so far: of each severity the first [`MESSAGES_MAX`], and how many more there were.
#[derive(Default)]
pub(crate) struct Messages {
    told: Vec<Message>,
    errors: usize,
    warnings: usize,
}

impl Messages {
    /// Tells something about the whole file.
    pub(crate) fn file(&mut self, problem: Problem) {
        self.row(1, problem);
    }

    /// Tells something about a row.
    pub(crate) fn row(&mut self, row: u32, problem: Problem) {
        self.tell(Message {
            row,
            column: None,
            pointer: None,
            problem,
        });
    }

    /// Tells something about any place.
    pub(crate) fn at(&mut self, place: &Place, problem: Problem) {
        let Place {
            row,
            column,
            pointer,
        } = place.clone();
        self.tell(Message {
            row,
            column,
            pointer,
            problem,
        });
    }

    /// Tells something about a cell; the first column is 0.
    pub(crate) fn cell(&mut self, row: u32, column: usize, problem: Problem) {
        let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
        self.tell(Message {
            row,
            column: Some(column),
            pointer: None,
            problem,
        });
    }

    /// How many errors there were so far.
    pub(crate) const fn errors(&self) -> usize {
        self.errors
    }

    /// All of it by row and column, what concerns a whole row first.
    pub(crate) fn by_place(mut self) -> Vec<Message> {
        self.told
            .sort_by_key(|message| (message.row, message.column));
        self.in_order()
    }

    /// All of it as it was told.
    pub(crate) fn in_order(mut self) -> Vec<Message> {
        let count = self.errors + self.warnings - self.told.len();
        if count > 0 {
            let row = self.told.last().map_or(1, |last| last.row);
            self.told.push(Message {
                row,
                column: None,
                pointer: None,
                problem: Problem::MessagesLeftOut { count },
            });
        }
        self.told
    }

    fn tell(&mut self, message: Message) {
        let count = match message.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= MESSAGES_MAX {
            self.told.push(message);
        }
    }
}

/// What stands in a cell, cut to what a message has room for.
pub(crate) fn excerpt(cell: &str) -> String {
    const MAX: usize = 40;
    let mut chars = cell.chars();
    let mut cut: String = chars.by_ref().take(MAX).collect();
    if chars.next().is_some() {
        cut.push('…');
    }
    cut
}
