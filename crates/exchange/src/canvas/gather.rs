//! Rows gathered into rubrics.

use super::{SheetRubric, criterion, headings::Columns};
use crate::{CRITERIA_MAX, Problem, RUBRICS_MAX, messages::Messages, rows::Row};
use std::collections::{HashMap, HashSet};

/// The rubrics of the rows read so far.
pub(super) struct Gathered {
    pub rubrics: Vec<SheetRubric>,
    columns: Columns,
    by_name: HashMap<String, usize>,
    above: Above,
    /// Whether there were more rubrics than fit.
    full: bool,
    /// The rubrics with more criteria than fit.
    overfull: HashSet<usize>,
}

/// What the row above belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// There is none, or it belongs to no rubric.
    Nothing,
    /// The rubric at this index.
    Rubric(usize),
    /// A rubric past [`RUBRICS_MAX`].
    LeftOut,
}

impl Above {
    const fn rubric(self) -> Option<usize> {
        match self {
            Self::Rubric(index) => Some(index),
            Self::Nothing | Self::LeftOut => None,
        }
    }
}

impl Gathered {
    pub(super) fn new(columns: Columns) -> Self {
        Self {
            rubrics: Vec::new(),
            columns,
            by_name: HashMap::new(),
            above: Above::Nothing,
            full: false,
            overfull: HashSet::new(),
        }
    }

    /// Takes one more row. An error in it makes its rubric unsound.
    pub(super) fn take(&mut self, row: &Row, messages: &mut Messages) {
        let errors = messages.errors();
        if row.unclosed {
            messages.cell(
                row.number,
                row.cells.len().saturating_sub(1),
                Problem::QuoteUnclosed,
            );
        }
        // A name that never ends is no name; the row may well have been the next of the rubric above.
        let index = if row.unclosed && row.cells.len() <= self.columns.rubric + 1 {
            self.above.rubric()
        } else {
            self.rubric_of(row, messages)
        };
        let Some(index) = index else { return };
        if !row.unclosed {
            self.add_criterion(index, row, messages);
        }
        if messages.errors() > errors {
            self.rubrics[index].sound = false;
        }
    }

    /// Makes all rubrics unsound, when rows of any of them may be missing.
    pub(super) fn spoil(&mut self) {
        for rubric in &mut self.rubrics {
            rubric.sound = false;
        }
    }

    /// The rubric that the row belongs to: the one of its name, or, when it has none, the one of the row above.
    fn rubric_of(&mut self, row: &Row, messages: &mut Messages) -> Option<usize> {
        let name = criterion::name(row.cell(self.columns.rubric));
        if !name.is_empty() {
            self.above = match self.by_name.get(&name) {
                Some(&index) => {
                    if self.above != Above::Rubric(index) {
                        messages.cell(
                            row.number,
                            self.columns.rubric,
                            Problem::RowsApart {
                                first_row: self.rubrics[index].first_row,
                            },
                        );
                    }
                    Above::Rubric(index)
                }
                None => self.begin(name, row, messages),
            };
        }
        if self.above == Above::Nothing {
            messages.cell(row.number, self.columns.rubric, Problem::RubricNameMissing);
        }
        self.above.rubric()
    }

    fn begin(&mut self, name: String, row: &Row, messages: &mut Messages) -> Above {
        if self.rubrics.len() == RUBRICS_MAX {
            if !std::mem::replace(&mut self.full, true) {
                messages.cell(row.number, self.columns.rubric, Problem::TooManyRubrics);
            }
            return Above::LeftOut;
        }
        let index = self.rubrics.len();
        self.by_name.insert(name, index);
        self.rubrics.push(SheetRubric {
            name: criterion::title(row, self.columns.rubric, messages),
            first_row: row.number,
            criteria: Vec::new(),
            sound: true,
        });
        Above::Rubric(index)
    }

    fn add_criterion(&mut self, index: usize, row: &Row, messages: &mut Messages) {
        if self.rubrics[index].criteria.len() == CRITERIA_MAX {
            if self.overfull.insert(index) {
                messages.row(row.number, Problem::TooManyCriteria);
            }
            return;
        }
        let criterion = criterion::read(&self.columns, row, messages);
        let criteria = &mut self.rubrics[index].criteria;
        if let Some(earlier) = criteria
            .iter()
            .find(|earlier| earlier.name == criterion.name && !criterion.name.is_empty())
        {
            messages.cell(
                row.number,
                self.columns.criterion,
                Problem::CriterionRepeated {
                    first_row: earlier.row,
                },
            );
        }
        criteria.push(criterion);
    }
}
