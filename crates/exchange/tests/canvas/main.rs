//! Reading Canvas rubric CSV files: tables of cases, the sample files, and what holds for any file.

mod cases;
mod limits;
mod properties;
mod samples;
