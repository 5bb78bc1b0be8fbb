-- The tables as migration 1 made them (sqlite); never changes.

CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    wikidata TEXT,
    registry TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_actors_country ON actors (country);

CREATE INDEX ix_actors_registry ON actors (registry);

CREATE INDEX ix_actors_wikidata ON actors (wikidata);

CREATE TABLE corrections (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    article TEXT NOT NULL,
    verdict TEXT NOT NULL,
    field TEXT,
    value TEXT,
    "before" TEXT,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    beneath TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    copied_from TEXT,
    number INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_corrections_article ON corrections (article);

CREATE INDEX ix_corrections_state ON corrections (state);

CREATE INDEX ix_corrections_target ON corrections (target);

CREATE TABLE migrations (
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    sayso TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (number)
);

CREATE TABLE pages (
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    media_type TEXT NOT NULL,
    charset TEXT,
    sha256 TEXT NOT NULL,
    captured TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE actor_names (
    name TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (name, actor),
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE articles (
    sort_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    page TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    sections TEXT NOT NULL,
    byline TEXT,
    publisher TEXT,
    dateline_words TEXT,
    dateline_place TEXT,
    dateline_wire TEXT,
    wires TEXT NOT NULL,
    credits TEXT NOT NULL,
    earliest DATE,
    latest DATE,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (sort_key),
    UNIQUE (id),
    FOREIGN KEY(page) REFERENCES pages (id)
);

CREATE INDEX ix_articles_page ON articles (page);

CREATE INDEX ix_articles_publisher ON articles (publisher);

CREATE TABLE changes (
    page TEXT NOT NULL,
    reading INTEGER NOT NULL,
    place INTEGER NOT NULL,
    page_before TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    change TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    words_before TEXT,
    words_after TEXT,
    fields TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (page, reading, place),
    FOREIGN KEY(page) REFERENCES pages (id)
);

CREATE INDEX ix_changes_address ON changes (address);

CREATE TABLE page_bodies (
    page TEXT NOT NULL,
    compression TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (page),
    FOREIGN KEY(page) REFERENCES pages (id) ON DELETE CASCADE
);

CREATE TABLE page_versions (
    address TEXT NOT NULL,
    page TEXT NOT NULL,
    version INTEGER NOT NULL,
    first_captured TEXT NOT NULL,
    last_captured TEXT NOT NULL,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (address, page),
    FOREIGN KEY(page) REFERENCES pages (id)
)
 WITHOUT ROWID;

CREATE INDEX page_versions_by_page ON page_versions (page);

CREATE TABLE readings (
    page TEXT NOT NULL,
    number INTEGER NOT NULL,
    sayso TEXT NOT NULL,
    model TEXT NOT NULL,
    registry TEXT NOT NULL,
    added TEXT NOT NULL,
    statements INTEGER NOT NULL,
    events INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (page, number),
    FOREIGN KEY(page) REFERENCES pages (id)
);

CREATE INDEX readings_by_maker ON readings (current, sayso, model, registry);

CREATE TABLE skipped (
    id TEXT NOT NULL,
    page TEXT,
    place INTEGER NOT NULL,
    stage TEXT NOT NULL,
    "of" TEXT NOT NULL,
    why TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(page) REFERENCES pages (id)
);

CREATE INDEX ix_skipped_page ON skipped (page);

CREATE INDEX skipped_of ON skipped ("of");

CREATE TABLE article_actors (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    cameo TEXT,
    office TEXT,
    wikidata TEXT,
    registry TEXT,
    basis TEXT NOT NULL,
    speaks_for TEXT,
    count INTEGER,
    PRIMARY KEY (article, place),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_article_actors_actor ON article_actors (actor);

CREATE TABLE dates (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    earliest DATE NOT NULL,
    latest DATE NOT NULL,
    basis TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (article, place),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE events (
    sort_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    article TEXT NOT NULL,
    place INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    cameo TEXT NOT NULL,
    quad INTEGER NOT NULL,
    goldstein DOUBLE NOT NULL,
    scale DOUBLE NOT NULL,
    trigger_words TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    passage TEXT NOT NULL,
    standing TEXT NOT NULL,
    past BOOLEAN NOT NULL,
    statement TEXT,
    denies TEXT,
    happened_earliest DATE,
    happened_latest DATE,
    happened_precision TEXT NOT NULL,
    happened_basis TEXT NOT NULL,
    happened_words TEXT NOT NULL,
    where_words TEXT,
    where_start INTEGER,
    where_end INTEGER,
    where_name TEXT,
    where_country TEXT,
    where_admin1 TEXT,
    where_latitude DOUBLE,
    where_longitude DOUBLE,
    where_geonames INTEGER,
    where_basis TEXT,
    score DOUBLE NOT NULL,
    review TEXT,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (sort_key),
    UNIQUE (article, place),
    UNIQUE (id),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX events_by_type ON events (type, sort_key);

CREATE INDEX ix_events_statement ON events (statement);

CREATE TABLE furniture (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (article, place),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE mentions (
    article TEXT NOT NULL,
    actor_place INTEGER NOT NULL,
    place INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    words TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (article, actor_place, place),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE originals (
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    article TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (target),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_originals_article ON originals (article);

CREATE TABLE statements (
    sort_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    article TEXT NOT NULL,
    place INTEGER NOT NULL,
    form TEXT NOT NULL,
    force TEXT NOT NULL,
    speaker TEXT,
    speaker_name TEXT,
    speaker_country TEXT,
    speaker_cameo TEXT,
    speaker_words TEXT,
    speaker_start INTEGER,
    speaker_end INTEGER,
    cue_words TEXT,
    cue_start INTEGER,
    cue_end INTEGER,
    words TEXT NOT NULL,
    within TEXT,
    said_earliest DATE,
    said_latest DATE,
    said_precision TEXT NOT NULL,
    said_basis TEXT NOT NULL,
    said_words TEXT NOT NULL,
    score DOUBLE NOT NULL,
    review TEXT,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (sort_key),
    UNIQUE (article, place),
    UNIQUE (id),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX statements_by_speaker ON statements (speaker, sort_key);

CREATE INDEX statements_by_speaker_cameo ON statements (speaker_cameo, sort_key);

CREATE INDEX statements_by_speaker_country ON statements (speaker_country, sort_key);

CREATE TABLE event_actors (
    event TEXT NOT NULL,
    role TEXT NOT NULL,
    place INTEGER NOT NULL,
    sort_key INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT,
    country TEXT,
    cameo TEXT,
    PRIMARY KEY (event, role, place),
    FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX event_actors_by_actor ON event_actors (actor, role, sort_key);

CREATE INDEX event_actors_by_country ON event_actors (country, role, sort_key);

CREATE TABLE event_mentions (
    event TEXT NOT NULL,
    place INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (event, place),
    FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE event_sizes (
    event TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER,
    words TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (event, place),
    FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE quoted (
    statement TEXT NOT NULL,
    place INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (statement, place),
    FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE relays (
    statement TEXT NOT NULL,
    place INTEGER NOT NULL,
    role TEXT NOT NULL,
    actor TEXT,
    name TEXT,
    country TEXT,
    cameo TEXT,
    words TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    PRIMARY KEY (statement, place),
    FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX relays_by_actor ON relays (actor);

CREATE INDEX relays_by_words ON relays (words);

CREATE TABLE said (
    statement TEXT NOT NULL,
    place INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (statement, place),
    FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE statement_about (
    statement TEXT NOT NULL,
    place INTEGER NOT NULL,
    sort_key INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT,
    country TEXT,
    cameo TEXT,
    speaker TEXT,
    speaker_country TEXT,
    PRIMARY KEY (statement, place),
    FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX about_by_actor ON statement_about (actor, sort_key);

CREATE INDEX about_by_country ON statement_about (country, sort_key);

CREATE INDEX pairs_by_actor ON statement_about (speaker, actor, sort_key);

CREATE INDEX pairs_by_country ON statement_about (speaker_country, country, sort_key);

CREATE VIRTUAL TABLE statements_search USING fts5(words, content='statements', content_rowid='sort_key', tokenize='porter unicode61 remove_diacritics 2');

CREATE TRIGGER statements_search_added AFTER INSERT ON statements BEGIN INSERT INTO statements_search(rowid, words) VALUES (new.sort_key, new.words); END;

CREATE TRIGGER statements_search_gone AFTER DELETE ON statements BEGIN INSERT INTO statements_search(statements_search, rowid, words) VALUES ('delete', old.sort_key, old.words); END;

CREATE TRIGGER statements_search_changed AFTER UPDATE OF words, sort_key ON statements BEGIN INSERT INTO statements_search(statements_search, rowid, words) VALUES ('delete', old.sort_key, old.words); INSERT INTO statements_search(rowid, words) VALUES (new.sort_key, new.words); END;

CREATE VIRTUAL TABLE events_search USING fts5(passage, content='events', content_rowid='sort_key', tokenize='porter unicode61 remove_diacritics 2');

CREATE TRIGGER events_search_added AFTER INSERT ON events BEGIN INSERT INTO events_search(rowid, passage) VALUES (new.sort_key, new.passage); END;

CREATE TRIGGER events_search_gone AFTER DELETE ON events BEGIN INSERT INTO events_search(events_search, rowid, passage) VALUES ('delete', old.sort_key, old.passage); END;

CREATE TRIGGER events_search_changed AFTER UPDATE OF passage, sort_key ON events BEGIN INSERT INTO events_search(events_search, rowid, passage) VALUES ('delete', old.sort_key, old.passage); INSERT INTO events_search(rowid, passage) VALUES (new.sort_key, new.passage); END;

CREATE VIRTUAL TABLE articles_search USING fts5(text, content='articles', content_rowid='sort_key', tokenize='porter unicode61 remove_diacritics 2');

CREATE TRIGGER articles_search_added AFTER INSERT ON articles BEGIN INSERT INTO articles_search(rowid, text) VALUES (new.sort_key, new.text); END;

CREATE TRIGGER articles_search_gone AFTER DELETE ON articles BEGIN INSERT INTO articles_search(articles_search, rowid, text) VALUES ('delete', old.sort_key, old.text); END;

CREATE TRIGGER articles_search_changed AFTER UPDATE OF text, sort_key ON articles BEGIN INSERT INTO articles_search(articles_search, rowid, text) VALUES ('delete', old.sort_key, old.text); INSERT INTO articles_search(rowid, text) VALUES (new.sort_key, new.text); END;

INSERT INTO migrations VALUES (1, 'pages, articles, actors, statements, events, corrections', '0.1.0', '2026-01-01T00:00:00Z');
