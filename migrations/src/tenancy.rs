//! Every table belongs to one organiser in each of its keys, or stands in [`GLOBAL_TABLES`]: read from the real schema of both databases.

use crate::GLOBAL_TABLES;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::{BTreeMap, BTreeSet};
use testkit::{TestDb, on_both};

const ORGANISER: &str = "organiser_id";

/// The outbox is one stream of the whole deployment: SQLite counts `seq` up only as a primary key. (`organiser_id`, `id`) is unique there.
const EXCEPTION: (DbBackend, &str, &str) = (DbBackend::Sqlite, "outbox", "primary key");

/// Full text on SQLite is a table without keys; the column `tenant` of what is an organiser's is a word of every search.
const KEYLESS: &[&str] = &["open_search_text", "search_text"];

/// `tbl`, `kind` and whether its `organiser_id` is there and never empty.
const SQLITE_TABLES: &str = "
    SELECT t.name AS tbl, t.type AS kind,
        EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = 'organiser_id' AND c.\"notnull\") AS owned
    FROM pragma_table_list t
    WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

const POSTGRES_TABLES: &str = "
    SELECT t.relname::text AS tbl, 'table' AS kind,
        EXISTS (SELECT 1 FROM pg_attribute c WHERE c.attrelid = t.oid AND c.attname = 'organiser_id' AND c.attnotnull) AS owned
    FROM pg_class t WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')";

