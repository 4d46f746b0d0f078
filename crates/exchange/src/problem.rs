//! What can be wrong in a file.

use crate::{Points, PointsError, Severity, canvas::Heading, messages::excerpt};

mod words;

/// What can be wrong or doubtful in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing in the file.
    Empty,
    /// The file is no text but, for example, a workbook.
    NotText,
    /// The file was read as Windows-1252, because it is not UTF-8.
    NotUtf8,
    /// More than [`COLUMNS_MAX`](crate::COLUMNS_MAX) columns.
    TooManyColumns,
    /// Columns that every rubric needs are not there.
    ColumnsMissing {
        /// Which ones.
        missing: Vec<Heading>,
    },
    /// The repeated rating columns do not pair up.
    RatingColumnsUneven {
        /// How many columns for names.
        names: usize,
        /// How many for descriptions.
        descriptions: usize,
        /// How many for points.
        points: usize,
    },
    /// A column is not read: its heading is unknown, or there is one of its kind already.
    ColumnIgnored {
        /// Its heading, cut when long.
        heading: String,
    },
    /// There are headings and nothing below them.
    NoRows,
    /// More than [`ROWS_MAX`](crate::ROWS_MAX) rows: nothing of the file can be taken.
    TooManyRows,
    /// The first rubric past [`RUBRICS_MAX`](crate::RUBRICS_MAX); it and the ones after it are left out.
    TooManyRubrics,
    /// A quotation begins here and never ends: the rest of the file is in this cell.
    QuoteUnclosed,
    /// A cell with something in it where no heading is.
    CellWithoutHeading,
    /// No rubric name, and no row above to take it from.
    RubricNameMissing,
    /// Rows of this rubric, after rows of another.
    RowsApart {
        /// The row where the rubric begins.
        first_row: u32,
    },
    /// The first criterion of a rubric past [`CRITERIA_MAX`](crate::CRITERIA_MAX).
    TooManyCriteria,
    /// A row without a criterion name.
    CriterionNameMissing,
    /// A criterion with the name of an earlier one of the same rubric.
    CriterionRepeated {
        /// The row of the earlier one.
        first_row: u32,
    },
    /// A range flag that is neither yes nor no; it was read as no.
    RangeUnclear {
        /// What stands there, cut when long.
        found: String,
    },
    /// A criterion without a single rating.
    RatingsMissing,
    /// A rating with points or a description and no name.
    RatingNameMissing,
    /// The first rating of a criterion past [`RATINGS_MAX`].
    TooManyRatings,
    /// Points that are no number.
    PointsNotANumber {
        /// What stands there, cut when long.
        found: String,
    },
    /// Points below zero.
    PointsNegative,
    /// Points above [`Points::MAX`].
    PointsTooLarge,
    /// Points with more than two decimals.
    PointsRounded {
        /// As what they were read.
        to: Points,
    },
    /// A rating without points, while others of the same criterion have them.
    PointsMissing,
    /// A text that is too long.
    TextTooLong {
        /// How many characters fit.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A text with a control character.
    TextControl,
    /// A text where letters were lost, in this file or before it was made.
    TextDamaged,
    /// The file is not what it was said to be.
    Unreadable {
        /// What it was read as.
        format: &'static str,
        /// What the reader met, in English, with its place.
        why: String,
    },
    /// Unpacked it is larger than fits.
    TooBig,
    /// There is no rubric in the file.
    RubricsMissing,
    /// There is no table.
    TableMissing,
    /// A table without a row of levels or without a column for them.
    TableNarrow,
    /// Nothing says what the rubric is called.
    TitleMissing,
    /// A name that is too long: it was cut, and the whole of it is in the description.
    TextCut {
        /// How many characters fit.
        max: usize,
    },
    /// A merged cell: its text was taken for every level or criterion that it spans.
    CellsMerged,
    /// A table inside a cell: its text was taken, not its rows.
    TableNested,
    /// More tables than the one that was taken.
    TablesLeftOut {
        /// How many more.
        count: usize,
    },
    /// Points stand in the table and are kept as text.
    PointsSeen,
    /// JSON of another kind, or of a later format.
    FormatUnknown {
        /// What it says of itself.
        found: String,
    },
    /// Something that is needed is not there.
    FieldMissing {
        /// What it is called in the file.
        field: &'static str,
    },
    /// A value of another kind than is needed.
    FieldWrong {
        /// What the reader met, in English.
        why: String,
    },
    /// A weight that does not fit, and what it was read as.
    WeightChanged {
        /// As what it was read.
        to: u32,
    },
    /// A level without a name, and the name that it was given.
    LabelMade {
        /// Its name now.
        label: String,
    },
    /// Something in the file that is no rubric.
    MethodSkipped {
        /// What it calls itself, cut when long.
        method: String,
    },
    /// What no rubric may be, whatever file it comes from.
    NotKept(kit::Problem),
    /// More than [`MESSAGES_MAX`](crate::MESSAGES_MAX) errors, or as many warnings: the others are not told one by one.
    MessagesLeftOut {
        /// How many others.
        count: usize,
    },
}

