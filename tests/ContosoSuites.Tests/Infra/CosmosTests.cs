using System.Text.Json;
using ContosoSuites.Tests.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The containers that are deployed are those that the stores are tested with.</summary>
[Collection(DeploymentCollection.Name)]
public sealed class CosmosTests(Deployment deployment)
{
    private const string Container = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers";

    private JsonElement Requests => deployment.Main.Properties(Container, CosmosContainers.MaintenanceRequests).GetProperty("resource");

    [Fact]
    public void Every_container_is_there_with_its_partition_key_and_time_to_live() => Assert.Equal(
        CosmosContainers.All().Select(container => (container.Id, container.PartitionKeyPath, container.DefaultTimeToLive)).Order(),
        deployment.Main.Of(Container).Select(container => container.Get("properties", "resource")).Select(container => (
            container.Text("id"),
            Assert.Single(container.Get("partitionKey", "paths").Texts()),
            container.TryGetProperty("defaultTtl", out JsonElement seconds) ? seconds.GetInt32() : (int?)null)).Order());

    [Fact]
    public void Requests_have_the_indexes_that_their_queries_need()
    {
        ContainerProperties requests = CosmosContainers.All().Single(container => container.Id == CosmosContainers.MaintenanceRequests);
        Embedding vector = requests.VectorEmbeddingPolicy.Embeddings.Single();
        JsonElement deployed = Assert.Single(Requests.Get("vectorEmbeddingPolicy", "vectorEmbeddings").EnumerateArray());

        Assert.Equal(
            (vector.Path, "float32", "cosine", (int)vector.Dimensions),
            (deployed.Text("path"), deployed.Text("dataType"), deployed.Text("distanceFunction"), deployed.GetProperty("dimensions").GetInt32()));
        Assert.Equal(
            requests.IndexingPolicy.CompositeIndexes.Single().Select(path => (path.Path, path.Order.ToString().ToUpperInvariant())),
            Assert.Single(Requests.Get("indexingPolicy", "compositeIndexes").EnumerateArray()).EnumerateArray()
                .Select(path => (path.Text("path"), path.Text("order").ToUpperInvariant())));
        Assert.Contains("/request_vector/*", Requests.Get("indexingPolicy", "excludedPaths").Texts("path"));
    }

    [Theory]
    [InlineData("90")]
    [InlineData("7")]
    public async Task The_distribution_expires_when_the_app_removes_it(string days)
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["distributionRetentionDays"] = days });

        Assert.Equal(
            int.Parse(days, System.Globalization.CultureInfo.InvariantCulture) * 86400,
            snapshot.Properties(Container, "BackendDistribution").Get("resource", "defaultTtl").GetInt32());
        Assert.Equal(days, snapshot.Properties("Microsoft.Web/sites/config").Text("BackendDistribution__RetentionDays"));
    }

    [Theory]
    [InlineData("--cosmos", "COSMOS_ENDPOINT")]
    [InlineData("--database", "COSMOS_DATABASE")]
    [InlineData("--maintenance-requests", "COSMOS_MAINTENANCE_REQUESTS")]
    public void The_hook_that_loads_the_sample_data_gets_what_the_template_puts_out(string option, string output)
    {
        string hook = File.ReadAllText(Path.Combine(InfraFiles.Root, "azure.yaml"));

        Assert.Contains($"{option} \"${output}\"", hook, StringComparison.Ordinal);
        Assert.Contains($"{option} $env:{output}", hook, StringComparison.Ordinal);
        Assert.True(deployment.Main.Outputs.TryGetProperty(output, out _));
    }

    /// <summary>An account refuses a second assignment while it takes up a first one.</summary>
    [Fact]
    public void Roles_are_assigned_one_after_the_other()
    {
        const string Assignment = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments";
        JsonElement[] assignments = [.. Compilation.ResourcesOf(deployment.Compilations["modules/cosmos.bicep"].Template).Where(resource => resource.Text("type") == Assignment)];

        Assert.Equal(2, assignments.Length);
        Assert.DoesNotContain(assignments, assignment => assignment.TryGetProperty("copy", out _));
        Assert.Contains(assignments[1].GetProperty("dependsOn").Texts(), on => on.StartsWith($"[resourceId('{Assignment}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_somebody_to_load_the_data_the_app_alone_may_read_it()
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["principalId"] = "''" });

        Assert.Contains("id-functions-", snapshot.Properties("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments").Text("principalId"), StringComparison.Ordinal);
    }
}
