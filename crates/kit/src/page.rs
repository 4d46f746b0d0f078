//! Lists in pages: ordered by what the server set, then by id; a position, never an offset.

use crate::Instant;
use std::{collections::HashMap, hash::Hash};
use uuid::Uuid;

/// How many of a list are wanted: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageSize(u16);

impl PageSize {
    /// The most that one page holds.
    pub const MAX: u16 = 100;

    /// A size between 1 and [`PageSize::MAX`]; anything else is `None`.
    #[must_use]
    pub fn of(first: i64) -> Option<Self> {
        u16::try_from(first)
            .ok()
            .filter(|size| (1..=Self::MAX).contains(size))
            .map(Self)
    }

    /// How many.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }

    /// One more than wanted, to learn whether more follow.
    #[must_use]
    pub const fn and_one(self) -> u64 {
        self.0 as u64 + 1
    }
}

/// A wanted stretch of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Page {
    /// How many.
    pub first: PageSize,
    /// After which place; from the start when `None`.
    pub after: Option<Position>,
}

impl Page {
    /// The first `size` of a list; `None` if `size` is out of bounds.
    #[must_use]
    pub fn first(size: i64) -> Option<Self> {
        PageSize::of(size).map(|first| Self { first, after: None })
    }
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Position {
    /// What the list is ordered by, at that place.
    pub key: Key,
    /// The id at that place, which makes the place unique.
    pub id: Uuid,
}

/// What lists are ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// Newest first.
    At(Instant),
    /// Best match first, then newest.
    Rank(i64, Instant),
    /// By name.
    Name(String),
    /// As somebody put them in order.
    Place(i64),
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    /// The things, each with its place.
    pub items: Vec<(Position, T)>,
    /// Whether more follow.
    pub more: bool,
}

impl<T> Listed<T> {
    /// A page from rows that were read with one more than wanted.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, first: PageSize, place: impl Fn(&T) -> Position) -> Self {
        let more = rows.len() > first.get();
        rows.truncate(first.get());
        Self {
            items: rows.into_iter().map(|row| (place(&row), row)).collect(),
            more,
        }
    }

    /// A page of each of many lists, from rows in their order that were read with one more than wanted under each.
    #[must_use]
    pub fn cut_each<P: Eq + Hash>(
        rows: impl IntoIterator<Item = (P, T)>,
        first: PageSize,
        place: impl Fn(&T) -> Position,
    ) -> HashMap<P, Self> {
        let mut lists: HashMap<P, Vec<T>> = HashMap::new();
        for (of, row) in rows {
            lists.entry(of).or_default().push(row);
        }
        lists
            .into_iter()
            .map(|(of, rows)| (of, Self::cut(rows, first, &place)))
            .collect()
    }

    /// The same page of something else.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Listed<U> {
        Listed {
            items: self
                .items
                .into_iter()
                .map(|(place, item)| (place, change(item)))
                .collect(),
            more: self.more,
        }
    }

    /// An empty page.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            items: Vec::new(),
            more: false,
        }
    }
}

/// The moment and id after which a newest-first list goes on; `None` from the start or when the place belongs to another order.
#[must_use]
pub fn after(page: &Page) -> Option<(Instant, Uuid)> {
    match page.after.as_ref()? {
        Position {
            key: Key::At(at),
            id,
        } => Some((*at, *id)),
        _ => None,
    }
}
