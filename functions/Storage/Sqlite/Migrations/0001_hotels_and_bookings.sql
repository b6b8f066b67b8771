CREATE TABLE hotels (
    hotel_id INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    city     TEXT NOT NULL,
    country  TEXT NOT NULL
) STRICT;

CREATE TABLE bookings (
    booking_id  INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    hotel_id    INTEGER NOT NULL REFERENCES hotels,
    stay_begin  TEXT NOT NULL,
    stay_end    TEXT NOT NULL,
    guests      INTEGER NOT NULL CHECK (guests > 0),
    CHECK (stay_begin <= stay_end)
) STRICT;

CREATE INDEX bookings_by_arrival ON bookings (hotel_id, stay_begin, booking_id);

-- What was put into this database once and is not to be put there again, even when someone has deleted it since.
CREATE TABLE seeds (
    name       TEXT PRIMARY KEY,
    planted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
