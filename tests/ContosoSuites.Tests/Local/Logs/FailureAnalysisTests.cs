using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The KQL and the SQL of failure-analysis.kql. A row: reason, codes of caller and backend, error reason, backend, operation; requests; average and p95 time; first and last seen.</summary>
public sealed class FailureAnalysisTests(KustoEngine kusto) : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Failures_are_counted_by_reason_code_backend_and_operation()
    {
        const string A = "https://a.example/openai";
        const string B = "https://b.example:8443/openai";
        _logs
            .Request("1", "12:00:00", 200, backend: "a", url: A, backendCode: 200)
            // Made good by another attempt, whatever the last error says.
            .Request("2", "12:00:00", 200, ["attempt=1;region=;code=0;host=;ms=1", "attempt=2;region=south;code=200;host=;ms=1"], backend: "b", url: B, backendCode: 200, reason: "BackendConnectionFailure")
            .Request("3", "12:01:00", 200, backend: "a", url: A, backendCode: 200, reason: "BackendConnectionFailure", total: 10)
            .Request("4", "12:02:00", 429, backend: "openai-chat", url: B, backendCode: 429, total: 20)
            .Request("5", "12:03:00", 429, backend: "openai-chat", url: B, backendCode: 429, total: 40)
            .Request("5", "12:03:00", 429, backend: "openai-chat", url: B, backendCode: 429, total: 40)
            .Request("6", "12:04:00", 503, backend: "a", url: A, reason: "Timeout", total: 60_000)
            .Request("7", "12:05:00", 503, backend: "a", url: A, backendCode: 500, operation: "embeddings")
            .Request("8", "12:06:00", 400, backend: "a", url: A, backendCode: 400)
            .Request("9", "12:07:00", 401, reason: "SubscriptionKeyInvalid", operation: "")
            .Request("10", "12:08:00", 499, backend: "a-chat", url: A, reason: "ClientConnectionFailure")
            // It waited for a, and b had just begun.
            .Request("11", "12:08:00", 499, ["attempt=1;region=;code=0;host=a.example:443;ms=60000"], backend: "b-chat", url: B, reason: "ClientConnectionFailure");

        Assert.Equal(
            [
                "'caller gone' 499 null 'ClientConnectionFailure' 'a' 'chat-completions' 2 100 100 12:08:00 12:08:00",
                "'throttled' 429 429 '' 'b' 'chat-completions' 2 30 40 12:02:00 12:03:00",
                "'SubscriptionKeyInvalid' 401 null 'SubscriptionKeyInvalid' '' '' 1 100 100 12:07:00 12:07:00",
                "'backend failed' 503 500 '' 'a' 'embeddings' 1 100 100 12:05:00 12:05:00",
                "'no response' 503 null 'Timeout' 'a' 'chat-completions' 1 60000 60000 12:04:00 12:04:00",
                "'refused by backend' 400 400 '' 'a' 'chat-completions' 1 100 100 12:06:00 12:06:00",
                "'response broken off' 200 200 'BackendConnectionFailure' 'a' 'chat-completions' 1 10 10 12:01:00 12:01:00",
            ],
            await _logs.QueryAsync(kusto, "failure-analysis"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=1;region=no""")]
    [InlineData("""[{"source":"another","message":";CODE=0;"}]""")]
    public async Task A_response_that_broke_off_is_told_whatever_the_traces_are(string? traces)
    {
        _logs.Request("1", "12:00:00", 200, traces: traces, backend: "a-chat", url: "https://a.example/openai", backendCode: 200, reason: "BackendConnectionFailure");

        Assert.Equal(
            ["'response broken off' 200 200 'BackendConnectionFailure' 'a' 'chat-completions' 1 100 100 12:00:00 12:00:00"],
            await _logs.QueryAsync(kusto, "failure-analysis"));
    }

    [Fact]
    public async Task The_earliest_row_that_tells_of_a_failure_counts()
    {
        _logs
            .Request("1", "12:03:00", 503, backend: "b-chat", url: "https://b.example:8443/openai", backendCode: 503)
            .Request("1", "12:02:00", 429, backend: "a-chat", url: "https://a.example/openai", backendCode: 429)
            .Request("1", "12:01:00", 200, backend: "a-chat", url: "https://a.example/openai", backendCode: 200);

        Assert.Equal(["'throttled' 429 429 '' 'a' 'chat-completions' 1 100 100 12:02:00 12:02:00"], await _logs.QueryAsync(kusto, "failure-analysis"));
    }

    [Fact]
    public async Task Of_a_hosts_port_only_443_goes_without_saying()
    {
        const string Silent = "attempt=1;region=;code=0;host=x.example:4433;ms=60000";
        _logs
            .Request("1", "12:00:00", 503, backend: "pool", url: "https://x.example:4433/openai", backendCode: 503, total: 1)
            .Request("2", "12:00:01", 503, backend: "pool", url: "https://x.example:443/openai", backendCode: 503, total: 2)
            .Request("3", "12:00:02", 499, [Silent], backend: "pool", url: "https://x.example:443/openai", reason: "ClientConnectionFailure", total: 3);

        Assert.Equal(
            [
                "'backend failed' 503 503 '' 'a' 'chat-completions' 1 1 1 12:00:00 12:00:00",
                "'backend failed' 503 503 '' 'b' 'chat-completions' 1 2 2 12:00:01 12:00:01",
                "'caller gone' 499 null 'ClientConnectionFailure' 'a' 'chat-completions' 1 3 3 12:00:02 12:00:02",
            ],
            await _logs.QueryAsync(kusto, "failure-analysis", backends: """[{"name":"a","region":"","host":"x.example:4433"},{"name":"b","region":"","host":"x.example"}]"""));
    }
}
