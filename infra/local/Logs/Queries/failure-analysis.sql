WITH
backends AS MATERIALIZED (
    SELECT value ->> '$.name' AS Name, value ->> '$.host' AS Host FROM json_each(@backends)
),
requests AS (
    SELECT
        min(Id), TimeGenerated, OperationId, ResponseCode, TotalTime, BackendId, BackendHost, BackendResponseCode, LastErrorReason, TraceRecords
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND ApiId = @api_id AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
failures AS (
    SELECT
        TimeGenerated, OperationId, ResponseCode, TotalTime, BackendResponseCode, LastErrorReason,
        coalesce(by_name.Name, by_host.Name, BackendHost) AS Backend,
        CASE
            WHEN LastErrorReason = 'ClientConnectionFailure' THEN 'caller gone'
            WHEN ResponseCode < 400 AND LastErrorReason = 'BackendConnectionFailure' AND instr(TraceRecords, ';code=0;') = 0
                THEN 'response broken off'
            WHEN ResponseCode < 400 THEN ''
            WHEN BackendHost = '' AND LastErrorReason <> '' THEN LastErrorReason
            WHEN ResponseCode = 429 THEN 'throttled'
            WHEN LastErrorReason IN ('BackendConnectionFailure', 'Timeout') THEN 'no response'
            WHEN ResponseCode >= 500 THEN 'backend failed'
            ELSE 'refused by backend'
        END AS Reason
    FROM requests
    LEFT JOIN backends AS by_name ON by_name.Name = BackendId
    LEFT JOIN backends AS by_host ON by_host.Host = BackendHost AND by_host.Host <> ''
),
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY Reason, ResponseCode, BackendResponseCode, LastErrorReason, Backend, OperationId ORDER BY TotalTime) AS Rank,
        count(*) OVER (PARTITION BY Reason, ResponseCode, BackendResponseCode, LastErrorReason, Backend, OperationId) AS Ranks
    FROM failures
    WHERE Reason <> ''
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
