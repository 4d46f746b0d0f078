//! Pictures are painted anew: what was hidden beside the pixels (the place, the camera, the time, a comment, a second picture) does not come along.

use super::{Error, Media};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    error::ImageError,
};
use std::io::Cursor;

/// Of a hundred: what nobody tells from the original on a sheet of handwriting.
const QUALITY: u8 = 90;
/// Bytes of one pixel at most: four channels of two bytes.
const PIXEL_BYTES: u64 = 8;

/// The picture as it is looked at, turned the way the camera was held. Of a moving picture the first frame is kept. A photograph stays a JPEG,
/// also when it came as a WebP; everything else becomes a PNG.
pub(super) fn clean(
    bytes: &[u8],
    format: ImageFormat,
    pixels_max: u64,
) -> Result<(Media, Vec<u8>), Error> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(pixels_max.saturating_mul(PIXEL_BYTES));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refuse)?;
    // Before a byte of it is unpacked: a small file can say that it is enormous.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > pixels_max {
        return Err(Error::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(refuse)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refuse)?;
    picture.apply_orientation(orientation);

    let mut painted = Vec::new();
    let is_photo = format != ImageFormat::Png && !picture.color().has_alpha();
    if is_photo {
        let picture = match picture {
            grey @ DynamicImage::ImageLuma8(_) => grey,
            colour => DynamicImage::ImageRgb8(colour.into_rgb8()),
        };
        let encoder = JpegEncoder::new_with_quality(&mut painted, QUALITY);
        picture.write_with_encoder(encoder).map_err(refuse)?;
        Ok((Media::Jpeg, painted))
    } else {
        let encoder = PngEncoder::new(&mut painted);
        picture.write_with_encoder(encoder).map_err(refuse)?;
        Ok((Media::Png, painted))
    }
}

fn refuse(error: ImageError) -> Error {
    match error {
        ImageError::Limits(_) => Error::TooManyPixels,
        _ => Error::Unreadable,
    }
}
