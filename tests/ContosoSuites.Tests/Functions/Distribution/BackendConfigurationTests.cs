using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution;

public sealed class BackendConfigurationTests
{
    [Theory]
    [InlineData("[]", "instances must be a list")]
    [InlineData("{}", "instances must be a list")]
    [InlineData("""{"instances": []}""", "instances must be a list of at least one")]
    [InlineData("""{"instances": {"name": "a"}}""", "instances must be a list")]
    [InlineData("""{"instances": ["a"]}""", "instances[0].name must be a text")]
    [InlineData("""{"instances": [{"name": "a", "region": "b", "priority": 1, "weight": 1}, {"region": "b", "priority": 1, "weight": 1}]}""", "instances[1].name must be a text")]
    [InlineData("""{"instances": [{"name": "a", "region": "", "priority": 1, "weight": 1}]}""", "instances[0].region must be a text")]
    [InlineData("""{"instances": [{"name": "a", "region": "b", "priority": "1", "weight": 1}]}""", "instances[0].priority must be a whole number")]
    [InlineData("""{"instances": [{"name": "a", "region": "b", "priority": 1, "weight": 0.5}]}""", "instances[0].weight must be a whole number")]
    public void A_mistake_in_the_file_is_named_by_file_field_and_what_it_must_be(string file, string says)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => BackendConfiguration.ReadInstances(JsonElement.Parse(file)));

        Assert.Contains("infra/gateway/backends.json", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_that_is_deployed_is_read() => Assert.Equal(
        [("openai-primary", "swedencentral", 1, 50), ("openai-secondary", "francecentral", 1, 50)],
        BackendConfiguration.Load(null).Backends.Select(backend => (backend.Name, backend.Region, backend.Priority, backend.Weight)));
}
