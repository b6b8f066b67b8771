namespace ContosoSuites.Local.Logs;

/// <summary>An error as Log Analytics answers it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Its code.</param>
/// <param name="Message">What it says.</param>
/// <param name="Inner">What exactly is wrong; null when that is all.</param>
internal sealed record QueryError(int Status, string Code, string Message, QueryError.Detail? Inner = null)
{
    private const string InvalidProperties = "The request had some invalid properties";

    public static QueryError PathNotFound { get; } = new(StatusCodes.Status404NotFound, "PathNotFoundError", "The requested path does not exist");

    public static QueryError Timeout { get; } = new(
        StatusCodes.Status504GatewayTimeout, "GatewayTimeout", "The query took longer than it may. Ask for less at once, or for more time with Prefer: wait=SECONDS.");

    public static QueryError Internal { get; } = new(StatusCodes.Status500InternalServerError, "InternalServerError", "The log file can not be read.");

    public static QueryError MethodNotAllowed(string method) =>
        new(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", $"{method} is not answered here; send the query with POST.");

    public static QueryError OfRequest(int status, string message) => new(status, "BadArgumentError", InvalidProperties, new Detail("InvalidRequest", message));

    public static QueryError InvalidBody(string message) =>
        new(StatusCodes.Status400BadRequest, "BadArgumentError", InvalidProperties, new Detail("InvalidJsonBody", message));

    public static QueryError InvalidParameter(string message) =>
        new(StatusCodes.Status400BadRequest, "BadArgumentError", InvalidProperties, new Detail("SemanticError", message));

    public static QueryError UnknownQuery() => new(
        StatusCodes.Status400BadRequest,
        "BadArgumentError",
        InvalidProperties,
        new Detail(
            "UnsupportedQuery",
            "This is not Log Analytics: only the queries of infra/queries are answered here, with other values between their marks "
            + $"'// parameters' and '// end of parameters'. They are {string.Join(", ", LogQueries.All.Select(query => query.Name + ".kql"))}."));

    public Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        return http.Response.WriteAsJsonAsync(new Envelope(new Body(Code, Message, Inner)), QueryJsonContext.Default.Envelope, cancellationToken: http.RequestAborted);
    }

    /// <summary>What is wrong in particular.</summary>
    internal sealed record Detail(string Code, string Message);

    /// <summary>The error on the wire.</summary>
    internal sealed record Body(string Code, string Message, Detail? Innererror);

    /// <summary>The body of the response.</summary>
    internal sealed record Envelope(Body Error);
}
