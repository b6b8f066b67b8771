using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Logs;

/// <summary><c>POST /v1/workspaces/{id}/query</c>, and what everything else is answered with.</summary>
internal sealed partial class QueryEndpoint(string file, int maxRows, TimeProvider time, ILogger<LogQueryServer> logger)
{
    // What Log Analytics takes when the caller does not say (Prefer: wait=N), and the most that it takes.
    private static readonly TimeSpan StandardWait = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path.Value?.Split('/') is not ["", "v1", "workspaces", { Length: > 0 }, "query"])
        {
            await QueryError.PathNotFound.WriteAsync(http);
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await QueryError.MethodNotAllowed(http.Request.Method).WriteAsync(http);
            return;
        }

        QueryRequest? request;
        try
        {
            request = await http.Request.ReadFromJsonAsync(QueryJsonContext.Default.QueryRequest, http.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            await QueryError.OfRequest(exception.StatusCode, exception.Message).WriteAsync(http);
            return;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the content type is another one.
            await QueryError.InvalidBody(exception.Message).WriteAsync(http);
            return;
        }

        await AnswerAsync(http, request);
    }

    private async Task AnswerAsync(HttpContext http, QueryRequest? request)
    {
        if (request?.Query is not { Length: > 0 } text)
        {
            await QueryError.InvalidBody("The body has no query.").WriteAsync(http);
            return;
        }

        if (!QueryText.TryParse(text, out var parsed) || !LogQueries.TryFind(parsed, out var query))
        {
            await QueryError.UnknownQuery().WriteAsync(http);
            return;
        }

        var now = time.GetUtcNow();
        Dictionary<string, object> parameters;
        try
        {
            QueryTimespan? timespan = string.IsNullOrEmpty(request.Timespan) ? null : QueryTimespan.Parse(request.Timespan, now);
            parameters = QueryParameters.Read(parsed, query, timespan, now);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            await QueryError.InvalidParameter(exception.Message).WriteAsync(http);
            return;
        }

        await RunAsync(http, query, parameters, now);
    }

    private async Task RunAsync(HttpContext http, LogQuery query, Dictionary<string, object> parameters, DateTimeOffset now)
    {
        using var deadline = new CancellationTokenSource(Wait(http.Request), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        try
        {
            // SQLite works on the thread that asks it, for seconds where there is much to read: none of the pool's, which requests need.
            using var reader = await Task.Factory.StartNew(
                () => LogQueryReader.Start(file, query, parameters, now, stop.Token), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await QueryResponse.WriteAsync(http.Response, reader, maxRows, stop.Token);
        }
        catch (Exception exception) when (exception is SqliteException or OperationCanceledException or IOException)
        {
            if (http.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (!deadline.IsCancellationRequested)
            {
                LogFailed(query.Name, file, exception);
            }

            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await (deadline.IsCancellationRequested ? QueryError.Timeout : QueryError.Internal).WriteAsync(http);
        }
    }

    private static TimeSpan Wait(HttpRequest request)
    {
        foreach (var preference in request.Headers.GetCommaSeparatedValues("Prefer"))
        {
            if (preference.Split('=', StringSplitOptions.TrimEntries) is ["wait", var seconds] && uint.TryParse(seconds, out var count) && count > 0)
            {
                return count < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(count) : LongestWait;
            }
        }

        return StandardWait;
    }

    [LoggerMessage(1, LogLevel.Error, "The query {Query} failed on {File}.")]
    private partial void LogFailed(string query, string file, Exception exception);
}
