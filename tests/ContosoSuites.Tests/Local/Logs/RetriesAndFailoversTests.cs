using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The SQL that stands for retries-and-failovers.kql. A row: outcome, code, code path, region path; requests; average and p95 time; first and last seen.</summary>
public sealed class RetriesAndFailoversTests : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Requests_with_several_attempts_are_counted_by_their_path()
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
            _logs.Query("retries-and-failovers"));
    }
}
