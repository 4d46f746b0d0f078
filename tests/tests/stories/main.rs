<<<<<<< HEAD
//! Stories through the whole house: journeys of teachers, and what must hold in every one of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod reach;
=======
//! The stories: what people, integrators and operators live through with the real server, on both databases.

mod library;
>>>>>>> docs
