CREATE TABLE conversations (
    id        TEXT PRIMARY KEY,
    content   TEXT NOT NULL,
    etag      TEXT NOT NULL,
    last_turn TEXT NOT NULL
) STRICT;

CREATE INDEX conversations_by_last_turn ON conversations (last_turn);