/// `tbl`, `what` key, and the key's column by column; `parent` and `parent_col` where it points elsewhere.
const SQLITE_KEYS: &str = "
    WITH t AS (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')
    SELECT t.name AS tbl, 'primary key' AS what, c.pk AS n, c.name AS col, '' AS parent, '' AS parent_col
        FROM t, pragma_table_info(t.name) c WHERE c.pk > 0
    UNION ALL SELECT t.name, 'unique index ' || i.name, c.seqno, coalesce(c.name, ''), '', ''
        FROM t, pragma_index_list(t.name) i, pragma_index_info(i.name) c WHERE i.\"unique\" AND i.origin <> 'pk'
    UNION ALL SELECT t.name, 'foreign key to ' || f.\"table\" || ' ' || f.id, f.seq, f.\"from\", f.\"table\", coalesce(f.\"to\", '')
        FROM t, pragma_foreign_key_list(t.name) f
    ORDER BY 1, 2, 3";

const POSTGRES_KEYS: &str = "
    WITH t AS (SELECT oid, relname::text AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p'))
    SELECT t.name AS tbl, CASE WHEN i.indisprimary THEN 'primary key' ELSE 'unique index ' || i.indexrelid::regclass END AS what,
            k.n AS n, coalesce(c.attname::text, '') AS col, '' AS parent, '' AS parent_col
        FROM t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (att, n)
        LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.att
        WHERE k.n <= i.indnkeyatts
    UNION ALL SELECT t.name, 'foreign key to ' || p.relname || ' ' || f.conname, k.n, c.attname::text, p.relname::text, pc.attname::text
        FROM t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
        JOIN pg_class p ON p.oid = f.confrelid
        CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY k (att, parent_att, n)
        JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.att
        JOIN pg_attribute pc ON pc.attrelid = p.oid AND pc.attnum = k.parent_att
    ORDER BY 1, 2, 3";

/// Every way in which the schema lets organisers meet, a line each.
async fn breaches(db: &TestDb) -> Vec<String> {
    let (backend, tables, keys) = if db.store.is_postgres() {
        (DbBackend::Postgres, POSTGRES_TABLES, POSTGRES_KEYS)
    } else {
        (DbBackend::Sqlite, SQLITE_TABLES, SQLITE_KEYS)
    };
    let tables = rows(db, backend, tables).await;
    let keys = rows(db, backend, keys).await;

    let mut breaches = Vec::new();
    let mut names = BTreeSet::new();
    for row in &tables {
        let (table, kind) = (text(row, "tbl"), text(row, "kind"));
        names.insert(table.clone());
        if kind == "virtual" {
            if !KEYLESS.contains(&table.as_str()) {
                breaches.push(format!("{table} has no keys, and is not known for it"));
            }
        } else if !is_global(&table) {
            if !row.try_get::<bool>("", "owned").expect("a yes or no") {
                breaches.push(format!("{table} has no `organiser_id` that is never empty"));
            }
            if !keys
                .iter()
                .any(|key| text(key, "tbl") == table && text(key, "what") == "primary key")
            {
                breaches.push(format!("{table} has no primary key"));
            }
        }
    }
    for global in GLOBAL_TABLES
        .iter()
        .filter(|table| !names.contains(**table))
    {
        breaches.push(format!(
            "{global} stands in GLOBAL_TABLES and does not exist"
        ));
    }

    let mut first_columns = BTreeMap::new();
    for key in &keys {
        first_columns
            .entry((text(key, "tbl"), text(key, "what")))
            .or_insert(key);
    }
    for ((table, what), key) in first_columns {
        let parent = text(key, "parent");
        let points = !parent.is_empty();
        let leads =
            text(key, "col") == ORGANISER && (!points || text(key, "parent_col") == ORGANISER);
        // What is the whole deployment's has no organiser to name, and every organiser may point at it.
        let points_at_global = points && is_global(&parent);
        if is_global(&table) {
            if points && !points_at_global {
                breaches.push(format!("{table} is global, and {what} is one organiser's"));
            }
        } else if !leads
            && !points_at_global
            && (backend, table.as_str(), what.as_str()) != EXCEPTION
        {
            breaches.push(format!(
                "{table}: {what} does not begin with `organiser_id`"
            ));
        }
    }
    breaches
}

fn is_global(table: &str) -> bool {
    GLOBAL_TABLES.contains(&table)
}

async fn rows(db: &TestDb, backend: DbBackend, sql: &str) -> Vec<QueryResult> {
    db.store
        .writer()
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_leads_each_of_its_keys_with_its_organiser() {
    on_both(async |db| {
        let breaches = breaches(db).await;
        assert!(breaches.is_empty(), "{}: {breaches:#?}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_where_organisers_could_meet_is_found() {
    const STRAY: &[(&str, &[&str])] = &[
        (
            "CREATE TABLE stray (id integer PRIMARY KEY)",
            &[
                "stray has no `organiser_id`",
                "stray: primary key does not begin",
            ],
        ),
        (
            "CREATE TABLE stray (organiser_id integer NOT NULL, id integer NOT NULL)",
            &["stray has no primary key"],
        ),
        (
            "CREATE TABLE stray (organiser_id integer NOT NULL, id integer NOT NULL, PRIMARY KEY (id, organiser_id))",
            &["stray: primary key does not begin"],
        ),
        (
            "CREATE TABLE stray (organiser_id integer NOT NULL, id integer NOT NULL, PRIMARY KEY (organiser_id, id), UNIQUE (id))",
            &["stray: unique index"],
        ),
        (
            "CREATE TABLE stray (organiser_id integer NOT NULL, id integer NOT NULL, other integer NOT NULL, PRIMARY KEY (organiser_id, id), \
             UNIQUE (organiser_id, other), FOREIGN KEY (other, id) REFERENCES stray (organiser_id, id))",
            &["stray: foreign key to stray"],
        ),
        (
            "CREATE TABLE stray (organiser_id integer NOT NULL, id integer NOT NULL, PRIMARY KEY (organiser_id, id), \
             FOREIGN KEY (organiser_id, id) REFERENCES stray (organiser_id, id))",
            &[],
        ),
    ];
    on_both(async |db| {
        for (sql, expected) in STRAY {
            db.store.writer().execute_unprepared(sql).await.unwrap();
            let found = breaches(db).await;
            assert_eq!(
                found.len(),
                expected.len(),
                "{}: {sql}: {found:#?}",
                db.kind()
            );
            for (found, expected) in found.iter().zip(*expected) {
                assert!(found.starts_with(expected), "{}: {sql}: {found}", db.kind());
            }
            db.store
                .writer()
                .execute_unprepared("DROP TABLE stray")
                .await
                .unwrap();
        }
    })
    .await;
}
