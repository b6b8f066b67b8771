WITH
backends AS MATERIALIZED (
    SELECT value ->> '$.name' AS Name, value ->> '$.host' AS Host FROM json_each(@backends)
),
requests AS (
    SELECT
        min(TimeGenerated) AS TimeGenerated, OperationId, ResponseCode, TotalTime, BackendInstance, BackendHost, BackendResponseCode, LastErrorReason,
        TraceRecords,
        coalesce(iif(LastErrorReason = 'ClientConnectionFailure', (
            SELECT iif(Code = 0, nullif(Host, ''), NULL) FROM AttemptRows WHERE AttemptRows.Id = RequestRows.Id ORDER BY Attempt DESC LIMIT 1
        ), NULL), BackendHost) AS Host
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND ApiId = @api_id AND _IngestionTime <= @now
        AND (ResponseCode >= 400 OR LastErrorReason IN ('ClientConnectionFailure', 'BackendConnectionFailure'))
    GROUP BY CorrelationId
),
failures AS (
    SELECT
        TimeGenerated, OperationId, ResponseCode, TotalTime, BackendResponseCode, LastErrorReason,
        coalesce(by_name.Name, by_host.Name, requests.Host) AS Backend,
        CASE
            WHEN LastErrorReason = 'ClientConnectionFailure' THEN 'caller gone'
            WHEN ResponseCode < 400 AND LastErrorReason = 'BackendConnectionFailure' AND instr(coalesce(TraceRecords, ''), ';code=0;') = 0
                THEN 'response broken off'
            WHEN ResponseCode < 400 THEN ''
            WHEN BackendHost = '' AND LastErrorReason <> '' THEN LastErrorReason
            WHEN ResponseCode = 429 THEN 'throttled'
            WHEN LastErrorReason IN ('BackendConnectionFailure', 'Timeout') THEN 'no response'
            WHEN ResponseCode >= 500 THEN 'backend failed'
            ELSE 'refused by backend'
        END AS Reason
    FROM requests
    LEFT JOIN backends AS by_name ON by_name.Name = BackendInstance AND requests.Host = BackendHost
    LEFT JOIN backends AS by_host ON by_host.Host = requests.Host AND by_host.Host <> ''
),
ranked AS (
    SELECT
        *,
        row_number() OVER sorted AS Rank,
        count(*) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS Ranks
    FROM failures
    WHERE Reason <> ''
    WINDOW sorted AS (PARTITION BY Reason, ResponseCode, BackendResponseCode, LastErrorReason, Backend, OperationId ORDER BY TotalTime)
)
SELECT
    Reason AS "Reason:string",
    ResponseCode AS "ResponseCode:int",
    BackendResponseCode AS "BackendResponseCode:int",
    LastErrorReason AS "LastErrorReason:string",
    Backend AS "Backend:string",
    OperationId AS "OperationId:string",
    count(*) AS "Requests:long",
    avg(TotalTime) AS "AverageTotalMs:real",
    min(iif(Rank * 100 >= Ranks * 95, TotalTime, NULL)) AS "P95TotalMs:long",
    min(TimeGenerated) AS "FirstSeen:datetime",
    max(TimeGenerated) AS "LastSeen:datetime"
FROM ranked
GROUP BY Reason, ResponseCode, BackendResponseCode, LastErrorReason, Backend, OperationId
ORDER BY count(*) DESC, Reason, ResponseCode, BackendResponseCode, Backend, OperationId, LastErrorReason
