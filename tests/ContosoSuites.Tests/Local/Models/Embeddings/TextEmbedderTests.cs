using ContosoSuites.Local.Models.Embeddings;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Embeddings;

public sealed class TextEmbedderTests
{
    private const double Pinned = -246.12945;

    [Theory]
    [InlineData("The microwave in room 205 is not working.", "microwave not working at Grand Regency")]
    [InlineData("The microwave in room 205 is not working.", "Room 205: microwave broken")]
    [InlineData("There is a leak coming from under the kitchen sink.", "Water is dripping under the sink in the kitchen")]
    [InlineData("There is a leak coming from under the kitchen sink.", "leaking kitchen sink")]
    [InlineData("The television no longer works.", "TV is broken")]
    [InlineData("Air conditioning does not cool the penthouse suite", "The AC in the penthouse suite is not cooling")]
    [InlineData("The elevator is stuck on the third floor", "Lift stuck, 3rd floor")]
    [InlineData("Carpet soaked near the balcony door", "The carpet by the balcony door is soaked with water")]
    public void Texts_that_mean_the_same_are_near(string one, string other) => Assert.InRange(Similarity(one, other), 0.6, 1.0001);

    [Theory]
    [InlineData("The microwave in room 205 is not working.", "The micowave in room 205 is not working.", 0.7)]
    [InlineData("The microwave in room 205 is not working.", "In room 205 teh micowave isnt workng", 0.3)]
    [InlineData("Television flickers in the lobby", "televison flikers in teh lobby", 0.45)]
    [InlineData("The Grand Regency", "teh grand regancy", 0.5)]
    public void Typos_cost_but_do_not_estrange(string correct, string mistyped, double least) =>
        Assert.InRange(Similarity(correct, mistyped), least, 1.0001);

    [Theory]
    [InlineData("The microwave in room 205 is not working.", "The carpet near the balcony is stained")]
    [InlineData("The microwave in room 205 is not working.", "There is a leak coming from under the kitchen sink.")]
    [InlineData("There is a leak coming from under the kitchen sink.", "Noisy guests on the fourth floor at night")]
    [InlineData("The television no longer works.", "Please send fresh towels")]
    [InlineData("The elevator is stuck on the third floor", "Breakfast starts at seven")]
    [InlineData("Carpet soaked near the balcony door", "The wifi password was rejected")]
    [InlineData("A customer is reporting an issue in room 205.", "A customer is reporting that a lamp flickers in room 310.")]
    public void Texts_that_share_nothing_but_filling_are_far(string one, string other) => Assert.InRange(Similarity(one, other), -0.15, 0.15);

    [Theory]
    [InlineData("...")]
    [InlineData(" ")]
    [InlineData("😀")]
    [InlineData("日本語")]
    [InlineData("a")]
    public void Every_text_has_a_direction(string text) => Assert.Equal(1, Similarity(text, text), 1e-5);

    [Fact]
    public void Case_and_marks_do_not_matter() =>
        Assert.Equal(1, Similarity("The SHOWER, in room 12, is cold!", "the shower in room 12 is cold"), 1e-5);

    [Fact]
    public void The_vector_of_a_text_never_changes()
    {
        // Vectors are stored: a change of this number makes every stored one worthless.
        float[] vector = Embed("The microwave in room 205 is not working.");
        double fingerprint = vector.Index().Sum(item => item.Item * (item.Index + 1d));

        Assert.Equal(Pinned, fingerprint, 1e-3);
    }

    private static double Similarity(string one, string other) =>
        Embed(one).Zip(Embed(other), (left, right) => (double)left * right).Sum();

    private static float[] Embed(string text)
    {
        var vector = new float[TextEmbedder.Dimensions];
        TextEmbedder.Embed(text, vector);
        TextEmbedder.Normalize(vector);
        return vector;
    }
}
