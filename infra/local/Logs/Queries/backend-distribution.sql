WITH
backends AS MATERIALIZED (
    SELECT
        value ->> '$.name' AS Name,
        replace(lower(value ->> '$.region'), ' ', '') AS Region,
        value ->> '$.host' AS Host
    FROM json_each(@backends)
),
by_host AS (
    SELECT Host, Name FROM backends WHERE Host <> ''
),
by_region AS MATERIALIZED (
    SELECT Region, min(Name) AS Name FROM backends GROUP BY Region HAVING count(*) = 1
),
requests AS MATERIALIZED (
    SELECT
        Id, CorrelationId, min(TimeGenerated) AS TimeGenerated, Deployment, Function,
        ResponseCode, BackendInstance, BackendHost, BackendResponseCode, BackendTime, LastErrorReason
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND ApiId = @api_id AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
traced AS MATERIALIZED (
    SELECT Id, Attempt, Code, Region, Host, Milliseconds FROM requests JOIN AttemptRows USING (Id)
),
attempts AS MATERIALIZED (
    SELECT * FROM traced
    UNION ALL
    SELECT
        Id, coalesce(Attempts, 0) + 1, coalesce(BackendResponseCode, 0), '', BackendHost, BackendTime
    FROM requests LEFT JOIN (SELECT Id, max(Attempt) AS Attempts, Code AS LastCode FROM traced GROUP BY Id) USING (Id)
    WHERE BackendHost <> ''
        AND (Attempts IS NULL OR (LastCode <> 0 AND BackendResponseCode IS NULL AND LastErrorReason = 'ClientConnectionFailure'))
),
by_answer AS MATERIALIZED (
    SELECT Host, min(Name) AS Name
    FROM attempts JOIN by_region ON by_region.Region = replace(lower(attempts.Region), ' ', '')
    WHERE Host <> ''
    GROUP BY Host
    HAVING count(DISTINCT Name) = 1
),
numbered AS (
    SELECT
        requests.*, Attempt, Region, Host, Milliseconds,
        iif(Attempt IS NULL, ResponseCode, Code) AS Code,
        Attempt IS NULL OR Attempt = max(Attempt) OVER (PARTITION BY requests.Id) AS IsLast
    FROM requests LEFT JOIN attempts USING (Id)
),
calls AS MATERIALIZED (
    SELECT
        CorrelationId, TimeGenerated - TimeGenerated % @bin_size AS Start, Deployment, Function, IsLast, Code, Milliseconds,
        CASE
            WHEN Attempt IS NULL THEN ''
            WHEN numbered.Host = BackendHost AND backends.Name IS NOT NULL THEN backends.Name
            WHEN by_host.Name IS NOT NULL THEN by_host.Name
            WHEN by_region.Name IS NOT NULL THEN by_region.Name
            WHEN by_answer.Name IS NOT NULL THEN by_answer.Name
            WHEN Code = 0 THEN 'unknown'
            WHEN numbered.Host <> '' THEN numbered.Host
            WHEN numbered.Region <> '' THEN numbered.Region
            ELSE 'unknown'
        END AS Backend
    FROM numbered
    LEFT JOIN backends ON backends.Name = numbered.BackendInstance
    LEFT JOIN by_host ON by_host.Host = numbered.Host
    LEFT JOIN by_region ON by_region.Region = replace(lower(numbered.Region), ' ', '')
    LEFT JOIN by_answer ON by_answer.Host = numbered.Host
),
tokens AS MATERIALIZED (
    SELECT CorrelationId, max(PromptTokens) AS PromptTokens, max(CompletionTokens) AS CompletionTokens
    FROM ApiManagementGatewayLlmLog
    WHERE TimeGenerated BETWEEN @window_from - 36000000000 AND @window_to + 36000000000 AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
by_function AS (
    SELECT
        Start, Backend, Deployment, Function, count(*) AS Calls,
        coalesce(sum(PromptTokens), 0) AS PromptTokens, coalesce(sum(CompletionTokens), 0) AS CompletionTokens
    FROM calls JOIN tokens USING (CorrelationId)
    WHERE IsLast
    GROUP BY Start, Backend, Deployment, Function
),
used AS (
    SELECT
        Start, Backend, Deployment, sum(PromptTokens) AS PromptTokens, sum(CompletionTokens) AS CompletionTokens,
        json_group_object(Function, PromptTokens + CompletionTokens ORDER BY Function) AS TokensByFunction,
        json_group_object(
            Function,
            json_object('calls', Calls, 'completionTokens', CompletionTokens, 'promptTokens', PromptTokens)
            ORDER BY Function) AS UsageByFunction
    FROM by_function
    GROUP BY Start, Backend, Deployment
),
ranked AS (
    SELECT
        Start, Backend, Deployment, Milliseconds,
        row_number() OVER sorted AS Rank,
        count(*) OVER (sorted ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS Ranks
    FROM calls
    WHERE IsLast AND Milliseconds IS NOT NULL
    WINDOW sorted AS (PARTITION BY Start, Backend, Deployment ORDER BY Milliseconds)
),
times AS (
    SELECT
        Start, Backend, Deployment, avg(Milliseconds) AS AverageBackendMs,
        min(iif(Rank * 100 >= Ranks * 95, Milliseconds, NULL)) AS P95BackendMs
    FROM ranked
    GROUP BY Start, Backend, Deployment
),
bins AS (
    SELECT
        Start, Backend, Deployment,
        sum(IsLast) AS Requests,
        count(*) FILTER (WHERE IsLast AND Code BETWEEN 200 AND 299) AS Successes,
        count(*) FILTER (WHERE Code = 429) AS Throttled,
        count(*) FILTER (WHERE Code BETWEEN 400 AND 498 AND Code NOT IN (408, 429)) AS ClientErrors,
        count(*) FILTER (WHERE Code IN (408, 499) OR Code >= 500) AS ServerErrors,
        count(*) FILTER (WHERE Code = 0) AS Unanswered,
        count(*) FILTER (WHERE NOT IsLast) AS Retries
    FROM calls
    GROUP BY Start, Backend, Deployment
)
SELECT
    Start AS "Start:datetime",
    Backend AS "Backend:string",
    Deployment AS "Deployment:string",
    Requests AS "Requests:long",
    Successes AS "Successes:long",
    Throttled AS "Throttled:long",
    ClientErrors AS "ClientErrors:long",
    ServerErrors AS "ServerErrors:long",
    Unanswered AS "Unanswered:long",
    Retries AS "Retries:long",
    coalesce(PromptTokens, 0) AS "PromptTokens:long",
    coalesce(CompletionTokens, 0) AS "CompletionTokens:long",
    coalesce(AverageBackendMs, 0.0) AS "AverageBackendMs:real",
    coalesce(P95BackendMs, 0) AS "P95BackendMs:long",
    coalesce(TokensByFunction, '{}') AS "TokensByFunction:dynamic",
    coalesce(UsageByFunction, '{}') AS "UsageByFunction:dynamic"
FROM bins
LEFT JOIN used USING (Start, Backend, Deployment)
LEFT JOIN times USING (Start, Backend, Deployment)
ORDER BY Start, Backend, Deployment
