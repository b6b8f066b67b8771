using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>Microsoft's own KQL parser reads the queries of the alerts, which nothing else runs here.</summary>
public sealed class AlertQueryTests
{
    [Theory]
    [InlineData("all-throttled", "Requests:long", "First:datetime", "Last:datetime")]
    [InlineData("skew", "Name:string", "Requests:long", "Total:long", "Share:real", "ExpectedShare:real")]
    public async Task Is_right_and_has_its_columns(string name, params string[] columns)
    {
        string query = await File.ReadAllTextAsync(Path.Combine(InfraFiles.Infra, "alerts", name + ".kql"), TestContext.Current.CancellationToken);
        JsonElement analyses = await NodeProject.RunAsync(
            "kusto.mjs",
            new Dictionary<string, string>
            {
                ["QUERIES"] = JsonSerializer.Serialize(new Dictionary<string, string> { [name] = query }),
                ["TABLES"] = JsonSerializer.Serialize(new Dictionary<string, string> { [GatewayLogRow.Table.Name] = GatewayLogRow.Table.KustoSchema }),
            },
            TestContext.Current.CancellationToken);

        Assert.Empty(analyses.GetProperty(name).GetProperty("diagnostics").EnumerateArray().Select(text => text.GetString()));
        Assert.Equal(columns, analyses.GetProperty(name).GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
    }
}
