//! Rows and cells, as they lie after merged cells were spread out.

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its number; the first is 1.
    pub(crate) number: u32,
    /// Its cells from the first column on.
    pub(crate) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What stands there; in a merged cell at every place that it covers.
    pub(crate) text: String,
    /// Whether the place belongs to a cell that begins elsewhere.
    pub(crate) merged: Merged,
    /// Whether there is a table in it.
    pub(crate) nested: bool,
}

/// Where a cell's text comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Merged {
    /// From itself.
    #[default]
    No,
    /// From a cell to its left.
    Right,
    /// From a cell above.
    Down,
}

impl Row {
    /// The text at a column; empty when the row is shorter.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }

    /// Whether the cell at a column continues the one above.
    pub(crate) fn is_below(&self, column: usize) -> bool {
        self.cells
            .get(column)
            .is_some_and(|cell| cell.merged == Merged::Down)
    }

    /// The only text of the row, when it begins in the first column and nothing else stands there.
    pub(crate) fn only(&self) -> Option<&str> {
        let (first, rest) = self.cells.split_first()?;
        let mut rest = rest.iter();
        let alone = rest.all(|cell| cell.text.is_empty() || cell.merged == Merged::Right);
        (alone && !first.text.is_empty()).then_some(&first.text)
    }
}

/// A cell as it is written, before it is spread out.
#[derive(Debug, Default)]
pub(crate) struct Wide {
    pub(crate) cell: Cell,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
}

/// The most columns that are looked at.
pub(crate) const WIDTH_MAX: usize = 64;
/// The most rows that are looked at: far more than a rubric can have criteria.
pub(crate) const HEIGHT_MAX: usize = 500;

/// Spreads cells that span columns and rows, as a page does that shows them.
pub(crate) fn spread(rows: Vec<Vec<Wide>>) -> Vec<Row> {
    // What hangs down from above into each column: a cell, and for how many rows more.
    let mut hanging: Vec<Option<(Cell, usize)>> = Vec::new();
    let mut done = Vec::new();
    for (nth, wide) in rows.into_iter().take(HEIGHT_MAX).enumerate() {
        let mut cells: Vec<Cell> = Vec::new();
        let mut written = wide.into_iter();
        loop {
            let at = cells.len();
            if at >= WIDTH_MAX {
                break;
            }
            if let Some(hung) = hanging.get_mut(at).and_then(Option::take) {
                let (cell, left) = hung;
                if left > 1 {
                    hanging[at] = Some((cell.clone(), left - 1));
                }
                cells.push(cell);
                continue;
            }
            let Some(next) = written.next() else {
                // Nothing more is written, but something may hang further to the right.
                if hanging.iter().skip(at).all(Option::is_none) {
                    break;
                }
                cells.push(Cell::default());
                continue;
            };
            for step in 0..next.columns.clamp(1, WIDTH_MAX - at) {
                let column = at + step;
                let merged = if step == 0 { Merged::No } else { Merged::Right };
                if next.rows > 1 {
                    if hanging.len() <= column {
                        hanging.resize(column + 1, None);
                    }
                    let below = if step == 0 {
                        Merged::Down
                    } else {
                        Merged::Right
                    };
                    let cell = Cell {
                        merged: below,
                        ..next.cell.clone()
                    };
                    hanging[column] = Some((cell, next.rows.min(HEIGHT_MAX) - 1));
                }
                cells.push(Cell {
                    merged,
                    ..next.cell.clone()
                });
            }
        }
        done.push(Row {
            number: u32::try_from(nth + 1).unwrap_or(u32::MAX),
            cells,
        });
    }
    done
}
