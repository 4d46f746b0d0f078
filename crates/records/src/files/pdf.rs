//! A PDF is written anew from what its pages show. What acts, or cannot be looked through, is refused.

use super::{Error, photo_in_pdf};
use lopdf::{Dictionary, Document, LoadOptions, Object};

/// How much one compressed part that describes the document may unfold to, in bytes. Such parts are small; a trap is not.
const PART_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How deep parts may lie within each other.
const NESTING_MAX: u32 = 100;

/// What an entry may order a reader to do that a page does not.
const ACTIONS: [&[u8]; 10] = [
    b"GoTo3DView",
    b"GoToE",
    b"GoToR",
    b"ImportData",
    b"JavaScript",
    b"Launch",
    b"Movie",
    b"Rendition",
    b"RichMediaExecute",
    b"SubmitForm",
];
/// Things on a page that play or run.
const PLAYERS: [&[u8]; 5] = [b"3D", b"Movie", b"RichMedia", b"Screen", b"Sound"];
/// Entries that no page needs to be read: descriptions, attachments, what a program kept for itself, what happens on opening.
const HIDDEN: [&[u8]; 14] = [
    b"AA",
    b"AF",
    b"Collection",
    b"CreatorInfo",
    b"DSS",
    b"EF",
    b"EmbeddedFiles",
    b"LastModified",
    b"Metadata",
    b"OpenAction",
    b"Perms",
    b"PieceInfo",
    b"SpiderInfo",
    b"Thumb",
];
/// What a note on a page says of who wrote it and when.
const SIGNED: [&[u8]; 5] = [b"CreationDate", b"M", b"NM", b"RC", b"T"];

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let options = LoadOptions::with_max_decompressed_size(PART_BYTES_MAX);
    let mut document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Error::Encrypted,
            _ => Error::Unreadable,
        })?;
    if document.trailer.has(b"Encrypt") || document.was_encrypted() {
        return Err(Error::Encrypted);
    }
    if document.get_pages().is_empty() {
        return Err(Error::Unreadable);
    }
    for object in document.objects.values_mut() {
        look_through(object, 0)?;
    }
    for entry in [b"Info".as_slice(), b"ID", b"Prev", b"XRefStm"] {
        document.trailer.remove(entry);
    }
    look_through_entries(&mut document.trailer, 0)?;
    // What nothing shows any longer goes, and so does what earlier states of the document held.
    document.prune_objects();
    let mut written = Vec::new();
    document
        .save_to(&mut written)
        .map_err(|_| Error::Unreadable)?;
    Ok(written)
}

fn look_through(object: &mut Object, depth: u32) -> Result<(), Error> {
    if depth > NESTING_MAX {
        return Err(Error::Unreadable);
    }
    match object {
        Object::Dictionary(entries) => look_through_entries(entries, depth),
        Object::Array(parts) => parts
            .iter_mut()
            .try_for_each(|part| look_through(part, depth + 1)),
        Object::Stream(stream) => {
            look_through_entries(&mut stream.dict, depth)?;
            let filters = stream.filters().unwrap_or_default();
            match filters[..] {
                [b"DCTDecode" | b"DCT"] => {
                    let photo = photo_in_pdf::strip(&stream.content).ok_or(Error::Unreadable)?;
                    stream.set_content(photo);
                }
                // A photograph wrapped once more cannot be looked into.
                _ if filters.iter().any(|filter| filter.starts_with(b"DCT")) => {
                    return Err(Error::Unreadable);
                }
                _ => {}
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn look_through_entries(entries: &mut Dictionary, depth: u32) -> Result<(), Error> {
    let named = |key: &[u8]| {
        entries
            .get(key)
            .and_then(Object::as_name)
            .unwrap_or_default()
    };
    let acts = ACTIONS.contains(&named(b"S")) || PLAYERS.contains(&named(b"Subtype"));
    if acts
        || [b"JS".as_slice(), b"JavaScript", b"XFA"]
            .iter()
            .any(|key| entries.has(key))
    {
        return Err(Error::Active);
    }
    let is_signature = named(b"FT") == b"Sig";
    // A note stands in a rectangle of its page; the fields of a form do too, and need their names.
    let is_note = entries.has(b"Rect") && !matches!(named(b"Subtype"), b"Widget" | b"Link");
    for entry in HIDDEN {
        if let Some(mut part) = entries.remove(entry) {
            look_through(&mut part, depth + 1)?;
        }
    }
    if is_signature {
        entries.remove(b"V");
    }
    if is_note {
        for entry in SIGNED {
            entries.remove(entry);
        }
    }
    entries
        .iter_mut()
        .try_for_each(|(_, part)| look_through(part, depth + 1))
}
