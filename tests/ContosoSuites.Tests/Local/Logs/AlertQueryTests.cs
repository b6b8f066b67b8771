using System.Runtime.CompilerServices;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The queries of the alerts, run as Kusto would: on rows by hand, and on random ones beside a plain computation. No SQL stands for them.</summary>
public sealed class AlertQueryTests(KustoEngine kusto) : IDisposable
{
    private const string A = "https://a.example:443/openai";
    private const string B = "https://b.example:8443/openai";

    private readonly LogWorkspace _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("all-throttled", "Requests:long", "First:datetime", "Last:datetime")]
    [InlineData("skew", "Name:string", "Requests:long", "Total:long", "Share:real", "ExpectedShare:real")]
    public async Task Is_right_and_has_its_columns(string name, params string[] columns)
    {
        var analysis = await kusto.AnalyzeAsync(await ReadAsync(name), Cancellation);

        Assert.Empty(analysis.Diagnostics);
        Assert.Equal(columns, analysis.Columns);
    }

    [Fact]
    public void Every_query_of_the_folder_is_run() =>
        Assert.Equal(["all-throttled.kql", "skew.kql"], Directory.EnumerateFiles(Folder()).Select(Path.GetFileName).Order());

    // Azure Monitor asks this of the query of an alert: after what is named beforehand, the table it is about.
    [Theory]
    [InlineData("all-throttled")]
    [InlineData("skew")]
    public async Task Begins_with_its_table(string name)
    {
        var statements = (await ReadAsync(name)).Split(";\n");

        Every.One(statements[..^1], statement => Assert.Contains("\nlet ", "\n" + statement, StringComparison.Ordinal));
        Assert.Equal("ApiManagementGatewayLogs", statements[^1].Split('\n').First(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Throttled_everywhere_are_the_requests_that_the_gateway_had_tried()
    {
        _logs
            .Request("1", "12:00:00", 429, backend: "a-chat", url: A, backendCode: 429)
            .Request("1", "12:00:00", 429, backend: "a-chat", url: A, backendCode: 429)
            .Request("2", "12:05:00", 429, backend: "b-chat", url: B, backendCode: 503)
            .Request("3", "12:06:00", 429, reason: "TokenLimitExceeded")
            .Request("4", "12:07:00", 200, backend: "b-chat", url: B, backendCode: 200)
            .Request("5", "12:08:00", 429, backend: "a-chat", url: A, backendCode: 429, api: "another-api");

        Assert.Equal(["2 12:00:00 12:05:00"], await RunAsync("all-throttled"));
    }

    [Fact]
    public async Task Nothing_throttled_is_no_row()
    {
        _logs.Request("1", "12:00:00", 429, reason: "TokenLimitExceeded");

        Assert.Empty(await RunAsync("all-throttled"));
    }

    [Fact]
    public async Task Skewed_are_the_instances_of_the_first_group_whose_share_chance_does_not_explain()
    {
        for (var i = 0; i < 100; i++)
        {
            _logs.Request($"{i}", "12:00:00", 200, backend: "a-chat", url: A, backendCode: 200);
        }

        // Of a request that came twice, the earlier row; a host of another port, a standby and a caller that left do not count.
        _logs
            .Request("0", "12:01:00", 200, backend: "b-chat", url: B, backendCode: 200)
            .Request("100", "12:00:00", 200, backend: "a-chat", url: "https://a.example:4433/openai", backendCode: 200)
            .Request("101", "12:00:00", 200, backend: "c-chat", url: "https://c.example:4433/openai", backendCode: 200)
            .Request("102", "12:00:00", 499, backend: "b-chat", url: B, reason: "ClientConnectionFailure");

        Assert.Equal(["'a' 100 100 1 0.6", "'b' 0 100 0 0.4"], (await RunAsync("skew")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_requests_or_with_the_shares_of_the_weights_nothing_is_skewed()
    {
        Assert.Empty(await RunAsync("skew"));
        for (var i = 0; i < 100; i++)
        {
            _logs.Request($"{i}", "12:00:00", 200, backend: "x", url: i < 57 ? A : B, backendCode: 200);
        }

        Assert.Empty(await RunAsync("skew"));
        Assert.Empty(await _logs.RunAsync(kusto, await ReadAsync("skew"), LogWorkspace.At("13:30:00")));
    }

    [Fact]
    public async Task On_random_logs_the_alerts_are_those_of_a_plain_computation()
    {
        int throttled = 0, skewed = 0;
        foreach (var requests in RandomLogs.Sample(25, 60, 20261129UL))
        {
            using var logs = new LogWorkspace();
            var rows = RandomLogs.Write(logs, requests).Where(row => row.Api == "azure-openai").ToList();
            var now = LogWorkspace.At("23:00:00");

            var expected = AllThrottled(rows);
            Assert.Equal(expected, await logs.RunAsync(kusto, Of(await ReadAsync("all-throttled")), now));
            throttled += expected.Count;

            expected = Skewed(rows);
            Assert.Equal(expected, (await logs.RunAsync(kusto, Of(await ReadAsync("skew"), 75, 25), now)).Order(StringComparer.Ordinal));
            skewed += expected.Count;
        }

        Assert.True(throttled > 10 && skewed > 5, $"Only {throttled} and {skewed} rows were compared.");
    }

    private static List<string> AllThrottled(List<RandomLogs.Row> rows)
    {
        var throttled = rows.Where(row => row.Code == 429 && row.BackendCode is 429 or 503).ToList();
        return throttled.Count == 0
            ? []
            : [FormattableString.Invariant($"{throttled.Select(row => row.Id).Distinct().Count()} {Clock(throttled.Min(row => row.Second))} {Clock(throttled.Max(row => row.Second))}")];
    }

    private static List<string> Skewed(List<RandomLogs.Row> rows)
    {
        var served = rows
            .Where(row => row.Url.Length > 0 && (row.BackendCode is not null || row.Reason != "ClientConnectionFailure"))
            .GroupBy(row => row.Id).Select(copies => new Uri(copies.MinBy(row => row.Second)!.Url).Authority).ToList();
        (string Name, int Requests, double Expected)[] group = [("a", served.Count(host => host == "a.example"), 0.75), ("b", served.Count(host => host == "b.example:8443"), 0.25)];
        var total = group.Sum(instance => instance.Requests);
        return [.. group
            .Select(instance => (instance.Name, instance.Requests, Share: (double)instance.Requests / total, instance.Expected))
            .Where(instance => Math.Abs(instance.Share - instance.Expected) >= Math.Max(0.05, 3.29 * Math.Sqrt(instance.Expected * (1 - instance.Expected) / total)))
            .Select(instance => FormattableString.Invariant($"'{instance.Name}' {instance.Requests} {total} {instance.Share} {instance.Expected}"))];
    }

    private static string Clock(int second) => FormattableString.Invariant($"{LogWorkspace.At("12:00:00").AddSeconds(second):HH:mm:ss}");

    private static string Of(string query, int a = 60, int b = 40) => LogWorkspace.WithParameters(query, new()
    {
        ["backends"] = FormattableString.Invariant(
            $$"""dynamic([{"name":"a","host":"a.example","priority":1,"weight":{{a}}},{"name":"b","host":"b.example:8443","priority":1,"weight":{{b}}},{"name":"c","host":"c.example:4433","priority":2,"weight":1}])"""),
    });

    private static Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Folder(), name + ".kql"), Cancellation);

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "..", "infra", "alerts"));

    private async Task<IReadOnlyList<string>> RunAsync(string name) => await _logs.RunAsync(kusto, Of(await ReadAsync(name)), LogWorkspace.At("23:00:00"));
}
