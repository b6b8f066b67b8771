using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The KQL and the SQL of retries-and-failovers.kql. A row: outcome, code, code path, region path; requests; average and p95 time; first and last seen.</summary>
public sealed class RetriesAndFailoversTests(KustoEngine kusto) : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Requests_with_several_attempts_are_counted_by_their_path()
    {
        const string Throttled = "attempt=1;region=north;code=429;host=a.example:443;ms=1";
        const string Served = "attempt=2;region=south;code=200;host=b.example:8443;ms=9";
        _logs
            .Request("1", "12:00:00", 200, ["attempt=1;region=north;code=200;host=;ms=1"])
            .Request("2", "12:01:00", 200, [Throttled, Served], total: 10)
            .Request("3", "12:02:00", 200, [Throttled, Served], total: 30)
            .Request("3", "12:02:00", 200, [Throttled, Served], total: 30)
            .Request("4", "12:03:00", 503, ["attempt=1;region=;code=0;host=a.example:443;ms=5", "attempt=2;region=;code=0;host=b.example:8443;ms=5"], total: 11)
            .Request("5", "12:04:00", 429, [Throttled, "attempt=2;region=south;code=429;host=;ms=1", "attempt=3;region=north;code=429;host=;ms=1"], total: 7)
            .Request("6", "12:05:00", 404, [Throttled, "attempt=2;region=south;code=404;host=;ms=1"], total: 8);

        Assert.Equal(
            [
                "'recovered' 200 '429 > 200' 'north > south' 2 20 30 12:01:00 12:02:00",
                "'answered with an error' 404 '429 > 404' 'north > south' 1 8 8 12:05:00 12:05:00",
                "'failed' 503 '0 > 0' '- > -' 1 11 11 12:03:00 12:03:00",
                "'throttled' 429 '429 > 429 > 429' 'north > south > north' 1 7 7 12:04:00 12:04:00",
            ],
            await _logs.QueryAsync(kusto, "retries-and-failovers"));
    }

    [Fact]
    public async Task A_caller_that_left_during_a_second_attempt_had_two()
    {
        const string Throttled = "attempt=1;region=north;code=429;host=a.example:443;ms=1";
        const string Silent = "attempt=1;region=;code=0;host=a.example:443;ms=60000";
        const string B = "https://b.example:8443/openai";

        // Not told by the policy; told by it; it waited for a while b had just begun, which is not told of; at its first attempt.
        _logs
            .Request("1", "12:00:00", 499, [Throttled], backend: "b-chat", url: B, reason: "ClientConnectionFailure")
            .Request("2", "12:01:00", 499, [Throttled, "attempt=2;region=;code=0;host=b.example:8443;ms=5"], backend: "b-chat", url: B, reason: "ClientConnectionFailure")
            .Request("3", "12:02:00", 499, [Silent], backend: "b-chat", url: B, reason: "ClientConnectionFailure")
            .Request("4", "12:03:00", 499, backend: "a-chat", url: "https://a.example/openai", reason: "ClientConnectionFailure")
            // An answer that its caller did not stay for.
            .Request("5", "12:04:00", 200, ["attempt=1;region=north;code=200;host=a.example:443;ms=1"], backend: "a-chat", url: "https://a.example/openai", backendCode: 200, reason: "ClientConnectionFailure");

        Assert.Equal(["'caller gone' 499 '429 > 0' 'north > -' 2 100 100 12:00:00 12:01:00"], await _logs.QueryAsync(kusto, "retries-and-failovers"));
    }

    [Fact]
    public async Task Cut_lines_are_no_attempts_and_the_earlier_row_counts()
    {
        const string Throttled = "attempt=1;region=north;code=429;host=a.example:443;ms=1";
        const string Served = "attempt=2;region=south;code=200;host=b.example:8443;ms=9";
        _logs
            .Request("1", "12:00:00", 200, [Throttled, "attempt=2;region=so"])
            .Request("2", "12:00:00", 200, ["", "", "region=south;code=200;host=;ms=9", Throttled])
            .Request("3", "12:00:00", 200, traces: null)
            .Request("4", "12:00:00", 200, traces: """[{"source":"backend-attempt","message":"attempt=1;region=n""")
            .Request("5", "12:09:00", 200, [Throttled])
            .Request("5", "12:05:00", 200, [Throttled, Served], total: 7)
            .Request("6", "12:06:00", 200, [Throttled])
            .Request("6", "12:07:00", 200, [Throttled, Served]);

        Assert.Equal(["'recovered' 200 '429 > 200' 'north > south' 1 7 7 12:05:00 12:05:00"], await _logs.QueryAsync(kusto, "retries-and-failovers"));
    }
}
