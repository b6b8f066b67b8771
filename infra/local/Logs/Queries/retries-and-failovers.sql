WITH
requests AS MATERIALIZED (
    SELECT min(Id) AS Id, TimeGenerated, ResponseCode, TotalTime
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND ApiId = @api_id AND _IngestionTime <= @now
    GROUP BY CorrelationId
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
    FROM requests JOIN AttemptRows USING (Id)
    GROUP BY Id
    HAVING count(*) > 1
),
ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY Outcome, ResponseCode, CodePath, RegionPath ORDER BY TotalTime) AS Rank,
        count(*) OVER (PARTITION BY Outcome, ResponseCode, CodePath, RegionPath) AS Ranks
    FROM retried
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
ORDER BY count(*) DESC, Outcome, CodePath, RegionPath
