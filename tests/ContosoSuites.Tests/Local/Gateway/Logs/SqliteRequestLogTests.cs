using System.Net;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Logs;

public sealed class SqliteRequestLogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_all_its_columns()
    {
        var record = Record(record =>
        {
            record.OperationId = "chat-completions";
            record.SubscriptionId = "local";
            record.ResponseCode = 200;
            record.TotalTime = TimeSpan.FromMilliseconds(1234.9);
            record.LastErrorReason = "Timeout";
            record.Attempts.Add(new AttemptRecord("openai-primary", new Uri("http://127.0.0.1:1/openai/x"), 429, ForwardError.None, TimeSpan.FromMilliseconds(20)));
            record.Attempts.Add(new AttemptRecord("openai-secondary", new Uri("http://127.0.0.1:2/openai/x?api-key=secret"), 200, ForwardError.None, TimeSpan.FromMilliseconds(30)));
            record.Traces.Add(new TraceRecord("backend-attempt", "information", "attempt=1;\"é\"", new Dictionary<string, string> { ["k"] = "v" }));
        });

        await WriteAsync(record);

        var row = Assert.Single(_file.Rows("ApiManagementGatewayLogs"));
        Assert.Equal(Noon.UtcTicks, row["TimeGenerated"]);
        Assert.Equal(record.RequestId.ToString(), row["CorrelationId"]);
        Assert.Equal("azure-openai", row["ApiId"]);
        Assert.Equal("chat-completions", row["OperationId"]);
        Assert.Equal("POST", row["Method"]);
        Assert.Equal("http://localhost:7080/openai/deployments/m/chat/completions?api-version=1&***", row["Url"]);
        Assert.Equal(200L, row["ResponseCode"]);
        Assert.Equal(1234L, row["TotalTime"]);
        Assert.Equal("openai-secondary", row["BackendId"]);
        Assert.Equal("http://127.0.0.1:2/openai/x?***", row["BackendUrl"]);
        Assert.Equal(200L, row["BackendResponseCode"]);
        Assert.Equal(50L, row["BackendTime"]);
        Assert.Equal("10.0.0.7", row["CallerIpAddress"]);
        Assert.Equal("local", row["ApimSubscriptionId"]);
        Assert.Equal("""{"x-contoso-function":"Chat"}""", row["RequestHeaders"]);
        Assert.Equal("Timeout", row["LastErrorReason"]);
        Assert.Equal(
            """[{"source":"backend-attempt","severity":"information","message":"attempt=1;\u0022\u00E9\u0022","metadata":{"k":"v"}}]""", row["TraceRecords"]);
        Assert.Equal("test", row["Region"]);
        Assert.Empty(_file.Rows("ApiManagementGatewayLlmLog"));
    }

    [Fact]
    public async Task A_bare_request_has_empty_texts_and_no_numbers()
    {
        await WriteAsync(new RequestRecord(Guid.NewGuid(), Noon));

        var row = Assert.Single(_file.Rows("ApiManagementGatewayLogs"));
        Every.One(["ApiId", "OperationId", "BackendId", "BackendUrl", "CallerIpAddress", "ApimSubscriptionId", "LastErrorReason"], name => Assert.Equal("", row[name]));
        Assert.Null(row["BackendResponseCode"]);
        Assert.Equal("{}", row["RequestHeaders"]);
        Assert.Equal("[]", row["TraceRecords"]);
    }

    [Fact]
    public async Task A_model_call_has_a_row_with_its_tokens()
    {
        var record = Record(record => record.Usage = new LlmUsage("gpt-5.4-mini", "gpt-5.4-mini-2025", 11, 7, 18, IsStream: true));

        await WriteAsync(record);

        var row = Assert.Single(_file.Rows("ApiManagementGatewayLlmLog"));
        Assert.Equal(record.RequestId.ToString(), row["CorrelationId"]);
        Assert.Equal("gpt-5.4-mini", row["DeploymentName"]);
        Assert.Equal("gpt-5.4-mini-2025", row["ModelName"]);
        Assert.Equal(11L, row["PromptTokens"]);
        Assert.Equal(7L, row["CompletionTokens"]);
        Assert.Equal(18L, row["TotalTokens"]);
        Assert.Equal(1L, row["IsStreamCompletion"]);
        Assert.Equal(0L, row["SequenceNumber"]);
        Assert.Null(row["RequestMessages"]);
        Assert.Null(row["ResponseMessages"]);
    }

    [Fact]
    public async Task Nothing_is_lost_on_a_clean_stop()
    {
        const int Count = 20_000;
        var log = Log(new FakeTimeProvider(Noon));
        await Parallel.ForAsync(0, Count, Cancellation, (_, _) =>
        {
            log.Write(new RequestRecord(Guid.NewGuid(), Noon));
            return ValueTask.CompletedTask;
        });
        await log.DisposeAsync();

        Assert.Equal(Count, log.Written);
        Assert.Equal(0, log.Dropped);
        Assert.Equal(Count, _file.Rows("ApiManagementGatewayLogs").Select(row => row["CorrelationId"]).Distinct().Count());
    }

    [Fact]
    public async Task A_full_queue_drops()
    {
        using var holder = _file.Lock();
        await using var log = Log(new FakeTimeProvider(Noon), options => options with { QueueCapacity = 10 });

        // The writer can take at most one batch out of the queue while somebody else holds the file.
        for (var i = 0; i < 1000; i++)
        {
            log.Write(new RequestRecord(Guid.NewGuid(), Noon));
        }

        Assert.InRange(log.Dropped, 980, 990);
        holder.Dispose();
        await log.FlushAsync(Cancellation);

        Assert.Equal(1000, log.Written + log.Dropped);
        Assert.Equal(log.Written, _file.Rows("ApiManagementGatewayLogs").Count);
    }

    [Fact]
    public async Task A_row_can_be_queried_only_after_the_ingestion_delay()
    {
        var time = new FakeTimeProvider(Noon);
        await using var log = Log(time, options => options with { IngestionDelay = TimeSpan.FromMinutes(3) });
        log.Write(new RequestRecord(Guid.NewGuid(), Noon));
        await log.FlushAsync(Cancellation);

        Assert.Equal((Noon + TimeSpan.FromMinutes(3)).UtcTicks, Assert.Single(_file.Rows("ApiManagementGatewayLogs"))["_IngestionTime"]);
    }

    [Fact]
    public async Task The_oldest_rows_go()
    {
        await using var log = Log(new FakeTimeProvider(Noon), options => options with { Retention = 100 });
        for (var i = 0; i < 250; i++)
        {
            log.Write(new RequestRecord(Guid.NewGuid(), Noon.AddSeconds(i)));
        }

        await log.FlushAsync(Cancellation);

        Assert.Equal(
            Enumerable.Range(150, 100).Select(i => Noon.AddSeconds(i).UtcTicks),
            _file.Rows("ApiManagementGatewayLogs").Select(row => (long)row["TimeGenerated"]!));
    }

    [Theory]
    [InlineData("http://h/openai/deployments/m/embeddings", "http://h/openai/deployments/m/embeddings")]
    [InlineData("http://h/openai?api-version=2025-04-01-preview", "http://h/openai?api-version=2025-04-01-preview")]
    [InlineData("http://h/openai?Subscription-KEY=k", "http://h/openai?***")]
    [InlineData("http://h/openai?%73ubscription-key=k&api-version=1", "http://h/openai?***&api-version=1")]
    [InlineData("http://h/openai?api-key=a&code=b&sig=c", "http://h/openai?***&***&***")]
    [InlineData("http://h/openai?api-version=the+k%65y%2f", "http://h/openai?***")]
    [InlineData("http://h/openai?the%20key%2F", "http://h/openai?***")]
    [InlineData("http://h/openai/deployments/THE%20KEY%2F/embeddings?api-version=1", "***?api-version=1")]
    [InlineData("http://h/openai/deployments/the%2520key%252F/embeddings", "***")]
    [InlineData("http://h/openai/deployments/the%20key/", "***")]
    public void A_url_is_logged_without_credentials_wherever_they_are(string url, string logged) =>
        Assert.Equal(logged, new UrlSecrets([new("id", "Name", "the key/")]).Hide(url));

    private static RequestRecord Record(Action<RequestRecord> complete)
    {
        var record = new RequestRecord(Guid.NewGuid(), Noon)
        {
            Method = "POST",
            ApiId = "azure-openai",
            Url = new RequestUrl("http", new HostString("localhost", 7080), "/openai/deployments/m/chat/completions", new QueryString("?api-version=1&subscription-key=secret")),
            CallerIpAddress = IPAddress.Parse("::ffff:10.0.0.7"),
            RequestHeaders = ["Chat"],
        };
        complete(record);
        return record;
    }

    private async Task WriteAsync(RequestRecord record)
    {
        await using var log = Log(new FakeTimeProvider(Noon));
        log.Write(record);
    }

    private SqliteRequestLog Log(TimeProvider time, Func<RequestLogOptions, RequestLogOptions>? configure = null)
    {
        var options = new RequestLogOptions { File = _file.Path, Settings = new LogSettings("test", ["x-contoso-function"], new UrlSecrets([GatewaySubscription.Local])) };
        return new SqliteRequestLog(configure?.Invoke(options) ?? options, time);
    }
}
