//! Accounts, secrets, sign-ins and tokens: how somebody proves who they are.
//!
//! It knows no person: a sign-in holds the [`kit::PersonId`] and [`kit::OrganiserId`] that it was given. Who may join, leave or be helped in is
//! decided above. An account is one human's, whatever organisers they work for; a sign-in is one device's, at one organiser.

mod account;
mod address;
mod begin;
mod change_password;
mod check_password;
mod clean;
mod config;
mod end;
mod error;
mod events;
mod key_folder;
mod keys;
mod link;
mod list;
mod one_time;
mod password;
mod refresh;
#[cfg(test)]
mod sample;
mod service_account;
mod sql;
mod throttle;
mod token;

pub use account::{Account, create_account, find_account, find_account_by_address};
pub use address::Address;
pub use begin::{Begin, Tokens, begin};
pub use change_password::{PasswordChange, change_password, prepare_password_change};
pub use check_password::{Attempt, check_password};
pub use clean::clean;
pub use config::{Identity, IdentityConfig};
pub use end::{EndReason, end, end_person, sign_out, sign_out_everywhere};
pub use error::Error;
pub use events::SignInEnded;
pub use key_folder::KeyError;
pub use keys::KeyRing;
pub use link::{LinkUse, create_link, prepare_link, redeem_link};
pub use list::{SignIn, is_alive, list};
pub use one_time::{OneTime, Purpose, SecretHash};
pub use password::{NewPassword, Password, PasswordConfig, PasswordHash, Passwords};
pub use refresh::refresh;
pub use service_account::{
    CreateServiceAccount, Scope, ServiceAccount, authenticate, create_service_account,
    end_service_account, list_service_accounts, rotate_service_key,
};
pub use token::Claims;
