//! Who may see which record: written by hand from the roles of the domain and from what the schema says of its types, and from nothing else.
//!
//! Everybody at work knows the house and their colleagues. Who teaches, leads teaching or follows it up reads what is shared with them;
//! administrators, records officers and data protection officers read no content; a guest knows their team; a program what it was granted.

use tests::canary::Table;

/// Everybody who is signed in at the municipality, people and programs.
const SIGNED_IN: &[&[&str]] = &[STAFF, &["gerd"], PROGRAMS];
/// Everybody who works at the municipality. Guests do not.
const STAFF: &[&str] = &[
    "anna", "bo", "mia", "lena", "petra", "sanna", "cecilia", "rolf", "pelle", "ove", "kalle",
    "hedda", "astrid", "bertil", "rut", "dan",
];
const PROGRAMS: &[&str] = &[
    "tjanst-organisation",
    "tjanst-personer",
    "tjanst-matriser",
    "tjanst-ekskolan",
];
/// For whom "shared with the organiser" is meant.
const COLLEAGUES: &[&str] = &[
    "anna", "bo", "mia", "lena", "petra", "sanna", "cecilia", "rolf", "pelle", "ove", "kalle",
    "hedda",
];
const AT_EKSKOLAN: &[&str] = &["anna", "bo", "mia", "lena", "petra", "sanna"];
const IN_THE_AREA: &[&str] = &[
    "anna", "bo", "mia", "lena", "petra", "sanna", "cecilia", "rolf", "pelle", "ove",
];
const ARBETSLAG: &[&str] = &["anna", "mia", "lena", "sanna", "gerd"];
const AMNESLAG: &[&str] = &["anna", "cecilia"];
const ADMINS: &[&str] = &["astrid", "bertil"];
/// The open catalogue is for colleagues and administrators of every organiser, and for programs that read what is shared.
const BROWSING: &[&[&str]] = &[COLLEAGUES, ADMINS, READS, &["nils", "gun"]];
/// Reads what is shared with the whole organiser. One that is narrowed to a unit does not: that is of no unit.
const READS: &[&str] = &["tjanst-matriser"];

pub(crate) fn table() -> Table {
    let table = talk(forks(rubrics(organisation(Table::new()))));
    in_the_catalogue(exemplars(shelves(open_to_pupils(neighbours(own(table))))))
}

fn row(table: Table, record: &str, callers: &[&[&str]]) -> Table {
    table.row(record, &callers.concat())
}

fn organisation(mut table: Table) -> Table {
    let program: &[&str] = &["tjanst-organisation"];
    let here: &[&str] = &["tjanst-organisation", "tjanst-ekskolan"];
    // Every organiser is told whose work something open is.
    table = row(
        table,
        "kommun",
        &[SIGNED_IN.concat().as_slice(), &["nils", "gun"]],
    );
    // A guest knows the unit where they are, and no other.
    table = row(table, "ekskolan", &[STAFF, &["gerd"], here]);
    for unit in ["omrade", "bjorkskolan", "larkan"] {
        table = row(table, unit, &[STAFF, program]);
    }
    table = row(table, "arbetslag", &[STAFF, &["gerd"], here]);
    table = row(table, "amneslag", &[STAFF, program]);
    for record in ["lasar", "termin", "lov"] {
        table = row(table, record, &[STAFF, &["gerd"], here]);
    }
    // Colleagues know each other. A guest knows their team, a program those of its units, a guest included.
    for person in [
        "cecilia", "rolf", "pelle", "ove", "kalle", "hedda", "astrid", "bertil", "rut", "dan",
    ] {
        table = row(table, person, &[STAFF, &["tjanst-personer"]]);
    }
    for person in ["bo", "petra"] {
        table = row(
            table,
            person,
            &[STAFF, &["tjanst-personer", "tjanst-ekskolan"]],
        );
    }
    for person in ["anna", "mia", "lena", "gerd"] {
        table = row(
            table,
            person,
            &[STAFF, &["gerd"], &["tjanst-personer", "tjanst-ekskolan"]],
        );
    }
    // Protected: the own team, and the administrator who is named for it.
    table = row(table, "sanna", &[ARBETSLAG, &["astrid"]]);
    // What is kept about somebody: they themselves and who manages them.
    row(table, "akt-mia", &[&["mia"], ADMINS])
}

/// What is one's own and nobody else's: the devices one signs in on, and what administrators alone see.
fn own(mut table: Table) -> Table {
    let people: &[&[&str]] = &[STAFF, &["gerd", "nils", "gun"]];
    for person in people.concat() {
        table = table.row(&format!("enhet-{person}"), &[person]);
    }
    for program in PROGRAMS {
        table = row(table, program, &[ADMINS]);
    }
    table
}

