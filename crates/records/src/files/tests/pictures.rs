//! Pictures: what they show stays, and nothing else.

use crate::files::{Error, FilesConfig, Media, clean};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use std::io::Cursor;

/// A place in Stockholm, as a camera writes it; it stands in no picture of ours.
const PLACE: &[u8] = b"59 deg 19 min N";

/// EXIF with a turned camera and a place: a TIFF with two entries and a GPS directory.
pub(super) fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend([2, 0]);
    // Orientation: the camera was held a quarter to the left.
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    // The directory of the place stands at 38.
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    assert_eq!(tiff.len(), 38);
    // GPSAreaInformation stands at 56.
    tiff.extend([1, 0]);
    tiff.extend([0x1c, 0, 7, 0]);
    tiff.extend(u32::try_from(PLACE.len()).unwrap().to_le_bytes());
    tiff.extend(56_u32.to_le_bytes());
    tiff.extend([0, 0, 0, 0]);
    assert_eq!(tiff.len(), 56);
    tiff.extend(PLACE);
    tiff
}

/// Two wide, one high: red and blue.
fn picture() -> RgbImage {
    RgbImage::from_fn(32, 16, |x, _| {
        if x < 16 {
            Rgb([200, 0, 0])
        } else {
            Rgb([0, 0, 200])
        }
    })
}

/// A JPEG as a telephone makes it: a place, XMP, IPTC, a comment, and a second picture behind its end.
pub(super) fn photo() -> Vec<u8> {
    let mut plain = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut plain, 95);
    encoder.set_exif_metadata(exif()).unwrap();
    encoder
        .encode(picture().as_raw(), 32, 16, ExtendedColorType::Rgb8)
        .unwrap();
    let mut jpeg = plain[..2].to_vec();
    for (marker, words) in [
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0Kalle i 7B".as_slice()),
        (0xed, b"Photoshop 3.0\0Kalle i 7B"),
        (0xfe, b"Kalle i 7B"),
    ] {
        let length = u16::try_from(words.len() + 2).unwrap();
        jpeg.extend([0xff, marker]);
        jpeg.extend(length.to_be_bytes());
        jpeg.extend(words);
    }
    jpeg.extend(&plain[2..]);
    jpeg.extend(b"Kalle i 7B, en bild till");
    jpeg
}

pub(super) fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photograph_loses_its_place_and_keeps_the_way_it_is_turned() {
    let photo = photo();
    assert!(has(&photo, PLACE) && has(&photo, b"Kalle"), "it has them");
    let cleaned = clean(&photo, &FilesConfig::default()).unwrap();
    assert_eq!(cleaned.media, Media::Jpeg);
    for part in [PLACE, b"Kalle", b"Exif", b"xap", b"Photoshop"] {
        let part_shown = String::from_utf8_lossy(part);
        assert!(!has(&cleaned.bytes, part), "{part_shown}");
    }
    let shown = image::load_from_memory_with_format(&cleaned.bytes, ImageFormat::Jpeg);
    let shown = shown.unwrap().into_rgb8();
    // It lay on its side: what was left is on top.
    assert_eq!(shown.dimensions(), (16, 32));
    assert!(shown.get_pixel(8, 4).0[0] > 150 && shown.get_pixel(8, 28).0[2] > 150);
    assert_eq!(clean(&photo, &FilesConfig::default()).unwrap(), cleaned);
}

#[test]
fn a_drawing_loses_its_texts() {
    let mut plain = Vec::new();
    let see_through = RgbaImage::from_pixel(3, 2, image::Rgba([1, 2, 3, 128]));
    let mut encoder = PngEncoder::new(&mut plain);
    encoder.set_exif_metadata(exif()).unwrap();
    DynamicImage::from(see_through)
        .write_with_encoder(encoder)
        .unwrap();
    // A text behind the head, which readers take without a look at its sum.
    let at = plain.windows(4).position(|it| it == b"IDAT").unwrap() - 4;
    let words = b"tEXtAuthor\0Kalle i 7B";
    let mut png = plain[..at].to_vec();
    png.extend(u32::try_from(words.len() - 4).unwrap().to_be_bytes());
    png.extend(words);
    png.extend(crc(words).to_be_bytes());
    png.extend(&plain[at..]);
    png.extend(b"Kalle i 7B, bakom slutet");
    assert!(has(&png, PLACE));

    let cleaned = clean(&png, &FilesConfig::default()).unwrap();
    assert_eq!(cleaned.media, Media::Png);
    assert!(!has(&cleaned.bytes, b"Kalle") && !has(&cleaned.bytes, PLACE));
    let shown = image::load_from_memory_with_format(&cleaned.bytes, ImageFormat::Png);
    let turned = RgbaImage::from_pixel(2, 3, image::Rgba([1, 2, 3, 128]));
    assert_eq!(shown.unwrap().into_rgba8(), turned);
}

#[test]
fn a_webp_is_kept_as_what_everybody_opens() {
    let webp = |picture: DynamicImage| {
        let mut webp = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut webp);
        encoder.set_exif_metadata(exif()).unwrap();
        picture.write_with_encoder(encoder).unwrap();
        webp
    };
    for (picture, media) in [
        (DynamicImage::from(picture()), Media::Jpeg),
        (DynamicImage::from(RgbaImage::new(4, 4)), Media::Png),
    ] {
        let webp = webp(picture);
        assert!(has(&webp, PLACE));
        let cleaned = clean(&webp, &FilesConfig::default()).unwrap();
        assert_eq!(cleaned.media, media);
        assert!(!has(&cleaned.bytes, PLACE));
    }
}

#[test]
fn a_small_file_that_says_it_is_enormous_is_not_unpacked() {
    let mut png = Vec::new();
    let picture = DynamicImage::from(picture());
    picture
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .unwrap();
    let small = FilesConfig {
        pixels_max: 32 * 16 - 1,
        ..FilesConfig::default()
    };
    assert!(matches!(clean(&png, &small), Err(Error::TooManyPixels)));
    // Its head says a hundred thousand by a hundred thousand.
    let side = 100_000_u32.to_be_bytes();
    png[16..20].copy_from_slice(&side);
    png[20..24].copy_from_slice(&side);
    let head = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&head);
    let refused = clean(&png, &FilesConfig::default());
    assert!(matches!(refused, Err(Error::TooManyPixels)), "{refused:?}");
}

#[test]
fn a_picture_that_was_cut_off_is_refused() {
    let photo = photo();
    for kept in [20, 200, photo.len() / 2] {
        let refused = clean(&photo[..kept], &FilesConfig::default());
        assert!(matches!(refused, Err(Error::Unreadable)), "{kept}");
    }
}

/// The sum that a PNG ends each part with.
fn crc(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
        })
    });
    !sum
}
