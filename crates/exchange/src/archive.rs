//! Files that are zip archives inside: looked through once before anything reads them, so that a small file cannot unpack to a large one.

use crate::Problem;
use std::io::{self, Cursor, Read};
use zip::{ZipArchive, read::ZipFile};

/// The most bytes that an archive may unpack to.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// The most files that may be in one.
const PARTS_MAX: usize = 2_000;

/// An archive that was looked through.
pub(crate) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Unpacks everything once, to nowhere.
    ///
    /// # Errors
    ///
    /// [`Problem::TooBig`] past the bounds, [`Problem::Unreadable`] for what is no archive.
    pub(crate) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, Problem> {
        let unreadable = |error: &dyn std::fmt::Display| Problem::Unreadable {
            format,
            why: error.to_string(),
        };
        let mut archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        if archive.len() > PARTS_MAX {
            return Err(Problem::TooBig);
        }
        let mut left = UNPACKED_MAX;
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(|error| unreadable(&error))?;
            let count = io::copy(&mut part.take(left + 1), &mut io::sink());
            let count = count.map_err(|error| unreadable(&error))?;
            left = left.checked_sub(count).ok_or(Problem::TooBig)?;
        }
        Ok(Self(archive))
    }

    /// One of its files; `None` when there is none of that name.
    pub(crate) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let part: ZipFile<'_, _> = self.0.by_name(name).ok()?;
        let mut bytes = Vec::new();
        part.take(UNPACKED_MAX).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    #[test]
    fn a_small_archive_that_unpacks_to_a_large_one_is_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file("x", SimpleFileOptions::default())
            .unwrap();
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..=UNPACKED_MAX / (1024 * 1024) {
            writer.write_all(&zeros).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1024 * 1024, "small as it is sent");
        assert!(matches!(
            Archive::open(&bytes, "XLSX"),
            Err(Problem::TooBig)
        ));
    }
}
