-- What the queries read, as the .kql files write it with extract, mv-expand and parse. Made anew on every connection.

CREATE TEMP VIEW RequestRows AS
SELECT
    *,
    iif(Host LIKE '%:443', substr(Host, 1, length(Host) - 4), Host) AS BackendHost
FROM (
    SELECT
        rowid AS Id,
        *,
        coalesce(iif(json_valid(RequestHeaders), RequestHeaders ->> '$."x-contoso-function"', ''), '') AS Function,
        CASE instr(Url, '/deployments/') WHEN 0 THEN '' ELSE
            substr(substr(Url, instr(Url, '/deployments/') + 13), 1, min(
                instr(substr(Url, instr(Url, '/deployments/') + 13) || '/', '/'),
                instr(substr(Url, instr(Url, '/deployments/') + 13) || '?', '?')) - 1)
        END AS Deployment,
        rtrim(rtrim(BackendId, replace(BackendId, '-', '')), '-') AS BackendInstance,
        substr(
            substr(BackendUrl, instr(BackendUrl, '://') + 3), 1,
            instr(substr(BackendUrl, instr(BackendUrl, '://') + 3) || '/', '/') - 1) AS Host
    FROM ApiManagementGatewayLogs
);

-- attempt=1;region=r;code=200;host=h:443;ms=5|attempt=2;... becomes ["attempt=1;...", "attempt=2;..."], and each of these
-- ["attempt=1", "r", "200", "h:443", "5"]. Traces and lines that were cut are none.
CREATE TEMP VIEW AttemptRows AS
SELECT
    Id,
    CAST(substr(Parts ->> 0, 9) AS INTEGER) AS Attempt,
    CAST(Parts ->> 2 AS INTEGER) AS Code,
    Parts ->> 1 AS Region,
    iif(Parts ->> 3 LIKE '%:443', substr(Parts ->> 3, 1, length(Parts ->> 3) - 4), Parts ->> 3) AS Host,
    CAST(Parts ->> 4 AS INTEGER) AS Milliseconds
FROM (
    SELECT
        log.rowid AS Id,
        '[' || replace(replace(replace(replace(
            json_quote(line.value), ';region=', '","'), ';code=', '","'), ';host=', '","'), ';ms=', '","') || ']' AS Parts
    FROM
        ApiManagementGatewayLogs AS log,
        json_each(iif(json_valid(log.TraceRecords), log.TraceRecords, NULL)) AS trace,
        json_each('[' || replace(json_quote(iif(trace.type = 'object', trace.value ->> '$.message', '')), '|', '","') || ']') AS line
    WHERE
        iif(trace.type = 'object', trace.value ->> '$.source', '') = 'backend-attempt'
        AND line.value GLOB 'attempt=[0-9]*;region=*;code=[0-9]*;host=*;ms=[0-9]*'
)
WHERE substr(Parts ->> 0, 9) NOT GLOB '*[^0-9]*' AND Parts ->> 2 NOT GLOB '*[^0-9]*';
