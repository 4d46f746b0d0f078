//! How to say what is wrong in a file, in both languages.

use super::Problem;
use crate::{
    COLUMNS_MAX, CRITERIA_MAX, Points, RATINGS_MAX, ROWS_MAX, RUBRICS_MAX, canvas::Heading,
};
use kit::{Lang, TextError};

impl Problem {
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
            Self::Unreadable { format, why } => format!("Filen går inte att läsa som {format} ({why})."),
            Self::TooBig => "Filen är för stor när den packats upp. Dela upp den.".into(),
            Self::RubricsMissing => "Det finns ingen matris i filen.".into(),
            Self::TableMissing => "Här finns ingen tabell. Markera hela tabellen, kopiera den och klistra in igen.".into(),
            Self::TableNarrow => "Tabellen behöver nivåer i första raden, kriterier i första kolumnen och minst en cell till.".into(),
            Self::TitleMissing => "Matrisen behöver ett namn. Skriv ett.".into(),
            Self::TextCut { max } => format!("Namnet är längre än {max} tecken. Det kortades, och hela texten står i beskrivningen."),
            Self::CellsMerged => "Cellen är sammanslagen med en annan. Texten togs med på varje plats som den täcker.".into(),
            Self::TableNested => "I cellen finns en tabell till. Dess text togs med, inte dess rader.".into(),
            Self::TablesLeftOut { count } => format!("Här finns {count} tabeller till. Den första togs; klistra in de andra var för sig."),
            Self::PointsSeen => "Det ser ut som poäng i tabellen. De står kvar som text om poäng inte slås på.".into(),
            Self::FormatUnknown { found } => format!("Filen säger sig vara ”{found}”, som inte går att läsa här."),
            Self::FieldMissing { field } => format!("”{field}” saknas."),
            Self::FieldWrong { why } => format!("Värdet är av fel sort ({why})."),
            Self::WeightChanged { to } => format!("Vikten är inget helt tal mellan 1 och 100 och lästes som {to}."),
            Self::LabelMade { label } => format!("Nivån saknar namn och fick heta ”{label}”."),
            Self::MethodSkipped { method } => format!("”{method}” är ingen matris och utelämnas."),
            Self::NotKept(problem) => problem.sv.clone(),
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
            Self::Unreadable { format, why } => format!("The file cannot be read as {format} ({why})."),
            Self::TooBig => "The file is too big when it is unpacked. Split it.".into(),
            Self::RubricsMissing => "There is no rubric in the file.".into(),
            Self::TableMissing => "There is no table here. Select the whole table, copy it and paste again.".into(),
            Self::TableNarrow => "The table needs levels in its first row, criteria in its first column and at least one more cell.".into(),
            Self::TitleMissing => "The rubric needs a name. Write one.".into(),
            Self::TextCut { max } => format!("The name is longer than {max} characters. It was cut, and the whole text is in the description."),
            Self::CellsMerged => "The cell is merged with another. Its text was taken at every place that it covers.".into(),
            Self::TableNested => "There is another table in the cell. Its text was taken, not its rows.".into(),
            Self::TablesLeftOut { count } => format!("There are {count} more tables. The first was taken; paste the others one by one."),
            Self::PointsSeen => "There seem to be points in the table. They stay as text unless points are switched on.".into(),
            Self::FormatUnknown { found } => format!("The file says that it is “{found}”, which cannot be read here."),
            Self::FieldMissing { field } => format!("“{field}” is missing."),
            Self::FieldWrong { why } => format!("The value is of the wrong kind ({why})."),
            Self::WeightChanged { to } => format!("The weight is no whole number from 1 to 100 and was read as {to}."),
            Self::LabelMade { label } => format!("The level has no name and was called “{label}”."),
            Self::MethodSkipped { method } => format!("“{method}” is no rubric and is left out."),
            Self::NotKept(problem) => problem.en.clone(),
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
