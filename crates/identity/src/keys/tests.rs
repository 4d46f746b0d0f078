use super::*;
use std::{
    fs,
    sync::atomic::{AtomicI64, Ordering},
};
use tempfile::TempDir;

const LIFETIME: TimeDelta = TimeDelta::minutes(10);

struct Home {
    folder: TempDir,
    now: Arc<AtomicI64>,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            now: Arc::new(AtomicI64::new(1_788_768_000)),
        }
    }

    fn open(&self, create: bool) -> Result<KeyRing, KeyError> {
        let now = self.now.clone();
        let clock =
            Clock::from_fn(move || Instant::from_timestamp(now.load(Ordering::SeqCst), 0).unwrap());
        KeyRing::open(&self.folder.path().join("keys"), create, clock)
    }

    fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        let keys = self.folder.path().join("keys");
        if name.is_empty() {
            keys
        } else {
            keys.join(name)
        }
    }
}

#[test]
fn keys_are_made_when_asked_for_and_found_again() {
    let home = Home::new();
    assert!(matches!(home.open(false), Err(KeyError::Missing(_))));
    let made = home.open(true).unwrap();
    let found = home.open(false).unwrap();
    assert_eq!(made.secret_for("once"), found.secret_for("once"));
    assert_ne!(made.secret_for("once"), made.secret_for("other"));
    assert_ne!(made.cursor_key(), made.secret_for("once"));
    assert_eq!(made.jwks(), found.jwks());
    assert_eq!(made.jwks()["keys"].as_array().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_or_file_that_others_can_read_is_refused_and_the_cure_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let pem = format!("signing-{}.pem", ring.signing().kid);
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for (name, wanted) in [
        ("", 0o700),
        ("secret.key", 0o600),
        ("cursor.key", 0o600),
        (&pem, 0o600),
    ] {
        let path = home.file(name);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            wanted,
            "{name} is made so"
        );
        set(&path, wanted | 0o044);
        let refusal = home.open(false).unwrap_err().to_string();
        assert!(
            refusal.contains(&format!("chmod {wanted:o} {}", path.display())),
            "{refusal}"
        );
        set(&path, wanted);
        assert!(home.open(false).is_ok(), "{name}");
    }
}

#[test]
fn a_damaged_key_is_refused_and_named() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let pem = format!("signing-{}.pem", ring.signing().kid);
    for name in ["secret.key", "cursor.key", &pem] {
        let whole = fs::read(home.file(name)).unwrap();
        fs::write(home.file(name), &whole[1..]).unwrap();
        let refusal = home.open(true).unwrap_err();
        assert!(
            matches!(&refusal, KeyError::Damaged(path) if path.ends_with(name)),
            "{refusal}"
        );
        fs::write(home.file(name), whole).unwrap();
    }
}

#[test]
fn a_new_key_verifies_at_once_and_signs_when_every_replica_knows_it() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let replica = home.open(false).unwrap();
    let old = ring.signing().kid;
    home.pass(100);
    let new = ring.rotate(LIFETIME).unwrap();

    assert_eq!(ring.signing().kid, old, "too young to sign");
    assert!(replica.verifying(&new).is_some(), "read without a restart");
    home.pass(60);
    assert_eq!(ring.signing().kid, new);
    assert_eq!(replica.signing().kid, new);
    assert!(ring.verifying(&old).is_some(), "old tokens are still good");
    assert_eq!(ring.jwks()["keys"].as_array().unwrap().len(), 2);
}

#[test]
fn an_old_key_goes_only_when_no_living_token_was_signed_with_it() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let first = ring.signing().kid;
    home.pass(90 * 24 * 3_600);
    let second = ring.rotate(LIFETIME).unwrap();
    assert_eq!(ring.signing().kid, first, "old, but it still signs");
    home.pass(60 + 2 * 600);
    let third = ring.rotate(LIFETIME).unwrap();
    assert!(ring.verifying(&first).is_some(), "one moment too early");
    home.pass(1);
    ring.rotate(LIFETIME).unwrap();
    assert!(ring.verifying(&first).is_none());
    assert!(ring.verifying(&second).is_some());
    assert!(ring.verifying(&third).is_some());
}

#[test]
fn an_unknown_kid_sends_us_to_the_folder_at_most_every_few_seconds() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let replica = home.open(false).unwrap();
    let new = ring.rotate(LIFETIME).unwrap();
    assert!(replica.verifying(&new).is_none(), "read a moment ago");
    home.pass(5);
    assert!(replica.verifying(&new).is_some());
    for kid in ["", "../secret", "1788768000-00000000", "å"] {
        assert!(replica.verifying(kid).is_none(), "{kid}");
    }
}

#[test]
fn a_replica_that_sees_no_unknown_kid_stops_signing_with_a_dropped_key() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let replica = home.open(false).unwrap();
    let first = replica.signing().kid;
    home.pass(1_000);
    let second = ring.rotate(LIFETIME).unwrap();
    home.pass(2_000);
    ring.rotate(LIFETIME).unwrap();
    assert!(ring.verifying(&first).is_none(), "dropped");
    assert_eq!(replica.signing().kid, second);
    assert_eq!(replica.jwks(), ring.jwks());
}

#[test]
fn a_folder_that_goes_away_leaves_the_known_keys_in_use() {
    let home = Home::new();
    let ring = home.open(true).unwrap();
    let kid = ring.signing().kid;
    fs::remove_dir_all(home.file("")).unwrap();
    assert!(ring.reload().is_err());
    assert_eq!(ring.signing().kid, kid);
}

#[test]
fn a_key_signs_for_as_long_as_the_settings_say_and_then_the_next_is_made_once() {
    let home = Home::new();
    let identity = |days| {
        let config = crate::IdentityConfig {
            signing_key_days: days,
            password: crate::PasswordConfig::cheapest(),
            ..crate::IdentityConfig::default()
        };
        crate::Identity::new(config, home.open(true).unwrap()).unwrap()
    };
    let (monthly, never) = (identity(30), identity(0));
    let first = monthly.keys.signing().kid;
    home.pass(30 * 24 * 3_600 - 1);
    assert_eq!(
        monthly.rotate_when_due().unwrap(),
        None,
        "a moment too early"
    );
    home.pass(1);
    assert_eq!(never.rotate_when_due().unwrap(), None);
    let second = monthly.rotate_when_due().unwrap().expect("it is due");
    assert_eq!(identity(30).rotate_when_due().unwrap(), None, "a replica");
    home.pass(60);
    assert_eq!(monthly.keys.signing().kid, second);
    assert!(
        monthly.keys.verifying(&first).is_some(),
        "old tokens are good"
    );
    home.pass(30 * 24 * 3_600);
    assert!(monthly.rotate_when_due().unwrap().is_some());
    assert!(
        monthly.keys.verifying(&first).is_none(),
        "it goes in its turn"
    );

    fs::remove_dir_all(home.file("")).unwrap();
    assert!(monthly.rotate_when_due().is_err());
    assert_eq!(monthly.keys.signing().kid, second, "and others stay in use");
}
