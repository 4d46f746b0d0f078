//! Tables as people make them: the first row says the levels, the first column the criteria. Wherever a table stands, here it becomes a rubric.

mod html;
mod merge;
mod paste;
mod worth;

pub(crate) use html::plain;
pub(crate) use merge::{Cell, HEIGHT_MAX, Merged, Row, WIDTH_MAX};
pub use paste::{Paste, paste};
pub(crate) use worth::{loose, strict, written};

use crate::{
    CRITERIA_MAX, Found, How, Problem, RATINGS_MAX, blank, message::Place, messages::Messages,
    pen::Pen,
};
use kit::Lang;
use rubrics::{Criterion, Level};

/// A table with its place.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// What it is called where it stands.
    pub(crate) title: Option<String>,
    /// The part of the file where it stands.
    pub(crate) pointer: Option<String>,
    /// How many columns stand empty to its left.
    pub(crate) left: u32,
    /// Its rows; merged cells fill every place that they cover.
    pub(crate) rows: Vec<Row>,
}

impl Table {
    fn place(&self, row: u32, column: usize) -> Place {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        let column = column.saturating_add(self.left).saturating_add(1);
        Place {
            row,
            column: Some(column),
            pointer: self.pointer.clone(),
        }
    }

    /// The rubric that the table is, told with everything that is doubtful or wrong. It is called `title` or, when that is `None`, what the table says.
    pub(crate) fn rubric(&self, title: Option<&str>, how: How, messages: &mut Messages) -> Found {
        let before = messages.errors();
        let mut rows = self.rows.iter().filter(|row| !row.is_empty()).peekable();
        let first_row = rows.peek().map_or(1, |row| row.number);
        // Rows with nothing but one text above the levels say what the table is called, and then what it is for.
        let mut headline = None;
        let mut purpose = Vec::new();
        while let Some(row) = rows.next_if(|row| row.only().is_some()) {
            match headline {
                None => headline = row.only(),
                Some(_) => purpose.extend(row.only()),
            }
        }
        let heads = rows.next();
        let body: Vec<&Row> = rows.collect();
        let mut pen = Pen {
            lang: how.lang,
            messages,
        };
        let columns =
            heads.map_or_else(Vec::new, |heads| self.columns(heads, &body, how, &mut pen));
        let corner = heads
            .map(|heads| heads.text(0))
            .filter(|corner| !corner.is_empty());
        let called = title
            .or(headline)
            .or(self.title.as_deref())
            .or(corner)
            .unwrap_or_default();
        let place = self.place(first_row, 0);
        let name = pen.title(&place, called);
        if columns.is_empty() || body.is_empty() {
            pen.tell(&place, Problem::TableNarrow);
        } else if name.is_none() {
            pen.tell(&place, Problem::TitleMissing);
        }
        let description = pen.body(&place, &purpose.join("\n"));
        let criteria = self.criteria(&columns, &body, how, &mut pen);
        let count = criteria.len();
        let is_sound = pen.messages.errors() == before;
        let found = name.as_ref().map(|name| name.read(how.lang).to_string());
        Found {
            name: found.unwrap_or_default(),
            row: first_row,
            pointer: self.pointer.clone(),
            criteria: count,
            content: name.filter(|_| is_sound).map(|name| {
                let mut content = blank::rubric(name, criteria);
                content.head.description = description;
                content
            }),
            id: None,
        }
    }

