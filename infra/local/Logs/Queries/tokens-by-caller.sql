WITH
requests AS (
    SELECT
        CorrelationId, min(TimeGenerated) AS TimeGenerated, Function,
        ApimSubscriptionId AS Subscription, CallerIpAddress AS ClientAddress, Deployment
    FROM RequestRows
    WHERE TimeGenerated >= @window_from AND TimeGenerated < @window_to AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND ApiId = @api_id AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
tokens AS (
    SELECT
        CorrelationId, max(PromptTokens) AS PromptTokens, max(CompletionTokens) AS CompletionTokens, max(TotalTokens) AS TotalTokens
    FROM ApiManagementGatewayLlmLog
    WHERE TimeGenerated BETWEEN @window_from - 36000000000 AND @window_to + 36000000000 AND TimeGenerated BETWEEN @tables_from AND @tables_to
        AND _IngestionTime <= @now
    GROUP BY CorrelationId
),
prices AS (
    SELECT
        key AS Deployment,
        CAST(@prices ->> (fullkey || '.prompt') AS REAL) AS PromptPrice,
        CAST(@prices ->> (fullkey || '.completion') AS REAL) AS CompletionPrice
    FROM json_each(@prices)
)
SELECT
    TimeGenerated - TimeGenerated % @bin_size AS "Start:datetime",
    Function AS "Function:string",
    Subscription AS "Subscription:string",
    ClientAddress AS "ClientAddress:string",
    Deployment AS "Deployment:string",
    count(*) AS "Requests:long",
    coalesce(sum(PromptTokens), 0) AS "PromptTokens:long",
    coalesce(sum(CompletionTokens), 0) AS "CompletionTokens:long",
    coalesce(sum(TotalTokens), 0) AS "TotalTokens:long",
    (coalesce(sum(PromptTokens), 0) * PromptPrice + coalesce(sum(CompletionTokens), 0) * CompletionPrice) / 1000000 AS "Cost:real"
FROM requests JOIN tokens USING (CorrelationId) LEFT JOIN prices USING (Deployment)
GROUP BY "Start:datetime", Function, Subscription, ClientAddress, Deployment
ORDER BY "Start:datetime", Function, Subscription, ClientAddress, Deployment
