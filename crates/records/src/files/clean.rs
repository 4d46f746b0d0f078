//! What comes in is known by what it holds, never by what it is called; and only what it shows is kept.

use super::{Error, FilesConfig, Media, pdf, picture};
use kit::personal_number;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What is taken, as media types.
pub const TAKEN: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/webp",
    "application/pdf",
    "text/plain",
];

/// A file that was written anew without anything that nobody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// What it is now.
    pub media: Media,
    /// What is kept.
    pub bytes: Vec<u8>,
    /// The SHA-256 of that, hexadecimal.
    pub hash: String,
}

/// Writes a file anew: a picture from its pixels alone, a PDF without document information, attachments and authors, a text as it is.
///
/// It takes long: a door calls it outside any transaction, where waiting hurts nobody.
///
/// # Errors
///
/// [`Error::Type`] for a kind that is not taken, and what else is wrong with it.
pub fn clean(bytes: &[u8], config: &FilesConfig) -> Result<Cleaned, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let (media, bytes) = match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => picture::clean(bytes, image::ImageFormat::Jpeg, config.pixels_max)?,
        Some("image/png") => picture::clean(bytes, image::ImageFormat::Png, config.pixels_max)?,
        Some("image/webp") => picture::clean(bytes, image::ImageFormat::WebP, config.pixels_max)?,
        Some("application/pdf") => (Media::Pdf, pdf::clean(bytes)?),
        // A page or a script is text too, but it is not *plain*.
        Some(_) => return Err(Error::Type),
        None => (Media::Text, text(bytes)?),
    };
    let hash = sha256(&bytes);
    Ok(Cleaned { media, bytes, hash })
}

/// The SHA-256 of these bytes, hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("a string takes every text");
    }
    text
}

fn text(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Type)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    // Drawings and pages are programs in disguise wherever somebody opens them.
    let begins = text.trim_start().to_ascii_lowercase();
    let is_markup = ["<svg", "<?xml", "<!doctype", "<html", "<script"]
        .iter()
        .any(|mark| begins.starts_with(mark));
    if !text.chars().all(is_plain) || is_markup {
        return Err(Error::Type);
    }
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if personal_number::is_in(text) {
        return Err(Error::PersonalNumber);
    }
    Ok(text.as_bytes().to_vec())
}
