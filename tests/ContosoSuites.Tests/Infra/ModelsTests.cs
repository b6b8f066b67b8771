using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Infra;

public sealed class ModelsTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    private static readonly JsonElement Models = BicepFiles.Json("models.json");

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("DeployAzureOpenResource.bicep")]
    public void Both_instances_take_their_deployments_from_one_file_through_one_module(string file)
    {
        Assert.EndsWith("= loadJsonContent('models.json')", bicep.Declaration(file, "parameter_declaration", "models").Text, StringComparison.Ordinal);
        BicepNode instance = bicep.Declaration(file, "module_declaration", "openAI");
        Assert.Equal("modules/openai.bicep", instance.Children[1].Literal);
        Assert.Equal("models", instance.Get("params", "models").Text);
    }

    [Fact]
    public void The_instances_are_in_different_regions()
    {
        string[] regions = [.. BicepFiles.Json("gateway/backends.json").GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("region").GetString()!)];

        Assert.Equal(regions.Distinct(), regions);
        Assert.EndsWith("instances[0].region", bicep.Declaration("main.bicep", "parameter_declaration", "openAILocation").Text, StringComparison.Ordinal);
        Assert.EndsWith("instances[1].region", bicep.Declaration("DeployAzureOpenResource.bicep", "parameter_declaration", "location").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "AzureOpenAI:DeploymentName")]
    [InlineData("embedding", "AzureOpenAI:EmbeddingDeploymentName")]
    public void A_deployment_is_called_as_on_one_machine(string model, string setting)
    {
        JsonElement sample = JsonElement.Parse(File.ReadAllText(Path.Combine(BicepFiles.Root, "local.settings.sample.json"))).GetProperty("Values");

        Assert.Equal(sample.GetProperty(setting).GetString(), Models.GetProperty(model).GetProperty("deployment").GetString());
    }

    [Fact]
    public void Vectors_are_as_long_in_the_container_as_the_model_makes_them()
    {
        BicepNode vector = bicep.Declaration("modules/cosmos.bicep", "resource_declaration", "maintenanceRequests")
            .Get("properties", "resource", "vectorEmbeddingPolicy", "vectorEmbeddings").Children.Single();

        Assert.Equal("vectorDimensions", vector.Get("dimensions").Text);
        Assert.Equal("models.embedding.dimensions", bicep.Declaration("main.bicep", "module_declaration", "cosmos").Get("params", "vectorDimensions").Text);
        Assert.Equal(
            "string(models.embedding.dimensions)",
            bicep.Declaration("main.bicep", "module_declaration", "functionApp").Get("params", "settings", "Embeddings__Dimensions").Text);
    }
}
