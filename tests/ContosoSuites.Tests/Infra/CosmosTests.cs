using ContosoSuites.Tests.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The containers that are deployed are those that the stores are tested with.</summary>
public sealed class CosmosTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    private const string Module = "modules/cosmos.bicep";

    private BicepNode Requests => bicep.Declaration(Module, "resource_declaration", "maintenanceRequests").Get("properties", "resource");

    [Fact]
    public void Every_container_is_there_with_its_partition_key_and_time_to_live()
    {
        var deployed = bicep.Declaration(Module, "variable_declaration", "containers").All("object")
            .Select(container => (container.Get("name").Literal, container.Get("partitionKey").Literal, container.Get("timeToLive").Text));

        Assert.Equal(
            CosmosContainers.All().Where(container => container.Id != CosmosContainers.MaintenanceRequests)
                .Select(container => (container.Id, container.PartitionKeyPath, TimeToLiveOf(container))).Order(),
            deployed.Order());
        Assert.Equal("['/hotel_id']", Requests.Get("partitionKey", "paths").Text);
    }

    [Fact]
    public void Requests_have_the_indexes_that_their_queries_need()
    {
        ContainerProperties requests = CosmosContainers.All().Single(container => container.Id == CosmosContainers.MaintenanceRequests);
        Embedding vector = requests.VectorEmbeddingPolicy.Embeddings.Single();
        BicepNode deployed = Requests.Get("vectorEmbeddingPolicy", "vectorEmbeddings").Children.Single();

        Assert.Equal((vector.Path, "float32", "cosine"), (deployed.Get("path").Literal, deployed.Get("dataType").Literal, deployed.Get("distanceFunction").Literal));
        Assert.Equal(
            requests.IndexingPolicy.CompositeIndexes.Single().Select(path => (path.Path, path.Order.ToString().ToUpperInvariant())),
            Requests.Get("indexingPolicy", "compositeIndexes").All("object").Select(path => (path.Get("path").Literal, path.Get("order").Literal.ToUpperInvariant())));
        Assert.Contains("/request_vector/*", Requests.Get("indexingPolicy", "excludedPaths").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_distribution_expires_when_the_app_removes_it()
    {
        Assert.Equal("distributionRetentionDays", bicep.Declaration("main.bicep", "module_declaration", "cosmos").Get("params", "distributionRetentionDays").Text);
        Assert.Equal(
            "string(distributionRetentionDays)",
            bicep.Declaration("main.bicep", "module_declaration", "functionApp").Get("params", "settings", "BackendDistribution__RetentionDays").Text);
    }

    [Theory]
    [InlineData("--cosmos", "COSMOS_ENDPOINT")]
    [InlineData("--database", "COSMOS_DATABASE")]
    [InlineData("--maintenance-requests", "COSMOS_MAINTENANCE_REQUESTS")]
    public void The_hook_that_loads_the_sample_data_gets_what_the_template_puts_out(string option, string output)
    {
        string hook = File.ReadAllText(Path.Combine(BicepFiles.Root, "azure.yaml"));

        Assert.Contains($"{option} \"${output}\"", hook, StringComparison.Ordinal);
        Assert.Contains($"{option} $env:{output}", hook, StringComparison.Ordinal);
        Assert.Single(bicep.Main.All("output_declaration"), node => node.Name == output);
    }

    private static string TimeToLiveOf(ContainerProperties container) => (container.Id, container.DefaultTimeToLive) switch
    {
        (_, -1) => "never",
        (_, 86400) => "dayInSeconds",
        ("BackendDistribution", _) => "distributionRetentionDays * dayInSeconds",
        _ => "",
    };
}
