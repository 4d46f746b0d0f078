//! Packages of CASE 1.1 (Competencies and Academic Standards Exchange): the `CFRubrics` of a `CFPackage` in JSON.
//!
//! What other systems know stands in CASE's own fields; what only rubrics here have stands in `extensions.kollegium`, which CASE allows and others pass over. Where the
//! two differ, because somebody edited the package elsewhere, CASE's own field is right.

mod shape;
mod weave;
mod write;

mod read;

pub(crate) use read::read;
pub(crate) use write::write;
