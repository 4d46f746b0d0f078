//! Which column is what.

use crate::{
    COLUMNS_MAX, Problem,
    messages::{Messages, excerpt},
    rows::Row,
};

/// A heading that Canvas knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Which rubric the row belongs to.
    RubricName,
    /// What the criterion is called.
    CriteriaName,
    /// What the criterion is about.
    CriteriaDescription,
    /// Whether ratings stand for ranges of points.
    CriteriaEnableRange,
    /// What a rating is called; repeated.
    RatingName,
    /// What a rating means; repeated.
    RatingDescription,
    /// The points of a rating; repeated.
    RatingPoints,
}

impl Heading {
    /// The heading as Canvas writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RubricName => "Rubric Name",
            Self::CriteriaName => "Criteria Name",
            Self::CriteriaDescription => "Criteria Description",
            Self::CriteriaEnableRange => "Criteria Enable Range",
            Self::RatingName => "Rating Name",
            Self::RatingDescription => "Rating Description",
            Self::RatingPoints => "Rating Points",
        }
    }

    /// The heading that a cell of the first row is, whatever its capitals and spaces. Rating headings may have more around them, such as a number, as in Canvas.
    pub(crate) fn of(cell: &str) -> Option<Self> {
        let cell = cell
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        Some(match &*cell {
            "rubric name" => Self::RubricName,
            "criteria name" => Self::CriteriaName,
            "criteria description" => Self::CriteriaDescription,
            "criteria enable range" => Self::CriteriaEnableRange,
            _ if cell.contains("rating name") => Self::RatingName,
            _ if cell.contains("rating description") => Self::RatingDescription,
            _ if cell.contains("rating points") => Self::RatingPoints,
            _ => return None,
        })
    }
}

/// Where everything stands; the first column is 0.
pub(super) struct Columns {
    pub rubric: usize,
    pub criterion: usize,
    pub description: Option<usize>,
    pub range: Option<usize>,
    /// At least one.
    pub ratings: Vec<RatingColumns>,
    /// Which columns have a heading, known or not.
    headed: Vec<bool>,
}

/// Where one rating stands.
pub(super) struct RatingColumns {
    pub name: usize,
    pub description: Option<usize>,
    pub points: Option<usize>,
}

impl Columns {
    /// Finds the columns by the first row; `None`, with one error, when they do not make a rubric.
    pub(super) fn find(headings: &Row, messages: &mut Messages) -> Option<Self> {
        if headings.unclosed {
            messages.cell(
                headings.number,
                headings.cells.len().saturating_sub(1),
                Problem::QuoteUnclosed,
            );
            return None;
        }
        if headings.cells.len() > COLUMNS_MAX {
            messages.row(headings.number, Problem::TooManyColumns);
            return None;
        }
        let known: Vec<Option<Heading>> = headings.cells.iter().map(Heading::of).collect();
        let all = |heading: Heading| {
            known
                .iter()
                .enumerate()
                .filter(move |(_, known)| **known == Some(heading))
                .map(|(column, _)| column)
        };
        let missing: Vec<Heading> = [
            Heading::RubricName,
            Heading::CriteriaName,
            Heading::RatingName,
        ]
        .into_iter()
        .filter(|&heading| all(heading).next().is_none())
        .collect();
        let (Some(rubric), Some(criterion), []) = (
            all(Heading::RubricName).next(),
            all(Heading::CriteriaName).next(),
            &*missing,
        ) else {
            messages.row(headings.number, Problem::ColumnsMissing { missing });
            return None;
        };
        let (names, descriptions, points): (Vec<_>, Vec<_>, Vec<_>) = (
            all(Heading::RatingName).collect(),
            all(Heading::RatingDescription).collect(),
            all(Heading::RatingPoints).collect(),
        );
        // The n-th name goes with the n-th description: when one is missing, nobody can say which.
        if [descriptions.len(), points.len()]
            .iter()
            .any(|&count| count != 0 && count != names.len())
        {
            messages.row(
                headings.number,
                Problem::RatingColumnsUneven {
                    names: names.len(),
                    descriptions: descriptions.len(),
                    points: points.len(),
                },
            );
            return None;
        }
        let ratings = names
            .iter()
            .enumerate()
            .map(|(nth, &name)| RatingColumns {
                name,
                description: descriptions.get(nth).copied(),
                points: points.get(nth).copied(),
            })
            .collect();
        let columns = Self {
            rubric,
            criterion,
            description: all(Heading::CriteriaDescription).next(),
            range: all(Heading::CriteriaEnableRange).next(),
            ratings,
            headed: headings
                .cells
                .iter()
                .map(|cell| !cell.trim().is_empty())
                .collect(),
        };
        columns.tell_ignored(headings, &known, messages);
        Some(columns)
    }

    /// Whether the column has a heading.
    pub(super) fn is_headed(&self, column: usize) -> bool {
        self.headed.get(column).copied().unwrap_or(false)
    }

    /// Warns, once each, of columns that are not read: unknown ones, and a second one of a kind that there is one of.
    fn tell_ignored(&self, headings: &Row, known: &[Option<Heading>], messages: &mut Messages) {
        for (column, heading) in known
            .iter()
            .enumerate()
            .filter(|(column, _)| self.is_headed(*column))
        {
            let read = match heading {
                None => false,
                Some(Heading::RubricName) => column == self.rubric,
                Some(Heading::CriteriaName) => column == self.criterion,
                Some(Heading::CriteriaDescription) => Some(column) == self.description,
                Some(Heading::CriteriaEnableRange) => Some(column) == self.range,
                Some(Heading::RatingName | Heading::RatingDescription | Heading::RatingPoints) => {
                    true
                }
            };
            if !read {
                messages.cell(
                    headings.number,
                    column,
                    Problem::ColumnIgnored {
                        heading: excerpt(headings.cell(column)),
                    },
                );
            }
        }
    }
}
