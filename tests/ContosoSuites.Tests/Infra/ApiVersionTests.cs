using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>
/// The resource types with their versions. Bicep takes a version that does not exist with a warning, and the deployment then
/// fails: check a new one (<c>az bicep build</c>, or bicep-check) and list it here. A preview has its reason beside it.
/// </summary>
public sealed class ApiVersionTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    private static readonly string[] Checked =
    [
        "Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview", // largeLanguageModel
        "Microsoft.ApiManagement/service/apis@2024-05-01",
        "Microsoft.ApiManagement/service/backends@2024-06-01-preview", // credentials.managedIdentity
        "Microsoft.ApiManagement/service/loggers@2024-05-01",
        "Microsoft.ApiManagement/service/namedValues@2024-05-01",
        "Microsoft.ApiManagement/service/policyFragments@2024-05-01",
        "Microsoft.ApiManagement/service/products@2024-05-01",
        "Microsoft.ApiManagement/service/subscriptions@2024-05-01",
        "Microsoft.ApiManagement/service@2024-05-01",
        "Microsoft.Authorization/roleAssignments@2022-04-01",
        "Microsoft.CognitiveServices/accounts/deployments@2025-06-01",
        "Microsoft.CognitiveServices/accounts@2025-06-01",
        "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15",
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15",
        "Microsoft.DocumentDB/databaseAccounts@2025-04-15",
        "Microsoft.Insights/actionGroups@2023-01-01",
        "Microsoft.Insights/components@2020-02-02",
        "Microsoft.Insights/diagnosticSettings@2021-05-01-preview", // there is no other
        "Microsoft.Insights/scheduledQueryRules@2023-12-01",
        "Microsoft.Insights/workbooks@2023-06-01",
        "Microsoft.KeyVault/vaults/secrets@2024-11-01",
        "Microsoft.KeyVault/vaults@2024-11-01",
        "Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30",
        "Microsoft.OperationalInsights/workspaces@2025-02-01",
        "Microsoft.Resources/resourceGroups@2024-11-01",
        "Microsoft.Storage/storageAccounts@2024-01-01",
        "Microsoft.Web/serverfarms@2024-11-01",
        "Microsoft.Web/sites@2024-11-01",
    ];

    // A nested resource has the version of the one around it.
    [Fact]
    public void Every_version_has_been_checked() => Assert.Equal(
        Checked,
        bicep.Declarations("resource_declaration").Select(resource => resource.Node.Children[1].Literal)
            .Where(type => type.Contains('@', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
}
