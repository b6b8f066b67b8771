using System.Diagnostics;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>The way to the query API over the wire, with answers in its shapes.</summary>
public sealed class LogAnalyticsClientTests
{
    private const string Workspace = "6f0f7c9e-3c55-4c0b-9d3e-2a52a35d7a11";

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_for_a_window_and_reads_its_bins()
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(200, LogAnswers.Table(LogAnswers.Row, LogAnswers.NullRow)));

        DistributionReading reading = await ReadAsync(api);

        Assert.Null(reading.PartialReason);
        DistributionBin bin = reading.Bins[0];
        Assert.Equal(new Dictionary<string, long> { ["Chat"] = 500, [""] = 170 }, bin.TokensByFunction);
        Assert.Equal(new Dictionary<string, FunctionUsage> { ["Chat"] = new(7, 450, 50) }, bin.UsageByFunction);
        Assert.Equal(
            new DistributionBin
            {
                Start = Bins.At(1),
                Backend = "openai-primary",
                Deployment = "gpt-5.4-mini",
                Requests = 9,
                Successes = 7,
                Throttled = 1,
                ClientErrors = 2,
                ServerErrors = 3,
                Unanswered = 4,
                Retries = 5,
                PromptTokens = 600,
                CompletionTokens = 70,
                AverageBackendMs = 81.5,
                P95BackendMs = 95,
                TokensByFunction = bin.TokensByFunction,
                UsageByFunction = bin.UsageByFunction,
            },
            bin);
        Assert.Empty(reading.Bins[1].TokensByFunction);
        Assert.Empty(reading.Bins[1].UsageByFunction);
        Assert.Equal((Bins.At(2), "", 1, 0, 0d), (reading.Bins[1].Start, reading.Bins[1].Backend, reading.Bins[1].Requests, reading.Bins[1].PromptTokens, reading.Bins[1].AverageBackendMs));

        StubRequest request = Assert.Single(api.Requests);
        Assert.Equal(("POST", $"/v1/workspaces/{Workspace}/query"), (request.Method, request.Target));
        Assert.Equal("wait=10", request.Headers["Prefer"]);
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        string query = JsonElement.Parse(request.Body).GetProperty("query").GetString()!;
        Assert.Contains("let window_from = datetime(2027-03-01T12:00:00Z);\nlet window_to = datetime(2027-03-01T13:00:00Z);\nlet bin_size = 1m;\n", query, StringComparison.Ordinal);
        Assert.Contains("let backends = dynamic([{\"name\":\"openai-primary\",\"region\":\"swedencentral\",\"host\":\"\"}", query, StringComparison.Ordinal);
        Assert.Contains("\n// end of parameters\n", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_answer_says_why()
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(200, LogAnswers.PartialTable(LogAnswers.Row)));

        DistributionReading reading = await ReadAsync(api);

        Assert.Single(reading.Bins);
        Assert.Equal("PartialError: The results of this query exceed the set limit of 500000 records", reading.PartialReason);
    }

    [Fact]
    public async Task As_many_rows_as_are_allowed_may_not_be_all()
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(200, LogAnswers.Table(LogAnswers.Row, LogAnswers.NullRow)));

        Assert.NotNull((await ReadAsync(api, rowLimit: 2)).PartialReason);
        Assert.Null((await ReadAsync(api, rowLimit: 3)).PartialReason);
    }

    [Fact]
    public async Task Waits_as_long_as_a_throttling_answer_says_and_asks_again()
    {
        int asked = 0;
        await using StubBackend api = await StubBackend.StartAsync("none", http =>
            ++asked == 1 ? Stub.Answer(429, LogAnswers.Throttled, retryAfter: "1")(http) : Stub.Answer(200, LogAnswers.Table(LogAnswers.Row))(http));

        long start = Stopwatch.GetTimestamp();
        Assert.Single((await ReadAsync(api)).Bins);

        Assert.Equal(2, asked);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.95));
    }

    [Theory]
    [InlineData(400, LogAnswers.SyntaxError, "Failed to resolve table", "diagnostic setting")]
    [InlineData(400, "<html>", "Bad Request", "LogAnalytics:WorkspaceId")]
    [InlineData(401, LogAnswers.Unauthorized, "401", "Log Analytics Reader")]
    [InlineData(403, LogAnswers.Forbidden, "403", "Log Analytics Reader")]
    [InlineData(404, LogAnswers.NoWorkspace, "does not know the workspace", "LogAnalytics:WorkspaceId")]
    [InlineData(429, LogAnswers.Throttled, "throttles", "BackendDistributionSchedule")]
    [InlineData(504, "", "took too long", "LogAnalytics:TimeoutSeconds")]
    [InlineData(500, """{"error":{"code":"InternalError","message":"Oops."}}""", "InternalError: Oops", "next run")]
    public async Task A_refusal_says_what_to_do(int status, string body, string what, string help)
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(status, body));

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => ReadAsync(api));

        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Contains(help, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Url.Authority, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"tables":[]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"Start","type":"datetime"}],"rows":{}}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"Start","type":"datetime"}],"rows":[["2027-03-01T12:05:00Z"]]}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"A"},{"name":"A"}],"rows":[]}]}""")]
    public async Task What_is_no_table_of_bins_is_no_answer(string body)
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(200, body));

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => ReadAsync(api));

        Assert.Contains("LogAnalytics:Endpoint", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-01T12:05:00Z", "yesterday")]
    [InlineData("2027-03-01T12:05:00Z", "2027-03-01T11:55:00Z")]
    [InlineData("2027-03-01T12:05:00Z", "2027-03-01T13:00:00Z")]
    [InlineData("2027-03-01T12:05:00Z", "2027-03-01T12:05:01Z")]
    [InlineData("\"openai-primary\"", "7")]
    [InlineData(",9,7,", ",\"nine\",7,")]
    [InlineData(",9,7,", ",9.5,7,")]
    [InlineData("{\\\"Chat\\\":500", "{\\\"Chat\\\":true")]
    [InlineData(",95,\"{\\\"Chat\\\":500,\\\"\\\":170}\"", "")]
    public async Task A_cell_that_can_not_be_is_no_answer(string cell, string other)
    {
        Assert.Contains(cell, LogAnswers.Row, StringComparison.Ordinal);
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Answer(200, LogAnswers.Table(LogAnswers.Row.Replace(cell, other, StringComparison.Ordinal))));

        await Assert.ThrowsAsync<LogQueryException>(() => ReadAsync(api));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Hang);
        Task<DistributionReading> reading = ReadAsync(api);
        await api.ArrivalAsync(Cancellation);

        _clock.Advance(TimeSpan.FromSeconds(10));

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => reading);
        Assert.Contains("within 10 seconds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_host_is_no_failure()
    {
        await using StubBackend api = await StubBackend.StartAsync("none", Stub.Hang);
        using var stop = new CancellationTokenSource();
        Task<DistributionReading> reading = ReadAsync(api, cancellationToken: stop.Token);
        await api.ArrivalAsync(Cancellation);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task An_address_where_nobody_is_names_its_setting()
    {
        StubBackend api = await StubBackend.StartAsync("none");
        await api.DisposeAsync();

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => ReadAsync(api));

        Assert.Contains("LogAnalytics:Endpoint", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using StubBackend elsewhere = await StubBackend.StartAsync("elsewhere", Stub.Answer(200, LogAnswers.Table()));
        await using StubBackend api = await StubBackend.StartAsync("none", http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<LogQueryException>(() => ReadAsync(api));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task In_Azure_a_token_for_the_API_is_due()
    {
        var settings = new LogAnalyticsSettings { WorkspaceId = Workspace, Endpoint = "https://localhost:1/" };
        var credential = new NoCredential();

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => Client(settings, credential).QueryAsync("print 1", Cancellation));

        Assert.Equal(["https://localhost:1/.default"], credential.Scopes);
        Assert.Contains("AZURE_CLIENT_ID", e.Message, StringComparison.Ordinal);
    }

    private Task<DistributionReading> ReadAsync(StubBackend api, int rowLimit = DistributionLog.RowLimit, CancellationToken? cancellationToken = null)
    {
        var settings = new LogAnalyticsSettings { WorkspaceId = Workspace, Endpoint = api.Url.GetLeftPart(UriPartial.Authority), TimeoutSeconds = 10 };
        var log = new DistributionLog(Client(settings, new NoCredential()), DistributionQuery.Load(BackendConfiguration.Load(null)), rowLimit);
        return log.ReadAsync(Bins.At(0), Bins.At(12), cancellationToken ?? Cancellation);
    }

    private LogAnalyticsClient Client(LogAnalyticsSettings settings, TokenCredential credential) =>
        new(LogAnalyticsPipeline.Create(settings, credential, retryDelay: TimeSpan.FromMilliseconds(1)), settings, _clock);

    private sealed class NoCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            throw new CredentialUnavailableException("Nobody is signed in.");
        }
    }
}
