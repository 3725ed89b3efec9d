"""The tables of an index. In: nothing. Out: SQL that makes them; tables of another layout are dropped: an index can be made anew."""

LAYOUT = 1
SCHEMA = f"""
    BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS articles; DROP TABLE IF EXISTS docs;
    DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS facets; DROP TABLE IF EXISTS facet_values;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE articles (id TEXT PRIMARY KEY, fingerprint TEXT);
    CREATE TABLE docs (doc INTEGER PRIMARY KEY, kind TEXT, id TEXT, article_id TEXT, day TEXT, publication TEXT);
    CREATE INDEX docs_by_article ON docs (article_id);
    CREATE INDEX docs_by_day ON docs (kind, day DESC, doc);
    CREATE TABLE facet_values (id INTEGER PRIMARY KEY, facet TEXT, value TEXT, UNIQUE (facet, value));
    CREATE TABLE facets (doc INTEGER, value INTEGER, PRIMARY KEY (doc, value)) WITHOUT ROWID;
    CREATE INDEX facets_by_value ON facets (value, doc);
    CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2');
    PRAGMA user_version = {LAYOUT};
    COMMIT;
"""
