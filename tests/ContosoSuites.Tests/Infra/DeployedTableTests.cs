using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>Every row of the table of what is deployed, and that nothing is deployed without one.</summary>
[Collection(DeploymentCollection.Name)]
public sealed partial class DeployedTableTests(Deployment deployment)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Types => [.. DeployedTable.Rows.Select(row => row.Type).Distinct()];

    [Theory, MemberData(nameof(Types))]
    public void A_resource_has_what_the_table_says(string type) => Every.One(
        DeployedTable.Rows.Where(row => row.Type == type),
        row =>
        {
            JsonElement[] resources = [.. deployment.Main.Of(type).Where(resource => IsNamed(row.Name, resource))];
            Assert.NotEmpty(resources);
            Every.One(resources, resource =>
            {
                string where = $"{NameOf(resource)} {row.Path}";
                Assert.Equal($"{where} = {row.Value}", $"{where} = {(Find(resource, row.Path) is { } value ? Write(value) : "nothing")}");
            });
        });

    [Fact]
    public void Nothing_is_deployed_that_is_not_in_the_table()
    {
        string[] unticked =
        [
            .. from resource in deployment.Main.Resources
               let type = resource.Text("type")
               from path in (string[])["sku", "kind", "identity", "properties"]
               where resource.TryGetProperty(path, out _)
               from leaf in Leaves(path, resource.GetProperty(path))
               where !DeployedTable.Rows.Any(row => row.Type == type && IsNamed(row.Name, resource) && IsAtOrBelow(leaf, row.Path))
                   && !DeployedTable.Elsewhere.Any(other => (other.Type == "*" || other.Type == type) && IsAtOrBelow(leaf, other.Path))
               select $"{type} {NameOf(resource)} {leaf}",
        ];

        Assert.Empty(unticked);
        Assert.Equal(
            DeployedTable.Rows.Select(row => row.Type).Concat(DeployedTable.Plain).Distinct().Order(StringComparer.Ordinal),
            deployment.Main.Resources.Select(resource => resource.Text("type")).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_resource_bears_the_mark_of_its_environment_where_Azure_has_tags()
    {
        string[] tagged = [.. deployment.Main.Resources.Where(resource => resource.TryGetProperty("location", out _)).Select(resource => resource.Text("type"))];

        Assert.True(tagged.Length > 10, "Few resources have a place.");
        Every.One(
            deployment.Main.Resources.Where(resource => resource.TryGetProperty("location", out _)),
            resource => Assert.Equal("test", resource.Text("tags", "azd-env-name")));
        Assert.Equal("functions", Assert.Single(deployment.Main.Of("Microsoft.Web/sites")).Text("tags", "azd-service-name"));
    }

    /// <summary>Each parameter, another value than its default, and where that arrives.</summary>
    [Fact]
    public async Task Every_parameter_arrives()
    {
        (string Parameter, string Value, string Type, string Name, string Path, string Result)[] rows =
        [
            ("location", "'westeurope'", "Microsoft.Web/sites", "func-*", "location", "westeurope"),
            ("openAILocation", "'norwayeast'", "Microsoft.CognitiveServices/accounts", "oai-*", "location", "norwayeast"),
            ("apiManagementSku", "'StandardV2'", "Microsoft.ApiManagement/service", "apim-*", "sku.name", "StandardV2"),
            ("apiManagementCapacity", "3", "Microsoft.ApiManagement/service", "apim-*", "sku.capacity", "3"),
            ("restoreApiManagement", "true", "Microsoft.ApiManagement/service", "apim-*", "properties.restore", "true"),
            ("publisherName", "'Fabrikam'", "Microsoft.ApiManagement/service", "apim-*", "properties.publisherName", "Fabrikam"),
            ("publisherEmail", "'p@example.com'", "Microsoft.ApiManagement/service", "apim-*", "properties.publisherEmail", "p@example.com"),
            ("alertEmail", "'a@example.com'", "Microsoft.Insights/actionGroups", "models-alerts", "properties.emailReceivers.0.emailAddress", "a@example.com"),
            ("principalId", "'22222222-2222-2222-2222-222222222222'", "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "*", "properties.principalId", "22222222-2222-2222-2222-222222222222"),
            ("databaseName", "'Other'", "Microsoft.DocumentDB/databaseAccounts/sqlDatabases", "Other", "properties.resource.id", "Other"),
            ("databaseName", "'Other'", "Microsoft.Web/sites/config", "appsettings", "properties.CosmosDB__DatabaseName", "Other"),
            ("maintenanceRequestsContainerName", "'Repairs'", "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Repairs", "properties.resource.id", "Repairs"),
            ("maintenanceRequestsContainerName", "'Repairs'", "Microsoft.Web/sites/config", "appsettings", "properties.CosmosDB__MaintenanceRequestsContainerName", "Repairs"),
            ("maximumInstanceCount", "77", "Microsoft.Web/sites", "func-*", "properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount", "77"),
            ("httpConcurrency", "77", "Microsoft.Web/sites", "func-*", "properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency", "77"),
            ("httpConcurrency", "77", "Microsoft.Web/sites/config", "appsettings", "properties.Http__MaxConcurrentRequests", "154"),
            ("instanceMemoryMB", "4096", "Microsoft.Web/sites", "func-*", "properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB", "4096"),
            ("logRetentionInDays", "45", "Microsoft.OperationalInsights/workspaces", "log-*", "properties.retentionInDays", "45"),
            ("logDailyQuotaGb", "7", "Microsoft.OperationalInsights/workspaces", "log-*", "properties.workspaceCapping.dailyQuotaGb", "7"),
            ("distributionRetentionDays", "11", "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "BackendDistribution", "properties.resource.defaultTtl", "950400"),
            ("environmentName", "'other'", "Microsoft.Resources/resourceGroups", "rg-other", "tags.azd-env-name", "other"),
        ];
        string[] elsewhere = ["openAIEndpoints", "models", "appKey", "logMessages", "modelPrices"];
        Snapshot snapshot = await deployment.EvaluateAsync(rows.GroupBy(row => row.Parameter).ToDictionary(same => same.Key, same => same.First().Value));

        Every.One(rows, row => Assert.Contains(
            snapshot.Of(row.Type).Where(resource => IsNamed(row.Name, resource)),
            resource => Find(resource, row.Path) is { } value && Write(value) == row.Result));
        Assert.Equal(
            rows.Select(row => row.Parameter).Concat(elsewhere).Distinct().Order(StringComparer.Ordinal),
            deployment.Compilations["main.bicep"].Template.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_an_address_alerts_stand_and_tell_nobody()
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["alertEmail"] = "''" });

        Assert.Empty(snapshot.Of("Microsoft.Insights/actionGroups"));
        JsonElement[] rules = snapshot.Of("Microsoft.Insights/scheduledQueryRules");
        Assert.Equal(2, rules.Length);
        Every.One(rules, rule => Assert.Equal("[]", Write(Find(rule, "properties.actions.actionGroups")!.Value)));
    }

    private static bool IsNamed(string pattern, JsonElement resource) =>
        Regex.IsMatch(NameOf(resource), $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");

    private static string NameOf(JsonElement resource) => resource.Text("name").Split('/')[^1];

    private static bool IsAtOrBelow(string path, string other) => path == other || path.StartsWith(other + ".", StringComparison.Ordinal);

    private static JsonElement? Find(JsonElement value, string path)
    {
        foreach (string step in path.Split('.'))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out int index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return null;
            }
        }

        return value;
    }

    private static string[] Leaves(string path, JsonElement value)
    {
        string[] below = value.ValueKind switch
        {
            JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(member => Leaves($"{path}.{member.Name}", member.Value))],
            JsonValueKind.Array => [.. value.EnumerateArray().SelectMany((item, index) => Leaves($"{path}.{index}", item))],
            _ => [],
        };
        return below is [] ? [path] : below;
    }

    /// <summary>As the table writes it: a text as it is and all else as JSON on one line, without what the deployment derives.</summary>
    private string Write(JsonElement value) => Place()
        .Replace(value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, Plain), "")
        .Replace(Token, "*", StringComparison.Ordinal);

    private string Token => NameOf(Assert.Single(deployment.Main.Of("Microsoft.ManagedIdentity/userAssignedIdentities")))["id-functions-".Length..];

    [GeneratedRegex("/subscriptions/00000000-0000-0000-0000-000000000000(/resourceGroups/rg-test)?/providers/")]
    private static partial Regex Place();
}
