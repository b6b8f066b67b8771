using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Functions.Storage.Samples;
using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class EntityTests
{
    private static readonly IReadOnlyList<Entity> Hotels = Entity.ReadAll(JsonSerializer.SerializeToNode(SampleData.Load().Hotels));

    [Theory]
    [InlineData("the regency", "The Grand Regency")]
    [InlineData("GRAND REGENCY", "The Grand Regency")]
    [InlineData("hotel des deux fleuves", "Hôtel des Deux Fleuves")]
    [InlineData("Sakura", "Sakura Garden Hotel")]
    [InlineData("our hotel in Kyoto", "Sakura Garden Hotel")]
    [InlineData("hotels in new zealand", "Southern Cross Suites")]
    [InlineData("new hotels in Zealand", null)]
    [InlineData("The linen is wet and the lights in the garden are out", null)]
    [InlineData("The blue door is stuck", null)]
    [InlineData("", null)]
    public void One_is_named_by_the_longest_word_of_its_name_or_by_another_fact(string text, string? expected) =>
        Assert.Equal(expected, Entity.Named(Hotels, text) is [var only] ? only.Name : null);

    [Fact]
    public void Names_that_fit_equally_are_all_given() => Assert.Equal(
        ["Old Harbour", "Harbour View"],
        Entity.Named(Entity.ReadAll(JsonNode.Parse("""[{"id":1,"name":"Old Harbour"},{"id":2,"name":"Harbour View"},{"id":3,"name":"Hill Hotel"}]""")), "the harbour")
            .Select(entity => entity.Name));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"id":1,"name":"A"},{"id":2}]""")]
    [InlineData("""[{"id":1,"name":7}]""")]
    [InlineData("[1,2]")]
    public void What_is_no_list_of_named_things_is_none(string result) => Assert.Empty(Entity.ReadAll(JsonNode.Parse(result)));
}
