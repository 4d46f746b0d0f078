//! PDFs: the pages stay; who made them, what hangs on them and what runs in them does not.

use super::pictures::{has, photo};
use crate::files::{Error, FilesConfig, Media, clean};
use kit::Fault;
use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream,
    dictionary,
};

const WORDS: &[u8] = b"BT /F1 12 Tf 72 720 Td (En elevtext) Tj ET";

/// One page with words on it.
fn document() -> Document {
    let mut pdf = Document::with_version("1.5");
    let pages = pdf.new_object_id();
    let words = pdf.add_object(Stream::new(Dictionary::new(), WORDS.to_vec()));
    let page = pdf.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Contents" => words,
    });
    pdf.set_object(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 },
    );
    let catalogue = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalogue);
    pdf
}

fn written(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

fn text(words: &str) -> Object {
    Object::string_literal(words)
}

fn catalogue(pdf: &mut Document) -> &mut Dictionary {
    pdf.catalog_mut().unwrap()
}

fn page(pdf: &mut Document) -> &mut Dictionary {
    let page = pdf.page_iter().next().unwrap();
    pdf.get_dictionary_mut(page).unwrap()
}

#[test]
fn the_page_stays_and_what_tells_of_people_goes() {
    let mut pdf = document();
    let info = pdf
        .add_object(dictionary! { "Author" => text("Kalle i 7B"), "Title" => text("Kalle i 7B") });
    pdf.trailer.set("Info", info);
    let xmp = pdf.add_object(Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        b"<x:xmpmeta>Kalle i 7B</x:xmpmeta>".to_vec(),
    ));
    catalogue(&mut pdf).set("Metadata", xmp);
    let attached = pdf.add_object(Stream::new(
        Dictionary::new(),
        b"Kalle i 7B, bilagan".to_vec(),
    ));
    let attachment = pdf.add_object(dictionary! {
        "Type" => "Filespec", "F" => text("lista.txt"), "EF" => dictionary! { "F" => attached },
    });
    let names = dictionary! { "Names" => vec![text("lista.txt"), attachment.into()] };
    catalogue(&mut pdf).set("Names", dictionary! { "EmbeddedFiles" => names });
    let note = pdf.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "Contents" => text("Bra inledning"),
        "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "T" => text("Kalle i 7B"), "M" => text("D:20261128"),
    });
    page(&mut pdf).set("Annots", vec![note.into()]);
    page(&mut pdf).set("PieceInfo", dictionary! { "X" => text("Kalle i 7B") });
    // What an earlier state of the document held, and nothing shows any longer.
    pdf.add_object(Stream::new(
        Dictionary::new(),
        b"Kalle i 7B, struket".to_vec(),
    ));
    let mut picture = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 32, "Height" => 16,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" },
        photo(),
    );
    picture.allows_compression = false;
    let picture = pdf.add_object(picture);
    page(&mut pdf).set(
        "Resources",
        dictionary! { "XObject" => dictionary! { "P" => picture } },
    );
    let sent = written(pdf);
    assert!(has(&sent, b"Kalle") && has(&sent, b"59 deg"), "it has them");

    let cleaned = clean(&sent, &FilesConfig::default()).unwrap();
    assert_eq!(cleaned.media, Media::Pdf);
    for part in [b"Kalle".as_slice(), b"59 deg", b"xmpmeta", b"20261128"] {
        let part_shown = String::from_utf8_lossy(part);
        assert!(!has(&cleaned.bytes, part), "{part_shown}");
    }
    let shown = Document::load_mem(&cleaned.bytes).unwrap();
    let first = shown.page_iter().next().unwrap();
    assert_eq!(shown.get_page_content(first).trim_ascii(), WORDS);
    assert!(has(&cleaned.bytes, b"Bra inledning"), "the note stays");
    assert!(!shown.trailer.has(b"Info") && !shown.trailer.has(b"ID"));
    let pictures = shown.get_page_images(first).unwrap();
    let stripped = image::load_from_memory(pictures[0].content).unwrap();
    assert_eq!((stripped.width(), stripped.height()), (32, 16));
}

/// What is done to a document, with a script.
type Change = fn(&mut Document, Dictionary);

#[test]
fn what_runs_or_is_locked_is_refused() {
    let script = || dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") };
    let cases: [(&str, Change); 5] = [
        ("on opening", |pdf, script| {
            catalogue(pdf).set("OpenAction", script);
        }),
        ("among its names", |pdf, script| {
            let script = pdf.add_object(script);
            let names = dictionary! { "Names" => vec![text("a"), script.into()] };
            catalogue(pdf).set("Names", dictionary! { "JavaScript" => names });
        }),
        ("on a page", |pdf, script| {
            page(pdf).set("AA", dictionary! { "O" => script });
        }),
        ("a program that is started", |pdf, _| {
            let launch = dictionary! { "S" => "Launch", "F" => text("calc.exe") };
            catalogue(pdf).set("OpenAction", launch);
        }),
        ("a film", |pdf, _| {
            let film = dictionary! { "Type" => "Annot", "Subtype" => "RichMedia" };
            page(pdf).set("Annots", vec![film.into()]);
        }),
    ];
    for (case, change) in cases {
        let mut pdf = document();
        change(&mut pdf, script());
        let refused = clean(&written(pdf), &FilesConfig::default());
        assert!(matches!(refused, Err(Error::Active)), "{case}: {refused:?}");
    }

    // Word goes to its first page on opening, which harms nobody.
    let mut pdf = document();
    let first = pdf.page_iter().next().unwrap();
    catalogue(&mut pdf).set("OpenAction", vec![first.into(), "Fit".into()]);
    assert!(clean(&written(pdf), &FilesConfig::default()).is_ok());

    for password in ["", "hemligt"] {
        let mut pdf = document();
        pdf.trailer.set("ID", vec![text("ab"), text("ab")]);
        let state = EncryptionState::try_from(EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "hemligt",
            user_password: password,
            key_length: 128,
            permissions: Permissions::all(),
        });
        pdf.encrypt(&state.unwrap()).unwrap();
        let refused = clean(&written(pdf), &FilesConfig::default());
        let code = refused.as_ref().map_err(Fault::code);
        assert_eq!(code, Err("FILE_ENCRYPTED"), "{password}: {refused:?}");
    }
}

#[test]
fn a_document_that_was_cut_off_or_has_no_page_is_refused() {
    let whole = written(document());
    let mut empty = Document::with_version("1.5");
    let catalogue = empty.add_object(dictionary! { "Type" => "Catalog" });
    empty.trailer.set("Root", catalogue);
    for bytes in [&whole[..60], &written(empty)] {
        let refused = clean(bytes, &FilesConfig::default());
        assert!(matches!(refused, Err(Error::Unreadable)), "{refused:?}");
    }
}