impl Problem {
    /// Why a figure gives no points.
    pub(crate) fn points(error: PointsError, found: &str) -> Self {
        match error {
            PointsError::NotANumber => Self::PointsNotANumber {
                found: excerpt(found),
            },
            PointsError::Negative => Self::PointsNegative,
            PointsError::TooLarge => Self::PointsTooLarge,
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NotUtf8
            | Self::ColumnIgnored { .. }
            | Self::RowsApart { .. }
            | Self::CriterionRepeated { .. }
            | Self::RangeUnclear { .. }
            | Self::PointsRounded { .. }
            | Self::PointsMissing
            | Self::TextCut { .. }
            | Self::CellsMerged
            | Self::TableNested
            | Self::TablesLeftOut { .. }
            | Self::PointsSeen
            | Self::WeightChanged { .. }
            | Self::LabelMade { .. }
            | Self::MethodSkipped { .. }
            | Self::MessagesLeftOut { .. } => Severity::Warning,
            Self::Empty
            | Self::NotText
            | Self::TooManyColumns
            | Self::ColumnsMissing { .. }
            | Self::RatingColumnsUneven { .. }
            | Self::NoRows
            | Self::TooManyRows
            | Self::TooManyRubrics
            | Self::QuoteUnclosed
            | Self::CellWithoutHeading
            | Self::RubricNameMissing
            | Self::TooManyCriteria
            | Self::CriterionNameMissing
            | Self::RatingsMissing
            | Self::RatingNameMissing
            | Self::TooManyRatings
            | Self::PointsNotANumber { .. }
            | Self::PointsNegative
            | Self::PointsTooLarge
            | Self::TextTooLong { .. }
            | Self::TextControl
            | Self::TextDamaged
            | Self::Unreadable { .. }
            | Self::TooBig
            | Self::RubricsMissing
            | Self::TableMissing
            | Self::TableNarrow
            | Self::TitleMissing
            | Self::FormatUnknown { .. }
            | Self::FieldMissing { .. }
            | Self::FieldWrong { .. }
            | Self::NotKept(_) => Severity::Error,
        }
    }

    /// The stable code that clients branch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "FILE_EMPTY",
            Self::NotText => "FILE_NOT_TEXT",
            Self::NotUtf8 => "FILE_NOT_UTF8",
            Self::TooManyColumns => "TOO_MANY_COLUMNS",
            Self::ColumnsMissing { .. } => "COLUMNS_MISSING",
            Self::RatingColumnsUneven { .. } => "RATING_COLUMNS_UNEVEN",
            Self::ColumnIgnored { .. } => "COLUMN_IGNORED",
            Self::NoRows => "NO_ROWS",
            Self::TooManyRows => "TOO_MANY_ROWS",
            Self::TooManyRubrics => "TOO_MANY_RUBRICS",
            Self::QuoteUnclosed => "QUOTE_UNCLOSED",
            Self::CellWithoutHeading => "CELL_WITHOUT_HEADING",
            Self::RubricNameMissing => "RUBRIC_NAME_MISSING",
            Self::RowsApart { .. } => "ROWS_APART",
            Self::TooManyCriteria => "TOO_MANY_CRITERIA",
            Self::CriterionNameMissing => "CRITERION_NAME_MISSING",
            Self::CriterionRepeated { .. } => "CRITERION_REPEATED",
            Self::RangeUnclear { .. } => "RANGE_UNCLEAR",
            Self::RatingsMissing => "RATINGS_MISSING",
            Self::RatingNameMissing => "RATING_NAME_MISSING",
            Self::TooManyRatings => "TOO_MANY_RATINGS",
            Self::PointsNotANumber { .. } => "POINTS_NOT_A_NUMBER",
            Self::PointsNegative => "POINTS_NEGATIVE",
            Self::PointsTooLarge => "POINTS_TOO_LARGE",
            Self::PointsRounded { .. } => "POINTS_ROUNDED",
            Self::PointsMissing => "POINTS_MISSING",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::TextControl => "TEXT_CONTROL",
            Self::TextDamaged => "TEXT_DAMAGED",
            Self::Unreadable { .. } => "FILE_UNREADABLE",
            Self::TooBig => "FILE_TOO_BIG",
            Self::RubricsMissing => "RUBRICS_MISSING",
            Self::TableMissing => "TABLE_MISSING",
            Self::TableNarrow => "TABLE_NARROW",
            Self::TitleMissing => "TITLE_MISSING",
            Self::TextCut { .. } => "TEXT_CUT",
            Self::CellsMerged => "CELLS_MERGED",
            Self::TableNested => "TABLE_NESTED",
            Self::TablesLeftOut { .. } => "TABLES_LEFT_OUT",
            Self::PointsSeen => "POINTS_SEEN",
            Self::FormatUnknown { .. } => "FORMAT_UNKNOWN",
            Self::FieldMissing { .. } => "FIELD_MISSING",
            Self::FieldWrong { .. } => "FIELD_WRONG",
            Self::WeightChanged { .. } => "WEIGHT_CHANGED",
            Self::LabelMade { .. } => "LABEL_MADE",
            Self::MethodSkipped { .. } => "METHOD_SKIPPED",
            Self::NotKept(problem) => problem.code,
            Self::MessagesLeftOut { .. } => "MESSAGES_LEFT_OUT",
        }
    }
}
