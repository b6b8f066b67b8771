using System.Text.Json;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Local.Models.Dialogue.Entities;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue.Entities;

public sealed class EntityListTests
{
    private static readonly EntityList Hotels = EntityList.TryRead(JsonSerializer.Serialize(SampleData.Load().Hotels))!;

    [Theory]
    [InlineData("the regency", "The Grand Regency")]
    [InlineData("at the regancy", "The Grand Regency")]
    [InlineData("GRAND REGENCY", "The Grand Regency")]
    [InlineData("Ocean View inn", "Oceanview Inn")]
    [InlineData("the ocaenview", null)]
    [InlineData("at the ocaenview", "Oceanview Inn")]
    [InlineData("hotel des deux fleuves", "Hôtel des Deux Fleuves")]
    [InlineData("the riad", "Riad of the Blue Door")]
    [InlineData("a leak at maple ridge", "Maple Ridge Lodge")]
    [InlineData("the harbor lights hotel", "Harbour Lights Hotel")]
    [InlineData("The fridge and the maple table are broken", null)]
    [InlineData("The linen is wet and the lights in the garden are out", null)]
    [InlineData("The blue door is stuck", null)]
    [InlineData("In that case the grand piano in the park suite", null)]
    [InlineData("Hotel", null)]
    [InlineData("", null)]
    public void A_name_is_recognized_in_what_people_say_and_not_in_ordinary_words(string text, string? expected) =>
        Assert.Equal(expected, Hotels.Named(text) is [var only] ? only.Name : null);

    [Theory]
    [InlineData("ocaenview", "Oceanview Inn")]
    [InlineData("blue door", "Riad of the Blue Door")]
    [InlineData("Southern", "Southern Cross Suites")]
    public void An_answer_to_which_one_may_be_any_part_of_the_name(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Hotels.Named(text, isAnswer: true)).Name);

    [Fact]
    public void Names_that_fit_equally_are_all_given() => Assert.Equal(
        ["North Pier Hotel", "South Pier Hotel"],
        EntityList.TryRead("""[{"id":1,"name":"North Pier Hotel"},{"id":2,"name":"South Pier Hotel"},{"id":3,"name":"Hill Hotel"}]""")!
            .Named("the pier").Select(entity => entity.Name));

    [Theory]
    [InlineData("our hotel in Kyoto", "Sakura Garden Hotel")]
    [InlineData("hotels in new zealand", "Southern Cross Suites")]
    [InlineData("new hotels in Zealand", null)]
    public void Other_facts_are_recognized_as_a_whole(string text, string? expected) =>
        Assert.Equal(expected, Hotels.WithFactsIn(text) is [var only] ? only.Name : null);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("Error: Function failed.")]
    [InlineData("""[{"id":1,"name":"A"},{"id":2}]""")]
    [InlineData("""[{"id":1,"name":7}]""")]
    [InlineData("[1,2]")]
    public void What_is_no_list_of_named_things_is_none(string result) => Assert.Null(EntityList.TryRead(result));
}
