CREATE TABLE maintenance_requests (
    id              TEXT PRIMARY KEY,
    hotel_id        INTEGER NOT NULL REFERENCES hotels,
    hotel           TEXT NOT NULL,
    source          TEXT NOT NULL,
    date            TEXT NOT NULL,
    details         TEXT NOT NULL,
    room_number     TEXT,
    location        TEXT,
    embedded        INTEGER NOT NULL DEFAULT 0 CHECK (embedded IN (0, 1)),
    idempotency_key TEXT UNIQUE,
    fingerprint     BLOB,
    CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL))
) STRICT;

CREATE INDEX requests_by_date ON maintenance_requests (date, id);
CREATE INDEX requests_by_hotel ON maintenance_requests (hotel_id, date, id);
CREATE INDEX requests_pending ON maintenance_requests (date, id) WHERE embedded = 0;

-- A log of changes as much as a table: setting an embedding gives it a new, higher number, and deleting it leaves a row
-- without a vector. So whoever keeps a copy in memory reads on from the last number it has seen, no matter which process
-- made the change. AUTOINCREMENT, because a number must not come back after its row is gone.
CREATE TABLE embeddings (
    change     INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    vector     BLOB
) STRICT;
