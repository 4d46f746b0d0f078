//! The messages of one reading, gathered.

use super::{MESSAGES_MAX, Message, Problem, Severity};

/// What was told so far: of each severity the first [`MESSAGES_MAX`], and how many more there were.
#[derive(Default)]
pub(super) struct Messages {
    told: Vec<Message>,
    errors: usize,
    warnings: usize,
}

impl Messages {
    /// Tells something about the whole file.
    pub(super) fn file(&mut self, problem: Problem) {
        self.row(1, problem);
    }

    /// Tells something about a row.
    pub(super) fn row(&mut self, row: u32, problem: Problem) {
        self.tell(Message {
            row,
            column: None,
            problem,
        });
    }

    /// Tells something about a cell; the first column is 0.
    pub(super) fn cell(&mut self, row: u32, column: usize, problem: Problem) {
        let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
        self.tell(Message {
            row,
            column: Some(column),
            problem,
        });
    }

    /// How many errors there were so far.
    pub(super) const fn errors(&self) -> usize {
        self.errors
    }

    /// All of it by row and column, what concerns a whole row first.
    pub(super) fn by_place(mut self) -> Vec<Message> {
        self.told
            .sort_by_key(|message| (message.row, message.column));
        let count = self.errors + self.warnings - self.told.len();
        if count > 0 {
            let row = self.told.last().map_or(1, |last| last.row);
            self.told.push(Message {
                row,
                column: None,
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
pub(super) fn excerpt(cell: &str) -> String {
    const MAX: usize = 40;
    let mut chars = cell.chars();
    let mut cut: String = chars.by_ref().take(MAX).collect();
    if chars.next().is_some() {
        cut.push('…');
    }
    cut
}
