//! Word by word: what was taken out of a text and what was put in.

use super::Rewording;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Longer texts than this, in words of both together, are told apart as wholes: comparing costs words times changes.
const WORDS_MAX: usize = 3_000;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// It stands in both.
    Same,
    /// It stood there before.
    Removed,
    /// It stands there now.
    Added,
}

/// A run of words with the white space behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub kind: PieceKind,
    /// The words. All pieces that are not added make the text before, all that are not removed the text after.
    pub text: String,
}

impl Rewording {
    /// The change word by word, in reading order; what was removed stands before what took its place.
    #[must_use]
    pub fn words(&self) -> Vec<Piece> {
        let (before, after) = (
            self.before.as_deref().unwrap_or_default(),
            self.after.as_deref().unwrap_or_default(),
        );
        let (old, new) = (words(before), words(after));
        let mut pieces = Vec::new();
        if old.len() + new.len() > WORDS_MAX {
            put(&mut pieces, PieceKind::Removed, &[before]);
            put(&mut pieces, PieceKind::Added, &[after]);
            return pieces;
        }
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                put(&mut pieces, PieceKind::Same, come);
            } else {
                put(&mut pieces, PieceKind::Removed, gone);
                put(&mut pieces, PieceKind::Added, come);
            }
        }
        pieces
    }
}

/// The words of a text, each with one white space behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn put(pieces: &mut Vec<Piece>, kind: PieceKind, words: &[&str]) {
    let text = words.concat();
    if !text.is_empty() {
        pieces.push(Piece { kind, text });
    }
}
