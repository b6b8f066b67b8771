using ContosoSuites.Local.Logs;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>Whatever is in the logs, Kusto answers each query of infra/queries as the SQL that stands for it does, row by row.</summary>
public sealed class QueryPropertyTests(KustoEngine kusto, QueryPropertyTests.RandomWorkspaces random) : IClassFixture<QueryPropertyTests.RandomWorkspaces>
{
    private const int Cases = 25;
    private const int Requests = 60;

    // With their hosts; and as the files stand, without, where the regions have to do.
    private static readonly string[] Backends =
    [
        """[{"name":"a","region":"north","host":"a.example"},{"name":"b","region":"South","host":"b.example:8443"}]""",
        """[{"name":"a","region":"north","host":""},{"name":"b","region":"south","host":""}]""",
        """[{"name":"a","region":"north","host":""},{"name":"b","region":"north","host":"b.example:8443"},{"name":"c","region":"east","host":""}]""",
    ];

    // Of one deployment, of both, and of none.
    private static readonly string[] Prices =
    [
        """{"gpt-5.4-mini":{"prompt":0.825,"completion":4.95}}""",
        """{"gpt-5.4-mini":{"prompt":0.825,"completion":4.95},"text-embedding-3-small":{"prompt":0.02,"completion":0}}""",
        "{}",
    ];

    [Theory]
    [InlineData("backend-distribution", 1_500)]
    [InlineData("failure-analysis", 300)]
    [InlineData("retries-and-failovers", 300)]
    [InlineData("tokens-by-caller", 500)]
    public async Task The_KQL_and_its_SQL_answer_the_same(string name, int leastRows)
    {
        var rows = 0;
        foreach (var (number, logs) in random.Logs.Index())
        {
            rows += (await logs.QueryAsync(kusto, name, now: "13:30:00", backends: Backends[number % Backends.Length], prices: Prices[number % Prices.Length])).Count;
        }

        Assert.True(rows > leastRows, $"Only {rows} rows were compared.");
    }

    [Fact]
    public void Every_query_is_among_them() => Assert.Equal(
        LogQueries.All.Select(query => query.Name),
        typeof(QueryPropertyTests).GetMethod(nameof(The_KQL_and_its_SQL_answer_the_same))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(data => data.Data[0]));

    /// <summary>The same logs for every query.</summary>
    public sealed class RandomWorkspaces : IDisposable
    {
        private readonly Lazy<LogWorkspace[]> _logs = new(() => [.. RandomLogs.Sample(Cases, Requests, 20261128UL).Select(Write)]);

        internal IReadOnlyList<LogWorkspace> Logs => _logs.Value;

        public void Dispose()
        {
            foreach (var logs in _logs.IsValueCreated ? _logs.Value : [])
            {
                logs.Dispose();
            }
        }

        private static LogWorkspace Write(RandomLogs.Request[] requests)
        {
            var logs = new LogWorkspace();
            RandomLogs.Write(logs, requests);
            return logs;
        }
    }
}
