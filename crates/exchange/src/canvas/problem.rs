//! What can be wrong in a file, and how to say it.

use super::{
    COLUMNS_MAX, CRITERIA_MAX, Heading, Points, RATINGS_MAX, ROWS_MAX, RUBRICS_MAX, Severity,
};
use kit::{Lang, TextError};

/// What can be wrong or doubtful in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing in the file.
    Empty,
    /// The file is no text but, for example, a workbook.
    NotText,
    /// The file was read as Windows-1252, because it is not UTF-8.
    NotUtf8,
    /// More than [`COLUMNS_MAX`] columns.
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
    /// More than [`ROWS_MAX`] rows: nothing of the file can be taken.
    TooManyRows,
    /// The first rubric past [`RUBRICS_MAX`]; it and the ones after it are left out.
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
    /// The first criterion of a rubric past [`CRITERIA_MAX`].
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
    /// More than [`MESSAGES_MAX`](super::MESSAGES_MAX) errors, or as many warnings: the others are not told one by one.
    MessagesLeftOut {
        /// How many others.
        count: usize,
    },
}

impl Problem {
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
            | Self::TextDamaged => Severity::Error,
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
            Self::MessagesLeftOut { .. } => "MESSAGES_LEFT_OUT",
        }
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Sv => self.sv(),
            Lang::En => self.en(),
        }
    }

    fn sv(&self) -> String {
        match self {
            Self::Empty => "Filen är tom.".into(),
            Self::NotText => "Filen är inte en textfil. Är den en arbetsbok från Excel? Spara den som ”CSV UTF-8” och försök igen.".into(),
            Self::NotUtf8 => "Filen är inte sparad som UTF-8 och lästes som Windows-1252. Kontrollera att å, ä och ö blev rätt.".into(),
            Self::TooManyColumns => format!("Filen har fler än {COLUMNS_MAX} kolumner."),
            Self::ColumnsMissing { missing } => {
                format!("Rubrikraden saknar {}. Rubrikerna ska vara på engelska, så som i mallen från Canvas.", quoted(missing, '”', '”', "och"))
            }
            Self::RatingColumnsUneven { names, descriptions, points } => format!(
                "Nivåernas kolumner går inte ihop: {names} ”Rating Name”, {descriptions} ”Rating Description” och {points} ”Rating Points”. De ska vara lika många; en sort som inte används kan utelämnas helt."
            ),
            Self::ColumnIgnored { heading } => format!("Kolumnen ”{heading}” läses inte: rubriken är okänd eller finns redan."),
            Self::NoRows => "Filen har rubriker men inga rader.".into(),
            Self::TooManyRows => format!("Filen har fler än {ROWS_MAX} rader. Dela upp den; ingenting i den kan hämtas."),
            Self::TooManyRubrics => format!("Filen har fler än {RUBRICS_MAX} matriser. Den här och de som följer utelämnas; dela upp filen."),
            Self::QuoteUnclosed => "Ett citattecken avslutas aldrig, så resten av filen hamnar i den här cellen.".into(),
            Self::CellWithoutHeading => "Cellen står i en kolumn utan rubrik. Saknas citattecken kring en text med skiljetecken?".into(),
            Self::RubricNameMissing => "Matrisens namn saknas, och ingen rad ovanför har något.".into(),
            Self::RowsApart { first_row } => format!("Raden hör till matrisen som börjar på rad {first_row} men står inte intill dess andra rader."),
            Self::TooManyCriteria => format!("En matris kan ha högst {CRITERIA_MAX} kriterier."),
            Self::CriterionNameMissing => "Kriteriets namn saknas.".into(),
            Self::CriterionRepeated { first_row } => format!("Kriteriet heter som det på rad {first_row} i samma matris."),
            Self::RangeUnclear { found } => format!("”{found}” är varken ja eller nej (true eller false) och lästes som nej."),
            Self::RatingsMissing => "Kriteriet har inga nivåer.".into(),
            Self::RatingNameMissing => "Nivån har poäng eller beskrivning men inget namn.".into(),
            Self::TooManyRatings => format!("Ett kriterium kan ha högst {RATINGS_MAX} nivåer."),
            Self::PointsNotANumber { found } => format!("”{found}” är inte poäng. Skriv ett tal, till exempel 2 eller 2,5."),
            Self::PointsNegative => "Poäng kan inte vara mindre än 0.".into(),
            Self::PointsTooLarge => format!("Poängen är fler än {}.", Points::MAX.text(Lang::Sv)),
            Self::PointsRounded { to } => format!("Poängen har fler än två decimaler och lästes som {}.", to.text(Lang::Sv)),
            Self::PointsMissing => "Nivån saknar poäng, men andra nivåer för samma kriterium har det.".into(),
            Self::TextTooLong { max, found } => TextError::TooLong { max: *max, found: *found }.message(Lang::Sv),
            Self::TextControl => TextError::Control.message(Lang::Sv),
            Self::TextDamaged => "Texten har tecken som gått förlorade (\u{fffd}). Skriv dem på nytt.".into(),
            Self::MessagesLeftOut { count } => format!("{count} meddelanden till visas inte. Rätta de som visas och försök igen."),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty.".into(),
            Self::NotText => "The file is not a text file. Is it an Excel workbook? Save it as “CSV UTF-8” and try again.".into(),
            Self::NotUtf8 => "The file is not saved as UTF-8 and was read as Windows-1252. Check that letters such as å, ä and ö are right.".into(),
            Self::TooManyColumns => format!("The file has more than {COLUMNS_MAX} columns."),
            Self::ColumnsMissing { missing } => {
                format!("The row of headings lacks {}. The headings are in English, as in the template from Canvas.", quoted(missing, '“', '”', "and"))
            }
            Self::RatingColumnsUneven { names, descriptions, points } => format!(
                "The rating columns do not pair up: {names} “Rating Name”, {descriptions} “Rating Description” and {points} “Rating Points”. There must be equally many; a kind that is not used can be left out entirely."
            ),
            Self::ColumnIgnored { heading } => format!("The column “{heading}” is not read: its heading is unknown or there already."),
            Self::NoRows => "The file has headings but no rows.".into(),
            Self::TooManyRows => format!("The file has more than {ROWS_MAX} rows. Split it; nothing in it can be taken."),
            Self::TooManyRubrics => format!("The file has more than {RUBRICS_MAX} rubrics. This one and those that follow are left out; split the file."),
            Self::QuoteUnclosed => "A quotation mark is never closed, so that the rest of the file ends up in this cell.".into(),
            Self::CellWithoutHeading => "The cell is in a column without a heading. Does a text with delimiters in it lack its quotation marks?".into(),
            Self::RubricNameMissing => "The name of the rubric is missing, and no row above has one.".into(),
            Self::RowsApart { first_row } => format!("The row belongs to the rubric that begins in row {first_row} but does not stand next to its other rows."),
            Self::TooManyCriteria => format!("A rubric can have at most {CRITERIA_MAX} criteria."),
            Self::CriterionNameMissing => "The name of the criterion is missing.".into(),
            Self::CriterionRepeated { first_row } => format!("The criterion has the name of the one in row {first_row} of the same rubric."),
            Self::RangeUnclear { found } => format!("“{found}” is neither yes nor no (true or false) and was read as no."),
            Self::RatingsMissing => "The criterion has no ratings.".into(),
            Self::RatingNameMissing => "The rating has points or a description but no name.".into(),
            Self::TooManyRatings => format!("A criterion can have at most {RATINGS_MAX} ratings."),
            Self::PointsNotANumber { found } => format!("“{found}” is not points. Write a number, such as 2 or 2.5."),
            Self::PointsNegative => "Points cannot be less than 0.".into(),
            Self::PointsTooLarge => format!("The points are more than {}.", Points::MAX.text(Lang::En)),
            Self::PointsRounded { to } => format!("The points have more than two decimals and were read as {}.", to.text(Lang::En)),
            Self::PointsMissing => "The rating has no points, but other ratings of the same criterion have them.".into(),
            Self::TextTooLong { max, found } => TextError::TooLong { max: *max, found: *found }.message(Lang::En),
            Self::TextControl => TextError::Control.message(Lang::En),
            Self::TextDamaged => "The text has characters that were lost (\u{fffd}). Write them again.".into(),
            Self::MessagesLeftOut { count } => format!("{count} more messages are not shown. Mend what is shown and try again."),
        }
    }
}

/// The headings in quotation marks, listed as people list things: `a, b and c`.
fn quoted(headings: &[Heading], open: char, close: char, and: &str) -> String {
    let quoted: Vec<String> = headings
        .iter()
        .map(|heading| format!("{open}{}{close}", heading.name()))
        .collect();
    match &*quoted {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_headings_are_listed_as_people_list_things() {
        let text = |missing: &[Heading]| {
            Problem::ColumnsMissing {
                missing: missing.to_vec(),
            }
            .text(Lang::En)
        };
        assert!(text(&[Heading::RatingName]).contains("lacks “Rating Name”."));
        assert!(
            text(&[Heading::CriteriaName, Heading::RatingName])
                .contains("lacks “Criteria Name” and “Rating Name”.")
        );
        assert!(
            text(&[
                Heading::RubricName,
                Heading::CriteriaName,
                Heading::RatingName
            ])
            .contains("lacks “Rubric Name”, “Criteria Name” and “Rating Name”.")
        );
    }
}
