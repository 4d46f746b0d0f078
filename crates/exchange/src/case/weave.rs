//! Words that stand twice in a package, in CASE's own field and in ours, made one.

use kit::{Bilingual, Lang, Text};

/// What the field of CASE says, which is right, and in the other language what ours says. `said` is the field as it was read, in `lang`; `raw` as it stands there.
pub(super) fn weave<const MAX: usize, const LINES: bool>(
    ours: Option<Bilingual<Text<MAX, LINES>>>,
    raw: &str,
    lang: Lang,
    said: impl FnOnce() -> Option<Bilingual<Text<MAX, LINES>>>,
) -> Option<Bilingual<Text<MAX, LINES>>> {
    let Some(ours) = ours else {
        return said();
    };
    if ours.read(lang).as_str() == raw {
        return Some(ours);
    }
    let said = said()?;
    match lang {
        Lang::Sv => Bilingual::of(said.sv().cloned(), ours.en().cloned()),
        Lang::En => Bilingual::of(ours.sv().cloned(), said.en().cloned()),
    }
}
