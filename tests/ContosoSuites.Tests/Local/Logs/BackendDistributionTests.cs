using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>
/// backend-distribution.kql and the SQL that stands for it, on rows whose answer is worked out beside them. A row of the answer:
/// start, backend, deployment; requests, successes; throttled, client errors, server errors, unanswered; retries; prompt and
/// completion tokens; average and p95 time; tokens by function; calls and tokens of prompts and answers by function.
/// </summary>
public sealed class BackendDistributionTests(KustoEngine kusto) : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Requests_are_counted_by_bin_backend_and_deployment()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 200, 10)])
            .Tokens("1", "12:00:00", 100, 20)
            .Request("2", "12:04:59", 200, [Attempt(1, "north", 200, 30)], function: "MaintenanceCopilotChat")
            .Tokens("2", "12:04:59", 7, 3)
            .Request("3", "12:05:00", 200, [Attempt(1, "north", 200, 50)])
            .Request("4", "12:01:00", 200, [Attempt(1, "south", 200, 5)], deployment: "text-embedding-3-small", function: "")
            .Tokens("4", "12:01:00", 9, 0);

        Assert.Equal(
            [
                """12:00:00 'a' 'gpt-5.4-mini' 2 2 0 0 0 0 0 107 23 20 30 '{"Chat":120,"MaintenanceCopilotChat":10}' '{"Chat":{"calls":1,"completionTokens":20,"promptTokens":100},"MaintenanceCopilotChat":{"calls":1,"completionTokens":3,"promptTokens":7}}'""",
                """12:00:00 'b' 'text-embedding-3-small' 1 1 0 0 0 0 0 9 0 5 5 '{"":9}' '{"":{"calls":1,"completionTokens":0,"promptTokens":9}}'""",
                """12:05:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 50 50 '{}' '{}'""",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task The_window_has_its_beginning_and_not_its_end()
    {
        _logs
            .Request("1", "11:59:59", 200, [Attempt(1, "north", 200, 1)])
            .Request("2", "12:00:00", 200, [Attempt(1, "north", 200, 2)])
            .Request("3", "13:00:00", 200, [Attempt(1, "north", 200, 3)])
            .Request("4", "12:30:00", 200, [Attempt(1, "north", 200, 4)], api: "another-api");

        Assert.Equal(["12:00:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 2 2 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task A_failed_attempt_counts_for_the_backend_that_failed()
    {
        // Throttled by a, broken at a, without a response from b (known by its address only): each made good by the other.
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 429, 1), Attempt(2, "south", 200, 10)])
            .Tokens("1", "12:00:00", 5, 1)
            .Request("2", "12:00:00", 200, [Attempt(1, "north", 503, 2), Attempt(2, "south", 200, 20)])
            .Request("3", "12:00:00", 200, [Attempt(1, "", 0, 60_000, "b.example:8443"), Attempt(2, "north", 200, 30)]);

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 1 1 1 0 1 0 2 0 0 30 30 '{}' '{}'",
                """12:00:00 'b' 'gpt-5.4-mini' 2 2 0 0 0 1 1 5 1 15 20 '{"Chat":6}' '{"Chat":{"calls":1,"completionTokens":1,"promptTokens":5}}'""",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task A_request_that_no_backend_could_serve_ends_with_the_last_one()
    {
        _logs
            .Request("1", "12:00:00", 429, [Attempt(1, "north", 429, 1), Attempt(2, "south", 429, 2), Attempt(3, "north", 429, 3)])
            .Request("2", "12:00:00", 503, [Attempt(1, "", 0, 1, "a.example:443"), Attempt(2, "", 0, 2, "b.example:8443")], reason: "BackendConnectionFailure")
            .Request("3", "12:00:00", 400, [Attempt(1, "south", 400, 5)])
            .Request("4", "12:00:00", 408, [Attempt(1, "south", 408, 6)])
            .Request("5", "12:00:00", 404, [Attempt(1, "south", 404, 7)]);

        // a: 1 ended there after two of its own, 2 began there. b: 2, 3, 4 and 5 ended there, 1 passed by; (2+5+6+7)/4 = 5.
        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 1 0 2 0 0 1 2 0 0 3 3 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 4 0 1 2 1 1 1 0 0 5 7 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task What_reached_no_backend_is_the_gateways_own()
    {
        _logs
            .Request("1", "12:00:00", 401, reason: "SubscriptionKeyInvalid")
            .Request("2", "12:00:00", 429, reason: "TokenLimitExceeded")
            .Request("3", "12:00:00", 503, reason: "BackendPoolUnavailable");

        Assert.Equal(["12:00:00 '' 'gpt-5.4-mini' 3 0 1 1 1 0 0 0 0 0 0 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task A_caller_that_left_is_charged_to_the_backend_that_was_silent()
    {
        // Told by the policy: it waited for a, and b had just begun. Not told by it: the last backend, which has not answered.
        _logs
            .Request(
                "1", "12:00:00", 499, [Attempt(1, "", 0, 60_000, "a.example:443")], backend: "b-chat", url: "https://b.example:8443/openai", reason: "ClientConnectionFailure")
            .Request("2", "12:05:00", 499, backend: "a-chat", url: "https://a.example/openai", backendTime: 40, reason: "ClientConnectionFailure")
            .Request("3", "12:10:00", 499, [Attempt(1, "north", 429, 1)], backend: "b-chat", url: "https://b.example:8443/openai", backendTime: 60, reason: "ClientConnectionFailure");

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 1 0 0 0 0 1 0 0 0 60000 60000 '{}' '{}'",
                "12:05:00 'a' 'gpt-5.4-mini' 1 0 0 0 0 1 0 0 0 40 40 '{}' '{}'",
                "12:10:00 'a' 'gpt-5.4-mini' 0 0 1 0 0 0 1 0 0 0 0 '{}' '{}'",
                "12:10:00 'b' 'gpt-5.4-mini' 1 0 0 0 0 1 0 0 0 60 60 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Without_traces_the_row_itself_says_who_served()
    {
        // As Azure has it when a log entry was too long (the address), and with a backend id that is the pool's.
        _logs
            .Request("1", "12:00:00", 200, backend: "a-chat", url: "https://elsewhere.example/openai", backendCode: 200, backendTime: 10)
            .Request("2", "12:00:00", 200, backend: "openai-chat", url: "https://b.example:8443/openai", backendCode: 200, backendTime: 20)
            .Request("3", "12:00:00", 503, backend: "openai-chat", url: "https://a.example:443/openai", backendTime: 30)
            .Request("4", "12:00:00", 200, backend: "openai-chat", url: "https://other.example/openai", backendCode: 200, backendTime: 40);

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 2 1 0 0 0 1 0 0 0 20 30 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 20 20 '{}' '{}'",
                "12:00:00 'other.example' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 40 40 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Split_and_repeated_rows_count_once()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 429, 1), Attempt(2, "south", 200, 10)])
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 429, 1), Attempt(2, "south", 200, 10)])
            // Every piece of 1 has the tokens, and one came twice; of 2 only the first.
            .Tokens("1", "12:00:00", 100, 20, sequence: 0)
            .Tokens("1", "12:00:00", 100, 20, sequence: 1)
            .Tokens("1", "12:00:00", 100, 20, sequence: 1)
            .Request("2", "12:00:00", 200, [Attempt(1, "south", 200, 10)])
            .Tokens("2", "12:00:00", 30, 4, sequence: 0)
            .Tokens("2", "12:00:00", null, null, sequence: 1)
            .Tokens("2", "12:00:00", 0, 0, sequence: 2);

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 0 0 1 0 0 0 1 0 0 0 0 '{}' '{}'",
                """12:00:00 'b' 'gpt-5.4-mini' 2 2 0 0 0 0 0 130 24 10 10 '{"Chat":154}' '{"Chat":{"calls":2,"completionTokens":24,"promptTokens":130}}'""",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Late_rows_count_when_they_are_there()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 200, 10)])
            .Tokens("1", "12:00:00", 5, 5, ingested: "12:20:00")
            .Request("2", "12:00:00", 200, [Attempt(1, "north", 200, 10)], ingested: "12:10:00")
            .Tokens("2", "12:00:00", 1, 1);

        Assert.Equal(["12:00:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution", now: "12:05:00"));
        Assert.Equal(["""12:00:00 'a' 'gpt-5.4-mini' 2 2 0 0 0 0 0 1 1 10 10 '{"Chat":2}' '{"Chat":{"calls":1,"completionTokens":1,"promptTokens":1}}'"""], await _logs.QueryAsync(kusto, "backend-distribution", now: "12:10:00"));
        Assert.Equal(["""12:00:00 'a' 'gpt-5.4-mini' 2 2 0 0 0 0 0 6 6 10 10 '{"Chat":12}' '{"Chat":{"calls":2,"completionTokens":6,"promptTokens":6}}'"""], await _logs.QueryAsync(kusto, "backend-distribution", now: "12:20:00"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(21, 20)]
    [InlineData(100, 95)]
    public async Task The_95th_percentile_is_the_nearest_rank(int requests, int expected)
    {
        // Times 1 to n, in no order: the k-th smallest is k, and k is 95 % of n, rounded up.
        for (var i = 1; i <= requests; i++)
        {
            _logs.Request($"{i}", "12:00:00", 200, [Attempt(1, "north", 200, (i * 37 % requests) + 1)]);
        }

        Assert.EndsWith($" {expected} '{{}}' '{{}}'", Assert.Single(await _logs.QueryAsync(kusto, "backend-distribution")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_that_two_backends_share_names_neither()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 200, 10)])
            .Request("2", "12:00:00", 200, [Attempt(1, "north", 200, 10, "b.example:443")])
            .Request("3", "12:00:00", 200, [Attempt(1, "north", 200, 10)], backend: "a-chat");

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'",
                "12:00:00 'north' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution", backends: """[{"name":"a","region":"north","host":""},{"name":"b","region":"north","host":"b.example"}]"""));
    }

    [Fact]
    public async Task A_region_is_the_same_however_it_is_written()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "Sweden Central", 429, 1), Attempt(2, "France Central", 200, 10)])
            .Request("2", "12:00:00", 200, [Attempt(1, "swedencentral", 200, 20)])
            .Request("3", "12:00:00", 200, [Attempt(1, "Norway East", 200, 30)]);

        Assert.Equal(
            [
                "12:00:00 'Norway East' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 30 30 '{}' '{}'",
                "12:00:00 'a' 'gpt-5.4-mini' 1 1 1 0 0 0 1 0 0 20 20 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution", backends: """[{"name":"a","region":"swedencentral","host":""},{"name":"b","region":"France central","host":""}]"""));
    }

    [Fact]
    public async Task An_odd_region_is_no_error()
    {
        _logs.Request("1", "12:00:00", 200, [Attempt(1, "no \"region\\", 200, 10)]);

        Assert.Equal(["12:00:00 'no \"region\\' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=1;region=so""")]
    [InlineData("""[{"source":"backend-attempt"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":null}]""")]
    [InlineData("""[{"source":"backend-attempt","message":""}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"|"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":{"attempt":1}}]""")]
    [InlineData("""["backend-attempt",1,null]""")]
    [InlineData("""{"source":"backend-attempt","message":"attempt=1;region=south;code=200;host=b.example:8443;ms=5"}""")]
    [InlineData("""[{"source":"another","message":"attempt=1;region=south;code=200;host=b.example:8443;ms=5"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=1;region=south;co"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=1;region=south;code=200;host=b.example:8443;ms="}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=;region=south;code=200;host=b.example:8443;ms=5"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=x;region=south;code=200;host=b.example:8443;ms=5"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"attempt=1;region=south;code=2x;host=b.example:8443;ms=5"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":"region=south;code=200;host=b.example:8443;ms=5"}]""")]
    [InlineData("""[{"source":"backend-attempt","message":" attempt=1;region=south;code=200;host=b.example:8443;ms=5"}]""")]
    public async Task A_trace_that_is_cut_or_none_is_as_if_it_were_not_there(string? traces)
    {
        _logs.Request("1", "12:00:00", 200, traces: traces, backend: "a-chat", url: "https://a.example/openai", backendCode: 200, backendTime: 7);

        Assert.Equal(["12:00:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 7 7 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Of_a_trace_that_was_cut_the_whole_lines_count()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 429, 1), "attempt=2;region=sou"], backend: "b-chat", url: "https://b.example:8443/openai", backendCode: 200)
            .Request("2", "12:00:00", 200, traces: LogWorkspace.Traces(Attempt(1, "north", 429, 1), Attempt(2, "south", 200, 9) + "!", "|"));

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 1 0 2 0 0 0 1 0 0 1 1 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 9 9 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task The_earlier_of_two_rows_counts()
    {
        // Written first and made later, and the other way round.
        _logs
            .Request("1", "12:09:00", 503, [Attempt(1, "south", 503, 1)])
            .Request("1", "12:01:00", 200, [Attempt(1, "north", 200, 10)])
            .Request("2", "12:02:00", 200, [Attempt(1, "north", 200, 20)])
            .Request("2", "12:08:00", 503, [Attempt(1, "south", 503, 2)]);

        Assert.Equal(["12:00:00 'a' 'gpt-5.4-mini' 2 2 0 0 0 0 0 0 0 15 20 '{}' '{}'"], await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Tokens_that_nobody_has_told_are_none()
    {
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "north", 200, 10)], function: "Vectorize").Tokens("1", "12:00:00", 8, null)
            .Request("2", "12:05:00", 200, [Attempt(1, "north", 200, 10)]).Tokens("2", "12:05:00", null, null);

        Assert.Equal(
            [
                """12:00:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 8 0 10 10 '{"Vectorize":8}' '{"Vectorize":{"calls":1,"completionTokens":0,"promptTokens":8}}'""",
                """12:05:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{"Chat":0}' '{"Chat":{"calls":1,"completionTokens":0,"promptTokens":0}}'""",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution"));
    }

    [Fact]
    public async Task Of_a_hosts_port_only_443_goes_without_saying()
    {
        const string Backends = """[{"name":"a","region":"north","host":"x.example:4433"},{"name":"b","region":"north","host":"x.example"}]""";
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "", 0, 1, "x.example:4433"), Attempt(2, "north", 200, 10, "x.example:443")])
            .Request("2", "12:05:00", 200, backend: "pool", url: "https://x.example:4433/openai", backendCode: 200, backendTime: 5)
            .Request("3", "12:10:00", 200, backend: "pool", url: "https://x.example:443/openai", backendCode: 200, backendTime: 6);

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 0 0 0 0 0 1 1 0 0 0 0 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 10 10 '{}' '{}'",
                "12:05:00 'a' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 5 5 '{}' '{}'",
                "12:10:00 'b' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 6 6 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution", backends: Backends));
    }

    [Fact]
    public async Task Without_hosts_an_attempt_without_an_answer_belongs_to_the_region_that_its_host_has_answered_from()
    {
        const string Backends = """[{"name":"a","region":"north","host":""},{"name":"b","region":"south","host":""}]""";
        _logs
            .Request("1", "12:00:00", 200, [Attempt(1, "", 0, 60_000, "a.example:443"), Attempt(2, "south", 200, 10, "b.example:443")])
            .Request("2", "12:00:00", 200, [Attempt(1, "", 0, 60_000, "c.example:443"), Attempt(2, "south", 200, 20, "b.example:443")])
            .Request("3", "12:00:00", 200, [Attempt(1, "", 0, 60_000, "both.example:443"), Attempt(2, "south", 200, 30, "both.example:443")])
            .Request("4", "12:10:00", 200, [Attempt(1, "North", 200, 40, "a.example:443")])
            .Request("5", "12:10:00", 200, [Attempt(1, "north", 200, 50, "both.example:443")])
            .Request("6", "12:15:00", 503, [Attempt(1, "", 0, 1)])
            .Request("7", "12:20:00", 200, [Attempt(1, "", 200, 60)]);

        Assert.Equal(
            [
                "12:00:00 'a' 'gpt-5.4-mini' 0 0 0 0 0 1 1 0 0 0 0 '{}' '{}'",
                "12:00:00 'b' 'gpt-5.4-mini' 3 3 0 0 0 0 0 0 0 20 30 '{}' '{}'",
                "12:00:00 'unknown' 'gpt-5.4-mini' 0 0 0 0 0 2 2 0 0 0 0 '{}' '{}'",
                "12:10:00 'a' 'gpt-5.4-mini' 2 2 0 0 0 0 0 0 0 45 50 '{}' '{}'",
                "12:15:00 'unknown' 'gpt-5.4-mini' 1 0 0 0 0 1 0 0 0 1 1 '{}' '{}'",
                "12:20:00 'unknown' 'gpt-5.4-mini' 1 1 0 0 0 0 0 0 0 60 60 '{}' '{}'",
            ],
            await _logs.QueryAsync(kusto, "backend-distribution", backends: Backends));
    }

    private static string Attempt(int number, string region, int code, int milliseconds, string host = "") =>
        $"attempt={number};region={region};code={code};host={host};ms={milliseconds}";
}
