using System.Text.RegularExpressions;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>Identities instead of keys, narrow roles, and no secret where it can be read.</summary>
public sealed partial class SecurityTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    /// <summary>From https://learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
    private static readonly Dictionary<string, string> DocumentedRoles = new()
    {
        ["Cognitive Services OpenAI User"] = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Log Analytics Reader"] = "73c42c96-874c-492b-b04d-ab87d138a893",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    };

    [Fact]
    public void Roles_are_the_documented_ones() => Assert.Equal(
        DocumentedRoles,
        bicep.Declaration("modules/roles.bicep", "variable_declaration", "roles").All("object").Single().Properties().ToDictionary(role => role.Key, role => role.Value.Literal));

    [Fact]
    public void Every_role_is_assigned_on_one_resource_by_its_name()
    {
        BicepNode[] assignments = [.. Resources("Microsoft.Authorization/roleAssignments").Select(resource => resource.Node)];

        Assert.All(assignments, assignment =>
        {
            Assert.Contains("scope", assignment.Get().Properties().Keys);
            string role = RoleName().Match(assignment.Get("properties", "roleDefinitionId").Text).Groups[1].Value;
            Assert.Contains(role, DocumentedRoles.Keys);
            Assert.Contains($"roles['{role}']", assignment.Get("name").Text, StringComparison.Ordinal);
        });
        Assert.Equal(DocumentedRoles.Keys.Order(), assignments.Select(a => RoleName().Match(a.Text).Groups[1].Value).Distinct().Order());
    }

    [Fact]
    public void The_data_of_Cosmos_DB_has_its_built_in_contributor_role() => Assert.Equal(
        "00000000-0000-0000-0000-000000000002",
        bicep.Declaration("modules/cosmos.bicep", "variable_declaration", "dataContributor").Value.Literal);

    [Theory]
    [InlineData("Microsoft.CognitiveServices/accounts", "disableLocalAuth", "true")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "disableLocalAuth", "true")]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", "true")]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true")]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false")]
    [InlineData("Microsoft.Web/sites", "httpsOnly", "true")]
    public void Keys_and_anonymous_access_are_off(string type, string property, string value)
    {
        BicepNode[] deployed = [.. Resources(type).Select(resource => resource.Node).Where(node => !IsExisting(node))];

        Assert.NotEmpty(deployed);
        Assert.All(deployed, resource => Assert.Equal(value, resource.Get("properties", property).Text));
    }

    [Fact]
    public void The_only_key_that_is_read_goes_into_the_vault()
    {
        (string File, string Function)[] reads = [.. bicep.All.SelectMany(file => file.Value.Calls()
            .Where(call => call.Function.StartsWith("list", StringComparison.OrdinalIgnoreCase) || call.Function == "getSecret")
            .Select(call => (file.Key, call.Function)))];

        Assert.Equal([("modules/gateway-key.bicep", "listSecrets")], reads);
    }

    [Fact]
    public void No_output_is_a_secret()
    {
        // Addresses: a secret's, which asks for a role, and a telemetry endpoint's, which asks for a token.
        string[] addresses = ["applicationInsightsConnectionString", "keySecretUri", "secretUri"];

        Assert.All(bicep.Declarations("output_declaration"), output =>
        {
            Assert.DoesNotContain(output.Node.Calls(), call => call.Function.StartsWith("list", StringComparison.OrdinalIgnoreCase));
            Assert.True(!Secretive().IsMatch(output.Node.Name) || addresses.Contains(output.Node.Name), $"{output.File}: {output.Node.Name}");
        });
    }

    private IEnumerable<(string File, BicepNode Node)> Resources(string type) => bicep.Declarations("resource_declaration")
        .Where(resource => resource.Node.Children[1].Literal.StartsWith(type + "@", StringComparison.OrdinalIgnoreCase));

    private static bool IsExisting(BicepNode resource) => Existing().IsMatch(resource.Text);

    [GeneratedRegex(@"roles\['([^']+)'\]")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"^resource \w+ '[^']+' existing ")]
    private static partial Regex Existing();

    [GeneratedRegex("key|secret|password|token|connectionString|credential", RegexOptions.IgnoreCase)]
    private static partial Regex Secretive();
}
