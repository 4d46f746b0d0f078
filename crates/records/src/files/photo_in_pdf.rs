//! A photograph inside a document keeps what its camera wrote. Here it is cut out without touching the picture, whose colours the document explains.

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;
/// The segments of applications: EXIF, XMP, IPTC, colour profiles, further pictures.
const APPLICATION: std::ops::RangeInclusive<u8> = 0xe0..=0xef;
/// What a decoder needs of them: the pixels' shape, and how the colours are coded.
const NEEDED: [u8; 2] = [0xe0, 0xee];

/// The JPEG with its picture alone, and nothing behind its end; nothing when it cannot be read.
pub(super) fn strip(jpeg: &[u8]) -> Option<Vec<u8>> {
    if jpeg.first_chunk() != Some(&[0xff, START]) {
        return None;
    }
    let mut kept = vec![0xff, START];
    let mut at = 2;
    loop {
        // A marker; fill bytes may stand before it.
        while jpeg.get(at) == Some(&0xff) && jpeg.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        if jpeg.get(at) != Some(&0xff) {
            return None;
        }
        let marker = *jpeg.get(at + 1)?;
        if marker == END {
            kept.extend([0xff, END]);
            return Some(kept);
        }
        let length = jpeg.get(at + 2..at + 4)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = jpeg.get(at..at + 2 + length)?;
        let is_hidden = APPLICATION.contains(&marker) && !NEEDED.contains(&marker);
        if !is_hidden && marker != COMMENT {
            kept.extend_from_slice(segment);
        }
        at += segment.len();
        if marker == SCAN {
            let end = scan(jpeg, at)?;
            kept.extend_from_slice(jpeg.get(at..end)?);
            at = end;
        }
    }
}

/// Where the pixels of a scan end: at the next marker that is not one of their own.
fn scan(jpeg: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        if *jpeg.get(at)? == 0xff && !matches!(*jpeg.get(at + 1)?, 0x00 | 0xd0..=0xd7) {
            return Some(at);
        }
        at += 1;
    }
}
