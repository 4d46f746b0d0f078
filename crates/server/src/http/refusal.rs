//! What is refused before it is GraphQL: which status, which code, and what to do about it in both languages.

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use axum::http::StatusCode;
use kit::Lang;
use uuid::Uuid;

/// Why an HTTP request is not a GraphQL request, or is not taken as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// None of the media types that the client accepts is ours.
    NotAcceptable,
    /// The body is not said to be JSON in UTF-8.
    NotJson,
    /// The body is compressed.
    Encoded,
    /// The body is longer than this many bytes.
    TooLarge(u64),
    /// The file is longer than this many bytes.
    FileTooLarge(u64),
    /// The body did not arrive in time.
    TooSlow,
    /// The body ended before it was complete.
    Broken,
    /// The body or the address is not UTF-8.
    BadUtf8,
    /// The body is not JSON, as the parser says.
    BadJson(String),
    /// The body is a list.
    Batch,
    /// The body is neither an object nor a list.
    NotAnObject,
    /// There is no query.
    NoQuery,
    /// A parameter is not what it must be.
    BadParameter(&'static str),
    /// A parameter stands in the address twice.
    Twice(&'static str),
    /// The method is none of GET and POST.
    Method,
    /// A page of another origin asks.
    Origin,
    /// The WebSocket does not speak `graphql-transport-ws`, or is none.
    Protocol,
    /// We failed.
    Internal,
}

impl Refusal {
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::NotJson | Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) | Self::FileTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken
            | Self::BadUtf8
            | Self::BadJson(_)
            | Self::Batch
            | Self::NotAnObject
            | Self::NoQuery
            | Self::BadParameter(_)
            | Self::Twice(_)
            | Self::Protocol => StatusCode::BAD_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::NotJson | Self::Encoded => "UNSUPPORTED_MEDIA_TYPE",
            Self::TooLarge(_) => "BODY_TOO_LARGE",
            Self::FileTooLarge(_) => "FILE_TOO_LARGE",
            Self::TooSlow => "BODY_TOO_SLOW",
            Self::Broken => "BODY_BROKEN",
            Self::BadUtf8 => "BAD_UTF8",
            Self::BadJson(_) => "BAD_JSON",
            Self::Batch => "BATCH_REFUSED",
            Self::NotAnObject | Self::NoQuery | Self::BadParameter(_) | Self::Twice(_) => {
                "BAD_PARAMETERS"
            }
            Self::Method => "METHOD_NOT_ALLOWED",
            Self::Origin => "ORIGIN_REFUSED",
            Self::Protocol => "WEBSOCKET_NEEDED",
            Self::Internal => "INTERNAL",
        }
    }

    #[rustfmt::skip]
    pub(crate) fn message(&self, lang: Lang) -> String {
        let (sv, en) = match self {
            Self::NotAcceptable => (
                "Svaret finns som application/graphql-response+json och application/json. Ange minst en av dem i Accept.".to_owned(),
                "The answer comes as application/graphql-response+json or application/json. Name at least one of them in Accept.".to_owned(),
            ),
            Self::NotJson => (
                "Frågan ska vara JSON i UTF-8. Ange Content-Type: application/json.".to_owned(),
                "The request must be JSON in UTF-8. Say Content-Type: application/json.".to_owned(),
            ),
            Self::Encoded => (
                "Frågan ska skickas okomprimerad. Utelämna Content-Encoding.".to_owned(),
                "The request must not be compressed. Leave out Content-Encoding.".to_owned(),
            ),
            Self::TooLarge(max) => (
                format!("Frågan är större än {max} byte. Skicka mindre åt gången."),
                format!("The request is larger than {max} bytes. Send less at a time."),
            ),
            Self::FileTooLarge(max) => {
                let mib = max / (1024 * 1024);
                (
                    format!("Filen är större än {mib} MiB ({max} byte). Gör den mindre, till exempel genom att skanna i gråskala."),
                    format!("The file is larger than {mib} MiB ({max} bytes). Make it smaller, for instance by scanning in grey."),
                )
            }
            Self::TooSlow => (
                "Frågan kom inte fram i tid. Försök igen på en bättre förbindelse.".to_owned(),
                "The request did not arrive in time. Try again on a better connection.".to_owned(),
            ),
            Self::Broken => (
                "Frågan bröts innan den var framme. Skicka den igen.".to_owned(),
                "The request broke off before it was complete. Send it again.".to_owned(),
            ),
            Self::BadUtf8 => (
                "Frågan är inte giltig UTF-8. Koda texten som UTF-8.".to_owned(),
                "The request is not valid UTF-8. Encode the text as UTF-8.".to_owned(),
            ),
            Self::BadJson(why) => (
                format!("Frågan är inte giltig JSON ({why}). Rätta den och försök igen."),
                format!("The request is not valid JSON ({why}). Mend it and try again."),
            ),
            Self::Batch => (
                "Flera frågor i en lista tas inte emot. Skicka dem var för sig.".to_owned(),
                "Several requests in a list are not taken. Send them one by one.".to_owned(),
            ),
            Self::NotAnObject => (
                "Frågan ska vara ett JSON-objekt. Skicka {\"query\": \"…\"}.".to_owned(),
                "The request must be a JSON object. Send {\"query\": \"…\"}.".to_owned(),
            ),
            Self::NoQuery => (
                "Frågan saknar `query`. Skicka GraphQL-dokumentet som text i `query`.".to_owned(),
                "The request has no `query`. Send the GraphQL document as text in `query`.".to_owned(),
            ),
            Self::BadParameter(name) => {
                let (sv, en) = if matches!(*name, "query" | "operationName") { ("en text", "a string") } else { ("ett JSON-objekt", "a JSON object") };
                (
                    format!("`{name}` har fel form. Skicka {sv}."),
                    format!("`{name}` has the wrong form. Send {en}."),
                )
            }
            Self::Twice(name) => (
                format!("`{name}` står två gånger i adressen. Skicka den en gång."),
                format!("`{name}` stands twice in the address. Send it once."),
            ),
            Self::Method => (
                "Den här adressen tar emot GET och POST. Skicka frågan med POST.".to_owned(),
                "This address takes GET and POST. Send the request by POST.".to_owned(),
            ),
            Self::Origin => (
                "Sidor från andra webbplatser får inte ansluta. Den som driver servern kan tillåta dem i http.origins.".to_owned(),
                "Pages of other origins may not connect. Whoever runs the server can allow them in http.origins.".to_owned(),
            ),
            Self::Protocol => (
                "Här tas WebSocket med underprotokollet graphql-transport-ws emot. Skicka frågor och mutationer till /graphql.".to_owned(),
                "This address takes WebSockets with the subprotocol graphql-transport-ws. Send queries and mutations to /graphql.".to_owned(),
            ),
            Self::Internal => (
                "Något gick fel hos oss. Försök igen om en stund.".to_owned(),
                "Something went wrong on our side. Try again in a while.".to_owned(),
            ),
        };
        lang.pick(sv, en)
    }

    /// The refusal in the form of a GraphQL response without data.
    pub(crate) fn response(&self, lang: Lang, request: Uuid) -> Response {
        metrics::counter!("kollegium_requests_refused_total", "code" => self.code()).increment(1);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code());
        extensions.set("requestId", request.to_string());
        let mut error = ServerError::new(self.message(lang), None);
        error.extensions = Some(extensions);
        Response::from_errors(vec![error])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_was_wrong_and_what_to_do_in_both_languages() {
        use Refusal::*;
        let all = [
            NotAcceptable,
            NotJson,
            Encoded,
            TooLarge(1_048_576),
            FileTooLarge(10_485_760),
            TooSlow,
            Broken,
            BadUtf8,
            BadJson("line 1".to_owned()),
            Batch,
            NotAnObject,
            NoQuery,
            BadParameter("variables"),
            Twice("query"),
            Method,
            Origin,
            Protocol,
            Internal,
        ];
        for refusal in all {
            let (sv, en) = (refusal.message(Lang::Sv), refusal.message(Lang::En));
            assert_ne!(sv, en);
            for message in [sv, en] {
                assert!(
                    message.contains(". ") && message.ends_with('.'),
                    "{message}"
                );
            }
            assert!(refusal.status().is_client_error() || refusal == Internal);
        }
    }
}