fn rubrics(mut table: Table) -> Table {
    // A draft is its author's, and while it is in review the reviewer's, who was Rolf.
    for record in [
        "utkast",
        "sparat",
        "aterlamnat",
        "omdome",
        "raderat",
        "privat",
        "arkiverad",
        "reviderad-utkast",
    ] {
        table = table.row(record, &["anna"]);
    }
    for record in ["i-granskning", "reviderad-i-granskning-utkast"] {
        table = table.row(record, &["anna", "rolf"]);
    }
    table = table.row("till-pelle", &["anna", "pelle"]);
    table = row(table, "till-laget", &[ARBETSLAG]);
    table = row(table, "till-amneslaget", &[AMNESLAG]);
    table = row(table, "till-skolan", &[AT_EKSKOLAN]);
    table = row(table, "till-omradet", &[IN_THE_AREA]);
    // The versions before stay readable beside the current one.
    for record in [
        "till-alla",
        "granskad",
        "granskad-utkast",
        "reviderad",
        "reviderad-i-granskning",
        "pensionerad",
        "skyddad",
        "cecilias",
        "forskolans",
    ] {
        table = row(table, record, &[COLLEAGUES, READS]);
    }
    table = table.row("bjorkskolans", &["cecilia", "rolf"]);
    row(table, "skyddad-i-laget", &[ARBETSLAG])
}

/// A fork is its author's until it is shared. What is proposed lies between whoever proposed and whoever wrote the origin.
fn forks(mut table: Table) -> Table {
    for record in ["ursprung", "ursprung-ny", "kopia-delad"] {
        table = row(table, record, &[COLLEAGUES, READS]);
    }
    for record in ["kopia-forslag", "forslag", "avslag"] {
        table = table.row(record, &["anna", "cecilia"]);
    }
    table = table.row("samskriven", &["anna", "bo", "cecilia", "pelle"]);
    table.row("kopia", &["cecilia"])
}

/// What is said is for whoever sees the rubric, and for no program; about a draft, for those who work on it. What a team suggests is its members'.
fn talk(mut table: Table) -> Table {
    for record in ["samtal", "samtal-svar", "samtal-lost", "samtal-kvar"] {
        table = row(table, record, &[AT_EKSKOLAN]);
    }
    table = table.row("samtal-borttaget", &[]);
    for record in ["samtal-utkast", "samtal-granskaren"] {
        table = table.row(record, &["anna", "rolf"]);
    }
    table = row(table, "samtal-i-laget", &[ARBETSLAG]);
    for record in ["samtal-skyddad", "samtal-namner"] {
        table = row(table, record, &[COLLEAGUES]);
    }
    // Of a rubric that they see: the guest does not see this one.
    table = table.row("bank", &["anna", "mia", "lena", "sanna"]);
    row(table, "bank-amnet", &[AMNESLAG])
}

/// The neighbour is another world.
fn neighbours(mut table: Table) -> Table {
    // It has something of its own in the open catalogue.
    table = row(table, "granne", BROWSING);
    for record in ["grannskolan", "grannlag", "nils", "gun"] {
        table = table.row(record, &["nils", "gun"]);
    }
    for record in ["grannens", "grannens-utkast"] {
        table = table.row(record, &["nils"]);
    }
    table
}

/// What a link opens is for whoever has it, of whatever organiser and without a sign-in; but only the words for pupils.
fn open_to_pupils(table: Table) -> Table {
    let table = row(
        table,
        "for-elever",
        &[STAFF, PROGRAMS, &["ingen", "gerd", "nils", "gun"]],
    );
    table.row("for-kollegor", &["anna"])
}

/// What is open is seen by every organiser by design. What was hidden is known to its author and to those who hid it, what was taken back to its author,
/// and what was reported to the administrators on both sides.
fn in_the_catalogue(mut table: Table) -> Table {
    for record in ["oppen", "namnrad"] {
        table = row(table, record, BROWSING);
    }
    for record in ["dold", "skal"] {
        table = row(table, record, &[&["anna"], ADMINS]);
    }
    table = row(table, "anmalan", &[ADMINS, &["gun"]]);
    table.row("tillbakatagen", &["anna"])
}

/// A sample of work is read by whoever sees its rubric, here all colleagues and the program that reads rubrics. Pupils have no way to it.
fn exemplars(table: Table) -> Table {
    row(table, "exempel", &[COLLEAGUES, READS])
}

/// A shelf is for those whose it is; what stands in it, for whoever sees that anyhow.
fn shelves(table: Table) -> Table {
    let table = row(table, "hylla", &[ARBETSLAG]);
    let table = row(table, "favoriter", &[COLLEAGUES, READS]);
    table.row("egen-hylla", &["anna"])
}
