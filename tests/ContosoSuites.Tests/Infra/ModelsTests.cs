using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Models;
using Xunit;

namespace ContosoSuites.Tests.Infra;

[Collection(DeploymentCollection.Name)]
public sealed class ModelsTests(Deployment deployment)
{
    private const string ModelDeployment = "Microsoft.CognitiveServices/accounts/deployments";

    private static readonly JsonElement Models = InfraFiles.Json("models.json");
    private static readonly JsonElement[] Instances = [.. InfraFiles.Json("gateway/backends.json").GetProperty("instances").EnumerateArray()];

    [Fact]
    public void Every_instance_has_the_deployments_of_models_json() => Every.One(
        [deployment.Main, deployment.Further],
        snapshot => Assert.Equal(
            Models.EnumerateObject().Select(model => model.Value).Select(model =>
                (model.Text("deployment"), model.Text("model"), model.Text("version"), model.Text("sku"), model.GetProperty("capacity").GetInt32())),
            snapshot.Of(ModelDeployment).Select(model => (
                model.Text("name").Split('/')[^1],
                model.Text("properties", "model", "name"),
                model.Text("properties", "model", "version"),
                model.Text("sku", "name"),
                model.Get("sku", "capacity").GetInt32()))));

    [Fact]
    public void A_model_stays_as_it_is_so_that_the_instances_stay_alike() => Every.One(
        deployment.Main.Of(ModelDeployment), model => Assert.Equal("NoAutoUpgrade", model.Text("properties", "versionUpgradeOption")));

    [Fact]
    public void The_instances_are_in_different_regions()
    {
        string[] regions = [.. Instances.Select(instance => instance.Text("region"))];

        Assert.Equal(regions.Distinct(), regions);
        Assert.Equal(
            regions,
            new[] { deployment.Main, deployment.Further }.Select(snapshot => Assert.Single(snapshot.Of("Microsoft.CognitiveServices/accounts")).Text("location")));
    }

    [Fact]
    public async Task A_further_instance_is_deployed_by_its_name()
    {
        Snapshot third = await deployment.EvaluateFurtherAsync(
            new Dictionary<string, string> { ["apiManagementName"] = "'apim-test'", ["instanceName"] = "'openai-third'" }, GatewayTests.ThirdInstance);

        JsonElement account = Assert.Single(third.Of("Microsoft.CognitiveServices/accounts"));
        Assert.Equal("polandcentral", account.Text("location"));
        Assert.NotEqual(Assert.Single(deployment.Further.Of("Microsoft.CognitiveServices/accounts")).Text("name"), account.Text("name"));
    }

    [Fact]
    public async Task An_instance_that_is_not_configured_is_not_deployed_without_a_region()
    {
        BicepException refusal = await Assert.ThrowsAsync<BicepException>(() => deployment.EvaluateFurtherAsync(
            new Dictionary<string, string> { ["apiManagementName"] = "'apim-test'", ["instanceName"] = "'openai-thrid'" }));

        Assert.Contains("infra/gateway/backends.json has no instance \"openai-thrid\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulated_instances_have_the_same_models()
    {
        var simulated = new ModelInstanceOptions { Name = "x", Region = "x" };

        Assert.Equal(
            (Models.Text("chat", "deployment"), $"{Models.Text("chat", "model")}-{Models.Text("chat", "version")}", Models.Text("embedding", "deployment"), Models.Text("embedding", "model")),
            (simulated.ChatDeployment, simulated.ChatModel, simulated.EmbeddingDeployment, simulated.EmbeddingModel));
    }

    [Theory]
    [InlineData("chat", "AzureOpenAI:DeploymentName")]
    [InlineData("embedding", "AzureOpenAI:EmbeddingDeploymentName")]
    public void A_deployment_is_called_as_on_one_machine(string model, string setting) =>
        Assert.Equal(InfraFiles.SampleSettings().Text(setting), Models.Text(model, "deployment"));

    [Theory]
    [InlineData("chat")]
    [InlineData("embedding")]
    public void The_documentation_says_which_model_is_deployed_and_when_it_retires(string model)
    {
        string readme = File.ReadAllText(Path.Combine(InfraFiles.Root, "infra", "README.md"));

        Assert.True(DateOnly.TryParseExact(Models.Text(model, "retires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.Contains($"{Models.Text(model, "model")} ({Models.Text(model, "version")}) retires on {Models.Text(model, "retires")}", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_are_as_long_in_the_container_and_in_the_app_as_the_model_makes_them()
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string>(), ("models.json", "\"dimensions\": 1536", "\"dimensions\": 3072"));

        JsonElement requests = snapshot.Properties("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests");
        Assert.Equal(3072, Assert.Single(requests.Get("resource", "vectorEmbeddingPolicy", "vectorEmbeddings").EnumerateArray()).GetProperty("dimensions").GetInt32());
        Assert.Equal("3072", snapshot.Properties("Microsoft.Web/sites/config").Text("Embeddings__Dimensions"));
    }
}
