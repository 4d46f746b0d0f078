//! Files come in and go out over HTTP: stripped, whole or not at all, and seen by whoever sees what they hang on.

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tests::ask::text;
use tests::client::Client;
use tests::server::Server;
use tests::world::{Person, World, content, in_world, new_id};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Where the camera was, as it writes it.
const PLACE: &[u8] = b"59 deg 19 min N";

/// A photograph of a sheet, with its place in EXIF.
fn photo() -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0".to_vec();
    exif.extend([1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend([1, 0, 0x1c, 0, 7, 0, 15, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(PLACE);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new(&mut jpeg);
    image::ImageEncoder::set_exif_metadata(&mut encoder, exif).unwrap();
    encoder
        .encode(&[200; 16 * 16], 16, 16, ExtendedColorType::L8)
        .unwrap();
    jpeg
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

async fn sent(client: &Client, query: &str, content: Vec<u8>) -> (u16, Value) {
    let path = format!("/files?{query}");
    let response = client.request("POST", &path).body(content).send().await;
    answer(response.unwrap()).await
}

async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("none")
}

/// What somebody gets of a file; a refusal without the request's own id.
async fn shown(client: &Client, id: &str) -> (u16, Value) {
    let response = client.request("GET", &format!("/files/{id}")).send().await;
    let (status, mut body) = answer(response.unwrap()).await;
    if let Some(error) = body.pointer_mut("/errors/0/extensions") {
        error["requestId"] = Value::Null;
    }
    (status, body)
}

async fn first_level(person: &Person, rubric: &str) -> (String, String) {
    let query = "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
    let seen = person.client.ask(query, json!({"id": rubric})).await;
    let at = |path: &str| text(&seen, &format!("rubric.current.criteria.0.{path}"));
    (at("id"), at("levels.0.id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_of_work_is_stripped_shown_with_its_rubric_and_taken_away() {
    in_world(async |server: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, at) = anna.shared(&world.school, "Läsa och berätta").await;
        let (criterion, level) = first_level(bo, &rubric).await;

        // The same file twice with the same id is one file.
        let query = format!("id={}&name=C%3A%5CKalle%20i%207B.jpg", new_id());
        let (status, file) = sent(&bo.client, &query, photo()).await;
        assert_eq!(status, 201, "{file}");
        assert_eq!((status, file.clone()), sent(&bo.client, &query, photo()).await);
        assert_eq!(text(&file, "mediaType"), "image/jpeg");
        assert_eq!(text(&file, "name"), "Kalle i 7B.jpg");
        assert_eq!(server.kept_files().0, 1, "{}", server.kind());
        let other = sent(&bo.client, &query, b"Annat.".to_vec()).await;
        assert_eq!((other.0, code(&other.1)), (409, "ID_TAKEN"));

        let id = text(&file, "id");
        let unknown = "file_01h455vb4pex5vsknk084sn02q";
        let nothing = shown(&anna.client, unknown).await;
        assert_eq!((nothing.0, code(&nothing.1)), (404, "NOT_FOUND"));
        for (who, person) in world.people() {
            let is_own = person.id == bo.id;
            let seen = shown(&person.client, &id).await;
            assert_eq!(seen.0, if is_own { 200 } else { 404 }, "{who}");
            if !is_own && who != "the neighbour" {
                assert_eq!(code(&seen.1), "NOT_FOUND", "{who}");
            }
        }
        assert_eq!(shown(&anna.client, &id).await, nothing, "as one that never was");

        let sample = json!({"id": new_id(), "rubric": rubric, "criterion": criterion, "level": level,
            "why": "Återger det viktigaste.", "file": id, "anonymised": true});
        let selection = "exemplar { id why text addedBy { name } file { id mediaType bytes address } }";
        let made = bo.client.effect("addExemplar", sample.clone(), selection).await;
        let again = bo.client.effect("addExemplar", sample, selection).await;
        assert_eq!(made, again, "sent twice, added once");
        assert!(text(&made, "exemplar.file.address").ends_with(&format!("/files/{id}")));

        let path = format!("/files/{id}");
        let got = anna.client.request("GET", &path).send().await.unwrap();
        assert_eq!(got.status(), StatusCode::OK);
        let headers = got.headers().clone();
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-cache"),
            ("content-disposition", "inline; filename=\"fil.jpg\"; filename*=UTF-8''fil%2Ejpg"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
        assert!(headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
        let bytes = got.bytes().await.unwrap();
        assert_eq!(bytes.len() as u64, file["bytes"].as_u64().unwrap());
        assert!(has(&photo(), PLACE) && !has(&bytes, PLACE) && !has(&bytes, b"Exif"));
        let tag = headers["etag"].to_str().unwrap();
        assert_eq!(tag, format!("\"{}\"", text(&file, "sha256")));
        let known = anna.client.request("GET", &path).header("if-none-match", tag);
        let known = known.send().await.unwrap();
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
        assert!(known.bytes().await.unwrap().is_empty());
        let head = anna.client.request("HEAD", &path).send().await.unwrap();
        assert_eq!(head.headers()["content-length"], file["bytes"].to_string().as_str());

        assert_eq!(shown(&world.neighbour.client, &id).await.0, 404);
        assert_eq!(shown(&server.client(), &id).await.0, 401, "nobody");
        assert_eq!(shown(&server.client(), unknown).await.0, 401, "nobody");
        // Narrowing takes it away at once, from whoever sent it too.
        let at = anna.step("shareRubric", &rubric, at, json!({"scope": "PRIVATE"})).await;
        assert_eq!(shown(&bo.client, &id).await.0, 404);
        let known = bo.client.request("GET", &path).header("if-none-match", tag);
        assert_eq!(known.send().await.unwrap().status(), StatusCode::NOT_FOUND);
        assert_eq!(shown(&anna.client, &id).await.0, 200);
        anna.step("shareRubric", &rubric, at, json!({"scope": "ORGANISER"})).await;

        let exemplar = json!({"exemplar": made["exemplar"]["id"]});
        let refused = world.cecilia.client.refusal("removeExemplar", exemplar.clone()).await;
        assert_eq!(refused, "RUBRIC_EXEMPLAR_NOT_YOURS");
        anna.client.effect("removeExemplar", exemplar, "removed").await;
        for person in [anna, bo] {
            assert_eq!(shown(&person.client, &id).await.0, 404, "{}", server.kind());
        }
    })
    .await;
}

/// What is sent, by whom, with what behind the question mark; and what comes back.
type Case<'c> = (&'c str, &'c Client, &'c str, Vec<u8>, (u16, &'c str));

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_is_refused_in_the_callers_words_and_nothing_is_kept() {
    in_world(async |server: &mut Server, world: &World| {
        let (bo, nobody) = (&world.bo.client, server.client());
        let program = world.service(&["rubrics:read"], None).await;
        let mut bomb = photo();
        // Its head says that it is 65 535 points wide and high.
        let at = bomb.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
        bomb[at + 5..at + 9].fill(0xff);
        let cases: Vec<Case<'_>> = vec![
            ("nobody", &nobody, "", photo(), (401, "UNAUTHENTICATED")),
            (
                "a guest",
                &world.guest.client,
                "",
                photo(),
                (403, "FILE_NOT_COLLEAGUE"),
            ),
            (
                "a program",
                &program.client,
                "",
                photo(),
                (403, "FILE_NOT_COLLEAGUE"),
            ),
            ("nothing", bo, "", Vec::new(), (422, "FILE_EMPTY")),
            (
                "a drawing that is a program",
                bo,
                "name=a.png",
                b"<svg/>".to_vec(),
                (415, "FILE_TYPE"),
            ),
            (
                "a program called a picture",
                bo,
                "name=a.jpg",
                b"\x7fELF\x02\x01\x01\0\0\0\0".to_vec(),
                (415, "FILE_TYPE"),
            ),
            (
                "an archive",
                bo,
                "name=a.pdf",
                b"PK\x03\x04\x14\0\0\0".to_vec(),
                (415, "FILE_TYPE"),
            ),
            (
                "half a photograph",
                bo,
                "",
                photo()[..200].to_vec(),
                (422, "FILE_UNREADABLE"),
            ),
            ("a huge one", bo, "", bomb, (422, "FILE_TOO_MANY_PIXELS")),
            (
                "a document of nothing",
                bo,
                "",
                b"%PDF-1.7 hej".to_vec(),
                (422, "FILE_UNREADABLE"),
            ),
            (
                "a personal number",
                bo,
                "",
                b"Kalle 811218-9876".to_vec(),
                (422, "FILE_PERSONAL_NUMBER"),
            ),
            (
                "one in the name",
                bo,
                "name=811218-9876.txt",
                b"Hej".to_vec(),
                (422, "FILE_PERSONAL_NUMBER"),
            ),
            ("a bad id", bo, "id=1", b"Hej".to_vec(), (400, "BAD_ID")),
            (
                "a bad name",
                bo,
                "name=a%00",
                b"Hej".to_vec(),
                (400, "FILE_NAME"),
            ),
        ];
        for (case, client, query, content, expected) in cases {
            let (status, answer) = sent(client, query, content).await;
            assert_eq!((status, code(&answer)), expected, "{case}: {answer}");
        }
        let (_, answer) = sent(bo, "", b"GIF89a".to_vec()).await;
        assert!(
            text(&answer, "errors.0.message").contains("Skicka en bild"),
            "{answer}"
        );
        let key = bo.request("POST", "/files").header("idempotency-key", "x");
        assert_eq!(key.body("Hej").send().await.unwrap().status(), 400);
        assert_eq!(server.kept_files(), (0, 0), "{}", server.kind());
    })
    .await;
}

/// Sends the head of a request and these pieces, and answers with what comes back; with `stop` it goes away instead of waiting.
async fn raw(client: &Client, head: &str, pieces: &[Vec<u8>], stop: bool) -> String {
    let at = client.base_url().trim_start_matches("http://");
    let mut socket = TcpStream::connect(at).await.unwrap();
    let bearer = client.bearer().unwrap();
    let head = format!(
        "POST /files HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {bearer}\r\n{head}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    for piece in pieces {
        // The server may have heard enough.
        if socket.write_all(piece).await.is_err() {
            break;
        }
    }
    if stop {
        socket.shutdown().await.unwrap();
    }
    let mut answer = vec![0; 16 * 1024];
    let mut read = 0;
    // Until the body of the answer, or the end.
    while read < answer.len() {
        match socket.read(&mut answer[read..]).await {
            Ok(0) | Err(_) => break,
            Ok(more) => read += more,
        }
        if has(&answer[..read], b"requestId") {
            break;
        }
    }
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    in_world(async |server: &mut Server, world: &World| {
        let bo = &world.bo.client;
        let info = "{ serverInfo { files { bytes unusedHours mediaTypes } } }";
        let files = bo.ask(info, Value::Null).await["serverInfo"]["files"].clone();
        let max = usize::try_from(files["bytes"].as_u64().unwrap()).unwrap();
        assert_eq!(max, 10 * 1024 * 1024);
        let (status, answer) = sent(bo, "", vec![b'a'; max + 1]).await;
        assert_eq!((status, code(&answer)), (413, "FILE_TOO_LARGE"), "{answer}");

        // Without saying beforehand how long it is.
        let chunk = vec![b'a'; 1024 * 1024];
        let mut chunks = Vec::new();
        for _ in 0..11 {
            let mut piece = format!("{:x}\r\n", chunk.len()).into_bytes();
            piece.extend(&chunk);
            piece.extend(b"\r\n");
            chunks.push(piece);
        }
        chunks.push(b"0\r\n\r\n".to_vec());
        let answer = raw(bo, "Transfer-Encoding: chunked", &chunks, false).await;
        assert!(
            answer.starts_with("HTTP/1.1 413") && answer.contains("FILE_TOO_LARGE"),
            "{answer}"
        );

        let half = [photo()[..100].to_vec()];
        let answer = raw(bo, "Content-Length: 500000", &half, true).await;
        assert!(!answer.contains("HTTP/1.1 2"), "{answer}");
        let answer = raw(bo, "Transfer-Encoding: chunked", &chunks[..2], true).await;
        assert!(!answer.contains("HTTP/1.1 2"), "{answer}");
        assert_eq!(server.kept_files(), (0, 0), "{}", server.kind());
        let (status, answer) = sent(bo, "", vec![b'a'; max]).await;
        assert_eq!(status, 201, "as large as it may be: {answer}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preschools_rubric_takes_words_and_no_picture() {
    in_world(async |server: &mut Server, world: &World| {
        let pelle = &world.preschool_teacher;
        let mut words = content("Lekens rum");
        words["schoolForms"] = json!(["FORSKOLA"]);
        words["years"] = json!([]);
        words["subjects"] = json!([]);
        words["criteria"][0]["about"] = json!("ENVIRONMENT");
        let input = json!({"id": new_id(), "unit": world.preschool, "content": words});
        let made = pelle
            .client
            .effect("createRubric", input, "rubric { id version }")
            .await;
        let rubric = text(&made, "rubric.id");
        let at = made["rubric"]["version"].as_i64().unwrap();
        pelle.step("publishRubric", &rubric, at, json!({})).await;
        let (criterion, level) = first_level(pelle, &rubric).await;
        let (_, picture) = sent(&pelle.client, "", photo()).await;
        let mut sample = json!({"id": new_id(), "rubric": rubric, "criterion": criterion, "level": level,
            "why": "Rummet bjuder in.", "file": picture["id"], "anonymised": true});
        let told = pelle
            .client
            .tell("addExemplar", sample.clone(), "exemplar { id }")
            .await;
        assert_eq!(text(&told, "userErrors.0.code"), "RUBRIC_PRESCHOOL_IMAGE");
        assert_eq!(told["userErrors"][0]["path"], json!(["file"]));
        sample["anonymised"] = json!(false);
        let refused = pelle.client.refusal("addExemplar", sample.clone()).await;
        assert_eq!(refused, "RUBRIC_NOT_ANONYMISED", "{}", server.kind());
        sample["text"] = json!("Barnen byggde en koja av filtar.");
        sample["anonymised"] = json!(true);
        let refused = pelle.client.refusal("addExemplar", sample.clone()).await;
        assert_eq!(refused, "RUBRIC_SAMPLE", "a text and a file");
        sample["file"] = Value::Null;
        pelle
            .client
            .effect("addExemplar", sample, "exemplar { text }")
            .await;
    })
    .await;
}
