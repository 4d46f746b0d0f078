//! An address as a QR code: one path of SVG, always dark on white, with the quiet margin that cameras need.

use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};
use std::fmt::Write;

/// Light modules around the code.
const QUIET: usize = 4;

/// The code with a name for those who do not see it; `None` for an address that no code holds.
pub(super) fn code(address: &str, name: &str) -> Option<Markup> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let dark = (x..code.size).take_while(|x| row[*x].value()).count();
            if dark > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                let _ = write!(path, "M{left} {top}h{dark}v1h-{dark}z");
            }
            x += dark.max(1);
        }
    }
    Some(html! {
        svg class="qr" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_one_path_with_the_corners_that_cameras_look_for() {
        let address = format!("https://kollegium.example/r/krl_{}", "A".repeat(43));
        let svg = code(&address, "QR-kod").unwrap().0;
        // The upper edge of the corner at the upper left: seven dark modules behind the quiet margin.
        assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
        assert!(svg.contains(r#"role="img" aria-label="QR-kod""#), "{svg}");
        assert!(svg.len() < 12_000, "{}", svg.len());
    }

    #[test]
    fn what_is_too_long_for_a_code_has_none() {
        assert!(code(&"x".repeat(10_000), "QR-kod").is_none());
    }
}
