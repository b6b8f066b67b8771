using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>Identities instead of keys, narrow roles, and no secret where it can be read.</summary>
[Collection(DeploymentCollection.Name)]
public sealed partial class SecurityTests(Deployment deployment)
{
    /// <summary>From https://learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
    private static readonly Dictionary<string, string> DocumentedRoles = new()
    {
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = "Cognitive Services OpenAI User",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["73c42c96-874c-492b-b04d-ab87d138a893"] = "Log Analytics Reader",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
    };

    [Fact]
    public void Each_identity_has_these_roles_on_these_resources_and_no_others()
    {
        Assert.Equal(
            [
                "apim: Cognitive Services OpenAI User on Microsoft.CognitiveServices/accounts",
                "apim: Monitoring Metrics Publisher on Microsoft.Insights/components",
                "id-functions: Key Vault Secrets User on Microsoft.KeyVault/vaults",
                "id-functions: Log Analytics Reader on Microsoft.OperationalInsights/workspaces",
                "id-functions: Monitoring Metrics Publisher on Microsoft.Insights/components",
                "id-functions: Storage Blob Data Owner on Microsoft.Storage/storageAccounts",
            ],
            Assignments(deployment.Main));
        Assert.Equal(["apim: Cognitive Services OpenAI User on Microsoft.CognitiveServices/accounts"], Assignments(deployment.Further));
    }

    [Fact]
    public void The_data_of_Cosmos_DB_has_its_built_in_contributor_role() => Every.One(
        deployment.Main.Of("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"),
        assignment => Assert.EndsWith("/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002", assignment.Text("properties", "roleDefinitionId"), StringComparison.Ordinal));

    [Theory]
    [InlineData("Microsoft.CognitiveServices/accounts", "disableLocalAuth", true)]
    [InlineData("Microsoft.DocumentDB/databaseAccounts", "disableLocalAuth", true)]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", true)]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization", true)]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", false)]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", false)]
    [InlineData("Microsoft.Web/sites", "httpsOnly", true)]
    public void Keys_and_anonymous_access_are_off(string type, string property, bool value) =>
        Assert.Equal(value, deployment.Main.Properties(type).GetProperty(property).GetBoolean());

    [Fact]
    public void No_password_deploys_the_app()
    {
        JsonElement[] publishing = deployment.Main.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies");

        Assert.Equal(["ftp", "scm"], deployment.Main.Names("Microsoft.Web/sites/basicPublishingCredentialsPolicies"));
        Every.One(publishing, policy => Assert.False(policy.Get("properties", "allow").GetBoolean()));
    }

    [Fact]
    public void The_only_key_that_is_read_goes_into_the_vault()
    {
        JsonElement[] readers = [.. deployment.Main.Resources.Concat(deployment.Further.Resources).Where(resource => resource.AllTexts().Any(text => KeyReading().IsMatch(text)))];

        Assert.Equal("Microsoft.KeyVault/vaults/secrets", Assert.Single(readers).Text("type"));
        Assert.DoesNotContain(deployment.Main.Outputs.AllTexts(), text => KeyReading().IsMatch(text));
    }

    [Theory]
    [InlineData("primary", "primaryKey")]
    [InlineData("secondary", "secondaryKey")]
    public async Task The_key_in_the_vault_is_the_one_that_was_asked_for(string key, string member)
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["appKey"] = $"'{key}'" });

        Assert.EndsWith($".{member}]", snapshot.Properties("Microsoft.KeyVault/vaults/secrets").Text("value"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_output_is_called_as_a_secret_is()
    {
        // Addresses: a secret's, which asks for a role, and a telemetry endpoint's, which asks for a token.
        string[] addresses = ["applicationInsightsConnectionString", "keySecretUri", "secretUri"];
        string[] outputs =
        [
            .. deployment.Compilations.Values.Where(compilation => compilation.Template.TryGetProperty("outputs", out _))
                .SelectMany(compilation => compilation.Template.GetProperty("outputs").EnumerateObject().Select(output => output.Name)),
        ];

        Assert.NotEmpty(outputs);
        Assert.Empty(outputs.Where(output => Secretive().IsMatch(output)).Except(addresses));
    }

    // "identity: role on type". A role on a group or a subscription has no type of a resource in its id, and fails here.
    private static IEnumerable<string> Assignments(Snapshot snapshot) => snapshot.Of("Microsoft.Authorization/roleAssignments")
        .Select(assignment =>
            $"{Identity().Match(assignment.Text("properties", "principalId")).Groups[1].Value}: "
            + $"{DocumentedRoles[assignment.Text("properties", "roleDefinitionId").Split('/')[^1]]} on {Scope().Match(assignment.Text("id")).Groups[1].Value}")
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("/(id-functions|apim)-")]
    private static partial Regex Identity();

    [GeneratedRegex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/([^/]+/[^/]+)/[^/]+/providers/Microsoft.Authorization/")]
    private static partial Regex Scope();

    [GeneratedRegex(@"\blist\w*\(|getSecret\(", RegexOptions.IgnoreCase)]
    private static partial Regex KeyReading();

    [GeneratedRegex("key|secret|password|token|connectionString|credential", RegexOptions.IgnoreCase)]
    private static partial Regex Secretive();
}
