//! Rubrics of every kind from a number: the same number gives the same rubric.

use kit::{Bilingual, Text};
use rubrics::{About, Code, Content, Criterion, Head, Level, Points, RubricKind};
use uuid::Uuid;

/// Words that mean something to a format, to a spreadsheet or to Unicode, among others that mean nothing.
const WORDS: [&str; 36] = [
    "Tes",
    "Argument",
    "åäö",
    "Resonerar",
    "E",
    "C",
    "A",
    "E (5 p)",
    "(2–3 p)",
    "5 p",
    "=1+1",
    "+46",
    "-",
    "@SUM(A1)",
    "a;b",
    "a,b",
    "\"citat\"",
    "'",
    "|",
    "<b>fet</b>",
    "&nbsp;",
    "&amp;",
    "_x0041_",
    "true",
    "1,5",
    "007",
    "معيار",
    "\u{202e}bakåt",
    "👩‍🏫",
    "#",
    "# Rubrik",
    "* punkt",
    "\\n",
    "{}",
    "null",
    "]]>",
];

/// A plain generator of numbers (xorshift): good enough to mix, and fast.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn count(&mut self, sides: u64) -> usize {
        usize::try_from(self.roll(sides)).unwrap()
    }

    fn words(&mut self, joints: &[&str]) -> String {
        let mut text = WORDS[self.count(36)].to_owned();
        for _ in 0..self.roll(4) {
            text.push_str(joints[self.count(joints.len() as u64)]);
            text.push_str(WORDS[self.count(36)]);
        }
        text
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.0, self.roll(u64::MAX))
    }
}

struct Maker {
    dice: Dice,
    /// Whether the rubric has what only some formats carry.
    is_rich: bool,
    has_points: bool,
}

impl Maker {
    fn text<const MAX: usize, const LINES: bool>(&mut self) -> Bilingual<Text<MAX, LINES>> {
        let joints: &[&str] = match (LINES, self.is_rich) {
            (true, _) => &[" ", "\n", "\n\n", "\t", " \n"],
            (false, true) => &[" ", "  "],
            (false, false) => &[" "],
        };
        let mut side = || Text::parse(&self.dice.words(joints)).ok();
        let (sv, en) = (side(), side());
        match if self.is_rich { self.dice.roll(3) } else { 0 } {
            0 => Bilingual::of(sv, None),
            1 => Bilingual::of(None, en),
            _ => Bilingual::of(sv, en),
        }
        .expect("the words are texts")
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.dice.roll(2) == 0).then(|| make(self))
    }

    fn rich<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.is_rich { self.maybe(make) } else { None }
    }

    fn codes(&mut self) -> Vec<Code> {
        let count = if self.is_rich { self.dice.roll(3) } else { 0 };
        let codes = ["SV", "MA", "7", "GR", "CLARIFY"];
        (0..count)
            .map(|_| Code::parse(codes[self.dice.count(5)]).unwrap())
            .collect()
    }

    fn level(&mut self, points: Option<Points>, label: Bilingual<kit::Title>) -> Level {
        Level {
            id: self.dice.id().into(),
            label,
            descriptor: self.maybe(Self::text),
            pupil_wording: self.rich(Self::text),
            points,
            suggested_feedback: self.rich(Self::text),
        }
    }

    fn points(&mut self) -> Option<Points> {
        if !self.has_points || self.is_rich && self.dice.roll(4) == 0 {
            return None;
        }
        let max = i64::try_from(self.dice.roll(1_001)).unwrap() * [1, 100][self.dice.count(2)];
        let min = if self.is_rich {
            max / [1, 2][self.dice.count(2)]
        } else {
            max
        };
        Some(Points { min, max })
    }

    fn criterion(&mut self, labels: &[Bilingual<kit::Title>]) -> Criterion {
        let levels = labels.iter().map(|label| {
            let label = self.rich(Self::text).unwrap_or_else(|| label.clone());
            let points = self.points();
            self.level(points, label)
        });
        let levels = levels.collect();
        let abouts = [About::Education, About::Environment, About::Team];
        Criterion {
            id: self.dice.id().into(),
            title: self.text(),
            description: self.maybe(Self::text),
            weight: self
                .rich(|me| 1 + u32::try_from(me.dice.roll(100)).unwrap())
                .unwrap_or(1),
            guidance: self.rich(Self::text),
            pupil_wording: self.rich(Self::text),
            about: self.rich(|me| abouts[me.dice.count(3)]),
            subjects: self.codes(),
            years: self.codes(),
            strategies: self.codes(),
            levels,
        }
    }
}

/// The rubric of a number.
pub(super) fn content(seed: u64) -> Content {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..8 {
        dice.roll(2);
    }
    let is_rich = dice.roll(2) == 0;
    let has_points = dice.roll(2) == 0;
    let mut maker = Maker {
        dice,
        is_rich,
        has_points,
    };
    let least = u64::from(!is_rich);
    let labels = least + maker.dice.roll(4);
    let labels: Vec<_> = (0..labels).map(|_| maker.text()).collect();
    let criteria = least + maker.dice.roll(4);
    let criteria: Vec<Criterion> = (0..criteria).map(|_| maker.criterion(&labels)).collect();
    let kinds = [
        RubricKind::Analytic,
        RubricKind::Checklist,
        RubricKind::Holistic,
        RubricKind::SinglePoint,
    ];
    let inferred = match labels.len() {
        0 => RubricKind::Checklist,
        1 => RubricKind::SinglePoint,
        _ => RubricKind::Analytic,
    };
    Content {
        head: Head {
            kind: maker.rich(|me| kinds[me.dice.count(4)]).unwrap_or(inferred),
            title: maker.text(),
            description: maker.rich(Maker::text),
            subjects: maker.codes(),
            years: maker.codes(),
            school_forms: maker.codes(),
            strategies: maker.codes(),
            points: has_points,
        },
        criteria,
    }
}
