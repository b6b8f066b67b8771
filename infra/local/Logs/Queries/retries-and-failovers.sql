WITH
requests AS MATERIALIZED (
    SELECT Id, min(TimeGenerated) AS TimeGenerated, ResponseCode, TotalTime, BackendUrl, BackendResponseCode, LastErrorReason
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND ApiId = @api_id AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
traced AS MATERIALIZED (
    SELECT Id, Attempt, Code, Region FROM requests JOIN AttemptRows USING (Id)
),
attempts AS (
    SELECT * FROM traced
    UNION ALL
    SELECT Id, LastAttempt + 1, 0, ''
    FROM requests JOIN (SELECT Id, max(Attempt) AS LastAttempt, Code AS LastCode FROM traced GROUP BY Id) USING (Id)
    WHERE BackendUrl <> '' AND BackendResponseCode IS NULL AND LastErrorReason = 'ClientConnectionFailure' AND LastCode <> 0
),
retried AS (
    SELECT
        requests.*,
        group_concat(Code, ' > ' ORDER BY Attempt) AS CodePath,
        group_concat(iif(Region = '', '-', Region), ' > ' ORDER BY Attempt) AS RegionPath,
        CASE
            WHEN ResponseCode BETWEEN 200 AND 299 THEN 'recovered'
            WHEN ResponseCode = 429 THEN 'throttled'
            WHEN ResponseCode >= 500 THEN 'failed'
            WHEN ResponseCode = 499 THEN 'caller gone'
            ELSE 'answered with an error'
        END AS Outcome
    FROM requests JOIN attempts USING (Id)
    GROUP BY Id
    HAVING count(*) > 1
),
ranked AS (
    SELECT
        *,
        row_number() OVER sorted AS Rank,
        count(*) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS Ranks
    FROM retried
    WINDOW sorted AS (PARTITION BY Outcome, ResponseCode, CodePath, RegionPath ORDER BY TotalTime)
)
SELECT
    Outcome AS "Outcome:string",
    ResponseCode AS "ResponseCode:int",
    CodePath AS "CodePath:string",
    RegionPath AS "RegionPath:string",
    count(*) AS "Requests:long",
    avg(TotalTime) AS "AverageTotalMs:real",
    min(iif(Rank * 100 >= Ranks * 95, TotalTime, NULL)) AS "P95TotalMs:long",
    min(TimeGenerated) AS "FirstSeen:datetime",
    max(TimeGenerated) AS "LastSeen:datetime"
FROM ranked
GROUP BY Outcome, ResponseCode, CodePath, RegionPath
ORDER BY count(*) DESC, Outcome, ResponseCode, CodePath, RegionPath
