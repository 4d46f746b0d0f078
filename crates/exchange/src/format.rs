//! The formats that files come in and go out in.

/// A format of files with rubrics that can be brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportFormat {
    /// The rubric CSV of Canvas, with commas, semicolons or tabs.
    CanvasCsv,
    /// A package of CASE 1.1 in JSON.
    CaseJson,
    /// The tables of a Word document (DOCX).
    Docx,
    /// Our own JSON, with everything that a rubric says.
    KollegiumJson,
    /// The `grading.xml` of a Moodle backup.
    MoodleXml,
    /// The rubric XML of Open edX (ORA).
    OraXml,
    /// The sheets of an Excel workbook (XLSX), each a table.
    Xlsx,
}

/// A format of files that rubrics go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// The rubric CSV of Canvas.
    CanvasCsv,
    /// A package of CASE 1.1 in JSON.
    CaseJson,
    /// A page to print: one A4 for each rubric of usual size.
    Html,
    /// Our own JSON, with everything that a rubric says.
    KollegiumJson,
    /// Markdown with a table for each rubric.
    Markdown,
    /// An Excel workbook (XLSX) with a sheet for each rubric.
    Xlsx,
}

impl ExportFormat {
    /// What names of its files end with.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::CanvasCsv => "csv",
            Self::CaseJson => "case.json",
            Self::Html => "html",
            Self::KollegiumJson => "json",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::CanvasCsv => "text/csv; charset=utf-8",
            Self::CaseJson | Self::KollegiumJson => "application/json",
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Whether its files are no text.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx)
    }
}
