using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Logs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The query API answers as Log Analytics does.</summary>
public sealed class LogQueryServerTests : IAsyncLifetime
{
    private readonly LogWorkspace _logs = new();
    private readonly HttpClient _client = new();
    private LogQueryServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _logs
            .Request("1", "12:00:00", 200, ["attempt=1;region=swedencentral;code=200;host=h:1;ms=10"]).Tokens("1", "12:00:00", 5, 1)
            .Request("2", "12:06:00", 200, ["attempt=1;region=francecentral;code=200;host=h:2;ms=21"])
            .Request("3", "12:06:30", 200, ["attempt=1;region=francecentral;code=200;host=h:2;ms=22"])
            .Request("4", "12:07:00", 401, reason: "SubscriptionKeyInvalid");
        _server = await StartAsync(500_000);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task A_query_of_the_folder_is_answered_in_the_format_of_Log_Analytics()
    {
        using var response = await SendAsync(new { query = LogQueries.Kql("backend-distribution") });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            {"tables":[{"name":"PrimaryResult","columns":[
            {"name":"Start","type":"datetime"},{"name":"Backend","type":"string"},{"name":"Deployment","type":"string"},
            {"name":"Requests","type":"long"},{"name":"Successes","type":"long"},{"name":"Throttled","type":"long"},
            {"name":"ClientErrors","type":"long"},{"name":"ServerErrors","type":"long"},{"name":"Unanswered","type":"long"},
            {"name":"Retries","type":"long"},{"name":"PromptTokens","type":"long"},{"name":"CompletionTokens","type":"long"},
            {"name":"AverageBackendMs","type":"real"},{"name":"P95BackendMs","type":"long"},{"name":"TokensByFunction","type":"dynamic"},
            {"name":"UsageByFunction","type":"dynamic"}],"rows":[
            ["2026-03-01T12:00:00Z","openai-primary","gpt-5.4-mini",1,1,0,0,0,0,0,5,1,10,10,"{\u0022Chat\u0022:6}","{\u0022Chat\u0022:{\u0022calls\u0022:1,\u0022completionTokens\u0022:1,\u0022promptTokens\u0022:5}}"],
            ["2026-03-01T12:05:00Z","","gpt-5.4-mini",1,0,0,1,0,0,0,0,0,0,0,"{}","{}"],
            ["2026-03-01T12:05:00Z","openai-secondary","gpt-5.4-mini",2,2,0,0,0,0,0,0,0,21.5,22,"{}","{}"]]}]}
            """.ReplaceLineEndings(""),
            await TextAsync(response));
    }

    [Fact]
    public async Task Fractions_of_seconds_and_nulls_keep_their_form()
    {
        _logs.Request("5", "12:08:00.1234567", 503, reason: "BackendPoolUnavailable", total: 1);

        using var response = await SendAsync(new { query = LogQueries.Kql("failure-analysis") });

        Assert.Contains("""["BackendPoolUnavailable",503,null,"BackendPoolUnavailable","","chat-completions",1,1,1,"2026-03-01T12:08:00.1234567Z","2026-03-01T12:08:00.1234567Z"]""", await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ago(24h)", "now()", 3)]
    [InlineData("ago(55m)", "now()", 2)]
    [InlineData("datetime(2026-03-01T12:05:00Z)", "datetime(2026-03-01T12:06:30Z)", 1)]
    [InlineData("datetime(2026-03-01)", "datetime(2026-03-01 12:05:00)", 1)]
    public async Task Parameters_are_read_from_the_text(string from, string to, int rows)
    {
        Assert.Equal(rows, (await RowsAsync(new { query = Query(from, to) })).GetArrayLength());
    }

    [Theory]
    [InlineData("PT55M", 2)]
    [InlineData("2026-03-01T11:00:00Z/2026-03-01T12:01:00Z", 1)]
    [InlineData("2026-03-01T12:05:00Z/PT1H", 2)]
    [InlineData("PT1M/2026-03-01T12:01:00Z", 1)]
    public async Task The_timespan_narrows_the_window(string timespan, int rows)
    {
        Assert.Equal(rows, (await RowsAsync(new { query = LogQueries.Kql("backend-distribution"), timespan })).GetArrayLength());
    }

    [Theory]
    [InlineData("2026-03-01T11:00:00Z/2026-03-01T12:30:00Z", 5)]
    [InlineData("2026-03-01T11:00:00Z/2026-03-01T12:29:59Z", 0)]
    [InlineData("2026-03-01T11:00:00Z/2026-03-01T12:00:00Z", 0)]
    public async Task The_timespan_is_laid_on_the_tokens_too(string timespan, int tokens)
    {
        using var logs = new LogWorkspace();
        logs.Request("1", "12:00:00", 200).Tokens("1", "12:30:00", 5, 1);
        await using var server = await LogQueryServer.StartAsync(
            new LogQueryOptions { File = logs.File }, new FakeTimeProvider(LogWorkspace.At("13:00:00")), Cancellation);

        using var response = await LogQueryClient.SendAsync(_client, server.Endpoint, new { query = LogQueries.Kql("backend-distribution"), timespan }, Cancellation);

        var row = JsonElement.Parse(await TextAsync(response)).GetProperty("tables")[0].GetProperty("rows")[0];
        Assert.Equal([1, tokens], new[] { row[3].GetInt32(), row[10].GetInt32() });
    }

    [Fact]
    public async Task Names_of_backends_and_bins_are_the_callers()
    {
        var query = LogQueries.Kql("backend-distribution")
            .Replace("let bin_size = 5m;", "let bin_size = 1h;", StringComparison.Ordinal)
            .Replace("""{"name":"openai-primary",""", """{"name":"it's; one",""", StringComparison.Ordinal)
            .ReplaceLineEndings("\r\n");

        var rows = await RowsAsync(new { query });

        Assert.Equal(["", "it's; one", "openai-secondary"], rows.EnumerateArray().Select(row => row[1].GetString()));
    }

    [Fact]
    public async Task A_result_beyond_the_limit_is_partial()
    {
        await using var server = await StartAsync(2);
        using var response = await LogQueryClient.SendAsync(_client, server.Endpoint, new { query = LogQueries.Kql("backend-distribution") }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = JsonElement.Parse(await TextAsync(response));
        Assert.Equal(2, answer.GetProperty("tables")[0].GetProperty("rows").GetArrayLength());
        Assert.Equal("PartialError", answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("2 records", answer.GetProperty("error").GetProperty("details")[0].GetProperty("innererror").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_at_the_limit_is_whole()
    {
        await using var server = await StartAsync(3);
        using var response = await LogQueryClient.SendAsync(_client, server.Endpoint, new { query = LogQueries.Kql("backend-distribution") }, Cancellation);

        Assert.DoesNotContain("PartialError", await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiManagementGatewayLogs | count")]
    [InlineData("")]
    [InlineData("// parameters\nlet x = 1;\n// end of parameters\nApiManagementGatewayLogs | count")]
    [InlineData("// parameters\ndrop table x;\n// end of parameters\nApiManagementGatewayLogs | count")]
    public async Task Another_query_is_refused_with_those_that_there_are(string query)
    {
        var error = await ErrorAsync(await SendAsync(new { query }), HttpStatusCode.BadRequest);

        Assert.Equal("BadArgumentError", error.GetProperty("code").GetString());
        var inner = error.GetProperty("innererror").GetProperty("message").GetString()!;
        Assert.True(query.Length == 0 || inner.Contains("backend-distribution.kql, failure-analysis.kql, retries-and-failovers.kql, tokens-by-caller.kql", StringComparison.Ordinal), inner);
    }

    [Theory]
    [InlineData("let window_from = ago(24h);", "let window_from = ago(24 hours);", "24 hours")]
    [InlineData("let window_from = ago(24h);", "let window_from = 'yesterday';", "window_from")]
    [InlineData("let window_from = ago(24h);", "", "window_from is missing")]
    [InlineData("let window_from = ago(24h);", "let window_from = ago(24h);\nlet extra = 1;", "no parameter extra")]
    [InlineData("let window_from = ago(24h);", "let window_from = datetime(next week);", "next week")]
    [InlineData("let bin_size = 5m;", "let bin_size = 0m;", "bin_size")]
    [InlineData("""{"name":"openai-primary",""", "{name:", "JSON")]
    public async Task A_wrong_parameter_is_named(string line, string replacement, string expected)
    {
        var query = LogQueries.Kql("backend-distribution").Replace(line, replacement, StringComparison.Ordinal);

        var error = await ErrorAsync(await SendAsync(new { query }), HttpStatusCode.BadRequest);

        Assert.Contains(expected, error.GetProperty("innererror").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P1Y2")]
    [InlineData("tomorrow/P1D")]
    [InlineData("P999999999D")]
    public async Task A_wrong_timespan_is_refused(string timespan)
    {
        await ErrorAsync(await SendAsync(new { query = LogQueries.Kql("backend-distribution"), timespan }), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("""{"query":1}""", "application/json")]
    [InlineData("query", "text/plain")]
    [InlineData("{}", "application/json")]
    [InlineData("null", "application/json")]
    public async Task A_body_that_is_no_query_is_refused(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        var response = await _client.PostAsync(new Uri(_server.Endpoint, "v1/workspaces/x/query"), content, Cancellation);

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);

        Assert.Equal("InvalidJsonBody", error.GetProperty("innererror").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("GET", "v1/workspaces/x/query", HttpStatusCode.MethodNotAllowed, "MethodNotAllowed")]
    [InlineData("POST", "v1/workspaces/x/metadata", HttpStatusCode.NotFound, "PathNotFoundError")]
    [InlineData("POST", "v1/workspaces//query", HttpStatusCode.NotFound, "PathNotFoundError")]
    [InlineData("GET", "", HttpStatusCode.NotFound, "PathNotFoundError")]
    public async Task Other_routes_and_methods_are_refused(string method, string path, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server.Endpoint, path));

        var error = await ErrorAsync(await _client.SendAsync(request, Cancellation), status);

        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        // Asked first: whoever just sends is cut off in the middle, and may see that before the answer.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Endpoint, "v1/workspaces/x/query"))
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query = new string('x', 2 * 1024 * 1024) }), Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;

        await ErrorAsync(await _client.SendAsync(request, Cancellation), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_token_and_a_preference_are_taken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Endpoint, "v1/workspaces/x/query"))
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query = LogQueries.Kql("tokens-by-caller") }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "anything");
        request.Headers.Add("Prefer", "include-statistics=true, wait=600");

        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_query_that_takes_longer_than_it_may_is_told_so()
    {
        await using var server = await LogQueryServer.StartAsync(new LogQueryOptions { File = _logs.File }, new HastyTimeProvider(), Cancellation);

        var response = await LogQueryClient.SendAsync(_client, server.Endpoint, new { query = LogQueries.Kql("tokens-by-caller") }, Cancellation);

        var error = await ErrorAsync(response, HttpStatusCode.GatewayTimeout);
        Assert.Contains("longer than it may", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_an_error_of_the_server()
    {
        var file = Path.Combine(Path.GetDirectoryName(_logs.File)!, "other.db");
        await using var server = await LogQueryServer.StartAsync(new LogQueryOptions { File = file }, cancellationToken: Cancellation);
        File.Delete(file);

        var response = await LogQueryClient.SendAsync(_client, server.Endpoint, new { query = LogQueries.Kql("tokens-by-caller") }, Cancellation);

        var error = await ErrorAsync(response, HttpStatusCode.InternalServerError);
        Assert.Equal("InternalServerError", error.GetProperty("code").GetString());
    }

    private static string Query(string from, string to) => LogQueries.Kql("backend-distribution")
        .Replace("let window_from = ago(24h);", $"let window_from = {from};", StringComparison.Ordinal)
        .Replace("let window_to = now();", $"let window_to = {to};", StringComparison.Ordinal);

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            return JsonElement.Parse(await TextAsync(response)).GetProperty("error");
        }
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    private Task<LogQueryServer> StartAsync(int maxRows) => LogQueryServer.StartAsync(
        new LogQueryOptions { File = _logs.File, MaxRows = maxRows }, new FakeTimeProvider(LogWorkspace.At("13:00:00")), Cancellation);

    private Task<HttpResponseMessage> SendAsync(object body) => LogQueryClient.SendAsync(_client, _server.Endpoint, body, Cancellation);

    private async Task<JsonElement> RowsAsync(object body)
    {
        using var response = await SendAsync(body);
        return JsonElement.Parse(await TextAsync(response)).GetProperty("tables")[0].GetProperty("rows");
    }

    /// <summary>Whatever is given some time has used it up at once.</summary>
    private sealed class HastyTimeProvider : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            Advance(dueTime);
            return timer;
        }
    }
}
