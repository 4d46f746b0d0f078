//! Units: principal areas, schools and preschools, in a tree below the organiser.

use crate::Error;
use chrono::NaiveDate;
use curriculum::{SchoolForm, Year};
use kit::UnitId;

/// How many levels of units there can be below the organiser.
pub const LEVELS_MAX: usize = 4;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Rektorsområde: units below it, no pupils of its own.
    PrincipalArea,
    /// Skolenhet.
    School,
    /// Förskoleenhet.
    Preschool,
}

impl UnitKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PrincipalArea => "PRINCIPAL_AREA",
            Self::School => "SCHOOL",
            Self::Preschool => "PRESCHOOL",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::PrincipalArea, Self::School, Self::Preschool]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A unit (enhet).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// What it is called.
    pub name: String,
    /// The principal area above it; `None` directly below the organiser.
    pub parent: Option<UnitId>,
    /// The unit itself and the units above it, from the top down: where a role counts for it.
    pub nodes: Vec<UnitId>,
    /// The school forms it has.
    pub school_forms: Vec<SchoolForm>,
    /// The years it has; a preschool has none.
    pub years: Vec<Year>,
    /// The first day it is open.
    pub from_day: NaiveDate,
    /// The last day it is open; `None` while no end is known.
    pub to_day: Option<NaiveDate>,
    /// Rises with every save.
    pub version: i64,
}

impl Unit {
    /// Whether the words of the preschool apply.
    #[must_use]
    pub fn is_preschool(&self) -> bool {
        self.kind == UnitKind::Preschool
    }

    /// Whether it is open on `day`.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.from_day <= day && self.to_day.is_none_or(|to| day <= to)
    }

    /// Whether forms, years and dates fit what the unit is.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.to_day.is_some_and(|to| to < self.from_day) {
            return Err(Error::DatesReversed);
        }
        let preschool = |form: &SchoolForm| *form == SchoolForm::Preschool;
        let forms = &self.school_forms;
        let fits = match self.kind {
            UnitKind::PrincipalArea => true,
            UnitKind::School => !forms.is_empty() && !forms.iter().any(preschool),
            UnitKind::Preschool => !forms.is_empty() && forms.iter().all(preschool),
        };
        let years_fit = self
            .years
            .iter()
            .all(|year| forms.iter().any(|form| year.belongs_to(*form)));
        if fits && years_fit {
            Ok(())
        } else {
            Err(Error::FormsDoNotFit)
        }
    }

    /// Stands it below `parent`, or directly below the organiser.
    pub(crate) fn place(&mut self, parent: Option<&Unit>) -> Result<(), Error> {
        let above = match parent {
            Some(parent)
                if parent.kind != UnitKind::PrincipalArea || parent.nodes.contains(&self.id) =>
            {
                return Err(Error::ParentDoesNotFit);
            }
            Some(parent) => parent.nodes.as_slice(),
            None => &[],
        };
        if above.len() >= LEVELS_MAX {
            return Err(Error::ParentDoesNotFit);
        }
        self.parent = parent.map(|parent| parent.id);
        self.nodes = above.iter().copied().chain([self.id]).collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::Fault;
    use testkit::id;

    fn unit(kind: UnitKind, school_forms: Vec<SchoolForm>, years: Vec<Year>) -> Unit {
        Unit {
            id: id(1),
            kind,
            name: "Ekskolan".to_owned(),
            parent: None,
            nodes: vec![id(1)],
            school_forms,
            years,
            from_day: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
            to_day: None,
            version: 1,
        }
    }

    #[test]
    fn forms_and_years_fit_the_kind_of_unit() {
        use SchoolForm::*;
        use UnitKind::*;
        let cases = [
            (School, vec![CompulsorySchool], vec![Year::Y1], true),
            (School, vec![CompulsorySchool], vec![Year::F], false),
            (School, vec![], vec![], false),
            (School, vec![SchoolForm::Preschool], vec![], false),
            (
                UnitKind::Preschool,
                vec![SchoolForm::Preschool],
                vec![],
                true,
            ),
            (
                UnitKind::Preschool,
                vec![SchoolForm::Preschool],
                vec![Year::F],
                false,
            ),
            (UnitKind::Preschool, vec![PreschoolClass], vec![], false),
            (PrincipalArea, vec![], vec![], true),
        ];
        for (kind, forms, years, fits) in cases {
            let case = format!("{kind:?} {forms:?} {years:?}");
            assert_eq!(unit(kind, forms, years).check().is_ok(), fits, "{case}");
        }
    }

    #[test]
    fn a_unit_stands_below_a_principal_area_and_never_below_itself() {
        let area = unit(UnitKind::PrincipalArea, vec![], vec![]);
        let mut school = unit(UnitKind::School, vec![SchoolForm::CompulsorySchool], vec![]);
        school.id = id(2);
        school.place(Some(&area)).unwrap();
        assert_eq!(school.nodes, [id(1), id(2)]);
        assert_eq!(school.parent, Some(id(1)));

        let mut other = school.clone();
        other.id = id(3);
        assert_eq!(
            other.place(Some(&school)).unwrap_err().code(),
            "ORGANISATION_PARENT_DOES_NOT_FIT"
        );

        let mut below = unit(UnitKind::PrincipalArea, vec![], vec![]);
        below.id = id(4);
        below.place(Some(&area)).unwrap();
        let mut top = area.clone();
        assert!(top.place(Some(&below)).is_err(), "below itself");

        let mut deep = below.clone();
        deep.nodes = (10..14).map(id).collect();
        assert!(other.place(Some(&deep)).is_err(), "a fifth level");
    }
}
