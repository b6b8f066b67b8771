using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Servers;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Logs;

/// <summary>
/// The query API of Log Analytics over the gateway's log file, for the queries of infra/queries. Any workspace id will do,
/// and any bearer token or none: there is one log, on one machine.
/// </summary>
public sealed class LogQueryServer : IAsyncDisposable
{
    private const int MaxBodyBytes = 1024 * 1024;

    // The most that Log Analytics takes for a query.
    private static readonly TimeSpan LongestQuery = TimeSpan.FromMinutes(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly WebApplication _app;

    private LogQueryServer(WebApplication app) => _app = app;

    /// <summary>The API's root; queries go to <c>v1/workspaces/{id}/query</c>.</summary>
    public Uri Endpoint => new(_app.Urls.Single());

    /// <summary>Starts it. It listens when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="SqliteException">The file can not be opened, or is no database.</exception>
    public static async Task<LogQueryServer> StartAsync(LogQueryOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        // The tables are there, whoever starts first.
        await LogDatabase.OpenForWriting(options.File).DisposeAsync();
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(options.Port, endpoint => endpoint.KestrelServerOptions.Limits.MaxRequestBodySize = MaxBodyBytes);
        return new LogQueryServer(await builder.StartAsync(
            app =>
            {
                app.Map("/v1/workspaces/{id}/query", Handle(http => AnswerAsync(http, options, timeProvider ?? TimeProvider.System)));
                app.Map("/{**path}", Handle(_ => throw new QueryException(StatusCodes.Status404NotFound, "PathNotFoundError", "The requested path does not exist")));
            },
            cancellationToken));
    }

    /// <summary>Stops it.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RequestDelegate Handle(Func<HttpContext, Task<object>> answer) => async http =>
    {
        object body;
        try
        {
            body = await answer(http);
        }
        catch (QueryException e)
        {
            http.Response.StatusCode = e.Status;
            body = new { error = e.Error };
        }

        await http.Response.WriteAsJsonAsync(body, Json);
    };

    private static async Task<object> AnswerAsync(HttpContext http, LogQueryOptions options, TimeProvider time)
    {
        QueryRequest request = await ReadAsync(http);
        if (QueryText.Parse(request.Query!) is not { } text || LogQueries.Find(text) is not { } query)
        {
            throw QueryException.OfProperties(
                "UnsupportedQuery",
                "This is not Log Analytics: only the queries of infra/queries are answered here, with other values between their marks "
                + $"'// parameters' and '// end of parameters'. They are {string.Join(", ", LogQueries.All.Select(query => query.Name + ".kql"))}.");
        }

        using var deadline = new CancellationTokenSource(LongestQuery, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        try
        {
            var now = time.GetUtcNow();
            var parameters = QueryParameters.Read(text, query, string.IsNullOrEmpty(request.Timespan) ? null : QueryParameters.ReadTimespan(request.Timespan, now), now);

            // SQLite works on the thread that asks it.
            return await Task.Run(() => LogQueryReader.ReadAll(options.File, query, parameters, now, options.MaxRows, stop.Token), stop.Token);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            throw QueryException.OfProperties("SemanticError", e.Message);
        }
        catch (Exception e) when (e is SqliteException or OperationCanceledException)
        {
            throw deadline.IsCancellationRequested
                ? new QueryException(StatusCodes.Status504GatewayTimeout, "GatewayTimeout", "The query took longer than it may. Ask for less at once.")
                : new QueryException(StatusCodes.Status500InternalServerError, "InternalServerError", "The log file can not be read.");
        }
    }

    private static async Task<QueryRequest> ReadAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            throw new QueryException(
                StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", $"{http.Request.Method} is not answered here; send the query with POST.");
        }

        try
        {
            return await http.Request.ReadFromJsonAsync<QueryRequest>(http.RequestAborted) is { Query.Length: > 0 } request
                ? request
                : throw new JsonException("The body has no query.");
        }
        catch (BadHttpRequestException e)
        {
            throw QueryException.OfProperties("InvalidRequest", e.Message, e.StatusCode);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the content type is another one.
            throw QueryException.OfProperties("InvalidJsonBody", e.Message);
        }
    }

    /// <summary>The body of a query: the KQL, and an ISO 8601 interval that narrows it.</summary>
    private sealed record QueryRequest(string? Query, string? Timespan);

    /// <summary>An error as Log Analytics answers it.</summary>
    private sealed class QueryException(int status, string code, string message, object? inner = null) : Exception(message)
    {
        public int Status => status;

        public object Error => new { code, message = Message, innererror = inner };

        /// <summary>Says what exactly is wrong with a request.</summary>
        public static QueryException OfProperties(string innerCode, string innerMessage, int status = StatusCodes.Status400BadRequest) =>
            new(status, "BadArgumentError", "The request had some invalid properties", new { code = innerCode, message = innerMessage });
    }
}

/// <summary>What a <see cref="LogQueryServer"/> is started with.</summary>
public sealed record LogQueryOptions
{
    /// <summary>The log file that the gateway writes.</summary>
    public required string File { get; init; }

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The most rows of a result; a larger one is cut and says so, as in Log Analytics.</summary>
    public int MaxRows { get; init; } = 500_000;
}
