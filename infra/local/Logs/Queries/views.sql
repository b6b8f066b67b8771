-- What the queries read, as the .kql files write it with extract and mv-expand. Made anew on every connection.

CREATE TEMP VIEW RequestRows AS
SELECT
    rowid AS Id,
    *,
    coalesce(RequestHeaders ->> '$."x-contoso-function"', '') AS Function,
    CASE instr(Url, '/deployments/') WHEN 0 THEN '' ELSE
        substr(substr(Url, instr(Url, '/deployments/') + 13), 1, min(
            instr(substr(Url, instr(Url, '/deployments/') + 13) || '/', '/'),
            instr(substr(Url, instr(Url, '/deployments/') + 13) || '?', '?')) - 1)
    END AS Deployment,
    rtrim(rtrim(BackendId, replace(BackendId, '-', '')), '-') AS BackendInstance,
    replace(substr(
        substr(BackendUrl, instr(BackendUrl, '://') + 3), 1,
        instr(substr(BackendUrl, instr(BackendUrl, '://') + 3) || '/', '/') - 1), ':443', '') AS BackendHost
FROM ApiManagementGatewayLogs;

-- attempt=1;region=r;code=200;host=h:443;ms=5|attempt=2;... becomes [{"attempt":"1",...},{"attempt":"2",...}].
CREATE TEMP VIEW AttemptRows AS
SELECT
    log.rowid AS Id,
    CAST(line.value ->> '$.attempt' AS INTEGER) AS Attempt,
    CAST(line.value ->> '$.code' AS INTEGER) AS Code,
    coalesce(line.value ->> '$.region', '') AS Region,
    replace(coalesce(line.value ->> '$.host', ''), ':443', '') AS Host,
    CAST(line.value ->> '$.ms' AS INTEGER) AS Milliseconds
FROM
    ApiManagementGatewayLogs AS log,
    json_each(log.TraceRecords) AS trace,
    json_each('[{"' || replace(replace(replace(replace(replace(
        trace.value ->> '$.message', '\', ''), '"', ''), '=', '":"'), ';', '","'), '|', '"},{"') || '"}]') AS line
WHERE trace.value ->> '$.source' = 'backend-attempt';