    /// The columns of levels with their heads. A head that spans several columns makes one level of them.
    fn columns(&self, heads: &Row, body: &[&Row], how: How, pen: &mut Pen<'_>) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for at in 1..heads.cells.len() {
            if heads.cells[at].merged == Merged::Right {
                if let Some(last) = columns.last_mut() {
                    last.at.push(at);
                }
                continue;
            }
            let text = heads.text(at);
            let place = self.place(heads.number, at);
            if text.is_empty() {
                if let Some(row) = body.iter().find(|row| !row.text(at).is_empty()) {
                    pen.tell(&self.place(row.number, at), Problem::CellWithoutHeading);
                }
                continue;
            }
            if columns.len() == RATINGS_MAX {
                pen.tell(&place, Problem::TooManyRatings);
                break;
            }
            columns.push(Column {
                at: vec![at],
                head: text.to_owned(),
                points: worth::loose(text),
                place,
            });
        }
        let all = !columns.is_empty() && columns.iter().all(|column| column.points.is_some());
        if all && !how.points {
            pen.tell(&columns[0].place, Problem::PointsSeen);
        }
        for column in &mut columns {
            match column.points.take_if(|_| all && how.points) {
                // A head that says nothing but the points is called so.
                Some((rest, points)) => {
                    if !rest.is_empty() {
                        column.head = rest;
                    }
                    column.points = Some((String::new(), points));
                }
                None => column.points = None,
            }
        }
        columns
    }

    fn criteria(
        &self,
        columns: &[Column],
        body: &[&Row],
        how: How,
        pen: &mut Pen<'_>,
    ) -> Vec<Criterion> {
        let mut criteria = Vec::new();
        let mut seen: Vec<(String, u32)> = Vec::new();
        let mut rows = body.iter().peekable();
        while let Some(row) = rows.next() {
            if criteria.len() == CRITERIA_MAX {
                pen.tell(&self.place(row.number, 0), Problem::TooManyCriteria);
                break;
            }
            // Rows beside one merged first cell are one criterion.
            let mut parts = vec![*row];
            while let Some(next) = rows.next_if(|next| next.is_below(0)) {
                parts.push(next);
            }
            if let Some(criterion) = self.criterion(columns, &parts, how, pen) {
                let name = criterion.title.read(how.lang).to_string();
                match seen.iter().find(|(earlier, _)| *earlier == name) {
                    Some((_, first_row)) => pen.tell(
                        &self.place(row.number, 0),
                        Problem::CriterionRepeated {
                            first_row: *first_row,
                        },
                    ),
                    None => seen.push((name, row.number)),
                }
                criteria.push(criterion);
            }
        }
        criteria
    }

    fn criterion(
        &self,
        columns: &[Column],
        rows: &[&Row],
        how: How,
        pen: &mut Pen<'_>,
    ) -> Option<Criterion> {
        let first = rows.first()?;
        let place = self.place(first.number, 0);
        let (title, description) = pen.name(&place, first.text(0));
        if title.is_none() {
            pen.tell(&place, Problem::CriterionNameMissing);
        }
        let texts: Vec<(Place, String)> = columns
            .iter()
            .map(|column| self.level_text(column, rows, pen))
            .collect();
        let worths: Vec<_> = texts.iter().map(|(_, text)| worth::strict(text)).collect();
        let all = !worths.is_empty() && worths.iter().all(Option::is_some);
        if all && !how.points {
            pen.tell(&texts[0].0, Problem::PointsSeen);
        }
        let take = all && how.points;
        let levels = columns.iter().zip(texts).zip(worths);
        let levels: Vec<Level> = levels
            .filter_map(|((column, (place, text)), worth)| {
                let (text, points) = match worth.filter(|_| take) {
                    Some((rest, points)) => (rest, Some(points)),
                    None => (text, column.points.as_ref().map(|(_, points)| *points)),
                };
                Some(Level {
                    descriptor: pen.body(&place, &text),
                    points,
                    ..blank::level(pen.title(&column.place, &column.head)?)
                })
            })
            .collect();
        Some(Criterion {
            description,
            levels,
            ..blank::criterion(title?)
        })
    }

    /// What one level of a criterion says: the text of its cells, each once.
    fn level_text(&self, column: &Column, rows: &[&Row], pen: &mut Pen<'_>) -> (Place, String) {
        let mut lines: Vec<&str> = Vec::new();
        let mut place = self.place(rows[0].number, column.at[0]);
        for (nth, row) in rows.iter().enumerate() {
            for &at in &column.at {
                let Some(cell) = row.cells.get(at) else {
                    continue;
                };
                let inside = nth > 0 && cell.merged == Merged::Down
                    || at > column.at[0] && cell.merged == Merged::Right;
                if inside || cell.text.is_empty() {
                    continue;
                }
                place = self.place(row.number, at);
                if cell.merged != Merged::No {
                    pen.tell(&place, Problem::CellsMerged);
                }
                if cell.nested {
                    pen.tell(&place, Problem::TableNested);
                }
                lines.push(&cell.text);
            }
        }
        (place, lines.join("\n"))
    }
}

/// A level of the table.
struct Column {
    /// The columns that it has; mostly one.
    at: Vec<usize>,
    head: String,
    /// What the head says without its points, and those.
    points: Option<(String, rubrics::Points)>,
    place: Place,
}

/// The table's name when it may be that of a level or a file that says nothing: `Blad1`, `Sheet1`.
pub(crate) fn is_default_name(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ["blad", "sheet", "tabelle", "feuil", "ark"].contains(&word.to_lowercase().as_str())
}

/// What a table is called by its number, when nothing else says it.
pub(crate) fn numbered(nth: usize, lang: Lang) -> String {
    format!("{} {nth}", lang.pick("tabell", "table"))
}
