using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Logs;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>Microsoft's own KQL parser reads every file of infra/queries against the two tables as they are written here.</summary>
public sealed class KustoTests
{
    private static readonly Dictionary<string, string> Tables = new()
    {
        [GatewayLogRow.Table.Name] = GatewayLogRow.Table.KustoSchema,
        [LlmLogRow.Table.Name] = LlmLogRow.Table.KustoSchema,
    };

    [Fact]
    public async Task Every_query_is_right_and_has_the_columns_of_its_SQL()
    {
        var analyses = await AnalyzeAsync(LogQueries.All.ToDictionary(query => query.Name, query => LogQueries.Kql(query.Name)));

        using var logs = new LogWorkspace();
        foreach (var query in LogQueries.All)
        {
            var analysis = analyses.GetProperty(query.Name);
            Assert.Empty(Strings(analysis, "diagnostics"));

            var parameters = query.Text.Parameters.ToDictionary(
                parameter => parameter.Key, parameter => KustoLiteral.Read(parameter.Value, DateTimeOffset.UnixEpoch));
            using var reader = LogQueryReader.Start(logs.File, query, parameters, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
            Assert.Equal(Strings(analysis, "columns"), reader.Columns.Select(column => $"{column.Name}:{column.TypeName}"));
        }
    }

    [Fact]
    public async Task A_misspelt_column_or_table_or_a_syntax_error_is_found()
    {
        var good = LogQueries.Kql("backend-distribution");
        var analyses = await AnalyzeAsync(new()
        {
            ["column"] = good.Replace("RequestHeaders[", "RequestHeader[", StringComparison.Ordinal),
            ["table"] = good.Replace("ApiManagementGatewayLlmLog", "ApiManagementGatewayLlmLogs", StringComparison.Ordinal),
            ["syntax"] = good.Replace("| order by Start asc", "| order by Start ascending", StringComparison.Ordinal),
        });

        Assert.Contains("RequestHeader", Assert.Single(Strings(analyses.GetProperty("column"), "diagnostics")), StringComparison.Ordinal);
        Assert.Contains(Strings(analyses.GetProperty("table"), "diagnostics"), text => text.Contains("ApiManagementGatewayLlmLogs", StringComparison.Ordinal));
        Assert.NotEmpty(Strings(analyses.GetProperty("syntax"), "diagnostics"));
    }

    [Fact]
    public void Every_query_of_the_folder_is_among_them()
    {
        var files = typeof(LogQueries).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".kql", StringComparison.Ordinal));

        Assert.Equal(files.Order(StringComparer.Ordinal), LogQueries.All.Select(query => $"queries/{query.Name}.kql").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    private static Task<JsonElement> AnalyzeAsync(Dictionary<string, string> queries) => NodeProject.RunAsync(
        "kusto.mjs",
        new Dictionary<string, string> { ["QUERIES"] = JsonSerializer.Serialize(queries), ["TABLES"] = JsonSerializer.Serialize(Tables) },
        TestContext.Current.CancellationToken);
}
