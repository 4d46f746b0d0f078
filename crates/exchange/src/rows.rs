//! The rows of a table, with the numbers a spreadsheet gives them.

use crate::canvas::Heading;
use csv::{Reader, ReaderBuilder, StringRecord};
use std::io::{Chain, Read as _};

/// A row with something in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its number in a spreadsheet: the first is 1; empty rows count, lines inside a cell do not.
    pub number: u32,
    /// Its cells.
    pub cells: StringRecord,
    /// Whether its last cell is a quotation that never ends, and so holds the rest of the file.
    pub unclosed: bool,
}

impl Row {
    /// The cell at `index` (the first is 0) without white space around it; empty when the row is shorter.
    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).unwrap_or_default().trim()
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Put after the text: the first line break ends the last row, and only a quotation that is never closed reaches past the second.
const END: &[u8] = b"\n\n";

/// Reads one row after the other, leaving out the empty ones.
pub(crate) struct Rows<'a> {
    text: &'a str,
    reader: Reader<Chain<&'a [u8], &'a [u8]>>,
    number: u32,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, with the delimiter by which its first row has the most known headings.
    pub(crate) fn of(text: &'a str) -> Self {
        let known = |delimiter: u8| {
            Self::split(text, delimiter).next().map_or(0, |row| {
                row.cells
                    .iter()
                    .filter(|cell| Heading::of(cell).is_some())
                    .count()
            })
        };
        // Of equals, `max_by_key` takes the last: the comma, which Canvas itself writes.
        let delimiter = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|&delimiter| known(delimiter))
            .unwrap_or(b',');
        Self::split(text, delimiter)
    }

    /// The rows of `text`, with this delimiter between its cells.
    pub(crate) fn split(text: &'a str, delimiter: u8) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.as_bytes().chain(END);
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(lines);
        Self {
            text,
            reader,
            number: 0,
        }
    }

    /// How many bytes were read.
    fn at(&self) -> usize {
        usize::try_from(self.reader.position().byte())
            .expect("no more than the text in memory and its end")
    }

    /// How many empty lines the reader is about to pass over.
    fn empty_lines_ahead(&self) -> u32 {
        let at = self.at();
        let mut before = at
            .checked_sub(1)
            .and_then(|last| self.text.as_bytes().get(last))
            .copied();
        let mut lines = 0;
        for &byte in self.text.as_bytes().get(at..).unwrap_or_default() {
            match byte {
                b'\n' if before == Some(b'\r') => {}
                b'\n' | b'\r' => lines += 1,
                _ => break,
            }
            before = Some(byte);
        }
        lines
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            self.number = self
                .number
                .saturating_add(self.empty_lines_ahead())
                .saturating_add(1);
            let mut cells = StringRecord::new();
            if !self
                .reader
                .read_record(&mut cells)
                .expect("UTF-8 in memory is read without errors, and rows may differ in length")
            {
                return None;
            }
            let row = Row {
                number: self.number,
                cells,
                unclosed: self.at() == self.text.len() + END.len(),
            };
            if row.unclosed || !row.is_empty() {
                return Some(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(u32, Vec<String>)> {
        Rows::split(text, b',')
            .map(|row| (row.number, row.cells.iter().map(str::to_owned).collect()))
            .collect()
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet_with_every_line_ending() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a,b", "", "", "\"c", "d\",e", " , ,", "f", "", "g"].join(end);
            let lines = format!("c{end}d");
            let expected = [
                (2, vec!["a", "b"]),
                (5, vec![&*lines, "e"]),
                (7, vec!["f"]),
                (9, vec!["g"]),
            ];
            assert_eq!(
                numbers(&text),
                expected.map(|(row, cells)| (row, cells.into_iter().map(str::to_owned).collect())),
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_quotation_that_never_ends_is_seen() {
        let cases = [
            ("a,\"b", true),
            ("a,\"b\nc,d\n", true),
            ("a,\"b\"\"", true),
            ("\"", true),
            ("a,\"b\"", false),
            ("a,\"b\n\"", false),
            ("a,\"b\"\"\"\r\n", false),
            ("a,5\" disk", false),
            ("a,b\r", false),
        ];
        for (text, unclosed) in cases {
            assert_eq!(
                Rows::split(text, b',').last().map(|row| row.unclosed),
                Some(unclosed),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_headings() {
        let cases = [
            ("Rubric Name,Criteria Name", 2),
            ("Rubric Name;Criteria Name;\"Notes, a, b, c, d\"", 3),
            ("Rubric Name\tCriteria Name\t;,;,", 3),
            ("\"Notes; x;y\",Rubric Name", 2),
            ("Betyg;Namn", 1),
        ];
        for (text, cells) in cases {
            assert_eq!(
                Rows::of(text).next().map(|row| row.cells.len()),
                Some(cells),
                "{text:?}"
            );
        }
    }
}
