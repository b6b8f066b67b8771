namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>Answers in the shapes that the Log Analytics query API has.</summary>
internal static class LogAnswers
{
    private const string Columns =
        """
        [{"name":"Start","type":"datetime"},{"name":"Backend","type":"string"},{"name":"Deployment","type":"string"},
         {"name":"Requests","type":"long"},{"name":"Successes","type":"long"},{"name":"Throttled","type":"long"},
         {"name":"ClientErrors","type":"long"},{"name":"ServerErrors","type":"long"},{"name":"Unanswered","type":"long"},
         {"name":"Retries","type":"long"},{"name":"PromptTokens","type":"long"},{"name":"CompletionTokens","type":"long"},
         {"name":"AverageBackendMs","type":"real"},{"name":"P95BackendMs","type":"long"},{"name":"TokensByFunction","type":"dynamic"},
         {"name":"UsageByFunction","type":"dynamic"}]
        """;

    public const string Row =
        """["2027-03-01T12:05:00Z","openai-primary","gpt-5.4-mini",9,7,1,2,3,4,5,600,70,81.5,95,"{\"Chat\":500,\"\":170}","{\"Chat\":{\"calls\":7,\"promptTokens\":450,\"completionTokens\":50}}"]""";

    public const string NullRow = """["2027-03-01T12:10:00.0000000Z","","",1,null,null,null,null,null,null,null,null,"NaN",null,null,null]""";

    public const string PartialError =
        """
        {"code":"PartialError","message":"There were some errors when processing your query.",
         "details":[{"code":"EngineError","message":"Something went wrong processing your query on the server.",
           "innererror":{"code":"-2133196797","message":"The results of this query exceed the set limit of 500000 records.","severity":2,"severityName":"Error"}}]}
        """;

    public const string SyntaxError =
        """
        {"error":{"message":"The request had some invalid properties","code":"BadArgumentError","correlationId":"b3a4",
          "innererror":{"code":"SemanticError","message":"A semantic error occurred.",
            "innererror":{"code":"SEM0100","message":"'where' operator: Failed to resolve table or column expression named 'ApiManagementGatewayLogs'"}}}}
        """;

    public const string Throttled = """{"error":{"message":"Rate limit is exceeded. Try again in 1 seconds.","code":"ThrottledError"}}""";

    public const string Unauthorized = """{"error":{"message":"Valid authentication was not provided","code":"AuthorizationRequiredError"}}""";

    public const string Forbidden = """{"error":{"message":"The provided credentials have insufficient access to perform the requested operation","code":"InsufficientAccessError"}}""";

    public const string NoWorkspace = """{"error":{"message":"The workspace could not be found","code":"WorkspaceNotFoundError"}}""";

    public static string Table(params string[] rows) =>
        $$"""{"tables":[{"name":"PrimaryResult","columns":{{Columns}},"rows":[{{string.Join(',', rows)}}]}]}""";

    public static string PartialTable(params string[] rows) => $$"""{{Table(rows)[..^1]}},"error":{{PartialError}}}""";
}
