//! Tables out of HTML as clipboards have it: Word, Excel, Google Docs, Sheets and browsers.
//!
//! A tokenizer is enough: which cell a text belongs to follows from the tags of tables alone, and clipboards close them or leave them out as HTML allows.

use super::{
    Cell, Table,
    merge::{Wide, spread},
};
use html5gum::{StartTag, Token, Tokenizer};
use std::borrow::Cow;

/// The outermost tables of a page, in their order.
pub(super) fn tables(html: &str) -> Vec<Table> {
    let mut page = Page::default();
    for token in tokens(&without_cdata(html)) {
        page.take(&token);
    }
    page.end_table();
    page.tables
}

/// The text of a piece of HTML, with line breaks where it shows them.
pub(crate) fn plain(html: &str) -> String {
    let mut text = Shown::default();
    let mut hidden = Hidden::default();
    for token in tokens(&without_cdata(html)) {
        match &token {
            Token::StartTag(tag) => {
                hidden.open(tag);
                text.tag(&tag.name);
            }
            Token::EndTag(tag) => {
                hidden.close(&tag.name);
                text.tag(&tag.name);
            }
            Token::String(piece) if !hidden.is_open() => {
                text.write(&String::from_utf8_lossy(piece));
            }
            _ => {}
        }
    }
    text.done()
}

fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// HTML has no CDATA and would drop what stands in it; who wrote it meant text.
fn without_cdata(html: &str) -> Cow<'_, str> {
    if html.contains("<![CDATA[") {
        Cow::Owned(html.replace("<![CDATA[", "").replace("]]>", ""))
    } else {
        Cow::Borrowed(html)
    }
}

/// A page, read up to here.
#[derive(Default)]
struct Page {
    tables: Vec<Table>,
    /// How many tables are open, one within the other.
    depth: usize,
    hidden: Hidden,
    caption: Option<Shown>,
    title: Option<String>,
    rows: Vec<Vec<Wide>>,
    cell: Option<(Wide, Shown)>,
}

impl Page {
    fn take(&mut self, token: &Token) {
        match token {
            Token::StartTag(tag) => {
                self.hidden.open(tag);
                self.open(tag);
            }
            Token::EndTag(tag) => {
                self.hidden.close(&tag.name);
                self.close(&tag.name);
            }
            Token::String(text) if !self.hidden.is_open() => {
                if let Some(shown) = self.shown() {
                    shown.write(&String::from_utf8_lossy(text));
                }
            }
            _ => {}
        }
    }

    /// Where text goes now.
    fn shown(&mut self) -> Option<&mut Shown> {
        match &mut self.cell {
            Some((_, shown)) => Some(shown),
            None => self.caption.as_mut(),
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        match (self.depth, tag.name.as_slice()) {
            (_, b"table") => {
                self.depth += 1;
                if let Some((wide, shown)) = &mut self.cell {
                    wide.cell.nested = true;
                    shown.line();
                }
            }
            (1, b"caption") => self.caption = Some(Shown::default()),
            (1, b"tr") => {
                self.end_cell();
                self.rows.push(Vec::new());
            }
            (1, b"td" | b"th") => {
                self.end_cell();
                let wide = Wide {
                    cell: Cell::default(),
                    columns: number(tag, "colspan"),
                    rows: number(tag, "rowspan"),
                };
                self.cell = Some((wide, Shown::default()));
            }
            (_, name) => {
                if let Some(shown) = self.shown() {
                    shown.tag(name);
                }
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        match (self.depth, name) {
            (0, b"table") => {}
            (1, b"table") => self.end_table(),
            (_, b"table") => {
                self.depth -= 1;
                if let Some(shown) = self.shown() {
                    shown.line();
                }
            }
            (1, b"caption") => {
                self.title = self.caption.take().map(Shown::done);
            }
            (1, b"td" | b"th" | b"tr") => self.end_cell(),
            (_, name) => {
                if let Some(shown) = self.shown() {
                    shown.tag(name);
                }
            }
        }
    }

    fn end_cell(&mut self) {
        let Some((mut wide, shown)) = self.cell.take() else {
            return;
        };
        wide.cell.text = shown.done();
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(wide);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        self.depth = 0;
        self.caption = None;
        let rows = spread(std::mem::take(&mut self.rows));
        let title = self.title.take().filter(|title| !title.is_empty());
        if !rows.is_empty() {
            self.tables.push(Table {
                title,
                rows,
                ..Table::default()
            });
        }
    }
}

fn number(tag: &StartTag<()>, name: &str) -> usize {
    let value = tag.attributes.get(name.as_bytes());
    let text = value.and_then(|value| std::str::from_utf8(value).ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(1)
}

/// Tags whose text nobody sees.
#[derive(Default)]
struct Hidden {
    /// The one that is open.
    by: Option<Vec<u8>>,
}

impl Hidden {
    fn open(&mut self, tag: &StartTag<()>) {
        let hides = matches!(
            tag.name.as_slice(),
            b"style" | b"script" | b"title" | b"template"
        );
        if self.by.is_none() && hides && !tag.self_closing {
            self.by = Some(tag.name.to_vec());
        }
    }

    fn close(&mut self, name: &[u8]) {
        if self.by.as_deref() == Some(name) {
            self.by = None;
        }
    }

    fn is_open(&self) -> bool {
        self.by.is_some()
    }
}

/// Text as a page shows it: white space made one, lines where blocks begin and end.
#[derive(Default)]
struct Shown {
    text: String,
    /// Whether white space was met since the last word.
    apart: bool,
}

impl Shown {
    fn write(&mut self, piece: &str) {
        for c in piece.chars() {
            match c {
                // What nobody sees: marks of where a word may break, and of byte order.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c if c.is_whitespace() => self.apart = true,
                c => {
                    if self.apart && !self.text.is_empty() && !self.text.ends_with('\n') {
                        self.text.push(' ');
                    }
                    self.apart = false;
                    self.text.push(c);
                }
            }
        }
    }

    fn tag(&mut self, name: &[u8]) {
        match name {
            b"br" => {
                self.apart = false;
                self.text.push('\n');
            }
            b"p" | b"div" | b"ul" | b"ol" | b"li" | b"tr" | b"dl" | b"dt" | b"dd"
            | b"blockquote" | b"pre" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.line(),
            b"td" | b"th" => self.apart = true,
            _ => {}
        }
    }

    /// Begins a new line, unless it did already.
    fn line(&mut self) {
        self.apart = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text, with at most one empty line between two others.
    fn done(self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut empty = 0;
        for line in self.text.trim().lines() {
            empty = if line.trim().is_empty() { empty + 1 } else { 0 };
            if empty > 1 {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line.trim_end());
        }
        text
    }
}
