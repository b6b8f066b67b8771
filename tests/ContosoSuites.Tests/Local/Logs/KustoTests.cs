using ContosoSuites.Local.Logs;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>Microsoft's own KQL parser reads every file of infra/queries against the two tables as they are written here.</summary>
public sealed class KustoTests(KustoEngine kusto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_is_right_and_has_the_columns_of_its_SQL()
    {
        using var logs = new LogWorkspace();
        foreach (var query in LogQueries.All)
        {
            var analysis = await kusto.AnalyzeAsync(LogQueries.Kql(query.Name), Cancellation);
            Assert.Empty(analysis.Diagnostics);

            var parameters = QueryParameters.Read(query.Text, query, timespan: null, DateTimeOffset.UnixEpoch);
            using var reader = LogQueryReader.Start(logs.File, query, parameters, DateTimeOffset.UnixEpoch, Cancellation);
            Assert.Equal(analysis.Columns, reader.Columns.Select(column => $"{column.Name}:{column.TypeName}"));
        }
    }

    [Theory]
    [InlineData("RequestHeaders[", "RequestHeader[", "RequestHeader")]
    [InlineData("ApiManagementGatewayLlmLog", "ApiManagementGatewayLlmLogs", "ApiManagementGatewayLlmLogs")]
    [InlineData("| order by Start asc", "| order by Start ascending", "ascending")]
    public async Task A_misspelt_column_or_table_or_a_syntax_error_is_found(string right, string wrong, string expected)
    {
        var analysis = await kusto.AnalyzeAsync(LogQueries.Kql("backend-distribution").Replace(right, wrong, StringComparison.Ordinal), Cancellation);

        Assert.Contains(analysis.Diagnostics, text => text.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_query_of_the_folder_is_among_them()
    {
        var files = typeof(LogQueries).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".kql", StringComparison.Ordinal));

        Assert.Equal(files.Order(StringComparer.Ordinal), LogQueries.All.Select(query => $"queries/{query.Name}.kql").Order(StringComparer.Ordinal));
    }
}
