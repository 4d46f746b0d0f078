//! Parts of a content that came as data: their texts are read as every text from outside is, so that what is kept is whole, short enough and visible.

use crate::{Problem, message::Place, pen::Pen};
use kit::{Bilingual, Text};
use rubrics::{Criterion, Head, Level};

/// A head whose texts were read; `None` when it has no title.
pub(crate) fn head(pen: &mut Pen<'_>, place: &Place, head: Head) -> Option<Head> {
    Some(Head {
        title: needed(pen, place, "title", head.title)?,
        description: wanted(pen, place, "description", head.description),
        ..head
    })
}

/// A criterion whose texts, and those of its levels, were read; `None` when it has no title.
pub(crate) fn criterion(
    pen: &mut Pen<'_>,
    place: &Place,
    criterion: Criterion,
) -> Option<Criterion> {
    let levels = criterion.levels.into_iter().enumerate();
    let place_of = |at: usize| place.within("levels").within(at);
    let levels: Vec<Level> = levels
        .filter_map(|(at, one)| level(pen, &place_of(at), one))
        .collect();
    Some(Criterion {
        title: needed(pen, place, "title", criterion.title)?,
        description: wanted(pen, place, "description", criterion.description),
        guidance: wanted(pen, place, "guidance", criterion.guidance),
        pupil_wording: wanted(pen, place, "pupil_wording", criterion.pupil_wording),
        levels,
        ..criterion
    })
}

/// A level whose texts were read; `None` when it has no label.
pub(crate) fn level(pen: &mut Pen<'_>, place: &Place, level: Level) -> Option<Level> {
    Some(Level {
        label: needed(pen, place, "label", level.label)?,
        descriptor: wanted(pen, place, "descriptor", level.descriptor),
        pupil_wording: wanted(pen, place, "pupil_wording", level.pupil_wording),
        suggested_feedback: wanted(pen, place, "suggested_feedback", level.suggested_feedback),
        ..level
    })
}

fn needed<const MAX: usize, const LINES: bool>(
    pen: &mut Pen<'_>,
    place: &Place,
    field: &'static str,
    text: Bilingual<Text<MAX, LINES>>,
) -> Option<Bilingual<Text<MAX, LINES>>> {
    let read = wanted(pen, place, field, Some(text));
    if read.is_none() {
        pen.tell(place, Problem::FieldMissing { field });
    }
    read
}

fn wanted<const MAX: usize, const LINES: bool>(
    pen: &mut Pen<'_>,
    place: &Place,
    field: &'static str,
    text: Option<Bilingual<Text<MAX, LINES>>>,
) -> Option<Bilingual<Text<MAX, LINES>>> {
    let text = text?;
    let place = place.within(field);
    let mut side = |text: Option<&Text<MAX, LINES>>| pen.read(&place, text?);
    Bilingual::of(side(text.sv()), side(text.en()))
}
