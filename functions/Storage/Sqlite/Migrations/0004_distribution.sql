-- Who served what, collected from the gateway's logs. A row's start is where its minute begins.
CREATE TABLE distribution_bins (
    start              TEXT NOT NULL,
    backend            TEXT NOT NULL,
    deployment         TEXT NOT NULL,
    requests           INTEGER NOT NULL,
    successes          INTEGER NOT NULL,
    throttled          INTEGER NOT NULL,
    client_errors      INTEGER NOT NULL,
    server_errors      INTEGER NOT NULL,
    unanswered         INTEGER NOT NULL,
    retries            INTEGER NOT NULL,
    prompt_tokens      INTEGER NOT NULL,
    completion_tokens  INTEGER NOT NULL,
    average_backend_ms REAL NOT NULL,
    p95_backend_ms     REAL NOT NULL,
    tokens_by_function TEXT NOT NULL,
    PRIMARY KEY (start, backend, deployment)
) STRICT, WITHOUT ROWID;

-- When the logs were asked for a bin start. Apart from the bins, because an answer without rows counts as well.
CREATE TABLE distribution_readings (
    start TEXT PRIMARY KEY,
    as_of TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Until when the logs have been read completely: one row or none.
CREATE TABLE distribution_watermark (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    up_to TEXT NOT NULL
) STRICT;
